# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Shared load balancers, and load balancers as a service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simclient import JOB, SEEDS, WEB, Client, Response, load, shape

SHARED = "/v2/sharedLoadBalancers/DEMO/WA1"
FRONT = f"{SHARED}/0c9d1f6e2b7a4d3f8e5c6a7b8d9e0f11"
POOL = f"{FRONT}/pools/5a1b2c3d4e5f60718293a4b5c6d7e8f9"
LBAAS = "/lbaas/DEMO/WA1/loadbalancers"
SHOP = f"{LBAAS}/7c0f6a52-0b8e-4a8f-9a6f-2f1d9b3c4e10"
REQUESTS = f"{LBAAS}/requests"
NODES = [{"ipAddress": "10.80.12.21", "privatePort": 8443}]


@pytest.fixture
def client(make: Callable[..., Client]) -> Client:
    return make(str(SEEDS / "load-balancers.yml")).login()


def create_load_balancer(client: Client, **members: Any) -> str:
    """Create a shared load balancer, wait until it is visible, and return its path."""
    response = client.post(SHARED, {"name": "new", "description": "", **members})
    assert response.status == 200
    client.advance(JOB)
    return f"{SHARED}/{response.json()['id']}"


# Shared


def test_the_list_is_complete_and_as_recorded(client: Client) -> None:
    found = client.get(SHARED).json()
    assert [load_balancer["name"] for load_balancer in found] == ["web-front", "twin", "twin", "gone"]
    documented = load("documented/GET-api-ctl-io-v2-sharedLoadBalancers-accountAlias-dataCenter.json")
    for node in documented[0]["pools"][0]["nodes"]:
        del node["name"]  # not in recorded responses
    assert shape(found[0]) == shape(documented[0])
    assert found[0]["pools"][0]["links"][1]["href"] == POOL.replace("DEMO/WA1", "demo/wa1") + "/nodes"
    assert client.get(FRONT).json() == found[0]
    assert client.get(f"{FRONT}/pools").json() == found[0]["pools"]
    assert client.get(POOL).json() == found[0]["pools"][0]
    assert client.get(f"{POOL}/nodes").json() == found[0]["pools"][0]["nodes"]
    assert client.get("/v2/sharedLoadBalancers/DEMO/VA1").json() == []


def test_a_new_load_balancer_is_visible_later(client: Client) -> None:
    response = client.post(SHARED, {"name": "twin", "description": "A third"})
    view = response.json()
    assert (response.status, view["status"], view["pools"]) == (200, "enabled", [])
    href = f"{SHARED}/{view['id']}"
    assert client.get(href).status == 404
    assert client.post(f"{href}/pools", {"port": 80}).status == 404
    assert len(client.get(SHARED).json()) == 4
    client.advance(JOB * 0.25)
    assert client.get(href).json() == view
    assert len(client.get(SHARED).json()) == 5


def test_addresses_are_unique(client: Client) -> None:
    for _ in range(3):
        create_load_balancer(client)
    addresses = [load_balancer["ipAddress"] for load_balancer in client.get(SHARED).json()]
    assert len(set(addresses)) == len(addresses)


def test_name_description_and_status_are_changed(client: Client) -> None:
    path = create_load_balancer(client)
    assert list(client.put(path, {"status": "disabled"}).state()) == ["body.name", "body.description"]
    assert client.put(path, {"name": "a", "description": "b", "status": "disabled"}).status == 204
    assert client.put(path, {"name": "a", "description": "c"}).status == 204
    view = client.get(path).json()
    assert (view["name"], view["description"], view["status"]) == ("a", "c", "disabled")
    assert client.put(path, {"name": "a", "description": "b", "status": "deleted"}).status == 400


def test_a_load_balancer_goes_with_its_pools(client: Client) -> None:
    assert client.delete(FRONT).status == 204
    assert client.delete(FRONT).status == 404
    assert client.get(POOL).status == 404
    assert client.get(f"{FRONT}/pools").status == 404


def test_a_deleted_load_balancer_can_be_read_but_not_changed(client: Client) -> None:
    gone = next(load_balancer for load_balancer in client.get(SHARED).json() if load_balancer["name"] == "gone")
    path = f"{SHARED}/{gone['id']}"
    assert gone["status"] == "deleted"
    assert client.delete(path).status == 404
    assert client.put(path, {"name": "gone", "description": ""}).status == 404


def test_a_pool_has_the_recorded_defaults(client: Client) -> None:
    path = create_load_balancer(client)
    response = client.post(f"{path}/pools", {"port": "80"})
    view = response.json()
    assert (response.status, view["port"], view["nodes"]) == (200, 80, [])
    assert (view["method"], view["persistence"]) == ("roundRobin", "standard")
    assert list(client.post(f"{path}/pools", {"port": 80}).state()) == ["body.port"]
    assert list(client.post(f"{path}/pools", {"port": 8080}).state()) == ["body.port"]


def test_a_pool_is_changed_by_half(client: Client) -> None:
    nodes = client.get(f"{POOL}/nodes").json()
    assert client.put(POOL, {"port": None, "method": "roundRobin"}).status == 204
    view = client.get(POOL).json()
    assert (view["method"], view["persistence"], view["nodes"]) == ("roundRobin", "sticky", nodes)


def test_a_pool_goes_alone(client: Client) -> None:
    assert client.delete(POOL).status == 204
    assert client.get(POOL).status == 404
    assert client.delete(POOL).status == 404
    assert client.get(FRONT).json()["pools"] == []


def test_nodes_are_replaced_wholly(client: Client) -> None:
    requested = [
        {"ipAddress": "203.0.113.5", "privatePort": "80"},
        {"ipAddress": "10.0.0.2", "privatePort": 80, "status": "disabled"},
        {"ipAddress": "203.0.113.5", "privatePort": 80},
        {"ipAddress": "10.0.0.3", "privatePort": 80, "status": "deleted"},
    ]
    assert client.put(f"{POOL}/nodes", requested).status == 204
    assert client.get(f"{POOL}/nodes").json() == [
        {"status": "enabled", "ipAddress": "203.0.113.5", "privatePort": 80},
        {"status": "disabled", "ipAddress": "10.0.0.2", "privatePort": 80},
        {"status": "enabled", "ipAddress": "203.0.113.5", "privatePort": 80},
    ]
    assert client.put(f"{POOL}/nodes", []).status == 204
    assert client.get(f"{POOL}/nodes").json() == []
    assert client.put(f"{POOL}/nodes", [{"ipAddress": "10.0.0.2"}]).status == 400


def test_the_recorded_fault_of_the_device(client: Client) -> None:
    client.faults(
        {"operation": "updateSharedLoadBalancerNodes", "count": 1, "body": "already_in_progress", "status": 500}
    )
    before = client.get(f"{POOL}/nodes").json()
    response = client.put(f"{POOL}/nodes", [])
    assert (response.status, response.json()["exceptionMessage"]) == (500, "Operation already in progress")
    assert client.get(f"{POOL}/nodes").json() == before
    assert client.put(f"{POOL}/nodes", []).status == 204


def test_an_autoscale_policy_shows_the_load_balancer_that_it_serves(composed: Client) -> None:
    path = create_load_balancer(composed)
    key = path.rpartition("/")[2]
    pool = {"id": key, "publicPort": 443, "privatePort": 8443}
    mapping = f"/v2/groups/DEMO/{WEB}/horizontalAutoscalePolicy"
    policy = composed.post("/v2/horizontalAutoscalePolicies/DEMO", {"name": "Web"}).json()["id"]
    result = composed.put(mapping, {"policyId": policy, "loadBalancerPool": pool}).json()["loadBalancer"]
    assert (result["name"], result["publicIP"]) == ("new", composed.get(path).json()["ipAddress"])
    pool["id"] = "0" * 32
    result = composed.put(mapping, {"policyId": policy, "loadBalancerPool": pool}).json()["loadBalancer"]
    assert "name" not in result, "an unknown one is not refused"


# As a service


def request_of(client: Client, response: Response) -> dict[str, Any]:
    """Return the LBaaS request that a response started."""
    assert response.status == 202, response.body
    found: dict[str, Any] = client.get(f"{REQUESTS}/{response.json()['id']}").json()
    return found


def resource(response: Response, rel: str) -> str:
    return next(str(link["resourceId"]) for link in response.json()["links"] if link["rel"] == rel)


def pool_of(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{SHOP}/pools").json()["values"][0]
    return found


def test_lbaas_lists_leave_out_what_was_deleted(client: Client) -> None:
    found = client.get(LBAAS).json()["values"]
    assert [(load_balancer["name"], load_balancer["status"]) for load_balancer in found] == [
        ("shop", "active"), ("broken", "failed"), ("slow", "creating"),
    ]  # fmt: skip
    documented = load("documented/GET-api-loadbalancer-ctl-io-accountAlias-dataCenter-loadbalancers.json")["values"]
    assert shape(found[0]) == shape(documented[0])
    assert client.get("/lbaas/demo/loadbalancers").json()["values"] == found
    assert client.get(SHOP).json() == found[0]
    old = client.get(f"{LBAAS}/9e2b8c74-2da0-4ca1-9c81-4b3f1d5e6a32").json()
    assert old["status"] == "deleted"
    assert old["deletionTime"]
    assert client.get("/lbaas/DEMO/VA1/loadbalancers").json() == {"values": []}


def test_lbaas_requires_data_centers_in_upper_case(client: Client) -> None:
    assert client.get("/lbaas/DEMO/wa1/loadbalancers").status == 404


def test_a_load_balancer_exists_when_its_request_is_complete(client: Client) -> None:
    response = client.post(LBAAS, {"name": "shop"})
    key = resource(response, "loadbalancer")
    assert response.json() == request_of(client, response)
    assert (response.json()["status"], response.json()["completionDate"]) == ("ACTIVE", None)
    assert response.json()["description"] == f"Create Load Balancer {key}"
    client.advance(JOB - 1)
    assert client.get(f"{LBAAS}/{key}").status == 404
    assert client.post(f"{LBAAS}/{key}/pools", {"port": 80, "loadBalancingMode": "tcp"}).status == 404
    client.advance(1)
    done = request_of(client, response)
    assert (done["status"], done["completionDate"] - done["requestDate"]) == ("COMPLETE", JOB * 1000)
    view = client.get(f"{LBAAS}/{key}").json()
    assert (view["status"], view["description"], view["dataCenter"]) == ("active", None, "WA1")


@pytest.mark.parametrize(("job", "status"), [("fail", "FAILED"), ("hang", "ACTIVE")])
def test_a_create_that_does_not_end_well(client: Client, job: str, status: str) -> None:
    client.faults({"operation": "createLbaasLoadBalancer", "job": job})
    response = client.post(LBAAS, {"name": "new"})
    client.advance(JOB)
    assert request_of(client, response)["status"] == status
    left = [
        load_balancer["status"]
        for load_balancer in client.get(LBAAS).json()["values"]
        if load_balancer["name"] == "new"
    ]
    assert left == (["failed"] if job == "fail" else [])


def test_a_request_is_read_without_a_token_and_in_no_other_queue(client: Client) -> None:
    key = client.post(LBAAS, {"name": "new"}).json()["id"]
    for path in (
        f"/v2/operations/DEMO/status/{key}",
        f"/v2-experimental/operations/DEMO/status/{key.replace('-', '')}",
    ):
        assert client.get(path).status == 404
    client.token = None
    assert client.get(f"{REQUESTS}/{key}").status == 200
    assert client.get(f"/lbaas/OTHR/WA1/loadbalancers/requests/{key}").status == 404
    assert client.get(f"{REQUESTS}/no-request").status in (400, 404)
    assert client.get(LBAAS).status == 401


def test_name_and_description_change_at_once(client: Client) -> None:
    response = client.put(SHOP, {"name": "shop-front"})
    assert (response.status, response.json()["name"], response.json()["description"]) == (
        200,
        "shop-front",
        "Shop front end",
    )
    assert client.get(SHOP).json() == response.json()
    assert list(client.put(SHOP, {"description": ""}).state()) == ["body.name"]


def test_a_deleted_load_balancer_can_be_read_by_id(client: Client) -> None:
    response = client.delete(SHOP)
    assert client.get(SHOP).json()["status"] == "active"
    client.finish()
    assert request_of(client, response)["status"] == "COMPLETE"
    view = client.get(SHOP).json()
    assert (view["status"], view["pools"]) == ("deleted", [])
    assert view["deletionTime"] > view["creationTime"]
    assert client.delete(SHOP).status == 404
    assert client.put(SHOP, {"name": "x"}).status == 404
    assert client.get(f"{SHOP}/pools").status == 404


def test_a_pool_is_created_with_nodes_and_health_check(client: Client) -> None:
    body = {"port": 80, "loadBalancingMode": "http", "loadBalancingMethod": None, "persistence": None, "nodes": NODES}
    response = client.post(f"{SHOP}/pools", body)
    key = resource(response, "pool")
    assert response.json()["description"].startswith("Add Pool to Load Balancer ")
    assert client.get(f"{SHOP}/pools/{key}").status == 404
    client.finish()
    assert client.get(f"{SHOP}/pools/{key}").json() == {
        "id": key,
        "port": 80,
        "loadBalancingMethod": "roundrobin",
        "persistence": "none",
        "idleTimeout": 180000,
        "loadBalancingMode": "http",
        "nodes": [{**NODES[0], "status": "enabled", "healthCheck": None, "serverWeight": None}],
        "forceHttps": False,
        "healthCheck": None,
    }
    assert [pool["sslOffloading"] for pool in client.get(SHOP).json()["pools"]] == [None, None]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("port", 443),
        ("port", 22),
        ("loadBalancingMode", "udp"),
        ("forceHttps", True),
        ("healthCheck", {"unhealthyThreshold": 1, "healthyThreshold": 2, "intervalSeconds": 5, "targetPort": 80}),
        (
            "healthCheck",
            {
                "unhealthyThreshold": 2,
                "healthyThreshold": 2,
                "intervalSeconds": 5,
                "targetPort": 80,
                "httpHealthCheckUrl": "/",
            },
        ),
    ],
)
def test_rejects_invalid_pools(client: Client, member: str, value: Any) -> None:
    body = {"port": 80, "loadBalancingMode": "tcp", member: value}
    response = client.post(f"{SHOP}/pools", body)
    assert [key.partition(".")[2].partition(".")[0] for key in response.state()] == [member]


def test_a_pool_is_replaced_wholly(client: Client) -> None:
    before = pool_of(client)
    path = f"{SHOP}/pools/{before['id']}"
    check = {"unhealthyThreshold": 3, "healthyThreshold": 2, "intervalSeconds": 30, "targetPort": 8080, "mode": "HTTP"}
    body = {
        "id": before["id"], "port": 8443, "loadBalancingMode": "tcp",
        "healthCheck": {**check, "httpHealthCheckMethod": "GET", "httpHealthCheckUrl": "/"},
    }  # fmt: skip
    response = client.put(path, body)
    assert pool_of(client) == before
    client.finish()
    assert request_of(client, response)["status"] == "COMPLETE"
    after = client.get(path).json()
    assert (after["port"], after["nodes"], after["loadBalancingMethod"]) == (8443, [], "roundrobin")
    assert after["healthCheck"] == body["healthCheck"]
    assert client.put(path, {**body, "id": "b6b0b6e2-3c51-4b87-8f53-0f6b1f0a7d21"}).status == 400
    assert client.put(path, {"port": 80, "loadBalancingMode": "tcp"}).status == 400


def test_a_pool_is_removed(client: Client) -> None:
    path = f"{SHOP}/pools/{pool_of(client)['id']}"
    response = client.delete(path)
    assert client.get(path).status == 200
    client.finish()
    assert request_of(client, response)["status"] == "COMPLETE"
    assert client.get(path).status == 404
    assert client.delete(path).status == 404


def test_a_change_that_fails_changes_nothing(client: Client) -> None:
    before = pool_of(client)
    client.faults({"operation": ["updateLbaasPool", "deleteLbaasPool", "deleteLbaasLoadBalancer"], "job": "fail"})
    responses = [
        client.put(f"{SHOP}/pools/{before['id']}", {"id": before["id"], "port": 80, "loadBalancingMode": "tcp"}),
        client.delete(f"{SHOP}/pools/{before['id']}"),
        client.delete(SHOP),
    ]
    client.finish()
    assert [request_of(client, response)["status"] for response in responses] == ["FAILED"] * 3
    assert pool_of(client) == before


def test_a_viewer_reads(make: Callable[..., Client]) -> None:
    viewer = make(str(SEEDS / "load-balancers.yml")).login("viewer", "viewer-password")
    assert viewer.get(FRONT).status == viewer.get(SHOP).status == 200
    assert viewer.delete(FRONT).status == viewer.delete(SHOP).status == 403
