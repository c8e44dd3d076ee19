# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: fleets of a base name in a group, or these servers by id; created, changed in place, powered, archived, removed.

Facts (contract compute.yaml, wire-notes sections 2 and 3): a server's id is data center + account alias + base name + a number
that nobody can predict; a create answers a job and the uuid of the server, which its links keep showing; a server is listed as
underConstruction while it is built and active afterwards; changes of cpu, memory and disks are queued, others are done at once.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import functools
import re
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ..api import links, tree
from ..api.answers import Answer
from ..api.errors import AnswerLost, ConfigurationError, LookupFailed, NotFound, NotThere
from ..api.jobs import Job, Queued, started_by
from ..kit import compare
from ..kit.declaration import Entity, Field, Resource, Step, body_of, changes_of, member, patch_of
from ..kit.lookup import listed
from ..kit.task import Task
from . import custom_fields, server_disks, server_gather, server_group, server_view
from .data_center import network_id

COUNTED = frozenset({"active", "underConstruction"})
BUILDING = frozenset({"underConstruction", "queuedForRestore"})
CREATING_STATES = frozenset({"present", "started", "stopped", "paused"})
_WORKERS = 8
# How long a server may take to show up after its create was accepted, or lost, and to get its address after the build.
_APPEARS_SECONDS = 60.0
_BASE_NAME = re.compile(r"[A-Za-z0-9-]*[A-Za-z-]")


@dataclass(frozen=True)
class Selector:
    """Which servers of a group are the fleet, and how its number is kept.

    base: the base name, None for any server. statuses: what counts. started_only: whether power counts too.
    newest_first: the order of removal. add: whether count says how many more, instead of how many in all.
    """

    base: str | None
    statuses: frozenset[str] = COUNTED
    started_only: bool = False
    newest_first: bool = True
    add: bool = False

    def pattern(self, prefix: str) -> re.Pattern[str]:
        """Return the form of the fleet's ids: two digits, or more without a leading zero, behind prefix and base name."""
        return re.compile(
            f"{re.escape(prefix)}{re.escape(self.base or '')}([0-9]{{2}}|[1-9][0-9]{{2,}})", re.IGNORECASE
        )

    def counts(self, server: Entity, prefix: str) -> bool:
        """Say whether a server of the group belongs to the fleet."""
        named = self.base is None or self.pattern(prefix).fullmatch(server_view.server_id(server))
        powered = not self.started_only or server_view.details(server).get("powerState") == "started"
        return bool(named) and server["status"] in self.statuses and powered


FIELDS = (
    Field("name", create="name"),
    Field("group", create="groupId", update="groupId", read=member("groupId"), same=compare.caseless),
    Field("description", create="description", update="description", read=member("description"), same=compare.text),
    Field("template", create="sourceServerId"),
    Field("cpu", create="cpu", update="cpu", read=lambda one: server_view.details(one).get("cpu"), same=compare.number),
    Field("memory_gb", create="memoryGB", update="memory", read=server_view.memory_gb, same=compare.number),
    Field("type", create="type"),
    Field("storage_type", create="storageType"),
    Field("network", create="networkId"),
    Field("ip_address", create="ipAddress"),
    Field("administrator_password", create="password"),
    Field("primary_dns", create="primaryDns"),
    Field("secondary_dns", create="secondaryDns"),
    Field("ttl", create="ttl"),
    Field("disks", create="additionalDisks", write=server_disks.additional),
    Field(
        "custom_fields",
        create="customFields",
        update="customFields",
        read=lambda one: server_view.details(one).get("customFields"),
        same=compare.values_by_id,
    ),
)
# Members whose change goes through the queue, and which a snapshot blocks.
_RESIZING = frozenset({"cpu", "memory"})
_BLOCKED = _RESIZING | {"disks"}


class Servers(Resource):
    """The servers of one task: a fleet (name and group) or those of server_ids."""

    title = "servers"
    volatile = Resource.volatile | {"partitions", "host_name"}

    def __init__(self, task: Task, selector: Selector | None = None) -> None:
        super().__init__(task)
        self.selector = selector or Selector(task.option("name"))
        self.by_ids = task.option("server_ids") is not None
        self.group: tree.Place | None = None
        self.everyone: list[Entity] = []
        self.members: list[Entity] = []
        self.made: dict[str, str | None] = {}
        self.adopted: set[str] = set()
        self._uuid_paths: dict[str, str] = {}
        self._addresses_until: float | None = None

    # Finding

    def find(self) -> None:
        if self.by_ids:
            self._find_by_ids()
        else:
            self._find_fleet()
        self._name_made()

    def _find_by_ids(self) -> None:
        wanted = sorted({str(one).lower() for one in self.task.option("server_ids") if one})
        with ThreadPoolExecutor(max(1, min(_WORKERS, len(wanted)))) as pool:
            read = list(pool.map(functools.partial(read_server, self.task), wanted))
        missing = [name for name, server in zip(wanted, read, strict=True) if server is None]
        gone_is_right = self.task.state == "absent" or any(step.effect == "removed" for step in self.done)
        if missing and not gone_is_right:
            self.task.reference(lambda: self._raise_missing(missing), None)
        self.members = [
            one for one in read if one is not None and not (gone_is_right and one["status"] == "queuedForDelete")
        ]
        if self.task.option("group") is not None and self.members and self.group is None:
            self.group = self._place(self._their_data_center())

    @staticmethod
    def _raise_missing(missing: t.Sequence[str]) -> None:
        raise NotThere(
            f"there is no server {listed(missing)}",
            action="find",
            thing="servers",
            remedy="Check server_ids and account_alias.",
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
        return self.task.reference(lambda: server_group.resolve(self.task, data_center, wanted), None)

    def _prefix(self) -> str:
        return f"{self.task.data_center}{self.task.account}".lower()

    def _name_made(self) -> None:
        """Learn the ids of the servers that this run has created, from the uuid that their links show or by reading it."""
        by_uuid = {server_view.uuid_of(one): server_view.server_id(one) for one in [*self.everyone, *self.members]}
        for uuid, name in self.made.items():
            if name is None:
                self.made[uuid] = by_uuid.get(uuid) or self._named_by(uuid)

    def _named_by(self, uuid: str) -> str | None:
        try:
            return server_view.server_id(self.task.client.get(self._uuid_paths[uuid]).body)
        except NotFound:
            return None

    # Coming to rest

    def settled(self) -> bool:
        if None in self.made.values():
            return False
        waited_for = [one for one in self.members if not self._is_ghost(one)]
        if any(one["status"] in BUILDING for one in waited_for):
            return False
        return self._have_addresses()

    def _have_addresses(self) -> bool:
        """A server fresh from its build may have no address for some seconds; wait for those of this run, within bounds."""
        fresh = {*self.made.values(), *self.adopted}
        bare = [
            one
            for one in self.members
            if server_view.server_id(one) in fresh and server_view.details(one) and not server_view.primary_address(one)
        ]
        if not bare:
            return True
        if self._addresses_until is None:
            self._addresses_until = time.monotonic() + _APPEARS_SECONDS
        return time.monotonic() >= self._addresses_until

    def _is_ghost(self, server: Entity) -> bool:
        """Say whether a server has been under construction for longer than anybody would wait; the service leaves such behind."""
        created = (server.get("changeInfo") or {}).get("createdDate")
        # Of a restore nothing tells when it began: the server itself was created long ago.
        if server["status"] != "underConstruction" or not created:
            return False
        began = datetime.datetime.fromisoformat(str(created).replace("Z", "+00:00"))
        age = (datetime.datetime.now(datetime.UTC) - began).total_seconds()
        ghost = age > float(self.task.option("wait_timeout") or 3600)
        if ghost:
            self.task.warn(
                f"Server {server['id']} has been {server['status']} since {created}; it is counted and not waited for."
            )
        return ghost

    def submitted(self, jobs: t.Sequence[Job]) -> None:
        """Without waiting for the build, wait until new servers are listed, so that a second run sees them."""
        ends = min(time.monotonic() + _APPEARS_SECONDS, self.task.deadline)
        while None in self.made.values() and time.monotonic() < ends:
            self._name_made()
            if None in self.made.values():
                time.sleep(1.0)

    # Wanting

    def wanted(self, one: Field, server: Entity | None = None) -> t.Any:
        """Return the wanted value of a field for a server, or for a new one where server is None."""
        value = self.task.option(one.option)
        if one.option == "group":
            return self.group.id if self.group else None
        if one.option == "custom_fields":
            return custom_fields.merged(
                self.task, (server_view.details(server).get("customFields") or []) if server else []
            )
        if one.option == "network" and value is not None:
            return self.task.reference(lambda: network_id(self.task, self.task.data_center, value), None)
        return None if value is None else one.write(value)

    def plan(self) -> list[Step]:
        """Number and properties first; power once those are there."""
        state = self.task.state
        if state == "absent":
            return self._removals(self.members)
        if state == "archived":
            return self._batch("archive", [one for one in self.members if one["status"] == "active"], self._archive)
        restores = [self._restore(one) for one in self.members if one["status"] == "archived"] if self.by_ids else []
        sizing = [] if self.by_ids or state not in CREATING_STATES else self._sizing()
        return [*restores, *sizing, *self._changes()] or self._powering(state) or self._maintenance()

    def _active(self) -> list[Entity]:
        return [one for one in self.members if one["status"] == "active"]

    # How many

    def _sizing(self) -> list[Step]:
        count = self.task.option("count")
        # Without waiting, a server that was just made can be unlisted and have its prediction among the members.
        predicted = sum(1 for one in self.members if one.get("id") is None)
        unseen = max(0, sum(1 for name in self.made.values() if name is None) - predicted)
        present = len(self.members) + unseen
        if self.selector.add:
            missing = (count or 0) - len(self.made) - len(self.adopted)
        elif count is None:
            missing = 0 if present else 1
        else:
            missing = count - present
        if missing > 0:
            return self._creations(missing)
        return self._surplus(-missing) if missing < 0 and not self.selector.add else []

    def _creations(self, missing: int) -> list[Step]:
        body = self._create_body()
        self._warn_of_namesakes()
        known = {server_view.server_id(one) for one in self.everyone}
        return [self._creation(body, f"{number} of {missing}", known) for number in range(1, missing + 1)]

    def _create_body(self) -> Entity:
        lacking = [name for name in ("template", "cpu", "memory_gb") if self.task.option(name) is None]
        if lacking:
            raise ConfigurationError(
                f"{listed(lacking)} not given",
                action="create",
                thing=f"servers '{self.selector.base}'",
                remedy="Give template, cpu and memory_gb; the service wants them for every new server.",
            )
        body = body_of(FIELDS, self.wanted)
        body.setdefault("type", "standard")
        return body

    def _warn_of_namesakes(self) -> None:
        """Servers of this base name elsewhere in the data center are not this fleet; tell before any is created."""
        if self.group is None:
            return
        pattern = self.selector.pattern(self._prefix())
        everywhere = tree.places(server_group.root(self.task, self.task.data_center))
        elsewhere = {
            name: server_group.path_told(place.path)
            for place in everywhere
            if place.id != self.group.id
            for name in tree.server_ids(place.group)
            if pattern.fullmatch(name)
        }
        if elsewhere:
            told = listed(f"{name} in '{path}'" for name, path in sorted(elsewhere.items()))
            self.task.warn(f"Servers of the base name '{self.selector.base}' in other groups are not counted: {told}.")

    def _creation(self, body: Entity, numbered: str, known: set[str]) -> Step:
        thing = f"server '{self.selector.base}' ({numbered}) in group '{self._group_told()}'"
        href = links.href_of(self.group.group, "createServer") if self.group else None
        if self.group and href is None:
            raise ConfigurationError("the service lets nobody create servers there", action="create", thing=thing)
        client = self.task.client

        def read(answer: Answer) -> Queued:
            queued = started_by(client, answer, (str(self.selector.base),))
            for job in queued.jobs:
                if job.self_id and job.self_path:
                    self.made[job.self_id.lower()] = None
                    self._uuid_paths[job.self_id.lower()] = job.self_path
            return queued

        return Step(
            "create",
            thing,
            send=lambda: client.post(client.path_of(str(href)), body),
            predict=lambda: self.members.append(self._predicted(body)),
            effect="created",
            read=read,
            recover=lambda error: self._recover(error, known),
        )

    def _group_told(self) -> str:
        wanted = self.task.option("group")
        if self.group:
            return server_group.path_told(self.group.path) or str(self.group.group["name"])
        return wanted if isinstance(wanted, str) else server_group.path_told(wanted)

    def _recover(self, error: AnswerLost, known: set[str]) -> Queued:
        """After a lost answer to a create, adopt the one member that nothing else explains; never post again."""
        ends = min(time.monotonic() + _APPEARS_SECONDS, self.task.deadline)
        while True:
            self.find()
            explained = known | self.adopted | {name for name in self.made.values() if name}
            new = sorted(server_view.server_id(one) for one in self.members)
            new = [name for name in new if name not in explained]
            if len(new) > sum(1 for name in self.made.values() if name is None):
                self.adopted.add(new[0])
                self.task.warn(f"The answer to a create was lost; the new server {new[0]} is taken for its result.")
                return Queued()
            if time.monotonic() >= ends:
                error.remedy = "One may exist or come into being: read the group with server_info before the next run."
                raise error
            time.sleep(2.0)

    def _surplus(self, number: int) -> list[Step]:
        """Remove surplus servers: newest first, only when allowed, and none whose id can be read in two ways."""
        if not self.task.option("allow_removal"):
            raise ConfigurationError(
                f"there are {len(self.members)} and count is {self.task.option('count')}",
                action="reach",
                thing=f"the number of servers '{self.selector.base}'",
                remedy="Set allow_removal to have the newest ones removed, or raise count.",
            )
        removable = [one for one in self.members if one["status"] not in BUILDING]
        if len(removable) < number:
            raise ConfigurationError(
                f"{number} are too many, and all but {len(removable)} of the {len(self.members)} are under construction",
                action="reach",
                thing=f"the number of servers '{self.selector.base}'",
                remedy="The service removes no server before it is built; run the task again later.",
            )
        ordered = sorted(removable, key=self._age, reverse=self.selector.newest_first)
        return self._removals(ordered[:number])

    def _age(self, server: Entity) -> tuple[str, int, str]:
        name = server_view.server_id(server) if server.get("id") else ""
        return str((server.get("changeInfo") or {}).get("createdDate") or "~"), len(name), name

    # Removing

    def _removals(self, servers: t.Sequence[Entity]) -> list[Step]:
        doomed = [one for one in servers if one["status"] in ("active", "archived")]
        two_ways = (
            []
            if self.by_ids or self.selector.base is None
            else [server_view.server_id(one) for one in doomed if self._reads_two_ways(one)]
        )
        if two_ways:
            raise LookupFailed(
                f"{listed(two_ways)} can be read in two ways: as '{self.selector.base}' with a long number, or as a longer name",
                action="remove",
                thing=f"servers '{self.selector.base}'",
                remedy="Name the servers by server_ids.",
            )
        return [self._removal(one) for one in doomed]

    def _reads_two_ways(self, server: Entity) -> bool:
        """WEB101 is the 101st WEB or the first WEB1; both forms occur."""
        found = (
            self.selector.pattern(self._prefix()).fullmatch(server_view.server_id(server)) if server.get("id") else None
        )
        return bool(found) and len(found.group(1)) > 2 if found else False

    def _removal(self, server: Entity) -> Step:
        name = server_view.server_id(server)
        return Step(
            "remove",
            f"server {name}",
            send=lambda: self.task.client.delete(
                self._path(server),
                done_when=lambda body: isinstance(body, dict) and body.get("status") == "queuedForDelete",
            ),
            predict=lambda: self.members.remove(server),
            things=(name,),
            effect="removed",
        )

    def _path(self, server: Entity, rel: str = "self") -> str:
        return self.task.client.path_of(str(links.href_of(server, rel)))

    # Changing

    def _changes(self) -> list[Step]:
        steps = []
        for server in self._active():
            # A prediction of a new server has what the task wants by itself.
            if server.get("id") is None:
                continue
            changes = changes_of(FIELDS, server, functools.partial(self._wanted_of, server))
            changes.update(self._unlike_fields(server))
            if changes:
                steps.append(self._change(server, changes))
        return steps

    def _unlike_fields(self, server: Entity) -> Entity:
        """Return the changes that no plain comparison finds: of disks, and of the password that is stored.

        None for what this run has created: it got both at creation, and may show its disks only later.
        """
        changes: Entity = {}
        if server_view.server_id(server) in {*self.made.values(), *self.adopted}:
            return changes
        disks = self.task.option("disks")
        if disks is not None:
            complete = server_disks.complete(server, disks, bool(self.task.option("allow_data_loss")))
            if complete is not None:
                changes["disks"] = complete
        password = self.task.option("administrator_password")
        if password is not None and self.task.option("update_password") == "always":
            stored = self._stored_password(server)
            if stored != password:
                changes["password"] = {"current": stored, "password": password}
        return changes

    def _stored_password(self, server: Entity) -> str | None:
        """Read the password that the platform has stored, at most once a server and run, unless this run changed it."""
        name = server_view.server_id(server)
        if any("password" in step.action and name in step.things for step in self.done):
            return str(self.task.option("administrator_password"))

        def read() -> str | None:
            answer = self.task.client.follow(server, "credentials")
            return str(answer.body.get("password")) if answer else None

        return self.task.once(("credentials", name), read)

    def _wanted_of(self, server: Entity, one: Field) -> t.Any:
        if one.option == "group" and not self.by_ids:
            return None
        return self.wanted(one, server)

    def _change(self, server: Entity, changes: Entity) -> Step:
        name = server_view.server_id(server)
        told = f"server {name}"
        self._refuse_snapshot(server, changes, told)
        if _RESIZING & changes.keys():
            # The service once refused cpu without memory; both together always work.
            # What a predicted restore will have is not known.
            size = {"cpu": server_view.details(server).get("cpu"), "memory": server_view.memory_gb(server)}
            changes = {**{key: value for key, value in size.items() if value is not None}, **changes}

        def predict() -> None:
            for key, value in changes.items():
                self._apply(server, key, value)

        return Step(
            f"change {', '.join(sorted(changes))} of",
            told,
            send=lambda: self.task.client.patch(self._path(server), patch_of(changes)),
            predict=predict,
            things=(name,),
        )

    @staticmethod
    def _refuse_snapshot(server: Entity, changes: Entity, told: str) -> None:
        snapshots = server_view.details(server).get("snapshots") or []
        if snapshots and _BLOCKED & changes.keys():
            raise ConfigurationError(
                f"its snapshot {snapshots[0].get('name')} blocks changes of {listed(sorted(_BLOCKED))}",
                action="change",
                thing=told,
                remedy="Delete the snapshot first.",
            )

    def _apply(self, server: Entity, key: str, value: t.Any) -> None:
        """Change the model of a server as the service would."""
        shown = server["details"]
        if key == "memory":
            shown["memoryMB"] = value * 1024
        elif key == "customFields":
            shown["customFields"] = custom_fields.displayed(self.task, value)
        elif key == "cpu":
            shown["cpu"] = value
        elif key == "disks":
            shown["disks"] = server_disks.predicted(value)
            shown["storageGB"] = sum(one["sizeGB"] for one in value)
        elif key != "password":  # which is shown nowhere
            server[key] = value

    def _predicted(self, body: Entity) -> Entity:
        """A new server as far as it can be known; what the service chooses is null."""
        return {
            "id": None,
            "name": None,
            "description": body.get("description"),
            "groupId": body.get("groupId"),
            "locationId": self.task.data_center,
            "status": "active",
            "type": body["type"],
            "storageType": body.get("storageType"),
            "details": {
                "cpu": body["cpu"],
                "memoryMB": body["memoryGB"] * 1024,
                "powerState": "started",
                "inMaintenanceMode": False,
                "customFields": custom_fields.displayed(self.task, body["customFields"])
                if body.get("customFields")
                else [],
                "snapshots": [],
                "alertPolicies": [],
            },
        }

    # Power, archive, restore

    def _powering(self, state: str) -> list[Step]:
        by_power: dict[str, list[Entity]] = {"started": [], "stopped": [], "paused": []}
        for server in self._active():
            by_power.setdefault(str(server_view.details(server).get("powerState")), []).append(server)
        idle = [*by_power["stopped"], *by_power["paused"]]
        if state == "started":
            return self._batch("powerOn", idle, self._to_power("started"))
        if state == "stopped":
            return self._stops(by_power)
        if state == "paused":
            first = self._batch("powerOn", by_power["stopped"], self._to_power("started"))
            return first or self._batch("pause", by_power["started"], self._to_power("paused"))
        if state == "restarted":
            return self._restarts(by_power["started"], idle)
        return []

    def _maintenance(self) -> list[Step]:
        """Put servers into maintenance mode or take them out of it, where the task says which."""
        wanted = self.task.option("maintenance")
        if wanted is None:
            return []
        differing = [one for one in self._active() if bool(server_view.details(one).get("inMaintenanceMode")) != wanted]
        verb = "startMaintenance" if wanted else "stopMaintenance"
        return self._batch(verb, differing, lambda one: one["details"].update(inMaintenanceMode=wanted))

    def _stops(self, by_power: dict[str, list[Entity]]) -> list[Step]:
        if self.task.option("force"):
            return self._batch("powerOff", [*by_power["started"], *by_power["paused"]], self._to_power("stopped"))
        if by_power["paused"]:
            raise ConfigurationError(
                "a paused server cannot shut its system down",
                action="stop",
                thing=f"server {listed(map(server_view.server_id, by_power['paused']))}",
                remedy="Start it first, or set force to cut its power.",
            )
        return self._batch("shutDown", by_power["started"], self._to_power("stopped"))

    def _restarts(self, running: t.Sequence[Entity], idle: t.Sequence[Entity]) -> list[Step]:
        """Once a run, whatever the state: those that run are rebooted, the others started."""
        if any(step.action in ("reboot", "reset", "powerOn") for step in self.done):
            return []
        verb = "reset" if self.task.option("force") else "reboot"
        return [
            *self._batch(verb, running, self._to_power("started")),
            *self._batch("powerOn", idle, self._to_power("started")),
        ]

    @staticmethod
    def _to_power(power: str) -> t.Callable[[Entity], None]:
        return lambda server: server["details"].update(powerState=power)

    @staticmethod
    def _archive(server: Entity) -> None:
        server.update(status="archived", details={"powerState": "stopped", **server_view.details(server)})

    def _batch(self, verb: str, servers: t.Sequence[Entity], predict: t.Callable[[Entity], None]) -> list[Step]:
        """One request for many servers; ids in upper case, which every operation of the family takes."""
        if not servers:
            return []
        names = tuple(sorted(server_view.server_id(one) if one.get("id") else "a new one" for one in servers))

        def foretell() -> None:
            for server in servers:
                predict(server)

        return [
            Step(
                verb,
                f"server {listed(names)}",
                send=lambda: post_batch(self.task, verb, [name.upper() for name in names]),
                predict=foretell,
                things=names,
                read=lambda answer: started_by(self.task.client, answer),
            )
        ]

    def _restore(self, server: Entity) -> Step:
        name = server_view.server_id(server)
        if self.group is None:
            raise ConfigurationError(
                "it is archived, and the service has forgotten its group",
                action="restore",
                thing=f"server {name}",
                remedy="Give group.",
            )
        target = self.group.id
        return Step(
            "restore",
            f"server {name}",
            send=lambda: self.task.client.post(self._path(server, "restore"), {"targetGroupId": target}),
            predict=lambda: server.update(status="active", groupId=target),
            things=(name,),
        )

    # Telling

    def show(self) -> dict[str, t.Any]:
        servers = sorted(map(server_view.shown, self.members), key=lambda one: (one["id"] is None, one["id"] or ""))
        created = sum(1 for step in self.done if step.effect == "created")
        named = sorted([name for name in self.made.values() if name] + list(self.adopted))
        return {
            "servers": servers,
            "created_ids": [*named, *[None] * (created - len(named))],
            "changed_ids": self._touched("changed"),
            "removed_ids": self._touched("removed"),
        }

    def _touched(self, effect: str) -> list[str]:
        return sorted({name for step in self.done if step.effect == effect for name in step.things})


def post_batch(task: Task, verb: str, body: t.Any) -> Answer:
    """Send a request for many servers; the body has their ids in upper case, which every operation of the family takes."""
    return task.client.post(f"/v2/operations/{task.account}/servers/{verb}", body)


def read_server(task: Task, name: str) -> Entity | None:
    """Read a server by its id, in any case; None where there is none. One request."""
    try:
        found: Entity = task.client.get(f"/v2/servers/{task.account}/{name}").body
    except NotFound:
        return None
    return found


def found_servers(task: Task) -> list[dict[str, t.Any]]:
    """Return the servers that an info task asks for, sorted by id: by server_ids, else of a group or of the data center.

    `recursive` takes in the groups below. An id or group that does not exist gives nothing.
    """
    if task.option("server_ids") is not None:
        names = sorted({str(one).lower() for one in task.option("server_ids")})
        with ThreadPoolExecutor(max(1, min(_WORKERS, len(names)))) as pool:
            servers = [one for one in pool.map(functools.partial(read_server, task), names) if one is not None]
    else:
        servers = _servers_of_groups(task)
    kept = sorted((one for one in servers if _passes(task, one)), key=server_view.server_id)
    extras = server_gather.gathered(task, kept)
    return [{**server_view.shown(one), **extra} for one, extra in zip(kept, extras, strict=True)]


def _servers_of_groups(task: Task) -> list[Entity]:
    wanted = task.option("group")
    if wanted is None:
        center = tree.data_center(task.client, task.account, task.data_center)
        top = tree.root_of(task.client, center, detailed=True)
        tops = [top] if top else []
    else:
        everything = list(tree.places(server_group.root(task, task.data_center)))
        tops = [
            tree.group(task.client, task.account, one.id, True) for one in server_group.matching(everything, wanted)
        ]
    deep = wanted is None or task.option("recursive")
    groups = [place.group for top in tops for place in tree.places(top) if deep or place.group is top]
    return [one for servers in tree.servers_in(task.client, groups).values() for one in servers]


def _passes(task: Task, server: Entity) -> bool:
    """Say whether a server has the name, status, power state and custom field values that the task asks for."""
    base, status, power = task.option("name"), task.option("status"), task.option("power_state")
    prefix = f"{server['locationId']}{task.account}".lower()
    named = base is None or Selector(base).pattern(prefix).fullmatch(server_view.server_id(server))
    right_status = not status or server["status"] in status
    fields = task.option("custom_fields") or {}
    right_fields = all(server_view.has_custom_field(server, name, value) for name, value in fields.items())
    right_power = not power or server_view.details(server).get("powerState") in power
    return bool(named) and right_status and right_power and right_fields


def check_options(task: Task) -> None:
    """Refuse what cannot be meant, before anything is read."""
    name, count = task.option("name"), task.option("count")
    if name is not None and not _BASE_NAME.fullmatch(name):
        raise ConfigurationError(
            f"'{name}' is no base name",
            action="use",
            thing="name",
            remedy="Letters, digits and dashes, and no digit at the end: the service appends a number of its own.",
        )
    if count is not None and count < 0:
        raise ConfigurationError(
            f"{count} is no number of servers", action="use", thing="count", remedy="Give 0 or more."
        )
    if count is not None and task.state in ("absent", "archived", "restarted"):
        raise ConfigurationError(
            f"state {task.state} is for all servers of the fleet",
            action="use",
            thing="count",
            remedy="Leave count out.",
        )
