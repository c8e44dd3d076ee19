# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading an account into a snapshot: a request for each data center, each converted as soon as it is read.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import typing as t
from dataclasses import dataclass, field

from ...module_utils.api import tree
from ...module_utils.api.client import Client
from ...module_utils.api.errors import ClcError
from ...module_utils.resources.server import result as server_result
from ...module_utils.resources.server_group import groups as server_group
from .collector import suspended_collector
from .convert import FACT_KEYS, ServerConverter
from .snapshot import GroupEntry, Snapshot

Entity = dict[str, t.Any]
OnError = t.Callable[[str, ClcError], None]
LEGACY_KEY = "data"
_MAX_PATHS = 500
_SWITCH_SECONDS = 0.5


@dataclass
class Selection:
    """What of an account is read: data center codes in lower case (None: all), groups (empty: all), types left out.

    with_entities: whether the server as the service returns it is kept as well, which the legacy layout needs.
    """

    data_centers: frozenset[str] | None = None
    groups: t.Sequence[t.Any] = ()
    without_types: frozenset[str] = frozenset()
    with_entities: bool = False
    workers: int = 16
    matched: set[int] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)

    def scope(self) -> tree.Scope:
        """Return the scope of the walk."""
        return tree.Scope(self.data_centers, self._selects if self.groups else None, self.without_types)

    def _selects(self, node: t.Any) -> bool:
        """Return whether a group is selected, and record what exists for the warning about groups that do not."""
        if len(self.paths) < _MAX_PATHS and node.path:
            self.paths.add(server_group.format_path(node.path))
        matches = {number for number, spec in enumerate(self.groups) if server_group.matching([node], spec)}
        self.matched |= matches
        return bool(matches)

    def unmatched(self) -> list[str]:
        """Return the groups that no data center has."""
        missing = (spec for number, spec in enumerate(self.groups) if number not in self.matched)
        return [spec if isinstance(spec, str) else server_group.format_path(spec) for spec in missing]


def read_accounts(client: Client, aliases: t.Sequence[str], selection: Selection, on_error: OnError) -> Snapshot:
    """Read accounts. on_error: receives what failed (a data center or an account) and the error, and may raise it."""
    snapshot = Snapshot(keys=(*FACT_KEYS, *([LEGACY_KEY] if selection.with_entities else [])), accounts=list(aliases))
    converter = ServerConverter()
    with _suited_to_large_responses():
        for alias in aliases:
            reader = _AccountReader(client, alias, selection, on_error, converter)
            for groups, rows in reader.read():
                first = len(snapshot.groups)
                snapshot.groups += groups
                snapshot.rows += [[first + row[0], *row[1:]] for row in rows]
            snapshot.data_centers += [code for code in reader.codes if code not in snapshot.data_centers]
            snapshot.complete = snapshot.complete and reader.complete
    snapshot.values = converter.table.values
    snapshot.unmatched_groups = selection.unmatched()
    snapshot.group_paths = sorted(selection.paths) if snapshot.unmatched_groups else []
    return snapshot


Part = tuple[list[GroupEntry], list[list[int]]]


class _AccountReader:
    """Reads the data centers of an account concurrently; conversion is serialized, so that few responses are in memory."""

    def __init__(
        self, client: Client, alias: str, selection: Selection, on_error: OnError, converter: ServerConverter
    ) -> None:
        self._client, self._alias, self._selection = client, alias, selection
        self._on_error, self._converter = on_error, converter
        self._lock = threading.Lock()
        self._failures: list[tuple[str, ClcError]] = []
        self.codes: list[str] = []
        self.complete = True

    def read(self) -> list[Part]:
        """Return groups and rows of each data center, in the order of their codes."""
        try:
            entities = tree.data_centers(self._client, self._alias)
            parts = tree.walk(
                self._client, self._alias, self._selection.scope(), self._selection.workers, entities, self._read_part
            )
        except ClcError as error:
            self._fail(f"account {self._alias}", error)
            return []
        self.codes = [str(entity["id"]).upper() for entity in entities]
        for code, failure in sorted(self._failures, key=lambda pair: pair[0]):
            self._fail(f"data center {code} of account {self._alias}", failure)
        return parts

    def _fail(self, part: str, error: ClcError) -> None:
        self.complete = False
        self._on_error(part, error)

    def _read_part(self, data_center: Entity, read: t.Callable[[], Entity | None]) -> Part | None:
        """Read one data center in its thread. Errors are reported from the main thread, in the order of the codes."""
        try:
            root = read()
        except ClcError as error:
            self._failures.append((str(data_center["id"]).upper(), error))
            return None
        with self._lock:
            return None if root is None else self._convert(data_center, root)

    def _convert(self, data_center: Entity, root: Entity) -> Part:
        groups, rows = [], []
        for number, node in enumerate(tree.nodes_from(root)):
            kind = str(node.group.get("type", "default"))
            code = str(data_center["id"]).upper()
            groups.append(
                GroupEntry(node.id, node.parent_id, str(node.group["name"]), node.path, kind, self._alias, code)
            )
            path = server_group.format_path(node.path)
            for server in node.group["servers"]:
                entry = server_result.to_listing(server)
                row = [number, *self._converter.row(entry, path, self._alias)]
                rows.append([*row, self._converter.table.index(entry)] if self._selection.with_entities else row)
            # What is converted is not needed any more; the rest of the tree still is.
            node.group["servers"] = ()
        return groups, rows


@contextlib.contextmanager
def _suited_to_large_responses() -> t.Iterator[None]:
    """Let threads finish the conversion of a response before others parse theirs.

    With the usual interval all responses would be parsed, at the same time, before the first one is converted; they take ten
    times the memory of what is kept of them.
    """
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        with suspended_collector():
            yield
    finally:
        sys.setswitchinterval(interval)
