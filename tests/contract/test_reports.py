# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is computed from servers: statistics, billing, invoices; scheduled activities and autoscale mappings of groups."""

from __future__ import annotations

from typing import Any

import pytest

from clc_simulator.clock import parse, stamp
from simclient import JOB, ROOT, WEB, Client

GROUP = f"/v2/groups/DEMO/{WEB}"
ACTIVITIES = f"{GROUP}/scheduledActivities"


def now(client: Client) -> float:
    return client.simulator.world.clock.now()


def test_latest_statistics(composed: Client) -> None:
    figures = composed.get(f"{GROUP}/statistics?type=latest").json()
    assert {item["name"] for item in figures} == {
        "WA1DEMOWEB01",
        "WA1DEMOWEB02",
        "WA1DEMOWEB03",
        "WA1DEMOWEB120",
        "WA1DEMODEEP01",
    }
    (sample,) = figures[0]["stats"]
    assert sample["memoryMB"] == 4096.0
    assert composed.get(f"{GROUP}/statistics?type=LATEST").json() == figures
    one = composed.get("/v2/servers/DEMO/WA1DEMOWEB01/statistics?type=latest").json()
    assert one == figures[0]


def test_statistics_of_a_window(composed: Client) -> None:
    start = stamp(now(composed) - 86400)
    answer = composed.get(f"{GROUP}/statistics?type=hourly&start={start}&sampleInterval=00:02:00:00")
    assert {len(item["stats"]) for item in answer.json()} == {12}
    assert answer.json()[0]["name"] == "wa1demoweb01", "hourly has names in lower case"
    without_zone = start.removesuffix("Z")
    again = composed.get(f"{GROUP}/statistics?type=hourly&start={without_zone}&sampleInterval=0:2:0:0")
    assert again.json() == answer.json()


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("type=hourly", "start"),
        ("type=hourly&start=-3600&sampleInterval=x", "sampleInterval"),
        ("type=hourly&start=-86400&sampleInterval=00:00:05:00", "sampleInterval"),
        ("type=hourly&start=-3600&sampleInterval=1:00:00:00", "end"),
        ("type=hourly&start=-1300000&sampleInterval=1:00:00:00", "start"),
        ("type=realtime&start=-20000&sampleInterval=00:00:05:00", "start"),
    ],
)
def test_windows_that_do_not_fit(composed: Client, query: str, key: str) -> None:
    parts = [part.split("=") for part in query.split("&")]
    sent = "&".join(
        f"{name}={stamp(now(composed) + float(value)) if name == 'start' else value}" for name, value in parts
    )
    assert list(composed.get(f"{GROUP}/statistics?{sent}").state()) == [key]


def test_billing(composed: Client) -> None:
    bill = composed.get(f"{GROUP}/billing").json()
    assert list(bill["groups"]) == sorted(bill["groups"])
    assert set(bill["groups"][WEB]["servers"]) >= {"wa1demoweb01", "wa1demoweb02"}
    charge = bill["groups"][WEB]["servers"]["wa1demoweb01"]
    assert charge["currentHour"] == round(2 * 0.01 + 4 * 0.015 + 57 * 0.0002, 4)
    archived = composed.get(f"/v2/groups/DEMO/{ROOT}/billing").json()["groups"]
    old = next(group["servers"]["wa1demoold01"] for group in archived.values() if "wa1demoold01" in group["servers"])
    assert old["archiveCost"] > 0
    assert composed.get("/v2/billing/DEMO/total").json()["total"]["monthlyEstimate"] > 0
    assert composed.get("/v2/billing/DEMO/serverPricing/WA1DEMOWEB01").json()["cpu"] == 0.01


def test_invoice(composed: Client) -> None:
    composed.advance(max(0.0, parse("2030-03-15T00:00:00Z") - now(composed)))
    composed.login()
    invoice = composed.get("/v2/invoice/DEMO/2030/3?pricingAccountAlias=demo").json()
    assert invoice["invoiceDate"] == "2030-04-01T00:00:00Z"
    assert invoice["totalAmount"] == round(sum(line["itemTotal"] for line in invoice["lineItems"]), 2)
    assert any(line["description"] == "External IP Address (WA1)" for line in invoice["lineItems"])
    assert composed.get("/v2/invoice/DEMO/2031/1").status == 404


def activity(client: Client, **members: Any) -> dict[str, Any]:
    body = {
        "status": "on", "type": "shutdown", "beginDateUTC": stamp(now(client) + 1000), "timeZoneOffset": "-08:00",
        "repeat": "daily", "expire": "never",
    }  # fmt: skip
    answer = client.post(ACTIVITIES, {**body, **members})
    assert answer.status == 201, answer.body
    view: dict[str, Any] = answer.json()
    assert answer.headers["location"] == view["links"][1]["href"]
    return view


def test_activity_is_kept_changed_and_deleted(composed: Client) -> None:
    made = activity(composed)
    assert made["timeZoneOffset"] == "-08:00:00"
    assert made["customWeeklyDays"] == []
    href = made["links"][1]["href"]
    assert composed.get(ACTIVITIES).json() == [made] == [composed.get(href).json()]
    upcoming = composed.get(f"{GROUP}/upcomingScheduledActivities").json()
    assert upcoming == [{"id": made["id"], "type": "shutdown", "occurrenceDateUTC": made["nextOccurrenceDateUTC"]}]
    body = {name: made[name] for name in ("beginDateUTC", "timeZoneOffset", "repeat", "expire", "type")}
    changed = composed.put(href, {**body, "status": "off"}).json()
    assert changed["status"] == "off"
    assert "nextOccurrenceDateUTC" not in changed
    assert composed.delete(href).status == 204
    assert composed.get(href).status == 404
    assert composed.get(ACTIVITIES).json() == []


def test_activity_runs_by_the_clock(composed: Client) -> None:
    made = activity(composed, expire="afterCount", expireCount="1", repeat="daily")
    composed.advance(999)
    assert composed.server("WA1DEMOWEB01")["details"]["powerState"] == "started"
    composed.advance(2 + JOB)
    assert composed.server("WA1DEMOWEB01")["details"]["powerState"] == "stopped"
    assert composed.server("WA1DEMODEEP01")["details"]["powerState"] == "stopped", "the whole tree"
    view = composed.get(made["links"][1]["href"]).json()
    assert (view["occurrenceCount"], view["isExpired"]) == (1, True)
    assert view["lastOccurrenceDateUTC"] == made["beginDateUTC"]


def test_activities_on_days_of_the_week(composed: Client) -> None:
    made = activity(composed, repeat="customWeekly", customWeeklyDays=["mon", "thu"], type="createsnapshot")
    from datetime import datetime

    first = datetime.fromisoformat(made["nextOccurrenceDateUTC"])
    assert first.weekday() in (0, 3)
    body = {
        "status": "on",
        "type": "reboot",
        "beginDateUTC": made["beginDateUTC"],
        "timeZoneOffset": "00:00",
        "expire": "never",
    }
    assert list(composed.post(ACTIVITIES, {**body, "repeat": "customWeekly"}).state()) == ["body.customWeeklyDays"]
    monthly = activity(composed, repeat="monthly", beginDateUTC="2020-01-31T06:00:00Z")
    assert datetime.fromisoformat(monthly["nextOccurrenceDateUTC"]).day >= 28


def test_autoscale_mapping(composed: Client) -> None:
    path = f"{GROUP}/horizontalAutoscalePolicy"
    assert (composed.get(path).status, composed.get(path).body) == (404, b"")
    policy = composed.post("/v2/horizontalAutoscalePolicies/DEMO", {"name": "Web"}).json()["id"]
    body = {"policyId": policy, "loadBalancerPool": {"id": "e" * 32, "publicPort": 443, "privatePort": 8443}}
    answer = composed.put(path, body)
    assert (answer.status, answer.json()["loadBalancer"]["publicPort"]) == (200, 443)
    assert composed.get(path).json() == answer.json()
    assert composed.delete(path).status == 204
    assert composed.delete(path).status == 404
