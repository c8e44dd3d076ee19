# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_alert_policy: an alert policy, identified by its name or id, of which one trigger is managed.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import InvalidTaskError
from ..convergence import Result, converge
from ..kit import compare, problems
from ..kit.predicted import exists
from ..kit.resource import Entity, Field
from ..kit.task import Task
from ..resources.policy.alert_policy import AlertPolicy
from .run import job_result, new_task
from .table import Table

_TRIGGER_OPTIONS = ("metric", "duration", "threshold")


class LegacyAlertPolicy(AlertPolicy):
    """A policy of which the task sets one trigger, or a part of it; other triggers are kept.

    The trigger is the one with the metric of the task, or the first one if none has it.
    """

    def desired_value(self, field: Field) -> t.Any:
        options = self.task.option("triggers")
        if field.option != "triggers" or not options:
            return super().desired_value(field)
        current: list[Entity] = [] if self.entity is None else self.entity.get("triggers") or []
        index = self._trigger_index(current, options[0])
        trigger = {**(current[index] if current else {}), **options[0]}
        self._require([name for name in _TRIGGER_OPTIONS if trigger.get(name) is None], "update")
        self.check(self.task.with_options({"triggers": [trigger]}))
        return [*current[:index], *field.write([trigger]), *current[index + 1 :]]

    @staticmethod
    def _trigger_index(triggers: t.Sequence[Entity], options: Entity) -> int:
        metric = options.get("metric")
        return next(
            (
                index
                for index, trigger in enumerate(triggers)
                if metric and compare.case_insensitive(metric, trigger["metric"])
            ),
            0,
        )

    def check_create(self) -> None:
        trigger = (self.task.option("triggers") or [{}])[0]
        missing = ["alert_recipients"] if self.task.option("recipients") is None else []
        self._require([*missing, *(name for name in _TRIGGER_OPTIONS if name not in trigger)], "create")

    def _require(self, missing: t.Sequence[str], action: str) -> None:
        if missing:
            raise problems.missing_options(
                self.label,
                missing,
                action,
                "Specify alert_recipients, metric, duration, and threshold for a new policy.",
            )


def work(table: Table, task: Task) -> Result:
    """Create, update, or delete the policy. The result is its entity."""
    if not task.option("name") and not task.option("id"):
        raise InvalidTaskError(
            "name and id are missing", action="find", target="the alert policy", help_text="Set one of them."
        )
    new = new_task(table, task)
    if all(task.option(name) is not None for name in _TRIGGER_OPTIONS):
        AlertPolicy.check(new)
    policy = LegacyAlertPolicy(new)
    result = converge(policy)
    return {**job_result(result), "policy": _to_result(policy.entity)}


def _to_result(policy: Entity | None) -> Entity | None:
    """Return a policy as the service returns it, with predicted thresholds as numbers; null if it does not exist yet."""
    if policy is None or not exists(policy):
        return None
    triggers = [{**trigger, "threshold": float(trigger["threshold"])} for trigger in policy.get("triggers") or []]
    return {**policy, "triggers": triggers}
