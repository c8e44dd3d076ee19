# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies of servers: any number of alert policies, one anti-affinity policy, and one vertical autoscale policy.

API behavior (policies.yaml): each is added and removed immediately, without a job, and the server returns its policies. The
response to a second POST of an alert policy is not documented, so the policies of the server are checked first. Only hyperscale
servers can have an anti-affinity policy.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api import links, paths
from ...kit.lookup import is_id
from ...kit.predicted import reference
from ...kit.resource import Entity
from ...kit.steps import Step
from ...kit.task import Task
from ..policy import alert_policy_ids, anti_affinity_policy_id, vertical_autoscale_policy_id
from . import result as server_result
from ._shared import related_path


class _Single(t.NamedTuple):
    """A kind of policy of which a server has at most one.

    details_key: its key in the details of a server. resolve: returns the id for an id or a name in a data center.
    """

    details_key: str
    rel: str
    title: str
    resolve: t.Callable[[Task, str, str], str]


_SINGLE = {
    "vertical_autoscale_policy": _Single(
        "cpuAutoscalePolicy",
        "cpuAutoscalePolicyMapping",
        "vertical autoscale policy",
        lambda task, name_or_id, data_center: vertical_autoscale_policy_id(task, name_or_id),
    ),
    "anti_affinity_policy": _Single(
        "antiAffinityPolicy", "antiAffinityPolicyMapping", "anti-affinity policy", anti_affinity_policy_id
    ),
}
AT_CREATION = frozenset(_SINGLE)


def id_of(task: Task, option: str, data_center: str | None = None) -> str | None:
    """Return the id of the policy that an option specifies; "" if it specifies none, None if it is omitted.

    data_center: that of the server, by default the task's. Sends one request for a name. In check mode a policy that does not
    exist yet causes a warning, and its id is a placeholder.
    """
    value = task.option(option)
    if not value:
        return t.cast("str | None", value)
    code = (data_center or task.data_center).upper()
    missing = reference(task, _SINGLE[option].title, value)
    return task.resolve_reference(lambda: _SINGLE[option].resolve(task, value, code), missing)


def steps(task: Task, server: Entity) -> list[Step]:
    """Return the steps that add and remove the policies of one active server."""
    single = [step for option in sorted(_SINGLE) for step in _single_steps(task, server, option)]
    return [*single, *_alert_steps(task, server)]


def _single_steps(task: Task, server: Entity, option: str) -> list[Step]:
    if task.option(option) is None:
        return []
    kind, desired_id = _SINGLE[option], id_of(task, option, server.get("locationId"))
    details = server_result.details(server)
    policy = details.get(kind.details_key)
    current_id = str((policy or {}).get("id") or "").lower()
    if current_id == str(desired_id).lower():
        return []
    path = related_path(task, server, kind.rel)
    if desired_id == "":
        return [
            _step(
                "remove_policy",
                kind.rel,
                f"remove {kind.title} {current_id} from",
                server,
                lambda: task.client.delete(path),
                lambda: details.pop(kind.details_key),
            )
        ]
    return [
        _step(
            "set_policy",
            f"{kind.rel} {desired_id or task.option(option)}",
            f"add {kind.title} {desired_id or task.option(option)} to",
            server,
            lambda: task.client.put(path, {"id": desired_id}),
            lambda: details.update({kind.details_key: {"id": desired_id}}),
        )
    ]


def _alert_steps(task: Task, server: Entity) -> list[Step]:
    names_or_ids = task.option("alert_policies")
    if names_or_ids is None:
        return []
    desired = _names_by_id(task, names_or_ids)
    policies: list[Entity] = server_result.details(server).setdefault("alertPolicies", [])
    current = {str(policy["id"] or policy.get("name")).lower(): policy for policy in policies}
    missing = sorted(desired.keys() - current.keys())
    surplus = sorted(current.keys() - desired.keys()) if task.option("alert_policies_purge") else []
    return [
        *(_add_step(task, server, policy_id, desired[policy_id]) for policy_id in missing),
        *(_remove_step(task, server, current[policy_id]) for policy_id in surplus),
    ]


def _names_by_id(task: Task, names_or_ids: t.Sequence[str]) -> dict[str, str | None]:
    """Return the names of the desired policies by id, null if specified by id."""
    resolved = {
        value: task.resolve_reference(
            functools.partial(alert_policy_ids, task, [value]), [reference(task, "alert policy", value)]
        )
        for value in names_or_ids
    }
    return {policy_id.lower(): None if is_id(value) else value for value, ids in resolved.items() for policy_id in ids}


def _add_step(task: Task, server: Entity, policy_id: str, name: str | None) -> Step:
    path = related_path(task, server, "alertPolicyMappings")
    return _step(
        "add_policy",
        policy_id,
        f"add alert policy {policy_id} to",
        server,
        lambda: task.client.post(path, {"id": policy_id}),
        lambda: server["details"]["alertPolicies"].append({"id": policy_id, "name": name}),
    )


def _remove_step(task: Task, server: Entity, policy: Entity) -> Step:
    href = links.href_of(policy, "alertPolicyMap")
    if href:
        path = task.client.href_to_path(href)
    else:
        path = paths.SERVER_ALERT_POLICY.below(related_path(task, server, "alertPolicyMappings"), policy["id"])
    return _step(
        "remove_policy",
        str(policy["id"]),
        f"remove alert policy {policy.get('name') or policy['id']} from",
        server,
        lambda: task.client.delete(path),
        lambda: server["details"]["alertPolicies"].remove(policy),
    )


def _step(
    operation: str,
    policy: str,
    phrase: str,
    server: Entity,
    send: t.Callable[[], t.Any],
    predict: t.Callable[[], t.Any],
) -> Step:
    return Step(
        operation,
        server_result.label([server]),
        send,
        predict,
        target_ids=server_result.target_ids(server),
        properties=[policy],
        phrase=phrase,
    )
