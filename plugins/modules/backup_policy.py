#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage backup policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_policy
short_description: Manage backup policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Creates, updates, and deactivates backup policies. A backup policy specifies what is backed up, how often, and how long
    backups are kept.
  - The service cannot delete a policy. With O(state=absent), the policy is set to C(INACTIVE).
options:
  name:
    description:
      - Name of the policy, case-sensitive. If O(id) is set, the policy is renamed.
      - If several policies have the same name, O(id) is required.
    type: str
  id:
    description:
      - Id of an existing policy.
    type: str
  os_type:
    description:
      - Operating system of the servers. Required to create a policy. Cannot be changed after creation.
    type: str
    choices: [Linux, Windows]
  paths:
    description:
      - Directories to back up. None may be below another. Required to create a policy.
      - If set, the list replaces the existing one.
    type: list
    elements: str
  excluded_directory_paths:
    description:
      - Directories to exclude. Defaults to none for a new policy.
      - If set, the list replaces the existing one; an empty list excludes nothing.
    type: list
    elements: str
  retention_days:
    description:
      - Number of days for which backups are kept, at least V(1). Required to create a policy. Cannot be changed after creation.
    type: int
  backup_interval_hours:
    description:
      - Number of hours from the end of a backup to the start of the next, at least V(1).
      - This or O(backup_schedule) is required to create a policy.
    type: int
  backup_schedule:
    description:
      - Schedule of backups. It starts with seconds, and the year at its end is optional.
      - Must be a Quartz cron expression of six or seven fields, such as V(0 0 2 * * ?).
      - Mutually exclusive with O(backup_interval_hours); setting one replaces the other.
    type: str
  status:
    description:
      - Status of the policy. V(INACTIVE) stops the backups of all servers with this policy and starts the retention period of
        their stored data.
    type: str
    choices: [ACTIVE, INACTIVE]
    default: ACTIVE
  state:
    description:
      - V(present) creates or updates the policy, and reactivates it if it is inactive, unless O(status=INACTIVE).
      - V(absent) sets the policy to C(INACTIVE). The task fails if the policy is still applied to servers.
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
- name: Back up home directories twice a day
  centurylink.cloud.backup_policy:
    name: linux-home
    os_type: Linux
    paths: [/home, /etc]
    excluded_directory_paths: [/home/tmp]
    retention_days: 14
    backup_interval_hours: 12

- name: Back up on Sundays at three instead
  centurylink.cloud.backup_policy:
    name: linux-home
    backup_schedule: 0 0 3 ? * SUN

- name: Deactivate the policy
  centurylink.cloud.backup_policy:
    name: linux-home
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_policy:
  description: The policy after the task. Null if it does not exist.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the policy.
      returned: always
      type: str
      sample: 0d8c2c0f-3f52-4f3b-9f76-0b6c8f3f6a01
    name:
      description: Name of the policy.
      returned: always
      type: str
      sample: linux-home
    os_type:
      description: Type of the operating system.
      returned: always
      type: str
      choices:
        - Linux
        - Windows
      sample: Linux
    status:
      description: Status of the policy.
      returned: always
      type: str
      choices:
        - ACTIVE
        - INACTIVE
      sample: ACTIVE
    paths:
      description: The directories that are saved.
      returned: always
      type: list
      elements: str
      sample:
        - /home
        - /etc
    excluded_directory_paths:
      description: Directories below them that are not saved.
      returned: always
      type: list
      elements: str
      sample:
        - /home/tmp
    retention_days:
      description: Number of days that backups are kept.
      returned: always
      type: int
      sample: 14
    backup_interval_hours:
      description: Number of hours between two backups. Null if the policy has a schedule.
      returned: always
      type: int
      sample: 12
    backup_schedule:
      description: Times of the backups, in the format of cron. Null if the policy has an interval.
      returned: always
      type: str
      sample: 0 0 2 * * ?
    account_alias:
      description: Alias of the account.
      returned: always
      type: str
      sample: ACME
"""

from ..module_utils.argument_specs.backup_policy import ARGUMENTS
from ..module_utils.kit.lookup import validate_id
from ..module_utils.resources.backup.policy import BackupPolicy
from ..module_utils.running import ResourceModule

MUTUALLY_EXCLUSIVE = [("backup_interval_hours", "backup_schedule")]

MODULE = ResourceModule(
    BackupPolicy,
    ARGUMENTS,
    check=validate_id,
    waits=False,
    required_one_of=[("name", "id")],
    mutually_exclusive=MUTUALLY_EXCLUSIVE,
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
