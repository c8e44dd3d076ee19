# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall policies from one data center to another: one network on each side, switched on or off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator import estate, queue
from clc_simulator.behaviour.firewall_policies import (
    ACTIVE,
    PENDING,
    SEED_CIDR,
    SEED_POLICY,
    VERBS,
    check_cidr,
    find,
    held,
    known_account,
    settle,
    settle_later,
)
from clc_simulator.estate import DataCenter
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import invalid
from clc_simulator.seeding import Place, section
from clc_simulator.world import Table, World, entity

Json = dict[str, Any]


@entity("crossDcFirewallPolicies", indexes=("data_center",))
@dataclass(frozen=True, slots=True)
class CrossDcFirewallPolicy:
    """Whether a network of an account may send to a network in another data center."""

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
    """Grows with every change, so that the end of an earlier one is passed over."""


def _table(call: Call) -> Table[CrossDcFirewallPolicy]:
    return call.world[CrossDcFirewallPolicy]


def _view(row: CrossDcFirewallPolicy) -> Json:
    alias, code = row.account.lower(), row.data_center.lower()
    href = f"/v2-experimental/crossDcFirewallPolicies/{alias}/{code}/{row.id}"
    return {
        "id": row.id,
        "status": row.status,
        "enabled": row.enabled,
        "sourceCidr": row.source_cidr,
        "sourceAccount": alias,
        "sourceLocation": code,
        "destinationCidr": row.destination_cidr,
        "destinationAccount": row.destination_account.lower(),
        "destinationLocation": row.destination_location.lower(),
        "links": [{"rel": "self", "href": href, "verbs": VERBS}],
    }


@operation("listCrossDcFirewallPolicies")
def list_policies(call: Call) -> Reply:
    """Answer the policies from a data center, all or those to one account."""
    wanted = call.query.get("destinationAccountId")
    rows = held(call, _table(call))
    return Reply([_view(row) for row in rows if not wanted or row.destination_account == wanted.upper()])


@operation("createCrossDcFirewallPolicy")
def create_policy(call: Call) -> Reply:
    """Make a policy, pending at first. Nothing stops a second one of the same content."""
    center, body = estate.find_data_center(call.world, call.path["dataCenter"]), call.body
    for member in ("sourceCidr", "destinationCidr"):
        check_cidr(body[member], member)
    location = body["destinationLocationId"].upper()
    if location not in call.world[DataCenter] or location == center.id:
        raise invalid("destinationLocationId", f"{location} is no other data center.")
    row = CrossDcFirewallPolicy(
        id=call.world.new_id(),
        account=call.alias,
        data_center=center.id,
        source_cidr=body["sourceCidr"],
        destination_account=known_account(call, body["destinationAccountId"], "destinationAccountId"),
        destination_location=location,
        destination_cidr=body["destinationCidr"],
        enabled=body["enabled"] in (True, "true"),
    )
    _table(call).add(row)
    settle_later(call, "firewall.settle_cross", row)
    return Reply(_view(row))


@operation("getCrossDcFirewallPolicy")
def get_policy(call: Call) -> Reply:
    """Answer one policy."""
    return Reply(_view(find(call, _table(call), call.path["policyId"])))


@operation("updateCrossDcFirewallPolicy")
def update_policy(call: Call) -> Reply:
    """Switch a policy on or off, as the query says; it is pending again."""
    row = find(call, _table(call), call.path["policyId"])
    enabled = call.query["enabled"] == "true"
    row = _table(call).update(row, enabled=enabled, status=PENDING, change=row.change + 1)
    settle_later(call, "firewall.settle_cross", row)
    return Reply()


@queue.effect("firewall.settle_cross")
def end_change(world: World, key: str, change: int, status: str) -> None:
    """Let a policy between data centers come to rest."""
    settle(world[CrossDcFirewallPolicy], key, change, status)


@operation("deleteCrossDcFirewallPolicy")
def delete_policy(call: Call) -> Reply:
    """Remove a policy at once, pending or not."""
    _table(call).remove(find(call, _table(call), call.path["policyId"]).id)
    return Reply()


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
def plant(world: World, place: Place, described: list[Json]) -> None:
    """Plant the policies of an account from a data center, active where nothing else is said."""
    for item in described:
        facts = {"id": world.new_id(), "status": ACTIVE, **item}
        facts["destination_account"] = item.get("destination_account", place.account).upper()
        facts["destination_location"] = item["destination_location"].upper()
        row = CrossDcFirewallPolicy(account=place.account, data_center=place.data_center, **facts)
        world[CrossDcFirewallPolicy].add(row)
