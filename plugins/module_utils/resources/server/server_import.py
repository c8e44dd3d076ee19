# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers imported from uploaded OVF images, and the available images.

API behavior (compute.yaml): the images of an account are uploaded to a directory of each data center, outside of this API; their
ids have the form ALIAS/NAME; the response to an import is that to a create, and it accepts no template, IP address, disks, or
ttl; the password must be that of the image; operating systems are those of the data center's importableOSTypes,
case-insensitive; all clients send type.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...kit import problems
from ...kit.lookup import find_one, format_list
from ...kit.resource import Entity, body_of
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
    """A server with a base name in a group, imported if none exists. An existing server is not updated."""

    title = "server import"
    identified_by = (("name",), ("group",))

    def plan(self) -> list[Step]:
        """Import a server if none exists. The request goes to a path of its own, which no link leads to."""
        if self.members or self.creator.created or self.creator.adopted:
            return []
        body = self.creation_body()
        path = paths.SERVER_IMPORTS(self.task.account)
        return self.creator.steps(1, body, lambda: self.members.append(self.predicted(body)), path, "import")

    def creation_body(self) -> Entity:
        """Return the body of the import. Raises ResourceLookupError for an unknown image, and InvalidTaskError for an
        unknown system.
        """
        body = body_of(_FIELDS, lambda field: server_fields.desired_value(self.task, field, self.group_id))
        return {**body, "ovfId": self._image_id(), "ovfOsType": self._os_type()}

    def _image_id(self) -> str:
        image = find_one(
            "uploaded image",
            str(self.task.option("ovf_id")),
            _available(self.task, require_data_center(self.task, self.task.data_center)),
            name_property="id",
            scope=f"in {self.task.data_center}",
        )
        return str(image["id"])

    def _os_type(self) -> str:
        """Return the operating system in the spelling of the data center."""
        desired = str(self.task.option("os_type"))
        importable = capabilities(self.task, self.task.data_center).get("importableOSTypes") or []
        names = [str(os_type["type"]) for os_type in importable]
        match = next((name for name in names if name.lower() == desired.lower()), None)
        if match is None:
            raise problems.invalid_option(
                "os_type",
                f"'{desired}' cannot be imported in {self.task.data_center}",
                f"Available: {format_list(names) or 'none'}.",
            )
        return match

    def show(self) -> dict[str, t.Any]:
        """Return the result without changed_ids and removed_ids, since this module only creates."""
        result = super().show()
        return {"servers": result["servers"], "created_ids": result["created_ids"]}


def _available(task: Task, data_center: Entity) -> list[Entity]:
    """Return the uploaded images of a data center; empty if it has no link to them. Sends one request per task."""

    def read() -> list[Entity]:
        response = task.client.follow(data_center, "availableOvfs")
        return list(response.body or []) if response else []

    return task.cached(("images", str(data_center["id"]).upper()), read)


def gather_images(task: Task) -> list[dict[str, t.Any]]:
    """Return the uploaded images of a data center, or only that of `ovf_id`, sorted by id. Sends two requests.

    Raises ResourceLookupError if the account does not have the data center.

    Sizes are in GB, as in the options of the module server_import.
    """
    code, ovf_id = task.data_center, task.option("ovf_id")
    images = sorted(_available(task, require_data_center(task, code)), key=lambda image: str(image["id"]))
    return [_to_result(image, code) for image in images if ovf_id in (None, image["id"])]


def _to_result(image: Entity, code: str) -> dict[str, t.Any]:
    megabytes = image.get("memorySizeMB")
    is_integer = megabytes is None or megabytes % 1024 == 0
    return {
        "id": image["id"],
        "name": image["name"],
        "data_center": code,
        "cpu": image.get("cpuCount"),
        "memory_gb": None if megabytes is None else megabytes // 1024 if is_integer else megabytes / 1024,
        "storage_gb": image.get("storageSizeGB"),
    }
