# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server_snapshot: snapshots taken, deleted and gone back to, if there is something to do.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import BadRequest, JobError
from ..convergence import Result, converge
from ..kit.lookup import format_list
from ..kit.resource import Entity
from ..kit.task import Task
from ..resources.server import result as server_result
from ..resources.server.snapshot import ServerSnapshots
from .run import job_result, new_task
from .shapes import modified_ids
from .table import Table


class LegacySnapshots(ServerSnapshots):
    """Snapshots with the rules of the legacy module: servers without a snapshot are not reverted, and failures can be ignored."""

    def __init__(self, task: Task, ignore_failures: bool) -> None:
        super().__init__(task)
        self.failed: set[str] = set()
        self._ignore_failures = ignore_failures

    def find(self) -> None:
        super().find()
        if self.task.state == "reverted":
            self._skip_without_snapshot()
        if self._ignore_failures:
            inactive = [server for server in self.servers if server["status"] != "active" or server.get("isTemplate")]
            self.failed.update(server_result.server_id(server) for server in inactive)
            self._skip(inactive)

    def _skip_without_snapshot(self) -> None:
        without_snapshot = [
            server
            for server in self.servers
            if not server_result.details(server).get("snapshots") and not server.get("predicted")
        ]
        if without_snapshot and not self.done:
            names = format_list(map(server_result.server_id, without_snapshot))
            self.task.warn(f"These servers have no snapshot to revert to: {names}.")
        self._skip(without_snapshot)

    def _skip(self, servers: t.Sequence[Entity]) -> None:
        self.servers = [server for server in self.servers if server not in servers]

    def converged(self) -> Result:
        """Converge. With ignore_failures, the steps that remain after a failure are those of the failed servers."""
        try:
            return converge(self)
        except (BadRequest, JobError) as error:
            if not self._ignore_failures:
                raise
            self.failed.update(target_id for step in self.plan() for target_id in step.target_ids)
            self.task.warn(f"Ignored, since ignore_failures is true: {error}")
            return {"changed": bool(self.done)}


def work(table: Table, task: Task) -> Result:
    """Create, delete, or revert to snapshots. The result has the servers of completed steps, and those of ignored failures."""
    new = new_task(table, task)
    snapshots = LegacySnapshots(new, bool(task.option("ignore_failures")))
    result = snapshots.converged()
    failed = sorted(snapshots.failed)
    succeeded = [server_id for server_id in modified_ids(snapshots) if server_id not in failed]
    return {**job_result(result), "server_ids": succeeded, "failed_server_ids": failed}
