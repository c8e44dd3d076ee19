# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Load balancers of LBaaS.

Decisions:
  - Load balancers and pools exist once their request is COMPLETE; a failed creation leaves a load balancer of status
    failed. An omitted description is not changed.
"""

from __future__ import annotations

import uuid
from typing import Any

from clc_simulator.core.entities import World
from clc_simulator.core.errors import not_found
from clc_simulator.core.jobs import Job
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.sections import Place, section
from clc_simulator.services.load_balancer._shared import (
    ACTIVE,
    CREATING,
    DELETED,
    FAILED,
    SERVICE,
    STATUSES,
    LoadBalancer,
    existing_from_path,
    load_balancer_from_path,
    milliseconds,
    new_id,
    place_from_path,
    place_of,
    request_view,
    start_request,
    take_address,
)
from clc_simulator.services.load_balancer.pool import POOL_SEED, seeded_pool

Json = dict[str, Any]


def _view(load_balancer: LoadBalancer) -> Json:
    """Return a load balancer; only its pools have sslOffloading, not those in the list of pools."""
    alias, _, data_center_code = load_balancer.place.partition("/")
    return {
        "id": load_balancer.id,
        "name": load_balancer.name,
        "description": load_balancer.description,
        "publicIPAddress": load_balancer.address,
        "pools": [{**pool, "sslOffloading": None} for pool in load_balancer.pools],
        "status": load_balancer.status,
        "accountAlias": alias,
        "dataCenter": data_center_code,
        "creationTime": load_balancer.created,
        "deletionTime": load_balancer.deleted,
    }


def _list(load_balancers: list[LoadBalancer]) -> HandlerResponse:
    """Return a list; deleted load balancers are not in it, but can be read by id."""
    return HandlerResponse(
        {"values": [_view(load_balancer) for load_balancer in load_balancers if load_balancer.status != DELETED]}
    )


@operation("listLbaasLoadBalancers")
def list_balancers(request: RequestContext) -> HandlerResponse:
    """Return the load balancers of the account in a data center."""
    return _list(request.world[LoadBalancer].find_by("place", place_from_path(request)))


@operation("listAccountLbaasLoadBalancers")
def list_all_balancers(request: RequestContext) -> HandlerResponse:
    """Return the load balancers of the account in all data centers."""
    return _list(request.world[LoadBalancer].find_by("account", request.alias))


@operation("getLbaasLoadBalancer")
def get_balancer(request: RequestContext) -> HandlerResponse:
    """Return a load balancer, even if it was deleted."""
    return HandlerResponse(_view(load_balancer_from_path(request)))


@operation("createLbaasLoadBalancer", writes=(LoadBalancer,), statuses=STATUSES)
def create_balancer(request: RequestContext) -> HandlerResponse:
    """Queue the creation of a load balancer; it cannot be read before the request is complete."""
    load_balancer = {
        "id": new_id(),
        "place": place_from_path(request),
        "account": request.alias,
        "name": request.body["name"],
        "description": request.body.get("description"),
        "created": milliseconds(request.world.now),
        "address": take_address(request.world),
    }
    return start_request(request, "Create", load_balancer["id"], **load_balancer)


@create_balancer.effect
def load_balancer_exists(world: World, **load_balancer: Any) -> None:
    """Add a load balancer."""
    world[LoadBalancer].add(LoadBalancer(**load_balancer))


@create_balancer.failure
def load_balancer_failed(world: World, **load_balancer: Any) -> None:
    """Add a load balancer with the status failed and without an address."""
    world[LoadBalancer].add(LoadBalancer(**{**load_balancer, "status": FAILED, "address": None}))


@operation("updateLbaasLoadBalancer", writes=(LoadBalancer,))
def update_balancer(request: RequestContext) -> HandlerResponse:
    """Change name and description at once; an omitted description is not changed."""
    load_balancer = existing_from_path(request)
    changes = {name: request.body[name] for name in ("name", "description") if name in request.body}
    return HandlerResponse(_view(request.world[LoadBalancer].update(load_balancer, **changes)))


@operation("deleteLbaasLoadBalancer", writes=(LoadBalancer,), statuses=STATUSES)
def delete_balancer(request: RequestContext) -> HandlerResponse:
    """Queue the deletion of a load balancer with its pools."""
    load_balancer = existing_from_path(request)
    return start_request(request, "Delete", load_balancer.id, key=load_balancer.id)


@delete_balancer.effect
def load_balancer_is_deleted(world: World, key: str) -> None:
    """Delete a load balancer."""
    load_balancer = world[LoadBalancer].get(key)
    if load_balancer is not None and load_balancer.status != DELETED:
        world[LoadBalancer].update(load_balancer, status=DELETED, deleted=milliseconds(world.now), pools=[])


@operation("getLbaasRequest")
def get_request(request: RequestContext) -> HandlerResponse:
    """Return the status of a request; it is the only operation of this service without a token."""
    try:
        job = request.world[Job].get(uuid.UUID(request.path["id"]).hex)
    except ValueError:
        job = None
    if job is None or job.properties.get("service") != SERVICE or job.outcome == "vanish":
        raise not_found(f"Request {request.path['id']} does not exist.")
    if job.account != request.path["accountAlias"].upper():
        raise not_found(f"Request {request.path['id']} does not exist.")
    return HandlerResponse(request_view(job, request.world.now))


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
        "pools": {"type": "array", "items": POOL_SEED},
    },
}


@section("place", "load_balancers", {"type": "array", "items": _BALANCER})
def load_seed(world: World, owner: Place, specs: list[Json]) -> None:
    """Load the load balancers of a seed."""
    for spec in specs:
        status, now = spec.get("status", ACTIVE), milliseconds(world.now)
        world[LoadBalancer].add(
            LoadBalancer(
                id=spec.get("id") or new_id(),
                place=place_of(owner.account, owner.data_center),
                account=owner.account,
                name=spec["name"],
                description=spec.get("description"),
                created=now,
                address=spec.get("address") or (None if status in (CREATING, FAILED) else take_address(world)),
                status=status,
                deleted=now if status == DELETED else None,
                pools=[seeded_pool(pool) for pool in spec.get("pools", [])],
            )
        )
