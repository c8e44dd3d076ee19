# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Statistics of servers and groups."""

from __future__ import annotations

import pytest

from clc_simulator.core.clock import format_timestamp
from simclient import WEB, Client

GROUP = f"/v2/groups/DEMO/{WEB}"


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
    server_figures = composed.get("/v2/servers/DEMO/WA1DEMOWEB01/statistics?type=latest").json()
    assert server_figures == figures[0]


def test_statistics_of_a_window(composed: Client) -> None:
    start = format_timestamp(now(composed) - 86400)
    response = composed.get(f"{GROUP}/statistics?type=hourly&start={start}&sampleInterval=00:02:00:00")
    assert {len(item["stats"]) for item in response.json()} == {12}
    assert response.json()[0]["name"] == "wa1demoweb01", "hourly has names in lower case"
    without_zone = start.removesuffix("Z")
    again = composed.get(f"{GROUP}/statistics?type=hourly&start={without_zone}&sampleInterval=0:2:0:0")
    assert again.json() == response.json()


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
def test_rejects_invalid_statistics_windows(composed: Client, query: str, key: str) -> None:
    parts = [part.split("=") for part in query.split("&")]
    sent = "&".join(
        f"{name}={format_timestamp(now(composed) + float(value)) if name == 'start' else value}"
        for name, value in parts
    )
    assert list(composed.get(f"{GROUP}/statistics?{sent}").state()) == [key]
