# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers made from uploaded images (OVF), and the images that there are.

Facts (contract compute.yaml): the uploads of an account lie in a folder of each data center, outside of this API; their ids have
the form ALIAS/NAME; an import answers as a create does and takes no template, address, disks or ttl; the password has to be the
one inside the image; operating systems are spelled as the data center's importableOSTypes, in any case; all clients send type.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths, tree
from ...api.errors import LookupFailed
from ...kit.declaration import Entity, body_of
from ...kit.lookup import listed, pick
from ...kit.steps import Step
from ...kit.task import Task
from ..account import capabilities, require_data_center
from . import fields as server_fields
from . import server

_FIELDS = server_fields.fields(
    "name",
    "group",
    "description",
    "cpu",
    "memory_gb",
    "storage_type",
    "type",
    "network",
    "administrator_password",
    "primary_dns",
    "secondary_dns",
    "custom_fields",
)


class ServerImport(server.Servers):
    """A server of a base name in a group; where there is none it is imported. One that is there is left as it is."""

    title = "server import"
    named_by = (("name",), ("group",))

    def plan(self) -> list[Step]:
        """One server where there is none; the create is sent to another address, to which no link leads."""
        if self.members or self.creation.made or self.creation.adopted:
            return []
        body = self.creation_body()
        path = paths.SERVER_IMPORTS(self.task.account)
        return self.creation.steps(1, body, lambda: self.members.append(self.foreseen(body)), path, "import")

    def creation_body(self) -> Entity:
        """Return the body of the import. Raises LookupFailed where there is no such image or operating system."""
        group_id = self.group.id if self.group else None
        body = body_of(_FIELDS, lambda one: server_fields.wanted(self.task, one, group_id))
        return {**body, "ovfId": self._image(), "ovfOsType": self._system()}

    def _image(self) -> str:
        center = self.task.data_center
        image = pick(
            "uploaded image",
            str(self.task.option("ovf_id")),
            _available(self.task, require_data_center(self.task, self.task.data_center)),
            name_member="id",
            where=f"in {center}",
        )
        return str(image["id"])

    def _system(self) -> str:
        """Return an operating system in the spelling of the data center."""
        wanted = str(self.task.option("os_type"))
        known = capabilities(self.task, self.task.data_center).get("importableOSTypes") or []
        types = [str(one["type"]) for one in known]
        found = next((one for one in types if one.lower() == wanted.lower()), None)
        if found is None:
            raise LookupFailed(
                f"{self.task.data_center} imports no {wanted}",
                action="use",
                thing="os_type",
                remedy=f"It imports: {listed(types) or 'nothing'}.",
            )
        return found

    def show(self) -> dict[str, t.Any]:
        """Nothing is changed or removed here, so the result has no lists of that."""
        whole = super().show()
        return {"servers": whole["servers"], "created_ids": whole["created_ids"]}


def _available(task: Task, center: Entity) -> list[Entity]:
    """Read the uploaded images of a data center; none where it has no link to them. One request for a task."""

    def read() -> list[Entity]:
        answer = task.client.follow(center, "availableOvfs")
        return list(answer.body or []) if answer else []

    return task.once(("images", str(center["id"]).upper()), read)


def found_imports(task: Task) -> list[dict[str, t.Any]]:
    """Return the uploaded images of a data center, or the one of `ovf_id`, sorted by id. Two requests.

    Sizes are given in the units of the module that imports: GB.
    """
    code, wanted = task.data_center, task.option("ovf_id")
    centers = [one for one in tree.data_centers(task.client, task.account) if str(one["id"]).upper() == code]
    images = [one for center in centers for one in _available(task, center)]
    return [_shown(one, code) for one in sorted(images, key=lambda one: str(one["id"])) if wanted in (None, one["id"])]


def _shown(image: Entity, code: str) -> dict[str, t.Any]:
    megabytes = image.get("memorySizeMB")
    whole = megabytes is None or megabytes % 1024 == 0
    return {
        "id": image["id"],
        "name": image["name"],
        "data_center": code,
        "cpu": image.get("cpuCount"),
        "memory_gb": None if megabytes is None else megabytes // 1024 if whole else megabytes / 1024,
        "storage_gb": image.get("storageSizeGB"),
    }
