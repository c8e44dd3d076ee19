# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Public addresses of servers."""

from __future__ import annotations

import ipaddress
from typing import Any

from clc_simulator import estate, queue, views
from clc_simulator.behaviour.groups import disturbance
from clc_simulator.behaviour.servers import the_server
from clc_simulator.clock import stamp
from clc_simulator.estate import Network, PublicAddress, Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem, invalid
from clc_simulator.queue import Step
from clc_simulator.world import World

Json = dict[str, Any]


def _active(call: Call) -> Server:
    row = the_server(call)
    if row.status != estate.ACTIVE:
        raise invalid("", "The server must be in Active state.")
    return row


def _address(call: Call, row: Server) -> PublicAddress:
    """Return the public address of the path. Raises Problem (404)."""
    address = call.world[PublicAddress].get(call.path["publicIP"])
    if address is None or address.server != row.id:
        raise Problem(404, {"message": f"Public address {call.path['publicIP']} does not exist on {row.id.upper()}."})
    return address


def _ports(wanted: list[Json]) -> list[Json]:
    """Return ports as they are shown. Raises Problem (400) where a range runs backwards."""
    shown = []
    for port in wanted:
        item = {"protocol": port["protocol"].upper(), "port": port["port"]}
        if "portTo" in port:
            if port["portTo"] < port["port"]:
                raise invalid("ports", f"The range {port['port']} to {port['portTo']} runs backwards.")
            item["portTo"] = port["portTo"]
        shown.append(item)
    return shown


def _restrictions(wanted: list[Json]) -> list[dict[str, str]]:
    for entry in wanted:
        try:
            ipaddress.ip_network(entry["cidr"], strict=False)
        except ValueError as error:
            raise invalid("sourceRestrictions", f"{entry['cidr']} is not a range of addresses.") from error
    return [{"cidr": entry["cidr"]} for entry in wanted]


def _start(call: Call, row: Server, effect: str, arguments: Json) -> Reply:
    steps = [Step(effect, {"server": row.id, "by": call.by, **arguments})]
    owner = (row.data_center, call.alias, call.by)
    return Reply(views.status_link(queue.enqueue(call.world, owner, queue.PUBLIC_IP, steps, disturbance(call))))


@operation("addPublicIpAddress")
def add_public_ip(call: Call) -> Reply:
    """Queue another public address, mapped to a private one of the server or, where none is named, to a new one."""
    row = _active(call)
    internal = call.body.get("internalIPAddress")
    if internal is not None:
        entry = next((item for item in row.ip_addresses if item["internal"] == internal), None)
        if entry is None:
            raise invalid("internalIPAddress", f"The server has no address {internal}.")
        if "public" in entry:
            raise invalid("internalIPAddress", f"The address {internal} has a public address already.")
    arguments = {
        "internal": internal,
        "ports": _ports(call.body["ports"]),
        "restrictions": _restrictions(call.body.get("sourceRestrictions", [])),
    }
    return _start(call, row, "public.add", arguments)


@queue.effect("public.add")
def end_add(
    world: World, server: str, internal: str | None, ports: list[Json], restrictions: list[dict[str, str]], by: str
) -> None:
    """Map a free public address to a private address of a server; nothing where another job has mapped it meanwhile."""
    row = world[Server].get(server)
    if row is None or row.status != estate.ACTIVE:
        return
    entries = list(row.ip_addresses)
    if internal is None:
        network = world[Network].get(row.network or "")
        internal = estate.free_address(world, network) if network else None
        if internal is None:
            return
        entries.append({"internal": internal})
    elif any(entry["internal"] == internal and "public" in entry for entry in entries):
        return
    public = estate.free_public_address(world)
    entries = [{"public": public, **entry} if entry["internal"] == internal else entry for entry in entries]
    world[PublicAddress].add(PublicAddress(public, server, internal, ports, restrictions))
    world[Server].update(row, ip_addresses=entries, modified=stamp(world.now), modified_by=by)


@operation("getPublicIpAddress")
def get_public_ip(call: Call) -> Reply:
    """Answer what a public address lets in, and to which private address."""
    address = _address(call, the_server(call))
    return Reply(
        {
            "internalIPAddress": address.internal,
            "ports": address.ports,
            "sourceRestrictions": address.restrictions,
        }
    )


@operation("updatePublicIpAddress")
def update_public_ip(call: Call) -> Reply:
    """Queue the replacement of ports and restrictions; restrictions that are left out are removed."""
    row = _active(call)
    address = _address(call, row)
    arguments = {
        "address": address.id,
        "ports": _ports(call.body["ports"]),
        "restrictions": _restrictions(call.body.get("sourceRestrictions", [])),
    }
    return _start(call, row, "public.update", arguments)


@queue.effect("public.update")
def end_update(
    world: World, server: str, address: str, ports: list[Json], restrictions: list[dict[str, str]], by: str
) -> None:
    """Replace what a public address lets in."""
    found = world[PublicAddress].get(address)
    if found is not None and found.server == server:
        world[PublicAddress].update(found, ports=ports, restrictions=restrictions)


@operation("removePublicIpAddress")
def remove_public_ip(call: Call) -> Reply:
    """Queue the return of a public address; the private one stays on the server."""
    row = the_server(call)
    return _start(call, row, "public.remove", {"address": _address(call, row).id})


@queue.effect("public.remove")
def end_remove(world: World, server: str, address: str, by: str) -> None:
    """Take a public address off a server."""
    world[PublicAddress].remove(address)
    row = world[Server].get(server)
    if row is not None:
        left = [
            {"internal": entry["internal"]} if entry.get("public") == address else entry for entry in row.ip_addresses
        ]
        world[Server].update(row, ip_addresses=left, modified=stamp(world.now), modified_by=by)
