# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports of the database service: data centers, charges, history, and promotions.

Decisions:
  - Charges are generated; the history has no limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from clc_simulator.core.accounts import Account
from clc_simulator.core.clock import utc
from clc_simulator.core.entities import World, entity
from clc_simulator.core.models import DataCenter
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.sections import section
from clc_simulator.services.database._shared import CLOSED, DELETED, Action, Database, all_of, find_database

Json = dict[str, Any]

_CPU, _MEMORY, _STORAGE = 0.05, 0.03, 0.0004
"""Dollars per hour for a CPU, a GB of memory, and a GB of storage; invented."""
_HOURS = 720


@entity("databasePromotions", indexes=("account",))
@dataclass(frozen=True, slots=True)
class Promotion:
    """A promotion of an account; id is ACCOUNT/CODE."""

    id: str
    account: str
    code: str


@operation("listRdbsDatacenters")
def list_data_centers(request: RequestContext) -> HandlerResponse:
    """Return the data centers by code; UC1 is not active for new subscriptions, as in the contract's example."""
    data_centers = sorted(request.world[DataCenter], key=lambda data_center: data_center.id)
    return HandlerResponse(
        [
            {"dataCenter": data_center.id, "friendlyName": data_center.name, "active": data_center.id not in CLOSED}
            for data_center in data_centers
        ]
    )


def _asked(request: RequestContext) -> Database | None:
    """Return the database of a report, or None for all databases. Raise ApiError (404)."""
    requested = request.parameter("subscriptionId")
    return None if requested is None else find_database(request.world, request.alias, requested)


def _hourly(database: Database) -> float:
    return len(database.servers) * (database.cpu * _CPU + database.memory * _MEMORY + database.storage * _STORAGE)


def _hours_this_month(world: World, database: Database) -> float:
    now = utc(world.now)
    month = datetime(now.year, now.month, 1, tzinfo=UTC).timestamp()
    return (world.now - max(month, min(database.created, world.now))) / 3600


@operation("getRdbsBilling")
def get_billing(request: RequestContext) -> HandlerResponse:
    """Return the charges of one database, or of all databases that are not deleted."""
    asked = _asked(request)
    databases = [asked] if asked else all_of(request.world, request.alias)
    databases = [database for database in databases if database.status != DELETED]
    hour = sum(map(_hourly, databases))
    month = sum(_hourly(database) * _hours_this_month(request.world, database) for database in databases)
    return HandlerResponse(
        {
            "productCode": None,
            "metadata": {},
            "monthlyEstimate": f"${hour * _HOURS:.2f}",
            "monthToDate": f"${month:.2f}",
            "currentHour": f"${hour:.2f}",
        }
    )


@operation("listRdbsHistory")
def list_history(request: RequestContext) -> HandlerResponse:
    """Return the history, newest first as in the example."""
    asked = _asked(request)
    actions = [
        action
        for action in request.world[Action].find_by("account", request.alias)
        if not asked or action.database == asked.id
    ]
    return HandlerResponse(
        [
            {
                "timestamp": int(action.at * 1000),
                "message": action.message,
                "details": action.details,
                "user": action.by,
            }
            for action in reversed(actions)
        ]
    )


@operation("listRdbsPromotions")
def list_promotions(request: RequestContext) -> HandlerResponse:
    """Return the promotions of the account, as an array."""
    return HandlerResponse(
        [{"code": promotion.code} for promotion in request.world[Promotion].find_by("account", request.alias)]
    )


@section("account", "database_promotions", {"type": "array", "items": {"type": "string"}})
def load_promotions(world: World, owner: Account, codes: list[str]) -> None:
    """Load the promotions of an account by their codes."""
    for code in codes:
        world[Promotion].add(Promotion(f"{owner.id}/{code}", owner.id, code))
