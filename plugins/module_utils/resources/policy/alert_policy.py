# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alert policies: mail to recipients when a server exceeds a threshold for some time.

API behavior (policies.yaml): the only action is email, its only setting recipients; an update replaces the whole policy; the
threshold is a percentage and is returned as a decimal number.

Not specified by the contract; design decisions: the order and case of recipients and the order of triggers do not matter. If
there is more than one email action, they count as one with all recipients, and become one when the recipients are updated.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...kit.formats import parse_minutes
from ...kit.naming import to_snake_case, with_keys
from ...kit.resource import Entity, plain_field
from ...kit.task import Task
from . import _shared

KEYS = ("id", "name", "recipients", "actions", "triggers")


def same_recipients(desired: t.Any, actual: t.Any) -> bool:
    """Return whether two lists of actions have the same recipients, in any order, case, and distribution over actions."""
    return _recipients(desired) == _recipients(actual)


def _recipients(actions: t.Any) -> set[tuple[str, str]]:
    return {
        (str(action.get("action")).lower(), str(recipient).strip().lower())
        for action in actions or []
        for recipient in (action.get("settings") or {}).get("recipients") or []
    }


def same_triggers(desired: t.Any, actual: t.Any) -> bool:
    """Return whether two lists have the same triggers, in any order, case of the metric, and form of duration and threshold."""
    return _trigger_keys(desired) == _trigger_keys(actual)


def _trigger_keys(triggers: t.Any) -> set[tuple[str, float | None, float]]:
    return {
        (str(trigger["metric"]).lower(), parse_minutes(trigger["duration"]), float(trigger["threshold"]))
        for trigger in triggers or []
    }


def _actions(recipients: t.Sequence[str]) -> list[Entity]:
    return [{"action": "email", "settings": {"recipients": list(recipients)}}]


def _triggers(triggers: t.Sequence[t.Mapping[str, t.Any]]) -> list[Entity]:
    """Return triggers in the form of a request, with the threshold as an integer, as all clients send it."""
    return [
        {
            "metric": trigger["metric"],
            "duration": f"00:{int(parse_minutes(trigger['duration']) or 0):02d}:00",
            "threshold": int(trigger["threshold"]),
        }
        for trigger in triggers
    ]


class AlertPolicy(_shared.Policy):
    """One alert policy of the account."""

    title = "alert policy"
    result_key = "alert_policy"
    list_path, item_path = paths.ALERT_POLICIES, paths.ALERT_POLICY
    update_is_whole = True
    fields = (
        plain_field("name", required=True),
        plain_field("recipients", "actions", matches=same_recipients, write=_actions, required=True),
        plain_field("triggers", matches=same_triggers, write=_triggers, required=True),
    )

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return a policy in result format, with the recipients of all its actions."""
        values = to_snake_case(entity)
        settings = [action.get("settings") or {} for action in entity.get("actions") or []]
        values["recipients"] = [recipient for setting in settings for recipient in setting.get("recipients") or []]
        triggers = entity.get("triggers") or []
        values["triggers"] = [{**trigger, "threshold": float(trigger["threshold"])} for trigger in triggers]
        return with_keys(values, KEYS)


gather_policies = AlertPolicy.gather


def ids_of(task: Task, names_or_ids: t.Sequence[str]) -> list[str]:
    """Return the ids of policies by name or id, in this order. Sends at most one request per task, none for ids.

    Raises ResourceLookupError if a name is ambiguous, and NoSuchResource.
    """
    return [AlertPolicy(task).id_of(name_or_id) for name_or_id in names_or_ids]
