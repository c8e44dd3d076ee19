# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies of the account: alert, anti-affinity, horizontal and vertical autoscale policies.

Other families import from here alone.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from .alert_policy import ids_of as alert_policy_ids
from .anti_affinity_policy import id_of as anti_affinity_policy_id
from .vertical_autoscale_policy import id_of as vertical_autoscale_policy_id

__all__ = ["alert_policy_ids", "anti_affinity_policy_id", "vertical_autoscale_policy_id"]
