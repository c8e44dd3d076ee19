# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Operations on many servers at once: power, maintenance, archive, snapshots, packages (x-clc-batch-rules)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from clc_simulator import estate, queue, views
from clc_simulator.behaviour.groups import disturbance
from clc_simulator.clock import stamp
from clc_simulator.estate import Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import ALREADY_THERE, NOT_QUEUED
from clc_simulator.queue import Step
from clc_simulator.world import World

Json = dict[str, Any]
_LARGEST_SNAPSHOT_GB = 1024


@dataclass(frozen=True)
class Batch:
    """What an operation on many servers does to each of them."""

    refusal: Callable[[Server], str | None]
    """Why a server that is active cannot be queued; None where it can."""
    effect: str
    arguments: Json
    statuses: tuple[str, ...]
    upper_case: bool = False
    """Whether ids must be sent in upper case."""


def run(call: Call, wanted: dict[str, Batch]) -> Reply:
    """Queue servers, each with what is to be done to it, and answer one item for each.

    wanted has the ids as sent; ids that differ in case are one server. The servers of a data center share a job. With
    none queued the array comes with 400.
    """
    servers: dict[str, tuple[Server, Batch]] = {}
    refused: dict[str, str | None] = {}
    for sent, batch in wanted.items():
        key = sent.lower()
        row = call.world[Server].get(key)
        if key in servers:
            continue
        message = NOT_QUEUED
        if row is not None and row.account == call.alias and row.status == estate.ACTIVE and not row.is_template:
            message = NOT_QUEUED if batch.upper_case and sent != sent.upper() else batch.refusal(row) or ""
        if row is None or message:
            refused[key] = message
        else:
            servers[key] = (row, batch)
            refused.pop(key, None)
    _play_refusal(call, servers, refused)
    items = [views.queued(key, job) for job, keys in _enqueue(call, servers) for key in keys]
    for key, reason in refused.items():
        items.append({"server": key, "isQueued": False, **({"errorMessage": reason} if reason else {})})
    return Reply(_in_other_order(call, items), 200 if servers else 400)


def _play_refusal(call: Call, servers: dict[str, tuple[Server, Batch]], refused: dict[str, str | None]) -> None:
    """Refuse one server where a fault says so: by id, or by its place in the request."""
    fault = call.play.refuse
    if fault is None:
        return
    chosen = fault["server"]
    keys = list(servers)
    key = keys[chosen] if isinstance(chosen, int) and chosen < len(keys) else str(chosen).lower()
    if servers.pop(key, None) is not None:
        refused[key] = fault.get("message", NOT_QUEUED)


def _enqueue(call: Call, servers: dict[str, tuple[Server, Batch]]) -> list[tuple[queue.Job, list[str]]]:
    """Start one job for each data center; return the jobs with the ids of their servers."""
    by_center: dict[str, list[str]] = {}
    for key, (row, _) in servers.items():
        by_center.setdefault(row.data_center, []).append(key)
    jobs = []
    for center, keys in by_center.items():
        steps = []
        for key in keys:
            batch = servers[key][1]
            steps.append(Step(batch.effect, {"server": key, "by": call.by, **batch.arguments}))
        statuses = servers[keys[0]][1].statuses
        owner = (center, call.alias, call.by)
        jobs.append((queue.enqueue(call.world, owner, statuses, steps, disturbance(call)), keys))
    return jobs


def _in_other_order(call: Call, items: list[Json]) -> list[Json]:
    """Return items in an order that is not that of the request (recorded), the same for the same servers."""
    items.sort(key=lambda item: hashlib.md5(item["server"].encode(), usedforsecurity=False).digest())
    if call.play.shuffle is not None:
        call.play.shuffle.shuffle(items)
    return items


def _same(call: Call, batch: Batch, ids: list[str] | None = None) -> Reply:
    return run(call, dict.fromkeys(call.body if ids is None else ids, batch))


def _power(states: tuple[str, ...], wanted: str | None) -> Callable[[Server], str | None]:
    """Return the refusal of a power operation that goes from some states to a wanted one (None: back to started)."""

    def refusal(row: Server) -> str | None:
        if row.power == wanted:
            return ALREADY_THERE
        return None if row.power in states else NOT_QUEUED

    return refusal


def _to_power(states: tuple[str, ...], state: str, statuses: tuple[str, ...], same_is_done: bool = True) -> Batch:
    return Batch(_power(states, state if same_is_done else None), "server.power", {"state": state}, statuses)


POWER = {
    "powerOnServers": _to_power(("stopped", "paused"), "started", queue.POWER_ON),
    "powerOffServers": _to_power(("started", "paused"), "stopped", queue.POWER_OFF),
    "shutDownServers": _to_power(("started", "paused"), "stopped", queue.POWER_OFF),
    "pauseServers": _to_power(("started",), "paused", queue.POWER_OFF),
    "rebootServers": _to_power(("started",), "started", queue.POWER_ON, same_is_done=False),
    "resetServers": _to_power(("started",), "started", queue.POWER_ON, same_is_done=False),
}
"""What each power operation does."""


def _register_power(name: str, batch: Batch) -> None:
    @operation(name)
    def power(call: Call) -> Reply:
        return _same(call, batch)


for _name, _batch in POWER.items():
    _register_power(_name, _batch)


@queue.effect("server.power")
def set_power(world: World, server: str, state: str, by: str) -> None:
    """Give a server its new power state."""
    _update(world, server, by, power=state)


def _update(world: World, server: str, by: str, **changes: Any) -> None:
    row = world[Server].get(server)
    if row is not None and row.status == estate.ACTIVE:
        world[Server].update(row, **changes, modified=stamp(world.now), modified_by=by)


def _maintenance(on: bool, upper_case: bool) -> Batch:
    def refusal(row: Server) -> str | None:
        return ALREADY_THERE if row.maintenance == on else None

    return Batch(refusal, "server.maintenance", {"on": on}, queue.SHORT, upper_case)


@operation("startServersMaintenance")
def start_maintenance(call: Call) -> Reply:
    """Put servers into maintenance mode; ids must be in upper case."""
    return _same(call, _maintenance(on=True, upper_case=True))


@operation("stopServersMaintenance")
def stop_maintenance(call: Call) -> Reply:
    """Take servers out of maintenance mode; ids must be in upper case."""
    return _same(call, _maintenance(on=False, upper_case=True))


@operation("setServersMaintenance")
def set_maintenance(call: Call) -> Reply:
    """Set maintenance mode for each server on its own."""
    wanted = {item["id"]: item["inMaintenanceMode"] in (True, "true") for item in call.body["servers"]}
    return run(call, {key: _maintenance(on, upper_case=False) for key, on in wanted.items()})


@queue.effect("server.maintenance")
def end_maintenance(world: World, server: str, on: bool, by: str) -> None:
    """Set maintenance mode of a server; its power stays."""
    _update(world, server, by, maintenance=on)


@operation("archiveServers")
def archive_servers(call: Call) -> Reply:
    """Archive servers; those with a managed operating system are refused."""
    return _same(call, Batch(lambda row: NOT_QUEUED if row.managed_os else None, "server.archive", {}, queue.SHORT))


@queue.effect("server.archive")
def end_archive(world: World, server: str, by: str) -> None:
    """Move a server to the Archive group; it keeps addresses, disks and snapshots."""
    row = world[Server].get(server)
    if row is not None:
        group = estate.system_group(world, row.account, row.data_center, "archive")
        _update(world, server, by, status=estate.ARCHIVED, group=group.id, power="stopped")


def _snapshot_refusal(row: Server) -> str | None:
    return NOT_QUEUED if row.snapshots or row.storage_gb > _LARGEST_SNAPSHOT_GB else None


@operation("createServerSnapshots")
def create_snapshots(call: Call) -> Reply:
    """Take a snapshot of servers; one that has a snapshot, or more than 1 TB of storage, is refused."""
    days = int(call.body["snapshotExpirationDays"])
    batch = Batch(_snapshot_refusal, "server.snapshot", {"days": days}, queue.SHORT)
    return _same(call, batch, call.body["serverIds"])


@queue.effect("server.snapshot")
def end_snapshot(world: World, server: str, days: int, by: str) -> None:
    """Add a snapshot to a server and note when it expires."""
    row = world[Server].get(server)
    if row is None or row.status != estate.ACTIVE or row.snapshots:
        return
    number = row.snapshots_taken + 1
    name = stamp(world.now).replace("T", ".").rstrip("Z")
    taken = [{"number": number, "name": name}]
    _update(world, server, by, snapshots=taken, snapshots_taken=number)
    queue.schedule(world, world.now + days * 86400, "server.snapshot_gone", {"server": server, "number": number})


@operation("executePackage")
def execute_package(call: Call) -> Reply:
    """Run a package on servers that are started. Nothing of it can be seen on them but modifiedDate."""
    refusal: Callable[[Server], str | None] = lambda row: None if row.power == "started" else NOT_QUEUED  # noqa: E731
    return _same(call, Batch(refusal, "server.package", {}, queue.SHORT), call.body["servers"])


@queue.effect("server.package")
def end_package(world: World, server: str, by: str) -> None:
    """Note that a package was run."""
    _update(world, server, by)
