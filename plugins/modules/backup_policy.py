#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: account policies of the backup service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_policy
short_description: Make, change and retire a backup policy
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A backup policy says what is backed up on servers, how often, and how long it is kept.
  - The service cannot delete a policy. One that is absent is V(INACTIVE) and on no server.
options:
  name:
    description:
      - Name of the policy. It identifies the policy, or renames it where O(id) is given.
      - The service lets several policies have one name; then O(id) is needed.
    type: str
  id:
    description:
      - Id of a policy that is there.
    type: str
  os_type:
    description:
      - Operating system of the servers. Required for a new policy, and never changed.
    type: str
    choices: [Linux, Windows]
  paths:
    description:
      - Folders to back up. Required for a new policy. None may lie below another.
    type: list
    elements: str
  excluded_directory_paths:
    description:
      - Folders to leave out. An empty list leaves out nothing.
    type: list
    elements: str
  retention_days:
    description:
      - Days for which a backup is kept. Required for a new policy, and never changed.
    type: int
  backup_interval_hours:
    description:
      - Hours from the end of one backup to the next. A new policy needs this or O(backup_schedule).
    type: int
  backup_schedule:
    description:
      - When to back up, as a Quartz cron expression with seconds first and an optional year.
    type: str
  status:
    description:
      - V(INACTIVE) stops the backups of all servers with this policy. Retention runs from then on.
    type: str
    choices: [ACTIVE, INACTIVE]
    default: ACTIVE
  state:
    description:
      - V(absent) makes the policy V(INACTIVE). It is an error while servers have it.
      - V(present) brings back a policy that was retired.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.backup_policy_info
  - module: centurylink.cloud.backup_server_policy
"""

EXAMPLES = r"""
- name: Home folders, twice a day
  centurylink.cloud.backup_policy:
    name: linux-home
    os_type: Linux
    paths: [/home, /etc]
    excluded_directory_paths: [/home/tmp]
    retention_days: 14
    backup_interval_hours: 12

- name: From now on on Sundays at three
  centurylink.cloud.backup_policy:
    name: linux-home
    backup_schedule: 0 0 3 ? * SUN

- name: Retire it
  centurylink.cloud.backup_policy:
    name: linux-home
    state: absent
"""

RETURN = r"""
backup_policy:
  description: The policy, null where there is none. Of interval and schedule the one in force is not null.
  returned: always
  type: dict
  sample:
    id: 0d8c2c0f-3f52-4f3b-9f76-0b6c8f3f6a01
    name: linux-home
    os_type: Linux
    status: ACTIVE
    paths: [/home, /etc]
    excluded_directory_paths: [/home/tmp]
    retention_days: 14
    backup_interval_hours: 12
    backup_schedule: null
    account_alias: ACME
"""

from ..module_utils.argument_specs.backup_policy import ARGUMENTS
from ..module_utils.resources.backup.policy import BackupPolicy, check_policy
from ..module_utils.running import ResourceModule

EITHER = [("backup_interval_hours", "backup_schedule")]

MODULE = ResourceModule(
    BackupPolicy,
    ARGUMENTS,
    check=check_policy,
    waits=False,
    required_one_of=[("name", "id")],
    mutually_exclusive=EITHER,
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
