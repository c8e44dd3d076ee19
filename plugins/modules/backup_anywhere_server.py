#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: register external servers with the backup service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_anywhere_server
short_description: Register an external server with the backup service
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Registers a server outside of CenturyLink Cloud, and writes the script that installs the backup agent on it.
  - The service cannot remove a registration.
options:
  name:
    description:
      - Name of the server, which identifies it. Case-sensitive.
    type: str
    required: true
  os_type:
    description:
      - Operating system of the server. Cannot be changed after the registration.
    type: str
    choices: [Linux, Windows]
    required: true
  installer_dest:
    description:
      - Path of the installer on the host that the module runs on. Its directory must exist. Only the owner can read the file.
      - It contains a token for one installation that cannot be read again, so it is only written by the run that registers the
        server or gets another token.
    type: path
    required: true
  update_secret:
    description:
      - V(on_create) writes an installer only when the server is registered.
      - V(always) also gets another token and writes another installer for a registered server. The task always reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes
attributes:
  idempotent:
    support: partial
    details:
      - With O(update_secret=always), every run gets another token.
seealso:
  - module: centurylink.cloud.backup_anywhere_server_info
  - module: centurylink.cloud.backup_server_policy
"""

EXAMPLES = r"""
- name: Register a server in the office
  centurylink.cloud.backup_anywhere_server:
    name: office-nas
    os_type: Linux
    installer_dest: /root/install-backup.sh
  register: office

- name: Apply a backup policy to it
  centurylink.cloud.backup_server_policy:
    policy: linux-home
    server_ids: ["{{ office.backup_anywhere_server.id }}"]
    storage_region: US EAST
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_anywhere_server:
  description: The server after the task. Null if it is not registered.
  returned: always
  type: dict
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

from ..module_utils.argument_specs.backup_anywhere_server import ARGUMENTS
from ..module_utils.resources.backup.anywhere_server import BackupAnywhereServer
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(BackupAnywhereServer, ARGUMENTS, waits=False)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
