# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Shared load balancers: a public address with pools, one per port, and their nodes.

Everything is done at once, but a new load balancer cannot be read for a short time (docs/wire-notes.md, section 6).

Decisions:
  - A new load balancer can be read a quarter of the job's time after its creation; until then it is 404. A deleted one
    is gone from list and address. Nodes have no name, as recorded; a node that is sent as deleted is removed.
  - A port can have only one pool (400).
  - Addresses of load balancers come from 198.19.0.0/16, and are never reused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.clock import Seconds
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import bad_request, not_found, validation_error
from clc_simulator.core.hrefs import href
from clc_simulator.core.models import DataCenter
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.sections import Place, section
from clc_simulator.services.load_balancer._shared import place_of, take_address

Json = dict[str, Any]

DELETED = "deleted"
VISIBLE_SHARE = 0.25
"""Share of a job's duration after which a new load balancer can be read."""


@entity("sharedLoadBalancers", indexes=("place",))
@dataclass(frozen=True, slots=True)
class SharedLoadBalancer:
    """A shared load balancer; place is ALIAS/DATA_CENTER in upper case. It is not visible before visible_from."""

    id: str
    place: str
    name: str
    description: str
    address: str
    status: str = "enabled"
    visible_from: Seconds = 0.0


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


def _data_center(request: RequestContext) -> DataCenter:
    return inventory.find_data_center(request.world, request.path["dataCenter"])


def _balancer(request: RequestContext) -> SharedLoadBalancer:
    """Return the load balancer of the path. Raise ApiError (404), also if it is not visible yet."""
    load_balancer = request.world[SharedLoadBalancer].get(request.path["loadBalancerId"].lower())
    if (
        load_balancer is None
        or load_balancer.place != place_of(request.alias, _data_center(request).id)
        or load_balancer.visible_from > request.world.now
    ):
        raise not_found(f"Load balancer {request.path['loadBalancerId']} does not exist.")
    return load_balancer


def find_shared_load_balancer(request: RequestContext, data_center_code: str, key: str) -> SharedLoadBalancer | None:
    """Return the load balancer of an id of the request's account in a data center, or None."""
    load_balancer = request.world[SharedLoadBalancer].get(key.lower())
    own = load_balancer is not None and load_balancer.place == place_of(request.alias, data_center_code)
    return load_balancer if own else None


def _existing_load_balancer_from_path(request: RequestContext) -> SharedLoadBalancer:
    """Return the load balancer of the path for a change. Raise ApiError (404)."""
    load_balancer = _balancer(request)
    if load_balancer.status == DELETED:
        raise not_found(f"Load balancer {load_balancer.id} is deleted.")
    return load_balancer


def _pool(request: RequestContext) -> SharedPool:
    """Return the pool of the path. Raise ApiError (404)."""
    balancer, load_balancer = _balancer(request), request.world[SharedPool].get(request.path["poolId"].lower())
    if load_balancer is None or load_balancer.balancer != balancer.id:
        raise not_found(f"Pool {request.path['poolId']} does not exist.")
    return load_balancer


def _path(load_balancer: SharedLoadBalancer) -> tuple[str, str, str]:
    """Return the path parameters of a load balancer; alias and code in its hrefs are in lower case, as recorded."""
    alias, _, data_center_code = load_balancer.place.lower().partition("/")
    return alias, data_center_code, load_balancer.id


def _pool_view(balancer: SharedLoadBalancer, pool: SharedPool) -> Json:
    """Return a pool; its nodes have no name, as recorded."""
    path = (*_path(balancer), pool.id)
    return {
        "id": pool.id,
        "port": pool.port,
        "method": pool.method,
        "persistence": pool.persistence,
        "nodes": pool.nodes,
        "links": [
            {"rel": "self", "href": href("getSharedLoadBalancerPool", *path), "verbs": ["GET", "PUT", "DELETE"]},
            {"rel": "nodes", "href": href("listSharedLoadBalancerNodes", *path), "verbs": ["GET", "PUT"]},
        ],
    }


def _pools(world: World, load_balancer: SharedLoadBalancer) -> list[Json]:
    return [_pool_view(load_balancer, pool) for pool in world[SharedPool].find_by("balancer", load_balancer.id)]


def _view(world: World, load_balancer: SharedLoadBalancer) -> Json:
    path = _path(load_balancer)
    return {
        "id": load_balancer.id,
        "name": load_balancer.name,
        "description": load_balancer.description,
        "ipAddress": load_balancer.address,
        "status": load_balancer.status,
        "pools": _pools(world, load_balancer),
        "links": [
            {"rel": "self", "href": href("getSharedLoadBalancer", *path), "verbs": ["GET", "PUT", "DELETE"]},
            {"rel": "pools", "href": href("listSharedLoadBalancerPools", *path), "verbs": ["GET", "POST"]},
        ],
    }


@operation("listSharedLoadBalancers")
def list_balancers(request: RequestContext) -> HandlerResponse:
    """Return all load balancers of the account in a data center, complete."""
    load_balancers = request.world[SharedLoadBalancer].find_by(
        "place", place_of(request.alias, _data_center(request).id)
    )
    return HandlerResponse(
        [
            _view(request.world, load_balancer)
            for load_balancer in load_balancers
            if load_balancer.visible_from <= request.world.now
        ]
    )


@operation("getSharedLoadBalancer")
def get_balancer(request: RequestContext) -> HandlerResponse:
    """Return one load balancer."""
    return HandlerResponse(_view(request.world, _balancer(request)))


@operation("createSharedLoadBalancer", writes=(SharedLoadBalancer,))
def create_balancer(request: RequestContext) -> HandlerResponse:
    """Create a load balancer; its name need not be unique."""
    data_center = _data_center(request)
    if not data_center.capabilities["supportsSharedLoadBalancer"]:
        raise bad_request(f"Data center {data_center.id} has no shared load balancers.")
    load_balancer = SharedLoadBalancer(
        id=request.world.new_id(),
        place=place_of(request.alias, data_center.id),
        name=request.body["name"],
        description=request.body["description"],
        address=take_address(request.world),
        status=request.body.get("status", "enabled"),
        visible_from=request.world.now + VISIBLE_SHARE * request.world.job_seconds,
    )
    return HandlerResponse(_view(request.world, request.world[SharedLoadBalancer].add(load_balancer)))


@operation("updateSharedLoadBalancer", writes=(SharedLoadBalancer,))
def update_balancer(request: RequestContext) -> HandlerResponse:
    """Change name, description and status; an omitted status is not changed."""
    load_balancer = _existing_load_balancer_from_path(request)
    changes = {name: request.body[name] for name in ("name", "description", "status") if name in request.body}
    request.world[SharedLoadBalancer].update(load_balancer, **changes)
    return HandlerResponse()


@operation("deleteSharedLoadBalancer", writes=(SharedLoadBalancer, SharedPool))
def delete_balancer(request: RequestContext) -> HandlerResponse:
    """Remove a load balancer with its pools."""
    load_balancer = _existing_load_balancer_from_path(request)
    for pool in request.world[SharedPool].find_by("balancer", load_balancer.id):
        request.world[SharedPool].remove(pool.id)
    request.world[SharedLoadBalancer].remove(load_balancer.id)
    return HandlerResponse()


@operation("listSharedLoadBalancerPools")
def list_pools(request: RequestContext) -> HandlerResponse:
    """Return the pools of a load balancer."""
    return HandlerResponse(_pools(request.world, _balancer(request)))


@operation("createSharedLoadBalancerPool", writes=(SharedPool,))
def create_pool(request: RequestContext) -> HandlerResponse:
    """Add a pool, without nodes; a port can have only one pool."""
    balancer, port = _existing_load_balancer_from_path(request), request.body["port"]
    if port in [pool.port for pool in request.world[SharedPool].find_by("balancer", balancer.id)]:
        raise validation_error("port", f"The load balancer already has a pool on port {port}.")
    settings = {name: request.body[name] for name in ("method", "persistence") if name in request.body}
    created = request.world[SharedPool].add(SharedPool(request.world.new_id(), balancer.id, port, **settings))
    return HandlerResponse(_pool_view(balancer, created))


@operation("getSharedLoadBalancerPool")
def get_pool(request: RequestContext) -> HandlerResponse:
    """Return one pool."""
    return HandlerResponse(_pool_view(_balancer(request), _pool(request)))


@operation("updateSharedLoadBalancerPool", writes=(SharedPool,))
def update_pool(request: RequestContext) -> HandlerResponse:
    """Change method and persistence; omitted properties, port, and nodes are not changed."""
    changes = {name: request.body[name] for name in ("method", "persistence") if name in request.body}
    request.world[SharedPool].update(_pool(request), **changes)
    return HandlerResponse()


@operation("deleteSharedLoadBalancerPool", writes=(SharedPool,))
def delete_pool(request: RequestContext) -> HandlerResponse:
    """Remove a pool with its nodes."""
    request.world[SharedPool].remove(_pool(request).id)
    return HandlerResponse()


@operation("listSharedLoadBalancerNodes")
def list_nodes(request: RequestContext) -> HandlerResponse:
    """Return the nodes of a pool."""
    return HandlerResponse(_pool(request).nodes)


@operation("updateSharedLoadBalancerNodes", writes=(SharedPool,))
def update_nodes(request: RequestContext) -> HandlerResponse:
    """Replace all nodes: nodes may be repeated; the default status is enabled, and nodes with the status deleted are removed."""
    nodes = [
        {"status": node.get("status", "enabled"), "ipAddress": node["ipAddress"], "privatePort": node["privatePort"]}
        for node in request.body
    ]
    request.world[SharedPool].update(_pool(request), nodes=[node for node in nodes if node["status"] != DELETED])
    return HandlerResponse()


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
def load_seed(world: World, owner: Place, specs: list[Json]) -> None:
    """Load the load balancers of a seed."""
    for spec in specs:
        balancer = world[SharedLoadBalancer].add(
            SharedLoadBalancer(
                id=spec.get("id") or world.new_id(),
                place=place_of(owner.account, owner.data_center),
                name=spec["name"],
                description=spec.get("description") or spec["name"],
                address=spec.get("address") or take_address(world),
                status=spec.get("status", "enabled"),
            )
        )
        for pool in spec.get("pools", []):
            _load_pool(world, balancer, pool)


def _load_pool(world: World, balancer: SharedLoadBalancer, item: Json) -> None:
    nodes = [
        {"status": node.get("status", "enabled"), "ipAddress": node["address"], "privatePort": node["port"]}
        for node in item.get("nodes", [])
    ]
    settings = {name: item[name] for name in ("method", "persistence") if name in item}
    key = item.get("id") or world.new_id()
    world[SharedPool].add(SharedPool(key, balancer.id, item["port"], nodes=nodes, **settings))
