#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read data centers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: data_center_info
short_description: Gather information about data centers and their capabilities
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the data centers of an account with their root groups, and on request their templates, networks, and limits.
options:
  gather:
    description:
      - Additional information to gather, with one request per data center and entry.
    type: list
    elements: str
    choices: [deployment_capabilities, bare_metal_capabilities, compute_limits, network_limits]
    default: []
extends_documentation_fragment:
  - centurylink.cloud.options.all_data_centers
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Gather all data centers
  centurylink.cloud.data_center_info:

- name: Gather templates and networks of a data center
  centurylink.cloud.data_center_info:
    data_center: WA1
    gather: [deployment_capabilities]
"""

RETURN = r"""
data_centers:
  description: The data centers, sorted by code. Empty if none exists.
  returned: success
  type: list
  elements: dict
  sample:
    - id: WA1
      name: WA1 - US West (Seattle)
      root_group_id: 36a23e238e3b1c77fc4c011f1bd38f1f
      root_group_name: WA1 Hardware
      deployment_capabilities:
        supports_shared_load_balancer: true
        supports_bare_metal_servers: false
        deployable_networks:
          - name: vlan_112_10.80.12
            network_id: 5d1f0c2b7a3e4c6d8e9fa0b1c2d3e4f5
            type: private
            account_id: ACME
        templates:
          - name: RHEL-7-64-TEMPLATE
            os_type: redHat7_64Bit
            description: RedHat Enterprise Linux 7 | 64-bit
            storage_size_gb: 16
            capabilities: [cpuAutoscale]
            reserved_drive_paths: [bin, boot]
      bare_metal_capabilities: null
      compute_limits: null
      network_limits: null
"""

from ..module_utils.argument_specs.data_center_info import ARGUMENTS
from ..module_utils.resources.account.data_center import gather_data_centers
from ..module_utils.running import InfoModule

MODULE = InfoModule("data_centers", gather_data_centers, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
