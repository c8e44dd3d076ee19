# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names of groups and hosts, and the addresses of hosts.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ipaddress
import typing as t
from collections import Counter

from .options import invalid, unsupported
from .snapshot import GroupEntry, Server

WORDS = ("id", "name", "host_name", "ip_address", "public_ip_address")
PRESETS = ("os", "status", "power_state", "data_center")
_FIELD = "custom_field"
Safe = t.Callable[[str], str]
Expression = t.Callable[[t.Any], t.Any]


def group_names(groups: t.Sequence[GroupEntry], with_account: bool, safe: Safe) -> list[str]:
    """Return a name for each group; groups whose names would be equal get the first characters of their id."""
    names = [
        safe("_".join(["clc", *([group.account] if with_account else []), group.data_center.lower(), *group.path]))
        for group in groups
    ]
    uses = Counter(names)
    return [f"{name}_{group.id[:8]}" if uses[name] > 1 else name for name, group in zip(names, groups, strict=True)]


class HostNamer:
    """Names hosts by the entries of the option hostnames."""

    def __init__(self, entries: t.Iterable[t.Any]) -> None:
        self._entries = [_host_name_entry(entry) for entry in entries]
        self.needs_expressions = any("expression" in entry for entry in self._entries)

    def names(self, server: Server, evaluate: Expression) -> list[str]:
        """Return the names that the server has, in the order of the option, or else its id.

        evaluate: evaluates an expression for the server.
        """
        found = []
        for entry in self._entries:
            value = _host_name(entry, server, evaluate)
            if value not in (None, ""):
                found.append(f"{entry.get('prefix', '')}{value}{entry.get('suffix', '')}")
        return list(dict.fromkeys(found)) or [str(server["id"])]


def _host_name_entry(entry: t.Any) -> dict[str, t.Any]:
    """Return an entry of hostnames as a dictionary, checked."""
    values = {"name": entry} if isinstance(entry, str) else entry
    sources = ("name", _FIELD, "expression")
    if not isinstance(values, dict) or len([key for key in values if key in sources]) != 1:
        raise invalid("hostnames", f"'{entry}' has to have exactly one of {', '.join(sources)}")
    for key in values:
        if key not in (*sources, "prefix", "suffix"):
            raise unsupported("key", str(key), (*sources, "prefix", "suffix"), "hostnames")
    if values.get("name", WORDS[0]) not in WORDS:
        raise unsupported("name", str(values["name"]), WORDS, "hostnames")
    return values


def _host_name(entry: t.Mapping[str, t.Any], server: Server, evaluate: Expression) -> t.Any:
    if "expression" in entry:
        return evaluate(entry["expression"])
    if _FIELD in entry:
        return server["custom_field_values"].get(entry[_FIELD])
    if entry["name"] == "public_ip_address":
        return next(iter(server["public_ip_addresses"] or ()), None)
    return server[entry["name"]]


def unique_names(names: t.Sequence[str], ids: t.Sequence[str]) -> tuple[list[str], list[str]]:
    """Return names in which those that are not unique are replaced by ids, and the names that were not unique."""
    uses = Counter(names)
    duplicates = sorted(name for name, count in uses.items() if count > 1)
    return [resource_id if uses[name] > 1 else name for name, resource_id in zip(names, ids, strict=True)], duplicates


Preference = t.Any


def read_preference(value: str) -> Preference:
    """Return an entry of connect_with: the word internal or public, or a network. Raises InvalidTaskError."""
    if value in ("internal", "public"):
        return value
    try:
        return ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise invalid("connect_with", f"'{value}' is not internal, public, or a network such as 10.80.0.0/16") from None


def address(server: Server, preferences: t.Iterable[Preference]) -> str | None:
    """Return the address for ansible_host: the first preference that one of the server's addresses meets."""
    for preference in preferences:
        if preference == "internal":
            found = [server["ip_address"]]
        elif preference == "public":
            found = server["public_ip_addresses"] or []
        else:
            pairs = [*(server["ip_addresses"] or []), *(server["secondary_ip_addresses"] or [])]
            addresses = [str(pair[key]) for pair in pairs for key in ("internal", "public") if pair.get(key)]
            found = [item for item in addresses if ipaddress.ip_address(item) in preference]
        if found and found[0]:
            return str(found[0])
    return None


class Presets:
    """Groups by common facts: the option group_by."""

    def __init__(self, entries: t.Iterable[str], safe: Safe) -> None:
        self._safe, self._names = safe, dict[tuple[str, t.Any], str]()
        self._entries = [_preset(str(entry)) for entry in entries]

    def groups(self, server: Server) -> list[str]:
        """Return the names of the groups of a server, such as os_centos7_64Bit. A fact without a value has no group."""
        values = [
            (prefix, server["custom_field_values"].get(field) if field else server[prefix])
            for prefix, field in self._entries
        ]
        return [self._name(prefix, value) for prefix, value in values if value not in (None, "")]

    def _name(self, prefix: str, value: t.Any) -> str:
        key = (prefix, value)
        if key not in self._names:
            self._names[key] = self._safe(f"{prefix}_{value}")
        return self._names[key]


def _preset(entry: str) -> tuple[str, str]:
    """Return the prefix of the group names and the custom field of an entry of group_by."""
    kind, _separator, field = entry.partition(":")
    if kind == _FIELD and field:
        return f"{_FIELD}_{field}", field
    if entry not in PRESETS:
        raise unsupported("entry", entry, (*PRESETS, f"{_FIELD}:NAME"), "group_by")
    return entry, ""
