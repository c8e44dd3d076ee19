# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later


"""The modules public_ip and public_ip_info."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    Entity,
    building,
    recorded,
    server,
    status_link,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_jobs
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

SERVER = "/v2/servers/ALTD/va1altdweb01"
ADDRESSES = "/v2/servers/altd/va1altdweb01/publicIPAddresses"
FIRST, SECOND = "65.39.184.10", "65.39.184.11"
HTTP = {"protocol": "TCP", "port": 80}
DESIRED: dict[str, t.Any] = {"server": "VA1ALTDWEB01", "ports": [{"protocol": "tcp", "port": 80}]}
BARE, MAPPED = ("10.0.0.1", None), ("10.0.0.1", FIRST)


def web(*mapped: tuple[str, str | None]) -> Entity:
    """A server with internal addresses, some of them mapped to public ones."""
    entries = [{"internal": internal, **({"public": public} if public else {})} for internal, public in mapped]
    made = server("va1altdweb01", details={"ipAddresses": entries})
    for entry in entries:
        if "public" in entry:
            href = f"{ADDRESSES}/{entry['public']}"
            made["links"].append({"rel": "publicIPAddress", "href": href, "id": entry["public"]})
    return made


def address(internal: str = "10.0.0.1", ports: t.Any = (HTTP,), sources: t.Sequence[str] = ()) -> Entity:
    made: Entity = {"internalIPAddress": internal, "ports": list(ports)}
    return {**made, "sourceRestrictions": [{"cidr": cidr} for cidr in sources]} if sources else made


def test_the_primary_address_is_mapped(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, web(BARE))
    body = {"ports": [HTTP], "internalIPAddress": "10.0.0.1"}
    api.expects("POST", ADDRESSES, status_link("va1-1"), 202, body=body)
    expects_jobs(api, "va1-1", statuses=["executing", "resumed", "succeeded"])
    api.expects("GET", SERVER, web(BARE))  # the job has succeeded, but the server does not return the address yet
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("GET", f"{ADDRESSES}/{FIRST}", address())
    outcome = run("public_ip", DESIRED)
    assert outcome.changed
    assert outcome["public_ip"] == {
        "server_id": "va1altdweb01",
        "public_ip": FIRST,
        "internal_ip": "10.0.0.1",
        "ports": [{"protocol": "tcp", "port": 80, "port_to": None}],
        "source_restrictions": [],
    }


def test_the_case_of_a_protocol_does_not_matter(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("GET", f"{ADDRESSES}/{FIRST}", address())
    assert not run("public_ip", {**DESIRED, "ports": [{"protocol": "TCP", "port": 80}]}).changed


def test_a_new_address_is_found_by_comparison(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("POST", ADDRESSES, status_link("va1-1"), 202, body={"ports": [HTTP]})
    expects_jobs(api, "va1-1")
    api.expects("GET", SERVER, web(MAPPED, ("10.0.0.2", SECOND)))
    api.expects("GET", f"{ADDRESSES}/{SECOND}", address("10.0.0.2"))
    assert run("public_ip", {**DESIRED, "internal_ip": "new"})["public_ip"]["public_ip"] == SECOND


SAME: list[dict[str, t.Any]] = [
    DESIRED,
    {"server_id": "va1altdweb01"},
    {**DESIRED, "public_ip": FIRST},
    {**DESIRED, "internal_ip": "10.0.0.1"},
    {**DESIRED, "ports": [{"protocol": "tcp", "port": 80, "port_to": 80}]},
    {**DESIRED, "source_restrictions": ["10.0.0.0/8", "10.1.2.3"]},
]


@pytest.mark.parametrize("options", SAME)
def test_nothing_changes_the_second_time(api: Scripted, run: Runner, options: dict[str, t.Any]) -> None:
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("GET", f"{ADDRESSES}/{FIRST}", address(sources=["10.1.2.3/32", "10.0.0.0/8"]))
    assert not run("public_ip", options).changed


def test_a_change_sends_both_lists(api: Scripted, run: Runner) -> None:
    ports = [{"protocol": "TCP", "port": 8000, "portTo": 8080}, {"protocol": "ICMP", "port": 0}]
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("GET", f"{ADDRESSES}/{FIRST}", address(sources=["10.0.0.0/8"]))
    body = {"ports": ports, "sourceRestrictions": [{"cidr": "10.0.0.0/8"}]}
    api.expects("PUT", f"{ADDRESSES}/{FIRST}", status_link("va1-1"), 202, body=body)
    expects_jobs(api, "va1-1")
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("GET", f"{ADDRESSES}/{FIRST}", address(ports=ports, sources=["10.0.0.0/8"]))
    desired = [{"protocol": "tcp", "port": 8000, "port_to": 8080}, {"protocol": "icmp"}]
    assert run("public_ip", {**DESIRED, "ports": desired}).changed


def test_restrictions_are_emptied(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("GET", f"{ADDRESSES}/{FIRST}", address(sources=["10.0.0.0/8"]))
    body = {"ports": [HTTP], "sourceRestrictions": []}
    api.expects("PUT", f"{ADDRESSES}/{FIRST}", status_link("va1-1"), 202, body=body)
    expects_jobs(api, "va1-1")
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("GET", f"{ADDRESSES}/{FIRST}", address())
    assert run("public_ip", {"server": "va1altdweb01", "source_restrictions": []}).changed


@pytest.mark.parametrize("reference", [{}, {"public_ip": FIRST}, {"internal_ip": "10.0.0.1"}])
def test_an_address_is_removed(api: Scripted, run: Runner, reference: dict[str, str]) -> None:
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("GET", f"{ADDRESSES}/{FIRST}", address())
    api.expects("DELETE", f"{ADDRESSES}/{FIRST}", status_link("va1-1"), 202)
    expects_jobs(api, "va1-1")
    api.expects("GET", SERVER, web(BARE))
    outcome = run("public_ip", {"server": "va1altdweb01", "state": "absent", **reference})
    assert (outcome.changed, outcome["public_ip"]) == (True, None)


@pytest.mark.parametrize("reply", [(web(BARE), 200), (NO_BODY, 404)])
def test_absent_succeeds_if_nothing_exists(api: Scripted, run: Runner, reply: t.Any) -> None:
    api.expects("GET", SERVER, *reply)
    assert not run("public_ip", {"server": "va1altdweb01", "public_ip": FIRST, "state": "absent"}).changed


FAILURES: list[tuple[Entity, dict[str, t.Any], str]] = [
    (
        web(MAPPED, ("10.0.0.2", SECOND)),
        {},
        f"the server has 2 public IP addresses: {FIRST} (10.0.0.1), {SECOND} (10.0.0.2)",
    ),
    (web(BARE), {"public_ip": FIRST}, f"nothing has the public_ip {FIRST}"),
    (web(BARE), {"ports": None}, "ports is missing"),
    (building("va1altdweb01"), {}, "the server has the status underConstruction"),
    (web(BARE), {"internal_ip": "10.0.0.9"}, "the server has no internal IP address 10.0.0.9. Available: 10.0.0.1."),
]


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize(("entity", "options", "message"), FAILURES)
def test_rejects_invalid_options(
    api: Scripted, run: Runner, entity: Entity, options: dict[str, t.Any], message: str, check: bool
) -> None:
    api.expects("GET", SERVER, entity)
    outcome = run("public_ip", {**DESIRED, **options}, check=check)
    assert outcome.failed
    assert message in outcome.msg


def test_a_new_address_cannot_be_removed(run: Runner) -> None:
    outcome = run("public_ip", {"server": "va1altdweb01", "internal_ip": "new", "state": "absent"})
    assert "'new' is not allowed when state is absent" in outcome.msg


@pytest.mark.parametrize("port", [{"protocol": "tcp"}, {"port_to": 81}])
def test_a_port_is_required(run: Runner, port: dict[str, t.Any]) -> None:
    outcome = run("public_ip", {**DESIRED, "ports": [port]})
    assert "protocol is tcp but all of the following are missing: port" in outcome.msg


def test_an_unknown_server(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, NO_BODY, 404)
    assert "server va1altdweb01 does not exist" in run("public_ip", DESIRED).msg
    api.expects("GET", SERVER, NO_BODY, 404)
    outcome = run("public_ip", DESIRED, check=True)
    assert (outcome.changed, len(outcome.warnings)) == (True, 1)


def test_an_address_is_predicted_with_the_same_keys(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, web(BARE))
    outcome = run("public_ip", {**DESIRED, "source_restrictions": ["10.0.0.0/8"]}, check=True)
    assert outcome["public_ip"] == {
        "server_id": "va1altdweb01",
        "public_ip": PLACEHOLDER,
        "internal_ip": "10.0.0.1",
        "ports": [{"protocol": "tcp", "port": 80, "port_to": None}],
        "source_restrictions": ["10.0.0.0/8"],
    }


def test_a_change_of_an_address_is_predicted(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("GET", f"{ADDRESSES}/{FIRST}", address(sources=["10.0.0.0/8"]))
    outcome = run("public_ip", {**DESIRED, "ports": [{"protocol": "udp", "port": 53}]}, check=True)
    assert outcome.changed
    assert outcome["public_ip"]["ports"] == [{"protocol": "udp", "port": 53, "port_to": None}]
    assert outcome["public_ip"]["source_restrictions"] == ["10.0.0.0/8"]


@pytest.mark.parametrize(("selected", "expected"), [(None, [FIRST, SECOND]), (SECOND, [SECOND]), ("1.2.3.4", [])])
def test_addresses_are_read(api: Scripted, run: Runner, selected: str | None, expected: list[str]) -> None:
    response = recorded("clc-knife/GET-v2-servers-alias-server-publicIPAddresses-ip.200")
    api.expects("GET", SERVER, web(MAPPED, ("10.0.0.2", SECOND)))
    for ip_address in expected:
        api.expects("GET", f"{ADDRESSES}/{ip_address}", response)
    options = {"server_id": "va1altdweb01", **({"public_ip": selected} if selected else {})}
    assert [address["public_ip"] for address in run("public_ip_info", options)["public_ips"]] == expected


def test_addresses_of_an_unknown_server(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, NO_BODY, 404)
    assert run("public_ip_info", {"server_id": "va1altdweb01"})["public_ips"] == []
