#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read scheduled activities of server groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_group_scheduled_activity_info
short_description: Gather information about scheduled activities of server groups
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the scheduled activities of a group, or one of them.
options:
  id:
    description:
      - Id of the activity. Defaults to all activities of the group.
    type: str
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.groups
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.server_group_scheduled_activity
"""

EXAMPLES = r"""
- name: Gather the scheduled activities of a group
  centurylink.cloud.server_group_scheduled_activity_info:
    group: Shop/Test
    data_center: WA1
"""

RETURN = r"""
server_group_scheduled_activities:
  description: The activities, sorted by their start. Empty if none exists.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 292be01e4fc2d031c41885221c25f6aa
      group_id: 8a67639f74080f56c5aa328f676226e2
      group_path: Shop/Web
      data_center: WA1
      type: shutdown
      begin_date: "2030-05-17T20:00:00Z"
      status: "on"
      time_zone_offset: "-07:00"
      repeat: customWeekly
      custom_weekly_days: [fri]
      expire: never
      expire_count: null
      expire_date: null
      is_expired: false
      occurrence_count: 0
      last_occurrence_date: null
      next_occurrence_date: "2030-05-17T20:00:00Z"
      change_info:
        created_by: deploy.acme
        created_date: "2030-05-14T10:00:00Z"
        modified_by: deploy.acme
        modified_date: "2030-05-14T10:00:00Z"
"""

from ..module_utils.argument_specs.server_group_scheduled_activity_info import ARGUMENTS
from ..module_utils.resources.server_group.scheduled_activity import gather_activities
from ..module_utils.running import InfoModule

MODULE = InfoModule("server_group_scheduled_activities", gather_activities, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
