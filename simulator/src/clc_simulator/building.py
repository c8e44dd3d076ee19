# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans new servers: checks a request to create or import one and gives it name, address and disks."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Any

from clc_simulator import estate, fields, limits, policies
from clc_simulator.estate import DataCenter, Group, Import, Network, Server
from clc_simulator.operations import Call
from clc_simulator.problems import invalid

Json = dict[str, Any]

LONGEST_NAME = 10
"""Signs of account alias and name together (notes of createServer)."""
_GENERATED_PASSWORD = "Gen3rated-{}"


@dataclass(frozen=True)
class _Source:
    """What a server is built from."""

    os: str
    os_type: str
    disks: list[Json]
    system_disks: list[str]
    capabilities: list[str] = field(default_factory=list)
    reserved: list[str] = field(default_factory=list)
    members: Json = field(default_factory=dict)
    password: str | None = None
    """Password that the server has where none is given: that of the server it was cloned from."""


def plan(call: Call, group: Group, body: Json) -> Server:
    """Return the server that a create request asks for, not yet visible. Raises Problem (400)."""
    center = estate.find_data_center(call.world, group.data_center)
    if body.get("type") == "bareMetal":
        source, size = _bare_metal(center, body), {}
    else:
        source = _template(call, center, body["sourceServerId"]) or _clone(call, center, body)
        _check_managed(source, body)
        size = {"cpu": body["cpu"], "memory_mb": body["memoryGB"] * 1024}
    disks = _with_additional(source, body)
    kind = body.get("type", "standard")
    storage = body.get("storageType", "hyperscale" if kind == "hyperscale" else "premium")
    if (storage == "hyperscale") != (kind == "hyperscale"):
        raise invalid("storageType", f"The storage type {storage} does not go with servers of type {kind}.")
    return _server(
        call, group, source, body,
        type=kind, storage_type=storage, disks=disks,
        managed_os=bool(body.get("isManagedOS")) and kind != "bareMetal",
        managed_backup=bool(body.get("isManagedBackup")) and bool(body.get("isManagedOS")) and kind != "bareMetal",
        **{**source.members, **size, **policies.of_new_server(call, center.id, kind, body)},
    )  # fmt: skip


def plan_import(call: Call, group: Group, body: Json, found: Import, kind: Json) -> Server:
    """Return the server that an import asks for, not yet visible. Raises Problem (400)."""
    disks = [{"id": "0:0", "sizeGB": found.shown["storageSizeGB"]}]
    os = kind["type"][0].lower() + kind["type"][1:]
    source = _Source(os, kind["description"], disks, ["0:0"])
    return _server(
        call, group, source, body,
        type=body.get("type", "standard"), storage_type=body.get("storageType", "premium"), disks=disks,
        cpu=body["cpu"], memory_mb=body["memoryGB"] * 1024,
    )  # fmt: skip


def _server(call: Call, group: Group, source: _Source, body: Json, **members: Any) -> Server:
    """Return a server of a source; limits and address are checked here, last the name is taken."""
    assert call.account is not None
    values = fields.custom_fields(call.account, body.get("customFields", []))
    password = fields.password(body["password"], "password") if "password" in body else None
    _check_name(call, body["name"])
    storage = sum(disk["sizeGB"] for disk in members["disks"])
    memory = members.get("memory_mb", 0) // 1024
    limits.check(
        call.world, call.account, group.data_center, cpu=members.get("cpu", 0), memoryGB=memory, storageGB=storage
    )
    network, address = _address(call, group, body)
    base = f"{group.data_center}{call.alias}{body['name']}".upper()
    key = f"{base}{call.world.take_number(f'servers/{base}'):02d}".lower()
    uuid = call.world.new_id()
    return Server(
        id=key,
        uuid=uuid,
        account=call.alias,
        data_center=group.data_center,
        group=group.id,
        status=estate.REQUESTED,
        os_type=source.os_type,
        os=source.os,
        created=call.now,
        created_by=call.by,
        modified=call.now,
        description=body.get("description", ""),
        display_name=key.upper(),
        network=network,
        ip_addresses=[{"internal": address}],
        system_disks=source.system_disks,
        custom_fields=values,
        password=password or source.password or _GENERATED_PASSWORD.format(uuid[:8]),
        **members,
    )


def _check_name(call: Call, name: str) -> None:
    if len(call.alias) + len(name) > LONGEST_NAME:
        longest = LONGEST_NAME - len(call.alias)
        raise invalid("name", f"The name must have at most {longest} characters for account {call.alias}.")


def _template(call: Call, center: DataCenter, name: str) -> _Source | None:
    for template in center.templates:
        if template["name"].lower() == name.lower():
            disks = estate.template_disks(template["osType"], template["storageSizeGB"])
            return _Source(
                template["osType"],
                template["description"].replace(" | ", " "),
                disks,
                [disk["id"] for disk in disks],
                template["capabilities"],
                template["reservedDrivePaths"],
            )
    own = call.world[Server].get(name.lower())
    if own is not None and own.is_template and (own.account, own.data_center) == (call.alias, center.id):
        return _copy(own)
    return None


def _clone(call: Call, center: DataCenter, body: Json) -> _Source:
    """Return a running server as the source of a clone; its password must be given and right."""
    name = body["sourceServerId"]
    row = call.world[Server].get(name.lower())
    if row is None or row.account != call.alias or row.data_center != center.id or row.status == estate.REQUESTED:
        raise invalid("sourceServerId", f"The source server {name} is neither a template nor a server of {center.id}.")
    if row.status != estate.ACTIVE or row.power != "started":
        raise invalid("sourceServerId", f"The source server {name} must be running.")
    if row.secondary:
        raise invalid("sourceServerId", f"The source server {name} has several network adapters.")
    given = body.get("sourceServerPassword")
    if given is None:
        raise invalid("sourceServerPassword", "The sourceServerPassword field is required for a clone.")
    if given != row.password:
        raise invalid("sourceServerPassword", "The password is not that of the source server.")
    return _copy(row)


def _copy(row: Server) -> _Source:
    reserved = estate.platform()["reservedPaths"][estate.family(row.os)]
    capabilities = ["cpuAutoscale", "managedOS"]
    return _Source(
        row.os, row.os_type, list(row.disks), row.system_disks, capabilities, reserved, password=row.password
    )


def _bare_metal(center: DataCenter, body: Json) -> _Source:
    if not center.capabilities["supportsBareMetalServers"]:
        raise invalid("type", f"Data center {center.id} has no bare metal servers.")
    catalogue = estate.platform()["bareMetal"]
    sku = next((item for item in catalogue["skus"] if item["id"] == body["configurationId"]), None)
    if sku is None:
        raise invalid("configurationId", f"The configuration {body['configurationId']} does not exist.")
    if sku["availability"] == "none":
        raise invalid("configurationId", f"The configuration {body['configurationId']} is not available.")
    systems = {item["type"].lower(): item for item in catalogue["operatingSystems"]}
    system = systems.get(body["osType"].lower())
    if system is None:
        raise invalid("osType", f"The operating system {body['osType']} is not valid.")
    disks = [{"id": f"0:{unit}", "sizeGB": disk["capacityGB"]} for unit, disk in enumerate(sku["storage"])]
    processor, storage = sku["processor"], sku["storage"]
    shown = {
        "processorDescription": f"{processor['sockets']} x {processor['description']}",
        "storageDescription": f"{len(storage)} x {storage[0]['capacityGB']} GB {storage[0]['type']}",
    }
    size = {
        "cpu": processor["sockets"] * processor["coresPerSocket"],
        "memory_mb": sku["memory"][0]["capacityGB"] * 1024,
        "bare_metal": shown,
    }
    return _Source(system["type"], system["description"], disks, [disk["id"] for disk in disks], members=size)


def _check_managed(source: _Source, body: Json) -> None:
    if body.get("isManagedOS") and "managedOS" not in source.capabilities:
        raise invalid("isManagedOS", "The template does not support a managed operating system.")


def _with_additional(source: _Source, body: Json) -> list[Json]:
    """Return the disks of a source and the additional ones behind them."""
    disks = [dict(disk) for disk in source.disks]
    if body.get("type") == "bareMetal":
        return disks
    for wanted in body.get("additionalDisks", []):
        disks.append(new_disk(disks, wanted, source.reserved, "additionalDisks"))
    return disks


def new_disk(disks: list[Json], wanted: Json, reserved: list[str], member: str) -> Json:
    """Return a disk to add to others. Raises Problem (400) where its path is one that the system keeps for itself."""
    disk: Json = {"id": estate.next_disk_id(disks), "sizeGB": int(wanted["sizeGB"])}
    if wanted["type"] != "partitioned":
        return disk
    path = wanted.get("path")
    if not path:
        raise invalid(member, "A partitioned disk needs a path.")
    first = path.strip("/").rstrip(":\\").split("/")[0].lower()
    if first in reserved or not first:
        raise invalid(member, f"The path {path} is reserved.")
    if path in [other.get("path") for other in disks]:
        raise invalid(member, f"The path {path} is used already.")
    return {**disk, "path": path}


def usable_networks(call: Call, code: str) -> list[Network]:
    """Return the networks that an account may build on: its own, then those of its parent (wire notes, section 1)."""
    assert call.account is not None
    holders = [call.alias, *([call.account.parent] if call.account.parent else [])]
    return estate.networks_of(call.world, holders, code)


def find_network(call: Call, code: str, key: str, member: str) -> Network:
    """Return the network of an id, or in old habit of a name. Raises Problem (400)."""
    for network in usable_networks(call, code):
        if key.lower() in (network.id, network.name.lower()):
            return network
    raise invalid(member, f"The network {key} is not valid.")


def take_address(call: Call, network: Network, address: str, member: str) -> str:
    """Return an address of a network that was asked for. Raises Problem (400) where it is not there or not free."""
    try:
        inside = ipaddress.ip_address(address) in ipaddress.ip_network(network.cidr)
    except ValueError:
        inside = False
    if not inside:
        raise invalid(member, f"The address {address} is not in the network {network.name}.")
    if address in estate.used_addresses(call.world, network.data_center):
        raise invalid(member, f"The address {address} is in use.")
    return address


def _address(call: Call, group: Group, body: Json) -> tuple[str, str]:
    """Return network and address of a new server: as asked for, else by the group's default, else the first free."""
    code = group.data_center
    wanted = body.get("networkId") or estate.group_default(call.world, group, "networkId")[0]
    networks = [find_network(call, code, wanted, "networkId")] if wanted else usable_networks(call, code)
    if body.get("ipAddress") and body.get("type") != "bareMetal":
        if not body.get("networkId"):
            raise invalid("ipAddress", "An ipAddress needs the networkId that it is in.")
        return networks[0].id, take_address(call, networks[0], body["ipAddress"], "ipAddress")
    for network in networks:
        address = estate.free_address(call.world, network)
        if address is not None:
            return network.id, address
    raise invalid("networkId", f"There is no free address in {code}.")
