# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_group in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import Old, Table
from .shared import GROUP, LOCATION, states

TABLE = Table(
    name="clc_group",
    title="Server groups, as the module of this name of the predecessors made them",
    text=("Makes and removes server groups.", "For new playbooks use M(centurylink.cloud.server_group)."),
    new="centurylink.cloud.server_group",
    options=(
        Old("name", "Name of the group.", required=True, becomes="name"),
        Old("description", "Description of the group.", becomes="description"),
        Old(
            "parent",
            "Name of the group above; an id or a path does as well. Without it V(present) means the root, and V(absent) any "
            "group of the name.",
            becomes="parent",
            rule="text",
            told="In the new module a missing parent means the root for absent too.",
        ),
        LOCATION,
        Old(
            "force",
            "Whether V(absent) may take servers in and below the group with it.",
            type="bool",
            default=False,
            becomes="force",
        ),
        states("Whether the group is there.", "present", "absent"),
    ),
    returns={
        "group": {
            "description": "The group; its bare name for V(absent), and in check mode where it would be made.",
            "type": "dict",
            "sample": GROUP,
        }
    },
    examples="""\
- name: A group
  centurylink.cloud.clc_group:
    name: Web
    parent: Shop
    location: WA1
  register: clc

- name: No such group
  centurylink.cloud.clc_group:
    name: Web
    parent: Shop
    location: WA1
    state: absent
""",
    differences=(
        "A group with servers in or below it is deleted only with O(force=true); before, they went with it unasked.",
        "A name that stands for several groups is an error that lists them, for O(parent) and for V(absent) without one; before, "
        "the last one was taken.",
        "A name used elsewhere in the data center is no hindrance: what counts is the group directly below the parent.",
        "O(description) of a group that exists is compared and changed.",
        "A deletion that fails is an error.",
    ),
)
