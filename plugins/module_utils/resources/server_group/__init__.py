# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Server groups and the resources of a group: defaults, scheduled activities, autoscale policies.

Other families import from here alone.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ._shared import group_result, select_groups
from .groups import format_path
from .groups import matching as matching_groups
from .groups import resolve as resolve_group
from .groups import root as root_group

__all__ = ["format_path", "group_result", "matching_groups", "resolve_group", "root_group", "select_groups"]
