# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a resource says what a seed may hold of it: a section of an account, of a place or of a server.

A section is registered beside the behaviour it belongs to. Its schema becomes a part of the seed's; what a seed holds of
it is planted once accounts, data centers, groups and servers are there: accounts first, then places, then servers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from clc_simulator.world import World

Scope = Literal["account", "place", "server"]
Plant = Callable[[World, Any, Any], None]


@dataclass(frozen=True)
class Section:
    """A member that a seed's accounts, places or servers may have, and what plants its value."""

    name: str
    schema: dict[str, Any]
    plant: Plant


SECTIONS: dict[Scope, dict[str, Section]] = {"account": {}, "place": {}, "server": {}}


@dataclass(frozen=True)
class Place:
    """An account in a data center: alias and code, both in upper case."""

    account: str
    data_center: str


def section(scope: Scope, name: str, schema: dict[str, Any]) -> Callable[[Plant], Plant]:
    """Register the function below to plant a member of that name. schema may refer to the `$defs` of schema.yml.

    The function is given the world, the owner (an Account, a Place or a Server) and the value, whose shape was checked. It
    raises seeds.errors.SeedError where the value contradicts the rest of the seed.
    """

    def register(plant: Plant) -> Plant:
        SECTIONS[scope][name] = Section(name, schema, plant)
        return plant

    return register


def plant_sections(world: World, scope: Scope, owner: Any, described: dict[str, Any]) -> None:
    """Plant what a described account, place or server has of registered sections."""
    for name, registered in SECTIONS[scope].items():
        if name in described:
            registered.plant(world, owner, described[name])
