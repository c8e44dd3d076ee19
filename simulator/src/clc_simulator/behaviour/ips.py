# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Intrusion prevention: the agent on a server, and where its events are sent.

No call tells whether a server has the agent. Here the notifications of a server can be read, set and removed where it has one
and answer 404 where it has none; the contract leaves that open.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Any

from clc_simulator import accounts, estate, queue
from clc_simulator.behaviour.groups import disturbance
from clc_simulator.estate import Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import INVALID, Problem, invalid
from clc_simulator.seeding import section
from clc_simulator.world import World, entity

Json = dict[str, Any]

NEEDS = {"EMAIL": "emailAddress", "SLACK": "url", "SYSLOG": "sysLogSettings", "WEBHOOK": "url"}
"""The member that each kind of destination cannot do without."""
MEMBERS = ("typeCode", "url", "emailAddress", "sysLogSettings")


@entity("ipsAgents")
@dataclass(frozen=True, slots=True)
class Agent:
    """The agent of a server; id is the server's uuid, so that a later server of the same name does not inherit it."""

    id: str
    destinations: list[Json] = field(default_factory=list)
    """As they were sent, without what the contract does not know."""


def _host(call: Call) -> Server:
    """Return the server that a body names, of the account that it names. Raises Problem (403, 404)."""
    assert call.user is not None
    account = accounts.account_for(call.world, call.user, call.body["accountAlias"])
    return _server(call.world, account.id, call.body["hostName"])


def _server(world: World, alias: str, name: str) -> Server:
    try:
        return estate.find_server(world, alias, name)
    except Problem as problem:
        raise Problem(404, {"message": f"Server {name.upper()} does not exist."}) from problem


def _none_on(name: str) -> Problem:
    return Problem(404, {"message": f"There is no agent on server {name.upper()}."})


@operation("installIpsAgent")
def install(call: Call) -> Reply:
    """Begin to install the agent on a running server; it is there a job's time later. A second time changes nothing."""
    row = _host(call)
    if row.status != estate.ACTIVE or row.power != "started":
        raise invalid("hostName", f"Server {row.id.upper()} must be active and started.")
    _later(call, "ips.installed", row)
    return Reply()


@operation("uninstallIpsAgent")
def uninstall(call: Call) -> Reply:
    """Begin to remove the agent; it is gone a job's time later, and where its events went with it."""
    row = _host(call)
    if row.uuid not in call.world[Agent]:
        raise _none_on(row.id)
    _later(call, "ips.removed", row)
    return Reply()


def _later(call: Call, effect: str, row: Server) -> None:
    """Let the work be done when a job would end. There is none to ask for, but faults of jobs hold for it too."""
    bent = disturbance(call)
    if bent.outcome not in ("fail", "hang"):
        queue.schedule(call.world, call.world.now + call.world.job_seconds + bent.lag, effect, {"server": row.id})


@queue.effect("ips.installed")
def installed(world: World, server: str) -> None:
    """Put the agent on a server that has none."""
    row = world[Server].get(server)
    if row is not None and row.uuid not in world[Agent]:
        world[Agent].add(Agent(row.uuid))


@queue.effect("ips.removed")
def removed(world: World, server: str) -> None:
    """Take the agent off a server."""
    row = world[Server].get(server)
    if row is not None:
        world[Agent].remove(row.uuid)


def _agent(call: Call) -> Agent:
    """Return the agent of the server of the path. Raises Problem (404)."""
    row = _server(call.world, call.alias, call.path["serverName"])
    agent = call.world[Agent].get(row.uuid)
    if agent is None:
        raise _none_on(row.id)
    return agent


@operation("getIpsNotifications")
def get_notifications(call: Call) -> Reply:
    """Answer where the events go; the members that a destination does not have are null."""
    return Reply([{**dict.fromkeys((*MEMBERS, "intervalCode")), **item} for item in _agent(call).destinations])


@operation("setIpsNotifications")
def set_notifications(call: Call) -> Reply:
    """Replace all destinations."""
    agent = _agent(call)
    call.world[Agent].update(agent, destinations=[_stored(item, at) for at, item in enumerate(call.body)])
    return Reply()


def _stored(item: Json, at: int) -> Json:
    """Return a destination without its empty members. Raises Problem (400) where it lacks the one that it needs.

    One client sends every member, empty where it is not used.
    """
    kept = {name: item[name] for name in MEMBERS if item.get(name)}
    needed = NEEDS[item["typeCode"]]
    if needed not in kept:
        raise _wrong(at, needed, f"The {needed} field is required for {item['typeCode']}.")
    if "sysLogSettings" in kept:
        try:
            ipaddress.ip_address(kept["sysLogSettings"]["ipAddress"])
        except ValueError as error:
            raise _wrong(at, "sysLogSettings.ipAddress", f"{error}.") from error
    return kept


def _wrong(at: int, member: str, message: str) -> Problem:
    return Problem(400, {"message": INVALID, "modelState": {f"body[{at}].{member}": [message]}})


@operation("deleteIpsNotifications")
def delete_notifications(call: Call) -> Reply:
    """Remove all destinations; there need not be any."""
    call.world[Agent].update(_agent(call), destinations=[])
    return Reply()


_SYSLOG = {
    "type": "object",
    "additionalProperties": False,
    "required": ["ip_address", "udp_port", "facility"],
    "properties": {
        "ip_address": {"type": "string"},
        "udp_port": {"type": "integer", "minimum": 1, "maximum": 65535},
        "facility": {"type": "integer", "minimum": 16, "maximum": 23},
    },
}


@section(
    "server",
    "ips_agent",
    {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "destinations": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["type"],
                    "properties": {
                        "type": {"enum": sorted(NEEDS)},
                        "url": {"type": "string"},
                        "email_address": {"type": "string"},
                        "syslog": _SYSLOG,
                    },
                },
            }
        },
    },
)
def plant_agent(world: World, owner: Server, value: Json) -> None:
    """Put an agent on a server, with the destinations of its events."""
    world[Agent].add(Agent(owner.uuid, [_planted(item) for item in value.get("destinations", [])]))


def _planted(item: Json) -> Json:
    syslog = item.get("syslog")
    settings = syslog and {
        "ipAddress": syslog["ip_address"],
        "udpPort": syslog["udp_port"],
        "facility": syslog["facility"],
    }
    sent = {
        "typeCode": item["type"],
        "url": item.get("url"),
        "emailAddress": item.get("email_address"),
        "sysLogSettings": settings,
    }
    return {name: value for name, value in sent.items() if value is not None}
