# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Intrusion prevention: the agent on a server, and the destinations of its notifications.

No operation says whether a server has the agent.

Decisions:
  - The notifications of a server can be read, set, and removed while it has the agent, else they are 404. Removing
    destinations that do not exist is a 204.
  - The agent is installed, or removed, the duration of a job after the response; the work cannot be read in the meantime, but
    `job` faults apply to it. It goes with its server, and its destinations go with it.
  - Installing requires an active, started server; a second request changes nothing. Removing a missing agent is a 404.
  - Missing properties of a destination are null in responses; intervalCode always is. A destination without the required
    property of its typeCode is a 400.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Any

from clc_simulator.core import accounts, inventory, models
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import INVALID, ApiError, not_found, validation_error
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.sections import section

Json = dict[str, Any]

REQUIRED_PROPERTIES = {"EMAIL": "emailAddress", "SLACK": "url", "SYSLOG": "sysLogSettings", "WEBHOOK": "url"}
"""Required property by type of destination."""
MEMBERS = ("typeCode", "url", "emailAddress", "sysLogSettings")


@entity("ipsAgents")
@dataclass(frozen=True, slots=True)
class Agent:
    """The agent of a server; id is the server's uuid, so that a new server with the same name does not have it."""

    id: str
    destinations: list[Json] = field(default_factory=list)
    """Destinations as they were sent, without unknown properties."""


def _server_from_body(request: RequestContext) -> Server:
    """Return the server of a body, in the account of the body. Raise ApiError (403, 404)."""
    assert request.user is not None
    account = accounts.account_for(request.world, request.user, request.body["accountAlias"])
    request.account = account
    return _server(request.world, account.id, request.body["hostName"])


def _server(world: World, alias: str, name: str) -> Server:
    try:
        return inventory.find_server(world, alias, name)
    except ApiError as error:
        raise not_found(f"Server {name.upper()} does not exist.") from error


def _agent_not_found(name: str) -> ApiError:
    return not_found(f"There is no agent on server {name.upper()}.")


@operation("installIpsAgent", writes=(Agent,))
def install(request: RequestContext) -> HandlerResponse:
    """Start the installation of the agent on a started server. A second request changes nothing."""
    server = _server_from_body(request)
    if server.status != models.ACTIVE or server.power != "started":
        raise validation_error("hostName", f"Server {server.id.upper()} must be active and started.")
    request.start_job(server_id=server.id)
    return HandlerResponse()


@operation("uninstallIpsAgent", writes=(Agent,))
def uninstall(request: RequestContext) -> HandlerResponse:
    """Start the removal of the agent and its destinations."""
    server = _server_from_body(request)
    if server.uuid not in request.world[Agent]:
        raise _agent_not_found(server.id)
    request.start_job(server_id=server.id)
    return HandlerResponse()


@install.effect
def agent_is_installed(world: World, server_id: str) -> None:
    """Add the agent to a server that does not have it."""
    server = world[Server].get(server_id)
    if server is not None and server.uuid not in world[Agent]:
        world[Agent].add(Agent(server.uuid))


@uninstall.effect
def agent_is_removed(world: World, server_id: str) -> None:
    """Remove the agent from a server."""
    server = world[Server].get(server_id)
    if server is not None:
        world[Agent].remove(server.uuid)


def _agent(request: RequestContext) -> Agent:
    """Return the agent of the server of the path. Raise ApiError (404)."""
    server = _server(request.world, request.alias, request.path["serverName"])
    agent = request.world[Agent].get(server.uuid)
    if agent is None:
        raise _agent_not_found(server.id)
    return agent


@operation("getIpsNotifications")
def get_notifications(request: RequestContext) -> HandlerResponse:
    """Return the destinations; missing properties are null."""
    return HandlerResponse(
        [{**dict.fromkeys((*MEMBERS, "intervalCode")), **item} for item in _agent(request).destinations]
    )


@operation("setIpsNotifications", writes=(Agent,))
def set_notifications(request: RequestContext) -> HandlerResponse:
    """Replace all destinations."""
    agent = _agent(request)
    request.world[Agent].update(agent, destinations=[_stored(item, index) for index, item in enumerate(request.body)])
    return HandlerResponse()


def _stored(item: Json, index: int) -> Json:
    """Return a destination without its empty properties. Raise ApiError (400) if its required property is missing.

    One client sends every property, empty if it is not used.
    """
    destination = {name: item[name] for name in MEMBERS if item.get(name)}
    if not any(destination.get("sysLogSettings", {}).values()):
        destination.pop("sysLogSettings", None)
    required = REQUIRED_PROPERTIES[item["typeCode"]]
    if required not in destination:
        raise _invalid(index, required, f"The {required} field is required for {item['typeCode']}.")
    if "sysLogSettings" in destination:
        try:
            ipaddress.ip_address(destination["sysLogSettings"]["ipAddress"])
        except ValueError as error:
            raise _invalid(index, "sysLogSettings.ipAddress", f"{error}.") from error
    return destination


def _invalid(index: int, property_name: str, message: str) -> ApiError:
    return ApiError(400, {"message": INVALID, "modelState": {f"body[{index}].{property_name}": [message]}})


@operation("deleteIpsNotifications", writes=(Agent,))
def delete_notifications(request: RequestContext) -> HandlerResponse:
    """Remove all destinations, if there are any."""
    request.world[Agent].update(_agent(request), destinations=[])
    return HandlerResponse()


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
                        "type": {"enum": sorted(REQUIRED_PROPERTIES)},
                        "url": {"type": "string"},
                        "email_address": {"type": "string"},
                        "syslog": _SYSLOG,
                    },
                },
            }
        },
    },
)
def load_agent(world: World, owner: Server, value: Json) -> None:
    """Add an agent with its destinations to a server."""
    world[Agent].add(Agent(owner.uuid, [_seeded_destination(item) for item in value.get("destinations", [])]))


def _seeded_destination(item: Json) -> Json:
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
