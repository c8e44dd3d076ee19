#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: gather information about backup policies applied to servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_server_policy_info
short_description: Gather information about backup policies applied to servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Returns the server policies of a server or of a backup policy, with their statuses.
  - Server policies that were removed are included while their data is kept.
options:
  policy:
    description:
      - Id or unique name of the policy.
    type: str
  server_id:
    description:
      - Id of a server, case-insensitive, or of an external server.
    type: str
  id:
    description:
      - Id of a server policy of O(policy). Defaults to all of them.
    type: str
  storage_region:
    description:
      - Name of a storage region. Defaults to all regions.
    type: str
  status:
    description:
      - Statuses of the server policies to return. Defaults to all statuses.
    type: list
    elements: str
    choices: [ACTIVE, INACTIVE, PROVISIONING, PENDING_INSTALL, ERROR, DELETED]
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.attributes.info
seealso:
  - module: centurylink.cloud.backup_server_policy
  - module: centurylink.cloud.backup_restore_point_info
"""

EXAMPLES = r"""
- name: Get the servers that a policy backs up
  centurylink.cloud.backup_server_policy_info:
    policy: linux-home
    status: [ACTIVE]

- name: Get the server policies of a server
  centurylink.cloud.backup_server_policy_info:
    server_id: VA1ACMEWEB01
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_server_policies:
  description:
    - The server policies, sorted by server and region. Empty if none exists.
    - The dates are null for each server policy if O(server_id) is specified.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the server policy.
      returned: always
      type: str
      sample: 3f1a3a0c-31d2-4c34-8a1e-7b0b5a9c1d03
    policy_id:
      description: Id of the policy.
      returned: always
      type: str
      sample: 0d8c2c0f-3f52-4f3b-9f76-0b6c8f3f6a01
    policy_name:
      description: Name of the policy.
      returned: always
      type: str
      sample: linux-home
    policy_status:
      description: Status of the policy.
      returned: always
      type: str
      sample: ACTIVE
    server_id:
      description: Id of the server, in lower case.
      returned: always
      type: str
      sample: va1acmeweb01
    storage_region:
      description: Region in which the backups are stored.
      returned: always
      type: str
      sample: US EAST
    status:
      description: Status of the server policy.
      returned: always
      type: str
      sample: ACTIVE
    unsubscribed_date:
      description: Time at which the policy was removed from the server, probably in milliseconds since 1970. Null
        while the server policy is in use.
      returned: always
      type: int
      sample: 1898726400000
    expiration_date:
      description: Time at which the last backups are deleted, probably in milliseconds since 1970. Null while the
        server policy is in use.
      returned: always
      type: int
      sample: 1900022400000
"""

from ..module_utils.argument_specs.backup_server_policy_info import ARGUMENTS
from ..module_utils.resources.backup._shared import gather_server_policies
from ..module_utils.running import InfoModule

MODULE = InfoModule(
    "backup_server_policies",
    gather_server_policies,
    ARGUMENTS,
    required_one_of=[("policy", "server_id")],
    mutually_exclusive=[("id", "server_id")],
)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
