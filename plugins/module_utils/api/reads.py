# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Responses that many resources look at, each read once until the service may have changed.

A group is read in detail and with its subtree, which contains what a read of any group or active server below it returns: one read
of the root group of a data center serves all resources that look for groups or servers there.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import copy
import threading
import typing as t
from dataclasses import replace

from . import paths
from .calls import Call
from .errors import NotFound
from .responses import ApiResponse

Entity = dict[str, t.Any]
_DETAILED = {"serverDetail": "detailed"}
_Key = tuple[str, str, tuple[tuple[str, str], ...]]


class ReadCache:
    """Responses to GET by service, path, and parameters. Threads may share it: what one of them reads, the others wait for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reading: dict[str, threading.Lock] = {}
        self._responses: dict[_Key, ApiResponse] = {}
        # Groups by id, and the path of the tree in which a group was last seen.
        self._groups: dict[str, Entity] = {}
        self._tree_of: dict[str, str] = {}
        # Active servers of these trees. Of others, a tree has less than a read of the server.
        self._servers: dict[str, Entity] = {}

    def clear(self) -> None:
        """Forget all responses, but not to which tree a group belongs."""
        with self._lock:
            self._responses.clear()
            self._groups.clear()
            self._servers.clear()

    def get(self, call: Call, send: t.Callable[[Call], ApiResponse]) -> ApiResponse:
        """Return the response to a call, from `send` unless it was read before; a copy, which the caller may change."""
        if call.service == "api" and call.params in (None, _DETAILED):
            group_id, server_id = paths.GROUP.last_segment(call.path), paths.SERVER.last_segment(call.path)
            if group_id:
                return self._group(call, group_id, send)
            server = self._servers.get(server_id.lower()) if server_id else None
            if server is not None:
                return ApiResponse(200, copy.deepcopy(server), call.service)
        key = (call.service, call.path, tuple(sorted((call.params or {}).items())))
        with self._alone(f"{call.service} {call.path}"):
            kept = self._responses.get(key)
            if kept is None:
                kept = self._responses[key] = send(call)
        return replace(kept, body=copy.deepcopy(kept.body))

    def _alone(self, name: str) -> threading.Lock:
        with self._lock:
            return self._reading.setdefault(name, threading.Lock())

    def _group(self, call: Call, group_id: str, send: t.Callable[[Call], ApiResponse]) -> ApiResponse:
        """Return a group with its subtree in detail, out of the tree in which it was seen last."""
        tree_path = self._tree_of.get(group_id, call.path)
        with self._alone(tree_path):
            found = self._groups.get(group_id)
            if found is None and tree_path != call.path:
                with contextlib.suppress(NotFound):
                    found = self._keep(tree_path, send(replace(call, path=tree_path, params=_DETAILED))).get(group_id)
            if found is None:
                found = self._keep(call.path, send(replace(call, params=_DETAILED)))[group_id]
            return ApiResponse(200, copy.deepcopy(found), call.service)

    def _keep(self, path: str, response: ApiResponse) -> dict[str, Entity]:
        """Keep all groups of a tree, and return them by id."""
        groups: dict[str, Entity] = {}
        pending: list[Entity] = [response.body]
        while pending:
            group = pending.pop()
            groups[str(group["id"])] = group
            pending += group.get("groups") or []
        servers = [server for group in groups.values() for server in group.get("servers") or []]
        self._servers.update((str(server["id"]).lower(), server) for server in servers if server["status"] == "active")
        self._groups.update(groups)
        self._tree_of.update(dict.fromkeys(groups, path))
        return groups
