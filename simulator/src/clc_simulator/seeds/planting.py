# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plants a described world: accounts, users, data centers, and in each the tree of groups with its servers."""

from __future__ import annotations

import hashlib
import ipaddress
from collections import Counter
from typing import Any

from clc_simulator import estate
from clc_simulator.accounts import ADMIN_ROLES, Account, User
from clc_simulator.clock import stamp
from clc_simulator.estate import DataCenter, Group, Import, Network, Server
from clc_simulator.seeding import Place, plant_sections
from clc_simulator.seeds.errors import SeedError
from clc_simulator.seeds.servers import ServerPlanter
from clc_simulator.world import World

Json = dict[str, Any]

FIXED_DATE = "2026-01-05T08:00:00Z"
"""When everything was made that says nothing else; fixed, so that a seed gives the same world at any time."""

SYSTEM = {
    "Archive": (
        "archive",
        "Pay only for the storage consumed by the archived server. No compute or licensing costs are incurred.",
    ),
    "Templates": (
        "templates",
        "Custom templates provide a set of hardware/software settings that can be used repeatedly to create servers"
        " configured with the same settings.",
    ),
}
"""Name, type and description of the groups that every data center has, as recorded."""
DEFAULT_GROUP = ("Default Group", "The default location for new servers created in your account")

_ACCOUNT_ADDRESS = {
    "addressLine1": "1 Example Road",
    "city": "Example City",
    "stateProvince": "WA",
    "postalCode": "98000",
    "country": "United States",
}


def hashed(*parts: object) -> str:
    """Return an id of 32 hexadecimal digits that is the same for the same parts."""
    return hashlib.md5("/".join(map(str, parts)).encode(), usedforsecurity=False).hexdigest()


class Planter:
    """Builds one world from one description, whose shape was checked."""

    def __init__(self, world: World, described: Json) -> None:
        self.world = world
        self.described = described
        self._paths: Counter[str] = Counter()
        self._servers: list[tuple[Server, Json]] = []

    def plant(self) -> None:
        """Plant everything. Raises SeedError where the description contradicts itself."""
        self._plant_accounts()
        self._plant_users()
        self._plant_data_centers()
        places = {}
        for place in self.described.get("places", []):
            key = (place["account"].upper(), place["data_center"].upper())
            if key[0] not in self.world[Account] or key[1] not in self.world[DataCenter]:
                raise SeedError(f"places: account {key[0]} or data center {key[1]} is not in the seed")
            if key in places:
                raise SeedError(f"places: {key[0]} in {key[1]} comes twice")
            places[key] = place
        for at, center in enumerate(self.world[DataCenter]):
            for account in self.world[Account]:
                self._plant_place(account, center, at, places.get((account.id, center.id), {}))
        self._plant_sections(list(places.values()))

    def _plant_sections(self, places: list[Json]) -> None:
        """Plant what resources of their own have in the seed, once everything is there that it can refer to."""
        for item in self.described.get("accounts", []):
            plant_sections(self.world, "account", self.world[Account][item["alias"].upper()], item)
        for place in places:
            owner = Place(place["account"].upper(), place["data_center"].upper())
            plant_sections(self.world, "place", owner, place)
        for server, described in self._servers:
            plant_sections(self.world, "server", server, described)

    def _plant_accounts(self) -> None:
        for item in self.described.get("accounts", []):
            alias = item["alias"].upper()
            limits = item.get("limits", {})
            names = {"cpu": "cpu", "memory_gb": "memoryGB", "storage_gb": "storageGB", "networks": "networks"}
            self.world[Account].add(
                Account(
                    id=alias,
                    parent=item["parent"].upper() if "parent" in item else None,
                    business_name=item.get("business_name", alias),
                    address=item.get("address", _ACCOUNT_ADDRESS),
                    primary_data_center=item.get("primary_data_center", "WA1").upper(),
                    primary_dns=item.get("primary_dns", "172.17.1.26"),
                    secondary_dns=item.get("secondary_dns", "172.17.1.27"),
                    custom_fields=[_definition(alias, field) for field in item.get("custom_fields", [])],
                    limits={names[name]: value for name, value in limits.items()},
                )
            )
        for account in self.world[Account]:
            if account.parent is not None and account.parent not in self.world[Account]:
                raise SeedError(f"accounts: {account.id} has the parent {account.parent}, which is not in the seed")

    def _plant_users(self) -> None:
        for item in self.described.get("users", []):
            alias = item["account"].upper()
            account = self.world[Account].get(alias)
            if account is None:
                raise SeedError(f"users: {item['name']} is of account {alias}, which is not in the seed")
            location = item.get("location", account.primary_data_center).upper()
            roles = list(item.get("roles", ADMIN_ROLES))
            self.world[User].add(User(item["name"], item["password"], alias, location, roles))

    def _plant_data_centers(self) -> None:
        catalogue = {item["id"]: item["name"] for item in estate.platform()["dataCenters"]}
        for item in self.described.get("data_centers", [] if len(self.world[DataCenter]) else list(catalogue)):
            described = item if isinstance(item, dict) else {"id": item}
            code = described["id"].upper()
            if code not in self.world[DataCenter]:
                self.add_data_center(code, described.get("name", catalogue.get(code, code)), described)

    def add_data_center(self, code: str, name: str, described: Json) -> None:
        """Add a data center with what the platform offers everywhere."""
        platform = estate.platform()
        bare_metal = described.get("bare_metal", code in platform["bareMetal"]["dataCenters"])
        capabilities = {
            "dataCenterEnabled": True,
            "importVMEnabled": True,
            "supportsPremiumStorage": True,
            "supportsSharedLoadBalancer": True,
            "supportsBareMetalServers": bare_metal,
        }
        self.world[DataCenter].add(
            DataCenter(code, name, platform["templates"], platform["importableOSTypes"], capabilities)
        )

    def _plant_place(self, account: Account, center: DataCenter, at: int, place: Json) -> None:
        """Plant the tree of an account in a data center, the at-th one; what was recorded of it stays."""
        root = estate.root_of(self.world, account.id, center.id)
        if root is None:
            name = f"{center.id} Hardware"
            described = {"name": name, "id": place.get("root_id"), "description": name}
            root = self.add_group(account, center, None, described)
        self._plant_networks(account, center, at, place)
        listed = [group["name"] for group in place.get("groups", [])]
        present = {group.name for group in estate.children(self.world, root)}
        default = [DEFAULT_GROUP[0]] if place.get("default_group", True) else []
        for name in [*SYSTEM, *default]:
            if name not in listed and name not in present:
                self.add_group(account, center, root, {"name": name})
        for group in place.get("groups", []):
            self._plant_group(account, center, root, group)

    def _plant_networks(self, account: Account, center: DataCenter, at: int, place: Json) -> None:
        if not place.get("networks") and estate.networks_of(self.world, [account.id], center.id):
            return
        # Accounts count from 0 in the seed's order, so that their networks never overlap.
        rank = [row.id for row in self.world[Account]].index(account.id)
        planned = place.get("networks") or [{"cidr": f"10.{80 + at}.{12 + 64 * rank}.0/24"}]
        for number, item in enumerate(planned):
            vlan = item.get("vlan", 101 + at * 100 + rank * 20 + number)
            network = ipaddress.ip_network(item["cidr"])
            name = item.get("name", f"vlan_{vlan}_{'.'.join(str(network.network_address).split('.')[:3])}")
            key = item.get("id", hashed("network", account.id, center.id, item["cidr"]))
            described = item.get("description", name)
            self.world[Network].add(Network(key, account.id, center.id, name, described, str(network), vlan))
        for item in place.get("imports", []):
            shown = {
                "id": item["id"],
                "name": item.get("name", item["id"].rpartition("/")[2]),
                "storageSizeGB": item.get("storage_gb", 16),
                "cpuCount": item.get("cpu", 1),
                "memorySizeMB": item.get("memory_mb", 1024),
            }
            self.world[Import].add(Import(f"{center.id}:{item['id']}", account.id, center.id, shown))

    def _plant_group(self, account: Account, center: DataCenter, parent: Group, item: Json) -> None:
        group = self.add_group(account, center, parent, item)
        servers = ServerPlanter(self.world, account, center)
        for server in item.get("servers", []):
            self._servers.append((servers.plant(group, server), server))
        for child in item.get("groups", []):
            self._plant_group(account, center, group, child)

    def add_group(self, account: Account, center: DataCenter, parent: Group | None, item: Json) -> Group:
        """Add a group; below the root, Archive and Templates are the system groups of these names."""
        path = f"{account.id}/{center.id}/{parent.id if parent else ''}/{item['name']}"
        self._paths[path] += 1
        key = item.get("id") or hashed("group", path, self._paths[path])
        kind, described = "default", item.get("description")
        if parent is not None and parent.parent is None:
            kind, described = SYSTEM.get(item["name"], ("default", described))
            if item["name"] == DEFAULT_GROUP[0] and described is None:
                described = DEFAULT_GROUP[1]
        created = item.get("created", FIXED_DATE)
        by = item.get("created_by", f"admin.{account.id.lower()}")
        if key in self.world[Group]:
            raise SeedError(f"groups: id {key} comes twice")
        return self.world[Group].add(
            Group(
                key,
                account.id,
                center.id,
                item["name"],
                kind,
                parent.id if parent else None,
                described,
                created,
                by,
                created,
                by,
                field_values(account, item),
                item.get("defaults", {}),
            )
        )


def field_values(account: Account, item: Json) -> list[dict[str, str]]:
    """Return the custom field values of a described group or server as {id, value}; names or ids are keys.

    Raises SeedError where the account has no such field.
    """
    ids = {field["name"]: field["id"] for field in account.custom_fields}
    values = []
    for name, value in item.get("custom_fields", {}).items():
        key = ids.get(name, name)
        if key not in ids.values():
            raise SeedError(f"custom_fields: account {account.id} has no field {name}")
        values.append({"id": key, "value": str(value).lower() if isinstance(value, bool) else str(value)})
    return values


def _definition(alias: str, field: Json) -> Json:
    return {
        "id": field.get("id", hashed("field", alias, field["name"])),
        "name": field["name"],
        "isRequired": field.get("required", False),
        "type": field["type"],
        "options": field.get("options", []),
    }


def ago(world: World, seconds: float) -> str:
    """Return the moment that many seconds ago."""
    return stamp(world.now - seconds)
