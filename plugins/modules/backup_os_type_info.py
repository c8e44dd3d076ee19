#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read operating systems of the backup service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_os_type_info
short_description: Read the operating systems that can be backed up
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the operating systems that backup policies can be for.
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.backup_policy
"""

EXAMPLES = r"""
- name: What can be backed up
  centurylink.cloud.backup_os_type_info:
"""

RETURN = r"""
backup_os_types:
  description: The operating systems.
  returned: success
  type: list
  elements: str
  sample: [Linux, Windows]
"""

from ..module_utils.resources.backup.catalog import found_os_types
from ..module_utils.running import InfoModule

MODULE = InfoModule("backup_os_types", found_os_types, {})


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
