# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secondary network adapters of a server."""

from __future__ import annotations

from clc_simulator import building, estate, queue
from clc_simulator.behaviour.groups import disturbance
from clc_simulator.behaviour.servers import the_server
from clc_simulator.clock import stamp
from clc_simulator.estate import Network, Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import invalid
from clc_simulator.queue import Job, Step
from clc_simulator.world import World

MOST_ADAPTERS = 4
"""Adapters of a server, the primary one included."""


def experimental(call: Call, job: Job) -> Reply:
    """Return the answer that leads to an experimental job; the alias is as typed (wire notes, section 2)."""
    alias = call.path["accountAlias"]
    return Reply({"operationId": job.id, "uri": f"/v2-experimental/operations/{alias}/status/{job.id}"})


def _start(call: Call, effect: str, arguments: dict[str, str]) -> Reply:
    owner = ("", call.alias, call.by)
    job = queue.enqueue(call.world, owner, queue.EXPERIMENTAL, [Step(effect, arguments)], disturbance(call))
    return experimental(call, job)


@operation("addServerNetwork")
def add_network(call: Call) -> Reply:
    """Queue another adapter on a server, with the address asked for or the first free one."""
    row = the_server(call)
    if row.status != estate.ACTIVE:
        raise invalid("", "The server must be in Active state.")
    network = building.find_network(call, row.data_center, call.body["networkId"], "networkId")
    if network.id == row.network or network.id in [entry["network"] for entry in row.secondary]:
        raise invalid("networkId", f"The server {row.id.upper()} already has an adapter on network {network.name}.")
    if len(row.secondary) + 1 >= MOST_ADAPTERS:
        raise invalid("networkId", f"A server can have at most {MOST_ADAPTERS} network adapters.")
    wanted = call.body.get("ipAddress")
    address = (
        building.take_address(call, network, wanted, "ipAddress")
        if wanted
        else estate.free_address(call.world, network)
    )
    if address is None:
        raise invalid("networkId", f"There is no free address in {network.name}.")
    return _start(call, "server.attach", {"server": row.id, "network": network.id, "address": address, "by": call.by})


@queue.effect("server.attach")
def attach(world: World, server: str, network: str, address: str, by: str) -> None:
    """Put an address of a further network on a server; another free one where it was taken meanwhile."""
    row, where = world[Server].get(server), world[Network].get(network)
    if row is None or where is None or network in [entry["network"] for entry in row.secondary]:
        return
    if address in estate.used_addresses(world, row.data_center):
        address = estate.free_address(world, where) or address
    more = [*row.secondary, {"network": network, "internal": address}]
    world[Server].update(row, secondary=more, modified=stamp(world.now), modified_by=by)


@operation("removeServerNetwork")
def remove_network(call: Call) -> Reply:
    """Queue the removal of a secondary adapter; the primary one cannot go."""
    row = the_server(call)
    key = call.path["networkId"].lower()
    if key == row.network:
        raise invalid("networkId", "The primary network of a server cannot be removed.")
    if key not in [entry["network"] for entry in row.secondary]:
        raise invalid("networkId", f"The server {row.id.upper()} has no adapter on network {key}.")
    return _start(call, "server.detach", {"server": row.id, "network": key, "by": call.by})


@queue.effect("server.detach")
def detach(world: World, server: str, network: str, by: str) -> None:
    """Take the adapter on a network off a server."""
    row = world[Server].get(server)
    if row is not None:
        left = [entry for entry in row.secondary if entry["network"] != network]
        world[Server].update(row, secondary=left, modified=stamp(world.now), modified_by=by)
