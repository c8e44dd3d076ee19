# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The relational database service: its records, its subscriptions, and what happens to them by the clock.

A subscription is a MySQL service on one server or, replicated, on two. It shows what was asked for at once and says
with its status that the work is still going on; there are no jobs to ask for.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from clc_simulator import queue
from clc_simulator.clock import Seconds
from clc_simulator.estate import DataCenter
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem, invalid, refused
from clc_simulator.world import World, entity

Json = dict[str, Any]

ACTIVE, CONFIGURING, FAILED = "Active", "Configuring", "Failed"
BACKING_UP, RESTORING, PENDING, DELETED = "Backing Up", "Restoring", "Pending", "Deleted"
REPLICATED = "MySQL_REPLICATION"
CLOSED = frozenset({"UC1"})
"""Data centers that take no new subscriptions, as in the contract's example."""

SERVICE_USER = "dbaas_service"
"""Who does what the service does by itself (documented in an example of the history)."""

_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_LONGEST_RETENTION = 35
_SHORTEST_PASSWORD = 9
_KINDS = (str.isupper, str.islower, str.isdigit, lambda letter: not letter.isalnum())
_ALERTS = ("CPU_UTILIZATION", "STORAGE_UTILIZATION")
"""What a notification can tell; the creation of a subscription takes MEMORY_UTILIZATION besides."""


@entity("databases", indexes=("account",))
@dataclass(frozen=True, slots=True)
class Database:
    """A subscription; id is its number as text, sizes are in GB."""

    id: str
    account: str
    location: str
    """Data center as it was given."""
    external_id: str
    status: str
    cpu: int
    memory: int
    storage: int
    retention_days: int
    hour: int
    minute: int
    servers: list[Json]
    """{id, alias, ip}; the first one is the primary."""
    port: int
    created: Seconds
    version: int = 0
    """Grows with every change, so that the automatic backup of before is passed over."""

    @property
    def host(self) -> str:
        """Name under which it is reached."""
        return f"{self.external_id.lower()}.{self.location.lower()}.rdbs.ctl.io"


@entity("databaseBackups", indexes=("database",))
@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of a database; id is its number as text."""

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
    """Somebody who is told of high use; token is what the email to the recipient holds."""

    id: str
    database: str
    recipient: str
    types: list[str]
    token: str
    verified: bool = False


@entity("databaseHistory", indexes=("account",))
@dataclass(frozen=True, slots=True)
class Action:
    """Something that was done to a database."""

    id: str
    account: str
    database: str
    at: Seconds
    message: str
    details: str | None
    by: str


@entity("databasePromotions", indexes=("account",))
@dataclass(frozen=True, slots=True)
class Promotion:
    """A promotion of an account; id is account, slash, code."""

    id: str
    account: str
    code: str


# Finding


def all_of(world: World, alias: str) -> list[Database]:
    """Return the databases of an account by age, those that were deleted a moment ago too."""
    return world[Database].by("account", alias)


def find(world: World, alias: str, key: object) -> Database:
    """Return the database of a number. Raises Problem (404)."""
    row = world[Database].get(str(key))
    if row is None or row.account != alias:
        raise Problem(404, {"message": f"Subscription {key} does not exist."})
    return row


def of_path(call: Call) -> Database:
    """Return the database of the path. Raises Problem (404)."""
    return find(call.world, call.alias, call.path["subscriptionId"])


def usable(row: Database) -> Database:
    """Return a database that takes a change. Raises Problem (400): while something goes on it takes no other."""
    if row.status != ACTIVE:
        raise refused(f"Subscription {row.external_id} is {row.status} and takes no change before it is Active.")
    return row


def folded(word: str) -> str:
    """Return a status word in the form of the filter: upper case with underscores."""
    return word.upper().replace(" ", "_")


# Showing


def certificate(row: Database) -> str:
    """Return the certificate of a database: made up, in the form of PEM, always the same for the same one."""
    seed = f"{row.id} {row.host}".encode()
    content = b"".join(hashlib.sha512(seed + bytes([part])).digest() for part in range(12))
    text = base64.b64encode(content).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


def _server(row: Database, server: Json) -> Json:
    return {
        "id": server["id"],
        "alias": server["alias"],
        "location": row.location.lower(),
        "cpu": row.cpu,
        "memory": row.memory,
        "storage": row.storage,
        "attributes": {"INTERNAL_IP": server["ip"]},
        "connections": max(89, 45 * row.memory),
    }


def backup_view(row: Backup) -> Json:
    """Return a backup as it is listed."""
    return {
        "id": int(row.id),
        "fileName": row.file_name,
        "backupTime": int(row.taken * 1000),
        "backupType": row.type,
        "status": row.status,
        "size": row.size,
    }


def view(world: World, row: Database, fresh: bool = False) -> Json:
    """Return a subscription; fresh is the answer to its creation or change, which has no backups."""
    shown: Json = {
        "id": int(row.id),
        "location": row.location,
        "instanceType": "MySQL",
        "externalId": row.external_id,
        "status": row.status,
        "backupTime": f"{row.hour}:{row.minute}",
        "backupRetentionDays": row.retention_days,
        "servers": [_server(row, server) for server in row.servers],
        "host": row.host,
        "port": row.port,
        "certificate": certificate(row),
    }
    return shown if fresh else {**shown, "backups": [backup_view(one) for one in world[Backup].by("database", row.id)]}


# Working


def note(world: World, row: Database, did: str, by: str, details: str | None = None) -> None:
    """Note in the history what was done."""
    key = f"{world.take_number('databaseHistory'):08d}"
    world[Action].add(Action(key, row.account, row.id, world.now, f"{row.external_id}: {did}.", details, by))


def sizes_told(row: Database) -> str:
    """Return sizes as the history tells them (documented)."""
    return f"{row.cpu} CPU, {row.memory}GB RAM, {row.storage}GB storage"


def begin(call: Call, row: Database, status: str, work: tuple[str, Json], failure: tuple[str, Json]) -> Database:
    """Let a database show a status from now on, and at the end of its time what the work does, or its failure."""
    changed = call.world[Database].update(row, status=status)
    end(call, row, work, failure)
    return changed


def end(call: Call, row: Database, work: tuple[str, Json], failure: tuple[str, Json] | None) -> None:
    """Schedule what work does. Faults: one that fails does the failure, one that hangs never ends."""
    effect = failure if call.play.job == "fail" else work
    if effect is None or call.play.job == "hang":
        return
    name, arguments = effect
    at = call.world.now + call.world.job_seconds + call.play.job_lag_seconds
    queue.schedule(call.world, at, name, {"database": row.id, "by": call.by, **arguments})


@queue.effect("database.settle")
def settle(world: World, database: str, by: str, status: str, did: str | None = None, **members: Any) -> None:
    """Let a database show a status, and with it what else a work ends with; did goes into the history."""
    row = world[Database].get(database)
    if row is None:
        return
    row = world[Database].update(row, status=status, **members)
    if did:
        note(world, row, did, by, sizes_told(row) if did in ("created", "modified") else None)


# Subscriptions


@operation("listRdbsSubscriptions")
def list_databases(call: Call) -> Reply:
    """Answer the subscriptions of an account, all or those of a data center and a status."""
    rows = all_of(call.world, call.alias)
    code, status = call.shows("dataCenter"), call.shows("status")
    if code is not None:
        rows = [row for row in rows if row.location.upper() == code.upper()]
    if status is not None:
        rows = [row for row in rows if folded(row.status) == status]
    return Reply([view(call.world, row) for row in rows])


@operation("getRdbsSubscription")
def get_database(call: Call) -> Reply:
    """Answer one subscription."""
    return Reply(view(call.world, of_path(call)))


@operation("getRdbsCertificate")
def get_certificate(call: Call) -> Reply:
    """Answer the certificate as a file that is named after the subscription."""
    row = of_path(call)
    return Reply(certificate(row), headers={"Content-Disposition": f'attachment; filename="{row.external_id}.pem"'})


def _check_policy(sizes: Json, days: int) -> None:
    for name, size in sizes.items():
        if size < 1:
            raise invalid(f"machineConfig.{name}", f"{size} is too small.")
    if not 1 <= days <= _LONGEST_RETENTION:
        raise invalid("backupRetentionDays", f"Backups are kept for 1 to {_LONGEST_RETENTION} days.")


def _check_name(call: Call, name: str, location: str) -> None:
    center = call.world[DataCenter].get(location.upper())
    if center is None or center.id in CLOSED:
        raise invalid("location", f"Data center {location} takes no subscriptions.")
    if not _NAME.fullmatch(name):
        raise invalid("externalId", f"{name} cannot be a part of a host name.")
    for row in all_of(call.world, call.alias):
        if (row.external_id.lower(), row.location.upper()) == (name.lower(), center.id) and row.status != DELETED:
            raise invalid("externalId", f"There is a subscription {row.external_id} in {center.id} already.")


def _check_users(users: list[Json]) -> None:
    if not users:
        raise invalid("users", "A user is needed.")
    for at, user in enumerate(users):
        word = user["password"]
        kinds = sum(any(kind(letter) for letter in word) for kind in _KINDS)
        if len(word) < _SHORTEST_PASSWORD or kinds < 3:
            raise invalid(f"users[{at}].password", "It needs nine characters of three kinds.")


def make(world: World, account: str, location: str, name: str, two: bool, **members: Any) -> Database:
    """Put a new database into the world, with one server or two, and return it."""
    number = world.take_number("databases", 1201)
    servers = []
    for _ in range(2 if two else 1):
        server = world.take_number("databaseServers", 1345)
        alias = f"{location.upper()}DBPDMYSQL{server % 10000:04d}"
        servers.append({"id": server, "alias": alias, "ip": f"10.126.{server // 250 % 250}.{server % 250 + 1}"})
    row = Database(
        id=str(number), account=account, location=location, external_id=name, servers=servers,
        port=49152 + number % 16000, **members,
    )  # fmt: skip
    row = world[Database].add(row)
    _plan_backup(world, row)
    return row


def add_notification(world: World, row: Database, recipient: str, types: list[str], verified: bool) -> Notification:
    """Have an address told of high use of a database, from the moment on at which it is verified."""
    key = str(world.take_number("databaseNotifications", 42))
    kept = [one for one in types if one in _ALERTS]
    return world[Notification].add(Notification(key, row.id, recipient, kept, world.new_id()[:8], verified))


def checked_recipient(address: str, member: str) -> str:
    """Return an email address. Raises Problem (400) where it is none."""
    name, at, host = address.partition("@")
    if not (name and at and "." in host):
        raise invalid(member, f"{address} is not an email address.")
    return address


@operation("createRdbsSubscription")
def create_database(call: Call) -> Reply:
    """Begin a subscription; what is sent is shown at once, and it can be used once it is Active."""
    body = call.body
    _check_policy(body["machineConfig"], body["backupRetentionDays"])
    _check_name(call, body["externalId"], body["location"])
    _check_users(body["users"])
    destinations = body.get("destinations", [])
    for at, one in enumerate(destinations):
        checked_recipient(one["location"], f"destinations[{at}].location")
    row = make(
        call.world, call.alias, body["location"], body["externalId"], body["instanceType"] == REPLICATED,
        status=CONFIGURING, **body["machineConfig"], **body["backupTime"],
        retention_days=body["backupRetentionDays"], created=call.world.now,
    )  # fmt: skip
    for one in destinations:
        add_notification(call.world, row, one["location"], one["notifications"], False)
    done: Json = {"status": ACTIVE, "did": "created"}
    begin(call, row, CONFIGURING, ("database.settle", done), ("database.settle", {"status": FAILED}))
    return Reply(view(call.world, row, fresh=True))


@operation("updateRdbsSubscription")
def update_database(call: Call) -> Reply:
    """Begin to resize a subscription or to back it up otherwise; what is sent is shown at once (documented)."""
    row, body = usable(of_path(call)), call.body
    _check_policy(body["machineConfig"], body["backupRetentionDays"])
    if body["machineConfig"]["storage"] < row.storage:
        raise invalid("machineConfig.storage", f"Storage cannot shrink from {row.storage} GB.")
    before = {
        "cpu": row.cpu, "memory": row.memory, "storage": row.storage, "hour": row.hour, "minute": row.minute,
        "retention_days": row.retention_days,
    }  # fmt: skip
    row = call.world[Database].update(
        row, **body["machineConfig"], **body["backupTime"], retention_days=body["backupRetentionDays"],
        version=row.version + 1,
    )  # fmt: skip
    _plan_backup(call.world, row)
    done: Json = {"status": ACTIVE, "did": "modified"}
    row = begin(
        call, row, CONFIGURING, ("database.settle", done), ("database.settle", {"status": FAILED, **before})
    )  # fmt: skip
    return Reply(view(call.world, row, fresh=True))


@operation("deleteRdbsSubscription")
def delete_database(call: Call) -> Reply:
    """Begin to delete a subscription. It is Pending meanwhile, Deleted for a while after, and then gone."""
    row = of_path(call)
    if row.status == DELETED:
        raise Problem(404, {"message": f"Subscription {row.id} does not exist."})
    if row.status != FAILED:
        usable(row)
    begin(call, row, PENDING, ("database.delete", {}), ("database.settle", {"status": FAILED}))
    return Reply()


@queue.effect("database.delete")
def delete(world: World, database: str, by: str) -> None:
    """End a database; it is listed as Deleted for as long as the work took."""
    row = world[Database].get(database)
    if row is not None:
        note(world, row, "deleted", by)
        world[Database].update(row, status=DELETED, version=row.version + 1)
        queue.schedule(world, world.now + world.job_seconds, "database.forget", {"database": database})


@queue.effect("database.forget")
def forget(world: World, database: str) -> None:
    """Forget a database with its backups and notifications."""
    world[Database].remove(database)
    for one in world[Backup].by("database", database):
        world[Backup].remove(one.id)
    for two in world[Notification].by("database", database):
        world[Notification].remove(two.id)


@operation("failoverRdbsSubscription")
def fail_over(call: Call) -> Reply:
    """Begin to make the replica the primary. It is Configuring meanwhile."""
    row = usable(of_path(call))
    if len(row.servers) < 2:
        raise refused(f"Subscription {row.external_id} is not replicated.")
    begin(call, row, CONFIGURING, ("database.failover", {}), ("database.settle", {"status": FAILED}))
    return Reply()


@queue.effect("database.failover")
def end_failover(world: World, database: str, by: str) -> None:
    """Let the two servers change places."""
    row = world[Database].get(database)
    if row is not None:
        world[Database].update(row, status=ACTIVE, servers=row.servers[::-1])
        note(world, row, "failed over (manual)", by, "Replica server became active.")


# Backups by the clock


def add_backup(world: World, row: Database, kind: str, status: str, taken: Seconds) -> Backup:
    """Put a backup of a database into the world and return it."""
    moment = datetime.fromtimestamp(taken, UTC).strftime("%Y-%m-%d_%H-%M-%S")
    key = str(world.take_number("databaseBackups", 30112))
    size = 2_800_000 + 1024 * row.storage
    return world[Backup].add(
        Backup(key, row.id, f"{row.servers[0]['alias']}-{moment}.tar.gz", taken, kind, status, size)
    )


def _plan_backup(world: World, row: Database) -> None:
    """Schedule the next automatic backup."""
    now = datetime.fromtimestamp(world.now, UTC)
    at = now.replace(hour=row.hour, minute=row.minute, second=0, microsecond=0)
    at += timedelta(days=0 if at > now else 1)
    queue.schedule(world, at.timestamp(), "database.nightly", {"database": row.id, "version": row.version})


@queue.effect("database.nightly")
def nightly(world: World, database: str, version: int) -> None:
    """Take the automatic backup of a day and drop those that are too old."""
    row = world[Database].get(database)
    if row is None or row.version != version:
        return
    if row.status == ACTIVE:
        add_backup(world, row, "Automated", "SUCCESS", world.now)
    for one in world[Backup].by("database", database):
        if one.taken < world.now - row.retention_days * 86400:
            world[Backup].remove(one.id)
    _plan_backup(world, row)
