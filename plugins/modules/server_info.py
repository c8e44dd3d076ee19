#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_info
short_description: Gather information about servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns servers by id, of a group, or of a data center.
options:
  server_ids:
    description:
      - Ids of the servers, case-insensitive. Servers that do not exist are ignored.
    type: list
    elements: str
  group:
    description:
      - Group of the servers, as an id, a path such as V(Default Group/Web), a list of names from the root, or a name. Defaults to
        all groups of the data center.
    type: raw
  recursive:
    description:
      - Whether to include the servers in subgroups of O(group).
    type: bool
    default: false
  name:
    description:
      - Base name of the servers. Their ids consist of data center, account alias, base name, and a number.
    type: str
  status:
    description:
      - Statuses of the servers. Defaults to all.
    type: list
    elements: str
    choices: [active, archived, deleted, queuedForDelete, queuedForRestore, underConstruction]
  power_state:
    description:
      - Power states of the servers. Defaults to all.
    type: list
    elements: str
    choices: [started, stopped, paused]
  custom_fields:
    description:
      - Values of custom fields by name or id. Only servers that have all of these values are returned.
    type: dict
  gather:
    description:
      - Additional information to gather, with one request per server and entry. Null for servers that are not active.
      - With V(credentials), the result contains passwords and is never displayed.
    type: list
    elements: str
    choices: [capabilities, statistics, credentials, upcoming_scheduled_activities]
    default: []
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.statistics
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Gather all servers of a group and its subgroups
  centurylink.cloud.server_info:
    group: Shop
    recursive: true
    data_center: WA1

- name: Gather the password of a server's administrator
  centurylink.cloud.server_info:
    server_ids: [WA1ACMEWEB01]
    gather: [credentials]
  register: admin

- name: Gather two servers
  centurylink.cloud.server_info:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
"""

RETURN = r"""
servers:
  description: The servers, sorted by id. Empty if none exists.
  returned: success
  type: list
  elements: dict
  sample:
    - id: wa1acmeweb01
      name: WA1ACMEWEB01
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
      host_name: wa1acmeweb01
      ip_address: 10.80.12.40
      ip_addresses:
        - internal: 10.80.12.40
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
      capabilities: null
      statistics: null
      credentials: null
      upcoming_scheduled_activities: null
"""

from ..module_utils.argument_specs.server_info import ARGUMENTS
from ..module_utils.resources.server.server_info import gather_servers
from ..module_utils.running import InfoModule

MODULE = InfoModule(
    "servers",
    gather_servers,
    ARGUMENTS,
    secret_if=[("gather", "credentials")],
    mutually_exclusive=[("server_ids", "group")],
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
