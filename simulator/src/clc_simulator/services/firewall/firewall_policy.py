# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall policies within a data center.

Decisions:
  - `enabled` in the creation of a policy is ignored: the contract does not list it. Without ports, or with an empty
    list, a new policy has `any`; without destinationAccount, which a recorded request omits, the destination is the source
    account. Addresses are returned as they were sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.entities import Table, World, entity
from clc_simulator.core.eras import experimental_href
from clc_simulator.core.errors import validation_error
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.sections import Place, section
from clc_simulator.services.firewall._shared import (
    ACTIVE,
    ERROR,
    METHODS,
    PENDING,
    SEED_CIDR,
    SEED_POLICY,
    check_cidr,
    find_policy,
    finish_change,
    known_account,
    list_from_path,
    start_change,
)

Json = dict[str, Any]
LAST_PORT = 65535

_SEED_CIDRS = {"type": "array", "minItems": 1, "items": SEED_CIDR}
_SEED_PORTS = {"type": "array", "items": {"pattern": "^(any|icmp|(tcp|udp)/[0-9]{1,5}(-[0-9]{1,5})?)$"}}


@entity("firewallPolicies", indexes=("data_center",))
@dataclass(frozen=True, slots=True)
class FirewallPolicy:
    """A rule that allows traffic between addresses of accounts in the same data center."""

    id: str
    account: str
    data_center: str
    destination_account: str
    source: list[str]
    destination: list[str]
    ports: list[str]
    enabled: bool = True
    status: str = PENDING
    change: int = 0
    """Number of changes; the effects of earlier changes are skipped."""


def _table(request: RequestContext) -> Table[FirewallPolicy]:
    return request.world[FirewallPolicy]


def _links(world: World, policy: FirewallPolicy) -> list[Json]:
    path = (policy.account.lower(), policy.data_center.lower(), policy.id)
    return [{"rel": "self", "href": experimental_href(world, "getFirewallPolicy", *path), "verbs": METHODS}]


def _view(world: World, policy: FirewallPolicy) -> Json:
    return {
        "id": policy.id,
        "status": policy.status,
        "enabled": policy.enabled,
        "source": policy.source,
        "destination": policy.destination,
        "destinationAccount": policy.destination_account.lower(),
        "ports": policy.ports,
        "links": _links(world, policy),
    }


def _checked(body: Json) -> Json:
    """Return the addresses and ports of a request. Raise ApiError (400)."""
    for property_name in ("source", "destination"):
        if property_name in body and not body[property_name]:
            raise validation_error(property_name, f"The {property_name} field must have at least one address.")
        for cidr in body.get(property_name, []):
            check_cidr(cidr, property_name)
    for port in body.get("ports", []):
        first, _, last = port.partition("/")[2].partition("-")
        if first and not int(first) <= int(last or first) <= LAST_PORT:
            raise validation_error("ports", f"{port} is not a port or a range of ports.")
    checked = {name: body[name] for name in ("source", "destination", "ports") if name in body}
    return {name: [port.lower() for port in values] if name == "ports" else values for name, values in checked.items()}


@operation("listFirewallPolicies")
def list_policies(request: RequestContext) -> HandlerResponse:
    """Return the policies of an account, optionally only those with a destination account."""
    requested = request.query.get("destinationAccount") or request.query.get("destinationAccountAlias")
    policies = list_from_path(request, _table(request))
    return HandlerResponse(
        [
            _view(request.world, policy)
            for policy in policies
            if not requested or policy.destination_account == requested.upper()
        ]
    )


@operation("createFirewallPolicy", writes=(FirewallPolicy,))
def create_policy(request: RequestContext) -> HandlerResponse:
    """Create a policy, pending at first; the response has only its link. Equal policies are allowed."""
    data_center = inventory.find_data_center_of_route(request.world, request.path["dataCenter"])
    requested = _checked(request.body)
    requested["ports"] = requested.get("ports") or ["any"]
    to = known_account(request, request.body.get("destinationAccount", request.alias), "destinationAccount")
    policy = FirewallPolicy(request.world.new_id(), request.alias, data_center.id, to, **requested)
    _table(request).add(policy)
    start_change(request, policy)
    links = _links(request.world, policy)
    return HandlerResponse({"links": links}, location=links[0]["href"])


@operation("getFirewallPolicy")
def get_policy(request: RequestContext) -> HandlerResponse:
    """Return one policy."""
    return HandlerResponse(_view(request.world, find_policy(request, _table(request), request.path["firewallPolicy"])))


@operation("updateFirewallPolicy", writes=(FirewallPolicy,))
def update_policy(request: RequestContext) -> HandlerResponse:
    """Change a policy, which is pending again; omitted properties are not changed."""
    policy = find_policy(request, _table(request), request.path["firewallPolicy"])
    requested = _checked(request.body)
    if "enabled" in request.body:
        requested["enabled"] = request.body["enabled"]
    policy = _table(request).update(policy, status=PENDING, change=policy.change + 1, **requested)
    start_change(request, policy)
    return HandlerResponse()


@create_policy.effect
@update_policy.effect
def policy_is_active(world: World, key: str, change: int) -> None:
    """Make a policy active, unless it has been changed again."""
    finish_change(world[FirewallPolicy], key, change, ACTIVE)


@create_policy.failure
@update_policy.failure
def policy_is_in_error(world: World, key: str, change: int) -> None:
    """Set a policy to error after its last change failed."""
    finish_change(world[FirewallPolicy], key, change, ERROR)


@operation("deleteFirewallPolicy", writes=(FirewallPolicy,))
def delete_policy(request: RequestContext) -> HandlerResponse:
    """Remove a policy at once, pending or not."""
    _table(request).remove(find_policy(request, _table(request), request.path["firewallPolicy"]).id)
    return HandlerResponse()


@section(
    "place",
    "firewall_policies",
    {
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["source", "destination"],
            "properties": {
                **SEED_POLICY,
                "source": _SEED_CIDRS,
                "destination": _SEED_CIDRS,
                "ports": _SEED_PORTS,
            },
        },
    },
)
def load_seed(world: World, place: Place, specs: list[Json]) -> None:
    """Load the policies of an account from a data center, active by default."""
    for spec in specs:
        properties = {"id": world.new_id(), "ports": ["any"], "status": ACTIVE, **spec}
        properties["destination_account"] = spec.get("destination_account", place.account).upper()
        world[FirewallPolicy].add(FirewallPolicy(account=place.account, data_center=place.data_center, **properties))
