#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: list the storage regions of the backup service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_region_info
short_description: List the storage regions of the backup service
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the regions in which the backup service can store backups.
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.backup_server_policy
"""

EXAMPLES = r"""
- name: Get the storage regions
  centurylink.cloud.backup_region_info:
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_regions:
  description: The regions that store backups.
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description: Name of the region. Use it in O(centurylink.cloud.backup_server_policy#module:storage_region).
      returned: always
      type: str
      sample: CANADA
    label:
      description: Name of the region for people.
      returned: always
      type: str
      sample: Canada
    messages:
      description: What the service says about the region.
      returned: always
      type: list
      elements: str
      sample:
        - Backups stored in this region are NOT encrypted at rest
"""

from ..module_utils.resources.backup.catalog import gather_regions
from ..module_utils.running import InfoModule

MODULE = InfoModule("backup_regions", gather_regions, {})


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
