# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read-only information about an account in the relational database service: data centers, billing, history, promotions.

API behavior (rdbs.yaml, tag rdbsAccount): amounts are strings with a dollar sign; timestamps are milliseconds since 1970, and a
prototype of the user interface reads timeStamp instead of timestamp; the list of promotions may be a single object; the data
centers are the same for all accounts.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...kit.naming import to_snake_case, with_keys
from ...kit.task import Task
from . import _shared


def billing(task: Task, database_id: t.Any = None) -> dict[str, t.Any]:
    """Return the charges of a database or of the whole account: amounts in dollars as numbers, null if unreadable."""
    query = {} if database_id is None else {"subscriptionId": str(database_id)}
    charges = next(iter(_shared.read_list(task, paths.DATABASE_BILLING(task.account), **query)), {})
    return {
        "monthly_estimate": _dollars(charges.get("monthlyEstimate")),
        "month_to_date": _dollars(charges.get("monthToDate")),
        "current_hour": _dollars(charges.get("currentHour")),
        "product_code": charges.get("productCode"),
        "metadata": dict(charges.get("metadata") or {}),
    }


def _dollars(amount: t.Any) -> float | None:
    try:
        return float(str(amount).replace("$", "").replace(",", ""))
    except ValueError:
        return None


def history(task: Task, database_id: t.Any = None) -> list[dict[str, t.Any]]:
    """Return the change history of a database or of the whole account, newest first."""
    query = {} if database_id is None else {"subscriptionId": str(database_id)}
    entries = _shared.read_list(task, paths.DATABASE_HISTORY(task.account), **query)
    results = [
        {
            "time": _shared.format_timestamp(entry.get("timestamp", entry.get("timeStamp"))),
            **with_keys(entry, ("message", "details", "user")),
        }
        for entry in entries
    ]
    return sorted(results, key=lambda result: str(result["time"]), reverse=True)


def gather_billing(task: Task) -> list[dict[str, t.Any]]:
    """Return the charges of all databases of the account, as a list of one."""
    return [billing(task)]


def gather_promotions(task: Task) -> list[dict[str, t.Any]]:
    """Return the promotions of the account, sorted by code."""
    promotions = _shared.read_list(task, paths.DATABASE_PROMOTIONS(task.account))
    return sorted((with_keys(item, ("code", "id")) for item in promotions), key=lambda item: str(item["code"]))


def gather_data_centers(task: Task) -> list[dict[str, t.Any]]:
    """Return the data centers of the service sorted by code, or the one selected by `data_center`."""
    code = task.option("data_center")
    data_centers = [to_snake_case(item) for item in _shared.read_list(task, paths.DATABASE_DATA_CENTERS())]
    results = [
        {"id": str(item["data_center"]).upper(), "name": item.get("friendly_name"), "active": item.get("active")}
        for item in data_centers
    ]
    matching = [result for result in results if code in (None, "") or result["id"] == code.upper()]
    return sorted(matching, key=lambda result: result["id"])
