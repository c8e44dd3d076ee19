# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time without waiting: a clock that a test puts into the plugins' modules in the place of `time`."""

from __future__ import annotations

import contextlib
import threading
import typing as t

_FAR_TOO_LONG = 200_000.0


class Clock:
    """Stands where the plugins have the module `time`. Sleeping moves it; `pauses` are the sleeps in their order."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []
        self._lock = threading.Lock()

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.pauses.append(seconds)
            self.now += seconds
        if self.now > _FAR_TOO_LONG:
            raise AssertionError("the work under test waits for ever")

    @contextlib.contextmanager
    def again(self, begin: float) -> t.Iterator[None]:
        """Let the block begin at an earlier time; when it is over, nothing of it is to be seen."""
        now, pauses = self.now, self.pauses
        self.now, self.pauses = begin, []
        yield
        self.now, self.pauses = now, pauses

    @property
    def passed(self) -> float:
        """Seconds slept so far."""
        return sum(self.pauses)
