# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Intrusion prevention: the agent, and where its events go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clc_simulator.core.seeds import SeedError
from simclient import JOB, Answer, Client

APP = "/ips/ips/api/app/"
WEB01 = "/ips/ips/api/notifications/DEMO/WA1DEMOWEB01"
SYSLOG = {"ipAddress": "198.51.100.20", "udpPort": 514, "facility": 16}
EVERY = [
    {"typeCode": "SLACK", "url": "https://hooks.example.com/services/T000/B000"},
    {"typeCode": "WEBHOOK", "url": "https://hooks.example.com/ips"},
    {"typeCode": "SYSLOG", "sysLogSettings": SYSLOG},
    {"typeCode": "EMAIL", "emailAddress": "security@example.com"},
]
UNSET = {"url": None, "emailAddress": None, "sysLogSettings": None, "intervalCode": None}


def host(name: str = "WA1DEMOWEB01", alias: str = "DEMO") -> dict[str, str]:
    return {"hostName": name, "accountAlias": alias}


def uninstall(client: Client, **members: str) -> Answer:
    return client.request("DELETE", APP, host(**members))


@pytest.fixture
def guarded(composed: Client) -> Client:
    """A client of an account in which WA1DEMOWEB01 has the agent."""
    assert composed.post(APP, host()).status == 204
    composed.finish()
    return composed


def test_the_agent_comes_and_goes_a_jobs_time_later(composed: Client) -> None:
    assert composed.get(WEB01).status == 404
    answer = composed.post(APP, host())
    assert (answer.status, answer.body) == (204, b"")
    composed.advance(JOB - 1)
    assert composed.get(WEB01).status == 404
    composed.advance(1)
    assert composed.get(WEB01).json() == []
    answer = uninstall(composed)
    assert (answer.status, answer.body) == (204, b"")
    composed.advance(JOB - 1)
    assert composed.get(WEB01).status == 200
    composed.advance(1)
    assert composed.get(WEB01).status == 404


def test_both_forms_of_the_path_and_any_case_are_taken(composed: Client) -> None:
    assert composed.post(APP.rstrip("/"), {"HOSTNAME": "wa1demoweb01", "accountalias": "demo"}).status == 204
    composed.finish()
    assert composed.get("/ips/ips/api/notifications/demo/wa1demoweb01").status == 200


def test_a_second_installation_keeps_the_destinations(guarded: Client) -> None:
    assert guarded.put(WEB01, EVERY).status == 204
    assert guarded.post(APP, host()).status == 204
    guarded.finish()
    assert len(guarded.get(WEB01).json()) == 4


def test_removing_takes_the_destinations_along(guarded: Client) -> None:
    guarded.put(WEB01, EVERY)
    uninstall(guarded)
    guarded.finish()
    guarded.post(APP, host())
    guarded.finish()
    assert guarded.get(WEB01).json() == []


@pytest.mark.parametrize("outcome", ["fail", "hang"])
def test_an_installation_that_comes_to_nothing(composed: Client, outcome: str) -> None:
    composed.faults({"operation": "installIpsAgent", "job": outcome})
    assert composed.post(APP, host()).status == 204
    composed.finish()
    assert composed.get(WEB01).status == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (host("WA1DEMONONE99"), 404),
        (host("WA1OTHRBOX01"), 404),
        (host(alias="NONE"), 404),
        (host(alias="OTHR"), 403),
        (host("WA1DEMOWEB02"), 400),
        (host("WA1DEMOOLD01"), 400),
        ({"hostName": "WA1DEMOWEB01"}, 400),
    ],
)
def test_installing_is_refused(composed: Client, body: dict[str, str], status: int) -> None:
    answer = composed.post(APP, body)
    assert answer.status == status
    if status == 400:
        assert list(answer.state()) in (["body.hostName"], ["body.accountAlias"])


def test_removing_what_is_not_there_is_404(composed: Client) -> None:
    assert uninstall(composed).json() == {"message": "There is no agent on server WA1DEMOWEB01."}
    assert uninstall(composed, name="WA1DEMONONE99").json() == {"message": "Server WA1DEMONONE99 does not exist."}


def test_a_viewer_may_read_alone(guarded: Client) -> None:
    guarded.login("viewer", "viewer-password")
    assert guarded.get(WEB01).status == 200
    assert guarded.put(WEB01, EVERY).status == 403
    assert uninstall(guarded).status == 403


def test_a_set_replaces_all_and_a_delete_empties(guarded: Client) -> None:
    answer = guarded.put(WEB01, EVERY)
    assert (answer.status, answer.body) == (204, b"")
    assert guarded.get(WEB01).json() == [{**UNSET, **one} for one in EVERY]
    assert guarded.put(WEB01, EVERY[3:]).status == 204
    assert guarded.get(WEB01).json() == [{**UNSET, **EVERY[3]}]
    assert guarded.delete(WEB01).status == 204
    assert guarded.get(WEB01).json() == []
    assert guarded.delete(WEB01).status == 204


def test_texts_for_numbers_and_empty_members_are_taken(guarded: Client) -> None:
    quoted = {"ipAddress": "198.51.100.20", "udpPort": "514", "facility": "16"}
    sent = {"typeCode": "syslog", "url": "", "emailAddress": "", "sysLogSettings": quoted}
    assert guarded.put(WEB01, [sent]).status == 204
    assert guarded.get(WEB01).json() == [{**UNSET, **EVERY[2]}]


@pytest.mark.parametrize(
    ("wanted", "member"),
    [
        ([], ""),
        ([{"typeCode": "PAGER"}], "body[0].typeCode"),
        ([EVERY[0], {"typeCode": "EMAIL", "url": "https://example.com"}], "body[1].emailAddress"),
        ([{"typeCode": "SLACK", "emailAddress": "a@example.com"}], "body[0].url"),
        ([{"typeCode": "SYSLOG"}], "body[0].sysLogSettings"),
        (
            [{"typeCode": "SYSLOG", "sysLogSettings": {**SYSLOG, "ipAddress": "here"}}],
            "body[0].sysLogSettings.ipAddress",
        ),
    ],
)
def test_destinations_that_are_refused(guarded: Client, wanted: list[dict[str, Any]], member: str) -> None:
    guarded.put(WEB01, EVERY[:1])
    assert list(guarded.put(WEB01, wanted).state()) == [member]
    assert len(guarded.get(WEB01).json()) == 1


@pytest.mark.parametrize("member", ["facility", "udpPort"])
def test_numbers_out_of_range_are_refused(guarded: Client, member: str) -> None:
    wanted = {"typeCode": "SYSLOG", "sysLogSettings": {**SYSLOG, member: 0}}
    assert guarded.put(WEB01, [wanted]).status == 400


@pytest.mark.parametrize("verb", ["GET", "PUT", "DELETE"])
def test_without_an_agent_there_are_no_notifications(composed: Client, verb: str) -> None:
    assert composed.request(verb, WEB01, EVERY if verb == "PUT" else None).status == 404


def test_a_later_server_of_the_name_has_no_agent(guarded: Client) -> None:
    agents = guarded.control("GET", "state").json()["ipsAgents"]
    assert list(agents) == ["4b0d6a1c9e2f4d7b8c3a5e6f7a8b9c0d"]
    assert guarded.delete("/v2/servers/DEMO/WA1DEMOWEB01").status == 202
    guarded.finish()
    assert guarded.get(WEB01).json() == {"message": "Server WA1DEMOWEB01 does not exist."}


SEED = """
accounts: [{{alias: DEMO}}]
users: [{{name: demo, password: demo-password, account: DEMO}}]
places:
  - account: DEMO
    data_center: WA1
    groups: [{{name: Web, servers: [{{id: WA1DEMOWEB01, ips_agent: {agent}}}]}}]
"""


def test_a_seed_holds_agents(make: Callable[..., Client], tmp_path: Path) -> None:
    seed = tmp_path / "ips.yml"
    syslog = "{type: SYSLOG, syslog: {ip_address: 198.51.100.20, udp_port: 514, facility: 16}}"
    mail = "{type: EMAIL, email_address: security@example.com}"
    seed.write_text(SEED.format(agent=f"{{destinations: [{syslog}, {mail}]}}"), encoding="utf-8")
    client = make(str(seed)).login()
    assert client.get(WEB01).json() == [{**UNSET, **EVERY[2]}, {**UNSET, **EVERY[3]}]
    seed.write_text(SEED.format(agent="{destinations: [{type: PAGER}]}"), encoding="utf-8")
    with pytest.raises(SeedError, match="PAGER"):
        make(str(seed))
