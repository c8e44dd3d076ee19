# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the resources of the relational database service have in common: paths, look-up, status, and what is shown.

Facts (contract rdbs.yaml): the service calls a database a subscription; its own address has no links, so that paths are made;
ids are integers; there are no jobs, and the only sign of progress is the status, whose words are spelled in several ways; a
database is usable at Active and takes no other change while it is Configuring, Backing Up or Restoring; one that is Deleted or
Terminated counts as absent. Some answers are an object or an array of one, which the vendor's pages leave open.

Left open by the contract, and decided here. The name (externalId) is the first part of the host name, and the data center is
the second: so a name means a database in one data center, by default in the home of the login, and its case counts. Digits
alone are an id. Pending, which is not explained, is taken for work that goes on. Work that is accepted with no word on its
status is taken to show in the status from then on, so that Active after it means that it is done.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import typing as t

from ...api import paths
from ...api.errors import AnswerLost, ConfigurationError, NotFound, NotThere
from ...api.jobs import Job, Queued, folded
from ...kit.declaration import Entity
from ...kit.lookup import listed, pick
from ...kit.recovery import found_after
from ...kit.shape import filled
from ...kit.task import Task

SERVICE = "rdbs"
ALL = "databases"  # what Task.once knows them by
ACTIVE, REPLICATED, PLAIN = "Active", "MySQL_REPLICATION", "MySQL"
BUSY = frozenset({"pending", "configuring", "backingup", "restoring"})
GONE = frozenset({"deleted", "terminated"})
_WORDS = (
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
_TOLD = {folded(word): word for word in _WORDS}
_SERVER = ("id", "name", "data_center", "cpu", "memory_gb", "storage_gb", "ip_address", "attributes", "connections")


# Reading


def same_word(wanted: t.Any, shown: t.Any) -> bool:
    """The same word of the service, which spells one in many ways: MySQL and MYSQL, Backing Up and BACKING_UP."""
    return folded(wanted) == folded(shown or "")


def same_word_set(wanted: t.Any, shown: t.Any) -> bool:
    """The same words of the service, whatever their order and spelling; none and no list at all are the same."""
    return set(map(folded, wanted or [])) == set(map(folded, shown or []))


def many(body: t.Any) -> list[Entity]:
    """Return an answer as a list, whether it is an array or one object."""
    return list(body) if isinstance(body, list) else [body] if body else []


def read_list(task: Task, where: str, **query: str) -> list[Entity]:
    """Read a list of the service. One request."""
    return many(task.client.get(where, service=SERVICE, params=query or None).body)


def read_all(task: Task) -> list[Entity]:
    """Read the databases of the account that are there. One request."""
    return [one for one in read_list(task, paths.DATABASES(task.account)) if not is_gone(one)]


def read_one(task: Task, own_id: t.Any) -> Entity | None:
    """Read a database by id; None where it is not there. One request."""
    found: Entity | None = task.read(paths.DATABASE(task.account, own_id), SERVICE)
    return None if found is None or is_gone(found) else found


def code_of(database: Entity) -> str:
    """Return the code of a database's data center in upper case; the service shows it as it was given."""
    return str(database.get("location") or "").upper()


def named(task: Task, name: str) -> Entity:
    """Return the database of a name in the task's data center. Raises LookupFailed. One request for a task."""
    center = task.data_center
    try:
        return pick(
            "database",
            name,
            [one for one in _known(task) if code_of(one) == center],
            name_member="externalId",
            where=f"in {center}",
        )
    except NotThere as error:
        others = elsewhere(task, name)
        if others:
            error.remedy = f"There is one in {others}: give data_center, or its id."
        raise


def _known(task: Task) -> list[Entity]:
    return task.once(ALL, lambda: read_all(task))


def elsewhere(task: Task, name: str) -> str:
    """Tell the other data centers that have a database of a name; empty where there is none. No request after a look-up."""
    codes = {code_of(one) for one in _known(task) if one["externalId"] == name}
    return listed(sorted(codes - {task.data_center}))


class Named:
    """The database that an option names by id or name: looked up once, and read by its id from then on."""

    def __init__(self, task: Task, option: str = "database") -> None:
        self._task, self._wanted = task, task.option(option)
        self._id: t.Any = None

    @property
    def told(self) -> str:
        """The database in words, as the task names it."""
        return f"database {self._wanted or 'that is yet to be made'}"

    def read(self) -> Entity | None:
        """Return the database. One that is missing is None where something shall be absent, and foreseen in check mode."""
        if self._id is not None:
            return read_one(self._task, self._id)
        found = self._task.related(self._look, self._foreseen(), None)
        self._id = found["id"] if found else None
        return found

    def _look(self) -> Entity:
        wanted = str(self._wanted or "")
        if not wanted.isdigit() and wanted:
            return named(self._task, wanted)
        found = read_one(self._task, wanted) if wanted else None
        if found is None:
            raise NotThere(f"there is no {self.told}", remedy="Check its id and account_alias.")
        return found

    def _foreseen(self) -> Entity:
        name = str(self._wanted or "")
        known = {} if name.isdigit() or not name else {"externalId": name, "location": self._task.data_center}
        return {"id": None, "status": ACTIVE, "backups": [], "servers": [], "foreseen": True, **known}


def ids_meant(task: Task) -> list[t.Any]:
    """Return the ids that the option `database` of an info task means: itself, or those of all databases of that name."""
    wanted = str(task.option("database"))
    return [wanted] if wanted.isdigit() else [one["id"] for one in meant(task)]


def meant(task: Task) -> list[Entity]:
    """Return the databases that an info task means, by data center, name and id: all, or those of an id, name, data center."""
    wanted, center = task.option("database"), task.option("data_center")
    if wanted is not None and str(wanted).isdigit():
        one = read_one(task, wanted)
        found = [one] if one else []
    else:
        found = [one for one in read_all(task) if wanted in (None, one["externalId"])]
    kept = [one for one in found if center is None or code_of(one) == str(center).upper()]
    return sorted(kept, key=lambda one: (code_of(one), str(one["externalId"]), int(one["id"])))


def unless_missing(read: t.Callable[[], list[dict[str, t.Any]]]) -> list[dict[str, t.Any]]:
    """Return what is read below a database of a given id; none where there is no such database."""
    try:
        return read()
    except NotFound:
        return []


# Status


def word_of(entity: Entity) -> str:
    """Return the status of a database or backup as one word in lower case."""
    return folded(entity.get("status") or "")


def is_gone(entity: Entity) -> bool:
    """Say whether a database or backup is only listed any more, and counts as absent."""
    return word_of(entity) in GONE


def is_busy(database: Entity | None) -> bool:
    """Say whether work goes on in a database, so that it takes no other."""
    return database is not None and word_of(database) in BUSY


def told_status(entity: Entity) -> str | None:
    """Return the status in the spelling of the vendor's table; a word that it does not have as it is."""
    status = entity.get("status")
    return _TOLD.get(folded(status), str(status)) if status else None


def refuse_unusable(task: Task, action: str, thing: str, database: Entity) -> None:
    """Raise ConfigurationError where a database takes no change; in check mode work that goes on is taken as done by then."""
    if word_of(database) == "active" or (task.runs_ahead and is_busy(database)):
        return
    raise ConfigurationError(
        f"database {database['externalId']} is {told_status(database)}",
        action=action,
        thing=thing,
        remedy="It takes this at Active only; let the task wait, or look at it in the control portal where it has failed.",
    )


def queued_on(task: Task, database: Entity, **rules: t.Any) -> Queued:
    """Return the work that goes on in a database as a job that ends when it is Active. rules: members of Job that differ."""
    words: dict[str, t.Any] = {"succeeded": frozenset({"active"}), "failed": GONE | {"failed"}, **rules}
    name = str(database.get("externalId") or database["id"])
    return Queued([Job(str(database["id"]), paths.DATABASE(task.account, database["id"]), SERVICE, (name,), **words)])


def taken_up(
    task: Task, lost: AnswerLost, database: Entity, shows_it: t.Callable[[Entity], bool] = lambda found: False
) -> Queued:
    """After a lost answer to a request that makes a database busy: wait until it is seen to be so, or shows what was done."""

    def look() -> Entity | None:
        found = read_one(task, database["id"])
        return found if found is not None and (is_busy(found) or shows_it(found)) else None

    found_after(task, lost, look, "It may have been done: read the database and its history before the next run.")
    return queued_on(task, database)


# Showing


def told_moment(milliseconds: t.Any) -> str | None:
    """Write a moment of the service, milliseconds since 1970, as a date and time in UTC and whole seconds."""
    if milliseconds is None:
        return None
    moment = datetime.datetime.fromtimestamp(int(milliseconds) // 1000, datetime.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def whole(value: t.Any) -> int | None:
    """Return a number that the service may write as a text."""
    return None if value is None else int(value)


def backup_time(database: Entity) -> Entity | None:
    """Return {hour, minute} of the daily backup, which the service writes as 9:15 or 0:0."""
    hour, colon, minute = str(database.get("backupTime") or "").partition(":")
    return {"hour": int(hour), "minute": int(minute)} if colon else None


def instance_type(database: Entity) -> str | None:
    """Return what kind of service it is: answers say MySQL even of a replicated one, which is seen by its two servers."""
    shown = str(database.get("instanceType") or "")
    if len(database.get("servers") or []) > 1 or folded(shown) == folded(REPLICATED):
        return REPLICATED
    return PLAIN if folded(shown) == folded(PLAIN) else shown or None


def size(database: Entity, member: str) -> int | None:
    """Return cpu, memory or storage; null where no server shows it or, in the midst of a change, both show another."""
    values = {one.get(member) for one in database.get("servers") or []}
    return whole(values.pop()) if len(values) == 1 else None


def shown(database: Entity) -> dict[str, t.Any]:
    """Return a database as results have it; never its users, whose passwords older answers repeat."""
    return {
        "id": whole(database.get("id")),
        "name": database.get("externalId"),
        "data_center": code_of(database) or None,
        "status": told_status(database),
        "instance_type": instance_type(database),
        "cpu": size(database, "cpu"),
        "memory_gb": size(database, "memory"),
        "storage_gb": size(database, "storage"),
        "backup_retention_days": whole(database.get("backupRetentionDays")),
        "backup_time": backup_time(database),
        "host": database.get("host"),
        "port": whole(database.get("port")),
        "certificate": database.get("certificate"),
        "servers": [_shown_server(one) for one in database.get("servers") or []],
    }


def _shown_server(server: Entity) -> dict[str, t.Any]:
    values = {
        **server,
        "name": server.get("alias"),
        "data_center": str(server.get("location") or "").upper(),
        "memory_gb": server.get("memory"),
        "storage_gb": server.get("storage"),
        "ip_address": (server.get("attributes") or {}).get("INTERNAL_IP"),
    }
    return filled(values, _SERVER)
