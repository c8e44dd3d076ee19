# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The log of requests, with assertions on it."""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from clc_simulator.testing.control import Control

_LOGIN = "login"
_MOST_PRINTED = 40
"""Number of requests in the message of a failed assertion; the last ones."""


@dataclass(frozen=True)
class LoggedRequest:
    """One request of the log."""

    number: int
    time: str
    """Time of the simulator's clock, in ISO 8601."""
    method: str
    path: str
    query: str
    operation: str | None
    """operationId in the contract; None if no operation has this method and path."""
    status: int | None
    """Status code of the response; None if the connection was dropped without a response."""
    user_agent: str
    unknown_properties: tuple[str, ...]
    """Properties of the body that the contract does not have."""
    faults: tuple[str, ...]
    """Names of the fault rules that were applied."""
    contract_violation: str | None
    """How the response violated the contract, which is a bug in the simulator."""

    @property
    def changes(self) -> bool:
        """Whether it is a request that can change something: not a GET, and not the login."""
        return self.method != "GET" and self.operation != _LOGIN

    def __str__(self) -> str:
        target = f"{self.path}?{self.query}" if self.query else self.path
        faults = f" ({', '.join(self.faults)})" if self.faults else ""
        return f"{self.method} {target} -> {self.status or 'dropped'} {self.operation or 'unknown'}{faults}"


class RequestLog:
    """The requests since the start, the last reset, or the last `clear`; oldest first. Control paths are not logged."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._operations: frozenset[str] | None = None

    def __iter__(self) -> Iterator[LoggedRequest]:
        return iter(self.select())

    def __len__(self) -> int:
        return len(self.select())

    def select(
        self,
        operation: str | None = None,
        *,
        method: str | None = None,
        path: str | None = None,
        status: int | None = None,
    ) -> list[LoggedRequest]:
        """Return the requests that meet all of these conditions.

        path: a pattern with `*` and `?`, case-insensitive. Raise ValueError if the contract has no such operation.
        """
        if operation is not None:
            self._require_operation(operation)
        return [
            request
            for request in map(_request, self._control.send("GET", "requests"))
            if operation in (None, request.operation)
            and method in (None, request.method)
            and status in (None, request.status)
            and (path is None or fnmatch.fnmatchcase(request.path.lower(), path.lower()))
        ]

    def clear(self) -> None:
        """Remove all requests, so that assertions are about what follows."""
        self._control.send("DELETE", "requests")

    def assert_sent(
        self, operation: str, *, times: int | None = None, path: str | None = None, status: int | None = None
    ) -> list[LoggedRequest]:
        """Fail unless requests of an operation were sent: as many as `times`, or at least one. Return them."""
        __tracebackhide__ = True
        found = self.select(operation, path=path, status=status)
        if (times is None and found) or len(found) == times:
            return found
        expected = "at least one request" if times is None else _count(times)
        raise AssertionError(self._message(f"expected {expected} of {operation}, found {len(found)}"))

    def assert_not_sent(self, operation: str, *, path: str | None = None) -> None:
        """Fail if a request of an operation was sent."""
        __tracebackhide__ = True
        self.assert_sent(operation, times=0, path=path)

    def assert_no_changes(self, allowed: Collection[str] = ()) -> None:
        """Fail if a request could change something: any that is not a GET, the login, or of an allowed operation."""
        __tracebackhide__ = True
        for operation in allowed:
            self._require_operation(operation)
        changes = [request for request in self if request.changes and request.operation not in allowed]
        if changes:
            raise AssertionError(self._message(f"expected no changes, found {_count(len(changes))} that can change"))

    def assert_valid(self) -> None:
        """Fail if a request had properties that the contract does not have, or a response violated the contract."""
        __tracebackhide__ = True
        causes = [
            f"{request}: {cause}"
            for request in self
            for cause in (*_unknown(request), request.contract_violation)
            if cause
        ]
        if causes:
            raise AssertionError("\n".join(causes))

    def describe(self) -> str:
        """Return the last requests, one a line."""
        return _table(self)

    def _require_operation(self, operation: str) -> None:
        if self._operations is None:
            coverage = self._control.send("GET", "coverage")
            self._operations = frozenset([*coverage["covered"], *coverage["uncovered"]])
        if operation not in self._operations:
            raise ValueError(f"Invalid value for operation: the contract has no operation {operation}.")

    def _message(self, finding: str) -> str:
        return f"{finding}; the requests were:\n{self.describe()}"


def _request(entry: dict[str, Any]) -> LoggedRequest:
    return LoggedRequest(
        number=entry["number"],
        time=entry["time"],
        method=entry["method"],
        path=entry["path"],
        query=entry["query"],
        operation=entry["operationId"],
        status=entry["status"],
        user_agent=entry["user_agent"],
        unknown_properties=tuple(entry["unknown_properties"]),
        faults=tuple(entry["faults"]),
        contract_violation=entry["contract_violation"],
    )


def _unknown(request: LoggedRequest) -> Iterator[str]:
    if request.unknown_properties:
        yield f"the contract does not have the properties {', '.join(request.unknown_properties)}"


def _count(number: int) -> str:
    return "1 request" if number == 1 else f"{number} requests"


def _table(requests: Iterable[LoggedRequest]) -> str:
    lines = [f"  {request}" for request in requests]
    hidden = len(lines) - _MOST_PRINTED
    return "\n".join(([f"  ... {_count(hidden)} before"] if hidden > 0 else []) + lines[-_MOST_PRINTED:]) or "  none"
