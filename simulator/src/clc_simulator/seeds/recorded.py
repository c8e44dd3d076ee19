# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plants what the real service answered, so that the world answers the same requests with the same bodies.

An answer is known by its request: the list of data centers, one data center, its deployment capabilities, a group
tree, a server, what a public address lets in, a network. Where a plain and a detailed answer for the same group are
given, the detailed one holds everything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from clc_simulator.estate import DataCenter, Group, Network, PublicAddress, Server
from clc_simulator.seeds.errors import SeedError
from clc_simulator.seeds.planting import DEFAULT_GROUP, FIXED_DATE, SYSTEM, Planter, hashed
from clc_simulator.world import Counter

Json = dict[str, Any]
_NUMBER = re.compile(r"(.*?)([0-9]{2,})\Z")
_FLAGS = ("dataCenterEnabled", "importVMEnabled", "supportsPremiumStorage", "supportsSharedLoadBalancer")


def plant_recorded(planter: Planter, pairs: list[Json], folder: Path) -> None:
    """Plant recorded answers; their files are named from the folder of the seed file.

    Raises SeedError where a file cannot be read or a request is none of those that can be planted.
    """
    found = []
    for pair in pairs:
        path = pair["request"].removeprefix("GET ").partition("?")[0]
        for rank, (pattern, plant) in enumerate(_KINDS):
            match = re.fullmatch(pattern, path)
            if match:
                found.append((rank, plant, match.groups(), _read(folder / pair["file"])))
                break
        else:
            raise SeedError(f"recorded: {pair['request']} is not a request whose answer can be planted")
    # Data centers before what lies in them, groups before servers, whatever the order of the file.
    for _, plant, values, body in sorted(found, key=lambda item: item[0]):
        plant(planter, values, body)


def _read(path: Path) -> Any:
    try:
        return orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise SeedError(f"recorded: {path}: {error}") from error


def _plant_list(planter: Planter, values: tuple[str, ...], body: list[Json]) -> None:
    for item in body:
        _plant_center(planter, (values[0], item["id"]), item)


def _plant_center(planter: Planter, values: tuple[str, ...], body: Json) -> None:
    code = body["id"].upper()
    if code not in planter.world[DataCenter]:
        planter.add_data_center(code, body["name"], {})
    for link in body["links"]:
        if link["rel"] == "group" and link["id"] not in planter.world[Group]:
            _ensure_group(planter, values[0].upper(), code, link["id"], link["name"], None)


def _plant_capabilities(planter: Planter, values: tuple[str, ...], body: Json) -> None:
    centers, code = planter.world[DataCenter], values[1].upper()
    flags = {name: body[name] for name in (*_FLAGS, "supportsBareMetalServers") if name in body}
    center = centers.get(code)
    if center is None:
        raise SeedError(f"recorded: {code} must be among the recorded data centers")
    centers.update(
        center, templates=body["templates"], importable=body.get("importableOSTypes", []), capabilities=flags
    )
    for item in body["deployableNetworks"]:
        _, vlan, start = item["name"].split("_")
        planter.world[Network].add(
            Network(item["networkId"], item["accountID"], code, item["name"], item["name"], f"{start}.0/24", int(vlan))
        )


def _plant_group(planter: Planter, values: tuple[str, ...], body: Json, parent: str | None = None) -> None:
    groups, alias = planter.world[Group], values[0].upper()
    known = groups.get(body["id"])
    info = body["changeInfo"]
    groups.add(
        Group(
            body["id"],
            alias,
            body["locationId"],
            body["name"],
            body["type"],
            parent or (known.parent if known else None),
            body.get("description"),
            info["createdDate"],
            info["createdBy"],
            info["modifiedDate"],
            info["modifiedBy"],
            [_field(field) for field in body["customFields"]],
        )
    )
    for child in body["groups"]:
        _plant_group(planter, values, child, body["id"])
    for server in body.get("servers", []):
        _plant_server(planter, (values[0], server["id"]), server)


def _plant_server(planter: Planter, values: tuple[str, ...], body: Json) -> None:
    alias, code = values[0].upper(), body["locationId"]
    if body["groupId"] not in planter.world[Group]:
        root = _ensure_group(planter, alias, code, hashed("group", alias, code), f"{code} Hardware", None)
        _ensure_group(planter, alias, code, body["groupId"], DEFAULT_GROUP[0], root.id)
    details, info = body.get("details", {}), body["changeInfo"]
    by_uuid = (link["href"] for link in body["links"] if link["rel"] == "scheduledActivities")
    uuid = next(by_uuid, "").rpartition("/")[0].rpartition("/")[2] or hashed("server", body["id"])
    numbered = _NUMBER.match(body["id"])
    if numbered:
        planter.world[Counter].add(Counter(f"servers/{numbered[1].upper()}", int(numbered[2])))
    disks = [{"id": disk["id"], "sizeGB": disk["sizeGB"]} for disk in details.get("disks", [])]
    planter.world[Server].add(
        Server(
            id=body["id"],
            uuid=uuid,
            account=alias,
            data_center=code,
            group=body["groupId"],
            status=body["status"],
            os_type=body["osType"],
            os=body["os"],
            created=info["createdDate"],
            created_by=info["createdBy"],
            modified=info["modifiedDate"],
            modified_by=info.get("modifiedBy"),
            display_name=body.get("displayName"),
            description=body["description"],
            type=body["type"],
            storage_type=body["storageType"],
            is_template=body["isTemplate"],
            managed_os=body.get("isManagedOS", False),
            disks=disks,
            system_disks=[disk["id"] for disk in disks[:3]],
            snapshots=[_snapshot(item) for item in details.get("snapshots", [])],
            custom_fields=[_field(field) for field in details.get("customFields", [])],
            **_state(details),
        )
    )


def _state(details: Json) -> Json:
    return {
        "power": details.get("powerState", "stopped"),
        "maintenance": details.get("inMaintenanceMode", False),
        "cpu": details.get("cpu", 1),
        "memory_mb": details.get("memoryMB", 1024),
        "host_name": details.get("hostName", ""),
        "ip_addresses": details.get("ipAddresses", []),
        "partitions": details.get("partitions", []),
        "keeps_details": bool(details),
    }


def _snapshot(item: Json) -> Json:
    number = next(link["href"] for link in item["links"] if link["rel"] == "self").rpartition("/")[2]
    return {"number": int(number), "name": item["name"]}


def _field(field: Json) -> dict[str, str]:
    return {"id": field["id"], "value": field["value"]}


def _plant_public(planter: Planter, values: tuple[str, ...], body: Json) -> None:
    planter.world[PublicAddress].add(
        PublicAddress(
            values[2], values[1].lower(), body["internalIPAddress"], body["ports"], body["sourceRestrictions"]
        )
    )


def _plant_network(planter: Planter, values: tuple[str, ...], body: Json) -> None:
    planter.world[Network].add(
        Network(
            body["id"],
            values[0].upper(),
            values[1].upper(),
            body["name"],
            body.get("description"),
            body["cidr"],
            body["vlan"],
        )
    )


def _ensure_group(planter: Planter, alias: str, code: str, key: str, name: str, parent: str | None) -> Group:
    """Return the group of an id, made where the recordings name it without showing it."""
    groups = planter.world[Group]
    known = groups.get(key)
    if known is not None:
        return known
    _, described = SYSTEM.get(name, ("default", DEFAULT_GROUP[1] if name == DEFAULT_GROUP[0] else name))
    by = f"admin.{alias.lower()}"
    return groups.add(Group(key, alias, code, name, "default", parent, described, FIXED_DATE, by, FIXED_DATE, by))


_KINDS: list[tuple[str, Callable[[Planter, tuple[str, ...], Any], None]]] = [
    ("/v2/datacenters/([^/]+)", _plant_list),
    ("/v2/datacenters/([^/]+)/([^/]+)", _plant_center),
    ("/v2/datacenters/([^/]+)/([^/]+)/deploymentCapabilities", _plant_capabilities),
    ("/v2-experimental/networks/([^/]+)/([^/]+)/[^/]+", _plant_network),
    ("/v2/groups/([^/]+)/[^/]+", _plant_group),
    ("/v2/servers/([^/]+)/([^/]+)", _plant_server),
    ("/v2/servers/([^/]+)/([^/]+)/publicIPAddresses/([^/]+)", _plant_public),
]
