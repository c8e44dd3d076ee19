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
# Generated from tools/returns/server.yml.
servers:
  description: The servers, sorted by id. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the server, in lower case. In check mode, a placeholder for a server that does not exist
        yet.
      returned: always
      type: str
      sample: wa1acmeweb01
    name:
      description: Name of the server, in upper case. In check mode, a placeholder for a server that does not exist
        yet.
      returned: always
      type: str
      sample: WA1ACMEWEB01
    display_name:
      description: Name of the server for people. Null if the service does not return it, as in a list of servers.
      returned: always
      type: str
      sample: Web server 1
    description:
      description: Description of the server.
      returned: always
      type: str
      sample: First web server
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    group_id:
      description: Id of the group.
      returned: always
      type: str
      sample: 8a67639f74080f56c5aa328f676226e2
    status:
      description: Status of the server, such as V(active), V(archived), V(underConstruction), V(queuedForDelete),
        or V(queuedForRestore).
      returned: always
      type: str
      sample: active
    power_state:
      description: Power state, such as V(started), V(stopped), or V(paused). Null while the server is under construction,
        as are all properties that say so.
      returned: always
      type: str
      sample: started
    in_maintenance_mode:
      description: Whether the server is in maintenance mode. Null while the server is under construction.
      returned: always
      type: bool
      sample: false
    cpu:
      description: Number of CPUs. Null while the server is under construction.
      returned: always
      type: int
      sample: 2
    memory_gb:
      description: Memory in GB. Null while the server is under construction.
      returned: always
      type: float
      sample: 4
    storage_gb:
      description: Size of all disks in GB. Null while the server is under construction.
      returned: always
      type: int
      sample: 17
    type:
      description: Type of the server, such as V(standard), V(hyperscale), or V(bareMetal).
      returned: always
      type: str
      sample: standard
    storage_type:
      description: Type of the storage, such as V(standard), V(premium), or V(hyperscale).
      returned: always
      type: str
      sample: standard
    os:
      description: Operating system, under its short name.
      returned: always
      type: str
      sample: debian7_64Bit
    os_type:
      description: Name of the operating system.
      returned: always
      type: str
      sample: Debian 7 64-bit
    host_name:
      description: Host name that the operating system reports. May be empty. Null while the server is under construction.
      returned: always
      type: str
      sample: wa1acmeweb01
    ip_address:
      description: Primary internal IP address. Null while the server is under construction.
      returned: always
      type: str
      sample: 10.80.12.40
    ip_addresses:
      description: The IP addresses of the primary network. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        internal:
          description: Internal IP address.
          returned: if there is one
          type: str
          sample: 10.80.12.40
        public:
          description: Public IP address of the internal one.
          returned: if there is one
          type: str
          sample: 203.0.113.10
    secondary_ip_addresses:
      description: The IP addresses of secondary networks. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        internal:
          description: Internal IP address.
          returned: if there is one
          type: str
          sample: 10.80.13.12
        public:
          description: Public IP address of the internal one.
          returned: if there is one
          type: str
          sample: 203.0.113.11
    public_ip_addresses:
      description: The public IP addresses. Null while the server is under construction.
      returned: always
      type: list
      elements: str
      sample:
        - 203.0.113.10
    disks:
      description: The disks. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the disk.
          returned: always
          type: str
          sample: 0:1
        size_gb:
          description: Size in GB.
          returned: always
          type: int
          sample: 16
        partition_paths:
          description: Paths of the partitions. Empty if the service does not return them.
          returned: always
          type: list
          elements: str
          sample:
            - /data
    partitions:
      description: The partitions, as the operating system reports them. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        size_gb:
          description: Size in GB.
          returned: always
          type: float
          sample: 15.748
        path:
          description: Path of the partition.
          returned: always
          type: str
          sample: /
    snapshots:
      description: The snapshots. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the snapshot.
          returned: always
          type: str
          sample: '3'
        name:
          description: Name of the snapshot, the time at which it was created in UTC.
          returned: always
          type: str
          sample: 2026-02-11.14:05:09
    custom_fields:
      description: The custom fields that have a value. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the field. M(centurylink.cloud.custom_field_info) returns the fields of the account.
          returned: always
          type: str
          sample: cdf83fd989e60f210402362d53c9efc6
        name:
          description: Name of the field.
          returned: always
          type: str
          sample: Stage
        value:
          description: Value of the field. Of a field with a list of choices, the number of the choice.
          returned: always
          type: str
          sample: '1'
        display_value:
          description: Value of the field as the portal shows it. Of a field with a list of choices, the text of
            the choice.
          returned: always
          type: str
          sample: Production
    alert_policies:
      description: The alert policies. Null while the server is under construction.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description: Id of the policy.
          returned: always
          type: str
          sample: bb43e451f9ab2845ad0f3d761f3d0201
        name:
          description: Name of the policy.
          returned: always
          type: str
          sample: Disk above 80 percent
    anti_affinity_policy:
      description: The anti-affinity policy. Null if the server has none.
      returned: always
      type: dict
      contains:
        id:
          description: Id of the policy.
          returned: always
          type: str
          sample: 3f79a8afba701070d26d7f79a73aff5c
        name:
          description: Name of the policy.
          returned: always
          type: str
          sample: Database spread
    cpu_autoscale_policy:
      description: The vertical autoscale policy. Null if the server has none. The service does not return its name.
      returned: always
      type: dict
      contains:
        id:
          description: Id of the policy.
          returned: always
          type: str
          sample: bfe8c26b715568b9126bef73fecde3b5
    processor_description:
      description: The processor of a bare metal server. Null for others.
      returned: always
      type: str
      sample: Intel(R) Xeon(R) CPU E3-1271 v3 @ 3.60GHz
    storage_description:
      description: The disks of a bare metal server. Null for others.
      returned: always
      type: str
      sample: 2x 1TB 7200 RPM
    is_template:
      description: Whether the server is a template.
      returned: always
      type: bool
      sample: false
    is_managed_os:
      description: Whether the operating system is managed by the service.
      returned: always
      type: bool
      sample: false
    is_managed_backup:
      description: Whether backups are managed by the service.
      returned: always
      type: bool
      sample: false
    uuid:
      description: Id under which the service created the server. Null if the service does not return it.
      returned: always
      type: str
      sample: 71e1460014a3e7146b960a1ba328acc1
    change_info:
      description: Who created and changed the server, and when.
      returned: always
      type: dict
      contains:
        created_by:
          description: Name of the user who created it. Null if the service does not return it.
          returned: always
          type: str
          sample: deploy.acme
        created_date:
          description: Time of the creation in UTC, in ISO 8601 format. Null if the service does not return it.
          returned: always
          type: str
          sample: '2026-03-01T08:00:11Z'
        modified_by:
          description: Name of the user who changed it last. Null if it was never changed.
          returned: always
          type: str
          sample: deploy.acme
        modified_date:
          description: Time of the last change in UTC, in ISO 8601 format. Null if it was never changed.
          returned: always
          type: str
          sample: '2026-03-01T08:00:11Z'
    capabilities:
      description: What changes of the server require. Null unless O(gather) contains V(capabilities), and for servers
        that are not active.
      returned: always
      type: dict
      contains:
        adding_cpu_requires_reboot:
          description: Whether the server has to be restarted to get more CPUs.
          returned: always
          type: bool
          sample: false
        adding_memory_requires_reboot:
          description: Whether the server has to be restarted to get more memory.
          returned: always
          type: bool
          sample: false
        reserved_drive_paths:
          description: Paths that a new disk cannot have.
          returned: always
          type: list
          elements: str
          sample:
            - bin
            - boot
    statistics:
      description: Resource usage. Null unless O(gather) contains V(statistics), and for servers that are not active.
      returned: always
      type: dict
      contains:
        name:
          description: Name of the server, in upper case.
          returned: always
          type: str
          sample: WA1ACMEWEB01
        stats:
          description: The measurements, oldest first.
          returned: always
          type: list
          elements: dict
          contains:
            timestamp:
              description: Time of the measurement in UTC, in ISO 8601 format.
              returned: always
              type: str
              sample: '2030-05-18T09:00:00Z'
            cpu:
              description: Number of CPUs.
              returned: always
              type: float
              sample: 2.0
            cpu_percent:
              description: CPU usage in percent.
              returned: always
              type: float
              sample: 12.5
            memory_mb:
              description: Memory in MB.
              returned: always
              type: float
              sample: 4096.0
            memory_percent:
              description: Memory usage in percent.
              returned: always
              type: float
              sample: 40.2
            network_received_kbps:
              description: Received data in KB per second.
              returned: always
              type: float
              sample: 29.9
            network_transmitted_kbps:
              description: Sent data in KB per second.
              returned: always
              type: float
              sample: 13.9
            disk_usage_total_capacity_mb:
              description: Size of all disks in MB.
              returned: always
              type: float
              sample: 17408.0
            disk_usage:
              description: The disks.
              returned: always
              type: list
              elements: dict
              contains:
                id:
                  description: Id of the disk.
                  returned: always
                  type: str
                  sample: 0:0
                capacity_mb:
                  description: Size in MB.
                  returned: always
                  type: int
                  sample: 1024
            guest_disk_usage:
              description: The file systems, as the operating system reports them.
              returned: always
              type: list
              elements: dict
              contains:
                path:
                  description: Path of the file system.
                  returned: always
                  type: str
                  sample: /
                capacity_mb:
                  description: Size in MB.
                  returned: always
                  type: int
                  sample: 13982
                consumed_mb:
                  description: Used space in MB.
                  returned: always
                  type: int
                  sample: 6232
    credentials:
      description: The user and password of the administrator. Null unless O(gather) contains V(credentials), and
        for servers that are not active.
      returned: always
      type: dict
      contains:
        user_name:
          description: Name of the user.
          returned: always
          type: str
          sample: root
        password:
          description: Password of the user.
          returned: always
          type: str
          sample: Ex4mple-Pw
    upcoming_scheduled_activities:
      description: The next occurrences of scheduled activities. Null unless O(gather) contains V(upcoming_scheduled_activities).
      returned: always
      type: list
      elements: dict
      sample:
        - id: 196ad687e2ba4874868ba5982af71249
          type: shutdown
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
