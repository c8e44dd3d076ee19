# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_alert_policy: one alert policy by its name or id, of which one trigger is looked at.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import ConfigurationError
from ..convergence import Result, converge
from ..kit import compare
from ..kit.declaration import Entity, Field
from ..kit.lookup import listed
from ..kit.task import Task
from ..resources.policy.alert_policy import AlertPolicy, check
from .run import new_task, told_jobs
from .table import Table

_PARTS = ("metric", "duration", "threshold")


class OldAlertPolicy(AlertPolicy):
    """A policy of which the task knows one trigger, or a part of one; the others stay.

    The trigger is that of the wanted metric, or the first where none has it.
    """

    def wanted(self, one: Field) -> t.Any:
        given = self.task.option("triggers")
        if one.option != "triggers" or not given:
            return super().wanted(one)
        there: list[Entity] = [] if self.entity is None else self.entity.get("triggers") or []
        place = self._place(there, given[0])
        whole = {**(there[place] if there else {}), **given[0]}
        self._refuse([name for name in _PARTS if whole.get(name) is None], "change")
        check(self.task.with_options({"triggers": [whole]}))
        return [*there[:place], *one.write([whole]), *there[place + 1 :]]

    @staticmethod
    def _place(there: t.Sequence[Entity], given: Entity) -> int:
        metric = given.get("metric")
        return next(
            (number for number, one in enumerate(there) if metric and compare.caseless(metric, one["metric"])), 0
        )

    def check_create(self) -> None:
        given = (self.task.option("triggers") or [{}])[0]
        nobody = ["alert_recipients"] if self.task.option("recipients") is None else []
        self._refuse([*nobody, *(name for name in _PARTS if name not in given)], "create")

    def _refuse(self, lacking: t.Sequence[str], action: str) -> None:
        if lacking:
            raise ConfigurationError(
                f"{listed(lacking)} not given",
                action=action,
                thing=self.told,
                remedy="A policy needs alert_recipients, metric, duration and threshold; what it has already may be left out.",
            )


def work(table: Table, task: Task) -> Result:
    """Make the policy be there or not; the result is its object."""
    if not task.option("name") and not task.option("id"):
        raise ConfigurationError(
            "neither name nor id was given", action="find", thing="the alert policy", remedy="Give one of them."
        )
    new = new_task(table, task)
    if all(task.option(part) is not None for part in _PARTS):
        check(new)
    policy = OldAlertPolicy(new)
    result = converge(policy)
    return {**told_jobs(result), "policy": _shown(policy.entity)}


def _shown(found: Entity | None) -> Entity | None:
    """Return a policy as the service shows it, thresholds of a prediction too; null for one that is yet to be made."""
    if found is None or not found.get("id"):
        return None
    triggers = [{**one, "threshold": float(one["threshold"])} for one in found.get("triggers") or []]
    return {**found, "triggers": triggers}
