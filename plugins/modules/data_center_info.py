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
# Generated from tools/returns/account.yml.
data_centers:
  description: The data centers, sorted by code. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Code of the data center, in upper case.
      returned: always
      type: str
      sample: WA1
    name:
      description: Name of the data center.
      returned: always
      type: str
      sample: WA1 - US West (Seattle)
    root_group_id:
      description: Id of the root group. Null if the service does not return it.
      returned: always
      type: str
      sample: 36a23e238e3b1c77fc4c011f1bd38f1f
    root_group_name:
      description: Name of the root group. Null if the service does not return it.
      returned: always
      type: str
      sample: WA1 Hardware
    deployment_capabilities:
      description: What servers can be made of. Null unless O(gather) contains V(deployment_capabilities).
      returned: always
      type: dict
      contains:
        data_center_enabled:
          description: Whether servers can be created in the data center.
          returned: always
          type: bool
          sample: true
        import_vm_enabled:
          description: Whether images can be imported.
          returned: always
          type: bool
          sample: true
        supports_premium_storage:
          description: Whether the data center has premium storage.
          returned: always
          type: bool
          sample: true
        supports_shared_load_balancer:
          description: Whether the data center has shared load balancers.
          returned: always
          type: bool
          sample: true
        supports_bare_metal_servers:
          description: Whether the data center has bare metal servers.
          returned: always
          type: bool
          sample: false
        deployable_networks:
          description: The networks of the account.
          returned: always
          type: list
          elements: dict
          contains:
            name:
              description: Name of the network.
              returned: always
              type: str
              sample: vlan_112_10.80.12
            network_id:
              description: Id of the network.
              returned: always
              type: str
              sample: 5d1f0c2b7a3e4c6d8e9fa0b1c2d3e4f5
            type:
              description: Type of the network.
              returned: always
              type: str
              sample: private
            account_id:
              description: Alias of the account.
              returned: always
              type: str
              sample: ACME
        templates:
          description: The templates of servers.
          returned: always
          type: list
          elements: dict
          contains:
            name:
              description: Name of the template.
              returned: always
              type: str
              sample: RHEL-7-64-TEMPLATE
            os_type:
              description: Operating system, under its short name.
              returned: always
              type: str
              sample: redHat7_64Bit
            description:
              description: Description of the template.
              returned: always
              type: str
              sample: RedHat Enterprise Linux 7 | 64-bit
            storage_size_gb:
              description: Size of the disks in GB.
              returned: always
              type: int
              sample: 16
            capabilities:
              description: What the template supports.
              returned: always
              type: list
              elements: str
              sample:
                - cpuAutoscale
            reserved_drive_paths:
              description: Paths that a new disk cannot have.
              returned: always
              type: list
              elements: str
              sample:
                - bin
                - boot
            drive_path_length:
              description: Highest number of characters of the path of a disk. Null if the service does not return
                it.
              returned: always
              type: int
              sample: 1
            api_only:
              description: Whether servers of the template can be created only with the API.
              returned: if the service returns it
              type: bool
              sample: false
        importable_os_types:
          description: The operating systems of images that can be imported.
          returned: always
          type: list
          elements: dict
          contains:
            id:
              description: Id of the operating system.
              returned: always
              type: int
              sample: 38
            description:
              description: Name of the operating system.
              returned: always
              type: str
              sample: RedHat Enterprise Linux 6 64-bit
            lab_product_code:
              description: Product code for hyperscale and test servers.
              returned: always
              type: str
              sample: SOFT-LAB-REDHAT-CPU
            premium_product_code:
              description: Product code for other servers.
              returned: always
              type: str
              sample: SOFT-PREM-REDHAT-CPU
            type:
              description: Operating system, under its short name. Use it in O(centurylink.cloud.server_import#module:os_type).
              returned: always
              type: str
              sample: RedHat6_64Bit
    bare_metal_capabilities:
      description: What bare metal servers can be made of. Null unless O(gather) contains V(bare_metal_capabilities),
        and for a data center without them.
      returned: always
      type: dict
      contains:
        skus:
          description: The configurations.
          returned: always
          type: list
          elements: dict
          contains:
            id:
              description: Id of the configuration.
              returned: always
              type: str
              sample: 529e2592a3e640a7c2617b5e8bc8feaed95eab22
            hourly_rate:
              description: Price of an hour in US dollars.
              returned: always
              type: float
              sample: 0.56
            availability:
              description: Whether servers are available.
              returned: always
              type: str
              choices:
                - high
                - low
                - none
              sample: high
            memory:
              description: The memory modules.
              returned: always
              type: list
              elements: dict
              contains:
                capacity_gb:
                  description: Size in GB.
                  returned: always
                  type: float
                  sample: 16
            processor:
              description: The processors.
              returned: always
              type: dict
              contains:
                cores_per_socket:
                  description: Number of cores of each processor.
                  returned: always
                  type: float
                  sample: 4
                description:
                  description: Name of the processor.
                  returned: always
                  type: str
                  sample: Intel(R) Xeon(R) CPU E3-1271 v3 @ 3.60GHz
                sockets:
                  description: Number of processors.
                  returned: always
                  type: float
                  sample: 1
            storage:
              description: The disks.
              returned: always
              type: list
              elements: dict
              contains:
                capacity_gb:
                  description: Size in GB.
                  returned: always
                  type: float
                  sample: 1000
                speed_rpm:
                  description: Rotations per minute. Null if the disk does not rotate.
                  returned: always
                  type: float
                  sample: 7200
                type:
                  description: Type of the disk.
                  returned: always
                  type: str
                  sample: Hdd
        operating_systems:
          description: The operating systems.
          returned: always
          type: list
          elements: dict
          contains:
            type:
              description: Operating system, under its short name.
              returned: always
              type: str
              sample: centOS6_64Bit
            description:
              description: Name of the operating system.
              returned: always
              type: str
              sample: CentOS 6 64-bit
            hourly_rate_per_socket:
              description: Price of an hour for each processor in US dollars.
              returned: always
              type: float
              sample: 0.075
    compute_limits:
      description: Limits of all servers of the account in the data center. Null unless O(gather) contains V(compute_limits).
      returned: always
      type: dict
      contains:
        cpu:
          description: Number of CPUs.
          returned: always
          type: dict
          contains:
            value:
              description: The limit.
              returned: always
              type: int
              sample: 256
            inherited:
              description: Whether the limit comes from the parent account.
              returned: always
              type: bool
              sample: false
        memory_gb:
          description: Memory in GB.
          returned: always
          type: dict
          contains:
            value:
              description: The limit.
              returned: always
              type: int
              sample: 256
            inherited:
              description: Whether the limit comes from the parent account.
              returned: always
              type: bool
              sample: false
        storage_gb:
          description: Storage in GB.
          returned: always
          type: dict
          contains:
            value:
              description: The limit.
              returned: always
              type: int
              sample: 256
            inherited:
              description: Whether the limit comes from the parent account.
              returned: always
              type: bool
              sample: false
    network_limits:
      description: Limits of networks of the account in the data center. Null unless O(gather) contains V(network_limits).
      returned: always
      type: dict
      contains:
        networks:
          description: Number of networks.
          returned: always
          type: dict
          contains:
            value:
              description: The limit.
              returned: always
              type: int
              sample: 256
            inherited:
              description: Whether the limit comes from the parent account.
              returned: always
              type: bool
              sample: false
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
