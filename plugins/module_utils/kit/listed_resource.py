# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources that the service lists, found by id or by name: requests, messages, and the info module follow from the declaration.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import NoSuchResource
from ..api.paths import Path
from ..api.responses import ApiResponse
from . import compare
from .declared_resource import DeclaredResource
from .lookup import find_one, is_id, validate_id, validate_name
from .naming import to_snake_case, with_keys
from .resource import Entity
from .task import Task


class ListedResource(DeclaredResource):
    """A resource that is in one list of the service. With the paths declared, the default requests suffice for a plain resource.

    id_property, name_property: properties of an entity that identify it in a task. order: keys of the result by which an info
    module sorts; the service's own order without any. list_path, item_path: paths of the list and of an entity, of
    whose segments the first
    are the account and, if the path has it, the data center. item_is_readable: whether the service returns a single entity; the
    list is searched otherwise. update_is_whole: whether an update replaces the entity, so that it has to contain all fields that
    can be updated. result_keys: keys of the result.
    """

    identity_options: t.ClassVar[tuple[str, ...]] = ("name", "id")
    name_property: t.ClassVar[str] = "name"
    order: t.ClassVar[tuple[str, ...]] = ()
    list_path: t.ClassVar[Path | None] = None
    item_path: t.ClassVar[Path | None] = None
    item_is_readable: t.ClassVar[bool] = True
    update_is_whole: t.ClassVar[bool] = False
    result_keys: t.ClassVar[tuple[str, ...]] = ()

    @classmethod
    def check(cls, task: Task) -> None:
        """Raise InvalidTaskError if id or name is invalid; called before anything is read."""
        validate_id(task)
        validate_name(task, cls.title)

    @property
    def label(self) -> str:
        return f"{self.title} '{self.task.option('name') or self.task.option('id')}'"

    @property
    def scope(self) -> str:
        """In what a name is looked up ("in WA1"), for messages; empty for the whole account."""
        in_account = self.list_path is not None and "dataCenter" not in self.list_path.names
        return "" if in_account else f"in {self.task.data_center}"

    def lock_names(self) -> str | t.Sequence[str] | None:
        """Names need not be unique, so of two tasks that create the same name the second has to find the first one's."""
        return f"{self.label} {self.scope}".rstrip()

    # Requests

    def build_path(self, path: Path | None, *values: object) -> str:
        """Return a declared path with account and data center, and with these values for the segments after them."""
        if path is None:
            raise NotImplementedError(f"{type(self).__name__} declares no path for this request")
        usual = {"accountAlias": lambda: self.task.account, "dataCenter": lambda: self.task.data_center}
        return path(*(usual[name]() for name in path.names if name in usual), *values)

    def existing_path(self) -> str:
        """Return the path of the existing entity."""
        return self.build_path(self.item_path, self.existing[self.id_property])

    def read_all(self) -> list[Entity]:
        """Read the list, an object with `items` or an array. Sends one request."""
        return _entities(self.task.client.get(self.build_path(self.list_path)).body)

    def read_by_id(self, resource_id: str) -> Entity | None:
        """Read the entity of an id; None if it does not exist. Sends one request."""
        if self.item_is_readable:
            entity: Entity | None = self.task.read(self.build_path(self.item_path, resource_id))
            return entity
        return next(
            (entity for entity in self.read_all() if compare.case_insensitive(resource_id, entity[self.id_property])),
            None,
        )

    def candidates(self, entities: list[Entity]) -> list[Entity]:
        """Return the entities among which a name is looked up."""
        return entities

    def find(self) -> None:
        """Read the entity: by its id if that is known, otherwise by name."""
        known = self.entity[self.id_property] if self.entity is not None else self.task.option("id")
        if known and self.has_created:
            self.entity = self.find_new(str(known))
        elif known:
            self.entity = self.read_by_id(str(known))
        else:
            self.entity = self.find_any(str(self.task.option("name")), self.candidates(self.read_all()))

    def create(self, body: Entity) -> ApiResponse:
        return self.task.client.post(self.build_path(self.list_path), body)

    def update(self, changes: Entity) -> ApiResponse:
        updatable = [field.update for field in self.fields if field.update] if self.update_is_whole else []
        body = {**with_keys(self.existing, updatable), **changes}
        return self.task.client.put(self.existing_path(), body, verify_path=self._verify_path())

    def remove(self) -> ApiResponse:
        resource_id = self.existing[self.id_property]

        def is_deleted(body: t.Any) -> bool:
            return all(entity[self.id_property] != resource_id for entity in _entities(body))

        path = self._verify_path()
        return self.task.client.delete(
            self.existing_path(), verify_path=path, is_deleted=None if path is None else is_deleted
        )

    def _verify_path(self) -> str | None:
        """Return what is read after a lost response: the list, if the service does not return a single entity."""
        return None if self.item_is_readable else self.build_path(self.list_path)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return with_keys(to_snake_case(entity), self.result_keys)

    def find_one(self, id_or_name: str, entities: t.Sequence[Entity]) -> Entity:
        """Return the entity that an id or a name identifies. Raises ResourceLookupError, and NoSuchResource if there is none."""
        return find_one(
            self.title,
            id_or_name,
            entities,
            id_property=self.id_property,
            name_property=self.name_property,
            scope=self.scope,
        )

    def find_any(self, id_or_name: str, entities: t.Sequence[Entity]) -> Entity | None:
        """Return the entity that an id or a name identifies; None if there is none. Raises ResourceLookupError."""
        try:
            return self.find_one(id_or_name, entities)
        except NoSuchResource:
            return None

    def find_new(self, resource_id: str) -> Entity | None:
        """Read what this run has created from the list, which also contains what another client created at the same time."""
        entities, name = self.candidates(self.read_all()), self.task.option("name")
        return self.find_created_among(resource_id, entities, lambda entity: entity.get(self.name_property) == name)

    # What an info module does with it, in this order

    def select(self) -> list[Entity]:
        """Return the entity with the id of the task, or all without one; none for an id that cannot be one."""
        resource_id = self.task.option("id")
        if resource_id is None:
            return self.read_all()
        found = self.read_by_id(resource_id) if is_id(resource_id) else None
        return [] if found is None else [found]

    def is_selected(self, entity: Entity) -> bool:
        """Return whether an info task selects an entity: by name, or without a name."""
        name = self.task.option("name")
        return name is None or bool(entity.get(self.name_property) == name)

    def to_info(self, entity: Entity) -> dict[str, t.Any]:
        """Return an entity as an info module returns it."""
        return self.to_result(entity)

    @classmethod
    def gather(cls, task: Task) -> list[dict[str, t.Any]]:
        """Return what an info task asks for; what does not exist gives an empty list."""
        resource = cls(task)
        results = [resource.to_info(entity) for entity in resource.select() if resource.is_selected(entity)]
        return sorted(results, key=lambda result: [str(result[key]) for key in cls.order])


def _entities(body: t.Any) -> list[Entity]:
    """Return the entities of a list: an object with `items`, or an array."""
    entities: list[Entity] = (body.get("items") if isinstance(body, dict) else body) or []
    return entities
