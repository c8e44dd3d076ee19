# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server_snapshot in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import Old, Table
from .shared import SERVER_IDS, states

TABLE = Table(
    name="clc_server_snapshot",
    title="Snapshots of servers, as the module of this name of the predecessors made them",
    text=(
        "Takes, deletes and goes back to snapshots of servers.",
        "For new playbooks use M(centurylink.cloud.server_snapshot).",
    ),
    new="centurylink.cloud.server_snapshot",
    options=(
        SERVER_IDS,
        Old(
            "expiration_days",
            "Days after which the service deletes a new snapshot, 1 to 10.",
            type="int",
            default=7,
            becomes="expiration_days",
        ),
        Old(
            "ignore_failures",
            "Whether failures of single servers are passed over, with a warning.",
            type="bool",
            default=False,
        ),
        states(
            "V(restore) puts each server that has a snapshot back to it, which is always a change.",
            "present",
            "absent",
            "restore",
        ),
    ),
    states={"restore": "reverted"},
    returns={
        "server_ids": {
            "description": "Ids of the servers acted on.",
            "type": "list",
            "elements": "str",
            "sample": ["wa1acmeweb01"],
        },
        "failed_server_ids": {
            "description": "Ids of the servers that failed, where O(ignore_failures=true).",
            "type": "list",
            "elements": "str",
            "sample": [],
        },
    },
    examples="""\
- name: Take a snapshot of two servers
  centurylink.cloud.clc_server_snapshot:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    expiration_days: 10
    wait: true
    state: present
""",
    idempotent="V(state=restore) puts the servers back on every run.",
    differences=(
        "O(wait) can be turned off.",
        "Snapshots are taken in one request for all servers, and a failed one is an error.",
        "A server without snapshot is still passed over by V(restore), now with a warning.",
        "Where O(ignore_failures) passed everything over, the task is not changed.",
    ),
)
