#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about external servers of the backup service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_anywhere_server_info
short_description: Gather information about external servers registered with the backup service
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the servers outside of CenturyLink Cloud that are registered with the backup service.
options:
  name:
    description:
      - Name of a server. Defaults to all servers.
    type: str
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.backup_anywhere_server
"""

EXAMPLES = r"""
- name: Get all registered servers
  centurylink.cloud.backup_anywhere_server_info:
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_anywhere_servers:
  description: The servers, sorted by name. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the server. Use it in O(centurylink.cloud.backup_server_policy#module:server_ids).
      returned: always
      type: str
      sample: 0f7c6d0e-5a1c-4a40-8f6b-2d9f3b8a6e04
    name:
      description: Name of the server.
      returned: always
      type: str
      sample: office-nas
    os_type:
      description: Type of the operating system.
      returned: always
      type: str
      sample: Linux
    account_alias:
      description: Alias of the account.
      returned: always
      type: str
      sample: ACME
"""

from ..module_utils.argument_specs.backup_anywhere_server_info import ARGUMENTS
from ..module_utils.resources.backup.anywhere_server import gather_servers
from ..module_utils.running import InfoModule

MODULE = InfoModule("backup_anywhere_servers", gather_servers, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
