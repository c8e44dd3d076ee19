# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the backup service has stored of a server: its restore points, and how much it had on a day.

Facts (contract simple-_shared.yaml): both are read for one server policy; days are YYYY-MM-DD; a span of restore points may not
be longer than 100 days (clcv2), so a longer one is read in parts; a backup that has not finished ends at the start of 1970
(clcv2), which is shown as null; amounts of stored data are texts.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import typing as t

from ...api import paths
from ...api.errors import ConfigurationError
from ...kit.declaration import Entity
from ...kit.shape import filled, snaked
from ...kit.task import Task
from . import _shared

_LONGEST_DAYS = 100
_POINT_KEYS = (
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


def day_of(task: Task, option: str) -> datetime.date | None:
    """Return an option as a day; None where it was not given. Raises ConfigurationError."""
    text = task.option(option)
    if text is None:
        return None
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise ConfigurationError(
            f"'{text}' is no day", action="use", thing=option, remedy="Write it as YYYY-MM-DD."
        ) from None


def span_of(task: Task, most: int | None = None) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the options start_date and end_date. most: days between them. Raises ConfigurationError."""
    first, last = day_of(task, "start_date"), day_of(task, "end_date")
    if first and last and (last < first or (most is not None and (last - first).days > most)):
        raise ConfigurationError(
            f"{last} is before {first}" if last < first else f"{last} is more than {most} days after {first}",
            action="use",
            thing="end_date",
            remedy="Give another day.",
        )
    return first, last


def _parts(first: datetime.date, last: datetime.date) -> t.Iterator[dict[str, str]]:
    """Return a span of days in parts that the service takes, as query parameters."""
    while first <= last:
        end = min(last, first + datetime.timedelta(days=_LONGEST_DAYS - 1))
        yield {"backupFinishedStartDate": str(first), "backupFinishedEndDate": str(end)}
        first = end + datetime.timedelta(days=1)


def found_restore_points(task: Task) -> list[dict[str, t.Any]]:
    """Return the restore points of a server within a span of days, oldest first."""
    first, last = span_of(task)
    if first is None or last is None:
        raise AssertionError("both days are required")
    kept = {"inRetentionOnly": "true"} if task.option("in_retention_only") else {}
    found = [
        _shown(policy, point)
        for policy in _shared.meant(task)
        for days in _parts(first, last)
        for point in _shared.read_all(task, _below(policy, paths.BACKUP_RESTORE_POINTS), **days, **kept)
    ]
    return sorted(found, key=lambda one: (one["backup_started_date"] or "", one["id"]))


def _below(policy: Entity, path: paths.Path) -> str:
    return path(policy["accountPolicyId"], policy["serverPolicyId"])


def _told(policy: Entity) -> dict[str, t.Any]:
    """Return what names a server policy in a result."""
    return {
        "server_policy_id": policy["serverPolicyId"],
        "server_id": str(policy["serverId"]).lower(),
        "policy_id": policy["accountPolicyId"],
        "policy_name": policy["name"],
        "storage_region": policy["storageRegion"],
    }


def _shown(policy: Entity, point: Entity) -> dict[str, t.Any]:
    values = {
        **snaked(point),
        **_told(policy),
        "id": point.get("restorePointId"),
        "status": point.get("restorePointCreationStatus"),
    }
    if str(values.get("backup_finished_date")).startswith("1970-01-01"):
        values["backup_finished_date"] = None
    return filled(values, _POINT_KEYS)


def found_stored_data(task: Task) -> list[dict[str, t.Any]]:
    """Return what each server policy of a server had stored on a day."""
    day = day_of(task, "date")
    return [
        {
            **_told(policy),
            "date": str(day),
            **_amounts(_shared.read(task, _below(policy, paths.BACKUP_STORED_DATA), searchDate=str(day))),
        }
        for policy in _shared.meant(task)
    ]


def _amounts(entity: Entity) -> dict[str, t.Any]:
    return {
        "gigabytes_stored": float(entity.get("gigabytesStored") or 0),
        "bytes_stored": int(entity.get("bytesStored") or 0),
    }
