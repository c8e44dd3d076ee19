# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall policies inside a data center, and what they share with those between data centers.

A policy has no job that could be read: it is pending until its own status says active or error.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any

from clc_simulator import estate, queue
from clc_simulator.accounts import Account
from clc_simulator.behaviour.groups import disturbance
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import NO_SUCH_RESOURCE, Problem, invalid
from clc_simulator.seeding import Place, section
from clc_simulator.world import Table, World, entity

Json = dict[str, Any]
ACTIVE, PENDING, ERROR = "active", "pending", "error"
VERBS = ["GET", "PUT", "DELETE"]
LAST_PORT = 65535
# All recorded hrefs of these policies are absolute, with http, on the vendor's host (x-clc-conventions).
_HREF = "http://api.ctl.io/v2-experimental/firewallPolicies"

SEED_POLICY = {
    "id": {"$ref": "#/$defs/id"},
    "destination_account": {"$ref": "#/$defs/alias"},
    "enabled": {"type": "boolean"},
    "status": {"enum": [ACTIVE, PENDING, ERROR]},
}
"""What a seed says of policies of both kinds. A status stays as it is until the policy is changed."""
SEED_CIDR = {"type": "string", "pattern": "^[0-9.]+/[0-9]+$"}
_SEED_CIDRS = {"type": "array", "minItems": 1, "items": SEED_CIDR}
_SEED_PORTS = {"type": "array", "items": {"pattern": "^(any|icmp|(tcp|udp)/[0-9]{1,5}(-[0-9]{1,5})?)$"}}


@entity("firewallPolicies", indexes=("data_center",))
@dataclass(frozen=True, slots=True)
class FirewallPolicy:
    """What traffic from an account's addresses to those of an account in the same data center may pass."""

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
    """Grows with every change, so that the end of an earlier one is passed over."""


# Both kinds


def settle_later(call: Call, effect: str, row: Any) -> None:
    """Let a pending policy come to rest after the time of a job; a job fault lets it go to error or stay pending."""
    bent = disturbance(call)
    if bent.outcome == "hang":
        return
    status = ERROR if bent.outcome == "fail" else ACTIVE
    at = call.world.now + call.world.job_seconds + bent.lag
    queue.schedule(call.world, at, effect, {"key": row.id, "change": row.change, "status": status})


def settle(table: Table[Any], key: str, change: int, status: str) -> None:
    """Give a policy the status to which its last change led."""
    row = table.get(key)
    if row is not None and row.change == change:
        table.update(row, status=status)


def held(call: Call, table: Table[Any]) -> list[Any]:
    """Return the policies of the path's account from the path's data center. Raises Problem (404)."""
    center = estate.find_data_center(call.world, call.path["dataCenter"])
    return [row for row in table.by("data_center", center.id) if row.account == call.alias]


def find(call: Call, table: Table[Any], key: str) -> Any:
    """Return one of them. Raises Problem (404)."""
    for row in held(call, table):
        if row.id == key.lower():
            return row
    raise Problem(404, {"message": NO_SUCH_RESOURCE})


def known_account(call: Call, alias: str, member: str) -> str:
    """Return the alias of a destination in upper case. Raises Problem (400) where no account has it."""
    if call.world[Account].get(alias.upper()) is None:
        raise invalid(member, f"The account {alias} does not exist.")
    return alias.upper()


def check_cidr(text: str, member: str) -> None:
    """Check that addresses are in CIDR notation, with /32 for a single one. Raises Problem (400)."""
    try:
        ipaddress.IPv4Network(text, strict=False)
    except ValueError:
        pass
    else:
        if "/" in text:
            return
    raise invalid(member, f"{text} is not in CIDR notation.")


# Inside a data center


def _table(call: Call) -> Table[FirewallPolicy]:
    return call.world[FirewallPolicy]


def _links(row: FirewallPolicy) -> list[Json]:
    href = f"{_HREF}/{row.account.lower()}/{row.data_center.lower()}/{row.id}"
    return [{"rel": "self", "href": href, "verbs": VERBS}]


def _view(row: FirewallPolicy) -> Json:
    return {
        "id": row.id,
        "status": row.status,
        "enabled": row.enabled,
        "source": row.source,
        "destination": row.destination,
        "destinationAccount": row.destination_account.lower(),
        "ports": row.ports,
        "links": _links(row),
    }


def _checked(body: Json) -> Json:
    """Return what a request says of addresses and ports. Raises Problem (400)."""
    for member in ("source", "destination"):
        if member in body and not body[member]:
            raise invalid(member, f"The {member} field needs at least one address.")
        for text in body.get(member, []):
            check_cidr(text, member)
    for word in body.get("ports", []):
        first, _, last = word.partition("/")[2].partition("-")
        if first and not int(first) <= int(last or first) <= LAST_PORT:
            raise invalid("ports", f"{word} is no port and no range of ports.")
    return {name: body[name] for name in ("source", "destination", "ports") if name in body}


@operation("listFirewallPolicies")
def list_policies(call: Call) -> Reply:
    """Answer the policies of an account, all or those to one account, whatever their status."""
    wanted = call.query.get("destinationAccount") or call.query.get("destinationAccountAlias")
    rows = held(call, _table(call))
    return Reply([_view(row) for row in rows if not wanted or row.destination_account == wanted.upper()])


@operation("createFirewallPolicy")
def create_policy(call: Call) -> Reply:
    """Make a policy, pending at first; the answer is its link alone. Nothing stops a second one of the same content."""
    center = estate.find_data_center(call.world, call.path["dataCenter"])
    wanted = _checked(call.body)
    wanted["ports"] = wanted.get("ports") or ["any"]
    to = known_account(call, call.body.get("destinationAccount", call.alias), "destinationAccount")
    row = FirewallPolicy(call.world.new_id(), call.alias, center.id, to, **wanted)
    _table(call).add(row)
    settle_later(call, "firewall.settle", row)
    return Reply({"links": _links(row)}, location=_links(row)[0]["href"])


@operation("getFirewallPolicy")
def get_policy(call: Call) -> Reply:
    """Answer one policy."""
    return Reply(_view(find(call, _table(call), call.path["firewallPolicy"])))


@operation("updateFirewallPolicy")
def update_policy(call: Call) -> Reply:
    """Change a policy, which is pending again; what is left out is kept."""
    row = find(call, _table(call), call.path["firewallPolicy"])
    wanted = _checked(call.body)
    if "enabled" in call.body:
        wanted["enabled"] = call.body["enabled"]
    row = _table(call).update(row, status=PENDING, change=row.change + 1, **wanted)
    settle_later(call, "firewall.settle", row)
    return Reply()


@queue.effect("firewall.settle")
def end_change(world: World, key: str, change: int, status: str) -> None:
    """Let a policy inside a data center come to rest."""
    settle(world[FirewallPolicy], key, change, status)


@operation("deleteFirewallPolicy")
def delete_policy(call: Call) -> Reply:
    """Remove a policy at once, pending or not."""
    _table(call).remove(find(call, _table(call), call.path["firewallPolicy"]).id)
    return Reply()


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
def plant(world: World, place: Place, described: list[Json]) -> None:
    """Plant the policies of an account from a data center, active where nothing else is said."""
    for item in described:
        facts = {"id": world.new_id(), "ports": ["any"], "status": ACTIVE, **item}
        facts["destination_account"] = item.get("destination_account", place.account).upper()
        world[FirewallPolicy].add(FirewallPolicy(account=place.account, data_center=place.data_center, **facts))
