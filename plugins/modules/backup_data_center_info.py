#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read data centers of the backup service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_data_center_info
short_description: Read the data centers and servers that the backup service knows
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the data centers of the backup service, and on request the servers in them that can be backed up.
options:
  data_center:
    description:
      - Code or full name of one data center; without it all of them are read.
    type: str
    aliases: [location]
  gather:
    description:
      - What to read besides, one request for each data center.
    type: list
    elements: str
    choices: [servers]
    default: []
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.backup_server_policy
  - module: centurylink.cloud.data_center_info
"""

EXAMPLES = r"""
- name: What could be backed up in VA1
  centurylink.cloud.backup_data_center_info:
    data_center: VA1
    gather: [servers]
"""

RETURN = r"""
backup_data_centers:
  description:
    - The data centers, sorted by code; empty where there is none of that code.
    - C(servers) has ids in lower case, and is null where they were not asked for.
  returned: success
  type: list
  elements: dict
  sample:
    - id: VA1
      name: VA1 - US East (Sterling)
      servers: [va1acmeweb01, va1acmeweb02]
"""

from ..module_utils.argument_specs.backup_data_center_info import ARGUMENTS
from ..module_utils.resources.backup.catalog import found_data_centers
from ..module_utils.running import InfoModule

MODULE = InfoModule("backup_data_centers", found_data_centers, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
