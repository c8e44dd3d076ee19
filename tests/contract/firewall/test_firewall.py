# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall policies inside a data center and between data centers, and log forwarding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

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


def made(client: Client, **members: Any) -> str:
    """Make a policy inside the data center and return the path of its answer's link."""
    answer = client.post(INSIDE, {**POLICY, **members})
    assert answer.status == 201, answer.body
    return answer.link("self").removeprefix("http://api.ctl.io")


def test_a_policy_is_pending_first(composed: Client) -> None:
    answer = composed.post(INSIDE, POLICY)
    assert (answer.status, list(answer.json())) == (201, ["links"])
    href = answer.link("self")
    assert href.startswith("http://api.ctl.io/v2-experimental/firewallPolicies/demo/wa1/")
    assert answer.headers["location"] == href
    path = href.removeprefix("http://api.ctl.io")
    shown = composed.get(path).json()
    assert shape(shown) == shape(
        load(f"{DOCUMENTED}-firewallPolicies-sourceAccountAlias-dataCenter-firewallPolicy.json")
    )
    assert {name: shown[name] for name in ("source", "destination", "ports")} == {
        name: POLICY[name] for name in ("source", "destination", "ports")
    }
    assert (shown["destinationAccount"], shown["enabled"], shown["status"]) == ("dem2", True, "pending")
    assert composed.get(INSIDE).json() == [shown]
    composed.advance(JOB - 1)
    assert composed.get(path).json()["status"] == "pending"
    composed.advance(1)
    assert composed.get(path).json() == {**shown, "status": "active"}


def test_what_the_recordings_left_out_or_sent_besides(composed: Client) -> None:
    answer = composed.post(INSIDE, {"source": ["10.0.0.0/8"], "destination": ["10.0.0.0/8"], "enabled": False})
    shown = composed.get(answer.link("self").removeprefix("http://api.ctl.io")).json()
    assert (shown["destinationAccount"], shown["ports"], shown["enabled"]) == ("demo", ["any"], True)


def test_a_form_is_taken_too(composed: Client) -> None:
    answer = composed.form(
        INSIDE, {"destinationAccount": "DEMO", "source": "10.0.0.0/8", "destination": ["10.1.0.0/16"]}
    )
    assert answer.status == 201


def test_the_same_twice_makes_two_and_the_list_can_be_narrowed(composed: Client) -> None:
    paths = {made(composed), made(composed)}
    assert len(paths) == 2
    made(composed, destinationAccount="DEMO")
    for name in ("destinationAccount", "destinationAccountAlias"):
        assert len(composed.get(f"{INSIDE}?{name}=dem2").json()) == 2
    assert len(composed.get(INSIDE).json()) == 3
    assert composed.get(INSIDE.replace("WA1", "va1")).json() == []
    assert composed.get(INSIDE.replace("DEMO", "DEM2")).json() == []


def test_a_change_makes_it_pending_again_and_keeps_what_it_leaves_out(composed: Client) -> None:
    path = made(composed)
    composed.advance(JOB - 1)
    body = {"enabled": False, "ports": ["any"], "source": None}
    answer = composed.put(path, body)
    assert (answer.status, answer.body) == (204, b"")
    composed.advance(2)
    shown = composed.get(path).json()
    assert (shown["status"], shown["enabled"], shown["ports"]) == ("pending", False, ["any"])
    assert shown["source"] == POLICY["source"]
    composed.advance(JOB)
    assert composed.get(path).json()["status"] == "active"
    assert composed.put(path, {"ports": ["icmp"]}).status == 204
    assert composed.get(path).json()["enabled"] is False


def test_it_can_go_to_error_or_stay_pending(composed: Client) -> None:
    composed.faults({"operation": "createFirewallPolicy", "job": "fail", "count": 1})
    path = made(composed)
    composed.faults({"operation": "createFirewallPolicy", "job": "hang", "count": 1})
    stuck = made(composed)
    composed.finish()
    assert (composed.get(path).json()["status"], composed.get(stuck).json()["status"]) == ("error", "pending")
    assert composed.put(path, {"enabled": True}).status == 204
    composed.finish()
    assert composed.get(path).json()["status"] == "active"


def test_one_is_deleted_at_once(composed: Client) -> None:
    path = made(composed)
    assert (composed.delete(path).status, composed.get(INSIDE).json()) == (204, [])
    for answer in (composed.get(path), composed.delete(path), composed.put(path, {"enabled": True})):
        assert (answer.status, answer.json()) == (404, {"message": "The requested resource does not exist."})
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
        ({"ports": ["TCP/80"]}, "ports[0]"),
        ({"destinationAccount": "NONE"}, "destinationAccount"),
    ],
)
def test_policies_that_are_refused(composed: Client, members: dict[str, Any], member: str) -> None:
    assert list(composed.post(INSIDE, {**POLICY, **members}).state()) == [f"body.{member}"]
    assert composed.get(INSIDE).json() == []


def test_a_change_that_is_refused_changes_nothing(composed: Client) -> None:
    path = made(composed)
    before = composed.get(path).json()
    assert list(composed.put(path, {"ports": ["any"], "source": []}).state()) == ["body.source"]
    assert composed.get(path).json() == before
    assert composed.get(f"{INSIDE.replace('WA1', 'ZZ9')}").status == 404


def test_a_policy_to_another_data_center(composed: Client) -> None:
    answer = composed.post(CROSS, ACROSS)
    shown = answer.json()
    assert answer.status == 201
    assert shape(shown) == shape(
        load("documented/POST-api-ctl-io-v2-experimental-crossDcFirewallPolicies-sourceAccountAlias-dataCenter.json")
    )
    facts = {name: value for name, value in shown.items() if name not in ("id", "links")}
    assert facts == {
        "status": "pending", "enabled": True, "sourceCidr": "10.80.12.0/24", "sourceAccount": "demo",
        "sourceLocation": "wa1", "destinationCidr": "10.90.12.0/24", "destinationAccount": "demo",
        "destinationLocation": "va1",
    }  # fmt: skip
    path = answer.link("self")
    assert path == f"/v2-experimental/crossDcFirewallPolicies/demo/wa1/{shown['id']}"
    composed.advance(JOB)
    assert composed.get(path).json() == {**shown, "status": "active"}
    assert composed.get(f"{CROSS}?destinationAccountId=DEMO").json() == [{**shown, "status": "active"}]
    assert composed.get(f"{CROSS}?destinationAccountId=DEM2").json() == []


def test_it_is_switched_by_the_query(composed: Client) -> None:
    path = composed.post(CROSS, ACROSS).link("self")
    composed.finish()
    assert composed.request("PUT", f"{path}?enabled=False").status == 204
    shown = composed.get(path).json()
    assert (shown["enabled"], shown["status"]) == (False, "pending")
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
def test_policies_across_that_are_refused(composed: Client, members: dict[str, Any], member: str) -> None:
    assert list(composed.post(CROSS, {**ACROSS, **members}).state()) == [f"body.{member}"]


def test_logs_are_forwarded_when_the_operation_ends(composed: Client) -> None:
    assert composed.get(LOGGING).json() == {}
    wanted = {"remoteAddress": "192.0.2.10", "protocol": "tcp"}
    answer = composed.put(LOGGING, wanted)
    assert (answer.status, answer.json()["status"]) == (202, "pending")
    operation = f"/v2-experimental/operations/DEMO/status/{answer.json()['operationID']}"
    assert composed.get(operation).json() == {"status": "queued"}
    composed.advance(JOB - 1)
    assert composed.get(LOGGING).json() == {}
    composed.advance(1)
    assert (composed.get(operation).json(), composed.get(LOGGING).json()) == ({"status": "succeeded"}, wanted)
    assert composed.get(LOGGING.replace("WA1", "VA1")).json() == {}
    assert composed.put(LOGGING, {"protocol": "UDP"}).status == 202
    composed.finish()
    assert composed.get(LOGGING).json() == {}


def test_forwarding_that_is_refused_or_fails(composed: Client) -> None:
    assert list(composed.put(LOGGING, {"remoteAddress": "192.0.2.10"}).state()) == ["body.protocol"]
    assert list(composed.put(LOGGING, {"remoteAddress": " ", "protocol": "tcp"}).state()) == ["body.remoteAddress"]
    composed.faults({"operation": "updateLogForwarding", "job": "fail"})
    answer = composed.put(LOGGING, {"remoteAddress": "192.0.2.10", "protocol": "tcp"})
    composed.finish()
    operation = f"/v2-experimental/operations/DEMO/status/{answer.json()['operationID']}"
    assert (composed.get(operation).json(), composed.get(LOGGING).json()) == ({"status": "failed"}, {})


def test_a_seed_holds_policies_and_forwarding(make: Callable[..., Client], tmp_path: Path) -> None:
    seed = yaml.safe_load(Path(COMPOSED).read_text(encoding="utf-8"))
    place = next(one for one in seed["places"] if (one["account"], one["data_center"]) == ("DEMO", "WA1"))
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
    assert [(one["destinationLocation"], one["status"]) for one in client.get(CROSS).json()] == [("va1", "pending")]
    assert client.get(LOGGING).json() == {"remoteAddress": "192.0.2.10", "protocol": "udp"}
