# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Patching: a package starts executions on servers, and the patch history of a server has their progress.

Decisions:
  - An execution starts when the job has succeeded and lasts as long as a job: a quarter each to find updates, to install
    them, to reboot, and to search again. Without updates it ends after the first quarter.
  - A server that was never patched has two or three missing updates, unless its seed sets them. An execution fails if an
    update fails; the next execution finds it again. Executions may overlap.
  - Servers that are not started, or whose system the package does not know, are rejected; the status is 200 even if none
    is queued.
  - end_time of a running execution is empty in the list and null in the details. The list has the newest first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator.core import hardware, models
from clc_simulator.core.clock import Seconds, format_timestamp, parse_timestamp
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import NOT_QUEUED, not_found
from clc_simulator.core.jobs import later
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.sections import section
from clc_simulator.services.server import Batch, package_was_run, run_same, server_from_path

Json = dict[str, Any]

SUPPORTED = {
    "b229535c-a313-4a31-baf8-6aa71ff4b9ed": ("windows2012",),
    "c3c6642e-24e1-4c37-b56a-1cf1476ee360": ("centos5", "centos6", "redhat5", "redhat6", "redhat7"),
}
"""Package by family of operating systems, with the prefixes of the operating systems that it supports."""
UPDATES = {
    "windows": ["Update for Windows Server 2012 R2 (KB3084905)", "Security Update for Windows Server (KB3126587)"],
    "linux": ["openssl-1.0.1e-42.el6_7.4.x86_64", "bash-4.1.2-33.el6_7.1.x86_64", "tzdata-2016c-1.el6.noarch"],
}
"""Missing updates of a server that was never patched, by default."""
SEARCH = {"windows": "Invoking SUS API", "linux": "Invoking yum check-update"}
SUCCESS_CODE, FAILURE_CODE = 2, 4
FOUND, INSTALLED, REBOOTED = 0.25, 0.5, 0.75
"""Shares of an execution's duration: updates are found, installed, and the server is rebooted."""


@entity("missingUpdates")
@dataclass(frozen=True, slots=True)
class Missing:
    """The missing updates of a server; id is its uuid. The default is in UPDATES."""

    id: str
    updates: list[Json]
    """{name, fails}: fails is whether its installation fails."""


@entity("patchExecutions", indexes=("server",))
@dataclass(frozen=True, slots=True)
class Execution:
    """An execution of patching on a server, identified by its uuid. Its progress follows from start and time."""

    id: str
    server: str
    family: str
    started: Seconds
    seconds: Seconds
    updates: list[Json]

    @property
    def ended(self) -> Seconds:
        """When it ends: without updates after the first search."""
        return self.started + self.seconds * (1.0 if self.updates else FOUND)

    @property
    def failed(self) -> bool:
        return any(update["fails"] for update in self.updates)

    def at(self, share: float) -> Seconds:
        """Return the time after a share of its duration."""
        return self.started + self.seconds * share

    def status(self, now: Seconds) -> str:
        """Return the status at a time."""
        if now < self.ended:
            return "pending"
        return "failed" if self.failed else "completed"


def missing(world: World, server: Server) -> list[Json]:
    """Return the missing updates of a server."""
    known = world[Missing].get(server.uuid)
    if known is not None:
        return known.updates
    return [{"name": name, "fails": False} for name in UPDATES[hardware.family(server.os)]]


@operation("applyPatches", writes=(Server, Execution))
def apply_patches(request: RequestContext) -> HandlerResponse:
    """Queue the package that patches servers; servers that are not started or not supported are rejected."""
    systems = SUPPORTED[request.body["package"]["packageId"]]

    def rejection(server: Server) -> str | None:
        return None if server.power == "started" and server.os.lower().startswith(systems) else NOT_QUEUED

    response = run_same(request, request.body["servers"], Batch(rejection))
    # The status code is the same even if no server could be queued.
    return HandlerResponse(response.body)


@apply_patches.effect
def execution_begins(world: World, server_id: str, user: str) -> None:
    """Start an execution, which continues after the job."""
    server = world[Server].get(server_id)
    if server is None or server.status != models.ACTIVE:
        return
    package_was_run(world, server_id, user)
    key = f"{server.data_center}-{world.take_number(f'patches/{server.data_center}', 132457)}"
    updates = missing(world, server)
    execution = Execution(key, server.uuid, hardware.family(server.os), world.now, world.job_seconds, updates)
    world[Execution].add(execution)
    updates_are_installed.schedule(world, execution.ended, server_uuid=server.uuid, updates=updates)


@later("applyPatches", writes=(Missing,))
def updates_are_installed(world: World, server_uuid: str, updates: list[Json]) -> None:
    """Record that a server has the updates of an execution, except those that failed."""
    server = next(iter(world[Server].find_by("uuid", server_uuid)), None)
    if server is not None:
        names = [update["name"] for update in updates if not update["fails"]]
        remaining = [update for update in missing(world, server) if update["name"] not in names]
        world[Missing].add(Missing(server.uuid, remaining))


def _executions(request: RequestContext) -> list[Execution]:
    """Return the executions on the server of the path, newest first. Raise ApiError (404)."""
    executions = request.world[Execution].find_by("server", server_from_path(request).uuid)
    return sorted(executions, key=lambda execution: (execution.started, execution.id), reverse=True)


@operation("listPatchExecutions")
def list_executions(request: RequestContext) -> HandlerResponse:
    """Return the executions on a server. A running execution has an empty end_time."""
    return HandlerResponse([_summary(execution, request.world.now) for execution in _executions(request)])


@operation("getPatchExecution")
def get_execution(request: RequestContext) -> HandlerResponse:
    """Return an execution with its patches. A running execution has the end_time null."""
    requested = request.path["execution_id"].upper()
    for execution in _executions(request):
        if execution.id == requested:
            return HandlerResponse(_details(execution, request.world.now))
    raise not_found()


def _when(time: Seconds, now: Seconds, otherwise: str | None) -> str | None:
    return format_timestamp(time) if time <= now else otherwise


def _head(execution: Execution, now: Seconds, otherwise: str | None) -> Json:
    return {
        "execution_id": execution.id,
        "status": execution.status(now),
        "start_time": format_timestamp(execution.started),
        "end_time": _when(execution.ended, now, otherwise),
    }


def _summary(execution: Execution, now: Seconds) -> Json:
    rounds = [_round(execution, 0.0, FOUND, execution.updates, now)]
    if execution.updates and now >= execution.at(REBOOTED):
        failing = [update for update in execution.updates if update["fails"]]
        rounds.insert(0, _round(execution, REBOOTED, 1.0, failing, now))
    return {**_head(execution, now, ""), "init_messages": rounds}


def _round(execution: Execution, start: float, end: float, updates: list[Json], now: Seconds) -> Json:
    """Return a search for updates; the message has their names between ##."""
    count = f"There are {len(updates)} updates to install"
    names = f" ##{'##'.join(update['name'] for update in updates)}##" if updates else ""
    message = f"{count}{names}" if updates else f"Update Process Complete. {count}"
    return {
        "start_time": format_timestamp(execution.at(start)),
        "end_time": _when(execution.at(end), now, ""),
        "init_begin_message": SEARCH[execution.family],
        "init_end_message": message if execution.at(end) <= now else None,
    }


def _details(execution: Execution, now: Seconds) -> Json:
    has_ended = now >= execution.ended
    minutes, seconds = divmod(int(execution.ended - execution.started), 60)
    return {
        **_head(execution, now, None),
        "duration": f"{minutes}m {seconds}s" if has_ended else None,
        "begin_message": "Update Process BEGIN",
        "end_message": "Updating Complete" if has_ended else None,
        "patches": [_patch(execution, update, now) for update in execution.updates]
        if now >= execution.at(FOUND)
        else [],
    }


def _patch(execution: Execution, update: Json, now: Seconds) -> Json:
    has_ended = now >= execution.at(INSTALLED)
    ended = "failed" if update["fails"] else "completed"
    code = FAILURE_CODE if update["fails"] else SUCCESS_CODE
    return {
        "start_time": format_timestamp(execution.at(FOUND)),
        "end_time": _when(execution.at(INSTALLED), now, None),
        "patch_begin_message": f"Installing {update['name']}",
        "patch_end_message": f"Result Code: {code}" if has_ended else None,
        "status": ended if has_ended else "pending",
    }


_UPDATES = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["name"],
        "properties": {"name": {"type": "string"}, "fails": {"type": "boolean"}},
    },
}


@section(
    "server",
    "patching",
    {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "missing": _UPDATES,
            "executions": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["started"],
                    "properties": {
                        "started": {"$ref": "#/$defs/date"},
                        "seconds": {"type": "number", "minimum": 0},
                        "updates": _UPDATES,
                    },
                },
            },
        },
    },
)
def load_patching(world: World, owner: Server, value: Json) -> None:
    """Load the missing updates and the executions of a server. A server with executions has no other missing updates."""
    if "missing" in value or value.get("executions"):
        world[Missing].add(Missing(owner.uuid, _seeded_updates(value.get("missing", []))))
    for item in value.get("executions", []):
        key = f"{owner.data_center}-{world.take_number(f'patches/{owner.data_center}', 132457)}"
        seconds, updates = float(item.get("seconds", 1200)), _seeded_updates(item.get("updates", []))
        family = hardware.family(owner.os)
        world[Execution].add(Execution(key, owner.uuid, family, parse_timestamp(item["started"]), seconds, updates))


def _seeded_updates(updates: list[Json]) -> list[Json]:
    return [{"name": update["name"], "fails": bool(update.get("fails"))} for update in updates]
