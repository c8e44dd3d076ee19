# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a resource file is written with: fields, steps, and the class that a resource fills in.

A resource is declared once: how it is found, which of its fields can be set at creation, changed, or not read back, how
values compare, what one has to wait for, and what is known only after the work. The engine that drives it is convergence.py.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import enum
import typing as t
from dataclasses import dataclass

from ..api.answers import Answer
from ..api.errors import AnswerLost, ConfigurationError
from ..api.jobs import Job, Queued, started_by
from . import compare
from .task import Task

Entity = dict[str, t.Any]


class Later(enum.Enum):
    """The wanted value of a field that refers to what is not there yet, which check mode alone lets pass.

    Nothing that the service shows is the same, so that the change is predicted; `known` shows it as null.
    """

    TO_COME = None


def known(value: t.Any) -> t.Any:
    """Return a value of a predicted entity as results have it."""
    return None if value is Later.TO_COME else value


def unchanged(value: t.Any) -> t.Any:
    """Write a value as it is."""
    return value


@dataclass(frozen=True)
class Field:
    """One property, as the playbook names it and as the service does.

    create, update: member of the create body, of the change; None where it has no place there.
    read: takes the property out of an entity; None where the service does not show it, so that it counts at creation only.
    same: rule of comparison. write: from the option's value to the service's.
    """

    option: str
    create: str | None = None
    update: str | None = None
    read: t.Callable[[Entity], t.Any] | None = None
    same: compare.Rule = compare.equal
    write: t.Callable[[t.Any], t.Any] = unchanged


def member(name: str) -> t.Callable[[Entity], t.Any]:
    """Return a reader of a plain member of an entity."""
    return lambda entity: entity.get(name)


@dataclass
class Step:
    """One request that a plan wants, told so that it can be sent, predicted, reported and recognised.

    action and thing name it ("create", "server group Web"); things are the ids that it touches, where they are known.
    send: makes the request. predict: changes the resource's own model as the service would.
    read: takes the answer in and tells what it queued. recover: called after a lost answer; returns what was queued, or
    raises where it cannot tell. effect: the list of the result that it counts in: created, changed or removed.
    """

    action: str
    thing: str
    send: t.Callable[[], Answer]
    predict: t.Callable[[], None]
    things: tuple[str, ...] = ()
    effect: str = "changed"
    read: t.Callable[[Answer], Queued] | None = None
    recover: t.Callable[[AnswerLost], Queued] | None = None

    @property
    def told(self) -> str:
        """The step in words."""
        return f"{self.action} {self.thing}"


class Resource:
    """What convergence drives. One object serves one run of one task and holds the model of what the service has.

    title: what it is called in messages. volatile: keys of the result, at any level, that a diff leaves out. done: the steps
    that this run has carried out or predicted, filled in by convergence.
    """

    title: t.ClassVar[str]
    volatile: t.ClassVar[frozenset[str]] = frozenset({"change_info"})
    # How long the service may go on showing what its finished work has changed, in seconds.
    lag: t.ClassVar[float] = 60.0
    # Groups of options, of each of which one at least has to name something; an empty text is no name.
    named_by: t.ClassVar[tuple[tuple[str, ...], ...]] = ()
    # What to do after jobs that failed or did not end in time, where a second run does not simply go on.
    rerun: t.ClassVar[str | None] = None

    def __init__(self, task: Task) -> None:
        self.task = task
        self.done: list[Step] = []

    def find(self) -> None:
        """Read what the service has, once more after each stage of work."""
        raise NotImplementedError

    def plan(self) -> list[Step]:
        """Return the next stage: the steps that can be sent together; none where all is as wanted."""
        raise NotImplementedError

    def held(self) -> str | t.Sequence[str] | None:
        """Name what only one task of a run may change at a time; None where tasks do not get in each other's way."""
        return None

    def settled(self) -> bool:
        """Say whether the service has come to rest after its work, so that what was read can be relied on."""
        return True

    def show(self) -> dict[str, t.Any]:
        """Return the result's keys, all of them always there, from what was read or predicted."""
        raise NotImplementedError

    def read_answer(self, step: Step, answer: Answer) -> Queued:
        """Take an answer in: what it queued."""
        return step.read(answer) if step.read else started_by(self.task.client, answer, step.things)

    def submitted(self, jobs: t.Sequence[Job]) -> None:
        """Called with the jobs of a stage that will not be waited for."""

    def was_done(self, told: str) -> bool:
        """Say whether a step of these words was carried out or predicted in this run."""
        return any(step.told == told for step in self.done)


class Action(Resource):
    """Work that is done on request and never compared: each of its steps is carried out once a run.

    The subclass leaves out the steps that the state of the service shows to be done already.
    """

    def steps(self) -> list[Step]:
        """Return all steps of the work."""
        raise NotImplementedError

    def plan(self) -> list[Step]:
        """Return the steps that this run has not carried out yet."""
        return [step for step in self.steps() if not self.was_done(step.told)]


class Declared(Resource):
    """A resource that is there or not, found by what names it, with fields that can be compared and set.

    The subclass says how it is found (`find` sets `entity`), created, changed and removed, and how it is shown.
    """

    fields: t.ClassVar[tuple[Field, ...]] = ()

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.entity: Entity | None = None

    @property
    def told(self) -> str:
        """The thing in words, for messages."""
        raise NotImplementedError

    @property
    def existing(self) -> Entity:
        """The entity, for steps that are planned only where there is one."""
        if self.entity is None:
            raise AssertionError(f"{self.title}: a step for what does not exist")
        return self.entity

    def wanted(self, one: Field) -> t.Any:
        """Return the wanted value of a field in the service's terms; None where the task does not care."""
        value = self.task.option(one.option)
        return None if value is None else one.write(value)

    def create(self, body: Entity) -> Answer:
        """Send the create request."""
        raise NotImplementedError

    def update(self, changes: Entity) -> Answer:
        """Send the change, by member name."""
        raise NotImplementedError

    def remove(self) -> Answer:
        """Send the delete request."""
        raise NotImplementedError

    def predicted(self, body: Entity) -> Entity:
        """Return the entity that a create would make, as far as it can be known."""
        return dict(body)

    def plan(self) -> list[Step]:
        """Create what is missing, change what differs, remove what shall not be."""
        if self.task.state == "absent":
            return [self._removal()] if self.entity is not None else []
        if self.entity is None:
            return [self._creation()]
        changes = changes_of(self.fields, self.entity, self.wanted)
        return [self._change(changes)] if changes else []

    def _creation(self) -> Step:
        body = body_of(self.fields, self.wanted)

        def predict() -> None:
            self.entity = self.predicted(body)

        def read(answer: Answer) -> Queued:
            self.entity = answer.body if isinstance(answer.body, dict) else self.entity
            return Queued()

        return Step("create", self.told, lambda: self.create(body), predict, effect="created", read=read)

    def _change(self, changes: Entity) -> Step:
        def predict() -> None:
            self.apply(self.existing, changes)

        return Step(f"change {', '.join(sorted(changes))} of", self.told, lambda: self.update(changes), predict)

    def _removal(self) -> Step:
        def predict() -> None:
            self.entity = None

        return Step("remove", self.told, self.remove, predict, effect="removed")

    def apply(self, entity: Entity, changes: Entity) -> None:
        """Change an entity as the service would; for resources whose change has the members of the entity."""
        entity.update(changes)


def body_of(fields: t.Iterable[Field], wanted: t.Callable[[Field], t.Any]) -> Entity:
    """Return the create body: the members of all fields that have a wanted value."""
    values = {one.create: wanted(one) for one in fields if one.create}
    return {name: value for name, value in values.items() if value is not None}


def changes_of(fields: t.Iterable[Field], entity: Entity, wanted: t.Callable[[Field], t.Any]) -> Entity:
    """Return what differs, by update member. A field that can be read but not changed and differs is an error."""
    changes: Entity = {}
    for one in fields:
        if one.read is None:
            continue
        value, there = wanted(one), one.read(entity)
        if value is None or value is there or (value is not Later.TO_COME and one.same(value, there)):
            continue
        if one.update is None:
            raise ConfigurationError(
                f"it is {there!r} and cannot be changed to {value!r}",
                action="change",
                thing=one.option,
                remedy="Remove the thing and create it again, or leave the option out.",
            )
        changes[one.update] = value
    return changes


def patch_of(changes: t.Mapping[str, t.Any]) -> list[Entity]:
    """Return changes as the patch operations that groups and servers take; `set` is the only one there is."""
    return [{"op": "set", "member": name, "value": value} for name, value in changes.items()]
