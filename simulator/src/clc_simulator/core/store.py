# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state file: a SQLite database of entities, written before a response is sent."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from clc_simulator.core.entities import Table, World, class_of
from clc_simulator.core.errors import StateFileError
from clc_simulator.core.rows import problem_of_row

FORMAT = 3
"""Version of the file's layout; a file of another version is rejected."""

_NOT_WRITABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_READONLY_DIRECTORY)


class Store:
    """The state file of one world, which one simulator owns until it ends.

    Rows are (kind, id, JSON). With the write-ahead log, a commit is durable even if the process is killed; SQLite's exclusive
    lock ends with the process, however it ends.
    """

    def __init__(self, path: Path) -> None:
        """Open the file and lock it. Raise StateFileError if another process has it, or if it is not a state file."""
        self._path = path
        self._metadata: dict[str, bytes] = {}
        try:
            # asyncio may close the connection from another thread at exit; two threads never use it at the same time.
            self._db = sqlite3.connect(path, timeout=0.5, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            with self._transaction():
                self._db.execute("CREATE TABLE IF NOT EXISTS metadata (name TEXT PRIMARY KEY, body BLOB NOT NULL)")
                self._db.execute(
                    "CREATE TABLE IF NOT EXISTS entities (kind TEXT, id TEXT, body BLOB NOT NULL, PRIMARY KEY (kind, id))"
                    " WITHOUT ROWID"
                )
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", None)
            if code == sqlite3.SQLITE_BUSY:
                raise StateFileError(f"another simulator uses {path}; end it or specify another file") from error
            if code in _NOT_WRITABLE:
                raise StateFileError(f"{path} cannot be opened and written ({error}); specify another file") from error
            raise StateFileError(f"{path} is not a state file ({error}); specify another file or delete it") from error

    def load(self, world: World) -> bool:
        """Load the world from the file. Return False if the file is new.

        Raise StateFileError if the file has another format, or if a row is damaged.
        """
        try:
            metadata = dict(self._db.execute("SELECT name, body FROM metadata"))
            if not metadata:
                return False
            self._load_metadata(world, metadata)
            for name, table in world.tables.items():
                rows = self._db.execute("SELECT id, body FROM entities WHERE kind = ? ORDER BY id", (name,))
                table.load(self._properties(name, key, body) for key, body in rows)
        except sqlite3.DatabaseError as error:
            raise self._damaged(str(error)) from error
        self._metadata = metadata
        return True

    def _load_metadata(self, world: World, metadata: dict[str, bytes]) -> None:
        try:
            version, clock = (orjson.loads(metadata[name]) for name in ("format", "clock"))
            if version == FORMAT:
                world.clock.restore(clock)
        except (KeyError, TypeError, ValueError) as error:
            raise self._damaged(f"its metadata: {error!r}") from error
        if version != FORMAT:
            raise StateFileError(f"{self._path} was written by another version of the simulator; specify another file")

    def _properties(self, table: str, key: str, body: bytes) -> dict[str, Any]:
        """Return the properties of a row. Raise StateFileError if they are not those of an entity of its table."""
        try:
            properties = orjson.loads(body)
            problem = problem_of_row(class_of(table), key, properties)
        except (TypeError, ValueError) as error:
            raise self._damaged(f"the row {key!r} of {table}: {error}") from error
        if problem is not None:
            raise self._damaged(f"the row {key!r} of {table}: {problem}")
        result: dict[str, Any] = properties
        return result

    def _damaged(self, cause: str) -> StateFileError:
        return StateFileError(f"{self._path} is damaged ({cause}); restore a copy of the file, or delete it")

    def save(self, world: World) -> None:
        """Write all changes since the last save in one transaction, if there are any.

        Raise StateFileError, and write nothing, if the file cannot be written.
        """
        changed = [table for table in world.tables.values() if table.dirty]
        metadata = {"format": orjson.dumps(FORMAT), "clock": orjson.dumps(world.clock.save())}
        if not changed and metadata == self._metadata:
            return
        with self._writing():
            self._write(changed, metadata)
        self._written(changed, metadata)

    def replace(self, world: World) -> None:
        """Replace the content of the file by a world, in one transaction. Raise StateFileError as `save` does."""
        tables = list(world.tables.values())
        metadata = {"format": orjson.dumps(FORMAT), "clock": orjson.dumps(world.clock.save())}
        with self._writing():
            self._db.execute("DELETE FROM entities")
            self._write(tables, metadata)
        self._written(tables, metadata)

    def close(self) -> None:
        """Close the file, so that another simulator can open it."""
        self._db.close()

    def _write(self, tables: list[Table[Any]], metadata: dict[str, bytes]) -> None:
        for table in tables:
            rows = [(table.name, key, orjson.dumps(table[key])) for key in table.dirty if key in table]
            deleted = [(table.name, key) for key in table.dirty if key not in table]
            self._db.executemany("INSERT OR REPLACE INTO entities VALUES (?, ?, ?)", rows)
            self._db.executemany("DELETE FROM entities WHERE kind = ? AND id = ?", deleted)
        self._db.executemany("INSERT OR REPLACE INTO metadata VALUES (?, ?)", metadata.items())

    def _written(self, tables: list[Table[Any]], metadata: dict[str, bytes]) -> None:
        self._metadata = metadata
        for table in tables:
            table.dirty.clear()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Return the context of a transaction. Raise StateFileError if it cannot be written."""
        try:
            with self._transaction():
                yield
        except sqlite3.Error as error:
            raise StateFileError(f"the state file {self._path} cannot be written: {error}") from error

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise


def dump(world: World) -> dict[str, Any]:
    """Return the whole world as JSON values: {table: {id: entity}}, the clock and its time."""
    tables = {name: {entity.id: entity for entity in table} for name, table in world.tables.items()}
    return {"now": world.clock.now(), "clock": world.clock.save(), **tables}
