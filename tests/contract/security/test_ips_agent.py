# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Intrusion prevention: the agent, and the destinations of its notifications."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clc_simulator.core.seeds import SeedError
from simclient import JOB, Client, Response

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


def uninstall(client: Client, **members: str) -> Response:
    return client.request("DELETE", APP, host(**members))


@pytest.fixture
def guarded(composed: Client) -> Client:
    """A client of an account in which WA1DEMOWEB01 has the agent."""
    assert composed.post(APP, host()).status == 204
    composed.finish()
    return composed


def test_the_agent_is_installed_and_removed_after_a_job(composed: Client) -> None:
    assert composed.get(WEB01).status == 404
    response = composed.post(APP, host())
    assert (response.status, response.body) == (204, b"")
    composed.advance(JOB - 1)
    assert composed.get(WEB01).status == 404
    composed.advance(1)
    assert composed.get(WEB01).json() == []
    response = uninstall(composed)
    assert (response.status, response.body) == (204, b"")
    composed.advance(JOB - 1)
    assert composed.get(WEB01).status == 200
    composed.advance(1)
    assert composed.get(WEB01).status == 404


def test_accepts_both_forms_of_the_path_case_insensitive(composed: Client) -> None:
    assert composed.post(APP.rstrip("/"), {"HOSTNAME": "wa1demoweb01", "accountalias": "demo"}).status == 204
    composed.finish()
    assert composed.get("/ips/ips/api/notifications/demo/wa1demoweb01").status == 200


def test_a_second_installation_keeps_the_destinations(guarded: Client) -> None:
    assert guarded.put(WEB01, EVERY).status == 204
    assert guarded.post(APP, host()).status == 204
    guarded.finish()
    assert len(guarded.get(WEB01).json()) == 4


def test_removing_the_agent_removes_its_destinations(guarded: Client) -> None:
    guarded.put(WEB01, EVERY)
    uninstall(guarded)
    guarded.finish()
    guarded.post(APP, host())
    guarded.finish()
    assert guarded.get(WEB01).json() == []


@pytest.mark.parametrize("outcome", ["fail", "hang"])
def test_a_failed_installation(composed: Client, outcome: str) -> None:
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
def test_rejects_invalid_installations(composed: Client, body: dict[str, str], status: int) -> None:
    response = composed.post(APP, body)
    assert response.status == status
    if status == 400:
        assert list(response.state()) in (["body.hostName"], ["body.accountAlias"])


def test_removing_a_missing_agent_is_404(composed: Client) -> None:
    assert uninstall(composed).json() == {"message": "There is no agent on server WA1DEMOWEB01."}
    assert uninstall(composed, name="WA1DEMONONE99").json() == {"message": "Server WA1DEMONONE99 does not exist."}


def test_a_viewer_may_only_read(guarded: Client) -> None:
    guarded.login("viewer", "viewer-password")
    assert guarded.get(WEB01).status == 200
    assert guarded.put(WEB01, EVERY).status == 403
    assert uninstall(guarded).status == 403


def test_a_set_replaces_all_and_a_delete_empties(guarded: Client) -> None:
    response = guarded.put(WEB01, EVERY)
    assert (response.status, response.body) == (204, b"")
    assert guarded.get(WEB01).json() == [{**UNSET, **destination} for destination in EVERY]
    assert guarded.put(WEB01, EVERY[3:]).status == 204
    assert guarded.get(WEB01).json() == [{**UNSET, **EVERY[3]}]
    assert guarded.delete(WEB01).status == 204
    assert guarded.get(WEB01).json() == []
    assert guarded.delete(WEB01).status == 204


def test_accepts_strings_for_numbers_and_empty_properties(guarded: Client) -> None:
    quoted = {"ipAddress": "198.51.100.20", "udpPort": "514", "facility": "16"}
    sent = {"typeCode": "syslog", "url": "", "emailAddress": "", "sysLogSettings": quoted}
    assert guarded.put(WEB01, [sent]).status == 204
    assert guarded.get(WEB01).json() == [{**UNSET, **EVERY[2]}]


@pytest.mark.parametrize(
    ("requested", "member"),
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
def test_rejects_invalid_destinations(guarded: Client, requested: list[dict[str, Any]], member: str) -> None:
    guarded.put(WEB01, EVERY[:1])
    assert list(guarded.put(WEB01, requested).state()) == [member]
    assert len(guarded.get(WEB01).json()) == 1


@pytest.mark.parametrize("member", ["facility", "udpPort"])
def test_numbers_out_of_range_are_refused(guarded: Client, member: str) -> None:
    requested = {"typeCode": "SYSLOG", "sysLogSettings": {**SYSLOG, member: 0}}
    assert guarded.put(WEB01, [requested]).status == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_without_an_agent_there_are_no_notifications(composed: Client, method: str) -> None:
    assert composed.request(method, WEB01, EVERY if method == "PUT" else None).status == 404


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


def test_loads_agents_of_a_seed(make: Callable[..., Client], tmp_path: Path) -> None:
    seed = tmp_path / "ips.yml"
    syslog = "{type: SYSLOG, syslog: {ip_address: 198.51.100.20, udp_port: 514, facility: 16}}"
    mail = "{type: EMAIL, email_address: security@example.com}"
    seed.write_text(SEED.format(agent=f"{{destinations: [{syslog}, {mail}]}}"), encoding="utf-8")
    client = make(str(seed)).login()
    assert client.get(WEB01).json() == [{**UNSET, **EVERY[2]}, {**UNSET, **EVERY[3]}]
    seed.write_text(SEED.format(agent="{destinations: [{type: PAGER}]}"), encoding="utf-8")
    with pytest.raises(SeedError, match="PAGER"):
        make(str(seed))
