# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_meta_fact: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import LegacyOption, Table
from .shared import REMOVED_REASON

_HELP = (
    "Read values from custom fields of servers or groups. The result is custom_fields of centurylink.cloud.server_info and "
    "centurylink.cloud.server_group_info."
)

TABLE = Table(
    name="clc_meta_fact",
    title="Fail because the metadata service is not part of the API (legacy interface)",
    text=(
        "Fails with an error that describes alternatives. The records were stored by a separate service, which is not part of "
        "the API of this collection.",
    ),
    new="centurylink.cloud.server_info",
    also=("centurylink.cloud.server_group_info",),
    options=(
        LegacyOption("jobId", "Not used."),
        LegacyOption("executionId", "Not used."),
        LegacyOption("referenceId", "Not used."),
        LegacyOption("name", "Not used."),
    ),
    examples="""\
- name: Read servers by a custom field
  centurylink.cloud.server_info:
    group: Shop
    custom_fields:
      Deployment: "4711"
""",
    waits=False,
    reads=True,
    removed_reason=REMOVED_REASON,
    removed_help=_HELP,
    differences=(f"{REMOVED_REASON[0].upper()}{REMOVED_REASON[1:]}. {_HELP}",),
)
