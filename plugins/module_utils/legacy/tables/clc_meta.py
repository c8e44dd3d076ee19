# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_meta: options, results, and documentation.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import LegacyOption, Table
from .shared import REMOVED_REASON

_HELP = (
    "Store values in custom fields of servers or groups. The option is custom_fields of centurylink.cloud.server and "
    "centurylink.cloud.server_group. List the fields of the account with centurylink.cloud.custom_field_info."
)

TABLE = Table(
    name="clc_meta",
    title="Fail because the metadata service is not part of the API (legacy interface)",
    text=(
        "Fails with an error that describes alternatives. The records were stored by a separate service, which is not part of "
        "the API of this collection.",
    ),
    new="centurylink.cloud.server",
    also=("centurylink.cloud.server_group", "centurylink.cloud.custom_field_info"),
    options=(
        LegacyOption("jobId", "Not used.", required=True),
        LegacyOption("executionId", "Not used.", required=True),
        LegacyOption("referenceId", "Not used.", required=True),
        LegacyOption("name", "Not used.", required=True),
        LegacyOption("description", "Not used.", required=True),
        LegacyOption("data", "Not used.", type="dict", required=True),
        LegacyOption("state", "Not used.", default="present", choices=("present", "absent")),
    ),
    examples="""\
- name: Store a value in a custom field of a server
  centurylink.cloud.server:
    server_ids: [WA1ACMEWEB01]
    custom_fields:
      Deployment: "4711"
""",
    waits=False,
    removed_reason=REMOVED_REASON,
    removed_help=_HELP,
    differences=(f"{REMOVED_REASON[0].upper()}{REMOVED_REASON[1:]}. {_HELP}",),
)
