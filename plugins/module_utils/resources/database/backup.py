# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups of databases: created, deleted, and restored into the same or another database.

API behavior (rdbs.yaml, tag rdbsBackup): responses have no body, so a new backup is identified by comparing the lists before and
after; a database contains its backups too; every request creates or restores again; the target of a restore is a database of
the same account with at least as much storage, and its data is overwritten; a deleted backup is missing or Deleted.

Not specified by the contract; design decisions: a backup has no name, so its age decides about `present`: with max_age_hours, a
successful backup that is not older satisfies it, manual or automatic. A restore never selects a backup by itself. Whether the
status of a database reflects the deletion of a backup is not documented, so the list decides.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import typing as t

from ...api import paths
from ...api.errors import InvalidTaskError, JobError, NoSuchResource, ResponseLost
from ...api.jobs import QueueResult
from ...api.responses import ApiResponse
from ...kit import problems
from ...kit.predicted import is_placeholder, new_number
from ...kit.recovery import wait_for_effect
from ...kit.resource import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared

_SUCCESS = "success"
# A backup with one of these statuses is not finished.
_UNFINISHED_STATUSES = _shared.BUSY_STATUSES | {""}
_IDLE_STATUSES = frozenset({"active", "failed", "ready", "success", "unknown"})


def _backups(task: Task, database: Entity) -> list[Entity]:
    """Return the backups of a database, oldest first; requested separately if the database does not contain them."""
    backups = database.get("backups")
    if backups is None:
        backups = _shared.read_list(task, paths.DATABASE_BACKUPS(task.account, database["id"]))
    existing = [backup for backup in backups if not _shared.is_deleted(backup)]
    return sorted(existing, key=lambda backup: (int(backup.get("backupTime") or 0), int(backup["id"])))


class DatabaseBackup(Resource):
    """A backup of a database: recent enough, deleted, or restored."""

    title = "database backup"
    identified_by = (("database",),)
    # The list may contain a backup for as long as its deletion takes; the task's deadline is the limit.
    consistency_timeout = 86400.0

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.source_reference = _shared.DatabaseReference(task)
        # An empty name must not cause the database of the backup to be overwritten.
        has_target = task.option("to_database") is not None
        self.target_reference = _shared.DatabaseReference(task, "to_database") if has_target else self.source_reference
        self.database: Entity | None = None
        self.target: Entity | None = None
        self.backups: list[Entity] = []
        self.ids_before: set[t.Any] | None = None
        self.predicted_backup: Entity | None = None

    def lock_names(self) -> str | None:
        """Lock the backups of the database, since a new backup is identified by comparing two lists."""
        return f"backups of {self.source_reference.label} of {self.task.account}".lower()

    # Finding

    def find(self) -> None:
        self.database = self.source_reference.read()
        self.backups = _backups(self.task, self.database) if self.database is not None else []
        if self.ids_before is None:
            self.ids_before = {backup["id"] for backup in self.backups}
        self.target = self.database
        if self.task.state == "restored" and self.target_reference is not self.source_reference:
            self.target = self.target_reference.read()

    @property
    def backup(self) -> Entity | None:
        """The backup with the task's id, or else the one that this run created, or else the newest that is recent enough."""
        backup_id = self.task.option("id")
        if backup_id is not None:
            if is_placeholder(backup_id) and not self.done:
                return self._predicted(backup_id)
            return next((backup for backup in self.backups if int(backup["id"]) == backup_id), None)
        return self._created_backup or self._recent_backup or self.predicted_backup

    @property
    def _new_manual_backups(self) -> list[Entity]:
        """Manual backups that did not exist before; the service may have created automatic ones meanwhile."""
        new = [backup for backup in self.backups if backup["id"] not in (self.ids_before or set())]
        return [backup for backup in new if str(backup.get("backupType")).lower() == "manual"]

    @property
    def _created_backup(self) -> Entity | None:
        manual = self._new_manual_backups
        return manual[-1] if manual and self._has_created else None

    @property
    def _has_created(self) -> bool:
        return any(step.effect == "created" for step in self.done)

    @property
    def _recent_backup(self) -> Entity | None:
        """The newest successful backup, if it is not older than max_age_hours."""
        hours = self.task.option("max_age_hours") or 0
        oldest = (datetime.datetime.now(datetime.UTC).timestamp() - hours * 3600) * 1000
        successful = [backup for backup in self.backups if _shared.normalized_status(backup) == _SUCCESS]
        return successful[-1] if successful and hours and int(successful[-1]["backupTime"]) >= oldest else None

    def is_stable(self) -> bool:
        """Return whether neither database is busy, and a backup created by this run is listed and finished."""
        if _shared.is_busy(self.database) or _shared.is_busy(self.target):
            return False
        created = self._created_backup
        status = None if created is None else _shared.normalized_status(created)
        if created is not None and status not in _UNFINISHED_STATUSES | {_SUCCESS}:
            raise JobError(
                f"the status of backup {created['id']} is {_shared.display_status(created)}",
                action="back up",
                target=self.source_reference.label,
                help_text="The service does not report why; the database is unchanged. Run the task again.",
            )
        return not self._has_created or status == _SUCCESS

    # Planning

    def plan(self) -> list[Step]:
        if self.done or self.database is None:
            return [] if self.task.state != "absent" else self._delete_steps()
        if self.task.state == "absent":
            return self._delete_steps()
        if self.task.state == "restored":
            return [self._restore_step(self._backup_to_restore(), self.target or {})]
        return [] if self._recent_backup else [self._create_step(self.database)]

    def _create_step(self, database: Entity) -> Step:
        _shared.check_usable(self.task, "back up", self.source_reference.label, database)
        return Step(
            "back_up",
            self.source_reference.label,
            send=lambda: self.task.client.post(
                paths.DATABASE_BACKUPS(self.task.account, database["id"]), service=_shared.SERVICE
            ),
            predict=self._predict_backup,
            identity=self.identity,
            effect="created",
            parse=lambda response: _shared.database_job(self.task, database),
            recover=lambda lost: self._recover_backup(lost, database),
        )

    @staticmethod
    def _predicted(backup_id: t.Any) -> Entity:
        return {"id": backup_id, "backupType": "Manual", "status": "SUCCESS"}

    def _predict_backup(self) -> None:
        self.predicted_backup = self._predicted(new_number(self.task, self.identity))

    def _recover_backup(self, lost: ResponseLost, database: Entity) -> QueueResult:
        """Handle a lost response: a new manual backup or a busy database proves that the backup was started."""

        def find_effect() -> bool | None:
            self.find()
            return True if self._new_manual_backups or _shared.is_busy(self.database) else None

        hint = "The backup may still have been created. Check database_backup_info before you run the task again."
        wait_for_effect(self.task, lost, find_effect, hint)
        return _shared.database_job(self.task, database)

    # Deleting

    def _delete_steps(self) -> list[Step]:
        database, backup = self.database, self.backup
        if database is None or backup is None:
            return []
        backup_id = backup["id"]

        def predict() -> None:
            self.backups = [item for item in self.backups if item["id"] != backup_id]

        def is_deleted(body: t.Any) -> bool:
            return all(item["id"] != backup_id or _shared.is_deleted(item) for item in _shared.as_list(body))

        def send() -> ApiResponse:
            return self.task.client.delete(
                paths.DATABASE_BACKUP(self.task.account, database["id"], backup_id),
                service=_shared.SERVICE,
                verify_path=paths.DATABASE_BACKUPS(self.task.account, database["id"]),
                is_deleted=is_deleted,
            )

        idle: dict[str, t.Any] = {"succeeded": _IDLE_STATUSES, "failed": frozenset[str]()}
        return [
            Step(
                "delete_backup",
                f"backup {backup_id} of {self.source_reference.label}",
                send=send,
                predict=predict,
                target_ids=(str(backup_id),),
                phrase="delete",
                effect="removed",
                parse=lambda response: _shared.database_job(self.task, database, **idle),
            )
        ]

    # Restoring

    def _backup_to_restore(self) -> Entity:
        backup = self.backup
        if backup is None:
            backup_id = self.task.option("id")
            self.task.raise_missing(
                NoSuchResource(
                    f"{self.source_reference.label} has no backup with the id {backup_id}",
                    action="restore",
                    target=self.title,
                    help_text="Use database_backup_info to list the backups of a database.",
                )
            )
            return self._predicted(backup_id)
        if _shared.normalized_status(backup) != _SUCCESS:
            raise InvalidTaskError(
                f"its status is {_shared.display_status(backup)}",
                action="restore",
                target=f"backup {backup['id']}",
                help_text="Set id to a successful backup.",
            )
        return backup

    def _restore_step(self, backup: Entity, target: Entity) -> Step:
        label = f"backup {backup['id']} into {self.target_reference.label}"
        _shared.check_usable(self.task, "restore", label, target)
        self._check_storage(label, target)
        database = self.database or {}

        def send() -> ApiResponse:
            path = paths.DATABASE_BACKUP_OPERATIONS(self.task.account, database["id"], backup["id"])
            body = {"type": "restore", "toSubscriptionId": target["id"]}
            return self.task.client.post(path, body, service=_shared.SERVICE)

        return Step(
            "restore",
            label,
            send=send,
            predict=lambda: self._predict_restore(backup),
            identity=self.identity,
            parse=lambda response: _shared.database_job(self.task, target),
            recover=lambda lost: _shared.wait_until_accepted(self.task, lost, target),
        )

    def _check_storage(self, label: str, target: Entity) -> None:
        required = _shared.server_size(self.database or {}, "storage")
        available = _shared.server_size(target, "storage")
        if required is not None and available is not None and available < required:
            raise InvalidTaskError(
                f"it has {available} GB of storage, but the backup requires {required} GB",
                action="restore",
                target=label,
                help_text="Increase its storage first, or set to_database to another database.",
            )

    def _predict_restore(self, backup: Entity) -> None:
        if self.backup is None:
            self.backups.append(backup)

    # Results

    def show(self) -> dict[str, t.Any]:
        database_id = (self.database or {}).get("id")
        restored = self.task.state == "restored"
        return {
            "database_backup": to_result(database_id, self.backup) if self.backup is not None else None,
            "restored_to_id": (self.target or {}).get("id") if restored else None,
        }


def to_result(database_id: t.Any, backup: Entity) -> dict[str, t.Any]:
    """Return a backup in result format."""
    return {
        "id": backup.get("id"),
        "database_id": _shared.to_int(database_id),
        "file_name": backup.get("fileName"),
        "backup_time": _shared.format_timestamp(backup.get("backupTime")),
        "backup_type": backup.get("backupType"),
        "status": _shared.display_status(backup),
        "size_bytes": backup.get("size"),
    }


def validate_id(task: Task) -> None:
    """Raise InvalidTaskError for an id with state=present, and NoSuchResource for a missing id with another state."""
    has_id, state = task.option("id") is not None, task.state
    if has_id == (state != "present"):
        return
    if has_id:
        raise problems.invalid_option(
            "id",
            "the service assigns the id of a new backup",
            "Omit id, or set state to absent or restored.",
        )
    help_text = "Set id to the id of a backup; database_backup_info returns it."
    task.raise_missing(NoSuchResource(f"state is {state} but id is missing", help_text=help_text))


def gather_backups(task: Task) -> list[dict[str, t.Any]]:
    """Return the backups of the databases that an info task selects, oldest first; empty if no such database exists."""
    name_or_id = str(task.option("database"))
    if _shared.is_database_id(name_or_id):
        return _shared.empty_if_missing(lambda: _results_of(task, {"id": name_or_id}))
    return [result for database in _shared.select_databases(task) for result in _results_of(task, database)]


def _results_of(task: Task, database: Entity) -> list[dict[str, t.Any]]:
    return [to_result(database["id"], backup) for backup in _backups(task, database)]
