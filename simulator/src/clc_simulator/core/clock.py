# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator's clock: it can be advanced and made to run faster, but not backwards."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime, timedelta

Seconds = float

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def format_timestamp(timestamp: Seconds) -> str:
    """Format a time as the service does: UTC, whole seconds, Z (common conventions of the contract)."""
    return format_utc(timestamp, "%Y-%m-%dT%H:%M:%SZ")


def format_utc(timestamp: Seconds, pattern: str) -> str:
    """Format a time in UTC by a pattern of `strftime`, with four digits of the year, which strftime does not ensure."""
    timestamp_utc = utc(timestamp)
    return timestamp_utc.strftime(pattern.replace("%Y", f"{timestamp_utc.year:04d}"))


def utc(timestamp: Seconds) -> datetime:
    """Return a time as date and time in UTC. Raise ValueError if its year does not have one to four digits."""
    try:
        return _EPOCH + timedelta(seconds=timestamp)
    except OverflowError as error:
        raise ValueError("the year must be from 1 to 9999") from error


def parse_timestamp(value: str) -> Seconds:
    """Parse an RFC 3339 string; without a time zone it is UTC, and without a time it is the start of the day.

    Raise ValueError if it is not a date and time, or if its year in UTC is not one from 1 to 9999.
    """
    timestamp = datetime.fromisoformat(value.upper())
    seconds = ((timestamp if timestamp.tzinfo else timestamp.replace(tzinfo=UTC)) - _EPOCH).total_seconds()
    utc(seconds)
    return seconds


def is_timestamp(value: str) -> bool:
    """Return whether a string is a date and time with time zone that the simulator can represent (RFC 3339)."""
    try:
        parse_timestamp(value)
    except ValueError:
        return False
    return _RFC_3339.fullmatch(value) is not None


def is_date(value: str) -> bool:
    """Return whether a string is a date, YYYY-MM-DD (RFC 3339)."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return _DATE.fullmatch(value) is not None


END: Seconds = parse_timestamp("9000-01-01T00:00:00Z")
"""The last time of the clock; what is scheduled after it still has a year of four digits."""
LONGEST_ADVANCE: Seconds = 10 * 366 * 86400.0
"""Seconds by which the clock can be advanced at once: all that is due in between runs before the response."""
FASTEST = 1e6
"""Simulated seconds per real second, at most."""


class Clock:
    """Seconds since 1970, which pass at a configurable rate until END.

    The clock follows the wall clock, so that jobs go on while a simulator with a state file is stopped.
    """

    def __init__(self) -> None:
        self.rate = 1.0
        self._real = time.time()
        self._simulated = self._real

    def now(self) -> Seconds:
        """Return the present time."""
        return min(self._simulated + (time.time() - self._real) * self.rate, END)

    def advance(self, seconds: Seconds) -> None:
        """Advance the clock. Raise ValueError if seconds is negative or more than LONGEST_ADVANCE."""
        if not 0 <= seconds <= LONGEST_ADVANCE:
            raise ValueError(f"advance must be from 0 to {LONGEST_ADVANCE:.0f} seconds (ten years)")
        self._set(self.now() + seconds)

    def set_rate(self, rate: float) -> None:
        """Set how many simulated seconds pass in a real second, at most FASTEST; 0 stops the clock. Raise ValueError."""
        if not 0 <= rate <= FASTEST:
            raise ValueError(f"rate must be from 0 to {FASTEST:.0f}")
        self._set(self.now())
        self.rate = rate

    def set(self, seconds: Seconds) -> None:
        """Set the present time."""
        self._set(seconds)

    def save(self) -> dict[str, float]:
        """Return the state for restore: a real time, the simulated time at that time, and the rate."""
        return {"real": self._real, "simulated": self._simulated, "rate": self.rate}

    def restore(self, saved: dict[str, float]) -> None:
        """Continue from a state that save returned, possibly in an earlier process.

        Raise KeyError, TypeError, or ValueError if it is not such a state.
        """
        real, simulated, rate = (float(saved[name]) for name in ("real", "simulated", "rate"))
        self._real, self._simulated, self.rate = real, simulated, rate

    def _set(self, simulated: Seconds) -> None:
        self._real, self._simulated = time.time(), simulated
