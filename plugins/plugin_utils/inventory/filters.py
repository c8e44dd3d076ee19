# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filters of an inventory source, and warnings for those that match nothing.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import fnmatch
import re
import typing as t

from .options import unsupported
from .snapshot import Server, Snapshot

_MOST_VALUES = 20
# Options that select servers by one of their facts: the facts, and what the warning calls the values.
_BY_FACT: dict[str, tuple[tuple[str, ...], str]] = {
    "names": (("name", "host_name"), "server name"),
    "operating_systems": (("os", "os_type"), "operating system"),
    "statuses": (("status",), "status"),
    "power_states": (("power_state",), "power state"),
}


class ServerFilter:
    """Selects servers by their facts. options: reads an option of the source, rendered and converted."""

    def __init__(self, options: t.Callable[[str], t.Any]) -> None:
        self._patterns = {name: _pattern(options(name)) for name in _BY_FACT if options(name)}
        self._fields: t.Mapping[str, t.Any] = options("custom_fields") or {}
        self._archived, self._templates = options("archived"), options("templates")

    def matches(self, server: Server) -> bool:
        """Return whether a server passes all filters."""
        return (
            (self._archived or server["status"] != "archived")
            and (self._templates or not server["is_template"])
            and all(
                any(pattern(_normalized(server[key])) for key in _BY_FACT[name][0])
                for name, pattern in self._patterns.items()
            )
            and all(_has_custom_field(server, name, value) for name, value in self._fields.items())
        )


def _pattern(entries: t.Iterable[t.Any]) -> t.Callable[[str], t.Any]:
    """Return a function that matches a normalized value with any of the entries, which may have wildcards."""
    return re.compile("|".join(fnmatch.translate(_normalized(entry)) for entry in entries)).match


def _normalized(value: t.Any) -> str:
    return "" if value is None else str(value).lower()


def _has_custom_field(server: Server, name: str, value: t.Any) -> bool:
    fields = server["custom_fields"] or ()
    matching = [entry for entry in fields if name in (entry.get("name"), entry.get("id"))]
    return any(str(value) in (str(entry.get("value")), str(entry.get("display_value"))) for entry in matching)


def unmatched(snapshot: Snapshot, options: t.Callable[[str], t.Any]) -> list[str]:
    """Return a warning for each value of a filter that nothing in the accounts has, with the values that exist."""
    warnings = []
    available = sorted(snapshot.data_centers)
    for code in options("data_centers"):
        if str(code).upper() not in available and snapshot.complete:
            warnings.append(_warning("data_centers", code, "data center", available))
    for path in snapshot.unmatched_groups if snapshot.complete else ():
        warnings.append(_warning("server_groups", path, "server group", snapshot.group_paths))
    for name, (keys, label) in _BY_FACT.items():
        if options(name):
            values = [value for key in keys for value in snapshot.distinct(key) if value]
            for entry in options(name):
                if not any(map(_pattern([entry]), map(_normalized, values))):
                    warnings.append(_warning(name, entry, label, values))
    return warnings + _unmatched_fields(snapshot, options("custom_fields"))


def _unmatched_fields(snapshot: Snapshot, requested: t.Mapping[str, t.Any]) -> list[str]:
    fields = [entry for entries in snapshot.distinct("custom_fields") for entry in entries or ()] if requested else []
    warnings = []
    for name, value in requested.items():
        matching = [entry for entry in fields if name in (entry.get("name"), entry.get("id"))]
        if not matching:
            names = [entry.get("name") or entry.get("id") for entry in fields]
            warnings.append(_warning("custom_fields", name, "custom field of a server", names))
        elif not any(str(value) in (str(entry.get("value")), str(entry.get("display_value"))) for entry in matching):
            values = [entry.get("display_value") for entry in matching]
            warnings.append(_warning("custom_fields", value, f"value of {name}", values))
    return warnings


def _warning(option: str, value: t.Any, label: str, available: t.Iterable[t.Any]) -> str:
    values = sorted({str(item) for item in available})
    more = f", and {len(values) - _MOST_VALUES} more" if len(values) > _MOST_VALUES else ""
    return f"{option}: no {label} matches '{value}'. Available: {', '.join(values[:_MOST_VALUES]) or 'none'}{more}."


Rule = tuple[bool, t.Any]


def read_rules(entries: t.Iterable[t.Any]) -> list[Rule]:
    """Return the rules of the option filters: whether a rule includes hosts, and its expression."""
    rules = []
    for entry in entries:
        if not isinstance(entry, dict) or len(entry) != 1 or next(iter(entry)) not in ("include", "exclude"):
            raise unsupported("entry", str(entry), ("include: EXPRESSION", "exclude: EXPRESSION"), "filters")
        ((action, expression),) = entry.items()
        rules.append((action == "include", expression))
    return rules


def is_included(rules: t.Iterable[Rule], evaluate: t.Callable[[t.Any], t.Any]) -> bool:
    """Return what the first rule says whose expression is true; a host that no rule matches is included."""
    return next((includes for includes, expression in rules if evaluate(expression)), True)
