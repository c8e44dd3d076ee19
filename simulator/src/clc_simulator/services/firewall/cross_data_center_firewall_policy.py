# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall policies from one data center to another: one network on each side, enabled or disabled.

Decisions:
  - Source and destination of a policy must be different data centers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.entities import Table, World, entity
from clc_simulator.core.eras import experimental_href
from clc_simulator.core.errors import validation_error
from clc_simulator.core.models import DataCenter
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


@entity("crossDcFirewallPolicies", indexes=("data_center",))
@dataclass(frozen=True, slots=True)
class CrossDcFirewallPolicy:
    """A rule that allows traffic from a network to a network in another data center."""

    id: str
    account: str
    data_center: str
    source_cidr: str
    destination_account: str
    destination_location: str
    destination_cidr: str
    enabled: bool = True
    status: str = PENDING
    change: int = 0
    """Number of changes; the effects of earlier changes are skipped."""


def _table(request: RequestContext) -> Table[CrossDcFirewallPolicy]:
    return request.world[CrossDcFirewallPolicy]


def _view(world: World, policy: CrossDcFirewallPolicy) -> Json:
    alias, data_center_code = policy.account.lower(), policy.data_center.lower()
    own = experimental_href(world, "getCrossDcFirewallPolicy", alias, data_center_code, policy.id)
    return {
        "id": policy.id,
        "status": policy.status,
        "enabled": policy.enabled,
        "sourceCidr": policy.source_cidr,
        "sourceAccount": alias,
        "sourceLocation": data_center_code,
        "destinationCidr": policy.destination_cidr,
        "destinationAccount": policy.destination_account.lower(),
        "destinationLocation": policy.destination_location.lower(),
        "links": [{"rel": "self", "href": own, "verbs": METHODS}],
    }


@operation("listCrossDcFirewallPolicies")
def list_policies(request: RequestContext) -> HandlerResponse:
    """Return the policies from a data center, optionally only those with a destination account."""
    requested = request.query.get("destinationAccountId")
    policies = list_from_path(request, _table(request))
    return HandlerResponse(
        [
            _view(request.world, policy)
            for policy in policies
            if not requested or policy.destination_account == requested.upper()
        ]
    )


@operation("createCrossDcFirewallPolicy", writes=(CrossDcFirewallPolicy,))
def create_policy(request: RequestContext) -> HandlerResponse:
    """Create a policy, pending at first. Equal policies are allowed."""
    data_center, body = inventory.find_data_center_of_route(request.world, request.path["dataCenter"]), request.body
    for property_name in ("sourceCidr", "destinationCidr"):
        check_cidr(body[property_name], property_name)
    location = body["destinationLocationId"].upper()
    if location not in request.world[DataCenter] or location == data_center.id:
        raise validation_error("destinationLocationId", f"{location} must be a different data center.")
    policy = CrossDcFirewallPolicy(
        id=request.world.new_id(),
        account=request.alias,
        data_center=data_center.id,
        source_cidr=body["sourceCidr"],
        destination_account=known_account(request, body["destinationAccountId"], "destinationAccountId"),
        destination_location=location,
        destination_cidr=body["destinationCidr"],
        enabled=body["enabled"] in (True, "true"),
    )
    _table(request).add(policy)
    start_change(request, policy)
    return HandlerResponse(_view(request.world, policy))


@operation("getCrossDcFirewallPolicy")
def get_policy(request: RequestContext) -> HandlerResponse:
    """Return one policy."""
    return HandlerResponse(_view(request.world, find_policy(request, _table(request), request.path["policyId"])))


@operation("updateCrossDcFirewallPolicy", writes=(CrossDcFirewallPolicy,))
def update_policy(request: RequestContext) -> HandlerResponse:
    """Enable or disable a policy by the query parameter; it is pending again."""
    policy = find_policy(request, _table(request), request.path["policyId"])
    enabled = request.query["enabled"] == "true"
    policy = _table(request).update(policy, enabled=enabled, status=PENDING, change=policy.change + 1)
    start_change(request, policy)
    return HandlerResponse()


@create_policy.effect
@update_policy.effect
def policy_is_active(world: World, key: str, change: int) -> None:
    """Make a policy active, unless it has been changed again."""
    finish_change(world[CrossDcFirewallPolicy], key, change, ACTIVE)


@create_policy.failure
@update_policy.failure
def policy_is_in_error(world: World, key: str, change: int) -> None:
    """Set a policy to error after its last change failed."""
    finish_change(world[CrossDcFirewallPolicy], key, change, ERROR)


@operation("deleteCrossDcFirewallPolicy", writes=(CrossDcFirewallPolicy,))
def delete_policy(request: RequestContext) -> HandlerResponse:
    """Remove a policy at once, pending or not."""
    _table(request).remove(find_policy(request, _table(request), request.path["policyId"]).id)
    return HandlerResponse()


@section(
    "place",
    "cross_data_center_firewall_policies",
    {
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["source_cidr", "destination_location", "destination_cidr"],
            "properties": {
                **SEED_POLICY,
                "source_cidr": SEED_CIDR,
                "destination_location": {"$ref": "#/$defs/code"},
                "destination_cidr": SEED_CIDR,
            },
        },
    },
)
def load_seed(world: World, place: Place, specs: list[Json]) -> None:
    """Load the policies of an account from a data center, active by default."""
    for spec in specs:
        properties = {"id": world.new_id(), "status": ACTIVE, **spec}
        properties["destination_account"] = spec.get("destination_account", place.account).upper()
        properties["destination_location"] = spec["destination_location"].upper()
        policy = CrossDcFirewallPolicy(account=place.account, data_center=place.data_center, **properties)
        world[CrossDcFirewallPolicy].add(policy)
