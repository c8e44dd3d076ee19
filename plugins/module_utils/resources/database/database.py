# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Databases of the relational database service: MySQL on one server, or on two where it is replicated.

Facts (contract rdbs.yaml, the operations on subscriptions): a create is not idempotent; its answer is the database, still being
configured; a change has sizes, retention and backup time at once, all of them required; storage cannot shrink; name, data
center, kind and users can never be changed; users are not shown, destinations become notifications; a password has nine
characters or more of three kinds.

Left open by the contract, and decided here. Users and destinations count for a new database alone: what became of them cannot
be compared. A backup time that is not given is midnight (UTC), as in the vendor's articles. A deletion whose answer is lost
was taken where the database is Pending afterwards. A database that is at rest and not Active (one that has failed) is left as it
is with a warning, and refused where something would have to be changed.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.answers import Answer
from ...api.errors import AnswerLost, ConfigurationError, NotThere
from ...api.jobs import Queued
from ...kit import compare
from ...kit.declaration import Declared, Entity, Field, changes_of, member
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared
from . import notification as database_notification
from . import reports as database_reports

_SIZES = ("cpu", "memory", "storage")
_POLICY = ("backupRetentionDays", "backupTime")
_SHORTEST_PASSWORD, _LEAST_KINDS = 9, 3
_KINDS: tuple[t.Callable[[str], bool], ...] = (str.isupper, str.islower, str.isdigit, lambda one: not one.isalnum())
_AT_CREATION = {"instance_type": _shared.PLAIN, "backup_time": {"hour": 0, "minute": 0}}


def _size(option: str, name: str) -> Field:
    return Field(
        option, create=name, update=name, read=lambda one: _shared.size(one, name), same=compare.number, required=True
    )


def _written_destinations(options: t.Sequence[Entity]) -> list[Entity]:
    return [
        {"destinationType": "EMAIL", "location": one["recipient"], "notifications": one["notification_types"]}
        for one in options
    ]


class Database(Declared):
    """One database: there with these sizes and this backup policy, or absent."""

    title = "database"
    result_key = "database"
    named_by = (("name", "id"),)
    lost_create_hint = "It may come into being: read the databases with database_info before the next run."
    volatile = Declared.volatile | {"status", "connections"}
    fields = (
        Field("name", create="externalId", read=member("externalId")),
        Field("data_center", create="location", read=_shared.code_of, same=compare.caseless),
        Field("instance_type", create="instanceType", read=_shared.instance_type, same=_shared.same_word),
        _size("cpu", "cpu"),
        _size("memory_gb", "memory"),
        _size("storage_gb", "storage"),
        Field(
            "backup_retention_days",
            create="backupRetentionDays",
            update="backupRetentionDays",
            read=member("backupRetentionDays"),
            same=compare.number,
            required=True,
        ),
        Field("backup_time", create="backupTime", update="backupTime", read=_shared.backup_time),
        Field("users", create="users", required=True),
        Field("destinations", create="destinations", write=_written_destinations),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.own_id = task.option("id")
        self._warned: set[str] = set()

    @property
    def told(self) -> str:
        if self.task.option("id") is not None:
            return f"{self.title} {self.task.option('id')}"
        return f"{self.title} {self.task.option('name')} in {self.task.data_center}"

    def held(self) -> str | None:
        """Two tasks that find the same database missing would both create it."""
        return f"{self.told} of {self.task.account}".lower()

    # Finding

    def find(self) -> None:
        """Look the name up once; from then on the id tells."""
        if self.own_id is not None:
            self.entity = _shared.read_one(self.task, self.own_id)
        else:
            self.entity = self._named()

    def _named(self) -> Entity | None:
        self.task.forget(_shared.ALL)
        try:
            found = _shared.named(self.task, str(self.task.option("name")))
        except NotThere:
            return None
        self.own_id = found["id"]
        return found

    def settled(self) -> bool:
        return not _shared.is_busy(self.entity)

    # Wanting

    def wanted(self, one: Field) -> t.Any:
        value = super().wanted(one)
        if self.entity is None and value is None:
            return self.task.data_center if one.option == "data_center" else _AT_CREATION.get(one.option)
        return value.upper() if value and one.option == "data_center" else value

    def plan(self) -> list[Step]:
        steps = super().plan()
        if not steps and self.entity is not None and self.settled() and _shared.word_of(self.entity) != "active":
            self._warn(f"{self.told} is {_shared.told_status(self.entity)}, so it cannot be used.")
        return steps

    def _warn(self, text: str) -> None:
        """Show a warning, once however often there is a plan."""
        if text not in self._warned:
            self.task.warn(text)
        self._warned.add(text)

    # Creating

    def check_create(self) -> None:
        super().check_create()
        self._refuse_weak_passwords()
        others = _shared.elsewhere(self.task, str(self.task.option("name")))
        if others:
            self._warn(f"A database of the same name is in {others} too; {self.told} is another one.")

    def _refuse_weak_passwords(self) -> None:
        for user in self.task.option("users"):
            password = str(user["password"])
            kinds = sum(any(map(kind, password)) for kind in _KINDS)
            if len(password) < _SHORTEST_PASSWORD or kinds < _LEAST_KINDS:
                raise ConfigurationError(
                    f"the password of user {user['name']} is too weak",
                    action="create",
                    thing=self.told,
                    remedy="It needs nine characters or more, with three of upper case, lower case, digits and symbols.",
                )

    def create(self, body: Entity) -> Answer:
        sizes = {name: body[name] for name in _SIZES}
        rest = {name: value for name, value in body.items() if name not in _SIZES}
        where = paths.DATABASES(self.task.account)
        return self.task.client.post(where, {**rest, "machineConfig": sizes}, service=_shared.SERVICE)

    def parse_created(self, answer: Answer) -> Queued:
        """Note the new database; without its id in the answer it is looked up by its name."""
        made = next(iter(_shared.many(answer.body)), {})
        self.own_id = made.get("id")
        if self.own_id is None:
            self.find()
            made = self.existing
        self.entity = made
        return _shared.queued_on(self.task, made)

    def find_created(self) -> Entity | None:
        """Return the database of that name: before the request there was none."""
        return self._named()

    def parse_found(self, found: Entity) -> Queued:
        self.task.warn(f"The answer to the create was lost; database {found['id']} is taken for its result.")
        return _shared.queued_on(self.task, found)

    # Changing

    def check_update(self, changes: Entity) -> None:
        _shared.refuse_unusable(self.task, "change", self.told, self.existing)
        self._refuse_shrinking(changes)
        self._whole(changes)

    def update(self, changes: Entity) -> Answer:
        path = paths.DATABASE(self.task.account, self.existing["id"])
        return self.task.client.patch(path, self._whole(changes), service=_shared.SERVICE)

    def parse_updated(self, answer: Answer) -> Queued:
        return _shared.queued_on(self.task, self.existing)

    def recover_updated(self, lost: AnswerLost) -> Queued:
        return _shared.taken_up(self.task, lost, self.existing, self._is_as_wanted)

    def _is_as_wanted(self, database: Entity) -> bool:
        return not changes_of(self.fields, database, self.wanted)

    def _refuse_shrinking(self, changes: Entity) -> None:
        before = _shared.size(self.existing, "storage")
        if before is not None and changes.get("storage", before) < before:
            raise ConfigurationError(
                f"storage_gb is {before} and cannot shrink to {changes['storage']}",
                action="change",
                thing=self.told,
                remedy=f"Give {before} or more, or leave storage_gb out.",
            )

    def _whole(self, changes: Entity) -> Entity:
        """Return the change with what was read of all that it leaves alone, since the service wants all of it."""
        now = {name: _shared.size(self.existing, name) for name in _SIZES}
        now["backupRetentionDays"] = _shared.whole(self.existing.get("backupRetentionDays"))
        whole: Entity = {**now, "backupTime": _shared.backup_time(self.existing), **changes}
        lacking = [name for name, value in whole.items() if value is None]
        if lacking:
            raise ConfigurationError(
                f"the service does not show {', '.join(lacking)}, which has to be sent too",
                action="change",
                thing=self.told,
                remedy="Give all sizes, backup_retention_days and backup_time.",
            )
        return {"machineConfig": {name: whole[name] for name in _SIZES}, **{name: whole[name] for name in _POLICY}}

    # Removing

    def parse_deleted(self, answer: Answer) -> Queued:
        """One whose creation has failed shows that status until it has gone."""
        failed = frozenset() if _shared.word_of(self.existing) == "failed" else frozenset({"failed"})
        return _shared.queued_on(self.task, self.existing, succeeded=_shared.GONE, failed=failed, gone_is_done=True)

    def remove(self) -> Answer:
        return self.task.client.delete(
            paths.DATABASE(self.task.account, self.existing["id"]),
            service=_shared.SERVICE,
            done_when=lambda body: _shared.is_gone(body) or _shared.word_of(body) == "pending",
        )

    # Telling

    def predicted(self, body: Entity) -> Entity:
        number = 2 if _shared.same_word(_shared.REPLICATED, body["instanceType"]) else 1
        server = {"location": body["location"], **{name: body[name] for name in _SIZES}}
        return {
            **{name: body[name] for name in ("externalId", "location", "instanceType", "backupRetentionDays")},
            "backupTime": "{hour}:{minute}".format(**body["backupTime"]),
            "status": _shared.ACTIVE,
            "servers": [dict(server) for _number in range(number)],
        }

    def apply(self, entity: Entity, changes: Entity) -> None:
        for server in entity.get("servers") or []:
            server.update({name: changes[name] for name in _SIZES if name in changes})
        if "backupRetentionDays" in changes:
            entity["backupRetentionDays"] = changes["backupRetentionDays"]
        if "backupTime" in changes:
            entity["backupTime"] = "{hour}:{minute}".format(**changes["backupTime"])

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return _shared.shown(entity)


def check_backup_time(task: Task) -> None:
    """Refuse a time of day that is none, before anything is read."""
    given = task.option("backup_time")
    if given and not (0 <= given["hour"] <= 23 and 0 <= given["minute"] <= 59):
        raise ConfigurationError(
            f"{given['hour']}:{given['minute']} is not a time of day",
            action="use",
            thing="backup_time",
            remedy="Give hour 0 to 23 and minute 0 to 59, in UTC.",
        )


# Reading


def _certificate_file(task: Task, own_id: t.Any) -> str:
    """Read the certificate as the file that the service offers. One request."""
    return task.client.text(paths.DATABASE_CERTIFICATE(task.account, own_id), service=_shared.SERVICE)


# What can be read of each database besides, by the name of the option's choice. One request each.
_EXTRAS: dict[str, t.Callable[[Task, t.Any], t.Any]] = {
    "billing": database_reports.billing,
    "certificate_file": _certificate_file,
    "history": database_reports.history,
    "notifications": database_notification.read_shown,
}


def found_databases(task: Task) -> list[dict[str, t.Any]]:
    """Return the databases that an info task means, each with what `gather` asks for besides."""
    gather = task.option("gather") or []
    return [
        {
            **_shared.shown(one),
            **{key: read(task, one["id"]) if key in gather else None for key, read in _EXTRAS.items()},
        }
        for one in _shared.meant(task)
    ]
