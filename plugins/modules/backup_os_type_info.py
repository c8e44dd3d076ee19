#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: list the operating systems that the backup service supports."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_os_type_info
short_description: List the operating systems that the backup service supports
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the operating systems that backup policies support.
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.backup_policy
"""

EXAMPLES = r"""
- name: Get the supported operating systems
  centurylink.cloud.backup_os_type_info:
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_os_types:
  description: The supported types of operating systems.
  returned: success
  type: list
  elements: str
  sample:
    - Linux
    - Windows
"""

from ..module_utils.resources.backup.catalog import gather_os_types
from ..module_utils.running import InfoModule

MODULE = InfoModule("backup_os_types", gather_os_types, {})


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
