# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Work on many resources at the same time: each is converged as a module does it, and all of them wait together.

A convergence (convergence.py) yields what it waits for. In each round, those that can go on do so in a bounded pool of threads;
then the statuses of all jobs are read together, and what was read before is forgotten. So the resources of a kind share one read of
their list after their requests were sent.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import time
import typing as t
from dataclasses import dataclass, field

from ..api.errors import ClcError
from ..api.jobs import FIRST_DELAY, Job, Waiter, WaitResult, next_delay
from ..api.pool import map_concurrently
from ..convergence import Pause, Result, converging, lock_names
from ..kit.resource import Resource
from ..kit.task import Task
from .items import Item


@dataclass(eq=False)
class Work:
    """The convergence of one resource. jobs: those that it waits for. result, error: how it has ended."""

    resource: Resource
    locks: set[str] = field(default_factory=set)
    jobs: list[Job] = field(default_factory=list)
    ended: WaitResult = field(default_factory=WaitResult)
    is_at_rest: bool = False
    result: Result | None = None
    error: ClcError | None = None
    _steps: t.Generator[Pause, WaitResult, Result] | None = None

    @property
    def is_begun(self) -> bool:
        """Whether the convergence has begun, so that it holds its locks."""
        return self._steps is not None

    @property
    def is_done(self) -> bool:
        """Whether the convergence has ended, well or not."""
        return self.result is not None or self.error is not None

    def advance(self) -> None:
        """Go on to the next pause, or to the end."""
        try:
            if self._steps is None:
                self._steps = converging(self.resource, locked=True)
                pause = next(self._steps)
            else:
                pause = self._steps.send(self.ended)
        except StopIteration as stopped:
            self.result = stopped.value
        except ClcError as error:
            self.error = error
        else:
            self.jobs, self.ended, self.is_at_rest = list(pause.jobs), WaitResult(), pause.seconds > 0


class Scheduler:
    """Carries out items, each after those that it needs. A failure stops only what depends on it.

    make: returns the resources of an item, whose needs are fulfilled by then. forget: called when the service may have changed.
    flush: called between rounds, in the thread of the caller.
    """

    def __init__(
        self,
        task: Task,
        make: t.Callable[[Item], list[Resource]],
        forget: t.Callable[[], None],
        flush: t.Callable[[], None],
    ) -> None:
        self._task, self._make, self._forget, self._flush = task, make, forget, flush
        self._waiter = Waiter(task.client, task.deadline, task.report)
        self.works: dict[Item, list[Work]] = {}
        self.failed: dict[Item, ClcError] = {}
        self.skipped: list[Item] = []

    def run(self, items: t.Sequence[Item]) -> None:
        """Carry out these items; what they need beyond them is there already."""
        waiting, delay = list(items), FIRST_DELAY
        while waiting or any(self._active()):
            is_new = self._start(waiting)
            ready = self._ready()
            map_concurrently(Work.advance, ready)
            self._flush()
            self._note_failures()
            if not is_new and not any(work.is_done or not (work.jobs or work.is_at_rest) for work in ready):
                self._rest(delay)
                delay = next_delay(delay)
            else:
                delay = FIRST_DELAY
            self._forget()

    def _note_failures(self) -> None:
        for item, works in self.works.items():
            errors = [work.error for work in works if work.error]
            if errors and item not in self.failed and all(work.is_done for work in works):
                self.failed[item] = errors[0]

    def _active(self) -> t.Iterator[Work]:
        return (work for works in self.works.values() for work in works if not work.is_done)

    def _start(self, waiting: list[Item]) -> bool:
        """Start what can be started; return whether anything was, or can never be."""
        own, before = set(waiting), len(waiting)
        for item in list(waiting):
            if any(need in self.failed or need in self.skipped for need in item.needs):
                self.skipped.append(item)
                waiting.remove(item)
            elif not any(need in own or self._is_active(need) for need in item.needs):
                waiting.remove(item)
                self._begin(item)
        return len(waiting) < before

    def _is_active(self, item: Item) -> bool:
        return any(not work.is_done for work in self.works.get(item, []))

    def _begin(self, item: Item) -> None:
        try:
            self.works[item] = [Work(resource, lock_names(resource)) for resource in self._make(item)]
        except ClcError as error:
            self.failed[item] = error

    def _ready(self) -> list[Work]:
        """Return the work that can go on: it waits for no job, and no other work in progress has one of its locks."""
        ready, locked = [], {name for work in self._active() if work.is_begun for name in work.locks}
        for work in self._active():
            if not work.is_begun and work.locks & locked:
                continue
            locked |= work.locks
            if not work.jobs:
                ready.append(work)
        return ready

    def _rest(self, delay: float) -> None:
        """Wait for the next round, and read the statuses of all jobs."""
        left = self._task.seconds_left
        time.sleep(min(delay, left))
        waits = [(work.jobs, work.ended) for work in self._active() if work.jobs]
        if left > 0:
            self._waiter.poll(waits)
        else:
            for jobs, ended in waits:
                self._waiter.give_up(jobs, ended)
                jobs.clear()
