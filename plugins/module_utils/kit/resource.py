# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a resource file is written with: fields, and the classes of all resources. The engine that drives them is convergence.py.

Resources that are created, updated, and deleted are declared with DeclaredResource (declared_resource.py).

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ..api.errors import HttpStatusError
from ..api.jobs import Job
from ..api.responses import name_options
from . import compare, problems
from .pending import PendingCreate
from .steps import Step
from .task import Task

Entity = dict[str, t.Any]


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


def plain_field(
    option: str,
    name: str | None = None,
    *,
    updatable: bool = True,
    matches: compare.Rule = compare.equal,
    write: t.Callable[[t.Any], t.Any] = unchanged,
    required: bool = False,
) -> Field:
    """Return a field whose property has the same name in the create body, in the update, and in what the service returns.

    name: that of the property, by default that of the option. updatable: whether an update can change it.
    """
    own = name or option
    return Field(option, own, own if updatable else None, member(own), matches, write, required)


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
    # The options that identify the resource within a data center or account; those of identified_by if they suffice.
    identity_options: t.ClassVar[tuple[str, ...]] = ()
    # What to do after jobs that failed or timed out, if the next run does not continue the work.
    rerun_hint: t.ClassVar[str | None] = None
    # How long it may take until reads return what was created, in seconds.
    created_within: t.ClassVar[float] = 60.0

    def __init__(self, task: Task) -> None:
        self.task = task
        self.done: list[Step] = []

    @property
    def identity(self) -> tuple[t.Hashable, ...]:
        """What identifies the resource within a run, for the keys of steps on what has no id (yet): the options that name it.

        It stays the same from the first plan to the last.
        """
        return (type(self).__name__, *(repr(self.task.option(option)) for option in self._identity_options()))

    def _identity_options(self) -> list[str]:
        options = self.identity_options or [option for group in self.identified_by for option in group]
        return [option for option in options if self.task.has_option(option)]

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

    def check_references(self, step: Step) -> None:
        """Raise in check mode for references of a step that do not exist. Sends at most one request per kind of them."""

    # Errors of the service

    def option_names(self) -> t.Mapping[str, str]:
        """Return the options by the names of the properties that they set in requests, nested ones with dots."""
        return {}

    def explain(self, error: HttpStatusError) -> None:
        """Name the options that an error of the service is about, and add what to do; called for each failed request of a step."""
        named = name_options(error, self.option_names())
        if named and not error.help_text:
            error.help_text = f"Check the value{'s' if len(named) > 1 else ''} of {' and '.join(named)}."

    # What an earlier task of a run in check mode has predicted; see kit/predicted.py

    @property
    def manages_prediction(self) -> bool:
        """Whether the id of the task is a placeholder: the resource is the one that an earlier task has predicted."""
        return False

    def assume(self) -> None:
        """Take over the predicted resource, of which nothing but the id is known, as the task wants it to be."""
        raise NotImplementedError

    def is_done_anyway(self) -> bool:
        """Read again, and return whether what the task deletes is gone, or what it creates exists, although its job has failed.

        A create may only do so if its job cannot leave anything incomplete.
        """
        return False

    # Creates of earlier runs; see kit/pending.py

    def interrupted_create(self) -> PendingCreate | None:
        """Return the create that an earlier run has started, if reads do not return its result yet."""
        return None

    def resume(self, create: PendingCreate) -> t.Sequence[Job]:
        """Prepare to find the result of an interrupted create, and return the jobs to wait for."""
        return create.jobs

    def forget_create(self) -> None:
        """Remove the record of a create, since it has ended."""

    @property
    def is_create_remembered(self) -> bool:
        """Whether the next run will wait for a create that this run has started."""
        return False

    def twin_warning(self) -> str | None:
        """Return the warning about what others have created at the same time as this run; None if there is nothing."""
        return None

    @property
    def has_created(self) -> bool:
        """Whether this run has created the resource, or a part of it."""
        return any(step.effect == "created" for step in self.done)

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


def names_of(fields: t.Iterable[Field]) -> dict[str, str]:
    """Return the options of fields by the names of their properties in requests."""
    return {name: field.option for field in fields for name in (field.update, field.create) if name}


def update_phrase(changes: t.Iterable[str], names: t.Mapping[str, str]) -> str:
    """Return the phrase of a step that changes properties, with the names of the options that set them."""
    return f"change {', '.join(sorted(names.get(name, name) for name in changes))} of"


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
        if value is None or field.matches(value, current):
            continue
        if field.update is None:
            raise problems.not_updatable(field.option, current, value)
        changes[field.update] = value
    return changes


def patch_of(changes: t.Mapping[str, t.Any]) -> list[Entity]:
    """Return changes as the patch operations that groups and servers take; `set` is the only one there is."""
    return [{"op": "set", "member": name, "value": value} for name, value in changes.items()]
