# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Shared load balancers: a public address with pools, one for a port, and the nodes of each.

Everything is done at once, but a new load balancer cannot be read for a moment (wire notes, section 6).
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Any

from clc_simulator import estate
from clc_simulator.clock import Seconds
from clc_simulator.estate import DataCenter
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem, invalid, refused
from clc_simulator.seeding import Place, section
from clc_simulator.world import World, entity

Json = dict[str, Any]

DELETED = "deleted"
LATE = 0.25
"""Share of a job's time after which a new load balancer can be read."""
VIRTUAL_RANGE = "198.19.0.0/16"
"""Where the addresses of load balancers come from: the far end of the ranges for tests, so that no server has one."""


@entity("sharedLoadBalancers", indexes=("place",))
@dataclass(frozen=True, slots=True)
class SharedLoadBalancer:
    """A shared load balancer; place is alias and code in upper case. Nobody sees it before it is shown."""

    id: str
    place: str
    name: str
    description: str
    address: str
    status: str = "enabled"
    shown: Seconds = 0.0


@entity("sharedPools", indexes=("balancer",))
@dataclass(frozen=True, slots=True)
class SharedPool:
    """A pool of a shared load balancer."""

    id: str
    balancer: str
    port: int
    method: str = "roundRobin"
    persistence: str = "standard"
    nodes: list[Json] = field(default_factory=list)
    """{status, ipAddress, privatePort} in the order in which they were sent."""


def take_address(world: World) -> str:
    """Return a public address that nothing ever had."""
    return str(ipaddress.ip_network(VIRTUAL_RANGE)[world.take_number("virtualAddresses")])


def place_of(alias: str, code: str) -> str:
    """Return the place of an account in a data center, for an index."""
    return f"{alias}/{code}".upper()


def _center(call: Call) -> DataCenter:
    return estate.find_data_center(call.world, call.path["dataCenter"])


def _balancer(call: Call) -> SharedLoadBalancer:
    """Return the load balancer of the path. Raises Problem (404), also where it is too new to be seen."""
    row = call.world[SharedLoadBalancer].get(call.path["loadBalancerId"].lower())
    if row is None or row.place != place_of(call.alias, _center(call).id) or row.shown > call.world.now:
        raise Problem(404, {"message": f"Load balancer {call.path['loadBalancerId']} does not exist."})
    return row


def _living(call: Call) -> SharedLoadBalancer:
    """Return the load balancer of the path, to be changed. Raises Problem (404)."""
    row = _balancer(call)
    if row.status == DELETED:
        raise Problem(404, {"message": f"Load balancer {row.id} is deleted."})
    return row


def _pool(call: Call) -> SharedPool:
    """Return the pool of the path. Raises Problem (404)."""
    balancer, row = _balancer(call), call.world[SharedPool].get(call.path["poolId"].lower())
    if row is None or row.balancer != balancer.id:
        raise Problem(404, {"message": f"Pool {call.path['poolId']} does not exist."})
    return row


def _base(row: SharedLoadBalancer) -> str:
    return f"/v2/sharedLoadBalancers/{row.place.lower()}/{row.id}"


def _pool_view(balancer: SharedLoadBalancer, row: SharedPool) -> Json:
    """Return a pool; its nodes are without name, as recorded."""
    href = f"{_base(balancer)}/pools/{row.id}"
    return {
        "id": row.id,
        "port": row.port,
        "method": row.method,
        "persistence": row.persistence,
        "nodes": row.nodes,
        "links": [
            {"rel": "self", "href": href, "verbs": ["GET", "PUT", "DELETE"]},
            {"rel": "nodes", "href": f"{href}/nodes", "verbs": ["GET", "PUT"]},
        ],
    }


def _pools(world: World, row: SharedLoadBalancer) -> list[Json]:
    return [_pool_view(row, pool) for pool in world[SharedPool].by("balancer", row.id)]


def _view(world: World, row: SharedLoadBalancer) -> Json:
    """Return a load balancer; alias and code in its hrefs are in lower case, as recorded."""
    href = _base(row)
    return {
        "id": row.id,
        "name": row.name,
        "description": row.description,
        "ipAddress": row.address,
        "status": row.status,
        "pools": _pools(world, row),
        "links": [
            {"rel": "self", "href": href, "verbs": ["GET", "PUT", "DELETE"]},
            {"rel": "pools", "href": f"{href}/pools", "verbs": ["GET", "POST"]},
        ],
    }


@operation("listSharedLoadBalancers")
def list_balancers(call: Call) -> Reply:
    """Answer all load balancers of the account in a data center, complete."""
    held = call.world[SharedLoadBalancer].by("place", place_of(call.alias, _center(call).id))
    return Reply([_view(call.world, row) for row in held if row.shown <= call.world.now])


@operation("getSharedLoadBalancer")
def get_balancer(call: Call) -> Reply:
    """Answer one load balancer."""
    return Reply(_view(call.world, _balancer(call)))


@operation("createSharedLoadBalancer")
def create_balancer(call: Call) -> Reply:
    """Make a load balancer; its name may be in use already."""
    center = _center(call)
    if not center.capabilities["supportsSharedLoadBalancer"]:
        raise refused(f"Data center {center.id} has no shared load balancers.")
    row = SharedLoadBalancer(
        id=call.world.new_id(),
        place=place_of(call.alias, center.id),
        name=call.body["name"],
        description=call.body["description"],
        address=take_address(call.world),
        status=call.body.get("status", "enabled"),
        shown=call.world.now + LATE * call.world.job_seconds,
    )
    return Reply(_view(call.world, call.world[SharedLoadBalancer].add(row)))


@operation("updateSharedLoadBalancer")
def update_balancer(call: Call) -> Reply:
    """Change name, description and status; a status that is left out stays."""
    row = _living(call)
    changes = {name: call.body[name] for name in ("name", "description", "status") if name in call.body}
    call.world[SharedLoadBalancer].update(row, **changes)
    return Reply()


@operation("deleteSharedLoadBalancer")
def delete_balancer(call: Call) -> Reply:
    """Remove a load balancer with its pools."""
    row = _living(call)
    for pool in call.world[SharedPool].by("balancer", row.id):
        call.world[SharedPool].remove(pool.id)
    call.world[SharedLoadBalancer].remove(row.id)
    return Reply()


@operation("listSharedLoadBalancerPools")
def list_pools(call: Call) -> Reply:
    """Answer the pools of a load balancer."""
    return Reply(_pools(call.world, _balancer(call)))


@operation("createSharedLoadBalancerPool")
def create_pool(call: Call) -> Reply:
    """Add a pool, without nodes; a port can have one pool alone."""
    balancer, port = _living(call), call.body["port"]
    if port in [pool.port for pool in call.world[SharedPool].by("balancer", balancer.id)]:
        raise invalid("port", f"The load balancer has a pool on port {port} already.")
    settings = {name: call.body[name] for name in ("method", "persistence") if name in call.body}
    row = call.world[SharedPool].add(SharedPool(call.world.new_id(), balancer.id, port, **settings))
    return Reply(_pool_view(balancer, row))


@operation("getSharedLoadBalancerPool")
def get_pool(call: Call) -> Reply:
    """Answer one pool."""
    return Reply(_pool_view(_balancer(call), _pool(call)))


@operation("updateSharedLoadBalancerPool")
def update_pool(call: Call) -> Reply:
    """Change method and persistence; what is left out stays, and so do port and nodes."""
    changes = {name: call.body[name] for name in ("method", "persistence") if name in call.body}
    call.world[SharedPool].update(_pool(call), **changes)
    return Reply()


@operation("deleteSharedLoadBalancerPool")
def delete_pool(call: Call) -> Reply:
    """Remove a pool with its nodes."""
    call.world[SharedPool].remove(_pool(call).id)
    return Reply()


@operation("listSharedLoadBalancerNodes")
def list_nodes(call: Call) -> Reply:
    """Answer the nodes of a pool."""
    return Reply(_pool(call).nodes)


@operation("updateSharedLoadBalancerNodes")
def update_nodes(call: Call) -> Reply:
    """Replace all nodes: the same one may come twice, one without status is enabled, one sent as deleted goes."""
    nodes = [
        {"status": node.get("status", "enabled"), "ipAddress": node["ipAddress"], "privatePort": node["privatePort"]}
        for node in call.body
    ]
    call.world[SharedPool].update(_pool(call), nodes=[node for node in nodes if node["status"] != DELETED])
    return Reply()


_NODE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["address", "port"],
    "properties": {
        "address": {"$ref": "#/$defs/address"},
        "port": {"type": "integer", "minimum": 1, "maximum": 65535},
        "status": {"enum": ["enabled", "disabled"]},
    },
}
_POOL = {
    "type": "object",
    "additionalProperties": False,
    "required": ["port"],
    "properties": {
        "id": {"$ref": "#/$defs/id"},
        "port": {"enum": [80, 443]},
        "method": {"enum": ["leastConnection", "roundRobin"]},
        "persistence": {"enum": ["standard", "sticky"]},
        "nodes": {"type": "array", "items": _NODE},
    },
}
_BALANCER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "id": {"$ref": "#/$defs/id"},
        "name": {"type": "string"},
        "description": {"type": "string"},
        "address": {"$ref": "#/$defs/address"},
        "status": {"enum": ["enabled", "disabled", DELETED]},
        "pools": {"type": "array", "items": _POOL},
    },
}


@section("place", "shared_load_balancers", {"type": "array", "items": _BALANCER})
def plant(world: World, owner: Place, described: list[Json]) -> None:
    """Plant the load balancers of a seed."""
    for item in described:
        balancer = world[SharedLoadBalancer].add(
            SharedLoadBalancer(
                id=item.get("id") or world.new_id(),
                place=place_of(owner.account, owner.data_center),
                name=item["name"],
                description=item.get("description") or item["name"],
                address=item.get("address") or take_address(world),
                status=item.get("status", "enabled"),
            )
        )
        for pool in item.get("pools", []):
            _plant_pool(world, balancer, pool)


def _plant_pool(world: World, balancer: SharedLoadBalancer, item: Json) -> None:
    nodes = [
        {"status": node.get("status", "enabled"), "ipAddress": node["address"], "privatePort": node["port"]}
        for node in item.get("nodes", [])
    ]
    settings = {name: item[name] for name in ("method", "persistence") if name in item}
    key = item.get("id") or world.new_id()
    world[SharedPool].add(SharedPool(key, balancer.id, item["port"], nodes=nodes, **settings))
