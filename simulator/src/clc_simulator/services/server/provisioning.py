# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans new servers: validates requests to create or import a server, and assigns name, address, and disks.

Decisions:
  - A clone needs a running source with one adapter in the same data center, and the source's password.
  - The default password is generated, for a clone it is the password of its source.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from clc_simulator.core import hardware, inventory, models
from clc_simulator.core.errors import validation_error
from clc_simulator.core.models import DataCenter, Group, Network, Server
from clc_simulator.core.operations import RequestContext
from clc_simulator.services.server import fields, limits

Json = dict[str, Any]

MAX_NAME_LENGTH = 10
"""Maximum length of account alias and name together (notes of createServer)."""
_GENERATED_PASSWORD = "Gen3rated-{}"

NEW_SERVER: list[Callable[[RequestContext, str, str, Json], Json]] = []
"""Functions of other resources that return fields of a new Server, from the request, the data center code, the type of the
server, and the body. They raise ApiError (400)."""


@dataclass(frozen=True)
class _Source:
    """The source of a new server: template, server, image, or bare metal configuration."""

    os: str
    os_type: str
    disks: list[Json]
    system_disks: list[str]
    capabilities: list[str] = field(default_factory=list)
    reserved: list[str] = field(default_factory=list)
    properties: Json = field(default_factory=dict)
    password: str | None = None
    """Default password: that of the server that is cloned."""


def plan(request: RequestContext, group: Group, body: Json) -> Server:
    """Return the server of a create request, not visible yet. Raise ApiError (400)."""
    data_center = inventory.find_data_center(request.world, group.data_center)
    if body.get("type") == "bareMetal":
        source, size = _bare_metal(data_center, body), {}
    else:
        source = _template(request, data_center, body["sourceServerId"]) or _clone(request, data_center, body)
        _check_capabilities(source, body)
        size = {"cpu": body["cpu"], "memory_mb": body["memoryGB"] * 1024}
    disks = _with_additional(source, body)
    kind = body.get("type", "standard")
    storage = _storage_type(data_center, kind, body)
    if (storage == "hyperscale") != (kind == "hyperscale"):
        raise validation_error("storageType", f"The storage type {storage} is not valid for servers of type {kind}.")
    return _server(
        request, group, source, body,
        type=kind, storage_type=storage, disks=disks,
        managed_os=bool(body.get("isManagedOS")) and kind != "bareMetal",
        managed_backup=bool(body.get("isManagedBackup")) and bool(body.get("isManagedOS")) and kind != "bareMetal",
        **{**source.properties, **size, **_properties_of_other_resources(request, data_center.id, kind, body)},
    )  # fmt: skip


def plan_import(request: RequestContext, group: Group, body: Json, storage_gb: int, system: Json) -> Server:
    """Return the server of an import, not visible yet: it has one disk and an importable operating system.

    Raise ApiError (400).
    """
    data_center = inventory.find_data_center(request.world, group.data_center)
    disks = [{"id": "0:0", "sizeGB": storage_gb}]
    os = system["type"][0].lower() + system["type"][1:]
    source = _Source(os, system["description"], disks, ["0:0"])
    return _server(
        request, group, source, body,
        type=body.get("type", "standard"), disks=disks,
        storage_type=_storage_type(data_center, body.get("type", "standard"), body),
        cpu=body["cpu"], memory_mb=body["memoryGB"] * 1024,
    )  # fmt: skip


def _properties_of_other_resources(request: RequestContext, data_center_code: str, kind: str, body: Json) -> Json:
    properties: Json = {}
    for properties_of in NEW_SERVER:
        properties |= properties_of(request, data_center_code, kind, body)
    return properties


def _server(request: RequestContext, group: Group, source: _Source, body: Json, **properties: Any) -> Server:
    """Return a server of a source; limits and address are checked before the name is reserved."""
    assert request.account is not None
    values = fields.parse_custom_fields(request.account, body.get("customFields", []))
    password = fields.new_password(body["password"], "password") if "password" in body else None
    _check_name(request, body["name"])
    storage = sum(disk["sizeGB"] for disk in properties["disks"])
    cpu, memory = properties.get("cpu", 0), properties.get("memory_mb", 0) // 1024
    limits.check(request.world, request.account, group.data_center, cpu=cpu, memoryGB=memory, storageGB=storage)
    network, address = _address(request, group, body)
    base_name = f"{group.data_center}{request.alias}{body['name']}".upper()
    key = f"{base_name}{request.world.take_number(f'servers/{base_name}'):02d}".lower()
    uuid = request.world.new_id()
    return Server(
        id=key,
        uuid=uuid,
        account=request.alias,
        data_center=group.data_center,
        group=group.id,
        status=models.REQUESTED,
        os_type=source.os_type,
        os=source.os,
        created=request.now,
        created_by=request.user_name,
        modified=request.now,
        description=body.get("description", ""),
        display_name=key.upper(),
        network=network,
        ip_addresses=[{"internal": address}],
        system_disks=source.system_disks,
        custom_fields=values,
        password=password or source.password or _GENERATED_PASSWORD.format(uuid[:8]),
        **properties,
    )


def _check_name(request: RequestContext, name: str) -> None:
    if len(request.alias) + len(name) > MAX_NAME_LENGTH:
        max_length = MAX_NAME_LENGTH - len(request.alias)
        raise validation_error(
            "name", f"The name must have at most {max_length} characters for account {request.alias}."
        )


def _template(request: RequestContext, data_center: DataCenter, name: str) -> _Source | None:
    for template in data_center.templates:
        if template["name"].lower() == name.lower():
            disks = hardware.template_disks(template["osType"], template["storageSizeGB"])
            return _Source(
                template["osType"],
                template["description"].replace(" | ", " "),
                disks,
                [disk["id"] for disk in disks],
                template["capabilities"],
                template["reservedDrivePaths"],
            )
    own = request.world[Server].get(name.lower())
    if own is not None and own.is_template and (own.account, own.data_center) == (request.alias, data_center.id):
        return _copy(data_center, own)
    return None


def _clone(request: RequestContext, data_center: DataCenter, body: Json) -> _Source:
    """Return a running server as the source of a clone; the request must have its password."""
    name = body["sourceServerId"]
    server = request.world[Server].get(name.lower())
    if (
        server is None
        or server.account != request.alias
        or server.data_center != data_center.id
        or server.status == models.REQUESTED
    ):
        raise validation_error(
            "sourceServerId", f"The source server {name} is neither a template nor a server of {data_center.id}."
        )
    if server.status != models.ACTIVE or server.power != "started":
        raise validation_error("sourceServerId", f"The source server {name} must be running.")
    if server.secondary:
        raise validation_error("sourceServerId", f"The source server {name} has more than one network adapter.")
    password = body.get("sourceServerPassword")
    if password is None:
        raise validation_error("sourceServerPassword", "The sourceServerPassword field is required for a clone.")
    if password != server.password:
        raise validation_error("sourceServerPassword", "The password is not that of the source server.")
    return _copy(data_center, server)


def _copy(data_center: DataCenter, server: Server) -> _Source:
    reserved = inventory.platform()["reservedPaths"][hardware.family(server.os)]
    capabilities = inventory.template_capabilities(data_center, server.os)
    return _Source(
        server.os,
        server.os_type,
        list(server.disks),
        server.system_disks,
        capabilities,
        reserved,
        password=server.password,
    )


def _bare_metal(data_center: DataCenter, body: Json) -> _Source:
    if not data_center.capabilities["supportsBareMetalServers"]:
        raise validation_error("type", f"Data center {data_center.id} has no bare metal servers.")
    bare_metal = inventory.platform()["bareMetal"]
    sku = next((item for item in bare_metal["skus"] if item["id"] == body["configurationId"]), None)
    if sku is None:
        raise validation_error("configurationId", f"The configuration {body['configurationId']} does not exist.")
    if sku["availability"] == "none":
        raise validation_error("configurationId", f"The configuration {body['configurationId']} is not available.")
    systems = {item["type"].lower(): item for item in bare_metal["operatingSystems"]}
    system = systems.get(body["osType"].lower())
    if system is None:
        raise validation_error("osType", f"The operating system {body['osType']} is not valid.")
    disks = [{"id": f"0:{unit}", "sizeGB": disk["capacityGB"]} for unit, disk in enumerate(sku["storage"])]
    processor, storage = sku["processor"], sku["storage"]
    descriptions = {
        "processorDescription": f"{processor['sockets']} x {processor['description']}",
        "storageDescription": f"{len(storage)} x {storage[0]['capacityGB']} GB {storage[0]['type']}",
    }
    size = {
        "cpu": processor["sockets"] * processor["coresPerSocket"],
        "memory_mb": sku["memory"][0]["capacityGB"] * 1024,
        "bare_metal": descriptions,
    }
    return _Source(system["type"], system["description"], disks, [disk["id"] for disk in disks], properties=size)


def _check_capabilities(source: _Source, body: Json) -> None:
    """Raise ApiError (400) if a request needs a capability that its template does not have."""
    managed = bool(body.get("isManagedOS"))
    needed = [
        ("isManagedOS", "managedOS", managed),
        ("isManagedBackup", "managedBackup", managed and bool(body.get("isManagedBackup"))),
        ("type", "hyperscale", body.get("type") == "hyperscale"),
        ("cpuAutoscalePolicyId", "cpuAutoscale", bool(body.get("cpuAutoscalePolicyId"))),
    ]
    for name, capability, is_needed in needed:
        if is_needed and capability not in source.capabilities:
            raise validation_error(name, f"The template does not have the capability {capability} in this data center.")


def _storage_type(data_center: DataCenter, kind: str, body: Json) -> str:
    """Return the storage type of a new server. Raise ApiError (400) if the data center does not have it."""
    has_premium = data_center.capabilities.get("supportsPremiumStorage", True)
    default = "hyperscale" if kind == "hyperscale" else "premium" if has_premium else "standard"
    storage = str(body.get("storageType", default))
    if storage == "premium" and not has_premium:
        raise validation_error("storageType", f"Data center {data_center.id} has no premium storage.")
    return storage


def _with_additional(source: _Source, body: Json) -> list[Json]:
    """Return the disks of a source, followed by the additional disks."""
    disks = [dict(disk) for disk in source.disks]
    if body.get("type") == "bareMetal":
        return disks
    added: list[str] = []
    for requested in body.get("additionalDisks", []):
        # A path of a disk of the source can be requested again: such a clone succeeded (recorded).
        disks.append(new_disk(disks, requested, source.reserved, "additionalDisks", added))
        added += [disks[-1]["path"]] if "path" in disks[-1] else []
    return disks


def new_disk(disks: list[Json], requested: Json, reserved: list[str], property_name: str, used: list[str]) -> Json:
    """Return a disk to add to others. Raise ApiError (400) if its path is reserved or one of the used paths."""
    disk: Json = {"id": hardware.next_disk_id(disks), "sizeGB": int(requested["sizeGB"])}
    if requested["type"] != "partitioned":
        return disk
    path = requested.get("path")
    if not path:
        raise validation_error(property_name, "The path is required for a partitioned disk.")
    first = path.strip("/").rstrip(":\\").split("/")[0].lower()
    if first in reserved or not first:
        raise validation_error(property_name, f"The path {path} is reserved.")
    if path in used:
        raise validation_error(property_name, f"The path {path} is already in use.")
    return {**disk, "path": path}


def usable_networks(request: RequestContext, data_center_code: str) -> list[Network]:
    """Return the networks for new servers: of the account, then of its parent account (docs/wire-notes.md, section 1)."""
    assert request.account is not None
    aliases = [request.alias, *([request.account.parent] if request.account.parent else [])]
    return inventory.networks_of(request.world, aliases, data_center_code)


def find_network(request: RequestContext, data_center_code: str, key: str, property_name: str) -> Network:
    """Return the network of an id or, as older clients send it, of a name. Raise ApiError (400)."""
    for network in usable_networks(request, data_center_code):
        if key.lower() in (network.id, network.name.lower()):
            return network
    raise validation_error(property_name, f"The network {key} is not valid.")


def take_address(request: RequestContext, network: Network, address: str, property_name: str) -> str:
    """Return a requested address of a network. Raise ApiError (400) if it is not in the network or in use."""
    try:
        inside = ipaddress.ip_address(address) in ipaddress.ip_network(network.cidr)
    except ValueError:
        inside = False
    if not inside:
        raise validation_error(property_name, f"The address {address} is not in the network {network.name}.")
    if inventory.is_used(request.world, network.data_center, address):
        raise validation_error(property_name, f"The address {address} is in use.")
    return address


def _address(request: RequestContext, group: Group, body: Json) -> tuple[str, str]:
    """Return network and address of a new server: as requested, the group's default, or the first free address."""
    data_center_code = group.data_center
    requested = body.get("networkId") or inventory.group_default(request.world, group, "networkId")[0]
    networks = (
        [find_network(request, data_center_code, requested, "networkId")]
        if requested
        else usable_networks(request, data_center_code)
    )
    if body.get("ipAddress") and body.get("type") != "bareMetal":
        if not body.get("networkId"):
            raise validation_error("ipAddress", "networkId is required with ipAddress.")
        return networks[0].id, take_address(request, networks[0], body["ipAddress"], "ipAddress")
    for network in networks:
        address = inventory.free_address(request.world, network)
        if address is not None:
            return network.id, address
    raise validation_error("networkId", f"No free address in {data_center_code}.")
