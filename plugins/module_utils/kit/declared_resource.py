# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A resource that is created, updated, and deleted, declared once.

The declaration says how the resource is found, which of its fields can be set at creation, changed, or not read back, how values
compare, and what is known only after the work. Steps, prediction, and recovery follow from it.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import ClcError, ResponseLost
from ..api.jobs import QueueResult, parse_queue_response
from ..api.responses import ApiResponse
from . import compare, problems
from .lookup import format_list, with_article
from .naming import snake_case_name
from .pending import CreateRecord, PendingCreate
from .predicted import is_placeholder, new_id, new_number, part_of
from .recovery import wait_for_effect
from .resource import Entity, Field, Resource, body_of, changes_of, names_of, update_phrase
from .steps import Step
from .task import Task


class DeclaredResource(Resource):
    """A resource that exists or not, identified by options, with fields that can be compared and set.

    The subclass says how it is found (`find` sets `entity`), created, updated, and deleted, and how its result is made.
    """

    fields: t.ClassVar[tuple[Field, ...]] = ()
    # The property of an entity that is its id.
    id_property: t.ClassVar[str] = "id"
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
        self._twin_ids: list[str] = []
        self.create_record = CreateRecord(task.pending, self._create_key, self.create_data)

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
        """Return the entity that a create would result in, as far as it is known, without the `assigned_properties`.

        body: has all required properties, except where an earlier task has predicted the resource and this one changes it.
        """
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

    # Predictions

    # The properties of an entity that the service assigns and that tasks refer to; the first one is its id.
    assigned_properties: t.ClassVar[tuple[str, ...]] = ("id",)
    # Whether the id is a number.
    has_numeric_id: t.ClassVar[bool] = False

    @property
    def given_placeholder(self) -> t.Any:
        """The id that the task specifies, if an earlier task has predicted it; None otherwise."""
        name = self.assigned or "id"
        value = self.task.option(name) if self.task.has_option(name) else None
        return value if is_placeholder(value) else None

    @property
    def manages_prediction(self) -> bool:
        return self.given_placeholder is not None

    def assume(self) -> None:
        if self.task.state != "absent":
            self.entity = self.with_placeholders(body_of(self.fields, self.desired_value))

    def placeholders(self) -> Entity:
        """Return the placeholders of the properties that the service assigns."""
        if not self.assigned_properties:
            return {}
        first, *others = self.assigned_properties
        name = str(self.task.option("name") if self.task.has_option("name") else None or self.title)
        known = self.given_placeholder
        if self.has_numeric_id:
            return {first: known or new_number(self.task, self.identity)}
        resource_id = str(
            known or new_id(self.task, f"{self.title} {name}" if name != self.title else name, self.identity)
        )
        return {first: resource_id, **{other: part_of(resource_id, _part(other)) for other in others}}

    def with_placeholders(self, body: Entity) -> Entity:
        """Return the entity that a create would result in, with placeholders for what the service assigns."""
        return {**self.placeholders(), **self.predicted(body)}

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

    def is_done_anyway(self) -> bool:
        if self.task.state != "absent":
            return False
        self.find()
        return self.entity is None

    # What another client creates at the same time, since the service keeps most names not unique

    def find_created_among(
        self, resource_id: t.Any, entities: t.Iterable[Entity], is_twin: t.Callable[[Entity], bool]
    ) -> Entity | None:
        """Return the entity that this run has created, by its id, and keep the ids of the others that its options identify."""
        created = None
        self._twin_ids = []
        for entity in entities:
            if compare.case_insensitive(str(resource_id), str(entity[self.id_property])):
                created = entity
            elif is_twin(entity):
                self._twin_ids.append(str(entity[self.id_property]))
        return created

    def twin_warning(self) -> str | None:
        if not self._twin_ids:
            return None
        return (
            f"Another client created {with_article(self.title)} with the same {self.twin_identity} at the same time: "
            f"{format_list(self._twin_ids)}. This task manages {self.existing[self.id_property]}. Delete one of them; "
            "a task that looks it up fails until then."
        )

    # What twins have in common, for messages.
    twin_identity: t.ClassVar[str] = "name"

    # Creates that the next run waits for; see kit/pending.py

    def create_data(self) -> dict[str, t.Any]:
        """Return what `resume` needs in a later run to find the result of the create, as JSON can hold it."""
        return {}

    def _create_key(self) -> tuple[t.Hashable, ...]:
        data_center = self.task.data_center if self.task.has_option("data_center") else None
        return (self.task.client.endpoints.of("api"), self.task.account, data_center, self.identity)

    def interrupted_create(self) -> PendingCreate | None:
        create = self.create_record.load() if self._identity_options() else None
        return create if self.entity is None else None

    def forget_create(self) -> None:
        self.create_record.remove()

    @property
    def is_create_remembered(self) -> bool:
        return self.create_record.is_kept

    def _send_create(self, body: Entity) -> ApiResponse:
        if self._identity_options():
            self.create_record.begin()
        try:
            return self.create(body)
        except ResponseLost:
            raise
        except ClcError:
            self.create_record.remove()
            raise

    def _parse_created(self, response: ApiResponse) -> QueueResult:
        queued = self.parse_created(response)
        self.create_record.add_jobs(queued.jobs)
        return queued

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

    def option_names(self) -> t.Mapping[str, str]:
        return names_of(self.fields)

    def check_delete(self) -> None:
        """Raise if the planned delete is invalid or would fail."""

    def delete_target_ids(self) -> t.Sequence[str]:
        """Return the ids that a delete works on, if the response does not contain them."""
        return ()

    def parse_deleted(self, response: ApiResponse) -> QueueResult:
        """Return what the response to a delete queued."""
        return parse_queue_response(self.task.client, response, self.delete_target_ids())

    # The steps

    def _overrides(self, name: str) -> bool:
        return getattr(type(self), name) is not getattr(DeclaredResource, name)

    def _create_step(self) -> Step:
        self.check_create()
        body = body_of(self.fields, self.desired_value)

        def predict() -> None:
            self.entity = self.with_placeholders(body) if self.task.predicting else self.predicted(body)

        return Step(
            "create",
            self.label,
            lambda: self._send_create(body),
            predict,
            target_ids=self.create_target_ids(),
            identity=self.identity,
            phrase=self.create_phrase,
            effect="created",
            parse=self._parse_created,
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
            phrase=update_phrase(changes, self.option_names()),
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
        )

    def apply(self, entity: Entity, changes: Entity) -> None:
        """Change an entity as the service would; for resources whose change has the members of the entity."""
        entity.update(changes)


def _part(name: str) -> str:
    return snake_case_name(name).replace("_", "-")
