# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_network in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import Old, Table
from .shared import LOCATION, NETWORK, states

TABLE = Table(
    name="clc_network",
    title="Networks, as the module of this name of the predecessors claimed and released them",
    text=("Claims, names and releases networks.", "For new playbooks use M(centurylink.cloud.network)."),
    new="centurylink.cloud.network",
    options=(
        replace(LOCATION, text="Code of the data center.", required=True),
        Old(
            "id",
            "Id, name or range of a network that is there.",
            becomes="id",
            rule="text",
            told="The new module takes ids alone here.",
        ),
        Old(
            "name", "Name of the network; one is claimed where there is none of the name.", becomes="name", rule="text"
        ),
        Old("description", "Description of the network.", becomes="description"),
        states("Whether the account holds the network.", "present", "absent"),
    ),
    returns={
        "network": {
            "description": "The network; null for V(absent), and in check mode where it would be claimed.",
            "type": "dict",
            "sample": NETWORK,
        }
    },
    examples="""\
- name: A network of this name
  centurylink.cloud.clc_network:
    name: web-tier
    description: Web servers
    location: WA1

- name: Give it back
  centurylink.cloud.clc_network:
    id: web-tier
    location: WA1
    state: absent
""",
    differences=(
        "Without O(id) and O(name) the task fails; before, every run claimed one more network.",
        "An O(id) that does not exist is an error; before, another network was claimed.",
        "A network of the name that is there already is not claimed again.",
        "V(absent) works by O(name) too.",
        "With O(wait=false) nothing is claimed, since what was claimed could not be named.",
    ),
)
