# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Create servers: resolve the ids of new servers, and recover a create request whose response was lost.

API behavior (compute.yaml, createServer): the response contains a job and the uuid of the server, never its id; the links of the
active server still contain the uuid. A create is never sent twice.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import threading
import time
import typing as t

from ...api import links, tree
from ...api.errors import ClcError, InvalidTaskError, NotFound, ResponseLost
from ...api.jobs import Job, QueueResult, parse_queue_response
from ...api.responses import ApiResponse
from ...kit.lookup import format_list
from ...kit.pending import CreateRecord, PendingCreate
from ...kit.recovery import wait_for_effect
from ...kit.resource import Entity
from ...kit.steps import Step
from ...kit.task import Task
from ..server_group import format_path, root_group
from . import result as server_result
from .selection import Selector

# Seconds until a server is listed after its create was accepted, and until it has an IP address after it was built.
APPEARS_SECONDS = 60.0


class Fleet(t.Protocol):
    """The fleet that servers are created for."""

    task: Task
    group: tree.GroupNode | None
    group_servers: list[Entity]
    members: list[Entity]
    selector: Selector

    @property
    def base_name(self) -> str | None: ...

    def find(self) -> None: ...

    def matches_fleet(self, server_id: str) -> bool: ...


class ServerCreator:
    """Creates the servers of a run. created: uuid -> id, None until it is known. adopted: ids of creates without a response."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet
        self.created: dict[str, str | None] = {}
        self.adopted: set[str] = set()
        self._paths: dict[str, str] = {}
        self._addresses_until: float | None = None
        self._ids_before: set[str] = set()
        self._sent, self._lock = 0, threading.Lock()
        self._record = CreateRecord(fleet.task.pending, self._key, self._data)

    def _key(self) -> tuple[t.Hashable, ...]:
        fleet, task = self._fleet, self._fleet.task
        group = repr(task.option("group"))
        return (task.client.endpoints.of("api"), task.account, task.data_center, "servers", fleet.base_name, group)

    @property
    def ids(self) -> set[str]:
        """The known ids of the new servers."""
        return {server_id for server_id in self.created.values() if server_id} | self.adopted

    @property
    def pending_count(self) -> int:
        """Number of new servers whose id is not known yet."""
        return sum(1 for server_id in self.created.values() if server_id is None)

    def steps(
        self,
        missing: int,
        body: Entity,
        predict: t.Callable[[], None],
        path: str | None = None,
        operation: str = "create",
    ) -> list[Step]:
        """Return a create for each missing server. path: where to send it, if not to the link of the group.

        operation: the operation of the steps.
        """
        self._warn_of_other_groups()
        ids_before = {server_result.server_id(server) for server in self._fleet.group_servers}
        if not self._sent:
            self._ids_before = ids_before
        steps = (
            self._step(number, missing, body, predict, path, ids_before, operation) for number in range(1, missing + 1)
        )
        return list(steps)

    def _send(self, path: str, body: Entity) -> ApiResponse:
        """Send a create. It is recorded before, so that the next run waits until reads return the server if this run is killed."""
        self._count_sent(1)
        try:
            return self._fleet.task.client.post(path, body)
        except ResponseLost:
            raise
        except ClcError:
            self._count_sent(-1)
            raise

    def _count_sent(self, number: int) -> None:
        if self._fleet.selector.add:
            return  # each run creates servers
        with self._lock:
            self._sent += number
            if self._sent:
                self._record.begin()
            else:
                self._record.remove()

    def _data(self) -> dict[str, t.Any]:
        return {"ids_before": sorted(self._ids_before), "sent": self._sent}

    def interrupted(self) -> PendingCreate | None:
        """Return the creates of an earlier run, if reads do not return all of its servers yet."""
        pending = None if self._fleet.selector.add else self._record.load()
        if pending is None:
            return None
        before = set(pending.data.get("ids_before") or ())
        new = [server for server in self._fleet.members if server_result.server_id(server) not in before]
        return pending if len(new) < int(pending.data.get("sent") or 0) else None

    def forget(self) -> None:
        """Remove the record of creates that have ended."""
        self._record.remove()

    @property
    def is_remembered(self) -> bool:
        """Whether the next run will wait for the servers that this run has started to create."""
        return self._record.is_kept

    def resolve_ids(self) -> None:
        """Resolve the ids of new servers from the uuid in the links of servers, or by reading the uuid."""
        servers = [*self._fleet.group_servers, *self._fleet.members]
        by_uuid = {server_result.uuid_of(server): server_result.server_id(server) for server in servers}
        for uuid, server_id in self.created.items():
            if server_id is None:
                self.created[uuid] = by_uuid.get(uuid) or self._read_id(uuid)

    def wait_until_visible(self) -> None:
        """Wait until new servers are listed, but not until they are built, so that a second run finds them."""

        def all_resolved() -> bool | None:
            self.resolve_ids()
            return None if self.pending_count else True

        self._fleet.task.wait_for(all_resolved, APPEARS_SECONDS)

    def addresses_ready(self) -> bool:
        """Return whether all servers of this run have an IP address, which can take some seconds, or the time for it is over."""
        without_address = [
            server
            for server in self._fleet.members
            if server_result.server_id(server) in self.ids
            and server_result.details(server)
            and not server_result.primary_address(server)
        ]
        if not without_address:
            return True
        if self._addresses_until is None:
            self._addresses_until = time.monotonic() + APPEARS_SECONDS
        return time.monotonic() >= self._addresses_until

    def _read_id(self, uuid: str) -> str | None:
        try:
            return server_result.server_id(self._fleet.task.client.get(self._paths[uuid]).body)
        except NotFound:
            return None

    def _warn_of_other_groups(self) -> None:
        """Before a server is created, warn of servers with this base name in other groups, which are not part of the fleet."""
        fleet = self._fleet
        if fleet.group is None:
            return
        other_groups = {
            server_id: format_path(node.path)
            for node in tree.nodes_from(root_group(fleet.task, fleet.task.data_center))
            if node.id != fleet.group.id
            for server_id in tree.server_ids(node.group)
            if fleet.matches_fleet(server_id)
        }
        if other_groups:
            servers = format_list(f"{server_id} in '{path}'" for server_id, path in sorted(other_groups.items()))
            fleet.task.warn(
                f"Servers with the base name '{fleet.base_name}' in other groups are not counted: {servers}."
            )

    def _step(
        self,
        number: int,
        missing: int,
        body: Entity,
        predict: t.Callable[[], None],
        path: str | None,
        ids_before: set[str],
        operation: str,
    ) -> Step:
        label = f"server '{self._fleet.base_name}' ({number} of {missing}) in group '{self._group_label()}'"
        create_path = path or self._linked_path(label)
        return Step(
            operation,
            label,
            send=lambda: self._send(create_path, body),
            predict=predict,
            identity=self._identity(number),
            effect="created",
            parse=self._parse_response,
            recover=lambda error: self._recover(error, ids_before),
        )

    def _identity(self, number: int) -> tuple[t.Hashable, ...]:
        """Identify a create by the fleet and its number among those that are missing.

        If one of three new servers is visible, two are still planned; they are the first two of the three that were sent.
        """
        group = self._fleet.group
        return ("server", self._fleet.base_name, group.id if group else None, number)

    def _linked_path(self, label: str) -> str:
        group = self._fleet.group
        if group is None:
            return ""  # in check mode, if the group does not exist yet and nothing is sent
        href = links.href_of(group.group, "createServer")
        if href is None:
            raise InvalidTaskError(
                "the service does not allow servers in this group",
                action="create",
                target=label,
                help_text="Set group to another group.",
            )
        return self._fleet.task.client.href_to_path(href)

    def _group_label(self) -> str:
        group, group_spec = self._fleet.group, self._fleet.task.option("group")
        if group:
            return format_path(group.path) or str(group.group["name"])
        return group_spec if isinstance(group_spec, str) else format_path(group_spec)

    def _parse_response(self, response: ApiResponse) -> QueueResult:
        queued = parse_queue_response(self._fleet.task.client, response, (str(self._fleet.base_name),))
        for job in queued.jobs:
            self._keep(job)
        return queued

    def _keep(self, job: Job) -> None:
        if job.self_id and job.self_path:
            self.created[job.self_id.lower()] = None
            self._paths[job.self_id.lower()] = job.self_path

    def _recover(self, error: ResponseLost, ids_before: set[str]) -> QueueResult:
        """If the response to a create was lost, adopt a new member that no other create accounts for; never send it again."""
        fleet = self._fleet

        def find_created() -> str | None:
            fleet.find()
            known_ids = ids_before | self.ids
            new_ids = [
                server_id
                for server_id in sorted(map(server_result.server_id, fleet.members))
                if server_id not in known_ids
            ]
            return new_ids[0] if len(new_ids) > self.pending_count else None

        help_text = (
            "The server may still have been created. Check the group with server_info before you run the task again."
        )
        server_id = wait_for_effect(fleet.task, error, find_created, help_text)
        self.adopted.add(server_id)
        fleet.task.warn(
            f"The response to a create request was lost. The new server {server_id} is assumed to be its result."
        )
        return QueueResult()
