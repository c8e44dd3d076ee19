# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules load_balancer and load_balancer_pool, and their info modules."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.load_balancer.load_balancer import (
    LoadBalancer,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.load_balancer.pool import LoadBalancerPool
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import ANY_BODY, NO_BODY, Scripted

BASE = "https://api.loadbalancer.ctl.io"
COLLECTION = "/ALTD/VA1/loadbalancers"
ID, OTHER = "329a98e6-977a-4c25-a7c8-174209fe1d31", "429a98e6-977a-4c25-a7c8-174209fe1d31"
POOL_ID = "efdfc028-a694-481d-b406-cb68e5bf2f04"
SELF, POOLS, POOL = f"{COLLECTION}/{ID}", f"{COLLECTION}/{ID}/pools", f"{COLLECTION}/{ID}/pools/{POOL_ID}"
REQUEST = "1f4b7d1e-5d0d-4a58-9a5c-0d6b2c1e7f01"
ONE = {"ipAddress": "10.0.0.1", "privatePort": 80, "status": "enabled", "healthCheck": None, "serverWeight": None}
TWO = {**ONE, "ipAddress": "10.0.0.2", "serverWeight": 3}
SENT_ONE = {"ipAddress": "10.0.0.1", "privatePort": 80, "status": "enabled"}
FIRST = {"ip_address": "10.0.0.1", "private_port": 80}
CHECK = {
    "unhealthyThreshold": 3, "healthyThreshold": 2, "intervalSeconds": 30, "targetPort": 80,
    "mode": "HTTP", "httpHealthCheckMethod": "GET", "httpHealthCheckUrl": "/",
}  # fmt: skip


def balancer(*pools: Entity, **members: t.Any) -> Entity:
    made: Entity = documented("GET-api-loadbalancer-ctl-io-accountAlias-dataCenter-loadbalancers")["values"][0]
    return {**made, "name": "shop", "description": "Shop", "dataCenter": "VA1", "pools": list(pools), **members}


def pool(*nodes: Entity, **members: t.Any) -> Entity:
    made: Entity = documented("GET-api-loadbalancer-ctl-io-accountAlias-dataCenter-loadbalancers")["values"][0][
        "pools"
    ][0]
    return {**made, "port": 80, "forceHttps": False, "nodes": list(nodes), **members}


def expects(api: Scripted, verb: str, path: str, *arguments: t.Any, **more: t.Any) -> None:
    api.expects(verb, path, *arguments, base=BASE, **more)


def expects_list(api: Scripted, *found: Entity) -> None:
    expects(api, "GET", COLLECTION, {"values": list(found)})


def request(status: str = "ACTIVE", rel: str = "rel") -> Entity:
    links = [{"rel": "loadbalancer", "href": "", "resourceId": ID}, {rel: "pool", "href": "", "resourceId": POOL_ID}]
    return {"id": REQUEST, "status": status, "description": "", "links": links}


def expects_request(api: Scripted, *statuses: str) -> None:
    for status in statuses or ("Active", "complete"):
        expects(api, "GET", f"{COLLECTION}/requests/{REQUEST}", request(status))


def manage(run: Runner, check: bool = False, **options: t.Any) -> Outcome:
    return run("load_balancer", {"name": "shop", "data_center": "va1", **options}, check=check)


def manage_pool(run: Runner, check: bool = False, **options: t.Any) -> Outcome:
    return run("load_balancer_pool", {"load_balancer": "shop", "port": 80, **options}, check=check)


# load_balancer


def test_one_is_made_and_read_once_its_request_is_complete(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer(id=OTHER, name="other"))
    expects(api, "POST", COLLECTION, request(), 202, body={"name": "shop", "description": "Shop"})
    expects_request(api)
    expects(api, "GET", SELF, NO_BODY, 404)
    expects(api, "GET", SELF, balancer())
    outcome = manage(run, description="Shop")
    assert outcome["load_balancer"] == {
        "id": ID,
        "name": "shop",
        "description": "Shop",
        "data_center": "VA1",
        "public_ip_address": "64.211.224.123",
        "status": "active",
        "creation_time": 1471902898537,
        "pools": [],
    }


def test_the_prediction_of_it(api: Scripted, run: Runner) -> None:
    expects_list(api)
    outcome = manage(run, check=True)
    assert outcome.changed
    assert (outcome["load_balancer"]["id"], outcome["load_balancer"]["public_ip_address"]) == (None, None)


def test_a_list_that_is_null_is_empty(api: Scripted, run: Runner) -> None:
    expects(api, "GET", COLLECTION, {"values": None})
    assert not manage(run, state="absent").changed
    expects(api, "GET", POOLS, {"values": None})
    assert run("load_balancer_pool_info", {"load_balancer": ID})["load_balancer_pools"] == []


def test_nothing_is_made_twice(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer(), balancer(id=OTHER, status="DELETED"))
    assert not manage(run, description="Shop").changed


def test_one_that_is_being_made_is_waited_for(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer(status="CREATING"))
    expects(api, "GET", SELF, balancer(status="creating"))
    expects(api, "GET", SELF, balancer())
    assert not manage(run).changed


def test_a_failed_request_is_told_with_its_id(api: Scripted, run: Runner) -> None:
    expects_list(api)
    expects(api, "POST", COLLECTION, request(), 202, body=ANY_BODY)
    expects_request(api, "FAILED")
    expects(api, "GET", SELF, balancer(status="failed"))
    outcome = manage(run)
    assert outcome.failed
    assert f"load balancer shop failed (job {REQUEST}: FAILED)" in outcome.msg
    assert outcome["jobs"][0]["id"] == REQUEST


def test_one_that_has_failed_is_no_load_balancer_but_can_be_removed(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer(status="Failed"))
    assert "state=absent" in manage(run).msg
    expects_list(api, balancer(status="Failed"))
    expects(api, "DELETE", SELF, request(), 202)
    expects_request(api)
    expects(api, "GET", SELF, balancer(status="deleted"))
    assert manage(run, state="absent")["load_balancer"] is None


def test_a_lost_answer_to_a_create(api: Scripted, run: Runner) -> None:
    expects_list(api)
    expects(api, "POST", COLLECTION, body=ANY_BODY, raises=requests.exceptions.ReadTimeout())
    expects_list(api)
    expects_list(api, balancer())
    expects(api, "GET", SELF, balancer())
    assert "was lost" in manage(run).warnings[0]


def test_a_change_is_made_at_once_and_sends_both(api: Scripted, run: Runner) -> None:
    expects(api, "GET", SELF, balancer())
    expects(api, "PUT", SELF, balancer(name="new"), body={"name": "new", "description": "Shop"})
    expects(api, "GET", SELF, balancer(name="new"))
    assert manage(run, id=ID.upper(), name="new")["load_balancer"]["name"] == "new"


def test_two_of_one_name_are_an_error_that_lists_them(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer(), balancer(id=OTHER))
    outcome = manage(run, state="absent")
    assert outcome.failed
    assert ID in outcome.msg
    assert OTHER in outcome.msg


def test_without_waiting_the_request_is_told(api: Scripted, run: Runner) -> None:
    expects_list(api)
    expects(api, "POST", COLLECTION, request(), 202, body=ANY_BODY)
    expects(api, "GET", SELF, NO_BODY, 404)
    outcome = manage(run, wait=False)
    assert outcome["jobs"] == [
        {
            "id": REQUEST,
            "service": "lbaas",
            "path": f"{COLLECTION}/requests/{REQUEST}",
            "things": ["load balancer shop"],
        }
    ]
    assert (outcome["load_balancer"]["id"], outcome["load_balancer"]["status"]) == (ID, "creating")
    expects_list(api)
    predicted = manage(run, check=True, wait=False)["load_balancer"]
    assert predicted == {**outcome["load_balancer"], "id": None}


def test_an_id_that_stands_for_nothing_is_no_reason_to_make_another(api: Scripted, run: Runner) -> None:
    for check in (False, True):
        expects(api, "GET", SELF, NO_BODY, 404)
        assert f"nothing has the id {ID}" in manage(run, id=ID, check=check).msg
    expects(api, "GET", SELF, NO_BODY, 404)
    assert not manage(run, id=ID, state="absent").changed


def test_a_prediction_of_what_has_no_id_yet(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer())
    assert manage(run, name=None, id=None, description="Shop", check=True)["load_balancer"]["description"] == "Shop"


# load_balancer_pool


@pytest.mark.parametrize("rel", ["rel", "red"])
def test_a_pool_comes_with_its_nodes(api: Scripted, run: Runner, rel: str) -> None:
    expects_list(api, balancer())
    body = {"port": 80, "loadBalancingMode": "http", "nodes": [SENT_ONE], "healthCheck": CHECK}
    expects(api, "POST", POOLS, request(rel=rel), 202, body=body)
    expects_request(api)
    expects(api, "GET", POOL, pool(ONE, healthCheck=CHECK, loadBalancingMode="http"))
    check = {"unhealthy_threshold": 3, "healthy_threshold": 2, "interval_seconds": 30, "target_port": 80}
    check = {**check, "mode": "HTTP", "http_method": "GET", "http_url": "/"}
    outcome = manage_pool(run, load_balancing_mode="http", nodes=[FIRST], health_check=check)
    shown = outcome["load_balancer_pool"]
    assert (shown["load_balancer_id"], shown["id"], shown["health_check"]) == (ID, POOL_ID, check)
    assert shown["nodes"] == [{**FIRST, "status": "enabled", "server_weight": None, "health_check": None}]


def test_a_pool_whose_answer_is_lost_is_not_posted_again(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer())
    expects(api, "POST", POOLS, body=ANY_BODY, raises=requests.exceptions.ReadTimeout())
    expects_list(api, balancer())
    expects_list(api, balancer(pool()))
    expects(api, "GET", POOL, pool())
    assert manage_pool(run, load_balancing_mode="tcp")["load_balancer_pool"]["id"] == POOL_ID


def test_a_pool_that_was_lost_for_good(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer())
    expects(api, "POST", POOLS, body=ANY_BODY, raises=requests.exceptions.ReadTimeout())
    expects(api, "GET", COLLECTION, {"values": [balancer()]}, times=27)
    outcome = manage_pool(run, load_balancing_mode="tcp")
    assert outcome.failed
    assert "It may be made yet" in outcome.msg


def test_nothing_differs_in_order_case_and_null_forms(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer(pool(TWO, ONE, forceHttps=None, port="80")))
    second = {"ip_address": "10.0.0.2", "private_port": 80, "health_check": {}}
    options = {
        "load_balancing_method": "roundrobin",
        "persistence": "none",
        "idle_timeout_ms": 180000,
        "force_https": False,
    }
    assert not manage_pool(run, nodes=[{**FIRST, "server_weight": 1}, second], health_check={}, **options).changed


def test_a_change_sends_all_that_was_read(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer(pool(ONE, TWO, healthCheck=CHECK)))
    body = {
        "id": POOL_ID, "port": 80, "loadBalancingMethod": "roundrobin", "persistence": "source_ip", "idleTimeout": 180000,
        "loadBalancingMode": "tcp", "forceHttps": False, "healthCheck": CHECK,
        "nodes": [SENT_ONE, {**SENT_ONE, "ipAddress": "10.0.0.2", "serverWeight": 3}],
    }  # fmt: skip
    expects(api, "PUT", POOL, request(), 202, body=body)
    expects_request(api)
    expects(api, "GET", POOL, pool(ONE, TWO, healthCheck=CHECK, persistence="source_ip"))
    assert manage_pool(run, persistence="source_ip")["load_balancer_pool"]["persistence"] == "source_ip"


def test_an_empty_health_check_takes_it_away(api: Scripted, run: Runner) -> None:
    expects(api, "GET", POOLS, {"values": [pool(healthCheck=CHECK)]})
    expects(api, "PUT", POOL, request(), 202, body=ANY_BODY)
    expects_request(api)
    expects(api, "GET", POOL, pool())
    outcome = manage_pool(run, load_balancer=ID, health_check={})
    assert api.bodies("PUT")[0]["healthCheck"] is None
    assert outcome["load_balancer_pool"]["health_check"] is None


@pytest.mark.parametrize("shown", [None, {**CHECK, "mode": "TCP"}])
def test_an_address_to_ask_for_goes_with_http_alone(api: Scripted, run: Runner, shown: Entity | None) -> None:
    expects_list(api, balancer(pool(healthCheck=shown)))
    whole = {"unhealthy_threshold": 3, "healthy_threshold": 2, "interval_seconds": 30, "target_port": 80}
    assert "http_url given, but the mode is TCP" in manage_pool(run, health_check={**whole, "http_url": "/"}).msg


def test_others_nodes_are_kept_and_what_they_undo_is_mended(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer(pool()))
    for read, after in ((pool(), pool(TWO)), (pool(TWO), pool(TWO, ONE))):
        expects(api, "GET", POOL, read)
        expects(api, "PUT", POOL, request(), 202, body=ANY_BODY)
        expects_request(api)
        expects(api, "GET", POOL, after)
    assert manage_pool(run, nodes=[FIRST], purge=False).changed
    assert [len(body["nodes"]) for body in api.bodies("PUT")] == [1, 2]


def test_nodes_are_read_again_right_before_they_are_written(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer(pool()))
    expects(api, "GET", POOL, pool(TWO))
    expects(api, "PUT", POOL, request(), 202, body=ANY_BODY)
    expects_request(api)
    expects(api, "GET", POOL, pool(TWO, ONE))
    assert manage_pool(run, nodes=[FIRST], purge=False).changed
    assert [one["ipAddress"] for one in api.bodies("PUT")[0]["nodes"]] == ["10.0.0.2", "10.0.0.1"]


def test_the_prediction_of_a_health_check(api: Scripted, run: Runner) -> None:
    whole = {"unhealthy_threshold": 3, "healthy_threshold": 2, "interval_seconds": 30, "target_port": 80}
    expects_list(api, balancer())
    outcome = manage_pool(run, load_balancing_mode="tcp", health_check=whole, check=True)
    shown = outcome["load_balancer_pool"]["health_check"]
    assert shown == {**whole, "mode": "TCP", "http_method": None, "http_url": None}


def test_one_task_of_a_run_at_a_time_changes_a_load_balancer(client: Client) -> None:
    shop = {"name": "shop", "data_center": "va1"}
    held = LoadBalancer(Task(client, shop)).held()
    assert LoadBalancerPool(Task(client, {"load_balancer": "shop", "port": 80, "data_center": "VA1"})).held() == held
    assert LoadBalancer(Task(client, {**shop, "name": None, "id": ID})).held() != held
    assert LoadBalancer(Task(client, {**shop, "data_center": "wa1"})).held() != held


def test_a_pool_is_removed(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer(pool()))
    expects(api, "DELETE", POOL, request(), 202)
    expects_request(api)
    expects(api, "GET", POOL, NO_BODY, 404)
    assert manage_pool(run, state="absent")["load_balancer_pool"] is None
    expects_list(api)
    assert not manage_pool(run, state="absent").changed


def test_two_pools_of_one_port_need_an_id(api: Scripted, run: Runner) -> None:
    twins = balancer(pool(), pool(id=OTHER))
    expects_list(api, twins)
    assert f"{POOL_ID}, {OTHER}" in manage_pool(run).msg
    expects_list(api, twins)
    assert not manage_pool(run, id=OTHER).changed


def test_a_load_balancer_that_is_not_there(api: Scripted, run: Runner) -> None:
    expects_list(api)
    assert "there is no load balancer 'shop' in VA1" in manage_pool(run, load_balancing_mode="tcp").msg
    expects_list(api)
    outcome = manage_pool(run, load_balancing_mode="tcp", check=True)
    assert outcome.changed
    assert len(outcome.warnings) == 1
    assert outcome["load_balancer_pool"]["idle_timeout_ms"] == 180000


def test_a_load_balancer_that_is_being_made_is_waited_for(api: Scripted, run: Runner) -> None:
    expects_list(api, balancer(status="creating"))
    assert "still being made" in manage_pool(run, load_balancing_mode="tcp", wait=False).msg
    expects_list(api, balancer(status="creating"))
    expects_list(api, balancer(pool(ONE)))
    assert not manage_pool(run, load_balancing_mode="tcp").changed


# The info modules


def test_info(api: Scripted, run: Runner) -> None:
    expects(api, "GET", "/ALTD/loadbalancers", {"values": [balancer(pool(ONE), dataCenter="wa1")]})
    (found,) = run("load_balancer_info", {"all_data_centers": True})["load_balancers"]
    assert (found["data_center"], found["pools"][0]["idle_timeout_ms"]) == ("WA1", 180000)
    expects(api, "GET", SELF, balancer(status="deleted"))
    assert run("load_balancer_info", {"id": ID})["load_balancers"] == []
    expects(api, "GET", POOLS, {"values": [pool(ONE), pool(port=81)]})
    assert len(run("load_balancer_pool_info", {"load_balancer": ID, "port": 81})["load_balancer_pools"]) == 1
    expects(api, "GET", POOLS, NO_BODY, 404)
    assert run("load_balancer_pool_info", {"load_balancer": ID})["load_balancer_pools"] == []
