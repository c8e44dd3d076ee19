# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of the option filters: the first whose expression or conditions are true decides whether a host is included.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t
from pathlib import Path

from ...module_utils.api.tree import GroupNode
from ...module_utils.resources.server_group import groups as server_group
from .filters import FACTS, fact_pattern, has_custom_field, normalized, unmatched_facts, warning_for
from .options import Definitions, convert_source, unsupported
from .snapshot import Server, Snapshot

Conditions = dict[str, t.Any]
Matcher = t.Callable[[Server, int], bool]
Evaluate = t.Callable[[list[int], t.Any], t.Any]
_SHARED = (*FACTS, "custom_fields", "server_groups", "data_centers")
_ANY, _ALL = "any_of", "all_of"
_OWN: Definitions = {
    "is_template": {"type": "bool"},
    _ANY: {"type": "list", "elements": "dict"},
    _ALL: {"type": "list", "elements": "dict"},
}


def condition_definitions(options: Definitions) -> Definitions:
    """Return the definitions of the keys of conditions. Those that are options of the source as well have their types."""
    return {**{name: options[name] for name in _SHARED}, **_OWN}


class ConditionReader:
    """Checks and converts conditions as options of the source are. definitions: see condition_definitions."""

    def __init__(self, definitions: Definitions, render: t.Callable[[t.Any], t.Any]) -> None:
        self._definitions, self._render = definitions, render

    def read(self, entry: t.Mapping[str, t.Any]) -> Conditions:
        """Return conditions under their names, rendered and converted. Raises InvalidTaskError."""
        converted = convert_source(entry, self._definitions, self._render, Path(), ("condition", "filters"))
        for name in (_ANY, _ALL):
            if name in converted:
                converted[name] = [self.read(part) for part in converted[name]]
        return converted


class Rules:
    """The rules of a source, checked. evaluate: returns the value of an expression for the server in a row."""

    def __init__(self, entries: t.Iterable[t.Any], reader: ConditionReader) -> None:
        self._rules = [_read_rule(entry, reader) for entry in entries]

    def bind(self, snapshot: Snapshot, evaluate: Evaluate) -> t.Callable[[list[int]], bool]:
        """Return a function that returns whether the server in a row is included; one that no rule matches is."""
        rules = [
            (includes, _matcher(condition, snapshot) if isinstance(condition, dict) else None, condition)
            for includes, condition in self._rules
        ]

        def is_included(row: list[int]) -> bool:
            for includes, matches, expression in rules:
                if matches(snapshot.server(row), row[0]) if matches else evaluate(row, expression):
                    return includes
            return True

        return is_included

    def unmatched(self, snapshot: Snapshot) -> list[str]:
        """Return a warning for each value of a condition that nothing in the accounts has."""
        conditions = [condition for _includes, condition in self._rules if isinstance(condition, dict)]
        return [warning for condition in conditions for warning in _unmatched(condition, snapshot)]


def _read_rule(entry: t.Any, reader: ConditionReader) -> tuple[bool, t.Any]:
    """Return whether a rule includes hosts, and its expression or its conditions."""
    if not isinstance(entry, dict) or len(entry) != 1 or next(iter(entry)) not in ("include", "exclude"):
        raise unsupported("entry", str(entry), ("include: EXPRESSION", "exclude: EXPRESSION"), "filters")
    ((action, condition),) = entry.items()
    return action == "include", reader.read(condition) if isinstance(condition, dict) else condition


def _matcher(conditions: Conditions, snapshot: Snapshot) -> Matcher:
    """Return a function that returns whether a server, in the group of that index, meets all conditions."""
    present = {name: value for name, value in conditions.items() if value not in ([], {})}
    matchers = [_MATCHERS[name](value, snapshot) for name, value in present.items() if name in _MATCHERS]
    matchers += [_fact_matcher(FACTS[name][0], value) for name, value in present.items() if name in FACTS]
    return _all(matchers)


def _all(matchers: t.Sequence[Matcher]) -> Matcher:
    return lambda server, group: all(matches(server, group) for matches in matchers)


def _any(matchers: t.Sequence[Matcher]) -> Matcher:
    return lambda server, group: any(matches(server, group) for matches in matchers)


def _fact_matcher(keys: t.Sequence[str], values: t.Sequence[t.Any]) -> Matcher:
    pattern = fact_pattern(values)
    return lambda server, _group: any(pattern(normalized(server[key])) for key in keys)


def _custom_field_matcher(fields: t.Mapping[str, t.Any], _snapshot: Snapshot) -> Matcher:
    return lambda server, _group: all(has_custom_field(server, name, value) for name, value in fields.items())


def _template_matcher(expected: bool, _snapshot: Snapshot) -> Matcher:
    return lambda server, _group: bool(server["is_template"]) == expected


def _data_center_matcher(codes: t.Sequence[t.Any], snapshot: Snapshot) -> Matcher:
    requested = {str(code).upper() for code in codes}
    return _in_groups({number for number, group in enumerate(snapshot.groups) if group.data_center in requested})


def _group_matcher(specs: t.Sequence[t.Any], snapshot: Snapshot) -> Matcher:
    return _in_groups(_selected_groups(specs, snapshot))


def _selected_groups(specs: t.Sequence[t.Any], snapshot: Snapshot) -> set[int]:
    """Return the indexes of the groups that are selected and of all groups below them. In a snapshot parents come first."""
    numbers, ids = set(), set()
    for number, group in enumerate(snapshot.groups):
        node = GroupNode({"id": group.id, "name": group.name}, tuple(group.path), group.parent_id)
        if group.parent_id in ids or any(server_group.matching([node], spec) for spec in specs):
            numbers.add(number)
            ids.add(group.id)
    return numbers


def _in_groups(numbers: set[int]) -> Matcher:
    return lambda _server, group: group in numbers


def _combined(
    combine: t.Callable[[t.Sequence[Matcher]], Matcher], parts: t.Sequence[Conditions], snapshot: Snapshot
) -> Matcher:
    return combine([_matcher(part, snapshot) for part in parts])


_MATCHERS: dict[str, t.Callable[[t.Any, Snapshot], Matcher]] = {
    "custom_fields": _custom_field_matcher,
    "is_template": _template_matcher,
    "data_centers": _data_center_matcher,
    "server_groups": _group_matcher,
    _ANY: functools.partial(_combined, _any),
    _ALL: functools.partial(_combined, _all),
}


def _unmatched(conditions: Conditions, snapshot: Snapshot) -> list[str]:
    warnings = unmatched_facts(snapshot, lambda name: conditions.get(name, {}))
    for code in conditions.get("data_centers", ()):
        if str(code).upper() not in snapshot.data_centers:
            warnings.append(warning_for("data_centers", code, "data center", snapshot.data_centers))
    for spec in conditions.get("server_groups", ()):
        if not _selected_groups([spec], snapshot):
            paths = [server_group.format_path(group.path) for group in snapshot.groups if group.path]
            text = spec if isinstance(spec, str) else server_group.format_path(spec)
            warnings.append(warning_for("server_groups", text, "server group", paths))
    nested = [part for name in (_ANY, _ALL) for part in conditions.get(name, ())]
    return warnings + [warning for part in nested for warning in _unmatched(part, snapshot)]
