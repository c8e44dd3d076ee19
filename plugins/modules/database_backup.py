#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: manage backups of databases."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_backup
short_description: Create, delete, and restore database backups
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Creates a backup of a database in addition to the automatic backups, deletes a backup, or restores it into the same or
    another database.
  - The service has no jobs. With O(wait=false), the job that is returned represents the database; its progress is the status of
    the database.
options:
  id:
    description:
      - Id of the backup to delete or restore. Required with O(state=absent) and O(state=restored), not allowed with
        O(state=present).
    type: int
  max_age_hours:
    description:
      - Maximum age in hours of an existing successful backup, manual or automatic, that satisfies O(state=present).
      - V(0) creates a backup on every run.
    type: int
    default: 0
  to_database:
    description:
      - Id or name of the database to restore into, with O(state=restored). Defaults to O(database).
      - It must have at least as much storage as the database of the backup. Its data is overwritten.
    type: str
  state:
    description:
      - V(present) creates a backup, unless O(max_age_hours) allows an existing one.
      - V(absent) deletes the backup.
      - V(restored) restores the backup and overwrites the data of the database. The task always reports a change.
    type: str
    choices: [present, absent, restored]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.data_center_of_name
  - centurylink.cloud.options.database
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes
attributes:
  idempotent:
    support: partial
    details:
      - O(state=present) without O(max_age_hours) creates a backup on every run, and O(state=restored) restores on every run.
seealso:
  - module: centurylink.cloud.database_backup_info
  - module: centurylink.cloud.database
"""

EXAMPLES = r"""
- name: Create a backup, unless there is one from the last 12 hours
  centurylink.cloud.database_backup:
    database: shop-db
    data_center: VA1
    max_age_hours: 12
  register: backup

- name: Restore it into another database
  centurylink.cloud.database_backup:
    database: shop-db
    data_center: VA1
    id: "{{ backup.database_backup.id }}"
    to_database: shop-test-db
    state: restored

- name: Delete the backup
  centurylink.cloud.database_backup:
    database: shop-db
    data_center: VA1
    id: "{{ backup.database_backup.id }}"
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/database.yml.
database_backup:
  description: The backup that was created, found, or restored. Null if it does not exist.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the backup. In check mode, a placeholder for a new one.
      returned: always
      type: int
      sample: 30114
    database_id:
      description: Id of the database.
      returned: always
      type: int
      sample: 1201
    file_name:
      description: Name of the file of the backup.
      returned: always
      type: str
      sample: VA1DBPDMYSQL1345-2026-11-28_12-00-01.tar.gz
    backup_time:
      description: Time of the backup in UTC, in ISO 8601 format.
      returned: always
      type: str
      sample: '2026-11-28T12:00:01Z'
    backup_type:
      description: Whether the backup was made by a user or daily by the service.
      returned: always
      type: str
      choices:
        - Automated
        - Manual
      sample: Manual
    status:
      description: Status of the backup.
      returned: always
      type: str
      choices:
        - Active
        - Backing Up
        - Configuring
        - Deleted
        - Failed
        - Pending
        - Ready
        - Restoring
        - Success
        - Terminated
        - Unknown
      sample: Success
    size_bytes:
      description: Size in bytes. Null until the backup has finished.
      returned: always
      type: int
      sample: 2820480
restored_to_id:
  description: Id of the database that the backup was restored into. Null unless O(state=restored).
  returned: always
  type: int
  sample: 1201
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  contains:
    id:
      description: Id of the job, or of the database for the service C(rdbs).
      returned: always
      type: str
      sample: wa1-48211
    service:
      description: The service that runs the job, such as C(api) or C(lbaas).
      returned: always
      type: str
      sample: api
    path:
      description: Path of the status of the job, below the URL of the service.
      returned: always
      type: str
      sample: /v2/operations/acme/status/wa1-48211
    targets:
      description: Ids of what the job works on, such as servers.
      returned: always
      type: list
      elements: str
      sample:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample:
    - power on server wa1acmeweb01
"""

from ..module_utils.argument_specs.database_backup import ARGUMENTS
from ..module_utils.resources.database.backup import DatabaseBackup, validate_id
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(DatabaseBackup, ARGUMENTS, check=validate_id)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
