# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: fleets with a base name in a group, or servers by id; created, updated, powered, archived, deleted.

This file finds the servers and orders the steps; the steps themselves are in creation.py, changes.py, networks.py, policies.py,
public_ips.py, and power.py.

API behavior (compute.yaml; docs/wire-notes.md, sections 2 and 3): a server has the status underConstruction while it is built and
active afterwards; the service does not keep the group of an archived server.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import typing as t

from ...api import tree
from ...api.errors import ClcError, HttpStatusError, InvalidTaskError, JobError
from ...api.jobs import Job
from ...kit.lookup import format_list
from ...kit.pending import PendingCreate
from ...kit.predicted import is_placeholder, reference
from ...kit.resource import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task
from ..account import require_template, template_names
from ..server_group import resolve_group
from . import deletions
from . import fields as server_fields
from . import policies as server_policies
from . import power as server_power
from . import public_ips as server_public_ips
from . import result as server_result
from . import selection as server_selection
from ._shared import read_servers, related_path, require_all
from .changes import Changes
from .creation import ServerCreator
from .networks import Adapters

BUILDING = frozenset({"underConstruction", "queuedForRestore"})
CREATING_STATES = frozenset({"present", "started", "stopped", "paused"})


class Servers(Resource):
    """The servers of one task: a fleet (name and group) or the servers of server_ids."""

    title = "servers"
    identified_by: t.ClassVar[tuple[tuple[str, ...], ...]] = (("server_ids", "name"), ("server_ids", "group"))
    volatile = Resource.volatile | {"partitions", "host_name"}

    def __init__(self, task: Task, selector: server_selection.Selector | None = None) -> None:
        super().__init__(task)
        self.selector = selector or server_selection.Selector(task.option("name"))
        # A module that only creates servers has no option server_ids.
        self.by_ids = task.has_option("server_ids") and task.option("server_ids") is not None
        self.group: tree.GroupNode | None = None
        self.group_servers: list[Entity] = []
        self.members: list[Entity] = []
        # Servers that are queued for deletion.
        self._deleted: list[Entity] = []
        self.creator = ServerCreator(self)
        self._changes = Changes(task, lambda: self.done)
        self._adapters = Adapters(task)

    # Finding

    def find(self) -> None:
        if self.by_ids:
            self._find_by_ids()
        else:
            self._find_fleet()
        self.creator.resolve_ids()

    def _find_by_ids(self) -> None:
        servers = read_servers(self.task, self.task.option("server_ids"))
        existing = [server for server in servers.values() if server is not None]
        self.members = [server for server in existing if server["status"] != deletions.QUEUED]
        self._deleted = [server for server in existing if server["status"] == deletions.QUEUED]
        if self.task.state != "absent":
            self._check_not_deleted(self._deleted)
            require_all(self.task, servers)
        if self.task.option("group") is not None and self.members and self.group is None:
            self.group = self._find_group(self._members_data_center())

    @staticmethod
    def _check_not_deleted(servers: t.Sequence[Entity]) -> None:
        """Raise InvalidTaskError for servers that are being deleted, since a delete cannot be canceled."""
        if servers:
            raise InvalidTaskError(
                "the service is deleting it" if len(servers) == 1 else "the service is deleting them",
                action="manage",
                target=server_result.label(servers),
                help_text="Omit it from server_ids, or set state to absent.",
            )

    def _members_data_center(self) -> str:
        codes = sorted({str(server["locationId"]).upper() for server in self.members})
        if len(codes) > 1:
            raise InvalidTaskError(
                f"they are in different data centers: {format_list(codes)}",
                action="move",
                target="servers",
                help_text="Use one task per data center, since a group belongs to one data center.",
            )
        return codes[0]

    def _find_fleet(self) -> None:
        if self.group is None:
            self.group = self._find_group(self.task.data_center)
        if self.group is None:
            self.group_servers = []
        else:
            detailed = tree.group(self.task.client, self.task.account, self.group.id, detailed=True)
            self.group_servers = tree.servers_in(self.task.client, [detailed])[str(detailed["id"])]
        self.members = [server for server in self.group_servers if self.selector.counts(server, self._prefix())]
        queued = [server for server in self.group_servers if server["status"] == deletions.QUEUED]
        self._deleted = [server for server in queued if self.matches_fleet(server_result.server_id(server))]

    def _find_group(self, data_center: str) -> tree.GroupNode | None:
        group_spec = self.task.option("group")
        return self.task.resolve_reference(lambda: resolve_group(self.task, data_center, group_spec), None)

    def _prefix(self) -> str:
        return f"{self.task.data_center}{self.task.account}".lower()

    @property
    def base_name(self) -> str | None:
        """The base name of the fleet; None for any."""
        return self.selector.base_name

    def matches_fleet(self, server_id: str) -> bool:
        """Return whether an id matches the base name of the fleet."""
        return self.selector.pattern(self._prefix()).fullmatch(server_id) is not None

    # Errors of the service

    def option_names(self) -> t.Mapping[str, str]:
        names = server_fields.NAMES
        is_copy = self.task.option("template") is None and self.task.has_option("source_server")
        return {**names, "sourceServerId": "source_server"} if is_copy else names

    def check_references(self, step: Step) -> None:
        """Raise for a template that the data center does not have. Its id may also be that of a server to clone."""
        if step.effect != "created" or not self.task.has_option("template"):
            return
        name = self.task.option("template")
        if name is None or self.task.option("source_server_password") is not None:
            return
        require_template(self.task, self.task.data_center, str(name))

    def explain(self, error: HttpStatusError) -> None:
        """Also list the templates of the data center, if the service rejects the template. Sends up to two requests then."""
        super().explain(error)
        rejected = {key.removeprefix("body.").lower() for key in error.model_state}
        if "sourceserverid" in rejected and self.option_names()["sourceServerId"] == "template":
            with contextlib.suppress(ClcError):
                names = format_list(template_names(self.task, self.task.data_center))
                error.help_text = f"Available templates in {self.task.data_center}: {names or 'none'}."

    # Waiting

    def is_stable(self) -> bool:
        if self.creator.pending_count:
            return False
        if self.task.state == "absent" and not deletions.are_finished(self.task, self._deleted_by_others()):
            return False
        awaited = [server for server in self.members if not self._is_stuck(server)]
        building = [server for server in awaited if server["status"] in BUILDING]
        if building and not self.task.seconds_left:
            raise JobError(
                f"not built within wait_timeout, {self.task.wait_timeout} s",
                action="wait for",
                target=server_result.label(building),
                help_text="Increase wait_timeout. If the job has failed, the server stays like this: delete it.",
            )
        if building:
            return False
        return self.creator.addresses_ready()

    def _deleted_by_others(self) -> list[Entity]:
        """Return the servers whose deletion this run has not waited for as one of its own jobs."""
        own = {server_id for step in self.done if step.effect == "removed" for server_id in step.target_ids}
        return [server for server in self._deleted if server_result.server_id(server) not in own]

    def _is_stuck(self, server: Entity) -> bool:
        """Return whether a server has been under construction for longer than wait_timeout, as failed builds are; then warn."""
        created = (server.get("changeInfo") or {}).get("createdDate")
        # The start of a restore is unknown: the server itself was created long before.
        if server["status"] != "underConstruction" or not created:
            return False
        is_stuck = (deletions.seconds_since(created) or 0.0) > self.task.wait_timeout
        if is_stuck:
            self.task.warn_once(
                f"Server {server['id']} has been {server['status']} since {created}, longer than wait_timeout. It counts "
                "towards the fleet, but the task does not wait for it."
            )
        return is_stuck

    def interrupted_create(self) -> PendingCreate | None:
        return None if self.by_ids else self.creator.interrupted()

    def forget_create(self) -> None:
        self.creator.forget()

    @property
    def is_create_remembered(self) -> bool:
        return self.creator.is_remembered

    def submitted(self, jobs: t.Sequence[Job]) -> None:
        self.creator.wait_until_visible()

    # Planning

    def plan(self) -> list[Step]:
        """Scale and update first, then add policies and networks, then public addresses, and set the power state last."""
        state = self.task.state
        if state == "absent":
            return self._delete_steps(self.members)
        if state == "archived":
            return server_power.archive_steps(self.task, self.members, self._remove_archived)
        archived = [server for server in self.members if server["status"] == "archived"] if self.by_ids else []
        restores = [self._restore_step(server) for server in archived]
        scaling = [] if self.by_ids or state not in CREATING_STATES else self._scale_steps()
        deleted_ids = {server_id for step in scaling if step.effect == "removed" for server_id in step.target_ids}
        active = [server for server in self._active() if server_result.target_ids(server)[0] not in deleted_ids]
        first = [*restores, *scaling, *self._update_steps(active)]
        # Always planned, so that invalid options raise an error before anything is changed.
        later = (
            *self._completion_steps(active),
            server_power.power_steps(self.task, active, self.done),
            server_power.maintenance_steps(self.task, active),
        )
        return first or next(filter(None, later), [])

    def _active(self) -> list[Entity]:
        return [server for server in self.members if server["status"] == "active"]

    def _completion_steps(self, servers: t.Sequence[Entity]) -> tuple[list[Step], list[Step]]:
        """Return the steps for built servers: those for policies and networks, and those for public addresses, which are later."""
        attach = [step for server in servers for step in self._attach_steps(server)]
        return attach, [step for server in servers for step in server_public_ips.steps(self.task, server)]

    def _attach_steps(self, server: Entity) -> list[Step]:
        return [*server_policies.steps(self.task, server), *self._adapters.steps(server)]

    def _remove_archived(self, server: Entity) -> None:
        """Remove a server from the fleet that is predicted as archived, since it leaves the group."""
        if not self.by_ids:
            self.members.remove(server)

    def _update_steps(self, servers: t.Sequence[Entity]) -> list[Step]:
        """Return the updates of servers, except for predicted ones, which have the desired values."""
        group_id = self._target_group_id if self.by_ids else None
        steps = [
            self._changes.step(server, group_id, is_new=server_result.server_id(server) in self.creator.ids)
            for server in servers
            if not server.get("isNew")
        ]
        return [step for step in steps if step is not None]

    @property
    def _target_group_id(self) -> str | None:
        """Id of the group to move servers of server_ids to; None if group is omitted."""
        return None if self.task.option("group") is None else self.group_id

    @property
    def group_id(self) -> str:
        """Id of the group; a placeholder if it does not exist yet."""
        return self.group.id if self.group else reference(self.task, "group", self.task.option("group"))

    # Scaling

    def _scale_steps(self) -> list[Step]:
        missing = self._missing_count()
        if missing > 0:
            body = self.creation_body()
            self._completion_steps([self.predicted(body)])
            return self.creator.steps(missing, body, lambda: self.members.append(self.predicted(body)))
        return self._surplus_steps(-missing) if missing < 0 and not self.selector.add else []

    def _missing_count(self) -> int:
        """Return the number of servers to create; negative if there are too many."""
        count = self.task.option("count")
        if self.selector.add:
            return int(count or 0) - len(self.creator.created) - len(self.creator.adopted)
        # If the task does not wait, a new server may not be listed yet and its prediction be among the members.
        predicted = sum(1 for server in self.members if server.get("isNew"))
        existing = len(self.members) + max(0, self.creator.pending_count - predicted)
        if count is None:
            return 0 if existing else 1
        return int(count) - existing

    def creation_body(self) -> Entity:
        """Return the body of a create."""
        return server_fields.creation_body(self.task, self.group_id)

    def predicted(self, body: Entity) -> Entity:
        """Return a new server as predicted from the body that creates it."""
        number = 1 + sum(1 for server in self.members if server.get("isNew"))
        return server_fields.predicted(self.task, body, number)

    def _surplus_steps(self, surplus: int) -> list[Step]:
        """Delete surplus servers, the newest first, if that is allowed and none of their ids is ambiguous."""
        total, count = len(self.members), self.task.option("count")
        label = f"servers '{self.base_name}' down to {count}"
        if not self.task.option("allow_removal"):
            raise InvalidTaskError(
                f"{total} exist and allow_removal is false",
                action="scale",
                target=label,
                help_text="Set allow_removal to true to delete the newest ones, or increase count.",
            )
        built = [server for server in self.members if server["status"] not in BUILDING]
        if len(built) < surplus:
            raise InvalidTaskError(
                f"{surplus} of {total} are surplus, but only {len(built)} of {total} have been built and can be deleted",
                action="scale",
                target=label,
                help_text="Run the task again later.",
            )
        ordered = sorted(built, key=server_selection.age, reverse=self.selector.newest_first)
        return self._delete_steps(ordered[:surplus])

    # Deleting and restoring

    def _delete_steps(self, servers: t.Sequence[Entity]) -> list[Step]:
        to_delete = [server for server in servers if server["status"] in ("active", "archived")]
        if not self.by_ids and not self.task.option("long_numbers"):
            self.selector.check_not_ambiguous(to_delete, self._prefix())
        return [self._delete_step(server) for server in to_delete]

    def _delete_step(self, server: Entity) -> Step:
        server_id = server_result.server_id(server)
        return Step(
            "delete",
            f"server {server_id}",
            send=lambda: self.task.client.delete(
                related_path(self.task, server),
                is_deleted=lambda body: isinstance(body, dict) and body.get("status") == deletions.QUEUED,
            ),
            predict=lambda: self.members.remove(server),
            target_ids=(server_id,),
            effect="removed",
        )

    def _restore_step(self, server: Entity) -> Step:
        server_id, group_id = server_result.server_id(server), self._target_group_id
        if group_id is None:
            raise InvalidTaskError(
                "the service does not keep the group of an archived server",
                action="restore",
                target=f"server {server_id}",
                help_text="Set group.",
            )
        self._completion_steps([server])
        return Step(
            "restore",
            f"server {server_id}",
            send=lambda: self.task.client.post(related_path(self.task, server, "restore"), {"targetGroupId": group_id}),
            predict=lambda: self._predict_restored(server, group_id),
            target_ids=(server_id,),
        )

    @staticmethod
    def _predict_restored(server: Entity, group_id: str) -> None:
        """Predict a restored server: it has its former size, which an archived server does not return; its power is unknown."""
        unknown = {"cpu": None, "memoryMB": None, "powerState": None}
        server.update(status="active", groupId=group_id, details={**server_result.details(server), **unknown})

    # Result

    def show(self) -> dict[str, t.Any]:
        servers = sorted(
            map(server_result.to_result, self.members), key=lambda server: (is_placeholder(server["id"]), server["id"])
        )
        created = sum(1 for step in self.done if step.effect == "created")
        predicted_ids = [server_result.server_id(server) for server in self.members if server.get("isNew")]
        created_ids = [*sorted(self.creator.ids), *predicted_ids]
        return {
            "servers": servers,
            "created_ids": [*created_ids, *[None] * (created - len(created_ids))],
            "changed_ids": self._ids_with_effect("changed"),
            "removed_ids": self._ids_with_effect("removed"),
        }

    def _ids_with_effect(self, effect: str) -> list[str]:
        """Return the target ids of the steps with an effect."""
        return sorted({server_id for step in self.done if step.effect == effect for server_id in step.target_ids})
