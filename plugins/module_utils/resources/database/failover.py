# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The failover of a replicated database: its replica becomes the primary.

API behavior (rdbs.yaml, failoverRdbsSubscription): only for replicated databases, which are those with two servers; the response
has no body, and the database is polled until it is Active.

Not specified by the contract; design decisions: responses do not say which server is the primary, so every run fails over. What
happens to a database without a replica is not documented, so it is rejected before a request is sent.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import InvalidTaskError
from ...api.responses import ApiResponse
from ...kit.resource import Action, Entity
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared


class DatabaseFailover(Action):
    """A failover of a database."""

    title = "database failover"
    identified_by = (("database",),)

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.resolve_reference = _shared.DatabaseReference(task)
        self.database: Entity = {}

    def find(self) -> None:
        self.database = self.resolve_reference.read() or self.database

    def is_stable(self) -> bool:
        return not _shared.is_busy(self.database)

    def steps(self) -> list[Step]:
        database = self.database
        step = Step(
            "fail_over",
            self.resolve_reference.label,
            send=lambda: self._send(database),
            predict=lambda: None,
            identity=self.identity,
            parse=lambda response: _shared.database_job(self.task, database),
            recover=lambda lost: _shared.wait_until_accepted(self.task, lost, database),
        )
        if not self.is_done(step):
            self._check_replicated(database)
            _shared.check_usable(self.task, "fail over", self.resolve_reference.label, database)
        return [step]

    def _check_replicated(self, database: Entity) -> None:
        if _shared.instance_type(database) != _shared.REPLICATED and not database.get("predicted"):
            raise InvalidTaskError(
                "it is not replicated",
                action="fail over",
                target=self.resolve_reference.label,
                help_text=f"Only a database with the instance type {_shared.REPLICATED} has a replica.",
            )

    def _send(self, database: Entity) -> ApiResponse:
        path = paths.DATABASE_OPERATIONS(self.task.account, database["id"])
        return self.task.client.post(path, {"type": "failover"}, service=_shared.SERVICE)

    def show(self) -> dict[str, t.Any]:
        return {"database": _shared.to_result(self.database)}
