# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The legacy modules for policies and load balancers, run against scripted HTTP."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    Entity,
    documented,
    group,
    hex_id,
    queued,
    root,
    server,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import (
    detailed,
    expects_data_center,
    expects_jobs,
    expects_tree,
)
from ansible_collections.centurylink.cloud.tests.unit.support.wire import ANY_BODY, NO_BODY, Scripted

# Alert policies

ALERTS = "/v2/alertPolicies/ALTD"
POLICIES: Entity = documented("GET-api-ctl-io-v2-alertPolicies-accountAlias")
MEMORY: Entity = POLICIES["items"][0]
OWN, NAME = MEMORY["links"][0]["href"], MEMORY["name"]
MAILS = [{"action": "email", "settings": {"recipients": ["user@example.com"]}}]
LOAD = {"metric": "cpu", "duration": "00:05:00", "threshold": 80.0}
SAME = {"name": NAME, "metric": "memory", "duration": "00:10:00", "threshold": "90"}


def policy(*triggers: Entity) -> Entity:
    return {**copy.deepcopy(MEMORY), **({"triggers": list(triggers)} if triggers else {})}


def page(*policies: Entity) -> Entity:
    return {"items": list(policies), "links": []}


def test_omitted_options_of_an_alert_policy_are_not_changed(api: Scripted, run: Runner) -> None:
    api.expects("GET", ALERTS, page(policy()))
    lower = {**MEMORY["triggers"][0], "threshold": 70}
    api.expects("PUT", OWN, policy(lower), body={"name": NAME, "actions": MEMORY["actions"], "triggers": [lower]})
    api.expects("GET", f"{ALERTS}/{MEMORY['id']}", policy(lower))
    outcome = run("clc_alert_policy", {"name": NAME, "threshold": "70"})
    assert outcome.changed
    assert outcome["policy"]["id"] == MEMORY["id"]
    assert outcome["policy"]["triggers"][0]["threshold"] == 70


def test_equal_parts_are_one_request(api: Scripted, run: Runner) -> None:
    api.expects("GET", ALERTS, page(policy()))
    assert not run("clc_alert_policy", {**SAME, "alert_recipients": "USER@example.com"}).changed


@pytest.mark.parametrize(("metric", "index"), [("cpu", 1), ("disk", 0)])
def test_the_trigger_of_the_metric_is_updated_or_the_first(api: Scripted, run: Runner, metric: str, index: int) -> None:
    triggers = [MEMORY["triggers"][0], LOAD]
    api.expects("GET", ALERTS, page(policy(*triggers)))
    outcome = run("clc_alert_policy", {"name": NAME, "metric": metric, "threshold": 95}, check=True)
    assert outcome.changed
    other = outcome["policy"]["triggers"][1 - index]
    assert other == triggers[1 - index]
    assert (outcome["policy"]["triggers"][index]["metric"], outcome["policy"]["triggers"][index]["threshold"]) == (
        metric,
        95,
    )


def test_an_alert_policy_is_deleted_by_its_id_without_renaming(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"{ALERTS}/{MEMORY['id']}", MEMORY)
    api.expects("DELETE", OWN, NO_BODY, 204)
    api.expects("GET", f"{ALERTS}/{MEMORY['id']}", NO_BODY, 404)
    outcome = run("clc_alert_policy", {"id": MEMORY["id"], "state": "absent"})
    assert outcome.changed
    assert outcome["policy"] is None


def test_a_predicted_alert_policy_is_null(api: Scripted, run: Runner) -> None:
    api.expects("GET", ALERTS, page())
    outcome = run("clc_alert_policy", {**SAME, "alert_recipients": "user@example.com"}, check=True)
    assert outcome.changed
    assert outcome["policy"] is None


def test_missing_options_of_a_new_alert_policy_are_reported(api: Scripted, run: Runner) -> None:
    api.expects("GET", ALERTS, page())
    outcome = run("clc_alert_policy", {"name": NAME, "threshold": 70})
    assert "alert_recipients, metric and duration are missing" in outcome.msg


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "name and id are missing"),
        ({**SAME, "threshold": 71}, "71 is not from 5 to 95 in steps of 5"),
        ({**SAME, "duration": "soon"}, "'soon' is not a duration"),
    ],
)
def test_invalid_options_of_an_alert_policy_are_rejected(
    api: Scripted, run: Runner, options: dict[str, t.Any], message: str
) -> None:
    assert message in run("clc_alert_policy", options).msg
    assert not api.made


# Anti-affinity policies

SPREADS = "/v2/antiAffinityPolicies/ALTD"
APART: Entity = {
    "id": hex_id(0x51),
    "name": "apart",
    "location": "VA1",
    "links": [
        {"rel": "self", "href": f"/v2/antiAffinityPolicies/altd/{hex_id(0x51)}"},
        {"rel": "server", "href": "/v2/servers/altd/va1altdweb01", "id": "va1altdweb01", "name": "VA1ALTDWEB01"},
    ],
}
SPREAD = {"name": "apart", "location": "va1"}


def test_an_anti_affinity_policy_has_its_account_and_servers(api: Scripted, run: Runner) -> None:
    api.expects("GET", SPREADS, page(APART, {**APART, "id": hex_id(0x52), "location": "WA1"}))
    outcome = run("clc_aa_policy", {**SPREAD, "wait": "no"})
    assert not outcome.changed
    assert outcome["policy"] == {**APART, "alias": "ALTD", "servers": ["va1altdweb01"]}
    assert "jobs" not in outcome.result


def test_an_anti_affinity_policy_is_created_once(api: Scripted, run: Runner) -> None:
    api.expects("GET", SPREADS, page())
    expects_data_center(api)
    assert run("clc_aa_policy", SPREAD, check=True)["policy"] is None
    api.expects("GET", SPREADS, page())
    api.expects("POST", SPREADS, APART, 201, body={"name": "apart", "location": "VA1"})
    api.expects("GET", SPREADS, page(APART))
    assert run("clc_aa_policy", SPREAD)["policy"]["id"] == APART["id"]


def test_an_ambiguous_name_of_anti_affinity_policies_is_an_error(api: Scripted, run: Runner) -> None:
    api.expects("GET", SPREADS, page(APART, {**APART, "id": hex_id(0x52)}))
    assert (
        "2 anti-affinity policies in VA1 have the name 'apart'"
        in run("clc_aa_policy", {**SPREAD, "state": "absent"}).msg
    )


# Load balancers

COLLECTION = "/v2/sharedLoadBalancers/ALTD/VA1"
SELF = f"/v2/sharedLoadBalancers/altd/va1/{hex_id(0xB1)}"
POOLS, POOL, NODES = (f"{SELF}/pools{more}" for more in ("", f"/{hex_id(0xB2)}", f"/{hex_id(0xB2)}/nodes"))
NODE_1 = {"ipAddress": "10.0.0.1", "privatePort": 80, "status": "enabled"}
NODE_2 = {"ipAddress": "10.0.0.2", "privatePort": 80, "status": "enabled"}
WEB = {"name": "web", "location": "va1"}
FIRST = {"ipAddress": "10.0.0.1", "privatePort": "80"}


def pool(*nodes: Entity, **members: t.Any) -> Entity:
    links = [{"rel": "self", "href": POOL}, {"rel": "nodes", "href": NODES}]
    whole = {"id": hex_id(0xB2), "port": 80, "method": "roundRobin", "persistence": "standard", "nodes": list(nodes)}
    return {**whole, "links": links, **members}


def balancer(*pools: Entity, **members: t.Any) -> Entity:
    links = [{"rel": "self", "href": SELF}, {"rel": "pools", "href": POOLS}]
    whole = {"id": hex_id(0xB1), "name": "web", "description": "web", "ipAddress": "203.0.113.40", "status": "enabled"}
    return {**whole, "pools": list(pools), "links": links, **members}


def test_one_run_creates_load_balancer_pool_and_nodes(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    api.expects("POST", COLLECTION, balancer(), body={"name": "web", "description": "web"})
    api.expects("GET", COLLECTION, [balancer()])
    api.expects("POST", POOLS, pool(), body={"port": 80, "persistence": "sticky"})
    api.expects("GET", POOLS, [pool(persistence="sticky")])
    api.expects("GET", NODES, [])
    api.expects("PUT", NODES, NO_BODY, 204, body=[NODE_1])
    api.expects("GET", POOL, pool(NODE_1, persistence="sticky"))
    outcome = run("clc_loadbalancer", {**WEB, "port": "80", "persistence": "sticky", "nodes": [FIRST]})
    assert outcome.changed
    assert outcome["loadbalancer"]["pools"][0]["nodes"] == [NODE_1]


def test_equal_nodes_take_one_request_and_other_nodes_are_kept(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [balancer(pool(NODE_2, NODE_1), pool(port=443), status="disabled")])
    outcome = run("clc_loadbalancer", {**WEB, "port": 80, "nodes": [FIRST]})
    assert not outcome.changed
    assert outcome["loadbalancer"]["id"] == hex_id(0xB1)


def test_a_load_balancer_is_disabled(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [balancer()])
    api.expects("PUT", SELF, NO_BODY, 204, body={"name": "web", "description": "web", "status": "disabled"})
    api.expects("GET", SELF, balancer(status="disabled"))
    assert run("clc_loadbalancer", {**WEB, "status": "disabled"})["loadbalancer"]["status"] == "disabled"


@pytest.mark.parametrize(
    ("state", "given", "after"),
    [("nodes_present", NODE_2, [NODE_1, NODE_2]), ("nodes_absent", {**NODE_1, "status": "disabled"}, [])],
)
def test_nodes_are_added_and_removed_and_others_kept(
    api: Scripted, run: Runner, state: str, given: Entity, after: list[Entity]
) -> None:
    task = {**WEB, "port": 80, "nodes": [given], "state": state, "method": "leastConnection"}
    api.expects("GET", COLLECTION, [balancer(pool(NODE_1))])
    api.expects("GET", NODES, [NODE_1])
    api.expects("PUT", NODES, NO_BODY, 204, body=after)
    api.expects("GET", POOL, pool(*after))
    assert run("clc_loadbalancer", task).changed
    api.expects("GET", COLLECTION, [balancer(pool(*after))])
    assert not run("clc_loadbalancer", task).changed


def test_a_pool_is_deleted_and_others_kept(api: Scripted, run: Runner) -> None:
    other = pool(port=443, id=hex_id(0xB3))
    api.expects("GET", COLLECTION, [balancer(pool(NODE_1), other)])
    api.expects("DELETE", POOL, NO_BODY, 204)
    api.expects("GET", POOLS, [other])
    outcome = run("clc_loadbalancer", {**WEB, "port": 80, "state": "port_absent"})
    assert [entry["port"] for entry in outcome["loadbalancer"]["pools"]] == [443]


@pytest.mark.parametrize("existing", [[], [balancer()]])
@pytest.mark.parametrize("state", ["port_absent", "nodes_absent"])
def test_nothing_is_created_to_delete_a_part(api: Scripted, run: Runner, state: str, existing: list[Entity]) -> None:
    api.expects("GET", COLLECTION, existing)
    outcome = run("clc_loadbalancer", {**WEB, "port": 80, "nodes": [FIRST], "state": state})
    assert not outcome.failed
    assert not outcome.changed


@pytest.mark.parametrize(
    ("existing", "message"),
    [
        ([], "shared load balancer web does not exist in VA1"),
        ([balancer()], "pool 80 of shared load balancer web does not exist in VA1"),
    ],
)
def test_nodes_require_a_pool(api: Scripted, run: Runner, existing: list[Entity], message: str) -> None:
    task = {**WEB, "port": 80, "nodes": [FIRST], "state": "nodes_present"}
    api.expects("GET", COLLECTION, existing)
    assert message in run("clc_loadbalancer", task).msg
    api.expects("GET", COLLECTION, existing)
    predicted = run("clc_loadbalancer", task, check=True)
    assert predicted.changed
    assert any("an earlier task is assumed to create it" in warning for warning in predicted.warnings)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"state": "port_absent"}, "Cannot use state port_absent: port is missing"),
        ({"nodes": [FIRST]}, "Cannot use nodes: port is missing"),
        ({"state": "nodes_absent", "port": 80}, "Cannot use state nodes_absent: nodes is missing"),
        ({"port": 80, "nodes": [{"ipAddress": "web", "privatePort": 80}]}, "'web' is not an IPv4 address"),
    ],
)
def test_invalid_options_of_a_load_balancer_are_rejected(
    api: Scripted, run: Runner, options: dict[str, t.Any], message: str
) -> None:
    assert message in run("clc_loadbalancer", {**WEB, **options}).msg
    assert not api.made


def test_a_missing_load_balancer_is_its_name(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [])
    outcome = run("clc_loadbalancer", {**WEB, "state": "absent"})
    assert not outcome.changed
    assert outcome["loadbalancer"] == "web"


def test_reading_a_load_balancer_takes_one_request(api: Scripted, run: Runner) -> None:
    api.expects("GET", COLLECTION, [balancer(pool(NODE_1)), balancer(name="other")])
    assert run("clc_loadbalancer_fact", WEB)["loadbalancer"] == balancer(pool(NODE_1))


@pytest.mark.parametrize(
    ("existing", "message"),
    [([], "no load balancer in VA1 has this name"), ([balancer()] * 2, "2 shared load balancers in VA1")],
)
def test_a_missing_or_ambiguous_load_balancer_is_an_error(
    api: Scripted, run: Runner, existing: list[Entity], message: str
) -> None:
    api.expects("GET", COLLECTION, existing)
    assert message in run("clc_loadbalancer_fact", WEB).msg


# Policies of servers

SERVER, READ, PATH = "va1altdweb01", "/v2/servers/ALTD/va1altdweb01", "/v2/servers/altd/va1altdweb01"


def having(*alerts: str, apart: str | None = None, **members: t.Any) -> Entity:
    policies = [
        {"id": key, "name": key, "links": [{"rel": "alertPolicyMap", "href": f"{PATH}/alertPolicies/{key}"}]}
        for key in alerts
    ]
    details = {
        "alertPolicies": policies,
        "powerState": "started",
        **({"antiAffinityPolicy": {"id": apart}} if apart else {}),
    }
    return server(SERVER, details=details, **members)


BOTH = {"server_ids": SERVER, "alert_policy_name": NAME, "anti_affinity_policy_name": "apart"}


def expects_policies(api: Scripted) -> None:
    with api.in_any_order():
        api.expects("GET", SPREADS, page(APART))
        api.expects("GET", ALERTS, POLICIES)


def test_policies_are_added_to_servers(api: Scripted, run: Runner) -> None:
    policy_id, other = MEMORY["id"], hex_id(0x71)
    api.expects("GET", READ, having(other))
    expects_policies(api)
    with api.in_any_order():
        api.expects("PUT", f"{PATH}/antiAffinityPolicy", {}, body={"id": APART["id"]})
        api.expects("POST", f"{PATH}/alertPolicies", {}, 201, body={"id": policy_id})
    api.expects("GET", READ, having(other, policy_id, apart=APART["id"]))
    outcome = run("clc_modify_server", BOTH)
    assert outcome.changed
    assert outcome["server_ids"] == [SERVER]
    assert [entry["id"] for entry in outcome["servers"][0]["details"]["alertPolicies"]] == [other, policy_id]


def test_policies_are_removed_from_servers_and_others_kept(api: Scripted, run: Runner) -> None:
    policy_id, other = MEMORY["id"], hex_id(0x71)
    api.expects("GET", READ, having(other, policy_id, apart=APART["id"]))
    expects_policies(api)
    with api.in_any_order():
        api.expects("DELETE", f"{PATH}/antiAffinityPolicy", NO_BODY, 204)
        api.expects("DELETE", f"{PATH}/alertPolicies/{policy_id}", NO_BODY, 204)
    api.expects("GET", READ, having(other))
    outcome = run("clc_modify_server", {**BOTH, "state": "absent"})
    assert outcome.changed
    assert [entry["id"] for entry in outcome["servers"][0]["details"]["alertPolicies"]] == [other]


def test_absent_keeps_other_policies(api: Scripted, run: Runner) -> None:
    api.expects("GET", READ, having(hex_id(0x71), apart=hex_id(0x72)))
    expects_policies(api)
    assert not run("clc_modify_server", {**BOTH, "state": "absent"}).changed


def test_an_unknown_policy_is_an_error(api: Scripted, run: Runner) -> None:
    api.expects("GET", READ, having())
    api.expects("GET", ALERTS, POLICIES)
    outcome = run("clc_modify_server", {"server_ids": SERVER, "alert_policy_name": "Absent"})
    assert "there is no alert policy 'Absent'" in outcome.msg


GROUP, TEMPLATE, NETWORK = hex_id(0x12), "ubuntu", hex_id(0x31)
OFFERED = {
    "templates": [{"name": "UBUNTU"}],
    "deployableNetworks": [{"name": "tier", "networkId": NETWORK}],
}
NEW = {"name": "WEB", "template": TEMPLATE, "group": "Web", "count": 1}


def expects_place(api: Scripted) -> None:
    expects_tree(api, root(group("Web", GROUP)))
    api.expects("GET", detailed(GROUP), group("Web", GROUP, servers=[]))
    api.expects("GET", "/v2/datacenters/altd/va1/deploymentCapabilities", OFFERED)


def expects_build(api: Scripted) -> None:
    api.expects("POST", "/v2/servers/altd", queued("web", "va1-1", hex_id(0xF1)), 202, body=ANY_BODY)
    expects_jobs(api, "va1-1")
    built = having(uuid=hex_id(0xF1), groupId=GROUP)
    api.expects("GET", detailed(GROUP), group("Web", GROUP, servers=[built]))
    api.expects("GET", READ, built)


def test_new_servers_get_their_policies(api: Scripted, run: Runner) -> None:
    expects_place(api)
    expects_policies(api)
    expects_build(api)
    api.expects("POST", f"{PATH}/alertPolicies", {}, 201, body={"id": MEMORY["id"]})
    api.expects("GET", READ, having(MEMORY["id"]))
    api.expects("GET", f"/v2/groups/ALTD/{GROUP}", group("Web", GROUP))
    outcome = run("clc_server", {**NEW, "alert_policy_name": NAME, "anti_affinity_policy_name": "apart"})
    assert api.bodies("POST")[0]["antiAffinityPolicyId"] == APART["id"]
    assert outcome["server_ids"] == [SERVER]
    assert [entry["id"] for entry in outcome["servers"][0]["details"]["alertPolicies"]] == [MEMORY["id"]]


def test_a_rejected_policy_is_a_warning_and_a_partial_server(api: Scripted, run: Runner) -> None:
    expects_place(api)
    expects_build(api)
    api.expects("POST", f"{PATH}/alertPolicies", {"message": "not for you"}, 400, body=ANY_BODY)
    api.expects("GET", f"/v2/groups/ALTD/{GROUP}", group("Web", GROUP))
    outcome = run("clc_server", {**NEW, "alert_policy_id": MEMORY["id"]})
    assert not outcome.failed
    assert (outcome["server_ids"], outcome["partially_created_server_ids"]) == ([], [SERVER])
    assert any("not for you" in warning for warning in outcome.warnings)


def test_no_server_is_created_for_an_unknown_policy(api: Scripted, run: Runner) -> None:
    expects_place(api)
    api.expects("GET", ALERTS, POLICIES)
    outcome = run("clc_server", {**NEW, "alert_policy_name": "Absent"})
    assert "there is no alert policy 'Absent'" in outcome.msg
    assert not api.bodies("POST")


def test_a_policy_requires_a_server_that_has_been_built(api: Scripted, run: Runner) -> None:
    outcome = run("clc_server", {**NEW, "alert_policy_name": NAME, "wait": False})
    assert (
        "Invalid value for alert_policy_name: an alert policy can be added only after the server has been built"
        in outcome.msg
    )
    assert not api.made
