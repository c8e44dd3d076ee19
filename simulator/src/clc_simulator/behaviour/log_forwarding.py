# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding of network logs: one setting of an account in a data center."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator import estate, queue
from clc_simulator.behaviour.groups import disturbance
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import invalid
from clc_simulator.queue import Step
from clc_simulator.seeding import Place, section
from clc_simulator.world import World, entity

Json = dict[str, Any]


@entity("logForwarding")
@dataclass(frozen=True, slots=True)
class LogForwarding:
    """Where logs go to. id is account, colon, data center; there is none while forwarding is off."""

    id: str
    remote_address: str
    protocol: str


def _key(call: Call) -> str:
    return f"{call.alias}:{estate.find_data_center(call.world, call.path['dataCenter']).id}"


@operation("getLogForwarding")
def get_log_forwarding(call: Call) -> Reply:
    """Answer the setting; an empty object while forwarding is off."""
    row = call.world[LogForwarding].get(_key(call))
    return Reply({"remoteAddress": row.remote_address, "protocol": row.protocol} if row else {})


@operation("updateLogForwarding")
def update_log_forwarding(call: Call) -> Reply:
    """Queue a new setting; without remoteAddress forwarding is switched off. It is tracked as a claim is."""
    address = call.body.get("remoteAddress")
    if address is not None and not address.strip():
        raise invalid("remoteAddress", "The remoteAddress field needs an address.")
    steps = [Step("logging.set", {"key": _key(call), "address": address, "protocol": call.body["protocol"]})]
    job = queue.enqueue(call.world, ("", call.alias, call.by), queue.EXPERIMENTAL, steps, disturbance(call))
    return Reply({"operationID": job.id, "status": "pending"})


@queue.effect("logging.set")
def end_update(world: World, key: str, address: str | None, protocol: str) -> None:
    """Put a setting in force, or switch forwarding off."""
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
def plant(world: World, place: Place, described: Json) -> None:
    """Plant where the logs of an account in a data center go to."""
    world[LogForwarding].add(LogForwarding(f"{place.account}:{place.data_center}", **described))
