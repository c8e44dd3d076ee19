# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secondary network adapters of a server."""

from __future__ import annotations

from clc_simulator.core import inventory
from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.errors import validation_error
from clc_simulator.core.models import Network, Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server import provisioning
from clc_simulator.services.server._shared import active_server_from_path, server_from_path

MAX_ADAPTERS = 4
"""Maximum number of adapters of a server, including the primary adapter."""


@operation("addServerNetwork", writes=(Server,))
def add_network(request: RequestContext) -> HandlerResponse:
    """Queue an additional adapter of a server, with the requested or the first free address."""
    server = active_server_from_path(request)
    network = provisioning.find_network(request, server.data_center, request.body["networkId"], "networkId")
    if network.id == server.network or network.id in [entry["network"] for entry in server.secondary]:
        raise validation_error(
            "networkId", f"The server {server.id.upper()} already has an adapter on network {network.name}."
        )
    if len(server.secondary) + 1 >= MAX_ADAPTERS:
        raise validation_error("networkId", f"A server can have at most {MAX_ADAPTERS} network adapters.")
    requested = request.body.get("ipAddress")
    address = (
        provisioning.take_address(request, network, requested, "ipAddress")
        if requested
        else inventory.free_address(request.world, network)
    )
    if address is None:
        raise validation_error("networkId", f"No free address in {network.name}.")
    return request.start_job(server_id=server.id, network_id=network.id, address=address)


@add_network.effect
def adapter_is_added(world: World, server_id: str, network_id: str, address: str, user: str) -> None:
    """Add an adapter with an address; another free address if it was used in the meantime."""
    server, network = world[Server].get(server_id), world[Network].get(network_id)
    if server is None or network is None or network_id in [entry["network"] for entry in server.secondary]:
        return
    if inventory.is_used(world, server.data_center, address):
        address = inventory.free_address(world, network) or address
    secondary = [*server.secondary, {"network": network_id, "internal": address}]
    world[Server].update(server, secondary=secondary, modified=format_timestamp(world.now), modified_by=user)


@operation("removeServerNetwork", writes=(Server,))
def remove_network(request: RequestContext) -> HandlerResponse:
    """Queue the removal of a secondary adapter; the primary adapter cannot be removed."""
    server = server_from_path(request)
    key = request.path["networkId"].lower()
    if key == server.network:
        raise validation_error("networkId", "The primary network of a server cannot be removed.")
    if key not in [entry["network"] for entry in server.secondary]:
        raise validation_error("networkId", f"The server {server.id.upper()} has no adapter on network {key}.")
    return request.start_job(server_id=server.id, network_id=key)


@remove_network.effect
def adapter_is_removed(world: World, server_id: str, network_id: str, user: str) -> None:
    """Remove the adapter on a network from a server."""
    server = world[Server].get(server_id)
    if server is not None:
        secondary = [entry for entry in server.secondary if entry["network"] != network_id]
        world[Server].update(server, secondary=secondary, modified=format_timestamp(world.now), modified_by=user)
