# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Uploaded OVFs, and their import as servers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clc_simulator.core import inventory, jobs
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import validation_error
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.sections import Place, section
from clc_simulator.services.server import provisioning
from clc_simulator.services.server._shared import target_group
from clc_simulator.services.server.server import (
    guest_reports_partitions,
    server_appears,
    server_is_ready,
    start_building,
)

Json = dict[str, Any]


@entity("imports")
@dataclass(frozen=True, slots=True)
class Import:
    """An uploaded OVF of an account in a data center; id is DATA_CENTER:OVF_ID."""

    id: str
    account: str
    data_center: str
    view: Json
    """The item of listAvailableServerImports."""


@operation("listAvailableServerImports")
def list_available_server_imports(request: RequestContext) -> HandlerResponse:
    """Return the OVFs that the account has uploaded to the data center."""
    data_center = inventory.find_data_center(request.world, request.path["locationId"])
    return HandlerResponse(
        [
            server_import.view
            for server_import in request.world[Import]
            if (server_import.account, server_import.data_center) == (request.alias, data_center.id)
        ]
    )


@operation("importServer", writes=(Server,))
def import_server(request: RequestContext) -> HandlerResponse:
    """Queue the creation of a server from an uploaded OVF."""
    body = request.body
    group = target_group(request, body["groupId"], "groupId")
    data_center = inventory.find_data_center(request.world, group.data_center)
    if not data_center.capabilities.get("importVMEnabled", True):
        raise validation_error("groupId", f"Data center {data_center.id} has no imports of servers.")
    server_import = request.world[Import].get(f"{data_center.id}:{body['ovfId']}")
    if server_import is None or server_import.account != request.alias:
        raise validation_error("ovfId", f"The OVF {body['ovfId']} does not exist in {data_center.id}.")
    systems = {item["type"].lower(): item for item in data_center.importable}
    system = systems.get(body["ovfOsType"].lower())
    if system is None:
        raise validation_error("ovfOsType", f"The operating system {body['ovfOsType']} cannot be imported.")
    storage_gb = server_import.view["storageSizeGB"]
    return start_building(request, provisioning.plan_import(request, group, body, storage_gb, system))


import_server.effect(share=jobs.EXECUTION_STARTS)(server_appears)
import_server.effect(server_is_ready)
import_server.effect(share=jobs.DELAYED)(guest_reports_partitions)


_IMPORT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "storage_gb": {"$ref": "#/$defs/size"},
        "cpu": {"$ref": "#/$defs/size"},
        "memory_mb": {"$ref": "#/$defs/size"},
    },
}


@section("place", "imports", {"type": "array", "items": _IMPORT})
def load_imports(world: World, place: Place, specs: list[Json]) -> None:
    """Load the uploaded OVFs of an account in a data center."""
    for spec in specs:
        item = {
            "id": spec["id"],
            "name": spec.get("name", spec["id"].rpartition("/")[2]),
            "storageSizeGB": spec.get("storage_gb", 16),
            "cpuCount": spec.get("cpu", 1),
            "memorySizeMB": spec.get("memory_mb", 1024),
        }
        world[Import].add(Import(f"{place.data_center}:{spec['id']}", place.account, place.data_center, item))
