# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_network_fact: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import LegacyOption, Table
from .shared import LOCATION

TABLE = Table(
    name="clc_network_fact",
    title="Gather information about networks (legacy interface)",
    text=(
        "Returns one network of a data center, or all networks.",
        "For new playbooks use M(centurylink.cloud.network_info).",
    ),
    new="centurylink.cloud.network_info",
    options=(
        replace(LOCATION, text="Code of the data center.", required=True),
        LegacyOption(
            "id",
            "Id, name, or IP address range of a network. Defaults to all networks.",
            renamed_to="id",
            rule="text",
            note="The new module has separate options id and name.",
        ),
    ),
    examples="""\
- name: Read a network
  centurylink.cloud.clc_network_fact:
    id: web-tier
    location: WA1
  register: clc
""",
    waits=False,
    reads=True,
    differences=("Check mode is supported.",),
)
