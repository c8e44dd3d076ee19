# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules server_group_horizontal_autoscale_policy and server_group_default with their _info, against scripted HTTP."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented, group, hex_id, root
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_tree
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

POLICY, DEFAULT = "server_group_horizontal_autoscale_policy", "server_group_default"
WEB = hex_id(0x12)
GROUP = f"/v2/groups/altd/{WEB}"
MAPPING, DEFAULTS = f"{GROUP}/horizontalAutoscalePolicy", f"{GROUP}/defaults"
RESPONSE: Entity = documented("GET-api-ctl-io-v2-groups-accountAlias-groupId-horizontalAutoscalePolicy")
POOL = {"id": RESPONSE["loadBalancer"]["id"], "publicPort": 443, "privatePort": 300}
DESIRED = {
    "group": "Web",
    "policy_id": RESPONSE["policyId"].upper(),
    "load_balancer_pool": {"id": POOL["id"], "public_port": 443, "private_port": 300},
}
SET: Entity = {
    "cpu": {"value": 2, "inherited": False},
    "memoryGB": {"inherited": False},
    "networkId": {"inherited": False},
    "primaryDns": {"value": "172.17.1.26", "inherited": True},
    "secondaryDns": {"value": "172.17.1.27", "inherited": True},
    "templateName": {"value": "CENTOS-6-64-TEMPLATE", "inherited": False},
}


def expects_group(api: Scripted) -> None:
    expects_tree(api, root(group("Web", WEB)))


# Policy


def test_a_policy_is_applied_to_a_group(api: Scripted, run: Runner) -> None:
    body = {"policyId": DESIRED["policy_id"], "loadBalancerPool": POOL}
    expects_group(api)
    api.expects("GET", MAPPING, NO_BODY, 404)
    predicted = run(POLICY, DESIRED, check=True)
    expects_group(api)
    api.expects("GET", MAPPING, NO_BODY, 404)
    api.expects("PUT", MAPPING, RESPONSE, body=body)
    api.expects("GET", MAPPING, RESPONSE)
    real = run(POLICY, DESIRED)
    assert (predicted.changed, real.changed) == (True, True)
    assert list(predicted[POLICY]) == list(real[POLICY])
    assert list(predicted[POLICY]["load_balancer"]) == list(real[POLICY]["load_balancer"])
    assert real[POLICY]["load_balancer"]["public_ip"] == "1.1.1.1"
    expects_group(api)
    api.expects("GET", MAPPING, RESPONSE)
    assert not run(POLICY, DESIRED).changed


def test_after_a_lost_put_the_group_is_read_since_the_policy_may_not_exist(api: Scripted, run: Runner) -> None:
    body = {"policyId": DESIRED["policy_id"], "loadBalancerPool": POOL}
    expects_group(api)
    api.expects("GET", MAPPING, NO_BODY, 404)
    api.expects("PUT", MAPPING, raises=requests.ReadTimeout(), body=body)
    api.expects("GET", GROUP, group("Web", WEB))
    api.expects("PUT", MAPPING, RESPONSE, body=body)
    api.expects("GET", MAPPING, RESPONSE)
    assert run(POLICY, DESIRED).changed


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({"policy_id": hex_id(0x31)}, {"policyId": hex_id(0x31), "loadBalancerPool": POOL}),
        (
            {"load_balancer_pool": {"id": hex_id(0x41), "public_port": 80, "private_port": 8080}},
            {
                "policyId": RESPONSE["policyId"],
                "loadBalancerPool": {"id": hex_id(0x41), "publicPort": 80, "privatePort": 8080},
            },
        ),
    ],
)
def test_omitted_options_are_sent_back(
    api: Scripted, run: Runner, options: dict[str, t.Any], sent: dict[str, t.Any]
) -> None:
    expects_group(api)
    api.expects("GET", MAPPING, RESPONSE)
    api.expects("PUT", MAPPING, RESPONSE, body=sent)
    api.expects("GET", MAPPING, {**RESPONSE, "policyId": sent["policyId"], "loadBalancer": sent["loadBalancerPool"]})
    assert run(POLICY, {"group": "Web", **options}).changed


@pytest.mark.parametrize(("body", "status"), [(NO_BODY, 404), (NO_BODY, 204), ({}, 200)])
def test_every_form_of_no_policy(api: Scripted, run: Runner, body: t.Any, status: int) -> None:
    expects_group(api)
    api.expects("GET", MAPPING, body, status)
    assert not run(POLICY, {"group": "Web", "state": "absent"}).changed
    expects_group(api)
    api.expects("GET", MAPPING, body, status)
    assert run(f"{POLICY}_info", {"group": "Web"})["server_group_horizontal_autoscale_policies"] == []


def test_a_policy_is_removed_from_a_group(api: Scripted, run: Runner) -> None:
    expects_group(api)
    api.expects("GET", MAPPING, RESPONSE)
    api.expects("DELETE", MAPPING, NO_BODY, 204)
    api.expects("GET", MAPPING, NO_BODY, 404)
    outcome = run(POLICY, {"group": "Web", "state": "absent"})
    assert (outcome.changed, outcome[POLICY]) == (True, None)


@pytest.mark.parametrize("check", [True, False])
def test_an_incomplete_policy_is_an_error_before_anything_is_sent(api: Scripted, run: Runner, check: bool) -> None:
    expects_group(api)
    api.expects("GET", MAPPING, NO_BODY, 404)
    assert "load_balancer_pool is missing" in run(POLICY, {"group": "Web", "policy_id": "x"}, check=check).msg
    expects_group(api)
    api.expects("GET", MAPPING, {key: value for key, value in RESPONSE.items() if key != "loadBalancer"})
    outcome = run(POLICY, {"group": "Web", "policy_id": "x"}, check=check)
    assert "does not return its load balancer pool" in outcome.msg


@pytest.mark.parametrize("check", [True, False])
def test_system_groups_have_no_policy(api: Scripted, run: Runner, check: bool) -> None:
    expects_group(api)
    outcome = run(POLICY, {**DESIRED, "group": "Archive"}, check=check)
    assert "the service does not allow horizontal autoscale policies for this group" in outcome.msg


# Defaults


def test_only_what_differs_is_sent(api: Scripted, run: Runner) -> None:
    options = {"group": "Web", "cpu": 2, "memory": 4, "primary_dns": "172.17.1.26", "template": "centos-6-64-template"}
    expects_group(api)
    api.expects("GET", DEFAULTS, SET)
    predicted = run(DEFAULT, options, check=True, diff=True)
    expects_group(api)
    api.expects("GET", DEFAULTS, SET)
    after = {**SET, "memoryGB": {"value": 4, "inherited": False}}
    api.expects("POST", DEFAULTS, after, body={"memoryGB": 4})
    api.expects("GET", DEFAULTS, after)
    real = run(DEFAULT, options)
    assert real.changed
    assert predicted[DEFAULT] == real[DEFAULT]
    assert predicted["diff"]["before"][DEFAULT]["memory_gb"]["value"] is None
    assert real[DEFAULT]["primary_dns"] == {"value": "172.17.1.26", "inherited": True}
    expects_group(api)
    api.expects("GET", DEFAULTS, after)
    assert not run(DEFAULT, options).changed


def test_a_network_that_is_not_claimed_yet_is_predicted(api: Scripted, run: Runner) -> None:
    expects_group(api)
    api.expects("GET", DEFAULTS, {**SET, "networkId": {"value": hex_id(9), "inherited": True}})
    api.expects("GET", "/v2/datacenters/altd/va1/deploymentCapabilities", {"deployableNetworks": []})
    outcome = run("server_group_default", {"group": "Web", "network": "new"}, check=True)
    assert (outcome.changed, outcome[DEFAULT]["network_id"]) == (True, {"value": PLACEHOLDER, "inherited": False})


def test_memory_under_its_other_name(api: Scripted, run: Runner) -> None:
    expects_group(api)
    api.expects("GET", DEFAULTS, {"memory": {"value": 4, "inherited": False}})
    outcome = run(DEFAULT, {"group": "Web", "memory_gb": 4})
    assert (outcome.changed, outcome[DEFAULT]["memory_gb"]["value"]) == (False, 4)
    assert outcome[DEFAULT]["cpu"] == {"value": None, "inherited": False}


def test_nothing_can_be_cleared(api: Scripted, run: Runner) -> None:
    expects_group(api)
    api.expects("GET", DEFAULTS, SET)
    assert "the API cannot clear a default" in run(DEFAULT, {"group": "Web", "cpu": 4, "template": ""}).msg
    assert "one of the following is required" in run(DEFAULT, {"group": "Web"}).msg


def test_defaults_of_all_groups_of_a_name(api: Scripted, run: Runner) -> None:
    other = hex_id(0x15)
    expects_tree(api, root(group("Web", WEB), group("Shop", hex_id(0x11), group("Web", other))))
    api.expects("GET", f"/v2/groups/altd/{other}/defaults", {})
    api.expects("GET", DEFAULTS, SET)
    results = run(f"{DEFAULT}_info", {"group": "Web"})["server_group_defaults"]
    assert [(result["group_path"], result["cpu"]["value"]) for result in results] == [("Shop/Web", None), ("Web", 2)]
    assert list(results[0]) == list(results[1])
    expects_tree(api, root())
    assert run(f"{DEFAULT}_info", {"group": "Web"})["server_group_defaults"] == []
