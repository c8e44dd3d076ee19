# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Power, maintenance mode, and archive: operations on many servers in one request.

API behavior (compute.yaml; docs/wire-notes.md, sections 2 and 3): a batch accepts ids in upper case and returns one entry per
server; a power operation on many servers is one job.

Not specified by the contract; design decision: no shutdown is requested for a paused server, whose system does not run.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api.errors import InvalidTaskError
from ...kit.predicted import reference
from ...kit.resource import Entity
from ...kit.steps import Step
from ...kit.task import Task
from . import result as server_result
from ._shared import post_batch

Servers = t.Sequence[Entity]
# The links that contain the uuid of a server; an archived server does not have them.
_OF_ACTIVE = frozenset({"scheduledActivities", "upcomingScheduledActivities"})


def batch(task: Task, operation: str, servers: Servers, predict: t.Callable[[Entity], None]) -> list[Step]:
    """Return the step of one request for many servers; no step for no servers. predict: called with each server."""
    if not servers:
        return []
    target_ids = tuple(sorted(target_id for server in servers for target_id in server_result.target_ids(server)))

    def predict_all() -> None:
        for server in servers:
            predict(server)

    return [
        Step(
            operation,
            server_result.label(servers),
            send=lambda: post_batch(task, operation, [target_id.upper() for target_id in target_ids]),
            predict=predict_all,
            target_ids=target_ids,
        )
    ]


def archive_steps(task: Task, servers: Servers, on_predicted: t.Callable[[Entity], None]) -> list[Step]:
    """Return the step that archives the active servers. on_predicted: called with each server that is predicted as archived."""

    def archive(server: Entity) -> None:
        details = {**server_result.details(server), "powerState": "stopped", "cpu": 0, "memoryMB": 0}
        remaining = [link for link in server.get("links") or [] if link.get("rel") not in _OF_ACTIVE]
        # The server moves to the archive group of the data center, whose id is unknown.
        server.update(status="archived", groupId=reference(task, "group", "Archive"), details=details, links=remaining)
        on_predicted(server)

    return batch(task, "archive", [server for server in servers if server["status"] == "active"], archive)


def power_steps(task: Task, servers: Servers, done: t.Sequence[Step]) -> list[Step]:
    """Return the steps that set the power state of active servers to the task's state. done: the steps of this run so far."""
    by_power: dict[str, list[Entity]] = {"started": [], "stopped": [], "paused": []}
    # The power state of a restored server is unknown in check mode, so that a step is always predicted.
    unknown = "stopped" if task.state == "started" else "started"
    for server in servers:
        by_power.setdefault(str(server_result.details(server).get("powerState") or unknown), []).append(server)
    idle = [*by_power["stopped"], *by_power["paused"]]
    if task.state == "started":
        return batch(task, "powerOn", idle, _to_power("started"))
    if task.state == "stopped":
        return _stop_steps(task, by_power)
    if task.state == "paused":
        first = batch(task, "powerOn", by_power["stopped"], _to_power("started"))
        return first or batch(task, "pause", by_power["started"], _to_power("paused"))
    if task.state == "restarted":
        return _restart_steps(task, by_power["started"], idle, done)
    return []


def maintenance_steps(task: Task, servers: Servers) -> list[Step]:
    """Return the step that starts or stops maintenance mode of active servers, as the option maintenance specifies."""
    desired = task.option("maintenance")
    if desired is None:
        return []
    to_change = [
        server for server in servers if bool(server_result.details(server).get("inMaintenanceMode")) != desired
    ]
    operation = "startMaintenance" if desired else "stopMaintenance"
    return batch(task, operation, to_change, lambda server: server["details"].update(inMaintenanceMode=desired))


def _stop_steps(task: Task, by_power: dict[str, list[Entity]]) -> list[Step]:
    if task.option("force"):
        return batch(task, "powerOff", [*by_power["started"], *by_power["paused"]], _to_power("stopped"))
    if by_power["paused"]:
        raise InvalidTaskError(
            "the system of a paused server cannot be shut down",
            action="stop",
            target=server_result.label(by_power["paused"]),
            help_text="Start it first, or set force to true to power it off.",
        )
    return batch(task, "shutDown", by_power["started"], _to_power("stopped"))


def _restart_steps(task: Task, running: Servers, idle: Servers, done: t.Sequence[Step]) -> list[Step]:
    """Once per run, reboot the running servers and start the others."""
    if any(step.key.operation in ("reboot", "reset", "powerOn") for step in done):
        return []
    operation = "reset" if task.option("force") else "reboot"
    return [
        *batch(task, operation, running, _to_power("started")),
        *batch(task, "powerOn", idle, _to_power("started")),
    ]


def _to_power(power: str) -> t.Callable[[Entity], None]:
    return lambda server: server["details"].update(powerState=power)
