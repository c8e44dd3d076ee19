# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_aa_policy in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import Old, Table
from .shared import LOCATION, states

TABLE = Table(
    name="clc_aa_policy",
    title="Anti-affinity policies, as the module of this name of the predecessors made them",
    text=(
        "Makes and removes an anti-affinity policy of a data center.",
        "For new playbooks use M(centurylink.cloud.anti_affinity_policy).",
    ),
    new="centurylink.cloud.anti_affinity_policy",
    options=(
        Old("name", "Name of the policy.", required=True, becomes="name"),
        replace(LOCATION, text="Code of the data center.", required=True),
        states("Whether the policy is there.", "present", "absent"),
        Old("wait", "Without effect, as there is nothing to wait for.", type="bool", default=True),
    ),
    returns={
        "policy": {
            "description": "The policy with its account and the ids of its servers; null for V(absent), and in check mode where it "
            "would be made.",
            "type": "dict",
            "sample": {
                "id": "f1c8f1bfd47242e488a9c44346438c05",
                "name": "Web apart",
                "location": "WA1",
                "alias": "ACME",
                "servers": ["wa1acmeweb01"],
            },
        }
    },
    examples="""\
- name: Servers that shall not share a host
  centurylink.cloud.clc_aa_policy:
    name: Web apart
    location: WA1
""",
    waits=False,
    differences=(
        "A name that stands for several policies of the data center is an error; before, the last one was taken.",
    ),
)
