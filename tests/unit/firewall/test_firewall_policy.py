# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules for firewall policies within a data center and between data centers, run against scripted HTTP."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    ALIAS,
    DATA_CENTER,
    Entity,
    data_center,
    documented,
    hex_id,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import DATA_CENTER_PATH
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

MODULE, ACROSS = "firewall_policy", "cross_data_center_firewall_policy"
LIST = f"/v2-experimental/firewallPolicies/{ALIAS}/{DATA_CENTER}"
DOC = "GET-api-ctl-io-v2-experimental"
DOCUMENTED: Entity = documented(f"{DOC}-firewallPolicies-sourceAccountAlias-dataCenter-firewallPolicy")
LINKS: Entity = documented("POST-api-ctl-io-v2-experimental-firewallPolicies-sourceAccountAlias-dataCenter")
A, B = hex_id(0xA), hex_id(0xB)
ENDS: dict[str, t.Any] = {"source": ["10.1.0.0/16", "10.9.9.9"], "destination": ["10.2.0.0/24"]}
OPTIONS: dict[str, t.Any] = {**ENDS, "ports": ["TCP/80", "icmp"]}
SENT = {
    "destinationAccount": ALIAS,
    "source": ["10.1.0.0/16", "10.9.9.9/32"],
    "destination": ["10.2.0.0/24"],
    "ports": ["tcp/80", "icmp"],
}


def policy(key: str = A, **members: t.Any) -> Entity:
    """Return a variant of the documented policy, with the endpoints above in another order."""
    ends = {"source": ["10.9.9.9/32", "10.1.0.0/16"], "destination": ["10.2.0.0/24"], "destinationAccount": "altd"}
    return {**DOCUMENTED, "id": key, **ends, "ports": ["icmp", "tcp/80"], **members}


def test_a_policy_is_created_and_waited_for(api: Scripted, run: Runner, clock: Clock) -> None:
    api.expects("GET", LIST, [])
    predicted = run(MODULE, OPTIONS, check=True)
    api.expects("GET", LIST, [])
    api.expects("POST", LIST, LINKS, 201, body=SENT)
    api.expects("GET", LIST, [policy(status="pending")], times=2)
    api.expects("GET", LIST, [policy()])
    real = run(MODULE, OPTIONS)
    assert (predicted.changed, real.changed) == (True, True)
    assert list(predicted[MODULE]) == list(real[MODULE])
    assert (predicted[MODULE]["id"], predicted[MODULE]["status"], predicted[MODULE]["enabled"]) == (
        PLACEHOLDER,
        None,
        True,
    )
    assert real[MODULE] == {
        "id": A,
        "status": "active",
        "enabled": True,
        "source_account": "ALTD",
        "data_center": "VA1",
        "source": ["10.9.9.9/32", "10.1.0.0/16"],
        "destination": ["10.2.0.0/24"],
        "destination_account": "ALTD",
        "ports": ["icmp", "tcp/80"],
    }
    assert clock.pauses == [1.0, 1.25]


@pytest.mark.parametrize(
    "options",
    [
        OPTIONS,
        ENDS,
        {**ENDS, "source": ["10.9.9.9/32", "10.1.0.0/16", "10.9.9.9"], "destination_account": "AlTd"},
        {**OPTIONS, "ports": ["ICMP", "tcp/80-80", "Tcp/080"], "enabled": True},
        {"id": A.upper()},
        {"id": A, **OPTIONS},
    ],
)
def test_equal_endpoints_in_another_notation(api: Scripted, run: Runner, options: dict[str, t.Any]) -> None:
    if "id" in options:
        api.expects("GET", f"{LIST}/{A}", policy())
    else:
        elsewhere = [policy(B, destination=["10.3.0.0/24"]), policy(hex_id(0xC), destinationAccount="othr")]
        api.expects("GET", LIST, [*elsewhere, policy()])
    outcome = run(MODULE, options)
    assert (outcome.changed, outcome[MODULE]["id"]) == (False, A)


def test_an_update_sends_all_properties_and_is_waited_for(api: Scripted, run: Runner) -> None:
    changed: dict[str, t.Any] = {"enabled": False, "ports": ["any"]}
    api.expects("GET", LIST, [policy()])
    predicted = run(MODULE, {**ENDS, **changed}, check=True, diff=True)
    api.expects("GET", LIST, [policy()])
    body = {"source": policy()["source"], "destination": policy()["destination"], **changed}
    api.expects("PUT", f"{LIST}/{A}", NO_BODY, 204, body=body)
    api.expects("GET", LIST, [policy(status="pending", **changed)])
    api.expects("GET", LIST, [policy(**changed)])
    real = run(MODULE, {**ENDS, **changed})
    assert real.changed
    assert predicted[MODULE] == real[MODULE]
    assert "status" not in predicted["diff"]["before"][MODULE]


def test_endpoints_are_updated_by_id(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"{LIST}/{A}", policy())
    body = {"enabled": True, "source": ["10.7.0.1/32"], "destination": ["10.2.0.0/24"], "ports": ["icmp", "tcp/80"]}
    api.expects("PUT", f"{LIST}/{A}", NO_BODY, 204, body=body)
    api.expects("GET", f"{LIST}/{A}", policy(source=["10.7.0.1/32"]))
    assert run(MODULE, {"id": A, "source": ["10.7.0.1"]})[MODULE]["source"] == ["10.7.0.1/32"]


def test_enabled_is_updated_if_the_create_ignored_it(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    api.expects("POST", LIST, LINKS, 201, body={**SENT, "enabled": False})
    api.expects("GET", LIST, [policy()])
    body = {name: policy()[name] for name in ("source", "destination", "ports")}
    api.expects("PUT", f"{LIST}/{A}", NO_BODY, 204, body={**body, "enabled": False})
    api.expects("GET", LIST, [policy(enabled=False)])
    outcome = run(MODULE, {**OPTIONS, "enabled": False})
    assert (outcome.changed, outcome[MODULE]["enabled"]) == (True, False)


def test_a_policy_with_status_error_is_an_error(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    api.expects("POST", LIST, LINKS, 201, body=SENT)
    api.expects("GET", LIST, [policy(status="pending")])
    api.expects("GET", LIST, [policy(status="error")], times=2)
    made = run(MODULE, OPTIONS)
    named = "firewall policy from 10.1.0.0/16, 10.9.9.9/32 to 10.2.0.0/24 of ALTD"
    assert made.msg.startswith(f"Cannot activate {named}: its activation failed (policy {A}, status error)")
    assert (made.changed, made[MODULE]["status"]) == (True, "error")
    api.expects("GET", LIST, [policy(status="error")])
    again = run(MODULE, OPTIONS)
    assert again.msg == made.msg
    assert not again.changed


def test_a_policy_with_status_error_can_be_updated_and_deleted(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [policy(status="error")])
    body = {"enabled": True, "source": policy()["source"], "destination": policy()["destination"], "ports": ["any"]}
    api.expects("PUT", f"{LIST}/{A}", NO_BODY, 204, body=body)
    api.expects("GET", LIST, [policy(ports=["any"])])
    assert run(MODULE, {**ENDS, "ports": ["any"]}).changed
    api.expects("GET", LIST, [policy(status="error")])
    api.expects("DELETE", f"{LIST}/{A}", NO_BODY, 204)
    api.expects("GET", LIST, [])
    assert run(MODULE, {**ENDS, "state": "absent"}).changed


def test_a_pending_policy_is_updated_once_it_is_stable(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [policy(status="pending")])
    api.expects("GET", LIST, [policy()])
    assert not run(MODULE, OPTIONS).changed
    api.expects("GET", LIST, [policy(status="pending")])
    api.expects("DELETE", f"{LIST}/{A}", NO_BODY, 204)
    api.expects("GET", LIST, [])
    assert run(MODULE, {**ENDS, "state": "absent"}).changed


def test_without_wait_the_status_is_returned(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    api.expects("POST", LIST, LINKS, 201, body=SENT)
    api.expects("GET", LIST, [policy(status="pending")])
    outcome = run(MODULE, {**OPTIONS, "wait": False})
    assert (outcome.changed, outcome[MODULE]["status"], outcome["jobs"], outcome["pending"]) == (
        True,
        "pending",
        [],
        [],
    )


def test_a_policy_that_stays_pending_times_out(api: Scripted, run: Runner, clock: Clock) -> None:
    api.expects("GET", LIST, [policy(status="pending")], times=5)
    outcome = run(MODULE, {**OPTIONS, "wait_timeout": 5})
    assert "was not stable within the time of the task" in outcome.msg
    assert clock.passed == 5


@pytest.mark.parametrize("came", [True, False])
def test_a_lost_create_is_verified_and_not_repeated(api: Scripted, run: Runner, came: bool) -> None:
    api.expects("GET", LIST, [])
    api.expects("POST", LIST, raises=requests.ReadTimeout(), body=SENT)
    if came:
        api.expects("GET", LIST, [policy()], times=2)
        assert run(MODULE, OPTIONS)[MODULE]["id"] == A
    else:
        api.expects("GET", LIST, [], times=15)
        assert "it creates the policy if it is not there" in run(MODULE, OPTIONS).msg


# Copies


def test_duplicates_count_as_one(api: Scripted, run: Runner) -> None:
    """An active policy is returned, an update changes all, and absent deletes all."""
    copies = [policy(A, status="error"), policy(B, ports=["tcp/80", "icmp"])]
    api.expects("GET", LIST, copies)
    outcome = run(MODULE, OPTIONS)
    assert (outcome.changed, outcome[MODULE]["id"]) == (False, B)
    api.expects("GET", LIST, copies)
    with api.in_any_order():
        for copy in copies:
            body = {name: copy[name] for name in ("source", "destination", "ports")}
            api.expects("PUT", f"{LIST}/{copy['id']}", NO_BODY, 204, body={**body, "enabled": False})
    api.expects("GET", LIST, [{**copy, "enabled": False, "status": "active"} for copy in copies])
    assert run(MODULE, {**OPTIONS, "enabled": False})[MODULE]["id"] == A
    api.expects("GET", LIST, copies)
    with api.in_any_order():
        for copy in copies:
            api.expects("DELETE", f"{LIST}/{copy['id']}", NO_BODY, 204)
    api.expects("GET", LIST, [])
    outcome = run(MODULE, {**ENDS, "state": "absent"})
    assert (outcome.changed, outcome[MODULE]) == (True, None)


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        ({"ports": ["tcp/80", "icmp"]}, A),
        ({"ports": ["tcp/443"]}, B),
        ({}, None),
        ({"enabled": True}, None),
        ({"ports": ["any"]}, None),
        ({"ports": ["tcp/443"], "state": "absent"}, None),
    ],
)
def test_of_different_policies_the_one_with_equal_ports_is_selected(
    api: Scripted, run: Runner, options: dict[str, t.Any], chosen: str | None
) -> None:
    """The property enabled does not select: the other policy would continue to allow traffic."""
    api.expects("GET", LIST, [policy(A), policy(B, ports=["tcp/443"], enabled="enabled" not in options)])
    outcome = run(MODULE, {**ENDS, **options})
    if chosen:
        assert (outcome.changed, outcome[MODULE]["id"]) == (False, chosen)
    else:
        assert f"there are 2 different ones: {A}, {B}" in outcome.msg
        assert outcome.msg.endswith("Specify the id.")


@pytest.mark.parametrize("status", ["active", "pending"])
def test_the_error_lists_different_policies_in_a_fixed_order(api: Scripted, run: Runner, status: str) -> None:
    """The message does not change once a policy becomes stable."""
    api.expects("GET", LIST, [policy(B, ports=["tcp/443"]), policy(A, status=status)])
    assert f"there are 2 different ones: {A}, {B}" in run(MODULE, ENDS).msg


def test_of_different_policies_the_one_with_equal_ports_is_updated(api: Scripted, run: Runner) -> None:
    different = [policy(A), policy(B, ports=["tcp/443"])]
    api.expects("GET", LIST, different)
    body = {"source": policy()["source"], "destination": policy()["destination"], "ports": ["tcp/443"]}
    api.expects("PUT", f"{LIST}/{B}", NO_BODY, 204, body={**body, "enabled": False})
    api.expects("GET", LIST, [different[0], {**different[1], "enabled": False}])
    assert run(MODULE, {**ENDS, "ports": ["tcp/443"], "enabled": False})[MODULE]["id"] == B


# Errors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"ports": ["tcp"]}, "Invalid value for ports[0]: 'tcp' is not a port specification."),
        ({"ports": []}, "Invalid value for ports: the list is empty"),
        ({"source": []}, "Invalid value for source: the list is empty"),
        (
            {"destination": ["web"]},
            "Invalid value for destination[0]: 'web' is not an IPv4 address or network in CIDR notation.",
        ),
        ({"ports": None}, "ports is missing. It does not exist yet; specify ports to create it."),
    ],
)
def test_invalid_options_are_rejected(api: Scripted, run: Runner, options: dict[str, t.Any], message: str) -> None:
    if options == {"ports": None}:
        api.expects("GET", LIST, [])
    outcome = run(MODULE, {**OPTIONS, **options})
    assert message in outcome.msg


def test_immutable_properties_and_unknown_ids_are_errors(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"{LIST}/{A}", policy())
    message = "Cannot change destination_account: it is 'altd' and cannot be changed to 'OTHR'."
    assert message in run(MODULE, {"id": A, "destination_account": "othr"}).msg
    api.expects("GET", f"{LIST}/{A}", NO_BODY, 404)
    api.expects("GET", DATA_CENTER_PATH, data_center())
    assert f"Cannot find firewall policy {A}: nothing has the id {A}" in run(MODULE, {"id": A}).msg
    api.expects("GET", f"{LIST}/{A}", NO_BODY, 404)
    api.expects("GET", DATA_CENTER_PATH, data_center())
    assert not run(MODULE, {"id": A, "state": "absent"}).changed
    assert "required" in run(MODULE, {"source": ["10.0.0.1"]}).msg


@pytest.mark.parametrize(
    ("module", "options", "path"),
    [
        (MODULE, {**ENDS, "state": "absent"}, "firewallPolicies/ALTD/XX9"),
        (MODULE, {"id": A, "state": "absent"}, f"firewallPolicies/ALTD/XX9/{A}"),
        (f"{MODULE}_info", {}, "firewallPolicies/ALTD/XX9"),
        (f"{ACROSS}_info", {}, "crossDcFirewallPolicies/ALTD/XX9"),
        ("network", {"name": "web", "state": "absent"}, "networks/ALTD/XX9"),
        ("network_info", {}, "networks/ALTD/XX9"),
        ("log_forwarding", {"state": "absent"}, "networks/ALTD/XX9/logging"),
        ("log_forwarding_info", {}, "networks/ALTD/XX9/logging"),
    ],
)
def test_an_unknown_data_center_is_reported(
    api: Scripted, run: Runner, module: str, options: dict[str, t.Any], path: str
) -> None:
    """The service returns 404 for all paths below it, which must not be read as a deleted policy."""
    api.expects("GET", f"/v2-experimental/{path}", NO_BODY, 404)
    api.expects("GET", f"/v2/datacenters/{ALIAS}/XX9?groupLinks=true", NO_BODY, 404)
    api.expects("GET", f"/v2/datacenters/{ALIAS}?groupLinks=true", [data_center()])
    outcome = run(module, {**options, "data_center": "xx9"})
    assert outcome.failed
    assert "account ALTD has no data center 'XX9'. Available data centers: VA1." in outcome.msg


def test_policies_are_returned(api: Scripted, run: Runner) -> None:
    policies = documented(
        "mended/GET-api-ctl-io-v2-experimental-firewallPolicies-sourceAccountAlias-dataCenter-destinationAccount-destinationAccountAlias"
    )
    api.expects("GET", LIST, [*policies, policy()])
    assert len(run(f"{MODULE}_info", {})["firewall_policies"]) == len(policies) + 1
    api.expects("GET", LIST, [*policies, policy()])
    assert [policy["id"] for policy in run(f"{MODULE}_info", {"destination_account": "altd"})["firewall_policies"]] == [
        A
    ]
    api.expects("GET", f"{LIST}/{A}", policy())
    assert run(f"{MODULE}_info", {"id": A})["firewall_policies"][0]["ports"] == ["icmp", "tcp/80"]
    api.expects("GET", f"{LIST}/{A}", NO_BODY, 404)
    assert run(f"{MODULE}_info", {"id": A})["firewall_policies"] == []
    assert run(f"{MODULE}_info", {"id": "web"})["firewall_policies"] == []


def test_samples_of_the_documentation_can_be_compared(api: Scripted, run: Runner) -> None:
    """Some samples contain invalid addresses."""
    api.expects("GET", LIST, [DOCUMENTED])
    assert run(MODULE, OPTIONS, check=True).changed


# Between data centers

CROSS = f"/v2-experimental/crossDcFirewallPolicies/{ALIAS}/{DATA_CENTER}"
CREATE = "POST-api-ctl-io-v2-experimental-crossDcFirewallPolicies-sourceAccountAlias-dataCenter"
MADE: Entity = documented(CREATE)
REQUEST: Entity = documented(f"{CREATE}.request")
KEY = MADE["id"]
BETWEEN: dict[str, t.Any] = {
    "source_cidr": "10.2.2.0/24",
    "destination_account": "dest",
    "destination_data_center": "uc1",
    "destination_cidr": "10.1.1.0/24",
}
ACTIVE = {**MADE, "status": "active"}


def test_a_policy_between_data_centers_is_created(api: Scripted, run: Runner) -> None:
    others = documented(
        f"{DOC}-crossDcFirewallPolicies-sourceAccountId-dataCenter-destinationAccountId-destinationAccountId"
    )[1:]
    api.expects("GET", CROSS, others)
    api.expects("GET", "/v2/accounts/dest", {"accountAlias": "DEST"})
    predicted = run(ACROSS, BETWEEN, check=True)
    api.expects("GET", CROSS, others)
    api.expects("POST", CROSS, MADE, 201, body={**REQUEST, "destinationAccountId": "DEST"})
    api.expects("GET", CROSS, [*others, MADE])
    api.expects("GET", CROSS, [*others, ACTIVE])
    real = run(ACROSS, BETWEEN)
    assert {**predicted[ACROSS], "id": KEY, "status": "active"} == real[ACROSS]
    assert real[ACROSS] == {
        "id": KEY,
        "status": "active",
        "enabled": True,
        "source_account": "ALTD",
        "data_center": "VA1",
        "source_cidr": "10.2.2.0/24",
        "destination_account": "DEST",
        "destination_data_center": "UC1",
        "destination_cidr": "10.1.1.0/24",
    }


@pytest.mark.parametrize("enabled", [None, False, True])
def test_a_policy_between_data_centers_is_created_with_enabled(
    api: Scripted, run: Runner, enabled: bool | None
) -> None:
    api.expects("GET", CROSS, [])
    body = {**REQUEST, "destinationAccountId": "DEST", "enabled": enabled is not False}
    api.expects("POST", CROSS, MADE, 201, body=body)
    api.expects("GET", CROSS, [{**ACTIVE, "enabled": body["enabled"]}])
    assert run(ACROSS, {**BETWEEN, "enabled": enabled})[ACROSS]["enabled"] is body["enabled"]


@pytest.mark.parametrize("enabled", [True, False])
def test_enabled_is_updated_with_the_query(api: Scripted, run: Runner, enabled: bool) -> None:
    before = {**ACTIVE, "enabled": not enabled}
    api.expects("GET", CROSS, [before])
    api.expects("PUT", f"{CROSS}/{KEY}?enabled={str(enabled).lower()}", NO_BODY, 204)
    api.expects("GET", CROSS, [{**MADE, "enabled": enabled}])
    api.expects("GET", CROSS, [{**ACTIVE, "enabled": enabled}])
    outcome = run(ACROSS, {**BETWEEN, "enabled": enabled})
    assert (outcome.changed, outcome[ACROSS]["enabled"]) == (True, enabled)


@pytest.mark.parametrize(
    "options", [BETWEEN, {**BETWEEN, "source_cidr": "10.2.2.7/24", "destination_data_center": "UC1"}, {"id": KEY}]
)
def test_a_disabled_policy_stays_disabled_if_enabled_is_omitted(
    api: Scripted, run: Runner, options: dict[str, t.Any]
) -> None:
    off = {**ACTIVE, "enabled": False}
    api.expects("GET", f"{CROSS}/{KEY}" if "id" in options else CROSS, off if "id" in options else [off])
    outcome = run(ACROSS, options)
    assert (outcome.changed, outcome[ACROSS]["enabled"]) == (False, False)


def test_another_endpoint_is_another_policy(api: Scripted, run: Runner) -> None:
    api.expects("GET", CROSS, [ACTIVE])
    api.expects("GET", "/v2/accounts/dest", {"accountAlias": "DEST"})
    assert run(ACROSS, {**BETWEEN, "destination_cidr": "10.1.1.0/25"}, check=True).changed
    api.expects("GET", f"{CROSS}/{KEY}", ACTIVE)
    message = "it is '10.1.1.0/24' and cannot be changed to '10.1.1.0/25'"
    assert message in run(ACROSS, {"id": KEY, "destination_cidr": "10.1.1.0/25"}).msg


def test_duplicates_between_data_centers(api: Scripted, run: Runner) -> None:
    """A disabled policy is never selected while another allows traffic."""
    for options in ({"state": "absent"}, {"enabled": False}, {}):
        api.expects("GET", CROSS, [ACTIVE, {**ACTIVE, "id": A, "enabled": False}])
        assert "there are 2 different ones" in run(ACROSS, {**BETWEEN, **options}).msg
    api.expects("GET", CROSS, [ACTIVE, {**ACTIVE, "id": A}])
    with api.in_any_order():
        for key in (KEY, A):
            api.expects("DELETE", f"{CROSS}/{key}", NO_BODY, 204)
    api.expects("GET", CROSS, [])
    assert run(ACROSS, {**BETWEEN, "state": "absent"}).changed


def test_policies_between_data_centers_are_returned(api: Scripted, run: Runner) -> None:
    policies = documented(
        f"{DOC}-crossDcFirewallPolicies-sourceAccountId-dataCenter-destinationAccountId-destinationAccountId"
    )
    key = "cross_data_center_firewall_policies"
    api.expects("GET", CROSS, policies)
    assert len(run(f"{ACROSS}_info", {})[key]) == len(policies)
    api.expects("GET", CROSS, policies)
    results = run(f"{ACROSS}_info", {"destination_account": "Dest"})[key]
    expected = [policy["id"] for policy in policies if policy["destinationAccount"] == "dest"]
    assert [result["id"] for result in results] == expected
    policy = documented(f"{DOC}-crossDcFirewallPolicies-sourceAccountAlias-dataCenter-policyId")
    api.expects("GET", f"{CROSS}/{policy['id']}", policy)
    assert run(f"{ACROSS}_info", {"id": policy["id"]})[key][0]["destination_data_center"] == "UC1"
