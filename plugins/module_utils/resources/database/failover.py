# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The failover of a replicated database: its replica becomes the primary.

Facts (contract rdbs.yaml, failoverRdbsSubscription): it is for replicated databases only, which are those with two servers; the
answer has no body, and the database is read until it is Active.

Left open by the contract, and decided here. Which server is the primary is not shown, so a failover is done on every run. What a
database without replica gets is not documented, so that is refused before anything is sent.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.answers import Answer
from ...api.errors import ConfigurationError
from ...kit.declaration import Action, Entity
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared


class DatabaseFailover(Action):
    """One failover of one database."""

    title = "database failover"
    named_by = (("database",),)

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.named = _shared.Named(task)
        self.database: Entity = {}

    def find(self) -> None:
        self.database = self.named.read() or self.database

    def settled(self) -> bool:
        return not _shared.is_busy(self.database)

    def steps(self) -> list[Step]:
        database = self.database
        step = Step(
            "fail_over",
            self.named.told,
            send=lambda: self._send(database),
            predict=lambda: None,
            identity=self.identity,
            read=lambda answer: _shared.queued_on(self.task, database),
            recover=lambda lost: _shared.taken_up(self.task, lost, database),
        )
        if not self.is_done(step):
            self._refuse_single(database)
            _shared.refuse_unusable(self.task, "fail over", self.named.told, database)
        return [step]

    def _refuse_single(self, database: Entity) -> None:
        if _shared.instance_type(database) != _shared.REPLICATED and not database.get("foreseen"):
            raise ConfigurationError(
                "it is not replicated",
                action="fail over",
                thing=self.named.told,
                remedy=f"Only a database of the instance type {_shared.REPLICATED} has a replica.",
            )

    def _send(self, database: Entity) -> Answer:
        where = paths.DATABASE_OPERATIONS(self.task.account, database["id"])
        return self.task.client.post(where, {"type": "failover"}, service=_shared.SERVICE)

    def show(self) -> dict[str, t.Any]:
        return {"database": _shared.shown(self.database)}
