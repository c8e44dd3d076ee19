# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Server groups, with what hangs on a group: defaults, scheduled activities, autoscale policies.

Other families import from here alone.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ._shared import places_meant, shown_place
from .groups import matching as matching_groups
from .groups import path_told as format_path
from .groups import resolve as resolve_group
from .groups import root as root_group

__all__ = ["format_path", "matching_groups", "places_meant", "resolve_group", "root_group", "shown_place"]
