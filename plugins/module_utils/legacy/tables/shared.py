# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options, samples, and texts that several tables have in common.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..table import LegacyOption

SERVER_IDS = LegacyOption(
    "server_ids",
    "Ids of the servers, case-insensitive: a list, a single id, or ids separated by commas.",
    type="list",
    elements="str",
    renamed_to="server_ids",
    rule="names",
    required=True,
)
LOCATION = LegacyOption(
    "location",
    "Code of the data center. Defaults to the environment variable E(CLC_DATA_CENTER), then to the default data center of the "
    "user.",
    renamed_to="data_center",
)


def states(text: str, *choices: str) -> LegacyOption:
    """Return the option state; the first choice is its default."""
    return LegacyOption("state", text, renamed_to="state", default=choices[0], choices=choices)


REMOVED_REASON = "the metadata service is not part of the API of this collection"
