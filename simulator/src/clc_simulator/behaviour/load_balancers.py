# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Load balancers as a service, on a host of their own: every change but one runs as a request that is read until it ends."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from clc_simulator import estate, queue
from clc_simulator.behaviour.groups import disturbance
from clc_simulator.behaviour.shared_load_balancers import place_of, take_address
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem, invalid
from clc_simulator.queue import Job, Step
from clc_simulator.seeding import Place, section
from clc_simulator.world import World, entity

Json = dict[str, Any]

ACTIVE, CREATING, FAILED, DELETED = "active", "creating", "failed", "deleted"
STATUSES = ("ACTIVE", "COMPLETE")
"""Of a request; one that failed is FAILED."""
SERVICE = "lbaas"
"""In the facts of a job of this service, so that the queue of v2 does not show it."""
IDLE_TIMEOUT = 180000


@entity("loadBalancers", indexes=("place", "account"))
@dataclass(frozen=True, slots=True)
class LoadBalancer:
    """A load balancer; its id is a UUID with dashes, place is alias and code in upper case, times are milliseconds."""

    id: str
    place: str
    account: str
    name: str
    description: str | None
    created: int
    address: str | None
    status: str = ACTIVE
    deleted: int | None = None
    pools: list[Json] = field(default_factory=list)
    """As they are shown in the list of pools."""


def _new_id() -> str:
    return str(uuid.uuid4())


def _millis(seconds: float) -> int:
    return int(seconds * 1000)


# Finding


def _place(call: Call) -> str:
    """Return the place of the path. Raises Problem (404): this service knows data centers in upper case alone."""
    code = call.path["dataCenter"]
    if code != estate.find_data_center(call.world, code).id:
        raise Problem(404, {"message": f"Data center {code} does not exist."})
    return place_of(call.alias, code)


def _balancer(call: Call) -> LoadBalancer:
    """Return the load balancer of the path, one that was deleted too. Raises Problem (404)."""
    row = call.world[LoadBalancer].get(call.path["loadBalancerId"].lower())
    if row is None or row.place != _place(call):
        raise Problem(404, {"message": f"Load balancer {call.path['loadBalancerId']} does not exist."})
    return row


def _living(call: Call) -> LoadBalancer:
    """Return the load balancer of the path. Raises Problem (404) where it was deleted."""
    row = _balancer(call)
    if row.status == DELETED:
        raise Problem(404, {"message": f"Load balancer {row.id} is deleted."})
    return row


def _pool(call: Call, balancer: LoadBalancer) -> Json:
    """Return the pool of the path. Raises Problem (404)."""
    for pool in balancer.pools:
        if pool["id"] == call.path["poolId"].lower():
            return pool
    raise Problem(404, {"message": f"Pool {call.path['poolId']} does not exist."})


# Showing


def _view(row: LoadBalancer) -> Json:
    """Return a load balancer; the pools inside show sslOffloading, which those of the list of pools do not."""
    alias, _, code = row.place.partition("/")
    return {
        "id": row.id,
        "name": row.name,
        "description": row.description,
        "publicIPAddress": row.address,
        "pools": [{**pool, "sslOffloading": None} for pool in row.pools],
        "status": row.status,
        "accountAlias": alias,
        "dataCenter": code,
        "creationTime": row.created,
        "deletionTime": row.deleted,
    }


def _list(rows: list[LoadBalancer]) -> Reply:
    """Return a list; what was deleted is not in it, but can still be read by its id."""
    return Reply({"values": [_view(row) for row in rows if row.status != DELETED]})


def _request_view(job: Job, now: float) -> Json:
    word = job.status(now)
    ended = word != STATUSES[0]
    return {
        "id": str(uuid.UUID(job.id)),
        "status": word.upper(),
        "description": job.facts["description"],
        "requestDate": _millis(job.begun),
        "completionDate": _millis(job.begun + job.seconds) if ended else None,
        "links": job.facts["links"],
    }


def _start(call: Call, text: str, balancer: str, steps: list[Step], pool: str | None = None) -> Reply:
    """Queue a request and answer it."""
    made = {"loadbalancer": balancer, **({"pool": pool} if pool else {})}
    links = [{"rel": rel, "href": "", "resourceId": key} for rel, key in made.items()]
    facts = {"service": SERVICE, "description": f"{text} Load Balancer {balancer}", "links": links}
    owner = ("", call.alias, call.by)
    job = queue.enqueue(call.world, owner, STATUSES, steps, disturbance(call), facts)
    if disturbance(call).outcome == "fail" and text == "Create":
        at = call.world.now + job.seconds
        queue.schedule(call.world, at, "lbaas.create", {**steps[0].arguments, "status": FAILED, "address": None})
    return Reply(_request_view(job, call.world.now))


# Load balancers


@operation("listLbaasLoadBalancers")
def list_balancers(call: Call) -> Reply:
    """Answer the load balancers of the account in a data center."""
    return _list(call.world[LoadBalancer].by("place", _place(call)))


@operation("listAccountLbaasLoadBalancers")
def list_all_balancers(call: Call) -> Reply:
    """Answer the load balancers of the account in all data centers."""
    return _list(call.world[LoadBalancer].by("account", call.alias))


@operation("getLbaasLoadBalancer")
def get_balancer(call: Call) -> Reply:
    """Answer one load balancer, one that was deleted too."""
    return Reply(_view(_balancer(call)))


@operation("createLbaasLoadBalancer")
def create_balancer(call: Call) -> Reply:
    """Queue the making of a load balancer; nobody can read it before the request is complete."""
    arguments = {
        "id": _new_id(),
        "place": _place(call),
        "account": call.alias,
        "name": call.body["name"],
        "description": call.body.get("description"),
        "created": _millis(call.world.now),
        "address": take_address(call.world),
    }
    return _start(call, "Create", arguments["id"], [Step("lbaas.create", arguments)])


@queue.effect("lbaas.create")
def end_create(world: World, **members: Any) -> None:
    """Let a load balancer be there."""
    world[LoadBalancer].add(LoadBalancer(**members))


@operation("updateLbaasLoadBalancer")
def update_balancer(call: Call) -> Reply:
    """Change name and description at once; a description that is left out stays."""
    row = _living(call)
    changes = {name: call.body[name] for name in ("name", "description") if name in call.body}
    return Reply(_view(call.world[LoadBalancer].update(row, **changes)))


@operation("deleteLbaasLoadBalancer")
def delete_balancer(call: Call) -> Reply:
    """Queue the deletion of a load balancer with its pools."""
    row = _living(call)
    return _start(call, "Delete", row.id, [Step("lbaas.delete", {"balancer": row.id})])


@queue.effect("lbaas.delete")
def end_delete(world: World, balancer: str) -> None:
    """Delete a load balancer."""
    row = world[LoadBalancer].get(balancer)
    if row is not None and row.status != DELETED:
        world[LoadBalancer].update(row, status=DELETED, deleted=_millis(world.now), pools=[])


# Pools


@operation("listLbaasPools")
def list_pools(call: Call) -> Reply:
    """Answer the pools of a load balancer."""
    return Reply({"values": _living(call).pools})


@operation("getLbaasPool")
def get_pool(call: Call) -> Reply:
    """Answer one pool."""
    return Reply(_pool(call, _living(call)))


def _health(given: Json | None) -> Json | None:
    """Return a health check as it is shown. Raises Problem (400) where it asks for an address without HTTP."""
    if given is None:
        return None
    mode = given.get("mode") or "TCP"
    for name in ("httpHealthCheckMethod", "httpHealthCheckUrl"):
        if mode != "HTTP" and given.get(name) is not None:
            raise invalid("healthCheck", f"{name} goes with mode HTTP only.")
    names = ("unhealthyThreshold", "healthyThreshold", "intervalSeconds", "targetPort")
    return {
        **{name: given[name] for name in names},
        "mode": mode,
        "httpHealthCheckMethod": given.get("httpHealthCheckMethod"),
        "httpHealthCheckUrl": given.get("httpHealthCheckUrl"),
    }


def _node(given: Json) -> Json:
    return {
        "ipAddress": given["ipAddress"],
        "privatePort": given["privatePort"],
        "status": given.get("status", "enabled"),
        "healthCheck": _health(given.get("healthCheck")),
        "serverWeight": given.get("serverWeight"),
    }


def _configured(call: Call, key: str, balancer: LoadBalancer) -> Json:
    """Return the pool that a body describes; what is left out has its default. Raises Problem (400)."""
    body = call.body
    if body["port"] in [pool["port"] for pool in balancer.pools if pool["id"] != key]:
        raise invalid("port", f"The load balancer has a pool on port {body['port']} already.")
    if body.get("forceHttps") and (body["loadBalancingMode"], body["port"]) != ("tcp", 443):
        raise invalid("forceHttps", "forceHttps needs loadBalancingMode tcp and port 443.")
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


@operation("createLbaasPool")
def create_pool(call: Call) -> Reply:
    """Queue a new pool with its nodes; a port can have one pool alone."""
    balancer = _living(call)
    pool = _configured(call, _new_id(), balancer)
    arguments = {"balancer": balancer.id, "key": pool["id"], "pool": pool, "new": True}
    return _start(call, "Add Pool to", balancer.id, [Step("lbaas.pool", arguments)], pool["id"])


@operation("updateLbaasPool")
def update_pool(call: Call) -> Reply:
    """Queue the replacement of all that a pool is."""
    balancer = _living(call)
    key = _pool(call, balancer)["id"]
    if call.body["id"].lower() != key:
        raise invalid("id", "The id is not that of the address.")
    arguments = {"balancer": balancer.id, "key": key, "pool": _configured(call, key, balancer)}
    return _start(call, "Update Pool to", balancer.id, [Step("lbaas.pool", arguments)], key)


@operation("deleteLbaasPool")
def delete_pool(call: Call) -> Reply:
    """Queue the removal of a pool."""
    balancer = _living(call)
    key = _pool(call, balancer)["id"]
    steps = [Step("lbaas.pool", {"balancer": balancer.id, "key": key, "pool": None})]
    return _start(call, "Remove Pool to", balancer.id, steps, key)


@queue.effect("lbaas.pool")
def end_pool(world: World, balancer: str, key: str, pool: Json | None, new: bool = False) -> None:
    """Let a pool be as it was asked for; one that has gone meanwhile is not made again, nor a port given twice."""
    row = world[LoadBalancer].get(balancer)
    if row is None or row.status == DELETED:
        return
    if new:
        taken = [one["port"] for one in row.pools]
        pools = row.pools if pool is None or pool["port"] in taken else [*row.pools, pool]
    else:
        replaced = [pool if one["id"] == key else one for one in row.pools]
        pools = [one for one in replaced if one is not None]
    world[LoadBalancer].update(row, pools=pools)


# Requests


@operation("getLbaasRequest")
def get_request(call: Call) -> Reply:
    """Answer how far a request has come; alone in this service it asks for no token."""
    try:
        job = call.world[Job].get(uuid.UUID(call.path["id"]).hex)
    except ValueError:
        job = None
    if job is None or job.facts.get("service") != SERVICE or job.outcome == "vanish":
        raise Problem(404, {"message": f"Request {call.path['id']} does not exist."})
    if job.account != call.path["accountAlias"].upper():
        raise Problem(404, {"message": f"Request {call.path['id']} does not exist."})
    return Reply(_request_view(job, call.world.now))


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
_POOL = {
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
_BALANCER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "description": {"type": "string"},
        "address": {"$ref": "#/$defs/address"},
        "status": {"enum": [ACTIVE, CREATING, FAILED, DELETED]},
        "pools": {"type": "array", "items": _POOL},
    },
}


@section("place", "load_balancers", {"type": "array", "items": _BALANCER})
def plant(world: World, owner: Place, described: list[Json]) -> None:
    """Plant the load balancers of a seed."""
    for item in described:
        status, now = item.get("status", ACTIVE), _millis(world.now)
        world[LoadBalancer].add(
            LoadBalancer(
                id=item.get("id") or _new_id(),
                place=place_of(owner.account, owner.data_center),
                account=owner.account,
                name=item["name"],
                description=item.get("description"),
                created=now,
                address=item.get("address") or (None if status in (CREATING, FAILED) else take_address(world)),
                status=status,
                deleted=now if status == DELETED else None,
                pools=[_planted(pool) for pool in item.get("pools", [])],
            )
        )


def _planted(item: Json) -> Json:
    """Return a pool of a seed as it is shown."""
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
        "id": _new_id(),
        "port": item["port"],
        "loadBalancingMethod": item.get("method", "roundrobin"),
        "persistence": item.get("persistence", "none"),
        "idleTimeout": IDLE_TIMEOUT,
        "loadBalancingMode": item.get("mode", "tcp"),
        "nodes": nodes,
        "forceHttps": False,
        "healthCheck": None,
    }
