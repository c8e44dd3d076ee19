# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Any verb on any path, for what has no module yet: with this collection's login, retries, waiting and errors.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.answers import Answer
from ...api.jobs import Queued, started_by
from ...kit.declaration import Action
from ...kit.steps import Step
from ...kit.task import Task


class ApiCall(Action):
    """One request: a GET changes nothing, anything else is a change."""

    title = "the call"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.answer: Answer | None = None

    @property
    def _reads(self) -> bool:
        return str(self.task.option("method")) == "GET"

    def find(self) -> None:
        if self._reads and self.answer is None:
            self.answer = self._send()

    def steps(self) -> list[Step]:
        if self._reads:
            return []
        return [
            Step(
                str(self.task.option("method")),
                str(self.task.option("path")),
                self._send,
                lambda: None,
                identity=self.identity,
                read=self._read,
            )
        ]

    def _send(self) -> Answer:
        option = self.task.option
        path = paths.in_account(str(option("path")), self.task.account)
        return self.task.client.request(
            option("method"), path, option("body"), service=option("service"), params=option("query") or None
        )

    def _read(self, answer: Answer) -> Queued:
        self.answer = answer
        return started_by(self.task.client, answer)

    def show(self) -> dict[str, t.Any]:
        return {
            "status_code": self.answer.status if self.answer else None,
            "body": self.answer.body if self.answer else None,
        }
