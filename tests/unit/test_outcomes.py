# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that is created, changed, and deleted, under one fault: nothing is lost, doubled, or reported untruthfully.

Real modules run as processes against the simulator. After the fault, the same task runs again: it must succeed, and a third run
must change nothing. What the service then has is counted, and must be what the task makes without a fault. What the first run
has reported is compared with what the service had after it. The outcomes are those of docs/outcomes.md.
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome
from ansible_collections.centurylink.cloud.tests.unit.support.outcome_cases import ACTIONS, CASES, WITHOUT_CASES, Case
from ansible_collections.centurylink.cloud.tests.unit.support.outcome_runs import (
    CUT,
    FAULTS,
    GATEWAY,
    JOB,
    KILLED,
    LOST,
    OUTAGE,
    SAME_TIME,
    NewService,
    count,
    run_with_fault,
    says_may,
)
from ansible_collections.centurylink.cloud.tests.unit.support.outcome_table import write_cell
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving

MODULES = "ansible_collections.centurylink.cloud.plugins.modules"
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

# Creates of what can exist only once, which the service rejects.
REJECTED = {
    "ServerSnapshots-create",
    "BackupServerPolicies-create",
    "PublicIp-create",
    "LoadBalancerPool-create",
    "Database-create",
}
# What a PUT creates, since there is one of it for each group, network, event, or server.
CREATED_BY_PUT = {
    "ServerGroupHorizontalAutoscalePolicy-create", "LogForwarding-create", "IpsNotifications-create", "Webhook-create",
}  # fmt: skip
# What the simulator keeps as a part of another entity.
PARTS_OF_OTHERS = {
    "ServerGroupDefault-create", "ServerGroupHorizontalAutoscalePolicy-create", "LoadBalancerPool-create",
    "ServerSnapshots-create", "IpsNotifications-create",
}  # fmt: skip


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
        return count(service), len(writes)


def _classified(first: Outcome | None, second: Outcome, is_reached: bool, write: int) -> str:
    """Return the cell of the table. write: the number of the write with the fault; those after the first are sent together."""
    if not is_reached:
        return "-"
    if second.failed:
        return "error; the next run names what the failed job has left"
    next_run = "completes it" if second.changed else "finds it done" + (", with a warning" if second.warnings else "")
    if first is None:
        return f"killed; the next run {next_run if write == 1 else 'completes it or finds it done'}"
    if not first.failed:
        return "done"
    if says_may(first):
        return f"error: may have been done; the next run {next_run}"
    return f"error: {'partly done' if first['changed'] else 'nothing changed'}; the next run {next_run}"


def _check_report(first: Outcome, second: Outcome, is_same: bool) -> None:
    """Check that the report of the first run is true."""
    if not first.failed:
        assert first.changed
        assert not second.changed, "the first run reported as done what the second run still had to do"
        return
    if not first["changed"] and not says_may(first):
        assert is_same, f"something was changed, and the message is: {first.msg}"
    if not second.changed and not second.failed:
        assert first["changed"] or says_may(first), f"the work was done, and the message is: {first.msg}"
    if CONTINUES in first.msg:
        assert not second.failed, f"the next run does not continue: {second.msg}"


def _check(case: Case, fault: str, write: int, new_service: NewService) -> None:
    """Run a case with a fault, again, and a third time, and write its cell."""
    expected, _writes = _expected(case, new_service)
    service = new_service()
    with serving(service):
        options = case.prepare(service)
        before = service.state()
        first = run_with_fault(service, case, options, fault, write)
        is_reached = fault == KILLED or any(entry.faults for entry in service.log())
        is_same = service.state() == before
        second = service.run(case.module, options)
        write_cell(case.resource, case.kind, fault, _classified(first, second, is_reached, write), write)
        if first is not None:
            _check_report(first, second, is_same)
        if second.failed:
            assert fault == JOB, second.msg
            assert LEFT_BY_FAILED_JOB[str(case)] in second.msg, second.msg
            return
        assert not service.run(case.module, options).changed, "a third run changes something"
        assert _lasting(count(service)) == _lasting(expected), "something exists twice, or is left over"


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
def test_two_runs_at_once(new_service: NewService, case: Case) -> None:
    """Another controller does the same work between the reads of a run and its first write."""
    expected, _writes = _expected(case, new_service)
    service = new_service()
    with serving(service):
        options = case.prepare(service)
        others: list[Outcome] = []
        service.before_write = lambda: others.append(service.run(case.module, options))
        first = service.run(case.module, options)
        assert others[0].changed
        third = service.run(case.module, options)
        # Each registration of a server has a token of its own, so that a second one doubles nothing.
        is_doubled = case.resource != "BackupAnywhereServer" and _lasting(count(service)) != _lasting(expected)
        write_cell(case.resource, case.kind, SAME_TIME, _classified_twins(first, third, is_doubled=is_doubled))
        if is_doubled:
            assert first.failed or any("at the same time" in warning for warning in first.warnings), "a silent double"
            assert not third.failed or re.search(r"\b\d+ .*(match|have|exist)", third.msg), third.msg
            return
        assert not first.failed or str(case) in REJECTED, first.msg
        assert not first.failed or not first["changed"]
        assert not third.changed


def _lasting(count: dict[str, int]) -> dict[str, int]:
    """Return numbers of entities without those that record each request, which say nothing about what exists."""
    return {table: number for table, number in count.items() if table != "databaseHistory"}


def _classified_twins(first: Outcome, third: Outcome, *, is_doubled: bool) -> str:
    if is_doubled:
        next_run = "names both" if third.failed else "takes them as one"
        return f"{'error' if first.failed else 'warning'}: exists twice; the next run {next_run}"
    return "error: rejected; the next run finds it done" if first.failed else "done once"


@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "create"], ids=str)
def test_a_create_creates(new_service: NewService, case: Case) -> None:
    """What the seed or an earlier task has made would make an update of the create."""
    service = new_service()
    with serving(service):
        options = case.prepare(service)
        before = service.state()
        service.run(case.module, options)
        created = [entry for entry in service.log() if entry.method == "POST"]
        grown = [table for table, entities in service.state().items() if len(entities) > len(before[table])]
        assert created or str(case) in CREATED_BY_PUT
        assert grown or str(case) in PARTS_OF_OTHERS


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
    covered = {case.module for case in (*CASES, *ACTIONS)}
    assert writing == covered | WITHOUT_CASES.keys()
    assert not covered & WITHOUT_CASES.keys()
