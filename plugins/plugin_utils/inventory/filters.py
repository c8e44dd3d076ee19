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

from .snapshot import Server, Snapshot

_MOST_VALUES = 20
# Options and conditions that select servers by one of their facts: the facts, and what the warning calls the values.
FACTS: dict[str, tuple[tuple[str, ...], str]] = {
    "names": (("name", "host_name"), "server name"),
    "operating_systems": (("os", "os_type"), "operating system"),
    "statuses": (("status",), "status"),
    "power_states": (("power_state",), "power state"),
}


class ServerFilter:
    """Selects servers by their facts. options: reads an option of the source, rendered and converted."""

    def __init__(self, options: t.Callable[[str], t.Any]) -> None:
        self._patterns = {name: fact_pattern(options(name)) for name in FACTS if options(name)}
        self._fields: t.Mapping[str, t.Any] = options("custom_fields") or {}
        self._archived, self._templates = options("archived"), options("templates")

    def matches(self, server: Server) -> bool:
        """Return whether a server passes all filters."""
        return (
            (self._archived or server["status"] != "archived")
            and (self._templates or not server["is_template"])
            and all(
                any(pattern(normalized(server[key])) for key in FACTS[name][0])
                for name, pattern in self._patterns.items()
            )
            and all(has_custom_field(server, name, value) for name, value in self._fields.items())
        )


def fact_pattern(entries: t.Iterable[t.Any]) -> t.Callable[[str], t.Any]:
    """Return a function that matches a normalized value with any of the entries, which may have wildcards."""
    return re.compile("|".join(fnmatch.translate(normalized(entry)) for entry in entries)).match


def normalized(value: t.Any) -> str:
    """Return a value as patterns compare it, which is case-insensitive."""
    return "" if value is None else str(value).lower()


def has_custom_field(server: Server, name: str, value: t.Any) -> bool:
    """Return whether a server has a custom field (name or id) with this stored or displayed value, or with one of a list."""
    fields = server["custom_fields"] or ()
    return any(name in (entry.get("name"), entry.get("id")) and _has_value(entry, value) for entry in fields)


def _has_value(entry: t.Mapping[str, t.Any], value: t.Any) -> bool:
    return bool(set(map(str, _as_list(value))) & {str(entry.get("value")), str(entry.get("display_value"))})


def _as_list(value: t.Any) -> t.Sequence[t.Any]:
    return value if isinstance(value, list) else [value]


def unmatched(snapshot: Snapshot, options: t.Callable[[str], t.Any]) -> list[str]:
    """Return a warning for each value of a filter that nothing in the accounts has, with the values that exist."""
    warnings = []
    available = sorted(snapshot.data_centers)
    for code in options("data_centers"):
        if str(code).upper() not in available and snapshot.complete:
            warnings.append(warning_for("data_centers", code, "data center", available))
    for path in snapshot.unmatched_groups if snapshot.complete else ():
        warnings.append(warning_for("server_groups", path, "server group", snapshot.group_paths))
    return warnings + unmatched_facts(snapshot, options)


def unmatched_facts(snapshot: Snapshot, options: t.Callable[[str], t.Any]) -> list[str]:
    """Return a warning for each fact or custom field that no server has."""
    warnings = []
    for name, (keys, label) in FACTS.items():
        if options(name):
            values = [value for key in keys for value in snapshot.distinct(key) if value]
            for entry in options(name):
                if not any(map(fact_pattern([entry]), map(normalized, values))):
                    warnings.append(warning_for(name, entry, label, values))
    return warnings + _unmatched_fields(snapshot, options("custom_fields"))


def _unmatched_fields(snapshot: Snapshot, requested: t.Mapping[str, t.Any]) -> list[str]:
    fields = [entry for entries in snapshot.distinct("custom_fields") for entry in entries or ()] if requested else []
    warnings = []
    for name, value in requested.items():
        matching = [entry for entry in fields if name in (entry.get("name"), entry.get("id"))]
        if not matching:
            names = [entry.get("name") or entry.get("id") for entry in fields]
            warnings.append(warning_for("custom_fields", name, "custom field of a server", names))
            continue
        values = [entry.get("display_value") for entry in matching]
        warnings += [
            warning_for("custom_fields", item, f"value of {name}", values)
            for item in _as_list(value)
            if not any(_has_value(entry, item) for entry in matching)
        ]
    return warnings


def warning_for(option: str, value: t.Any, label: str, available: t.Iterable[t.Any]) -> str:
    """Return the warning about a value that matches nothing, with the values that exist."""
    values = sorted({str(item) for item in available})
    more = f", and {len(values) - _MOST_VALUES} more" if len(values) > _MOST_VALUES else ""
    return f"{option}: no {label} matches '{value}'. Available: {', '.join(values[:_MOST_VALUES]) or 'none'}{more}."
