# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a resource says what a seed may hold of it: a section of an account, of a place or of a server.

A section is registered beside the operations it belongs to. Its schema becomes a part of the seed's; what a seed holds of
it is loaded once accounts, data centers, groups and servers are there: accounts first, then places, then servers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from clc_simulator.core.entities import World

Scope = Literal["account", "place", "server"]
Load = Callable[[World, Any, Any], None]


@dataclass(frozen=True)
class Section:
    """A property that a seed's accounts, places or servers may have, and what loads its value."""

    name: str
    schema: dict[str, Any]
    load: Load


SECTIONS: dict[Scope, dict[str, Section]] = {"account": {}, "place": {}, "server": {}}


@dataclass(frozen=True)
class Place:
    """An account in a data center: alias and code, both in upper case."""

    account: str
    data_center: str


def section(scope: Scope, name: str, schema: dict[str, Any]) -> Callable[[Load], Load]:
    """Register the function below to load a property of that name. schema may refer to the `$defs` of schema.yml.

    The function is given the world, the owner (an Account, a Place or a Server) and the value, whose shape was checked. It
    raises seeds.errors.SeedError where the value contradicts the rest of the seed.
    """

    def register(load: Load) -> Load:
        SECTIONS[scope][name] = Section(name, schema, load)
        return load

    return register


def load_sections(world: World, scope: Scope, owner: Any, spec: dict[str, Any]) -> None:
    """Load what a described account, place or server has of registered sections."""
    for name, registered in SECTIONS[scope].items():
        if name in spec:
            registered.load(world, owner, spec[name])
