# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Databases of the relational database service: MySQL on one server, or on two if it is replicated.

API behavior (rdbs.yaml, the operations on subscriptions): a create is not idempotent; its response is the database, still being
configured; an update contains sizes, retention, and backup time, all of them required; storage cannot shrink; name, data center,
instance type, and users cannot be changed; users are not returned, destinations become notifications; a password has at least
nine characters of three kinds.

Not specified by the contract; design decisions: users and destinations are only used when a database is created, since their
current values cannot be compared. The backup time defaults to midnight (UTC), as in the vendor's articles. If the response to a
delete was lost, the delete was accepted if the database is Pending afterwards. A database that is neither busy nor Active (it
has failed) causes a warning if no change is necessary, and an error otherwise.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import InvalidTaskError, NoSuchResource, ResponseLost
from ...api.jobs import QueueResult
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.declared_resource import DeclaredResource
from ...kit.resource import Entity, Field, changes_of, plain_field
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared
from . import notification as database_notification
from . import reports as database_reports

_SIZES = ("cpu", "memory", "storage")
_BACKUP_PROPERTIES = ("backupRetentionDays", "backupTime")
_DEFAULTS = {"instance_type": _shared.SINGLE, "backup_time": {"hour": 0, "minute": 0}}


def _size_field(option: str, name: str) -> Field:
    return Field(
        option,
        create=name,
        update=name,
        getter=lambda database: _shared.server_size(database, name),
        matches=compare.number,
        required=True,
    )


def _destinations_to_api(destinations: t.Sequence[Entity]) -> list[Entity]:
    return [
        {"destinationType": "EMAIL", "location": item["recipient"], "notifications": item["notification_types"]}
        for item in destinations
    ]


class Database(DeclaredResource):
    """A database with its sizes and its backup settings."""

    title = "database"
    result_key = "database"
    identified_by = (("name", "id"),)
    lost_create_hint = "The database may still have been created. Check database_info before you run the task again."
    has_numeric_id = True
    volatile = DeclaredResource.volatile | {"status", "connections"}
    fields = (
        plain_field("name", "externalId", updatable=False),
        Field("data_center", create="location", getter=_shared.data_center_of, matches=compare.case_insensitive),
        Field("instance_type", create="instanceType", getter=_shared.instance_type, matches=_shared.same_enum_value),
        _size_field("cpu", "cpu"),
        _size_field("memory_gb", "memory"),
        _size_field("storage_gb", "storage"),
        plain_field("backup_retention_days", "backupRetentionDays", matches=compare.number, required=True),
        Field("backup_time", create="backupTime", update="backupTime", getter=_shared.backup_time),
        Field("users", create="users", required=True),
        Field("destinations", create="destinations", write=_destinations_to_api),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.resource_id = task.option("id")

    @property
    def label(self) -> str:
        if self.task.option("id") is not None:
            return f"{self.title} {self.task.option('id')}"
        return f"{self.title} {self.task.option('name')} in {self.task.data_center}"

    def lock_names(self) -> str | None:
        """Lock the name: two tasks that find the same database missing would both create it."""
        return f"{self.label} of {self.task.account}".lower()

    # Finding

    def find(self) -> None:
        """Look up the name once, then read the database by its id."""
        if self.resource_id is not None:
            self.entity = _shared.read_database(self.task, self.resource_id)
        else:
            self.entity = self._find_by_name()

    def _find_by_name(self) -> Entity | None:
        self.task.invalidate(_shared.CACHE_KEY)
        try:
            database = _shared.find_by_name(self.task, str(self.task.option("name")))
        except NoSuchResource:
            return None
        self.resource_id = database["id"]
        return database

    def is_stable(self) -> bool:
        return not _shared.is_busy(self.entity)

    # Desired values

    def desired_value(self, field: Field) -> t.Any:
        value = super().desired_value(field)
        if self.entity is None and value is None:
            return self.task.data_center if field.option == "data_center" else _DEFAULTS.get(field.option)
        return value.upper() if value and field.option == "data_center" else value

    def plan(self) -> list[Step]:
        steps = super().plan()
        if not steps and self.entity is not None and self.is_stable():
            self._warn_unless_active(self.entity)
        return steps

    def _warn_unless_active(self, database: Entity) -> None:
        if _shared.normalized_status(database) != "active":
            status = _shared.display_status(database)
            self.task.warn_once(f"The status of {self.label} is {status}, so it cannot be used.")

    # Creating

    def check_create(self) -> None:
        super().check_create()
        others = _shared.other_data_centers(self.task, str(self.task.option("name")))
        if others:
            self.task.warn_once(
                f"A database with this name also exists in {others}; {self.label} will be a separate database."
            )

    def check_references(self, step: Step) -> None:
        if step.effect == "created":
            _shared.require_data_center(self.task, self.task.data_center)

    def create(self, body: Entity) -> ApiResponse:
        sizes = {name: body[name] for name in _SIZES}
        properties = {name: value for name, value in body.items() if name not in _SIZES}
        path = paths.DATABASES(self.task.account)
        return self.task.client.post(path, {**properties, "machineConfig": sizes}, service=_shared.SERVICE)

    def parse_created(self, response: ApiResponse) -> QueueResult:
        """Keep the new database; if the response has no id, look it up by its name."""
        created = next(iter(_shared.as_list(response.body)), {})
        self.resource_id = created.get("id")
        if self.resource_id is None:
            self.find()
            created = self.existing
        self.entity = created
        return _shared.database_job(self.task, created)

    def find_created(self) -> Entity | None:
        """Return the database with the desired name, which did not exist before the request."""
        return self._find_by_name()

    def parse_found(self, found: Entity) -> QueueResult:
        self.task.warn(
            f"The response to a create request was lost. Database {found['id']} is assumed to be its result."
        )
        return _shared.database_job(self.task, found)

    # Updating

    def check_update(self, changes: Entity) -> None:
        _shared.check_usable(self.task, "update", self.label, self.existing)
        self._check_not_shrinking(changes)
        self._update_body(changes)

    def update(self, changes: Entity) -> ApiResponse:
        path = paths.DATABASE(self.task.account, self.existing["id"])
        return self.task.client.patch(path, self._update_body(changes), service=_shared.SERVICE)

    def parse_updated(self, response: ApiResponse) -> QueueResult:
        return _shared.database_job(self.task, self.existing)

    def recover_updated(self, lost: ResponseLost) -> QueueResult:
        return _shared.wait_until_accepted(self.task, lost, self.existing, self._has_desired_values)

    def _has_desired_values(self, database: Entity) -> bool:
        return not changes_of(self.fields, database, self.desired_value)

    def _check_not_shrinking(self, changes: Entity) -> None:
        current = _shared.server_size(self.existing, "storage")
        if current is not None and changes.get("storage", current) < current:
            raise problems.invalid_option(
                "storage_gb",
                f"{self.label} has {current} GB of storage, which cannot shrink to {changes['storage']} GB",
                f"Set storage_gb to {current} or more, or omit it.",
            )

    def _update_body(self, changes: Entity) -> Entity:
        """Return the request body: the changes and, since the service requires all properties, the current other values."""
        current = {name: _shared.server_size(self.existing, name) for name in _SIZES}
        current["backupRetentionDays"] = _shared.to_int(self.existing.get("backupRetentionDays"))
        properties: Entity = {**current, "backupTime": _shared.backup_time(self.existing), **changes}
        missing = [name for name, value in properties.items() if value is None]
        if missing:
            raise InvalidTaskError(
                f"an update must contain {', '.join(missing)}, which the service does not return",
                action="update",
                target=self.label,
                help_text="Set all sizes, backup_retention_days, and backup_time.",
            )
        sizes = {name: properties[name] for name in _SIZES}
        return {"machineConfig": sizes, **{name: properties[name] for name in _BACKUP_PROPERTIES}}

    # Deleting

    def parse_deleted(self, response: ApiResponse) -> QueueResult:
        """Wait until the database is deleted; a database whose creation has failed keeps that status until then."""
        failed = frozenset() if _shared.normalized_status(self.existing) == "failed" else frozenset({"failed"})
        return _shared.database_job(
            self.task, self.existing, succeeded=_shared.DELETED_STATUSES, failed=failed, not_found_is_success=True
        )

    def remove(self) -> ApiResponse:
        return self.task.client.delete(
            paths.DATABASE(self.task.account, self.existing["id"]),
            service=_shared.SERVICE,
            is_deleted=lambda body: _shared.is_deleted(body) or _shared.normalized_status(body) == "pending",
        )

    # Results

    def predicted(self, body: Entity) -> Entity:
        if self.manages_prediction:
            body = {**dict.fromkeys((*_SIZES, "externalId", "location", "instanceType", "backupRetentionDays")), **body}
        count = 2 if _shared.same_enum_value(_shared.REPLICATED, body["instanceType"]) else 1
        server = {"location": body["location"], **{name: body[name] for name in _SIZES}}
        return {
            **{name: body[name] for name in ("externalId", "location", "instanceType", "backupRetentionDays")},
            "backupTime": "{hour}:{minute}".format(**body["backupTime"]),
            "status": _shared.ACTIVE,
            "servers": [dict(server) for _index in range(count)],
        }

    def apply(self, entity: Entity, changes: Entity) -> None:
        for server in entity.get("servers") or []:
            server.update({name: changes[name] for name in _SIZES if name in changes})
        if "backupRetentionDays" in changes:
            entity["backupRetentionDays"] = changes["backupRetentionDays"]
        if "backupTime" in changes:
            entity["backupTime"] = "{hour}:{minute}".format(**changes["backupTime"])

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return _shared.to_result(entity)


# Reading


def _certificate_file(task: Task, database_id: t.Any) -> str:
    """Read the certificate as a file. Sends one request."""
    return task.client.get_text(paths.DATABASE_CERTIFICATE(task.account, database_id), service=_shared.SERVICE)


# Additional information of a database, by the choices of the option gather. Each sends one request.
_SUBSETS: dict[str, t.Callable[[Task, t.Any], t.Any]] = {
    "billing": database_reports.billing,
    "certificate_file": _certificate_file,
    "history": database_reports.history,
    "notifications": database_notification.notifications_of,
}


def gather_databases(task: Task) -> list[dict[str, t.Any]]:
    """Return the databases that an info task selects, each with the subsets of the option `gather`."""
    gather = task.option("gather") or []
    return [
        {
            **_shared.to_result(database),
            **{key: read(task, database["id"]) if key in gather else None for key, read in _SUBSETS.items()},
        }
        for database in _shared.select_databases(task)
    ]
