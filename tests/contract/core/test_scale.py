# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cost of requests does not grow with the number of servers. Calls of functions are counted, since times vary."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from typing import Any

import pytest

from clc_simulator.core.addresses import AddressPool
from clc_simulator.core.entities import unfrozen_constructor
from clc_simulator.core.models import Server
from simclient import Client


def calls(work: Callable[[], Any]) -> int:
    """Return the number of calls that work makes."""
    number = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return number


def root_of(client: Client) -> str:
    links = client.get("/v2/datacenters/DEMO/VA1?groupLinks=true").json()["links"]
    return next(str(link["id"]) for link in links if link["rel"] == "group")


def costs(client: Client) -> dict[str, int]:
    """Return the calls of some requests, after each was made once: indexes are made when they are first used."""
    group = root_of(client)
    server = client.create_and_finish(groupId=group)["id"]
    ports = {"ports": [{"protocol": "TCP", "port": 80}]}

    def add_address() -> None:
        assert client.post(f"/v2/servers/DEMO/{server}/publicIPAddresses", ports).status == 202
        client.finish()

    def read(path: str) -> None:
        assert client.get(f"/v2/datacenters/DEMO/VA1{path}").status == 200

    add_address()
    read("/deploymentCapabilities")
    return {
        "create": calls(lambda: client.create_and_finish(groupId=group)),
        "public address": calls(add_address),
        "totals": calls(lambda: read("?totals=true")),
        "capabilities": calls(lambda: read("/deploymentCapabilities")),
    }


def test_requests_cost_the_same_with_many_servers(make: Callable[..., Client]) -> None:
    few, many = costs(make("fleet:15").login()), costs(make("fleet:3000").login())
    assert {name: many[name] < 1.1 * few[name] for name in few} == dict.fromkeys(few, True), (few, many)


def test_the_faster_constructor_creates_the_same_immutable_entities(small: Client) -> None:
    create = unfrozen_constructor(Server)
    for server in small.simulator.world[Server]:
        values = {item.name: getattr(server, item.name) for item in dataclasses.fields(server)}
        same = create(**values)
        assert same == server
        assert type(same) is Server
    required = {
        "id",
        "uuid",
        "account",
        "data_center",
        "group",
        "status",
        "os_type",
        "os",
        "created",
        "created_by",
        "modified",
    }
    first, second = (create(**dict.fromkeys(required, "x")) for _ in range(2))
    assert first == Server(**dict.fromkeys(required, "x"))
    assert first.disks is not second.disks
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.id = "y"  # type: ignore[misc]


def test_the_lowest_free_address_is_used_again_after_a_deletion(small: Client) -> None:
    group = root_of(small)
    first, second, third = (small.create_and_finish(groupId=group) for _ in range(3))
    assert small.delete(f"/v2/servers/DEMO/{second['id']}").status == 202
    small.finish()
    addresses = [small.create_and_finish(groupId=group)["details"]["ipAddresses"][0]["internal"] for _ in range(2)]
    assert addresses[0] == second["details"]["ipAddresses"][0]["internal"]
    assert addresses[1] not in [item["details"]["ipAddresses"][0]["internal"] for item in (first, second, third)]


def test_totals_and_keys_are_those_of_all_servers(small: Client) -> None:
    """Whatever the changes since the first use, they are what a new index of the table has."""
    group = root_of(small)
    servers = small.simulator.world[Server]
    kind = servers._kind
    for name in kind.keys:
        servers.find_by_key(name, "")
    servers.total("used", "")
    created = small.create_and_finish(groupId=group)["id"]
    small.patch(f"/v2/servers/DEMO/{created}", cpu=3)
    small.post(f"/v2/servers/DEMO/{created}/publicIPAddresses", {"ports": [{"protocol": "TCP", "port": 80}]})
    small.finish()
    small.post("/v2/operations/DEMO/servers/archive", [created])
    small.finish()
    keys, totals = dict(servers._keys), dict(servers._totals)
    servers._keys.clear()
    servers._totals.clear()
    for name in keys:
        servers.find_by_key(name, "")
    servers.total("used", "")
    assert servers._keys == keys
    assert servers._totals == totals


def test_an_address_pool_returns_released_addresses_first() -> None:
    used = {"192.0.2.12", "192.0.2.13", "192.0.2.14"}
    pool = AddressPool(["192.0.2.0/28", "198.51.100.0/29"], 12)
    assert pool.lowest(used.__contains__) is None, "12 to 14, and none in a network that has only 8 addresses"
    used.remove("192.0.2.13")
    pool.release("192.0.2.13")
    assert pool.lowest(used.__contains__, {"192.0.2.13"}) is None
    assert pool.lowest(used.__contains__) == "192.0.2.13"
    used.add("192.0.2.13")
    assert pool.lowest(used.__contains__) is None


@pytest.mark.parametrize("cidr", ["10.0.0.4/30", "10.0.0.0/32"])
def test_a_network_without_host_addresses_is_full(cidr: str) -> None:
    assert AddressPool([cidr], 12).lowest(lambda address: False) is None
