#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about firewall policies within a data center."""

from __future__ import annotations

DOCUMENTATION = r"""
module: firewall_policy_info
short_description: Gather information about firewall policies within a data center
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the firewall policies of an account within a data center, with any status.
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.policy_id_info
  - centurylink.cloud.options.firewall_policy_info
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.firewall_policy
"""

EXAMPLES = r"""
- name: List the policies to another account
  centurylink.cloud.firewall_policy_info:
    data_center: WA1
    destination_account: ACM2
"""

RETURN = r"""
# Generated from tools/returns/firewall.yml.
firewall_policies:
  description: The policies, sorted by id. Empty if none matches.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the policy.
      returned: always
      type: str
      sample: f6b6a0c5e2d94a0d8d6e3b5a1c7f9e20
    status:
      description: Status of the policy.
      returned: always
      type: str
      choices:
        - active
        - error
        - pending
      sample: active
    enabled:
      description: Whether the policy is in effect.
      returned: always
      type: bool
      sample: true
    source_account:
      description: Alias of the account of the source networks.
      returned: always
      type: str
      sample: ACME
    data_center:
      description: Code of the data center of the source networks.
      returned: always
      type: str
      sample: WA1
    source:
      description: Source addresses in CIDR notation.
      returned: always
      type: list
      elements: str
      sample:
        - 10.80.12.0/24
    destination:
      description: Destination addresses in CIDR notation.
      returned: always
      type: list
      elements: str
      sample:
        - 10.80.76.0/24
    destination_account:
      description: Alias of the account of the destination networks.
      returned: always
      type: str
      sample: ACME
    ports:
      description: Allowed ports as the service writes them, such as V(any), V(icmp), or V(tcp/443).
      returned: always
      type: list
      elements: str
      sample:
        - tcp/443
        - icmp
"""

from ..module_utils.argument_specs.firewall_policy_info import ARGUMENTS
from ..module_utils.resources.firewall.firewall_policy import gather_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule("firewall_policies", gather_policies, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
