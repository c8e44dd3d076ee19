# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Monitoring statistics of servers.

Decisions:
  - Statistics are generated, and the same for the same server and time.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from clc_simulator.core import inventory, models
from clc_simulator.core.clock import Seconds, format_timestamp, parse_timestamp
from clc_simulator.core.errors import ApiError
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server._shared import server_from_path

_RETENTION: Seconds = 14 * 86400.0
_REALTIME: Seconds = 4 * 3600.0
_SHORTEST = {"hourly": 3600.0, "realtime": 300.0}
_MOST_SAMPLES = 1000
_TOO_LONG = "The 'end' parameter must represent a time that occurs at least one 'sampleInterval' before 'start.'"


def _parameter_error(name: str, message: str) -> ApiError:
    return ApiError(400, {"message": "The request is invalid.", "modelState": {name: [message]}})


def _interval(text: str) -> Seconds:
    """Return the seconds of d:hh:mm:ss or hh:mm:ss. Raise ApiError (400)."""
    if not re.fullmatch(r"([0-9]{1,2}:)?[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}", text):
        raise _parameter_error("sampleInterval", "The sampleInterval must be d:hh:mm:ss.")
    days, hours, minutes, seconds = ([0] + [int(part) for part in text.split(":")])[-4:]
    return days * 86400.0 + hours * 3600.0 + minutes * 60.0 + seconds


def _sample_times(request: RequestContext) -> list[Seconds]:
    """Return the times of the samples. Raise ApiError (400) if the window is not allowed."""
    kind, now = request.query["type"], request.world.now
    if kind == "latest":
        return [now - now % 300]
    for name in ("start", "sampleInterval"):
        if name not in request.query:
            raise _parameter_error(name, f"The {name} parameter is required for type {kind}.")
    step = _interval(request.query["sampleInterval"])
    start, end = (
        parse_timestamp(request.query["start"]),
        parse_timestamp(request.query["end"]) if "end" in request.query else now,
    )
    if not _SHORTEST[kind] <= step <= _RETENTION:
        raise _parameter_error(
            "sampleInterval", f"The sampleInterval must be at least {_SHORTEST[kind]:.0f} s and at most 14 days."
        )
    if start < now - (_REALTIME if kind == "realtime" else _RETENTION):
        raise _parameter_error("start", "The start lies too far in the past.")
    if end - start < step:
        raise _parameter_error("end", _TOO_LONG)
    count = min(int((end - start) // step), _MOST_SAMPLES)
    return [start + step * number for number in range(count)]


def _share(server: Server, time: Seconds, what: str) -> float:
    """Return a number from 0 to 1 that is always the same for a server, a time, and a statistic."""
    digest = hashlib.md5(f"{server.id}/{int(time)}/{what}".encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def _sample(server: Server, time: Seconds) -> dict[str, Any]:
    running = 1.0 if server.power == "started" else 0.0
    used = 0.1 + 0.4 * _share(server, 0, "disk")
    mounted = [part for part in server.partitions if part["sizeGB"] > 0]
    return {
        "timestamp": format_timestamp(time),
        "cpu": float(server.cpu),
        "cpuPercent": round(running * 20 * _share(server, time, "cpu"), 2),
        "memoryMB": float(server.memory_mb),
        "memoryPercent": round(running * (20 + 40 * _share(server, time, "memory")), 2),
        "networkReceivedKBps": round(running * 50 * _share(server, time, "in"), 2),
        "networkTransmittedKBps": round(running * 50 * _share(server, time, "out"), 2),
        "diskUsageTotalCapacityMB": server.storage_gb * 1024.0,
        "diskUsage": [{"id": disk["id"], "capacityMB": disk["sizeGB"] * 1024} for disk in server.disks],
        "guestDiskUsage": [
            {
                "path": part["path"],
                "capacityMB": int(part["sizeGB"] * 1024),
                "consumedMB": int(part["sizeGB"] * 1024 * used),
            }
            for part in mounted
        ],
    }


def _statistics(request: RequestContext, server: Server, times: list[Seconds]) -> dict[str, Any]:
    # hourly names servers in lower case, the other types in upper case (recorded).
    name = server.id if request.query["type"] == "hourly" else server.id.upper()
    return {"name": name, "stats": [_sample(server, time) for time in times]}


@operation("getGroupStatistics")
def get_group_statistics(request: RequestContext) -> HandlerResponse:
    """Return the statistics of each active server in a group's tree."""
    group = inventory.find_group(request.world, request.alias, request.path["groupId"])
    times = _sample_times(request)
    servers = [
        server
        for below in inventory.subtree(request.world, group)
        for server in inventory.servers_in(request.world, below)
    ]
    return HandlerResponse(
        [_statistics(request, server, times) for server in servers if server.status == models.ACTIVE]
    )


@operation("getServerStatistics")
def get_server_statistics(request: RequestContext) -> HandlerResponse:
    """Return the statistics of a server, as an object."""
    return HandlerResponse(_statistics(request, server_from_path(request), _sample_times(request)))
