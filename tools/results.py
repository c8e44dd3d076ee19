# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results of every kind of test as JUnit files in build/reports, and their total.

pytest and ansible-test's sanity write such files themselves; checks and integration targets get theirs here. The total
of a run is then one sum over one kind of file, and a CI system can show the files as they are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from . import support

REPORTS = support.ROOT / "build" / "reports"
# How each of nox's sessions ended: a list of Ended.
SESSIONS = REPORTS / "sessions.json"
# Of each failure so many lines, so wide, are repeated at the end of a run: a CI system may show no more than its last part.
_MAX_LINES = 30
_WIDTH = 400


@dataclass(frozen=True)
class Case:
    """One thing that passed (no failure) or failed (failure says how)."""

    name: str
    seconds: float = 0.0
    failure: str | None = None


@dataclass(frozen=True)
class Counts:
    """How many cases passed, failed (errors included), and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Sum two counts."""
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        """Say it in the plain form that CI readers know."""
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


@dataclass(frozen=True)
class SessionResult:
    """How a session of nox ended; its time on the clock and of the processors in seconds."""

    name: str
    passed: bool
    seconds: float
    cpu_seconds: float


def log_of(session: str) -> Path:
    """Return the file that keeps what a session of nox printed."""
    return REPORTS / "sessions" / f"{session}.log"


def write(suite: str, cases: Iterable[Case]) -> None:
    """Write a suite's cases to build/reports/SUITE.xml."""
    all_cases = list(cases)
    failures = sum(case.failure is not None for case in all_cases)
    root = ElementTree.Element("testsuite", name=suite, tests=str(len(all_cases)), failures=str(failures))
    for case in all_cases:
        element = ElementTree.SubElement(root, "testcase", classname=suite, name=case.name, time=f"{case.seconds:.1f}")
        if case.failure is not None:
            # XML has no control characters, and programs colour their output with them.
            text = "".join(letter for letter in case.failure if letter >= " " or letter in "\n\t")
            ElementTree.SubElement(element, "failure", message="failed").text = text
    REPORTS.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(root).write(REPORTS / f"{suite}.xml", encoding="utf-8", xml_declaration=True)


def count(file: Path) -> Counts:
    """Count the cases of one JUnit file; a file that cannot be read is one failure."""
    try:
        cases = list(ElementTree.parse(file).getroot().iter("testcase"))
    except ElementTree.ParseError:
        return Counts(failed=1)
    failed = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    return Counts(len(cases) - failed - skipped, failed, skipped)


def failures(file: Path) -> list[Case]:
    """Return the failed cases of one JUnit file; if the text of a failure is missing, its message stands for it."""
    try:
        cases = list(ElementTree.parse(file).getroot().iter("testcase"))
    except ElementTree.ParseError as error:
        return [Case(file.name, failure=f"this file of results cannot be read: {error}")]
    failed: list[Case] = []
    for case in cases:
        for kind in ("failure", "error"):
            found = case.find(kind)
            if found is not None:
                name = f"{case.get('classname', '')} {case.get('name', '')}".strip()
                failed.append(Case(name, failure=found.text or found.get("message") or kind))
                break
    return failed


def summary_of(failed: Case) -> list[str]:
    """Return the summary of a failed case: its name and the end of what was printed, where causes stand."""
    lines = (failed.failure or "").rstrip().splitlines()
    left_out = [f"    ... {len(lines) - _MAX_LINES} lines more in {REPORTS.name}"] if len(lines) > _MAX_LINES else []
    return [f"  FAILED: {failed.name}", *left_out, *(f"    {line[:_WIDTH]}" for line in lines[-_MAX_LINES:])]


def by_suite() -> dict[str, Counts]:
    """Count every suite in build/reports: a file, or a directory of files."""
    suites: dict[str, Counts] = {}
    for file in sorted(REPORTS.rglob("*.xml")):
        suite = file.relative_to(REPORTS).parts[0].removesuffix(".xml")
        suites[suite] = suites.get(suite, Counts()) + count(file)
    return suites


def broken_sessions(suites: dict[str, Counts]) -> list[Case]:
    """Return nox's sessions that failed without a failed case: those that ended before they could count."""
    if not SESSIONS.exists():
        return [Case("no session", failure="the sessions did not finish")]
    ended = [SessionResult(**session) for session in json.loads(SESSIONS.read_text(encoding="utf-8"))]
    broken = [session.name for session in ended if not session.passed and not suites.get(session.name, Counts()).failed]
    return [Case(name, failure=log_of(name).read_text(encoding="utf-8")) for name in broken]


def main() -> int:
    """Print what failed, the counts of each suite, what was not tested, and the total last; keep the total in a file."""
    suites = by_suite()
    broken = broken_sessions(suites)
    total = sum(suites.values(), Counts()) + Counts(failed=len(broken))
    failed = [*(case for file in sorted(REPORTS.rglob("*.xml")) for case in failures(file)), *broken]
    lines = [line for case in failed for line in summary_of(case)]
    lines += [f"  {name:<28} {counts}" for name, counts in suites.items()]
    lines += [f"  BROKEN: {session.name}" for session in broken]
    covered = REPORTS / "coverage.txt"
    if covered.exists():
        lines.append(f"  {covered.read_text(encoding='utf-8').splitlines()[-1]}")
    for untested in sorted(REPORTS.glob("not-tested*.txt")):
        lines += [f"  NOT TESTED: {line}" for line in untested.read_text(encoding="utf-8").splitlines()]
    sys.stdout.write("\n".join(["", "Results (build/reports):", *lines, "", str(total), ""]))
    REPORTS.mkdir(parents=True, exist_ok=True)
    (REPORTS / "total.txt").write_text(f"{total}\n", encoding="utf-8")
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
