# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_meta_fact in the form of data.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import Old, Table
from .shared import GONE

TABLE = Table(
    name="clc_meta_fact",
    title="Tells that the metadata service of the predecessors is not part of this API",
    text=(
        "Fails with an error that says what to do instead: the records were kept by a service of their own, which is not part "
        "of the API that this collection speaks to.",
    ),
    new="centurylink.cloud.server_info",
    options=(
        Old("jobId", "Not used."),
        Old("executionId", "Not used."),
        Old("referenceId", "Not used."),
        Old("name", "Not used."),
    ),
    returns={},
    examples="""\
- name: Read what is kept with servers instead
  centurylink.cloud.server_info:
    group: Shop
    custom_fields:
      Deployment: "4711"
""",
    waits=False,
    reads=True,
    gone=GONE,
    differences=(GONE,),
)
