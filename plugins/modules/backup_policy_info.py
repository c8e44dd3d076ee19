#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about backup policies."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_policy_info
short_description: Gather information about backup policies
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the backup policies of an account, or those that can be applied to a server.
options:
  policy:
    description:
      - Id of a policy, or a name, which can match more than one policy. Defaults to all policies.
    type: str
  server_id:
    description:
      - Id of a server, case-insensitive, or of an external server.
      - If set, only the policies that can be applied to this server are returned, which depends on its operating system.
    type: str
  status:
    description:
      - Status of the policies to return. Defaults to all statuses.
    type: str
    choices: [ACTIVE, INACTIVE]
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.backup_policy
"""

EXAMPLES = r"""
- name: Get all policies
  centurylink.cloud.backup_policy_info:

- name: Get the policies that can be applied to a server
  centurylink.cloud.backup_policy_info:
    server_id: VA1ACMEWEB01
    status: ACTIVE
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_policies:
  description: The policies, sorted by name. Empty if none exists.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the policy.
      returned: always
      type: str
      sample: 0d8c2c0f-3f52-4f3b-9f76-0b6c8f3f6a01
    name:
      description: Name of the policy.
      returned: always
      type: str
      sample: linux-home
    os_type:
      description: Type of the operating system.
      returned: always
      type: str
      choices:
        - Linux
        - Windows
      sample: Linux
    status:
      description: Status of the policy.
      returned: always
      type: str
      choices:
        - ACTIVE
        - INACTIVE
      sample: ACTIVE
    paths:
      description: The directories that are saved.
      returned: always
      type: list
      elements: str
      sample:
        - /home
        - /etc
    excluded_directory_paths:
      description: Directories below them that are not saved.
      returned: always
      type: list
      elements: str
      sample:
        - /home/tmp
    retention_days:
      description: Number of days that backups are kept.
      returned: always
      type: int
      sample: 14
    backup_interval_hours:
      description: Number of hours between two backups. Null if the policy has a schedule.
      returned: always
      type: int
      sample: 12
    backup_schedule:
      description: Times of the backups, in the format of cron. Null if the policy has an interval.
      returned: always
      type: str
      sample: 0 0 2 * * ?
    account_alias:
      description: Alias of the account.
      returned: always
      type: str
      sample: ACME
"""

from ..module_utils.argument_specs.backup_policy_info import ARGUMENTS
from ..module_utils.resources.backup._shared import gather_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule("backup_policies", gather_policies, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
