# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scheduled activities of server groups."""

from __future__ import annotations

from typing import Any

from clc_simulator.core.clock import format_timestamp
from simclient import JOB, WEB, Client

GROUP = f"/v2/groups/DEMO/{WEB}"


ACTIVITIES = f"{GROUP}/scheduledActivities"


def now(client: Client) -> float:
    return client.simulator.world.clock.now()


def activity(client: Client, **members: Any) -> dict[str, Any]:
    body = {
        "status": "on", "type": "shutdown", "beginDateUTC": format_timestamp(now(client) + 1000), "timeZoneOffset": "-08:00",
        "repeat": "daily", "expire": "never",
    }  # fmt: skip
    response = client.post(ACTIVITIES, {**body, **members})
    assert response.status == 201, response.body
    view: dict[str, Any] = response.json()
    assert response.headers["location"] == view["links"][1]["href"]
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
