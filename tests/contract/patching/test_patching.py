# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Patching: its difference from other packages, its executions, and its history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simclient import JOB, Client, Response, load

WINDOWS, LINUX = "b229535c-a313-4a31-baf8-6aa71ff4b9ed", "c3c6642e-24e1-4c37-b56a-1cf1476ee360"
HISTORY = "/patching/rest/servers/DEMO/server/{}/patch"
NOT_FOUND = "The operation cannot be queued because the server cannot be found or it is not in a valid state."


def patch(client: Client, *servers: str, package: str = LINUX, **parameters: str) -> Response:
    body = {"servers": list(servers), "package": {"packageId": package, "parameters": parameters}}
    return client.post("/v2/operations/DEMO/servers/executePackage", body)


def history(client: Client, server: str) -> list[dict[str, Any]]:
    response = client.get(HISTORY.format(server))
    assert response.status == 200, response.body
    found: list[dict[str, Any]] = response.json()
    return found


def details(client: Client, server: str, number: int = 0) -> dict[str, Any]:
    key = history(client, server)[number]["execution_id"]
    found: dict[str, Any] = client.get(f"{HISTORY.format(server)}/{key}").json()
    return found


def operations(client: Client) -> list[str]:
    return [entry["operationId"] for entry in client.log() if entry["method"] == "POST"][1:]


def test_package_ids_distinguish_the_two_operations(small: Client) -> None:
    documented = load("documented/Patching-apply-patches-to-servers.json")
    small.post("/v2/operations/DEMO/servers/executePackage", {**documented, "servers": ["WA1DEMOJUMP01"]})
    patch(small, "WA1DEMOJUMP01", package=LINUX.upper())
    patch(small, "VA1DEMOFILE01", package=WINDOWS)
    patch(small, "WA1DEMOJUMP01", package="3f0a7c1e-5b2d-4e6f-8a9b-0c1d2e3f4a5b")
    small.post("/v2/operations/DEMO/servers/executePackage", {"servers": ["WA1DEMOJUMP01"]})
    assert operations(small) == [*["applyPatches"] * 3, *["executePackage"] * 2]
    covered = small.control("GET", "coverage").json()["covered"]
    assert (covered["applyPatches"]["count"], covered["executePackage"]["count"]) == (3, 1)


def test_a_fault_meets_the_one_that_it_names(small: Client) -> None:
    small.faults({"operation": "applyPatches", "status": 503})
    assert patch(small, "WA1DEMOJUMP01").status == 503
    assert patch(small, "WA1DEMOJUMP01", package="3f0a7c1e-5b2d-4e6f-8a9b-0c1d2e3f4a5b").status == 200


def test_patching_goes_on_after_the_job(small: Client) -> None:
    response = patch(small, "WA1DEMOJUMP01", **{"patch.debug.mode": "false"})
    assert response.status == 200
    link = response.json()[0]["links"][0]["href"]
    small.advance(JOB - 1)
    assert history(small, "WA1DEMOJUMP01") == []
    small.advance(1)
    assert small.get(link).json()["status"] == "succeeded"
    execution = history(small, "WA1DEMOJUMP01")[0]
    assert execution["execution_id"] == "WA1-132457"
    assert (execution["status"], execution["end_time"]) == ("pending", "")
    assert [item["init_end_message"] for item in execution["init_messages"]] == [None]
    small.advance(JOB / 4)
    view = details(small, "WA1DEMOJUMP01")
    assert (view["status"], view["end_time"], view["duration"]) == ("pending", None, None)
    assert [item["status"] for item in view["patches"]] == ["pending"] * 3
    small.advance(JOB / 2)
    assert [item["status"] for item in details(small, "WA1DEMOJUMP01")["patches"]] == ["completed"] * 3
    assert history(small, "WA1DEMOJUMP01")[0]["status"] == "pending"
    small.advance(JOB / 4)
    execution = history(small, "WA1DEMOJUMP01")[0]
    assert execution["status"] == "completed"
    assert execution["end_time"] > execution["start_time"]
    newer, older = execution["init_messages"]
    assert newer["init_end_message"] == "Update Process Complete. There are 0 updates to install"
    assert older["init_end_message"].startswith("There are 3 updates to install ##openssl")
    view = details(small, "WA1DEMOJUMP01")
    assert (view["duration"], view["end_message"]) == ("1m 40s", "Updating Complete")
    assert {item["patch_end_message"] for item in view["patches"]} == {"Result Code: 2"}


def test_without_updates_it_ends_after_one_round(small: Client) -> None:
    for _ in range(2):
        patch(small, "WA1DEMOJUMP01")
        small.finish()
    newer, older = history(small, "WA1DEMOJUMP01")
    assert (len(newer["init_messages"]), len(older["init_messages"])) == (1, 2)
    assert details(small, "WA1DEMOJUMP01")["patches"] == []
    assert details(small, "WA1DEMOJUMP01")["duration"] == "0m 25s"


def test_windows_has_a_package_of_its_own(small: Client) -> None:
    response = patch(small, "VA1DEMOFILE01", "VA1DEMOWEB01", package=WINDOWS)
    entries = {item["server"]: item for item in response.json()}
    assert entries["va1demofile01"]["isQueued"] is True
    assert (entries["va1demoweb01"]["isQueued"], entries["va1demoweb01"]["errorMessage"]) == (False, NOT_FOUND)
    small.finish()
    view = history(small, "VA1DEMOFILE01")[0]
    assert view["init_messages"][0]["init_begin_message"] == "Invoking SUS API"
    assert history(small, "VA1DEMOWEB01") == []


@pytest.mark.parametrize("server", ["WA1DEMOAPP01", "VA1DEMOFILE01", "WA1DEMOAPP02", "WA1DEMOOLD01", "WA1DEMONONE99"])
def test_servers_that_cannot_be_patched(small: Client, server: str) -> None:
    response = patch(small, server)
    assert (response.status, response.json()[0]["isQueued"]) == (200, False)


@pytest.mark.parametrize("outcome", ["fail", "hang"])
def test_a_job_that_fails_begins_nothing(small: Client, outcome: str) -> None:
    small.faults({"operation": "applyPatches", "job": outcome})
    patch(small, "WA1DEMOJUMP01")
    small.finish()
    assert history(small, "WA1DEMOJUMP01") == []


def test_unknown_ids_are_404(small: Client) -> None:
    assert small.get(HISTORY.format("WA1DEMONONE99")).status == 404
    assert small.get(f"{HISTORY.format('WA1DEMOJUMP01')}/WA1-1").status == 404
    assert small.get(f"{HISTORY.format('WA1DEMOJUMP01')}/nonsense").status == 400
    patch(small, "WA1DEMOJUMP01")
    small.finish()
    key = history(small, "wa1demojump01")[0]["execution_id"].lower()
    assert small.get(f"{HISTORY.format('WA1DEMOJUMP01')}/{key}").status == 200
    assert small.get(f"{HISTORY.format('WA1DEMOWEB01')}/{key}").status == 404


SEED = """
accounts: [{alias: DEMO}]
users: [{name: demo, password: demo-password, account: DEMO}]
places:
  - account: DEMO
    data_center: WA1
    groups:
      - name: Web
        servers:
          - id: WA1DEMOWEB01
            template: CENTOS-6-64-TEMPLATE
            patching:
              missing: [{name: bash-4.1.2, fails: true}, {name: zlib-1.2.3}]
              executions: [{started: '2016-04-05T04:14:10Z', seconds: 1204, updates: [{name: sudo-1.8.6}]}]
"""


def test_loads_history_and_failing_updates_of_a_seed(make: Callable[..., Client], tmp_path: Path) -> None:
    seed = tmp_path / "patching.yml"
    seed.write_text(SEED, encoding="utf-8")
    client = make(str(seed)).login()
    view = details(client, "WA1DEMOWEB01")
    assert (view["end_time"], view["duration"], view["status"]) == ("2016-04-05T04:34:14Z", "20m 4s", "completed")
    patch(client, "WA1DEMOWEB01")
    client.finish()
    newer = history(client, "WA1DEMOWEB01")[0]
    assert (newer["execution_id"], newer["status"]) == ("WA1-132458", "failed")
    assert newer["init_messages"][0]["init_end_message"] == "There are 1 updates to install ##bash-4.1.2##"
    assert [item["status"] for item in details(client, "WA1DEMOWEB01")["patches"]] == ["failed", "completed"]
    patch(client, "WA1DEMOWEB01")
    client.finish()
    assert len(details(client, "WA1DEMOWEB01")["patches"]) == 1
