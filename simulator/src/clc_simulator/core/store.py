# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state file: a SQLite database of entities, written before a response is sent."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import orjson

from clc_simulator.core.entities import World
from clc_simulator.core.errors import StateFileError

FORMAT = 3
"""Version of the file's layout; a file of another version is rejected."""


class Store:
    """The state file of one world.

    Rows are (kind, id, JSON). With the write-ahead log, a commit is durable even if the process is killed.
    """

    def __init__(self, path: Path) -> None:
        try:
            # asyncio may close the connection from another thread at exit; two threads never use it at the same time.
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute("CREATE TABLE IF NOT EXISTS metadata (name TEXT PRIMARY KEY, body BLOB NOT NULL)")
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS entities (kind TEXT, id TEXT, body BLOB NOT NULL, PRIMARY KEY (kind, id))"
                " WITHOUT ROWID"
            )
        except sqlite3.DatabaseError as error:
            raise StateFileError(f"{path} is not a state file ({error}); specify another file or delete it") from error
        self._metadata: dict[str, bytes] = {}
        self._path = path

    def load(self, world: World) -> bool:
        """Load the world from the file. Return False if the file is new.

        Raise StateFileError if the file has another format.
        """
        metadata = dict(self._db.execute("SELECT name, body FROM metadata"))
        if not metadata:
            return False
        if orjson.loads(metadata["format"]) != FORMAT:
            raise StateFileError(f"{self._path} was written by another version of the simulator; specify another file")
        for name, table in world.tables.items():
            rows = self._db.execute("SELECT body FROM entities WHERE kind = ? ORDER BY id", (name,))
            table.load(orjson.loads(body) for (body,) in rows)
        world.clock.restore(orjson.loads(metadata["clock"]))
        self._metadata = metadata
        return True

    def save(self, world: World) -> None:
        """Write all changes since the last save in one transaction, if there are any."""
        changed = [table for table in world.tables.values() if table.dirty]
        metadata = {"format": orjson.dumps(FORMAT), "clock": orjson.dumps(world.clock.save())}
        if not changed and metadata == self._metadata:
            return
        self._db.execute("BEGIN IMMEDIATE")
        for table in changed:
            rows = [(table.name, key, orjson.dumps(table[key])) for key in table.dirty if key in table]
            deleted = [(table.name, key) for key in table.dirty if key not in table]
            self._db.executemany("INSERT OR REPLACE INTO entities VALUES (?, ?, ?)", rows)
            self._db.executemany("DELETE FROM entities WHERE kind = ? AND id = ?", deleted)
        self._db.executemany("INSERT OR REPLACE INTO metadata VALUES (?, ?)", metadata.items())
        self._db.execute("COMMIT")
        self._metadata = metadata
        for table in changed:
            table.dirty.clear()

    def clear(self) -> None:
        """Delete the content of the file; the next save writes the complete world."""
        self._db.execute("DELETE FROM entities")
        self._db.execute("DELETE FROM metadata")
        self._metadata = {}

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def dump(world: World) -> dict[str, Any]:
    """Return the whole world as JSON values: {table: {id: entity}}, the clock and its time."""
    tables = {name: {entity.id: entity for entity in table} for name, table in world.tables.items()}
    return {"now": world.clock.now(), "clock": world.clock.save(), **tables}
