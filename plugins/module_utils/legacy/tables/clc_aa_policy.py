# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_aa_policy: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from dataclasses import replace

from ..table import LegacyOption, Table
from .shared import LOCATION, states

TABLE = Table(
    name="clc_aa_policy",
    title="Create and delete anti-affinity policies (legacy interface)",
    text=(
        "Creates and deletes an anti-affinity policy of a data center.",
        "For new playbooks use M(centurylink.cloud.anti_affinity_policy).",
    ),
    new="centurylink.cloud.anti_affinity_policy",
    options=(
        LegacyOption("name", "Name of the policy.", required=True, renamed_to="name"),
        replace(LOCATION, text="Code of the data center.", required=True),
        states("Whether the policy should exist.", "present", "absent"),
        LegacyOption("wait", "Has no effect, since the operation has no jobs.", type="bool", default=True),
    ),
    examples="""\
- name: Create a policy for servers that must not share a host
  centurylink.cloud.clc_aa_policy:
    name: Web apart
    location: WA1
""",
    waits=False,
    differences=("A name of several policies in the data center is an error; the original module used the last one.",),
)
