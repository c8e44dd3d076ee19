# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Vertical autoscale policies, which add CPUs to a server under load. They are created in the control portal and read-only here.

API behavior (policies.yaml): the list is a bare array; scaling down restarts the server, within a time window in UTC.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...kit.naming import to_snake_case, with_keys
from ...kit.resource import Entity
from ...kit.task import Task
from . import _shared

KEYS = (
    "id",
    "name",
    "resource_type",
    "threshold_period_minutes",
    "scale_up_increment",
    "range",
    "scale_up_threshold",
    "scale_down_threshold",
    "scale_down_window",
)


class VerticalAutoscalePolicy(_shared.Policy):
    """One vertical autoscale policy of the account, read-only."""

    title = "vertical autoscale policy"
    result_key = "vertical_autoscale_policy"
    list_path, item_path = paths.VERTICAL_AUTOSCALE_POLICIES, paths.VERTICAL_AUTOSCALE_POLICY

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return a policy in result format: times in UTC, thresholds in percent, range in CPUs."""
        values = to_snake_case(entity)
        values["range"] = with_keys(values.get("range") or {}, ("min", "max"))
        values["scale_down_window"] = with_keys(values.get("scale_down_window") or {}, ("start", "end"))
        return with_keys(values, KEYS)


gather_policies = VerticalAutoscalePolicy.gather


def id_of(task: Task, name_or_id: str) -> str:
    """Return the id of a policy by name or id. Sends at most one request per task. Raises ResourceLookupError and
    NoSuchResource.
    """
    return VerticalAutoscalePolicy(task).id_of(name_or_id)
