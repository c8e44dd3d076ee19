# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Monitoring figures of servers: made up, but the same for the same server and moment."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from clc_simulator import estate
from clc_simulator.behaviour.servers import the_server
from clc_simulator.clock import Seconds, parse, stamp
from clc_simulator.estate import Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem

_KEPT: Seconds = 14 * 86400.0
_REALTIME: Seconds = 4 * 3600.0
_SHORTEST = {"hourly": 3600.0, "realtime": 300.0}
_MOST_SAMPLES = 1000
_TOO_LONG = "The 'end' parameter must represent a time that occurs at least one 'sampleInterval' before 'start.'"


def _wrong(name: str, message: str) -> Problem:
    return Problem(400, {"message": "The request is invalid.", "modelState": {name: [message]}})


def _interval(text: str) -> Seconds:
    """Return the seconds of d:hh:mm:ss or hh:mm:ss. Raises Problem (400)."""
    if not re.fullmatch(r"(\d{1,2}:)?\d{1,2}:\d{1,2}:\d{1,2}", text):
        raise _wrong("sampleInterval", "The sampleInterval must be d:hh:mm:ss.")
    days, hours, minutes, seconds = ([0] + [int(part) for part in text.split(":")])[-4:]
    return days * 86400.0 + hours * 3600.0 + minutes * 60.0 + seconds


def _moments(call: Call) -> list[Seconds]:
    """Return the moments that a query asks for. Raises Problem (400) where the window is not allowed."""
    kind, now = call.query["type"], call.world.now
    if kind == "latest":
        return [now - now % 300]
    for name in ("start", "sampleInterval"):
        if name not in call.query:
            raise _wrong(name, f"The {name} parameter is required for type {kind}.")
    step = _interval(call.query["sampleInterval"])
    start, end = parse(call.query["start"]), parse(call.query["end"]) if "end" in call.query else now
    if not _SHORTEST[kind] <= step <= _KEPT:
        raise _wrong(
            "sampleInterval", f"The sampleInterval must be at least {_SHORTEST[kind]:.0f} s and at most 14 days."
        )
    if start < now - (_REALTIME if kind == "realtime" else _KEPT):
        raise _wrong("start", "The start lies too far in the past.")
    if end - start < step:
        raise _wrong("end", _TOO_LONG)
    count = min(int((end - start) // step), _MOST_SAMPLES)
    return [start + step * number for number in range(count)]


def _share(row: Server, moment: Seconds, what: str) -> float:
    """Return a number from 0 to 1 that is always the same for a server, a moment and a thing."""
    digest = hashlib.md5(f"{row.id}/{int(moment)}/{what}".encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def _sample(row: Server, moment: Seconds) -> dict[str, Any]:
    running = 1.0 if row.power == "started" else 0.0
    used = 0.1 + 0.4 * _share(row, 0, "disk")
    mounted = [part for part in row.partitions if part["sizeGB"] > 0]
    return {
        "timestamp": stamp(moment),
        "cpu": float(row.cpu),
        "cpuPercent": round(running * 20 * _share(row, moment, "cpu"), 2),
        "memoryMB": float(row.memory_mb),
        "memoryPercent": round(running * (20 + 40 * _share(row, moment, "memory")), 2),
        "networkReceivedKBps": round(running * 50 * _share(row, moment, "in"), 2),
        "networkTransmittedKBps": round(running * 50 * _share(row, moment, "out"), 2),
        "diskUsageTotalCapacityMB": row.storage_gb * 1024.0,
        "diskUsage": [{"id": disk["id"], "capacityMB": disk["sizeGB"] * 1024} for disk in row.disks],
        "guestDiskUsage": [
            {
                "path": part["path"],
                "capacityMB": int(part["sizeGB"] * 1024),
                "consumedMB": int(part["sizeGB"] * 1024 * used),
            }
            for part in mounted
        ],
    }


def _figures(call: Call, row: Server, moments: list[Seconds]) -> dict[str, Any]:
    # hourly names servers in lower case, the others in upper (recorded).
    name = row.id if call.query["type"] == "hourly" else row.id.upper()
    return {"name": name, "stats": [_sample(row, moment) for moment in moments]}


@operation("getGroupStatistics")
def get_group_statistics(call: Call) -> Reply:
    """Answer the figures of each active server in a group's tree."""
    group = estate.find_group(call.world, call.alias, call.path["groupId"])
    moments = _moments(call)
    rows = [row for below in estate.subtree(call.world, group) for row in estate.servers_in(call.world, below)]
    return Reply([_figures(call, row, moments) for row in rows if row.status == estate.ACTIVE])


@operation("getServerStatistics")
def get_server_statistics(call: Call) -> Reply:
    """Answer the figures of one server, as one object."""
    return Reply(_figures(call, the_server(call), _moments(call)))
