# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""New servers: which ids they got, and what became of a create whose answer was lost.

Facts (contract compute.yaml, createServer): a create answers a job and the uuid of the server, never its id; the uuid stays in the
links of the active server; a create is never sent twice.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import time
import typing as t

from ...api import links, tree
from ...api.answers import Answer
from ...api.errors import AnswerLost, ConfigurationError, NotFound
from ...api.jobs import Job, Queued, started_by
from ...kit.declaration import Entity
from ...kit.lookup import listed
from ...kit.recovery import found_after
from ...kit.steps import Step
from ...kit.task import Task
from ..server_group import format_path, root_group
from . import result as server_result

# How long a server may take to show up after its create was accepted, and to get its address after the build.
APPEARS_SECONDS = 60.0


class Fleet(t.Protocol):
    """What the creation needs to know of the fleet that it creates for."""

    task: Task
    group: tree.Place | None
    everyone: list[Entity]
    members: list[Entity]

    @property
    def base(self) -> str | None: ...

    def find(self) -> None: ...

    def is_namesake(self, server_id: str) -> bool: ...


class Creation:
    """The servers that a run creates. made: uuid -> id, None until it is known. adopted: ids taken for lost creates."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet
        self.made: dict[str, str | None] = {}
        self.adopted: set[str] = set()
        self._paths: dict[str, str] = {}
        self._addresses_until: float | None = None

    @property
    def ids(self) -> set[str]:
        """Ids of the new servers that are known."""
        return {name for name in self.made.values() if name} | self.adopted

    @property
    def unnamed(self) -> int:
        """How many new servers have not shown their id yet."""
        return sum(1 for name in self.made.values() if name is None)

    def steps(
        self, missing: int, body: Entity, predict: t.Callable[[], None], path: str | None = None, verb: str = "create"
    ) -> list[Step]:
        """Return a create for each missing server. path: where to send it, if not where the group's link leads.

        verb: what makes the servers, for the steps.
        """
        self._warn_of_namesakes()
        known = {server_result.server_id(one) for one in self._fleet.everyone}
        steps = (self._step(number, missing, body, predict, path, known, verb) for number in range(1, missing + 1))
        return list(steps)

    def learn(self) -> None:
        """Learn the ids of new servers, from the uuid that the links of servers show or by reading it."""
        servers = [*self._fleet.everyone, *self._fleet.members]
        by_uuid = {server_result.uuid_of(one): server_result.server_id(one) for one in servers}
        for uuid, name in self.made.items():
            if name is None:
                self.made[uuid] = by_uuid.get(uuid) or self._named_by(uuid)

    def await_listing(self) -> None:
        """Without waiting for the build, wait until new servers are listed, so that a second run sees them."""

        def all_named() -> bool | None:
            self.learn()
            return None if self.unnamed else True

        self._fleet.task.until(all_named, APPEARS_SECONDS)

    def have_addresses(self) -> bool:
        """A server fresh from its build may have no address for some seconds; wait for those of this run, within bounds."""
        bare = [
            one
            for one in self._fleet.members
            if server_result.server_id(one) in self.ids
            and server_result.details(one)
            and not server_result.primary_address(one)
        ]
        if not bare:
            return True
        if self._addresses_until is None:
            self._addresses_until = time.monotonic() + APPEARS_SECONDS
        return time.monotonic() >= self._addresses_until

    def _named_by(self, uuid: str) -> str | None:
        try:
            return server_result.server_id(self._fleet.task.client.get(self._paths[uuid]).body)
        except NotFound:
            return None

    def _warn_of_namesakes(self) -> None:
        """Servers of this base name elsewhere in the data center are not this fleet; tell before any is created."""
        fleet = self._fleet
        if fleet.group is None:
            return
        elsewhere = {
            name: format_path(place.path)
            for place in tree.places(root_group(fleet.task, fleet.task.data_center))
            if place.id != fleet.group.id
            for name in tree.server_ids(place.group)
            if fleet.is_namesake(name)
        }
        if elsewhere:
            told = listed(f"{name} in '{path}'" for name, path in sorted(elsewhere.items()))
            fleet.task.warn(f"Servers of the base name '{fleet.base}' in other groups are not counted: {told}.")

    def _step(
        self,
        number: int,
        missing: int,
        body: Entity,
        predict: t.Callable[[], None],
        path: str | None,
        known: set[str],
        verb: str,
    ) -> Step:
        thing = f"server '{self._fleet.base}' ({number} of {missing}) in group '{self._group_told()}'"
        client = self._fleet.task.client
        target = path or self._linked_path(thing)
        return Step(
            verb,
            thing,
            send=lambda: client.post(target, body),
            predict=predict,
            identity=self._identity(number),
            effect="created",
            read=self._read,
            recover=lambda error: self._recover(error, known),
        )

    def _identity(self, number: int) -> tuple[t.Hashable, ...]:
        """Identify a create by the fleet and its number among those that are missing.

        If one of three new servers is visible, two are still planned; they are the first two of the three that were sent.
        """
        group = self._fleet.group
        return ("server", self._fleet.base, group.id if group else None, number)

    def _linked_path(self, thing: str) -> str:
        group = self._fleet.group
        if group is None:
            return ""  # in check mode, where the group is yet to be made and nothing is sent
        href = links.href_of(group.group, "createServer")
        if href is None:
            raise ConfigurationError("the service lets nobody create servers there", action="create", thing=thing)
        return self._fleet.task.client.path_of(href)

    def _group_told(self) -> str:
        group, wanted = self._fleet.group, self._fleet.task.option("group")
        if group:
            return format_path(group.path) or str(group.group["name"])
        return wanted if isinstance(wanted, str) else format_path(wanted)

    def _read(self, answer: Answer) -> Queued:
        queued = started_by(self._fleet.task.client, answer, (str(self._fleet.base),))
        for job in queued.jobs:
            self._note(job)
        return queued

    def _note(self, job: Job) -> None:
        if job.self_id and job.self_path:
            self.made[job.self_id.lower()] = None
            self._paths[job.self_id.lower()] = job.self_path

    def _recover(self, error: AnswerLost, known: set[str]) -> Queued:
        """After a lost answer to a create, adopt the one member that nothing else explains; never post again."""
        fleet = self._fleet

        def unexplained() -> str | None:
            fleet.find()
            explained = known | self.ids
            new = [name for name in sorted(map(server_result.server_id, fleet.members)) if name not in explained]
            return new[0] if len(new) > self.unnamed else None

        remedy = "One may exist or come into being: read the group with server_info before the next run."
        name = found_after(fleet.task, error, unexplained, remedy)
        self.adopted.add(name)
        fleet.task.warn(f"The answer to a create was lost; the new server {name} is taken for its result.")
        return Queued()
