# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Items as tasks of their modules: fleets become ids and addresses of servers, and each item gets the resources that manage it.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ..api.errors import InvalidTaskError, NoSuchResource
from ..kit.predicted import has_placeholder, is_placeholder
from ..kit.resource import Entity, Resource
from ..kit.task import Task
from ..resources.server import server_references, server_result
from .declared import MODULES
from .items import Item, Options, names_fleet, reference_data_center


@dataclass
class ItemTask(Task):
    """A task of the module of an item.

    planned: references to what other items of the data create first. frees: whether items that use this one are deleted first.
    """

    planned: frozenset[str] = field(default_factory=frozenset)
    frees: bool = False

    def raise_missing(self, error: NoSuchResource) -> None:
        """Raise the error unless the data or an earlier task creates what is missing, or there is nothing to delete below it."""
        is_created = error.requested in self.planned or has_placeholder(error.cause)
        if not self.predicting or not (is_created or self.state == "absent"):
            raise error

    def raise_in_use(self, error: InvalidTaskError) -> None:
        """Raise the error unless the plan deletes, before, what uses the resource."""
        if not self.predicting or not self.frees:
            raise error


@dataclass
class Workshop:
    """Creates the resources of items for one stage of a run: planning, or carrying out.

    task: that of the module. is_planning: whether the resources only predict. cache: what they have looked up, see Task.cached;
    emptied when the service may have changed. warn: takes their warnings. fleets: the resources of fleets of the data, which know
    their servers.
    """

    task: Task
    is_planning: bool
    warn: t.Callable[[str], None]
    report: t.Callable[[str], None]
    cache: dict[t.Any, t.Any] = field(default_factory=dict)
    fleets: dict[Item, Resource] = field(default_factory=dict)
    created: set[Item] = field(default_factory=set)

    def resources(self, item: Item) -> list[Resource]:
        """Return the resources of an item: one, or one for each server of the fleet that it names."""
        made = [self.resource(item, options) for options in self.expanded(item)]
        if item.kind.name == "servers":
            self.fleets[item] = made[0]
        return made

    def resource(self, item: Item, options: Options) -> Resource:
        """Return the resource of an item with these options of its module."""
        return MODULES[item.kind.module].resource(self.item_task(item, options))

    def item_task(self, item: Item, options: Options, name: str | None = None) -> ItemTask:
        """Return the task of an item with these options of its module, or of the module with this name."""
        task, name = self.task, name or item.kind.module
        planned = {value for value, target in item.references if target in self.created}
        return ItemTask(
            client=task.client,
            params={**options, "wait": True, "wait_timeout": task.wait_timeout},
            module=name,
            options=frozenset(MODULES[name].argument_spec),
            check_mode=self.is_planning,
            diff_mode=True,
            warn=self.warn,
            report=self.report,
            deadline=task.deadline,
            lock=task.lock,
            hidden=task.hidden,
            host=task.host,
            pending=task.pending,
            _cache=self.cache,
            planned=frozenset(planned),
            frees=item.is_absent and any(need.is_absent for need in item.needs),
        )

    # Fleets

    def members(self, item: Item, reference: Options) -> list[Entity]:
        """Return the servers of the fleet or group that an item names, sorted by id; those that a plan creates are last."""
        targets = [target for target in item.fleets_of(reference) if target in self.fleets]
        known = [server for target in targets for server in self.fleets[target].members]  # type: ignore[attr-defined]
        is_complete = bool(targets) and reference.get("server") is not None
        others = [] if is_complete else self._read_members(item, reference, targets)
        return sorted([*known, *others], key=lambda server: (is_placeholder(server["id"]), server["id"]))

    def _read_members(self, item: Item, reference: Options, known: t.Sequence[Item]) -> list[Entity]:
        """Return the servers of a fleet or group that the service has, without those of fleets that are known."""
        code, name, group = str(reference_data_center(item, reference)), reference.get("server"), reference["group"]
        task = self.item_task(item, item.options)
        found = task.resolve_reference(lambda: server_references.fleet(task, name, group, code), None)
        if found is None:
            return [server_references.first_of_fleet(task, name, group, code)] if has_placeholder(group) else []
        names = [target.options["name"] for target in known]
        return [server for server in found if not server_references.is_of_fleet(task, server, names, code)]

    def expanded(self, item: Item) -> list[Options]:
        """Return the options of the module of an item, with ids and addresses of servers in place of fleets.

        No options if the fleet has no servers.
        """
        kind, options = item.kind, dict(item.options)
        if item.leftover_name:
            return [options]
        if kind.servers:
            ids = [server_result.server_id(server) for server in self.members(item, options)]
            own = {name: value for name, value in options.items() if name not in ("server", "group", "data_center")}
            if kind.servers == "server_ids":
                return [{**own, "server_ids": ids}] if ids else []
            return [{**own, "server_id": server_id} for server_id in ids]
        for name in kind.addresses:
            if options.get(name) is not None:
                options[name] = [new for entry in options[name] for new in self._with_servers(item, entry)]
                if not options[name]:
                    return []
        return [self._with_nodes(item, options, kind.nodes) if kind.nodes else options]

    def _with_nodes(self, item: Item, options: Options, path: t.Sequence[str]) -> Options:
        entries = options.get(path[0])
        if entries is None:
            return options
        if path[1:]:
            return {**options, path[0]: [self._with_nodes(item, entry, path[1:]) for entry in entries]}
        return {**options, path[0]: [new for entry in entries for new in self._with_servers(item, entry)]}

    def _with_servers(self, item: Item, entry: t.Any) -> list[t.Any]:
        """Return an entry with the servers of the fleet that it names; nothing if the fleet has none."""
        if not names_fleet(entry):
            return [entry]
        own = {name: value for name, value in entry.items() if name not in server_references.KEYS}
        servers = [
            {"id": server_result.server_id(server), "ip_address": server_result.primary_address(server)}
            for server in self.members(item, entry)
        ]
        return [{**own, "servers": servers}] if servers else []


def without_servers(item: Item) -> Options:
    """Return the options of the module of an item before anything is read: nothing of a fleet is known."""
    kind, options = item.kind, dict(item.options)
    if kind.servers:
        options = {name: value for name, value in options.items() if name not in ("server", "group")}
        return {**options, kind.servers: [None] if kind.servers == "server_ids" else None}
    return options
