# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notifications of databases: recipients of alerts about high usage.

API behavior (rdbs.yaml, tag rdbsNotification): there is a list, but no operation to read a single notification; an update
replaces the whole notification; email is the only destination type; the recipient confirms with a token sent by email, until
then verified is false; responses to a create and an update are an object or an array of one.

Not specified by the contract; design decisions: whether a recipient can occur twice is not documented; the recipient,
case-insensitive, identifies a notification, and several with the same recipient are an error that lists their ids. A type that
the list returns but a request cannot set (MEMORY_UTILIZATION, known from the creation of databases) is not sent back.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import ResourceLookupError
from ...api.jobs import QueueResult
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.declared_resource import DeclaredResource
from ...kit.lookup import format_list
from ...kit.predicted import is_placeholder
from ...kit.resource import Entity, plain_field
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared

TYPES = ("CPU_UTILIZATION", "STORAGE_UTILIZATION")
_PROPERTIES = ("recipient", "notificationTypes")


class DatabaseNotification(DeclaredResource):
    """A recipient of the alerts of a database."""

    title = "database notification"
    twin_identity = "recipient"
    result_key = "database_notification"
    identified_by = (("database",), ("recipient", "id"))
    has_numeric_id = True
    lost_create_hint = "Run the task again; it creates the notification if it does not exist."
    fields = (
        plain_field("recipient", matches=compare.case_insensitive),
        plain_field("notification_types", "notificationTypes", matches=_shared.same_enum_set, required=True),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.resource_id = task.option("id")
        self.resolve_reference = _shared.DatabaseReference(task)
        self.database: Entity | None = None

    @property
    def label(self) -> str:
        name = self.task.option("recipient") or self.task.option("id")
        return f"notification {name} of {self.resolve_reference.label}"

    def lock_names(self) -> str | None:
        """Lock the notifications of the database: two tasks that find the same recipient missing would both create it."""
        return f"notifications of {self.resolve_reference.label} of {self.task.account}".lower()

    # Finding

    def find(self) -> None:
        self.database = self.database or self.resolve_reference.read()
        exists = self.database is not None and not is_placeholder(self.database["id"])
        if exists and self.has_created and self.resource_id is not None:
            self.entity = self.find_created_among(self.resource_id, self._read(), self._has_recipient)
            return
        matching = [item for item in self._read() if self._matches(item)] if exists else []
        if len(matching) > 1:
            raise ResourceLookupError(
                f"{len(matching)} notifications have this recipient: {format_list(str(item['id']) for item in matching)}",
                action="select",
                target=self.label,
                help_text="Set id.",
            )
        self.entity = matching[0] if matching else None

    def _read(self) -> list[Entity]:
        return _shared.read_list(self.task, self._path())

    def _matches(self, notification: Entity) -> bool:
        if self.resource_id is not None:
            return bool(compare.number(self.resource_id, notification["id"]))
        return self._has_recipient(notification)

    def _has_recipient(self, notification: Entity) -> bool:
        return compare.case_insensitive(self.task.option("recipient"), notification["recipient"])

    def _path(self, path: paths.Path = paths.DATABASE_NOTIFICATIONS, *notification_id: t.Any) -> str:
        return path(self.task.account, (self.database or {})["id"], *notification_id)

    # Planning

    def plan(self) -> list[Step]:
        if self.task.state != "absent" and self.task.option("notification_types") == []:
            raise problems.invalid_option(
                "notification_types",
                "the list is empty, but the service requires at least one type",
                "Specify a type, omit the option, or set state to absent.",
            )
        steps = super().plan()
        token = self.task.option("verification_token")
        if steps or token is None or self.entity is None or self.entity.get("verified"):
            return steps
        return [self._verify_step(str(token))]

    def _verify_step(self, token: str) -> Step:
        notification = self.existing

        def send() -> ApiResponse:
            path = self._path(paths.DATABASE_NOTIFICATION_OPERATIONS, notification["id"])
            return self.task.client.post(path, {"type": "verify", "token": token}, service=_shared.SERVICE)

        return Step(
            "verify",
            self.label,
            send=send,
            predict=lambda: notification.update(verified=True),
            identity=self.identity,
            parse=lambda response: QueueResult(),
        )

    # Requests

    def create(self, body: Entity) -> ApiResponse:
        return self.task.client.post(self._path(), {"destinationType": "EMAIL", **body}, service=_shared.SERVICE)

    def parse_created(self, response: ApiResponse) -> QueueResult:
        created = next(iter(_shared.as_list(response.body)), {})
        self.resource_id = created.get("id")
        return QueueResult()

    def update(self, changes: Entity) -> ApiResponse:
        current = {name: self.existing.get(name) for name in _PROPERTIES}
        current["notificationTypes"] = [item for item in current["notificationTypes"] or [] if item in TYPES]
        body = {"destinationType": "EMAIL", **current, **changes}
        path = self._path(paths.DATABASE_NOTIFICATION, self.existing["id"])
        return self.task.client.put(path, body, service=_shared.SERVICE, verify_path=self._path())

    def parse_updated(self, response: ApiResponse) -> QueueResult:
        return QueueResult()  # nothing is queued; an array in the response is not a list of jobs

    def remove(self) -> ApiResponse:
        notification_id = self.existing["id"]
        return self.task.client.delete(
            self._path(paths.DATABASE_NOTIFICATION, notification_id),
            service=_shared.SERVICE,
            verify_path=self._path(),
            is_deleted=lambda body: all(item["id"] != notification_id for item in _shared.as_list(body)),
        )

    def parse_deleted(self, response: ApiResponse) -> QueueResult:
        return QueueResult()

    # Results

    def predicted(self, body: Entity) -> Entity:
        return {**body, "verified": False}

    def apply(self, entity: Entity, changes: Entity) -> None:
        """Apply changes; a new recipient probably has to confirm again, which the contract does not specify."""
        if "recipient" in changes:
            entity["verified"] = None
        entity.update(changes)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        database = self.database or self.resolve_reference.predicted()
        return to_result(database["id"], entity)


def to_result(database_id: t.Any, notification: Entity) -> dict[str, t.Any]:
    """Return a notification in result format."""
    return {
        "id": notification.get("id"),
        "database_id": _shared.to_int(database_id),
        "recipient": notification.get("recipient"),
        "notification_types": sorted(notification.get("notificationTypes") or []),
        "verified": notification.get("verified"),
    }


def notifications_of(task: Task, database_id: t.Any) -> list[dict[str, t.Any]]:
    """Return the notifications of a database, sorted by recipient. Sends one request."""
    notifications = _shared.read_list(task, paths.DATABASE_NOTIFICATIONS(task.account, database_id))
    results = [to_result(database_id, notification) for notification in notifications]
    return sorted(results, key=lambda result: (str(result["recipient"]).lower(), result["id"]))


def gather_notifications(task: Task) -> list[dict[str, t.Any]]:
    """Return the notifications of the databases that an info task selects; empty if no such database exists."""
    return _shared.empty_if_missing(
        lambda: [result for database_id in _shared.select_ids(task) for result in notifications_of(task, database_id)]
    )
