# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator's clock: it can be advanced and made to run faster, but not backwards."""

from __future__ import annotations

import time
from datetime import UTC, datetime

Seconds = float


def format_timestamp(timestamp: Seconds) -> str:
    """Format a time as the service does: UTC, whole seconds, Z (common conventions of the contract)."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_timestamp(value: str) -> Seconds:
    """Parse an RFC 3339 string; without a time zone it is UTC.

    Raise ValueError if it is not a date and time.
    """
    timestamp = datetime.fromisoformat(value)
    return (timestamp if timestamp.tzinfo else timestamp.replace(tzinfo=UTC)).timestamp()


class Clock:
    """Seconds since 1970, which pass at a configurable rate.

    The clock follows the wall clock, so that jobs go on while a simulator with a state file is stopped.
    """

    def __init__(self) -> None:
        self.rate = 1.0
        self._real = time.time()
        self._simulated = self._real

    def now(self) -> Seconds:
        """Return the present time."""
        return self._simulated + (time.time() - self._real) * self.rate

    def advance(self, seconds: Seconds) -> None:
        """Advance the clock. Raise ValueError if seconds is negative."""
        if seconds < 0:
            raise ValueError("the clock cannot go backwards")
        self._set(self.now() + seconds)

    def set_rate(self, rate: float) -> None:
        """Set how many simulated seconds pass in a real second; 0 stops the clock. Raise ValueError if negative."""
        if rate < 0:
            raise ValueError("the clock cannot run backwards")
        self._set(self.now())
        self.rate = rate

    def set(self, seconds: Seconds) -> None:
        """Set the present time."""
        self._set(seconds)

    def save(self) -> dict[str, float]:
        """Return the state for restore: a real time, the simulated time at that time, and the rate."""
        return {"real": self._real, "simulated": self._simulated, "rate": self.rate}

    def restore(self, saved: dict[str, float]) -> None:
        """Continue from a state that save returned, possibly in an earlier process."""
        self._real, self._simulated, self.rate = saved["real"], saved["simulated"], saved["rate"]

    def _set(self, simulated: Seconds) -> None:
        self._real, self._simulated = time.time(), simulated
