# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers outside of CenturyLink Cloud that the backup service knows: registered, with the script that installs the agent.

Facts (contract simple-_shared.yaml): a registration answers a token and no id; the list shows the name as serverAlias beside the
id that server policies take; every call makes a new token; no call removes a registration; the script holds the token, which
no call shows again.

Left open by the contract, and decided here: a name that is in the list is registered and not registered again, unless another
token is asked for. Entries of the list that lack a name (a documented sample does) are passed over. The token goes into the
script alone, in a file that only its owner can read, and that place is checked before anything is registered.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.answers import Answer
from ...api.errors import ClcError, ConfigurationError
from ...api.jobs import Queued
from ...kit import compare, files
from ...kit.declaration import Entity, Resource
from ...kit.lookup import pick
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared

_OWNER_ONLY = 0o700


def read_servers(task: Task) -> list[Entity]:
    """Read the registered servers: {id, accountAlias, osType, serverAlias}. One request."""
    found: list[Entity] = _shared.read(task, paths.BACKUP_ANYWHERE_SERVERS())
    return found


def shown(entity: Entity) -> dict[str, t.Any]:
    """Return a server as results have it."""
    return {
        "id": entity.get("id"),
        "name": entity.get("serverAlias"),
        "os_type": entity.get("osType"),
        "account_alias": entity.get("accountAlias"),
    }


def found_servers(task: Task) -> list[dict[str, t.Any]]:
    """Return the registered servers, or those of a name, sorted by name."""
    wanted = task.option("name")
    found = [shown(one) for one in read_servers(task) if wanted is None or one.get("serverAlias") == wanted]
    return sorted(found, key=lambda one: (one["name"] or "", one["id"]))


class BackupAnywhereServer(Resource):
    """One server, by its name, and its installer."""

    title = "server from anywhere"
    named_by = (("name",),)

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.entity: Entity | None = None
        self._token: str | None = None

    @property
    def _thing(self) -> str:
        return f"{self.title} {self.task.option('name')}"

    def held(self) -> str | None:
        """Two tasks that find the same server missing would both register it."""
        return f"{self._thing} of {self.task.account}"

    def find(self) -> None:
        named = [one for one in read_servers(self.task) if one.get("serverAlias")]
        wanted = str(self.task.option("name"))
        if not any(compare.caseless(wanted, one["serverAlias"]) for one in named):
            self.entity = None
            return
        self.entity = pick(self.title, wanted, named, name_member="serverAlias")

    def plan(self) -> list[Step]:
        """Register, then write the installer: the token is in hand only in the run that asked for it."""
        if self.is_done(self._registration()):
            return [] if self.is_done(self._installer()) else [self._installer()]
        if self.entity is not None:
            self._refuse_other(self.entity)
        if self.entity is not None and self.task.option("update_secret") == "on_create":
            return []
        files.check_place(self.task.option("installer_dest"))
        return [self._registration()]

    def _refuse_other(self, entity: Entity) -> None:
        wanted = self.task.option("os_type")
        if not compare.caseless(wanted, entity.get("osType")):
            raise ConfigurationError(
                f"it is registered with {entity.get('osType')}, not {wanted}",
                action="register",
                thing=self._thing,
                remedy="The service never changes it: give that os_type, or another name.",
            )

    def _registration(self) -> Step:
        body = {"serverId": self.task.option("name"), "osType": self.task.option("os_type")}

        def predict() -> None:
            account = self.task.account.upper()
            self.entity = self.entity or {
                "serverAlias": body["serverId"],
                "osType": body["osType"],
                "accountAlias": account,
            }

        return Step(
            "register",
            self._thing,
            send=lambda: self.task.client.post(paths.BACKUP_PROVISIONING(), body, service=_shared.SERVICE),
            predict=predict,
            identity=self.identity,
            effect="changed" if self.entity else "created",
            read=self._keep_token,
        )

    def _keep_token(self, answer: Answer) -> Queued:
        self._token = str(answer.body["provisioningToken"])
        return Queued()

    def _installer(self) -> Step:
        dest = str(self.task.option("installer_dest"))
        return Step(
            "write_installer",
            self._thing,
            send=lambda: self._write(dest),
            predict=lambda: None,
            identity=self.identity,
            phrase="write the installer of",
            read=lambda answer: Queued(),
        )

    def _write(self, dest: str) -> Answer:
        try:
            answer = self.task.client.post(
                paths.BACKUP_INSTALLER(),
                {"provisioningToken": self._token},
                service=_shared.SERVICE,
                text=True,
            )
            files.write_text(self.task.host, dest, str(answer.body), _OWNER_ONLY, keeps_attributes=False)
        except ClcError as error:
            error.remedy = (
                f"{error.remedy} The server is registered; update_secret=always gets another installer.".strip()
            )
            raise
        return answer

    def show(self) -> dict[str, t.Any]:
        return {"backup_anywhere_server": shown(self.entity) if self.entity is not None else None}
