# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: fleets of a base name in a group, or these servers by id; created, changed in place, powered, archived, removed.

This file says how they are found and in which order the work on them is done; the parts of the work are in the files
server_creation, server_changes, server_networks, server_policies, server_public_ips and server_power.

Facts (contract compute.yaml; docs/wire-notes.md, sections 2 and 3): a server is listed as underConstruction while it is built and
active afterwards; archived ones have forgotten their group.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import typing as t

from ...api import tree
from ...api.errors import ConfigurationError
from ...api.jobs import Job
from ...kit.declaration import Entity, Resource
from ...kit.lookup import listed
from ...kit.steps import Step
from ...kit.task import Task
from ..server_group import resolve_group
from . import fields as server_fields
from . import policies as server_policies
from . import power as server_power
from . import public_ips as server_public_ips
from . import result as server_result
from . import selection as server_selection
from ._shared import expect_all, path_to, read_servers
from .changes import Changes
from .creation import Creation
from .networks import Adapters

BUILDING = frozenset({"underConstruction", "queuedForRestore"})
CREATING_STATES = frozenset({"present", "started", "stopped", "paused"})


class Servers(Resource):
    """The servers of one task: a fleet (name and group) or those of server_ids."""

    title = "servers"
    named_by: t.ClassVar[tuple[tuple[str, ...], ...]] = (("server_ids", "name"), ("server_ids", "group"))
    volatile = Resource.volatile | {"partitions", "host_name"}

    def __init__(self, task: Task, selector: server_selection.Selector | None = None) -> None:
        super().__init__(task)
        self.selector = selector or server_selection.Selector(task.option("name"))
        # A module that makes servers alone has no option that selects those that exist.
        self.by_ids = task.has_option("server_ids") and task.option("server_ids") is not None
        self.group: tree.Place | None = None
        self.everyone: list[Entity] = []
        self.members: list[Entity] = []
        self.creation = Creation(self)
        self._changes = Changes(task, lambda: self.done)
        self._adapters = Adapters(task)

    # Finding

    def find(self) -> None:
        if self.by_ids:
            self._find_by_ids()
        else:
            self._find_fleet()
        self.creation.learn()

    def _find_by_ids(self) -> None:
        read = read_servers(self.task, self.task.option("server_ids"))
        there = [one for one in read.values() if one is not None]
        self.members = [one for one in there if one["status"] != "queuedForDelete"]
        if self.task.state != "absent":
            self._refuse_leaving([one for one in there if one["status"] == "queuedForDelete"])
            expect_all(self.task, read)
        if self.task.option("group") is not None and self.members and self.group is None:
            self.group = self._place(self._their_data_center())

    @staticmethod
    def _refuse_leaving(servers: t.Sequence[Entity]) -> None:
        """Raise where servers that shall be something are on their way out: the service takes nothing back of a delete."""
        if servers:
            raise ConfigurationError(
                "it is being deleted",
                action="manage",
                thing=server_result.told(servers),
                remedy="Leave it out of server_ids, or ask for state absent.",
            )

    def _their_data_center(self) -> str:
        codes = sorted({str(one["locationId"]).upper() for one in self.members})
        if len(codes) > 1:
            raise ConfigurationError(
                f"the servers are in {listed(codes)}",
                action="move",
                thing="servers",
                remedy="A group is in one data center; use a task for each.",
            )
        return codes[0]

    def _find_fleet(self) -> None:
        if self.group is None:
            self.group = self._place(self.task.data_center)
        if self.group is None:
            self.everyone = []
        else:
            detailed = tree.group(self.task.client, self.task.account, self.group.id, detailed=True)
            self.everyone = tree.servers_in(self.task.client, [detailed])[str(detailed["id"])]
        self.members = [one for one in self.everyone if self.selector.counts(one, self._prefix())]

    def _place(self, data_center: str) -> tree.Place | None:
        wanted = self.task.option("group")
        return self.task.reference(lambda: resolve_group(self.task, data_center, wanted), None)

    def _prefix(self) -> str:
        return f"{self.task.data_center}{self.task.account}".lower()

    @property
    def base(self) -> str | None:
        """Base name of the fleet; None for any."""
        return self.selector.base

    def is_namesake(self, server_id: str) -> bool:
        """Say whether an id has the form of the fleet's."""
        return self.selector.pattern(self._prefix()).fullmatch(server_id) is not None

    # Coming to rest

    def settled(self) -> bool:
        if self.creation.unnamed:
            return False
        waited_for = [one for one in self.members if not self._is_ghost(one)]
        if any(one["status"] in BUILDING for one in waited_for):
            return False
        return self.creation.have_addresses()

    def _is_ghost(self, server: Entity) -> bool:
        """Say whether a server has been under construction for longer than anybody would wait; the service leaves such behind."""
        created = (server.get("changeInfo") or {}).get("createdDate")
        # Of a restore nothing tells when it began: the server itself was created long ago.
        if server["status"] != "underConstruction" or not created:
            return False
        began = datetime.datetime.fromisoformat(str(created).replace("Z", "+00:00"))
        age = (datetime.datetime.now(datetime.UTC) - began).total_seconds()
        ghost = age > self.task.wait_timeout
        if ghost:
            self.task.warn_once(
                f"Server {server['id']} has been {server['status']} since {created}; it is counted and not waited for."
            )
        return ghost

    def submitted(self, jobs: t.Sequence[Job]) -> None:
        self.creation.await_listing()

    # Planning

    def plan(self) -> list[Step]:
        """Number and properties first, then policies and networks, public addresses, and power once those are there."""
        state = self.task.state
        if state == "absent":
            return self._removals(self.members)
        if state == "archived":
            return server_power.archiving(self.task, self.members, self._gone_to_archive)
        restores = [self._restore(one) for one in self.members if one["status"] == "archived"] if self.by_ids else []
        sizing = [] if self.by_ids or state not in CREATING_STATES else self._sizing()
        going = {name for step in sizing if step.effect == "removed" for name in step.target_ids}
        active = [one for one in self._active() if server_result.thing_of(one)[0] not in going]
        first = [*restores, *sizing, *self._changed(active)]
        # Planned even before their turn: what cannot be is refused before anything is changed.
        later = (
            *self._completed(active),
            server_power.powering(self.task, active, self.done),
            server_power.maintenance(self.task, active),
        )
        return first or next(filter(None, later), [])

    def _active(self) -> list[Entity]:
        return [one for one in self.members if one["status"] == "active"]

    def _completed(self, servers: t.Sequence[Entity]) -> tuple[list[Step], list[Step]]:
        """Return what servers get once they are built: policies and adapters first, public addresses once those are there."""
        attached = [step for one in servers for step in self._attached(one)]
        return attached, [step for one in servers for step in server_public_ips.steps(self.task, one)]

    def _attached(self, server: Entity) -> list[Step]:
        return [*server_policies.steps(self.task, server), *self._adapters.steps(server)]

    def _gone_to_archive(self, server: Entity) -> None:
        """In a prediction: an archived server has left the group, so that it is no more of the fleet."""
        if not self.by_ids:
            self.members.remove(server)

    def _changed(self, servers: t.Sequence[Entity]) -> list[Step]:
        """Return the changes of servers; a prediction of a new one has what the task wants by itself."""
        target = self._target if self.by_ids else None
        steps = [
            self._changes.step(one, target, fresh=server_result.server_id(one) in self.creation.ids)
            for one in servers
            if one.get("id") is not None
        ]
        return [step for step in steps if step is not None]

    @property
    def _target(self) -> str | None:
        """Id of the group that servers of server_ids shall be in; "" for one that is yet to be made, None for any."""
        if self.group is None:
            return None if self.task.option("group") is None else ""
        return self.group.id

    # How many

    def _sizing(self) -> list[Step]:
        missing = self._missing()
        if missing > 0:
            body = self.creation_body()
            self._completed([self.foreseen(body)])
            return self.creation.steps(missing, body, lambda: self.members.append(self.foreseen(body)))
        return self._surplus(-missing) if missing < 0 and not self.selector.add else []

    def _missing(self) -> int:
        """Return how many servers there are too few, or, below zero, too many."""
        count = self.task.option("count")
        if self.selector.add:
            return int(count or 0) - len(self.creation.made) - len(self.creation.adopted)
        # Without waiting, a server that was just made can be unlisted and have its prediction among the members.
        predicted = sum(1 for one in self.members if one.get("id") is None)
        present = len(self.members) + max(0, self.creation.unnamed - predicted)
        if count is None:
            return 0 if present else 1
        return int(count) - present

    def creation_body(self) -> Entity:
        """Return the body of a create."""
        return server_fields.creation_body(self.task, self.group.id if self.group else None)

    def foreseen(self, body: Entity) -> Entity:
        """Return what a create would make, as far as it can be known."""
        return server_fields.foreseen(self.task, body)

    def _surplus(self, number: int) -> list[Step]:
        """Remove surplus servers: newest first, only when allowed, and none whose id can be read in two ways."""
        thing = f"the number of servers '{self.base}'"
        if not self.task.option("allow_removal"):
            raise ConfigurationError(
                f"there are {len(self.members)} and count is {self.task.option('count')}",
                action="reach",
                thing=thing,
                remedy="Set allow_removal to have the newest ones removed, or raise count.",
            )
        removable = [one for one in self.members if one["status"] not in BUILDING]
        if len(removable) < number:
            raise ConfigurationError(
                f"{number} are too many, and all but {len(removable)} of the {len(self.members)} are under construction",
                action="reach",
                thing=thing,
                remedy="The service removes no server before it is built; run the task again later.",
            )
        ordered = sorted(removable, key=server_selection.age, reverse=self.selector.newest_first)
        return self._removals(ordered[:number])

    # Removing and restoring

    def _removals(self, servers: t.Sequence[Entity]) -> list[Step]:
        doomed = [one for one in servers if one["status"] in ("active", "archived")]
        if not self.by_ids:
            self.selector.refuse_two_ways(doomed, self._prefix())
        return [self._removal(one) for one in doomed]

    def _removal(self, server: Entity) -> Step:
        name = server_result.server_id(server)
        return Step(
            "delete",
            f"server {name}",
            send=lambda: self.task.client.delete(
                path_to(self.task, server),
                done_when=lambda body: isinstance(body, dict) and body.get("status") == "queuedForDelete",
            ),
            predict=lambda: self.members.remove(server),
            target_ids=(name,),
            effect="removed",
        )

    def _restore(self, server: Entity) -> Step:
        name, target = server_result.server_id(server), self._target
        if target is None:
            raise ConfigurationError(
                "it is archived, and the service has forgotten its group",
                action="restore",
                thing=f"server {name}",
                remedy="Give group.",
            )
        self._completed([server])
        return Step(
            "restore",
            f"server {name}",
            send=lambda: self.task.client.post(path_to(self.task, server, "restore"), {"targetGroupId": target}),
            predict=lambda: self._foresee_restored(server, target),
            target_ids=(name,),
        )

    @staticmethod
    def _foresee_restored(server: Entity, target: str) -> None:
        """A restored server has the size that it had, which is not shown meanwhile, and is started by the service or not."""
        unknown = {"cpu": None, "memoryMB": None, "powerState": None}
        server.update(status="active", groupId=target or None, details={**server_result.details(server), **unknown})

    # Telling

    def show(self) -> dict[str, t.Any]:
        servers = sorted(map(server_result.shown, self.members), key=lambda one: (one["id"] is None, one["id"] or ""))
        created = sum(1 for step in self.done if step.effect == "created")
        named = sorted(self.creation.ids)
        return {
            "servers": servers,
            "created_ids": [*named, *[None] * (created - len(named))],
            "changed_ids": self._touched("changed"),
            "removed_ids": self._touched("removed"),
        }

    def _touched(self, effect: str) -> list[str | None]:
        """Return the ids that steps of an effect were about; null for each server that is only predicted."""
        names = [name for step in self.done if step.effect == effect for name in step.target_ids]
        predicted = sum(1 for one in self.members if one.get("id") is None)
        return [*sorted({name for name in names if name}), *[None] * min(predicted, names.count(""))]
