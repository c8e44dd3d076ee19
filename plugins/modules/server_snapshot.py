#!/usr/bin/python
# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module: snapshots of servers."""

from __future__ import annotations

DOCUMENTATION = r"""
module: server_snapshot
short_description: Take, delete and go back to snapshots of servers
version_added: "0.1.0"
author:
  - centurylink.cloud contributors (!UNKNOWN)
description:
  - A server has one snapshot at a time, named by the service. Snapshots of several servers are taken in one request.
  - While a server has a snapshot its cores, memory and disks cannot be changed.
options:
  expiration_days:
    description:
      - Days after which the service deletes a new snapshot by itself, 1 to 10.
      - It cannot be read back, so it is used for new snapshots only.
    type: int
    default: 7
  state:
    description:
      - V(present) takes a snapshot of each server that has none.
      - V(absent) deletes the snapshots of the servers.
      - V(reverted) puts each server back to its snapshot, which has to be there. That is always a change.
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
      - O(state=reverted) puts the servers back on every run.
seealso:
  - module: centurylink.cloud.server
"""

EXAMPLES = r"""
- name: Take a snapshot of two servers
  centurylink.cloud.server_snapshot:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    expiration_days: 2

- name: Back to what was
  centurylink.cloud.server_snapshot:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    state: reverted

- name: Delete the snapshots
  centurylink.cloud.server_snapshot:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    state: absent
"""

RETURN = r"""
server_snapshots:
  description: The snapshots that the servers have now, sorted by the server's id; their own id and name are null in a prediction.
  returned: always
  type: list
  elements: dict
  sample:
    - server_id: wa1acmeweb01
      id: "3"
      name: 2026-02-11.14:05:09
# Generated: what every module that waits returns.
jobs:
  description:
    - What was queued. M(centurylink.cloud.job_info) can ask or wait for the jobs of the services C(api) and C(lbaas).
    - 'The service C(rdbs) has no jobs: an entry of it stands for a database, whose status M(centurylink.cloud.database_info)
      tells.'
  returned: when O(wait=false)
  type: list
  elements: dict
  sample:
    - id: wa1-48211
      service: api
      path: /v2/operations/acme/status/wa1-48211
      things:
        - wa1acmeweb01
pending:
  description: What is still to be done once the jobs have ended; a second run does it.
  returned: when O(wait=false)
  type: list
  elements: str
  sample: []
"""

from ..module_utils.argument_specs.server_snapshot import ARGUMENTS
from ..module_utils.resources.server.snapshot import ServerSnapshots, check_days
from ..module_utils.running import ResourceModule

MODULE = ResourceModule(ServerSnapshots, ARGUMENTS, check=check_days)


def main() -> None:
    """Run as a module process."""
    MODULE.main()


if __name__ == "__main__":
    main()
