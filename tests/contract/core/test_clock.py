# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dates and times: four digits of the year everywhere, and what is accepted as a date and time."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import clc_simulator
from clc_simulator.core.clock import (
    END,
    FASTEST,
    LONGEST_ADVANCE,
    Clock,
    format_timestamp,
    format_utc,
    is_date,
    is_timestamp,
    parse_timestamp,
)
from simclient import WEB, Client

ACTIVITIES = f"/v2/groups/DEMO/{WEB}/scheduledActivities"


@pytest.mark.parametrize(
    "text", ["0113-02-07T21:19:17Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z"]
)
def test_a_year_has_four_digits(text: str) -> None:
    assert format_timestamp(parse_timestamp(text)) == text
    assert format_utc(parse_timestamp(text), "%Y%m%d %H:%M:%S").startswith(text[:4])


def test_times_are_formatted_in_one_place() -> None:
    """strftime writes the year 113 with three digits, and so does a format specification."""
    source = Path(clc_simulator.__file__).parent
    found = [
        (path.name, node.attr)
        for path in sorted(source.rglob("*.py"))
        if path.name != "clock.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("strftime", "isoformat", "fromtimestamp", "ctime")
    ]
    assert found == []
    assert [path.name for path in source.rglob("*.py") if ":%Y" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2026-11-20T10:00:00Z", True),
        ("2026-11-20t10:00:00.1234567z", True),
        ("2026-11-20T10:00:00+01:00", True),
        ("2026-11-20T10:00:00", False),
        ("2026-11-20", False),
        ("2026-11-20 10:00:00Z", False),
        ("2016-12-31T23:59:60Z", False),
        ("0001-01-01T00:00:00+14:00", False),
        ("9999-12-31T23:59:59-12:00", False),
        ("0000-01-01T00:00:00Z", False),
        ("\u0662026-11-20T10:00:00Z", False),
    ],
)
def test_what_is_a_date_and_time(text: str, valid: bool) -> None:
    assert is_timestamp(text) is valid


@pytest.mark.parametrize(("text", "valid"), [("2026-02-28", True), ("2026-02-30", False), ("0000-01-01", False)])
def test_what_is_a_date(text: str, valid: bool) -> None:
    assert is_date(text) is valid


def test_the_clock_has_limits() -> None:
    clock = Clock()
    for seconds in (-1.0, LONGEST_ADVANCE + 1, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="advance must be"):
            clock.advance(seconds)
    for rate in (-1.0, FASTEST + 1, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="rate must be"):
            clock.set_rate(rate)
    for _ in range(1000):
        clock.advance(LONGEST_ADVANCE)
    assert clock.now() == END


def activity(**changes: object) -> dict[str, object]:
    return {
        "status": "on", "type": "reboot", "beginDateUTC": "2026-12-01T10:00:00Z", "repeat": "daily",
        "customWeeklyDays": [], "expire": "never", "timeZoneOffset": "00:00:00", **changes,
    }  # fmt: skip


def test_an_activity_of_the_first_century(composed: Client) -> None:
    body = activity(expire="afterDate", expireDateUTC="0113-02-07T21:19:17Z", beginDateUTC="0002-01-01T00:00:00Z")
    response = composed.post(ACTIVITIES, body)
    assert response.status == 201
    assert response.json()["expireDateUTC"] == "0113-02-07T21:19:17Z"
    assert response.json()["beginDateUTC"] == "0002-01-01T00:00:00Z"
    assert composed.get(ACTIVITIES).json()[0]["expireDateUTC"] == "0113-02-07T21:19:17Z"


@pytest.mark.parametrize("repeat", ["daily", "weekly", "monthly", "customWeekly"])
@pytest.mark.parametrize("begin", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-31T05:00:00Z"])
def test_the_next_run_of_any_begin(composed: Client, repeat: str, begin: str) -> None:
    days = ["mon"] if repeat == "customWeekly" else []
    response = composed.post(ACTIVITIES, activity(repeat=repeat, beginDateUTC=begin, customWeeklyDays=days))
    assert response.status == 201
    view = response.json()
    now = composed.simulator.world.now
    if begin.startswith("9999"):
        # The last day is a Friday, so no Monday follows.
        assert view.get("nextOccurrenceDateUTC") == (None if repeat == "customWeekly" else begin)
        return
    due = parse_timestamp(view["nextOccurrenceDateUTC"])
    longest = {"daily": 1, "monthly": 31}.get(repeat, 7) * 86400
    assert now <= due <= now + longest
    if repeat == "weekly":
        assert (due - parse_timestamp(begin)) % (7 * 86400) == 0


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2016-12-31T23:59:60Z"])
def test_a_time_that_cannot_be_represented_is_a_400(composed: Client, text: str) -> None:
    response = composed.post(ACTIVITIES, activity(beginDateUTC=text))
    assert list(response.state()) == ["body.beginDateUTC"]
