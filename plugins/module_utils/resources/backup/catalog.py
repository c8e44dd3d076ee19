# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the backup service provides: storage regions, operating systems, and data centers with their servers.

API behavior (simple-backup.yaml): all responses are arrays; data centers have a full name (VA1 - US East (Sterling)), which is
also used to request their servers; server names are in upper or lower case.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...kit.task import Task
from . import _shared


def gather_regions(task: Task) -> list[dict[str, t.Any]]:
    """Return the storage regions as {name, label, messages}, in the order of the service."""
    return [
        {"name": region["name"], "label": region["regionLabel"], "messages": region.get("messages") or []}
        for region in _shared.read(task, paths.BACKUP_REGIONS())
    ]


def gather_os_types(task: Task) -> list[str]:
    """Return the operating systems that policies support."""
    return list(_shared.read(task, paths.BACKUP_OS_TYPES()))


def gather_data_centers(task: Task) -> list[dict[str, t.Any]]:
    """Return all data centers, or the one with a code or full name, each with its servers if they are gathered."""
    code_or_name = str(task.option("data_center") or "")
    names = [str(name) for name in _shared.read(task, paths.BACKUP_DATA_CENTERS())]
    matching = [name for name in names if code_or_name in ("", name) or _code(name) == code_or_name.upper()]
    return [{"id": _code(name), "name": name, "servers": _servers(task, name)} for name in sorted(matching)]


def _code(name: str) -> str:
    return name.partition(" ")[0]


def _servers(task: Task, name: str) -> list[str] | None:
    if "servers" not in (task.option("gather") or []):
        return None
    return sorted(str(server_id).lower() for server_id in _shared.read(task, paths.BACKUP_DATA_CENTER_SERVERS(name)))
