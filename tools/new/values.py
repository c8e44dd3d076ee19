# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that a schema of the contract accepts, for samples and tests."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

import jsonschema_rs

Json = dict[str, Any]

_BY_FORMAT = {
    "date-time": ("2040-05-18T20:00:00Z", "2040-06-18T20:00:00Z"),
    "date": ("2040-05-18", "2040-06-18"),
    "email": ("first@example.com", "second@example.com"),
    "uri": ("https://first.example.com", "https://second.example.com"),
    "ipv4": ("192.0.2.10", "192.0.2.11"),
}
_TYPES = {"string": "str", "number": "float", "integer": "int", "boolean": "bool", "array": "list"}


def type_of(schema: Json) -> str:
    """Return the JSON type of a schema; "" if it has several or none. A value that can be null counts as the other type."""
    found = schema.get("type", "")
    types = [name for name in (found if isinstance(found, list) else [found]) if name != "null"]
    return str(types[0]) if len(types) == 1 else ""


def option_type(schema: Json) -> str:
    """Return the type of the option for a property; "" for what make new writes no option for."""
    kind = type_of(schema)
    if kind == "array":
        return "list" if option_type(schema.get("items") or {}) not in ("", "list") else ""
    return _TYPES.get(kind, "")


def two_of(schema: Json, name: str) -> list[Any]:
    """Return two different values that a schema accepts, or one, or none, if the contract gives too few examples.

    name: words for the property, of which a text consists.
    """
    found: list[Any] = []
    for value in _candidates(schema, name):
        if value not in found and jsonschema_rs.is_valid(schema, value):
            found.append(value)
    return found[:2]


def _candidates(schema: Json, name: str) -> Iterator[Any]:
    kind = type_of(schema)
    yield from schema.get("enum") or []
    yield from [schema["example"]] if "example" in schema else []
    yield from schema.get("examples") or []
    if kind == "boolean":
        yield from (True, False)
    elif kind in ("number", "integer"):
        yield from (10, 20)
        yield from (schema[bound] for bound in ("minimum", "maximum") if bound in schema)
        yield from (1, 2)
    elif kind == "array":
        yield from ([value] for value in two_of(schema.get("items") or {}, name))
    else:
        yield from _BY_FORMAT.get(schema.get("format", ""), ())
        yield from (f"First {name}", f"Second {name}", "first", "second", "a", "b")


def close_to(word: str, known: Iterable[str]) -> str:
    """Return the sentence that suggests the closest known word, with a space at its end; "" if none is close."""
    close = difflib.get_close_matches(word, list(known), 1, 0.8)
    return f"Did you mean {close[0]}? " if close else ""
