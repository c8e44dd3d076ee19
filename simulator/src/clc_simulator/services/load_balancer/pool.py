# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pools of LBaaS load balancers.

Decisions:
  - A port can have only one pool (400).
  - An update resets omitted properties to their defaults.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core.entities import World
from clc_simulator.core.errors import validation_error
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.load_balancer._shared import (
    DELETED,
    IDLE_TIMEOUT,
    STATUSES,
    LoadBalancer,
    existing_from_path,
    new_id,
    pool_from_path,
    start_request,
)

Json = dict[str, Any]


@operation("listLbaasPools")
def list_pools(request: RequestContext) -> HandlerResponse:
    """Return the pools of a load balancer."""
    return HandlerResponse({"values": existing_from_path(request).pools})


@operation("getLbaasPool")
def get_pool(request: RequestContext) -> HandlerResponse:
    """Return one pool."""
    return HandlerResponse(pool_from_path(request, existing_from_path(request)))


def _health(requested: Json | None) -> Json | None:
    """Return a health check as it is returned. Raise ApiError (400) if it has an address without HTTP."""
    if requested is None:
        return None
    mode = requested.get("mode") or "TCP"
    for name in ("httpHealthCheckMethod", "httpHealthCheckUrl"):
        if mode != "HTTP" and requested.get(name) is not None:
            raise validation_error("healthCheck", f"{name} goes with mode HTTP only.")
    names = ("unhealthyThreshold", "healthyThreshold", "intervalSeconds", "targetPort")
    return {
        **{name: requested[name] for name in names},
        "mode": mode,
        "httpHealthCheckMethod": requested.get("httpHealthCheckMethod"),
        "httpHealthCheckUrl": requested.get("httpHealthCheckUrl"),
    }


def _node(requested: Json) -> Json:
    return {
        "ipAddress": requested["ipAddress"],
        "privatePort": requested["privatePort"],
        "status": requested.get("status", "enabled"),
        "healthCheck": _health(requested.get("healthCheck")),
        "serverWeight": requested.get("serverWeight"),
    }


def _configured(request: RequestContext, key: str, load_balancer: LoadBalancer) -> Json:
    """Return the pool of a body; omitted properties have their defaults. Raise ApiError (400)."""
    body = request.body
    if body["port"] in [pool["port"] for pool in load_balancer.pools if pool["id"] != key]:
        raise validation_error("port", f"The load balancer already has a pool on port {body['port']}.")
    if body.get("forceHttps") and (body["loadBalancingMode"], body["port"]) != ("tcp", 443):
        raise validation_error("forceHttps", "forceHttps needs loadBalancingMode tcp and port 443.")
    return {
        "id": key,
        "port": body["port"],
        "loadBalancingMethod": body.get("loadBalancingMethod") or "roundrobin",
        "persistence": body.get("persistence") or "none",
        "idleTimeout": body.get("idleTimeout", IDLE_TIMEOUT),
        "loadBalancingMode": body["loadBalancingMode"],
        "nodes": [_node(node) for node in body.get("nodes", [])],
        "forceHttps": body.get("forceHttps", False),
        "healthCheck": _health(body.get("healthCheck")),
    }


@operation("createLbaasPool", writes=(LoadBalancer,), statuses=STATUSES)
def create_pool(request: RequestContext) -> HandlerResponse:
    """Queue a new pool with its nodes; a port can have only one pool."""
    load_balancer = existing_from_path(request)
    pool = _configured(request, new_id(), load_balancer)
    return start_request(
        request, "Add Pool to", load_balancer.id, pool["id"], load_balancer_id=load_balancer.id, pool=pool
    )


@create_pool.effect
def pool_is_added(world: World, load_balancer_id: str, pool: Json) -> None:
    """Add a pool, unless its port was used in the meantime."""
    load_balancer = world[LoadBalancer].get(load_balancer_id)
    if load_balancer is None or load_balancer.status == DELETED:
        return
    if pool["port"] not in [existing["port"] for existing in load_balancer.pools]:
        world[LoadBalancer].update(load_balancer, pools=[*load_balancer.pools, pool])


@operation("updateLbaasPool", writes=(LoadBalancer,), statuses=STATUSES)
def update_pool(request: RequestContext) -> HandlerResponse:
    """Queue the replacement of a pool."""
    load_balancer = existing_from_path(request)
    key = pool_from_path(request, load_balancer)["id"]
    if request.body["id"].lower() != key:
        raise validation_error("id", "The id differs from the id in the path.")
    pool = _configured(request, key, load_balancer)
    return start_request(request, "Update Pool to", load_balancer.id, key, load_balancer_id=load_balancer.id, pool=pool)


@update_pool.effect
def pool_is_replaced(world: World, load_balancer_id: str, pool: Json) -> None:
    """Replace a pool, if it still exists."""
    load_balancer = world[LoadBalancer].get(load_balancer_id)
    if load_balancer is not None and load_balancer.status != DELETED:
        pools = [pool if existing["id"] == pool["id"] else existing for existing in load_balancer.pools]
        world[LoadBalancer].update(load_balancer, pools=pools)


@operation("deleteLbaasPool", writes=(LoadBalancer,), statuses=STATUSES)
def delete_pool(request: RequestContext) -> HandlerResponse:
    """Queue the removal of a pool."""
    load_balancer = existing_from_path(request)
    key = pool_from_path(request, load_balancer)["id"]
    return start_request(request, "Remove Pool to", load_balancer.id, key, load_balancer_id=load_balancer.id, key=key)


@delete_pool.effect
def pool_is_removed(world: World, load_balancer_id: str, key: str) -> None:
    """Remove a pool."""
    load_balancer = world[LoadBalancer].get(load_balancer_id)
    if load_balancer is not None and load_balancer.status != DELETED:
        world[LoadBalancer].update(load_balancer, pools=[pool for pool in load_balancer.pools if pool["id"] != key])


_NODE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["address", "port"],
    "properties": {
        "address": {"$ref": "#/$defs/address"},
        "port": {"type": "integer", "minimum": 1, "maximum": 65535},
        "status": {"enum": ["enabled", "disabled"]},
        "weight": {"type": "integer", "minimum": 1, "maximum": 256},
    },
}
POOL_SEED = {
    "type": "object",
    "additionalProperties": False,
    "required": ["port"],
    "properties": {
        "port": {"type": "integer", "minimum": 23, "maximum": 65534},
        "method": {"enum": ["leastconn", "roundrobin", "source", "uri"]},
        "persistence": {"enum": ["none", "source_ip"]},
        "mode": {"enum": ["tcp", "http"]},
        "nodes": {"type": "array", "items": _NODE},
    },
}
"""Schema of a pool in a seed."""


def seeded_pool(item: Json) -> Json:
    """Return a pool of a seed in result format."""
    nodes = [
        {
            "ipAddress": node["address"],
            "privatePort": node["port"],
            "status": node.get("status", "enabled"),
            "healthCheck": None,
            "serverWeight": node.get("weight"),
        }
        for node in item.get("nodes", [])
    ]
    return {
        "id": new_id(),
        "port": item["port"],
        "loadBalancingMethod": item.get("method", "roundrobin"),
        "persistence": item.get("persistence", "none"),
        "idleTimeout": IDLE_TIMEOUT,
        "loadBalancingMode": item.get("mode", "tcp"),
        "nodes": nodes,
        "forceHttps": False,
        "healthCheck": None,
    }
