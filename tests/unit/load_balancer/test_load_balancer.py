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
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_data_center
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import ANY_BODY, NO_BODY, Scripted

BASE = "https://api.loadbalancer.ctl.io"
COLLECTION = "/ALTD/VA1/loadbalancers"
SAMPLE: Entity = documented("GET-api-loadbalancer-ctl-io-accountAlias-dataCenter-loadbalancers")["values"][0]
ID, OTHER = "329a98e6-977a-4c25-a7c8-174209fe1d31", "429a98e6-977a-4c25-a7c8-174209fe1d31"
POOL_ID = "efdfc028-a694-481d-b406-cb68e5bf2f04"
SELF, POOLS, POOL = f"{COLLECTION}/{ID}", f"{COLLECTION}/{ID}/pools", f"{COLLECTION}/{ID}/pools/{POOL_ID}"
REQUEST = "1f4b7d1e-5d0d-4a58-9a5c-0d6b2c1e7f01"
NODE = {"ipAddress": "10.0.0.1", "privatePort": 80, "status": "enabled", "healthCheck": None, "serverWeight": None}
OTHER_NODE = {**NODE, "ipAddress": "10.0.0.2", "serverWeight": 3}
SENT_NODE = {"ipAddress": "10.0.0.1", "privatePort": 80, "status": "enabled"}
NODE_OPTION = {"ip_address": "10.0.0.1", "private_port": 80}
CHECK = {
    "unhealthyThreshold": 3, "healthyThreshold": 2, "intervalSeconds": 30, "targetPort": 80,
    "mode": "HTTP", "httpHealthCheckMethod": "GET", "httpHealthCheckUrl": "/",
}  # fmt: skip


def load_balancer(*pools: Entity, **properties: t.Any) -> Entity:
    return {**SAMPLE, "name": "shop", "description": "Shop", "dataCenter": "VA1", "pools": list(pools), **properties}


def pool(*nodes: Entity, **properties: t.Any) -> Entity:
    return {**SAMPLE["pools"][0], "port": 80, "forceHttps": False, "nodes": list(nodes), **properties}


def expects(api: Scripted, method: str, path: str, *response: t.Any, **details: t.Any) -> None:
    api.expects(method, path, *response, base=BASE, **details)


def expects_list(api: Scripted, *load_balancers: Entity) -> None:
    expects(api, "GET", COLLECTION, {"values": list(load_balancers)})


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


def test_a_load_balancer_is_read_when_its_request_is_complete(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer(id=OTHER, name="other"))
    expects(api, "POST", COLLECTION, request(), 202, body={"name": "shop", "description": "Shop"})
    expects_request(api)
    expects_list(api, load_balancer(id=OTHER, name="other"))
    expects_list(api, load_balancer(id=OTHER, name="other"), load_balancer())
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


def test_a_create_is_predicted(api: Scripted, run: Runner) -> None:
    expects_list(api)
    expects_data_center(api)
    outcome = manage(run, check=True)
    assert outcome.changed
    assert (outcome["load_balancer"]["id"], outcome["load_balancer"]["public_ip_address"]) == (PLACEHOLDER, PLACEHOLDER)


def test_a_list_that_is_null_is_empty(api: Scripted, run: Runner) -> None:
    expects(api, "GET", COLLECTION, {"values": None})
    assert not manage(run, state="absent").changed
    expects(api, "GET", POOLS, {"values": None})
    assert run("load_balancer_pool_info", {"load_balancer": ID})["load_balancer_pools"] == []


def test_an_equal_load_balancer_is_not_created_again(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer(), load_balancer(id=OTHER, status="DELETED"))
    assert not manage(run, description="Shop").changed


def test_a_load_balancer_that_is_being_created_is_waited_for(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer(status="CREATING"))
    expects(api, "GET", SELF, load_balancer(status="creating"))
    expects(api, "GET", SELF, load_balancer())
    assert not manage(run).changed


def test_a_failed_request_is_an_error_with_its_id(api: Scripted, run: Runner) -> None:
    expects_list(api)
    expects(api, "POST", COLLECTION, request(), 202, body=ANY_BODY)
    expects_request(api, "FAILED")
    expects_list(api, load_balancer(status="failed"))
    outcome = manage(run)
    assert outcome.failed
    assert f"load balancer shop failed (job {REQUEST}: FAILED)" in outcome.msg
    assert outcome["jobs"][0]["id"] == REQUEST


def test_a_load_balancer_that_another_client_created_at_the_same_time_is_a_warning(api: Scripted, run: Runner) -> None:
    expects_list(api)
    expects(api, "POST", COLLECTION, request(), 202, body=ANY_BODY)
    expects_request(api, "complete")
    expects_list(api, load_balancer(), load_balancer(id=OTHER))
    outcome = manage(run)
    assert outcome["load_balancer"]["id"] == ID
    assert OTHER in outcome.warnings[0]


def test_a_failed_load_balancer_can_only_be_deleted(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer(status="Failed"))
    assert "state=absent" in manage(run).msg
    expects_list(api, load_balancer(status="Failed"))
    expects(api, "DELETE", SELF, request(), 202)
    expects_request(api)
    expects(api, "GET", SELF, load_balancer(status="deleted"))
    assert manage(run, state="absent")["load_balancer"] is None


def test_after_a_lost_response_the_new_load_balancer_is_adopted(api: Scripted, run: Runner) -> None:
    expects_list(api)
    expects(api, "POST", COLLECTION, body=ANY_BODY, raises=requests.exceptions.ReadTimeout())
    expects_list(api)
    expects(api, "GET", COLLECTION, {"values": [load_balancer()]}, times=2)
    warning = f"The response to a create request was lost. The new load balancer {ID} is assumed to be its result."
    assert manage(run).warnings == [warning]


def test_an_update_is_immediate_and_sends_name_and_description(api: Scripted, run: Runner) -> None:
    expects(api, "GET", SELF, load_balancer())
    expects(api, "PUT", SELF, load_balancer(name="new"), body={"name": "new", "description": "Shop"})
    expects(api, "GET", SELF, load_balancer(name="new"))
    assert manage(run, id=ID.upper(), name="new")["load_balancer"]["name"] == "new"


def test_an_ambiguous_name_is_an_error_with_the_ids(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer(), load_balancer(id=OTHER))
    outcome = manage(run, state="absent")
    assert outcome.failed
    assert ID in outcome.msg
    assert OTHER in outcome.msg


def test_without_waiting_the_request_is_the_job(api: Scripted, run: Runner) -> None:
    expects_list(api)
    expects(api, "POST", COLLECTION, request(), 202, body=ANY_BODY)
    expects_list(api)
    outcome = manage(run, wait=False)
    assert outcome["jobs"] == [
        {
            "id": REQUEST,
            "service": "lbaas",
            "path": f"{COLLECTION}/requests/{REQUEST}",
            "targets": ["load balancer shop"],
        }
    ]
    assert (outcome["load_balancer"]["id"], outcome["load_balancer"]["status"]) == (ID, "creating")
    expects_list(api)
    expects_data_center(api)
    predicted = manage(run, check=True, wait=False)["load_balancer"]
    assert predicted == {**outcome["load_balancer"], "id": PLACEHOLDER, "public_ip_address": PLACEHOLDER}


def test_no_load_balancer_is_created_for_an_unknown_id(api: Scripted, run: Runner) -> None:
    for check in (False, True):
        expects(api, "GET", SELF, NO_BODY, 404)
        assert f"nothing has the id {ID}" in manage(run, id=ID, check=check).msg
    expects(api, "GET", SELF, NO_BODY, 404)
    assert not manage(run, id=ID, state="absent").changed


def test_name_and_id_cannot_both_be_null(run: Runner) -> None:
    for check in (False, True):
        assert "name and id are empty" in manage(run, name=None, id=None, description="Shop", check=check).msg


def test_a_predicted_load_balancer_can_be_changed(run: Runner) -> None:
    outcome = manage(run, name=None, id="load-balancer-shop-0a1b2c.predicted.invalid", description="Shop", check=True)
    assert outcome.changed
    assert outcome["load_balancer"]["id"] == "load-balancer-shop-0a1b2c.predicted.invalid"
    assert outcome["load_balancer"]["description"] == "Shop"


# load_balancer_pool


@pytest.mark.parametrize("rel", ["rel", "red"])
def test_a_pool_is_created_with_its_nodes(api: Scripted, run: Runner, rel: str) -> None:
    expects_list(api, load_balancer())
    body = {"port": 80, "loadBalancingMode": "http", "nodes": [SENT_NODE], "healthCheck": CHECK}
    expects(api, "POST", POOLS, request(rel=rel), 202, body=body)
    expects_request(api)
    expects_list(api, load_balancer(pool(NODE, healthCheck=CHECK, loadBalancingMode="http")))
    check = {"unhealthy_threshold": 3, "healthy_threshold": 2, "interval_seconds": 30, "target_port": 80}
    check = {**check, "mode": "HTTP", "http_method": "GET", "http_url": "/"}
    outcome = manage_pool(run, load_balancing_mode="http", nodes=[NODE_OPTION], health_check=check)
    result = outcome["load_balancer_pool"]
    assert (result["load_balancer_id"], result["id"], result["health_check"]) == (ID, POOL_ID, check)
    assert result["nodes"] == [{**NODE_OPTION, "status": "enabled", "server_weight": None, "health_check": None}]


def test_after_a_lost_response_the_new_pool_is_adopted(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer())
    expects(api, "POST", POOLS, body=ANY_BODY, raises=requests.exceptions.ReadTimeout())
    expects_list(api, load_balancer())
    expects(api, "GET", COLLECTION, {"values": [load_balancer(pool())]}, times=2)
    assert manage_pool(run, load_balancing_mode="tcp")["load_balancer_pool"]["id"] == POOL_ID


def test_a_pool_that_another_client_created_at_the_same_time_is_a_warning(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer())
    expects(api, "POST", POOLS, request(), 202, body=ANY_BODY)
    expects_request(api, "complete")
    expects_list(api, load_balancer(pool(id=OTHER), pool()))
    outcome = manage_pool(run, load_balancing_mode=SAMPLE["pools"][0]["loadBalancingMode"])
    assert outcome["load_balancer_pool"]["id"] == POOL_ID
    assert OTHER in outcome.warnings[0]


def test_a_lost_response_without_a_new_pool_is_an_error(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer())
    expects(api, "POST", POOLS, body=ANY_BODY, raises=requests.exceptions.ReadTimeout())
    expects(api, "GET", COLLECTION, {"values": [load_balancer()]}, times=27)
    outcome = manage_pool(run, load_balancing_mode="tcp")
    assert outcome.failed
    assert "The pool may still be created. Check load_balancer_pool_info" in outcome.msg


@pytest.mark.usefixtures("undocumented_results")
def test_order_case_and_null_do_not_differ(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer(pool(OTHER_NODE, NODE, forceHttps=None, port="80")))
    second = {"ip_address": "10.0.0.2", "private_port": 80, "health_check": {}}
    options = {
        "load_balancing_method": "roundrobin",
        "persistence": "none",
        "idle_timeout_ms": 180000,
        "force_https": False,
    }
    assert not manage_pool(run, nodes=[{**NODE_OPTION, "server_weight": 1}, second], health_check={}, **options).changed


def test_an_update_sends_all_current_values(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer(pool(NODE, OTHER_NODE, healthCheck=CHECK)))
    body = {
        "id": POOL_ID, "port": 80, "loadBalancingMethod": "roundrobin", "persistence": "source_ip", "idleTimeout": 180000,
        "loadBalancingMode": "tcp", "forceHttps": False, "healthCheck": CHECK,
        "nodes": [SENT_NODE, {**SENT_NODE, "ipAddress": "10.0.0.2", "serverWeight": 3}],
    }  # fmt: skip
    expects(api, "PUT", POOL, request(), 202, body=body)
    expects_request(api)
    expects(api, "GET", POOL, pool(NODE, OTHER_NODE, healthCheck=CHECK, persistence="source_ip"))
    assert manage_pool(run, persistence="source_ip")["load_balancer_pool"]["persistence"] == "source_ip"


def test_an_empty_health_check_removes_it(api: Scripted, run: Runner) -> None:
    expects(api, "GET", POOLS, {"values": [pool(healthCheck=CHECK)]})
    expects(api, "PUT", POOL, request(), 202, body=ANY_BODY)
    expects_request(api)
    expects(api, "GET", POOL, pool())
    outcome = manage_pool(run, load_balancer=ID, health_check={})
    assert api.bodies("PUT")[0]["healthCheck"] is None
    assert outcome["load_balancer_pool"]["health_check"] is None


@pytest.mark.parametrize("current", [None, {**CHECK, "mode": "TCP"}])
def test_a_url_requires_the_mode_http(api: Scripted, run: Runner, current: Entity | None) -> None:
    expects_list(api, load_balancer(pool(healthCheck=current)))
    check = {"unhealthy_threshold": 3, "healthy_threshold": 2, "interval_seconds": 30, "target_port": 80}
    assert "http_url cannot be set if the mode is TCP" in manage_pool(run, health_check={**check, "http_url": "/"}).msg


def test_an_update_that_another_client_reverted_is_repeated(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer(pool()))
    for before, after in ((pool(), pool(OTHER_NODE)), (pool(OTHER_NODE), pool(OTHER_NODE, NODE))):
        expects(api, "GET", POOL, before)
        expects(api, "PUT", POOL, request(), 202, body=ANY_BODY)
        expects_request(api)
        expects(api, "GET", POOL, after)
    assert manage_pool(run, nodes=[NODE_OPTION], purge=False).changed
    assert [len(body["nodes"]) for body in api.bodies("PUT")] == [1, 2]


def test_nodes_are_read_again_before_an_update(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer(pool()))
    expects(api, "GET", POOL, pool(OTHER_NODE))
    expects(api, "PUT", POOL, request(), 202, body=ANY_BODY)
    expects_request(api)
    expects(api, "GET", POOL, pool(OTHER_NODE, NODE))
    assert manage_pool(run, nodes=[NODE_OPTION], purge=False).changed
    assert [node["ipAddress"] for node in api.bodies("PUT")[0]["nodes"]] == ["10.0.0.2", "10.0.0.1"]


def test_a_health_check_is_predicted(api: Scripted, run: Runner) -> None:
    check = {"unhealthy_threshold": 3, "healthy_threshold": 2, "interval_seconds": 30, "target_port": 80}
    expects_list(api, load_balancer())
    outcome = manage_pool(run, load_balancing_mode="tcp", health_check=check, check=True)
    assert outcome["load_balancer_pool"]["health_check"] == {
        **check,
        "mode": "TCP",
        "http_method": None,
        "http_url": None,
    }


def test_a_load_balancer_and_its_pools_have_the_same_lock(client: Client) -> None:
    shop = {"name": "shop", "data_center": "va1"}
    lock_name = LoadBalancer(Task(client, shop)).lock_names()
    assert (
        LoadBalancerPool(Task(client, {"load_balancer": "shop", "port": 80, "data_center": "VA1"})).lock_names()
        == lock_name
    )
    assert LoadBalancer(Task(client, {**shop, "name": None, "id": ID})).lock_names() != lock_name
    assert LoadBalancer(Task(client, {**shop, "data_center": "wa1"})).lock_names() != lock_name


def test_a_pool_is_deleted(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer(pool()))
    expects(api, "DELETE", POOL, request(), 202)
    expects_request(api)
    expects(api, "GET", POOL, NO_BODY, 404)
    assert manage_pool(run, state="absent")["load_balancer_pool"] is None
    expects_list(api)
    assert not manage_pool(run, state="absent").changed


def test_an_ambiguous_port_is_an_error_without_an_id(api: Scripted, run: Runner) -> None:
    twins = load_balancer(pool(), pool(id=OTHER))
    expects_list(api, twins)
    assert f"{POOL_ID}, {OTHER}" in manage_pool(run).msg
    expects_list(api, twins)
    assert not manage_pool(run, id=OTHER).changed


def test_a_missing_load_balancer(api: Scripted, run: Runner) -> None:
    expects_list(api)
    assert "there is no load balancer 'shop' in VA1" in manage_pool(run, load_balancing_mode="tcp").msg
    expects_list(api)
    outcome = manage_pool(run, load_balancing_mode="tcp", check=True)
    assert outcome.changed
    assert len(outcome.warnings) == 1
    assert outcome["load_balancer_pool"]["idle_timeout_ms"] == 180000


def test_the_creation_of_the_load_balancer_is_waited_for(api: Scripted, run: Runner) -> None:
    expects_list(api, load_balancer(status="creating"))
    assert "still being created" in manage_pool(run, load_balancing_mode="tcp", wait=False).msg
    expects_list(api, load_balancer(status="creating"))
    expects_list(api, load_balancer(pool(NODE)))
    assert not manage_pool(run, load_balancing_mode="tcp").changed


# The info modules


def test_info(api: Scripted, run: Runner) -> None:
    expects(api, "GET", "/ALTD/loadbalancers", {"values": [load_balancer(pool(NODE), dataCenter="wa1")]})
    (result,) = run("load_balancer_info", {"all_data_centers": True})["load_balancers"]
    assert (result["data_center"], result["pools"][0]["idle_timeout_ms"]) == ("WA1", 180000)
    expects(api, "GET", SELF, load_balancer(status="deleted"))
    assert run("load_balancer_info", {"id": ID})["load_balancers"] == []
    expects(api, "GET", POOLS, {"values": [pool(NODE), pool(port=81)]})
    assert len(run("load_balancer_pool_info", {"load_balancer": ID, "port": 81})["load_balancer_pools"]) == 1
    expects(api, "GET", POOLS, NO_BODY, 404)
    assert run("load_balancer_pool_info", {"load_balancer": ID})["load_balancer_pools"] == []
