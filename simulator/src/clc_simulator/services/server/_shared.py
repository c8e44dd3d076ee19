# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Helpers for the resources of servers: find, validate, update, and remove servers."""

from __future__ import annotations

from typing import Any

from clc_simulator.core import inventory, models
from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.errors import NOT_ACTIVE, validation_error
from clc_simulator.core.models import Group, PublicAddress, Server
from clc_simulator.core.operations import RequestContext

Json = dict[str, Any]


def server_from_path(request: RequestContext) -> Server:
    """Return the server of the path. Raise ApiError (404)."""
    return inventory.find_server(request.world, request.alias, request.path["serverId"])


def require_active(server: Server) -> None:
    """Raise ApiError (400) if a server is not active."""
    if server.status != models.ACTIVE:
        raise validation_error("", NOT_ACTIVE)


def active_server_from_path(request: RequestContext) -> Server:
    """Return the server of the path. Raise ApiError: 404 if it does not exist, 400 if it is not active."""
    server = server_from_path(request)
    require_active(server)
    return server


def target_group(request: RequestContext, key: str, property_name: str, data_center_code: str | None = None) -> Group:
    """Return the group of a request body, if servers and groups can be in it.

    data_center_code is the data center in which it must be. Raise ApiError (400) with the property in
    modelState.
    """
    group = request.world[Group].get(key.lower())
    if group is None or group.account != request.alias:
        raise validation_error(property_name, f"The group {key} does not exist.")
    if data_center_code is not None and group.data_center != data_center_code:
        raise validation_error(property_name, f"The group {key} is in another data center than {data_center_code}.")
    if inventory.container_type(request.world, group) != "default":
        raise validation_error(property_name, f"The group {key} is an archive or templates group.")
    return group


def queued_item(name: str, link: Json) -> Json:
    """Return the item of a queued server; link is the link to its job."""
    return {"server": name.lower(), "isQueued": True, "links": [link]}


def update_active(world: World, server_id: str, user: str, **changes: Any) -> None:
    """Update a server and its date of modification, if it is active."""
    server = world[Server].get(server_id)
    if server is not None and server.status == models.ACTIVE:
        world[Server].update(server, **changes, modified=format_timestamp(world.now), modified_by=user)


def remove_server(world: World, server: Server) -> None:
    """Remove a server with its public addresses."""
    for address in world[PublicAddress].find_by("server", server.id):
        world[PublicAddress].remove(address.id)
    world[Server].remove(server.id)
