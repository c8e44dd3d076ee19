# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resolve an id or a unique name to a resource. Ambiguous names are errors.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import re
import typing as t

from ..api.errors import InvalidOptionError, NoSuchResource, ResourceLookupError
from .predicted import is_placeholder
from .task import Task

Entity = dict[str, t.Any]
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MAX_ITEMS = 20


def is_id(value: t.Any) -> bool:
    """Return whether a value has the form of an id: 32 hexadecimal digits, with or without the dashes of a UUID.

    In check mode, a placeholder is the id of what an earlier task has predicted.
    """
    return isinstance(value, str) and bool(_ID.fullmatch(value) or is_placeholder(value))


def find_one(
    kind: str,
    name_or_id: str,
    candidates: t.Sequence[Entity],
    *,
    id_property: str = "id",
    name_property: str = "name",
    scope: str = "",
) -> Entity:
    """Return the only candidate with an id or a name.

    kind: what is looked up ("network"). scope: where ("in WA1"), for messages. id_property, name_property: properties of a
    candidate; the same one twice if an id is its only name. Raises NoSuchResource if there is none, and ResourceLookupError if
    only the case differs or several have the name.
    """
    scope_text = f" {scope}" if scope else ""
    label = functools.partial(_label, id_property, name_property)
    if is_id(name_or_id):
        matches = [item for item in candidates if str(item[id_property]).lower() == name_or_id.lower()]
    else:
        matches = [item for item in candidates if str(item.get(name_property)) == name_or_id]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise ResourceLookupError(
            f"{len(matches)} {_plural(kind)}{scope_text} have the name '{name_or_id}': {format_list(map(label, matches))}",
            help_text="Specify the id.",
        )
    other_case = [item for item in candidates if str(item.get(name_property)).lower() == name_or_id.lower()]
    if other_case:
        raise ResourceLookupError(
            f"there is no {kind} '{name_or_id}'{scope_text}, but {format_list(map(label, other_case))}",
            help_text="Names are case-sensitive: write it like that.",
        )
    names = format_list(sorted((str(item.get(name_property)) for item in candidates), key=str.lower))
    raise NoSuchResource(
        f"there is no {kind} '{name_or_id}'{scope_text}",
        help_text=f"There are: {names}." if names else "There are none.",
        requested=name_or_id,
    )


def _label(id_property: str, name_property: str, item: Entity) -> str:
    return (
        str(item[id_property]) if id_property == name_property else f"{item.get(name_property)} ({item[id_property]})"
    )


def require_identifier(task: Task, target: str, *options: str) -> None:
    """Raise ResourceLookupError if none of these options identifies a resource, as empty strings and empty entries of lists.

    To be called before anything is read.
    """
    values = [task.option(name) for name in options]
    if any(all(value) if isinstance(value, list) else value for value in values if value is not None):
        return
    lists = [name for name, value in zip(options, values, strict=True) if isinstance(value, list)]
    raise ResourceLookupError(
        f"{lists[0]} has an empty entry"
        if lists
        else f"{' and '.join(options)} {'are' if len(options) > 1 else 'is'} empty",
        action="find",
        target=target,
        help_text="Check where the value comes from.",
    )


def validate_id(task: Task) -> None:
    """Raise InvalidOptionError if the option `id` cannot be one: with state absent it would pass for what is gone."""
    resource_id = task.option("id")
    if resource_id is not None and not is_id(resource_id):
        raise InvalidOptionError(
            "id",
            f"'{resource_id}' is not an id",
            "An id has 32 hexadecimal digits, with or without dashes; info modules return it.",
        )


def validate_name(task: Task, kind: str) -> None:
    """Raise InvalidOptionError if the option `name` cannot be one of that kind: like an id, it would be taken for the id."""
    name = task.option("name")
    if name is not None and not is_placeholder(name) and (not name.strip() or is_id(name)):
        raise InvalidOptionError(
            "name",
            f"'{name}' cannot be the name of {with_article(kind)}",
            "Specify an id as id, and a name that is not empty and does not have the form of an id.",
        )


def with_article(noun: str) -> str:
    """Return a noun with its indefinite article."""
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def _plural(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("cy") else f"{kind}s"


def format_list(strings: t.Iterable[str]) -> str:
    """Join strings for a message, the first twenty of them."""
    items = list(strings)
    more = f" and {len(items) - _MAX_ITEMS} more" if len(items) > _MAX_ITEMS else ""
    return ", ".join(items[:_MAX_ITEMS]) + more
