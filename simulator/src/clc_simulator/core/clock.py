# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator's own time: it can be put forward and made to run faster, never back."""

from __future__ import annotations

import time
from datetime import UTC, datetime

Seconds = float


def format_timestamp(timestamp: Seconds) -> str:
    """Return time as the service writes it: UTC, whole seconds, Z (common conventions of the contract)."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_timestamp(text: str) -> Seconds:
    """Return the time of an RFC 3339 string; a string without zone is taken as UTC.

    Raises ValueError if text is not a date and time.
    """
    timestamp = datetime.fromisoformat(text)
    return (timestamp if timestamp.tzinfo else timestamp.replace(tzinfo=UTC)).timestamp()


class Clock:
    """Seconds since 1970 that pass at a rate of their own.

    It follows the wall clock, so that a simulator restarted with its state file finds its jobs further on.
    """

    def __init__(self) -> None:
        self.rate = 1.0
        self._real = time.time()
        self._own = self._real

    def now(self) -> Seconds:
        """Return the present time."""
        return self._own + (time.time() - self._real) * self.rate

    def advance(self, seconds: Seconds) -> None:
        """Put the clock forward. Raises ValueError if seconds is negative."""
        if seconds < 0:
            raise ValueError("the clock cannot go backwards")
        self._settle(self.now() + seconds)

    def set_rate(self, rate: float) -> None:
        """Let rate seconds pass in each real one; 0 stops the clock. Raises ValueError if rate is negative."""
        if rate < 0:
            raise ValueError("the clock cannot run backwards")
        self._settle(self.now())
        self.rate = rate

    def save(self) -> dict[str, float]:
        """Return what restore needs: real and own time of one time, and the rate."""
        return {"real": self._real, "own": self._own, "rate": self.rate}

    def restore(self, saved: dict[str, float]) -> None:
        """Go on from what save returned, in this process or in an earlier one."""
        self._real, self._own, self.rate = saved["real"], saved["own"], saved["rate"]

    def _settle(self, own: Seconds) -> None:
        self._real, self._own = time.time(), own
