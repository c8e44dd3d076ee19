import os
import subprocess
from pathlib import Path

import pytest

from clc_simulator.testing import RunningSimulator

PLAYBOOK = Path(__file__).parent.parent / "web.yml"


def play(simulator: RunningSimulator, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **simulator.environment}
    command = ["ansible-playbook", str(PLAYBOOK), *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_creates_two_servers(clc_simulator: RunningSimulator) -> None:
    result = play(clc_simulator)
    assert result.returncode == 0, result.stdout
    servers = clc_simulator.state()["servers"]
    assert [servers[name]["cpu"] for name in ("wa1demotier01", "wa1demotier02")] == [2, 2]
    clc_simulator.requests.assert_valid()


def test_changes_nothing_the_second_time(clc_simulator: RunningSimulator) -> None:
    play(clc_simulator)
    clc_simulator.requests.clear()
    result = play(clc_simulator)
    assert "changed=0" in result.stdout
    clc_simulator.requests.assert_no_changes()


@pytest.mark.clc_simulator("empty")
def test_predicts_for_an_empty_account(clc_simulator: RunningSimulator) -> None:
    result = play(clc_simulator, "--check")
    assert result.returncode == 0, result.stdout
    assert clc_simulator.state()["servers"] == {}
    clc_simulator.requests.assert_no_changes()


def test_continues_when_the_service_is_unavailable(clc_simulator: RunningSimulator) -> None:
    with clc_simulator.faults({"method": "GET", "count": 3, "status": 503, "retry_after": 0}) as faults:
        result = play(clc_simulator)
        assert faults.applied == 3
    assert result.returncode == 0, result.stdout


def test_reports_a_creation_that_fails(clc_simulator: RunningSimulator) -> None:
    with clc_simulator.faults({"operation": "createServer", "count": 1, "job": "fail"}):
        result = play(clc_simulator)
    assert result.returncode == 2, result.stdout
    clc_simulator.requests.assert_sent("createServer", status=202)


def test_servers_are_not_deleted_with_time(clc_simulator: RunningSimulator) -> None:
    play(clc_simulator)
    before = len(clc_simulator.state()["servers"])
    clc_simulator.clock.advance(365 * 86400)
    assert len(clc_simulator.state()["servers"]) == before
