# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Templates made of servers.

Facts (contract compute.yaml, convertServerToTemplate; the call is not documented by the vendor): the server becomes the
template, moves to the group Templates and shows isTemplate; there is no call for the way back; visibility cannot be read back;
the password has to be that of the server's administrator.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, paths
from ...api.answers import Answer
from ...api.errors import NotThere
from ...kit.declaration import Entity, Resource
from ...kit.shape import filled
from ...kit.steps import Step
from ...kit.task import Task
from . import result as server_result
from . import targets as server_targets
from ._shared import read_server

KEYS = ("id", "name", "description", "data_center", "group_id", "is_template", "os", "os_type")


class ServerTemplate(Resource):
    """One server that shall be a template. One that is a template already is left as it is."""

    title = "template"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.server: Entity = {}

    @property
    def _name(self) -> str | None:
        """The server's id in lower case; a prediction of a new server has none yet."""
        given = self.task.option("server_id")
        return str(given).lower() if given else None

    def find(self) -> None:
        name = self._name
        found = read_server(self.task, name) if name else None
        if found is None:
            label = f"server {name or 'that is yet to be made'}"
            remedy = "Check server_id and account_alias."
            self.task.raise_missing(NotThere(f"there is no {label}", action="find", thing=label, remedy=remedy))
        self.server = found or server_targets.foreseen_server(name)

    def plan(self) -> list[Step]:
        if self.server.get("isTemplate"):
            return []
        server_targets.refuse_inactive("make a template of", [self.server])
        return [
            Step(
                "make_template",
                server_targets.told([self.server]),
                send=self._send,
                predict=self._foresee,
                phrase="make a template of",
                target_ids=(self._name or "",),
            )
        ]

    @property
    def _description(self) -> str:
        """The description wanted, else the server's own, which the request would empty otherwise."""
        given = self.task.option("description")
        return str(self.server.get("description") or "" if given is None else given)

    def _send(self) -> Answer:
        path = self.task.client.path_of(str(links.href_of(self.server, "self")))
        body = {
            "description": self._description,
            "visibility": self.task.option("visibility"),
            "password": self.task.option("template_password"),
        }
        return self.task.client.post(paths.SERVER_TEMPLATE.below(path), body)

    def _foresee(self) -> None:
        self.server.update(isTemplate=True, description=self._description, groupId=None)

    def show(self) -> dict[str, t.Any]:
        return {"server_template": filled(server_result.shown(self.server), KEYS)}
