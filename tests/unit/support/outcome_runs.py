# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs of real modules with one fault: the faults, what a run with one leaves, and whether its report says so."""

from __future__ import annotations

import typing as t

from .modules import Outcome
from .outcome_cases import Case
from .simulated import Killed, SimulatedService

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
SAME_TIME = "another run at the same time"
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
NewService = t.Callable[[], SimulatedService]


def count(service: SimulatedService) -> dict[str, int]:
    """Return how many entities of each kind the service has when all work has ended."""
    service.finish()
    return {table: len(entities) for table, entities in service.state().items()}


def run_with_fault(service: SimulatedService, case: Case, options: t.Any, fault: str, write: int = 1) -> Outcome | None:
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


def says_may(first: Outcome) -> bool:
    """Return whether the report of a failed run says that the work may have been done, or goes on."""
    return any(words in first.msg for words in MAY_EXIST)
