# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Work that each run does again, such as a failover, under one fault: it is sent once, and the report is true.

No later run can show whether the work was done twice, so the requests of the run with the fault are counted, and what the service
then has is compared with what it has after a run without a fault, and with what it had before.
"""

from __future__ import annotations

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome
from ansible_collections.centurylink.cloud.tests.unit.support.outcome_cases import ACTIONS, Case
from ansible_collections.centurylink.cloud.tests.unit.support.outcome_runs import (
    FAULTS,
    JOB,
    JOB_STATUS,
    KILLED,
    READS,
    NewService,
    count,
    run_with_fault,
    says_may,
)
from ansible_collections.centurylink.cloud.tests.unit.support.outcome_table import write_cell
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving


def _run_without_fault(case: Case, service: SimulatedService) -> tuple[dict[str, int], int]:
    """Return what the service has after the task, as numbers by table, and how many writes the task sends."""
    with serving(service):
        options = case.prepare(service)
        assert service.run(case.module, options).changed
        writes = [entry for entry in service.log() if entry.method != "GET"]
        return count(service), len(writes)


def _classified(first: Outcome | None) -> str:
    if first is None:
        return "killed"
    if not first.failed:
        return "done"
    if says_may(first):
        return "error: may have been done"
    return "error: partly done" if first["changed"] else "error: nothing changed"


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("case", ACTIONS, ids=str)
def test_outcome(new_service: NewService, case: Case, fault: str) -> None:
    expected, expected_writes = _run_without_fault(case, new_service())
    service = new_service()
    with serving(service):
        options = case.prepare(service)
        before = count(service)
        first = run_with_fault(service, case, options, fault)
        writes = [entry for entry in service.log() if entry.method != "GET"]
        write_cell(case.resource, case.kind, fault, _classified(first))
        assert len(writes) <= expected_writes, "something was sent twice"
        after = count(service)
        if fault != JOB:
            assert after == expected, "what exists is not what one run makes"
        if first is None or (fault == JOB and not first.failed):
            return
        if not first.failed:
            assert first.changed
            return
        assert fault not in (READS, JOB_STATUS, KILLED), first.msg
        assert first["changed"] or says_may(first) or after == before, first.msg
