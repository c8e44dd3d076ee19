# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run commands in parallel, print a line for each outcome, and show the output of those that failed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from . import results
from .support import ROOT


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its status, all it printed, the seconds it took, and those of a processor."""

    status: int
    output: str
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Check:
    """A command that passes by ending with 0 and an outcome that judge finds nothing to say of; log keeps its output."""

    name: str
    command: Sequence[str]
    directory: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=dict)
    judge: Callable[[Outcome], str | None] = lambda outcome: None
    log: Path | None = None


def program(name: str) -> str:
    """Return the path of a program in the virtual environment that runs this."""
    return str(Path(sys.executable).parent / name)


def environment() -> dict[str, str]:
    """Return this process's environment with the virtual environment's programs first in PATH."""
    return {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])}


def outcome_of(check: Check) -> Outcome:
    """Run the command of a check to its end."""
    begun = time.monotonic()
    # No standard input: a tool that would ask a question meets an end of file instead of hanging.
    process = subprocess.Popen(
        check.command,
        cwd=check.directory,
        env={**environment(), **check.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    with process:
        output = process.stdout.read() if process.stdout else ""
        # And not `wait`, which does not return what the command and all that it ran have taken of the processors.
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    used = usage.ru_utime + usage.ru_stime
    return Outcome(process.returncode, output, time.monotonic() - begun, used)


def run(check: Check) -> results.Case:
    """Run one check and print its line, with its output if it failed; keep the output if the check says so."""
    outcome = outcome_of(check)
    objection = check.judge(outcome) or (f"ended with status {outcome.status}" if outcome.status else None)
    if check.log:
        check.log.parent.mkdir(parents=True, exist_ok=True)
        check.log.write_text(outcome.output, encoding="utf-8")
    failure = f"{outcome.output.rstrip()}\n{objection}" if objection else None
    head = f"{'FAIL' if failure else 'ok':<5}{check.name} ({outcome.seconds:.1f} s, CPU {outcome.cpu_seconds:.1f} s)"
    sys.stdout.write(f"{head}\n{failure}\n" if failure else f"{head}\n")
    sys.stdout.flush()
    return results.Case(check.name, outcome.seconds, failure)


def run_all(checks: Sequence[Check]) -> list[results.Case]:
    """Run checks, as many at a time as there are cores; give their cases in the order of checks."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return list(pool.map(run, checks))
