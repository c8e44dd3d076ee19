# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Public addresses of servers.

Decisions:
  - Public addresses come from ranges for documentation and tests (203.0.113.0/24 first). Updating one without
    sourceRestrictions removes them. If two additions for a private address are queued at the same time, the later
    job fails.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from clc_simulator.core import inventory, jobs, models
from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.errors import not_found, validation_error
from clc_simulator.core.models import Network, PublicAddress, Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server._shared import active_server_from_path, server_from_path

Json = dict[str, Any]


def _address_from_path(request: RequestContext, server: Server) -> PublicAddress:
    """Return the public address of the path. Raise ApiError (404)."""
    address = request.world[PublicAddress].get(request.path["publicIP"])
    if address is None or address.server != server.id:
        raise not_found(f"Public address {request.path['publicIP']} does not exist on {server.id.upper()}.")
    return address


def _ports(requested: list[Json]) -> list[Json]:
    """Return ports as they are returned. Raise ApiError (400) if the end of a range is below its start."""
    ports = []
    for port in requested:
        item = {"protocol": port["protocol"].upper(), "port": port["port"]}
        # Clients send portTo 0 for a single port.
        if port.get("portTo"):
            if port["portTo"] < port["port"]:
                raise validation_error("ports", f"The range {port['port']} to {port['portTo']} is not valid.")
            item["portTo"] = port["portTo"]
        ports.append(item)
    return ports


def _restrictions(requested: list[Json]) -> list[dict[str, str]]:
    for entry in requested:
        try:
            ipaddress.ip_network(entry["cidr"], strict=False)
        except ValueError as error:
            raise validation_error("sourceRestrictions", f"{entry['cidr']} is not a range of addresses.") from error
    return [{"cidr": entry["cidr"]} for entry in requested]


@operation("addPublicIpAddress", writes=(Server, PublicAddress), statuses=jobs.PUBLIC_IP)
def add_public_ip(request: RequestContext) -> HandlerResponse:
    """Queue a public address for a private address of the server, by default a new private address."""
    server = active_server_from_path(request)
    internal = request.body.get("internalIPAddress")
    if internal is not None:
        entry = next((item for item in server.ip_addresses if item["internal"] == internal), None)
        if entry is None:
            raise validation_error("internalIPAddress", f"The server has no address {internal}.")
        if "public" in entry:
            raise validation_error("internalIPAddress", f"The address {internal} already has a public address.")
    return request.start_job(
        server.data_center,
        server_id=server.id,
        internal=internal,
        ports=_ports(request.body["ports"]),
        restrictions=_restrictions(request.body.get("sourceRestrictions", [])),
    )


@add_public_ip.effect
def address_is_added(
    world: World, server_id: str, internal: str | None, ports: list[Json], restrictions: list[dict[str, str]], user: str
) -> None:
    """Map a free public address to a private address of a server, unless another job has mapped it in the meantime."""
    server = world[Server].get(server_id)
    if server is None or server.status != models.ACTIVE:
        return
    entries = list(server.ip_addresses)
    if internal is None:
        network = world[Network].get(server.network or "")
        internal = inventory.free_address(world, network) if network else None
        if internal is None:
            return
        entries.append({"internal": internal})
    elif any(entry["internal"] == internal and "public" in entry for entry in entries):
        return
    public = inventory.free_public_address(world)
    entries = [{"public": public, **entry} if entry["internal"] == internal else entry for entry in entries]
    world[PublicAddress].add(PublicAddress(public, server_id, internal, ports, restrictions))
    world[Server].update(server, ip_addresses=entries, modified=format_timestamp(world.now), modified_by=user)


@operation("getPublicIpAddress")
def get_public_ip(request: RequestContext) -> HandlerResponse:
    """Return the private address, ports, and restrictions of a public address."""
    address = _address_from_path(request, server_from_path(request))
    return HandlerResponse(
        {
            "internalIPAddress": address.internal,
            "ports": address.ports,
            "sourceRestrictions": address.restrictions,
        }
    )


@operation("updatePublicIpAddress", writes=(PublicAddress,), statuses=jobs.PUBLIC_IP)
def update_public_ip(request: RequestContext) -> HandlerResponse:
    """Queue the replacement of ports and restrictions; omitted restrictions are removed."""
    server = active_server_from_path(request)
    address = _address_from_path(request, server)
    return request.start_job(
        server.data_center,
        server_id=server.id,
        address=address.id,
        ports=_ports(request.body["ports"]),
        restrictions=_restrictions(request.body.get("sourceRestrictions", [])),
    )


@update_public_ip.effect
def address_is_changed(
    world: World, server_id: str, address: str, ports: list[Json], restrictions: list[dict[str, str]]
) -> None:
    """Replace the ports and restrictions of a public address."""
    public_address = world[PublicAddress].get(address)
    if public_address is not None and public_address.server == server_id:
        world[PublicAddress].update(public_address, ports=ports, restrictions=restrictions)


@operation("removePublicIpAddress", writes=(Server, PublicAddress), statuses=jobs.PUBLIC_IP)
def remove_public_ip(request: RequestContext) -> HandlerResponse:
    """Queue the removal of a public address; the private address stays on the server."""
    server = server_from_path(request)
    address = _address_from_path(request, server)
    return request.start_job(server.data_center, server_id=server.id, address=address.id)


@remove_public_ip.effect
def address_is_removed(world: World, server_id: str, address: str, user: str) -> None:
    """Remove a public address from a server."""
    world[PublicAddress].remove(address)
    server = world[Server].get(server_id)
    if server is not None:
        entries = [
            {"internal": entry["internal"]} if entry.get("public") == address else entry
            for entry in server.ip_addresses
        ]
        world[Server].update(server, ip_addresses=entries, modified=format_timestamp(world.now), modified_by=user)
