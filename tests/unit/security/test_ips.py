# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of intrusion prevention."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import documented, server
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

IPS = "https://api.client-security.ctl.io"
APP = "/ips/api/app/"
FIRST, SECOND = "va1altdweb01", "va1altdweb02"
BOTH = {"server_ids": [SECOND, FIRST.upper()]}
Entity = dict[str, t.Any]


def path(name: str) -> str:
    return f"/ips/api/notifications/ALTD/{name.upper()}"


def host(name: str) -> Entity:
    """Return the documented body for another server."""
    sample = documented("POST-api-client-security-ctl-io-ips-api-app.request")
    return {**dict.fromkeys(sample), "hostName": name.upper(), "accountAlias": "ALTD"}


def expects_servers(api: Scripted, *names: str, **properties: t.Any) -> None:
    with api.in_any_order():
        for name in names:
            api.expects("GET", f"/v2/servers/ALTD/{name}", server(name, **properties))


def expects_agents(api: Scripted, **agents: bool) -> None:
    with api.in_any_order():
        for name, installed in agents.items():
            api.expects("GET", path(name), *([[], 200] if installed else [NO_BODY, 404]), base=IPS)


# The agent


def test_the_agent_is_installed_on_servers_without_it(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST, SECOND)
    expects_agents(api, va1altdweb01=True, va1altdweb02=False)
    api.expects("POST", APP, status=204, body=host(SECOND), base=IPS)
    expects_agents(api, va1altdweb02=False)
    expects_agents(api, va1altdweb02=False)
    expects_agents(api, va1altdweb02=True)
    outcome = run("ips_agent", BOTH)
    assert outcome.changed
    assert not outcome.warnings
    assert outcome["ips_agents"] == [
        {"server_id": FIRST, "installed": True},
        {"server_id": SECOND, "installed": True},
    ]


def test_an_installed_agent_is_not_installed_again(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST)
    expects_agents(api, va1altdweb01=True)
    assert not run("ips_agent", {"server_ids": [FIRST]}).changed


@pytest.mark.parametrize(("state", "installed"), [("present", False), ("absent", True)])
def test_installing_and_removing_are_predicted(api: Scripted, run: Runner, state: str, installed: bool) -> None:
    expects_servers(api, FIRST)
    expects_agents(api, va1altdweb01=installed)
    outcome = run("ips_agent", {"server_ids": [FIRST], "state": state}, check=True)
    assert outcome.changed
    assert outcome["ips_agents"] == [{"server_id": FIRST, "installed": not installed}]


def test_notifications_that_do_not_reflect_the_change_are_an_error(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_servers(api, FIRST)
    expects_agents(api, va1altdweb01=False)
    api.expects("POST", APP, status=204, body=host(FIRST), base=IPS)
    api.expects("GET", path(FIRST), NO_BODY, 404, base=IPS, times=64)
    outcome = run("ips_agent", {"server_ids": [FIRST]})
    assert (outcome.failed, outcome.changed) == (True, True)
    assert "do not reflect the change after 300 s" in outcome.msg
    assert 300 <= clock.passed <= 310


def test_the_time_of_the_task_bounds_the_wait_for_the_notifications(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST)
    expects_agents(api, va1altdweb01=False)
    api.expects("POST", APP, status=204, body=host(FIRST), base=IPS)
    api.expects("GET", path(FIRST), NO_BODY, 404, base=IPS, times=9)
    outcome = run("ips_agent", {"server_ids": [FIRST], "wait_timeout": 25})
    assert "do not reflect the change after 25 s" in outcome.msg


def test_without_waiting_the_notifications_are_read_once(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_servers(api, FIRST)
    expects_agents(api, va1altdweb01=False)
    api.expects("POST", APP, status=204, body=host(FIRST), base=IPS)
    expects_agents(api, va1altdweb01=False)
    outcome = run("ips_agent", {"server_ids": [FIRST], "wait": False})
    assert outcome.changed
    assert (outcome["jobs"], outcome["pending"], clock.passed) == ([], [], 0)


def test_an_installation_is_not_repeated_after_a_lost_response(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST)
    expects_agents(api, va1altdweb01=False)
    api.expects("POST", APP, body=host(FIRST), base=IPS, raises=requests.exceptions.ReadTimeout())
    expects_agents(api, va1altdweb01=False)
    expects_agents(api, va1altdweb01=True)
    outcome = run("ips_agent", {"server_ids": [FIRST]})
    assert outcome.changed
    assert outcome["ips_agents"] == [{"server_id": FIRST, "installed": True}]


def test_a_lost_response_without_an_agent_is_an_error(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST)
    expects_agents(api, va1altdweb01=False)
    api.expects("POST", APP, body=host(FIRST), base=IPS, raises=requests.exceptions.ReadTimeout())
    api.expects("GET", path(FIRST), NO_BODY, 404, base=IPS, times=15)
    outcome = run("ips_agent", {"server_ids": [FIRST]})
    assert outcome.failed
    assert "The agent may still be installed. Check ips_notification_info" in outcome.msg


@pytest.mark.parametrize("status", [204, 404])
def test_removing_sends_a_body_and_accepts_404(api: Scripted, run: Runner, status: int) -> None:
    expects_servers(api, FIRST)
    expects_agents(api, va1altdweb01=True)
    api.expects("DELETE", APP, NO_BODY, status, body=host(FIRST), base=IPS)
    expects_agents(api, va1altdweb01=False)
    outcome = run("ips_agent", {"server_ids": [FIRST], "state": "absent"})
    assert outcome.changed
    assert outcome["ips_agents"] == [{"server_id": FIRST, "installed": False}]


def test_a_lost_response_to_a_removal_is_verified_with_the_notifications(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST)
    expects_agents(api, va1altdweb01=True)
    api.expects("DELETE", APP, body=host(FIRST), base=IPS, raises=requests.exceptions.ReadTimeout())
    expects_agents(api, va1altdweb01=False)
    expects_agents(api, va1altdweb01=False)
    assert run("ips_agent", {"server_ids": [FIRST], "state": "absent"}).changed


def test_force_sends_the_request_for_an_installed_agent(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST)
    expects_agents(api, va1altdweb01=True)
    api.expects("POST", APP, status=204, body=host(FIRST), base=IPS)
    assert run("ips_agent", {"server_ids": [FIRST], "force": True}).changed


@pytest.mark.parametrize(
    ("properties", "message"),
    [({"status": "archived"}, "is archived"), ({"details": {"powerState": "stopped"}}, "is stopped")],
)
def test_an_inactive_server_fails_before_a_request(
    api: Scripted, run: Runner, properties: Entity, message: str
) -> None:
    expects_servers(api, FIRST, **properties)
    expects_agents(api, va1altdweb01=False)
    outcome = run("ips_agent", {"server_ids": [FIRST]})
    assert f"Cannot install the IPS agent on server {FIRST}: {FIRST} {message}" in outcome.msg


# The notifications

DESTINATIONS: list[Entity] = [
    {"type": "email", "email_address": "security@example.com"},
    {"type": "syslog", "syslog_settings": {"ip_address": "198.51.100.20", "udp_port": 514, "facility": 16}},
]
BODY: list[Entity] = [
    {"typeCode": "EMAIL", "emailAddress": "security@example.com"},
    {"typeCode": "SYSLOG", "sysLogSettings": {"ipAddress": "198.51.100.20", "udpPort": 514, "facility": 16}},
]
OPTIONS: Entity = {"server_id": FIRST.upper(), "destinations": DESTINATIONS}
RESULT = {
    "server_id": FIRST,
    "destinations": [
        {"url": None, "syslog_settings": None, "email_address": None, "interval_code": None, **destination}
        for destination in DESTINATIONS
    ],
}


def expects_notifications(api: Scripted, destinations: t.Any, status: int = 200) -> None:
    api.expects("GET", path(FIRST), destinations, status, base=IPS)


def test_all_destinations_are_sent_in_one_request(api: Scripted, run: Runner) -> None:
    slack = documented("mended/DELETE-api-client-security-ctl-io-ips-api-notifications-accountAlias-serverName.request")
    expects_notifications(api, [slack])
    api.expects("PUT", path(FIRST), status=204, body=BODY, base=IPS)
    expects_notifications(api, BODY)
    outcome = run("ips_notification", OPTIONS, diff=True)
    assert outcome.changed
    assert outcome["ips_notification"] == RESULT
    assert outcome["diff"]["before"]["ips_notification"]["destinations"][0]["url"] == "http://my.slack.webhook"


EMPTY = {"url": "", "emailAddress": "", "intervalCode": None}


@pytest.mark.usefixtures("undocumented_results")
@pytest.mark.parametrize(
    "current",
    [
        BODY,
        BODY[::-1],
        [{**BODY[0], "typeCode": "Email", "url": None, "sysLogSettings": None}, BODY[1]],
        [{**EMPTY, **destination} for destination in BODY],
        [BODY[0], {"typeCode": "SYSLOG", "sysLogSettings": {**BODY[1]["sysLogSettings"], "udpPort": "514"}}],
        [{**destination, "IntervalCod": "HOURLY"} for destination in BODY],
    ],
    ids=["same", "order", "case and null", "empty", "string", "interval"],
)
def test_equal_destinations_are_not_sent_again(api: Scripted, run: Runner, current: list[Entity]) -> None:
    expects_notifications(api, current)
    assert not run("ips_notification", OPTIONS).changed


def test_setting_destinations_is_predicted(api: Scripted, run: Runner) -> None:
    expects_notifications(api, [])
    outcome = run("ips_notification", OPTIONS, check=True)
    assert outcome.changed
    assert outcome["ips_notification"] == RESULT


@pytest.mark.parametrize("options", [{"state": "absent"}, {"destinations": []}])
def test_an_empty_list_is_a_delete(api: Scripted, run: Runner, options: Entity) -> None:
    expects_notifications(api, BODY)
    api.expects("DELETE", path(FIRST), status=204, base=IPS)
    expects_notifications(api, [])
    outcome = run("ips_notification", {"server_id": FIRST, **options})
    assert outcome.changed
    assert outcome["ips_notification"] == {"server_id": FIRST, "destinations": []}


def test_a_lost_response_to_a_delete_is_verified_with_the_list(api: Scripted, run: Runner) -> None:
    expects_notifications(api, BODY)
    api.expects("DELETE", path(FIRST), base=IPS, raises=requests.exceptions.ReadTimeout())
    expects_notifications(api, [])
    expects_notifications(api, [])
    assert run("ips_notification", {"server_id": FIRST, "state": "absent"}).changed


@pytest.mark.parametrize("check", [False, True])
def test_a_missing_agent_is_an_error_and_in_check_mode_a_warning(api: Scripted, run: Runner, check: bool) -> None:
    expects_notifications(api, NO_BODY, 404)
    outcome = run("ips_notification", OPTIONS, check=check)
    assert outcome.failed is not check
    message = outcome.warnings[0] if check else outcome.msg
    assert f"server {FIRST} has no IPS agent" in message


def test_absent_accepts_a_missing_agent(api: Scripted, run: Runner) -> None:
    expects_notifications(api, NO_BODY, 404)
    assert not run("ips_notification", {"server_id": FIRST, "state": "absent"}).changed


@pytest.mark.parametrize(
    ("destination", "message"),
    [
        ({"type": "email"}, "missing: email_address"),
        ({"type": "slack", "url": "https://a.example", "email_address": "a@b.example"}, "mutually exclusive"),
        (
            {"type": "syslog", "syslog_settings": {"ip_address": "::1", "udp_port": 0, "facility": 16}},
            "Invalid value for destinations[0].syslog_settings.udp_port: 0 is not from 1 to 65535",
        ),
        ({"type": "syslog", "syslog_settings": {"ip_address": "::1", "facility": 3}}, "facility must be one of"),
    ],
)
def test_invalid_destinations_fail_before_a_request(
    api: Scripted, run: Runner, destination: Entity, message: str
) -> None:
    outcome = run("ips_notification", {"server_id": FIRST, "destinations": [destination]})
    assert message in outcome.msg
    assert not api.made


def test_destinations_are_read(api: Scripted, run: Runner) -> None:
    expects_notifications(api, BODY)
    assert run("ips_notification_info", {"server_id": FIRST.upper()})["ips_notifications"] == [RESULT]


def test_an_unknown_server_has_no_notifications(api: Scripted, run: Runner) -> None:
    expects_notifications(api, NO_BODY, 404)
    assert run("ips_notification_info", {"server_id": FIRST})["ips_notifications"] == []
