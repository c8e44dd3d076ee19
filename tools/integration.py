# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ansible-test integration against a simulator, in several real copies at once.

Targets wait for jobs of the simulator about as long as they compute, so several at a time take a fraction of the time.
The targets of a run must not depend on each other: they meet in one simulator, each in groups and names of its own. One
that changes the simulator itself (its clock, its faults, a locked user) starts another by setup_simulator.

Modules run in the worker of their task. Targets with the alias "smoke/process" run once more with modules as processes,
against a simulator of their own, on every ansible-core.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import yaml

from . import checks, copytree, coverage, pipseed, results, simulator
from .support import ROOT

_TARGETS = Path("tests", "integration", "targets")
# How long each target took, in seconds, by which the longest begin first; --note-seconds writes it.
_SECONDS = Path("tests", "integration", "seconds.yml")
_COPIES = 2 * (os.cpu_count() or 1)
_SMOKE, _PROCESS = "smoke", "smoke/process"
_JOB_SECONDS = "0.8"
# What ansible-core says with -vvv of each module process.
_MODULE_PROCESS = re.compile(r"Using module file \S*/centurylink/cloud/plugins/modules/")


@dataclass(frozen=True)
class Play:
    """A target to run, and whether its modules are to run as processes."""

    target: str
    as_process: bool = False

    @property
    def name(self) -> str:
        """How results call it."""
        return f"{self.target}, as module processes" if self.as_process else self.target


def list_targets(copy: Path) -> list[str]:
    """Return the targets that ansible-test would run, in its order."""
    command = [checks.program("ansible-test"), "integration", "--list-targets", "--color", "no"]
    process = subprocess.run(
        command,
        cwd=copy,
        env=checks.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode != 0:
        raise SystemExit(f"ansible-test cannot list the integration targets:\n{process.stdout}{process.stderr}")
    return [name for name in process.stdout.split() if (copy / _TARGETS / name).is_dir()]


def aliases(target: str) -> set[str]:
    """Return the aliases of a target."""
    file = ROOT / _TARGETS / target / "aliases"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {line.partition("#")[0].strip() for line in lines}


def plays_of(copy: Path, smoke: bool, only: Sequence[str]) -> list[Play]:
    """Return what to run: all targets, those named, or those with the alias "smoke". None is an error."""
    there = list_targets(copy)
    unknown = sorted(set(only) - set(there))
    if unknown:
        raise SystemExit(f"no integration target {', '.join(unknown)}")
    chosen = [name for name in there if (name in only or not only) and (not smoke or _SMOKE in aliases(name))]
    twice = [name for name in chosen if _PROCESS in aliases(name)]
    if not chosen or not (twice or only):
        raise SystemExit(f"no integration target has the alias {_SMOKE} or {_PROCESS}: nothing tested, no pass")
    return [*map(Play, chosen), *(Play(name, as_process=True) for name in twice)]


def longest_first(plays: Sequence[Play]) -> list[Play]:
    """Return plays in the order in which to begin them, so that no long one ends alone; new targets come first."""
    noted: Mapping[str, float] = yaml.safe_load((ROOT / _SECONDS).read_text(encoding="utf-8")) or {}
    return sorted(plays, key=lambda play: (-noted.get(play.name, float("inf")), play.name))


def note_seconds(cases: Mapping[str, results.Case]) -> None:
    """Write how long each target took."""
    head = (ROOT / _SECONDS).read_text(encoding="utf-8").partition("---\n")[0]
    lines = [f"{name}: {round(case.seconds)}\n" for name, case in sorted(cases.items())]
    (ROOT / _SECONDS).write_text("".join([head, "---\n", *lines]), encoding="utf-8")


def configure(copy: Path, address: str, as_process: bool) -> None:
    """Write the variables that ansible-test hands to every target, since the environment would not reach them.

    And stand in for the pair of keys that ansible-test makes for remote hosts, of which there are none here: the
    copies would fall over each other making it, and it needs a program that a machine may lack.
    """
    variables = {
        "clc_api_url": address,
        "clc_simulator_command": simulator.command(),
        "clc_run_as_process": as_process,
        # Seeds are outside of what ansible-test hands to a target.
        "clc_seeds": str(ROOT / "tests" / "contract" / "seeds"),
    }
    file = copy / "tests" / "integration" / "integration_config.yml"
    file.write_text("".join(f"{name}: {json.dumps(value)}\n" for name, value in variables.items()), encoding="utf-8")
    keys = copy / "tests" / "output" / ".tmp"
    keys.mkdir(parents=True, exist_ok=True)
    for name in ("id_rsa", "id_rsa.pub"):
        (keys / name).write_text("no key: every target is this machine\n", encoding="utf-8")


def aftermath(address: str, with_coverage: bool) -> results.Case:
    """Ask the simulator what it saw: nothing unknown, no broken contract. Keep the coverage in reports if wanted."""
    name = "requests and responses keep to the contract"
    try:
        violations = simulator.violations(simulator.ask(address, "requests"))
        if with_coverage:
            summary = coverage.report(simulator.ask(address, "coverage"))
            (results.REPORTS / "coverage.txt").write_text(f"{summary}\n", encoding="utf-8")
    except simulator.SimulatorFailed as error:
        return results.Case(name, failure=str(error))
    return results.Case(name, failure="\n".join(violations) or None)


def objection(play: Play, verbose: bool, outcome: checks.Outcome) -> str | None:
    """Return what is wrong with a run that ended well: it did not take place, or its modules ran elsewhere than they should."""
    # ansible-test ends with 0 even if it has nothing to run.
    if f"Running {play.target} integration test" not in outcome.output:
        return "ansible-test did not run it"
    if verbose and bool(_MODULE_PROCESS.search(outcome.output)) != play.as_process:
        return f"modules did not run {'as processes' if play.as_process else 'in the worker of their task'}"
    return None


def run(suite: str, plays: Sequence[Play], copies: Sequence[Path], addresses: Mapping[bool, str]) -> list[results.Case]:
    """Run targets, each in the next copy that is free; keep what each one printed in reports.

    addresses: of the simulator for each value of Play.as_process.
    """
    free: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for copy in copies:
        free.put(copy)

    def run_play(play: Play) -> results.Case:
        # ansible-core reports only with -vvv where a module runs.
        verbose = _PROCESS in aliases(play.target)
        command = [checks.program("ansible-test"), "integration", "--color", "no", play.target]
        copy = free.get()
        try:
            configure(copy, addresses[play.as_process], play.as_process)
            return checks.run(
                checks.Check(
                    f"{suite}: {play.name}",
                    [*command, "-vvv"] if verbose else command,
                    copy,
                    judge=lambda outcome: objection(play, verbose, outcome),
                    log=results.REPORTS / suite / f"{play.name}.log",
                )
            )
        finally:
            free.put(copy)

    with ThreadPoolExecutor(max_workers=len(copies)) as pool:
        return list(pool.map(run_play, plays))


def main() -> int:
    """Run the integration targets; fail on failed targets, unknown members and broken contracts."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("suite", help="the name of the run in reports")
    parser.add_argument("targets", nargs="*", help="only these")
    parser.add_argument("--smoke", action="store_true", help=f"only targets with the alias {_SMOKE}")
    parser.add_argument("--coverage", action="store_true", help="print which operations were covered")
    parser.add_argument("--note-seconds", action="store_true", help=f"write {_SECONDS} anew")
    arguments = parser.parse_intermixed_args()
    pipseed.write()
    results.REPORTS.mkdir(parents=True, exist_ok=True)
    summary_file = results.REPORTS / "coverage.txt"
    if arguments.coverage:
        summary_file.unlink(missing_ok=True)
    failed = play_all(arguments)
    if arguments.coverage and summary_file.exists():
        sys.stdout.write(summary_file.read_text(encoding="utf-8"))
    return 1 if failed else 0


def play_all(arguments: argparse.Namespace) -> bool:
    """Run what was asked for, print and keep the results; return 1 if anything failed."""
    suite: str = arguments.suite
    jobs = ("--job-seconds", _JOB_SECONDS)
    log = results.REPORTS / f"{suite}-simulator.log"
    with (
        copytree.copies(_COPIES) as copies,
        simulator.serving(*jobs, log=log) as address,
        simulator.serving(*jobs, log=log.with_stem(f"{log.stem}-processes")) as second,
    ):
        plays = longest_first(plays_of(copies[0], arguments.smoke, arguments.targets))
        cases = run(suite, plays, copies, {False: address, True: second})
        seen = [aftermath(address, arguments.coverage), aftermath(second, False)]
    if arguments.note_seconds:
        note_seconds(dict(zip((play.name for play in plays), cases, strict=True)))
    cases += seen
    results.write(suite, cases)
    sys.stdout.write("".join(f"{case.failure}\n" for case in seen if case.failure is not None))
    failed = [case for case in cases if case.failure is not None]
    sys.stdout.write("".join(f"FAIL {case.name}\n" for case in failed))
    sys.stdout.write(f"{suite}: {len(cases) - len(failed)} passed, {len(failed)} failed\n")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
