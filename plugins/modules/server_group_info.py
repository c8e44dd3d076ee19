#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read server groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_group_info
short_description: Read server groups
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the groups of a data center, or those that an id, a path or a name means.
options:
  group:
    description:
      - The groups, as an id, a path from the root such as V(Default Group/Web), a list of names, or a name.
      - A name may mean several groups. Without it all groups of the data center are read.
    type: raw
    aliases: [name]
  recursive:
    description:
      - Whether to add the groups below those found.
    type: bool
    default: false
  gather:
    description:
      - What to read besides, one request for each group and entry. What a group has not is null.
      - The figures are those of all servers in and below the group.
    type: list
    elements: str
    choices: [statistics, defaults, upcoming_scheduled_activities]
    default: []
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.statistics
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server_group
"""

EXAMPLES = r"""
- name: All groups of a data center
  centurylink.cloud.server_group_info:
    data_center: WA1

- name: One group and everything below it
  centurylink.cloud.server_group_info:
    group: Shop/Web
    recursive: true
    data_center: WA1

- name: What its servers did in the last hours
  centurylink.cloud.server_group_info:
    group: Shop/Web
    data_center: WA1
    gather: [statistics]
    statistics:
      type: hourly
      start: "2026-05-17T07:00:00Z"
      interval_minutes: 60
"""

RETURN = r"""
server_groups:
  description: The groups, parents first; empty where there is none.
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
      server_ids: [wa1acmeweb01, wa1acmeweb02]
      statistics: null
      defaults: null
      upcoming_scheduled_activities: null
"""

from ..module_utils.argument_specs.server_group_info import ARGUMENTS
from ..module_utils.resources.server_group.server_group_info import found_groups
from ..module_utils.running import InfoModule

MODULE = InfoModule("server_groups", found_groups, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
