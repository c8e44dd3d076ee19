# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results compared with RETURN: every key at every depth is documented, and has the type and one of the values that are."""

from __future__ import annotations

import functools
import json
import typing as t
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tools import rules

Entries = dict[str, dict[str, t.Any]]
_DIRECTORY = Path(__file__).parents[3] / "plugins" / "modules"
# What ansible-core documents for all modules.
_COMMON = {"changed", "diff", "failed", "invocation", "warnings", "deprecations", "exception", "msg"}
_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "list": (list,),
    "dict": (dict,),
    "raw": (object,),
}


@functools.cache
def documented(module: str) -> Entries:
    """Return RETURN of a module as data."""
    entries: Entries = yaml.safe_load(rules.documented(_DIRECTORY / f"{module}.py", "RETURN")) or {}
    return entries


def places(entries: Entries, before: str = "") -> dict[str, dict[str, t.Any]]:
    """Return all entries by place: the name of the key after those of the keys around it, with dots between them."""
    found: Entries = {}
    for key, entry in entries.items():
        found[f"{before}{key}"] = entry
        found.update(places(entry.get("contains") or {}, f"{before}{key}."))
    return found


@dataclass
class Seen:
    """Which documented keys the results of a module had (keys), and which had a value that is neither null nor empty (values)."""

    keys: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)


def never_seen(seen: t.Mapping[str, Seen], modules: t.Iterable[str]) -> list[str]:
    """Return the places of documented keys that no result has, or none with a value, each after the name of its module.

    What only a failure returns is left out. What several modules document with the same words is a shape that they share: one of
    them has its values.
    """
    documents = {module: places(documented(module)) for module in modules}
    with_values: dict[str, set[str]] = defaultdict(set)
    for module, entries in documents.items():
        for place in seen[module].values:
            with_values[_name(place)].add(json.dumps(entries[place]))
    return [
        f"{module}.{place}"
        for module, entries in documents.items()
        for place, entry in entries.items()
        if entry["returned"] != "failure"
        and (json.dumps(entry) not in with_values[_name(place)] or not _has_key(seen[module], place, entry))
    ]


def _name(place: str) -> str:
    return place.rpartition(".")[2]


def _has_key(seen: Seen, place: str, entry: t.Mapping[str, t.Any]) -> bool:
    """Return whether results have a key; also if it is not always there, or if they never had a value around it."""
    outer, _dot, _name = place.rpartition(".")
    return place in seen.keys or entry["returned"] != "always" or (bool(outer) and outer not in seen.values)


def differences(module: str, result: t.Mapping[str, t.Any], seen: Seen | None = None) -> list[str]:
    """Return what a module's result has and RETURN does not say. seen: takes the documented keys."""
    own = {key: value for key, value in result.items() if key not in _COMMON and not key.startswith("_ansible")}
    found = _keys(documented(module), own, "", Seen() if seen is None else seen)
    return [f"{module}: {difference}" for difference in dict.fromkeys(found)]


def _keys(entries: Entries, value: t.Mapping[str, t.Any], before: str, seen: Seen) -> t.Iterator[str]:
    for key, item in value.items():
        place = f"{before}{key}"
        if key not in entries:
            yield f"{place} is not documented"
        else:
            yield from _value(entries[key], item, place, seen)


def _value(entry: dict[str, t.Any], value: t.Any, place: str, seen: Seen) -> t.Iterator[str]:
    seen.keys.add(place)
    if value is None:
        return
    if value not in ([], {}):
        seen.values.add(place)
    yield from _plain(entry, entry["type"], value, place)
    many = entry["type"] == "list" and isinstance(value, list)
    for item in value if many else [value]:
        if many and item is not None:
            yield from _plain(entry, entry.get("elements", "str"), item, f"an item of {place}")
        if isinstance(item, dict) and "contains" in entry:
            yield from _keys(entry["contains"], item, f"{place}.", seen)


def _plain(entry: dict[str, t.Any], kind: str, value: t.Any, place: str) -> t.Iterator[str]:
    if not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind not in ("bool", "raw")):
        yield f"{place} is {type(value).__name__}, and not {kind}: {value!r}"
    elif "choices" in entry and kind != "list" and value not in entry["choices"]:
        yield f"{place} is {value!r}, and not one of {entry['choices']}"
