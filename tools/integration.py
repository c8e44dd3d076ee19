# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ansible-test integration against one simulator, in several real copies at once.

Targets wait for jobs of the simulator about as long as they compute, so several at a time take a fraction of the time.
The targets of a run must not depend on each other: they meet in one simulator, each in groups and names of its own. One
that changes the simulator itself (its clock, its faults, a locked user) starts another by clc_simulator_command.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import checks, copytree, coverage, pipseed, results, simulator
from .support import ROOT

_TARGETS = Path("tests", "integration", "targets")
_COPIES = (os.cpu_count() or 1) + 1
_SMOKE = "smoke"
_JOB_SECONDS = "1"


def listed(copy: Path) -> list[str]:
    """Return the targets that ansible-test would run, in its order."""
    command = [checks.program("ansible-test"), "integration", "--list-targets", "--color", "no"]
    answer = subprocess.run(
        command,
        cwd=copy,
        env=checks.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise SystemExit(f"ansible-test cannot list the integration targets:\n{answer.stdout}{answer.stderr}")
    return [name for name in answer.stdout.split() if (copy / _TARGETS / name).is_dir()]


def aliases(target: str) -> set[str]:
    """Return the aliases of a target."""
    file = ROOT / _TARGETS / target / "aliases"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {line.partition("#")[0].strip() for line in lines}


def wanted(copy: Path, smoke: bool) -> list[str]:
    """Return the targets to run: all of them, or those with the alias "smoke". None is an error."""
    chosen = [name for name in listed(copy) if not smoke or _SMOKE in aliases(name)]
    if not chosen:
        missing = f"has the alias {_SMOKE}" if smoke else "is there"
        raise SystemExit(f"no integration target {missing}: nothing tested, no pass")
    return chosen


def configure(copy: Path, address: str) -> None:
    """Write the variables that ansible-test hands to every target, since the environment would not reach them.

    And stand in for the pair of keys that ansible-test makes for remote hosts, of which there are none here: the
    copies would fall over each other making it, and it needs a program that a machine may lack.
    """
    variables = {
        "clc_api_url": address,
        "clc_simulator_command": simulator.command(),
        # Seeds are outside of what ansible-test hands to a target.
        "clc_seeds": str(ROOT / "tests" / "contract" / "seeds"),
    }
    file = copy / "tests" / "integration" / "integration_config.yml"
    file.write_text("".join(f"{name}: {json.dumps(value)}\n" for name, value in variables.items()), encoding="utf-8")
    keys = copy / "tests" / "output" / ".tmp"
    keys.mkdir(parents=True, exist_ok=True)
    for name in ("id_rsa", "id_rsa.pub"):
        (keys / name).write_text("no key: every target is this machine\n", encoding="utf-8")


def aftermath(address: str, tell_coverage: bool) -> results.Case:
    """Ask the simulator what it saw: nothing unknown, no broken contract. Keep the coverage in reports if wanted."""
    name = "requests and answers keep to the contract"
    try:
        violations = simulator.violations(simulator.ask(address, "requests"))
        if tell_coverage:
            told = coverage.report(simulator.ask(address, "coverage"))
            (results.REPORTS / "coverage.txt").write_text(f"{told}\n", encoding="utf-8")
    except simulator.SimulatorFailed as error:
        return results.Case(name, failure=str(error))
    return results.Case(name, failure="\n".join(violations) or None)


def run(suite: str, targets: Sequence[str], copies: Sequence[Path]) -> list[results.Case]:
    """Run targets, each in the next copy that is free; keep what each one printed in reports."""
    free: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for copy in copies:
        free.put(copy)

    def one(name: str) -> results.Case:
        command = [checks.program("ansible-test"), "integration", "--color", "no", name]
        begun = f"Running {name} integration test"
        copy = free.get()
        try:
            return checks.run(
                checks.Check(
                    f"{suite}: {name}",
                    command,
                    copy,
                    # ansible-test ends with 0 as well where it has nothing to run.
                    judge=lambda outcome: None if begun in outcome.output else "ansible-test did not run it",
                    log=results.REPORTS / suite / f"{name}.log",
                )
            )
        finally:
            free.put(copy)

    # The longest first, so that none of them ends alone; the length of its tasks stands for a target's time.
    lengths = {name: sum(file.stat().st_size for file in (ROOT / _TARGETS / name).rglob("*.yml")) for name in targets}
    with ThreadPoolExecutor(max_workers=len(copies)) as pool:
        return list(pool.map(one, sorted(targets, key=lambda name: (-lengths[name], name))))


def main() -> int:
    """Run the integration targets; fail on failed targets, unknown members and broken contracts."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("suite", help="the name of the run in reports")
    parser.add_argument("--smoke", action="store_true", help=f"only targets with the alias {_SMOKE}")
    parser.add_argument("--coverage", action="store_true", help="tell which operations were covered")
    arguments = parser.parse_args()
    suite: str = arguments.suite
    pipseed.plant()
    results.REPORTS.mkdir(parents=True, exist_ok=True)
    (results.REPORTS / "coverage.txt").unlink(missing_ok=True)
    log = results.REPORTS / f"{suite}-simulator.log"
    with copytree.copies(_COPIES) as copies, simulator.serving("--job-seconds", _JOB_SECONDS, log=log) as address:
        targets = wanted(copies[0], arguments.smoke)
        for copy in copies:
            configure(copy, address)
        cases = run(suite, targets, copies)
        seen = aftermath(address, arguments.coverage)
    results.write(suite, [*cases, seen])
    if seen.failure is not None:
        sys.stdout.write(f"{seen.failure}\n")
    failed = [case for case in (*cases, seen) if case.failure is not None]
    sys.stdout.write("".join(f"FAIL {case.name}\n" for case in failed))
    sys.stdout.write(f"{suite}: {len(cases) + 1 - len(failed)} passed, {len(failed)} failed\n")
    told = results.REPORTS / "coverage.txt"
    if arguments.coverage and told.exists():
        sys.stdout.write(told.read_text(encoding="utf-8"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
