# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alert policies, and which of them servers have."""

from __future__ import annotations

from typing import Any

from clc_simulator import estate, policies, views
from clc_simulator.accounts import Account
from clc_simulator.behaviour.servers import the_server
from clc_simulator.estate import Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.policies import AlertPolicy
from clc_simulator.problems import invalid, unknown
from clc_simulator.seeding import section
from clc_simulator.world import World

Json = dict[str, Any]


def _view(alias: str, row: AlertPolicy) -> Json:
    href = f"/v2/alertPolicies/{alias.lower()}/{row.id}"
    return {
        "id": row.id,
        "name": row.name,
        "actions": row.actions,
        "links": [{"rel": "self", "href": href, "verbs": ["GET", "DELETE", "PUT"]}],
        "triggers": row.triggers,
    }


def _triggers(wanted: list[Json]) -> list[Json]:
    """Return triggers as they are shown: 80 comes back as 80.0."""
    return [{**trigger, "threshold": float(trigger["threshold"])} for trigger in wanted]


@operation("listAlertPolicies")
def list_policies(call: Call) -> Reply:
    """Answer the policies of the account."""
    items = [_view(call.alias, row) for row in call.world[AlertPolicy].by("account", call.alias)]
    link = {"rel": "self", "href": f"/v2/alertPolicies/{call.alias.lower()}", "verbs": ["GET", "POST"]}
    return Reply({"items": items, "links": [link]})


@operation("createAlertPolicy")
def create_policy(call: Call) -> Reply:
    """Make another policy, whatever the names of others."""
    body = call.body
    row = AlertPolicy(call.world.new_id(), call.alias, body["name"], body["actions"], _triggers(body["triggers"]))
    view = _view(call.alias, call.world[AlertPolicy].add(row))
    return Reply(view, location=view["links"][0]["href"])


@operation("getAlertPolicy")
def get_policy(call: Call) -> Reply:
    """Answer a policy."""
    return Reply(_view(call.alias, policies.find(call, AlertPolicy)))


@operation("updateAlertPolicy")
def update_policy(call: Call) -> Reply:
    """Replace a policy; the id in the path decides."""
    body = call.body
    row = call.world[AlertPolicy].update(
        policies.find(call, AlertPolicy),
        name=body["name"],
        actions=body["actions"],
        triggers=_triggers(body["triggers"]),
    )
    return Reply(_view(call.alias, row))


@operation("deleteAlertPolicy")
def delete_policy(call: Call) -> Reply:
    """Remove a policy, from the servers that have it too; one that is not there is no error, as for its sibling."""
    row = call.world[AlertPolicy].get(call.path["policyId"].lower())
    if row is not None and row.account == call.alias:
        for server in call.world[Server]:
            if row.id in server.alerts:
                _take_off(call.world, server, row.id)
        call.world[AlertPolicy].remove(row.id)
    return Reply(status=204)


def _take_off(world: World, server: Server, policy: str) -> None:
    world[Server].update(server, alerts=[key for key in server.alerts if key != policy])


@operation("addServerAlertPolicy")
def add_to_server(call: Call) -> Reply:
    """Put one more policy on a server; one that it has already is refused."""
    row = the_server(call)
    if row.status != estate.ACTIVE:
        raise invalid("", "The server must be in Active state.")
    policy = policies.named(call, AlertPolicy, call.body["id"], "id")
    if policy.id in row.alerts:
        raise invalid("id", f"The server has the policy {policy.name} already.")
    call.world[Server].update(row, alerts=[*row.alerts, policy.id])
    href = f"/v2/servers/{call.path['accountAlias']}/{call.path['serverId']}/alertPolicies/{policy.id}"
    return Reply({"id": policy.id, "links": [{"rel": "self", "href": href, "verbs": ["DELETE"]}]})


@operation("removeServerAlertPolicy")
def remove_from_server(call: Call) -> Reply:
    """Take a policy off a server; 404 where it has none of that id."""
    row = the_server(call)
    policy = call.path["policyId"].lower()
    if policy not in row.alerts:
        raise unknown()
    _take_off(call.world, row, policy)
    return Reply()


def _details(world: World, row: Server) -> Json:
    """Return the policies of a server, as its details show them."""
    alias, shown = row.account.lower(), []
    for policy in row.alerts:
        mapping = {"rel": "alertPolicyMap", "href": f"/v2/servers/{alias}/{row.id}/alertPolicies/{policy}"}
        links = [{"rel": "self", "href": f"/v2/alertPolicies/{alias}/{policy}"}, {**mapping, "verbs": ["DELETE"]}]
        shown.append({"id": policy, "name": world[AlertPolicy][policy].name, "links": links})
    return {"alertPolicies": shown}


views.DETAILS.append(_details)


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
        **policies.NAMED,
        "recipients": {"type": "array", "items": {"type": "string"}},
        "triggers": {"type": "array", "minItems": 1, "items": _TRIGGER},
    },
}


@section("account", "alert_policies", {"type": "array", "items": _POLICY})
def plant(world: World, account: Account, described: list[Json]) -> None:
    """Plant the alert policies of an account."""
    for item in described:
        actions = [{"action": "email", "settings": {"recipients": item["recipients"]}}]
        triggers = [
            {
                "metric": one["metric"],
                "duration": f"00:{one['duration_minutes']:02d}:00",
                "threshold": float(one["threshold"]),
            }
            for one in item["triggers"]
        ]
        key = policies.seed_id(world, AlertPolicy, account, item)
        world[AlertPolicy].add(AlertPolicy(key, account.id, item["name"], actions, triggers))


@section("server", "alert_policies", {"type": "array", "uniqueItems": True, "items": {"type": "string"}})
def plant_on_server(world: World, row: Server, described: list[str]) -> None:
    """Put alert policies, by id or name, on a server."""
    keys = [policies.seeded(world, AlertPolicy, row, wanted).id for wanted in described]
    world[Server].update(world[Server][row.id], alerts=keys)
