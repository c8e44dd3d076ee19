# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An API request with any method and path, with the login, retries, waiting, and errors of this collection.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import typing as t

from ...api import paths
from ...api.errors import PredictedNotFound
from ...api.jobs import QueueResult, parse_queue_response
from ...api.responses import ApiResponse
from ...kit.resource import Action
from ...kit.steps import Step
from ...kit.task import Task


class ApiCall(Action):
    """One request: a GET reads, any other method changes something."""

    title = "API request"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.response: ApiResponse | None = None

    @property
    def _reads(self) -> bool:
        return str(self.task.option("method")) == "GET"

    def find(self) -> None:
        if self._reads and self.response is None:
            # In check mode, nothing can be read of what an earlier task has predicted.
            with contextlib.suppress(PredictedNotFound):
                self.response = self._send()

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
                parse=self._parse_response,
            )
        ]

    def _send(self) -> ApiResponse:
        option = self.task.option
        path = paths.in_account(str(option("path")), self.task.account)
        return self.task.client.request(
            option("method"), path, option("body"), service=option("service"), params=option("query") or None
        )

    def _parse_response(self, response: ApiResponse) -> QueueResult:
        self.response = response
        return parse_queue_response(self.task.client, response)

    def show(self) -> dict[str, t.Any]:
        return {
            "status_code": self.response.status if self.response else None,
            "body": self.response.body if self.response else None,
        }
