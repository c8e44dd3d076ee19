# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Validation of the rows of a state file, which may be damaged, against the classes of their entities."""

from __future__ import annotations

import dataclasses
import functools
import types
from typing import Any, Union, cast, get_args, get_origin, get_type_hints


def problem_of_row(kind: type[object], key: str, properties: Any) -> str | None:
    """Return why properties are not those of an entity of a class with an id, or None if they are.

    Only the types of the properties themselves are checked, not what lists and objects contain.
    """
    if not isinstance(properties, dict) or properties.get("id") != key:
        return "it is not an object of that id"
    allowed, required = _field_types(cast(Any, kind))
    if unknown := properties.keys() - allowed.keys():
        return f"unknown properties: {', '.join(sorted(unknown))}"
    if missing := required - properties.keys():
        return f"missing properties: {', '.join(sorted(missing))}"
    wrong = [name for name, value in properties.items() if not isinstance(value, allowed[name])]
    return f"wrong types: {', '.join(sorted(wrong))}" if wrong else None


@functools.cache
def _field_types(kind: type[object]) -> tuple[dict[str, tuple[type, ...]], frozenset[str]]:
    """Return the types of JSON values by field, and the names of the fields without default, of a class of entities."""
    missing = dataclasses.MISSING
    hints = get_type_hints(kind)
    fields = dataclasses.fields(cast(Any, kind))
    required = {field.name for field in fields if field.default is missing and field.default_factory is missing}
    return {field.name: _json_types(hints[field.name]) for field in fields}, frozenset(required)


def _json_types(hint: Any) -> tuple[type, ...]:
    origin = get_origin(hint) or hint
    if origin in (types.UnionType, Union):
        return tuple(json_type for part in get_args(hint) for json_type in _json_types(part))
    if origin is Any:
        return (object,)
    return {float: (float, int), tuple: (tuple, list)}.get(origin, (origin,))
