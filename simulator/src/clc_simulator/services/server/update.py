# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PATCH of a server: immediate changes and queued changes.

Decisions:
  - `cpu` without `memory` is accepted. A new disk gets the id above the highest existing one; an unknown diskId is
    ignored. An archived server accepts only a description and custom fields.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core import hardware, inventory, jobs, models
from clc_simulator.core.entities import World
from clc_simulator.core.errors import WRONG_STATE, validation_error
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server import fields, limits, provisioning
from clc_simulator.services.server._shared import require_active, server_from_path, target_group, update_active
from clc_simulator.services.server.server import guest_reports_partitions

Json = dict[str, Any]


@operation("updateServer", writes=(Server,))
def update_server(request: RequestContext) -> HandlerResponse:
    """Set properties of a server: 202 and a status link if anything is queued, else 204 without a body.

    description, groupId, and customFields are set at once; cpu, memory, disks, and password when the job ends. All of
    them are validated before any change.
    """
    server = server_from_path(request)
    if server.status not in (models.ACTIVE, models.ARCHIVED):
        raise validation_error("", WRONG_STATE)
    requested = fields.parse_patch(request.body)
    at_once = _at_once(request, server, requested)
    queued = _queued(request, server, requested)
    if at_once:
        server = request.world[Server].update(server, **at_once, modified=request.now, modified_by=request.user_name)
    if not queued:
        return HandlerResponse(status=204)
    return request.start_job(server.data_center, server_id=server.id, changes=queued)


@update_server.effect
def server_is_changed(world: World, server_id: str, changes: Json, user: str) -> None:
    """Apply the queued changes of a PATCH."""
    update_active(world, server_id, user, **changes)


@update_server.effect(share=jobs.DELAYED)
def guest_reports_new_disks(world: World, server_id: str, changes: Json) -> None:
    """Add the partitions that the guest reports for changed disks; they are missing right after a job (recorded)."""
    if "disks" in changes:
        guest_reports_partitions(world, server_id)


def _at_once(request: RequestContext, server: Server, requested: Json) -> Json:
    changes: Json = {}
    if "description" in requested:
        changes["description"] = requested["description"]
    if "groupId" in requested:
        if server.status == models.ARCHIVED:
            raise validation_error("groupId", "An archived server is moved by restoring it.")
        changes["group"] = target_group(request, requested["groupId"], "groupId", server.data_center).id
    if "customFields" in requested:
        assert request.account is not None
        changes["custom_fields"] = fields.parse_custom_fields(request.account, requested["customFields"])
    return changes


def _queued(request: RequestContext, server: Server, requested: Json) -> Json:
    """Return what the job of a PATCH must set, empty if nothing is queued."""
    changes: Json = {}
    sizes = [name for name in ("cpu", "memory", "disks") if name in requested]
    if sizes and server.snapshots:
        raise validation_error(sizes[0], "A server with a snapshot cannot change cpu, memory or disks.")
    if (sizes or "password" in requested) and server.status != models.ACTIVE:
        require_active(server)
    if "cpu" in requested:
        changes["cpu"] = requested["cpu"]
    if "memory" in requested:
        changes["memory_mb"] = requested["memory"] * 1024
    if "password" in requested:
        if requested["password"]["current"] != server.password:
            raise validation_error("password", "The current password is not that of the server.")
        changes["password"] = fields.new_password(requested["password"]["password"], "password")
    if "disks" in requested:
        disks = _disks(server, requested["disks"])
        # A list that changes nothing queues nothing (notes of updateServer).
        if disks != server.disks:
            changes["disks"] = disks
    _check_limits(request, server, changes)
    return changes


def _disks(server: Server, requested: list[Json]) -> list[Json]:
    """Return the new disks of a server: the list replaces all disks, so omitted disks are removed.

    Raise ApiError (400): a disk cannot shrink, a system disk cannot be removed. Unknown ids are ignored (notes of
    updateServer).
    """
    existing = {disk["id"]: disk for disk in server.disks}
    remaining: dict[str, Json] = {}
    for spec in requested:
        size, disk = spec["sizeGB"], existing.get(spec.get("diskId", ""))
        if disk is None:
            continue
        if size < disk["sizeGB"]:
            raise validation_error(
                "disks", f"The disk {disk['id']} has {disk['sizeGB']} GB and cannot shrink to {size}."
            )
        remaining[disk["id"]] = {**disk, "sizeGB": size}
    for key in server.system_disks:
        if key not in remaining:
            raise validation_error("disks", f"The disk {key} is a system disk and cannot be removed.")
    disks = [remaining[key] for key in existing if key in remaining]
    reserved = inventory.platform()["reservedPaths"][hardware.family(server.os)]
    for spec in requested:
        if "diskId" not in spec:
            # New ids are above those of all current disks, so that they are unique.
            used = [disk["path"] for disk in [*server.disks, *disks] if "path" in disk]
            new = provisioning.new_disk([*server.disks, *disks], spec, reserved, "disks", used)
            disks.append(new)
    return disks


def _check_limits(request: RequestContext, server: Server, changes: Json) -> None:
    assert request.account is not None
    storage = sum(disk["sizeGB"] for disk in changes.get("disks", server.disks))
    limits.check(
        request.world,
        request.account,
        server.data_center,
        cpu=changes.get("cpu", server.cpu) - server.cpu,
        memoryGB=(changes.get("memory_mb", server.memory_mb) - server.memory_mb) // 1024,
        storageGB=storage - server.storage_gb,
    )
