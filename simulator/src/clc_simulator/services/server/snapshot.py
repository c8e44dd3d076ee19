# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshots of servers: create, delete, and revert.

Decisions:
  - A second snapshot of a server is rejected; reverting keeps it. Snapshots expire by the clock.
"""

from __future__ import annotations

from clc_simulator.core import models
from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.errors import NOT_QUEUED, not_found
from clc_simulator.core.jobs import JobOwner, later
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server._shared import require_active, server_from_path, update_active
from clc_simulator.services.server.batch import Batch, run_same

_LARGEST_GB = 1024


def _rejection(server: Server) -> str | None:
    return NOT_QUEUED if server.snapshots or server.storage_gb > _LARGEST_GB else None


@operation("createServerSnapshots", writes=(Server,))
def create_snapshots(request: RequestContext) -> HandlerResponse:
    """Take snapshots of servers; servers with a snapshot or more than 1 TB of storage are rejected."""
    days = int(request.body["snapshotExpirationDays"])
    return run_same(request, request.body["serverIds"], Batch(_rejection, {"days": days}))


@create_snapshots.effect
def snapshot_is_taken(world: World, server_id: str, days: int, user: str) -> None:
    """Add a snapshot to a server and schedule its expiry."""
    server = world[Server].get(server_id)
    if server is None or server.status != models.ACTIVE or server.snapshots:
        return
    number = server.snapshots_taken + 1
    name = format_timestamp(world.now).replace("T", ".").rstrip("Z")
    snapshots = [{"number": number, "name": name}]
    update_active(world, server_id, user, snapshots=snapshots, snapshots_taken=number)
    snapshot_expires.schedule(world, world.now + days * 86400, server_id=server_id, number=number)


def start_snapshot(world: World, server: Server, days: int, user: str) -> None:
    """Start the job that takes a snapshot of a server, without a request."""
    owner = JobOwner(server.data_center, server.account, user)
    create_snapshots.start(world, owner, [{"server_id": server.id, "days": days}])


def _snapshot_from_path(request: RequestContext) -> tuple[Server, int]:
    """Return server and number of the path's snapshot. Raise ApiError: 404, or 400 if the server is not active."""
    server = server_from_path(request)
    for snapshot in server.snapshots:
        if str(snapshot["number"]) == request.path["snapshotId"]:
            require_active(server)
            return server, int(snapshot["number"])
    raise not_found(f"Snapshot {request.path['snapshotId']} does not exist.")


@operation("deleteServerSnapshot", writes=(Server,))
def delete_snapshot(request: RequestContext) -> HandlerResponse:
    """Queue the deletion of a snapshot."""
    server, number = _snapshot_from_path(request)
    return request.start_job(server.data_center, server_id=server.id, number=number)


def start_snapshot_deletion(world: World, server: Server, user: str) -> None:
    """Start the job that deletes the snapshot of a server, without a request, if it has one."""
    if server.snapshots:
        owner = JobOwner(server.data_center, server.account, user)
        delete_snapshot.start(world, owner, [{"server_id": server.id, "number": server.snapshots[0]["number"]}])


@delete_snapshot.effect
def snapshot_is_deleted(world: World, server_id: str, number: int) -> None:
    """Remove a snapshot from its server."""
    server = world[Server].get(server_id)
    if server is not None:
        snapshots = [snapshot for snapshot in server.snapshots if snapshot["number"] != number]
        world[Server].update(server, snapshots=snapshots)


@later("createServerSnapshots", writes=(Server,))
def snapshot_expires(world: World, server_id: str, number: int) -> None:
    """Remove an expired snapshot."""
    snapshot_is_deleted(world, server_id, number)


@operation("revertServerToSnapshot", writes=(Server,))
def revert(request: RequestContext) -> HandlerResponse:
    """Queue the revert of a server to its snapshot, which is kept."""
    server, number = _snapshot_from_path(request)
    return request.start_job(server.data_center, server_id=server.id, number=number)


@revert.effect
def server_is_reverted(world: World, server_id: str, number: int) -> None:
    """Update modifiedDate of a reverted server; its sizes cannot have changed while it had a snapshot."""
    server = world[Server].get(server_id)
    if server is None or server.status != models.ACTIVE:
        return
    if number in [snapshot["number"] for snapshot in server.snapshots]:
        world[Server].update(server, modified=format_timestamp(world.now))
