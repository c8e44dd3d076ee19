# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nodes that refer to servers, in both kinds of load balancers, against the simulator."""

from __future__ import annotations

import typing as t
from collections import Counter
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving
from ansible_collections.centurylink.cloud.tests.unit.support.updates import WA1

Options = dict[str, t.Any]
WEB = {"server": "WEB", "group": "Shop/Web"}
WEB01, WEB02, APP01 = "10.82.12.13", "10.82.12.14", "10.82.12.15"
SERVER: Options = {"template": "CENTOS-6-64-TEMPLATE", "cpu": 1, "memory_gb": 1, **WA1}


@pytest.fixture
def service(clock: Clock, run: Runner, tmp_path: Path) -> t.Iterator[SimulatedService]:
    found = SimulatedService(clock, run)
    with serving(found):
        yield found


def shared(service: SimulatedService, *nodes: Options, **settings: bool) -> Outcome:
    pools = [{"port": 80, "nodes": [{"port": 8080, **node} for node in nodes]}]
    return service.run("shared_load_balancer", {"name": "front", "pools": pools, **WA1}, **settings)


def pool(service: SimulatedService, *nodes: Options, **settings: bool) -> Outcome:
    options = {"load_balancer": "shop", "port": 80, "load_balancing_mode": "tcp", **WA1}
    return service.run(
        "load_balancer_pool", {**options, "nodes": [{"port": 8080, **node} for node in nodes]}, **settings
    )


def addresses(outcome: Outcome) -> list[str]:
    assert not outcome.failed, outcome.msg
    result = outcome.result.get("load_balancer_pool") or outcome["shared_load_balancer"]["pools"][0]
    return [node["ip_address"] for node in result["nodes"]]


def reads(service: SimulatedService) -> Counter[str]:
    """Return how often servers and groups were read since the last call, by operation."""
    names = ("getServer", "getGroup", "getDataCenter")
    return Counter(entry.operationId for entry in service.log() if entry.operationId in names)


@pytest.fixture
def servers(service: SimulatedService) -> dict[str, Options]:
    """The servers of the account in WA1, in result format, by id."""
    found = service.run("server_info", WA1)["servers"]
    service.log()
    return {server["id"]: server for server in found}


@pytest.mark.parametrize("module", [shared, pool])
def test_node_is_a_server_by_id_or_name(
    service: SimulatedService, servers: object, module: t.Callable[..., Outcome]
) -> None:
    service.run("load_balancer", {"name": "shop", **WA1})
    service.log()
    created = module(service, {"server": "WA1DEMOWEB01"}, {"server": "wa1demoapp01"}, {"ip_address": "10.80.12.99"})
    assert created.changed
    assert addresses(created) == [WEB01, APP01, "10.80.12.99"]
    assert reads(service) == {"getServer": 2}
    again = module(service, {"server": "wa1demoweb01"}, {"server": "WA1DEMOAPP01"}, {"ip_address": "10.80.12.99"})
    assert not again.changed


@pytest.mark.parametrize("module", [shared, pool])
def test_node_is_a_fleet_that_grows(
    service: SimulatedService, servers: object, module: t.Callable[..., Outcome]
) -> None:
    service.run("load_balancer", {"name": "shop", **WA1})
    service.log()
    assert addresses(module(service, WEB)) == [WEB01, WEB02]
    assert reads(service) == {"getDataCenter": 1, "getGroup": 2}
    assert not module(service, WEB).changed
    fleet = {"name": "WEB", "group": "Shop/Web", "count": 3, "administrator_password": "Pa55word!long", **SERVER}
    (new,) = [
        server for server in service.run("server", fleet)["servers"] if server["ip_address"] not in (WEB01, WEB02)
    ]
    grown = module(service, WEB)
    assert grown.changed
    assert addresses(grown) == [WEB01, WEB02, new["ip_address"]]


def test_group_alone_stands_for_its_servers(service: SimulatedService, servers: object) -> None:
    assert addresses(shared(service, {"group": "App"})) == [APP01, "10.82.12.16"]
    assert addresses(shared(service, {"group": ["Shop", "Web"]}, {"group": "App", "server": "APP", "port": 81})) == [
        WEB01, WEB02, APP01, "10.82.12.16",
    ]  # fmt: skip


def test_results_need_no_request(service: SimulatedService, servers: dict[str, Options]) -> None:
    results = [servers["wa1demoweb01"], servers["wa1demoweb02"]]
    assert addresses(shared(service, {"servers": results})) == [WEB01, WEB02]
    assert reads(service) == {}
    assert not shared(service, {"server": results[0]}, {"server": results[1]}).changed
    without_address = {**results[0], "ip_address": None}
    assert not shared(service, {"servers": [without_address, "WA1DEMOWEB02"]}).changed
    assert reads(service) == {"getServer": 2}


def test_groups_and_servers_are_read_once(service: SimulatedService, servers: object) -> None:
    nodes = [{**WEB, "port": port} for port in (80, 81, 82)]
    nodes += [{"server": "WA1DEMOAPP01", "port": port} for port in (80, 81)]
    assert len(addresses(shared(service, *nodes))) == 8
    assert reads(service) == {"getDataCenter": 1, "getGroup": 2, "getServer": 1}


def test_properties_of_a_node_are_those_of_each_server(service: SimulatedService, servers: object) -> None:
    nodes = shared(service, {**WEB, "status": "disabled"})["shared_load_balancer"]["pools"][0]["nodes"]
    assert [(node["ip_address"], node["status"]) for node in nodes] == [(WEB01, "disabled"), (WEB02, "disabled")]
    removed = shared(service, {"server": "WA1DEMOWEB01", "state": "absent"}, {"server": "WA1DEMOWEB02"})
    assert addresses(removed) == [WEB02]


@pytest.mark.parametrize(
    ("node", "message"),
    [
        ({"server": "WA1DEMONONE01"}, "pools[0].nodes[0]: there is no server 'wa1demonone01'. Servers in WA1: wa1demoapp01, "),
        ({"servers": ["NONE"]}, "pools[0].nodes[0]: there is no server 'none'"),
        ({**WEB, "server": "NONE"}, "group 'Shop/Web' has no servers with the base name 'NONE'. Its servers: wa1demoweb01, "),
        ({"group": "Shop"}, "group 'Shop' has no servers. It has no servers."),
        ({"group": "None"}, "group 'None' does not exist in WA1"),
        ({"group": {"id": "x"}}, "Invalid value for pools[0].nodes[0].group: {'id': 'x'} is a dictionary"),
        ({"server": "WA1DEMOWEB01", "ip_address": WEB01}, "pools[0].nodes[0]: ip_address and a server exclude each other"),
        ({}, "Invalid value for pools[0].nodes[0]: ip_address is missing. Specify ip_address, or server, group, or servers."),
        ({"servers": []}, "Invalid value for pools[0].nodes[0].servers: the list is empty. Check the variable that it comes from."),
        ({**WEB, "servers": []}, "Invalid value for pools[0].nodes[0]: server and group and servers exclude each other."),
        ({"server": ""}, "Invalid value for pools[0].nodes[0].server: '' is not a server"),
        ({"servers": [True]}, "Invalid value for pools[0].nodes[0].servers[0]: True is not a server"),
        ({"servers": ["WA1DEMOWEB01", "wa1demoweb01"]}, f"Invalid value for pools[0].nodes: {WEB01}:8080 is listed more than once"),
    ],
)  # fmt: skip
def test_reference_that_cannot_be_right(service: SimulatedService, node: Options, message: str) -> None:
    outcome = shared(service, node)
    assert outcome.failed
    assert message in outcome.msg
    assert {entry.method for entry in service.log()} <= {"GET"}


def test_server_that_is_being_built_has_no_address(clock: Clock, run: Runner) -> None:
    service = SimulatedService(clock, run, job_seconds=600.0)
    with serving(service):
        options = {"name": "NEW", "group": "App", "administrator_password": "Pa55word!long", "wait": False, **SERVER}
        (created,) = service.run("server", options)["servers"]
        outcome = shared(service, {"server": created["id"]})
        assert outcome.failed
        assert (
            f"Cannot use server {created['id']}: it has no private IP address (status underConstruction)" in outcome.msg
        )
        assert addresses(shared(service, {"server": created["id"]}, check_mode=True)) == [PLACEHOLDER]


def test_what_does_not_exist_yet_is_predicted(service: SimulatedService) -> None:
    fleet = {"name": "WEB", "group": "New", "count": 2, "administrator_password": "Pa55word!long", **SERVER}
    predicted = service.run("server", fleet, check_mode=True)["servers"]
    of_results = shared(service, {"servers": predicted}, check_mode=True)
    assert addresses(of_results) == [server["ip_address"] for server in predicted]
    assert of_results.warnings == []
    assert addresses(shared(service, {"server": predicted[0]["name"]}, check_mode=True)) == [predicted[0]["ip_address"]]
    by_fleet = shared(service, {"server": "WEB", "group": "New"}, check_mode=True)
    assert addresses(by_fleet) == [predicted[0]["ip_address"]]
    assert by_fleet.warnings == [
        "In check mode, an earlier task is assumed to create it: group 'New' does not exist in WA1."
    ]
    missing = shared(service, {"server": "WA1DEMONONE01"}, check_mode=True)
    assert (addresses(missing), len(missing.warnings)) == ([PLACEHOLDER], 1)


def test_absent_needs_no_servers(service: SimulatedService) -> None:
    options = {
        "name": "front",
        "state": "absent",
        "pools": [{"port": 80, "nodes": [{"server": "NONE", "port": 80}]}],
        **WA1,
    }
    assert not service.run("shared_load_balancer", options).failed
