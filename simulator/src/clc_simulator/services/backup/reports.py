# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The reports of the backup service, in CSV.

Decisions:
  - Restores are only in a seed, since they are started at the agent.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from clc_simulator.core.clock import format_utc
from clc_simulator.core.entities import World
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.backup._shared import (
    AnywhereServer,
    Policy,
    RestoreJob,
    RestorePoint,
    ServerPolicy,
    server_policy_from_path,
)
from clc_simulator.services.backup.restore_point import check_span, format_with_milliseconds, points_of

Json = dict[str, Any]

MAX_DAYS = 366
"""Days between the dates of a query of the report of restore points: a year, as documented."""

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


def _csv(columns: list[str], rows: Iterable[list[Any]]) -> HandlerResponse:
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows([columns, *rows])
    headers = {"Content-Disposition": "attachment; filename=report.csv"}
    return HandlerResponse(output.getvalue(), media="text/plain", headers=headers)


def _summary_row(world: World, server_policy: ServerPolicy, point: RestorePoint | None) -> list[Any]:
    policy = world[Policy][server_policy.policy]
    columns = [
        _report_server_id(world, server_policy),
        server_policy.id,
        server_policy.status,
        server_policy.region,
        policy.name,
        policy.id,
        policy.status,
        policy.os_type,
    ]
    if point is None:
        return columns + [""] * (len(_SUMMARY) - len(columns))
    protected = [point.files + point.unchanged_files, point.size + point.unchanged_size, point.status]
    times = [format_utc(time, "%Y%m%d %H:%M:%S") for time in (point.started, point.finished)]
    return [
        *columns,
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


def _report_server_id(world: World, server_policy: ServerPolicy) -> str:
    """Return the Server Id of a report: for an external server NAME:ID."""
    anywhere_server = world[AnywhereServer].get(server_policy.server)
    return f"{anywhere_server.name}:{anywhere_server.id}" if anywhere_server else server_policy.server


@operation("getBackupSummaryReport")
def summary_report(request: RequestContext) -> HandlerResponse:
    """Return a line for each server policy with its latest backup."""
    requested = request.query.get("withServerPolicyStatus")
    rows = []
    for server_policy in request.world[ServerPolicy]:
        if server_policy.account == request.alias and (not requested or server_policy.status in requested):
            points = request.world[RestorePoint].find_by("server_policy", server_policy.id)
            rows.append(_summary_row(request.world, server_policy, points[-1] if points else None))
    return _csv(_SUMMARY, rows)


@operation("getBackupRestorePointsReport")
def points_report(request: RequestContext) -> HandlerResponse:
    """Return a line for each restore point of a server policy; all restore points without dates."""
    server_policy = server_policy_from_path(request)
    check_span(request.query, MAX_DAYS)
    return _csv(
        _SUMMARY,
        [
            _summary_row(request.world, server_policy, point)
            for point in points_of(request.world, server_policy, request.query)
        ],
    )


@operation("getBackupRestoreJobsReport")
def restores_report(request: RequestContext) -> HandlerResponse:
    """Return a line for each restore; restores are started at the agent, so they exist in seeds only."""
    return _csv(
        _RESTORES,
        [_restore_row(request.world, job) for job in request.world[RestoreJob] if _is_of_account(request, job)],
    )


def _is_of_account(request: RequestContext, job: RestoreJob) -> bool:
    return request.world[ServerPolicy][job.server_policy].account == request.alias


def _restore_row(world: World, job: RestoreJob) -> list[Any]:
    server_policy = world[ServerPolicy][job.server_policy]
    finished = "" if job.finished is None else format_with_milliseconds(job.finished)
    columns = [
        _report_server_id(world, server_policy),
        server_policy.id,
        job.restore_point,
        server_policy.region,
        job.status,
        format_with_milliseconds(job.started),
    ]
    return [
        *columns,
        finished or format_with_milliseconds(job.started),
        finished,
        job.size,
        0,
        0,
        1,
        job.size,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        "",
    ]
