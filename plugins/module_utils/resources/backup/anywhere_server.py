# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""External servers, outside of CenturyLink Cloud, registered with the backup service, and the scripts that install its agent.

API behavior (simple-backup.yaml): the response to a registration is a token without an id; the list contains the name as
serverAlias and the id that server policies use; every registration creates a new token; no operation removes a registration; the
script contains the token, which no operation returns again.

Not specified by the contract; design decisions: a name in the list is registered, and is not registered again unless another
token is requested. Entries without a name (a documented sample has one) are ignored. The token is only written into the script,
in a file that only its owner can read; its path is checked before the registration.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import ClcError, InvalidTaskError, JobError
from ...api.jobs import QueueResult
from ...api.responses import ApiResponse
from ...kit import compare, files
from ...kit.lookup import find_one
from ...kit.predicted import new_id
from ...kit.resource import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared

_OWNER_ONLY = 0o700


def read_servers(task: Task) -> list[Entity]:
    """Read the registered servers: {id, accountAlias, osType, serverAlias}. Sends one request."""
    servers: list[Entity] = _shared.read(task, paths.BACKUP_ANYWHERE_SERVERS())
    return servers


def to_result(server: Entity) -> dict[str, t.Any]:
    """Return a registered server in result format."""
    return {
        "id": server.get("id"),
        "name": server.get("serverAlias"),
        "os_type": server.get("osType"),
        "account_alias": server.get("accountAlias"),
    }


def gather_servers(task: Task) -> list[dict[str, t.Any]]:
    """Return all registered servers, or those with the name of an info task, sorted by name."""
    name = task.option("name")
    results = [to_result(server) for server in read_servers(task) if name is None or server.get("serverAlias") == name]
    return sorted(results, key=lambda result: (result["name"] or "", result["id"]))


class BackupAnywhereServer(Resource):
    """A registered server, identified by its name, and its installer."""

    title = "external server"
    identified_by = (("name",),)

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.entity: Entity | None = None
        self._token: str | None = None

    @property
    def _label(self) -> str:
        return f"{self.title} {self.task.option('name')}"

    def lock_names(self) -> str | None:
        """Lock the name: two tasks that find the same server missing would both register it."""
        return f"{self._label} of {self.task.account}"

    def find(self) -> None:
        servers = [server for server in read_servers(self.task) if server.get("serverAlias")]
        name = str(self.task.option("name"))
        if not any(compare.case_insensitive(name, server["serverAlias"]) for server in servers):
            self.entity = None
            return
        self.entity = find_one(self.title, name, servers, name_property="serverAlias")

    def plan(self) -> list[Step]:
        """Register, then write the installer: only the run that requests a token has it."""
        if self.is_done(self._register_step()):
            return [] if self.is_done(self._installer_step()) else [self._installer_step()]
        if self.entity is not None:
            self._check_os_type(self.entity)
        if self.entity is not None and self.task.option("update_secret") == "on_create":
            return []
        files.check_place(self.task.option("installer_dest"))
        return [self._register_step()]

    def _check_os_type(self, server: Entity) -> None:
        os_type = self.task.option("os_type")
        if not compare.case_insensitive(os_type, server.get("osType")):
            raise InvalidTaskError(
                f"it is registered with the os_type {server.get('osType')}, not {os_type}",
                action="register",
                target=self._label,
                help_text="The service cannot change it. Set os_type to the registered value, or use another name.",
            )

    def _register_step(self) -> Step:
        body = {"serverId": self.task.option("name"), "osType": self.task.option("os_type")}

        def predict() -> None:
            account = self.task.account.upper()
            self.entity = self.entity or {
                "id": new_id(self.task, self._label, self.identity),
                "serverAlias": body["serverId"],
                "osType": body["osType"],
                "accountAlias": account,
            }

        return Step(
            "register",
            self._label,
            send=lambda: self.task.client.post(paths.BACKUP_PROVISIONING(), body, service=_shared.SERVICE),
            predict=predict,
            identity=self.identity,
            effect="changed" if self.entity else "created",
            parse=self._keep_token,
        )

    def _keep_token(self, response: ApiResponse) -> QueueResult:
        self._token = str(response.body["provisioningToken"])
        return QueueResult()

    def _installer_step(self) -> Step:
        path = str(self.task.option("installer_dest"))
        return Step(
            "write_installer",
            self._label,
            send=lambda: self._write_installer(path),
            predict=lambda: None,
            identity=self.identity,
            phrase="write the installer of",
            parse=lambda response: QueueResult(),
        )

    def _write_installer(self, path: str) -> ApiResponse:
        try:
            if self._token is None:
                raise JobError("the response to the registration, which contains its token, was lost")
            response = self.task.client.post(
                paths.BACKUP_INSTALLER(),
                {"provisioningToken": self._token},
                service=_shared.SERVICE,
                as_text=True,
            )
            files.write_text(self.task.host, path, str(response.body), _OWNER_ONLY, keeps_attributes=False)
        except ClcError as error:
            help_text = "The server is registered. Set update_secret to always to get another installer."
            error.help_text = f"{error.help_text} {help_text}".strip()
            raise
        return response

    def show(self) -> dict[str, t.Any]:
        return {"backup_anywhere_server": to_result(self.entity) if self.entity is not None else None}
