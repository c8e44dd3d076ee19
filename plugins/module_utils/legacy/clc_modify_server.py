# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_modify_server: cores, memory, policies and further networks of servers that exist.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools

from ..api.errors import ConfigurationError
from ..convergence import Result, converge
from ..kit.declaration import Entity
from ..kit.steps import Step
from ..kit.task import Task
from ..resources.policy.alert_policy import ids_of
from ..resources.server import policies as server_policies
from ..resources.server import result as server_result
from ..resources.server._shared import read_server
from ..resources.server.server import Servers
from .networks import old_network
from .run import new_task, told_jobs
from .shapes import old_server, touched
from .table import Table


def _meant(table: Table, task: Task) -> Task:
    """Return the task as the new module would have it, with the network by its id where a range of addresses names it."""
    new = new_task(table, task, state="present")
    adapters = new.option("secondary_networks") or []
    if not any("/" in one["network"] for one in adapters):
        return new
    first = read_server(new, str(new.option("server_ids")[0]))
    if first is None:
        return new
    there = new.with_options({**new.params, "data_center": first["locationId"]})
    named = [{**one, "network": str(old_network(there, one["network"])["id"])} for one in adapters]
    return new_task(table, task, state="present", secondary_networks=named)


class OldRemoval(Servers):
    """Servers that are to lose the policies of the task, and no others; its networks say by themselves that they go."""

    def _attach_steps(self, server: Entity) -> list[Step]:
        bare = self.task.with_options({**self.task.params, **_without(self.task, server)})
        return [*server_policies.steps(bare, server), *self._adapters.steps(server)]


def _without(task: Task, server: Entity) -> Entity:
    """Return the options with which a server has all its policies but those of the task."""
    details = server_result.details(server)
    named, none = task.option("alert_policies") or [], list[str]()
    found = [task.reference(functools.partial(ids_of, task, [one]), none) for one in named]
    gone = {policy.lower() for policies in found for policy in policies}
    kept = [str(one["id"]) for one in details.get("alertPolicies") or [] if str(one["id"]).lower() not in gone]
    apart = server_policies.id_of(task, "anti_affinity_policy", server["locationId"])
    has = str((details.get("antiAffinityPolicy") or {}).get("id") or "").lower()
    return {
        "alert_policies": kept if named else None,
        "alert_policies_purge": True,
        "anti_affinity_policy": "" if apart and apart.lower() == has else None,
    }


def work(table: Table, task: Task) -> Result:
    """Change the servers; the result has those that were changed.

    The state absent takes policies and networks from servers, never the servers themselves, so the new state is present.
    """
    if task.state == "absent" and (task.option("cpu") is not None or task.option("memory") is not None):
        raise ConfigurationError(
            "cpu and memory cannot be taken away", action="use", thing="state absent", remedy="Leave them out."
        )
    servers = (OldRemoval if task.state == "absent" else Servers)(_meant(table, task))
    result = converge(servers)
    changed = touched(servers)
    shown = [old_server(one) for one in servers.members if one.get("id") and server_result.server_id(one) in changed]
    return {**told_jobs(result), "server_ids": changed, "servers": shown}
