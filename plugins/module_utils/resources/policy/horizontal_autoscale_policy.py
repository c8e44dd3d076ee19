# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Horizontal autoscale policies of the account. Which group has which is another resource.

Facts (contract _shared.yaml): one client alone knows these paths; it reads `items` and the id of each and passes all else
through, so no other member is known. A change replaces the whole policy.

Left open by the contract, and decided here: members are passed through as the task writes them, except `name`, which is taken
to be a policy's name as it is of all others. Members that the task does not name are sent back as they were read; one that it
sets to null is left out, which removes it; both hold for maps at every level. An entry of the list that shows no name is read by
itself.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.answers import Answer
from ...api.errors import ConfigurationError
from ...kit import compare
from ...kit.declaration import Entity, Field, member
from ...kit.lookup import listed
from ...kit.task import Task
from . import _shared

_OWN = ("id", "name", "links")


def is_part(wanted: t.Any, shown: t.Any) -> bool:
    """All that is wanted is shown, whatever else is; a member that is wanted null may be missing."""
    if isinstance(wanted, dict):
        there = shown if isinstance(shown, dict) else {}
        return (shown is not None or not wanted) and all(
            is_part(item, there.get(name)) for name, item in wanted.items()
        )
    if isinstance(wanted, list):
        return isinstance(shown, list) and len(wanted) == len(shown) and all(map(is_part, wanted, shown))
    return compare.equal(wanted, shown)


def check(task: Task) -> None:
    """Refuse properties that have an option of their own or none at all. Raises ConfigurationError."""
    _shared.check(task)
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


class HorizontalAutoscalePolicy(_shared.Policy):
    """One horizontal autoscale policy of the account."""

    title = "horizontal autoscale policy"
    result_key = "horizontal_autoscale_policy"
    list_path, item_path = paths.HORIZONTAL_AUTOSCALE_POLICIES, paths.HORIZONTAL_AUTOSCALE_POLICY
    fields = (
        Field("name", create="name", update="name", read=member("name")),
        Field("properties", create="properties", update="properties", read=_properties, same=is_part),
    )

    def read_all(self) -> list[Entity]:
        found = super().read_all()
        return [one if "name" in one else {**one, **(self.read_by_id(str(one["id"])) or {})} for one in found]

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

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return a policy as results have it: its properties under the service's own names."""
        return {"id": entity.get("id"), "name": entity.get("name"), "properties": _properties(entity)}


found_policies = HorizontalAutoscalePolicy.gather
