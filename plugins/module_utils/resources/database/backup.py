# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups of databases: taken, deleted, restored into the same or another database.

Facts (contract rdbs.yaml, tag rdbsBackup): no answer has a body, so that a new backup is told by comparing the lists before and
after; the backups are inside of the database too; every call takes or restores once more; the target of a restore is a database
of the same account with as much storage or more, and its data is overwritten; a deleted backup is gone or Deleted.

Left open by the contract, and decided here. A backup has no name, so `present` is told by its age: with max_age_hours a
successful backup that is young enough will do, whoever took it. A restore never chooses a backup by itself. Whether deleting a
backup shows in the status of its database is not known, so the list decides.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import typing as t

from ...api import paths
from ...api.answers import Answer
from ...api.errors import AnswerLost, ConfigurationError, JobsFailed, NotThere
from ...api.jobs import Queued
from ...kit.declaration import Entity, Resource
from ...kit.recovery import found_after
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared

_SUCCESS = "success"
# A backup that shows one of these is not finished.
_UNFINISHED = _shared.BUSY | {""}
_RESTING = frozenset({"active", "failed", "ready", "success", "unknown"})


def _backups(task: Task, database: Entity) -> list[Entity]:
    """Return the backups of a database by age; read on their own where the database does not bring them along."""
    found = database.get("backups")
    if found is None:
        found = _shared.read_list(task, paths.DATABASE_BACKUPS(task.account, database["id"]))
    live = [one for one in found if not _shared.is_gone(one)]
    return sorted(live, key=lambda one: (int(one.get("backupTime") or 0), int(one["id"])))


class DatabaseBackup(Resource):
    """A backup of one database: one that is young enough, one that is gone, or one that is restored."""

    title = "database backup"
    named_by = (("database",),)
    # The list may show a backup for as long as its deletion takes; the task's time is the bound.
    lag = 86400.0

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.named = _shared.Named(task)
        # An empty name is no reason to overwrite the database that the backup is of.
        elsewhere = task.option("to_database") is not None
        self.target_named = _shared.Named(task, "to_database") if elsewhere else self.named
        self.database: Entity | None = None
        self.target: Entity | None = None
        self.backups: list[Entity] = []
        self.known: set[t.Any] | None = None
        self.foreseen: Entity | None = None

    def held(self) -> str | None:
        """A new backup is told from those before by difference, so only one at a time may be taken of a database."""
        return f"backups of {self.named.told} of {self.task.account}".lower()

    # Finding

    def find(self) -> None:
        self.database = self.named.read()
        self.backups = _backups(self.task, self.database) if self.database is not None else []
        if self.known is None:
            self.known = {one["id"] for one in self.backups}
        self.target = self.database
        if self.task.state == "restored" and self.target_named is not self.named:
            self.target = self.target_named.read()

    @property
    def backup(self) -> Entity | None:
        """The backup that the task means: by its id, the one that this run took, or the newest that is young enough."""
        own_id = self.task.option("id")
        if own_id is not None:
            return next((one for one in self.backups if int(one["id"]) == own_id), None)
        return self._made or self._young or self.foreseen

    @property
    def _made(self) -> Entity | None:
        """The backup that this run took; the service makes automatic ones meanwhile."""
        new = [one for one in self.backups if one["id"] not in (self.known or set())]
        by_hand = [one for one in new if str(one.get("backupType")).lower() == "manual"]
        return by_hand[-1] if by_hand and self._has_taken else None

    @property
    def _has_taken(self) -> bool:
        return any(step.effect == "created" for step in self.done)

    @property
    def _young(self) -> Entity | None:
        """The newest successful backup, where it is no older than wanted."""
        hours = self.task.option("max_age_hours") or 0
        oldest = (datetime.datetime.now(datetime.UTC).timestamp() - hours * 3600) * 1000
        good = [one for one in self.backups if _shared.word_of(one) == _SUCCESS]
        return good[-1] if good and hours and int(good[-1]["backupTime"]) >= oldest else None

    def settled(self) -> bool:
        """Nothing goes on in either database, and a backup that this run took is listed and finished."""
        if _shared.is_busy(self.database) or _shared.is_busy(self.target):
            return False
        made = self._made
        if made is not None and _shared.word_of(made) not in _UNFINISHED | {_SUCCESS}:
            raise JobsFailed(
                f"backup {made['id']} is {_shared.told_status(made)}",
                action="back up",
                thing=self.named.told,
                remedy="The service tells no reason; the database itself is as before. Run the task again.",
            )
        return not self._has_taken or (made is not None and _shared.word_of(made) == _SUCCESS)

    # Planning

    def plan(self) -> list[Step]:
        if self.done or self.database is None:
            return [] if self.task.state != "absent" else self._deletions()
        if self.task.state == "absent":
            return self._deletions()
        if self.task.state == "restored":
            return [self._restore(self._backup_to_restore(), self.target or {})]
        return [] if self._young else [self._creation(self.database)]

    def _creation(self, database: Entity) -> Step:
        _shared.refuse_unusable(self.task, "back up", self.named.told, database)
        return Step(
            "back_up",
            self.named.told,
            send=lambda: self.task.client.post(
                paths.DATABASE_BACKUPS(self.task.account, database["id"]), service=_shared.SERVICE
            ),
            predict=self._foresee_backup,
            identity=self.identity,
            effect="created",
            read=lambda answer: _shared.queued_on(self.task, database),
            recover=lambda lost: self._recovered(lost, database),
        )

    @staticmethod
    def _foresee() -> Entity:
        return {"backupType": "Manual", "status": "SUCCESS"}

    def _foresee_backup(self) -> None:
        self.foreseen = self._foresee()

    def _recovered(self, lost: AnswerLost, database: Entity) -> Queued:
        """After a lost answer: a new backup by hand, or a database that is being backed up, shows that it was taken."""

        def look() -> bool | None:
            self.find()
            new = [one for one in self.backups if one["id"] not in (self.known or set())]
            by_hand = any(str(one.get("backupType")).lower() == "manual" for one in new)
            return True if by_hand or _shared.is_busy(self.database) else None

        found_after(self.task, lost, look, "It may have been taken: read the backups before the next run.")
        return _shared.queued_on(self.task, database)

    # Deleting

    def _deletions(self) -> list[Step]:
        database, backup = self.database, self.backup
        if database is None or backup is None:
            return []
        own_id = backup["id"]

        def predict() -> None:
            self.backups = [one for one in self.backups if one["id"] != own_id]

        def send() -> Answer:
            return self.task.client.delete(
                paths.DATABASE_BACKUP(self.task.account, database["id"], own_id),
                service=_shared.SERVICE,
                probe=paths.DATABASE_BACKUPS(self.task.account, database["id"]),
                done_when=lambda body: all(one["id"] != own_id or _shared.is_gone(one) for one in _shared.many(body)),
            )

        return [
            Step(
                "delete_backup",
                f"backup {own_id} of {self.named.told}",
                send=send,
                predict=predict,
                target_ids=(str(own_id),),
                phrase="delete",
                effect="removed",
                read=lambda answer: _shared.queued_on(self.task, database, succeeded=_RESTING, failed=frozenset[str]()),
            )
        ]

    # Restoring

    def _backup_to_restore(self) -> Entity:
        found = self.backup
        if found is None:
            own_id = self.task.option("id")
            self.task.raise_missing(
                NotThere(
                    f"{self.named.told} has no backup {own_id}",
                    action="restore",
                    thing=self.title,
                    remedy="database_backup_info lists the backups of a database.",
                )
            )
            return {"id": own_id, **self._foresee()}
        if _shared.word_of(found) != _SUCCESS:
            raise ConfigurationError(
                f"its status is {_shared.told_status(found)}",
                action="restore",
                thing=f"backup {found['id']}",
                remedy="Choose one that has succeeded.",
            )
        return found

    def _restore(self, backup: Entity, target: Entity) -> Step:
        thing = f"backup {backup['id']} into {self.target_named.told}"
        _shared.refuse_unusable(self.task, "restore", thing, target)
        self._refuse_smaller(thing, target)
        database = self.database or {}

        def send() -> Answer:
            path = paths.DATABASE_BACKUP_OPERATIONS(self.task.account, database["id"], backup["id"])
            body = {"type": "restore", "toSubscriptionId": target["id"]}
            return self.task.client.post(path, body, service=_shared.SERVICE)

        return Step(
            "restore",
            thing,
            send=send,
            predict=lambda: self._foresee_restore(backup),
            identity=self.identity,
            read=lambda answer: _shared.queued_on(self.task, target),
            recover=lambda lost: _shared.taken_up(self.task, lost, target),
        )

    def _refuse_smaller(self, thing: str, target: Entity) -> None:
        needed, there = _shared.size(self.database or {}, "storage"), _shared.size(target, "storage")
        if needed is not None and there is not None and there < needed:
            raise ConfigurationError(
                f"it has {there} GB of storage, and the backup is of {needed} GB",
                action="restore",
                thing=thing,
                remedy="Give it more storage first, or choose another database.",
            )

    def _foresee_restore(self, backup: Entity) -> None:
        if self.backup is None:
            self.backups.append(backup)

    # Telling

    def show(self) -> dict[str, t.Any]:
        own_id = (self.database or {}).get("id")
        restored = self.task.state == "restored"
        return {
            "database_backup": shown(own_id, self.backup) if self.backup is not None else None,
            "restored_to_id": (self.target or {}).get("id") if restored else None,
        }


def shown(database_id: t.Any, entity: Entity) -> dict[str, t.Any]:
    """Return a backup as results have it."""
    return {
        "id": entity.get("id"),
        "database_id": _shared.whole(database_id),
        "file_name": entity.get("fileName"),
        "backup_time": _shared.told_moment(entity.get("backupTime")),
        "backup_type": entity.get("backupType"),
        "status": _shared.told_status(entity),
        "size_bytes": entity.get("size"),
    }


def check_id(task: Task) -> None:
    """Refuse an id where the service chooses it, and its lack where one backup is meant, before anything is read."""
    given, state = task.option("id") is not None, task.state
    if given == (state != "present"):
        return
    if given:
        raise ConfigurationError(
            "the service chooses the id of a new backup",
            action="use",
            thing="id",
            remedy="Leave it out, or use state absent or restored.",
        )
    remedy = "Say which backup is meant; none is chosen silently."
    task.raise_missing(NotThere("id not given", action="use", thing=f"state {state}", remedy=remedy))


def found_backups(task: Task) -> list[dict[str, t.Any]]:
    """Return the backups of the database that an info task means, oldest first; none where there is no such database."""
    wanted = str(task.option("database"))
    if wanted.isdigit():
        return _shared.unless_missing(lambda: _shown_all(task, {"id": wanted}))
    return [one for database in _shared.meant(task) for one in _shown_all(task, database)]


def _shown_all(task: Task, database: Entity) -> list[dict[str, t.Any]]:
    return [shown(database["id"], one) for one in _backups(task, database)]
