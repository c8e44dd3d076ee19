# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Placeholders: what a prediction has in the place of ids, names, and addresses that the service assigns.

A placeholder is text that ends with .predicted.invalid, a domain that cannot exist (RFC 2606), or, where an id is a number, a
negative number of thirteen digits that begins with 1. Neither can be an id, a name of a server, or an address of the service. The
same resource has the same placeholder in each task of a run, different resources have different ones.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import hashlib
import re
import typing as t

from .errors import InvalidOptionError

_DOMAIN = "predicted.invalid"
_TEXT = re.compile(rf"[a-z0-9][a-z0-9.-]*\.{re.escape(_DOMAIN)}", re.IGNORECASE)
_NUMBER = re.compile(r"-1\d{12}")
_ANYWHERE = re.compile(rf"{_TEXT.pattern}|(?<![\w.]){_NUMBER.pattern}(?!\w)", re.IGNORECASE)
_BASE = 10**12
_LONGEST_NAME = 40
NOT_CREATED = "(not created yet)"


def text(name: str, identity: t.Hashable, part: str = "") -> str:
    """Return the placeholder of a resource's id, or of a part of it, such as an address.

    name: readable text, of which letters and digits are kept. identity: what distinguishes the resource from all others.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:_LONGEST_NAME].strip("-")
    return of_part(f"{slug}-{_digest(identity)[:6]}.{_DOMAIN}", part)


def of_part(placeholder: str, part: str) -> str:
    """Return the placeholder of a part, such as an address, of what has this placeholder as its id."""
    return f"{part}.{placeholder}" if part else placeholder


def number(identity: t.Hashable) -> int:
    """Return the placeholder of an id that is a number."""
    return -(_BASE + int(_digest(identity), 16) % _BASE)


def described(text: str) -> str:
    """Return text for people, in which each placeholder is the readable part of it: web-1 (not created yet)."""
    return _ANYWHERE.sub(lambda match: f"{_readable(match.group())}{NOT_CREATED}", text)


def _readable(placeholder: str) -> str:
    if _NUMBER.fullmatch(placeholder):
        return ""
    name = placeholder[: -len(_DOMAIN) - 1].lower()
    return f"{' of '.join(re.sub(r'-[0-9a-f]{6}$', '', name).split('.'))} "


def _digest(identity: t.Hashable) -> str:
    return hashlib.sha256(repr(identity).encode()).hexdigest()


def is_placeholder(value: t.Any) -> bool:
    """Return whether a value is a placeholder as a whole."""
    if isinstance(value, str):
        return bool(_TEXT.fullmatch(value) or _NUMBER.fullmatch(value))
    return isinstance(value, int) and bool(_NUMBER.fullmatch(str(value)))


def find(value: t.Any) -> str | None:
    """Return the first placeholder that data contains, at any level and within any text; None if there is none."""
    if isinstance(value, dict):
        parts: t.Iterable[t.Any] = (*value, *value.values())
    elif isinstance(value, (list, tuple)):
        parts = value
    elif isinstance(value, (str, int)):
        match = _ANYWHERE.search(str(value))
        return match.group() if match else None
    else:
        return None
    return next((found for found in map(find, parts) if found), None)


def reject(options: t.Mapping[str, t.Any]) -> None:
    """Raise InvalidOptionError for an option that contains a placeholder."""
    for name, value in options.items():
        found = find(value)
        if found:
            raise InvalidOptionError(
                _place(name, value),
                f"'{found}' was predicted by a task in check mode, and stands for what did not exist then",
                "Specify the value that the service has assigned, such as the result of the same task without check mode.",
            )


def _place(name: str, value: t.Any) -> str:
    """Return the name of the suboption or entry that contains a placeholder, such as nodes[0].ip_address."""
    items: t.Iterable[tuple[str, t.Any]] = ()
    if isinstance(value, dict):
        items = ((f"{name}.{key}", item) for key, item in value.items())
    elif isinstance(value, (list, tuple)):
        items = ((f"{name}[{index}]", item) for index, item in enumerate(value))
    return next((_place(below, item) for below, item in items if find(item)), name)
