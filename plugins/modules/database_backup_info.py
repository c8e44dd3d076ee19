#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about database backups."""

from __future__ import annotations

DOCUMENTATION = r"""
module: database_backup_info
short_description: Gather information about database backups
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the automatic and manual backups of a database. Sends one request.
extends_documentation_fragment:
  - centurylink.cloud.options.any_data_center_of_name
  - centurylink.cloud.options.database
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.database_backup
  - module: centurylink.cloud.database_info
"""

EXAMPLES = r"""
- name: Get the backups of a database
  centurylink.cloud.database_backup_info:
    database: shop-db
"""

RETURN = r"""
# Generated from tools/returns/database.yml.
database_backups:
  description: The backups of the database, oldest first. Empty if none exists.
  returned: success
  type: list
  elements: dict
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
"""

from ..module_utils.argument_specs.database_backup_info import ARGUMENTS
from ..module_utils.resources.database.backup import gather_backups
from ..module_utils.running import InfoModule

MODULE = InfoModule("database_backups", gather_backups, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
