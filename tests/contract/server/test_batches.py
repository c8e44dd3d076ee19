# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Operations on many servers at once, and the statuses of their jobs."""

from __future__ import annotations

from typing import Any

import pytest

from simclient import JOB, Client, power

NOT_FOUND = "The operation cannot be queued because the server cannot be found or it is not in a valid state."
ALREADY = "The server already in desired state."


def states(client: Client, link: str) -> list[str]:
    seen: list[str] = []
    for _ in range(101):
        status = client.get(link).json()["status"]
        if not seen or seen[-1] != status:
            seen.append(status)
        client.advance(JOB / 100)
    return seen


def job_of(item: dict[str, Any]) -> str:
    return str(item["links"][0]["href"])


@pytest.mark.parametrize(
    ("operation", "server", "before", "after", "statuses"),
    [
        ("powerOn", "WA1DEMOWEB02", "stopped", "started", ["notStarted", "executing", "resumed", "executing", "succeeded"]),
        ("powerOn", "WA1DEMOWEB03", "paused", "started", ["notStarted", "executing", "resumed", "executing", "succeeded"]),
        ("shutDown", "WA1DEMOWEB01", "started", "stopped", ["notStarted", "executing", "resumed", "succeeded"]),
        ("powerOff", "WA1DEMOWEB01", "started", "stopped", ["notStarted", "executing", "resumed", "succeeded"]),
        ("pause", "WA1DEMOWEB01", "started", "paused", ["notStarted", "executing", "resumed", "succeeded"]),
        ("reboot", "WA1DEMOWEB01", "started", "started", ["notStarted", "executing", "resumed", "executing", "succeeded"]),
        ("reset", "WA1DEMOWEB01", "started", "started", ["notStarted", "executing", "resumed", "executing", "succeeded"]),
    ],
)  # fmt: skip
def test_power(composed: Client, operation: str, server: str, before: str, after: str, statuses: list[str]) -> None:
    def state() -> str:
        return str(composed.server(server)["details"]["powerState"])

    assert state() == before
    response = power(composed, operation, server)
    composed.advance(JOB - 1)
    assert state() == before, "state changes when the job ends"
    composed.advance(1)
    assert state() == after
    assert response.status == 200
    composed.control("POST", "reset")
    composed.login()
    assert states(composed, job_of(power(composed, operation, server).json()[0])) == statuses


@pytest.mark.parametrize(
    ("operation", "server", "message"),
    [
        ("powerOn", "WA1DEMOWEB01", ALREADY),
        ("powerOff", "WA1DEMOWEB02", ALREADY),
        ("shutDown", "WA1DEMOWEB02", ALREADY),
        ("pause", "WA1DEMOWEB03", ALREADY),
        ("pause", "WA1DEMOWEB02", NOT_FOUND),
        ("reset", "WA1DEMOWEB02", NOT_FOUND),
        ("reboot", "WA1DEMOWEB02", NOT_FOUND),
        ("powerOn", "WA1DEMOWEB04", NOT_FOUND),
        ("powerOn", "WA1DEMONIX01", NOT_FOUND),
        ("startMaintenance", "WA1DEMOWEB03", ALREADY),
        ("stopMaintenance", "WA1DEMOWEB01", ALREADY),
        ("archive", "WA1DEMOMAN01", NOT_FOUND),
        ("archive", "WA1DEMOOLD01", NOT_FOUND),
    ],
)
def test_nothing_queued_is_the_array_with_400(composed: Client, operation: str, server: str, message: str) -> None:
    response = power(composed, operation, server)
    assert response.status == 400
    assert response.json() == [{"server": server.lower(), "isQueued": False, "errorMessage": message}]


def test_mixed_batch(composed: Client) -> None:
    response = power(composed, "powerOff", "WA1DEMOWEB01", "WA1DEMOWEB02", "WA1DEMODEEP01", "WA1DEMONIX01")
    assert response.status == 200
    items = {item["server"]: item for item in response.json()}
    queued = {name for name, item in items.items() if item["isQueued"]}
    assert queued == {"wa1demoweb01", "wa1demodeep01"}
    assert len({job_of(items[name]) for name in queued}) == 1
    assert all("links" not in items[name] for name in items.keys() - queued)
    composed.finish()
    assert composed.server("WA1DEMODEEP01")["details"]["powerState"] == "stopped"


def test_ids_are_case_insensitive_unique_and_reordered(composed: Client) -> None:
    sent = ["WA1DEMOWEB01", "wa1demoweb03", "wa1demoweb01", "WA1DEMOWEB03", "WA1DEMODEEP01", "WA1DEMOWEB120"]
    returned = [item["server"] for item in power(composed, "powerOff", *sent).json()]
    distinct = list(dict.fromkeys(key.lower() for key in sent))
    assert sorted(returned) == sorted(distinct)
    assert returned != distinct


def test_one_job_for_each_data_center(small: Client) -> None:
    items = power(small, "powerOff", "WA1DEMOWEB01", "VA1DEMOWEB01", "WA1DEMOWEB02", "DE1DEMOMON01").json()
    jobs = {item["server"]: job_of(item) for item in items}
    assert jobs["wa1demoweb01"] == jobs["wa1demoweb02"]
    assert {job.rpartition("/")[2].partition("-")[0] for job in jobs.values()} == {"wa1", "va1", "de1"}
    assert all(job.startswith("/v2/operations/demo/status/") for job in jobs.values())


def test_maintenance_requires_ids_in_upper_case(composed: Client) -> None:
    assert power(composed, "startMaintenance", "wa1demoweb01").status == 400
    assert power(composed, "startMaintenance", "WA1DEMOWEB01").status == 200
    assert composed.server("WA1DEMOWEB01")["details"]["inMaintenanceMode"] is False
    composed.finish()
    view = composed.server("WA1DEMOWEB01")["details"]
    assert (view["inMaintenanceMode"], view["powerState"]) == (True, "started")
    assert power(composed, "stopMaintenance", "WA1DEMOWEB03").status == 200
    composed.finish()
    view = composed.server("WA1DEMOWEB03")["details"]
    assert (view["inMaintenanceMode"], view["powerState"]) == (False, "paused")


def test_maintenance_for_each_on_its_own(composed: Client) -> None:
    servers = [
        {"id": "wa1demoweb01", "inMaintenanceMode": "true"},
        {"id": "WA1DEMOWEB03", "inMaintenanceMode": False},
        {"id": "WA1DEMOWEB02", "inMaintenanceMode": False},
    ]
    response = composed.post("/v2/operations/DEMO/servers/setMaintenance", {"servers": servers})
    assert response.status == 200
    assert {item["server"]: item["isQueued"] for item in response.json()} == {
        "wa1demoweb01": True, "wa1demoweb03": True, "wa1demoweb02": False,
    }  # fmt: skip
    composed.finish()
    modes = [composed.server(f"WA1DEMOWEB0{at}")["details"]["inMaintenanceMode"] for at in (1, 2, 3)]
    assert modes == [True, False, False]


def test_packages(composed: Client) -> None:
    body = {
        "servers": ["WA1DEMOWEB01", "WA1DEMOWEB02"],
        "package": {"packageId": "p", "parameters": {"A.Key": "Kept As It Is"}},
    }
    response = composed.post("/v2/operations/DEMO/servers/executePackage", body)
    assert {item["server"]: item["isQueued"] for item in response.json()} == {
        "wa1demoweb01": True,
        "wa1demoweb02": False,
    }
    assert states(composed, job_of(next(item for item in response.json() if item["isQueued"])))[-1] == "succeeded"


def test_numbers_of_jobs_count_up_in_a_data_center(composed: Client) -> None:
    numbers = []
    for key in ("WA1DEMOWEB01", "WA1DEMODEEP01"):
        numbers.append(int(job_of(power(composed, "powerOff", key).json()[0]).rpartition("-")[2]))
    assert numbers[1] == numbers[0] + 1


def test_unknown_job(composed: Client) -> None:
    assert composed.get("/v2/operations/DEMO/status/wa1-1").status == 404
    job = job_of(power(composed, "powerOff", "WA1DEMOWEB01").json()[0])
    assert composed.get(job.replace("/demo/", "/DEM2/")).status == 404
    assert (
        composed.get(job.upper().replace("/V2/OPERATIONS", "/v2/operations").replace("STATUS", "status")).status == 200
    )


def test_a_server_with_more_than_a_terabyte_has_no_snapshot(composed: Client) -> None:
    large = composed.create_and_finish(additionalDisks=[{"sizeGB": 1024, "type": "raw"}])["id"]
    small = composed.create_and_finish(additionalDisks=[{"sizeGB": 24, "type": "raw"}])["id"]
    path = "/v2/operations/DEMO/servers/createSnapshot"
    response = composed.post(path, {"snapshotExpirationDays": 1, "serverIds": [large.upper(), small.upper()]})
    assert {entry["server"]: entry["isQueued"] for entry in response.json()} == {large: False, small: True}


def test_two_simultaneous_snapshot_requests_create_one_snapshot(composed: Client) -> None:
    body = {"snapshotExpirationDays": 1, "serverIds": ["WA1DEMOWEB03"]}
    path = "/v2/operations/DEMO/servers/createSnapshot"
    assert [composed.post(path, body).status for _ in range(2)] == [200, 200]
    composed.finish()
    links = [snapshot["links"][0]["href"] for snapshot in composed.server("WA1DEMOWEB03")["details"]["snapshots"]]
    assert links == ["/v2/servers/demo/wa1demoweb03/snapshots/1"]
