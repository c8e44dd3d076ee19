#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: scheduled activities of server groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_group_scheduled_activity
short_description: Create, change and remove scheduled activities of server groups
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A scheduled activity does something to all servers in and below a group, at a moment and, where wanted, again and again.
  - Activities have no names. One is identified by its O(id), or within its group by O(type) and O(begin_date) together; all
    else are properties that can be changed. Another O(begin_date) without O(id) therefore means another activity, so write a
    fixed moment and not one that is computed anew in each run.
  - Equal activities count as one; O(state=absent) removes all of them. Different ones with the same O(type) and O(begin_date)
    are an error that lists their ids, unless O(state=present) and one of them is as wanted already.
options:
  id:
    description:
      - Id of the activity. With it O(type) and O(begin_date) can be changed.
    type: str
  type:
    description:
      - What is done to the servers. Required without O(id).
      - V(delete) and V(archive) take the servers away; nobody is asked again when the time has come.
    type: str
    choices: [archive, createsnapshot, delete, deletesnapshot, pause, poweron, reboot, shutdown]
  begin_date:
    description:
      - When it is done first, such as V(2030-05-19T02:00:00Z); in UTC unless the moment names an offset. Required without O(id).
    type: str
  status:
    description:
      - Whether the activity is switched on; V(on) for a new one.
    type: str
    choices: ["on", "off"]
  time_zone_offset:
    description:
      - Offset from UTC in which the control portal shows the moments, as V([-]hh:mm), in quotes; V(00:00) for a new one.
    type: str
  repeat:
    description:
      - How often it is done; V(never) again for a new one.
    type: str
    choices: [never, daily, weekly, monthly, customWeekly]
  custom_weekly_days:
    description:
      - Days of the week on which it is done, with O(repeat=customWeekly).
    type: list
    elements: str
    choices: [sun, mon, tue, wed, thu, fri, sat]
  expire:
    description:
      - When the repetition ends; V(never) for a new one.
    type: str
    choices: [never, afterDate, afterCount]
  expire_count:
    description:
      - Number of times after which it ends, with O(expire=afterCount).
    type: int
  expire_date:
    description:
      - Moment after which it ends, with O(expire=afterDate); in UTC unless the moment names an offset.
    type: str
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.group
  - centurylink.cloud.options.state
  - centurylink.cloud.connection
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.server_group_scheduled_activity_info
  - module: centurylink.cloud.server_group
"""

EXAMPLES = r"""
- name: Shut the test servers down on Friday evenings
  centurylink.cloud.server_group_scheduled_activity:
    group: Shop/Test
    data_center: WA1
    type: shutdown
    begin_date: "2030-05-17T20:00:00Z"
    time_zone_offset: "-07:00"
    repeat: customWeekly
    custom_weekly_days: [fri]

- name: Switch that off for a while
  centurylink.cloud.server_group_scheduled_activity:
    group: Shop/Test
    data_center: WA1
    type: shutdown
    begin_date: "2030-05-17T20:00:00Z"
    status: "off"

- name: Let it begin later
  centurylink.cloud.server_group_scheduled_activity:
    group: Shop/Test
    data_center: WA1
    id: 292be01e4fc2d031c41885221c25f6aa
    begin_date: "2030-05-17T22:00:00Z"

- name: Remove it
  centurylink.cloud.server_group_scheduled_activity:
    group: Shop/Test
    data_center: WA1
    type: shutdown
    begin_date: "2030-05-17T22:00:00Z"
    state: absent
"""

RETURN = r"""
server_group_scheduled_activity:
  description:
    - The activity as it is now, null where there is none. Moments are in UTC and whole seconds.
  returned: always
  type: dict
  sample:
    id: 292be01e4fc2d031c41885221c25f6aa
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

from ..module_utils.argument_specs.server_group_scheduled_activity import ARGUMENTS
from ..module_utils.kit.lookup import refuse_no_id
from ..module_utils.resources.server_group.scheduled_activity import ServerGroupScheduledActivity
from ..module_utils.running import ResourceModule

IDENTITY = [("id", "type"), ("id", "begin_date")]

MODULE = ResourceModule(
    ServerGroupScheduledActivity, ARGUMENTS, check=refuse_no_id, waits=False, required_one_of=IDENTITY
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
