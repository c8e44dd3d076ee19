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
# Generated from tools/returns/server_group.yml.
server_group_scheduled_activities:
  description: The activities, sorted by their start. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the activity.
      returned: always
      type: str
      sample: 196ad687e2ba4874868ba5982af71249
    group_id:
      description: Id of the group.
      returned: always
      type: str
      sample: 8a67639f74080f56c5aa328f676226e2
    group_path:
      description: Path of the group from the root group.
      returned: always
      type: str
      sample: Shop/Web
    data_center:
      description: Code of the data center.
      returned: always
      type: str
      sample: WA1
    type:
      description: What is done to the servers of the group.
      returned: always
      type: str
      choices:
        - archive
        - createsnapshot
        - delete
        - deletesnapshot
        - pause
        - poweron
        - reboot
        - shutdown
      sample: shutdown
    begin_date:
      description: Time of the first occurrence in UTC, in ISO 8601 format, without fractions of a second.
      returned: always
      type: str
      sample: '2030-05-17T20:00:00Z'
    status:
      description: Whether the activity is in effect.
      returned: always
      type: str
      choices:
        - 'on'
        - 'off'
      sample: 'on'
    time_zone_offset:
      description: Offset from UTC in which the days of the week are counted.
      returned: always
      type: str
      sample: -07:00
    repeat:
      description: How often it is repeated.
      returned: always
      type: str
      choices:
        - never
        - daily
        - weekly
        - monthly
        - customWeekly
      sample: customWeekly
    custom_weekly_days:
      description: The days of the week for C(repeat=customWeekly). Empty for others.
      returned: always
      type: list
      elements: str
      choices:
        - sun
        - mon
        - tue
        - wed
        - thu
        - fri
        - sat
      sample:
        - fri
    expire:
      description: When it ends.
      returned: always
      type: str
      choices:
        - never
        - afterDate
        - afterCount
      sample: never
    expire_count:
      description: Number of occurrences after which it ends. Null unless C(expire) is V(afterCount).
      returned: always
      type: int
      sample: 5
    expire_date:
      description: Time in UTC at which it ends. Null unless C(expire) is V(afterDate).
      returned: always
      type: str
      sample: '2030-12-31T00:00:00Z'
    is_expired:
      description: Whether it has ended.
      returned: always
      type: bool
      sample: false
    occurrence_count:
      description: Number of occurrences so far.
      returned: always
      type: int
      sample: 0
    last_occurrence_date:
      description: Time of the last occurrence in UTC. Null if there was none.
      returned: always
      type: str
      sample: '2030-05-10T20:00:00Z'
    next_occurrence_date:
      description: Time of the next occurrence in UTC. Null if there is none.
      returned: always
      type: str
      sample: '2030-05-17T20:00:00Z'
    change_info:
      description: Who created and changed the activity, and when.
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
