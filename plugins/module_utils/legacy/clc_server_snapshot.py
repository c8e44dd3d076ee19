# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server_snapshot: snapshots taken, deleted and gone back to, where there is something to do.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import BadRequest, JobsFailed
from ..convergence import Result, converge
from ..kit.declaration import Entity
from ..kit.lookup import listed
from ..kit.task import Task
from ..resources.server import result as server_result
from ..resources.server.snapshot import ServerSnapshots, check_days
from .run import new_task, told_jobs
from .shapes import touched
from .table import Table


class OldSnapshots(ServerSnapshots):
    """Snapshots as the old module chose servers: none is gone back to that does not exist, and failures may be passed over."""

    def __init__(self, task: Task, ignore_failures: bool) -> None:
        super().__init__(task)
        self.failed: set[str] = set()
        self._ignore_failures = ignore_failures

    def find(self) -> None:
        super().find()
        if self.task.state == "reverted":
            self._leave_out_bare()
        if self._ignore_failures:
            inactive = [one for one in self.servers if one["status"] != "active" or one.get("isTemplate")]
            self.failed.update(server_result.server_id(one) for one in inactive)
            self._leave_out(inactive)

    def _leave_out_bare(self) -> None:
        bare = [
            one for one in self.servers if not server_result.details(one).get("snapshots") and not one.get("predicted")
        ]
        if bare and not self.done:
            self.task.warn(f"There is no snapshot to go back to of {listed(map(server_result.server_id, bare))}.")
        self._leave_out(bare)

    def _leave_out(self, servers: t.Sequence[Entity]) -> None:
        self.servers = [one for one in self.servers if one not in servers]

    def converged(self) -> Result:
        """Converge. With ignore_failures what the plan still wants after a failure is what has failed."""
        try:
            return converge(self)
        except (BadRequest, JobsFailed) as error:
            if not self._ignore_failures:
                raise
            self.failed.update(name for step in self.plan() for name in step.target_ids)
            self.task.warn(f"Passed over: {error}")
            return {"changed": bool(self.done)}


def work(table: Table, task: Task) -> Result:
    """Do what is to be done; the result has the servers acted on, and those that failed where that was passed over."""
    new = new_task(table, task)
    check_days(new)
    snapshots = OldSnapshots(new, bool(task.option("ignore_failures")))
    result = snapshots.converged()
    failed = sorted(snapshots.failed)
    acted_on = [name for name in touched(snapshots) if name not in failed]
    return {**told_jobs(result), "server_ids": acted_on, "failed_server_ids": failed}
