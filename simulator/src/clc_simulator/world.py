# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state of the simulated account: tables of immutable entities, with indexes and a note of what changed.

Entities are frozen dataclasses of plain JSON values. A change is a new entity under the same id, made by
`Table.update`, so no change escapes the indexes, the state file or an answer that was rendered before.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

from clc_simulator.clock import Clock, Seconds


class Entity(Protocol):
    """A frozen dataclass with an id, of values that JSON has."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str: ...


E = TypeVar("E", bound=Entity)
_KINDS: dict[str, type[Any]] = {}
_INDEXES: dict[str, tuple[str, ...]] = {}


def entity(name: str, indexes: tuple[str, ...] = ()) -> Any:
    """Register the frozen dataclass below as a kind of entity.

    name is its table in the state file and in GET /_simulator/state. indexes are the fields that `Table.by` can ask
    for; their values must be hashable.
    """

    def register(kind: type[E]) -> type[E]:
        _KINDS[name] = kind
        _INDEXES[name] = indexes
        return kind

    return register


class Table(Generic[E]):
    """The entities of one kind, by id."""

    def __init__(self, name: str, kind: type[E], indexes: tuple[str, ...], changed: Callable[[], None]) -> None:
        self.name = name
        self.kind = kind
        self.dirty: set[str] = set()
        """Ids that were added, changed or removed since the last save."""
        self.watchers: list[Callable[[E | None, E | None], None]] = []
        """Called after each change with the entity before and after it; None where there was or is none."""
        self._changed = changed
        self._rows: dict[str, E] = {}
        self._indexes: dict[str, dict[Any, dict[str, None]]] = {field: {} for field in indexes}

    def __iter__(self) -> Iterator[E]:
        return iter(list(self._rows.values()))

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def get(self, key: str) -> E | None:
        """Return the entity of that id, or None."""
        return self._rows.get(key)

    def __getitem__(self, key: str) -> E:
        return self._rows[key]

    def by(self, field: str, value: Any) -> list[E]:
        """Return the entities whose field, one of the indexes, has that value, in the order of their making."""
        return [self._rows[key] for key in self._indexes[field].get(value, ())]

    def add(self, row: E) -> E:
        """Put a new entity in, or another one in the place of the old one, and return it."""
        old = self._rows.get(row.id)
        if old is not None:
            self._unlink(old, row)
        self._rows[row.id] = row
        for field, index in self._indexes.items():
            index.setdefault(getattr(row, field), {})[row.id] = None
        self._note(row.id, old, row)
        return row

    def update(self, row: E, **changes: Any) -> E:
        """Return row with changes made, after putting it into row's place."""
        return self.add(cast(E, dataclasses.replace(cast(Any, row), **changes)))

    def remove(self, key: str) -> None:
        """Take an entity out; nothing happens where it is not there."""
        old = self._rows.pop(key, None)
        if old is not None:
            self._unlink(old, None)
            self._note(key, old, None)

    def load(self, rows: Iterable[dict[str, Any]]) -> None:
        """Fill an empty table from rows as `dump` gave them, without noting a change."""
        for row in rows:
            self.add(self.kind(**row))
        self.dirty.clear()

    def _unlink(self, old: E, new: E | None) -> None:
        for field, index in self._indexes.items():
            value = getattr(old, field)
            # An entity that stays under its value keeps its place in the order.
            if new is None or getattr(new, field) != value:
                index[value].pop(old.id, None)

    def _note(self, key: str, old: E | None, new: E | None) -> None:
        self.dirty.add(key)
        self._changed()
        for watcher in self.watchers:
            watcher(old, new)


@entity("counters")
@dataclasses.dataclass(frozen=True, slots=True)
class Counter:
    """The last number given out under a name."""

    id: str
    value: int


class World:
    """All that the simulator remembers of the simulated service, and the clock by which it lives."""

    def __init__(self, job_seconds: Seconds = 1.0) -> None:
        self.clock = Clock()
        self.job_seconds = job_seconds
        self.now: Seconds = self.clock.now()
        """The moment of what is happening: that of a request, or the one for which an effect was scheduled."""
        self.agenda: list[tuple[Seconds, str]] = []
        """Heap of the moments of scheduled effects and their ids; `queue` keeps it."""
        self.revision = 0
        """Grows with every change."""
        self.tables: dict[str, Table[Any]] = {
            name: Table(name, kind, _INDEXES[name], self._note_change) for name, kind in sorted(_KINDS.items())
        }
        self._by_kind = {table.kind: table for table in self.tables.values()}

    def __getitem__(self, kind: type[E]) -> Table[E]:
        return self._by_kind[kind]

    def take_number(self, name: str, first: int = 1) -> int:
        """Return the next number under name, counting up from first; no number is ever given out twice."""
        counters = self[Counter]
        last = counters.get(name)
        number = first if last is None else last.value + 1
        counters.add(Counter(id=name, value=number))
        return number

    def new_id(self) -> str:
        """Return a new id of 32 lower-case hexadecimal digits."""
        return uuid.uuid4().hex

    def _note_change(self) -> None:
        self.revision += 1
