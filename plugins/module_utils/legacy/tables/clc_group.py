# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_group: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import LegacyOption, Table
from .shared import LOCATION, states

TABLE = Table(
    name="clc_group",
    title="Manage server groups (legacy interface)",
    text=("Creates and deletes server groups.", "For new playbooks use M(centurylink.cloud.server_group)."),
    new="centurylink.cloud.server_group",
    options=(
        LegacyOption("name", "Name of the group.", required=True, renamed_to="name"),
        LegacyOption(
            "description",
            "Description of the group. If it is omitted or empty, a new group has its name as description, and that of an "
            "existing group is not changed.",
            renamed_to="description",
            rule="non_empty",
            note="In the new module, a group without description has none.",
        ),
        LegacyOption(
            "parent",
            "Name, id, or path of the parent group. If omitted, V(present) uses the root group, and V(absent) deletes any "
            "group with the name.",
            renamed_to="parent",
            rule="text",
            note="In the new module, parent defaults to the root group for absent, too.",
        ),
        LOCATION,
        LegacyOption(
            "force",
            "Whether V(absent) also deletes the servers in the group and its subgroups.",
            type="bool",
            default=False,
            renamed_to="force",
        ),
        states("Whether the group should exist.", "present", "absent"),
    ),
    examples="""\
- name: Create a group
  centurylink.cloud.clc_group:
    name: Web
    parent: Shop
    location: WA1
  register: clc

- name: Delete the group
  centurylink.cloud.clc_group:
    name: Web
    parent: Shop
    location: WA1
    state: absent
""",
    differences=(
        "A group with servers in it or its subgroups is deleted only with O(force=true); the original module deleted them, too.",
        "A name of several groups is an error that lists them, for O(parent) and for V(absent) without it; the original module "
        "used the last one.",
        "The same name may exist elsewhere in the data center; only groups directly below the parent are compared.",
        "O(description) of an existing group is compared and updated.",
        "A deletion that fails is an error.",
    ),
)
