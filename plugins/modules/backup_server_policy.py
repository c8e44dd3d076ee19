#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: apply a backup policy to servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_server_policy
short_description: Apply a backup policy to servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - Applies a backup policy to servers, with a region that stores the backups, and waits until the backup agent is installed; or
    removes the policy from servers.
  - One request applies the policy to all servers. The same policy can be applied to a server in several regions.
  - The service has no jobs for this. With O(wait=false), RV(jobs) is empty, and the progress is the status of each of the
    RV(backup_server_policies).
options:
  policy:
    description:
      - Id or unique name of the policy.
    type: str
    required: true
  server_ids:
    description:
      - Ids of servers, case-insensitive, or of external servers (M(centurylink.cloud.backup_anywhere_server)).
    type: list
    elements: str
    required: true
  storage_region:
    description:
      - Name or label of the region that stores the backups, such as V(US EAST). Cannot be changed.
      - Required with O(state=present). With O(state=absent), defaults to all regions.
    type: str
  state:
    description:
      - Whether the policy should be applied to the servers.
      - V(absent) keeps stored backups for the retention period, and cancels a server policy that never became active.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
seealso:
  - module: centurylink.cloud.backup_server_policy_info
  - module: centurylink.cloud.backup_policy
  - module: centurylink.cloud.backup_region_info
  - module: centurylink.cloud.backup_anywhere_server
"""

EXAMPLES = r"""
- name: Apply a policy to two servers
  centurylink.cloud.backup_server_policy:
    policy: linux-home
    server_ids: [VA1ACMEWEB01, VA1ACMEWEB02]
    storage_region: US EAST

- name: Remove the policy from a server
  centurylink.cloud.backup_server_policy:
    policy: linux-home
    server_ids: [VA1ACMEWEB02]
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/backup.yml.
backup_server_policies:
  description: The server policies of these servers after the task, sorted by server and region.
  returned: always
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
jobs:
  description:
    - The queued jobs. M(centurylink.cloud.job_info) reads or waits for jobs of the services C(api) and C(lbaas).
    - The service C(rdbs) has no jobs. Its entries identify a database; M(centurylink.cloud.database_info) returns
      its status.
  returned: when O(wait=false)
  type: list
  elements: dict
  contains:
    id:
      description: Id of the job, or of the database for the service C(rdbs).
      returned: always
      type: str
      sample: wa1-48211
    service:
      description: The service that runs the job, such as C(api) or C(lbaas).
      returned: always
      type: str
      sample: api
    path:
      description: Path of the status of the job, below the URL of the service.
      returned: always
      type: str
      sample: /v2/operations/acme/status/wa1-48211
    targets:
      description: Ids of what the job works on, such as servers.
      returned: always
      type: list
      elements: str
      sample:
        - wa1acmeweb01
pending:
  description: The steps that remain after the jobs have finished. A second run performs them.
  returned: when O(wait=false)
  type: list
  elements: str
  sample:
    - power on server wa1acmeweb01
"""

from ..module_utils.argument_specs.backup_server_policy import ARGUMENTS
from ..module_utils.resources.backup.server_policy import BackupServerPolicies
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(BackupServerPolicies, ARGUMENTS, required_if=[("state", "present", ["storage_region"])])


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
