# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the backup service offers: storage regions, operating systems, data centers with their servers.

Facts (contract simple-_shared.yaml): all are bare arrays; data centers are named in full (VA1 - US East (Sterling)), and the
servers of one are asked for by that name; server names come in either case.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...kit.task import Task
from . import _shared


def found_regions(task: Task) -> list[dict[str, t.Any]]:
    """Return the storage regions as {name, label, messages}, in the service's order."""
    return [
        {"name": one["name"], "label": one["regionLabel"], "messages": one.get("messages") or []}
        for one in _shared.read(task, paths.BACKUP_REGIONS())
    ]


def found_os_types(task: Task) -> list[str]:
    """Return the operating systems that policies can be for."""
    return list(_shared.read(task, paths.BACKUP_OS_TYPES()))


def found_data_centers(task: Task) -> list[dict[str, t.Any]]:
    """Return the data centers, or that of a code or full name, each with its servers where they are asked for."""
    wanted = str(task.option("data_center") or "")
    names = [str(name) for name in _shared.read(task, paths.BACKUP_DATA_CENTERS())]
    kept = [name for name in names if not wanted or name == wanted or _code(name) == wanted.upper()]
    return [{"id": _code(name), "name": name, "servers": _servers(task, name)} for name in sorted(kept)]


def _code(name: str) -> str:
    return name.partition(" ")[0]


def _servers(task: Task, name: str) -> list[str] | None:
    if "servers" not in (task.option("gather") or []):
        return None
    return sorted(str(one).lower() for one in _shared.read(task, paths.BACKUP_DATA_CENTER_SERVERS(name)))
