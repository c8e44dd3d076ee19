# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Horizontal autoscale policies of the account. Which group has which is another resource.

Facts (contract policies.yaml): one client alone knows these paths; it reads `items` and the id of each and passes all else
through, so no other member is known. A change replaces the whole policy.

Left open by the contract, and decided here: members are passed through as the task writes them, except `name`, which is taken
to be a policy's name as it is of all others. Members that the task does not name are sent back as they were read; one that it
sets to null is left out, which removes it; both hold for maps at every level. An entry of the list that shows no name is read by
itself.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.answers import Answer
from ..api.errors import ConfigurationError
from ..kit import compare
from ..kit.declaration import Entity, Field, member
from ..kit.lookup import listed
from ..kit.task import Task
from . import policies

_OWN = ("id", "name", "links")


class _Kind(policies.Kind):
    def read(self, task: Task) -> list[Entity]:
        found = super().read(task)
        return [one if "name" in one else {**one, **(self.read_one(task, str(one["id"])) or {})} for one in found]


KIND = _Kind("horizontal autoscale policy", "horizontalAutoscalePolicies")


def check(task: Task) -> None:
    """Refuse properties that have an option of their own or none at all. Raises ConfigurationError."""
    policies.check(task)
    taken = [name for name in task.option("properties") or {} if name in _OWN]
    if taken:
        raise ConfigurationError(
            f"they hold {listed(taken)}",
            action="use",
            thing="the properties",
            remedy="The name is an option of its own; id and links are the service's.",
        )


def _properties(entity: Entity) -> Entity:
    return {name: value for name, value in entity.items() if name not in _OWN}


def _flat(wanted: Entity, there: Entity | None = None) -> Entity:
    """Return a body of the service's members: name and properties over what is there already, nulls left out."""
    kept = {name: value for name, value in (there or {}).items() if name not in ("id", "links")}
    named = {name: value for name, value in wanted.items() if name != "properties"}
    body: Entity = _over(kept, {**(wanted.get("properties") or {}), **named})
    return body


def _over(there: t.Any, wanted: t.Any) -> t.Any:
    """Return what is there with what is wanted over it, maps at every level, as they are compared; nulls left out."""
    if not isinstance(wanted, dict):
        return wanted
    kept = there if isinstance(there, dict) else {}
    every = {**kept, **{name: _over(kept.get(name), value) for name, value in wanted.items()}}
    return {name: value for name, value in every.items() if value is not None}


class HorizontalAutoscalePolicy(policies.Policy):
    """One horizontal autoscale policy of the account."""

    title = KIND.title
    kind = KIND
    fields = (
        Field("name", create="name", update="name", read=member("name")),
        Field("properties", create="properties", update="properties", read=_properties, same=compare.part_of),
    )

    def create(self, body: Entity) -> Answer:
        return super().create(_flat(body))

    def predicted(self, body: Entity) -> Entity:
        return _flat(body)

    def update(self, changes: Entity) -> Answer:
        return self.task.client.put(self.own_path(), _flat(changes, self.existing))

    def apply(self, entity: Entity, changes: Entity) -> None:
        whole = _flat(changes, entity)
        for name in _properties(entity).keys() - whole.keys():
            del entity[name]
        entity.update(whole)

    def show(self) -> dict[str, t.Any]:
        return {"horizontal_autoscale_policy": shown(self.entity) if self.entity is not None else None}


def shown(entity: Entity) -> dict[str, t.Any]:
    """Return a policy as results have it: its properties under the service's own names."""
    return {"id": entity.get("id"), "name": entity.get("name"), "properties": _properties(entity)}


def found_policies(task: Task) -> list[dict[str, t.Any]]:
    """Return the policies that an info task means; an unknown id or name gives none."""
    return [shown(one) for one in KIND.meant(task)]
