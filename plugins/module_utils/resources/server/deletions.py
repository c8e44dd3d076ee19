# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers that an earlier run, or another client, has queued for deletion, and that a task with state=absent waits for.

API behavior (compute.yaml; docs/wire-notes.md, section 3): such a server has the status queuedForDelete, and no link to delete it
again; it keeps the status if its job fails, in recordings for months.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import typing as t

from ...api.errors import JobError
from ...kit.resource import Entity
from ...kit.task import Task
from . import result as server_result

QUEUED = "queuedForDelete"


def seconds_since(timestamp: t.Any) -> float | None:
    """Return the seconds since a timestamp of the service (ISO 8601); None without one."""
    if not timestamp:
        return None
    then = datetime.datetime.fromisoformat(str(timestamp).replace("Z", "+00:00"))
    return (datetime.datetime.now(datetime.UTC) - then).total_seconds()


def are_finished(task: Task, servers: t.Sequence[Entity]) -> bool:
    """Return whether no server is queued for deletion any more.

    Raises JobError if the time of the task is up, or if a server has been queued for longer than that: its job has failed.
    """
    queued = [server for server in servers if server["status"] == QUEUED]
    if not queued:
        return True
    ages = [seconds_since((server.get("changeInfo") or {}).get("modifiedDate")) for server in queued]
    if task.seconds_left and not any(age is not None and age > task.wait_timeout for age in ages):
        return False
    raise JobError(
        f"it is still queued for deletion after wait_timeout, {task.wait_timeout} s"
        if len(queued) == 1
        else f"they are still queued for deletion after wait_timeout, {task.wait_timeout} s",
        action="delete",
        target=server_result.label(queued),
        help_text="The job that deletes it may have failed. The service does not accept another delete request for it.",
    )
