# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The databases of a seed. A status that a seed sets does not change, since no operation is running."""

from __future__ import annotations

from typing import Any

from clc_simulator.core.accounts import Account
from clc_simulator.core.clock import parse_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.models import DataCenter
from clc_simulator.core.seeds.errors import SeedError
from clc_simulator.core.seeds.sections import section
from clc_simulator.services.database._shared import (
    ACTIVE,
    SERVICE_USER,
    add_backup,
    add_database,
    add_history_entry,
    format_sizes,
)
from clc_simulator.services.database.notification import add_notification

Json = dict[str, Any]

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
def load_databases(world: World, owner: Account, specs: list[Json]) -> None:
    """Load the databases of an account. A status that a seed sets does not change, since no operation is running."""
    for spec in specs:
        _load_database(world, owner, spec)


def _load_database(world: World, owner: Account, item: Json) -> None:
    data_center_code = item["data_center"]
    if data_center_code.upper() not in world[DataCenter]:
        raise SeedError(f"databases: {item['name']} lies in {data_center_code}, which is not in the seed")
    hour, _, minute = item.get("backup_time", "0:0").partition(":")
    database = add_database(
        world, owner.id, data_center_code, item["name"], item.get("replicated", False),
        status=item.get("status", ACTIVE), cpu=item.get("cpu", 1), memory=item.get("memory_gb", 1),
        storage=item.get("storage_gb", 1), retention_days=item.get("backup_retention_days", 7), hour=int(hour),
        minute=int(minute), created=parse_timestamp(item["created"]) if "created" in item else world.now,
    )  # fmt: skip
    for backup in item.get("backups", []):
        kind, status = backup.get("type", "Automated"), backup.get("status", "SUCCESS")
        add_backup(world, database, kind, status, parse_timestamp(backup["taken"]))
    for notification in item.get("notifications", []):
        types = notification.get("types", ["CPU_UTILIZATION", "STORAGE_UTILIZATION"])
        add_notification(world, database, notification["recipient"], types, notification.get("verified", False))
    add_history_entry(world, database, "created", SERVICE_USER, format_sizes(database))
