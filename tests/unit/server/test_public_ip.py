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
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

SERVER = "/v2/servers/ALTD/va1altdweb01"
ADDRESSES = "/v2/servers/altd/va1altdweb01/publicIPAddresses"
FIRST, SECOND = "65.39.184.10", "65.39.184.11"
HTTP = {"protocol": "TCP", "port": 80}
WANTED: dict[str, t.Any] = {"server": "VA1ALTDWEB01", "ports": [{"protocol": "tcp", "port": 80}]}
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
    return {**made, "sourceRestrictions": [{"cidr": one} for one in sources]} if sources else made


def test_the_primary_address_is_mapped(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, web(BARE))
    body = {"ports": [HTTP], "internalIPAddress": "10.0.0.1"}
    api.expects("POST", ADDRESSES, status_link("va1-1"), 202, body=body)
    expects_jobs(api, "va1-1", statuses=["executing", "resumed", "succeeded"])
    api.expects("GET", SERVER, web(BARE))  # the job is done a moment before the server shows it
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("GET", f"{ADDRESSES}/{FIRST}", address())
    outcome = run("public_ip", WANTED)
    assert outcome.changed
    assert outcome["public_ip"] == {
        "server_id": "va1altdweb01",
        "public_ip": FIRST,
        "internal_ip": "10.0.0.1",
        "ports": [{"protocol": "tcp", "port": 80, "port_to": None}],
        "source_restrictions": [],
    }


def test_another_address_is_told_by_difference(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("POST", ADDRESSES, status_link("va1-1"), 202, body={"ports": [HTTP]})
    expects_jobs(api, "va1-1")
    api.expects("GET", SERVER, web(MAPPED, ("10.0.0.2", SECOND)))
    api.expects("GET", f"{ADDRESSES}/{SECOND}", address("10.0.0.2"))
    assert run("public_ip", {**WANTED, "internal_ip": "new"})["public_ip"]["public_ip"] == SECOND


SAME: list[dict[str, t.Any]] = [
    WANTED,
    {"server_id": "va1altdweb01"},
    {**WANTED, "public_ip": FIRST},
    {**WANTED, "internal_ip": "10.0.0.1"},
    {**WANTED, "ports": [{"protocol": "tcp", "port": 80, "port_to": 80}]},
    {**WANTED, "source_restrictions": ["10.0.0.0/8", "10.1.2.3"]},
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
    wanted = [{"protocol": "tcp", "port": 8000, "port_to": 8080}, {"protocol": "icmp"}]
    assert run("public_ip", {**WANTED, "ports": wanted}).changed


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
def test_what_is_not_there_need_not_be_removed(api: Scripted, run: Runner, reply: t.Any) -> None:
    api.expects("GET", SERVER, *reply)
    assert not run("public_ip", {"server": "va1altdweb01", "public_ip": FIRST, "state": "absent"}).changed


FAILURES: list[tuple[Entity, dict[str, t.Any], str]] = [
    (
        web(MAPPED, ("10.0.0.2", SECOND)),
        {},
        f"the server has 2 public IP addresses: {FIRST} (10.0.0.1), {SECOND} (10.0.0.2)",
    ),
    (web(BARE), {"public_ip": FIRST}, f"nothing has the public_ip {FIRST}"),
    (web(BARE), {"ports": []}, "ports is missing"),
    (building("va1altdweb01"), {}, "the server has the status underConstruction"),
    (web(BARE), {"internal_ip": "10.0.0.9"}, "the server has no internal IP address 10.0.0.9. Available: 10.0.0.1."),
]


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize(("found", "options", "told"), FAILURES)
def test_what_cannot_be_meant(
    api: Scripted, run: Runner, found: Entity, options: dict[str, t.Any], told: str, check: bool
) -> None:
    api.expects("GET", SERVER, found)
    outcome = run("public_ip", {**WANTED, **options}, check=check)
    assert outcome.failed
    assert told in outcome.msg


def test_a_new_address_cannot_be_removed(run: Runner) -> None:
    outcome = run("public_ip", {"server": "va1altdweb01", "internal_ip": "new", "state": "absent"})
    assert "'new' is not allowed when state is absent" in outcome.msg


@pytest.mark.parametrize("port", [{"protocol": "tcp"}, {"port_to": 81}])
def test_a_port_has_to_be_said(run: Runner, port: dict[str, t.Any]) -> None:
    outcome = run("public_ip", {**WANTED, "ports": [port]})
    assert "protocol is tcp but all of the following are missing: port" in outcome.msg


def test_a_server_that_is_not_there(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, NO_BODY, 404)
    assert "server va1altdweb01 does not exist" in run("public_ip", WANTED).msg
    api.expects("GET", SERVER, NO_BODY, 404)
    outcome = run("public_ip", WANTED, check=True)
    assert (outcome.changed, len(outcome.warnings)) == (True, 1)


def test_an_address_is_predicted_with_the_same_keys(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, web(BARE))
    outcome = run("public_ip", {**WANTED, "source_restrictions": ["10.0.0.0/8"]}, check=True)
    assert outcome["public_ip"] == {
        "server_id": "va1altdweb01",
        "public_ip": None,
        "internal_ip": "10.0.0.1",
        "ports": [{"protocol": "tcp", "port": 80, "port_to": None}],
        "source_restrictions": ["10.0.0.0/8"],
    }


def test_a_change_of_an_address_is_predicted(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, web(MAPPED))
    api.expects("GET", f"{ADDRESSES}/{FIRST}", address(sources=["10.0.0.0/8"]))
    outcome = run("public_ip", {**WANTED, "ports": [{"protocol": "udp", "port": 53}]}, check=True)
    assert outcome.changed
    assert outcome["public_ip"]["ports"] == [{"protocol": "udp", "port": 53, "port_to": None}]
    assert outcome["public_ip"]["source_restrictions"] == ["10.0.0.0/8"]


@pytest.mark.parametrize(("wanted", "found"), [(None, [FIRST, SECOND]), (SECOND, [SECOND]), ("1.2.3.4", [])])
def test_addresses_are_read(api: Scripted, run: Runner, wanted: str | None, found: list[str]) -> None:
    answer = recorded("clc-knife/GET-v2-servers-alias-server-publicIPAddresses-ip.200")
    api.expects("GET", SERVER, web(MAPPED, ("10.0.0.2", SECOND)))
    for one in found:
        api.expects("GET", f"{ADDRESSES}/{one}", answer)
    options = {"server_id": "va1altdweb01", **({"public_ip": wanted} if wanted else {})}
    assert [one["public_ip"] for one in run("public_ip_info", options)["public_ips"]] == found


def test_addresses_of_a_server_that_is_not_there(api: Scripted, run: Runner) -> None:
    api.expects("GET", SERVER, NO_BODY, 404)
    assert run("public_ip_info", {"server_id": "va1altdweb01"})["public_ips"] == []
