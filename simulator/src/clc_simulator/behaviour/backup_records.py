# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the backup service keeps: account policies, server policies, restore points, servers from anywhere; and its seeds."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from clc_simulator import problems, queue
from clc_simulator.accounts import Account
from clc_simulator.clock import Seconds, parse
from clc_simulator.estate import Server
from clc_simulator.operations import Call
from clc_simulator.problems import Problem
from clc_simulator.seeding import section
from clc_simulator.seeds.errors import SeedError
from clc_simulator.world import World, entity

Json = dict[str, Any]

LINUX, WINDOWS = "Linux", "Windows"
ACTIVE, INACTIVE = "ACTIVE", "INACTIVE"
PROVISIONING, PENDING_INSTALL, ERROR, DELETED = "PROVISIONING", "PENDING_INSTALL", "ERROR", "DELETED"
UNFINISHED = (PROVISIONING, PENDING_INSTALL, ERROR)
"""States of a server policy that has not come up."""
GONE = (INACTIVE, DELETED)

REGIONS: tuple[Json, ...] = (
    {"name": "APAC", "regionLabel": "APAC (Singapore)", "messages": None},
    {"name": "GERMANY", "regionLabel": "EU (Germany)", "messages": None},
    {"name": "GREAT BRITAIN", "regionLabel": "EU (Ireland)", "messages": None},
    {"name": "US EAST", "regionLabel": "US East", "messages": None},
    {"name": "US WEST", "regionLabel": "US West", "messages": None},
    {
        "name": "CANADA",
        "regionLabel": "Canada",
        "messages": ["Backups stored in this region are NOT encrypted at rest"],
    },
)
"""As documented."""

DAY: Seconds = 86400.0


@entity("backupPolicies", indexes=("account",))
@dataclass(frozen=True, slots=True)
class Policy:
    """An account policy. Of hours and schedule (Quartz cron) the one in force is set."""

    id: str
    account: str
    name: str
    os_type: str
    status: str
    paths: list[str]
    excluded: list[str]
    retention_days: int
    hours: int | None = None
    schedule: str | None = None


@entity("backupServerPolicies", indexes=("policy", "server"))
@dataclass(frozen=True, slots=True)
class ServerPolicy:
    """An account policy on a server. server is the id as it is shown; moments are seconds since 1970, 0 while in use."""

    id: str
    policy: str
    account: str
    server: str
    region: str
    status: str
    unsubscribed: Seconds = 0
    expires: Seconds = 0


@entity("backupRestorePoints", indexes=("server_policy",))
@dataclass(frozen=True, slots=True)
class RestorePoint:
    """One finished backup; sizes in bytes."""

    id: str
    server_policy: str
    retention_days: int
    status: str
    started: Seconds
    finished: Seconds
    files: int
    size: int
    unchanged_files: int
    unchanged_size: int

    @property
    def expires(self) -> Seconds:
        """When it can no longer be restored."""
        return self.started + self.retention_days * DAY


@entity("backupRestoreJobs", indexes=("server_policy",))
@dataclass(frozen=True, slots=True)
class RestoreJob:
    """One restore that was run at the agent."""

    id: str
    server_policy: str
    restore_point: str
    status: str
    started: Seconds
    finished: Seconds | None
    size: int


@entity("backupAnywhereServers", indexes=("account",))
@dataclass(frozen=True, slots=True)
class AnywhereServer:
    """A server outside of CenturyLink Cloud."""

    id: str
    account: str
    name: str
    os_type: str


@entity("backupProvisionings", indexes=("server",))
@dataclass(frozen=True, slots=True)
class Provisioning:
    """A token (its id) for the installer of one server."""

    id: str
    account: str
    server: str
    issued: Seconds


# Errors


@problems.shape("simple-backup.yaml")
def shaped(problem: Problem) -> Any:
    """Give an error the shape of this service; 401 and 403 come from what stands before it and keep theirs."""
    body = problem.body
    if body is None or "message" not in body or problem.status not in (400, 404, 500):
        return body
    faults = [
        f"{key.removeprefix('body.')}: {text}" for key, texts in body.get("modelState", {}).items() for text in texts
    ]
    return {"error": body["message"], **({"validationMessages": faults} if faults else {})}


def invalid(*messages: str) -> Problem:
    """Return a 400 that names what is wrong with the request."""
    return Problem(400, {"error": "The request is invalid.", "validationMessages": list(messages)})


def missing(kind: str, key: str) -> Problem:
    """Return the 404 for an id that stands for nothing."""
    return Problem(404, {"error": f"There is no {kind} {key}."})


# Finding


def the_policy(call: Call) -> Policy:
    """Return the account policy of the path. Raises Problem (404)."""
    key = call.path["accountPolicyId"].lower()
    row = call.world[Policy].get(key)
    if row is None or row.account != call.alias:
        raise missing("account policy", key)
    return row


def the_server_policy(call: Call) -> ServerPolicy:
    """Return the server policy of the path, below its account policy where the path has one. Raises Problem (404)."""
    key = call.path["serverPolicyId"].lower()
    row = call.world[ServerPolicy].get(key)
    if row is None or row.account != call.alias:
        raise missing("server policy", key)
    if "accountPolicyId" in call.path and row.policy != the_policy(call).id:
        raise missing("server policy", key)
    return row


def server_of(world: World, alias: str, key: str) -> tuple[str, str] | None:
    """Return id and OS type of a server of an account, from anywhere or not; None where there is none."""
    row = world[Server].get(key.lower())
    if row is not None and row.account == alias:
        return row.id.upper(), WINDOWS if "windows" in row.os_type.lower() else LINUX
    away = world[AnywhereServer].get(key.lower())
    return (away.id, away.os_type) if away is not None and away.account == alias else None


def eligible(world: World, row: ServerPolicy) -> bool:
    """Say whether a server policy runs backups: neither it nor its account policy is inactive."""
    return row.status == ACTIVE and world[Policy][row.policy].status == ACTIVE


def points_of(world: World, row: ServerPolicy, query: Json) -> list[RestorePoint]:
    """Return the restore points that the dates and inRetentionOnly of a query let through, oldest first."""
    first, last = (query.get(f"backupFinished{end}Date") for end in ("Start", "End"))
    begin = moment(first) if first else 0.0
    end = moment(last) + DAY if last else float("inf")
    found = [point for point in world[RestorePoint].by("server_policy", row.id) if begin <= point.finished < end]
    if query.get("inRetentionOnly"):
        found = [point for point in found if point.expires > world.now]
    return found


def moment(day: str) -> Seconds:
    """Return the start of a day, YYYY-MM-DD in UTC."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).timestamp()


def new_uuid() -> str:
    """Return a new id of this service."""
    return str(uuid.uuid4())


# Backups by the clock


@queue.effect("backup.run")
def run(world: World, server_policy: str) -> None:
    """Make a restore point, and plan the next backup after the interval; a cron schedule is played as once a day."""
    row = world[ServerPolicy].get(server_policy)
    if row is None or row.status in GONE:
        return
    policy = world[Policy][row.policy]
    if eligible(world, row):
        add_point(world, row, world.now, "SUCCESS")
    queue.schedule(world, world.now + (policy.hours or 24) * 3600, "backup.run", {"server_policy": row.id})


def add_point(world: World, row: ServerPolicy, at: Seconds, status: str) -> RestorePoint:
    """Add the restore point of a backup that was finished at a moment. The numbers are made up, the same for the same input."""
    before = world[RestorePoint].by("server_policy", row.id)
    seed = int(hashlib.md5(f"{row.server}{len(before)}".encode(), usedforsecurity=False).hexdigest()[:6], 16)
    unchanged = sum(point.files for point in before)
    point_id = f"{row.id}{datetime.fromtimestamp(at, UTC):%Y%m%d%H%M%S}{len(before) or ''}"
    point = RestorePoint(
        id=point_id,
        server_policy=row.id,
        retention_days=world[Policy][row.policy].retention_days,
        status=status,
        started=at,
        finished=at,
        files=1 + seed % 300,
        size=1048576 + seed * 7,
        unchanged_files=unchanged,
        unchanged_size=sum(one.size for one in before),
    )
    return world[RestorePoint].add(point)


# Seeds

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
def plant(world: World, account: Account, described: Json) -> None:
    """Plant what an account has of this service."""
    for item in described.get("anywhere_servers", []):
        key = item.get("id") or _seeded("anywhere", account.id, item["name"])
        world[AnywhereServer].add(AnywhereServer(key, account.id, item["name"], item["os_type"]))
    for item in described.get("policies", []):
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
            _plant_server(world, policy, server)


def _plant_server(world: World, policy: Policy, item: Json) -> None:
    """Plant a policy on a server. CLC servers come later in a seed, so that their ids alone are checked for their form."""
    away = world[AnywhereServer].get(item["server"].lower())
    if away is not None and away.account != policy.account:
        raise SeedError(f"backup: server {item['server']} is not of account {policy.account}")
    row = world[ServerPolicy].add(
        ServerPolicy(
            id=item.get("id") or _seeded("server", policy.id, item["server"], item["region"]),
            policy=policy.id,
            account=policy.account,
            server=away.id if away else item["server"].upper(),
            region=item["region"],
            status=item.get("status", ACTIVE),
        )
    )
    for point in item.get("restore_points", []):
        made = add_point(world, row, parse(point["finished"]), point.get("status", "SUCCESS"))
        if "restored" in point:
            ended = made.finished + 60 if point["restored"] == "SUCCESS" else None
            world[RestoreJob].add(
                RestoreJob(f"restore-{made.id}", row.id, made.id, point["restored"], made.finished, ended, made.size)
            )


def _seeded(*parts: str) -> str:
    """Return an id that is the same for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))
