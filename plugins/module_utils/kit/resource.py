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

from ..api.errors import ResponseLost
from ..api.jobs import Job, QueueResult, parse_queue_response
from ..api.responses import ApiResponse
from . import compare, problems
from .recovery import wait_for_effect
from .steps import Step
from .task import Task

Entity = dict[str, t.Any]


class KnownAfterApply(enum.Enum):
    """The desired value of a field that refers to a resource that does not exist yet; only in check mode.

    It differs from every current value, so that a change is predicted; `known_or_none` returns it as null.
    """

    VALUE = None


def known_or_none(value: t.Any) -> t.Any:
    """Return a value of a predicted entity in result format."""
    return None if value is KnownAfterApply.VALUE else value


def unchanged(value: t.Any) -> t.Any:
    """Return the value as it is."""
    return value


@dataclass(frozen=True)
class Field:
    """A property of a resource: its option and its member in requests and responses.

    create, update: member of the create body and of the update; None if it is not sent there.
    getter: reads the property from an entity; None if the service does not return it, so that it only counts at creation.
    matches: rule of comparison. write: converts the option's value to the service's. required: whether a create needs it.
    """

    option: str
    create: str | None = None
    update: str | None = None
    getter: t.Callable[[Entity], t.Any] | None = None
    matches: compare.Rule = compare.equal
    write: t.Callable[[t.Any], t.Any] = unchanged
    required: bool = False


def member(name: str) -> t.Callable[[Entity], t.Any]:
    """Return a reader of a plain member of an entity."""
    return lambda entity: entity.get(name)


class Resource:
    """A resource that convergence manages. An object serves one task and holds the model of the current state.

    title: what it is called in messages. volatile: keys of the result, at any level, that a diff leaves out. done: the steps
    that this run has carried out or predicted, filled in by convergence.
    """

    title: t.ClassVar[str]
    volatile: t.ClassVar[frozenset[str]] = frozenset({"change_info"})
    # How long reads may return the state from before the finished work, in seconds.
    consistency_timeout: t.ClassVar[float] = 60.0
    # Groups of options: at least one option of each group is required; an empty string counts as missing.
    identified_by: t.ClassVar[tuple[tuple[str, ...], ...]] = ()
    # What to do after jobs that failed or timed out, if a second run does not continue the work.
    rerun_hint: t.ClassVar[str | None] = None

    def __init__(self, task: Task) -> None:
        self.task = task
        self.done: list[Step] = []

    @property
    def identity(self) -> tuple[t.Hashable, ...]:
        """What identifies the resource within a run, for the keys of steps on what has no id (yet): the options that name it.

        It stays the same from the first plan to the last.
        """
        options = [option for group in self.identified_by for option in group]
        return (type(self).__name__, *(repr(self.task.option(option)) for option in options))

    def find(self) -> None:
        """Read what the service has, once more after each stage of work."""
        raise NotImplementedError

    def plan(self) -> list[Step]:
        """Return the next stage: the steps that can be sent together; none if the desired state is reached."""
        raise NotImplementedError

    def lock_names(self) -> str | t.Sequence[str] | None:
        """Return the names of the locks that the task acquires; None if tasks of a run can work in parallel."""
        return None

    def is_stable(self) -> bool:
        """Return whether the resource is stable after its work, so that reads return its final state."""
        return True

    def show(self) -> dict[str, t.Any]:
        """Return all keys of the result, from the current or predicted state."""
        raise NotImplementedError

    def submitted(self, jobs: t.Sequence[Job]) -> None:
        """Called with the jobs of a stage that will not be waited for."""

    def is_done(self, step: Step) -> bool:
        """Return whether this run has carried out, or predicted, the work of a step."""
        return any(done.key.includes(step.key) for done in self.done)


class Action(Resource):
    """Work that is done on request and never compared: each of its steps is carried out once a run.

    The subclass leaves out the steps that the state of the service shows to be done already.
    """

    def steps(self) -> list[Step]:
        """Return all steps of the work."""
        raise NotImplementedError

    def plan(self) -> list[Step]:
        """Return the steps that this run has not carried out yet."""
        return [step for step in self.steps() if not self.is_done(step)]


class DeclaredResource(Resource):
    """A resource that exists or not, identified by options, with fields that can be compared and set.

    The subclass says how it is found (`find` sets `entity`), created, updated, and deleted, and how its result is made.
    """

    fields: t.ClassVar[tuple[Field, ...]] = ()
    # The key of the result.
    result_key: t.ClassVar[str]

    def __init_subclass__(cls, **more: t.Any) -> None:
        """Check the declaration once, when the class is defined."""
        super().__init_subclass__(**more)
        options = [field.option for field in cls.fields]
        twice = sorted({option for option in options if options.count(option) > 1})
        if twice:
            raise TypeError(f"{cls.__name__} declares options twice: {twice}")
        private = [name for name in vars(cls) if name in ("_create_step", "_update_step", "_delete_step")]
        if private:
            raise TypeError(
                f"{cls.__name__} overrides {private}; the public methods of DeclaredResource are the extension points"
            )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.entity: Entity | None = None

    @property
    def label(self) -> str:
        """The title and name of the resource, for messages."""
        raise NotImplementedError

    @property
    def existing(self) -> Entity:
        """The entity, for steps that are planned only if it exists."""
        if self.entity is None:
            raise AssertionError(f"{self.title}: a step for what does not exist")
        return self.entity

    def desired_value(self, field: Field) -> t.Any:
        """Return the desired value of a field in the service's format; None if the task does not set it."""
        value = self.task.option(field.option)
        return None if value is None else field.write(value)

    def create(self, body: Entity) -> ApiResponse:
        """Send the create request."""
        raise NotImplementedError

    def update(self, changes: Entity) -> ApiResponse:
        """Send the change, by member name."""
        raise NotImplementedError

    def remove(self) -> ApiResponse:
        """Send the delete request."""
        raise NotImplementedError

    def predicted(self, body: Entity) -> Entity:
        """Return the entity that a create would result in, as far as it is known."""
        return dict(body)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return an entity in result format, with all keys."""
        raise NotImplementedError

    def show(self) -> dict[str, t.Any]:
        return {self.result_key: None if self.entity is None else self.to_result(self.entity)}

    def plan(self) -> list[Step]:
        """Plan a create, an update of what differs, or a delete."""
        if self.task.state == "absent":
            return [self._delete_step()] if self.entity is not None else []
        if self.entity is None:
            return [self._create_step()]
        changes = changes_of(self.fields, self.entity, self.desired_value)
        return [self._update_step(changes)] if changes else []

    # Extension points of a create, in the order in which they are called

    def check_create(self) -> None:
        """Raise if the planned create is invalid or would fail, before anything is sent, and in check mode too."""
        if self.assigned is not None and self.task.option(self.assigned) is not None:
            raise problems.no_such_id(self.label, self.assigned, self.task.option(self.assigned))
        missing = [field.option for field in self.fields if field.required and self.desired_value(field) in (None, [])]
        if missing:
            raise problems.missing_options(self.label, missing)

    # The option whose value the service assigns, so that nothing is created for a value that does not exist; None if there is none.
    assigned: t.ClassVar[str | None] = "id"

    def create_target_ids(self) -> t.Sequence[str]:
        """Return the ids that a create works on, as far as they are known."""
        return ()

    def parse_created(self, response: ApiResponse) -> QueueResult:
        """Keep the entity that the response to the create contains, and return what it queued."""
        self.entity = response.body if isinstance(response.body, dict) else self.entity
        return QueueResult()

    def find_created(self) -> t.Any:
        """Return what was created if the response was lost; None if reads do not return it (yet)."""
        self.find()
        return self.entity

    # How long it may take until reads return what was created, in seconds.
    created_within: t.ClassVar[float] = 60.0
    # What to do before the next run if nothing became visible.
    lost_create_hint: t.ClassVar[str] = "It may have been created: look for it before the task is run again."

    def parse_found(self, found: t.Any) -> QueueResult:
        """Keep what `find_created` returned, and return what is queued for it."""
        return QueueResult()

    def recover_created(self, lost: ResponseLost) -> QueueResult:
        """If the response was lost, adopt what was created; the request is not repeated. Raises if nothing is found."""
        return self.parse_found(
            wait_for_effect(self.task, lost, self.find_created, self.lost_create_hint, self.created_within)
        )

    # Extension points of an update

    def check_update(self, changes: Entity) -> None:
        """Raise if the planned update is invalid or would fail."""

    def update_attempt(self, changes: Entity) -> int:
        """Return which attempt at the same update this is: 1, unless it is repeated deliberately."""
        return 1

    def parse_updated(self, response: ApiResponse) -> QueueResult:
        """Return what the response to an update queued."""
        return parse_queue_response(self.task.client, response, ())

    def recover_updated(self, lost: ResponseLost) -> QueueResult:
        """If the response was lost and the update cannot be repeated, return what it queued. Raises if that is unknown."""
        raise lost

    # Extension points of a delete

    def check_delete(self) -> None:
        """Raise if the planned delete is invalid or would fail."""

    def delete_target_ids(self) -> t.Sequence[str]:
        """Return the ids that a delete works on, if the response does not contain them."""
        return ()

    def parse_deleted(self, response: ApiResponse) -> QueueResult:
        """Return what the response to a delete queued."""
        return parse_queue_response(self.task.client, response, self.delete_target_ids())

    def recover_deleted(self, lost: ResponseLost) -> QueueResult:
        """If the response was lost and the delete cannot be repeated, return what it queued. Raises if that is unknown."""
        raise lost

    # The steps

    def _overrides(self, name: str) -> bool:
        return getattr(type(self), name) is not getattr(DeclaredResource, name)

    def _create_step(self) -> Step:
        self.check_create()
        body = body_of(self.fields, self.desired_value)

        def predict() -> None:
            self.entity = self.predicted(body)

        return Step(
            "create",
            self.label,
            lambda: self.create(body),
            predict,
            target_ids=self.create_target_ids(),
            identity=self.identity,
            phrase=self.create_phrase,
            effect="created",
            parse=self.parse_created,
            recover=self.recover_created,
        )

    # Names of the create and the delete, for messages.
    create_phrase: t.ClassVar[str | None] = None
    delete_phrase: t.ClassVar[str | None] = None

    def _update_step(self, changes: Entity) -> Step:
        self.check_update(changes)

        def predict() -> None:
            self.apply(self.existing, changes)

        return Step(
            "update",
            self.label,
            lambda: self.update(changes),
            predict,
            identity=self.identity,
            properties=changes,
            attempt=self.update_attempt(changes),
            parse=self.parse_updated,
            recover=self.recover_updated if self._overrides("recover_updated") else None,
        )

    def _delete_step(self) -> Step:
        self.check_delete()

        def predict() -> None:
            self.entity = None

        return Step(
            "delete",
            self.label,
            self.remove,
            predict,
            target_ids=self.delete_target_ids(),
            identity=self.identity,
            phrase=self.delete_phrase,
            effect="removed",
            parse=self.parse_deleted,
            recover=self.recover_deleted if self._overrides("recover_deleted") else None,
        )

    def apply(self, entity: Entity, changes: Entity) -> None:
        """Change an entity as the service would; for resources whose change has the members of the entity."""
        entity.update(changes)


def body_of(fields: t.Iterable[Field], desired_value: t.Callable[[Field], t.Any]) -> Entity:
    """Return the create body: the members of all fields that have a desired value."""
    values = {field.create: desired_value(field) for field in fields if field.create}
    return {name: value for name, value in values.items() if value is not None}


def changes_of(fields: t.Iterable[Field], entity: Entity, desired_value: t.Callable[[Field], t.Any]) -> Entity:
    """Return the changes, by update member. A difference in a field that cannot be updated is an error."""
    changes: Entity = {}
    for field in fields:
        if field.getter is None:
            continue
        value, current = desired_value(field), field.getter(entity)
        if value is None or value is current or (value is not KnownAfterApply.VALUE and field.matches(value, current)):
            continue
        if field.update is None:
            raise problems.not_updatable(field.option, current, value)
        changes[field.update] = value
    return changes


def patch_of(changes: t.Mapping[str, t.Any]) -> list[Entity]:
    """Return changes as the patch operations that groups and servers take; `set` is the only one there is."""
    return [{"op": "set", "member": name, "value": value} for name, value in changes.items()]
