#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: read account policies of the backup service."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_policy_info
short_description: Read backup policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Reads the backup policies of an account, or those that a server may be given.
options:
  policy:
    description:
      - Id of one policy, or a name, which may mean several.
    type: str
  server_id:
    description:
      - Read the policies that this server may be given, which depends on its operating system.
      - Id of a server in any case, or of a server from anywhere.
    type: str
  status:
    description:
      - Read policies of this status only.
    type: str
    choices: [ACTIVE, INACTIVE]
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.backup_policy
"""

EXAMPLES = r"""
- name: All policies
  centurylink.cloud.backup_policy_info:

- name: What a server may be given
  centurylink.cloud.backup_policy_info:
    server_id: VA1ACMEWEB01
    status: ACTIVE
"""

RETURN = r"""
backup_policies:
  description: The policies, sorted by name; empty where there are none.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 0d8c2c0f-3f52-4f3b-9f76-0b6c8f3f6a01
      name: linux-home
      os_type: Linux
      status: ACTIVE
      paths: [/home, /etc]
      excluded_directory_paths: [/home/tmp]
      retention_days: 14
      backup_interval_hours: 12
      backup_schedule: null
      account_alias: ACME
"""

from ..module_utils.argument_specs.backup_policy_info import ARGUMENTS
from ..module_utils.resources.backup._shared import found_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule("backup_policies", found_policies, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
