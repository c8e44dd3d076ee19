# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_network: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import LegacyOption, Table
from .shared import LOCATION, states

TABLE = Table(
    name="clc_network",
    title="Claim, rename, and release networks (legacy interface)",
    text=("Claims, renames, and releases networks.", "For new playbooks use M(centurylink.cloud.network)."),
    new="centurylink.cloud.network",
    options=(
        replace(LOCATION, text="Code of the data center.", required=True),
        LegacyOption(
            "id",
            "Id, name, or IP address range of an existing network.",
            renamed_to="id",
            rule="text",
            note="The new module accepts only an id.",
        ),
        LegacyOption(
            "name", "Name of the network. If no network has it, one is claimed.", renamed_to="name", rule="text"
        ),
        LegacyOption("description", "Description of the network.", renamed_to="description"),
        states("Whether the account should have the network.", "present", "absent"),
    ),
    examples="""\
- name: Ensure that there is a network with this name
  centurylink.cloud.clc_network:
    name: web-tier
    description: Web servers
    location: WA1

- name: Release the network
  centurylink.cloud.clc_network:
    id: web-tier
    location: WA1
    state: absent
""",
    differences=(
        "Without O(id) and O(name) the task fails; the original module claimed another network on each run.",
        "An O(id) that does not exist is an error; the original module claimed another network.",
        "If a network has the name, no network is claimed.",
        "V(absent) supports O(name), too.",
        "With O(wait=false) the task cannot claim a network, since it can be renamed only after its claim has finished.",
    ),
)
