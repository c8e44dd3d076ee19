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

from ..api.answers import Answer
from ..api.errors import AnswerLost, ConfigurationError, NotThere
from ..api.jobs import Queued
from ..kit import compare
from ..kit.declaration import Declared, Entity, Field, Step, changes_of, member
from ..kit.recovery import found_after
from ..kit.task import Task
from . import database_notification as notifications
from . import database_parts as parts
from . import database_reports as reports

_SIZES = ("cpu", "memory", "storage")
_POLICY = ("backupRetentionDays", "backupTime")
_NEEDED = ("cpu", "memory_gb", "storage_gb", "backup_retention_days", "users")
_SHORTEST_PASSWORD, _LEAST_KINDS = 9, 3
_KINDS: tuple[t.Callable[[str], bool], ...] = (str.isupper, str.islower, str.isdigit, lambda one: not one.isalnum())
_AT_CREATION = {"instance_type": parts.PLAIN, "backup_time": {"hour": 0, "minute": 0}}


def _size(option: str, name: str) -> Field:
    return Field(option, create=name, update=name, read=lambda one: parts.size(one, name), same=compare.number)


def _written_destinations(options: t.Sequence[Entity]) -> list[Entity]:
    return [
        {"destinationType": "EMAIL", "location": one["recipient"], "notifications": one["notification_types"]}
        for one in options
    ]


class Database(Declared):
    """One database: there with these sizes and this backup policy, or absent."""

    title = "database"
    named_by = (("name", "id"),)
    volatile = Declared.volatile | {"status", "connections"}
    fields = (
        Field("name", create="externalId", read=member("externalId")),
        Field("data_center", create="location", read=parts.code_of, same=compare.caseless),
        Field("instance_type", create="instanceType", read=parts.instance_type, same=compare.word),
        _size("cpu", "cpu"),
        _size("memory_gb", "memory"),
        _size("storage_gb", "storage"),
        Field(
            "backup_retention_days",
            create="backupRetentionDays",
            update="backupRetentionDays",
            read=member("backupRetentionDays"),
            same=compare.number,
        ),
        Field("backup_time", create="backupTime", update="backupTime", read=parts.backup_time),
        Field("users", create="users"),
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
            self.entity = parts.read_one(self.task, self.own_id)
        else:
            self.entity = self._named()

    def _named(self) -> Entity | None:
        self.task.forget(parts.ALL)
        try:
            found = parts.named(self.task, str(self.task.option("name")))
        except NotThere:
            return None
        self.own_id = found["id"]
        return found

    def settled(self) -> bool:
        return not parts.is_busy(self.entity)

    # Wanting

    def wanted(self, one: Field) -> t.Any:
        value = super().wanted(one)
        if self.entity is None and value is None:
            return self.task.data_center if one.option == "data_center" else _AT_CREATION.get(one.option)
        return value.upper() if value and one.option == "data_center" else value

    def plan(self) -> list[Step]:
        steps = super().plan()
        if not steps and self.entity is not None and self.settled() and parts.word_of(self.entity) != "active":
            self._warn(f"{self.told} is {parts.told_status(self.entity)}, so it cannot be used.")
        return steps

    def _warn(self, text: str) -> None:
        """Show a warning, once however often there is a plan."""
        if text not in self._warned:
            self.task.warn(text)
        self._warned.add(text)

    # Creating

    def _creation(self) -> Step:
        if self.task.option("id") is not None:
            raise NotThere(
                "it does not exist, and the service chooses ids itself",
                action="find",
                thing=self.told,
                remedy="Give name and data_center without id to have it created.",
            )
        self._refuse_incomplete()
        others = parts.elsewhere(self.task, str(self.task.option("name")))
        if others:
            self._warn(f"A database of the same name is in {others} too; {self.told} is another one.")
        step = super()._creation()
        step.read, step.recover = self._created, self._recovered
        return step

    def _refuse_incomplete(self) -> None:
        lacking = [name for name in _NEEDED if self.task.option(name) in (None, [])]
        if lacking:
            raise ConfigurationError(
                f"{', '.join(lacking)} not given",
                action="create",
                thing=self.told,
                remedy="A new database needs all of them.",
            )
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
        where = parts.path(self.task, "subscriptions")
        return self.task.client.post(where, {**rest, "machineConfig": sizes}, service=parts.SERVICE)

    def _created(self, answer: Answer) -> Queued:
        """Note the new database; without its id in the answer it is looked up by its name."""
        made = next(iter(parts.many(answer.body)), {})
        self.own_id = made.get("id")
        if self.own_id is None:
            self.find()
            made = self.existing
        self.entity = made
        return parts.queued_on(self.task, made)

    def _recovered(self, lost: AnswerLost) -> Queued:
        """After a lost answer adopt the database of that name: before the request there was none. Never send it again."""
        found = found_after(
            self.task,
            lost,
            self._named,
            "It may come into being: read the databases with database_info before the next run.",
        )
        self.task.warn(f"The answer to the create was lost; database {found['id']} is taken for its result.")
        return parts.queued_on(self.task, found)

    # Changing

    def _change(self, changes: Entity) -> Step:
        parts.refuse_unusable(self.task, "change", self.told, self.existing)
        self._refuse_shrinking(changes)
        body = self._whole(changes)
        step = super()._change(changes)
        step.send = lambda: self._patch(body)
        step.read = lambda answer: parts.queued_on(self.task, self.existing)
        step.recover = lambda lost: parts.taken_up(self.task, lost, self.existing, self._is_as_wanted)
        return step

    def _is_as_wanted(self, database: Entity) -> bool:
        return not changes_of(self.fields, database, self.wanted)

    def _refuse_shrinking(self, changes: Entity) -> None:
        before = parts.size(self.existing, "storage")
        if before is not None and changes.get("storage", before) < before:
            raise ConfigurationError(
                f"storage_gb is {before} and cannot shrink to {changes['storage']}",
                action="change",
                thing=self.told,
                remedy=f"Give {before} or more, or leave storage_gb out.",
            )

    def _whole(self, changes: Entity) -> Entity:
        """Return the change with what was read of all that it leaves alone, since the service wants all of it."""
        now = {name: parts.size(self.existing, name) for name in _SIZES}
        now["backupRetentionDays"] = parts.whole(self.existing.get("backupRetentionDays"))
        whole: Entity = {**now, "backupTime": parts.backup_time(self.existing), **changes}
        lacking = [name for name, value in whole.items() if value is None]
        if lacking:
            raise ConfigurationError(
                f"the service does not show {', '.join(lacking)}, which has to be sent too",
                action="change",
                thing=self.told,
                remedy="Give all sizes, backup_retention_days and backup_time.",
            )
        return {"machineConfig": {name: whole[name] for name in _SIZES}, **{name: whole[name] for name in _POLICY}}

    def _patch(self, body: Entity) -> Answer:
        return self.task.client.patch(parts.path_of(self.task, self.existing), body, service=parts.SERVICE)

    # Removing

    def _removal(self) -> Step:
        database = self.existing
        failed = frozenset() if parts.word_of(database) == "failed" else frozenset({"failed"})
        step = super()._removal()
        step.read = lambda answer: parts.queued_on(
            self.task, database, succeeded=parts.GONE, failed=failed, gone_is_done=True
        )
        return step

    def remove(self) -> Answer:
        return self.task.client.delete(
            parts.path_of(self.task, self.existing),
            service=parts.SERVICE,
            done_when=lambda body: parts.is_gone(body) or parts.word_of(body) == "pending",
        )

    # Telling

    def predicted(self, body: Entity) -> Entity:
        number = 2 if compare.word(parts.REPLICATED, body["instanceType"]) else 1
        server = {"location": body["location"], **{name: body[name] for name in _SIZES}}
        return {
            **{name: body[name] for name in ("externalId", "location", "instanceType", "backupRetentionDays")},
            "backupTime": "{hour}:{minute}".format(**body["backupTime"]),
            "status": parts.ACTIVE,
            "servers": [dict(server) for _number in range(number)],
        }

    def apply(self, entity: Entity, changes: Entity) -> None:
        for server in entity.get("servers") or []:
            server.update({name: changes[name] for name in _SIZES if name in changes})
        if "backupRetentionDays" in changes:
            entity["backupRetentionDays"] = changes["backupRetentionDays"]
        if "backupTime" in changes:
            entity["backupTime"] = "{hour}:{minute}".format(**changes["backupTime"])

    def show(self) -> dict[str, t.Any]:
        return {"database": parts.shown(self.entity) if self.entity is not None else None}


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
    return task.client.text(parts.path(task, "subscriptions", own_id, "certificate"), service=parts.SERVICE)


# What can be read of each database besides, by the name of the option's choice. One request each.
_EXTRAS: dict[str, t.Callable[[Task, t.Any], t.Any]] = {
    "billing": reports.billing,
    "certificate_file": _certificate_file,
    "history": reports.history,
    "notifications": notifications.read_shown,
}


def found_databases(task: Task) -> list[dict[str, t.Any]]:
    """Return the databases that an info task means, each with what `gather` asks for besides."""
    gather = task.option("gather") or []
    return [
        {
            **parts.shown(one),
            **{key: read(task, one["id"]) if key in gather else None for key, read in _EXTRAS.items()},
        }
        for one in parts.meant(task)
    ]
