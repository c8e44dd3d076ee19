#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: servers from anywhere."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_anywhere_server
short_description: Register a server outside of CenturyLink Cloud for backups
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Registers a server and writes the script that installs the backup agent there.
  - The service has no way to remove a registration.
options:
  name:
    description:
      - Name of the server, which identifies it.
    type: str
    required: true
  os_type:
    description:
      - Operating system of the server. It cannot be changed.
    type: str
    choices: [Linux, Windows]
    required: true
  installer_dest:
    description:
      - File for the installer, on the host that this module runs on. Its folder has to be there. Only the owner can read it.
      - It holds a token that is good for one installation and that cannot be read again, so it is written in the run that
        registers the server.
    type: path
    required: true
  update_secret:
    description:
      - V(always) gets another token for a server that is registered, and writes another installer. That is always a change.
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
      - O(update_secret=always) gets another token on every run.
seealso:
  - module: centurylink.cloud.backup_anywhere_server_info
  - module: centurylink.cloud.backup_server_policy
"""

EXAMPLES = r"""
- name: Register a machine in the office
  centurylink.cloud.backup_anywhere_server:
    name: office-nas
    os_type: Linux
    installer_dest: /root/install-backup.sh
  register: office

- name: Back it up
  centurylink.cloud.backup_server_policy:
    policy: linux-home
    server_ids: ["{{ office.backup_anywhere_server.id }}"]
    storage_region: US EAST
"""

RETURN = r"""
backup_anywhere_server:
  description: The server. C(id) is what O(centurylink.cloud.backup_server_policy#module:server_ids) takes.
  returned: always
  type: dict
  sample:
    id: 0f7c6d0e-5a1c-4a40-8f6b-2d9f3b8a6e04
    name: office-nas
    os_type: Linux
    account_alias: ACME
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
