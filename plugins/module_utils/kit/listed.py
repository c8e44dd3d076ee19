# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources that the service lists, found by id or by name: what an info module returns of them follows from the declaration.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import NotThere
from .declaration import Declared, Entity
from .lookup import is_id, pick
from .task import Task


class Listed(Declared):
    """A resource that is in one list of the service. The subclass says how the list and one entity of it are read.

    id_member, name_member: members of an entity by which a task names it. order: keys of the result by which an info module sorts;
    the service's own order without any.
    """

    id_member: t.ClassVar[str] = "id"
    name_member: t.ClassVar[str] = "name"
    order: t.ClassVar[tuple[str, ...]] = ()

    @property
    def where(self) -> str:
        """In what a name is looked up ("in WA1"), for messages; empty for the whole account."""
        return f"in {self.task.data_center}"

    def read_all(self) -> list[Entity]:
        """Read the list. One request."""
        raise NotImplementedError

    def read_by_id(self, own_id: str) -> Entity | None:
        """Read the entity of an id; None if there is none. One request."""
        raise NotImplementedError

    def pick(self, id_or_name: str, entities: t.Sequence[Entity]) -> Entity:
        """Return the entity that an id or a name means. Raises LookupFailed, and NotThere if there is none."""
        return pick(
            self.title, id_or_name, entities, id_member=self.id_member, name_member=self.name_member, where=self.where
        )

    def pick_any(self, id_or_name: str, entities: t.Sequence[Entity]) -> Entity | None:
        """Return the entity that an id or a name means; None if there is none. Raises LookupFailed."""
        try:
            return self.pick(id_or_name, entities)
        except NotThere:
            return None

    # What an info module does with it, in this order

    def select(self) -> list[Entity]:
        """Return the entity with the id of the task, or all without one; none for an id that cannot be one."""
        own_id = self.task.option("id")
        if own_id is None:
            return self.read_all()
        found = self.read_by_id(own_id) if is_id(own_id) else None
        return [] if found is None else [found]

    def is_selected(self, entity: Entity) -> bool:
        """Return whether an info task asks for an entity: for its name, or for none."""
        name = self.task.option("name")
        return name is None or bool(entity.get(self.name_member) == name)

    def to_info(self, entity: Entity) -> dict[str, t.Any]:
        """Return an entity as an info module returns it."""
        return self.to_result(entity)

    @classmethod
    def gather(cls, task: Task) -> list[dict[str, t.Any]]:
        """Return what an info task asks for; what does not exist gives an empty list."""
        resource = cls(task)
        results = [resource.to_info(entity) for entity in resource.select() if resource.is_selected(entity)]
        return sorted(results, key=lambda result: [str(result[key]) for key in cls.order])
