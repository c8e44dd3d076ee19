# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Charges: those of a group with all below it, the total of the account, and the unit prices of servers.

Facts (contract groups.yaml): all are estimates, and no answer names a currency (amounts of invoices are dollars); the charges of
a group are maps, groups by id and servers by id in lower case, the whole subtree flat and in the order of the ids; total and
unit prices are known from the vendor's .NET library alone, so each of their members may be missing. The unit prices are behind
a server's link billing, whose form is the same for every server, so the server itself is not read for it.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.pool import map_concurrently
from ...kit.declaration import Entity
from ...kit.shape import filled, snaked
from ...kit.task import Task
from ..server_group import group_result, select_groups

_CHARGES = ("template_cost", "archive_cost", "monthly_estimate", "month_to_date", "current_hour")
_TOTAL = (*_CHARGES, "one_time_charges")
_PRICES = ("cpu", "memory_gb", "storage_gb", "managed_os")
_KEYS = (
    "scope",
    "account_alias",
    "date",
    "data_center",
    "group_id",
    "group_path",
    "server_id",
    "total",
    "groups",
    "unit_prices",
)
# Sums of amounts are rounded to what the finest amount has, so that they do not end in the noise of floating point.
_DIGITS = 4


def found_billing(task: Task) -> list[dict[str, t.Any]]:
    """Return charges of the groups that are meant, unit prices of servers, or the account's total where neither is named."""
    if task.option("group") is not None:
        return _of_groups(task)
    if task.option("server_ids") is not None:
        return _of_servers(task)
    return _of_account(task)


def _shown(task: Task, scope: str, values: Entity) -> dict[str, t.Any]:
    return filled({**values, "scope": scope, "account_alias": task.account}, _KEYS)


def _of_account(task: Task) -> list[dict[str, t.Any]]:
    found = task.read(paths.BILLING_TOTAL(task.account))
    if found is None:
        return []
    total = filled(snaked(found.get("total") or {}), _TOTAL)
    return [_shown(task, "account", {"date": found.get("date"), "total": total})]


def _of_servers(task: Task) -> list[dict[str, t.Any]]:
    """One request for each server, through a bounded pool; those that are not there are left out."""
    names = list(dict.fromkeys(str(one).lower() for one in task.option("server_ids")))
    found = map_concurrently(task.read, [paths.SERVER_PRICING(task.account, one) for one in names])
    return [
        _shown(task, "server", {"server_id": name, "unit_prices": filled(snaked(prices), _PRICES)})
        for name, prices in zip(names, found, strict=True)
        if prices is not None
    ]


def _of_groups(task: Task) -> list[dict[str, t.Any]]:
    """One request for each group that is meant, beside the two that find them."""
    found = []
    for place in select_groups(task):
        answer = task.client.follow(place.group, "billing")
        if answer is not None:
            groups = _groups(answer.body.get("groups") or {})
            values = {"date": answer.body.get("date"), "data_center": task.data_center, "groups": groups}
            found.append(_shown(task, "group", {**values, **group_result(place), "total": _sum(groups)}))
    return found


def _groups(groups: t.Mapping[str, Entity]) -> dict[str, t.Any]:
    """Return the charges by group and server; the keys are ids, and stay as they are."""
    return {
        key: {
            "name": group.get("name"),
            "servers": {
                name: filled(snaked(charges), _CHARGES) for name, charges in (group.get("servers") or {}).items()
            },
        }
        for key, group in groups.items()
    }


def _sum(groups: t.Mapping[str, Entity]) -> dict[str, t.Any]:
    """Return the sums over all servers, with the keys of an account's total; the service tells nothing of one-time charges."""
    charges = [charge for group in groups.values() for charge in group["servers"].values()]
    sums = {name: round(sum((charge[name] or 0.0 for charge in charges), 0.0), _DIGITS) for name in _CHARGES}
    return filled(sums, _TOTAL)
