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
    """The documented body, for another server."""
    sample = documented("POST-api-client-security-ctl-io-ips-api-app.request")
    return {**dict.fromkeys(sample), "hostName": name.upper(), "accountAlias": "ALTD"}


def expects_servers(api: Scripted, *names: str, **members: t.Any) -> None:
    with api.in_any_order():
        for name in names:
            api.expects("GET", f"/v2/servers/ALTD/{name}", server(name, **members))


def expects_probe(api: Scripted, **has: bool) -> None:
    with api.in_any_order():
        for name, there in has.items():
            api.expects("GET", path(name), *([[], 200] if there else [NO_BODY, 404]), base=IPS)


# The agent


def test_it_is_installed_where_it_is_not(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST, SECOND)
    expects_probe(api, va1altdweb01=True, va1altdweb02=False)
    api.expects("POST", APP, status=204, body=host(SECOND), base=IPS)
    expects_probe(api, va1altdweb02=False)
    expects_probe(api, va1altdweb02=False)
    expects_probe(api, va1altdweb02=True)
    outcome = run("ips_agent", BOTH)
    assert outcome.changed
    assert not outcome.warnings
    assert outcome["ips_agents"] == [
        {"server_id": FIRST, "installed": True},
        {"server_id": SECOND, "installed": True},
    ]


def test_nothing_is_sent_where_it_is_there(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST)
    expects_probe(api, va1altdweb01=True)
    assert not run("ips_agent", {"server_ids": [FIRST]}).changed


@pytest.mark.parametrize(("state", "there"), [("present", False), ("absent", True)])
def test_work_is_predicted(api: Scripted, run: Runner, state: str, there: bool) -> None:
    expects_servers(api, FIRST)
    expects_probe(api, va1altdweb01=there)
    outcome = run("ips_agent", {"server_ids": [FIRST], "state": state}, check=True)
    assert outcome.changed
    assert outcome["ips_agents"] == [{"server_id": FIRST, "installed": not there}]


def test_a_service_that_goes_on_to_tell_otherwise_is_warned_about(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_servers(api, FIRST)
    expects_probe(api, va1altdweb01=False)
    api.expects("POST", APP, status=204, body=host(FIRST), base=IPS)
    api.expects("GET", path(FIRST), NO_BODY, 404, base=IPS, times=63)
    outcome = run("ips_agent", {"server_ids": [FIRST]})
    assert (outcome.failed, outcome.changed) == (False, True)
    assert ["still tell otherwise after 300 s" in one for one in outcome.warnings] == [True]
    assert 300 <= clock.passed <= 310


def test_without_waiting_it_is_looked_at_once(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_servers(api, FIRST)
    expects_probe(api, va1altdweb01=False)
    api.expects("POST", APP, status=204, body=host(FIRST), base=IPS)
    expects_probe(api, va1altdweb01=False)
    outcome = run("ips_agent", {"server_ids": [FIRST], "wait": False})
    assert outcome.changed
    assert (outcome["jobs"], outcome["pending"], clock.passed) == ([], [], 0)


def test_a_lost_answer_is_looked_into_and_not_sent_again(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST)
    expects_probe(api, va1altdweb01=False)
    api.expects("POST", APP, body=host(FIRST), base=IPS, raises=requests.exceptions.ReadTimeout())
    expects_probe(api, va1altdweb01=False)
    expects_probe(api, va1altdweb01=True)
    outcome = run("ips_agent", {"server_ids": [FIRST]})
    assert outcome.changed
    assert outcome["ips_agents"] == [{"server_id": FIRST, "installed": True}]


def test_a_lost_answer_that_nothing_follows_is_told(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST)
    expects_probe(api, va1altdweb01=False)
    api.expects("POST", APP, body=host(FIRST), base=IPS, raises=requests.exceptions.ReadTimeout())
    api.expects("GET", path(FIRST), NO_BODY, 404, base=IPS, times=14)
    outcome = run("ips_agent", {"server_ids": [FIRST]})
    assert outcome.failed
    assert "The installation may go on" in outcome.msg


@pytest.mark.parametrize("status", [204, 404])
def test_removing_sends_a_body_and_what_is_gone_is_gone(api: Scripted, run: Runner, status: int) -> None:
    expects_servers(api, FIRST)
    expects_probe(api, va1altdweb01=True)
    api.expects("DELETE", APP, NO_BODY, status, body=host(FIRST), base=IPS)
    expects_probe(api, va1altdweb01=False)
    outcome = run("ips_agent", {"server_ids": [FIRST], "state": "absent"})
    assert outcome.changed
    assert outcome["ips_agents"] == [{"server_id": FIRST, "installed": False}]


def test_a_lost_answer_to_a_removal_is_proved_by_the_notifications(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST)
    expects_probe(api, va1altdweb01=True)
    api.expects("DELETE", APP, body=host(FIRST), base=IPS, raises=requests.exceptions.ReadTimeout())
    expects_probe(api, va1altdweb01=False)
    expects_probe(api, va1altdweb01=False)
    assert run("ips_agent", {"server_ids": [FIRST], "state": "absent"}).changed


def test_by_force_it_is_sent_whatever_is_shown(api: Scripted, run: Runner) -> None:
    expects_servers(api, FIRST)
    expects_probe(api, va1altdweb01=True)
    api.expects("POST", APP, status=204, body=host(FIRST), base=IPS)
    assert run("ips_agent", {"server_ids": [FIRST], "force": True}).changed


@pytest.mark.parametrize(
    ("members", "told"),
    [({"status": "archived"}, "is archived"), ({"details": {"powerState": "stopped"}}, "is stopped")],
)
def test_a_server_that_cannot_is_told_before_anything_is_sent(
    api: Scripted, run: Runner, members: Entity, told: str
) -> None:
    expects_servers(api, FIRST, **members)
    expects_probe(api, va1altdweb01=False)
    outcome = run("ips_agent", {"server_ids": [FIRST]})
    assert f"Cannot install the IPS agent on server {FIRST}: {FIRST} {told}" in outcome.msg


# The notifications

DESTINATIONS: list[Entity] = [
    {"type": "email", "email_address": "security@example.com"},
    {"type": "syslog", "syslog_settings": {"ip_address": "198.51.100.20", "udp_port": 514, "facility": 16}},
]
SENT: list[Entity] = [
    {"typeCode": "EMAIL", "emailAddress": "security@example.com"},
    {"typeCode": "SYSLOG", "sysLogSettings": {"ipAddress": "198.51.100.20", "udpPort": 514, "facility": 16}},
]
WANTED: Entity = {"server_id": FIRST.upper(), "destinations": DESTINATIONS}
SHOWN = {
    "server_id": FIRST,
    "destinations": [
        {"url": None, "syslog_settings": None, "email_address": None, "interval_code": None, **one}
        for one in DESTINATIONS
    ],
}


def expects_notifications(api: Scripted, destinations: t.Any, status: int = 200) -> None:
    api.expects("GET", path(FIRST), destinations, status, base=IPS)


def test_all_destinations_are_sent_in_one_request(api: Scripted, run: Runner) -> None:
    slack = documented("mended/DELETE-api-client-security-ctl-io-ips-api-notifications-accountAlias-serverName.request")
    expects_notifications(api, [slack])
    api.expects("PUT", path(FIRST), status=204, body=SENT, base=IPS)
    expects_notifications(api, SENT)
    outcome = run("ips_notification", WANTED, diff=True)
    assert outcome.changed
    assert outcome["ips_notification"] == SHOWN
    assert outcome["diff"]["before"]["ips_notification"]["destinations"][0]["url"] == "http://my.slack.webhook"


EMPTY = {"url": "", "emailAddress": "", "intervalCode": None}


@pytest.mark.parametrize(
    "shown",
    [
        SENT,
        SENT[::-1],
        [{**SENT[0], "typeCode": "Email", "url": None, "sysLogSettings": None}, SENT[1]],
        [{**EMPTY, **one} for one in SENT],
        [SENT[0], {"typeCode": "SYSLOG", "sysLogSettings": {**SENT[1]["sysLogSettings"], "udpPort": "514"}}],
        [{**one, "IntervalCod": "HOURLY"} for one in SENT],
    ],
    ids=["same", "order", "case and null", "empty", "text", "interval"],
)
def test_what_means_the_same_is_left_alone(api: Scripted, run: Runner, shown: list[Entity]) -> None:
    expects_notifications(api, shown)
    assert not run("ips_notification", WANTED).changed


def test_a_set_is_predicted(api: Scripted, run: Runner) -> None:
    expects_notifications(api, [])
    outcome = run("ips_notification", WANTED, check=True)
    assert outcome.changed
    assert outcome["ips_notification"] == SHOWN


@pytest.mark.parametrize("options", [{"state": "absent"}, {"destinations": []}])
def test_none_is_a_delete(api: Scripted, run: Runner, options: Entity) -> None:
    expects_notifications(api, SENT)
    api.expects("DELETE", path(FIRST), status=204, base=IPS)
    expects_notifications(api, [])
    outcome = run("ips_notification", {"server_id": FIRST, **options})
    assert outcome.changed
    assert outcome["ips_notification"] == {"server_id": FIRST, "destinations": []}


def test_a_lost_answer_to_a_delete_is_proved_by_an_empty_list(api: Scripted, run: Runner) -> None:
    expects_notifications(api, SENT)
    api.expects("DELETE", path(FIRST), base=IPS, raises=requests.exceptions.ReadTimeout())
    expects_notifications(api, [])
    expects_notifications(api, [])
    assert run("ips_notification", {"server_id": FIRST, "state": "absent"}).changed


@pytest.mark.parametrize("check", [False, True])
def test_without_an_agent(api: Scripted, run: Runner, check: bool) -> None:
    expects_notifications(api, NO_BODY, 404)
    outcome = run("ips_notification", WANTED, check=check)
    assert outcome.failed is not check
    told = outcome.warnings[0] if check else outcome.msg
    assert f"server {FIRST} has no IPS agent" in told


def test_absent_without_an_agent_is_done(api: Scripted, run: Runner) -> None:
    expects_notifications(api, NO_BODY, 404)
    assert not run("ips_notification", {"server_id": FIRST, "state": "absent"}).changed


@pytest.mark.parametrize(
    ("destination", "told"),
    [
        ({"type": "email"}, "missing: email_address"),
        ({"type": "slack", "url": "https://a.example", "email_address": "a@b.example"}, "mutually exclusive"),
        (
            {"type": "syslog", "syslog_settings": {"ip_address": "::1", "udp_port": 0, "facility": 16}},
            "0 is not between",
        ),
        ({"type": "syslog", "syslog_settings": {"ip_address": "::1", "facility": 3}}, "facility must be one of"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_read(
    api: Scripted, run: Runner, destination: Entity, told: str
) -> None:
    outcome = run("ips_notification", {"server_id": FIRST, "destinations": [destination]})
    assert told in outcome.msg
    assert not api.made


def test_they_can_be_read(api: Scripted, run: Runner) -> None:
    expects_notifications(api, SENT)
    assert run("ips_notification_info", {"server_id": FIRST.upper()})["ips_notifications"] == [SHOWN]


def test_an_unknown_server_has_none(api: Scripted, run: Runner) -> None:
    expects_notifications(api, NO_BODY, 404)
    assert run("ips_notification_info", {"server_id": FIRST})["ips_notifications"] == []
