#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: scheduled activities of server groups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_group_scheduled_activity
short_description: Manage scheduled activities of server groups
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A scheduled activity is an operation on all servers of a group and its subgroups, at a date and time, once or repeatedly.
  - Activities have no names. An activity is identified by its O(id), or within its group by O(type) and O(begin_date); all other
    options are properties that can be changed. Without O(id), another O(begin_date) identifies another activity, so use a fixed
    date and not one that is computed in each run.
  - Equal activities count as one; O(state=absent) deletes all of them. Different activities with the same O(type) and
    O(begin_date) are an error that lists their ids, unless O(state=present) and one of them already matches the options.
options:
  id:
    description:
      - Id of an existing activity. If set, O(type) and O(begin_date) can be changed.
    type: str
  type:
    description:
      - Operation on the servers. Required unless O(id) is set.
      - V(delete) and V(archive) delete or archive the servers at that time without confirmation.
    type: str
    choices: [archive, createsnapshot, delete, deletesnapshot, pause, poweron, reboot, shutdown]
  begin_date:
    description:
      - Date and time of the first occurrence, in UTC unless it has an offset.
      - Must be a date and time, such as V(2030-05-19T02:00:00Z).
      - Required unless O(id) is set.
    type: str
  status:
    description:
      - Whether the activity is enabled. Defaults to V(on) for a new activity.
    type: str
    choices: ["on", "off"]
  time_zone_offset:
    description:
      - Offset from UTC of the times in the control portal, in quotes, since YAML reads some offsets as numbers.
      - Must be an offset from UTC, such as V(-08:00). Defaults to V(00:00) for a new activity.
    type: str
  repeat:
    description:
      - Interval of the repetition. Defaults to V(never) for a new activity.
    type: str
    choices: [never, daily, weekly, monthly, customWeekly]
  custom_weekly_days:
    description:
      - Days of the week. Required for O(repeat=customWeekly), and only used for it.
    type: list
    elements: str
    choices: [sun, mon, tue, wed, thu, fri, sat]
  expire:
    description:
      - Condition that ends the repetition. Defaults to V(never) for a new activity.
    type: str
    choices: [never, afterDate, afterCount]
  expire_count:
    description:
      - Number of occurrences, at least V(1). Required for O(expire=afterCount), and only used for it.
    type: int
  expire_date:
    description:
      - Date and time of the end, in UTC unless it has an offset. Required for O(expire=afterDate), and only used for it.
      - Must be a date and time, such as V(2030-05-19T02:00:00Z).
    type: str
extends_documentation_fragment:
  - centurylink.cloud.options.data_center
  - centurylink.cloud.options.group
  - centurylink.cloud.options.state
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.server_group_scheduled_activity_info
  - module: centurylink.cloud.server_group
"""

EXAMPLES = r"""
- name: Shut down the test servers on Friday evenings
  centurylink.cloud.server_group_scheduled_activity:
    group: Shop/Test
    data_center: WA1
    type: shutdown
    begin_date: "2030-05-17T20:00:00Z"
    time_zone_offset: "-07:00"
    repeat: customWeekly
    custom_weekly_days: [fri]
  register: friday

- name: Disable the activity
  centurylink.cloud.server_group_scheduled_activity:
    group: Shop/Test
    data_center: WA1
    type: shutdown
    begin_date: "2030-05-17T20:00:00Z"
    status: "off"

- name: Change the start of the activity
  centurylink.cloud.server_group_scheduled_activity:
    group: Shop/Test
    data_center: WA1
    id: "{{ friday.server_group_scheduled_activity.id }}"
    begin_date: "2030-05-17T22:00:00Z"

- name: Delete the activity
  centurylink.cloud.server_group_scheduled_activity:
    group: Shop/Test
    data_center: WA1
    type: shutdown
    begin_date: "2030-05-17T22:00:00Z"
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/server_group.yml.
server_group_scheduled_activity:
  description: The activity after the task. Null if it does not exist.
  returned: always
  type: dict
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

from ..module_utils.argument_specs.server_group_scheduled_activity import ARGUMENTS
from ..module_utils.kit.lookup import validate_id
from ..module_utils.resources.server_group.scheduled_activity import ServerGroupScheduledActivity
from ..module_utils.running import ResourceModule

IDENTITY = [("id", "type"), ("id", "begin_date")]

MODULE = ResourceModule(
    ServerGroupScheduledActivity, ARGUMENTS, check=validate_id, waits=False, required_one_of=IDENTITY
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
