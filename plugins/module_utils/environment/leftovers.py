# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the account has within the span of the data and the data does not declare: reported, or deleted if `purge` names its kind.

The span of the data is the groups that it declares, with everything below them. A group that items only refer to is not part of it.
Things that are not in groups belong to the span by what they name: a firewall policy if all its sources or all its destinations are
addresses of servers in these groups, a load balancer if all its nodes are, a pool if the data declares its load balancer.

Decisions. Deletions come last, after everything else has succeeded, so that nothing is deleted in favor of something that could not
be built. A declared fleet never shrinks by purge: that is what its count and allow_removal are for. A group is only deleted if it
contains nothing that is not deleted with it. Kinds that no group and no address ties to the data, such as alert policies, cannot be
purged, since nothing says whose they are.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import typing as t

from ..api.errors import ClcError, InvalidOptionError
from ..kit.compare import network_of
from ..kit.lookup import format_list
from ..kit.predicted import exists
from ..kit.resource import Resource
from ..kit.task import Task
from .items import Item, Options, chosen_kinds
from .kinds import BY_NAME, KINDS, Kind
from .planning import Outcome, Plan
from .survey import Entry, Survey
from .workshop import Workshop

_PURGEABLE = tuple(kind.name for kind in KINDS if kind.span)
# A key of an entry, unique within its kind.
_Identity = tuple[str, tuple[str, ...]]


def purged_kinds(task: Task) -> set[str]:
    """Return the kinds that the option purge names. Raises InvalidOptionError for those that cannot be purged."""
    kinds = chosen_kinds(task.option("purge") or [], "purge")
    if kinds and task.state == "absent":
        raise InvalidOptionError("purge", "state absent deletes what the data declares", "Omit purge.")
    unsupported = sorted(kinds - {*_PURGEABLE})
    if unsupported:
        raise InvalidOptionError(
            "purge",
            f"nothing says which {format_list(unsupported)} belong to the data",
            f"Delete them with items whose state is absent. Kinds that can be purged: {', '.join(_PURGEABLE)}.",
        )
    missing = sorted(kind for kind in kinds if task.option(kind) is None)
    if missing:
        raise InvalidOptionError(
            "purge",
            f"the data has no list {format_list(missing)}",
            "Set the list, to an empty one if everything of this kind is to be deleted.",
        )
    return kinds


class Leftovers:
    """The entries within the span of a plan that no item of it manages. kinds: those to look for.

    declared: all items of the data, also those of kinds that the run leaves out.
    """

    def __init__(self, plan: Plan, workshop: Workshop, declared: t.Sequence[Item], kinds: t.Collection[str]) -> None:
        self._plan, self._workshop, self._declared = plan, workshop, [item for item in declared if not item.is_absent]
        self._managed = set(_managed(plan.outcomes.items()))
        groups = self._groups()
        codes = [*groups, *(str(item.data_center) for item in self._declared if item.kind.name == "load_balancers")]
        self._survey = Survey(workshop.task, [*dict.fromkeys(codes)], lambda code: groups.get(code, set()))
        self.found: dict[str, list[Entry]] = {}
        for kind in KINDS:
            if kind.name in kinds:
                self.found[kind.name] = [entry for entry in self._survey.entries(kind) if self._is_left(kind, entry)]

    def _groups(self) -> dict[str, set[str]]:
        """Return the ids of the groups that the data declares by data location, as far as they exist."""
        found: dict[str, set[str]] = {}
        for item in self._declared:
            group_id = self._id_of(item) if item.kind.name == "server_groups" else None
            if group_id is not None:
                found.setdefault(str(item.data_center), set()).add(group_id)
        return found

    def _id_of(self, item: Item) -> str | None:
        """Return the id of a group of the data, planned or not; None if it does not exist."""
        outcome = self._plan.outcomes.get(item)
        resources: list[Resource] = outcome.resources if outcome else [self._workshop.resource(item, item.options)]
        with contextlib.suppress(ClcError):
            if outcome is None:
                resources[0].find()
            entity = getattr(resources[0], "entity", None) if resources else None
            return str(entity["id"]) if entity is not None and exists(entity) else None
        return None

    # The span

    def _is_left(self, kind: Kind, entry: Entry) -> bool:
        if (kind.name, _key(kind, entry)) in self._managed or self._is_deleted_with_another(entry):
            return False
        if kind.span == "addresses":
            return any(self._are_own(entry["data_center"], entry[name]) for name in kind.addresses)
        if kind.span == "nodes":
            nodes = [node["ip_address"] for pool in entry["pools"] for node in pool["nodes"]]
            return self._are_own(entry["data_center"], nodes)
        if kind.span == "load_balancers":
            return self._declares(entry["of"])
        return True

    def _is_deleted_with_another(self, entry: Entry) -> bool:
        """Return whether an entry belongs to a server that is deleted, or to a load balancer that is left itself."""
        servers = {server["id"] for server in self.found.get("servers", [])}
        return entry.get("server_id") in servers | self._plan.removed_ids

    def _are_own(self, data_center: str, addresses: t.Sequence[str]) -> bool:
        """Return whether there are addresses, and all of them are those of servers in the groups of the data."""
        own = {
            network_of(server["ip_address"])
            for server in self._survey.entries(BY_NAME["servers"])
            if server["data_center"] == data_center and server["ip_address"]
        }
        return bool(addresses) and {network_of(address) for address in addresses} <= own

    def _declares(self, load_balancer: Entry) -> bool:
        return any(
            (item.data_center, item.options["name"]) == (load_balancer["data_center"], load_balancer["name"])
            for item in self._declared
            if item.kind.name == "load_balancers"
        )

    # What becomes of it

    def entries_of(self, kinds: t.Container[str]) -> list[dict[str, str]]:
        """Return the entries of some kinds for a result."""
        return [
            {"kind": name, "name": self._item(BY_NAME[name], entry).name}
            for name, entries in self.found.items()
            if name in kinds
            for entry in entries
        ]

    def deletions(self, kinds: t.Container[str]) -> list[Item]:
        """Return items that delete the entries of some kinds, after all other items, each after what depends on it."""
        items: list[Item] = []
        for kind in reversed(KINDS):
            entries = self.found.get(kind.name, []) if kind.name in kinds else []
            # Groups are listed with their parents first, and deleted with these last.
            items += [self._item(kind, entry) for entry in reversed(entries)]
        for number, item in enumerate(items):
            item.needs = [*self._plan.outcomes, *(other for other in items[:number] if _is_first(other, item))]
        return items

    def _item(self, kind: Kind, entry: Entry) -> Item:
        options = _named(kind, entry)
        name = Item(kind, options).name
        return Item(kind, {**options, **_selection(kind, entry), "state": "absent"}, leftover_name=name)


def _is_first(other: Item, item: Item) -> bool:
    """Return whether a deletion precedes another one: that of what may use it, or of a group below it."""
    if other.kind is not item.kind:
        return True
    return item.kind.name == "server_groups" and other.data_center == item.data_center


def _named(kind: Kind, entry: Entry) -> Options:
    """Return the options that name an entry."""
    location = {"data_center": entry["data_center"]} if entry.get("data_center") else {}
    if kind.name == "server_groups":
        return {**location, "parent": entry["path_names"][:-1], "name": entry["name"]}
    if kind.name == "servers":
        return {**location, "name": entry["id"]}
    if kind.name == "load_balancer_pools":
        return {**location, "load_balancer": entry["of"]["name"], "port": entry["port"]}
    names = {"group": "group_path", "server": "server_id", **kind.reading.renamed}
    return {**location, **{name: entry.get(names.get(name, name)) for name in kind.named_by}}


def _selection(kind: Kind, entry: Entry) -> Options:
    """Return the options with which the module of a kind selects an entry alone."""
    selection: Options = {key: entry[key] for key in kind.reading.identity}
    if kind.name == "servers":
        return {"server_ids": [entry["id"]], "name": None, "group": None}
    if kind.name == "load_balancer_pools":
        return {**selection, "load_balancer": entry["of"]["id"], "port": None}
    if kind.name == "backup_server_policies":
        region = {"policy": entry["policy_id"], "storage_region": entry["storage_region"]}
        return {**region, "server_ids": [entry["server_id"]]}
    if kind.servers == "server_ids":
        return {"server_ids": [entry["server_id"]]}
    if kind.addresses or kind.name == "server_group_scheduled_activities":
        selection.update(dict.fromkeys(kind.named_by))
    return {**selection, "group": entry["group_id"]} if "group_id" in entry else selection


def _key(kind: Kind, entry: Entry) -> tuple[str, ...]:
    return tuple(str(entry.get(key)) for key in kind.reading.identity)


def _managed(outcomes: t.Iterable[tuple[Item, Outcome]]) -> t.Iterator[_Identity]:
    """Yield the kind and key of what the resources of a plan have found, also if they delete it."""
    for item, outcome in outcomes:
        kind = item.kind
        for resource, diff in zip(outcome.resources, outcome.diffs, strict=False):
            results = [value for side in diff.values() for value in side.values()]
            entries = [entry for value in results for entry in (value if isinstance(value, list) else [value])]
            copies: list[Entry] = getattr(resource, "copies", [])
            for entry in (*entries, *copies):
                if isinstance(entry, dict):
                    yield kind.name, _key(kind, entry)
