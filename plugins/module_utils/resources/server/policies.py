# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies of servers: alert policies, of which a server has any number, one anti-affinity and one vertical autoscale policy.

Facts (contract policies.yaml): each is put on and taken off at once, without a job, and the server shows what it has. What a
second POST of an alert policy gives is not documented, so what the server shows is looked at first. Anti-affinity policies go
with hyperscale servers only.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api import links, paths
from ...kit.declaration import Entity
from ...kit.lookup import is_id
from ...kit.steps import Step
from ...kit.task import Task
from ..policy import alert_policy_ids, anti_affinity_policy_id, vertical_autoscale_policy_id
from . import result as server_result
from ._shared import path_to


class _Single(t.NamedTuple):
    """A kind of policy of which a server has one at most. find: from id or name to id, in a data center."""

    shown: str
    rel: str
    told: str
    find: t.Callable[[Task, str, str], str]


_SINGLE = {
    "vertical_autoscale_policy": _Single(
        "cpuAutoscalePolicy",
        "cpuAutoscalePolicyMapping",
        "vertical autoscale policy",
        lambda task, wanted, center: vertical_autoscale_policy_id(task, wanted),
    ),
    "anti_affinity_policy": _Single(
        "antiAffinityPolicy", "antiAffinityPolicyMapping", "anti-affinity policy", anti_affinity_policy_id
    ),
}
AT_CREATION = frozenset(_SINGLE)


def id_of(task: Task, option: str, data_center: str | None = None) -> str | None:
    """Return the id of the one policy that an option wants; "" where it wants none, None where it is not given.

    data_center: that of the server, by default the task's. One request for each option that has a name in it. In check mode a
    policy that is not there yet is a warning and None.
    """
    value = task.option(option)
    if not value:
        return t.cast("str | None", value)
    center = (data_center or task.data_center).upper()
    return task.reference(lambda: _SINGLE[option].find(task, value, center), None)


def steps(task: Task, server: Entity) -> list[Step]:
    """Return what is to be put on or taken off one active server."""
    single = [step for option in sorted(_SINGLE) for step in _single_steps(task, server, option)]
    return [*single, *_alert_steps(task, server)]


def _single_steps(task: Task, server: Entity, option: str) -> list[Step]:
    if task.option(option) is None:
        return []
    kind, wanted = _SINGLE[option], id_of(task, option, server.get("locationId"))
    details = server_result.details(server)
    shown = details.get(kind.shown)
    has = str((shown or {}).get("id") or "").lower()
    # One that is yet to be made is what a server has that was predicted to have it, and nothing else.
    if (shown is not None and not has) if wanted is None else has == wanted.lower():
        return []
    path = path_to(task, server, kind.rel) if server.get("id") else ""
    if wanted == "":
        return [
            _step(
                "remove_policy",
                kind.rel,
                f"take {kind.told} {has} off",
                server,
                lambda: task.client.delete(path),
                lambda: details.pop(kind.shown),
            )
        ]
    return [
        _step(
            "set_policy",
            f"{kind.rel} {wanted or task.option(option)}",
            f"put {kind.told} {wanted or task.option(option)} on",
            server,
            lambda: task.client.put(path, {"id": wanted}),
            lambda: details.update({kind.shown: {"id": wanted}}),
        )
    ]


def _alert_steps(task: Task, server: Entity) -> list[Step]:
    given = task.option("alert_policies")
    if given is None:
        return []
    wanted = _ids_and_names(task, given)
    shown: list[Entity] = server_result.details(server).setdefault("alertPolicies", [])
    has = {str(one["id"] or one.get("name")).lower(): one for one in shown}
    added = [_addition(task, server, policy, wanted[policy]) for policy in sorted(wanted.keys() - has.keys())]
    surplus = sorted(has.keys() - wanted.keys()) if task.option("alert_policies_purge") else []
    return [*added, *(_removal(task, server, has[policy]) for policy in surplus)]


def _ids_and_names(task: Task, given: t.Sequence[str]) -> dict[str, str | None]:
    """Return the wanted policies by id, with the names by which the task knows them; one yet to be made is by its name."""
    found = {one: task.reference(functools.partial(alert_policy_ids, task, [one]), [one]) for one in given}
    return {policy.lower(): None if is_id(one) else one for one, ids in found.items() for policy in ids}


def _addition(task: Task, server: Entity, policy: str, name: str | None) -> Step:
    path = path_to(task, server, "alertPolicyMappings") if server.get("id") else ""
    return _step(
        "add_policy",
        policy,
        f"put alert policy {policy} on",
        server,
        lambda: task.client.post(path, {"id": policy}),
        lambda: server["details"]["alertPolicies"].append({"id": policy if is_id(policy) else None, "name": name}),
    )


def _removal(task: Task, server: Entity, shown: Entity) -> Step:
    href = links.href_of(shown, "alertPolicyMap")
    if href:
        path = task.client.path_of(href)
    else:
        path = paths.SERVER_ALERT_POLICY.below(path_to(task, server, "alertPolicyMappings"), shown["id"])
    return _step(
        "remove_policy",
        str(shown["id"]),
        f"take alert policy {shown.get('name') or shown['id']} off",
        server,
        lambda: task.client.delete(path),
        lambda: server["details"]["alertPolicies"].remove(shown),
    )


def _step(
    verb: str,
    policy: str,
    phrase: str,
    server: Entity,
    send: t.Callable[[], t.Any],
    predict: t.Callable[[], t.Any],
) -> Step:
    return Step(
        verb,
        server_result.told([server]),
        send,
        predict,
        target_ids=server_result.thing_of(server),
        properties=[policy],
        phrase=phrase,
    )
