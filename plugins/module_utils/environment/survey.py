# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an account has, by kind, in the form in which the info modules return it.

Each list is read once: one tree for each data center, one list for each kind, and what the service has no lists of for each group,
server, or address.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace

from ..api import links, tree
from ..api.errors import NotFound
from ..api.pool import map_concurrently
from ..kit.task import Task
from ..resources.server_group import matching_groups, root_group
from .declared import INFO_MODULES
from .kinds import BY_NAME, Kind

# A result of an info module: group, server, policy, ...
Entry = dict[str, t.Any]
# Types of groups that the service creates, and with them what is in them.
_SYSTEM_TYPES = frozenset({"archive", "template", "templates"})


@dataclass(frozen=True)
class Group:
    """A group of a survey. path: the names from below the root down to it. is_selected: whether the survey includes it."""

    entry: Entry
    path: tuple[str, ...]
    is_selected: bool

    @property
    def data_center(self) -> str:
        """Code of its data center."""
        return str(self.entry["data_center"])


@dataclass
class Survey:
    """What an account has in some data centers, and of their groups, servers, and what these have, in the selected groups.

    select: returns the ids of selected groups of a data center, with which those below them are selected; None for all.
    """

    task: Task
    data_centers: t.Sequence[str]
    select: t.Callable[[str], t.Collection[str]] | None = None
    _entries: dict[str, list[Entry]] = field(default_factory=dict)
    _groups: dict[str, Group] | None = None

    @property
    def groups(self) -> dict[str, Group]:
        """The groups but those of the service itself, by id, parents first. Sends up to two requests per data center."""
        if self._groups is None:
            found = map_concurrently(self._groups_of, self._codes(BY_NAME["server_groups"]))
            self._groups = {group.entry["id"]: group for groups in found for group in groups}
        return self._groups

    def _groups_of(self, data_center: str) -> list[Group]:
        selected = self.select(data_center) if self.select else None
        groups: dict[str, Group] = {}
        top_id = None
        for entry in self._gather(BY_NAME["server_groups"], {"data_center": data_center}):
            parent_id, parent = entry["parent_id"], groups.get(entry["parent_id"])
            top_id = entry["id"] if parent_id is None else top_id
            is_below_system = parent is None and parent_id != top_id
            if parent_id is None or is_below_system or entry["type"] in _SYSTEM_TYPES:
                continue
            is_selected = selected is None or entry["id"] in selected or (parent is not None and parent.is_selected)
            path = (*(parent.path if parent else ()), str(entry["name"]))
            groups[entry["id"]] = Group({**entry, "path_names": [*path]}, path, is_selected)
        return list(groups.values())

    def entries(self, kind: Kind) -> list[Entry]:
        """Return what the account has of a kind; of groups and servers, and of what these have, what is selected."""
        if kind.name not in self._entries:
            self._entries[kind.name] = self._read(kind)
        return self._entries[kind.name]

    def _read(self, kind: Kind) -> list[Entry]:
        reading = kind.reading
        if kind.name == "server_groups":
            return [group.entry for group in self.groups.values() if group.is_selected]
        if reading.within:
            return [
                {**part, "data_center": whole["data_center"], "of": whole}
                for whole in self.entries(BY_NAME[reading.each])
                for part in whole[reading.within]
            ]
        lists = map_concurrently(lambda options: self._gather(kind, options), self._questions(kind))
        found = [entry for entries in lists for entry in entries if all(entry.get(key) for key in reading.has)]
        return [entry for entry in found if self._is_within(kind, entry)]

    def _questions(self, kind: Kind) -> list[Entry]:
        """Return the options with which the info module of a kind is asked, once each."""
        reading = kind.reading
        if reading.each == "account":
            return [dict(reading.params)]
        if reading.each == "data_center":
            return [{**reading.params, "data_center": code} for code in self._codes(kind)]
        option, key = reading.by
        asked = [entry for entry in self.entries(BY_NAME[reading.each]) if _has(entry, reading.only)]
        return [{**reading.params, option: entry[key], "data_center": entry.get("data_center")} for entry in asked]

    def _codes(self, kind: Kind) -> t.Sequence[str]:
        """Return the data centers in which a kind is read: those with selected groups for what belongs to groups."""
        if self.select is None or not kind.span or kind.name == "load_balancers":
            return self.data_centers
        return [code for code in self.data_centers if self.select(code)]

    def _is_within(self, kind: Kind, entry: Entry) -> bool:
        if kind.name == "servers":
            group = self.groups.get(entry["group_id"])
            return group is not None and group.is_selected
        return entry.get("data_center") in (None, *self.data_centers)

    def _gather(self, kind: Kind, options: Entry) -> list[Entry]:
        """Return what the info module of a kind returns; nothing if the service does not have its list in a data center."""
        module = INFO_MODULES[kind.info_module]
        task = replace(
            self.task,
            params={name: options.get(name, option.get("default")) for name, option in module.argument_spec.items()},
            module=kind.info_module,
            options=frozenset(module.argument_spec),
        )

        def gather() -> list[Entry]:
            try:
                return list(module.gather(task))
            except NotFound:
                return []

        # Two kinds may ask the same, and of what does not exist, no response is kept.
        entries: list[Entry] = task.cached(("gathered", kind.info_module, repr(options)), gather)
        return entries


def _has(entry: Entry, desired: t.Mapping[str, t.Any]) -> bool:
    return all(bool(entry[key]) if value is None else entry[key] == value for key, value in desired.items())


def data_centers(task: Task) -> list[str]:
    """Return the codes of all data centers in which the account has groups. Sends one request."""
    found = tree.data_centers(task.client, task.account)
    return [str(entity["id"]).upper() for entity in found if links.href_of(entity, "group")]


def groups_named(task: Task, data_center: str, group_spec: t.Any) -> list[str]:
    """Return the ids of the groups of a data center that an id, a path, or a name identifies. Sends up to two requests."""
    top = root_group(replace(task, params={"data_center": data_center}, options=None), data_center)
    return [node.id for node in matching_groups(tree.nodes_from(top), group_spec)]
