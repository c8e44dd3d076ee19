# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results of info modules as options of items.

A result has the values of most options under their names, and Reading (kinds.py) says where the others are. Some have another
form in results: custom fields, policies, and the defaults of groups.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from .arguments import item_spec
from .kinds import MANNERS, Kind

Entry = dict[str, t.Any]
Spec = t.Mapping[str, t.Any]
_CUSTOM_FIELDS = "custom_fields"
# The forms in which results have the value of an option: a default of a group, and a policy of a server.
_DEFAULT = {"value", "inherited"}
_POLICIES = ({"id", "name"}, {"id"})


def options_from(kind: Kind, entry: Entry, name_of: t.Callable[[str, Entry], str]) -> Entry:
    """Return the options of an item that a result has; what is null in it is omitted.

    name_of: returns how an option refers to a policy, a map with id and, mostly, name.
    """
    reading = kind.reading
    values = {**entry, **{option: entry.get(key) for option, key in reading.renamed.items()}}
    manners = MANNERS - reading.renamed.keys()
    spec = {name: option for name, option in item_spec(kind).items() if name not in manners}
    return _reduced(spec, values, {*reading.ignored, *reading.unreadable}, name_of)


def _reduced(
    spec: Spec, values: Entry, left_out: t.Collection[str], name_of: t.Callable[[str, Entry], str]
) -> dict[str, t.Any]:
    found = {}
    for name, option in spec.items():
        value = None if name in left_out else values.get(name)
        if option.get("options") and value is not None:
            below = {place.partition(".")[2] for place in left_out if place.startswith(f"{name}.")} | MANNERS
            parts = [_reduced(option["options"], part, below, name_of) for part in _as_list(value)]
            value = parts if isinstance(value, list) else parts[0]
        else:
            value = _plain(name, value, name_of)
        if value is not None:
            found[name] = value
    return found


def _plain(name: str, value: t.Any, name_of: t.Callable[[str, Entry], str]) -> t.Any:
    """Return the value of an option without the form that only results have."""
    if name == _CUSTOM_FIELDS:
        return {field["name"] or field["id"]: field["display_value"] for field in value or []}
    if isinstance(value, dict) and value.keys() == _DEFAULT:
        return None if value["inherited"] else value["value"]
    if isinstance(value, dict) and value.keys() in _POLICIES:
        return name_of(name, value)
    if isinstance(value, list) and value and all(isinstance(item, dict) and "id" in item for item in value):
        return sorted(name_of(name, item) for item in value)
    return value


def _as_list(value: t.Any) -> list[t.Any]:
    return value if isinstance(value, list) else [value]
