# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall policies within a data center and between data centers, and log forwarding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from clc_simulator.core.eras import set_era
from simclient import COMPOSED, JOB, Client, load, shape

INSIDE = "/v2-experimental/firewallPolicies/DEMO/WA1"


CROSS = "/v2-experimental/crossDcFirewallPolicies/DEMO/WA1"


LOGGING = "/v2-experimental/networks/DEMO/WA1/logging"


POLICY: dict[str, Any] = {
    "destinationAccount": "DEM2",
    "source": ["10.80.12.0/24", "10.80.44.7/32", "10.80.44.7/32"],
    "destination": ["10.90.1.0/24"],
    "ports": ["icmp", "tcp/80", "udp/500-600"],
}


ACROSS: dict[str, Any] = {
    "destinationAccountId": "demo",
    "destinationLocationId": "va1",
    "destinationCidr": "10.90.12.0/24",
    "enabled": "true",
    "sourceCidr": "10.80.12.0/24",
}


DOCUMENTED = "documented/GET-api-ctl-io-v2-experimental"


def create_policy(client: Client, **members: Any) -> str:
    """Create a policy within the data center and return the path of its link."""
    response = client.post(INSIDE, {**POLICY, **members})
    assert response.status == 201, response.body
    return response.link("self")


@pytest.mark.parametrize(("era", "host"), [(2015, "http://api.ctl.io"), (2016, "")])
def test_a_policy_is_pending_first(composed: Client, era: int, host: str) -> None:
    set_era(composed.simulator.world, era)
    response = composed.post(INSIDE, POLICY)
    assert (response.status, list(response.json())) == (201, ["links"])
    href = response.link("self")
    assert href.startswith(f"{host}/v2-experimental/firewallPolicies/demo/wa1/")
    assert response.headers["location"] == href
    path = href.removeprefix(host)
    result = composed.get(path).json()
    assert shape(result) == shape(
        load(f"{DOCUMENTED}-firewallPolicies-sourceAccountAlias-dataCenter-firewallPolicy.json")
    )
    assert {name: result[name] for name in ("source", "destination", "ports")} == {
        name: POLICY[name] for name in ("source", "destination", "ports")
    }
    assert (result["destinationAccount"], result["enabled"], result["status"]) == ("dem2", True, "pending")
    assert composed.get(INSIDE).json() == [result]
    composed.advance(JOB - 1)
    assert composed.get(path).json()["status"] == "pending"
    composed.advance(1)
    assert composed.get(path).json() == {**result, "status": "active"}


def test_optional_and_additional_properties_of_recorded_requests(composed: Client) -> None:
    response = composed.post(INSIDE, {"source": ["10.0.0.0/8"], "destination": ["10.0.0.0/8"], "enabled": False})
    result = composed.get(response.link("self").removeprefix("http://api.ctl.io")).json()
    assert (result["destinationAccount"], result["ports"], result["enabled"]) == ("demo", ["any"], True)


def test_accepts_a_form_body(composed: Client) -> None:
    response = composed.form(
        INSIDE, {"destinationAccount": "DEMO", "source": "10.0.0.0/8", "destination": ["10.1.0.0/16"]}
    )
    assert response.status == 201


def test_the_same_twice_makes_two_and_the_list_can_be_narrowed(composed: Client) -> None:
    paths = {create_policy(composed), create_policy(composed)}
    assert len(paths) == 2
    create_policy(composed, destinationAccount="DEMO")
    for name in ("destinationAccount", "destinationAccountAlias"):
        assert len(composed.get(f"{INSIDE}?{name}=dem2").json()) == 2
    assert len(composed.get(INSIDE).json()) == 3
    assert composed.get(INSIDE.replace("WA1", "va1")).json() == []
    assert composed.get(INSIDE.replace("DEMO", "DEM2")).json() == []


def test_a_change_makes_it_pending_again_and_keeps_what_it_leaves_out(composed: Client) -> None:
    path = create_policy(composed)
    composed.advance(JOB - 1)
    body = {"enabled": False, "ports": ["any"], "source": None}
    response = composed.put(path, body)
    assert (response.status, response.body) == (204, b"")
    composed.advance(2)
    result = composed.get(path).json()
    assert (result["status"], result["enabled"], result["ports"]) == ("pending", False, ["any"])
    assert result["source"] == POLICY["source"]
    composed.advance(JOB)
    assert composed.get(path).json()["status"] == "active"
    assert composed.put(path, {"ports": ["icmp"]}).status == 204
    assert composed.get(path).json()["enabled"] is False


def test_it_can_go_to_error_or_stay_pending(composed: Client) -> None:
    composed.faults({"operation": "createFirewallPolicy", "job": "fail", "count": 1})
    path = create_policy(composed)
    composed.faults({"operation": "createFirewallPolicy", "job": "hang", "count": 1})
    stuck = create_policy(composed)
    composed.finish()
    assert (composed.get(path).json()["status"], composed.get(stuck).json()["status"]) == ("error", "pending")
    assert composed.put(path, {"enabled": True}).status == 204
    composed.finish()
    assert composed.get(path).json()["status"] == "active"


def test_one_is_deleted_at_once(composed: Client) -> None:
    path = create_policy(composed)
    assert (composed.delete(path).status, composed.get(INSIDE).json()) == (204, [])
    for response in (composed.get(path), composed.delete(path), composed.put(path, {"enabled": True})):
        assert (response.status, response.json()) == (404, {"message": "The requested resource does not exist."})
    composed.finish()
    assert composed.get(path).status == 404


@pytest.mark.parametrize(
    ("members", "member"),
    [
        ({"source": []}, "source"),
        ({"source": None}, "source"),
        ({"source": ["10.0.0.1"]}, "source"),
        ({"destination": ["10.0.0.300/32"]}, "destination"),
        ({"ports": ["tcp/90-80"]}, "ports"),
        ({"ports": ["udp/65536"]}, "ports"),
        ({"ports": ["TCP"]}, "ports[0]"),
        ({"ports": ["Every"]}, "ports[0]"),
        ({"destinationAccount": "NONE"}, "destinationAccount"),
    ],
)
def test_rejects_invalid_policies(composed: Client, members: dict[str, Any], member: str) -> None:
    assert list(composed.post(INSIDE, {**POLICY, **members}).state()) == [f"body.{member}"]
    assert composed.get(INSIDE).json() == []


def test_ports_are_case_insensitive(composed: Client) -> None:
    """The documented tasks of the removed Ansible modules send TCP/443 and Any."""
    path = create_policy(composed, ports=["TCP/443", "Udp/53-54", "ICMP", "Any"])
    assert composed.get(path).json()["ports"] == ["tcp/443", "udp/53-54", "icmp", "any"]
    assert composed.put(path, {"ports": ["Any"]}).status == 204
    composed.finish()
    assert composed.get(path).json()["ports"] == ["any"]


@pytest.mark.parametrize("kind", ["firewallPolicies", "crossDcFirewallPolicies"])
def test_an_unknown_data_center_is_a_path_that_does_not_exist(composed: Client, kind: str) -> None:
    response = composed.get(f"/v2-experimental/{kind}/DEMO/{'a' * 32}")
    assert (response.status, response.json()) == (404, {"message": "The requested resource does not exist."})


def test_a_change_that_is_refused_changes_nothing(composed: Client) -> None:
    path = create_policy(composed)
    before = composed.get(path).json()
    assert list(composed.put(path, {"ports": ["any"], "source": []}).state()) == ["body.source"]
    assert composed.get(path).json() == before
    assert composed.get(f"{INSIDE.replace('WA1', 'ZZ9')}").status == 404


def test_a_policy_to_another_data_center(composed: Client) -> None:
    response = composed.post(CROSS, ACROSS)
    result = response.json()
    assert response.status == 201
    assert shape(result) == shape(
        load("documented/POST-api-ctl-io-v2-experimental-crossDcFirewallPolicies-sourceAccountAlias-dataCenter.json")
    )
    properties = {name: value for name, value in result.items() if name not in ("id", "links")}
    assert properties == {
        "status": "pending", "enabled": True, "sourceCidr": "10.80.12.0/24", "sourceAccount": "demo",
        "sourceLocation": "wa1", "destinationCidr": "10.90.12.0/24", "destinationAccount": "demo",
        "destinationLocation": "va1",
    }  # fmt: skip
    path = response.link("self")
    assert path == f"/v2-experimental/crossDcFirewallPolicies/demo/wa1/{result['id']}"
    composed.advance(JOB)
    assert composed.get(path).json() == {**result, "status": "active"}
    assert composed.get(f"{CROSS}?destinationAccountId=DEMO").json() == [{**result, "status": "active"}]
    assert composed.get(f"{CROSS}?destinationAccountId=DEM2").json() == []


def test_is_enabled_and_disabled_by_the_query(composed: Client) -> None:
    path = composed.post(CROSS, ACROSS).link("self")
    composed.finish()
    assert composed.request("PUT", f"{path}?enabled=False").status == 204
    result = composed.get(path).json()
    assert (result["enabled"], result["status"]) == (False, "pending")
    composed.finish()
    assert composed.get(path).json()["status"] == "active"
    assert composed.request("PUT", path).status == 400
    assert composed.delete(path).status == 204
    assert (composed.get(path).status, composed.delete(path).status) == (404, 404)


def test_it_can_go_to_error(composed: Client) -> None:
    composed.faults({"operation": "updateCrossDcFirewallPolicy", "job": "fail"})
    path = composed.post(CROSS, {**ACROSS, "enabled": False}).link("self")
    composed.finish()
    assert composed.get(path).json()["status"] == "active"
    composed.request("PUT", f"{path}?enabled=true")
    composed.finish()
    assert composed.get(path).json()["status"] == "error"


@pytest.mark.parametrize(
    ("members", "member"),
    [
        ({"sourceCidr": "10.0.0.1"}, "sourceCidr"),
        ({"destinationCidr": "all"}, "destinationCidr"),
        ({"destinationLocationId": "WA1"}, "destinationLocationId"),
        ({"destinationLocationId": "ZZ9"}, "destinationLocationId"),
        ({"destinationAccountId": "NONE"}, "destinationAccountId"),
        ({"enabled": None}, "enabled"),
    ],
)
def test_rejects_invalid_policies_between_data_centers(composed: Client, members: dict[str, Any], member: str) -> None:
    assert list(composed.post(CROSS, {**ACROSS, **members}).state()) == [f"body.{member}"]


def test_logs_are_forwarded_when_the_operation_ends(composed: Client) -> None:
    assert composed.get(LOGGING).json() == {}
    requested = {"remoteAddress": "192.0.2.10", "protocol": "tcp"}
    response = composed.put(LOGGING, requested)
    assert (response.status, response.json()["status"]) == (202, "pending")
    operation = f"/v2-experimental/operations/DEMO/status/{response.json()['operationID']}"
    assert composed.get(operation).json() == {"status": "queued"}
    composed.advance(JOB - 1)
    assert composed.get(LOGGING).json() == {}
    composed.advance(1)
    assert (composed.get(operation).json(), composed.get(LOGGING).json()) == ({"status": "succeeded"}, requested)
    assert composed.get(LOGGING.replace("WA1", "VA1")).json() == {}
    assert composed.put(LOGGING, {"protocol": "UDP"}).status == 202
    composed.finish()
    assert composed.get(LOGGING).json() == {}


def test_forwarding_that_is_refused_or_fails(composed: Client) -> None:
    assert list(composed.put(LOGGING, {"remoteAddress": "192.0.2.10"}).state()) == ["body.protocol"]
    assert list(composed.put(LOGGING, {"remoteAddress": " ", "protocol": "tcp"}).state()) == ["body.remoteAddress"]
    composed.faults({"operation": "updateLogForwarding", "job": "fail"})
    response = composed.put(LOGGING, {"remoteAddress": "192.0.2.10", "protocol": "tcp"})
    composed.finish()
    operation = f"/v2-experimental/operations/DEMO/status/{response.json()['operationID']}"
    assert (composed.get(operation).json(), composed.get(LOGGING).json()) == ({"status": "failed"}, {})


def test_loads_policies_and_log_forwarding_of_a_seed(make: Callable[..., Client], tmp_path: Path) -> None:
    seed = yaml.safe_load(Path(COMPOSED).read_text(encoding="utf-8"))
    place = next(entry for entry in seed["places"] if (entry["account"], entry["data_center"]) == ("DEMO", "WA1"))
    ends = {"source": ["10.80.12.0/24"], "destination": ["10.80.44.0/24"]}
    place["firewall_policies"] = [
        {**ends, "id": "a" * 32, "ports": ["tcp/80"], "destination_account": "dem2"},
        {**ends, "id": "b" * 32, "status": "error", "enabled": False},
    ]
    across = {"source_cidr": "10.80.12.0/24", "destination_location": "va1", "destination_cidr": "10.81.0.0/24"}
    place["cross_data_center_firewall_policies"] = [{**across, "status": "pending"}]
    place["log_forwarding"] = {"remote_address": "192.0.2.10", "protocol": "udp"}
    path = tmp_path / "seed.yml"
    path.write_text(yaml.safe_dump(seed), encoding="utf-8")
    client = make(str(path)).login()
    first, second = client.get(INSIDE).json()
    assert (first["id"], first["destinationAccount"], first["ports"], first["status"]) == (
        "a" * 32, "dem2", ["tcp/80"], "active",
    )  # fmt: skip
    assert (second["ports"], second["status"], second["enabled"]) == (["any"], "error", False)
    client.finish()
    assert [(item["destinationLocation"], item["status"]) for item in client.get(CROSS).json()] == [("va1", "pending")]
    assert client.get(LOGGING).json() == {"remoteAddress": "192.0.2.10", "protocol": "udp"}
