# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Vertical autoscale policies, which the API can only read, and which of them a server has."""

from __future__ import annotations

from typing import Any

from clc_simulator import estate, policies, views
from clc_simulator.accounts import Account
from clc_simulator.behaviour.servers import the_server
from clc_simulator.estate import Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.policies import AutoscalePolicy
from clc_simulator.problems import invalid, unknown
from clc_simulator.seeding import section
from clc_simulator.world import World

Json = dict[str, Any]


def _link(alias: str, policy: str) -> Json:
    """Return the link to a policy; it has no verbs, as recorded."""
    return {"rel": "self", "href": f"/v2/autoscalePolicies/{alias.lower()}/{policy}"}


def _view(call: Call, row: AutoscalePolicy) -> Json:
    return {"id": row.id, "name": row.name, **row.shown, "links": [_link(call.alias, row.id)]}


@operation("listAutoscalePolicies")
def list_policies(call: Call) -> Reply:
    """Answer the policies of the account as a bare array."""
    return Reply([_view(call, row) for row in call.world[AutoscalePolicy].by("account", call.alias)])


@operation("getAutoscalePolicy")
def get_policy(call: Call) -> Reply:
    """Answer a policy."""
    return Reply(_view(call, policies.find(call, AutoscalePolicy)))


def _mapping(call: Call, policy: str) -> Reply:
    href = f"/v2/servers/{call.path['accountAlias']}/{call.path['serverId']}/cpuAutoscalePolicy"
    return Reply({"id": policy, "links": [{"rel": "self", "href": href}]})


@operation("getServerCpuAutoscalePolicy")
def get_of_server(call: Call) -> Reply:
    """Answer the policy of a server; an empty 404 where it has none (recorded)."""
    row = the_server(call)
    if row.cpu_autoscale is None:
        raise unknown()
    return _mapping(call, row.cpu_autoscale)


@operation("setServerCpuAutoscalePolicy")
def set_on_server(call: Call) -> Reply:
    """Give a server a policy in the place of the one it had; bare metal has a fixed number of CPUs."""
    row = the_server(call)
    if row.status != estate.ACTIVE:
        raise invalid("", "The server must be in Active state.")
    if row.type == "bareMetal":
        raise invalid("", "Bare metal servers cannot have an autoscale policy.")
    policy = policies.named(call, AutoscalePolicy, call.body["id"], "id")
    call.world[Server].update(row, cpu_autoscale=policy.id)
    return _mapping(call, policy.id)


@operation("removeServerCpuAutoscalePolicy")
def remove_from_server(call: Call) -> Reply:
    """Take the policy off a server; 404 where it has none."""
    row = the_server(call)
    if row.cpu_autoscale is None:
        raise unknown()
    call.world[Server].update(row, cpu_autoscale=None)
    return Reply()


def _details(_world: World, row: Server) -> Json:
    """Return the policy of a server as its details show it: without its name, and nothing where there is none."""
    if row.cpu_autoscale is None:
        return {}
    return {"cpuAutoscalePolicy": {"id": row.cpu_autoscale, "links": [_link(row.account, row.cpu_autoscale)]}}


views.DETAILS.append(_details)


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
        **policies.NAMED,
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


@section("account", "autoscale_policies", {"type": "array", "items": _POLICY})
def plant(world: World, account: Account, described: list[Json]) -> None:
    """Plant the vertical autoscale policies of an account; there is no other way to have one."""
    for item in described:
        value = {**_DEFAULTS, **item}
        shown = {
            "resourceType": "cpu",
            "thresholdPeriodMinutes": value["threshold_period_minutes"],
            "scaleUpIncrement": value["scale_up_increment"],
            "range": {"max": value["max_cpu"], "min": value["min_cpu"]},
            "scaleUpThreshold": value["scale_up_threshold"],
            "scaleDownThreshold": value["scale_down_threshold"],
            "scaleDownWindow": {"start": value["scale_down_start"], "end": value["scale_down_end"]},
        }
        key = policies.seed_id(world, AutoscalePolicy, account, item)
        world[AutoscalePolicy].add(AutoscalePolicy(key, account.id, item["name"], shown))


@section("server", "cpu_autoscale_policy", {"type": "string"})
def plant_on_server(world: World, row: Server, described: str) -> None:
    """Give a server its vertical autoscale policy, by id or name."""
    policy = policies.seeded(world, AutoscalePolicy, row, described)
    world[Server].update(world[Server][row.id], cpu_autoscale=policy.id)
