# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Anti-affinity policies, and which of them a server has. The vendor withdrew them in January 2020; here they are there."""

from __future__ import annotations

from typing import Any

from clc_simulator import estate, policies, views
from clc_simulator.accounts import Account
from clc_simulator.behaviour.servers import the_server
from clc_simulator.estate import DataCenter, Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.policies import AntiAffinityPolicy
from clc_simulator.problems import invalid, refused, unknown
from clc_simulator.seeding import section
from clc_simulator.seeds.errors import SeedError
from clc_simulator.world import World

Json = dict[str, Any]


def _view(call: Call, row: AntiAffinityPolicy) -> Json:
    alias, code = call.alias.lower(), row.data_center
    center = {"id": code.lower(), "name": call.world[DataCenter][code].name}
    servers = [
        {"rel": "server", "href": f"/v2/servers/{alias}/{server.id}", "id": server.id, "name": server.id.upper()}
        for server in policies.servers_with(call.world, row)
    ]
    own = {"rel": "self", "href": f"/v2/antiAffinityPolicies/{alias}/{row.id}", "verbs": ["GET", "DELETE", "PUT"]}
    links = [own, {"rel": "location", "href": f"/v2/datacenters/{alias}/{code}", **center}, *servers]
    return {"id": row.id, "name": row.name, "location": code, "links": links}


@operation("listAntiAffinityPolicies")
def list_policies(call: Call) -> Reply:
    """Answer the policies of the account in all data centers."""
    items = [_view(call, row) for row in call.world[AntiAffinityPolicy].by("account", call.alias)]
    link = {"rel": "self", "href": f"/v2/antiAffinityPolicies/{call.alias.lower()}", "verbs": ["GET", "POST"]}
    return Reply({"items": items, "links": [link]})


@operation("createAntiAffinityPolicy")
def create_policy(call: Call) -> Reply:
    """Make another policy, whatever the names of others."""
    center = call.world[DataCenter].get(call.body["location"].upper())
    if center is None:
        raise invalid("location", f"The data center {call.body['location']} does not exist.")
    row = AntiAffinityPolicy(call.world.new_id(), call.alias, call.body["name"], center.id)
    view = _view(call, call.world[AntiAffinityPolicy].add(row))
    return Reply(view, location=view["links"][0]["href"])


@operation("getAntiAffinityPolicy")
def get_policy(call: Call) -> Reply:
    """Answer a policy with links to its servers."""
    return Reply(_view(call, policies.find(call, AntiAffinityPolicy)))


@operation("updateAntiAffinityPolicy")
def update_policy(call: Call) -> Reply:
    """Rename a policy; a location in the body is passed over."""
    row = policies.find(call, AntiAffinityPolicy)
    return Reply(_view(call, call.world[AntiAffinityPolicy].update(row, name=call.body["name"])))


@operation("deleteAntiAffinityPolicy")
def delete_policy(call: Call) -> Reply:
    """Remove a policy that no server has; one that is not there is no error (recorded)."""
    row = call.world[AntiAffinityPolicy].get(call.path["policyId"].lower())
    if row is not None and row.account == call.alias:
        if call.world[Server].by("anti_affinity", row.id):
            raise refused(f"The policy {row.name} is in use.")
        call.world[AntiAffinityPolicy].remove(row.id)
    return Reply()


def _mapping(call: Call, policy: str) -> Reply:
    href = f"/v2/servers/{call.path['accountAlias']}/{call.path['serverId']}/antiAffinityPolicy"
    return Reply({"id": policy, "links": [{"rel": "self", "href": href}]})


@operation("getServerAntiAffinityPolicy")
def get_of_server(call: Call) -> Reply:
    """Answer the policy of a server; an empty 404 where it has none."""
    row = the_server(call)
    if row.anti_affinity is None:
        raise unknown()
    return _mapping(call, row.anti_affinity)


@operation("setServerAntiAffinityPolicy")
def set_on_server(call: Call) -> Reply:
    """Give a server a policy of its data center, in the place of the one it had."""
    row = the_server(call)
    if row.status != estate.ACTIVE:
        raise invalid("", "The server must be in Active state.")
    policy = policies.named(call, AntiAffinityPolicy, call.body["id"], "id")
    policies.check_spread(row.type, row.data_center, policy, "id")
    call.world[Server].update(row, anti_affinity=policy.id)
    return _mapping(call, policy.id)


@operation("removeServerAntiAffinityPolicy")
def remove_from_server(call: Call) -> Reply:
    """Take the policy off a server; 404 where it has none."""
    row = the_server(call)
    if row.anti_affinity is None:
        raise unknown()
    call.world[Server].update(row, anti_affinity=None)
    return Reply()


def _details(world: World, row: Server) -> Json:
    """Return the policy of a server as its details show it; nothing where it has none."""
    if row.anti_affinity is None:
        return {}
    link = {"rel": "self", "href": f"/v2/antiAffinityPolicies/{row.account.lower()}/{row.anti_affinity}"}
    name = world[AntiAffinityPolicy][row.anti_affinity].name
    return {"antiAffinityPolicy": {"id": row.anti_affinity, "name": name, "links": [link]}}


views.DETAILS.append(_details)


_POLICY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "data_center"],
    "properties": {**policies.NAMED, "data_center": {"$ref": "#/$defs/code"}},
}


@section("account", "anti_affinity_policies", {"type": "array", "items": _POLICY})
def plant(world: World, account: Account, described: list[Json]) -> None:
    """Plant the anti-affinity policies of an account."""
    for item in described:
        code = item["data_center"].upper()
        if code not in world[DataCenter]:
            raise SeedError(f"anti_affinity_policies: data center {code} is not in the seed")
        key = policies.seed_id(world, AntiAffinityPolicy, account, item)
        world[AntiAffinityPolicy].add(AntiAffinityPolicy(key, account.id, item["name"], code))


@section("server", "anti_affinity_policy", {"type": "string"})
def plant_on_server(world: World, row: Server, described: str) -> None:
    """Give a server its anti-affinity policy, by id or name."""
    policy = policies.seeded(world, AntiAffinityPolicy, row, described)
    if row.type != "hyperscale" or policy.data_center != row.data_center:
        raise SeedError(f"servers: {row.id} cannot have the anti-affinity policy {described}")
    world[Server].update(world[Server][row.id], anti_affinity=policy.id)
