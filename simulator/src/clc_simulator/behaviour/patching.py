# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Patching: a package starts it on servers, and the history of each server tells how it goes on after the package's job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from clc_simulator import estate, queue
from clc_simulator.behaviour.server_batches import Batch, end_package, run
from clc_simulator.behaviour.servers import the_server
from clc_simulator.clock import Seconds, parse, stamp
from clc_simulator.estate import Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import NOT_QUEUED, unknown
from clc_simulator.seeding import section
from clc_simulator.world import World, entity

Json = dict[str, Any]

SUPPORTED = {
    "b229535c-a313-4a31-baf8-6aa71ff4b9ed": ("windows2012",),
    "c3c6642e-24e1-4c37-b56a-1cf1476ee360": ("centos5", "centos6", "redhat5", "redhat6", "redhat7"),
}
"""The package for each family of systems, and how the names of the systems that it knows begin."""
UPDATES = {
    "windows": ["Update for Windows Server 2012 R2 (KB3084905)", "Security Update for Windows Server (KB3126587)"],
    "linux": ["openssl-1.0.1e-42.el6_7.4.x86_64", "bash-4.1.2-33.el6_7.1.x86_64", "tzdata-2016c-1.el6.noarch"],
}
"""What a server lacks that was never patched, where its seed says nothing else."""
SEARCH = {"windows": "Invoking SUS API", "linux": "Invoking yum check-update"}
SUCCESS_CODE, FAILURE_CODE = 2, 4
FOUND, INSTALLED, REBOOTED = 0.25, 0.5, 0.75
"""Shares of an execution's time: updates are found, installed, and looked for once more after the reboot."""


@entity("missingUpdates")
@dataclass(frozen=True, slots=True)
class Missing:
    """The updates that a server lacks; id is its uuid. A server without this lacks those of UPDATES."""

    id: str
    updates: list[Json]
    """{name, fails}: fails says that installing it does not work."""


@entity("patchExecutions", indexes=("server",))
@dataclass(frozen=True, slots=True)
class Execution:
    """One run of patching on one server, told by its uuid. How far it is follows from its begin and the moment."""

    id: str
    server: str
    family: str
    begun: Seconds
    seconds: Seconds
    updates: list[Json]

    @property
    def ended(self) -> Seconds:
        """The moment of its end: without updates the first round is the last."""
        return self.begun + self.seconds * (1.0 if self.updates else FOUND)

    @property
    def failed(self) -> bool:
        return any(update["fails"] for update in self.updates)

    def at(self, share: float) -> Seconds:
        """Return the moment of a share of its time."""
        return self.begun + self.seconds * share

    def status(self, now: Seconds) -> str:
        """Return the status that a reader sees at a moment."""
        if now < self.ended:
            return "pending"
        return "failed" if self.failed else "completed"


def missing(world: World, row: Server) -> list[Json]:
    """Return the updates that a server lacks."""
    known = world[Missing].get(row.uuid)
    if known is not None:
        return known.updates
    return [{"name": name, "fails": False} for name in UPDATES[estate.family(row.os)]]


@operation("applyPatches")
def apply_patches(call: Call) -> Reply:
    """Queue the package that patches servers; those that are not started, or of a system that it does not know, are refused."""
    systems = SUPPORTED[call.body["package"]["packageId"]]
    refusal: Callable[[Server], str | None] = lambda row: (  # noqa: E731
        None if row.power == "started" and row.os.lower().startswith(systems) else NOT_QUEUED
    )
    reply = run(call, dict.fromkeys(call.body["servers"], Batch(refusal, "server.patch", {}, queue.SHORT)))
    # Of this page's answers the status is the same where no server could be queued.
    return Reply(reply.body)


@queue.effect("server.patch")
def begin(world: World, server: str, by: str) -> None:
    """Begin an execution. It goes on after the job, which was the start alone."""
    row = world[Server].get(server)
    if row is None or row.status != estate.ACTIVE:
        return
    end_package(world, server, by)
    key = f"{row.data_center}-{world.take_number(f'patches/{row.data_center}', 132457)}"
    updates = missing(world, row)
    made = Execution(key, row.uuid, estate.family(row.os), world.now, world.job_seconds, updates)
    world[Execution].add(made)
    queue.schedule(world, made.ended, "server.patched", {"server": row.uuid, "done": updates})


@queue.effect("server.patched")
def patched(world: World, server: str, done: list[Json]) -> None:
    """Note that a server has the updates of an execution, but those that failed."""
    row = next(iter(world[Server].by("uuid", server)), None)
    if row is not None:
        names = [update["name"] for update in done if not update["fails"]]
        left = [update for update in missing(world, row) if update["name"] not in names]
        world[Missing].add(Missing(row.uuid, left))


def _executions(call: Call) -> list[Execution]:
    """Return the executions on the server of the path, new to old. Raises Problem (404)."""
    found = call.world[Execution].by("server", the_server(call).uuid)
    return sorted(found, key=lambda one: (one.begun, one.id), reverse=True)


@operation("listPatchExecutions")
def list_executions(call: Call) -> Reply:
    """Answer the executions on a server. What has not ended has an empty end_time here."""
    return Reply([_summary(one, call.world.now) for one in _executions(call)])


@operation("getPatchExecution")
def get_execution(call: Call) -> Reply:
    """Answer one execution with every patch. What has not ended has null for its end_time here. 404 where it is unknown."""
    wanted = call.path["execution_id"].upper()
    for one in _executions(call):
        if one.id == wanted:
            return Reply(_details(one, call.world.now))
    raise unknown()


def _when(moment: Seconds, now: Seconds, otherwise: str | None) -> str | None:
    return stamp(moment) if moment <= now else otherwise


def _head(one: Execution, now: Seconds, otherwise: str | None) -> Json:
    return {
        "execution_id": one.id,
        "status": one.status(now),
        "start_time": stamp(one.begun),
        "end_time": _when(one.ended, now, otherwise),
    }


def _summary(one: Execution, now: Seconds) -> Json:
    rounds = [_round(one, 0.0, FOUND, one.updates, now)]
    if one.updates and now >= one.at(REBOOTED):
        failing = [update for update in one.updates if update["fails"]]
        rounds.insert(0, _round(one, REBOOTED, 1.0, failing, now))
    return {**_head(one, now, ""), "init_messages": rounds}


def _round(one: Execution, start: float, end: float, updates: list[Json], now: Seconds) -> Json:
    """Return one round of looking for updates, which tells their names between ##."""
    told = f"There are {len(updates)} updates to install"
    names = f" ##{'##'.join(update['name'] for update in updates)}##" if updates else ""
    message = f"{told}{names}" if updates else f"Update Process Complete. {told}"
    return {
        "start_time": stamp(one.at(start)),
        "end_time": _when(one.at(end), now, ""),
        "init_begin_message": SEARCH[one.family],
        "init_end_message": message if one.at(end) <= now else None,
    }


def _details(one: Execution, now: Seconds) -> Json:
    over = now >= one.ended
    minutes, seconds = divmod(int(one.ended - one.begun), 60)
    return {
        **_head(one, now, None),
        "duration": f"{minutes}m {seconds}s" if over else None,
        "begin_message": "Update Process BEGIN",
        "end_message": "Updating Complete" if over else None,
        "patches": [_patch(one, update, now) for update in one.updates] if now >= one.at(FOUND) else [],
    }


def _patch(one: Execution, update: Json, now: Seconds) -> Json:
    over = now >= one.at(INSTALLED)
    ended = "failed" if update["fails"] else "completed"
    code = FAILURE_CODE if update["fails"] else SUCCESS_CODE
    return {
        "start_time": stamp(one.at(FOUND)),
        "end_time": _when(one.at(INSTALLED), now, None),
        "patch_begin_message": f"Installing {update['name']}",
        "patch_end_message": f"Result Code: {code}" if over else None,
        "status": ended if over else "pending",
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
def plant_patching(world: World, owner: Server, value: Json) -> None:
    """Plant the updates that a server lacks and the executions that it had. One that has had any lacks nothing else."""
    if "missing" in value or value.get("executions"):
        world[Missing].add(Missing(owner.uuid, _planted(value.get("missing", []))))
    for item in value.get("executions", []):
        key = f"{owner.data_center}-{world.take_number(f'patches/{owner.data_center}', 132457)}"
        seconds, updates = float(item.get("seconds", 1200)), _planted(item.get("updates", []))
        family = estate.family(owner.os)
        world[Execution].add(Execution(key, owner.uuid, family, parse(item["started"]), seconds, updates))


def _planted(updates: list[Json]) -> list[Json]:
    return [{"name": update["name"], "fails": bool(update.get("fails"))} for update in updates]
