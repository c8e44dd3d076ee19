# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Loads responses of the real service, so that the same requests return the same bodies.

A response is identified by its request: the list of data centers, a data center, its deployment capabilities, a group
tree, a server, a public address, or a network. If there are a plain and a detailed response for a group, the detailed
response is complete. `core.recordings` says what becomes of the other responses.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import re
from collections.abc import Callable
from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.entities import Counter, World
from clc_simulator.core.models import DataCenter, Group, Network, PublicAddress, Server
from clc_simulator.core.recordings import Recording
from clc_simulator.core.seeds.errors import SeedError, entry
from clc_simulator.core.seeds.loading import DEFAULT_GROUP, FIXED_DATE, SYSTEM_GROUPS, SeedLoader
from clc_simulator.core.seeds.values import stable_id

Json = dict[str, Any]
Load = Callable[[SeedLoader, tuple[str, ...], Any], None]
RECORDED_DETAILS: list[Callable[[World, Server, Json], Json]] = []
"""Functions of other resources that return fields of a Server from recorded details, and add what the details refer to."""

_NETWORK_NAME = re.compile(r"vlan_([0-9]+)_([0-9]+\.[0-9]+\.[0-9]+)")
_NUMBER = re.compile(r"(.*?)([0-9]{2,})\Z")
_CAPABILITIES = ("dataCenterEnabled", "importVMEnabled", "supportsPremiumStorage", "supportsSharedLoadBalancer")


def load_recorded(loader: SeedLoader, recordings: list[Recording]) -> list[Recording]:
    """Load the content of recorded responses into the state; return them with the note whether that was possible.

    Raise SeedError, with request and file, if a response cannot be loaded.
    """
    loads, returned = [], []
    for recording in recordings:
        kind = _kind_of(recording)
        if kind is not None:
            loads.append((*kind, recording))
        returned.append(dataclasses.replace(recording, is_loaded=kind is not None))
    # Data centers are loaded before their content, and groups before servers, independent of the order of the file.
    for _, load, values, recording in sorted(loads, key=lambda item: item[0]):
        with entry(recording.location):
            load(loader, values, recording.body)
    if loads:
        with entry("recorded"):
            _complete(loader)
    return returned


def _kind_of(recording: Recording) -> tuple[int, Load, tuple[str, ...]] | None:
    """Return the position, the function, and the path values of a response that can be loaded; None for others."""
    if recording.status != 200:
        return None
    for rank, (pattern, load) in enumerate(_KINDS):
        match = re.fullmatch(pattern, recording.path.rstrip("/"), re.IGNORECASE)
        if match:
            return rank, load, match.groups()
    return None


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
        if item["networkId"] in loader.world[Network]:
            continue
        named = _NETWORK_NAME.fullmatch(item["name"])
        if named is None:
            raise SeedError(
                f"the addresses of the network {item['name']} are unknown; add the response to"
                f" GET /v2-experimental/networks/{item['accountID']}/{data_center_code}/{item['networkId']}"
            )
        cidr = str(ipaddress.IPv4Network(f"{named[2]}.0/24"))
        owner, name = item["accountID"].upper(), item["name"]
        loader.world[Network].add(Network(item["networkId"], owner, data_center_code, name, name, cidr, int(named[1])))


def _load_tree(loader: SeedLoader, values: tuple[str, ...], body: Json) -> None:
    """Load a tree of groups, which replaces an earlier one of the same group, or of another root group."""
    world, alias = loader.world, values[0].upper()
    parent = next((_last_segment(link) for link in body["links"] if link["rel"] == "parentGroup"), None)
    old = world[Group].get(body["id"])
    root = inventory.root_of(world, alias, body["locationId"])
    if parent is None and root is not None and old is None:
        old = root
    if old is not None:
        parent = parent or (old.parent if old.id == body["id"] else None)
        group_ids, server_ids = _ids_of(body)
        for group in list(inventory.subtree(world, old)):
            for server in world[Server].find_by("group", group.id):
                if server.id not in server_ids:
                    world[Server].remove(server.id)
            if group.id not in group_ids:
                world[Group].remove(group.id)
    _load_group(loader, values, body, parent)


def _ids_of(body: Json) -> tuple[set[str], set[str]]:
    """Return the ids of the groups and of the servers of a tree; a tree without details only has links to servers."""
    groups = {body["id"]}
    servers = {_last_segment(link).lower() for link in body["links"] if link["rel"] == "server"}
    servers |= {server["id"] for server in body.get("servers", [])}
    for child in body["groups"]:
        child_groups, child_servers = _ids_of(child)
        groups |= child_groups
        servers |= child_servers
    return groups, servers


def _last_segment(link: Json) -> str:
    return str(link.get("id") or link["href"].partition("?")[0].rpartition("/")[2])


def _load_group(loader: SeedLoader, values: tuple[str, ...], body: Json, parent: str | None) -> None:
    groups, alias = loader.world[Group], values[0].upper()
    info = body["changeInfo"]
    _check_key(body)
    groups.add(
        Group(
            body["id"],
            alias,
            body["locationId"],
            body["name"],
            body["type"],
            parent,
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
        _add_unknown_group(loader, alias, data_center_code, body["groupId"])
    numbered = _NUMBER.match(body["id"])
    if numbered:
        counter, number = f"servers/{numbered[1].upper()}", int(numbered[2])
        last = loader.world[Counter].get(counter)
        if last is None or number > last.value:
            loader.world[Counter].add(Counter(counter, number))
    _check_key(body)
    server = _server(alias, body)
    for fields_of in RECORDED_DETAILS:
        server = dataclasses.replace(server, **fields_of(loader.world, server, body.get("details", {})))
    loader.world[Server].add(server)


def _check_key(body: Json) -> None:
    """Raise SeedError for an id that no path leads to: ids in paths are case-insensitive, and kept in lower case."""
    if body["id"] != body["id"].lower() or not re.fullmatch(r"[\w-]+", body["id"]):
        raise SeedError(f"the id {body['id']!r} is not valid")


def _add_unknown_group(loader: SeedLoader, alias: str, data_center_code: str, key: str) -> None:
    """Add a group that recordings only refer to. Its name is its id, except for the first group of a data center."""
    root = inventory.root_of(loader.world, alias, data_center_code)
    if root is not None:
        _ensure_group(loader, alias, data_center_code, key, key, root.id)
        return
    root_id = stable_id("group", alias, data_center_code)
    root = _ensure_group(loader, alias, data_center_code, root_id, f"{data_center_code} Hardware", None)
    _ensure_group(loader, alias, data_center_code, key, DEFAULT_GROUP[0], root.id)


def _complete(loader: SeedLoader) -> None:
    """Add what the recordings refer to but do not have: parents of groups, public addresses, networks of servers."""
    world = loader.world
    for group in world[Group]:
        if group.parent is not None and group.parent not in world[Group]:
            _add_unknown_group(loader, group.account, group.data_center, group.parent)
    for server in world[Server]:
        for address in server.ip_addresses:
            if "public" in address and address["public"] not in world[PublicAddress]:
                world[PublicAddress].add(PublicAddress(address["public"], server.id, address["internal"], [], []))
        secondary = [
            {"network": _network_of(loader, server, item["internal"]), "internal": item["internal"]}
            for item in server.secondary
        ]
        if server.network is None and server.ip_addresses:
            network = _network_of(loader, server, server.ip_addresses[0]["internal"])
            world[Server].update(server, network=network, secondary=secondary)


def _network_of(loader: SeedLoader, server: Server, address: str) -> str:
    """Return the id of the network in which an address lies; add one with 256 addresses if none was recorded."""
    networks = loader.world[Network].find_by("data_center", server.data_center)
    for network in networks:
        if ipaddress.IPv4Address(address) in ipaddress.IPv4Network(network.cidr):
            return network.id
    cidr = ipaddress.IPv4Network(f"{address}/24", strict=False)
    key = stable_id("network", server.account, server.data_center, cidr)
    vlan = max((network.vlan for network in networks), default=100) + 1
    name = f"vlan_{vlan}_{str(cidr.network_address).rpartition('.')[0]}"
    loader.world[Network].add(Network(key, server.account, server.data_center, name, name, str(cidr), vlan))
    return key


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
        "ip_addresses": [entry for entry in details.get("ipAddresses", []) if "internal" in entry],
        "secondary": [
            {"network": "", "internal": entry["internal"]}
            for entry in details.get("secondaryIPAddresses", [])
            if "internal" in entry
        ],
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


def _load_networks(loader: SeedLoader, values: tuple[str, ...], body: list[Json]) -> None:
    for item in body:
        _load_network(loader, values, item)


_KINDS: list[tuple[str, Load]] = [
    ("/v2/datacenters/([^/]+)", _load_data_centers),
    ("/v2/datacenters/([^/]+)/([^/]+)", _load_data_center),
    ("/v2-experimental/networks/([^/]+)/([^/]+)", _load_networks),
    ("/v2-experimental/networks/([^/]+)/([^/]+)/[^/]+", _load_network),
    ("/v2/datacenters/([^/]+)/([^/]+)/deploymentCapabilities", _load_capabilities),
    ("/v2/groups/([^/]+)/[^/]+", _load_tree),
    ("/v2/servers/([^/]+)/([^/]+)", _load_server),
    ("/v2/servers/([^/]+)/([^/]+)/publicIPAddresses/([^/]+)", _load_public),
]
"""Responses that can be loaded, in the order in which they are."""
