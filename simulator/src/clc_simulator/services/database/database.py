# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Subscriptions of the database service: read, create, resize, delete, and fail over.

Decisions:
  - Names are parts of host names and unique in a data center, case-insensitive. UC1 has no new subscriptions.
  - Reads return the sizes and the backup policy of a change at once; a failed change restores the previous values.
  - A database that is being deleted is Pending, then Deleted and still listed for the duration of a job, then 404. Its name is free
    once it is Deleted.
  - The status during a failover is Configuring; it swaps the servers, of which the first is the primary. Without a replica
    it is a 400.
"""

from __future__ import annotations

import re
from typing import Any

from clc_simulator.core.entities import World
from clc_simulator.core.errors import bad_request, not_found, validation_error
from clc_simulator.core.jobs import later
from clc_simulator.core.models import DataCenter
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.database._shared import (
    ACTIVE,
    CLOSED,
    CONFIGURING,
    DELETED,
    FAILED,
    PENDING,
    REPLICATED,
    Action,
    Backup,
    Database,
    Notification,
    add_database,
    add_history_entry,
    all_of,
    certificate,
    database_from_path,
    filter_status,
    finish_work,
    require_usable,
    schedule_backup,
    show_status,
    view,
    work_failed,
)
from clc_simulator.services.database.notification import add_notification, check_recipient

Json = dict[str, Any]

_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_MAX_RETENTION_DAYS = 35
_MIN_PASSWORD_LENGTH = 9
_KINDS = (str.isupper, str.islower, str.isdigit, lambda letter: not letter.isalnum())


@operation("listRdbsSubscriptions")
def list_databases(request: RequestContext) -> HandlerResponse:
    """Return the subscriptions of an account, optionally filtered by data center and status."""
    databases = all_of(request.world, request.alias)
    data_center_code, status = request.parameter("dataCenter"), request.parameter("status")
    if data_center_code is not None:
        databases = [database for database in databases if database.location.upper() == data_center_code.upper()]
    if status is not None:
        databases = [database for database in databases if filter_status(database.status) == status]
    return HandlerResponse([view(request.world, database) for database in databases])


@operation("getRdbsSubscription")
def get_database(request: RequestContext) -> HandlerResponse:
    """Return one subscription."""
    return HandlerResponse(view(request.world, database_from_path(request)))


@operation("getRdbsCertificate")
def get_certificate(request: RequestContext) -> HandlerResponse:
    """Return the certificate as a file with the name of the subscription."""
    database = database_from_path(request)
    return HandlerResponse(
        certificate(database), headers={"Content-Disposition": f'attachment; filename="{database.external_id}.pem"'}
    )


def _check_policy(sizes: Json, days: int) -> None:
    for name, size in sizes.items():
        if size < 1:
            raise validation_error(f"machineConfig.{name}", f"{size} is too small.")
    if not 1 <= days <= _MAX_RETENTION_DAYS:
        raise validation_error("backupRetentionDays", f"Backups are kept for 1 to {_MAX_RETENTION_DAYS} days.")


def _check_name(request: RequestContext, name: str, location: str) -> None:
    data_center = request.world[DataCenter].get(location.upper())
    if data_center is None or data_center.id in CLOSED:
        raise validation_error("location", f"Data center {location} is not available for subscriptions.")
    if not _NAME.fullmatch(name):
        raise validation_error("externalId", f"{name} cannot be a part of a host name.")
    for database in all_of(request.world, request.alias):
        if (database.external_id.lower(), database.location.upper()) == (
            name.lower(),
            data_center.id,
        ) and database.status != DELETED:
            raise validation_error(
                "externalId", f"The subscription {database.external_id} already exists in {data_center.id}."
            )


def _check_users(users: list[Json]) -> None:
    if not users:
        raise validation_error("users", "At least one user is required.")
    for index, user in enumerate(users):
        password = user["password"]
        kinds = sum(any(kind(letter) for letter in password) for kind in _KINDS)
        if len(password) < _MIN_PASSWORD_LENGTH or kinds < 3:
            raise validation_error(
                f"users[{index}].password", "The password must have at least nine characters of three kinds."
            )


def add_requested(request: RequestContext, body: Json) -> Database:
    """Add the subscription of a request to create one, without its destinations. Raise ApiError (400)."""
    _check_policy(body["machineConfig"], body["backupRetentionDays"])
    _check_name(request, body["externalId"], body["location"])
    _check_users(body["users"])
    return add_database(
        request.world, request.alias, body["location"], body["externalId"], body["instanceType"] == REPLICATED,
        status=CONFIGURING, **body["machineConfig"], **body["backupTime"],
        retention_days=body["backupRetentionDays"], created=request.world.now,
    )  # fmt: skip


def start_creation(request: RequestContext, database: Database) -> HandlerResponse:
    """Start the work on a new subscription and return it."""
    request.start_job(key=database.id)
    return HandlerResponse(view(request.world, database, is_new=True))


@operation("createRdbsSubscription", writes=(Database, Notification, Action))
def create_database(request: RequestContext) -> HandlerResponse:
    """Create a subscription; reads return its properties at once, and it can be used when it is Active."""
    destinations = request.body.get("destinations", [])
    for index, destination in enumerate(destinations):
        check_recipient(destination["location"], f"destinations[{index}].location")
    database = add_requested(request, request.body)
    for destination in destinations:
        add_notification(request.world, database, destination["location"], destination["notifications"])
    return start_creation(request, database)


@create_database.effect
def database_is_created(world: World, key: str, user: str) -> None:
    """Set a new database to Active."""
    finish_work(world, key, ACTIVE, user, "created")


create_database.failure(work_failed)


@operation("updateRdbsSubscription", writes=(Database, Action))
def update_database(request: RequestContext) -> HandlerResponse:
    """Start a change of sizes or backup policy; reads return the new values at once (documented)."""
    database = start_update(request, require_usable(database_from_path(request)), request.body)
    return HandlerResponse(view(request.world, database, is_new=True))


def policy(database: Database) -> Json:
    """Return the sizes and the backup policy of a subscription, as a request to change them has them."""
    return {
        "machineConfig": {"cpu": database.cpu, "memory": database.memory, "storage": database.storage},
        "backupTime": {"hour": database.hour, "minute": database.minute},
        "backupRetentionDays": database.retention_days,
    }


def start_update(request: RequestContext, database: Database, body: Json) -> Database:
    """Start a change of sizes and backup policy, and return the changed subscription. Raise ApiError (400)."""
    _check_policy(body["machineConfig"], body["backupRetentionDays"])
    if body["machineConfig"]["storage"] < database.storage:
        raise validation_error("machineConfig.storage", f"Storage cannot shrink from {database.storage} GB.")
    before = {
        "cpu": database.cpu, "memory": database.memory, "storage": database.storage, "hour": database.hour,
        "minute": database.minute, "retention_days": database.retention_days,
    }  # fmt: skip
    database = request.world[Database].update(
        database, **body["machineConfig"], **body["backupTime"], retention_days=body["backupRetentionDays"],
        version=database.version + 1,
    )  # fmt: skip
    schedule_backup(request.world, database)
    database = show_status(request, database, CONFIGURING)
    request.start_job(key=database.id, before=before)
    return database


@update_database.effect
def database_is_changed(world: World, key: str, user: str) -> None:
    """Finish a change, whose values were set at once."""
    finish_work(world, key, ACTIVE, user, "modified")


@update_database.failure
def change_failed(world: World, key: str, before: Json, user: str) -> None:
    """Set the status of a failed change, and restore the previous sizes and backup policy."""
    finish_work(world, key, FAILED, user, **before)


@operation("deleteRdbsSubscription", writes=(Database, Action))
def delete_database(request: RequestContext) -> HandlerResponse:
    """Start the deletion of a subscription. It is Pending, then Deleted for a short time, then removed."""
    database = database_from_path(request)
    if database.status == DELETED:
        raise not_found(f"Subscription {database.id} does not exist.")
    if database.status != FAILED:
        require_usable(database)
    show_status(request, database, PENDING)
    request.start_job(key=database.id)
    return HandlerResponse()


@delete_database.effect
def database_is_deleted(world: World, key: str, user: str) -> None:
    """Delete a database; it is listed as Deleted for the duration of the deletion."""
    database = world[Database].get(key)
    if database is not None:
        add_history_entry(world, database, "deleted", user)
        world[Database].update(database, status=DELETED, version=database.version + 1)
        database_disappears.schedule(world, world.now + world.job_seconds, key=key)


delete_database.failure(work_failed)


@later("deleteRdbsSubscription", writes=(Database, Backup, Notification))
def database_disappears(world: World, key: str) -> None:
    """Remove a database with its backups and notifications."""
    world[Database].remove(key)
    for backup in world[Backup].find_by("database", key):
        world[Backup].remove(backup.id)
    for notification in world[Notification].find_by("database", key):
        world[Notification].remove(notification.id)


@operation("failoverRdbsSubscription", writes=(Database, Action))
def fail_over(request: RequestContext) -> HandlerResponse:
    """Start a failover to the replica. The subscription is Configuring until the end."""
    database = require_usable(database_from_path(request))
    if len(database.servers) < 2:
        raise bad_request(f"Subscription {database.external_id} is not replicated.")
    show_status(request, database, CONFIGURING)
    request.start_job(key=database.id)
    return HandlerResponse()


@fail_over.effect
def servers_are_swapped(world: World, key: str, user: str) -> None:
    """Swap the two servers; the first is the primary."""
    database = world[Database].get(key)
    if database is not None:
        world[Database].update(database, status=ACTIVE, servers=database.servers[::-1])
        add_history_entry(world, database, "failed over (manual)", user, "Replica server became active.")


fail_over.failure(work_failed)
