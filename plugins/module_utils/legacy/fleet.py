# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers that clc_server counts and creates: any server of a group; those with the lowest ids are deleted first.

It counts the active and started servers directly in count_group, with any name, and, unlike the original module, servers under
construction, so that two consecutive runs do not build twice. A stopped or paused server is not counted, as in the original
module, since playbooks rely on its replacement; a warning reports it.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass

from ..api import tree
from ..api.errors import InvalidTaskError, NoSuchResource
from ..kit import problems
from ..kit.lookup import format_list
from ..kit.predicted import exists, is_placeholder
from ..kit.resource import Entity
from ..kit.steps import Step
from ..kit.task import Task
from ..resources.account import data_center
from ..resources.policy import alert_policy
from ..resources.server import fields as server_fields
from ..resources.server import policies as server_policies
from ..resources.server import public_ips as server_public_ips
from ..resources.server import result as server_result
from ..resources.server.fields import BARE_METAL
from ..resources.server.selection import Selector
from ..resources.server.server import BUILDING, Servers
from .clc_group import visible
from .networks import find_network


@dataclass(frozen=True)
class ServerCount:
    """Desired number of servers: `additional` ones, or between `minimum` and `maximum`. None means no limit."""

    additional: int | None = None
    minimum: int | None = None
    maximum: int | None = None


def find_group(task: Task, group_spec: str) -> tree.GroupNode | None:
    """Return the group with an id, name, or description, case-insensitive; None if it does not exist.

    The search order is that of the original module: direct children of the root first, then the others depth-first. The first
    match is returned, and a warning lists further ones. The root itself never matches.
    """

    def matches(node: tree.GroupNode) -> bool:
        names = (node.id, node.group.get("name"), node.group.get("description"))
        return group_spec.lower() in [str(name or "").lower() for name in names]

    nodes = visible(task, task.data_center)[1:]
    matching = sorted(filter(matches, nodes), key=lambda node: len(node.path) > 1)
    if len(matching) > 1:
        first, others = "/".join(matching[0].path), format_list(f"'{'/'.join(node.path)}'" for node in matching[1:])
        task.warn(f"'{group_spec}' matches more than one group. The first one, '{first}', is used; others: {others}.")
    return matching[0] if matching else None


def require_group(task: Task, group_spec: str) -> tree.GroupNode | None:
    """Return an existing group; None in check mode if an earlier task may create it. Raises NoSuchResource."""

    def lookup() -> tree.GroupNode:
        node = find_group(task, group_spec)
        if node is None:
            raise NoSuchResource(
                f"group '{group_spec}' does not exist in {task.data_center}",
                action="find",
                target="the group",
                help_text="Create it first, or check location and account_alias.",
            )
        return node

    return task.resolve_reference(lookup, None)


class LegacyFleet(Servers):
    """Servers of a group, created or deleted until their number is as desired; existing servers are not changed."""

    identified_by = ()  # the legacy modules count servers of any name, and validate their options themselves
    selecting = Selector(None, frozenset({"active"}), started_only=True, newest_first=False)

    def __init__(
        self, task: Task, group: tree.GroupNode | None, target: tree.GroupNode | None, count: ServerCount
    ) -> None:
        super().__init__(task, Selector(str(task.option("name") or "")))
        self.group, self.target, self.count = group, target, count
        self.to_create: int | None = None
        self.to_delete: frozenset[str] = frozenset()

    # Current state

    def find(self) -> None:
        super().find()
        member_ids = [server_result.server_id(server) for server in self.members]
        self.members += [
            server
            for server in self.group_servers
            if server_result.server_id(server) in self.to_delete and server["id"].lower() not in member_ids
        ]

    def _find_group(self, data_center: str) -> tree.GroupNode | None:
        return self.group

    def created_servers(self) -> list[Entity]:
        """Return the current entities of the servers that this run has created, sorted by id."""
        return [server for server in self.group_servers if server_result.server_id(server) in self.creator.ids]

    def matches_fleet(self, server_id: str) -> bool:
        """Return false, since names are not compared: no warning about the same name in other groups."""
        return False

    def is_stable(self) -> bool:
        """Return whether the servers that this run has created are built; others are not waited for."""
        if self.creator.pending_count or any(server["status"] in BUILDING for server in self.created_servers()):
            return False
        return self.creator.addresses_ready()

    # Desired number

    def plan(self) -> list[Step]:
        """Return the steps that create or delete servers; `Completion` adds addresses and policies to new ones."""
        return self._sizing()

    def _sizing(self) -> list[Step]:
        """Decide on the number once per run; afterwards completed steps are counted, since new servers may be listed late."""
        if self.to_create is None:
            self.to_create = self._decide()
        missing = self.to_create - sum(1 for step in self.done if step.effect == "created")
        if missing > 0:
            body = self.creation_body()
            return self.creator.steps(missing, body, lambda: self.members.append(self.predicted(body)))
        return [
            self._delete_step(server)
            for server in self.members
            if exists(server) and server_result.server_id(server) in self.to_delete and server["status"] == "active"
        ]

    def _decide(self) -> int:
        if self.count.additional is not None:
            return self.count.additional
        counted = [server for server in self.group_servers if self.selecting.counts(server, "")]
        building = [server for server in self.group_servers if server["status"] in BUILDING]
        existing = len(counted) + len(building)
        if self.count.minimum is not None and existing < self.count.minimum:
            self._warn_about_stopped()
            return self.count.minimum - existing
        if self.count.maximum is not None and existing > self.count.maximum:
            ordered = sorted(counted, key=server_result.server_id)
            surplus = ordered[: existing - self.count.maximum]
            self.to_delete = frozenset(map(server_result.server_id, surplus))
            member_ids = set(map(server_result.server_id, self.members))
            self.members += [server for server in surplus if server_result.server_id(server) not in member_ids]
        return 0

    def _warn_about_stopped(self) -> None:
        stopped = [
            server_result.server_id(server)
            for server in self.group_servers
            if server["status"] == "active" and not self.selecting.counts(server, "")
        ]
        if stopped:
            self.task.warn(f"Only started servers are counted. These servers are not started: {format_list(stopped)}.")

    # Creation

    def creation_body(self) -> Entity:
        """Return the body of a create. Names in the task are resolved only when a server is created."""
        self._check_group()
        if not self.task.option("name"):
            raise problems.missing_options("servers", ["name"], hint="Set name to the base name of new servers.")
        is_bare_metal, options = self.task.option("type") == BARE_METAL, self.task.params
        resolved = {
            "template": None if is_bare_metal or not options.get("template") else self._template(options["template"]),
            "network": None if is_bare_metal and not options.get("network") else self._network(options.get("network")),
            "os_type": self._os_type(options["os_type"]) if is_bare_metal and options.get("os_type") else None,
        }
        description = options.get("description") or options["name"]  # as the original module sent it
        ignored = ("cpu", "memory_gb", "storage_type") if is_bare_metal else ("configuration_id",)
        task = self.task.with_options({**options, **resolved, "description": description, **dict.fromkeys(ignored)})
        self._check_alert_policies()
        return server_fields.creation_body(task, self.group.id if self.group else None)

    def check_references(self, step: Step) -> None:
        """Check nothing more: `creation_body` has found the template, of which the task may give only a part of the name."""

    def _check_alert_policies(self) -> None:
        """Raise an error for an unknown alert policy before any server is created."""
        no_ids: list[str] = []
        for name in self.task.option("alert_policies") or []:
            self.task.resolve_reference(functools.partial(alert_policy.ids_of, self.task, [name]), no_ids)

    def _check_group(self) -> None:
        """Raise an error if servers are created in another group than they are counted in."""
        if self.count.additional is None and self.group and (self.target is None or self.group.id != self.target.id):
            target = "/".join(self.target.path) if self.target else self.task.option("group")
            raise InvalidTaskError(
                f"group is '{target}' but count_group is '{'/'.join(self.group.path)}', so new servers would never be counted",
                action="scale",
                target="servers",
                help_text="Use the same group for both.",
            )

    def _capability(self, kind: str) -> list[Entity]:
        """Return an entry of the data center's capabilities for new servers."""
        entities: list[Entity] = data_center.capabilities(self.task, self.task.data_center).get(kind) or []
        return entities

    def _template(self, part: str) -> str:
        """Return the template with a name, or else the first one whose name contains it, case-insensitive."""
        names = [str(template["name"]) for template in self._capability("templates")]
        return self._find_by_part("template", part, names)

    def _os_type(self, part: str) -> str:
        """Return the operating system for bare metal with a name, or else the first one whose name contains it."""
        location = tree.data_center(self.task.client, self.task.account, self.task.data_center)
        systems = (data_center.bare_metal(self.task, location) or {}).get("operatingSystems") or []
        return self._find_by_part("operating system for bare metal", part, [str(system["type"]) for system in systems])

    def _find_by_part(self, kind: str, part: str, names: t.Sequence[str]) -> str:
        matches = [name for name in names if part.lower() in name.lower()]
        exact = [name for name in matches if name.lower() == part.lower()]
        if not matches:
            raise NoSuchResource(
                f"{kind} '{part}' does not exist in {self.task.data_center}",
                action="find",
                target=f"the {kind}",
                help_text=f"Available: {format_list(names) or 'none'}.",
            )
        if len(matches) > 1 and not exact:
            self.task.warn(f"'{part}' matches more than one {kind}. The first one is used: {format_list(matches)}.")
        return (exact or matches)[0]

    def _network(self, identifier: str | None) -> str | None:
        """Return the id of the network with an id, a name, or a range; defaults to the first deployable network."""
        if identifier is not None and is_placeholder(identifier):
            return identifier
        if identifier and "/" in identifier:
            return str(find_network(self.task, identifier)["id"])
        if identifier:
            return data_center.network_id(self.task, self.task.data_center, identifier)
        first = next(iter(self._capability("deployableNetworks")), None)
        return str(first["networkId"]) if first else None


class Completion(Servers):
    """Alert policies and public IP addresses of new servers, added together after all servers have been built.

    The failure of one server does not affect the others.
    """

    def __init__(self, task: Task, server_ids: t.Sequence[str]) -> None:
        options = {name: task.option(name) for name in ("alert_policies", "public_ip", "wait_timeout")}
        super().__init__(task.with_options({**options, "server_ids": server_ids}))

    def plan(self) -> list[Step]:
        return [step for server in self._active() for step in self._attach_steps(server)]

    def _attach_steps(self, server: Entity) -> list[Step]:
        return [*server_policies.steps(self.task, server), *server_public_ips.steps(self.task, server)]
