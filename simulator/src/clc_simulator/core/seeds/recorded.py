# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Loads responses of the real service, so that the same requests return the same bodies.

A response is identified by its request: the list of data centers, a data center, its deployment capabilities, a group
tree, a server, a public address, or a network. If there are a plain and a detailed response for a group, the detailed
response is complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from clc_simulator.core.entities import Counter
from clc_simulator.core.models import DataCenter, Group, Network, PublicAddress, Server
from clc_simulator.core.seeds.errors import SeedError
from clc_simulator.core.seeds.loading import DEFAULT_GROUP, FIXED_DATE, SYSTEM_GROUPS, SeedLoader
from clc_simulator.core.seeds.values import stable_id

Json = dict[str, Any]
_NUMBER = re.compile(r"(.*?)([0-9]{2,})\Z")
_CAPABILITIES = ("dataCenterEnabled", "importVMEnabled", "supportsPremiumStorage", "supportsSharedLoadBalancer")


def load_recorded(loader: SeedLoader, pairs: list[Json], directory: Path) -> None:
    """Load recorded responses, whose paths are relative to a directory.

    Raise SeedError if a file cannot be read or the request is not one that can be loaded.
    """
    loads = []
    for pair in pairs:
        path = pair["request"].removeprefix("GET ").partition("?")[0]
        for rank, (pattern, load) in enumerate(_KINDS):
            match = re.fullmatch(pattern, path)
            if match:
                loads.append((rank, load, match.groups(), _read(directory / pair["file"])))
                break
        else:
            raise SeedError(f"recorded: {pair['request']} is not a request whose response can be loaded")
    # Data centers are loaded before their content, and groups before servers, independent of the order of the file.
    for _, load, values, body in sorted(loads, key=lambda item: item[0]):
        load(loader, values, body)


def _read(path: Path) -> Any:
    try:
        return orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise SeedError(f"recorded: {path}: {error}") from error


def _load_data_centers(loader: SeedLoader, values: tuple[str, ...], body: list[Json]) -> None:
    for item in body:
        _load_data_center(loader, (values[0], item["id"]), item)


def _load_data_center(loader: SeedLoader, values: tuple[str, ...], body: Json) -> None:
    data_center_code = body["id"].upper()
    if data_center_code not in loader.world[DataCenter]:
        loader.add_data_center(data_center_code, body["name"], {})
    for link in body["links"]:
        if link["rel"] == "group" and link["id"] not in loader.world[Group]:
            _ensure_group(loader, values[0].upper(), data_center_code, link["id"], link["name"], None)


def _load_capabilities(loader: SeedLoader, values: tuple[str, ...], body: Json) -> None:
    data_centers, data_center_code = loader.world[DataCenter], values[1].upper()
    capabilities = {name: body[name] for name in (*_CAPABILITIES, "supportsBareMetalServers") if name in body}
    data_center = data_centers.get(data_center_code)
    if data_center is None:
        raise SeedError(f"recorded: {data_center_code} must be one of the recorded data centers")
    data_centers.update(
        data_center,
        templates=body["templates"],
        importable=body.get("importableOSTypes", []),
        capabilities=capabilities,
    )
    for item in body["deployableNetworks"]:
        _, vlan, start = item["name"].split("_")
        loader.world[Network].add(
            Network(
                item["networkId"],
                item["accountID"],
                data_center_code,
                item["name"],
                item["name"],
                f"{start}.0/24",
                int(vlan),
            )
        )


def _load_group(loader: SeedLoader, values: tuple[str, ...], body: Json, parent: str | None = None) -> None:
    groups, alias = loader.world[Group], values[0].upper()
    existing = groups.get(body["id"])
    info = body["changeInfo"]
    groups.add(
        Group(
            body["id"],
            alias,
            body["locationId"],
            body["name"],
            body["type"],
            parent or (existing.parent if existing else None),
            body.get("description"),
            info["createdDate"],
            info["createdBy"],
            info["modifiedDate"],
            info["modifiedBy"],
            [_field(field) for field in body["customFields"]],
        )
    )
    for child in body["groups"]:
        _load_group(loader, values, child, body["id"])
    for server in body.get("servers", []):
        _load_server(loader, (values[0], server["id"]), server)


def _load_server(loader: SeedLoader, values: tuple[str, ...], body: Json) -> None:
    alias, data_center_code = values[0].upper(), body["locationId"]
    if body["groupId"] not in loader.world[Group]:
        root = _ensure_group(
            loader,
            alias,
            data_center_code,
            stable_id("group", alias, data_center_code),
            f"{data_center_code} Hardware",
            None,
        )
        _ensure_group(loader, alias, data_center_code, body["groupId"], DEFAULT_GROUP[0], root.id)
    numbered = _NUMBER.match(body["id"])
    if numbered:
        loader.world[Counter].add(Counter(f"servers/{numbered[1].upper()}", int(numbered[2])))
    loader.world[Server].add(_server(alias, body))


def _server(alias: str, body: Json) -> Server:
    details, info = body.get("details", {}), body["changeInfo"]
    by_uuid = (link["href"] for link in body["links"] if link["rel"] == "scheduledActivities")
    disks = [{"id": disk["id"], "sizeGB": disk["sizeGB"]} for disk in details.get("disks", [])]
    return Server(
        id=body["id"],
        uuid=next(by_uuid, "").rpartition("/")[0].rpartition("/")[2] or stable_id("server", body["id"]),
        account=alias,
        data_center=body["locationId"],
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


def _load_public(loader: SeedLoader, values: tuple[str, ...], body: Json) -> None:
    loader.world[PublicAddress].add(
        PublicAddress(
            values[2], values[1].lower(), body["internalIPAddress"], body["ports"], body["sourceRestrictions"]
        )
    )


def _load_network(loader: SeedLoader, values: tuple[str, ...], body: Json) -> None:
    loader.world[Network].add(
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


def _ensure_group(
    loader: SeedLoader, alias: str, data_center_code: str, key: str, name: str, parent: str | None
) -> Group:
    """Return the group of an id; create it if the recordings only refer to it."""
    groups = loader.world[Group]
    existing = groups.get(key)
    if existing is not None:
        return existing
    _, description = SYSTEM_GROUPS.get(name, ("default", DEFAULT_GROUP[1] if name == DEFAULT_GROUP[0] else name))
    user = f"admin.{alias.lower()}"
    return groups.add(
        Group(key, alias, data_center_code, name, "default", parent, description, FIXED_DATE, user, FIXED_DATE, user)
    )


_KINDS: list[tuple[str, Callable[[SeedLoader, tuple[str, ...], Any], None]]] = [
    ("/v2/datacenters/([^/]+)", _load_data_centers),
    ("/v2/datacenters/([^/]+)/([^/]+)", _load_data_center),
    ("/v2/datacenters/([^/]+)/([^/]+)/deploymentCapabilities", _load_capabilities),
    ("/v2-experimental/networks/([^/]+)/([^/]+)/[^/]+", _load_network),
    ("/v2/groups/([^/]+)/[^/]+", _load_group),
    ("/v2/servers/([^/]+)/([^/]+)", _load_server),
    ("/v2/servers/([^/]+)/([^/]+)/publicIPAddresses/([^/]+)", _load_public),
]
