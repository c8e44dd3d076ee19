#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about the restore points of a server."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_restore_point_info
short_description: Gather information about the restore points of a server
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the backups of a server that finished within a range of dates.
options:
  start_date:
    description:
      - First date, in the format C(YYYY-MM-DD).
    type: str
    required: true
  end_date:
    description:
      - Last date, in the format C(YYYY-MM-DD). A range of more than 100 days needs several requests.
    type: str
    required: true
  in_retention_only:
    description:
      - Whether to omit restore points that can no longer be restored.
    type: bool
    default: false
extends_documentation_fragment:
  - centurylink.cloud.options.backup_data
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.backup_server_policy_info
  - module: centurylink.cloud.backup_stored_data_info
  - module: centurylink.cloud.backup_report
"""

EXAMPLES = r"""
- name: Get the restore points of a server of the last 30 days
  centurylink.cloud.backup_restore_point_info:
    server_id: VA1ACMEWEB01
    start_date: "{{ '%Y-%m-%d' | strftime(now().timestamp() | int - 2592000, utc=true) }}"
    end_date: "{{ '%Y-%m-%d' | strftime(now().timestamp() | int, utc=true) }}"
    in_retention_only: true
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_restore_points:
  description: The restore points, oldest first. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the restore point.
      returned: always
      type: str
      sample: 3f1a3a0c-31d2-4c34-8a1e-7b0b5a9c1d0320300305023005
    server_policy_id:
      description: Id of the server policy.
      returned: always
      type: str
      sample: 3f1a3a0c-31d2-4c34-8a1e-7b0b5a9c1d03
    server_id:
      description: Id of the server, in lower case.
      returned: always
      type: str
      sample: va1acmeweb01
    policy_id:
      description: Id of the policy.
      returned: always
      type: str
      sample: 0d8c2c0f-3f52-4f3b-9f76-0b6c8f3f6a01
    policy_name:
      description: Name of the policy.
      returned: always
      type: str
      sample: linux-home
    storage_region:
      description: Region in which the backup is stored.
      returned: always
      type: str
      sample: US EAST
    status:
      description: V(SUCCESS), V(PARTIAL_SUCCESS), V(FAILED), or V(CANCELLED).
      returned: always
      type: str
      sample: SUCCESS
    retention_days:
      description: Number of days that the backup is kept.
      returned: always
      type: int
      sample: 15
    backup_started_date:
      description: Time in UTC at which the backup began, in ISO 8601 format.
      returned: always
      type: str
      sample: '2030-03-05T02:30:05.000Z'
    backup_finished_date:
      description: Time in UTC at which the backup ended, in ISO 8601 format. Null while it runs.
      returned: always
      type: str
      sample: '2030-03-05T02:30:41.120Z'
    retention_expired_date:
      description: Time in UTC after which the backup is deleted, in ISO 8601 format.
      returned: always
      type: str
      sample: '2030-03-20T02:30:05.000Z'
    files_transferred_to_storage:
      description: Number of files that were stored.
      returned: always
      type: int
      sample: 12
    bytes_transferred_to_storage:
      description: Number of bytes that were stored.
      returned: always
      type: int
      sample: 52428800
    files_failed_transfer_to_storage:
      description: Number of files that could not be stored.
      returned: always
      type: int
      sample: 0
    bytes_failed_to_transfer:
      description: Number of bytes that could not be stored.
      returned: always
      type: int
      sample: 0
    unchanged_files_not_transferred:
      description: Number of files that had not changed since the last backup.
      returned: always
      type: int
      sample: 340
    unchanged_bytes_in_storage:
      description: Number of bytes of these files.
      returned: always
      type: int
      sample: 388403200
    files_removed_from_disk:
      description: Number of files that were deleted on the server since the last backup.
      returned: always
      type: int
      sample: 0
    bytes_in_storage_for_items_removed:
      description: Number of bytes of these files in the storage.
      returned: always
      type: int
      sample: 0
    number_of_protected_files:
      description: Number of files that can be restored.
      returned: always
      type: int
      sample: 352
"""

from ..module_utils.argument_specs.backup_restore_point_info import ARGUMENTS
from ..module_utils.resources.backup.stored_data import gather_restore_points
from ..module_utils.running import InfoModule

MODULE = InfoModule("backup_restore_points", gather_restore_points, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
