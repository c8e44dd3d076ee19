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

from ..api import links
from ..api.answers import Answer
from ..api.errors import NotThere
from ..kit.declaration import Entity, Resource, Step
from ..kit.shape import filled
from ..kit.task import Task
from . import named_servers, server_view
from .server_requests import read_server

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
            self.task.reference(self._raise_missing, None)
        self.server = found or named_servers.foreseen_server(name)

    def _raise_missing(self) -> None:
        name = self._name or "that is yet to be made"
        raise NotThere(
            f"there is no server {name}",
            action="find",
            thing=f"server {name}",
            remedy="Check server_id and account_alias.",
        )

    def plan(self) -> list[Step]:
        if self.server.get("isTemplate"):
            return []
        named_servers.refuse_inactive("make a template of", [self.server])
        return [
            Step(
                "make a template of",
                named_servers.told([self.server]),
                send=self._send,
                predict=self._foresee,
                things=(self._name or "",),
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
        return self.task.client.post(f"{path}/convertToTemplate", body)

    def _foresee(self) -> None:
        self.server.update(isTemplate=True, description=self._description, groupId=None)

    def show(self) -> dict[str, t.Any]:
        return {"server_template": filled(server_view.shown(self.server), KEYS)}
