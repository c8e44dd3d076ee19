#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: backups of databases."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_backup
short_description: Take, delete and restore backups of databases
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Takes a backup of a database besides the automatic ones, deletes one, or puts one into the same or another database.
  - The service has no jobs to ask for. With O(wait=false) the one that is returned stands for the database, whose status tells.
options:
  id:
    description:
      - Id of the backup to delete or restore. None is ever chosen silently.
    type: int
  max_age_hours:
    description:
      - With O(state=present), a successful backup that is no older will do, whoever took it. With V(0) one is taken on every run.
    type: int
    default: 0
  to_database:
    description:
      - With O(state=restored), the database that takes the data, as its id or its name; by default the one that the backup is of.
      - It needs as much storage or more, and what it holds is overwritten.
    type: str
  state:
    description:
      - V(present) takes a backup where there is none that is young enough.
      - V(absent) deletes a backup.
      - V(restored) puts a backup into a database and overwrites what that holds. That is always a change.
    type: str
    choices: [present, absent, restored]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center_of_name
  - centurylink.cloud.options.database
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
attributes:
  idempotent:
    support: partial
    details:
      - O(state=present) takes a backup on every run without O(max_age_hours), and O(state=restored) restores on every run.
seealso:
  - module: centurylink.cloud.database_backup_info
  - module: centurylink.cloud.database
"""

EXAMPLES = r"""
- name: A backup of today
  centurylink.cloud.database_backup:
    database: shop-db
    data_center: VA1
    max_age_hours: 12
  register: backup

- name: Try it out in another database
  centurylink.cloud.database_backup:
    database: shop-db
    data_center: VA1
    id: "{{ backup.database_backup.id }}"
    to_database: shop-test-db
    state: restored

- name: Delete it
  centurylink.cloud.database_backup:
    database: shop-db
    data_center: VA1
    id: "{{ backup.database_backup.id }}"
    state: absent
"""

RETURN = r"""
database_backup:
  description: The backup that was taken, found or restored; null where there is none. Its id is null in a prediction.
  returned: always
  type: dict
  sample:
    id: 30112
    database_id: 1201
    file_name: VA1DBPDMYSQL0345-2018-03-05_02-30-01.tar.gz
    backup_time: "2018-03-05T02:30:01Z"
    backup_type: Manual
    status: Success
    size_bytes: 2841295
restored_to_id:
  description: Id of the database that took the data; null where nothing is restored.
  returned: always
  type: int
  sample: 1207
# Generated: what every module that waits returns.
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  sample:
    - id: wa1-48211
      service: api
      path: /v2/operations/acme/status/wa1-48211
      things:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample: []
"""

from ..module_utils.argument_specs.database_backup import ARGUMENTS
from ..module_utils.resources.database.backup import DatabaseBackup, check_id
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(DatabaseBackup, ARGUMENTS, check=check_id)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
