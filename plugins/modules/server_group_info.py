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
server_groups:
  description: The groups, parents first. Empty if none exists.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 8a67639f74080f56c5aa328f676226e2
      name: Web
      path: Shop/Web
      description: ""
      data_center: WA1
      parent_id: 36a23e238e3b1c77fc4c011f1bd38f1f
      type: default
      status: active
      servers_count: 2
      custom_fields: []
      change_info:
        created_by: deploy.acme
        created_date: "2026-03-01T08:00:11Z"
        modified_by: deploy.acme
        modified_date: "2026-03-01T08:00:11Z"
      server_ids: [wa1acmeweb01, wa1acmeweb02]
      statistics: null
      defaults: null
      upcoming_scheduled_activities: null
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
