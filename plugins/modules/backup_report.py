#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: CSV reports of the backup service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_report
short_description: Keep a report of the backup service in a file
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Fetches a report as CSV and writes it to a file on the host that the module runs on, in one step.
  - The file is left alone where it holds the same already. Its owner, mode and the like are set as by M(ansible.builtin.copy).
options:
  report:
    description:
      - V(summary) has a line for each server policy with its latest backup.
      - V(restore_points) has a line for each restore point of a server policy.
      - V(restore_jobs) has a line for each restore that was run.
    type: str
    choices: [summary, restore_points, restore_jobs]
    default: summary
  dest:
    description:
      - The file. Its folder has to be there. A new file can be read by its owner alone, unless O(mode) says otherwise; one that
        is there keeps its attributes.
    type: path
    required: true
  server_policy_status:
    description:
      - Put server policies in these states into V(summary) only.
    type: list
    elements: str
    choices: [ACTIVE, INACTIVE, PROVISIONING, PENDING_INSTALL, ERROR, DELETED]
  server_policy_id:
    description:
      - The server policy whose restore points are meant. Required for V(restore_points).
    type: str
  in_retention_only:
    description:
      - Leave out restore points that can no longer be restored.
    type: bool
  start_date:
    description:
      - First day of the restore points, as YYYY-MM-DD.
    type: str
  end_date:
    description:
      - Last day of the restore points, as YYYY-MM-DD, at most a year after the first.
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
- name: How the backups are doing
  centurylink.cloud.backup_report:
    dest: /var/reports/backup.csv
    server_policy_status: [ACTIVE, ERROR]
    group: backup
    mode: "0640"

- name: All that was backed up of a server in March
  centurylink.cloud.backup_report:
    report: restore_points
    server_policy_id: 3f1a3a0c-31d2-4c34-8a1e-7b0b5a9c1d03
    start_date: "2030-03-01"
    end_date: "2030-03-31"
    dest: /var/reports/web01.csv
"""

RETURN = r"""
backup_report:
  description: Which report it is, where it is, how many lines it has below the column names, and its SHA-1 checksum.
  returned: always
  type: dict
  sample:
    report: summary
    dest: /var/reports/backup.csv
    rows: 12
    checksum: 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12
"""

from ..module_utils.argument_specs.backup_report import ARGUMENTS
from ..module_utils.resources.backup.report import BackupReport, check
from ..module_utils.running import ResourceModule

NEEDED = [("report", "restore_points", ["server_policy_id"])]

MODULE = ResourceModule(
    BackupReport,
    ARGUMENTS,
    check=check,
    waits=False,
    process_only=True,
    required_if=NEEDED,
    add_file_common_args=True,
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
