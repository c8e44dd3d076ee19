# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The account: its data centers, custom fields, jobs, and API requests to any path.

Other families import from here alone.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from .custom_field import display_values as display_custom_fields
from .custom_field import merge_values as merge_custom_fields
from .custom_field import validate_filter as validate_custom_field_filter
from .data_center import capabilities, network_id, of_existing, require_template, template_names
from .data_center import require as require_data_center
from .job import job_of

__all__ = [
    "capabilities",
    "display_custom_fields",
    "job_of",
    "merge_custom_fields",
    "network_id",
    "of_existing",
    "require_data_center",
    "require_template",
    "template_names",
    "validate_custom_field_filter",
]
