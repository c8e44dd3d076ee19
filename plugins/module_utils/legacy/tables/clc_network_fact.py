# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_network_fact in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import Old, Table
from .shared import LOCATION, NETWORK

TABLE = Table(
    name="clc_network_fact",
    title="Read networks, as the module of this name of the predecessors did",
    text=(
        "Reads one network of a data center, or all of them.",
        "For new playbooks use M(centurylink.cloud.network_info).",
    ),
    new="centurylink.cloud.network_info",
    options=(
        replace(LOCATION, text="Code of the data center.", required=True),
        Old(
            "id",
            "Id, name or range of a network; all are read where it is left out.",
            becomes="id",
            rule="text",
            told="In the new module an id is id and a name is name.",
        ),
    ),
    returns={
        "network": {"description": "The network, where O(id) was given.", "type": "dict", "sample": NETWORK},
        "networks": {
            "description": "All networks of the data center, where O(id) was not given.",
            "type": "list",
            "elements": "dict",
            "sample": [NETWORK],
        },
    },
    examples="""\
- name: Read a network
  centurylink.cloud.clc_network_fact:
    id: web-tier
    location: WA1
  register: clc
""",
    waits=False,
    reads=True,
    differences=("It runs in check mode too.",),
)
