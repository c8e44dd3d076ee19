# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Helpers for the resources of the database service: entities, finders, and work by the clock.

A subscription is a MySQL service on one server or, replicated, on two. Reads return requested values at once, and
its status shows that the work continues; it has no jobs.

Decisions:
  - While an operation is running, every other change is rejected (400); deleting a backup and all about notifications do not
    count as such. A failed subscription accepts nothing but its deletion.
  - Automatic backups are created by the clock, and backups that are older than the retention are deleted each day,
    manual ones too.
  - Jobs cannot be read, so the fault `vanish` is like success, and `hang` leaves the status as it is.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from clc_simulator.core.clock import Seconds, format_utc, utc
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import bad_request, not_found
from clc_simulator.core.jobs import later
from clc_simulator.core.operations import RequestContext

Json = dict[str, Any]

ACTIVE, CONFIGURING, FAILED = "Active", "Configuring", "Failed"
BACKING_UP, RESTORING, PENDING, DELETED = "Backing Up", "Restoring", "Pending", "Deleted"
REPLICATED = "MySQL_REPLICATION"
CLOSED = frozenset({"UC1"})
"""Data centers without new subscriptions, as in the contract's example."""

SERVICE_USER = "dbaas_service"
"""User name of automatic actions in the history (from an example)."""


@entity("databases", indexes=("account",))
@dataclass(frozen=True, slots=True)
class Database:
    """A subscription; id is its number as a string, sizes are in GB."""

    id: str
    account: str
    location: str
    """Data center as the client wrote it."""
    external_id: str
    status: str
    cpu: int
    memory: int
    storage: int
    retention_days: int
    hour: int
    minute: int
    servers: list[Json]
    """{id, alias, ip}; the first server is the primary."""
    port: int
    created: Seconds
    version: int = 0
    """Number of changes; automatic backups that were scheduled before the last change are skipped."""

    @property
    def host(self) -> str:
        """Its host name."""
        return f"{self.external_id.lower()}.{self.location.lower()}.rdbs.ctl.io"


@entity("databaseBackups", indexes=("database",))
@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of a database; id is its number as a string."""

    id: str
    database: str
    file_name: str
    taken: Seconds
    type: str
    status: str
    size: int


@entity("databaseNotifications", indexes=("database",))
@dataclass(frozen=True, slots=True)
class Notification:
    """A recipient of alerts; token is the token in the email to the recipient."""

    id: str
    database: str
    recipient: str
    types: list[str]
    token: str
    verified: bool = False
    kind: str = "EMAIL"
    """EMAIL or SMS."""


@entity("databaseHistory", indexes=("account",))
@dataclass(frozen=True, slots=True)
class Action:
    """An entry of the history of a database."""

    id: str
    account: str
    database: str
    at: Seconds
    message: str
    details: str | None
    by: str


def all_of(world: World, alias: str) -> list[Database]:
    """Return the databases of an account by age, including recently deleted databases."""
    return world[Database].find_by("account", alias)


def find_database(world: World, alias: str, key: object) -> Database:
    """Return the database of a number. Raise ApiError (404)."""
    database = world[Database].get(str(key))
    if database is None or database.account != alias:
        raise not_found(f"Subscription {key} does not exist.")
    return database


def database_from_path(request: RequestContext) -> Database:
    """Return the database of the path. Raise ApiError (404)."""
    return find_database(request.world, request.alias, request.path["subscriptionId"])


def require_usable(database: Database) -> Database:
    """Return a database that can be changed. Raise ApiError (400) while an operation is running."""
    if database.status != ACTIVE:
        raise bad_request(
            f"Subscription {database.external_id} is {database.status} and cannot be changed until it is Active."
        )
    return database


def filter_status(status: str) -> str:
    """Return a status in the format of the filter: upper case with underscores."""
    return status.upper().replace(" ", "_")


def certificate(database: Database) -> str:
    """Return the certificate of a database: generated in PEM format, and the same for the same database."""
    seed = f"{database.id} {database.host}".encode()
    content = b"".join(hashlib.sha512(seed + bytes([part])).digest() for part in range(12))
    text = base64.b64encode(content).decode()
    lines = [text[index : index + 64] for index in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


def _server(database: Database, server: Json) -> Json:
    return {
        "id": server["id"],
        "alias": server["alias"],
        "location": database.location.lower(),
        "cpu": database.cpu,
        "memory": database.memory,
        "storage": database.storage,
        "attributes": {"INTERNAL_IP": server["ip"]},
        "connections": max(89, 45 * database.memory),
    }


def backup_view(backup: Backup) -> Json:
    """Return a backup in result format."""
    return {
        "id": int(backup.id),
        "fileName": backup.file_name,
        "backupTime": int(backup.taken * 1000),
        "backupType": backup.type,
        "status": backup.status,
        "size": backup.size,
    }


def view(world: World, database: Database, is_new: bool = False) -> Json:
    """Return a subscription; responses to create and update (is_new) have no backups."""
    subscription: Json = {
        "id": int(database.id),
        "location": database.location,
        "instanceType": "MySQL",
        "externalId": database.external_id,
        "status": database.status,
        "backupTime": f"{database.hour}:{database.minute}",
        "backupRetentionDays": database.retention_days,
        "servers": [_server(database, server) for server in database.servers],
        "host": database.host,
        "port": database.port,
        "certificate": certificate(database),
    }
    return (
        subscription
        if is_new
        else {
            **subscription,
            "backups": [backup_view(backup) for backup in world[Backup].find_by("database", database.id)],
        }
    )


def add_history_entry(world: World, database: Database, did: str, user: str, details: str | None = None) -> None:
    """Add an entry to the history."""
    key = f"{world.take_number('databaseHistory'):08d}"
    world[Action].add(
        Action(key, database.account, database.id, world.now, f"{database.external_id}: {did}.", details, user)
    )


def format_sizes(database: Database) -> str:
    """Return sizes in the format of the history (documented)."""
    return f"{database.cpu} CPU, {database.memory}GB RAM, {database.storage}GB storage"


def show_status(request: RequestContext, database: Database, status: str) -> Database:
    """Set the status of a running operation and return the database."""
    return request.world[Database].update(database, status=status)


def finish_work(world: World, key: str, status: str, user: str, did: str | None = None, **changes: Any) -> None:
    """Set the status and other changes at the end of an operation; did is the entry of the history."""
    database = world[Database].get(key)
    if database is None:
        return
    database = world[Database].update(database, status=status, **changes)
    if did:
        add_history_entry(
            world, database, did, user, format_sizes(database) if did in ("created", "modified") else None
        )


def work_failed(world: World, key: str, user: str) -> None:
    """Set the status of a failed operation."""
    finish_work(world, key, FAILED, user)


def add_database(world: World, account: str, location: str, name: str, is_replicated: bool, **members: Any) -> Database:
    """Add a database with one or two servers, and return it."""
    number = world.take_number("databases", 1201)
    servers = []
    for _ in range(2 if is_replicated else 1):
        server = world.take_number("databaseServers", 1345)
        alias = f"{location.upper()}DBPDMYSQL{server % 10000:04d}"
        servers.append({"id": server, "alias": alias, "ip": f"10.126.{server // 250 % 250}.{server % 250 + 1}"})
    database = Database(
        id=str(number), account=account, location=location, external_id=name, servers=servers,
        port=49152 + number % 16000, **members,
    )  # fmt: skip
    database = world[Database].add(database)
    schedule_backup(world, database)
    return database


def add_backup(world: World, database: Database, kind: str, status: str, taken: Seconds) -> Backup:
    """Add a backup of a database and return it."""
    timestamp = format_utc(taken, "%Y-%m-%d_%H-%M-%S")
    key = str(world.take_number("databaseBackups", 30112))
    size = 2_800_000 + 1024 * database.storage
    return world[Backup].add(
        Backup(key, database.id, f"{database.servers[0]['alias']}-{timestamp}.tar.gz", taken, kind, status, size)
    )


def schedule_backup(world: World, database: Database) -> None:
    """Schedule the next automatic backup."""
    now = utc(world.now)
    due = now.replace(hour=database.hour, minute=database.minute, second=0, microsecond=0)
    due += timedelta(days=0 if due > now else 1)
    nightly_backup.schedule(world, due.timestamp(), key=database.id, version=database.version)


@later("createRdbsSubscription", writes=(Backup,))
def nightly_backup(world: World, key: str, version: int) -> None:
    """Create the automatic backup of a day, and delete backups after their retention."""
    database = world[Database].get(key)
    if database is None or database.version != version:
        return
    if database.status == ACTIVE:
        add_backup(world, database, "Automated", "SUCCESS", world.now)
    for backup in world[Backup].find_by("database", key):
        if backup.taken < world.now - database.retention_days * 86400:
            world[Backup].remove(backup.id)
    schedule_backup(world, database)
