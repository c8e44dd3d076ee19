# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_simulator.testing: clock, faults, log of requests, and state of a running simulator."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from clc_simulator.testing import ControlError, RunningSimulator, running

SERVER = "/v2/servers/DEMO/WA1DEMOWEB01"


@pytest.fixture(scope="module")
def shared() -> Iterator[RunningSimulator]:
    with running() as simulator:
        yield simulator


@pytest.fixture
def simulator(shared: RunningSimulator) -> RunningSimulator:
    shared.reset("small")
    return shared


@pytest.fixture
def http(simulator: RunningSimulator) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=simulator.url) as client:
        login = {"username": "demo", "password": "demo-password"}
        token = client.post("/v2/authentication/login", json=login).json()["bearerToken"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def power_off(http: httpx.Client) -> Any:
    return http.post("/v2/operations/DEMO/servers/powerOff", json=["WA1DEMOWEB01"])


def test_only_needs_the_standard_library() -> None:
    """A project that has its own way to run the simulator can use the helpers."""
    code = (
        "import sys; before = set(sys.modules); import clc_simulator.testing, clc_simulator;"
        "names = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(names - set(sys.stdlib_module_names)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['clc_simulator']"


def test_the_server_ends_with_the_statement() -> None:
    with running("--job-seconds", "0", seed="empty") as simulator:
        assert simulator.state()["servers"] == {}
        assert simulator.environment == {
            "CLC_V2_API_URL": simulator.url,
            "CLC_V2_API_USERNAME": "demo",
            "CLC_V2_API_PASSWD": "demo-password",
        }
    with pytest.raises(ControlError, match="refused"):
        simulator.state()


def test_the_clock_decides_when_jobs_end(simulator: RunningSimulator, http: httpx.Client) -> None:
    begin = simulator.clock.stop()
    assert power_off(http).status_code == 200
    assert simulator.clock.now == begin
    assert http.get(SERVER).json()["details"]["powerState"] == "started"
    assert simulator.clock.advance(timedelta(seconds=90)) == begin + timedelta(seconds=90)
    assert http.get(SERVER).json()["details"]["powerState"] == "stopped"
    assert simulator.clock.advance(1.5) == begin + timedelta(seconds=91.5)
    fast = simulator.clock.run(1_000_000)
    assert simulator.clock.now > fast + timedelta(seconds=10)


def test_faults_are_in_force_within_the_statement(simulator: RunningSimulator, http: httpx.Client) -> None:
    with simulator.faults({"operation": "getServer", "status": 503, "count": 1}) as outer:
        with simulator.faults({"operation": "getServer", "status": 429, "retry_after": 1}) as inner:
            assert http.get(SERVER).status_code == 429
            assert (inner.matched, inner.applied) == (1, 1)
        assert (outer.matched, outer.applied) == (1, 1)
        assert http.get(SERVER).status_code == 200
        assert (outer.matched, outer.applied) == (2, 1)
    with simulator.faults({"operation": "getServer", "status": 500}):
        assert http.get(SERVER).status_code == 500
    assert http.get(SERVER).status_code == 200


def test_faults_are_removed_after_an_exception(simulator: RunningSimulator, http: httpx.Client) -> None:
    with pytest.raises(KeyError), simulator.faults({"operation": "getServer", "status": 500}):
        raise KeyError
    assert http.get(SERVER).status_code == 200


def test_a_reset_within_the_statement_removes_its_faults(simulator: RunningSimulator) -> None:
    with simulator.faults({"operation": "getServer", "status": 500}) as faults:
        simulator.reset("empty")
        assert faults.applied == 0


def test_invalid_faults_are_rejected(simulator: RunningSimulator) -> None:
    with (
        pytest.raises(ControlError, match=r"faults\[0\].operation: the contract has no operation getServers"),
        simulator.faults({"operation": "getServers", "status": 500}),
    ):
        pytest.fail("the statement was entered")


def test_requests_are_selected(simulator: RunningSimulator, http: httpx.Client) -> None:
    http.get(SERVER)
    http.get(f"{SERVER}?uuid=false")
    http.get("/v2/servers/DEMO/NOPE")
    power_off(http)
    found = simulator.requests
    assert [request.operation for request in found] == ["login", *["getServer"] * 3, "powerOffServers"]
    assert len(found) == 5
    assert len(found.select("getServer")) == 3
    assert len(found.select("getServer", path="/v2/servers/demo/wa1*")) == 2
    assert len(found.select("getServer", status=404)) == 1
    assert len(found.select(method="POST")) == 2
    assert str(found.select("getServer")[1]) == f"GET {SERVER}?uuid=false -> 200 getServer"
    found.clear()
    assert len(found) == 0
    assert found.describe() == "  none"


def test_assertions_on_requests(simulator: RunningSimulator, http: httpx.Client) -> None:
    found = simulator.requests
    found.assert_not_sent("getServer")
    found.assert_no_changes()
    http.get(SERVER)
    assert found.assert_sent("getServer", times=1, status=200)[0].path == SERVER
    found.assert_not_sent("getServer", path="/v2/servers/DEMO/OTHER")
    found.assert_no_changes()
    with pytest.raises(AssertionError, match=r"expected 2 requests of getServer, found 1; the requests were:\n  POST"):
        found.assert_sent("getServer", times=2)
    with pytest.raises(AssertionError, match="expected 0 requests of getServer, found 1"):
        found.assert_not_sent("getServer")
    with pytest.raises(AssertionError, match="expected at least one request of deleteServer, found 0"):
        found.assert_sent("deleteServer")
    power_off(http)
    with pytest.raises(AssertionError, match=r"found 1 request that can change(.|\n)*-> 200 powerOffServers"):
        found.assert_no_changes()
    found.assert_no_changes(allowed=["powerOffServers"])


@pytest.mark.parametrize("name", ["select", "assert_sent", "assert_not_sent"])
def test_an_operation_that_does_not_exist_is_an_error(simulator: RunningSimulator, name: str) -> None:
    """Otherwise a mistyped name would make assert_not_sent pass."""
    with pytest.raises(ValueError, match="Invalid value for operation: the contract has no operation deleteSrever"):
        getattr(simulator.requests, name)("deleteSrever")
    with pytest.raises(ValueError, match="deleteSrever"):
        simulator.requests.assert_no_changes(allowed=["deleteSrever"])


def test_unknown_properties_are_reported(simulator: RunningSimulator, http: httpx.Client) -> None:
    simulator.requests.assert_valid()
    parent = next(group["id"] for group in simulator.state()["groups"].values() if group["name"] == "Default Group")
    http.post("/v2/groups/DEMO", json={"name": "New", "parentGroupId": parent, "colour": "red"})
    with pytest.raises(AssertionError, match=r"createGroup: the contract does not have the properties .*colour"):
        simulator.requests.assert_valid()


def test_dropped_connections_and_faults_are_in_the_description(simulator: RunningSimulator, http: httpx.Client) -> None:
    with (
        simulator.faults({"name": "lost", "operation": "getServer", "drop": "before"}),
        pytest.raises(httpx.RemoteProtocolError),
    ):
        http.get(SERVER)
    assert simulator.requests.describe().endswith(f"  GET {SERVER} -> dropped getServer (lost)")


def test_the_description_ends_with_the_last_requests(simulator: RunningSimulator, http: httpx.Client) -> None:
    for _ in range(60):
        http.get(SERVER)
    lines = simulator.requests.describe().splitlines()
    assert lines[0] == "  ... 21 requests before"
    assert len(lines) == 41


def test_a_seed_from_a_file(simulator: RunningSimulator, tmp_path: Path) -> None:
    seed = tmp_path / "seed.yml"
    seed.write_text("accounts: [{alias: MINE}]\nusers: [{name: me, password: secret, account: MINE}]\n")
    simulator.reset(str(seed))
    assert list(simulator.state()["accounts"]) == ["MINE"]
    with pytest.raises(ControlError, match=r"seed nowhere\.yml"):
        simulator.reset("nowhere.yml")
    simulator.reset()
    assert "DEMO" in simulator.state()["accounts"]
