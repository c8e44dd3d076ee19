# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Batch operations on servers (x-clc-batch-rules): one job per data center, one item per server.

Decisions:
  - A batch has one job per data center.
  - If no server could be queued, the status code of the array is 400.
  - Items are ordered by a digest of the server id, since the recorded order is not that of the request.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from clc_simulator.core import models
from clc_simulator.core.errors import NOT_QUEUED
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext
from clc_simulator.services.server._shared import queued_item

Json = dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """The work of a batch operation on one server."""

    rejection: Callable[[Server], str | None]
    """Returns why an active server cannot be queued, or None if it can."""
    arguments: Json = field(default_factory=dict)
    """Arguments of the operation's effect, in addition to server_id."""
    upper_case: bool = False
    """Whether ids must be sent in upper case."""


def run_same(request: RequestContext, ids: list[str], batch: Batch) -> HandlerResponse:
    """Queue servers for the same work; see `run`."""
    return run(request, dict.fromkeys(ids, batch))


def run(request: RequestContext, requested: dict[str, Batch]) -> HandlerResponse:
    """Queue servers, each with its own work, and return one item per server.

    The keys of requested are the ids as sent; ids that only differ in case are the same server.
    """
    queued: dict[str, tuple[Server, Batch]] = {}
    rejected: dict[str, str | None] = {}
    for server_id, batch in requested.items():
        key = server_id.lower()
        if key in queued:
            continue
        server, message = _check_server(request, server_id, batch)
        if server is None:
            rejected[key] = message
        else:
            queued[key] = (server, batch)
            rejected.pop(key, None)
    _apply_fault(request, queued, rejected)
    items = _start_jobs(request, queued)
    for key, reason in rejected.items():
        items.append({"server": key, "isQueued": False, **({"errorMessage": reason} if reason else {})})
    return HandlerResponse(_reorder(request, items), 200 if queued else 400)


def _check_server(request: RequestContext, server_id: str, batch: Batch) -> tuple[Server | None, str | None]:
    """Return a server that can be queued, or None and the reason."""
    server = request.world[Server].get(server_id.lower())
    if server is None or server.account != request.alias or server.status != models.ACTIVE or server.is_template:
        return None, NOT_QUEUED
    if batch.upper_case and server_id != server_id.upper():
        return None, NOT_QUEUED
    message = batch.rejection(server)
    return (None, message) if message else (server, None)


def _apply_fault(
    request: RequestContext, queued: dict[str, tuple[Server, Batch]], rejected: dict[str, str | None]
) -> None:
    """Reject the server of a fault: by id, or by its index in the request."""
    fault = request.faults.reject
    if fault is None:
        return
    chosen = fault["server"]
    keys = list(queued)
    key = keys[chosen] if isinstance(chosen, int) and chosen < len(keys) else str(chosen).lower()
    if queued.pop(key, None) is not None:
        rejected[key] = fault.get("message", NOT_QUEUED)


def _start_jobs(request: RequestContext, queued: dict[str, tuple[Server, Batch]]) -> list[Json]:
    """Start one job per data center; return the items of the servers."""
    by_data_center: dict[str, list[str]] = {}
    for key, (server, _) in queued.items():
        by_data_center.setdefault(server.data_center, []).append(key)
    items = []
    for data_center_code, keys in by_data_center.items():
        targets = [{"server_id": key, **queued[key][1].arguments} for key in keys]
        started = request.start_job(data_center_code, targets)
        items += [queued_item(key, started.link) for key in keys]
    return items


def _reorder(request: RequestContext, items: list[Json]) -> list[Json]:
    """Sort items by a digest, since their order is not that of the request (recorded)."""
    items.sort(key=lambda item: hashlib.md5(item["server"].encode(), usedforsecurity=False).digest())
    if request.faults.shuffle is not None:
        request.faults.shuffle.shuffle(items)
    return items
