# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_meta in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import Old, Table
from .shared import GONE

TABLE = Table(
    name="clc_meta",
    title="Tells that the metadata service of the predecessors is not part of this API",
    text=(
        "Fails with an error that says what to do instead: the records were kept by a service of their own, which is not part "
        "of the API that this collection speaks to.",
    ),
    new="centurylink.cloud.server",
    options=(
        Old("jobId", "Not used.", required=True),
        Old("executionId", "Not used.", required=True),
        Old("referenceId", "Not used.", required=True),
        Old("name", "Not used.", required=True),
        Old("description", "Not used.", required=True),
        Old("data", "Not used.", type="dict", required=True),
        Old("state", "Not used.", default="present", choices=("present", "absent")),
    ),
    returns={},
    examples="""\
- name: Keep a value with a server instead
  centurylink.cloud.server:
    server_ids: [WA1ACMEWEB01]
    custom_fields:
      Deployment: "4711"
""",
    waits=False,
    gone=GONE,
    differences=(GONE,),
)
