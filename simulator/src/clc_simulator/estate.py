# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an account has: data centers, groups, networks and servers, and how they are found.

These are the simulator's own records; what a client sees of them is made by `views`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

from clc_simulator.problems import Problem, unknown
from clc_simulator.world import World, entity

UNDER_CONSTRUCTION = "underConstruction"
ACTIVE = "active"
ARCHIVED = "archived"
QUEUED_FOR_DELETE = "queuedForDelete"
QUEUED_FOR_RESTORE = "queuedForRestore"
REQUESTED = "requested"
"""Status of a server whose job has not begun: it holds name, address and limits, but nobody sees it yet."""

FIRST_HOST = 12
"""Last octet of the first address that a server gets; the recorded networks keep those below for themselves."""

PUBLIC_RANGES = ("203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24", "198.18.0.0/15")
"""Where public addresses come from: networks for documentation and for tests, so that none is anybody's."""


@entity("dataCenters")
@dataclass(frozen=True, slots=True)
class DataCenter:
    """A data center; id is its code in upper case. capabilities are the booleans of its deployment capabilities."""

    id: str
    name: str
    templates: list[dict[str, Any]]
    importable: list[dict[str, Any]]
    capabilities: dict[str, bool]


@entity("imports")
@dataclass(frozen=True, slots=True)
class Import:
    """An uploaded OVF of an account in a data center; id is data center, colon, id as the API has it."""

    id: str
    account: str
    data_center: str
    shown: dict[str, Any]
    """The item of listAvailableServerImports."""


@entity("networks", indexes=("data_center",))
@dataclass(frozen=True, slots=True)
class Network:
    """A network that an account holds in a data center."""

    id: str
    account: str
    data_center: str
    name: str
    description: str | None
    cidr: str
    vlan: int


@entity("groups", indexes=("parent", "data_center"))
@dataclass(frozen=True, slots=True)
class Group:
    """A group of servers. parent None makes it the root of its data center; description None was never set."""

    id: str
    account: str
    data_center: str
    name: str
    type: str
    parent: str | None
    description: str | None
    created: str
    created_by: str
    modified: str
    modified_by: str
    custom_fields: list[dict[str, str]] = field(default_factory=list)
    """{id, value}"""
    defaults: dict[str, Any] = field(default_factory=dict)
    """What was set by setGroupDefaults."""
    autoscale: dict[str, Any] | None = None
    """What was put by setGroupHorizontalAutoscalePolicy."""
    status: str = ACTIVE


@entity("servers", indexes=("group", "uuid", "data_center", "anti_affinity"))
@dataclass(frozen=True, slots=True)
class Server:
    """A server. id is its name in lower case; sizes are in the units of their names."""

    id: str
    uuid: str
    account: str
    data_center: str
    group: str
    status: str
    os_type: str
    os: str
    created: str
    created_by: str
    modified: str
    modified_by: str | None = None
    """Missing on a server that was just built, as recorded."""
    description: str = ""
    display_name: str | None = None
    type: str = "standard"
    storage_type: str = "premium"
    is_template: bool = False
    managed_os: bool = False
    managed_backup: bool = False
    power: str = "started"
    maintenance: bool = False
    cpu: int = 1
    memory_mb: int = 1024
    host_name: str = ""
    network: str | None = None
    """Id of the network of its primary adapter."""
    ip_addresses: list[dict[str, str]] = field(default_factory=list)
    """{internal, public?} as details.ipAddresses shows them."""
    secondary: list[dict[str, str]] = field(default_factory=list)
    """{network, internal} of the secondary adapters."""
    disks: list[dict[str, Any]] = field(default_factory=list)
    """{id, sizeGB}; path too until its partition is reported."""
    system_disks: list[str] = field(default_factory=list)
    """Ids of the disks that cannot be removed."""
    partitions: list[dict[str, Any]] = field(default_factory=list)
    snapshots: list[dict[str, Any]] = field(default_factory=list)
    """{number, name}"""
    snapshots_taken: int = 0
    custom_fields: list[dict[str, str]] = field(default_factory=list)
    password: str = ""
    alerts: list[str] = field(default_factory=list)
    """Ids of its alert policies, in the order in which they were put on it."""
    cpu_autoscale: str | None = None
    """Id of its vertical autoscale policy."""
    anti_affinity: str | None = None
    """Id of its anti-affinity policy."""
    bare_metal: dict[str, str] | None = None
    """processorDescription and storageDescription."""
    keeps_details: bool = False
    """Whether it shows details while it is queued for delete; recorded of some, not of most."""

    @property
    def storage_gb(self) -> int:
        """Sum of the disks."""
        return sum(disk["sizeGB"] for disk in self.disks)


@entity("publicAddresses", indexes=("server",))
@dataclass(frozen=True, slots=True)
class PublicAddress:
    """What a public address (its id) lets in to a private address of a server."""

    id: str
    server: str
    internal: str
    ports: list[dict[str, Any]]
    """{protocol in upper case, port, portTo?} in the order in which they were sent."""
    restrictions: list[dict[str, str]] = field(default_factory=list)
    """{cidr}"""


@cache
def platform() -> dict[str, Any]:
    """Return the catalogue of what the platform offers everywhere (catalogue/platform.yaml)."""
    text = (resources.files("clc_simulator") / "catalogue" / "platform.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def find_data_center(world: World, code: str) -> DataCenter:
    """Return the data center of a code in any case. Raises Problem: an empty 404, as recorded."""
    found = world[DataCenter].get(code.upper())
    if found is None:
        raise unknown()
    return found


def find_group(world: World, alias: str, key: str) -> Group:
    """Return the group of an account. Raises Problem: 404 where the account has none of that id."""
    group = world[Group].get(key.lower())
    if group is None or group.account != alias:
        raise Problem(404, {"message": f"Group {key} does not exist."})
    return group


def find_server(world: World, alias: str, key: str, is_uuid: bool = False) -> Server:
    """Return the server of a name, or of a uuid, in any case. Raises Problem: an empty 404, as recorded."""
    rows = world[Server]
    server = next(iter(rows.by("uuid", key.lower())), None) if is_uuid else rows.get(key.lower())
    if server is None or server.account != alias or server.status == REQUESTED:
        raise unknown()
    return server


def _groups_at(world: World, alias: str, code: str) -> list[Group]:
    return [group for group in world[Group].by("data_center", code) if group.account == alias]


def root_of(world: World, alias: str, code: str) -> Group | None:
    """Return the root group of an account in a data center."""
    return next((group for group in _groups_at(world, alias, code) if group.parent is None), None)


def system_group(world: World, alias: str, code: str, kind: str) -> Group:
    """Return the archive or templates group of an account in a data center."""
    return next(group for group in _groups_at(world, alias, code) if group.type == kind)


def children(world: World, group: Group) -> list[Group]:
    """Return the groups directly below, by name without regard to case (recorded), then by age."""
    below = world[Group].by("parent", group.id)
    return sorted(below, key=lambda child: (child.name.lower(), child.created, child.id))


def subtree(world: World, group: Group) -> Iterator[Group]:
    """Yield group and all groups below it, each before those below it."""
    yield group
    for child in children(world, group):
        yield from subtree(world, child)


def servers_in(world: World, group: Group) -> list[Server]:
    """Return the servers directly in a group that can be seen, by id."""
    held = world[Server].by("group", group.id)
    return sorted((server for server in held if server.status != REQUESTED), key=lambda server: server.id)


def holding_type(world: World, group: Group) -> str:
    """Return archive or templates where group is or lies below that system group, else default."""
    at: Group | None = group
    while at is not None:
        if at.type != "default":
            return at.type
        at = world[Group].get(at.parent) if at.parent else None
    return "default"


def group_default(world: World, group: Group, name: str) -> tuple[Any, bool]:
    """Return a default of a group and whether it comes from above; (None, False) where it is set nowhere."""
    at: Group | None = group
    while at is not None:
        if name in at.defaults:
            return at.defaults[name], at.id != group.id
        at = world[Group].get(at.parent) if at.parent else None
    return None, False


def servers_of(world: World, alias: str, code: str) -> list[Server]:
    """Return all servers of an account in a data center, those that nobody sees yet too."""
    return [server for server in world[Server].by("data_center", code) if server.account == alias]


def networks_of(world: World, aliases: list[str], code: str) -> list[Network]:
    """Return the networks of some accounts in a data center, in the order of the accounts."""
    held = world[Network].by("data_center", code)
    return [network for alias in aliases for network in held if network.account == alias]


def used_addresses(world: World, code: str) -> set[str]:
    """Return all private addresses that servers of a data center hold."""
    used: set[str] = set()
    for server in world[Server].by("data_center", code):
        used.update(entry["internal"] for entry in server.ip_addresses)
        used.update(entry["internal"] for entry in server.secondary)
    return used


def free_address(world: World, network: Network, taken: AbstractSet[str | None] = frozenset()) -> str | None:
    """Return the lowest address of a network that no server has and that is not taken, or None where it is full."""
    used = used_addresses(world, network.data_center) | taken
    hosts = ipaddress.ip_network(network.cidr)
    for number in range(FIRST_HOST, hosts.num_addresses - 1):
        address = str(hosts[number])
        if address not in used:
            return address
    return None


def free_public_address(world: World) -> str:
    """Return the lowest public address that no server has."""
    used = {entry.get("public") for server in world[Server] for entry in server.ip_addresses}
    for cidr in PUBLIC_RANGES:
        for address in ipaddress.ip_network(cidr).hosts():
            if str(address) not in used:
                return str(address)
    raise Problem(400, {"message": "There is no free public address."})


def next_disk_id(disks: list[dict[str, Any]]) -> str:
    """Return the id of a further disk: one above the highest, never 0:7, which is the controller's own (recorded)."""
    unit = max((int(disk["id"].split(":")[1]) for disk in disks), default=-1) + 1
    return f"0:{unit + 1 if unit == 7 else unit}"


def family(os: str) -> str:
    """Return linux or windows for a short name of an operating system such as centOS6_64Bit."""
    return "windows" if os.lower().startswith("windows") else "linux"


def template_disks(os: str, storage_gb: int) -> list[dict[str, Any]]:
    """Return the disks that a template brings: recorded for CentOS (1, 2, 14 GB) and Debian (1, 2, 16)."""
    if family(os) == "windows":
        return [{"id": "0:0", "sizeGB": max(storage_gb, 1)}]
    last = 16 if os.lower().startswith("debian") else 14
    return [{"id": f"0:{unit}", "sizeGB": size} for unit, size in enumerate((1, 2, last))]


def system_partitions(os: str, disks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the partitions that the guest reports of the disks of its template, in the recorded proportions."""
    if family(os) == "windows":
        return [{"sizeGB": round(disks[0]["sizeGB"] - 0.346, 3), "path": "C:\\"}]
    root = disks[min(2, len(disks) - 1)]["sizeGB"]
    known = {14: 13.655, 16: 15.748}.get(root, round(root * 0.9775, 3))
    return [{"sizeGB": 0.0, "path": "(swap)"}, {"sizeGB": known, "path": "/"}, {"sizeGB": 0.482, "path": "/boot"}]


def data_partitions(os: str, disks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the partitions that the guest reports of partitioned disks that were added."""
    made = []
    for disk in disks:
        path = disk.get("path")
        if path:
            name = path if path.startswith("/") else f"/{path}"
            letter = path.rstrip(":\\").upper()
            shown = f"{letter}:\\" if family(os) == "windows" else name
            made.append({"sizeGB": round(disk["sizeGB"] * 0.978, 3), "path": shown})
    return made
