# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Changes that reads return in part for a while: the fault `partly_visible`.

A change is everything that one request does to entities, itself or by its job. Of a single entity, half of the changed
properties are visible; of more than one entity of a type, every other one is visible as a whole. A single changed property
that cannot be split is not visible. Indexed fields are always visible, so that an entity is found by its visible values.
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
        """Return the changed entities as reads return them. tables: those of the world, by name."""
        visible = {}
        for name, table in tables.items():
            ids = [key for kind, key in self.before if kind == name and key in table]
            for index, key in enumerate(ids):
                old, new = self.before[name, key], table[key]
                if len(ids) == 1:
                    visible[name, key] = _half(old, new, table.indexed, self.shows_second)
                elif (index % 2 == 1) != self.shows_second:
                    visible[name, key] = _outdated(old, new, table.indexed)
        return visible


class Visibility:
    """The partly visible changes, and the change in progress."""

    def __init__(self) -> None:
        self.making: Json | None = None
        """The fault of the change in progress, also stored with the effects of its job."""
        self._changes: dict[int, Change] = {}
        self._number = 0

    def __bool__(self) -> bool:
        return bool(self._changes)

    @property
    def changes(self) -> list[Change]:
        """The changes that reads still return in part."""
        return list(self._changes.values())

    def next_change(self, fault: Json | None) -> Json | None:
        """Return what `applying` needs for the change that a request makes; None without the fault."""
        if fault is None:
            return None
        self._number += 1
        return {**fault, "number": self._number}

    @contextlib.contextmanager
    def applying(self, fault: Json | None) -> Iterator[None]:
        """Add what changes within the context to a partly visible change; None: to none."""
        before, self.making = self.making, fault
        try:
            yield
        finally:
            self.making = before

    def record(self, fault: Json, table: str, old: Any, new: Any) -> None:
        """Record a change of an entity under a fault. Created and deleted entities are always visible."""
        if old is None or new is None or old == new:
            return
        change = Change(fault["reads"], fault.get("half") == "second")
        change = self._changes.setdefault(fault["number"], change)
        change.before.setdefault((table, new.id), old)

    def count_read(self, change: Change) -> None:
        """Count a read that returned a change in part."""
        change.reads_left -= 1
        if change.reads_left <= 0:
            self._changes = {number: other for number, other in self._changes.items() if other is not change}

    def clear(self) -> None:
        """Make all changes visible."""
        self._changes.clear()


def _half(old: Any, new: Any, indexed: frozenset[str], second: bool) -> Any:
    """Return an entity with half of its changed fields new."""
    names = [field.name for field in dataclasses.fields(new) if field.name not in indexed]
    values = {name: getattr(new, name) for name in names}
    mixed = _mixed({name: getattr(old, name) for name in names}, values, second)
    return dataclasses.replace(new, **mixed)


def _outdated(old: Any, new: Any, indexed: frozenset[str]) -> Any:
    """Return the old entity with its new index fields."""
    return dataclasses.replace(old, **{name: getattr(new, name) for name in indexed})


def _mixed(old: Json, new: Json, second: bool) -> Json:
    """Return the new properties, every other changed one with its old value; a single changed object is split instead."""
    changed = [name for name in {**old, **new} if old.get(name, _MISSING) != new.get(name, _MISSING)]
    mixed = dict(new)
    for index, name in enumerate(changed):
        before, after = old.get(name, _MISSING), new.get(name, _MISSING)
        if len(changed) == 1 and isinstance(before, dict) and isinstance(after, dict):
            mixed[name] = _mixed(before, after, second)
        elif len(changed) == 1 or (index % 2 == 1) != second:
            mixed[name] = before
    return {name: value for name, value in mixed.items() if value is not _MISSING}
