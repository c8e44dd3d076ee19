# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The queue: jobs that run through the recorded statuses, and what they do to the world when their time has come.

Nothing runs in the background. `advance` is called before each request, and by a timer while somebody wants to be
notified; it lets everything happen that was due by the simulator's clock, in order. What is to happen is kept as data
(the name of an effect and its arguments), so that a state file holds it.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from clc_simulator.clock import Seconds
from clc_simulator.world import World, entity

Effect = Callable[..., None]
_EFFECTS: dict[str, Effect] = {}

SHORT = ("notStarted", "executing", "succeeded")
"""Recorded for the creation of a server; taken for all operations of which nothing else is recorded."""
POWER_ON = ("notStarted", "executing", "resumed", "executing", "succeeded")
POWER_OFF = ("notStarted", "executing", "resumed", "succeeded")
"""Recorded for shut down and pause."""
DELETE_GROUP = ("notStarted", "succeeded")
PUBLIC_IP = ("notStarted", "executing", "resumed", "executing", "resumed", "executing", "resumed", "succeeded")
EXPERIMENTAL = ("queued", "running", "succeeded")
"""Statuses of the jobs of /v2-experimental (wire notes, section 2)."""

BEGIN = 0.1
"""Share of a job's time after which it begins to execute."""
LATER = 1.25
"""Share of a job's time after which that happens which the service was late with: the job has long succeeded."""


@entity("jobs")
@dataclass(frozen=True, slots=True)
class Job:
    """A queued piece of work. outcome None lets it succeed; fail, hang and vanish are faults."""

    id: str
    account: str
    statuses: tuple[str, ...]
    begun: Seconds
    seconds: Seconds
    by: str
    outcome: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    """What an experimental job tells besides its status."""

    def status(self, now: Seconds) -> str:
        """Return the status that a reader sees at a moment."""
        *waiting, end = self.statuses
        share = (now - self.begun) / self.seconds if self.seconds > 0 else 1.0
        if share >= 1.0:
            if self.outcome == "hang":
                return waiting[-1]
            return "failed" if self.outcome == "fail" else end
        if share < BEGIN or len(waiting) == 1:
            return waiting[0]
        rest = waiting[1:]
        return rest[min(int((share - BEGIN) / (1 - BEGIN) * len(rest)), len(rest) - 1)]


@entity("scheduled")
@dataclass(frozen=True, slots=True)
class Scheduled:
    """Something that happens at a moment: the name of an effect and its arguments, as JSON values."""

    id: str
    at: Seconds
    effect: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Step:
    """An effect of a job, at a share of its time (1.0 is its end, more is later)."""

    effect: str
    arguments: dict[str, Any]
    share: float = 1.0


@dataclass(frozen=True)
class Disturbance:
    """How a fault bends a job: its outcome, and seconds by which what it does comes after its success."""

    outcome: str | None = None
    lag: Seconds = 0.0


def effect(name: str) -> Callable[[Effect], Effect]:
    """Register the function below under a name. It takes the world and the arguments of its step.

    It must bear that what it is about has gone meanwhile.
    """

    def register(function: Effect) -> Effect:
        _EFFECTS[name] = function
        return function

    return register


def enqueue(
    world: World,
    job: tuple[str, str, str],
    statuses: tuple[str, ...],
    steps: list[Step],
    disturbance: Disturbance,
    facts: dict[str, Any] | None = None,
) -> Job:
    """Start a job and return it.

    job is the data center (empty for an experimental job), the account and the user. Steps from the end of the job on
    do not happen where it fails or hangs.
    """
    data_center, account, by = job
    key = f"{data_center.lower()}-{world.take_number(f'jobs/{data_center}', 40001)}" if data_center else world.new_id()
    made = world[Job].add(
        Job(key, account, statuses, world.now, world.job_seconds, by, disturbance.outcome, facts or {})
    )
    for step in steps:
        if step.share >= 1.0 and disturbance.outcome in ("fail", "hang"):
            continue
        lag = disturbance.lag if step.share >= 1.0 else 0.0
        schedule(world, world.now + step.share * made.seconds + lag, step.effect, step.arguments)
    return made


def schedule(world: World, at: Seconds, name: str, arguments: dict[str, Any]) -> None:
    """Let an effect happen at a moment."""
    if name not in _EFFECTS:
        raise KeyError(f"no effect is named {name}")
    # Numbers of one width sort as they were given out, so that effects of one moment keep their order.
    item = world[Scheduled].add(Scheduled(f"{world.take_number('scheduled'):012d}", at, name, arguments))
    heapq.heappush(world.agenda, (item.at, item.id))


def resume(world: World) -> None:
    """Take up what a loaded world had scheduled."""
    world.agenda = [(item.at, item.id) for item in world[Scheduled]]
    heapq.heapify(world.agenda)


def advance(world: World) -> None:
    """Bring the world to the clock's present: all that was due happens, each at its own moment."""
    now = max(world.clock.now(), world.now)
    while world.agenda and world.agenda[0][0] <= now:
        at, key = heapq.heappop(world.agenda)
        item = world[Scheduled][key]
        world[Scheduled].remove(key)
        world.now = max(world.now, at)
        _EFFECTS[item.effect](world, **item.arguments)
    world.now = now
