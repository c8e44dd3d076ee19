# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules load_balancer_node and load_balancer_node_info, against the simulator and against other clients."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, hex_id, server
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

WEB, APP = "wa1demoweb01", "wa1demoapp01"
WA1 = {"data_center": "WA1"}
DISABLE, ENABLE = {"server_ids": [WEB], "state": "disabled"}, {"server_ids": [WEB], "state": "enabled"}


class _NoScript:
    """What a runner asks of a scripted service, which is not used here."""

    def done(self) -> None:
        pass


class Shop:
    """Two load balancers of both kinds, whose pools contain two servers and another node with settings of its own."""

    def __init__(self, service: SimulatedService) -> None:
        self.service = service
        servers = service.run("server_info", {"server_ids": [WEB, APP]})["servers"]
        self.addresses = {item["id"]: item["ip_address"] for item in servers}
        nodes = [{"ip_address": address, "private_port": 8443} for address in self.addresses.values()]
        other = {"ip_address": "10.9.9.9", "private_port": 80, "status": "disabled"}
        self._run(
            "shared_load_balancer",
            {"name": "front", "pools": [{"port": 80, "nodes": [*nodes, other]}, {"port": 443, "nodes": nodes}], **WA1},
        )
        self._run("load_balancer", {"name": "shop", **WA1})
        check = {"unhealthy_threshold": 3, "healthy_threshold": 2, "interval_seconds": 30, "target_port": 80}
        heavy = [{**node, "server_weight": 7, "health_check": check} for node in nodes]
        further = {"ip_address": self.addresses[WEB], "private_port": 9000}
        for port, pool_nodes in ((443, [*heavy, {**other, "server_weight": 3}]), (8080, [*nodes, further])):
            options = {"load_balancer": "shop", "port": port, "load_balancing_mode": "tcp", "nodes": pool_nodes}
            self._run("load_balancer_pool", {**options, **WA1})
        service.log()

    def _run(self, module: str, options: Entity) -> None:
        assert self.service.run(module, options).changed

    def run(self, options: Entity, **modes: t.Any) -> Outcome:
        return self.service.run("load_balancer_node", options, **modes)

    def pools(self) -> list[t.Any]:
        """Return all pools of both load balancers."""
        shared = self.service.run("shared_load_balancer_info", WA1)["shared_load_balancers"]
        lbaas = self.service.run("load_balancer_info", WA1)["load_balancers"]
        return [pool for balancer in (*shared, *lbaas) for pool in balancer["pools"]]

    def writes(self) -> list[str]:
        return [entry.operationId for entry in self.service.log() if entry.method == "PUT"]


@pytest.fixture
def shop(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> t.Iterator[Shop]:
    handed_over = {"can_log_in": True, "pending": str(tmp_path / "pending")}
    monkeypatch.setenv(running.HANDED_OVER, json.dumps(handed_over))
    runner = Runner(t.cast(t.Any, _NoScript()), clock, capsys, monkeypatch, tmp_path)
    service = SimulatedService(clock, runner)
    with serving(service):
        yield Shop(service)


def with_status(pools: list[t.Any], address: str, status: str) -> list[t.Any]:
    """Return pools in which the nodes with an address have a status, and all others are as they were."""
    return [
        {
            **pool,
            "nodes": [{**node, "status": status} if node["ip_address"] == address else node for node in pool["nodes"]],
        }
        for pool in pools
    ]


def test_a_server_is_taken_out_of_all_pools_and_back_in_and_nothing_else_changes(shop: Shop) -> None:
    before = shop.pools()
    outcome = shop.run(DISABLE)
    assert outcome.changed
    assert [(node["kind"], node["port"], node["private_port"]) for node in outcome["load_balancer_nodes"]] == [
        ("load_balancer", 443, 8443),
        ("load_balancer", 8080, 8443),
        ("load_balancer", 8080, 9000),
        ("shared_load_balancer", 80, 8443),
        ("shared_load_balancer", 443, 8443),
    ]
    assert {node["status"] for node in outcome["load_balancer_nodes"]} == {"disabled"}
    assert sorted(shop.writes()) == ["updateLbaasPool"] * 2 + ["updateSharedLoadBalancerNodes"] * 2
    assert shop.pools() == with_status(before, shop.addresses[WEB], "disabled")
    assert not shop.run(DISABLE).changed
    assert shop.run(ENABLE).changed
    assert shop.pools() == before
    assert not shop.run(ENABLE).changed


def test_check_mode_predicts(shop: Shop) -> None:
    predicted = shop.run(DISABLE, check_mode=True, diff=True)
    assert predicted.changed
    assert shop.writes() == []
    assert predicted["load_balancer_nodes"] == shop.run(DISABLE)["load_balancer_nodes"]
    assert {node["status"] for node in predicted["diff"]["before"]["load_balancer_nodes"]} == {"enabled"}


def test_the_info_module_returns_the_same_nodes(shop: Shop) -> None:
    nodes = shop.run(DISABLE)["load_balancer_nodes"]
    info = shop.service.run("load_balancer_node_info", {"server_ids": [WEB.upper(), "wa1demonone99"]})
    assert info["load_balancer_nodes"] == nodes


def test_the_last_enabled_nodes_of_a_pool_stay(shop: Shop) -> None:
    assert shop.run({**DISABLE, "minimum_enabled": 1}).changed
    before = shop.pools()
    outcome = shop.run({"server_ids": [APP], "state": "disabled", "minimum_enabled": 1})
    assert outcome.failed
    assert not outcome.changed
    assert "0 of its other nodes are enabled, and minimum_enabled is 1" in outcome.msg
    assert shop.pools() == before
    assert "minimum_enabled is 1" in shop.run({"server_ids": [WEB, APP], "state": "disabled", "minimum_enabled": 1}).msg
    assert shop.run({"server_ids": [APP], "state": "disabled"}).changed


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ({"kinds": ["load_balancer"]}, {("shared_load_balancer", 80), ("shared_load_balancer", 443)}),
        (
            {"exclude": [{"load_balancer": "shop"}, {"load_balancer": "none"}]},
            {("load_balancer", 443), ("load_balancer", 8080)},
        ),
        ({"exclude": [{"load_balancer": "shop", "port": 443}]}, {("load_balancer", 443)}),
        ({"exclude": [{"load_balancer": "front", "port": 8080}]}, set()),
    ],
)
def test_pools_that_are_ignored(shop: Shop, options: Entity, left: set[tuple[str, int]]) -> None:
    assert shop.run({**DISABLE, **options}).changed
    nodes = shop.service.run("load_balancer_node_info", {"server_ids": [WEB]})["load_balancer_nodes"]
    assert {(node["kind"], node["port"]) for node in nodes if node["status"] == "enabled"} == left


def test_a_server_without_nodes_and_one_that_does_not_exist(shop: Shop) -> None:
    outcome = shop.run({"server_ids": ["WA1DEMODB01"], "state": "disabled", "minimum_enabled": 1})
    assert (outcome.changed, outcome["load_balancer_nodes"]) == (False, [])
    assert "server wa1demonone99 does not exist" in shop.run({"server_ids": ["wa1demonone99"], "state": "enabled"}).msg
    predicted = shop.run({"server_ids": ["wa1demonone99"], "state": "enabled"}, check_mode=True)
    assert (predicted.changed, len(predicted.warnings)) == (False, 1)


def test_without_waiting_the_rest_is_pending(shop: Shop) -> None:
    outcome = shop.run({**DISABLE, "wait": False})
    assert len(outcome["jobs"]) == 1
    assert len(outcome["pending"]) == 2


# Other clients


SHARED_LIST, LBAAS_LIST = "/v2/sharedLoadBalancers/ALTD/VA1", "/ALTD/VA1/loadbalancers"
BALANCER, POOL = hex_id(0xB1), hex_id(0xB2)
NODES = f"/v2/sharedLoadBalancers/altd/va1/{BALANCER}/pools/{POOL}/nodes"
NODE = {"ipAddress": "10.135.43.12", "privatePort": 80, "status": "enabled"}
OUT = {**NODE, "status": "disabled"}
OTHER = {"ipAddress": "10.0.0.2", "privatePort": 80, "status": "enabled"}
ALTD = {"server_ids": ["va1altdweb01"], "state": "disabled"}


def expects_lists(api: Scripted, *nodes: Entity, lbaas_status: int = 200) -> None:
    links = [{"rel": "nodes", "href": NODES}]
    pool = {"id": POOL, "port": 80, "nodes": list(nodes), "links": links}
    balancer = {"id": BALANCER, "name": "web", "status": "enabled", "pools": [pool]}
    deleted = {**balancer, "id": hex_id(0xC1), "status": "deleted"}
    api.expects("GET", "/v2/servers/ALTD/va1altdweb01", server("va1altdweb01"))
    body = {"values": None} if lbaas_status == 200 else NO_BODY
    api.expects("GET", LBAAS_LIST, body, lbaas_status, base="https://api.loadbalancer.ctl.io")
    api.expects("GET", SHARED_LIST, [balancer, deleted])


def test_nodes_are_read_right_before_the_update(api: Scripted, run: Runner) -> None:
    expects_lists(api, NODE)
    added = {**OTHER, "name": "10.0.0.2"}
    api.expects("GET", NODES, [NODE, added, {**OTHER, "privatePort": 81, "status": "deleted"}])
    api.expects("PUT", NODES, NO_BODY, 204, body=[OUT, OTHER])
    expects_lists(api, OUT, OTHER)
    assert run("load_balancer_node", ALTD).changed


def test_an_update_that_another_client_has_reverted_is_repeated(api: Scripted, run: Runner) -> None:
    expects_lists(api, NODE)
    for result in (NODE, OUT):
        api.expects("GET", NODES, [NODE])
        api.expects("PUT", NODES, NO_BODY, 204, body=[OUT])
        expects_lists(api, result)
    assert run("load_balancer_node", ALTD).changed


def test_a_node_that_another_client_has_removed_is_not_added(api: Scripted, run: Runner) -> None:
    expects_lists(api, NODE, OTHER)
    api.expects("GET", NODES, [OTHER])
    api.expects("PUT", NODES, NO_BODY, 204, body=[OTHER])
    expects_lists(api, OTHER)
    assert run("load_balancer_node", ALTD)["load_balancer_nodes"] == []


def test_another_client_has_disabled_the_other_node_meanwhile(api: Scripted, run: Runner) -> None:
    expects_lists(api, NODE, OTHER)
    api.expects("GET", NODES, [NODE, {**OTHER, "status": "disabled"}])
    outcome = run("load_balancer_node", {**ALTD, "minimum_enabled": 1})
    assert outcome.failed
    assert "minimum_enabled is 1" in outcome.msg


def test_a_data_center_without_a_product_has_none_of_its_nodes(api: Scripted, run: Runner) -> None:
    expects_lists(api, OUT, lbaas_status=404)
    assert not run("load_balancer_node", ALTD).changed


def test_an_error_of_a_service_is_not_an_empty_list(api: Scripted, run: Runner) -> None:
    api.expects("GET", "/v2/servers/ALTD/va1altdweb01", server("va1altdweb01"))
    api.expects("GET", LBAAS_LIST, {"message": "no"}, 403, base="https://api.loadbalancer.ctl.io")
    assert run("load_balancer_node", ALTD).failed


def test_secondary_and_public_addresses_are_addresses_of_the_server(api: Scripted, run: Runner) -> None:
    details = {
        "ipAddresses": [{"internal": "10.1.0.1", "public": "203.0.113.5"}],
        "secondaryIPAddresses": [{"internal": "10.2.0.1"}],
    }
    api.expects("GET", "/v2/servers/ALTD/va1altdweb01", server("va1altdweb01", details=details))
    api.expects("GET", LBAAS_LIST, {"values": []}, base="https://api.loadbalancer.ctl.io")
    nodes = [
        {"ipAddress": address, "privatePort": 80} for address in ("10.1.0.1", "203.0.113.5", "10.2.0.1", "10.3.0.1")
    ]
    balancer = {"id": BALANCER, "name": "web", "status": "enabled", "pools": [{"id": POOL, "port": 80, "nodes": nodes}]}
    api.expects("GET", SHARED_LIST, [balancer])
    found = run("load_balancer_node_info", {"server_ids": ["va1altdweb01"]})["load_balancer_nodes"]
    assert [(node["ip_address"], node["status"]) for node in found] == [
        ("10.1.0.1", "enabled"),
        ("203.0.113.5", "enabled"),
        ("10.2.0.1", "enabled"),
    ]
