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
firewall_policies:
  description: The policies, sorted by id. Empty if none matches.
  returned: success
  type: list
  elements: dict
  sample:
    - id: fd4501150bf8e28d3e14be535893b805
      status: active
      enabled: true
      source_account: ACME
      data_center: WA1
      source: [10.80.37.0/24]
      destination: [10.80.38.0/24, 10.80.39.5/32]
      destination_account: ACME
      ports: [icmp, tcp/443, tcp/8000-8100]
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
