# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ansible-test integration against one simulator, in two real copies at once.

Targets wait for jobs of the simulator more than they compute, so two copies take half the time of one. The targets of
one run must not depend on each other: they meet in one simulator, each in groups and names of its own.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import typing as t
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import checks, copytree, coverage, pipseed, results, simulator
from .support import ROOT

_TARGETS = Path("tests", "integration", "targets")
_COPIES = 2
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


def shares(targets: Sequence[str]) -> list[list[str]]:
    """Deal targets out to the copies, longest first; the length of its tasks stands for a target's time."""
    lengths = {name: sum(file.stat().st_size for file in (ROOT / _TARGETS / name).rglob("*.yml")) for name in targets}
    dealt: list[list[str]] = [[] for copy in range(min(_COPIES, len(targets)))]
    for name in sorted(targets, key=lambda name: (-lengths[name], name)):
        min(dealt, key=lambda share: sum(lengths[other] for other in share)).append(name)
    return dealt


def configure(copy: Path, address: str) -> None:
    """Write the variables that ansible-test hands to every target, since the environment would not reach them.

    And stand in for the pair of keys that ansible-test makes for remote hosts, of which there are none here: the
    copies would fall over each other making it, and it needs a program that a machine may lack.
    """
    variables = {"clc_api_url": address, "clc_simulator_command": simulator.command()}
    file = copy / "tests" / "integration" / "integration_config.yml"
    file.write_text("".join(f"{name}: {json.dumps(value)}\n" for name, value in variables.items()), encoding="utf-8")
    keys = copy / "tests" / "output" / ".tmp"
    keys.mkdir(parents=True, exist_ok=True)
    for name in ("id_rsa", "id_rsa.pub"):
        (keys / name).write_text("no key: every target is this machine\n", encoding="utf-8")


def passed(copy: Path) -> dict[str, float]:
    """Return the targets that a copy's ansible-test noted as passed, with their seconds."""
    noted: dict[str, float] = {}
    for file in sorted((copy / "tests" / "output" / "data").glob("integration-*.json")):
        entries: Mapping[str, t.Any] = json.loads(file.read_text(encoding="utf-8"))["targets"]
        noted.update({name: float(entry["run_time_seconds"]) for name, entry in entries.items()})
    return noted


def of_failures(output: str) -> str:
    """Return the parts of ansible-test's output that tell of targets that failed, and its last words."""
    parts = re.split(r"^(?=Running \S+ integration test )", output, flags=re.MULTILINE)
    told = [part for part in parts[1:-1] if "\nERROR: " in part]
    return "".join([*told, parts[-1]]).rstrip()


def aftermath(address: str, tell_coverage: bool) -> list[results.Case]:
    """Ask the simulator what it saw: nothing unknown, no broken contract. Print and keep the coverage if wanted."""
    name = "requests and answers keep to the contract"
    try:
        violations = simulator.violations(simulator.ask(address, "requests"))
        if tell_coverage:
            told = coverage.report(simulator.ask(address, "coverage"))
            (results.REPORTS / "coverage.txt").write_text(f"{told}\n", encoding="utf-8")
    except simulator.SimulatorFailed as error:
        return [results.Case(name, failure=str(error))]
    return [results.Case(name, failure="\n".join(violations) or None)]


def run(suite: str, targets: Sequence[str], copies: Sequence[Path]) -> list[results.Case]:
    """Run targets in copies; give a case for each target, and keep the whole output in reports."""
    dealt = shares(targets)
    command = [checks.program("ansible-test"), "integration", "--color", "no", "--continue-on-error"]
    logs = [results.REPORTS / f"{suite}-copy{number}.log" for number in range(1, len(dealt) + 1)]
    runs = [
        checks.Check(f"{suite}: {', '.join(share)}", [*command, *share], copy, excerpt=of_failures, log=log)
        for share, copy, log in zip(dealt, copies, logs, strict=False)
    ]
    cases: list[results.Case] = []
    for share, copy, log, case in zip(dealt, copies, logs, checks.run_all(runs), strict=False):
        noted = passed(copy)
        for name in share:
            failure = None if name in noted else f"failed; see {log.relative_to(ROOT)}"
            cases.append(results.Case(name, noted.get(name, 0.0), failure))
        if case.failure is not None and all(name in noted for name in share):
            cases.append(case)
    return cases


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
        cases += aftermath(address, arguments.coverage)
    results.write(suite, cases)
    failed = [case for case in cases if case.failure is not None]
    for case in failed:
        sys.stdout.write(f"FAIL {case.name}: {case.failure}\n")
    sys.stdout.write(f"{suite}: {len(cases) - len(failed)} passed, {len(failed)} failed\n")
    told = results.REPORTS / "coverage.txt"
    if arguments.coverage and told.exists():
        sys.stdout.write(told.read_text(encoding="utf-8"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
