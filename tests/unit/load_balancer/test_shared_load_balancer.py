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
from ansible_collections.centurylink.cloud.tests.unit.support.wire import ANY_BODY, NO_BODY, Scripted

COLLECTION = "/v2/sharedLoadBalancers/ALTD/VA1"
ID, POOL_ID = hex_id(0xB1), hex_id(0xB2)
SELF = f"/v2/sharedLoadBalancers/altd/va1/{ID}"
POOLS, POOL, NODES = f"{SELF}/pools", f"{SELF}/pools/{POOL_ID}", f"{SELF}/pools/{POOL_ID}/nodes"
BUSY = {"message": "An error has occurred.", "exceptionMessage": "Operation already in progress"}
ONE = {"ipAddress": "10.0.0.1", "privatePort": 80, "status": "enabled"}
TWO = {"ipAddress": "10.0.0.2", "privatePort": 80, "status": "disabled"}
FIRST = {"ip_address": "10.0.0.1", "private_port": 80}


def pool(*nodes: Entity, port: int = 80, **members: t.Any) -> Entity:
    links = [{"rel": "self", "href": POOL}, {"rel": "nodes", "href": NODES}]
    whole = {"id": POOL_ID, "port": port, "method": "roundRobin", "persistence": "standard", "nodes": list(nodes)}
    return {**whole, "links": links, **members}


def balancer(*pools: Entity, **members: t.Any) -> Entity:
    links = [{"rel": "self", "href": SELF}, {"rel": "pools", "href": POOLS}]
    whole = {"id": ID, "name": "web", "description": "web", "ipAddress": "203.0.113.40", "status": "enabled"}
    return {**whole, "pools": list(pools), "links": links, **members}


def twin(**members: t.Any) -> Entity:
    return balancer(**{"id": hex_id(0xC1), **members})


def manage(run: Runner, *pools: Entity, **options: t.Any) -> Outcome:
    more = {"pools": list(pools)} if pools else {}
    how = {key: options.pop(key) for key in ("check", "diff") if key in options}
    return run("shared_load_balancer", {"name": "web", "data_center": "va1", **more, **options}, **how)


def test_all_of_it_is_made_one_after_the_other(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, balancer(), body={"name": "web", "description": "web"})
    api.expects("GET", SELF, balancer())
    api.expects("POST", POOLS, pool(), body={"port": 80, "persistence": "sticky"})
    api.expects("GET", POOLS, [pool(persistence="sticky")])
    api.expects("PUT", NODES, NO_BODY, 204, body=[ONE])
    api.expects("GET", POOL, pool(ONE, persistence="sticky"))
    outcome = manage(run, {"port": 80, "persistence": "sticky", "nodes": [FIRST]})
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
                "nodes": [{**FIRST, "status": "enabled"}],
            }
        ],
    }


def test_the_prediction_of_it(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [twin(name="other")])
    outcome = manage(
        run, {"port": 80, "nodes": [FIRST, {"ip_address": None, "private_port": 80}]}, check=True, diff=True
    )
    shown = outcome["shared_load_balancer"]
    assert (shown["id"], shown["ip_address"], shown["status"]) == (None, None, "enabled")
    assert [one["ip_address"] for one in shown["pools"][0]["nodes"]] == ["10.0.0.1", None]
    assert outcome["diff"]["before"] == {"shared_load_balancer": None}


def test_a_new_one_that_shows_late_is_not_made_again(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, balancer(), body=ANY_BODY)
    api.expects("GET", SELF, NO_BODY, 404, times=3)
    api.expects("GET", SELF, balancer())
    assert manage(run)["shared_load_balancer"]["id"] == ID


def test_one_that_never_shows_is_told(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, balancer(), body=ANY_BODY)
    api.expects("GET", SELF, NO_BODY, 404, times=16)
    outcome = manage(run)
    assert outcome.failed
    assert outcome.changed
    assert "still shows otherwise (create shared load balancer web)" in outcome.msg


def test_a_lost_answer_to_a_create(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, body=ANY_BODY, raises=requests.exceptions.ReadTimeout())
    api.expects("GET", COLLECTION, [twin(name="other")])
    api.expects("GET", COLLECTION, [twin(name="other"), balancer()])
    api.expects("GET", SELF, balancer())
    outcome = manage(run)
    assert outcome["shared_load_balancer"]["id"] == ID
    assert "was lost" in outcome.warnings[0]


def test_a_create_that_was_lost_for_good(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, body=ANY_BODY, raises=requests.exceptions.ReadTimeout())
    api.expects("GET", COLLECTION, [], times=15)
    outcome = manage(run)
    assert outcome.failed
    assert "One may exist" in outcome.msg


@pytest.mark.parametrize("made", [True, False])
def test_a_busy_device_is_waited_out(api: Scripted, run: Runner, made: bool) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, BUSY, 500, body=ANY_BODY)
    api.expects("GET", COLLECTION, [balancer()] if made else [])
    if not made:
        api.expects("POST", COLLECTION, balancer(), body=ANY_BODY)
    api.expects("GET", SELF, balancer())
    api.expects("POST", POOLS, BUSY, 500, body=ANY_BODY)
    api.expects("GET", POOLS, [pool()] if made else [pool(port=443)])
    if not made:
        api.expects("POST", POOLS, pool(), body=ANY_BODY)
    api.expects("GET", POOLS, [pool()])
    assert manage(run, {"port": 80}).changed


@pytest.mark.parametrize("made", [True, False])
def test_a_lost_answer_to_a_new_pool(api: Scripted, run: Runner, made: bool) -> None:
    api.expects("GET", COLLECTION, [balancer()])
    api.expects("POST", POOLS, body={"port": 80}, raises=requests.exceptions.ReadTimeout())
    api.expects("GET", POOLS, [pool()] if made else [])
    if made:
        api.expects("GET", POOLS, [pool()])
    outcome = manage(run, {"port": 80})
    assert outcome.failed is not made
    assert made or "It is not there. Run the task again." in outcome.msg


def test_nothing_differs_in_order_case_and_copies(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [balancer(pool({**TWO, "name": "10.0.0.2"}, ONE, ONE))])
    same = {"port": 80, "method": "roundRobin", "nodes": [FIRST, {"ipAddress": "10.0.0.2", "privatePort": "80"}]}
    assert not manage(run, same, status="enabled", description="web").changed


def test_a_change_sends_what_the_service_needs(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"{COLLECTION}/{ID}", balancer(pool()))
    api.expects("PUT", SELF, NO_BODY, 204, body={"name": "web", "description": "web", "status": "disabled"})
    api.expects("GET", SELF, balancer(pool(), status="disabled"))
    api.expects("PUT", POOL, NO_BODY, 204, body={"method": "leastConnection", "persistence": "standard"})
    api.expects("GET", POOL, pool(method="leastConnection"))
    options = {"id": ID, "status": "disabled", "pools": [{"port": 80, "method": "leastConnection"}]}
    assert run("shared_load_balancer", options).changed


def test_pools_that_are_not_named_go_with_purge_alone(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [balancer(pool())])
    assert not manage(run, {"port": 443, "state": "absent"}, purge=False).changed
    api.expects("GET", COLLECTION, [balancer(pool())])
    api.expects("DELETE", POOL, NO_BODY, 204)
    api.expects("GET", POOLS, [])
    assert manage(run, pools=[])["shared_load_balancer"]["pools"] == []


def test_others_nodes_are_sent_back_as_read(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [balancer(pool(TWO))])
    api.expects("GET", NODES, [TWO, TWO])
    api.expects("PUT", NODES, NO_BODY, 204, body=[TWO, TWO, ONE])
    api.expects("GET", POOL, pool(TWO, TWO, ONE))
    assert manage(run, {"port": 80, "nodes": [FIRST]}, purge=False).changed


def test_a_node_that_somebody_else_undid_is_mended(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [balancer(pool())])
    for others in ([], [TWO]):
        api.expects("GET", NODES, others)
        api.expects("PUT", NODES, NO_BODY, 204, body=[*others, ONE])
        api.expects("GET", POOL, pool(TWO, *([ONE] if others else [])))
    assert (
        len(manage(run, {"port": 80, "nodes": [FIRST]}, purge=False)["shared_load_balancer"]["pools"][0]["nodes"]) == 2
    )


def test_mending_ends(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [balancer(pool())])
    for _time in range(5):
        api.expects("GET", NODES, [])
        api.expects("PUT", NODES, NO_BODY, 204, body=[ONE])
        api.expects("GET", POOL, pool())
    api.expects("GET", SELF, balancer(pool()))
    outcome = manage(run, {"port": 80, "nodes": [FIRST]}, purge=False)
    assert outcome.failed
    assert "written 5 times" in outcome.msg


def test_one_is_removed_once(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [balancer(pool()), twin(status="deleted")])
    api.expects("DELETE", SELF, NO_BODY, 204)
    api.expects("GET", SELF, balancer(status="deleted"))
    assert manage(run, state="absent")["shared_load_balancer"] is None
    api.expects("GET", COLLECTION, [twin(status="deleted")])
    assert not manage(run, state="absent").changed


@pytest.mark.parametrize("state", ["present", "absent"])
def test_two_of_one_name_are_an_error_that_lists_them(api: Scripted, run: Runner, state: str) -> None:
    api.expects("GET", COLLECTION, [balancer(), twin()])
    outcome = manage(run, state=state)
    assert outcome.failed
    assert ID in outcome.msg
    assert hex_id(0xC1) in outcome.msg


def test_two_pools_of_one_port_are_an_error_that_lists_them(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [balancer(pool(), pool(id=hex_id(0xB3)))])
    outcome = manage(run, {"port": 80})
    assert outcome.failed
    assert POOL_ID in outcome.msg
    assert hex_id(0xB3) in outcome.msg


@pytest.mark.parametrize(
    ("pools", "told"),
    [
        ([{"port": 80}, {"port": 80}], "port 80 is there more than once"),
        ([{"port": 80, "nodes": [FIRST, FIRST]}], "10.0.0.1:80 is there more than once"),
        ([{"port": 80, "nodes": [{"ip_address": "web", "private_port": 1}]}], "'web' is no IP address"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anything_is_read(run: Runner, pools: t.Any, told: str) -> None:
    outcome = manage(run, *pools)
    assert outcome.failed
    assert told in outcome.msg


def test_an_id_that_stands_for_nothing_is_no_reason_to_make_another(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"{COLLECTION}/{ID}", NO_BODY, 404)
    assert f"nothing has the id {ID}" in manage(run, id=ID).msg
    api.expects("GET", f"{COLLECTION}/{ID}", NO_BODY, 404)
    assert not manage(run, id=ID, state="absent").changed


def test_info(api: Scripted, run: Runner) -> None:
    every = documented("GET-api-ctl-io-v2-sharedLoadBalancers-accountAlias-dataCenter")
    for name, number in ((None, 1), ("My Load Balancer", 1), ("my load balancer", 0)):
        api.expects("GET", COLLECTION, every)
        found = run("shared_load_balancer_info", {"name": name} if name else {})["shared_load_balancers"]
        assert len(found) == number
    api.expects("GET", f"{COLLECTION}/{ID}", NO_BODY, 404)
    assert run("shared_load_balancer_info", {"id": ID})["shared_load_balancers"] == []


def test_a_pool_that_somebody_removed_meanwhile_is_made_again(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [balancer(pool())])
    api.expects("PUT", POOL, NO_BODY, 204, body=ANY_BODY)
    api.expects("GET", POOL, NO_BODY, 404)
    api.expects("GET", SELF, balancer())
    api.expects("POST", POOLS, pool(), body={"port": 80, "persistence": "sticky"})
    api.expects("GET", POOLS, [pool(persistence="sticky")])
    assert (
        manage(run, {"port": 80, "persistence": "sticky"})["shared_load_balancer"]["pools"][0]["persistence"]
        == "sticky"
    )


def test_both_pools_of_one_port_can_be_removed(api: Scripted, run: Runner) -> None:
    other = pool(id=hex_id(0xB3), links=[{"rel": "self", "href": f"{POOLS}/{hex_id(0xB3)}"}])
    api.expects("GET", COLLECTION, [balancer(pool(), other)])
    api.expects("DELETE", POOL, NO_BODY, 204)
    api.expects("GET", POOLS, [other])
    api.expects("DELETE", f"{POOLS}/{hex_id(0xB3)}", NO_BODY, 204)
    api.expects("GET", POOLS, [])
    assert manage(run, {"port": 80, "state": "absent"}, purge=False)["shared_load_balancer"]["pools"] == []
