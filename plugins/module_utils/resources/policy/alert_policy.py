# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alert policies: mail to recipients when a server exceeds a threshold for some time.

Facts (contract _shared.yaml): the only action is email, its only setting recipients; a change replaces the whole policy; the
threshold is a percentage and comes back as a fraction.

Left open by the contract, and decided here: order and case of recipients and the order of triggers mean nothing. Several mail
actions count as one with the recipients of all, and become one when the recipients change.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import re
import typing as t

from ...api import paths
from ...api.errors import ConfigurationError
from ...kit.declaration import Entity, Field, member
from ...kit.shape import filled, snaked
from ...kit.task import Task
from . import _shared

KEYS = ("id", "name", "recipients", "actions", "triggers")
_MINUTES = (5, 10, 15)
_LOWEST, _HIGHEST, _STEP = 5, 95, 5


def same_recipients(wanted: t.Any, shown: t.Any) -> bool:
    """The same recipients of mail, whatever their order and case and however they are spread over actions."""
    return _mails(wanted) == _mails(shown)


def _mails(actions: t.Any) -> set[tuple[str, str]]:
    return {
        (str(one.get("action")).lower(), str(mail).strip().lower())
        for one in actions or []
        for mail in (one.get("settings") or {}).get("recipients") or []
    }


def same_triggers(wanted: t.Any, shown: t.Any) -> bool:
    """The same triggers of an alert, whatever their order, the case of the metric, and how duration and threshold are written."""
    return _trigger_keys(wanted) == _trigger_keys(shown)


def _trigger_keys(triggers: t.Any) -> set[tuple[str, float, float]]:
    return {
        (str(one["metric"]).lower(), minutes_of(one["duration"]), float(one["threshold"])) for one in triggers or []
    }


def minutes_of(duration: t.Any) -> float:
    """Return the minutes of a duration: hh:mm:ss, or a number of minutes. Raises ValueError for anything else."""
    parts = str(duration).split(":")
    if len(parts) not in (1, 3) or not all(re.fullmatch(r"\d+(\.\d+)?", part.strip()) for part in parts):
        raise ValueError(f"'{duration}' is no duration")
    numbers = [float(part) for part in parts]
    return numbers[0] if len(numbers) == 1 else numbers[0] * 60 + numbers[1] + numbers[2] / 60


def _actions(recipients: t.Sequence[str]) -> list[Entity]:
    return [{"action": "email", "settings": {"recipients": list(recipients)}}]


def _triggers(given: t.Sequence[t.Mapping[str, t.Any]]) -> list[Entity]:
    """Write triggers as the service does, but the threshold as a whole number, which is how all clients send it."""
    return [
        {
            "metric": one["metric"],
            "duration": f"00:{int(minutes_of(one['duration'])):02d}:00",
            "threshold": int(one["threshold"]),
        }
        for one in given
    ]


def check(task: Task) -> None:
    """Refuse names and triggers that the service does not take, before anything is read. Raises ConfigurationError."""
    _shared.check(task)
    triggers = task.option("triggers")
    if triggers == []:
        raise _refused("there has to be one at least", "Leave triggers out to keep those that are there.")
    for one in triggers or []:
        try:
            minutes = minutes_of(one["duration"])
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


class AlertPolicy(_shared.Policy):
    """One alert policy of the account."""

    title = "alert policy"
    result_key = "alert_policy"
    list_path, item_path = paths.ALERT_POLICIES, paths.ALERT_POLICY
    update_is_whole = True
    fields = (
        Field("name", create="name", update="name", read=member("name"), required=True),
        Field(
            "recipients",
            create="actions",
            update="actions",
            read=member("actions"),
            same=same_recipients,
            write=_actions,
            required=True,
        ),
        Field(
            "triggers",
            create="triggers",
            update="triggers",
            read=member("triggers"),
            same=same_triggers,
            write=_triggers,
            required=True,
        ),
    )

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return a policy as results have it; recipients are those of all its actions."""
        values = snaked(entity)
        settings = [one.get("settings") or {} for one in entity.get("actions") or []]
        values["recipients"] = [mail for one in settings for mail in one.get("recipients") or []]
        values["triggers"] = [{**one, "threshold": float(one["threshold"])} for one in entity.get("triggers") or []]
        return filled(values, KEYS)


found_policies = AlertPolicy.gather


def ids_of(task: Task, wanted: t.Sequence[str]) -> list[str]:
    """Return the ids that ids and names mean, in their order. One request however many names, none for ids.

    Raises LookupFailed where a name stands for several policies, and NotThere.
    """
    return [AlertPolicy(task).id_of(one) for one in wanted]
