# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Vertical autoscale policies: they add CPUs to a server under load. They are made in the control portal and only read here.

Facts (contract policies.yaml): the list is a bare array; scaling down restarts the server, within a window of the day in UTC.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..kit.declaration import Entity
from ..kit.shape import filled, snaked
from ..kit.task import Task
from . import policies

KIND = policies.Kind("vertical autoscale policy", "autoscalePolicies")
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


def shown(entity: Entity) -> dict[str, t.Any]:
    """Return a policy as results have it: times in UTC, thresholds in percent, range in CPUs."""
    values = snaked(entity)
    values["range"] = filled(values.get("range") or {}, ("min", "max"))
    values["scale_down_window"] = filled(values.get("scale_down_window") or {}, ("start", "end"))
    return filled(values, KEYS)


def found_policies(task: Task) -> list[dict[str, t.Any]]:
    """Return the policies that an info task means; an unknown id or name gives none."""
    return [shown(one) for one in KIND.meant(task)]


def id_of(task: Task, wanted: str) -> str:
    """Return the id that an id or a name means. One request for a task, none for an id. Raises LookupFailed and NotThere."""
    return KIND.id_of(task, wanted)
