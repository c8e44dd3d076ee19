#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: servers made from uploaded images."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_import
short_description: Import a server from an uploaded OVF image
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Creates a server from an OVF image that was uploaded to the account's directory of a data center. The API cannot upload images.
  - If the group already has a server with this base name, nothing is imported and the server is not changed.
options:
  name:
    description:
      - Base name of the server, from V(1) to V(7) characters. The service appends a number.
      - Must be a base name of letters, digits, and dashes whose last character is not a digit.
      - Base name and account alias have at most 10 characters together.
    type: str
    required: true
  group:
    description:
      - Group of the server, as an id, a path such as V(Default Group/Web), a list of names from the root, or a name that is unique
        in the data center.
    type: raw
    required: true
  ovf_id:
    description:
      - Id of the image, such as V(ACME/LEGACY-APP). M(centurylink.cloud.server_import_info) returns the available images.
    type: str
    required: true
  os_type:
    description:
      - Operating system of the image, such as V(RedHat6_64Bit), case-insensitive. Must be one of C(importable_os_types) of the
        data center.
    type: str
    required: true
  administrator_password:
    description:
      - Password of the administrator in the image. The import fails if it differs.
    type: str
    required: true
  cpu:
    description:
      - Number of CPU cores, from V(1) to V(16). The server is resized if the image has another number.
    type: int
    required: true
  memory_gb:
    description:
      - Memory in GB, from V(1) to V(128). The server is resized if the image has another size.
    type: int
    required: true
    aliases: [memory]
  description:
    description:
      - Description of the server.
    type: str
  custom_fields:
    description:
      - Values of custom fields by name or id.
    type: dict
  network:
    description:
      - Id or name of the network of the primary network adapter. If omitted, the service selects a network.
    type: str
  type:
    description:
      - Type of the server.
    type: str
    choices: [standard, hyperscale]
    default: standard
  storage_type:
    description:
      - Type of the storage. If omitted, the service selects it.
    type: str
    choices: [standard, premium, hyperscale]
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.name_servers
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.server_import_info
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Import a server
  centurylink.cloud.server_import:
    name: LEGACY
    group: Shop/App
    data_center: WA1
    ovf_id: ACME/LEGACY-APP
    os_type: RedHat6_64Bit
    administrator_password: "{{ vault_legacy_password }}"
    cpu: 2
    memory_gb: 4
"""

RETURN = r"""
servers:
  description: The servers with this base name in the group, as M(centurylink.cloud.server) returns them.
  returned: always
  type: list
  elements: dict
  sample:
    - id: wa1acmelegacy01
      name: WA1ACMELEGACY01
      display_name: null
      description: ""
      data_center: WA1
      group_id: 8a67639f74080f56c5aa328f676226e2
      status: active
      power_state: started
      in_maintenance_mode: false
      cpu: 2
      memory_gb: 4
      storage_gb: 17
      type: standard
      storage_type: standard
      os: debian7_64Bit
      os_type: Debian 7 64-bit
      host_name: wa1acmelegacy01
      ip_address: 10.80.12.52
      ip_addresses:
        - internal: 10.80.12.52
      secondary_ip_addresses: []
      public_ip_addresses: []
      disks:
        - id: "0:0"
          size_gb: 1
          partition_paths: []
        - id: "0:1"
          size_gb: 16
          partition_paths: []
      partitions:
        - size_gb: 15.748
          path: /
      snapshots: []
      custom_fields: []
      alert_policies: []
      anti_affinity_policy: null
      cpu_autoscale_policy: null
      processor_description: null
      storage_description: null
      is_template: false
      is_managed_os: false
      is_managed_backup: false
      uuid: 71e1460014a3e7146b960a1ba328acc1
      change_info:
        created_by: deploy.acme
        created_date: "2026-03-01T08:00:11Z"
        modified_by: deploy.acme
        modified_date: "2026-03-01T08:00:11Z"
created_ids:
  description: Id of the server that this run has imported. Null in check mode.
  returned: always
  type: list
  elements: str
  sample: [wa1acmelegacy01]
# Generated: what every module that waits returns.
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  sample:
    - id: wa1-48211
      service: api
      path: /v2/operations/acme/status/wa1-48211
      targets:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample: []
"""

from ..module_utils.argument_specs.server_import import ARGUMENTS
from ..module_utils.resources.server.server_import import ServerImport
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerImport, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
