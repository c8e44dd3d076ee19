# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module `environment_info`: what an account has, as the lists that the module `environment` takes.

Servers become fleets, and their ids and addresses references to fleets, where an item can say the same. What items cannot say is
listed with the reason.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from collections import Counter

from ..resources.server import server_fleets, sizes_of_additional
from .arguments import item_spec
from .fleets import Fleet, Fleets
from .items import Item, Options, fleet_references, nodes_of, referred_values, with_lists
from .kinds import BY_NAME, KINDS, Kind
from .survey import Entry, Survey
from .values import options_from

_NOT_RETURNED = "The service does not return it."
_DIFFERENT = "It differs between the servers of the fleet."
_NOT_ALL = "Not all servers of the fleet have it."
_NOT_UNIQUE = "More than one has this name."
_REFERENCED = frozenset(name for kind in KINDS for name in kind.references.values()) - {"server_groups"}
Omitted = dict[str, t.Any]


class Export:
    """The items of a survey. omitted: what they do not contain, with the reason."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._paths = Counter((group.data_center, group.path) for group in survey.groups.values())
        self._names = Counter((group.data_center, group.path[-1]) for group in survey.groups.values())
        self.fleets = Fleets(survey, self.group_reference)
        self.omitted: list[Omitted] = []

    def items(self, kind: Kind) -> list[Item]:
        """Return the items of a kind, without those whose name is not unique."""
        if kind.name == "servers":
            found = [Item(kind, self._of_fleet(kind, fleet)) for fleet in self.fleets.fleets]
        elif kind.servers:
            found = [Item(kind, options) for options in self._of_servers(kind)]
        else:
            found = [Item(kind, self._of_entry(kind, entry)) for entry in self._survey.entries(kind)]
        if kind.name == "server_group_defaults":
            found = [item for item in found if item.options.keys() - {"group", "data_center"}]
        names = Counter(item.name for item in found)
        for name in [name for name, count in names.items() if count > 1]:
            self._omit(kind, name, [], _NOT_UNIQUE)
        unique = sorted((item for item in found if names[item.name] == 1), key=lambda item: item.name)
        for item in unique:
            if unreadable := _unreadable(item):
                self._omit(kind, item.name, unreadable, _NOT_RETURNED)
            item.options = _in_order(item)
        return unique

    def _omit(self, kind: Kind, name: str, options: t.Sequence[str], reason: str) -> None:
        self.omitted.append({"kind": kind.name, "name": name, "options": list(options), "reason": reason})

    # References

    def group_reference(self, group_id: str) -> t.Any:
        """Return how items refer to a group: a path or a unique name, a list if those are ambiguous, or else the id."""
        group = self._survey.groups[group_id]
        if self._paths[group.data_center, group.path] > 1:
            return group_id
        is_name = len(group.path) == 1 and self._names[group.data_center, group.path[0]] > 1
        return list(group.path) if is_name or any("/" in name for name in group.path) else "/".join(group.path)

    def _name_of(self, kind: Kind) -> t.Callable[[str, Entry], str]:
        """Return a function that returns how an option refers to a policy: by its name if that is unique, otherwise by its id."""

        def name_of(option: str, policy: Entry) -> str:
            target = kind.references.get(option)
            name = policy.get("name")
            same = [entry for entry in self._survey.entries(BY_NAME[target]) if entry["name"] == name] if target else []
            return str(name if len(same) == 1 else policy["id"])

        return name_of

    # Items

    def _of_entry(self, kind: Kind, entry: Entry) -> Options:
        options = options_from(kind, entry, self._name_of(kind))
        options.update(self._exceptions(kind, entry))
        account, data_center = self._survey.task.account, str(entry.get("data_center"))
        if options.get("destination_account", "").upper() == account.upper():
            del options["destination_account"]
        for name in kind.addresses:
            options[name] = self.fleets.in_place_of_addresses(options[name], data_center)
        if kind.nodes:
            options = with_lists(options, kind.nodes, lambda nodes: self.fleets.in_place_of_nodes(nodes, data_center))
        return options

    def _exceptions(self, kind: Kind, entry: Entry) -> Options:
        """Return the options of a kind that its results do not have in a form that the declaration of the kind could say."""
        if "group" in item_spec(kind):
            found: Options = {"group": self.group_reference(entry["group_id"])}
            networks = self._survey.entries(BY_NAME["networks"]) if kind.name == "server_group_defaults" else []
            names = {network["id"]: network["name"] for network in networks}
            network_id = entry.get("network_id", {}).get("value")
            return {**found, "network": names[network_id]} if network_id in names else found
        if kind.name == "server_groups":
            return self._parent(entry)
        if kind.name == "load_balancer_pools":
            return {"load_balancer": entry["of"]["name"]}
        return {"events": [entry["event"]]} if kind.name == "webhooks" else {}

    def _parent(self, entry: Entry) -> Options:
        """Return the parent of a group; an empty list for the root group if the name would be read as a path without it."""
        if entry["parent_id"] in self._survey.groups:
            reference = self.group_reference(entry["parent_id"])
            is_name = isinstance(reference, str) and reference != entry["parent_id"] and "/" in entry["name"]
            return {"parent": reference.split("/") if is_name else reference}
        return {"parent": []} if "/" in entry["name"] else {}

    # Fleets

    def _of_fleet(self, kind: Kind, fleet: Fleet) -> Options:
        networks = [
            network
            for network in self._survey.entries(BY_NAME["networks"])
            if network["data_center"] == fleet.data_center
        ]
        built = [server for server in fleet.servers if server["status"] == "active"] or fleet.servers[:1]
        own = {"name": fleet.name, "group": fleet.group, "count": len(fleet.servers), "data_center": fleet.data_center}
        each = []
        for server in built:
            options = {**options_from(kind, server, self._name_of(kind)), **server_fleets.networks_of(server, networks)}
            sizes = sizes_of_additional(server)
            each.append({**options, **({"disks": [{"size_gb": size} for size in sizes]} if sizes else {}), **own})
        common = {name: value for name, value in each[0].items() if all(own.get(name) == value for own in each)}
        different = sorted({name for options in each for name in options} - common.keys())
        if different:
            self._omit(kind, Item(kind, common).name, different, _DIFFERENT)
        return common

    def _of_servers(self, kind: Kind) -> t.Iterator[Options]:
        """Yield what servers have, for the fleets all of whose servers have the same."""
        by_server: dict[str, list[Options]] = {}
        for entry in self._survey.entries(kind):
            by_server.setdefault(entry["server_id"], []).append(options_from(kind, entry, self._name_of(kind)))
        for own in by_server.values():
            if len(own) == 1:
                own[0].pop("internal_ip", None)
        for fleet in self.fleets.fleets:
            each = [by_server.get(server_id, []) for server_id in sorted(fleet.ids)]
            distinct: list[Options] = []
            for own in each:
                distinct += [options for options in own if options not in distinct]
            for options in distinct:
                item = {**fleet.reference, "data_center": fleet.data_center, **options}
                if all(options in own for own in each):
                    yield item
                else:
                    self._omit(kind, Item(kind, item).name, [], _NOT_ALL)


def _in_order(item: Item) -> Options:
    """Return the options of an item, with those that name it first."""
    names = [*item.kind.named_by, *item.options]
    return {name: item.options[name] for name in dict.fromkeys(names) if name in item.options}


def _unreadable(item: Item) -> list[str]:
    """Return the options that items of the kind can have and the service does not return, without parts of what an item has not."""
    return [
        place for place in item.kind.reading.unreadable if "." not in place or place.partition(".")[0] in item.options
    ]


def belongs_to_groups(kind: Kind) -> bool:
    """Return whether a kind belongs to groups: it is in them, names addresses of their servers, or those refer to it."""
    return _is_local(kind) or kind.name in _REFERENCED


def within_groups(items: t.Sequence[Item], survey: Survey) -> list[Item]:
    """Return the items that belong to the selected groups of a survey, and those of kinds that do not belong to groups.

    To groups belong what is in them, policies and load balancers for addresses of their servers, and what these items refer to.
    """
    addresses = {
        (server["data_center"], address)
        for server in survey.entries(BY_NAME["servers"])
        for address in (server["ip_address"], f"{server['ip_address']}/32")
    }
    kept = [item for item in items if _is_located(item) or _has_address(item, addresses)]
    # A pool refers to its load balancer, a fleet to its policies.
    needed = {(kind, value) for item in kept for kind, value in referred_values(item)}
    return [
        item
        for item in items
        if item in kept or (item.kind.name, item.options.get("name")) in needed or not belongs_to_groups(item.kind)
    ]


def _is_local(kind: Kind) -> bool:
    """Return whether a kind is in groups, or names addresses of servers."""
    return kind.name == "server_groups" or "group" in item_spec(kind) or bool(kind.addresses or kind.nodes)


def _is_located(item: Item) -> bool:
    return item.kind.name == "server_groups" or "group" in item.options


def _has_address(item: Item, addresses: t.Container[tuple[t.Any, t.Any]]) -> bool:
    if fleet_references(item):
        return True
    own = [address for name in item.kind.addresses for address in item.options[name]]
    own += [node["ip_address"] for node in nodes_of(item)]
    return any((item.data_center, address) in addresses for address in own)
