# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Power of servers, their maintenance mode and their archive: what is asked of many of them in one request.

Facts (contract compute.yaml; docs/wire-notes.md, sections 2 and 3): a batch takes ids in upper case and answers one entry for
each server; a power job of several servers is one job.

Decided here, since the contract is silent: a paused server is not asked to shut its system down, which stands still.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api.errors import ConfigurationError
from ...kit.declaration import Entity
from ...kit.lookup import listed
from ...kit.steps import Step
from ...kit.task import Task
from . import result as server_result
from ._shared import post_batch

Servers = t.Sequence[Entity]
# Links by which alone a server tells its uuid; an archived one has lost them.
_OF_ACTIVE = frozenset({"scheduledActivities", "upcomingScheduledActivities"})


def batch(task: Task, verb: str, servers: Servers, predict: t.Callable[[Entity], None]) -> list[Step]:
    """Return one request for many servers, or nothing where there are none."""
    if not servers:
        return []
    names = tuple(sorted(name for one in servers for name in server_result.thing_of(one)))

    def foretell() -> None:
        for server in servers:
            predict(server)

    return [
        Step(
            verb,
            server_result.told(servers),
            send=lambda: post_batch(task, verb, [name.upper() for name in names]),
            predict=foretell,
            target_ids=names,
        )
    ]


def archiving(task: Task, servers: Servers, foretell: t.Callable[[Entity], None]) -> list[Step]:
    """Archive the active ones. foretell: called with each of them once its archiving is predicted."""

    def archive(server: Entity) -> None:
        shown = {**server_result.details(server), "powerState": "stopped", "cpu": 0, "memoryMB": 0}
        left = [link for link in server.get("links") or [] if link.get("rel") not in _OF_ACTIVE]
        # The archive group is the data center's own, whose id nobody has read.
        server.update(status="archived", groupId=None, details=shown, links=left)
        foretell(server)

    return batch(task, "archive", [one for one in servers if one["status"] == "active"], archive)


def powering(task: Task, servers: Servers, done: t.Sequence[Step]) -> list[Step]:
    """Bring active servers to the power that the task's state means. done: the steps of this run so far."""
    by_power: dict[str, list[Entity]] = {"started": [], "stopped": [], "paused": []}
    # That of a restored server is not known in a prediction: it may have to be brought to any.
    unknown = "stopped" if task.state == "started" else "started"
    for server in servers:
        by_power.setdefault(str(server_result.details(server).get("powerState") or unknown), []).append(server)
    idle = [*by_power["stopped"], *by_power["paused"]]
    if task.state == "started":
        return batch(task, "powerOn", idle, _to_power("started"))
    if task.state == "stopped":
        return _stops(task, by_power)
    if task.state == "paused":
        first = batch(task, "powerOn", by_power["stopped"], _to_power("started"))
        return first or batch(task, "pause", by_power["started"], _to_power("paused"))
    if task.state == "restarted":
        return _restarts(task, by_power["started"], idle, done)
    return []


def maintenance(task: Task, servers: Servers) -> list[Step]:
    """Put active servers into maintenance mode or take them out of it, where the task says which."""
    wanted = task.option("maintenance")
    if wanted is None:
        return []
    differing = [one for one in servers if bool(server_result.details(one).get("inMaintenanceMode")) != wanted]
    verb = "startMaintenance" if wanted else "stopMaintenance"
    return batch(task, verb, differing, lambda one: one["details"].update(inMaintenanceMode=wanted))


def _stops(task: Task, by_power: dict[str, list[Entity]]) -> list[Step]:
    if task.option("force"):
        return batch(task, "powerOff", [*by_power["started"], *by_power["paused"]], _to_power("stopped"))
    if by_power["paused"]:
        raise ConfigurationError(
            "a paused server cannot shut its system down",
            action="stop",
            thing=f"server {listed(map(server_result.server_id, by_power['paused']))}",
            remedy="Start it first, or set force to cut its power.",
        )
    return batch(task, "shutDown", by_power["started"], _to_power("stopped"))


def _restarts(task: Task, running: Servers, idle: Servers, done: t.Sequence[Step]) -> list[Step]:
    """Once a run, whatever the state: those that run are rebooted, the others started."""
    if any(step.key.verb in ("reboot", "reset", "powerOn") for step in done):
        return []
    verb = "reset" if task.option("force") else "reboot"
    return [
        *batch(task, verb, running, _to_power("started")),
        *batch(task, "powerOn", idle, _to_power("started")),
    ]


def _to_power(power: str) -> t.Callable[[Entity], None]:
    return lambda server: server["details"].update(powerState=power)
