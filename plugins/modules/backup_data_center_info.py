#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about data centers of the backup service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_data_center_info
short_description: Gather information about data centers of the backup service
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the data centers of the backup service, optionally with the servers that can be backed up.
options:
  data_center:
    description:
      - Code or full name of a data center. Defaults to the environment variable E(CLC_DATA_CENTER), then to all data centers.
    type: str
    aliases: [location]
  gather:
    description:
      - Additional information to gather. V(servers) sends one request per data center.
    type: list
    elements: str
    choices: [servers]
    default: []
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.data_center
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.backup_server_policy
  - module: centurylink.cloud.data_center_info
"""

EXAMPLES = r"""
- name: Get the servers in VA1 that can be backed up
  centurylink.cloud.backup_data_center_info:
    data_center: VA1
    gather: [servers]
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_data_centers:
  description: The data centers, sorted by code. Empty if O(data_center) does not exist.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Code of the data center.
      returned: always
      type: str
      sample: VA1
    name:
      description: Name of the data center.
      returned: always
      type: str
      sample: VA1 - US East (Sterling)
    servers:
      description: Ids of the servers in the data center, in lower case. Null unless O(gather) contains V(servers).
      returned: always
      type: list
      elements: str
      sample:
        - va1acmeweb01
        - va1acmeweb02
"""

from ..module_utils.argument_specs.backup_data_center_info import ARGUMENTS
from ..module_utils.resources.backup.catalog import gather_data_centers
from ..module_utils.running import InfoModule

MODULE = InfoModule("backup_data_centers", gather_data_centers, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
