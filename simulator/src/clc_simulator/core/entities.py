# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state of the simulated service: tables of immutable entities, with indexes and change tracking.

Entities are frozen dataclasses of plain JSON values. A change is a new entity under the same id, made by
`Table.update`, so that indexes and state file are always up to date, and rendered responses never change.

While a handler or an effect runs, only the tables that its declaration names can be written (`World.writing`). A request
or an effect that fails stores nothing: its writes are undone (`World.transaction`).
"""

from __future__ import annotations

import contextlib
import dataclasses
import uuid
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

from clc_simulator.core.addresses import AddressPools
from clc_simulator.core.clock import Clock, Seconds
from clc_simulator.core.errors import DeclarationError, UndeclaredWrite
from clc_simulator.core.visibility import Visibility


class Entity(Protocol):
    """A frozen dataclass of JSON values, with an id."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str: ...


E = TypeVar("E", bound=Entity)

Amounts = dict[str, int]
"""Amounts by name, such as the CPUs and the storage of a server."""


@dataclasses.dataclass(frozen=True)
class _Kind:
    """How the entities of a class are stored."""

    type: type[Any]
    indexes: tuple[str, ...]
    keys: dict[str, Callable[[Any], Iterable[Hashable]]]
    totals: dict[str, Callable[[Any], tuple[Hashable, Amounts]]]
    internal: bool


_KINDS: dict[str, _Kind] = {}


def entity(
    name: str,
    indexes: tuple[str, ...] = (),
    keys: dict[str, Callable[[Any], Iterable[Hashable]]] | None = None,
    totals: dict[str, Callable[[Any], tuple[Hashable, Amounts]]] | None = None,
    internal: bool = False,
) -> Any:
    """Register the frozen dataclass below as a kind of entity.

    name is its table in the state file and in GET /_simulator/state. indexes are the fields that `Table.find_by` can
    use; their values must be hashable. keys are further indexes, whose functions return all values under which an
    entity is found. totals are sums that `Table.total` returns; their functions return what the sum of an entity is found
    by, and its amounts. internal: the core itself writes the table, so that no declaration names it.
    Raise DeclarationError if another class has the name.
    """

    def register(kind: type[E]) -> type[E]:
        if name in _KINDS:
            raise DeclarationError(f"the table {name} is declared twice, the second time by {kind.__module__}")
        _KINDS[name] = _Kind(kind, indexes, keys or {}, totals or {}, internal)
        return kind

    return register


def class_of(table: str) -> type[Any]:
    """Return the class of a table's entities."""
    return _KINDS[table].type


def unfrozen_constructor(kind: type[E]) -> Callable[..., E]:
    """Return a function that creates entities as a class does, from keyword arguments, in a fifth of the time.

    The __init__ of a frozen dataclass sets each field by a call of object.__setattr__. That of a twin without `frozen` sets
    them directly; its instances have the same slots, so that they can become instances of the class. For large seeds.
    """
    fields = [
        (item.name, item.type, dataclasses.field(default=item.default, default_factory=item.default_factory))
        for item in dataclasses.fields(cast(Any, kind))
    ]
    twin = dataclasses.make_dataclass(f"Unfrozen{kind.__name__}", fields, slots=True)

    def create(**values: Any) -> E:
        instance = twin(**values)
        instance.__class__ = kind
        return cast(E, instance)

    return create


class Table(Generic[E]):
    """The entities of one kind, by id."""

    def __init__(self, name: str, kind: _Kind, world: World) -> None:
        self.name = name
        self.kind: type[E] = kind.type
        self.internal = kind.internal
        self.dirty: set[str] = set()
        """Ids that were added, changed, or removed since the last save."""
        self.watchers: list[Callable[[E | None, E | None], None]] = []
        """Called after each change with the entity before and after it; None if there was or is none."""
        self.on_release: dict[str, Callable[[Any], None]] = {}
        """By the name of a key: called with a value that no entity has any more."""
        self._world = world
        self._entities: dict[str, E] = {}
        self._indexes: dict[str, dict[Any, dict[str, None]]] = {field: {} for field in kind.indexes}
        self._kind = kind
        # Both are made when they are first used, and maintained from then on, so that large seeds load faster.
        self._keys: dict[str, dict[Hashable, dict[str, None]]] = {}
        self._totals: dict[str, dict[Hashable, Amounts]] = {}

    @property
    def indexed(self) -> frozenset[str]:
        """The fields that `find_by` can use, and the id."""
        return frozenset({"id", *self._indexes})

    @contextlib.contextmanager
    def with_view(self, key: str, view: E) -> Iterator[None]:
        """Return a view instead of an entity within the context."""
        actual = self._entities[key]
        self._entities[key] = view
        self._count(actual, view)
        try:
            yield
        finally:
            if self._entities.get(key) is view:
                self._entities[key] = actual
                self._count(view, actual)

    def __iter__(self) -> Iterator[E]:
        return iter(list(self._entities.values()))

    def __len__(self) -> int:
        return len(self._entities)

    def __contains__(self, key: str) -> bool:
        return key in self._entities

    def get(self, key: str) -> E | None:
        """Return the entity of that id, or None."""
        return self._entities.get(key)

    def __getitem__(self, key: str) -> E:
        return self._entities[key]

    def find_by(self, field: str, value: Any) -> list[E]:
        """Return the entities whose field, which is an index, has that value, in the order in which they were added."""
        return [self._entities[key] for key in self._indexes[field].get(value, ())]

    def find_by_key(self, name: str, value: Hashable) -> list[E]:
        """Return the entities of which a declared key has that value, in the order in which they were added."""
        if name not in self._keys:
            index = self._keys[name] = {}
            for key, entity in self._entities.items():
                for item in self._kind.keys[name](entity):
                    index.setdefault(item, {})[key] = None
        return [self._entities[key] for key in self._keys[name].get(value, ())]

    def total(self, name: str, value: Hashable) -> Amounts:
        """Return a declared sum of the amounts of the entities with that value; empty if there is none."""
        if name not in self._totals:
            totals = self._totals[name] = {}
            for entity in self._entities.values():
                _add_amounts(totals, self._kind.totals[name](entity), 1)
        return self._totals[name].get(value, {})

    def add(self, entity: E) -> E:
        """Add an entity, or replace the entity of its id, and return it. Raise UndeclaredWrite as `World.writing` says."""
        if self._world.writable is not None:
            self._world.check_writable(self)
        old = self._entities.get(entity.id)
        self._replace(old, entity)
        self._record_change(entity.id, old, entity)
        return entity

    def update(self, entity: E, **changes: Any) -> E:
        """Replace an entity by a changed copy and return the copy. Raise UndeclaredWrite as `World.writing` says."""
        return self.add(cast(E, dataclasses.replace(cast(Any, entity), **changes)))

    def remove(self, key: str) -> None:
        """Remove an entity if it exists. Raise UndeclaredWrite as `World.writing` says."""
        self._world.check_writable(self)
        old = self._entities.get(key)
        if old is not None:
            self._replace(old, None)
            self._record_change(key, old, None)

    def restore(self, key: str, entity: E | None, dirty: bool) -> None:
        """Undo a change: set the entity of an id as it was before; None removes it. Watchers are not called.

        dirty: whether the entity had a change before that is not saved yet.
        """
        self._replace(self._entities.get(key), entity)
        if not dirty:
            self.dirty.discard(key)

    def load(self, entities: Iterable[dict[str, Any]]) -> None:
        """Fill an empty table from the entities of the state file, without recording a change."""
        for properties in entities:
            self.add(self.kind(**properties))
        self.dirty.clear()

    def _replace(self, old: E | None, new: E | None) -> None:
        if old is not None:
            self._unlink(old, new)
        if new is not None:
            self._entities[new.id] = new
            for field, index in self._indexes.items():
                index.setdefault(getattr(new, field), {})[new.id] = None
            for name, by_key in self._keys.items():
                for value in self._kind.keys[name](new):
                    by_key.setdefault(value, {})[new.id] = None
        elif old is not None:
            del self._entities[old.id]
        if self._totals:
            self._count(old, new)

    def _unlink(self, old: E, new: E | None) -> None:
        for field, index in self._indexes.items():
            value = getattr(old, field)
            # An entity that stays under its value keeps its position in the order.
            if new is None or getattr(new, field) != value:
                index[value].pop(old.id, None)
        for name, by_key in self._keys.items():
            function = self._kind.keys[name]
            kept = set(function(new)) if new is not None else ()
            for value in function(old):
                if value not in kept:
                    by_key[value].pop(old.id, None)
                    if not by_key[value]:
                        del by_key[value]
                        if name in self.on_release:
                            self.on_release[name](value)

    def _count(self, old: E | None, new: E | None) -> None:
        """Subtract the amounts of an entity from the totals, and add those of its successor."""
        for name, totals in self._totals.items():
            if old is not None:
                _add_amounts(totals, self._kind.totals[name](old), -1)
            if new is not None:
                _add_amounts(totals, self._kind.totals[name](new), 1)

    def _record_change(self, key: str, old: E | None, new: E | None) -> None:
        if self._world.undo_log is not None:
            self._world.undo_log.append((self, key, old, key in self.dirty))
        self.dirty.add(key)
        self._world.revision += 1
        fault = self._world.visibility.making
        if fault is not None and not self.internal and old is not None:
            self._world.at_commit(lambda: self._world.visibility.record(fault, self.name, old, new))
        if self.watchers:
            # A watcher may write tables that the operation which made the change does not declare.
            with self._world.writing(None):
                for watcher in self.watchers:
                    watcher(old, new)


def _add_amounts(totals: dict[Hashable, Amounts], item: tuple[Hashable, Amounts], sign: int) -> None:
    value, amounts = item
    total = totals.setdefault(value, {})
    for name, amount in amounts.items():
        total[name] = total.get(name, 0) + sign * amount


@entity("counters", internal=True)
@dataclasses.dataclass(frozen=True, slots=True)
class Counter:
    """The last number taken from a counter."""

    id: str
    value: int


class _Writing:
    """The context of `World.writing`; each request enters one, so it must be cheap."""

    __slots__ = ("_before", "_kinds", "_world")

    def __init__(self, world: World, kinds: frozenset[type] | None) -> None:
        self._world, self._kinds = world, kinds

    def __enter__(self) -> None:
        self._before, self._world.writable = self._world.writable, self._kinds

    def __exit__(self, *_error: object) -> None:
        self._world.writable = self._before


class World:
    """The state of the simulated service, and its clock."""

    def __init__(self, job_seconds: Seconds = 1.0) -> None:
        self.clock = Clock()
        self.job_seconds = job_seconds
        self.now: Seconds = self.clock.now()
        """The current time: of the request, or of the effect that is running."""
        self.event_queue: list[tuple[Seconds, str]] = []
        """Heap of (due, id) of scheduled effects; `jobs` maintains it."""
        self.revision = 0
        """Number of changes so far."""
        self.address_pools = AddressPools()
        self.visibility = Visibility()
        """Changes that reads return in part, because of a fault."""
        self.tables: dict[str, Table[Any]] = {name: Table(name, kind, self) for name, kind in sorted(_KINDS.items())}
        self._by_kind = {table.kind: table for table in self.tables.values()}
        self.writable: frozenset[type] | None = None
        """Entities whose tables can be written now, in addition to internal tables; None: all. `writing` sets it."""
        self.undo_log: list[tuple[Table[Any], str, Any, bool]] | None = None
        """The changes of the present transaction: table, id, the entity before, whether it was dirty; None outside of one."""
        self._on_commit: list[Callable[[], object]] = []

    def __getitem__(self, kind: type[E]) -> Table[E]:
        return self._by_kind[kind]

    def writing(self, kinds: frozenset[type] | None) -> _Writing:
        """Return a context in which only the tables of these entities and internal tables can be written.

        None allows all tables.
        """
        return _Writing(self, kinds)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Return a context whose changes are undone if it raises an exception; a context inside of it is part of it.

        What leaves the world, such as a notification, is passed to `at_commit`, so that it happens for kept changes only.
        """
        if self.undo_log is not None:
            yield
            return
        self.undo_log = []
        try:
            yield
        except BaseException:
            self._roll_back(self.undo_log)
            self._on_commit.clear()
            raise
        finally:
            self.undo_log = None
        actions, self._on_commit = self._on_commit, []
        for action in actions:
            action()

    def at_commit(self, action: Callable[[], object]) -> None:
        """Run an action when the present transaction ends without an exception, or now if there is none."""
        if self.undo_log is None:
            action()
        else:
            self._on_commit.append(action)

    def _roll_back(self, undo_log: list[tuple[Table[Any], str, Any, bool]]) -> None:
        for table, key, before, dirty in reversed(undo_log):
            table.restore(key, before, dirty)
        # A response that was cached during the undone changes is not valid.
        self.revision += len(undo_log)

    @contextlib.contextmanager
    def with_views(self, views: dict[tuple[str, str], Any]) -> Iterator[None]:
        """Return views instead of entities within the context. views: by table and id."""
        with contextlib.ExitStack() as stack:
            for (table, key), view in views.items():
                stack.enter_context(self.tables[table].with_view(key, view))
            yield

    def check_writable(self, table: Table[Any]) -> None:
        """Raise UndeclaredWrite if the current context may not write a table."""
        if self.writable is not None and table.kind not in self.writable and not table.internal:
            raise UndeclaredWrite(f"{table.kind.__name__} is written and not declared in writes")

    def take_number(self, name: str, first: int = 1) -> int:
        """Return the next number of a counter, which starts at first; no number is returned twice."""
        counters = self[Counter]
        last = counters.get(name)
        number = first if last is None else last.value + 1
        counters.add(Counter(id=name, value=number))
        return number

    def new_id(self) -> str:
        """Return a new id of 32 lower-case hexadecimal digits."""
        return uuid.uuid4().hex
