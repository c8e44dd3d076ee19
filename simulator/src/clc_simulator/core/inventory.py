# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finders of data centers, groups, servers, networks, and free addresses."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import resources
from typing import Any

import yaml

from clc_simulator.core.entities import World
from clc_simulator.core.errors import NO_SUCH_RESOURCE, ApiError, not_found
from clc_simulator.core.models import REQUESTED, DataCenter, Group, Network, PublicAddress, Server

FIRST_HOST = 12
"""Last octet of the first address for servers; in recorded networks, lower addresses are reserved."""

PUBLIC_RANGES = ("203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24", "198.18.0.0/15")
"""Ranges of public addresses: networks reserved for documentation and for tests."""


@cache
def platform() -> dict[str, Any]:
    """Return what the platform offers in all data centers (core/platform.yaml)."""
    text = (resources.files(__package__) / "platform.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def find_data_center(world: World, data_center_code: str) -> DataCenter:
    """Return the data center of a code (case-insensitive). Raise ApiError (an empty 404, as recorded)."""
    data_center = world[DataCenter].get(data_center_code.upper())
    if data_center is None:
        raise not_found()
    return data_center


def find_data_center_of_route(world: World, data_center_code: str) -> DataCenter:
    """Return the data center of a path of /v2-experimental.

    Raise ApiError (404 as for a path that does not exist, as recorded for a network's path with data center and id swapped).
    """
    data_center = world[DataCenter].get(data_center_code.upper())
    if data_center is None:
        raise not_found(NO_SUCH_RESOURCE)
    return data_center


def template_capabilities(data_center: DataCenter, os: str) -> list[str]:
    """Return the capabilities of the templates of an operating system in the catalog of a data center."""
    templates = [template for template in data_center.templates if template.get("osType", "").lower() == os.lower()]
    return sorted({word for template in templates for word in template["capabilities"]})


def find_group(world: World, alias: str, key: str) -> Group:
    """Return the group of an account. Raise ApiError (404) if the account has no such group."""
    group = world[Group].get(key.lower())
    if group is None or group.account != alias:
        raise ApiError(404, {"message": f"Group {key} does not exist."})
    return group


def find_server(world: World, alias: str, key: str, is_uuid: bool = False) -> Server:
    """Return the server of a name, or of a uuid (case-insensitive). Raise ApiError (an empty 404, as recorded)."""
    servers = world[Server]
    server = next(iter(servers.find_by("uuid", key.lower())), None) if is_uuid else servers.get(key.lower())
    if server is None or server.account != alias or server.status == REQUESTED:
        raise not_found()
    return server


def _groups_at(world: World, alias: str, data_center_code: str) -> list[Group]:
    return [group for group in world[Group].find_by("data_center", data_center_code) if group.account == alias]


def root_of(world: World, alias: str, data_center_code: str) -> Group | None:
    """Return the root group of an account in a data center."""
    return next((group for group in _groups_at(world, alias, data_center_code) if group.parent is None), None)


def system_group(world: World, alias: str, data_center_code: str, kind: str) -> Group:
    """Return the archive or templates group of an account in a data center."""
    return next(group for group in _groups_at(world, alias, data_center_code) if group.type == kind)


def children(world: World, group: Group) -> list[Group]:
    """Return the groups directly below, by name, case-insensitively (recorded), then by age."""
    below = world[Group].find_by("parent", group.id)
    return sorted(below, key=lambda child: (child.name.lower(), child.created, child.id))


def subtree(world: World, group: Group) -> Iterator[Group]:
    """Yield group and all groups below it, each before those below it."""
    yield group
    for child in children(world, group):
        yield from subtree(world, child)


def servers_in(world: World, group: Group) -> list[Server]:
    """Return the visible servers directly in a group, ordered by id."""
    servers = world[Server].find_by("group", group.id)
    return sorted((server for server in servers if server.status != REQUESTED), key=lambda server: server.id)


def container_type(world: World, group: Group) -> str:
    """Return archive or templates if a group is that system group or is below it, else default."""
    ancestor: Group | None = group
    while ancestor is not None:
        if ancestor.type != "default":
            return ancestor.type
        ancestor = world[Group].get(ancestor.parent) if ancestor.parent else None
    return "default"


def group_default(world: World, group: Group, name: str) -> tuple[Any, bool]:
    """Return a default of a group and whether it is inherited; (None, False) if it is not set."""
    ancestor: Group | None = group
    while ancestor is not None:
        if name in ancestor.defaults:
            return ancestor.defaults[name], ancestor.id != group.id
        ancestor = world[Group].get(ancestor.parent) if ancestor.parent else None
    return None, False


def servers_of(world: World, alias: str, data_center_code: str) -> list[Server]:
    """Return all servers of an account in a data center, including servers that are not visible yet."""
    return [server for server in world[Server].find_by("data_center", data_center_code) if server.account == alias]


def networks_of(world: World, aliases: list[str], data_center_code: str) -> list[Network]:
    """Return the networks of some accounts in a data center, in the order of the accounts."""
    networks = world[Network].find_by("data_center", data_center_code)
    return [network for alias in aliases for network in networks if network.account == alias]


def is_used(world: World, data_center_code: str, address: str) -> bool:
    """Return whether a server of a data center has a private address."""
    return bool(world[Server].find_by_key("private", (data_center_code, address)))


def free_address(world: World, network: Network, reserved: AbstractSet[str | None] = frozenset()) -> str | None:
    """Return the lowest address of a network that no server has and that is not reserved, or None if it is full."""
    data_center_code, pools = network.data_center, world.address_pools
    pool = pools.pool(data_center_code, [network.cidr], FIRST_HOST)
    world[Server].on_release["private"] = lambda value: pools.release(*value)
    return pool.lowest(lambda address: is_used(world, data_center_code, address), reserved)


def free_public_address(world: World) -> str:
    """Return the lowest public address that no server has. Raise ApiError (400) if there is none."""
    pools, servers, known = world.address_pools, world[Server], world[PublicAddress]
    pool = pools.pool("public", PUBLIC_RANGES, 1)
    servers.on_release["public"] = lambda address: pools.release("public", address)
    address = pool.lowest(lambda address: address in known or bool(servers.find_by_key("public", address)))
    if address is None:
        raise ApiError(400, {"message": "There is no free public address."})
    return address
