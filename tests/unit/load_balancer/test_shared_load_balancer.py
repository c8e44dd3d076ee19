# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules shared_load_balancer and shared_load_balancer_info."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented, hex_id
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import ANY_BODY, NO_BODY, Scripted

COLLECTION = "/v2/sharedLoadBalancers/ALTD/VA1"
ID, POOL_ID = hex_id(0xB1), hex_id(0xB2)
SELF = f"/v2/sharedLoadBalancers/altd/va1/{ID}"
POOLS, POOL, NODES = f"{SELF}/pools", f"{SELF}/pools/{POOL_ID}", f"{SELF}/pools/{POOL_ID}/nodes"
BUSY = {"message": "An error has occurred.", "exceptionMessage": "Operation already in progress"}
NODE = {"ipAddress": "10.0.0.1", "privatePort": 80, "status": "enabled"}
OTHER_NODE = {"ipAddress": "10.0.0.2", "privatePort": 80, "status": "disabled"}
NODE_OPTION = {"ip_address": "10.0.0.1", "private_port": 80}


def pool(*nodes: Entity, port: int = 80, **properties: t.Any) -> Entity:
    links = [{"rel": "self", "href": POOL}, {"rel": "nodes", "href": NODES}]
    values = {"id": POOL_ID, "port": port, "method": "roundRobin", "persistence": "standard", "nodes": list(nodes)}
    return {**values, "links": links, **properties}


def load_balancer(*pools: Entity, **properties: t.Any) -> Entity:
    links = [{"rel": "self", "href": SELF}, {"rel": "pools", "href": POOLS}]
    values = {"id": ID, "name": "web", "description": "web", "ipAddress": "203.0.113.40", "status": "enabled"}
    return {**values, "pools": list(pools), "links": links, **properties}


def other(**properties: t.Any) -> Entity:
    return load_balancer(**{"id": hex_id(0xC1), **properties})


def manage(run: Runner, *pools: Entity, **options: t.Any) -> Outcome:
    pool_options = {"pools": list(pools)} if pools else {}
    modes = {key: options.pop(key) for key in ("check", "diff") if key in options}
    return run("shared_load_balancer", {"name": "web", "data_center": "va1", **pool_options, **options}, **modes)


def test_a_load_balancer_is_created_with_its_pools_and_nodes(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, load_balancer(), body={"name": "web", "description": "web"})
    api.expects("GET", COLLECTION, [load_balancer()])
    api.expects("POST", POOLS, pool(), body={"port": 80, "persistence": "sticky"})
    api.expects("GET", POOLS, [pool(persistence="sticky")])
    api.expects("PUT", NODES, NO_BODY, 204, body=[NODE])
    api.expects("GET", POOL, pool(NODE, persistence="sticky"))
    outcome = manage(run, {"port": 80, "persistence": "sticky", "nodes": [NODE_OPTION]})
    assert outcome.changed
    assert outcome["shared_load_balancer"] == {
        "id": ID,
        "name": "web",
        "description": "web",
        "data_center": "VA1",
        "ip_address": "203.0.113.40",
        "status": "enabled",
        "pools": [
            {
                "id": POOL_ID,
                "port": 80,
                "method": "roundRobin",
                "persistence": "sticky",
                "nodes": [{**NODE_OPTION, "status": "enabled"}],
            }
        ],
    }


PREDICTED = "ip-address.va1altdweb-1-0a1b2c.predicted.invalid"


def test_a_create_is_predicted(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [other(name="other")])
    outcome = manage(
        run, {"port": 80, "nodes": [NODE_OPTION, {"ip_address": PREDICTED, "private_port": 80}]}, check=True, diff=True
    )
    result = outcome["shared_load_balancer"]
    assert (result["id"], result["ip_address"], result["status"]) == (PLACEHOLDER, PLACEHOLDER, "enabled")
    assert [node["ip_address"] for node in result["pools"][0]["nodes"]] == ["10.0.0.1", PREDICTED]
    assert outcome["diff"]["before"] == {"shared_load_balancer": None}


def test_a_load_balancer_that_is_visible_late_is_not_created_again(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, load_balancer(), body=ANY_BODY)
    api.expects("GET", COLLECTION, [], times=3)
    api.expects("GET", COLLECTION, [load_balancer()])
    assert manage(run)["shared_load_balancer"]["id"] == ID


def test_a_load_balancer_that_stays_invisible_is_an_error(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, load_balancer(), body=ANY_BODY)
    api.expects("GET", COLLECTION, [], times=19)
    outcome = manage(run)
    assert outcome.failed
    assert outcome.changed
    assert "reads do not return the change yet (create shared load balancer web)" in outcome.msg


def test_after_a_lost_response_the_new_load_balancer_is_adopted(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, body=ANY_BODY, raises=requests.exceptions.ReadTimeout())
    api.expects("GET", COLLECTION, [other(name="other")])
    api.expects("GET", COLLECTION, [other(name="other"), load_balancer()], times=2)
    outcome = manage(run)
    assert outcome["shared_load_balancer"]["id"] == ID
    assert f"The new load balancer {ID} is assumed to be its result." in outcome.warnings[0]


def test_a_lost_response_without_a_new_load_balancer_is_an_error(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, body=ANY_BODY, raises=requests.exceptions.ReadTimeout())
    api.expects("GET", COLLECTION, [], times=15)
    outcome = manage(run)
    assert outcome.failed
    assert "The load balancer may still have been created. Check shared_load_balancer_info" in outcome.msg


def test_a_load_balancer_that_another_client_created_at_the_same_time_is_a_warning(api: Scripted, run: Runner) -> None:
    twin = other(name="web")
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, load_balancer(), body=ANY_BODY)
    api.expects("GET", COLLECTION, [twin, load_balancer()])
    outcome = manage(run)
    assert outcome["shared_load_balancer"]["id"] == ID
    assert str(twin["id"]) in outcome.warnings[0]


@pytest.mark.parametrize("created", [True, False])
def test_a_request_is_repeated_while_the_device_is_busy(api: Scripted, run: Runner, created: bool) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, BUSY, 500, body=ANY_BODY)
    api.expects("GET", COLLECTION, [load_balancer()] if created else [])
    if not created:
        api.expects("POST", COLLECTION, load_balancer(), body=ANY_BODY)
    api.expects("GET", COLLECTION, [load_balancer()])
    api.expects("POST", POOLS, BUSY, 500, body=ANY_BODY)
    api.expects("GET", POOLS, [pool()] if created else [pool(port=443)])
    if not created:
        api.expects("POST", POOLS, pool(), body=ANY_BODY)
    api.expects("GET", POOLS, [pool()])
    assert manage(run, {"port": 80}).changed


@pytest.mark.parametrize("created", [True, False])
def test_a_lost_response_to_the_create_of_a_pool(api: Scripted, run: Runner, created: bool) -> None:
    api.expects("GET", COLLECTION, [load_balancer()])
    api.expects("POST", POOLS, body={"port": 80}, raises=requests.exceptions.ReadTimeout())
    pools = [pool()] if created else []
    api.expects("GET", POOLS, pools)
    api.expects("GET", SELF, load_balancer(*pools), times=1 if created else 14)
    outcome = manage(run, {"port": 80})
    assert outcome.failed is not created
    assert created or "The work may or may not have been done." in outcome.msg


def test_order_case_and_duplicates_do_not_differ(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [load_balancer(pool({**OTHER_NODE, "name": "10.0.0.2"}, NODE, NODE))])
    equal = {"port": 80, "method": "roundRobin", "nodes": [NODE_OPTION, {"ipAddress": "10.0.0.2", "privatePort": "80"}]}
    assert not manage(run, equal, status="enabled", description="web").changed


def test_an_update_sends_the_properties_that_the_service_requires(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"{COLLECTION}/{ID}", load_balancer(pool()))
    api.expects("PUT", SELF, NO_BODY, 204, body={"name": "web", "description": "web", "status": "disabled"})
    api.expects("GET", SELF, load_balancer(pool(), status="disabled"))
    api.expects("PUT", POOL, NO_BODY, 204, body={"method": "leastConnection", "persistence": "standard"})
    api.expects("GET", POOL, pool(method="leastConnection"))
    options = {"id": ID, "status": "disabled", "pools": [{"port": 80, "method": "leastConnection"}]}
    assert run("shared_load_balancer", options).changed


def test_unlisted_pools_are_deleted_only_with_purge(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [load_balancer(pool())])
    assert not manage(run, {"port": 443, "state": "absent"}, purge=False).changed
    api.expects("GET", COLLECTION, [load_balancer(pool())])
    api.expects("DELETE", POOL, NO_BODY, 204)
    api.expects("GET", POOLS, [])
    assert manage(run, pools=[])["shared_load_balancer"]["pools"] == []


def test_other_nodes_are_sent_back_as_they_were_read(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [load_balancer(pool(OTHER_NODE))])
    api.expects("GET", NODES, [OTHER_NODE, OTHER_NODE])
    api.expects("PUT", NODES, NO_BODY, 204, body=[OTHER_NODE, OTHER_NODE, NODE])
    api.expects("GET", POOL, pool(OTHER_NODE, OTHER_NODE, NODE))
    assert manage(run, {"port": 80, "nodes": [NODE_OPTION]}, purge=False).changed


def test_an_update_that_another_client_reverted_is_repeated(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [load_balancer(pool())])
    for others in ([], [OTHER_NODE]):
        api.expects("GET", NODES, others)
        api.expects("PUT", NODES, NO_BODY, 204, body=[*others, NODE])
        api.expects("GET", POOL, pool(OTHER_NODE, *([NODE] if others else [])))
    assert (
        len(manage(run, {"port": 80, "nodes": [NODE_OPTION]}, purge=False)["shared_load_balancer"]["pools"][0]["nodes"])
        == 2
    )


def test_an_update_is_repeated_at_most_five_times(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [load_balancer(pool())])
    for _time in range(5):
        api.expects("GET", NODES, [])
        api.expects("PUT", NODES, NO_BODY, 204, body=[NODE])
        api.expects("GET", POOL, pool())
    api.expects("GET", SELF, load_balancer(pool()))
    outcome = manage(run, {"port": 80, "nodes": [NODE_OPTION]}, purge=False)
    assert outcome.failed
    assert "another client changed them after each of 5 updates" in outcome.msg


def test_a_load_balancer_is_deleted_once(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [load_balancer(pool()), other(status="deleted")])
    api.expects("DELETE", SELF, NO_BODY, 204)
    api.expects("GET", SELF, load_balancer(status="deleted"))
    assert manage(run, state="absent")["shared_load_balancer"] is None
    api.expects("GET", COLLECTION, [other(status="deleted")])
    assert not manage(run, state="absent").changed


@pytest.mark.parametrize("state", ["present", "absent"])
def test_an_ambiguous_name_is_an_error_with_the_ids(api: Scripted, run: Runner, state: str) -> None:
    api.expects("GET", COLLECTION, [load_balancer(), other()])
    outcome = manage(run, state=state)
    assert outcome.failed
    assert ID in outcome.msg
    assert hex_id(0xC1) in outcome.msg


def test_an_ambiguous_port_is_an_error_with_the_ids(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [load_balancer(pool(), pool(id=hex_id(0xB3)))])
    outcome = manage(run, {"port": 80})
    assert outcome.failed
    assert POOL_ID in outcome.msg
    assert hex_id(0xB3) in outcome.msg


@pytest.mark.parametrize(
    ("pools", "message"),
    [
        ([{"port": 80}, {"port": 80}], "Invalid value for pools: port 80 is listed more than once"),
        (
            [{"port": 80, "nodes": [NODE_OPTION, NODE_OPTION]}],
            "Invalid value for pools[0].nodes: 10.0.0.1:80 is listed more than once",
        ),
        ([{"port": 80, "nodes": [{"ip_address": "web", "private_port": 1}]}], "'web' is not an IPv4 address"),
    ],
)
def test_invalid_options_fail_before_a_request(run: Runner, pools: t.Any, message: str) -> None:
    outcome = manage(run, *pools)
    assert outcome.failed
    assert message in outcome.msg


def test_no_load_balancer_is_created_for_an_unknown_id(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"{COLLECTION}/{ID}", NO_BODY, 404)
    assert f"nothing has the id {ID}" in manage(run, id=ID).msg
    api.expects("GET", f"{COLLECTION}/{ID}", NO_BODY, 404)
    assert not manage(run, id=ID, state="absent").changed


def test_info(api: Scripted, run: Runner) -> None:
    load_balancers = documented("GET-api-ctl-io-v2-sharedLoadBalancers-accountAlias-dataCenter")
    for name, count in ((None, 1), ("My Load Balancer", 1), ("my load balancer", 0)):
        api.expects("GET", COLLECTION, load_balancers)
        results = run("shared_load_balancer_info", {"name": name} if name else {})["shared_load_balancers"]
        assert len(results) == count
    api.expects("GET", f"{COLLECTION}/{ID}", NO_BODY, 404)
    assert run("shared_load_balancer_info", {"id": ID})["shared_load_balancers"] == []


def test_a_pool_that_another_client_deleted_is_created_again(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [load_balancer(pool())])
    api.expects("PUT", POOL, NO_BODY, 204, body=ANY_BODY)
    api.expects("GET", POOL, NO_BODY, 404)
    api.expects("GET", SELF, load_balancer())
    api.expects("POST", POOLS, pool(), body={"port": 80, "persistence": "sticky"})
    api.expects("GET", POOLS, [pool(persistence="sticky")])
    assert (
        manage(run, {"port": 80, "persistence": "sticky"})["shared_load_balancer"]["pools"][0]["persistence"]
        == "sticky"
    )


def test_both_pools_of_a_port_can_be_deleted(api: Scripted, run: Runner) -> None:
    second = pool(id=hex_id(0xB3), links=[{"rel": "self", "href": f"{POOLS}/{hex_id(0xB3)}"}])
    api.expects("GET", COLLECTION, [load_balancer(pool(), second)])
    api.expects("DELETE", POOL, NO_BODY, 204)
    api.expects("GET", POOLS, [second])
    api.expects("DELETE", f"{POOLS}/{hex_id(0xB3)}", NO_BODY, 204)
    api.expects("GET", POOLS, [])
    assert manage(run, {"port": 80, "state": "absent"}, purge=False)["shared_load_balancer"]["pools"] == []
