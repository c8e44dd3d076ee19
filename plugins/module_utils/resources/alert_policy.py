# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alert policies: mail to recipients when a server exceeds a threshold for some time.

Facts (contract policies.yaml): the only action is email, its only setting recipients; a change replaces the whole policy; the
threshold is a percentage and comes back as a fraction.

Left open by the contract, and decided here: order and case of recipients and the order of triggers mean nothing. Several mail
actions count as one with the recipients of all, and become one when the recipients change.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.answers import Answer
from ..api.errors import ConfigurationError
from ..kit import compare
from ..kit.declaration import Entity, Field, Step, member
from ..kit.shape import filled, snaked
from ..kit.task import Task
from . import policies

KIND = policies.Kind("alert policy", "alertPolicies")
KEYS = ("id", "name", "recipients", "actions", "triggers")
_MINUTES = (5, 10, 15)
_LOWEST, _HIGHEST, _STEP = 5, 95, 5


def _actions(recipients: t.Sequence[str]) -> list[Entity]:
    return [{"action": "email", "settings": {"recipients": list(recipients)}}]


def _triggers(given: t.Sequence[t.Mapping[str, t.Any]]) -> list[Entity]:
    """Write triggers as the service does, but the threshold as a whole number, which is how all clients send it."""
    return [
        {
            "metric": one["metric"],
            "duration": f"00:{int(compare.minutes(one['duration'])):02d}:00",
            "threshold": int(one["threshold"]),
        }
        for one in given
    ]


def check(task: Task) -> None:
    """Refuse names and triggers that the service does not take, before anything is read. Raises ConfigurationError."""
    policies.check(task)
    triggers = task.option("triggers")
    if triggers == []:
        raise _refused("there has to be one at least", "Leave triggers out to keep those that are there.")
    for one in triggers or []:
        try:
            minutes = compare.minutes(one["duration"])
        except ValueError:
            minutes = 0
        if minutes not in _MINUTES:
            raise _refused(
                f"the duration '{one['duration']}' is none", "Give 5, 10 or 15 minutes, such as '00:05:00' or 5."
            )
        if not _LOWEST <= one["threshold"] <= _HIGHEST or one["threshold"] % _STEP:
            raise _refused(
                f"the threshold {one['threshold']:g} is none", "Give a percentage from 5 to 95 in steps of 5."
            )


def _refused(cause: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(cause, action="use", thing="the triggers", remedy=remedy)


class AlertPolicy(policies.Policy):
    """One alert policy of the account."""

    title = KIND.title
    kind = KIND
    fields = (
        Field("name", create="name", update="name", read=member("name")),
        Field(
            "recipients",
            create="actions",
            update="actions",
            read=member("actions"),
            same=compare.mail_actions,
            write=_actions,
        ),
        Field(
            "triggers",
            create="triggers",
            update="triggers",
            read=member("triggers"),
            same=compare.trigger_set,
            write=_triggers,
        ),
    )

    def _creation(self) -> Step:
        lacking = [one.option for one in self.fields if self.wanted(one) is None]
        if lacking:
            raise ConfigurationError(
                f"there is none yet, and {' and '.join(lacking)} not given",
                action="create",
                thing=self.told,
                remedy="A new policy needs recipients and triggers.",
            )
        return super()._creation()

    def update(self, changes: Entity) -> Answer:
        whole = {**filled(self.existing, ("name", "actions", "triggers")), **changes}
        return self.task.client.put(self.own_path(), whole)

    def show(self) -> dict[str, t.Any]:
        return {"alert_policy": shown(self.entity) if self.entity is not None else None}


def shown(entity: Entity) -> dict[str, t.Any]:
    """Return a policy as results have it; recipients are those of all its actions."""
    values = snaked(entity)
    settings = [one.get("settings") or {} for one in entity.get("actions") or []]
    values["recipients"] = [mail for one in settings for mail in one.get("recipients") or []]
    values["triggers"] = [{**one, "threshold": float(one["threshold"])} for one in entity.get("triggers") or []]
    return filled(values, KEYS)


def found_policies(task: Task) -> list[dict[str, t.Any]]:
    """Return the policies that an info task means; an unknown id or name gives none."""
    return [shown(one) for one in KIND.meant(task)]


def ids_of(task: Task, wanted: t.Sequence[str]) -> list[str]:
    """Return the ids that ids and names mean, in their order. One request however many names, none for ids.

    Raises LookupFailed where a name stands for several policies, and NotThere.
    """
    return [KIND.id_of(task, one) for one in wanted]
