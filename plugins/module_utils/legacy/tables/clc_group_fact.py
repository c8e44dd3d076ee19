# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_group_fact: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import LegacyOption, Table

TABLE = Table(
    name="clc_group_fact",
    title="Gather information about a server group (legacy interface)",
    text=("Returns a server group by its id.", "For new playbooks use M(centurylink.cloud.server_group_info)."),
    new="centurylink.cloud.server_group_info",
    options=(LegacyOption("group_id", "Id of the group.", required=True, renamed_to="group"),),
    examples="""\
- name: Read a group
  centurylink.cloud.clc_group_fact:
    group_id: 8a67639f74080f56c5aa328f676226e2
  register: clc
""",
    waits=False,
    reads=True,
)
