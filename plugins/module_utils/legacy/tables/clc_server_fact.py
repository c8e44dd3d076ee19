# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server_fact in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import Old, Table
from .shared import SERVER

TABLE = Table(
    name="clc_server_fact",
    title="Read one server, as the module of this name of the predecessors did",
    text=("Reads one server by its id.", "For new playbooks use M(centurylink.cloud.server_info)."),
    new="centurylink.cloud.server_info",
    options=(
        Old("server_id", "Id of the server, in any case.", required=True, becomes="server_ids"),
        Old(
            "credentials",
            "Whether to read the administrator's password as well. The result is then never shown.",
            type="bool",
            default=False,
            told="In the new module it is V(gather=[credentials]).",
        ),
    ),
    returns={
        "server": {
            "description": "The server; with C(credentials) where O(credentials=true).",
            "type": "dict",
            "sample": SERVER,
        }
    },
    examples="""\
- name: Read a server
  centurylink.cloud.clc_server_fact:
    server_id: WA1ACMEWEB01
  register: clc
""",
    waits=False,
    reads=True,
    secret_if=("credentials",),
    differences=(
        "Passwords are read only with O(credentials=true), and such a result is not shown. Where the module is run by its short "
        "name alone the task needs C(no_log) for that.",
        "C(publicip) is the address as a text, as it was documented.",
        "A server under construction can be read.",
    ),
)
