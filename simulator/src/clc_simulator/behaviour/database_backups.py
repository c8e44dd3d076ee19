# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups of databases: listed, taken by hand, deleted, restored; and the addresses that are told of high use."""

from __future__ import annotations

from typing import Any

from clc_simulator import queue
from clc_simulator.behaviour import databases
from clc_simulator.behaviour.databases import Backup, Database, Notification
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem, invalid, refused
from clc_simulator.world import World

Json = dict[str, Any]
_DELETED = "DELETED"
_LINGERS = 0.25
"""Share of the time of its deletion for which a deleted backup is still listed, as DELETED."""


def _backup(call: Call, row: Database) -> Backup:
    """Return the backup of the path. Raises Problem (404)."""
    found = call.world[Backup].get(call.path["backupId"])
    if found is None or found.database != row.id or found.status == _DELETED:
        raise Problem(404, {"message": f"Backup {call.path['backupId']} does not exist."})
    return found


@operation("listRdbsBackups")
def list_backups(call: Call) -> Reply:
    """Answer the backups of a subscription, oldest first as in the example."""
    row = databases.of_path(call)
    return Reply([databases.backup_view(one) for one in call.world[Backup].by("database", row.id)])


@operation("createRdbsBackup")
def create_backup(call: Call) -> Reply:
    """Begin a backup. It is listed once it has ended; the subscription is Backing Up meanwhile."""
    row = databases.usable(databases.of_path(call))
    ended, failed = ("database.backup", {"status": "SUCCESS"}), ("database.backup", {"status": "FAILED"})
    databases.begin(call, row, databases.BACKING_UP, ended, failed)
    return Reply()


@queue.effect("database.backup")
def end_backup(world: World, database: str, by: str, status: str) -> None:
    """List the backup; one that failed leaves the database as it was."""
    row = world[Database].get(database)
    if row is not None:
        row = world[Database].update(row, status=databases.ACTIVE)
        made = databases.add_backup(world, row, "Manual", status, world.now)
        databases.note(world, row, "backed up (manual)", by, made.file_name)


@operation("deleteRdbsBackup")
def delete_backup(call: Call) -> Reply:
    """Begin to delete a backup, which is listed as it was until then."""
    row = databases.of_path(call)
    backup = _backup(call, row)
    databases.end(call, row, ("database.backup_gone", {"backup": backup.id}), None)
    return Reply()


@queue.effect("database.backup_gone")
def backup_gone(world: World, database: str, by: str, backup: str) -> None:
    """End a backup; it is listed as DELETED for a while."""
    found = world[Backup].get(backup)
    row = world[Database].get(database)
    if found is not None and row is not None and found.status != _DELETED:
        world[Backup].update(found, status=_DELETED)
        databases.note(world, row, "backup deleted", by, found.file_name)
        queue.schedule(world, world.now + _LINGERS * world.job_seconds, "database.backup_forget", {"backup": backup})


@queue.effect("database.backup_forget")
def backup_forget(world: World, backup: str) -> None:
    """Forget a backup."""
    world[Backup].remove(backup)


@operation("restoreRdbsBackup")
def restore_backup(call: Call) -> Reply:
    """Begin to put a backup into a subscription of the account, which is Restoring meanwhile."""
    owner = databases.of_path(call)
    backup = _backup(call, owner)
    if backup.status != "SUCCESS":
        raise refused(f"Backup {backup.id} is {backup.status} and cannot be restored.")
    try:
        target = databases.find(call.world, call.alias, call.body["toSubscriptionId"])
    except Problem as problem:
        raise invalid("toSubscriptionId", problem.body["message"]) from problem
    databases.usable(target)
    if target.storage < owner.storage:
        raise invalid("toSubscriptionId", f"{target.external_id} has less storage than {owner.external_id}.")
    done = {"status": databases.ACTIVE, "did": f"restored from backup {backup.id}"}
    failed = ("database.settle", {"status": databases.FAILED})
    databases.begin(call, target, databases.RESTORING, ("database.settle", done), failed)
    return Reply()


# Notifications


def _view(row: Notification) -> Json:
    return {
        "id": int(row.id),
        "destinationType": "EMAIL",
        "recipient": row.recipient,
        "notificationTypes": row.types,
        "verified": row.verified,
    }


def _notification(call: Call) -> Notification:
    """Return the notification of the path. Raises Problem (404)."""
    row = databases.of_path(call)
    found = call.world[Notification].get(call.path["notificationId"])
    if found is None or found.database != row.id:
        raise Problem(404, {"message": f"Notification {call.path['notificationId']} does not exist."})
    return found


@operation("listRdbsNotifications")
def list_notifications(call: Call) -> Reply:
    """Answer the notifications of a subscription, those that it was created with among them."""
    row = databases.of_path(call)
    return Reply([_view(one) for one in call.world[Notification].by("database", row.id)])


@operation("createRdbsNotification")
def create_notification(call: Call) -> Reply:
    """Add a notification; the same recipient may be added again."""
    row = databases.of_path(call)
    recipient = databases.checked_recipient(call.body["recipient"], "recipient")
    made = databases.add_notification(call.world, row, recipient, call.body["notificationTypes"], False)
    return Reply(_view(made))


@operation("updateRdbsNotification")
def update_notification(call: Call) -> Reply:
    """Replace a notification; another recipient has to confirm again, with another token."""
    found = _notification(call)
    recipient = databases.checked_recipient(call.body["recipient"], "recipient")
    if recipient != found.recipient:
        found = call.world[Notification].update(found, verified=False, token=call.world.new_id()[:8])
    changes = {"recipient": recipient, "types": call.body["notificationTypes"]}
    return Reply(_view(call.world[Notification].update(found, **changes)))


@operation("deleteRdbsNotification")
def delete_notification(call: Call) -> Reply:
    """Remove a notification."""
    call.world[Notification].remove(_notification(call).id)
    return Reply()


@operation("verifyRdbsNotification")
def verify_notification(call: Call) -> Reply:
    """Confirm a recipient with the token of the email, which GET /_simulator/state shows."""
    found = _notification(call)
    if call.body["token"] != found.token:
        raise invalid("token", "It is not the token of this notification.")
    call.world[Notification].update(found, verified=True)
    return Reply()
