# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Horizontal autoscale policies of the account. The policy of a group is another resource.

API behavior (policies.yaml): only one client has these paths; it reads `items` and the id of each and passes everything else
through, so no other property is known. An update replaces the whole policy.

Not specified by the contract; design decisions: properties are passed through as the task specifies them, except `name`, which
is assumed to be the name as it is for all other policies. Omitted properties are sent back as they were read; a null value
removes a property; both apply to maps at every level. An entry of the list without a name is read by itself.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.lookup import format_list
from ...kit.resource import Entity, Field, plain_field
from ...kit.task import Task
from . import _shared

_RESERVED = ("id", "name", "links")


def is_part(desired: t.Any, actual: t.Any) -> bool:
    """Return whether the actual value contains everything that is desired; a property that is desired null may be missing."""
    if isinstance(desired, dict):
        current = actual if isinstance(actual, dict) else {}
        return (actual is not None or not desired) and all(
            is_part(value, current.get(name)) for name, value in desired.items()
        )
    if isinstance(desired, list):
        return isinstance(actual, list) and len(desired) == len(actual) and all(map(is_part, desired, actual))
    return compare.equal(desired, actual)


def _properties(entity: Entity) -> Entity:
    return {name: value for name, value in entity.items() if name not in _RESERVED}


def _body(desired: Entity, current: Entity | None = None) -> Entity:
    """Return a request body: name and properties merged into the current values, without nulls."""
    kept = {name: value for name, value in (current or {}).items() if name not in ("id", "links")}
    fields = {name: value for name, value in desired.items() if name != "properties"}
    body: Entity = _merge(kept, {**(desired.get("properties") or {}), **fields})
    return body


def _merge(current: t.Any, desired: t.Any) -> t.Any:
    """Return the desired value merged into the current one, maps at every level, without nulls."""
    if not isinstance(desired, dict):
        return desired
    kept = current if isinstance(current, dict) else {}
    merged = {**kept, **{name: _merge(kept.get(name), value) for name, value in desired.items()}}
    return {name: value for name, value in merged.items() if value is not None}


class HorizontalAutoscalePolicy(_shared.Policy):
    """One horizontal autoscale policy of the account."""

    title = "horizontal autoscale policy"
    result_key = "horizontal_autoscale_policy"
    list_path, item_path = paths.HORIZONTAL_AUTOSCALE_POLICIES, paths.HORIZONTAL_AUTOSCALE_POLICY
    fields = (
        plain_field("name"),
        Field("properties", create="properties", update="properties", getter=_properties, matches=is_part),
    )

    @classmethod
    def check(cls, task: Task) -> None:
        """Validate that properties has no key that is an option or that the service assigns. Raises InvalidTaskError."""
        super().check(task)
        reserved = [name for name in task.option("properties") or {} if name in _RESERVED]
        if reserved:
            raise problems.invalid_option(
                "properties",
                f"it contains {format_list(reserved)}",
                "Use the option name; the service assigns id and links.",
            )

    def read_all(self) -> list[Entity]:
        return [
            policy if "name" in policy else {**policy, **(self.read_by_id(str(policy["id"])) or {})}
            for policy in super().read_all()
        ]

    def create(self, body: Entity) -> ApiResponse:
        return super().create(_body(body))

    def predicted(self, body: Entity) -> Entity:
        return _body(body)

    def update(self, changes: Entity) -> ApiResponse:
        return self.task.client.put(self.existing_path(), _body(changes, self.existing))

    def apply(self, entity: Entity, changes: Entity) -> None:
        body = _body(changes, entity)
        for name in _properties(entity).keys() - body.keys():
            del entity[name]
        entity.update(body)

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return a policy in result format: its properties under the names of the API."""
        return {"id": entity.get("id"), "name": entity.get("name"), "properties": _properties(entity)}


gather_policies = HorizontalAutoscalePolicy.gather
