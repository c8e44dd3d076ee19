# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Anti-affinity policies, and which of them a server has.

Decisions:
  - They are available, although the vendor withdrew them in January 2020.
  - They can be applied to hyperscale servers of their data center. A policy in use cannot be deleted (400).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator.core import models
from clc_simulator.core.accounts import Account
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import bad_request, not_found, validation_error
from clc_simulator.core.hrefs import href
from clc_simulator.core.models import DataCenter, Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.errors import SeedError
from clc_simulator.core.seeds.recorded import RECORDED_DETAILS
from clc_simulator.core.seeds.sections import section
from clc_simulator.services.policy._shared import NAMED, policy_from_body, policy_from_path, policy_of_seed, seed_id
from clc_simulator.services.server import DETAILS, NEW_SERVER, active_server_from_path, server_from_path

Json = dict[str, Any]


@entity("antiAffinityPolicies", indexes=("account",))
@dataclass(frozen=True, slots=True)
class AntiAffinityPolicy:
    """An anti-affinity policy of a data center, whose code is in upper case."""

    id: str
    account: str
    name: str
    data_center: str


def _check_allowed(server_type: str, data_center: str, policy: AntiAffinityPolicy, property_name: str) -> None:
    """Raise ApiError (400) if a server cannot have an anti-affinity policy."""
    if server_type != "hyperscale":
        raise validation_error(property_name, "Anti-affinity policies are for servers of type hyperscale only.")
    if policy.data_center != data_center:
        raise validation_error(property_name, f"The policy is in {policy.data_center}, not in {data_center}.")


def _servers_with(world: World, policy: AntiAffinityPolicy) -> list[Server]:
    """Return the servers that have an anti-affinity policy, by id; without servers that are not visible yet."""
    servers = (
        server for server in world[Server].find_by("anti_affinity", policy.id) if server.status != models.REQUESTED
    )
    return sorted(servers, key=lambda server: server.id)


def _view(request: RequestContext, policy: AntiAffinityPolicy) -> Json:
    alias, data_center_code = request.alias.lower(), policy.data_center
    data_center = {"id": data_center_code.lower(), "name": request.world[DataCenter][data_center_code].name}
    servers = [
        {"rel": "server", "href": href("getServer", alias, server.id), "id": server.id, "name": server.id.upper()}
        for server in _servers_with(request.world, policy)
    ]
    own = href("getAntiAffinityPolicy", alias, policy.id)
    location = href("getDataCenter", alias, data_center_code)
    links = [
        {"rel": "self", "href": own, "verbs": ["GET", "DELETE", "PUT"]},
        {"rel": "location", "href": location, **data_center},
        *servers,
    ]
    return {"id": policy.id, "name": policy.name, "location": data_center_code, "links": links}


@operation("listAntiAffinityPolicies")
def list_policies(request: RequestContext) -> HandlerResponse:
    """Return the policies of the account in all data centers."""
    items = [_view(request, policy) for policy in request.world[AntiAffinityPolicy].find_by("account", request.alias)]
    own = href("listAntiAffinityPolicies", request.alias.lower())
    link = {"rel": "self", "href": own, "verbs": ["GET", "POST"]}
    return HandlerResponse({"items": items, "links": [link]})


@operation("createAntiAffinityPolicy", writes=(AntiAffinityPolicy,))
def create_policy(request: RequestContext) -> HandlerResponse:
    """Create a policy; its name need not be unique."""
    data_center = request.world[DataCenter].get(request.body["location"].upper())
    if data_center is None:
        raise validation_error("location", f"The data center {request.body['location']} does not exist.")
    policy = AntiAffinityPolicy(request.world.new_id(), request.alias, request.body["name"], data_center.id)
    view = _view(request, request.world[AntiAffinityPolicy].add(policy))
    return HandlerResponse(view, location=view["links"][0]["href"])


@operation("getAntiAffinityPolicy")
def get_policy(request: RequestContext) -> HandlerResponse:
    """Return a policy with links to its servers."""
    return HandlerResponse(_view(request, policy_from_path(request, AntiAffinityPolicy)))


@operation("updateAntiAffinityPolicy", writes=(AntiAffinityPolicy,))
def update_policy(request: RequestContext) -> HandlerResponse:
    """Rename a policy; a location in the body is ignored."""
    policy = policy_from_path(request, AntiAffinityPolicy)
    return HandlerResponse(_view(request, request.world[AntiAffinityPolicy].update(policy, name=request.body["name"])))


@operation("deleteAntiAffinityPolicy", writes=(AntiAffinityPolicy,))
def delete_policy(request: RequestContext) -> HandlerResponse:
    """Delete a policy that no server has; an unknown id is not an error (recorded)."""
    policy = request.world[AntiAffinityPolicy].get(request.path["policyId"].lower())
    if policy is not None and policy.account == request.alias:
        if request.world[Server].find_by("anti_affinity", policy.id):
            raise bad_request(f"The policy {policy.name} is in use.")
        request.world[AntiAffinityPolicy].remove(policy.id)
    return HandlerResponse()


def _mapping(request: RequestContext, policy: str) -> HandlerResponse:
    own = href("getServerAntiAffinityPolicy", request.path["accountAlias"], request.path["serverId"])
    return HandlerResponse({"id": policy, "links": [{"rel": "self", "href": own}]})


@operation("getServerAntiAffinityPolicy")
def get_of_server(request: RequestContext) -> HandlerResponse:
    """Return the policy of a server; an empty 404 if it has none."""
    server = server_from_path(request)
    if server.anti_affinity is None:
        raise not_found()
    return _mapping(request, server.anti_affinity)


@operation("setServerAntiAffinityPolicy", writes=(Server,))
def set_on_server(request: RequestContext) -> HandlerResponse:
    """Set the policy of a server, which replaces its previous policy."""
    server = active_server_from_path(request)
    policy = policy_from_body(request, AntiAffinityPolicy, request.body["id"], "id")
    _check_allowed(server.type, server.data_center, policy, "id")
    request.world[Server].update(server, anti_affinity=policy.id)
    return _mapping(request, policy.id)


@operation("removeServerAntiAffinityPolicy", writes=(Server,))
def remove_from_server(request: RequestContext) -> HandlerResponse:
    """Remove the policy from a server; 404 if it has none."""
    server = server_from_path(request)
    if server.anti_affinity is None:
        raise not_found()
    request.world[Server].update(server, anti_affinity=None)
    return HandlerResponse()


def _details(world: World, server: Server) -> Json:
    """Return the property of a server's details for its policy; empty if it has none."""
    if server.anti_affinity is None:
        return {}
    link = {"rel": "self", "href": href("getAntiAffinityPolicy", server.account.lower(), server.anti_affinity)}
    name = world[AntiAffinityPolicy][server.anti_affinity].name
    return {"antiAffinityPolicy": {"id": server.anti_affinity, "name": name, "links": [link]}}


DETAILS.append(_details)


def _of_recorded_server(world: World, server: Server, details: Json) -> Json:
    """Return the policy of a recorded server."""
    reference = details.get("antiAffinityPolicy")
    if reference is None:
        return {}
    key, name = reference["id"], reference.get("name", reference["id"])
    world[AntiAffinityPolicy].add(AntiAffinityPolicy(key, server.account, name, server.data_center))
    return {"anti_affinity": key}


RECORDED_DETAILS.append(_of_recorded_server)


def _of_new_server(request: RequestContext, data_center_code: str, kind: str, body: Json) -> Json:
    """Return the fields of a planned server for the policy of a create request. Raise ApiError (400)."""
    key = body.get("antiAffinityPolicyId")
    if not key:
        return {}
    policy = policy_from_body(request, AntiAffinityPolicy, key, "antiAffinityPolicyId")
    _check_allowed(kind, data_center_code, policy, "antiAffinityPolicyId")
    return {"anti_affinity": policy.id}


NEW_SERVER.append(_of_new_server)


_POLICY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "data_center"],
    "properties": {**NAMED, "data_center": {"$ref": "#/$defs/code"}},
}


@section("account", "anti_affinity_policies", {"type": "array", "items": _POLICY})
def load_seed(world: World, account: Account, specs: list[Json]) -> None:
    """Load the anti-affinity policies of an account."""
    for spec in specs:
        data_center_code = spec["data_center"].upper()
        if data_center_code not in world[DataCenter]:
            raise SeedError(f"anti_affinity_policies: data center {data_center_code} is not in the seed")
        key = seed_id(world, AntiAffinityPolicy, account, spec)
        world[AntiAffinityPolicy].add(AntiAffinityPolicy(key, account.id, spec["name"], data_center_code))


@section("server", "anti_affinity_policy", {"type": "string"})
def load_on_server(world: World, server: Server, spec: str) -> None:
    """Set the anti-affinity policy of a server, by id or name."""
    policy = policy_of_seed(world, AntiAffinityPolicy, server, spec)
    if server.type != "hyperscale" or policy.data_center != server.data_center:
        raise SeedError(f"servers: {server.id} cannot have the anti-affinity policy {spec}")
    world[Server].update(world[Server][server.id], anti_affinity=policy.id)
