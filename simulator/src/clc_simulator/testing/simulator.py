# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A running simulator as tests use it: its clock, its faults, its log of requests, and its state."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from clc_simulator.testing.control import Control
from clc_simulator.testing.process import start_server
from clc_simulator.testing.requests import RequestLog

DEMO = {"CLC_V2_API_USERNAME": "demo", "CLC_V2_API_PASSWD": "demo-password"}
"""Credentials of the user that the seeds small, empty, and fleet:N have."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock:
    """The simulator's clock. Jobs, schedules, and tokens end by it; it runs like a real clock until it is changed."""

    def __init__(self, control: Control) -> None:
        self._control = control

    @property
    def now(self) -> datetime:
        """The present time of the clock, in UTC."""
        return self._change(advance=0)

    def advance(self, seconds: float | timedelta) -> datetime:
        """Advance the clock, by at most ten years, and return its new time. What is due by then has happened."""
        return self._change(advance=seconds.total_seconds() if isinstance(seconds, timedelta) else seconds)

    def stop(self) -> datetime:
        """Stop the clock, so that only `advance` changes it; return its time."""
        return self._change(rate=0)

    def run(self, rate: float = 1.0) -> datetime:
        """Run the clock this many times as fast as a real clock, at most 1 000 000; return its time."""
        return self._change(rate=rate)

    def _change(self, **change: float) -> datetime:
        return _EPOCH + timedelta(seconds=self._control.send("POST", "clock", change)["now"])


@dataclass(frozen=True)
class Faults:
    """Rules that are in force in a `with` statement."""

    _control: Control
    _ids: tuple[int, ...]

    @property
    def matched(self) -> int:
        """Number of requests that met the conditions of the rules."""
        return self._sum("matched")

    @property
    def applied(self) -> int:
        """Number of requests to which the rules were applied."""
        return self._sum("applied")

    def _sum(self, count: str) -> int:
        return sum(rule[count] for rule in self._control.send("GET", "faults") if rule["id"] in self._ids)


class RunningSimulator:
    """The simulator at a URL. Raise ControlError from any method if it does not respond."""

    def __init__(self, url: str) -> None:
        self._control = Control(url)
        self.url = self._control.url
        """Value for `api_url` and for CLC_V2_API_URL; the other services are below it."""
        self.clock = Clock(self._control)
        self.requests = RequestLog(self._control)

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables for playbooks and other clients: the URL, and the user demo of the named seeds."""
        return {"CLC_V2_API_URL": self.url, **DEMO}

    @contextlib.contextmanager
    def faults(self, *rules: Mapping[str, Any]) -> Iterator[Faults]:
        """Inject faults in a `with` statement; afterwards the rules are removed, and others stay.

        rules: as for `POST /_simulator/faults`. Raise ControlError if a rule is not valid.
        """
        existing = {rule["id"] for rule in self._control.send("GET", "faults")}
        present = self._control.send("POST", "faults", [dict(rule) for rule in rules])
        ids = tuple(rule["id"] for rule in present if rule["id"] not in existing)
        try:
            yield Faults(self._control, ids)
        finally:
            self._remove(ids)

    def _remove(self, ids: Collection[int]) -> None:
        """Remove the rules with these ids that a reset has not removed."""
        left = [rule["id"] for rule in self._control.send("GET", "faults") if rule["id"] in ids]
        if left:
            self._control.send("DELETE", f"faults?{'&'.join(f'id={number}' for number in left)}")

    def reset(self, seed: str | None = None) -> None:
        """Restore the initial state, or that of another seed: small, empty, fleet:N, or the path of a file.

        Tokens, faults, and the log of requests are removed, and the clock starts again.
        """
        self._control.send("POST", "reset", {} if seed is None else {"seed": seed})

    def state(self) -> dict[str, Any]:
        """Return the complete state: an object for each kind of entity, such as `servers`, with the entities by id."""
        state: dict[str, Any] = self._control.send("GET", "state")
        return state


@contextlib.contextmanager
def running(*options: str, seed: str = "small") -> Iterator[RunningSimulator]:
    """Run a simulator on a free port of the loopback interface in a `with` statement.

    options: of `clc-simulator serve`; they take precedence. Raise StartFailed if it does not start.
    """
    server = start_server(["--port", "0", "--seed", seed, *options])
    try:
        yield RunningSimulator(server.url)
    finally:
        server.stop()
