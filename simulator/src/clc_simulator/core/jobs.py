# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs, which go through the recorded statuses, and effects, which change the world when they are due.

Nothing runs in the background. `advance` is called before each request, and by a timer while a webhook has a target; it
runs all effects that are due by the simulator's clock, in order. A scheduled effect is data (its name and its
arguments), so that a state file can contain it.

Decisions:
  - A job is notStarted for a tenth of its duration; its other statuses share the remaining time equally. If nothing is
    recorded, the statuses are notStarted, executing, and succeeded.
  - A job whose effects change nothing (its server was deleted, its network is full) fails. A batch fails if that is so for
    all of its targets.
  - What the real service completes after the job is late by a quarter of the job's duration: the partitions of a new server
    or disk, the start of a restored server, `active` of a managed server.
"""

from __future__ import annotations

import heapq
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from clc_simulator.core.clock import Seconds
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import ApiError, DeclarationError, EffectError, StateFileError
from clc_simulator.core.hrefs import href

Json = dict[str, Any]

SHORT = ("notStarted", "executing", "succeeded")
"""Recorded for the creation of a server; used for all operations without recorded statuses."""
POWER_ON = ("notStarted", "executing", "resumed", "executing", "succeeded")
POWER_OFF = ("notStarted", "executing", "resumed", "succeeded")
"""Recorded for shut down and pause."""
DELETE_GROUP = ("notStarted", "succeeded")
PUBLIC_IP = ("notStarted", "executing", "resumed", "executing", "resumed", "executing", "resumed", "succeeded")
EXPERIMENTAL = ("queued", "running", "succeeded")
"""Statuses of the jobs of /v2-experimental (docs/wire-notes.md, section 2)."""

EXECUTION_STARTS = 0.1
"""Share of a job's duration after which it executes."""
DELAYED = 1.25
"""Share of a job's duration for effects that the service completes after the job has succeeded."""


_IDLE = "idle"


@entity("jobs", internal=True)
@dataclass(frozen=True, slots=True)
class Job:
    """A job of a queue. It succeeds if outcome is None; fail, hang, and vanish are faults, idle has changed nothing."""

    id: str
    account: str
    statuses: tuple[str, ...]
    started: Seconds
    seconds: Seconds
    user: str
    outcome: str | None = None
    properties: Json = field(default_factory=dict)
    """Additional properties, which some kinds of jobs return with their status."""
    has_worked: bool = False
    """Whether an effect of the job has changed anything."""

    def status(self, now: Seconds) -> str:
        """Return the status of the job at a time."""
        *waiting, end = self.statuses
        share = (now - self.started) / self.seconds if self.seconds > 0 else 1.0
        if share >= 1.0:
            if self.outcome == "hang":
                return waiting[-1]
            return "failed" if self.outcome in ("fail", _IDLE) else end
        if share < EXECUTION_STARTS or len(waiting) == 1:
            return waiting[0]
        executing = waiting[1:]
        index = int((share - EXECUTION_STARTS) / (1 - EXECUTION_STARTS) * len(executing))
        return executing[min(index, len(executing) - 1)]


@entity("scheduled", internal=True)
@dataclass(frozen=True, slots=True)
class Scheduled:
    """A scheduled effect: when it is due, its name, and its arguments as JSON values."""

    id: str
    due: Seconds
    effect: str
    arguments: Json
    visibility: Json | None = None
    """The fault `partly_visible` of the request, if it has one; see `visibility`."""
    job: str | None = None
    """Id of the job that fails if none of its effects changes anything."""


@dataclass(frozen=True)
class JobOwner:
    """Data center, account, and user of a job. An empty data center code is a job of no data center."""

    data_center: str
    account: str
    user: str


@dataclass(frozen=True)
class JobFault:
    """Effect of a fault on a job: its outcome, and the seconds between its success and its effects."""

    outcome: str | None = None
    lag: Seconds = 0.0


class Effect:
    """A function that changes the world at a time, and its name in a state file.

    Its arguments are JSON values, by name. The function must accept that its targets were deleted in the meantime.
    """

    def __init__(self, name: str, function: Callable[..., None], writes: frozenset[type]) -> None:
        self.name = name
        self.function = function
        self.writes = writes
        _, *parameters = inspect.signature(function).parameters.values()
        self._accepts_all = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)
        named = [parameter for parameter in parameters if parameter.kind is not parameter.VAR_KEYWORD]
        self._names = frozenset(parameter.name for parameter in named)
        self._required = frozenset(parameter.name for parameter in named if parameter.default is parameter.empty)

    def arguments(self, values: Json, user: str) -> Json:
        """Return the values that the function has parameters for, and the user if it has a parameter user.

        Raise TypeError if a parameter without default has no value.
        """
        available = {**values, "user": user} if "user" in self._names else values
        if missing := self._required - available.keys():
            raise TypeError(f"{self.name} needs {', '.join(sorted(missing))}")
        return {name: value for name, value in available.items() if self._accepts_all or name in self._names}

    def accepts(self, name: str) -> bool:
        """Return whether the function has a parameter of that name."""
        return self._accepts_all or name in self._names

    def schedule(self, world: World, due: Seconds, job: Job | None = None, /, **arguments: Any) -> None:
        """Schedule the effect for a time. job: the job that ends with it, and fails if it changes nothing."""
        # Numbers of the same width sort by their value, so that effects due at the same time keep their order.
        key = f"{world.take_number('scheduled'):012d}"
        job_id = job.id if job is not None else None
        item = Scheduled(key, due, self.name, arguments, world.visibility.making, job_id)
        world[Scheduled].add(item)
        world.at_commit(lambda: heapq.heappush(world.event_queue, (due, key)))

    def run(self, world: World, arguments: Json) -> None:
        """Run the function; it may write only the tables that its declaration names.

        Raise EffectError if it raises ApiError, which would become the response to whatever request comes next.
        """
        try:
            with world.writing(self.writes):
                self.function(world, **arguments)
        except ApiError as error:
            raise EffectError(f"the effect {self.name} responds to no request, but raises {error}") from error


_EFFECTS: dict[str, Effect] = {}


def register(name: str, function: Callable[..., None], writes: frozenset[type]) -> Effect:
    """Register an effect and return it. Raise DeclarationError if its name is already registered."""
    if name in _EFFECTS:
        raise DeclarationError(f"the effect {name} is declared twice, the second time in {function.__module__}")
    _EFFECTS[name] = Effect(name, function, writes)
    return _EFFECTS[name]


def later(operation_id: str, *, writes: tuple[type, ...]) -> Callable[[Callable[..., None]], Effect]:
    """Declare the decorated function as an effect that is scheduled explicitly, with `Effect.schedule`.

    It is for later consequences of an operation (an expiry, the next backup). writes are the entities whose
    tables it may change. Its name in a state file is the operation id, a dot, and the name of the function.
    """

    def declare(function: Callable[..., None]) -> Effect:
        return register(f"{operation_id}.{function.__name__}", function, frozenset(writes))

    return declare


def effect_operations() -> dict[str, str]:
    """Return the operation id of each effect, by the name of the effect."""
    return {name: name.partition(".")[0] for name in _EFFECTS}


def add_job(
    world: World, owner: JobOwner, statuses: tuple[str, ...], fault: JobFault, properties: Json | None = None
) -> Job:
    """Add a job that starts now and return it.

    Jobs of a data center are numbered (wa1-40001); other jobs have an id of 32 hexadecimal digits. properties are
    returned with the status of some kinds of jobs.
    """
    code = owner.data_center
    key = f"{code.lower()}-{world.take_number(f'jobs/{code}', 40001)}" if code else world.new_id()
    return world[Job].add(
        Job(key, owner.account, statuses, world.now, world.job_seconds, owner.user, fault.outcome, properties or {})
    )


def status_link(job: Job) -> Json:
    """Return the link to a job of the queue of v2."""
    return {"rel": "status", "href": href("getOperationStatus", job.account.lower(), job.id), "id": job.id}


def resume(world: World) -> None:
    """Schedule the effects of a loaded world again. Raise StateFileError if one of them is not registered."""
    unknown = {item.effect for item in world[Scheduled]} - _EFFECTS.keys()
    if unknown:
        names = ", ".join(sorted(unknown))
        raise StateFileError(
            f"the state file was written by another version of the simulator; unknown effects: {names}"
        )
    world.event_queue = [(item.due, item.id) for item in world[Scheduled]]
    heapq.heapify(world.event_queue)


def advance(world: World) -> None:
    """Bring the world to the present time: run all effects that are due, each at its own time.

    An effect that raises an exception changes nothing and is not repeated.
    """
    now = max(world.clock.now(), world.now)
    while world.event_queue and world.event_queue[0][0] <= now:
        due, key = heapq.heappop(world.event_queue)
        item = world[Scheduled][key]
        world[Scheduled].remove(key)
        world.now = max(world.now, due)
        revision = world.revision
        with world.transaction(), world.visibility.applying(item.visibility):
            _EFFECTS[item.effect].run(world, item.arguments)
        if item.job is not None:
            _end_job(world, item.job, world.revision > revision)
    world.now = now


def _end_job(world: World, key: str, has_worked: bool) -> None:
    """Let a job fail if none of its effects has changed anything, since a job that did nothing cannot have succeeded."""
    job = world[Job].get(key)
    if job is not None and job.outcome in (None, _IDLE):
        worked = job.has_worked or has_worked
        world[Job].update(job, has_worked=worked, outcome=None if worked else _IDLE)
