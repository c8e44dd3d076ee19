# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The values that new servers take from their group: set for the group itself, or inherited from the groups above it.

Facts (contract groups.yaml, getGroupDefaults and setGroupDefaults): each default is {value, inherited}, without value where it
is set nowhere; every member of a change is optional; cpu and memoryGB are sent as integers. One client reads the member
memory in the place of memoryGB.

Left open by the contract, and decided here: only the members that differ are sent, since whether one that is left out keeps
its value is not documented but taken to be so by all clients. How a default is cleared is not documented, so nothing is ever
cleared and an empty text is refused. A default is as wanted where its value is, inherited or not: whether the service goes on
calling a value inherited that equals the one above is not known, and a task that insisted might never come to its end.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api.answers import Answer
from ...api.errors import ConfigurationError
from ...kit import compare
from ...kit.declaration import Entity, Field, Later, known
from ..account import network_id
from . import _shared

# Key of the result -> member, the usual name first.
_MEMBERS = {
    "cpu": ("cpu",),
    "memory_gb": ("memoryGB", "memory"),
    "network_id": ("networkId",),
    "primary_dns": ("primaryDns",),
    "secondary_dns": ("secondaryDns",),
    "template": ("templateName",),
}


def _default(entity: Entity, key: str) -> Entity:
    """Return one default of the service's answer: {value?, inherited}."""
    found: Entity = next((entity[name] for name in _MEMBERS[key] if entity.get(name)), {})
    return found


def _field(option: str, key: str, same: compare.Rule) -> Field:
    return Field(option, update=_MEMBERS[key][0], read=lambda entity: _default(entity, key).get("value"), same=same)


class ServerGroupDefault(_shared.OfGroup):
    """The defaults of one group: always there, changed where they differ."""

    title = "server group defaults"
    result_key = "server_group_default"
    rel, kind = "defaults", "defaults"
    fields = (
        _field("cpu", "cpu", compare.number),
        _field("memory_gb", "memory_gb", compare.number),
        _field("network", "network_id", compare.caseless),
        _field("primary_dns", "primary_dns", compare.text),
        _field("secondary_dns", "secondary_dns", compare.text),
        _field("template", "template", compare.caseless),
    )

    @property
    def told(self) -> str:
        return f"the defaults of {self.group_label}"

    def find(self) -> None:
        """A group that is not there yet, which only check mode lets pass, is one without any defaults."""
        self.entity = self.task.client.get(self.path()).body or {} if self.find_place() else {}

    def select(self) -> list[Entity]:
        answer = self.follow()
        return [] if answer is None else [answer.body or {}]

    def wanted(self, one: Field) -> t.Any:
        value = super().wanted(one)
        if value == "":
            raise ConfigurationError(
                f"{one.option} is empty, and how a default is cleared is not known",
                action="change",
                thing=self.told,
                remedy="Give a value, or leave the option out.",
            )
        return self._network(value) if one.option == "network" and value is not None else value

    def _network(self, value: str) -> str | Later:
        center = self.task.data_center
        return self.task.reference(lambda: network_id(self.task, center, value), Later.TO_COME)

    def update(self, changes: Entity) -> Answer:
        return self.task.client.post(self.path(), changes)

    def apply(self, entity: Entity, changes: Entity) -> None:
        entity.update({name: {"value": value, "inherited": False} for name, value in changes.items()})

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        """Return the defaults of a group: each as value and inherited, value null where nothing is set."""
        return {**self.group_keys(), **values(entity)}


found_defaults = ServerGroupDefault.gather


def values(entity: Entity) -> dict[str, dict[str, t.Any]]:
    """Return the defaults themselves."""
    defaults = {key: _default(entity, key) for key in _MEMBERS}
    return {
        key: {"value": known(one.get("value")), "inherited": one.get("inherited", False)}
        for key, one in defaults.items()
    }
