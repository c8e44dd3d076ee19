# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The log of requests, and which operations of the contract they covered."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from clc_simulator.core.clock import Seconds, format_timestamp

MAX_ENTRIES = 20_000
"""Number of requests in the log; the oldest are dropped first. Coverage counts all requests."""


@dataclass(slots=True)
class Entry:
    """One request. time is the simulator's; duration_ms is how long the response took, faults included."""

    number: int
    time: Seconds
    method: str
    path: str
    query: str
    user_agent: str
    operationId: str | None = None  # noqa: N815 - the name that the log shows
    status: int | None = None
    """None if the connection was dropped without a response."""
    duration_ms: float = 0.0
    unknown_properties: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    contract_violation: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the request as JSON values."""
        return {**asdict(self), "time": format_timestamp(self.time)}


class RequestLog:
    """The last requests, and coverage since the start or the last clearing."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=MAX_ENTRIES)
        self._covered: dict[str, tuple[int, set[str]]] = {}
        self._last = 0

    def next_number(self) -> int:
        """Return the number of a new request."""
        self._last += 1
        return self._last

    def add(self, entry: Entry) -> None:
        """Add a request after its response, or after its connection was dropped."""
        self._entries.append(entry)
        if entry.operationId and entry.status is not None and 200 <= entry.status < 300:
            count, agents = self._covered.setdefault(entry.operationId, (0, set()))
            agents.add(entry.user_agent)
            self._covered[entry.operationId] = (count + 1, agents)

    def since(self, number: int) -> list[dict[str, Any]]:
        """Return the requests with a number above the given one, oldest first."""
        newer = (entry for entry in self._entries if entry.number > number)
        return [entry.to_json() for entry in sorted(newer, key=lambda entry: entry.number)]

    def clear(self) -> None:
        """Remove all requests and the coverage; numbering continues."""
        self._entries.clear()
        self._covered.clear()

    def coverage(self, operations: Iterable[str]) -> dict[str, Any]:
        """Return the operations with a 2xx response, with count and user agents, and the operations without one."""
        return {
            "covered": {
                name: {"count": count, "user_agents": sorted(agents)}
                for name, (count, agents) in sorted(self._covered.items())
            },
            "uncovered": sorted(name for name in operations if name not in self._covered),
        }
