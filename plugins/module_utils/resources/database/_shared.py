# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the resources of the relational database service share: reading, lookup, status, and results.

API behavior (rdbs.yaml): the service calls a database a subscription; responses have no links, so paths are built; ids are
integers; there are no jobs, and the only sign of progress is the status, which is spelled in several ways; a database is usable
if it is Active and rejects other changes while it is Configuring, Backing Up, or Restoring; a database that is Deleted or
Terminated counts as absent. Some responses are either an object or an array of one.

Not specified by the contract; design decisions: the name (externalId) is the first part of the host name and the data center the
second, so a name identifies a database in one data center and is case-sensitive. A number is an id. Pending, which is not
explained, is assumed to be work in progress. If accepted work reports no status, it is assumed to be visible in the status from
then on, so that Active after it means that it is done.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import typing as t

from ...api import paths
from ...api.errors import InvalidTaskError, NoSuchResource, NotFound, ResourceLookupError, ResponseLost
from ...api.jobs import Job, QueueResult, normalize_status
from ...kit.lookup import find_one, format_list
from ...kit.naming import with_keys
from ...kit.predicted import is_placeholder, new_number
from ...kit.recovery import wait_for_effect
from ...kit.resource import Entity
from ...kit.task import Task

SERVICE = "rdbs"
CACHE_KEY = "databases"  # of the list of databases, in Task.once
ACTIVE, REPLICATED, SINGLE = "Active", "MySQL_REPLICATION", "MySQL"
BUSY_STATUSES = frozenset({"pending", "configuring", "backingup", "restoring"})
DELETED_STATUSES = frozenset({"deleted", "terminated"})
_STATUSES = (
    "Active",
    "Backing Up",
    "Configuring",
    "Deleted",
    "Failed",
    "Pending",
    "Ready",
    "Restoring",
    "Success",
    "Terminated",
    "Unknown",
)
_DISPLAY_STATUSES = {normalize_status(status): status for status in _STATUSES}
_SERVER_KEYS = (
    "id",
    "name",
    "data_center",
    "cpu",
    "memory_gb",
    "storage_gb",
    "ip_address",
    "attributes",
    "connections",
)


# Reading


def same_enum_value(desired: t.Any, actual: t.Any) -> bool:
    """Compare enumeration values, which the service spells in several ways: MySQL and MYSQL, Backing Up and BACKING_UP."""
    return normalize_status(desired) == normalize_status(actual or "")


def same_enum_set(desired: t.Any, actual: t.Any) -> bool:
    """Compare lists of enumeration values in any order and spelling; null and an empty list are equal."""
    return set(map(normalize_status, desired or [])) == set(map(normalize_status, actual or []))


def as_list(body: t.Any) -> list[Entity]:
    """Return a response body as a list, whether it is an array or a single object."""
    return list(body) if isinstance(body, list) else [body] if body else []


def read_list(task: Task, path: str, **query: str) -> list[Entity]:
    """Read a list of the service. Sends one request."""
    return as_list(task.client.get(path, service=SERVICE, params=query or None).body)


def read_databases(task: Task) -> list[Entity]:
    """Read the databases of the account that are not deleted. Sends one request."""
    return [database for database in read_list(task, paths.DATABASES(task.account)) if not is_deleted(database)]


def read_database(task: Task, database_id: t.Any) -> Entity | None:
    """Read a database by id; None if it does not exist. Sends one request."""
    database: Entity | None = task.read(paths.DATABASE(task.account, database_id), SERVICE)
    return None if database is None or is_deleted(database) else database


def data_center_of(database: Entity) -> str:
    """Return the code of a database's data center in upper case; the service returns it as it was specified."""
    return str(database.get("location") or "").upper()


def find_by_name(task: Task, name: str) -> Entity:
    """Return the database with a name in the task's data center. Raises ResourceLookupError. Sends one request per task."""
    data_center = task.data_center
    try:
        return find_one(
            "database",
            name,
            [database for database in _cached_databases(task) if data_center_of(database) == data_center],
            name_property="externalId",
            scope=f"in {data_center}",
        )
    except NoSuchResource as error:
        others = other_data_centers(task, name)
        if others:
            error.help_text = f"A database with this name exists in {others}. Set data_center, or specify the id."
        raise


def _cached_databases(task: Task) -> list[Entity]:
    return task.cached(CACHE_KEY, lambda: read_databases(task))


def other_data_centers(task: Task, name: str) -> str:
    """Return the other data centers that have a database with this name, as text; empty if none. Uses the cached list."""
    codes = {data_center_of(database) for database in _cached_databases(task) if database["externalId"] == name}
    return format_list(sorted(codes - {task.data_center}))


def is_database_id(name_or_id: str) -> bool:
    """Return whether a value is the id of a database, which is a number, and not a name."""
    return name_or_id.isdigit() or is_placeholder(name_or_id)


class DatabaseReference:
    """The database that an option identifies by id or name: looked up once, then read by its id."""

    def __init__(self, task: Task, option: str = "database") -> None:
        self._task, self._name_or_id = task, task.option(option)
        self._id: t.Any = None

    @property
    def label(self) -> str:
        """The database, for messages."""
        return f"database {self._name_or_id}"

    def read(self) -> Entity | None:
        """Return the database. If it is missing, None for state=absent, and a predicted database in check mode."""
        if is_placeholder(str(self._name_or_id)):
            return self.predicted()
        if self._id is not None:
            return read_database(self._task, self._id)
        database = self._task.resolve_related(self._find, self.predicted(), None)
        self._id = database["id"] if database else None
        return database

    def _find(self) -> Entity:
        name_or_id = str(self._name_or_id)
        if not is_database_id(name_or_id):
            return find_by_name(self._task, name_or_id)
        database = read_database(self._task, name_or_id)
        if database is None:
            raise NoSuchResource(f"{self.label} does not exist", help_text="Check its id and account_alias.")
        return database

    def predicted(self) -> Entity:
        """Return the database as an earlier task has predicted it, as far as it is known."""
        name = str(self._name_or_id)
        is_id = is_database_id(name)
        database_id = int(name) if is_id else new_number(self._task, "database", name)
        properties = {} if is_id else {"externalId": name, "location": self._task.data_center}
        return {"id": database_id, "status": ACTIVE, "backups": [], "servers": [], "predicted": True, **properties}


def select_ids(task: Task) -> list[t.Any]:
    """Return the ids that the option `database` of an info task selects: an id itself, or all databases with that name."""
    name_or_id = str(task.option("database"))
    return [name_or_id] if is_database_id(name_or_id) else [database["id"] for database in select_databases(task)]


def select_databases(task: Task) -> list[Entity]:
    """Return the databases that an info task selects by id, name, and data center, sorted by data center, name, and id."""
    name_or_id, data_center = task.option("database"), task.option("data_center")
    if name_or_id is not None and is_database_id(str(name_or_id)):
        database = read_database(task, name_or_id)
        databases = [database] if database else []
    else:
        databases = [item for item in read_databases(task) if name_or_id in (None, item["externalId"])]
    matching = [item for item in databases if not data_center or data_center_of(item) == str(data_center).upper()]
    if data_center and not matching:
        require_data_center(task, str(data_center).upper())
    return sorted(matching, key=lambda item: (data_center_of(item), str(item["externalId"]), int(item["id"])))


def require_data_center(task: Task, code: str) -> None:
    """Raise ResourceLookupError if the database service does not have a data center. Sends one request."""
    codes = sorted(str(item["dataCenter"]).upper() for item in read_list(task, paths.DATABASE_DATA_CENTERS()))
    if code not in codes:
        raise ResourceLookupError(
            f"the database service has no data center '{code}'",
            help_text=f"Available data centers: {', '.join(codes)}.",
        )


def empty_if_missing(read: t.Callable[[], list[dict[str, t.Any]]]) -> list[dict[str, t.Any]]:
    """Return what is read below a database; an empty list if the database does not exist."""
    try:
        return read()
    except NotFound:
        return []


# Status


def normalized_status(entity: Entity) -> str:
    """Return the status of a database or backup in lower case without separators."""
    return normalize_status(entity.get("status") or "")


def is_deleted(entity: Entity) -> bool:
    """Return whether a database or backup is still listed but deleted, and so counts as absent."""
    return normalized_status(entity) in DELETED_STATUSES


def is_busy(database: Entity | None) -> bool:
    """Return whether work on a database is in progress, so that it rejects other changes."""
    return database is not None and normalized_status(database) in BUSY_STATUSES


def display_status(entity: Entity) -> str | None:
    """Return the status in the vendor's documented spelling; an undocumented one unchanged."""
    status = entity.get("status")
    return _DISPLAY_STATUSES.get(normalize_status(status), str(status)) if status else None


def check_usable(task: Task, action: str, target: str, database: Entity) -> None:
    """Raise InvalidTaskError if a database cannot be changed; in check mode, work in progress is assumed to be done."""
    if normalized_status(database) == "active" or (task.predicting and is_busy(database)):
        return
    raise InvalidTaskError(
        f"the status of database {database['externalId']} is {display_status(database)}, not {ACTIVE}",
        action=action,
        target=target,
        help_text="Run the task again when the database is active; if it has failed, check it in the control portal.",
    )


def database_job(task: Task, database: Entity, **rules: t.Any) -> QueueResult:
    """Return the work on a database as a job that ends when it is Active. rules: members of Job that differ."""
    statuses: dict[str, t.Any] = {
        "succeeded": frozenset({"active"}),
        "failed": DELETED_STATUSES | {"failed"},
        **rules,
    }
    name = str(database.get("externalId") or database["id"])
    path = paths.DATABASE(task.account, database["id"])
    return QueueResult([Job(str(database["id"]), path, SERVICE, (name,), **statuses)])


def wait_until_accepted(
    task: Task,
    lost: ResponseLost,
    database: Entity,
    has_change: t.Callable[[Entity], bool] = lambda database: False,
) -> QueueResult:
    """Handle a lost response to a request that makes a database busy: wait until it is busy or has the change."""

    def find_effect() -> Entity | None:
        current = read_database(task, database["id"])
        return current if current is not None and (is_busy(current) or has_change(current)) else None

    wait_for_effect(
        task,
        lost,
        find_effect,
        "The operation may still have been performed. Check the database with database_info before you run the task again.",
    )
    return database_job(task, database)


# Results


def format_timestamp(milliseconds: t.Any) -> str | None:
    """Return milliseconds since 1970 as date and time in UTC, without fractions of a second."""
    if milliseconds is None:
        return None
    timestamp = datetime.datetime.fromtimestamp(int(milliseconds) // 1000, datetime.UTC)
    return timestamp.strftime("%Y-%m-%dT%H:%M:%SZ")


def to_int(value: t.Any) -> int | None:
    """Return a number that the service may return as a string."""
    return None if value is None else int(value)


def backup_time(database: Entity) -> Entity | None:
    """Return {hour, minute} of the daily backup, which the service returns as 9:15 or 0:0."""
    hour, colon, minute = str(database.get("backupTime") or "").partition(":")
    return {"hour": int(hour), "minute": int(minute)} if colon else None


def instance_type(database: Entity) -> str | None:
    """Return the instance type. Responses say MySQL even for a replicated database, which is recognized by its two servers."""
    reported = str(database.get("instanceType") or "")
    if len(database.get("servers") or []) > 1 or normalize_status(reported) == normalize_status(REPLICATED):
        return REPLICATED
    return SINGLE if normalize_status(reported) == normalize_status(SINGLE) else reported or None


def server_size(database: Entity, property_name: str) -> int | None:
    """Return cpu, memory, or storage; None if no server has it, or if the servers differ during a change."""
    values = {server.get(property_name) for server in database.get("servers") or []}
    return to_int(values.pop()) if len(values) == 1 else None


def to_result(database: Entity) -> dict[str, t.Any]:
    """Return a database in result format, without its users, whose passwords older responses repeat."""
    return {
        "id": to_int(database.get("id")),
        "name": database.get("externalId"),
        "data_center": data_center_of(database) or None,
        "status": display_status(database),
        "instance_type": instance_type(database),
        "cpu": server_size(database, "cpu"),
        "memory_gb": server_size(database, "memory"),
        "storage_gb": server_size(database, "storage"),
        "backup_retention_days": to_int(database.get("backupRetentionDays")),
        "backup_time": backup_time(database),
        "host": database.get("host"),
        "port": to_int(database.get("port")),
        "certificate": database.get("certificate"),
        "servers": [_server_to_result(server) for server in database.get("servers") or []],
    }


def _server_to_result(server: Entity) -> dict[str, t.Any]:
    values = {
        **server,
        "name": server.get("alias"),
        "data_center": str(server.get("location") or "").upper(),
        "memory_gb": server.get("memory"),
        "storage_gb": server.get("storage"),
        "ip_address": (server.get("attributes") or {}).get("INTERNAL_IP"),
    }
    return with_keys(values, _SERVER_KEYS)
