# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PATCH of a server: what is done at once, and what goes through the queue."""

from __future__ import annotations

from typing import Any

from clc_simulator import building, estate, fields, limits, queue, views
from clc_simulator.behaviour.groups import disturbance, target_group
from clc_simulator.behaviour.servers import the_server
from clc_simulator.clock import stamp
from clc_simulator.estate import Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import WRONG_STATE, invalid
from clc_simulator.queue import Step
from clc_simulator.world import World

Json = dict[str, Any]


@operation("updateServer")
def update_server(call: Call) -> Reply:
    """Set members of a server: 202 and a status link where anything is queued, else 204 without a body.

    description, groupId and customFields are done at once, cpu, memory, disks and password when the job ends. All is
    checked before anything is done.
    """
    row = the_server(call)
    if row.status not in (estate.ACTIVE, estate.ARCHIVED):
        raise invalid("", WRONG_STATE)
    wanted = fields.patch(call.body)
    at_once = _at_once(call, row, wanted)
    queued = _queued(call, row, wanted)
    if at_once:
        row = call.world[Server].update(row, **at_once, modified=call.now, modified_by=call.by)
    if not queued:
        return Reply(status=204)
    steps = [Step("server.change", {"server": row.id, "changes": queued, "by": call.by})]
    if "disks" in queued:
        steps.append(Step("server.report", {"server": row.id}, queue.LATER))
    job = queue.enqueue(call.world, (row.data_center, call.alias, call.by), queue.SHORT, steps, disturbance(call))
    return Reply(views.status_link(job), 202)


def _at_once(call: Call, row: Server, wanted: Json) -> Json:
    changes: Json = {}
    if "description" in wanted:
        changes["description"] = wanted["description"]
    if "groupId" in wanted:
        if row.status == estate.ARCHIVED:
            raise invalid("groupId", "An archived server is moved by restoring it.")
        changes["group"] = target_group(call, wanted["groupId"], "groupId", row.data_center).id
    if "customFields" in wanted:
        assert call.account is not None
        changes["custom_fields"] = fields.custom_fields(call.account, wanted["customFields"])
    return changes


def _queued(call: Call, row: Server, wanted: Json) -> Json:
    """Return what the job of a PATCH is to set, empty where nothing is queued."""
    changes: Json = {}
    sizes = [name for name in ("cpu", "memory", "disks") if name in wanted]
    if sizes and row.snapshots:
        raise invalid(sizes[0], "A server with a snapshot cannot change cpu, memory or disks.")
    if (sizes or "password" in wanted) and row.status != estate.ACTIVE:
        raise invalid("", "The server must be in Active state.")
    if "cpu" in wanted:
        changes["cpu"] = wanted["cpu"]
    if "memory" in wanted:
        changes["memory_mb"] = wanted["memory"] * 1024
    if "password" in wanted:
        if wanted["password"]["current"] != row.password:
            raise invalid("password", "The current password is not that of the server.")
        changes["password"] = fields.password(wanted["password"]["password"], "password")
    if "disks" in wanted:
        disks = _disks(row, wanted["disks"])
        # A list that changes nothing queues nothing (notes of updateServer).
        if disks != row.disks:
            changes["disks"] = disks
    _check_limits(call, row, changes)
    return changes


def _disks(row: Server, wanted: list[Json]) -> list[Json]:
    """Return the disks that a server is to have: the whole list is replaced, so what is left out goes.

    Raises Problem (400): a disk cannot shrink, a system disk cannot go. An id that is not there is passed over, as the
    notes of updateServer tell.
    """
    present = {disk["id"]: disk for disk in row.disks}
    kept: dict[str, Json] = {}
    for spec in wanted:
        size, disk = spec["sizeGB"], present.get(spec.get("diskId", ""))
        if disk is None:
            continue
        if size < disk["sizeGB"]:
            raise invalid("disks", f"The disk {disk['id']} has {disk['sizeGB']} GB and cannot shrink to {size}.")
        kept[disk["id"]] = {**disk, "sizeGB": size}
    for key in row.system_disks:
        if key not in kept:
            raise invalid("disks", f"The disk {key} is a system disk and cannot be removed.")
    disks = [kept[key] for key in present if key in kept]
    reserved = estate.platform()["reservedPaths"][estate.family(row.os)]
    for spec in wanted:
        if "diskId" not in spec:
            # Free ids are counted from all disks that are there now, so that none is given twice.
            new = building.new_disk([*row.disks, *disks], spec, reserved, "disks")
            disks.append(new)
    return disks


def _check_limits(call: Call, row: Server, changes: Json) -> None:
    assert call.account is not None
    storage = sum(disk["sizeGB"] for disk in changes.get("disks", row.disks))
    limits.check(
        call.world,
        call.account,
        row.data_center,
        cpu=changes.get("cpu", row.cpu) - row.cpu,
        memoryGB=(changes.get("memory_mb", row.memory_mb) - row.memory_mb) // 1024,
        storageGB=storage - row.storage_gb,
    )


@queue.effect("server.change")
def change(world: World, server: str, changes: Json, by: str) -> None:
    """Set what a PATCH has queued."""
    row = world[Server].get(server)
    if row is not None and row.status == estate.ACTIVE:
        world[Server].update(row, **changes, modified=stamp(world.now), modified_by=by)
