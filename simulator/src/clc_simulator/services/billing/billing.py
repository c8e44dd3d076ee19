# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Charges: simple functions of size and time, the same for all data centers.

Decisions:
  - Prices are generated, and the same for the same input. Invoices of any month have the current servers.
"""

from __future__ import annotations

import calendar
import math
from datetime import UTC, datetime
from typing import Any

from clc_simulator.core import inventory, models
from clc_simulator.core.clock import format_timestamp, parse_timestamp, utc
from clc_simulator.core.entities import World
from clc_simulator.core.errors import not_found
from clc_simulator.core.models import Group, Server
from clc_simulator.core.operations import PRIVATE_CACHE, HandlerResponse, RequestContext, operation
from clc_simulator.services.server import server_from_path

Json = dict[str, Any]

HOURLY = {"cpu": 0.01, "memoryGB": 0.015, "storageGB": 0.0002, "managedOS": 0.04}
"""Dollars per hour and unit."""
_HOURS = 720
_PUBLIC_ADDRESS = 17.73


def _hour(server: Server) -> float:
    if server.status == models.ARCHIVED:
        return 0.0
    running = (
        server.cpu * HOURLY["cpu"] + server.memory_mb / 1024 * HOURLY["memoryGB"] if server.power == "started" else 0.0
    )
    return running + server.storage_gb * HOURLY["storageGB"] + (HOURLY["managedOS"] if server.managed_os else 0.0)


def _charges(world: World, server: Server) -> Json:
    now = utc(world.now)
    month = datetime(now.year, now.month, 1, tzinfo=UTC).timestamp()
    hours = (world.now - max(month, min(parse_timestamp(server.created), world.now))) / 3600
    archive = server.storage_gb * HOURLY["storageGB"] * _HOURS if server.status == models.ARCHIVED else 0.0
    return {
        "templateCost": 0.0,
        "archiveCost": round(archive, 2),
        "monthlyEstimate": round(_hour(server) * _HOURS, 2),
        "monthToDate": round(_hour(server) * hours, 2),
        "currentHour": round(_hour(server), 4),
    }


def _billed(world: World, group: Group) -> list[Server]:
    return [server for server in inventory.servers_in(world, group) if server.status != models.UNDER_CONSTRUCTION]


@operation("getGroupBilling", cache_control=PRIVATE_CACHE)
def get_group_billing(request: RequestContext) -> HandlerResponse:
    """Return the charges of each server in each group of a tree; both keyed by id and sorted by it."""
    group = inventory.find_group(request.world, request.alias, request.path["groupId"])
    groups = {
        below.id: {
            "name": below.name,
            "servers": {server.id: _charges(request.world, server) for server in _billed(request.world, below)},
        }
        for below in inventory.subtree(request.world, group)
    }
    return HandlerResponse({"date": request.now, "groups": dict(sorted(groups.items()))})


@operation("getServerPricing")
def get_server_pricing(request: RequestContext) -> HandlerResponse:
    """Return the unit prices of a server."""
    server = server_from_path(request)
    return HandlerResponse({**HOURLY, "managedOS": HOURLY["managedOS"] if server.managed_os else 0.0})


@operation("getAccountBillingTotal")
def get_account_billing_total(request: RequestContext) -> HandlerResponse:
    """Return the sums over all servers of the account."""
    servers = [
        server
        for server in request.world[Server]
        if server.account == request.alias and server.status != models.REQUESTED
    ]
    charges = [_charges(request.world, server) for server in servers]
    names = ("templateCost", "archiveCost", "monthlyEstimate", "monthToDate", "currentHour")
    total = {name: round(math.fsum(item[name] for item in charges), 4) for name in names}
    return HandlerResponse(
        {"date": request.now, "accountAlias": request.alias, "total": {**total, "oneTimeCharges": 0.0}}
    )


@operation("getInvoice")
def get_invoice(request: RequestContext) -> HandlerResponse:
    """Return the estimate of a month: one line for each group with servers, one for public addresses.

    The present servers stand for those of any month since their making; 404 for a month that has not started.
    """
    year, month = int(request.path["year"]), int(request.path["month"])
    begin = datetime(year, month, 1, tzinfo=UTC).timestamp()
    if begin > request.world.now:
        raise not_found(f"There is no invoice for {year}/{month} yet.")
    end = begin + calendar.monthrange(year, month)[1] * 86400
    account = request.account
    assert account is not None
    lines = _lines(request, end)
    payer = request.query.get("pricingAccountAlias") or request.query.get("pricingAccount") or request.alias
    view: Json = {
        "id": f"{request.alias}{int(begin):08X}",
        "terms": "Net 30",
        "companyName": account.business_name,
        "accountAlias": request.alias,
        "pricingAccountAlias": payer.upper(),
    }
    if account.parent is not None:
        view["parentAccountAlias"] = account.parent
    address = account.address
    names = {"addressLine1": "address1", "city": "city", "stateProvince": "stateProvince", "postalCode": "postalCode"}
    view |= {property_name: address[name] for name, property_name in names.items() if name in address}
    view |= {"billingContactEmail": f"billing@{request.alias.lower()}.example", "invoiceCCEmail": ""}
    total = round(math.fsum(line["itemTotal"] for line in lines), 2)
    return HandlerResponse({**view, "totalAmount": total, "invoiceDate": format_timestamp(end), "lineItems": lines})


def _lines(request: RequestContext, end: float) -> list[Json]:
    lines = []
    for group in request.world[Group]:
        if group.account != request.alias:
            continue
        servers = [server for server in _billed(request.world, group) if parse_timestamp(server.created) < end]
        costs: list[Json] = [
            {"description": server.id.upper(), "cost": round(_hour(server) * _HOURS, 2)} for server in servers
        ]
        if costs:
            total = round(math.fsum(cost["cost"] for cost in costs), 2)
            lines.append(_line(1, f"Server Group: {group.name} - {group.data_center}", total, group.data_center, costs))
        public = sum(1 for server in servers for entry in server.ip_addresses if "public" in entry)
        if public:
            description = f"External IP Address ({group.data_center})"
            lines.append(_line(public, description, _PUBLIC_ADDRESS, group.data_center, []))
    return lines


def _line(quantity: int, description: str, unit: float, data_center_code: str, details: list[Json]) -> Json:
    return {
        "quantity": quantity,
        "description": description,
        "unitCost": unit,
        "itemTotal": round(unit * quantity, 2),
        "serviceLocation": data_center_code,
        "itemDetails": details,
    }
