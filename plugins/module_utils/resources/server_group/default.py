# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Default values of a group for new servers: set for the group itself, or inherited from its parents.

API behavior (groups.yaml, getGroupDefaults and setGroupDefaults): each default is {value, inherited}, without value if it is
not set anywhere; every property of an update is optional; cpu and memoryGB are sent as integers. One client reads the
property memory instead of memoryGB.

Not specified by the contract; design decisions: only the properties that differ are sent; whether an omitted property keeps
its value is not documented, but all clients assume so. How a default is cleared is not documented, so that nothing is
cleared and an empty string is an error. A default matches if its value does, inherited or not: whether the service goes on
reporting a value as inherited that equals the parent's is not known, and requiring it might never become idempotent.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.predicted import reference
from ...kit.resource import Entity, Field
from ...kit.steps import Step
from ..account import network_id, require_template
from . import _shared

# Key of the result -> names of the property, the usual one first.
_PROPERTIES = {
    "cpu": ("cpu",),
    "memory_gb": ("memoryGB", "memory"),
    "network_id": ("networkId",),
    "primary_dns": ("primaryDns",),
    "secondary_dns": ("secondaryDns",),
    "template": ("templateName",),
}


def _default(entity: Entity, key: str) -> Entity:
    """Return one default of a response: {value?, inherited}."""
    default: Entity = next((entity[name] for name in _PROPERTIES[key] if entity.get(name)), {})
    return default


def _field(option: str, key: str, same: compare.Rule) -> Field:
    return Field(
        option, update=_PROPERTIES[key][0], getter=lambda entity: _default(entity, key).get("value"), matches=same
    )


class ServerGroupDefault(_shared.OfGroup):
    """The defaults of one group, which always exist; updated if they differ."""

    title = "server group defaults"
    result_key = "server_group_default"
    rel, kind = "defaults", "defaults"
    fields = (
        _field("cpu", "cpu", compare.number),
        _field("memory_gb", "memory_gb", compare.number),
        _field("network", "network_id", compare.case_insensitive),
        _field("primary_dns", "primary_dns", compare.string),
        _field("secondary_dns", "secondary_dns", compare.string),
        _field("template", "template", compare.case_insensitive),
    )

    @property
    def label(self) -> str:
        return f"the defaults of {self.group_label}"

    def find(self) -> None:
        """A group that does not exist yet, possible in check mode only, has no defaults."""
        self.entity = self.task.client.get(self.path()).body or {} if self.find_group() else {}

    def select(self) -> list[Entity]:
        response = self.follow()
        return [] if response is None else [response.body or {}]

    def desired_value(self, field: Field) -> t.Any:
        value = super().desired_value(field)
        if value == "":
            raise problems.invalid_option(
                field.option,
                "it is empty, and the API cannot clear a default",
                f"Set {field.option} to a value, or omit it.",
            )
        return self._network_id(value) if field.option == "network" and value is not None else value

    def _network_id(self, name_or_id: str) -> str:
        data_center = self.task.data_center
        return self.task.resolve_reference(
            lambda: network_id(self.task, data_center, name_or_id), reference(self.task, "network", name_or_id)
        )

    def check_references(self, step: Step) -> None:
        if "templateName" in step.key.properties:
            require_template(self.task, self.task.data_center, str(self.task.option("template")))

    def update(self, changes: Entity) -> ApiResponse:
        return self.task.client.post(self.path(), changes)

    def apply(self, entity: Entity, changes: Entity) -> None:
        entity.update({name: {"value": value, "inherited": False} for name, value in changes.items()})

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return each default as value and inherited; value is null if it is not set."""
        return {**self.group_keys(), **values(entity)}


gather_defaults = ServerGroupDefault.gather


def values(entity: Entity) -> dict[str, dict[str, t.Any]]:
    """Return the defaults without the keys of the group."""
    defaults = {key: _default(entity, key) for key in _PROPERTIES}
    return {
        key: {"value": default.get("value"), "inherited": default.get("inherited", False)}
        for key, default in defaults.items()
    }
