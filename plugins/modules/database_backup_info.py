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
database_backups:
  description: The backups of the database, oldest first. Empty if none exists.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 30112
      database_id: 1201
      file_name: VA1DBPDMYSQL0345-2018-03-05_02-30-01.tar.gz
      backup_time: "2018-03-05T02:30:01Z"
      backup_type: Manual
      status: Success
      size_bytes: 2841295
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
