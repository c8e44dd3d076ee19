# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the relational database service tells of an account: data centers, charges, history, promotions. They can only be read.

Facts (contract rdbs.yaml, tag rdbsAccount): amounts are texts with a dollar sign; moments are milliseconds since 1970, and a
prototype of the user interface reads timeStamp in the place of timestamp; the list of promotions may be a single object; the
data centers are the same for all accounts.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...kit.shape import filled, snaked
from ...kit.task import Task
from . import _shared


def billing(task: Task, own_id: t.Any = None) -> dict[str, t.Any]:
    """Return the charges of a database or of the whole account: amounts in dollars as numbers, null where unreadable."""
    query = {} if own_id is None else {"subscriptionId": str(own_id)}
    found = next(iter(_shared.read_list(task, paths.DATABASE_BILLING(task.account), **query)), {})
    return {
        "monthly_estimate": _dollars(found.get("monthlyEstimate")),
        "month_to_date": _dollars(found.get("monthToDate")),
        "current_hour": _dollars(found.get("currentHour")),
        "product_code": found.get("productCode"),
        "metadata": dict(found.get("metadata") or {}),
    }


def _dollars(amount: t.Any) -> float | None:
    try:
        return float(str(amount).replace("$", "").replace(",", ""))
    except ValueError:
        return None


def history(task: Task, own_id: t.Any = None) -> list[dict[str, t.Any]]:
    """Return what was done to a database or to all of the account, newest first."""
    query = {} if own_id is None else {"subscriptionId": str(own_id)}
    entries = _shared.read_list(task, paths.DATABASE_HISTORY(task.account), **query)
    moments = [one.get("timestamp", one.get("timeStamp")) for one in entries]
    shown = [
        {"time": _shared.told_moment(moment), **filled(one, ("message", "details", "user"))}
        for moment, one in zip(moments, entries, strict=True)
    ]
    return sorted(shown, key=lambda one: str(one["time"]), reverse=True)


def found_billing(task: Task) -> list[dict[str, t.Any]]:
    """Return the charges of the account's databases together, as a list of one."""
    return [billing(task)]


def found_promotions(task: Task) -> list[dict[str, t.Any]]:
    """Return the promotions of the account, by code."""
    found = [filled(one, ("code", "id")) for one in _shared.read_list(task, paths.DATABASE_PROMOTIONS(task.account))]
    return sorted(found, key=lambda one: str(one["code"]))


def found_data_centers(task: Task) -> list[dict[str, t.Any]]:
    """Return the data centers of the service by code, or the one that `data_center` names."""
    wanted = task.option("data_center")
    found = [snaked(one) for one in _shared.read_list(task, paths.DATABASE_DATA_CENTERS())]
    shown = [
        {"id": str(one["data_center"]).upper(), "name": one.get("friendly_name"), "active": one.get("active")}
        for one in found
    ]
    return sorted(
        (one for one in shown if wanted in (None, "") or one["id"] == wanted.upper()), key=lambda one: one["id"]
    )
