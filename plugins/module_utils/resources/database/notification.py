# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notifications of databases: an address that is told of high use.

Facts (contract rdbs.yaml, tag rdbsNotification): there is a list and no call to read one; a change replaces the whole; email is
the only kind; the recipient has to confirm with a token that comes by email, until then verified is false; answers to create
and change are an object or an array of one.

Left open by the contract, and decided here. Whether a recipient may be there twice is not said: the recipient, whose case does
not count, is what tells one from another, and several of one recipient are an error that lists their ids. A kind of use that
the list shows and a request cannot name (MEMORY_UTILIZATION, known from the creation of databases) is not sent back.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.answers import Answer
from ...api.errors import ConfigurationError, LookupFailed
from ...api.jobs import Queued
from ...kit import compare
from ...kit.declaration import Declared, Entity, Field, member
from ...kit.lookup import listed
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared

TYPES = ("CPU_UTILIZATION", "STORAGE_UTILIZATION")
_MEMBERS = ("recipient", "notificationTypes")


class DatabaseNotification(Declared):
    """One recipient of one database: told of these kinds of use, or not at all."""

    title = "database notification"
    result_key = "database_notification"
    named_by = (("database",), ("recipient", "id"))
    lost_create_hint = "Run the task again; it adds the recipient if it is not there."
    fields = (
        Field("recipient", create="recipient", update="recipient", read=member("recipient"), same=compare.caseless),
        Field(
            "notification_types",
            create="notificationTypes",
            update="notificationTypes",
            read=member("notificationTypes"),
            same=_shared.same_word_set,
            required=True,
        ),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.own_id = task.option("id")
        self.named = _shared.Named(task)
        self.database: Entity | None = None

    @property
    def told(self) -> str:
        whom = self.task.option("recipient") or self.task.option("id")
        return f"notification {whom} of {self.named.told}"

    def held(self) -> str | None:
        """Two tasks that find the same recipient missing would both add it."""
        return f"notifications of {self.named.told} of {self.task.account}".lower()

    # Finding

    def find(self) -> None:
        self.database = self.database or self.named.read()
        known = self.database is not None and self.database["id"] is not None
        found = [one for one in self._read() if self._is_meant(one)] if known else []
        if len(found) > 1:
            raise LookupFailed(
                f"there are {len(found)} of this recipient: {listed(str(one['id']) for one in found)}",
                action="choose",
                thing=self.told,
                remedy="Give the id.",
            )
        self.entity = found[0] if found else None

    def _read(self) -> list[Entity]:
        return _shared.read_list(self.task, self._path())

    def _is_meant(self, one: Entity) -> bool:
        if self.own_id is not None:
            return bool(compare.number(self.own_id, one["id"]))
        return compare.caseless(self.task.option("recipient"), one["recipient"])

    def _path(self, path: paths.Path = paths.DATABASE_NOTIFICATIONS, *own_id: t.Any) -> str:
        return path(self.task.account, (self.database or {})["id"], *own_id)

    # Planning

    def plan(self) -> list[Step]:
        if self.task.state != "absent" and self.task.option("notification_types") == []:
            raise ConfigurationError(
                "notification_types is empty, and the service wants one at least",
                action="set",
                thing=self.told,
                remedy="Give one, leave the option out, or use state absent.",
            )
        steps = super().plan()
        token = self.task.option("verification_token")
        if steps or token is None or self.entity is None or self.entity.get("verified"):
            return steps
        return [self._verification(str(token))]

    def parse_created(self, answer: Answer) -> Queued:
        made = next(iter(_shared.many(answer.body)), {})
        self.own_id = made.get("id")
        return Queued()

    def _verification(self, token: str) -> Step:
        notification = self.existing

        def send() -> Answer:
            path = self._path(paths.DATABASE_NOTIFICATION_OPERATIONS, notification["id"])
            return self.task.client.post(path, {"type": "verify", "token": token}, service=_shared.SERVICE)

        return Step(
            "verify",
            self.told,
            send=send,
            predict=lambda: notification.update(verified=True),
            identity=self.identity,
            read=lambda answer: Queued(),
        )

    def parse_updated(self, answer: Answer) -> Queued:
        return Queued()  # an answer that is an array is no batch: nothing of this is queued

    def parse_deleted(self, answer: Answer) -> Queued:
        return Queued()

    # Sending

    def create(self, body: Entity) -> Answer:
        return self.task.client.post(self._path(), {"destinationType": "EMAIL", **body}, service=_shared.SERVICE)

    def update(self, changes: Entity) -> Answer:
        now = {name: self.existing.get(name) for name in _MEMBERS}
        now["notificationTypes"] = [one for one in now["notificationTypes"] or [] if one in TYPES]
        body = {"destinationType": "EMAIL", **now, **changes}
        where = self._path(paths.DATABASE_NOTIFICATION, self.existing["id"])
        return self.task.client.put(where, body, service=_shared.SERVICE, probe=self._path())

    def remove(self) -> Answer:
        own_id = self.existing["id"]
        return self.task.client.delete(
            self._path(paths.DATABASE_NOTIFICATION, own_id),
            service=_shared.SERVICE,
            probe=self._path(),
            done_when=lambda body: all(one["id"] != own_id for one in _shared.many(body)),
        )

    # Telling

    def predicted(self, body: Entity) -> Entity:
        return {**body, "verified": False}

    def apply(self, entity: Entity, changes: Entity) -> None:
        """A changed recipient probably has to confirm again, which the contract does not tell for sure."""
        if "recipient" in changes:
            entity["verified"] = None
        entity.update(changes)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return shown((self.database or {}).get("id"), entity)


def shown(database_id: t.Any, entity: Entity) -> dict[str, t.Any]:
    """Return a notification as results have it."""
    return {
        "id": entity.get("id"),
        "database_id": _shared.whole(database_id),
        "recipient": entity.get("recipient"),
        "notification_types": sorted(entity.get("notificationTypes") or []),
        "verified": entity.get("verified"),
    }


def read_shown(task: Task, own_id: t.Any) -> list[dict[str, t.Any]]:
    """Return the notifications of a database by recipient. One request."""
    found = _shared.read_list(task, paths.DATABASE_NOTIFICATIONS(task.account, own_id))
    return sorted((shown(own_id, one) for one in found), key=lambda one: (str(one["recipient"]).lower(), one["id"]))


def found_notifications(task: Task) -> list[dict[str, t.Any]]:
    """Return the notifications of the database that an info task means; none where there is no such database."""
    return _shared.unless_missing(
        lambda: [one for own_id in _shared.ids_meant(task) for one in read_shown(task, own_id)]
    )
