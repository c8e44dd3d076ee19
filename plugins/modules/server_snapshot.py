#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: snapshots of servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_snapshot
short_description: Create, delete, and revert to server snapshots
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A server has at most one snapshot, whose name the service assigns. Snapshots of all servers are created in one request.
  - While a server has a snapshot, its CPU cores, memory, and disks cannot be changed.
options:
  expiration_days:
    description:
      - Number of days after which the service deletes a new snapshot, from V(1) to V(10).
      - Only used when the snapshot is created, since it cannot be read back.
    type: int
    default: 7
  state:
    description:
      - V(present) creates a snapshot of each server that has none.
      - V(absent) deletes the snapshots of the servers.
      - V(reverted) reverts each server to its snapshot, which must exist. This is always a change.
    type: str
    choices: [present, absent, reverted]
    default: present
extends_documentation_fragment:
  - centurylink.cloud.options.server_ids
  - centurylink.cloud.connection
  - centurylink.cloud.waiting
  - centurylink.cloud.attributes
attributes:
  idempotent:
    support: partial
    details:
      - O(state=reverted) reverts the servers on every run.
seealso:
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Create snapshots of two servers
  centurylink.cloud.server_snapshot:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    expiration_days: 2

- name: Revert the servers to their snapshots
  centurylink.cloud.server_snapshot:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    state: reverted

- name: Delete the snapshots
  centurylink.cloud.server_snapshot:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    state: absent
"""

RETURN = r"""
# Generated from tools/returns/server.yml.
server_snapshots:
  description: The snapshots of the servers after the task, sorted by server id.
  returned: always
  type: list
  elements: dict
  contains:
    server_id:
      description: Id of the server, in lower case.
      returned: always
      type: str
      sample: wa1acmeweb01
    id:
      description: Id of the snapshot. Null in a prediction.
      returned: always
      type: str
      sample: '3'
    name:
      description: Name of the snapshot, the time at which it was created in UTC. Null in a prediction.
      returned: always
      type: str
      sample: 2026-02-11.14:05:09
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

from ..module_utils.argument_specs.server_snapshot import ARGUMENTS
from ..module_utils.resources.server.snapshot import ServerSnapshots
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerSnapshots, ARGUMENTS)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
