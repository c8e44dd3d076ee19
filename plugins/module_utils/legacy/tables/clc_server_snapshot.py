# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server_snapshot: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import LegacyOption, Table
from .shared import SERVER_IDS, states

TABLE = Table(
    name="clc_server_snapshot",
    title="Create, delete, and restore server snapshots (legacy interface)",
    text=(
        "Creates, deletes, and reverts to snapshots of servers.",
        "For new playbooks use M(centurylink.cloud.server_snapshot).",
    ),
    new="centurylink.cloud.server_snapshot",
    options=(
        SERVER_IDS,
        LegacyOption(
            "expiration_days",
            "Number of days after which the service deletes a new snapshot, 1 to 10.",
            type="int",
            default=7,
            renamed_to="expiration_days",
        ),
        LegacyOption(
            "ignore_failures",
            "Whether to ignore failures of single servers, with a warning.",
            type="bool",
            default=False,
        ),
        states(
            "V(restore) reverts each server with a snapshot to it, which is always reported as a change.",
            "present",
            "absent",
            "restore",
        ),
    ),
    states={"restore": "reverted"},
    examples="""\
- name: Create a snapshot of two servers
  centurylink.cloud.clc_server_snapshot:
    server_ids: [WA1ACMEWEB01, WA1ACMEWEB02]
    expiration_days: 10
    wait: true
    state: present
""",
    idempotent="V(state=restore) reverts the servers on each run.",
    differences=(
        "O(wait=false) is supported.",
        "Snapshots are created with one request for all servers, and a failed one is an error.",
        "V(restore) ignores a server without a snapshot, now with a warning.",
        "If O(ignore_failures) ignores all failures and no server is changed, the task reports no change.",
    ),
)
