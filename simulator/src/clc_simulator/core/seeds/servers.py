# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Loads the servers of a seed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from clc_simulator.core import hardware, inventory, models
from clc_simulator.core.accounts import Account
from clc_simulator.core.clock import format_timestamp, parse_timestamp
from clc_simulator.core.entities import Counter, World, unfrozen_constructor
from clc_simulator.core.models import DataCenter, Group, Network, PublicAddress, Server
from clc_simulator.core.seeds.errors import SeedError
from clc_simulator.core.seeds.values import field_values

Json = dict[str, Any]
_NUMBER = re.compile(r"(.*?)([0-9]{2,})\Z")

DEFAULT_TEMPLATE = "CENTOS-6-64-TEMPLATE"
DEFAULT_PASSWORD = "Ex4mple-Root-Pw"
FIXED_DATE = "2026-01-06T09:30:00Z"
_new_server = unfrozen_constructor(Server)
_DEFAULT_PORTS = [{"protocol": "TCP", "port": 80}]


@dataclass
class UsedNames:
    """What the servers that are already loaded use."""

    addresses: set[tuple[str, str]] = field(default_factory=set)
    """Data center and private address."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Highest number by counter. The counters of the world are written once, by `save`."""

    def last_number(self, world: World, counter: str) -> int:
        """Return the highest number of a counter, which a seed or recordings may have set before."""
        number = self.numbers.get(counter)
        if number is None:
            last = world[Counter].get(counter)
            number = self.numbers[counter] = last.value if last is not None else 0
        return number

    def save(self, world: World) -> None:
        """Write the counters."""
        for counter, number in self.numbers.items():
            world[Counter].add(Counter(counter, number))


class ServerSeedLoader:
    """Loads the servers of one account in one data center."""

    def __init__(self, world: World, account: Account, data_center: DataCenter, used: UsedNames) -> None:
        self._world = world
        self._used = used
        self._account = account
        self._data_center = data_center
        self._names = (f"{data_center.id}{account.id}", f"{data_center.id}{account.id}".lower())
        self._networks = inventory.networks_of(world, [account.id], data_center.id)
        self._templates = {template["name"]: template for template in data_center.templates}

    def load(self, group: Group, item: Json) -> Server:
        """Load one server and return it. Raise SeedError if its template, name, network, or custom field is not valid."""
        key = self._name(item)
        template = self._template(item, key)
        status = item.get("status", models.ACTIVE)
        created = self._created(item)
        user = item.get("created_by", f"admin.{self._account.id.lower()}")
        addresses, network = self._addresses(key, item)
        return self._world[Server].add(
            _new_server(
                id=key,
                uuid=item.get("uuid", hashlib.md5(f"server/{key}".encode(), usedforsecurity=False).hexdigest()),
                account=self._account.id,
                data_center=self._data_center.id,
                group=group.id,
                status=status,
                os_type=template["description"].replace(" | ", " "),
                os=template["osType"],
                created=created,
                created_by=user,
                modified=item.get("modified", created),
                modified_by=item.get("modified_by", user),
                display_name=key.upper(),
                host_name=item.get("host_name", key),
                network=network,
                ip_addresses=addresses,
                **_storage(template["osType"], template["storageSizeGB"], item.get("extra_disks", [])),
                **self._properties(item, status),
            )
        )

    def _properties(self, item: Json, status: str) -> Json:
        """Return the properties of a server that are copied from the seed."""
        snapshots = [
            {"number": number, "name": format_timestamp(parse_timestamp(time)).replace("T", ".").rstrip("Z")}
            for number, time in enumerate(item.get("snapshots", []), 1)
        ]
        return {
            "description": item.get("description", ""),
            "type": item.get("type", "standard"),
            "storage_type": item.get("storage_type", "standard"),
            "is_template": item.get("is_template", False),
            "managed_os": item.get("managed_os", False),
            "power": "stopped" if status == models.ARCHIVED else item.get("power_state", "started"),
            "maintenance": item.get("in_maintenance", False),
            "cpu": item.get("cpu", 1),
            "memory_mb": item.get("memory_gb", 2) * 1024,
            "secondary": item.get("secondary_addresses", []),
            "snapshots": snapshots,
            "snapshots_taken": len(snapshots),
            "custom_fields": field_values(self._account, item),
            "password": item.get("password", DEFAULT_PASSWORD),
            "keeps_details": item.get("keeps_details", False),
        }

    def _name(self, item: Json) -> str:
        """Return the id of a server of the seed, and reserve its number."""
        world, (prefix, lower_prefix) = self._world, self._names
        if "name" in item:
            counter = f"servers/{prefix}{item['name'].upper()}"
            number = self._used.last_number(world, counter) + 1
            key = f"{prefix}{item['name']}{number:02d}".lower()
        else:
            key = item["id"].lower()
            numbered = _NUMBER.match(key)
            if not key.startswith(lower_prefix) or numbered is None:
                raise SeedError(f"servers: id {key} must be {prefix}, a name, and a number of at least two digits")
            counter, number = f"servers/{numbered[1].upper()}", int(numbered[2])
        if number > self._used.last_number(world, counter):
            self._used.numbers[counter] = number
        if key in world[Server]:
            raise SeedError(f"servers: duplicate id {key}")
        return key

    def _template(self, item: Json, key: str) -> Json:
        name = item.get("template", DEFAULT_TEMPLATE)
        template: Json | None = self._templates.get(name)
        if template is not None:
            return template
        raise SeedError(f"servers: {key}: template {name} does not exist in {self._data_center.id}")

    def _created(self, item: Json) -> str:
        if "age_seconds" in item:
            return format_timestamp(self._world.now - item["age_seconds"])
        return str(item.get("created", FIXED_DATE))

    def _addresses(self, key: str, item: Json) -> tuple[list[dict[str, str]], str | None]:
        """Return the addresses of a server (free addresses if the seed has none) and the network."""
        requested = item.get("addresses", 0 if item.get("status") == models.UNDER_CONSTRUCTION else 1)
        entries = [{} for _ in range(requested)] if isinstance(requested, int) else requested
        network, specified = None, {entry.get("internal") for entry in entries}
        addresses: list[dict[str, str]] = []
        for entry in entries:
            internal = entry.get("internal")
            if internal is None:
                network, internal = self._free_address(key, specified | {address["internal"] for address in addresses})
            if (self._data_center.id, internal) in self._used.addresses:
                raise SeedError(f"servers: {key}: duplicate private address {internal}")
            self._used.addresses.add((self._data_center.id, internal))
            addresses.append({"internal": internal})
            if "public" in entry:
                addresses[-1] = {"public": entry["public"], "internal": internal}
                ports = [_port(port) for port in entry.get("ports", _DEFAULT_PORTS)]
                cidrs = [{"cidr": cidr} for cidr in entry.get("source_restrictions", [])]
                if entry["public"] in self._world[PublicAddress]:
                    raise SeedError(f"servers: {key}: duplicate public address {entry['public']}")
                self._world[PublicAddress].add(PublicAddress(entry["public"], key, internal, ports, cidrs))
        if network is None and self._networks:
            network = self._networks[0]
        return addresses, network.id if network else None

    def _free_address(self, key: str, reserved: set[str | None]) -> tuple[Network, str]:
        for network in self._networks:
            address = inventory.free_address(self._world, network, reserved)
            if address is not None:
                return network, address
        raise SeedError(f"servers: no free address for {key} in {self._data_center.id}")


def _storage(os: str, storage_gb: int, extra_disks: list[Json]) -> Json:
    """Return disks and partitions of a server; servers without additional disks share those of their template."""
    system, partitions, system_ids = _template_storage(os, storage_gb)
    if not extra_disks:
        return {"disks": system, "system_disks": system_ids, "partitions": partitions}
    disks = list(system)
    for extra in extra_disks:
        path = {"path": extra["path"]} if "path" in extra else {}
        disks.append({"id": hardware.next_disk_id(disks), "sizeGB": extra["size_gb"], **path})
    return {
        "disks": disks,
        "system_disks": system_ids,
        "partitions": partitions + hardware.data_partitions(os, disks),
    }


@cache
def _template_storage(os: str, storage_gb: int) -> tuple[list[Json], list[Json], list[str]]:
    """Return disks, partitions, and ids of the disks of a template. Nothing changes them: entities are immutable."""
    system = hardware.template_disks(os, storage_gb)
    return system, hardware.system_partitions(os, system), [disk["id"] for disk in system]


def _port(port: Json) -> Json:
    view = {"protocol": port["protocol"], "port": port["port"]}
    return {**view, "portTo": port["port_to"]} if "port_to" in port else view
