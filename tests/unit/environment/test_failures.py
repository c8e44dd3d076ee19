# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Failures in the middle of a run: the next run completes the work, and the account has nothing twice."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.environments import RESOURCES, manage, shop, sums
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import Killed, SimulatedService

_Fault = dict[str, t.Any]
# Tables that grow with what has happened, not with what there is.
_HISTORY = {"databaseHistory", "databaseBackups", "backupRestorePoints", "webhookKeys", "tokenKeys"}
# Number of entities by table after a build without a failure, and before it; read once.
_BUILT: dict[str, int] = {}
_EMPTY: dict[str, int] = {}


def _numbers(service: SimulatedService) -> dict[str, int]:
    """Return the number of entities by table, without those that the service keeps after their end."""
    tables = {name: entities.values() for name, entities in service.state().items() if name not in _HISTORY}
    numbers = {name: len([entity for entity in table if _exists(entity)]) for name, table in tables.items()}
    return {name: number for name, number in numbers.items() if number}


def _exists(entity: t.Any) -> bool:
    return str(getattr(entity, "status", "")).lower() not in ("deleted", "inactive")


@pytest.fixture
def numbers(service: SimulatedService) -> dict[str, int]:
    """Return the number of entities by table after a build without a failure. The account is empty again."""
    if not _BUILT:
        _EMPTY.update(_numbers(service))
        manage(service, shop())
        service.finish()
        _BUILT.update(_numbers(service))
        manage(service, shop(state="absent"))
        service.finish()
    return _BUILT


def _check_completed(service: SimulatedService, numbers: dict[str, int]) -> None:
    """Check that runs without failures complete the environment, and that nothing is there twice."""
    service.fault()
    service.finish()
    manage(service, shop())
    service.finish()
    again = manage(service, shop())
    assert again["plan"] == []
    assert again["undeclared"] == []
    assert sums(again)["unchanged"] == RESOURCES
    assert _numbers(service) == numbers


@pytest.mark.parametrize("number", [1, 5, 12, 20, 30, 38])
def test_killed(service: SimulatedService, numbers: dict[str, int], number: int) -> None:
    service.kill_after = number
    with pytest.raises(Killed):
        service.run("environment", shop())
    _check_completed(service, numbers)


@pytest.mark.parametrize("number", [12, 20, 30])
def test_killed_and_run_again_at_once(service: SimulatedService, numbers: dict[str, int], number: int) -> None:
    """The servers are still under construction."""
    service.kill_after = number
    with pytest.raises(Killed):
        service.run("environment", shop())
    service.fault()
    manage(service, shop())
    _check_completed(service, numbers)


_LOST: dict[str, _Fault] = {
    "dropped": {"drop": "after"},
    "502": {"status": 502, "work_done": True},
    "cut": {"body": "cut"},
}


@pytest.mark.parametrize(
    ("fault", "operation"),
    [
        ("dropped", "createGroup"),
        ("dropped", "createServer"),
        ("dropped", "createAlertPolicy"),
        ("dropped", "addPublicIpAddress"),
        ("502", "createGroup"),
        ("502", "claimNetwork"),
        ("502", "createServer"),
        ("502", "addPublicIpAddress"),
        ("502", "createFirewallPolicy"),
        ("502", "createSharedLoadBalancer"),
        ("502", "createLbaasLoadBalancer"),
        ("502", "createSiteToSiteVpn"),
        ("502", "createRdbsSubscription"),
        ("cut", "createServer"),
        ("cut", "claimNetwork"),
        ("cut", "createRdbsSubscription"),
    ],
)
def test_response_lost_after_the_work(
    service: SimulatedService, numbers: dict[str, int], fault: str, operation: str
) -> None:
    service.fault({"operation": operation, "count": 1, **_LOST[fault]})
    service.run("environment", shop())
    _check_completed(service, numbers)


def test_build_of_a_server_fails(service: SimulatedService) -> None:
    """The service leaves the server under construction and rejects its deletion: it is reported, and not replaced."""
    service.fault({"operation": "createServer", "job": "fail", "count": 1})
    failed = service.run("environment", shop(wait_timeout=900))
    assert failed.failed
    assert {failure["kind"] for failure in failed["failures"]} == {"servers"}
    service.fault()
    service.finish(1000)
    before = service.state()["servers"]
    (stuck,) = [server.id for server in before.values() if server.status == "underConstruction"]
    again = service.run("environment", shop(wait_timeout=900))
    assert again.failed
    assert stuck in again.msg.lower()
    assert service.state()["servers"].keys() == before.keys()


@pytest.mark.parametrize("operation", ["claimNetwork", "addPublicIpAddress"])
def test_job_fails(service: SimulatedService, numbers: dict[str, int], operation: str) -> None:
    service.fault({"operation": operation, "job": "fail", "count": 1})
    failed = service.run("environment", shop())
    assert failed.failed
    assert failed["failures"]
    assert failed["pending"]
    _check_completed(service, numbers)


_FAULTS: dict[str, _Fault] = {
    "some responses lost": {"method": "POST", "status": 502, "work_done": True, "probability": 0.3, "seed": 7},
    "some requests rejected": {"method": ["POST", "PUT"], "status": 503, "probability": 0.3, "seed": 7},
    "no connection": {"method": "POST", "drop": "before", "after": 6, "count": 4},
    "too many requests": {"method": "POST", "status": 429, "retry_after": 5, "count": 6},
    "reads fail": {"method": "GET", "status": 500, "after": 25, "count": 40},
    "token expires": {"operation": "createServer", "expire_tokens": True, "count": 1},
    "late and half visible": {"operation": "createServer", "partly_visible": {"reads": 3}, "job_lag_seconds": 30},
}


@pytest.mark.parametrize("name", _FAULTS)
def test_unreliable_service(service: SimulatedService, numbers: dict[str, int], name: str) -> None:
    service.fault(_FAULTS[name])
    service.run("environment", shop())
    _check_completed(service, numbers)


def test_servers_under_construction_are_deleted_when_they_are_built(service: SimulatedService) -> None:
    service.fault({"operation": "createServer", "job_lag_seconds": 120})
    assert service.run("environment", shop(wait_timeout=30)).failed
    assert "underConstruction" in {server.status for server in service.state()["servers"].values()}
    manage(service, shop(state="absent"))
    service.finish()
    assert not service.state()["servers"]


@pytest.mark.parametrize("number", [1, 6, 12, 18])
def test_killed_while_deleting(service: SimulatedService, numbers: dict[str, int], number: int) -> None:
    manage(service, shop())
    service.finish()
    service.kill_after = number
    with pytest.raises(Killed):
        service.run("environment", shop(state="absent"))
    service.fault()
    service.finish()
    manage(service, shop(state="absent"))
    service.finish()
    left = {name: number - _EMPTY.get(name, 0) for name, number in _numbers(service).items()}
    # The service keeps an event without targets.
    assert {name for name, more in left.items() if more} <= {"webhooks"}
    assert manage(service, shop(state="absent"))["plan"] == []
