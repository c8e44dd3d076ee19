# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that is created, changed, and deleted, under one fault: nothing is lost, doubled, or reported untruthfully.

Real modules run as processes against the simulator. After the fault, the same task runs again: it must succeed, and a third run
must change nothing. What the service then has is counted, and must be what the task makes without a fault. What the first run
has reported is compared with what the service had after it. The table of outcomes is written to build/reports/faults.md.
"""

from __future__ import annotations

import importlib
import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.outcome_cases import CASES, WITHOUT_CASES, Case
from ansible_collections.centurylink.cloud.tests.unit.support.outcome_table import write_cell, write_table
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import Killed, SimulatedService, serving

MODULES = "ansible_collections.centurylink.cloud.plugins.modules"
WRITES = ["POST", "PUT", "PATCH", "DELETE"]
GATEWAY, CUT, LOST, OUTAGE, JOB_STATUS, READS, JOB, KILLED = FAULTS = (
    "gateway's 502 after the work",
    "body cut off",
    "no response",
    "no response, then all reads fail for 30 s",
    "job status unreadable",
    "all reads fail for 30 s",
    "job fails",
    "killed",
)
# The effect on the write that the fault is about.
EFFECTS: dict[str, dict[str, t.Any]] = {
    GATEWAY: {"status": 502, "work_done": True, "body": "html"},
    CUT: {"body": "cut"},
    LOST: {"drop": "after"},
    OUTAGE: {"drop": "after"},
    JOB: {"job": "fail"},
}
# 30 s of a status that is read every second at first, then every five.
UNREADABLE = [{"method": "GET", "path": path, "count": 12, "status": 503} for path in ("*status*", "*requests/*")]
# What a message says if the work may have been done, or goes on.
MAY_EXIST = (" may ", "unknown", "The work continues", "waits for it", "do not return the change yet")
CONTINUES = "Run the task again to continue."
# Tasks that write more than once, and how often.
MULTIPLE_WRITES = {
    "BackupAnywhereServer-create": 2,
    "BackupServerPolicies-delete": 2,
    "IpsAgents-create": 2,
    "IpsAgents-delete": 2,
    "ServerSnapshots-delete": 2,
    "Webhook-create": 2,
    "Webhook-change": 2,
    "Webhook-delete": 2,
    "LoadBalancerNodes-change": 2,
    "Network-create": 2,
    "Servers-create": 3,
    "Servers-change": 4,
    "Servers-delete": 3,
    "SharedLoadBalancer-create": 3,
    "SharedLoadBalancer-change": 3,
}
# A failed job that leaves what the next run cannot change, and what that run then says. The service has no request that would
# repair it, and only the user can decide to delete it.
LEFT_BY_FAILED_JOB = {
    "Database-create": "the status of database shop-db is Failed, not Active",
    "Database-change": "the status of database shop-db is Failed, not Active",
    "LoadBalancer-create": "its creation has failed",
    "FirewallPolicy-create": "its activation failed",
    "FirewallPolicy-change": "its activation failed",
    "CrossDataCenterFirewallPolicy-create": "its activation failed",
    "CrossDataCenterFirewallPolicy-change": "its activation failed",
    "BackupServerPolicies-create": "status ERROR",
    "Servers-create": "not built within wait_timeout",
    "Servers-delete": "still queued for deletion",
}


class _NoScript:
    """What a runner asks of a scripted service, which is not used here."""

    def done(self) -> None:
        pass


NewService = t.Callable[[], SimulatedService]


@pytest.fixture
def new_service(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> NewService:
    handed_over = {"can_log_in": True, "pending": str(tmp_path / "pending")}
    monkeypatch.setenv(running.HANDED_OVER, json.dumps(handed_over))
    monkeypatch.chdir(tmp_path)  # installers are written there
    return lambda: SimulatedService(clock, Runner(t.cast(t.Any, _NoScript()), clock, capsys, monkeypatch, tmp_path))


@pytest.fixture(autouse=True, scope="module")
def _table() -> t.Iterator[None]:
    """Write the table after the last test of this process; with two processes, the last one to end writes it whole."""
    yield
    write_table(FAULTS)


def _count(service: SimulatedService) -> dict[str, int]:
    """Return how many entities of each kind the service has when all work has ended."""
    service.finish()
    return {table: len(entities) for table, entities in service.state().items()}


# The results of `_expected`, by case.
_EXPECTED: dict[str, tuple[dict[str, int], int]] = {}


def _expected(case: Case, new_service: NewService) -> tuple[dict[str, int], int]:
    """Return what the service has after the task without a fault, as numbers by table, and how many writes the task needs."""
    if str(case) not in _EXPECTED:
        _EXPECTED[str(case)] = _run_without_fault(case, new_service())
    return _EXPECTED[str(case)]


def _run_without_fault(case: Case, service: SimulatedService) -> tuple[dict[str, int], int]:
    with serving(service):
        options = case.prepare(service)
        assert service.run(case.module, options).changed
        writes = [entry for entry in service.log() if entry.method != "GET"]
        assert not service.run(case.module, options).changed
        return _count(service), len(writes)


def _run(service: SimulatedService, case: Case, options: t.Any, fault: str, write: int = 1) -> Outcome | None:
    """Run a task with a fault at one of its writes; None if it was killed."""
    rules = UNREADABLE if fault == JOB_STATUS else []
    if fault in EFFECTS:
        rules = [{"method": WRITES, "after": write, "count": 1, **EFFECTS[fault]}]  # the first one is the login
    service.fault(*rules)
    service.kill_after = write if fault == KILLED else 0
    service.unreadable_seconds = 30.0 if fault in (READS, OUTAGE) else 0.0
    try:
        return service.run(case.module, options)
    except Killed:
        return None
    finally:
        service.fault()


def _says_may(first: Outcome) -> bool:
    return any(words in first.msg for words in MAY_EXIST)


def _classified(first: Outcome | None, second: Outcome, is_reached: bool) -> str:
    """Return the cell of the table."""
    if not is_reached:
        return "-"
    if second.failed:
        return "error; the next run names what the failed job has left"
    next_run = "completes it" if second.changed else "finds it done"
    if first is None:
        return f"killed; the next run {next_run}"
    if not first.failed:
        return "done"
    if _says_may(first):
        return f"error: may have been done; the next run {next_run}"
    return f"error: {'partly done' if first['changed'] else 'nothing changed'}; the next run {next_run}"


def _check_report(first: Outcome, second: Outcome, is_same: bool) -> None:
    """Check that the report of the first run is true."""
    if not first.failed:
        assert first.changed
        assert not second.changed, "the first run reported as done what the second run still had to do"
        return
    if not first["changed"] and not _says_may(first):
        assert is_same, f"something was changed, and the message is: {first.msg}"
    if not second.changed and not second.failed:
        assert first["changed"] or _says_may(first), f"the work was done, and the message is: {first.msg}"
    if CONTINUES in first.msg:
        assert not second.failed, f"the next run does not continue: {second.msg}"


def _check(case: Case, fault: str, write: int, new_service: NewService) -> None:
    """Run a case with a fault, again, and a third time, and write its cell."""
    expected, _writes = _expected(case, new_service)
    service = new_service()
    with serving(service):
        options = case.prepare(service)
        before = service.state()
        first = _run(service, case, options, fault, write)
        is_reached = fault == KILLED or any(entry.faults for entry in service.log())
        is_same = service.state() == before
        second = service.run(case.module, options)
        write_cell(case.resource, case.kind, fault, _classified(first, second, is_reached), write)
        if first is not None:
            _check_report(first, second, is_same)
        if second.failed:
            assert fault == JOB, second.msg
            assert LEFT_BY_FAILED_JOB[str(case)] in second.msg, second.msg
            return
        assert not service.run(case.module, options).changed, "a third run changes something"
        assert _count(service) == expected, "something exists twice, or is left over"


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_outcome(new_service: NewService, case: Case, fault: str) -> None:
    _check(case, fault, 1, new_service)


@pytest.mark.parametrize("fault", [GATEWAY, CUT, LOST, OUTAGE, JOB, KILLED])
@pytest.mark.parametrize(
    ("case", "write"),
    [
        pytest.param(case, write, id=f"{case}-{write}")
        for case in CASES
        for write in range(2, MULTIPLE_WRITES.get(str(case), 1) + 1)
    ],
)
def test_outcome_of_a_later_write(new_service: NewService, case: Case, write: int, fault: str) -> None:
    _check(case, fault, write, new_service)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_write_of_a_task_gets_a_fault(new_service: NewService, case: Case) -> None:
    assert _expected(case, new_service)[1] == MULTIPLE_WRITES.get(str(case), 1)


def test_every_module_that_writes_has_a_case_or_a_reason() -> None:
    names = [path.stem for path in Path(__file__).parents[2].glob("plugins/modules/[!_]*.py")]
    writing = {
        name
        for name in names
        if not name.startswith("clc_")  # other options of the same resources
        and isinstance(importlib.import_module(f"{MODULES}.{name}").MODULE, running.ResourceModule)
    }
    covered = {case.module for case in CASES}
    assert writing == covered | WITHOUT_CASES.keys()
    assert not covered & WITHOUT_CASES.keys()
