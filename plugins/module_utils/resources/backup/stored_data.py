# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The stored backup data of a server: its restore points, and the amount of data on a date.

API behavior (simple-backup.yaml): both are read per server policy; dates are YYYY-MM-DD; the time window of restore points is at
most 100 days (clcv2), so a longer one needs several requests; a backup that has not finished ends at the start of 1970 (clcv2),
which is null in the result; amounts of data are strings.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import typing as t

from ...api import paths
from ...kit import problems
from ...kit.naming import to_snake_case, with_keys
from ...kit.resource import Entity
from ...kit.task import Task
from . import _shared

_MAX_DAYS = 100
_RESTORE_POINT_KEYS = (
    "id",
    "server_policy_id",
    "server_id",
    "policy_id",
    "policy_name",
    "storage_region",
    "status",
    "retention_days",
    "backup_started_date",
    "backup_finished_date",
    "retention_expired_date",
    "files_transferred_to_storage",
    "bytes_transferred_to_storage",
    "files_failed_transfer_to_storage",
    "bytes_failed_to_transfer",
    "unchanged_files_not_transferred",
    "unchanged_bytes_in_storage",
    "files_removed_from_disk",
    "bytes_in_storage_for_items_removed",
    "number_of_protected_files",
)


def parse_date(task: Task, option: str) -> datetime.date | None:
    """Return the value of an option as a date; None if it is omitted. Raises InvalidTaskError."""
    value = task.option(option)
    if value is None:
        return None
    try:
        return datetime.datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise problems.invalid_option(option, f"'{value}' is not a date", "Use the format YYYY-MM-DD.") from None


def parse_date_range(task: Task, max_days: int | None = None) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the options start_date and end_date. max_days: days between them. Raises InvalidTaskError."""
    first, last = parse_date(task, "start_date"), parse_date(task, "end_date")
    if first and last and last < first:
        raise problems.invalid_option("end_date", f"{last} is before {first}", "Use a date after start_date.")
    if first and last and max_days is not None and (last - first).days > max_days:
        raise problems.invalid_option(
            "end_date",
            f"{last} is more than {max_days} days after {first}",
            f"Use a date at most {max_days} days after start_date.",
        )
    return first, last


def _queries(first: datetime.date, last: datetime.date) -> t.Iterator[dict[str, str]]:
    """Return the query parameters of the requests for a range of dates, each with at most _MAX_DAYS days."""
    while first <= last:
        end = min(last, first + datetime.timedelta(days=_MAX_DAYS - 1))
        yield {"backupFinishedStartDate": str(first), "backupFinishedEndDate": str(end)}
        first = end + datetime.timedelta(days=1)


def gather_restore_points(task: Task) -> list[dict[str, t.Any]]:
    """Return the restore points of a server within a range of dates, oldest first."""
    first, last = parse_date_range(task)
    if first is None or last is None:
        raise AssertionError("both dates are required")
    retention = {"inRetentionOnly": "true"} if task.option("in_retention_only") else {}
    results = [
        _restore_point_to_result(policy, point)
        for policy in _shared.select_server_policies(task)
        for query in _queries(first, last)
        for point in _shared.read_all(task, _path(policy, paths.BACKUP_RESTORE_POINTS), **query, **retention)
    ]
    return sorted(results, key=lambda result: (result["backup_started_date"] or "", result["id"]))


def _path(server_policy: Entity, path: paths.Path) -> str:
    return path(server_policy["accountPolicyId"], server_policy["serverPolicyId"])


def _identity(server_policy: Entity) -> dict[str, t.Any]:
    """Return the result keys that identify a server policy."""
    return {
        "server_policy_id": server_policy["serverPolicyId"],
        "server_id": str(server_policy["serverId"]).lower(),
        "policy_id": server_policy["accountPolicyId"],
        "policy_name": server_policy["name"],
        "storage_region": server_policy["storageRegion"],
    }


def _restore_point_to_result(server_policy: Entity, point: Entity) -> dict[str, t.Any]:
    values = {
        **to_snake_case(point),
        **_identity(server_policy),
        "id": point.get("restorePointId"),
        "status": point.get("restorePointCreationStatus"),
    }
    if str(values.get("backup_finished_date")).startswith("1970-01-01"):
        values["backup_finished_date"] = None
    return with_keys(values, _RESTORE_POINT_KEYS)


def gather_stored_data(task: Task) -> list[dict[str, t.Any]]:
    """Return the amount of data that each server policy of a server had stored on a date."""
    date = parse_date(task, "date")
    return [
        {
            **_identity(policy),
            "date": str(date),
            **_amounts(_shared.read(task, _path(policy, paths.BACKUP_STORED_DATA), searchDate=str(date))),
        }
        for policy in _shared.select_server_policies(task)
    ]


def _amounts(stored_data: Entity) -> dict[str, t.Any]:
    return {
        "gigabytes_stored": float(stored_data.get("gigabytesStored") or 0),
        "bytes_stored": int(stored_data.get("bytesStored") or 0),
    }
