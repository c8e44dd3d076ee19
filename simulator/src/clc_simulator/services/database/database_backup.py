# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups of databases: list, create, delete, and restore.

Decisions:
  - A backup is listed after it has ended. A failed backup is FAILED, and its database Active. A deleted backup is listed as
    DELETED for a quarter of a job's time.
  - A restore only adds an entry to the history of the target.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core.entities import World
from clc_simulator.core.errors import ApiError, bad_request, not_found, validation_error
from clc_simulator.core.jobs import later
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.database._shared import (
    ACTIVE,
    BACKING_UP,
    RESTORING,
    Action,
    Backup,
    Database,
    add_backup,
    add_history_entry,
    backup_view,
    database_from_path,
    find_database,
    finish_work,
    require_usable,
    show_status,
    work_failed,
)

Json = dict[str, Any]
_DELETED = "DELETED"
_LINGERS = 0.25
"""Share of the duration of its deletion for which a deleted backup is listed as DELETED."""


def _backup(request: RequestContext, database: Database) -> Backup:
    """Return the backup of the path. Raise ApiError (404)."""
    backup = request.world[Backup].get(request.path["backupId"])
    if backup is None or backup.database != database.id or backup.status == _DELETED:
        raise not_found(f"Backup {request.path['backupId']} does not exist.")
    return backup


@operation("listRdbsBackups")
def list_backups(request: RequestContext) -> HandlerResponse:
    """Return the backups of a subscription, oldest first as in the example."""
    database = database_from_path(request)
    return HandlerResponse([backup_view(backup) for backup in request.world[Backup].find_by("database", database.id)])


@operation("createRdbsBackup", writes=(Database, Backup, Action))
def create_backup(request: RequestContext) -> HandlerResponse:
    """Start a backup. It is listed after it has ended; until then the subscription is Backing Up."""
    database = require_usable(database_from_path(request))
    show_status(request, database, BACKING_UP)
    request.start_job(key=database.id)
    return HandlerResponse()


@create_backup.effect
def backup_is_taken(world: World, key: str, user: str) -> None:
    """Add a successful backup."""
    _end_backup(world, key, user, "SUCCESS")


@create_backup.failure
def backup_failed(world: World, key: str, user: str) -> None:
    """Add a failed backup."""
    _end_backup(world, key, user, "FAILED")


def _end_backup(world: World, key: str, user: str, status: str) -> None:
    database = world[Database].get(key)
    if database is not None:
        database = world[Database].update(database, status=ACTIVE)
        backup = add_backup(world, database, "Manual", status, world.now)
        add_history_entry(world, database, "backed up (manual)", user, backup.file_name)


@operation("deleteRdbsBackup", writes=(Backup, Action))
def delete_backup(request: RequestContext) -> HandlerResponse:
    """Start the deletion of a backup, whose status does not change until the end."""
    database = database_from_path(request)
    backup = _backup(request, database)
    request.start_job(key=database.id, backup_id=backup.id)
    return HandlerResponse()


@delete_backup.effect
def backup_is_deleted(world: World, key: str, backup_id: str, user: str) -> None:
    """Delete a backup; it is listed as DELETED for a short time."""
    database, backup = world[Database].get(key), world[Backup].get(backup_id)
    if database is not None and backup is not None and backup.status != _DELETED:
        world[Backup].update(backup, status=_DELETED)
        add_history_entry(world, database, "backup deleted", user, backup.file_name)
        backup_disappears.schedule(world, world.now + _LINGERS * world.job_seconds, backup_id=backup_id)


@later("deleteRdbsBackup", writes=(Backup,))
def backup_disappears(world: World, backup_id: str) -> None:
    """Remove a backup."""
    world[Backup].remove(backup_id)


@operation("restoreRdbsBackup", writes=(Database, Action))
def restore_backup(request: RequestContext) -> HandlerResponse:
    """Start to restore a backup to a subscription of the account, which is Restoring until the end."""
    owner = database_from_path(request)
    backup = _backup(request, owner)
    if backup.status != "SUCCESS":
        raise bad_request(f"Backup {backup.id} is {backup.status} and cannot be restored.")
    try:
        target = find_database(request.world, request.alias, request.body["toSubscriptionId"])
    except ApiError as error:
        raise validation_error("toSubscriptionId", error.body["message"]) from error
    require_usable(target)
    if target.storage < owner.storage:
        raise validation_error("toSubscriptionId", f"{target.external_id} has less storage than {owner.external_id}.")
    show_status(request, target, RESTORING)
    request.start_job(key=target.id, backup_id=backup.id)
    return HandlerResponse()


@restore_backup.effect
def backup_is_restored(world: World, key: str, backup_id: str, user: str) -> None:
    """Finish a restore: it only adds an entry to the history."""
    finish_work(world, key, ACTIVE, user, f"restored from backup {backup_id}")


restore_backup.failure(work_failed)
