#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read server groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_group_info
short_description: Gather information about server groups
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the groups of a data center, or those that an id, a path, or a name identifies.
options:
  group:
    description:
      - Groups, as an id, a path such as V(Default Group/Web), a list of names from the root, or a name, which can match more than
        one group. Defaults to all groups of the data center.
    type: raw
    aliases: [name]
  recursive:
    description:
      - Whether to include the subgroups of the groups.
    type: bool
    default: false
  gather:
    description:
      - Additional information to gather, with one request per group and entry. Null if the group does not have it.
      - V(statistics) includes all servers of the group and its subgroups.
    type: list
    elements: str
    choices: [statistics, defaults, upcoming_scheduled_activities]
    default: []
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.statistics
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server_group
"""

EXAMPLES = r"""
- name: Gather all groups of a data center
  centurylink.cloud.server_group_info:
    data_center: WA1

- name: Gather a group and its subgroups
  centurylink.cloud.server_group_info:
    group: Shop/Web
    recursive: true
    data_center: WA1

- name: Gather a group with hourly statistics of its servers of the last day
  centurylink.cloud.server_group_info:
    group: Shop/Web
    data_center: WA1
    gather: [statistics]
    statistics:
      type: hourly
      start: "{{ '%Y-%m-%dT%H:00:00Z' | strftime(now().timestamp() | int - 86400, utc=true) }}"
      interval_minutes: 60
"""

RETURN = r"""
# Generated from tools/returns/server_group.yml.
server_groups:
  description: The groups, parents first. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the group.
      returned: always
      type: str
      sample: 8a67639f74080f56c5aa328f676226e2
    name:
      description: Name of the group.
      returned: always
      type: str
      sample: Web Tier
    path:
      description: Path of the group from the root group, with slashes between the names. Empty for the root group.
      returned: always
      type: str
      sample: Shop/Web Tier
    description:
      description: Description of the group.
      returned: always
      type: str
      sample: Web servers of the shop
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    parent_id:
      description: Id of the parent group. Null for the root group.
      returned: always
      type: str
      sample: 36a23e238e3b1c77fc4c011f1bd38f1f
    type:
      description: Type of the group. System groups have others than V(default).
      returned: always
      type: str
      sample: default
    status:
      description: Status of the group.
      returned: always
      type: str
      sample: active
    servers_count:
      description: Number of servers in the group and in its subgroups.
      returned: always
      type: int
      sample: 2
    custom_fields:
      description: The custom fields that have a value.
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
    change_info:
      description: Who created and changed the group, and when.
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
    server_ids:
      description: Ids of the servers directly in the group, in lower case.
      returned: always
      type: list
      elements: str
      sample:
        - wa1acmeweb01
        - wa1acmeweb02
    statistics:
      description: Resource usage of each server in the group and its subgroups. Null unless O(gather) contains
        V(statistics).
      returned: always
      type: list
      elements: dict
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
    defaults:
      description: Defaults of new servers in the group. Null unless O(gather) contains V(defaults).
      returned: always
      type: dict
      contains:
        cpu:
          description: Number of CPUs.
          returned: always
          type: dict
          contains:
            value:
              description: The value. Null if neither the group nor a parent group sets it.
              returned: always
              type: int
              sample: 2
            inherited:
              description: Whether the value comes from a parent group.
              returned: always
              type: bool
              sample: false
        memory_gb:
          description: Memory in GB.
          returned: always
          type: dict
          contains:
            value:
              description: The value. Null if neither the group nor a parent group sets it.
              returned: always
              type: int
              sample: 2
            inherited:
              description: Whether the value comes from a parent group.
              returned: always
              type: bool
              sample: false
        network_id:
          description: Id of the network.
          returned: always
          type: dict
          contains:
            value:
              description: The value. Null if neither the group nor a parent group sets it.
              returned: always
              type: str
              sample: 172.17.1.26
            inherited:
              description: Whether the value comes from a parent group.
              returned: always
              type: bool
              sample: true
        primary_dns:
          description: IP address of the primary DNS server.
          returned: always
          type: dict
          contains:
            value:
              description: The value. Null if neither the group nor a parent group sets it.
              returned: always
              type: str
              sample: 172.17.1.26
            inherited:
              description: Whether the value comes from a parent group.
              returned: always
              type: bool
              sample: true
        secondary_dns:
          description: IP address of the secondary DNS server.
          returned: always
          type: dict
          contains:
            value:
              description: The value. Null if neither the group nor a parent group sets it.
              returned: always
              type: str
              sample: 172.17.1.26
            inherited:
              description: Whether the value comes from a parent group.
              returned: always
              type: bool
              sample: true
        template:
          description: Name of the template.
          returned: always
          type: dict
          contains:
            value:
              description: The value. Null if neither the group nor a parent group sets it.
              returned: always
              type: str
              sample: 172.17.1.26
            inherited:
              description: Whether the value comes from a parent group.
              returned: always
              type: bool
              sample: true
    upcoming_scheduled_activities:
      description: The next occurrences of scheduled activities. Null unless O(gather) contains V(upcoming_scheduled_activities).
      returned: always
      type: list
      elements: dict
      sample:
        - id: 196ad687e2ba4874868ba5982af71249
          type: shutdown
"""

from ..module_utils.argument_specs.server_group_info import ARGUMENTS
from ..module_utils.resources.server_group.server_group_info import gather_groups
from ..module_utils.running import InfoModule

MODULE = InfoModule("server_groups", gather_groups, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
