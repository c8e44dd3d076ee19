# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sections: properties of accounts, places, and servers in a seed that the services define.

A section is registered in the file of its resource, and its schema becomes a part of the seed's schema. Sections are
loaded after accounts, data centers, groups, and servers: first those of accounts, then of places, then of servers.
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
    """A property of the accounts, places, or servers of a seed, and the function that loads it."""

    name: str
    schema: dict[str, Any]
    load: Load


SECTIONS: dict[Scope, dict[str, Section]] = {"account": {}, "place": {}, "server": {}}


@dataclass(frozen=True)
class Place:
    """An account in a data center: alias and data center code, both in upper case."""

    account: str
    data_center: str


def section(scope: Scope, name: str, schema: dict[str, Any]) -> Callable[[Load], Load]:
    """Register the decorated function to load the property of a name. schema may refer to the `$defs` of schema.yml.

    The function receives the world, the owner (an Account, a Place, or a Server), and the value, which matches the schema.
    It raises seeds.errors.SeedError if the value contradicts other parts of the seed.
    """

    def register(load: Load) -> Load:
        SECTIONS[scope][name] = Section(name, schema, load)
        return load

    return register


def load_sections(world: World, scope: Scope, owner: Any, spec: dict[str, Any]) -> None:
    """Load the registered sections of an account, a place, or a server."""
    for name, registered in SECTIONS[scope].items():
        if name in spec:
            registered.load(world, owner, spec[name])
