# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Charges: simple functions of size and time, the same for all data centers."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from typing import Any

from clc_simulator import estate
from clc_simulator.behaviour.servers import the_server
from clc_simulator.clock import parse, stamp
from clc_simulator.estate import Group, Server
from clc_simulator.operations import PRIVATE_CACHE, Call, Reply, operation
from clc_simulator.problems import Problem
from clc_simulator.world import World

Json = dict[str, Any]

HOURLY = {"cpu": 0.01, "memoryGB": 0.015, "storageGB": 0.0002, "managedOS": 0.04}
"""Dollars an hour for a unit of each."""
_HOURS = 720
_PUBLIC_ADDRESS = 17.73


def _hour(row: Server) -> float:
    if row.status == estate.ARCHIVED:
        return 0.0
    running = row.cpu * HOURLY["cpu"] + row.memory_mb / 1024 * HOURLY["memoryGB"] if row.power == "started" else 0.0
    return running + row.storage_gb * HOURLY["storageGB"] + (HOURLY["managedOS"] if row.managed_os else 0.0)


def _charges(world: World, row: Server) -> Json:
    now = datetime.fromtimestamp(world.now, UTC)
    month = datetime(now.year, now.month, 1, tzinfo=UTC).timestamp()
    hours = (world.now - max(month, min(parse(row.created), world.now))) / 3600
    archive = row.storage_gb * HOURLY["storageGB"] * _HOURS if row.status == estate.ARCHIVED else 0.0
    return {
        "templateCost": 0.0,
        "archiveCost": round(archive, 2),
        "monthlyEstimate": round(_hour(row) * _HOURS, 2),
        "monthToDate": round(_hour(row) * hours, 2),
        "currentHour": round(_hour(row), 4),
    }


def _billed(world: World, group: Group) -> list[Server]:
    return [row for row in estate.servers_in(world, group) if row.status != estate.UNDER_CONSTRUCTION]


@operation("getGroupBilling", cache=PRIVATE_CACHE)
def get_group_billing(call: Call) -> Reply:
    """Answer the charges of each server in each group of a tree; both keyed by id and sorted by it."""
    group = estate.find_group(call.world, call.alias, call.path["groupId"])
    groups = {
        below.id: {
            "name": below.name,
            "servers": {row.id: _charges(call.world, row) for row in _billed(call.world, below)},
        }
        for below in estate.subtree(call.world, group)
    }
    return Reply({"date": call.now, "groups": dict(sorted(groups.items()))})


@operation("getServerPricing")
def get_server_pricing(call: Call) -> Reply:
    """Answer the unit prices of a server."""
    row = the_server(call)
    return Reply({**HOURLY, "managedOS": HOURLY["managedOS"] if row.managed_os else 0.0})


@operation("getAccountBillingTotal")
def get_account_billing_total(call: Call) -> Reply:
    """Answer the sums over all servers of the account."""
    rows = [row for row in call.world[Server] if row.account == call.alias and row.status != estate.REQUESTED]
    charges = [_charges(call.world, row) for row in rows]
    names = ("templateCost", "archiveCost", "monthlyEstimate", "monthToDate", "currentHour")
    total = {name: round(sum(item[name] for item in charges), 4) for name in names}
    return Reply({"date": call.now, "accountAlias": call.alias, "total": {**total, "oneTimeCharges": 0.0}})


@operation("getInvoice")
def get_invoice(call: Call) -> Reply:
    """Answer the estimate of a month: one line for each group with servers, one for public addresses.

    The present servers stand for those of any month since their making; 404 for a month that has not begun.
    """
    year, month = int(call.path["year"]), int(call.path["month"])
    begin = datetime(year, month, 1, tzinfo=UTC).timestamp()
    if begin > call.world.now:
        raise Problem(404, {"message": f"There is no invoice for {year}/{month} yet."})
    end = begin + calendar.monthrange(year, month)[1] * 86400
    account = call.account
    assert account is not None
    lines = _lines(call, end)
    payer = call.query.get("pricingAccountAlias") or call.query.get("pricingAccount") or call.alias
    view: Json = {
        "id": f"{call.alias}{int(begin):08X}",
        "terms": "Net 30",
        "companyName": account.business_name,
        "accountAlias": call.alias,
        "pricingAccountAlias": payer.upper(),
    }
    if account.parent is not None:
        view["parentAccountAlias"] = account.parent
    address = account.address
    names = {"addressLine1": "address1", "city": "city", "stateProvince": "stateProvince", "postalCode": "postalCode"}
    view |= {shown: address[name] for name, shown in names.items() if name in address}
    view |= {"billingContactEmail": f"billing@{call.alias.lower()}.example", "invoiceCCEmail": ""}
    total = round(sum(line["itemTotal"] for line in lines), 2)
    return Reply({**view, "totalAmount": total, "invoiceDate": stamp(end), "lineItems": lines})


def _lines(call: Call, end: float) -> list[Json]:
    lines = []
    for group in call.world[Group]:
        if group.account != call.alias:
            continue
        rows = [row for row in _billed(call.world, group) if parse(row.created) < end]
        costs: list[Json] = [{"description": row.id.upper(), "cost": round(_hour(row) * _HOURS, 2)} for row in rows]
        if costs:
            total = round(sum(cost["cost"] for cost in costs), 2)
            lines.append(_line(1, f"Server Group: {group.name} - {group.data_center}", total, group.data_center, costs))
        public = sum(1 for row in rows for entry in row.ip_addresses if "public" in entry)
        if public:
            text = f"External IP Address ({group.data_center})"
            lines.append(_line(public, text, _PUBLIC_ADDRESS, group.data_center, []))
    return lines


def _line(quantity: int, description: str, unit: float, code: str, details: list[Json]) -> Json:
    return {
        "quantity": quantity,
        "description": description,
        "unitCost": unit,
        "itemTotal": round(unit * quantity, 2),
        "serviceLocation": code,
        "itemDetails": details,
    }
