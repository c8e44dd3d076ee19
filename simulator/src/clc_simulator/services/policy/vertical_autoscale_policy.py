# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Vertical autoscale policies, which the API can only read, and which of them a server has.

Decisions:
  - A bare metal server cannot have one; in a request that creates such a server it is ignored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.accounts import Account
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import not_found, validation_error
from clc_simulator.core.hrefs import href
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.recorded import RECORDED_DETAILS
from clc_simulator.core.seeds.sections import section
from clc_simulator.services.policy._shared import NAMED, policy_from_body, policy_from_path, policy_of_seed, seed_id
from clc_simulator.services.server import DETAILS, NEW_SERVER, active_server_from_path, server_from_path

Json = dict[str, Any]


@entity("autoscalePolicies", indexes=("account",))
@dataclass(frozen=True, slots=True)
class AutoscalePolicy:
    """A vertical autoscale policy; properties are those except id, name, and links."""

    id: str
    account: str
    name: str
    properties: dict[str, Any]


def _link(alias: str, policy: str) -> Json:
    """Return the link to a policy; it has no list of methods, as recorded."""
    return {"rel": "self", "href": href("getAutoscalePolicy", alias.lower(), policy)}


def _view(request: RequestContext, policy: AutoscalePolicy) -> Json:
    return {"id": policy.id, "name": policy.name, **policy.properties, "links": [_link(request.alias, policy.id)]}


@operation("listAutoscalePolicies")
def list_policies(request: RequestContext) -> HandlerResponse:
    """Return the policies of the account as a bare array."""
    return HandlerResponse(
        [_view(request, policy) for policy in request.world[AutoscalePolicy].find_by("account", request.alias)]
    )


@operation("getAutoscalePolicy")
def get_policy(request: RequestContext) -> HandlerResponse:
    """Return a policy."""
    return HandlerResponse(_view(request, policy_from_path(request, AutoscalePolicy)))


def _mapping(request: RequestContext, policy: str) -> HandlerResponse:
    own = href("getServerCpuAutoscalePolicy", request.path["accountAlias"], request.path["serverId"])
    return HandlerResponse({"id": policy, "links": [{"rel": "self", "href": own}]})


@operation("getServerCpuAutoscalePolicy")
def get_of_server(request: RequestContext) -> HandlerResponse:
    """Return the policy of a server; an empty 404 if it has none (recorded)."""
    server = server_from_path(request)
    if server.cpu_autoscale is None:
        raise not_found()
    return _mapping(request, server.cpu_autoscale)


@operation("setServerCpuAutoscalePolicy", writes=(Server,))
def set_on_server(request: RequestContext) -> HandlerResponse:
    """Set the policy of a server, which replaces its previous policy; bare metal servers cannot have one."""
    server = active_server_from_path(request)
    if server.type == "bareMetal":
        raise validation_error("", "Bare metal servers cannot have an autoscale policy.")
    data_center = inventory.find_data_center(request.world, server.data_center)
    if "cpuAutoscale" not in inventory.template_capabilities(data_center, server.os):
        raise validation_error(
            "", f"Servers with {server.os_type} cannot have an autoscale policy in {data_center.id}."
        )
    policy = policy_from_body(request, AutoscalePolicy, request.body["id"], "id")
    request.world[Server].update(server, cpu_autoscale=policy.id)
    return _mapping(request, policy.id)


@operation("removeServerCpuAutoscalePolicy", writes=(Server,))
def remove_from_server(request: RequestContext) -> HandlerResponse:
    """Remove the policy from a server; 404 if it has none."""
    server = server_from_path(request)
    if server.cpu_autoscale is None:
        raise not_found()
    request.world[Server].update(server, cpu_autoscale=None)
    return HandlerResponse()


def _details(_world: World, server: Server) -> Json:
    """Return the property of a server's details for its policy, without its name; empty if it has none."""
    if server.cpu_autoscale is None:
        return {}
    return {"cpuAutoscalePolicy": {"id": server.cpu_autoscale, "links": [_link(server.account, server.cpu_autoscale)]}}


DETAILS.append(_details)


def _of_recorded_server(world: World, server: Server, details: Json) -> Json:
    """Return the policy of a recorded server; of one that was not recorded itself, the properties are the defaults."""
    reference = details.get("cpuAutoscalePolicy")
    if reference is None:
        return {}
    key, name = reference["id"], reference.get("name", reference["id"])
    if key not in world[AutoscalePolicy]:
        world[AutoscalePolicy].add(AutoscalePolicy(key, server.account, name, _properties(_DEFAULTS)))
    return {"cpu_autoscale": key}


RECORDED_DETAILS.append(_of_recorded_server)


def _of_new_server(request: RequestContext, data_center_code: str, kind: str, body: Json) -> Json:
    """Return the fields of a planned server for the policy of a create request. Raise ApiError (400)."""
    key = body.get("cpuAutoscalePolicyId")
    if not key or kind == "bareMetal":
        return {}
    return {"cpu_autoscale": policy_from_body(request, AutoscalePolicy, key, "cpuAutoscalePolicyId").id}


NEW_SERVER.append(_of_new_server)


_PERCENT = {"type": "integer", "minimum": 1, "maximum": 100}
_CPUS = {"type": "integer", "minimum": 1, "maximum": 16}
_TIME = {"type": "string", "pattern": r"^\d{2}:\d{2}$"}
_DEFAULTS: Json = {
    "threshold_period_minutes": 5,
    "scale_up_increment": 1,
    "min_cpu": 1,
    "max_cpu": 4,
    "scale_up_threshold": 85,
    "scale_down_threshold": 15,
    "scale_down_start": "02:00",
    "scale_down_end": "04:00",
}
_POLICY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        **NAMED,
        "threshold_period_minutes": {"enum": [5, 10, 15, 30]},
        "scale_up_increment": {"enum": [1, 2, 4]},
        "min_cpu": _CPUS,
        "max_cpu": _CPUS,
        "scale_up_threshold": _PERCENT,
        "scale_down_threshold": _PERCENT,
        "scale_down_start": _TIME,
        "scale_down_end": _TIME,
    },
}


def _properties(value: Json) -> Json:
    """Return the properties of a policy in result format."""
    return {
        "resourceType": "cpu",
        "thresholdPeriodMinutes": value["threshold_period_minutes"],
        "scaleUpIncrement": value["scale_up_increment"],
        "range": {"max": value["max_cpu"], "min": value["min_cpu"]},
        "scaleUpThreshold": value["scale_up_threshold"],
        "scaleDownThreshold": value["scale_down_threshold"],
        "scaleDownWindow": {"start": value["scale_down_start"], "end": value["scale_down_end"]},
    }


@section("account", "autoscale_policies", {"type": "array", "items": _POLICY})
def load_seed(world: World, account: Account, specs: list[Json]) -> None:
    """Load the vertical autoscale policies of an account; the API cannot create them."""
    for spec in specs:
        view = _properties({**_DEFAULTS, **spec})
        key = seed_id(world, AutoscalePolicy, account, spec)
        world[AutoscalePolicy].add(AutoscalePolicy(key, account.id, spec["name"], view))


@section("server", "cpu_autoscale_policy", {"type": "string"})
def load_on_server(world: World, server: Server, spec: str) -> None:
    """Set the vertical autoscale policy of a server, by id or name."""
    policy = policy_of_seed(world, AutoscalePolicy, server, spec)
    world[Server].update(world[Server][server.id], cpu_autoscale=policy.id)
