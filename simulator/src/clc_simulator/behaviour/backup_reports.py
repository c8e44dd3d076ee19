# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backup: restore points, the data that is stored, and the reports in CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from clc_simulator.behaviour.backup_policies import page
from clc_simulator.behaviour.backup_records import (
    DAY,
    AnywhereServer,
    Policy,
    RestoreJob,
    RestorePoint,
    ServerPolicy,
    invalid,
    moment,
    points_of,
    the_server_policy,
)
from clc_simulator.clock import Seconds
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.world import World

Json = dict[str, Any]

POINTS_A_PAGE = 100
MOST_DAYS, MOST_REPORT_DAYS = 100, 366
"""Days between the dates of a query: for restore points by clcv2, for their report a year as documented."""

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
_SUMMARY = [
    "Server Id",
    "Server Policy Id",
    "Server Policy Status",
    "Storage Region",
    "Account Policy Name",
    "Account Policy Id",
    "Account Policy Status",
    "OS Type",
    "Protected Files",
    "Protected Bytes",
    "Latest Backup Status",
    "Latest Backup Start Time",
    "Latest Backup Finished Time",
    "Latest Files Transferred To Storage",
    "Latest Bytes Transferred To Storage",
    "Latest Files Failed To Transfer To Storage",
    "Latest Bytes Failed To Transfer To Storage",
    "Latest Files Removed From Disk",
    "Latest Bytes Removed From Disk",
    "Latest Unchanged Files Not Transferred",
    "Latest Unchanged Bytes Not Transferred",
]
_RESTORES = [
    "Server Id",
    "Server Policy Id",
    "Restore Point Id",
    "Storage Region",
    "Restore Status",
    "Restore Start Time",
    "Restore Latest Progress Time",
    "Restore Finished Time",
    "Protected Data Bytes Restored",
    "Protected Data Bytes Failed To Restore",
    "Number Of Critical Errors",
    "Files Transferred From Storage",
    "Bytes Transferred From Storage",
    "Files Failed Transfer From Storage",
    "Files Failed Transfer From Storage Due To S3 Throttling",
    "Files Failed Transfer From Storage Due To S3 Unavailable",
    "Files Failed Applying Attributes",
    "Directories Restored",
    "Directories Failed To Restore",
    "Number Of Messages",
    "Messages",
]


def _check_span(query: Json, most: int) -> None:
    """Raise Problem (400) where the dates of a query are the wrong way round or too far apart."""
    first, last = (query.get(f"backupFinished{end}Date") for end in ("Start", "End"))
    if first is None or last is None:
        return
    days = (moment(last) - moment(first)) / DAY
    if not 0 <= days <= most:
        raise invalid(f"backupFinishedEndDate: {last} is not within {most} days after {first}.")


@operation("listBackupRestorePoints")
def list_points(call: Call) -> Reply:
    """Answer a page of the restore points of a server policy that were finished within a span of days."""
    row = the_server_policy(call)
    _check_span(call.query, MOST_DAYS)
    rows = [_view(point) for point in points_of(call.world, row, call.query)]
    return page(call, rows, POINTS_A_PAGE, _SORTS, ends_at_zero=True)


def _view(point: RestorePoint) -> Json:
    return {
        "restorePointId": point.id,
        "policyId": point.server_policy,
        "retentionDays": point.retention_days,
        "backupFinishedDate": _iso(point.finished),
        "retentionExpiredDate": _iso(point.expires),
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
        "backupStartedDate": _iso(point.started),
    }


@operation("getBackupStoredData")
def stored_data(call: Call) -> Reply:
    """Answer what was stored at the end of a day: all points finished by then and not expired. Amounts are texts."""
    row, end = the_server_policy(call), moment(call.query["searchDate"]) + DAY
    points = call.world[RestorePoint].by("server_policy", row.id)
    size = sum(point.size for point in points if point.finished < end < point.expires + DAY)
    return Reply({"gigabytesStored": f"{size / 2**30:.3f}", "bytesStored": str(size)})


# Reports


def _csv(columns: list[str], rows: Iterable[list[Any]]) -> Reply:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    headers = {"Content-Disposition": "attachment; filename=report.csv"}
    return Reply(text.getvalue(), media="text/plain", headers=headers)


def _summary_row(world: World, row: ServerPolicy, point: RestorePoint | None) -> list[Any]:
    policy = world[Policy][row.policy]
    facts = [_told(world, row), row.id, row.status, row.region, policy.name, policy.id, policy.status, policy.os_type]
    if point is None:
        return facts + [""] * (len(_SUMMARY) - len(facts))
    protected = [point.files + point.unchanged_files, point.size + point.unchanged_size, point.status]
    times = [f"{datetime.fromtimestamp(at, UTC):%Y%m%d %H:%M:%S}" for at in (point.started, point.finished)]
    return [
        *facts,
        *protected,
        *times,
        point.files,
        point.size,
        0,
        0,
        0,
        0,
        point.unchanged_files,
        point.unchanged_size,
    ]


def _told(world: World, row: ServerPolicy) -> str:
    """Return the Server Id of a report: of a server from anywhere its name, a colon and its id."""
    away = world[AnywhereServer].get(row.server)
    return f"{away.name}:{away.id}" if away else row.server


@operation("getBackupSummaryReport")
def summary_report(call: Call) -> Reply:
    """Answer a line for each server policy with its latest backup."""
    wanted = call.query.get("withServerPolicyStatus")
    rows = []
    for row in call.world[ServerPolicy]:
        if row.account == call.alias and (not wanted or row.status in wanted):
            points = call.world[RestorePoint].by("server_policy", row.id)
            rows.append(_summary_row(call.world, row, points[-1] if points else None))
    return _csv(_SUMMARY, rows)


@operation("getBackupRestorePointsReport")
def points_report(call: Call) -> Reply:
    """Answer a line for each restore point of a server policy; all of them where no date is given."""
    row = the_server_policy(call)
    _check_span(call.query, MOST_REPORT_DAYS)
    return _csv(_SUMMARY, [_summary_row(call.world, row, point) for point in points_of(call.world, row, call.query)])


@operation("getBackupRestoreJobsReport")
def restores_report(call: Call) -> Reply:
    """Answer a line for each restore; only a seed has any, since restores are started at the agent."""
    return _csv(_RESTORES, [_restore_row(call.world, job) for job in call.world[RestoreJob] if _is_of(call, job)])


def _is_of(call: Call, job: RestoreJob) -> bool:
    return call.world[ServerPolicy][job.server_policy].account == call.alias


def _restore_row(world: World, job: RestoreJob) -> list[Any]:
    row = world[ServerPolicy][job.server_policy]
    finished = "" if job.finished is None else _iso(job.finished)
    facts = [_told(world, row), row.id, job.restore_point, row.region, job.status, _iso(job.started)]
    return [*facts, finished or _iso(job.started), finished, job.size, 0, 0, 1, job.size, 0, 0, 0, 0, 1, 0, 0, ""]


def _iso(at: Seconds) -> str:
    """Return a moment as this service writes it: with milliseconds."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S}.{int(at % 1 * 1000):03d}Z"
