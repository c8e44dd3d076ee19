# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Billing estimates: charges of a group with its subgroups, the total of the account, and the unit prices of servers.

API behavior (groups.yaml): all amounts are estimates, and no response names a currency (invoices are in dollars). The charges of
a group are flat maps over all subgroups: groups by id, and servers by id in lower case, sorted by id. Total and unit prices are
only documented by the vendor's .NET library, so each of their properties may be missing. The path of the unit prices is the
server's link billing; it has the same form for each server, so the server itself is not read.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.pool import map_concurrently
from ...kit.naming import to_snake_case, with_keys
from ...kit.resource import Entity
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
# Sums are rounded to the precision of the amounts, to hide errors of floating point arithmetic.
_DIGITS = 4


def gather_billing(task: Task) -> list[dict[str, t.Any]]:
    """Return the charges of the selected groups, the unit prices of servers, or else the total of the account."""
    if task.option("group") is not None:
        return _group_charges(task)
    if task.option("server_ids") is not None:
        return _server_prices(task)
    return _account_total(task)


def _to_result(task: Task, scope: str, values: Entity) -> dict[str, t.Any]:
    return with_keys({**values, "scope": scope, "account_alias": task.account}, _KEYS)


def _account_total(task: Task) -> list[dict[str, t.Any]]:
    billing = task.read(paths.BILLING_TOTAL(task.account))
    if billing is None:
        return []
    total = with_keys(to_snake_case(billing.get("total") or {}), _TOTAL)
    return [_to_result(task, "account", {"date": billing.get("date"), "total": total})]


def _server_prices(task: Task) -> list[dict[str, t.Any]]:
    """Return the unit prices of servers; unknown servers are omitted. Sends one request per server, a limited number at a time."""
    server_ids = list(dict.fromkeys(str(server_id).lower() for server_id in task.option("server_ids")))
    responses = map_concurrently(task.read, [paths.SERVER_PRICING(task.account, server_id) for server_id in server_ids])
    return [
        _to_result(task, "server", {"server_id": server_id, "unit_prices": with_keys(to_snake_case(prices), _PRICES)})
        for server_id, prices in zip(server_ids, responses, strict=True)
        if prices is not None
    ]


def _group_charges(task: Task) -> list[dict[str, t.Any]]:
    """Return the charges of the selected groups. Sends one request per group, in addition to two that find the groups."""
    results = []
    for place in select_groups(task):
        response = task.client.follow(place.group, "billing")
        if response is not None:
            groups = _groups(response.body.get("groups") or {})
            values = {"date": response.body.get("date"), "data_center": task.data_center, "groups": groups}
            results.append(_to_result(task, "group", {**values, **group_result(place), "total": _sum(groups)}))
    return results


def _groups(groups: t.Mapping[str, Entity]) -> dict[str, t.Any]:
    """Return the charges by group and server; keys that are ids are not converted."""
    return {
        group_id: {
            "name": group.get("name"),
            "servers": {
                server_id: with_keys(to_snake_case(charges), _CHARGES)
                for server_id, charges in (group.get("servers") or {}).items()
            },
        }
        for group_id, group in groups.items()
    }


def _sum(groups: t.Mapping[str, Entity]) -> dict[str, t.Any]:
    """Return the sums over all servers, with the keys of an account's total; one-time charges of a group are not reported."""
    charges = [charge for group in groups.values() for charge in group["servers"].values()]
    sums = {name: round(sum((charge[name] or 0.0 for charge in charges), 0.0), _DIGITS) for name in _CHARGES}
    return with_keys(sums, _TOTAL)
