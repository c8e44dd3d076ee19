# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an inventory source has fetched: groups and servers, each distinct value stored once.

Servers are rows of indexes into a list of values, since thousands of servers have few different operating systems, disk
layouts, or custom fields. This keeps memory and cache entries small, and a warm cache is read without any conversion.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import base64
import json
import marshal
import time
import typing as t
import zlib
from dataclasses import asdict, dataclass, field, fields, replace

VERSION = 1
NO_REFERENCES = 2  # version of marshal in which equal values have equal bytes
Variables = dict[str, t.Any]


@dataclass(frozen=True)
class GroupEntry:
    """A server group: path holds the names from below the root down to the group; that of the root is empty."""

    id: str
    parent_id: str | None
    name: str
    path: tuple[str, ...]
    type: str
    account: str
    data_center: str


class Server:
    """A server in a snapshot; facts are read from the table of values when they are needed."""

    __slots__ = ("_positions", "_row", "_values")

    def __init__(self, positions: t.Mapping[str, int], values: t.Sequence[t.Any], row: t.Sequence[int]) -> None:
        self._positions, self._values, self._row = positions, values, row

    def __getitem__(self, key: str) -> t.Any:
        return self._values[self._row[self._positions[key]]]


@dataclass
class Snapshot:
    """Groups, parents first, and the servers in them. rows: index of the group, then one index into values for each key.

    data_centers: codes of all data centers of the accounts. unmatched_groups: server groups of the option of that name that
    do not exist; group_paths: those that do, if there are unmatched ones. created: seconds since 1970.
    """

    groups: list[GroupEntry] = field(default_factory=list)
    keys: tuple[str, ...] = ()
    values: list[t.Any] = field(default_factory=list)
    rows: list[list[int]] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    data_centers: list[str] = field(default_factory=list)
    unmatched_groups: list[str] = field(default_factory=list)
    group_paths: list[str] = field(default_factory=list)
    created: float = field(default_factory=time.time)
    complete: bool = True
    _positions: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def group_of(self, row: t.Sequence[int]) -> GroupEntry:
        """Return the group of the server in a row."""
        return self.groups[row[0]]

    def server(self, row: t.Sequence[int]) -> Server:
        """Return the server in a row, for reading a few of its facts."""
        if not self._positions:
            self._positions.update({key: number for number, key in enumerate(self.keys, 1)})
        return Server(self._positions, self.values, row)

    def variables(self, row: t.Sequence[int], names: t.Sequence[str]) -> Variables:
        """Return all facts of the server in a row. names: their names as variables, in the order of the snapshot's keys."""
        values = self.values
        return dict(zip(names, [values[index] for index in row[1:]], strict=True))

    def without_nulls(self) -> Snapshot:
        """Return a snapshot without null values in facts. A fact that is null itself stays."""
        return replace(self, values=[_without_nulls(value) for value in self.values])

    def distinct(self, key: str) -> list[t.Any]:
        """Return the distinct values that servers have for a key."""
        position = self.keys.index(key) + 1 if key in self.keys else 0
        return [self.values[index] for index in sorted({row[position] for row in self.rows})] if position else []

    def encode(self) -> str:
        """Return the snapshot as a string for any cache plugin: compressed JSON without characters that need an escape."""
        document = json.dumps({"version": VERSION, **self._document()}, separators=(",", ":"))
        return base64.b64encode(zlib.compress(document.encode(), 1)).decode("ascii")

    def _document(self) -> dict[str, t.Any]:
        shallow = {item.name: getattr(self, item.name) for item in fields(self) if item.init}
        return {**shallow, "groups": [asdict(group) for group in self.groups]}

    @classmethod
    def decode(cls, entry: t.Any) -> Snapshot | None:
        """Return the snapshot in a cache entry, or None if the entry is damaged or has another version."""
        try:
            document = json.loads(zlib.decompress(base64.b64decode(entry, validate=True)))
            if document.pop("version") != VERSION:
                return None
            groups = [GroupEntry(**{**group, "path": tuple(group["path"])}) for group in document.pop("groups")]
            return cls(**{**document, "groups": groups, "keys": tuple(document["keys"])})
        except (AttributeError, KeyError, TypeError, ValueError, zlib.error):
            return None


def _without_nulls(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value if item is not None] if isinstance(value, list) else value


class ValueTable:
    """Distinct JSON values with an index for each."""

    def __init__(self) -> None:
        self.values: list[t.Any] = []
        self._indexes: dict[str | bytes, int] = {}

    def index(self, value: t.Any) -> int:
        """Return the index of a value, which is added if it is new."""
        return self.indexes((value,))[0]

    def indexes(self, values: t.Iterable[t.Any]) -> list[int]:
        """Return the indexes of values. This loop runs for each fact of each server, hence without calls of its own."""
        table, known, dumps = self.values, self._indexes, marshal.dumps
        found = []
        for value in values:
            # A str is its own key. 1, 1.0, and True are equal in Python but not in JSON; their bytes differ.
            key = value if value.__class__ is str else dumps(value, NO_REFERENCES)
            index = known.get(key)
            if index is None:
                index = known[key] = len(table)
                table.append(value)
            found.append(index)
        return found
