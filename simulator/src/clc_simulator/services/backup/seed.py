# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The backup service in a seed."""

from __future__ import annotations

import uuid
from typing import Any

from clc_simulator.core.accounts import Account
from clc_simulator.core.clock import parse_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.seeds.errors import SeedError
from clc_simulator.core.seeds.sections import section
from clc_simulator.services.backup._shared import (
    ACTIVE,
    DELETED,
    ERROR,
    INACTIVE,
    LINUX,
    PENDING_INSTALL,
    PROVISIONING,
    REGIONS,
    WINDOWS,
    AnywhereServer,
    Policy,
    RestoreJob,
    ServerPolicy,
)
from clc_simulator.services.backup.restore_point import add_point

Json = dict[str, Any]

_UUID = {"type": "string", "format": "uuid"}
_OS = {"enum": [LINUX, WINDOWS]}
_TEXTS = {"type": "array", "items": {"type": "string"}}


def _object(required: list[str], **properties: Any) -> Json:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


_POINT = _object(
    ["finished"],
    finished={"$ref": "#/$defs/date"},
    status={"enum": ["SUCCESS", "PARTIAL_SUCCESS", "FAILED", "CANCELLED"]},
    restored={"enum": ["SUCCESS", "IN_PROGRESS"]},
)
_SERVER = _object(
    ["server", "region"],
    id=_UUID,
    server={"type": "string"},
    region={"enum": [region["name"] for region in REGIONS]},
    status={"enum": [ACTIVE, INACTIVE, PROVISIONING, PENDING_INSTALL, ERROR, DELETED]},
    restore_points={"type": "array", "items": _POINT},
)
_POLICY = _object(
    ["name", "os_type", "paths", "retention_days"],
    id=_UUID,
    name={"type": "string"},
    os_type=_OS,
    status={"enum": [ACTIVE, INACTIVE]},
    paths=_TEXTS,
    excluded_directory_paths=_TEXTS,
    retention_days={"type": "integer", "minimum": 1},
    backup_interval_hours={"type": "integer", "minimum": 1},
    backup_schedule={"type": "string"},
    servers={"type": "array", "items": _SERVER},
)
SCHEMA = _object(
    [],
    policies={"type": "array", "items": _POLICY},
    anywhere_servers={
        "type": "array",
        "items": _object(["name", "os_type"], id=_UUID, name={"type": "string"}, os_type=_OS),
    },
)


@section("account", "backup", SCHEMA)
def load_seed(world: World, account: Account, spec: Json) -> None:
    """Load the backup section of an account."""
    for item in spec.get("anywhere_servers", []):
        key = item.get("id") or _seeded("anywhere", account.id, item["name"])
        world[AnywhereServer].add(AnywhereServer(key, account.id, item["name"], item["os_type"]))
    for item in spec.get("policies", []):
        schedule = item.get("backup_schedule")
        policy = world[Policy].add(
            Policy(
                id=item.get("id") or _seeded("policy", account.id, item["name"]),
                account=account.id,
                name=item["name"],
                os_type=item["os_type"],
                status=item.get("status", ACTIVE),
                paths=item["paths"],
                excluded=item.get("excluded_directory_paths", []),
                retention_days=item["retention_days"],
                hours=None if schedule else item.get("backup_interval_hours", 24),
                schedule=schedule,
            )
        )
        for server in item.get("servers", []):
            _load_server(world, policy, server)


def _load_server(world: World, policy: Policy, item: Json) -> None:
    """Load a policy on a server. Servers of CenturyLink Cloud are loaded later, so only the format of their ids is checked."""
    anywhere_server = world[AnywhereServer].get(item["server"].lower())
    if anywhere_server is not None and anywhere_server.account != policy.account:
        raise SeedError(f"backup: server {item['server']} is not of account {policy.account}")
    server_policy = world[ServerPolicy].add(
        ServerPolicy(
            id=item.get("id") or _seeded("server", policy.id, item["server"], item["region"]),
            policy=policy.id,
            account=policy.account,
            server=anywhere_server.id if anywhere_server else item["server"].upper(),
            region=item["region"],
            status=item.get("status", ACTIVE),
        )
    )
    for point in item.get("restore_points", []):
        restore_point = add_point(
            world, server_policy, parse_timestamp(point["finished"]), point.get("status", "SUCCESS")
        )
        if "restored" in point:
            ended = restore_point.finished + 60 if point["restored"] == "SUCCESS" else None
            world[RestoreJob].add(
                RestoreJob(
                    f"restore-{restore_point.id}",
                    server_policy.id,
                    restore_point.id,
                    point["restored"],
                    restore_point.finished,
                    ended,
                    restore_point.size,
                )
            )


def _seeded(*parts: str) -> str:
    """Return an id that is the same for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))
