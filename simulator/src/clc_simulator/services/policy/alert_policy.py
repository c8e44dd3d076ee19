# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alert policies, and which of them servers have.

Decisions:
  - Deleting an alert policy that does not exist is a 204, as recorded for anti-affinity policies.
  - An alert policy that is deleted is removed from its servers.
  - Adding an alert policy that a server already has is a 400, removing one that it does not have a 404.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator.core.accounts import Account
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import not_found, validation_error
from clc_simulator.core.hrefs import href
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.recorded import RECORDED_DETAILS
from clc_simulator.core.seeds.sections import section
from clc_simulator.services.policy._shared import NAMED, policy_from_body, policy_from_path, policy_of_seed, seed_id
from clc_simulator.services.server import DETAILS, active_server_from_path, server_from_path

Json = dict[str, Any]


@entity("alertPolicies", indexes=("account",))
@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """An alert policy; actions and triggers are in result format."""

    id: str
    account: str
    name: str
    actions: list[dict[str, Any]]
    triggers: list[dict[str, Any]]


def _view(alias: str, policy: AlertPolicy) -> Json:
    own = href("getAlertPolicy", alias.lower(), policy.id)
    return {
        "id": policy.id,
        "name": policy.name,
        "actions": policy.actions,
        "links": [{"rel": "self", "href": own, "verbs": ["GET", "DELETE", "PUT"]}],
        "triggers": policy.triggers,
    }


def _triggers(requested: list[Json]) -> list[Json]:
    """Return triggers in result format: 80 is returned as 80.0."""
    return [{**trigger, "threshold": float(trigger["threshold"])} for trigger in requested]


@operation("listAlertPolicies")
def list_policies(request: RequestContext) -> HandlerResponse:
    """Return the policies of the account."""
    items = [_view(request.alias, policy) for policy in request.world[AlertPolicy].find_by("account", request.alias)]
    own = href("listAlertPolicies", request.alias.lower())
    link = {"rel": "self", "href": own, "verbs": ["GET", "POST"]}
    return HandlerResponse({"items": items, "links": [link]})


@operation("createAlertPolicy", writes=(AlertPolicy,))
def create_policy(request: RequestContext) -> HandlerResponse:
    """Create a policy; its name need not be unique."""
    body = request.body
    policy = AlertPolicy(
        request.world.new_id(), request.alias, body["name"], body["actions"], _triggers(body["triggers"])
    )
    view = _view(request.alias, request.world[AlertPolicy].add(policy))
    # Only this response has a threshold as it was sent, 95 and not 95.0 (recorded, four of four).
    return HandlerResponse({**view, "triggers": body["triggers"]}, location=view["links"][0]["href"])


@operation("getAlertPolicy")
def get_policy(request: RequestContext) -> HandlerResponse:
    """Return a policy."""
    return HandlerResponse(_view(request.alias, policy_from_path(request, AlertPolicy)))


@operation("updateAlertPolicy", writes=(AlertPolicy,))
def update_policy(request: RequestContext) -> HandlerResponse:
    """Replace a policy; the id in the body is ignored."""
    body = request.body
    policy = request.world[AlertPolicy].update(
        policy_from_path(request, AlertPolicy),
        name=body["name"],
        actions=body["actions"],
        triggers=_triggers(body["triggers"]),
    )
    return HandlerResponse(_view(request.alias, policy))


@operation("deleteAlertPolicy", writes=(AlertPolicy, Server))
def delete_policy(request: RequestContext) -> HandlerResponse:
    """Delete a policy and remove it from its servers; an unknown id is not an error, as for anti-affinity policies."""
    policy = request.world[AlertPolicy].get(request.path["policyId"].lower())
    if policy is not None and policy.account == request.alias:
        for server in request.world[Server]:
            if policy.id in server.alerts:
                _take_off(request.world, server, policy.id)
        request.world[AlertPolicy].remove(policy.id)
    return HandlerResponse(status=204)


def _take_off(world: World, server: Server, policy: str) -> None:
    world[Server].update(server, alerts=[key for key in server.alerts if key != policy])


@operation("addServerAlertPolicy", writes=(Server,))
def add_to_server(request: RequestContext) -> HandlerResponse:
    """Add a policy to a server. Raise ApiError (400) if the server already has it."""
    server = active_server_from_path(request)
    policy = policy_from_body(request, AlertPolicy, request.body["id"], "id")
    if policy.id in server.alerts:
        raise validation_error("id", f"The server already has the policy {policy.name}.")
    request.world[Server].update(server, alerts=[*server.alerts, policy.id])
    own = href("removeServerAlertPolicy", request.path["accountAlias"], request.path["serverId"], policy.id)
    return HandlerResponse({"id": policy.id, "links": [{"rel": "self", "href": own, "verbs": ["DELETE"]}]})


@operation("removeServerAlertPolicy", writes=(Server,))
def remove_from_server(request: RequestContext) -> HandlerResponse:
    """Remove a policy from a server; 404 if it does not have the policy."""
    server = server_from_path(request)
    policy = request.path["policyId"].lower()
    if policy not in server.alerts:
        raise not_found()
    _take_off(request.world, server, policy)
    return HandlerResponse()


def _details(world: World, server: Server) -> Json:
    """Return the policies of a server, as its details have them."""
    alias, views = server.account.lower(), []
    for policy_id in server.alerts:
        mapping = href("removeServerAlertPolicy", alias, server.id, policy_id)
        links = [
            {"rel": "self", "href": href("getAlertPolicy", alias, policy_id)},
            {"rel": "alertPolicyMap", "href": mapping, "verbs": ["DELETE"]},
        ]
        views.append({"id": policy_id, "name": world[AlertPolicy][policy_id].name, "links": links})
    return {"alertPolicies": views}


DETAILS.append(_details)


def _of_recorded_server(world: World, server: Server, details: Json) -> Json:
    """Return the policies of a recorded server; of policies that were not recorded themselves, id and name are known."""
    references = details.get("alertPolicies", [])
    for reference in references:
        if reference["id"] not in world[AlertPolicy]:
            name = reference.get("name", reference["id"])
            world[AlertPolicy].add(AlertPolicy(reference["id"], server.account, name, [], []))
    return {"alerts": [reference["id"] for reference in references]}


RECORDED_DETAILS.append(_of_recorded_server)


_TRIGGER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["metric", "duration_minutes", "threshold"],
    "properties": {
        "metric": {"enum": ["cpu", "memory", "disk"]},
        "duration_minutes": {"enum": [5, 10, 15]},
        "threshold": {"type": "number", "minimum": 5, "maximum": 95, "multipleOf": 5},
    },
}
_POLICY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "recipients", "triggers"],
    "properties": {
        **NAMED,
        "recipients": {"type": "array", "items": {"type": "string"}},
        "triggers": {"type": "array", "minItems": 1, "items": _TRIGGER},
    },
}


@section("account", "alert_policies", {"type": "array", "items": _POLICY})
def load_seed(world: World, account: Account, specs: list[Json]) -> None:
    """Load the alert policies of an account."""
    for spec in specs:
        actions = [{"action": "email", "settings": {"recipients": spec["recipients"]}}]
        triggers = [
            {
                "metric": trigger["metric"],
                "duration": f"00:{trigger['duration_minutes']:02d}:00",
                "threshold": float(trigger["threshold"]),
            }
            for trigger in spec["triggers"]
        ]
        key = seed_id(world, AlertPolicy, account, spec)
        world[AlertPolicy].add(AlertPolicy(key, account.id, spec["name"], actions, triggers))


@section("server", "alert_policies", {"type": "array", "uniqueItems": True, "items": {"type": "string"}})
def load_on_server(world: World, server: Server, specs: list[str]) -> None:
    """Add alert policies, by id or name, to a server."""
    keys = [policy_of_seed(world, AlertPolicy, server, requested).id for requested in specs]
    world[Server].update(world[Server][server.id], alerts=keys)
