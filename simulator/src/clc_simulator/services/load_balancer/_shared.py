# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Helpers for load balancers of LBaaS and their pools: entity, finders, and requests.

LBaaS is a service of its own: nearly every change runs as a request that clients read until it ends.

Decisions:
  - LBaaS accepts data centers in upper case only (404). Its requests are ACTIVE for the duration of a job, then COMPLETE
    or FAILED. Requests on the same load balancer may overlap; the last one to end takes precedence.
  - A deleted load balancer is not listed, but can be read by its id.
"""

from __future__ import annotations

import ipaddress
import uuid
from dataclasses import dataclass, field
from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import not_found
from clc_simulator.core.jobs import Job
from clc_simulator.core.operations import HandlerResponse, RequestContext

Json = dict[str, Any]

VIRTUAL_RANGE = "198.19.0.0/16"
"""Range of addresses of load balancers: the end of the ranges for tests, which servers do not use."""

ACTIVE, CREATING, FAILED, DELETED = "active", "creating", "failed", "deleted"
STATUSES = ("ACTIVE", "COMPLETE")
"""Statuses of a request; a failed request is FAILED."""
SERVICE = "lbaas"
"""Property of the jobs of this service, so that the v2 queue does not return them."""
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
    """Pools in the format of the list of pools."""


def new_id() -> str:
    return str(uuid.uuid4())


def milliseconds(seconds: float) -> int:
    return int(seconds * 1000)


def take_address(world: World) -> str:
    """Return a public address that was never used."""
    return str(ipaddress.ip_network(VIRTUAL_RANGE)[world.take_number("virtualAddresses")])


def place_of(alias: str, data_center_code: str) -> str:
    """Return the place of an account in a data center, for an index."""
    return f"{alias}/{data_center_code}".upper()


def place_from_path(request: RequestContext) -> str:
    """Return the place of the path. Raise ApiError (404): this service accepts data centers in upper case only."""
    data_center_code = request.path["dataCenter"]
    if data_center_code != inventory.find_data_center(request.world, data_center_code).id:
        raise not_found(f"Data center {data_center_code} does not exist.")
    return place_of(request.alias, data_center_code)


def load_balancer_from_path(request: RequestContext) -> LoadBalancer:
    """Return the load balancer of the path, even if it was deleted. Raise ApiError (404)."""
    load_balancer = request.world[LoadBalancer].get(request.path["loadBalancerId"].lower())
    if load_balancer is None or load_balancer.place != place_from_path(request):
        raise not_found(f"Load balancer {request.path['loadBalancerId']} does not exist.")
    return load_balancer


def existing_from_path(request: RequestContext) -> LoadBalancer:
    """Return the load balancer of the path. Raise ApiError (404) if it was deleted."""
    load_balancer = load_balancer_from_path(request)
    if load_balancer.status == DELETED:
        raise not_found(f"Load balancer {load_balancer.id} is deleted.")
    return load_balancer


def pool_from_path(request: RequestContext, balancer: LoadBalancer) -> Json:
    """Return the pool of the path. Raise ApiError (404)."""
    for pool in balancer.pools:
        if pool["id"] == request.path["poolId"].lower():
            return pool
    raise not_found(f"Pool {request.path['poolId']} does not exist.")


def request_view(job: Job, now: float) -> Json:
    status = job.status(now)
    ended = status != STATUSES[0]
    return {
        "id": str(uuid.UUID(job.id)),
        "status": status.upper(),
        "description": job.properties["description"],
        "requestDate": milliseconds(job.started),
        "completionDate": milliseconds(job.started + job.seconds) if ended else None,
        "links": job.properties["links"],
    }


def start_request(
    request: RequestContext, done: str, key: str, pool_key: str | None = None, /, **arguments: Any
) -> HandlerResponse:
    """Start the work of an operation and return its request of LBaaS. done is the description of the service."""
    resources = {"loadbalancer": key, **({"pool": pool_key} if pool_key else {})}
    links = [{"rel": rel, "href": "", "resourceId": resource} for rel, resource in resources.items()]
    properties = {"service": SERVICE, "description": f"{done} Load Balancer {key}", "links": links}
    started = request.start_job(properties=properties, **arguments)
    assert started.job is not None
    return HandlerResponse(request_view(started.job, request.world.now))
