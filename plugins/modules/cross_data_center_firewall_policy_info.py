#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about firewall policies between data centers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: cross_data_center_firewall_policy_info
short_description: Gather information about firewall policies between data centers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the firewall policies from a data center to others, with any status.
extends_documentation_fragment:
  - centurylink.cloud.options.data_center_of_source
  - centurylink.cloud.options.policy_id_info
  - centurylink.cloud.options.firewall_policy_info
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.cross_data_center_firewall_policy
"""

EXAMPLES = r"""
- name: List the policies from a data center to others
  centurylink.cloud.cross_data_center_firewall_policy_info:
    data_center: WA1
"""

RETURN = r"""
# Generated from tools/returns/firewall.yml.
cross_data_center_firewall_policies:
  description: The policies, sorted by id. Empty if none matches.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the policy.
      returned: always
      type: str
      sample: 91ab1b3c7d4e4f90b2a1c3d4e5f60718
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
      description: Alias of the account of the source network.
      returned: always
      type: str
      sample: ACME
    data_center:
      description: Code of the data center of the source network.
      returned: always
      type: str
      sample: WA1
    source_cidr:
      description: Source network in CIDR notation.
      returned: always
      type: str
      sample: 10.80.12.0/24
    destination_account:
      description: Alias of the account of the destination network.
      returned: always
      type: str
      sample: ACME
    destination_data_center:
      description: Code of the data center of the destination network.
      returned: always
      type: str
      sample: VA1
    destination_cidr:
      description: Destination network in CIDR notation.
      returned: always
      type: str
      sample: 10.81.12.0/24
"""

from ..module_utils.argument_specs.cross_data_center_firewall_policy_info import ARGUMENTS
from ..module_utils.resources.firewall.cross_data_center_firewall_policy import gather_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule("cross_data_center_firewall_policies", gather_policies, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
