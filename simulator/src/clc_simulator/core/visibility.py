# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Changes that reads show in part for a while: the fault `partly_visible`.

A change is all that one request does to entities, at once or by its job. Of a single entity, half of the changed
properties are visible; of several entities of a kind, every other one is visible as a whole. A property of which nothing
can be split, and which alone has changed, is not visible at all. Indexed fields are always visible, so that an entity is
found by what it shows.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]
_MISSING: Any = object()


@dataclasses.dataclass
class Change:
    """One change that is partly visible. before: the entities as they were, by table and id."""

    reads_left: int
    shows_second: bool
    before: dict[tuple[str, str], Any] = dataclasses.field(default_factory=dict)

    def entities(self, tables: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
        """Return the changed entities as reads show them. tables: the world's, by name."""
        shown = {}
        for name, table in tables.items():
            ids = [key for kind, key in self.before if kind == name and key in table]
            for index, key in enumerate(ids):
                old, new = self.before[name, key], table[key]
                if len(ids) == 1:
                    shown[name, key] = _half(old, new, table.indexed, self.shows_second)
                elif (index % 2 == 1) != self.shows_second:
                    shown[name, key] = _kept(old, new, table.indexed)
        return shown


class Visibility:
    """The changes that are partly visible, and the one that is being made."""

    def __init__(self) -> None:
        self.making: Json | None = None
        """What the fault says of the change that is being made, as it is kept with the effects of its job."""
        self._changes: dict[int, Change] = {}
        self._number = 0

    def __bool__(self) -> bool:
        return bool(self._changes)

    @property
    def changes(self) -> list[Change]:
        """The changes of which reads still show a part."""
        return list(self._changes.values())

    def next_change(self, fault: Json | None) -> Json | None:
        """Return what `applying` needs for the change that a request makes; None without the fault."""
        if fault is None:
            return None
        self._number += 1
        return {**fault, "number": self._number}

    @contextlib.contextmanager
    def applying(self, fault: Json | None) -> Iterator[None]:
        """Make what is changed within the context a part of a change that is partly visible; None: of no such change."""
        before, self.making = self.making, fault
        try:
            yield
        finally:
            self.making = before

    def note(self, table: str, old: Any, new: Any) -> None:
        """Take in a change of an entity; what was added or removed is always visible."""
        if self.making is None or old is None or new is None or old == new:
            return
        fault = self.making
        change = Change(fault["reads"], fault.get("half") == "second")
        change = self._changes.setdefault(fault["number"], change)
        change.before.setdefault((table, new.id), old)

    def count_read(self, change: Change) -> None:
        """Count a read that has shown a change in part."""
        change.reads_left -= 1
        if change.reads_left <= 0:
            self._changes = {number: one for number, one in self._changes.items() if one is not change}

    def clear(self) -> None:
        """Make all changes visible."""
        self._changes.clear()


def _half(old: Any, new: Any, indexed: frozenset[str], second: bool) -> Any:
    """Return an entity of which half of the changed fields are new."""
    names = [field.name for field in dataclasses.fields(new) if field.name not in indexed]
    values = {name: getattr(new, name) for name in names}
    mixed = _mixed({name: getattr(old, name) for name in names}, values, second)
    return dataclasses.replace(new, **mixed)


def _kept(old: Any, new: Any, indexed: frozenset[str]) -> Any:
    """Return an entity as it was, in its new place in the indexes."""
    return dataclasses.replace(old, **{name: getattr(new, name) for name in indexed})


def _mixed(old: Json, new: Json, second: bool) -> Json:
    """Return new with every other changed member as it was; if only one has changed, half of what it consists of."""
    changed = [name for name in {**old, **new} if old.get(name, _MISSING) != new.get(name, _MISSING)]
    mixed = dict(new)
    for index, name in enumerate(changed):
        before, after = old.get(name, _MISSING), new.get(name, _MISSING)
        if len(changed) == 1 and isinstance(before, dict) and isinstance(after, dict):
            mixed[name] = _mixed(before, after, second)
        elif len(changed) == 1 or (index % 2 == 1) != second:
            mixed[name] = before
    return {name: value for name, value in mixed.items() if value is not _MISSING}
