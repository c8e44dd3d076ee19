# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Convert a server to a template.

API behavior (compute.yaml, convertServerToTemplate, which the vendor does not document): the server becomes the template, moves to
the group Templates, and has isTemplate; no operation converts it back; visibility cannot be read back; the password must be that
of the server's administrator.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, paths
from ...api.responses import ApiResponse
from ...kit.naming import with_keys
from ...kit.predicted import reference
from ...kit.resource import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task
from . import result as server_result
from . import targets as server_targets
from ._shared import missing_servers, predicted_server, read_server

KEYS = ("id", "name", "description", "data_center", "group_id", "is_template", "os", "os_type")


class ServerTemplate(Resource):
    """One server that should be a template. An existing template is not updated."""

    title = "template"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.server: Entity = {}

    @property
    def _server_id(self) -> str:
        """The server's id in lower case."""
        return str(self.task.option("server_id")).lower()

    def find(self) -> None:
        server = read_server(self.task, self._server_id)
        if server is None:
            self.task.raise_missing(missing_servers([self._server_id], f"server {self._server_id}", "server_id"))
        self.server = server or predicted_server(self._server_id)

    def plan(self) -> list[Step]:
        if self.server.get("isTemplate"):
            return []
        server_targets.require_active("create a template of", [self.server])
        return [
            Step(
                "make_template",
                server_result.label([self.server]),
                send=self._send,
                predict=self._predict,
                phrase="create a template of",
                target_ids=(self._server_id,),
            )
        ]

    @property
    def _description(self) -> str:
        """The desired description, otherwise that of the server, which the request would clear."""
        description = self.task.option("description")
        return str(self.server.get("description") or "" if description is None else description)

    def _send(self) -> ApiResponse:
        path = self.task.client.href_to_path(str(links.href_of(self.server, "self")))
        body = {
            "description": self._description,
            "visibility": self.task.option("visibility"),
            "password": self.task.option("template_password"),
        }
        return self.task.client.post(paths.SERVER_TEMPLATE.below(path), body)

    def _predict(self) -> None:
        self.server.update(
            isTemplate=True, description=self._description, groupId=reference(self.task, "group", "Templates")
        )

    def show(self) -> dict[str, t.Any]:
        return {"server_template": with_keys(server_result.to_result(self.server), KEYS)}
