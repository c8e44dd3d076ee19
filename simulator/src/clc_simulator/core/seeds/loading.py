# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Loads the state of a seed: accounts, users, data centers, and in each the tree of groups with its servers."""

from __future__ import annotations

import collections
import ipaddress
from typing import Any

from clc_simulator.core import inventory
from clc_simulator.core.accounts import ADMIN_ROLES, Account, User
from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.entities import Counter, World
from clc_simulator.core.models import DataCenter, Group, Network, Server
from clc_simulator.core.seeds.errors import UNEXPECTED, SeedError, entry, located
from clc_simulator.core.seeds.sections import Place, load_sections
from clc_simulator.core.seeds.servers import ServerSeedLoader, UsedNames
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
        self._paths: collections.Counter[str] = collections.Counter()
        self._servers: list[tuple[Server, Json]] = []
        self._used = UsedNames()

    def load(self) -> None:
        """Load the seed. Raise SeedError if it contradicts itself."""
        self._load_accounts()
        self._load_users()
        self._load_data_centers()
        places: dict[tuple[str, str], tuple[int, Json]] = {}
        for number, place in enumerate(self._spec.get("places", [])):
            key = (place["account"].upper(), place["data_center"].upper())
            if key[0] not in self.world[Account] or key[1] not in self.world[DataCenter]:
                raise SeedError(f"places[{number}]: account {key[0]} or data center {key[1]} is not in the seed")
            if key in places:
                raise SeedError(f"places[{number}]: duplicate place {key[0]} in {key[1]}")
            places[key] = (number, place)
        for index, data_center in enumerate(self.world[DataCenter]):
            for rank, account in enumerate(self.world[Account]):
                number, place = places.get((account.id, data_center.id), (-1, {}))
                with entry(f"places[{number}]" if place else f"account {account.id} in {data_center.id}"):
                    self._load_place(account, data_center, (index, rank), place)
        self._used.save(self.world)
        self._load_sections()

    def _load_sections(self) -> None:
        """Load the sections of the seed, after everything that they can refer to."""
        for number, item in enumerate(self._spec.get("accounts", [])):
            with entry(f"accounts[{number}]"):
                load_sections(self.world, "account", self.world[Account][item["alias"].upper()], item)
        for number, place in enumerate(self._spec.get("places", [])):
            owner = Place(place["account"].upper(), place["data_center"].upper())
            with entry(f"places[{number}]"):
                load_sections(self.world, "place", owner, place)
        server = None
        try:
            for server, spec in self._servers:
                load_sections(self.world, "server", server, spec)
        except (SeedError, *UNEXPECTED) as error:
            raise located(f"server {server.id if server else ''}", error) from error

    def _load_accounts(self) -> None:
        for number, item in enumerate(self._spec.get("accounts", [])):
            alias = item["alias"].upper()
            if alias in self.world[Account]:
                raise SeedError(f"accounts[{number}]: duplicate account {alias}")
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
        for number, account in enumerate(self.world[Account]):
            self._check_parents(number, account)

    def _check_parents(self, number: int, account: Account) -> None:
        """Raise SeedError if a parent is missing, or if an account is its own ancestor."""
        descendant, seen = account, {account.id}
        while descendant.parent is not None:
            parent = self.world[Account].get(descendant.parent)
            if parent is None:
                raise SeedError(
                    f"accounts[{number}]: {descendant.id} has the parent {descendant.parent}, which is not in the seed"
                )
            if parent.id in seen:
                raise SeedError(f"accounts[{number}]: the parents of {account.id} lead back to {parent.id}")
            seen.add(parent.id)
            descendant = parent

    def _load_users(self) -> None:
        for number, item in enumerate(self._spec.get("users", [])):
            alias = item["account"].upper()
            account = self.world[Account].get(alias)
            if account is None:
                raise SeedError(f"users[{number}]: {item['name']} has the account {alias}, which is not in the seed")
            if item["name"].lower() in {user.id.lower() for user in self.world[User]}:
                raise SeedError(f"users[{number}]: duplicate user {item['name']}")
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
        known = {item["id"]: item for item in platform["dataCenters"]}
        without: Json = known.get(data_center_code, {}).get("without", {})
        bare_metal = spec.get("bare_metal", data_center_code in platform["bareMetal"]["dataCenters"])
        capabilities = {
            "dataCenterEnabled": True,
            "importVMEnabled": True,
            "supportsPremiumStorage": True,
            "supportsSharedLoadBalancer": True,
            "supportsBareMetalServers": bare_metal,
            **dict.fromkeys(without.get("booleans", []), False),
        }
        absent = without.get("capabilities", [])
        templates = [
            {**template, "capabilities": [word for word in template["capabilities"] if word not in absent]}
            for template in platform["templates"]
            if template["name"] not in without.get("templates", [])
        ]
        importable = platform["importableOSTypes"] if capabilities["importVMEnabled"] else []
        self.world[DataCenter].add(DataCenter(data_center_code, name, templates, importable, capabilities))

    def _load_place(self, account: Account, data_center: DataCenter, position: tuple[int, int], place: Json) -> None:
        """Load the tree of an account in a data center; recorded parts of it are not changed."""
        root = inventory.root_of(self.world, account.id, data_center.id)
        if root is None:
            name = f"{data_center.id} Hardware"
            spec = {"name": name, "id": place.get("root_id"), "description": name}
            root = self.add_group(account, data_center, None, spec)
        self._load_networks(account, data_center, place.get("networks"), position)
        for name, number in place.get("next_server_numbers", {}).items():
            counter = f"servers/{data_center.id}{account.id}{name.upper()}"
            self.world[Counter].add(Counter(counter, number - 1))
        specified = [group["name"] for group in place.get("groups", [])]
        existing = {group.name for group in inventory.children(self.world, root)}
        default = [DEFAULT_GROUP[0]] if place.get("default_group", True) else []
        for name in [*SYSTEM_GROUPS, *default]:
            if name not in specified and name not in existing:
                self.add_group(account, data_center, root, {"name": name})
        for number, group in enumerate(place.get("groups", [])):
            with entry(f"groups[{number}]"):
                self._load_group(account, data_center, root, group)

    def _load_networks(
        self, account: Account, data_center: DataCenter, items: list[Json] | None, position: tuple[int, int]
    ) -> None:
        """Load the networks of a place; without any in the seed or the recordings, it has the default network."""
        if items is None:
            if inventory.networks_of(self.world, [account.id], data_center.id):
                return
            items = [{"cidr": _default_cidr(*position)}]
        for number, item in enumerate(items):
            with entry(f"networks[{number}]"):
                vlan = item.get("vlan", 101 + position[0] * 100 + position[1] * 20 + number)
                network = ipaddress.IPv4Network(item["cidr"])
                name = item.get("name", f"vlan_{vlan}_{'.'.join(str(network.network_address).split('.')[:3])}")
                key = item.get("id", stable_id("network", account.id, data_center.id, item["cidr"]))
                if key in self.world[Network]:
                    raise SeedError(f"duplicate network {item['cidr']}, or duplicate id {key}")
                description = item.get("description", name)
                self.world[Network].add(Network(key, account.id, data_center.id, name, description, str(network), vlan))

    def _load_group(self, account: Account, data_center: DataCenter, parent: Group, item: Json) -> None:
        group = self.add_group(account, data_center, parent, item)
        servers = ServerSeedLoader(self.world, account, data_center, self._used)
        first = len(self._servers)
        try:
            for server in item.get("servers", []):
                self._servers.append((servers.load(group, server), server))
        except (SeedError, *UNEXPECTED) as error:
            raise located(f"servers[{len(self._servers) - first}]", error) from error
        for number, child in enumerate(item.get("groups", [])):
            with entry(f"groups[{number}]"):
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


def _default_cidr(index: int, rank: int) -> str:
    """Return the default network of an account in a data center, by their positions in the seed.

    Networks never overlap: there are at least 200 accounts in each of 176 data centers. Raise SeedError for others.
    """
    second, third = 80 + index, 12 + 64 * (rank % 4) + rank // 4
    if second > 255 or third > 255:
        raise SeedError("there is no default network for so many accounts or data centers; specify networks")
    return f"10.{second}.{third}.0/24"


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
