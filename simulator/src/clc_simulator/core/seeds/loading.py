# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Loads the state of a seed: accounts, users, data centers, and in each the tree of groups with its servers."""

from __future__ import annotations

import ipaddress
from collections import Counter
from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.accounts import ADMIN_ROLES, Account, User
from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.models import DataCenter, Group, Network, Server
from clc_simulator.core.seeds.errors import SeedError
from clc_simulator.core.seeds.sections import Place, load_sections
from clc_simulator.core.seeds.servers import ServerSeedLoader
from clc_simulator.core.seeds.values import field_values, stable_id

Json = dict[str, Any]

FIXED_DATE = "2026-01-05T08:00:00Z"
"""Default creation date; fixed, so that a seed gives the same state at any time."""

SYSTEM_GROUPS = {
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
"""Type and description by name of the groups that every data center has, as recorded."""
DEFAULT_GROUP = ("Default Group", "The default location for new servers created in your account")

_ACCOUNT_ADDRESS = {
    "addressLine1": "1 Example Road",
    "city": "Example City",
    "stateProvince": "WA",
    "postalCode": "98000",
    "country": "United States",
}


class SeedLoader:
    """Loads one seed, which matches the schema, into one world."""

    def __init__(self, world: World, spec: Json) -> None:
        self.world = world
        self._spec = spec
        self._paths: Counter[str] = Counter()
        self._servers: list[tuple[Server, Json]] = []

    def load(self) -> None:
        """Load the seed. Raise SeedError if it contradicts itself."""
        self._load_accounts()
        self._load_users()
        self._load_data_centers()
        places = {}
        for place in self._spec.get("places", []):
            key = (place["account"].upper(), place["data_center"].upper())
            if key[0] not in self.world[Account] or key[1] not in self.world[DataCenter]:
                raise SeedError(f"places: account {key[0]} or data center {key[1]} is not in the seed")
            if key in places:
                raise SeedError(f"places: duplicate place {key[0]} in {key[1]}")
            places[key] = place
        for index, data_center in enumerate(self.world[DataCenter]):
            for account in self.world[Account]:
                self._load_place(account, data_center, index, places.get((account.id, data_center.id), {}))
        self._load_sections(list(places.values()))

    def _load_sections(self, places: list[Json]) -> None:
        """Load the sections of the seed, after everything that they can refer to."""
        for item in self._spec.get("accounts", []):
            load_sections(self.world, "account", self.world[Account][item["alias"].upper()], item)
        for place in places:
            owner = Place(place["account"].upper(), place["data_center"].upper())
            load_sections(self.world, "place", owner, place)
        for server, spec in self._servers:
            load_sections(self.world, "server", server, spec)

    def _load_accounts(self) -> None:
        for item in self._spec.get("accounts", []):
            alias = item["alias"].upper()
            limits = item.get("limits", {})
            properties = {"cpu": "cpu", "memory_gb": "memoryGB", "storage_gb": "storageGB", "networks": "networks"}
            self.world[Account].add(
                Account(
                    id=alias,
                    parent=item["parent"].upper() if "parent" in item else None,
                    business_name=item.get("business_name", alias),
                    address=item.get("address", _ACCOUNT_ADDRESS),
                    primary_data_center=item.get("primary_data_center", "WA1").upper(),
                    primary_dns=item.get("primary_dns", "172.17.1.26"),
                    secondary_dns=item.get("secondary_dns", "172.17.1.27"),
                    custom_fields=[_custom_field(alias, field) for field in item.get("custom_fields", [])],
                    limits={properties[name]: value for name, value in limits.items()},
                )
            )
        for account in self.world[Account]:
            if account.parent is not None and account.parent not in self.world[Account]:
                raise SeedError(f"accounts: {account.id} has the parent {account.parent}, which is not in the seed")

    def _load_users(self) -> None:
        for item in self._spec.get("users", []):
            alias = item["account"].upper()
            account = self.world[Account].get(alias)
            if account is None:
                raise SeedError(f"users: {item['name']} has the account {alias}, which is not in the seed")
            location = item.get("location", account.primary_data_center).upper()
            roles = list(item.get("roles", ADMIN_ROLES))
            self.world[User].add(User(item["name"], item["password"], alias, location, roles))

    def _load_data_centers(self) -> None:
        platform_names = {item["id"]: item["name"] for item in inventory.platform()["dataCenters"]}
        for item in self._spec.get("data_centers", [] if len(self.world[DataCenter]) else list(platform_names)):
            spec = item if isinstance(item, dict) else {"id": item}
            data_center_code = spec["id"].upper()
            if data_center_code not in self.world[DataCenter]:
                self.add_data_center(
                    data_center_code, spec.get("name", platform_names.get(data_center_code, data_center_code)), spec
                )

    def add_data_center(self, data_center_code: str, name: str, spec: Json) -> None:
        """Add a data center with the templates and import types of the platform."""
        platform = inventory.platform()
        bare_metal = spec.get("bare_metal", data_center_code in platform["bareMetal"]["dataCenters"])
        capabilities = {
            "dataCenterEnabled": True,
            "importVMEnabled": True,
            "supportsPremiumStorage": True,
            "supportsSharedLoadBalancer": True,
            "supportsBareMetalServers": bare_metal,
        }
        self.world[DataCenter].add(
            DataCenter(data_center_code, name, platform["templates"], platform["importableOSTypes"], capabilities)
        )

    def _load_place(self, account: Account, data_center: DataCenter, index: int, place: Json) -> None:
        """Load the tree of an account in a data center; recorded parts of it are not changed."""
        root = inventory.root_of(self.world, account.id, data_center.id)
        if root is None:
            name = f"{data_center.id} Hardware"
            spec = {"name": name, "id": place.get("root_id"), "description": name}
            root = self.add_group(account, data_center, None, spec)
        self._load_networks(account, data_center, index, place)
        specified = [group["name"] for group in place.get("groups", [])]
        existing = {group.name for group in inventory.children(self.world, root)}
        default = [DEFAULT_GROUP[0]] if place.get("default_group", True) else []
        for name in [*SYSTEM_GROUPS, *default]:
            if name not in specified and name not in existing:
                self.add_group(account, data_center, root, {"name": name})
        for group in place.get("groups", []):
            self._load_group(account, data_center, root, group)

    def _load_networks(self, account: Account, data_center: DataCenter, index: int, place: Json) -> None:
        if not place.get("networks") and inventory.networks_of(self.world, [account.id], data_center.id):
            return
        # Networks of accounts never overlap: their third octet depends on the account's position in the seed.
        rank = [other.id for other in self.world[Account]].index(account.id)
        planned = place.get("networks") or [{"cidr": f"10.{80 + index}.{12 + 64 * rank}.0/24"}]
        for number, item in enumerate(planned):
            vlan = item.get("vlan", 101 + index * 100 + rank * 20 + number)
            network = ipaddress.ip_network(item["cidr"])
            name = item.get("name", f"vlan_{vlan}_{'.'.join(str(network.network_address).split('.')[:3])}")
            key = item.get("id", stable_id("network", account.id, data_center.id, item["cidr"]))
            description = item.get("description", name)
            self.world[Network].add(Network(key, account.id, data_center.id, name, description, str(network), vlan))

    def _load_group(self, account: Account, data_center: DataCenter, parent: Group, item: Json) -> None:
        group = self.add_group(account, data_center, parent, item)
        servers = ServerSeedLoader(self.world, account, data_center)
        for server in item.get("servers", []):
            self._servers.append((servers.load(group, server), server))
        for child in item.get("groups", []):
            self._load_group(account, data_center, group, child)

    def add_group(self, account: Account, data_center: DataCenter, parent: Group | None, item: Json) -> Group:
        """Add a group; Archive and Templates below the root group are system groups."""
        path = f"{account.id}/{data_center.id}/{parent.id if parent else ''}/{item['name']}"
        self._paths[path] += 1
        key = item.get("id") or stable_id("group", path, self._paths[path])
        kind, description = "default", item.get("description")
        if parent is not None and parent.parent is None:
            kind, description = SYSTEM_GROUPS.get(item["name"], ("default", description))
            if item["name"] == DEFAULT_GROUP[0] and description is None:
                description = DEFAULT_GROUP[1]
        created = item.get("created", FIXED_DATE)
        user = item.get("created_by", f"admin.{account.id.lower()}")
        if key in self.world[Group]:
            raise SeedError(f"groups: duplicate id {key}")
        return self.world[Group].add(
            Group(
                key,
                account.id,
                data_center.id,
                item["name"],
                kind,
                parent.id if parent else None,
                description,
                created,
                user,
                created,
                user,
                field_values(account, item),
                item.get("defaults", {}),
            )
        )


def _custom_field(alias: str, field: Json) -> Json:
    return {
        "id": field.get("id", stable_id("field", alias, field["name"])),
        "name": field["name"],
        "isRequired": field.get("required", False),
        "type": field["type"],
        "options": field.get("options", []),
    }


def ago(world: World, seconds: float) -> str:
    """Return the time a number of seconds ago."""
    return format_timestamp(world.now - seconds)
