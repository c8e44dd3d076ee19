# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The subsets of the option gather of info modules, run against scripted HTTP."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.made import group, hex_id, root, server
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_tree
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

NAME = "va1altdweb01"
WEB = hex_id(0x12)
STATS = {
    "name": NAME,
    "stats": [{"timestamp": "2026-05-17T07:00:00Z", "cpuPercent": 3.5, "networkReceivedKBps": -0.01}],
}


@pytest.mark.parametrize(
    ("window", "query"),
    [
        (None, "type=latest"),
        ({"type": "latest", "start": "2026-05-17T07:00:00Z"}, "type=latest"),
        (
            {"type": "hourly", "start": "2026-05-17T07:00:00Z", "interval_minutes": 1500},
            "type=hourly&start=2026-05-17T07%3A00%3A00Z&sampleInterval=1%3A01%3A00%3A00",
        ),
        (
            {
                "type": "realtime",
                "start": "2026-05-17T07:00:00Z",
                "end": "2026-05-17T08:00:00Z",
                "interval_minutes": 5,
            },
            "type=realtime&start=2026-05-17T07%3A00%3A00Z&sampleInterval=0%3A00%3A05%3A00&end=2026-05-17T08%3A00%3A00Z",
        ),
    ],
)
def test_figures_of_a_window(api: Scripted, run: Runner, window: t.Any, query: str) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{NAME}", server(NAME))
    api.expects("GET", f"/v2/servers/altd/{NAME}/statistics?{query}", STATS)
    options = {"server_ids": [NAME], "gather": ["statistics"], **({"statistics": window} if window else {})}
    found = run("server_info", options)["servers"][0]
    assert found["statistics"]["stats"][0]["network_received_kbps"] == -0.01
    assert found["capabilities"] is None
    assert found["credentials"] is None


def test_a_window_without_its_start_is_refused_before_anything_is_read_of_it(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{NAME}", server(NAME))
    options = {"server_ids": [NAME], "gather": ["statistics"], "statistics": {"type": "hourly"}}
    outcome = run("server_info", options)
    assert outcome.failed
    assert "start and interval_minutes are missing" in outcome.msg


def test_each_subset_of_a_group_is_read(api: Scripted, run: Runner) -> None:
    expects_tree(api, root(group("Web", WEB)))
    with api.in_any_order():
        api.expects("GET", f"/v2/groups/altd/{WEB}/statistics?type=latest", [STATS])
        api.expects("GET", f"/v2/groups/altd/{WEB}/defaults", {"cpu": {"value": 2, "inherited": False}})
        api.expects("GET", f"/v2/groups/altd/{WEB}/upcomingScheduledActivities", NO_BODY, 404)
    options = {"group": "Web", "gather": ["statistics", "defaults", "upcoming_scheduled_activities"]}
    found = run("server_group_info", options)["server_groups"][0]
    assert found["statistics"][0]["name"] == NAME
    assert found["defaults"]["cpu"] == {"value": 2, "inherited": False}
    assert found["defaults"]["template"] == {"value": None, "inherited": False}
    assert found["upcoming_scheduled_activities"] is None
