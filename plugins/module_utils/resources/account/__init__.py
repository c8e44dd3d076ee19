# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The account itself: its data centers, custom fields, jobs, and calls of any path.

Other families import from here alone.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from .custom_field import displayed as displayed_custom_fields
from .custom_field import merged as merged_custom_fields
from .data_center import capabilities, network_id
from .data_center import require as require_data_center
from .job import job_of

__all__ = [
    "capabilities",
    "displayed_custom_fields",
    "job_of",
    "merged_custom_fields",
    "network_id",
    "require_data_center",
]
