# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The items of an environment: what each is called, and on which others it depends.

An option of an item can refer to another item by its name, and name servers by their fleet. Such an item is worked on after the
one that it refers to, or, if it is deleted, before.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ..api.errors import InvalidOptionError
from ..kit.lookup import format_list
from ..kit.references import group_reference
from ..resources.security import NO_AGENT
from ..resources.server_group import format_path
from .kinds import BY_NAME, KINDS, Kind

Options = dict[str, t.Any]
# A group by data center and path; a path of one name may be the name of a group anywhere in the tree.
_Path = tuple[str, ...]


@dataclass(eq=False)
class Item:
    """An entry of a list. options: with the data center filled in. needs: items that have to be done before.

    references: the values of options that refer to another item, with it. fleets: the same for maps that name a fleet, or the group
    of fleets.
    leftover_name: the name of what is deleted since the data does not have it; its options are those of the module.
    """

    kind: Kind
    options: Options
    needs: list[Item] = field(default_factory=list)
    references: list[tuple[str, Item]] = field(default_factory=list)
    fleets: list[tuple[Options, Item]] = field(default_factory=list)
    leftover_name: str = ""

    @property
    def is_absent(self) -> bool:
        """Whether the item is to be deleted."""
        return self.options.get("state") == "absent"

    @property
    def data_center(self) -> str | None:
        """Code of the data center in upper case; None for what belongs to the account."""
        return self.options.get("data_center")

    @property
    def name(self) -> str:
        """What names the item within its kind, for messages and results."""
        if self.leftover_name:
            return self.leftover_name
        parts = [_text(self.options.get(name), name in self.kind.addresses) for name in self.kind.named_by]
        named = "/".join(filter(None, parts)) if self.kind.name == "server_groups" else " ".join(filter(None, parts))
        return f"{named} in {self.data_center}".strip() if self.data_center else named

    def fleets_of(self, reference: Options) -> list[Item]:
        """Return the fleets of the data that a map with server and group names: one, those of the group, or none."""
        return list(dict.fromkeys(target for own, target in self.fleets if own == reference))

    @property
    def label(self) -> str:
        """The item as text for messages."""
        return f"{self.kind.title} {self.name}"


def _text(value: t.Any, is_list: bool = False) -> str:
    """Return the value of an option in the name of an item. is_list: whether a list is not the path of a group."""
    if isinstance(value, dict):
        if value.get("group") is not None:
            return f"{value.get('server') or 'all servers'} of {_text(value['group'])}"
        names = ("name", "id", "server", "servers", "address", "site_name")
        return _text(next((value[name] for name in names if value.get(name)), None))
    if isinstance(value, list):
        return ", ".join(map(_text, value)) if is_list else "/".join(map(str, value))
    return "" if value is None else str(value)


def chosen_kinds(kinds: t.Sequence[str] | None, option: str = "kinds") -> set[str]:
    """Return the kinds that an option names, all of them without it. Raises InvalidOptionError for a name that is not a kind."""
    chosen = set(BY_NAME if kinds is None else kinds)
    if chosen - BY_NAME.keys():
        unknown = format_list(sorted(chosen - BY_NAME.keys()))
        raise InvalidOptionError(option, f"there is no kind {unknown}", f"There are: {', '.join(BY_NAME)}.")
    return chosen


def items_of(
    params: t.Mapping[str, t.Any], kinds: t.Container[str], data_center: t.Callable[[], str], state: str
) -> list[Item]:
    """Return the items of the lists of a task in the order in which kinds are built, with what they need.

    kinds: names of the kinds that the run is limited to. data_center: returns the default data center. state: absent to delete
    what the data describes. Raises InvalidOptionError for an item that is listed twice.
    """
    items = []
    for kind in KINDS:
        if state == "absent" and not kind.can_be_absent:
            continue  # it disappears with what it belongs to
        for number, options in enumerate(params.get(kind.name) or [] if kind.name in kinds else []):
            items.append(Item(kind, _complete(kind, options, data_center, state, f"{kind.name}[{number}]")))
    _check_unique(items)
    add_needs(items)
    return items


def _complete(
    kind: Kind, options: t.Mapping[str, t.Any], data_center: t.Callable[[], str], state: str, where: str
) -> Options:
    found = dict(options)
    missing = next((name for name in kind.required if found.get(name) in (None, "")), None)
    if missing:
        raise InvalidOptionError(
            f"{where}.{missing}", "it is missing", f"Specify {missing}, which identifies the item."
        )
    if "data_center" in found:
        found["data_center"] = str(found["data_center"] or data_center()).upper()
    for name in ("group", "parent"):
        if name in found:
            found[name] = group_reference(f"{where}.{name}", found[name])
    if state == "absent" and "state" in found:
        found["state"] = "absent"
    if found.get("state") == "absent":
        found.update(dict.fromkeys(kind.not_with_absent))
    return found


def _check_unique(items: t.Sequence[Item]) -> None:
    seen = set()
    for item in items:
        key = (item.kind.name, item.name)
        if key in seen:
            raise InvalidOptionError(
                item.kind.name, f"{item.label} is listed twice", "List it once, with all its options."
            )
        seen.add(key)


class _Groups:
    """The groups that the data declares, by data center and path."""

    def __init__(self, items: t.Iterable[Item]) -> None:
        self._groups = [item for item in items if item.kind.name == "server_groups"]

    def find(self, data_center: str | None, spec: t.Any) -> Item | None:
        """Return the group of the data that a path or a name refers to, None if it is not one of them."""
        path = path_of(spec)
        named = isinstance(spec, str) and "/" not in spec
        for item in self._groups:
            if item.data_center != data_center:
                continue
            if item.options["name"] == path[-1] if named else self.path(item) == path:
                return item
        return None

    def path(self, item: Item) -> _Path:
        """Return the path of a group of the data. A parent that is not in the data counts as a group below the root."""
        parent = item.options.get("parent")
        above = (
            self.find(item.data_center, parent) if isinstance(parent, str) and parent and "/" not in parent else None
        )
        if above is not None and above is not item:
            return (*self.path(above), item.options["name"])
        return (*path_of(parent), item.options["name"])

    def canonical(self, data_center: str | None, spec: t.Any) -> t.Hashable:
        """Return what two references to the same group have in common."""
        found = self.find(data_center, spec)
        return path_of(spec) if found is None else self.path(found)


def path_of(spec: t.Any) -> _Path:
    """Return the names of a path; a name or an id is a path of one."""
    if not spec:
        return ()
    return tuple(map(str, spec)) if isinstance(spec, list) else tuple(name.strip() for name in str(spec).split("/"))


def reference_text(spec: t.Any) -> str:
    """Return a reference as the errors of lookups have it."""
    return format_path(path_of(spec)) if isinstance(spec, list) or "/" in str(spec) else str(spec)


def add_needs(items: t.Sequence[Item]) -> None:
    """Fill in what each item refers to and needs."""
    groups = _Groups(items)
    by_name = {(item.kind.name, item.data_center, item.options.get("name")): item for item in items}
    fleets = [item for item in items if item.kind.name == "servers"]
    for item in items:
        for value, target in _referred(item, groups, by_name):
            item.references.append((reference_text(value), target))
        for reference in fleet_references(item):
            item.fleets += [(reference, fleet) for fleet in _named_fleets(item, reference, fleets, groups)]
            whole = groups.find(reference_data_center(item, reference), reference["group"])
            if whole is not None and reference.get("server") is None:
                item.references.append((reference_text(reference["group"]), whole))
        # Agents are listed before notifications, so that their fleets are known.
        item.references += [(NO_AGENT, agents) for agents in _agents_of(item, items)]
        named = [target for _value, target in (*item.references, *item.fleets)]
        _link(item, [*named, *_beyond_references(item, items, groups)])


def _named_fleets(item: Item, reference: Options, fleets: t.Iterable[Item], groups: _Groups) -> t.Iterator[Item]:
    """Yield the fleets that a map with server and group names; without server, all of the group."""
    code = reference_data_center(item, reference)
    group, name = groups.canonical(code, reference["group"]), reference.get("server")
    for fleet in fleets:
        is_near = fleet.data_center == code and groups.canonical(code, fleet.options["group"]) == group
        if is_near and name in (None, fleet.options["name"]):
            yield fleet


def _link(item: Item, named: t.Iterable[Item]) -> None:
    """Order an item after what it refers to; what is deleted goes before what it refers to, if that is deleted too."""
    for target in named:
        if target is item:
            continue
        first, second = (item, target) if item.is_absent and target.is_absent else (target, item)
        if first not in second.needs:
            second.needs.append(first)


def referred_values(item: Item) -> t.Iterator[tuple[str, t.Any]]:
    """Yield what the options of an item refer to: the kind, and the value."""
    for option, kind in item.kind.references.items():
        for value in _values(item.options, option.split(".")):
            yield kind, value


def _referred(
    item: Item, groups: _Groups, by_name: t.Mapping[tuple[str, str | None, t.Any], Item]
) -> t.Iterator[tuple[t.Any, Item]]:
    for kind, value in referred_values(item):
        if kind == "server_groups":
            found = groups.find(item.data_center, value)
        else:
            found = by_name.get((kind, item.data_center, value)) or by_name.get((kind, None, value))
        if found is not None:
            yield value, found


def _values(value: t.Any, path: t.Sequence[str]) -> t.Iterator[t.Any]:
    """Yield the values of an option; those of a list one by one, except for a group, whose list is a path."""
    if isinstance(value, list) and path:
        for item in value:
            yield from _values(item, path)
    elif path:
        found = (value or {}).get(path[0])
        if len(path) == 1 and isinstance(found, list) and path[0] not in ("group", "parent"):
            yield from found
        elif len(path) > 1 or found:
            yield from _values(found, path[1:])
    elif value:
        yield value


def _beyond_references(item: Item, items: t.Sequence[Item], groups: _Groups) -> t.Iterator[Item]:
    """Yield what an item needs beyond its references.

    A fleet needs the defaults of its group, which new servers may take over; a VPN needs servers and networks in its data center.
    """
    if item.kind.name == "site_to_site_vpns":
        near = (other for other in items if other.data_center == item.data_center)
        yield from (other for other in near if other.kind.name in ("servers", "networks"))
    if item.kind.name != "servers":
        return
    own = groups.canonical(item.data_center, item.options["group"])
    for other in items:
        is_near = other.kind.name == "server_group_defaults" and other.data_center == item.data_center
        if is_near and groups.canonical(other.data_center, other.options["group"]) == own:
            yield other


def _agents_of(item: Item, items: t.Sequence[Item]) -> t.Iterator[Item]:
    """Yield the IPS agents that notifications need."""
    fleets = [target for _reference, target in item.fleets]
    for other in items if item.kind.name == "ips_notifications" else ():
        if other.kind.name == "ips_agents" and [target for _reference, target in other.fleets] == fleets:
            yield other


# Fleets


def fleet_references(item: Item) -> list[Options]:
    """Return the maps with which an item names fleets: those with a group, and maybe a server."""
    kind, options = item.kind, item.options
    found = [options] if kind.servers else []
    for name in kind.addresses:
        found += [entry for entry in options.get(name) or [] if names_fleet(entry)]
    return [*found, *filter(names_fleet, nodes_of(item))]


def nodes_of(item: Item) -> list[Options]:
    """Return the nodes of the pools of an item."""
    return list(_nodes(item.options, item.kind.nodes)) if item.kind.nodes else []


def with_lists(options: Options, path: t.Sequence[str], change: t.Callable[[list[t.Any]], list[t.Any]]) -> Options:
    """Return options in which each list at a path, the names of options and suboptions, is changed."""
    entries = options.get(path[0])
    if entries is None:
        return options
    changed = [with_lists(entry, path[1:], change) for entry in entries] if path[1:] else change(entries)
    return {**options, path[0]: changed}


def names_fleet(entry: t.Any) -> bool:
    """Return whether an entry of a list names a fleet or all servers of a group."""
    return isinstance(entry, dict) and entry.get("group") is not None


def _nodes(options: t.Any, path: t.Sequence[str]) -> t.Iterator[Options]:
    for entry in options.get(path[0]) or []:
        if path[1:]:
            yield from _nodes(entry, path[1:])
        else:
            yield entry


def reference_data_center(item: Item, reference: Options) -> str | None:
    """Return the data center in which a reference names a fleet: its own, otherwise that of the item."""
    return str(reference.get("data_center") or item.data_center).upper()
