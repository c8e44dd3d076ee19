# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server_fact: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import LegacyOption, Table

TABLE = Table(
    name="clc_server_fact",
    title="Gather information about a server (legacy interface)",
    text=("Returns a server by its id.", "For new playbooks use M(centurylink.cloud.server_info)."),
    new="centurylink.cloud.server_info",
    options=(
        LegacyOption("server_id", "Id of the server, case-insensitive.", required=True, renamed_to="server_ids"),
        LegacyOption(
            "credentials",
            "Whether to include the password of the administrator. The result is then not shown.",
            type="bool",
            default=False,
            note="In the new module, use V(gather=[credentials]).",
        ),
    ),
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
        "Passwords are read only with O(credentials=true), and such a result is not shown. If the module is run by its short "
        "name, the task requires C(no_log) for that.",
        "C(publicip) is the IP address as a string, as documented.",
        "A server under construction can be read.",
    ),
)
