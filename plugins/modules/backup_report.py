#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: save a backup report to a file."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_report
short_description: Save a backup report to a file
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads a CSV report of the backup service and writes it atomically to a file on the host that the module runs on.
  - The file is not written if it already has this content. Its owner, mode, and other attributes are set as by
    M(ansible.builtin.copy).
options:
  report:
    description:
      - Report to save.
      - V(summary) contains a line for each server policy with its latest backup.
      - V(restore_points) contains a line for each restore point of a server policy.
      - V(restore_jobs) contains a line for each restore.
    type: str
    choices: [summary, restore_points, restore_jobs]
    default: summary
  dest:
    description:
      - Path of the file. Its directory must exist.
      - Unless O(mode) is set, a new file can only be read by its owner, and an existing file keeps its mode.
    type: path
    required: true
  server_policy_status:
    description:
      - Statuses of the server policies to include. Defaults to all statuses. Only used with O(report=summary).
    type: list
    elements: str
    choices: [ACTIVE, INACTIVE, PROVISIONING, PENDING_INSTALL, ERROR, DELETED]
  server_policy_id:
    description:
      - Id of the server policy whose restore points to include. Required with O(report=restore_points).
    type: str
  in_retention_only:
    description:
      - Whether to omit restore points that can no longer be restored. Only used with O(report=restore_points).
    type: bool
  start_date:
    description:
      - First date of the restore points, in the format C(YYYY-MM-DD). Only used with O(report=restore_points).
    type: str
  end_date:
    description:
      - Last date of the restore points, in the format C(YYYY-MM-DD), at most 366 days after O(start_date).
      - Only used with O(report=restore_points).
    type: str
extends_documentation_fragment:
  - centurylink.cloud.connection
  - ansible.builtin.files
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.backup_restore_point_info
  - module: centurylink.cloud.backup_server_policy_info
"""

EXAMPLES = r"""
- name: Save a summary of active and failed server policies
  centurylink.cloud.backup_report:
    dest: /var/reports/backup.csv
    server_policy_status: [ACTIVE, ERROR]
    group: backup
    mode: "0640"

- name: Save the restore points of a server policy of the last 30 days
  centurylink.cloud.backup_report:
    report: restore_points
    server_policy_id: 3f1a3a0c-31d2-4c34-8a1e-7b0b5a9c1d03
    start_date: "{{ '%Y-%m-%d' | strftime(now().timestamp() | int - 2592000, utc=true) }}"
    end_date: "{{ '%Y-%m-%d' | strftime(now().timestamp() | int, utc=true) }}"
    dest: /var/reports/web01.csv
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_report:
  description: The report and its file.
  returned: always
  type: dict
  contains:
    report:
      description: The report.
      returned: always
      type: str
      choices:
        - summary
        - restore_points
        - restore_jobs
      sample: summary
    dest:
      description: Path of the file.
      returned: always
      type: str
      sample: /var/reports/backup.csv
    rows:
      description: Number of lines after the column names.
      returned: always
      type: int
      sample: 12
    checksum:
      description: SHA-1 checksum of the file.
      returned: always
      type: str
      sample: 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12
"""

from ..module_utils.argument_specs.backup_report import ARGUMENTS
from ..module_utils.resources.backup.report import BackupReport, validate_report
from ..module_utils.running import ResourceModule

REQUIRED_IF = [("report", "restore_points", ["server_policy_id"])]

MODULE = ResourceModule(
    BackupReport,
    ARGUMENTS,
    check=validate_report,
    waits=False,
    process_only=True,
    required_if=REQUIRED_IF,
    add_file_common_args=True,
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
