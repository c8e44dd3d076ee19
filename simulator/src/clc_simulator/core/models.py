# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Entities that several families share: data centers, networks, groups, servers, and their public addresses.

The families build the responses from them; `inventory` finds them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from clc_simulator.core.entities import entity

UNDER_CONSTRUCTION = "underConstruction"
ACTIVE = "active"
ARCHIVED = "archived"
QUEUED_FOR_DELETE = "queuedForDelete"
QUEUED_FOR_RESTORE = "queuedForRestore"
REQUESTED = "requested"
"""Status of a server whose job has not started: it uses name, address, and limits, but is not visible yet."""


@entity("dataCenters")
@dataclass(frozen=True, slots=True)
class DataCenter:
    """A data center; id is its code in upper case. capabilities are the booleans of its deployment capabilities."""

    id: str
    name: str
    templates: list[dict[str, Any]]
    importable: list[dict[str, Any]]
    capabilities: dict[str, bool]


@entity("networks", indexes=("data_center",))
@dataclass(frozen=True, slots=True)
class Network:
    """A network of an account in a data center."""

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
    """A group of servers. The root group of a data center has no parent; description None was never set."""

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
    """Set by setGroupDefaults."""
    autoscale: dict[str, Any] | None = None
    """Set by setGroupHorizontalAutoscalePolicy."""
    status: str = ACTIVE


def _private_addresses(server: Server) -> list[tuple[str, str]]:
    """Return the data center with each private address: the same address can exist in two data centers."""
    return [(server.data_center, entry["internal"]) for entry in (*server.ip_addresses, *server.secondary)]


def _public_addresses(server: Server) -> list[str]:
    return [entry["public"] for entry in server.ip_addresses if "public" in entry]


def _own_template(server: Server) -> list[tuple[str, str]]:
    return [(server.account, server.data_center)] if server.is_template else []


def _used_resources(server: Server) -> tuple[tuple[str, str], dict[str, int]]:
    """Return what counts against the limits of an account in a data center, and the number of visible servers."""
    used = {"servers": int(server.status != REQUESTED)}
    if not server.is_template and server.status != QUEUED_FOR_DELETE:
        used["storageGB"] = server.storage_gb
        if server.status != ARCHIVED:
            used |= {"cpu": server.cpu, "memoryGB": server.memory_mb // 1024}
    return (server.account, server.data_center), used


@entity(
    "servers",
    indexes=("group", "uuid", "data_center", "anti_affinity"),
    keys={"private": _private_addresses, "public": _public_addresses, "template": _own_template},
    totals={"used": _used_resources},
)
@dataclass(frozen=True, slots=True)
class Server:
    """A server. id is its name in lower case."""

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
    """Missing for a new server, as recorded."""
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
    """{internal, public?} as in details.ipAddresses."""
    secondary: list[dict[str, str]] = field(default_factory=list)
    """{network, internal} of the secondary adapters."""
    disks: list[dict[str, Any]] = field(default_factory=list)
    """{id, sizeGB}; and path until its partition is reported."""
    system_disks: list[str] = field(default_factory=list)
    """Ids of the disks that cannot be removed."""
    partitions: list[dict[str, Any]] = field(default_factory=list)
    snapshots: list[dict[str, Any]] = field(default_factory=list)
    """{number, name}"""
    snapshots_taken: int = 0
    custom_fields: list[dict[str, str]] = field(default_factory=list)
    password: str = ""
    alerts: list[str] = field(default_factory=list)
    """Ids of its alert policies, in the order in which they were added."""
    cpu_autoscale: str | None = None
    """Id of its vertical autoscale policy."""
    anti_affinity: str | None = None
    """Id of its anti-affinity policy."""
    bare_metal: dict[str, str] | None = None
    """processorDescription and storageDescription."""
    keeps_details: bool = False
    """Whether responses have details while it is queued for delete; recorded for some servers."""

    @property
    def storage_gb(self) -> int:
        """Sum of the disks."""
        return sum(disk["sizeGB"] for disk in self.disks)


@entity("publicAddresses", indexes=("server",))
@dataclass(frozen=True, slots=True)
class PublicAddress:
    """A public address (the id) of a private address of a server, with its open ports."""

    id: str
    server: str
    internal: str
    ports: list[dict[str, Any]]
    """{protocol in upper case, port, portTo?} in the order in which they were sent."""
    restrictions: list[dict[str, str]] = field(default_factory=list)
    """{cidr}"""
