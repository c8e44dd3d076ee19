# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_modify_server: cores, memory, policies and further networks of servers that exist.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools

from ..convergence import Result, converge
from ..kit import problems
from ..kit.predicted import exists
from ..kit.resource import Entity
from ..kit.steps import Step
from ..kit.task import Task
from ..resources.policy.alert_policy import ids_of
from ..resources.server import policies as server_policies
from ..resources.server import result as server_result
from ..resources.server._shared import read_server
from ..resources.server.server import Servers
from .networks import find_network
from .run import job_result, new_task
from .shapes import legacy_server, modified_ids
from .table import Table


def _new_task(table: Table, task: Task) -> Task:
    """Return the task with the options of the new module, and a network that is identified by its range by id instead."""
    new = new_task(table, task, state="present")
    adapters = new.option("secondary_networks") or []
    if not any("/" in adapter["network"] for adapter in adapters):
        return new
    first = read_server(new, str(new.option("server_ids")[0]))
    if first is None:
        return new
    located = new.with_options({**new.params, "data_center": first["locationId"]})
    resolved = [{**adapter, "network": str(find_network(located, adapter["network"])["id"])} for adapter in adapters]
    return new_task(table, task, state="present", secondary_networks=resolved)


class LegacyRemoval(Servers):
    """Servers from which the policies of the task are removed; options of its networks have a state of their own."""

    def _attach_steps(self, server: Entity) -> list[Step]:
        task = self.task.with_options({**self.task.params, **_remaining_policies(self.task, server)})
        return [*server_policies.steps(task, server), *self._adapters.steps(server)]


def _remaining_policies(task: Task, server: Entity) -> Entity:
    """Return the options that keep all policies of a server except those of the task."""
    details = server_result.details(server)
    names, no_ids = task.option("alert_policies") or [], list[str]()
    ids_by_name = [task.resolve_reference(functools.partial(ids_of, task, [name]), no_ids) for name in names]
    removed = {policy_id.lower() for ids in ids_by_name for policy_id in ids}
    current = [str(policy["id"]) for policy in details.get("alertPolicies") or []]
    anti_affinity = server_policies.id_of(task, "anti_affinity_policy", server["locationId"])
    current_anti_affinity = str((details.get("antiAffinityPolicy") or {}).get("id") or "").lower()
    return {
        "alert_policies": [policy_id for policy_id in current if policy_id.lower() not in removed] if names else None,
        "alert_policies_purge": True,
        "anti_affinity_policy": "" if anti_affinity and anti_affinity.lower() == current_anti_affinity else None,
    }


def work(table: Table, task: Task) -> Result:
    """Update the servers. The result has those that were changed.

    State absent removes policies and networks from servers, but never deletes servers, so the new state is present.
    """
    if task.state == "absent" and (task.option("cpu") is not None or task.option("memory") is not None):
        raise problems.invalid_option("state", "cpu and memory cannot be removed", "Omit cpu and memory.")
    servers = (LegacyRemoval if task.state == "absent" else Servers)(_new_task(table, task))
    result = converge(servers)
    changed = modified_ids(servers)
    results = [
        legacy_server(server)
        for server in servers.members
        if exists(server) and server_result.server_id(server) in changed
    ]
    return {**job_result(result), "server_ids": changed, "servers": results}
