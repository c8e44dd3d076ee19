# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the database service tells of an account: data centers, charges, history, promotions; and what a seed holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from clc_simulator import clock
from clc_simulator.accounts import Account
from clc_simulator.behaviour import databases
from clc_simulator.behaviour.databases import Action, Database, Promotion
from clc_simulator.estate import DataCenter
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.seeding import section
from clc_simulator.seeds.errors import SeedError
from clc_simulator.world import World

Json = dict[str, Any]
_CPU, _MEMORY, _STORAGE = 0.05, 0.03, 0.0004
"""Dollars an hour for a CPU and for a GB of each; made up."""
_HOURS = 720


@operation("listRdbsDatacenters")
def list_data_centers(call: Call) -> Reply:
    """Answer the data centers by code; UC1 takes no new subscriptions, as in the contract's example."""
    centers = sorted(call.world[DataCenter], key=lambda center: center.id)
    return Reply(
        [{"dataCenter": one.id, "friendlyName": one.name, "active": one.id not in databases.CLOSED} for one in centers]
    )


def _asked(call: Call) -> Database | None:
    """Return the database that a report is asked of; None for the whole account. Raises Problem (404)."""
    wanted = call.shows("subscriptionId")
    return None if wanted is None else databases.find(call.world, call.alias, wanted)


def _hourly(row: Database) -> float:
    return len(row.servers) * (row.cpu * _CPU + row.memory * _MEMORY + row.storage * _STORAGE)


def _hours_this_month(world: World, row: Database) -> float:
    now = datetime.fromtimestamp(world.now, UTC)
    month = datetime(now.year, now.month, 1, tzinfo=UTC).timestamp()
    return (world.now - max(month, min(row.created, world.now))) / 3600


@operation("getRdbsBilling")
def get_billing(call: Call) -> Reply:
    """Answer the charges of one database, or of all that are not deleted."""
    asked = _asked(call)
    rows = [asked] if asked else databases.all_of(call.world, call.alias)
    rows = [row for row in rows if row.status != databases.DELETED]
    hour = sum(map(_hourly, rows))
    month = sum(_hourly(row) * _hours_this_month(call.world, row) for row in rows)
    return Reply(
        {
            "productCode": None,
            "metadata": {},
            "monthlyEstimate": f"${hour * _HOURS:.2f}",
            "monthToDate": f"${month:.2f}",
            "currentHour": f"${hour:.2f}",
        }
    )


@operation("listRdbsHistory")
def list_history(call: Call) -> Reply:
    """Answer what was done, newest first as in the example."""
    asked = _asked(call)
    rows = [row for row in call.world[Action].by("account", call.alias) if not asked or row.database == asked.id]
    return Reply(
        [
            {"timestamp": int(row.at * 1000), "message": row.message, "details": row.details, "user": row.by}
            for row in reversed(rows)
        ]
    )


@operation("listRdbsPromotions")
def list_promotions(call: Call) -> Reply:
    """Answer the promotions of the account, as an array."""
    return Reply([{"code": row.code} for row in call.world[Promotion].by("account", call.alias)])


# Seeds

_BACKUP = {
    "type": "object",
    "additionalProperties": False,
    "required": ["taken"],
    "properties": {
        "taken": {"$ref": "#/$defs/date"},
        "type": {"enum": ["Automated", "Manual"]},
        "status": {"enum": ["SUCCESS", "FAILED"]},
    },
}
_NOTIFICATION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["recipient"],
    "properties": {
        "recipient": {"type": "string", "pattern": "@"},
        "types": {"type": "array", "items": {"enum": ["CPU_UTILIZATION", "STORAGE_UTILIZATION"]}},
        "verified": {"type": "boolean"},
    },
}
_DATABASE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "data_center"],
    "properties": {
        "name": {"type": "string", "pattern": "^[A-Za-z0-9-]+$"},
        "data_center": {"$ref": "#/$defs/code"},
        "status": {
            "enum": [
                "Active", "Backing Up", "Configuring", "Deleted", "Failed", "Pending", "Ready", "Restoring", "Terminated",
                "Unknown",
            ]
        },
        "replicated": {"type": "boolean"},
        "cpu": {"$ref": "#/$defs/size"},
        "memory_gb": {"$ref": "#/$defs/size"},
        "storage_gb": {"$ref": "#/$defs/size"},
        "backup_retention_days": {"$ref": "#/$defs/size"},
        "backup_time": {"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5]?[0-9]$"},
        "created": {"$ref": "#/$defs/date"},
        "backups": {"type": "array", "items": _BACKUP},
        "notifications": {"type": "array", "items": _NOTIFICATION},
    },
}  # fmt: skip


@section("account", "databases", {"type": "array", "items": _DATABASE})
def plant_databases(world: World, owner: Account, described: list[Json]) -> None:
    """Plant the databases of an account. A status that a seed sets stays: no work is behind it."""
    for item in described:
        _plant_database(world, owner, item)


def _plant_database(world: World, owner: Account, item: Json) -> None:
    code = item["data_center"]
    if code.upper() not in world[DataCenter]:
        raise SeedError(f"databases: {item['name']} lies in {code}, which is not in the seed")
    hour, _, minute = item.get("backup_time", "0:0").partition(":")
    row = databases.make(
        world, owner.id, code, item["name"], item.get("replicated", False),
        status=item.get("status", databases.ACTIVE), cpu=item.get("cpu", 1), memory=item.get("memory_gb", 1),
        storage=item.get("storage_gb", 1), retention_days=item.get("backup_retention_days", 7), hour=int(hour),
        minute=int(minute), created=clock.parse(item["created"]) if "created" in item else world.now,
    )  # fmt: skip
    for backup in item.get("backups", []):
        kind, status = backup.get("type", "Automated"), backup.get("status", "SUCCESS")
        databases.add_backup(world, row, kind, status, clock.parse(backup["taken"]))
    for one in item.get("notifications", []):
        types = one.get("types", ["CPU_UTILIZATION", "STORAGE_UTILIZATION"])
        databases.add_notification(world, row, one["recipient"], types, one.get("verified", False))
    databases.note(world, row, "created", databases.SERVICE_USER, databases.sizes_told(row))


@section("account", "database_promotions", {"type": "array", "items": {"type": "string"}})
def plant_promotions(world: World, owner: Account, codes: list[str]) -> None:
    """Plant the promotions of an account by their codes."""
    for code in codes:
        world[Promotion].add(Promotion(f"{owner.id}/{code}", owner.id, code))
