# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding of network logs: one setting of an account in a data center.

Decisions:
  - Forwarding that is off is an empty object. Its job is in the queue of claims of networks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import validation_error
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.sections import Place, section

Json = dict[str, Any]


@entity("logForwarding")
@dataclass(frozen=True, slots=True)
class LogForwarding:
    """Destination of network logs. id is ACCOUNT:DATA_CENTER; it does not exist while forwarding is off."""

    id: str
    remote_address: str
    protocol: str


def _key(request: RequestContext) -> str:
    return f"{request.alias}:{inventory.find_data_center_of_route(request.world, request.path['dataCenter']).id}"


@operation("getLogForwarding")
def get_log_forwarding(request: RequestContext) -> HandlerResponse:
    """Return the setting; an empty object while forwarding is off."""
    setting = request.world[LogForwarding].get(_key(request))
    return HandlerResponse({"remoteAddress": setting.remote_address, "protocol": setting.protocol} if setting else {})


@operation("updateLogForwarding", writes=(LogForwarding,))
def update_log_forwarding(request: RequestContext) -> HandlerResponse:
    """Queue a new setting; without remoteAddress, forwarding is disabled. Its job is like that of a claim."""
    address = request.body.get("remoteAddress")
    if address is not None and not address.strip():
        raise validation_error("remoteAddress", "The remoteAddress field must not be empty.")
    started = request.start_job(key=_key(request), address=address, protocol=request.body["protocol"])
    assert started.job is not None
    return HandlerResponse({"operationID": started.job.id, "status": "pending"})


@update_log_forwarding.effect
def forwarding_is_set(world: World, key: str, address: str | None, protocol: str) -> None:
    """Apply a setting, or disable forwarding."""
    if address is None:
        world[LogForwarding].remove(key)
    else:
        world[LogForwarding].add(LogForwarding(key, address, protocol))


@section(
    "place",
    "log_forwarding",
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["remote_address", "protocol"],
        "properties": {"remote_address": {"type": "string", "minLength": 1}, "protocol": {"enum": ["tcp", "udp"]}},
    },
)
def load_seed(world: World, place: Place, spec: Json) -> None:
    """Load the log forwarding of an account in a data center."""
    world[LogForwarding].add(LogForwarding(f"{place.account}:{place.data_center}", **spec))
