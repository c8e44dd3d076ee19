# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs that run through the recorded statuses, and effects: what happens to the world when it is due.

Nothing runs in the background. `advance` is called before each request, and by a timer while a webhook has a target; it
lets everything happen that was due by the simulator's clock, in order. What is to happen is kept as data (the name of
an effect and its arguments), so that a state file holds it.

Decisions:
  - A job is notStarted for a tenth of its time; then its other statuses share the rest equally. If nothing is recorded it
    is notStarted, executing, succeeded.
  - What is seen late on the real service is late by a quarter of the job's time (a deleted snapshot by half of it): the
    partitions of a new server or disk, the start of a restored server, `active` of a managed server.
"""

from __future__ import annotations

import heapq
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from clc_simulator.core.clock import Seconds
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import DeclarationError, StateFileError
from clc_simulator.core.hrefs import href

Json = dict[str, Any]

SHORT = ("notStarted", "executing", "succeeded")
"""Recorded for the creation of a server; taken for all operations of which nothing else is recorded."""
POWER_ON = ("notStarted", "executing", "resumed", "executing", "succeeded")
POWER_OFF = ("notStarted", "executing", "resumed", "succeeded")
"""Recorded for shut down and pause."""
DELETE_GROUP = ("notStarted", "succeeded")
PUBLIC_IP = ("notStarted", "executing", "resumed", "executing", "resumed", "executing", "resumed", "succeeded")
EXPERIMENTAL = ("queued", "running", "succeeded")
"""Statuses of the jobs of /v2-experimental (docs/wire-notes.md, section 2)."""

BEGIN = 0.1
"""Share of a job's time after which it begins to execute."""
LATER = 1.25
"""Share of a job's time for what the service was late with: the job has long succeeded."""


@entity("jobs", internal=True)
@dataclass(frozen=True, slots=True)
class Job:
    """A queued piece of work. outcome None lets it succeed; fail, hang, and vanish are faults."""

    id: str
    account: str
    statuses: tuple[str, ...]
    begun: Seconds
    seconds: Seconds
    by: str
    outcome: str | None = None
    facts: Json = field(default_factory=dict)
    """Further properties, which some kinds of jobs show beside their status."""

    def status(self, now: Seconds) -> str:
        """Return the status that a reader sees at a time."""
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


@entity("scheduled", internal=True)
@dataclass(frozen=True, slots=True)
class Scheduled:
    """Something that happens at a time: the name of an effect and its arguments, as JSON values."""

    id: str
    at: Seconds
    effect: str
    arguments: Json
    visibility: Json | None = None
    """The fault `partly_visible` of the request, if it has one; see `visibility`."""


@dataclass(frozen=True)
class JobOwner:
    """For whom work is done, and where: the code of the data center (empty: a job outside of them), alias, user name."""

    data_center: str
    account: str
    user: str


@dataclass(frozen=True)
class JobFault:
    """What a fault does to a job: its outcome, and the seconds by which its effects come after its success."""

    outcome: str | None = None
    lag: Seconds = 0.0


class Effect:
    """A function that changes the world at a time, and the name under which a state file keeps it.

    Its arguments are JSON values, by name. It must accept that what it is about was deleted in the meantime.
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
        """Return those of the values that the function has parameters for, and the user if it has one for that.

        Raises TypeError if a parameter without default has no value.
        """
        known = {**values, "user": user} if "user" in self._names else values
        if missing := self._required - known.keys():
            raise TypeError(f"{self.name} needs {', '.join(sorted(missing))}")
        return {name: value for name, value in known.items() if self._accepts_all or name in self._names}

    def accepts(self, name: str) -> bool:
        """Return whether the function has a parameter of that name."""
        return self._accepts_all or name in self._names

    def schedule(self, world: World, due: Seconds, **arguments: Any) -> None:
        """Let the effect happen at a time."""
        # Numbers of one width sort as they were given out, so that effects of one time keep their order.
        item = Scheduled(f"{world.take_number('scheduled'):012d}", due, self.name, arguments, world.visibility.making)
        heapq.heappush(world.event_queue, (due, world[Scheduled].add(item).id))

    def happen(self, world: World, arguments: Json) -> None:
        """Run the function; it may write only the tables that its declaration names."""
        with world.writing(self.writes):
            self.function(world, **arguments)


_EFFECTS: dict[str, Effect] = {}


def register(name: str, function: Callable[..., None], writes: frozenset[type]) -> Effect:
    """Return a new effect of that name. Raises DeclarationError if another one has it."""
    if name in _EFFECTS:
        raise DeclarationError(f"the effect {name} is declared twice, the second time in {function.__module__}")
    _EFFECTS[name] = Effect(name, function, writes)
    return _EFFECTS[name]


def later(operation_id: str, *, writes: tuple[type, ...]) -> Callable[[Callable[..., None]], Effect]:
    """Declare the function below as an effect that is scheduled by hand, with `Effect.schedule`.

    It is for what follows later from an operation of that id (an expiry, the next backup). writes are the entities whose
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
    """Add a job that begins now and return it.

    Jobs of a data center are numbered (wa1-40001), others have an id of 32 hexadecimal digits. properties are what some
    kinds of jobs show beside their status.
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
    """Continue with what a loaded world had scheduled. Raises StateFileError if an effect of it does not exist here."""
    unknown = {item.effect for item in world[Scheduled]} - _EFFECTS.keys()
    if unknown:
        names = ", ".join(sorted(unknown))
        raise StateFileError(f"the state file was written by another version of the simulator: it has {names}")
    world.event_queue = [(item.at, item.id) for item in world[Scheduled]]
    heapq.heapify(world.event_queue)


def advance(world: World) -> None:
    """Bring the world to the clock's present: all that was due happens, each at its own time."""
    now = max(world.clock.now(), world.now)
    while world.event_queue and world.event_queue[0][0] <= now:
        due, key = heapq.heappop(world.event_queue)
        item = world[Scheduled][key]
        world[Scheduled].remove(key)
        world.now = max(world.now, due)
        with world.visibility.applying(item.visibility):
            _EFFECTS[item.effect].happen(world, item.arguments)
    world.now = now
