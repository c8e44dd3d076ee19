# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Restore points of server policies: the backups that run by the clock, their list, and the amount of stored data.

Decisions:
  - The first backup runs when a server policy becomes active, the following backups after the interval; a cron schedule
    is treated as once a day. Sizes are generated.
"""

from __future__ import annotations

import hashlib
from typing import Any

from clc_simulator.core.clock import Seconds, format_utc, parse_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.jobs import later
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.backup._shared import (
    DAY,
    REMOVED,
    Policy,
    RestorePoint,
    ServerPolicy,
    eligible,
    page,
    server_policy_from_path,
    validation_error,
)

Json = dict[str, Any]

POINTS_A_PAGE = 100
MAX_DAYS = 100
"""Maximum number of days between the dates of a query (from clcv2)."""

_SORTS = {
    "retentionDay": "retentionDays",
    "backupStatus": "restorePointCreationStatus",
    "unchangedBytesNotTransferred": "unchangedBytesInStorage",
    "bytesRemovedFromDisk": "bytesInStorageForItemsRemoved",
} | {
    name: name
    for name in (
        "policyId",
        "backupStartedDate",
        "backupFinishedDate",
        "retentionExpiredDate",
        "filesTransferredToStorage",
        "bytesTransferredToStorage",
        "filesFailedTransferToStorage",
        "bytesFailedToTransfer",
        "unchangedFilesNotTransferred",
        "filesRemovedFromDisk",
    )
}


def points_of(world: World, server_policy: ServerPolicy, query: Json) -> list[RestorePoint]:
    """Return the restore points that match the dates and inRetentionOnly of a query, oldest first."""
    first, last = (query.get(f"backupFinished{end}Date") for end in ("Start", "End"))
    begin = start_of_day(first) if first else 0.0
    end = start_of_day(last) + DAY if last else float("inf")
    points = [
        point
        for point in world[RestorePoint].find_by("server_policy", server_policy.id)
        if begin <= point.finished < end
    ]
    if query.get("inRetentionOnly"):
        points = [point for point in points if point.expires > world.now]
    return points


def start_of_day(day: str) -> Seconds:
    """Return the start of a day, YYYY-MM-DD in UTC."""
    return parse_timestamp(day)


@later("createBackupServerPolicy", writes=(RestorePoint,))
def backup_runs(world: World, server_policy_id: str) -> None:
    """Create a restore point, and schedule the next backup after the interval."""
    server_policy = world[ServerPolicy].get(server_policy_id)
    if server_policy is None or server_policy.status in REMOVED:
        return
    policy = world[Policy][server_policy.policy]
    if eligible(world, server_policy):
        add_point(world, server_policy, world.now, "SUCCESS")
    backup_runs.schedule(world, world.now + (policy.hours or 24) * 3600, server_policy_id=server_policy_id)


def add_point(world: World, server_policy: ServerPolicy, time: Seconds, status: str) -> RestorePoint:
    """Add the restore point of a backup that finished at a time, with generated sizes."""
    previous = world[RestorePoint].find_by("server_policy", server_policy.id)
    seed = int(
        hashlib.md5(f"{server_policy.server}{len(previous)}".encode(), usedforsecurity=False).hexdigest()[:6], 16
    )
    unchanged = sum(point.files for point in previous)
    point_id = f"{server_policy.id}{format_utc(time, '%Y%m%d%H%M%S')}{len(previous) or ''}"
    point = RestorePoint(
        id=point_id,
        server_policy=server_policy.id,
        retention_days=world[Policy][server_policy.policy].retention_days,
        status=status,
        started=time,
        finished=time,
        files=1 + seed % 300,
        size=1048576 + seed * 7,
        unchanged_files=unchanged,
        unchanged_size=sum(point.size for point in previous),
    )
    return world[RestorePoint].add(point)


def check_span(query: Json, max_days: int) -> None:
    """Raise ApiError (400) if the dates of a query are reversed or too far apart."""
    first, last = (query.get(f"backupFinished{end}Date") for end in ("Start", "End"))
    if first is None or last is None:
        return
    days = (start_of_day(last) - start_of_day(first)) / DAY
    if not 0 <= days <= max_days:
        raise validation_error(f"backupFinishedEndDate: {last} is not within {max_days} days after {first}.")


@operation("listBackupRestorePoints")
def list_points(request: RequestContext) -> HandlerResponse:
    """Return a page of the restore points of a server policy that finished within a range of days."""
    server_policy = server_policy_from_path(request)
    check_span(request.query, MAX_DAYS)
    views = [_view(point) for point in points_of(request.world, server_policy, request.query)]
    return page(request, views, POINTS_A_PAGE, _SORTS, ends_at_zero=True)


def _view(point: RestorePoint) -> Json:
    return {
        "restorePointId": point.id,
        "policyId": point.server_policy,
        "retentionDays": point.retention_days,
        "backupFinishedDate": format_with_milliseconds(point.finished),
        "retentionExpiredDate": format_with_milliseconds(point.expires),
        "restorePointCreationStatus": point.status,
        "filesTransferredToStorage": point.files,
        "bytesTransferredToStorage": point.size,
        "filesFailedTransferToStorage": 0,
        "bytesFailedToTransfer": 0,
        "unchangedFilesNotTransferred": point.unchanged_files,
        "unchangedBytesInStorage": point.unchanged_size,
        "filesRemovedFromDisk": 0,
        "bytesInStorageForItemsRemoved": 0,
        "numberOfProtectedFiles": point.files + point.unchanged_files,
        "backupStartedDate": format_with_milliseconds(point.started),
    }


@operation("getBackupStoredData")
def stored_data(request: RequestContext) -> HandlerResponse:
    """Return what was stored at the end of a day: all restore points that are finished and not expired. Amounts are strings."""
    server_policy, end = server_policy_from_path(request), start_of_day(request.query["searchDate"]) + DAY
    points = request.world[RestorePoint].find_by("server_policy", server_policy.id)
    size = sum(point.size for point in points if point.finished < end < point.expires + DAY)
    return HandlerResponse({"gigabytesStored": f"{size / 2**30:.3f}", "bytesStored": str(size)})


def format_with_milliseconds(time: Seconds) -> str:
    """Return a time as this service writes it: with milliseconds."""
    return format_utc(time, f"%Y-%m-%dT%H:%M:%S.{int(time % 1 * 1000):03d}Z")
