# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Benchmarks: what things cost, measured in alternating rounds, written to docs/performance.

Usage: python -m tests.benchmarks [--rounds N] [--sizes "N ..."] [--python PATH ...] [--legacy DIRECTORY] [SUITE ...]

`make bench` calls it. Says whether goals are met, and does not fail if they are not: benchmarks are not timed tests.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tools.support import ROOT

from . import environments, fetching, fleets, inventory, plots, simulators, tasks, unchanged
from .report import Report, replaced
from .runner import Bench, Core, machine

SUITES: dict[str, Callable[[Bench], Report]] = {
    "tasks": tasks.measure,
    "fleets": fleets.measure,
    "environments": environments.measure,
    "inventory": inventory.measure,
    "fetch": fetching.measure,
    "simulator": simulators.measure,
    "unchanged": unchanged.measure,
}
PAGES = ROOT / "docs" / "performance"
SIZES = (100, 1000, 10_000, 100_000)
# Not in a quick look unless it is named: its jobs alone take minutes.
LONG = frozenset({"environments"})


def _sizes(text: str) -> list[int]:
    return sorted({int(number) for number in text.split()}) or list(SIZES)


def write(name: str, report: Report, rounds: int, directory: Path) -> None:
    """Write a suite's data and plots, and its part of the page."""
    measured = {"date": datetime.date.today().isoformat(), "machine": machine(), "rounds": rounds}
    text = json.dumps({**measured, **report.data}, indent=1, ensure_ascii=False)
    (directory / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    described = "{cpu}, {cores} cores, {system}".format(**machine())
    said = f"Measured on {measured['date']}: {described}; {rounds} rounds, the median (lowest to highest)."
    page = directory / "README.md"
    for plot in report.plots:
        plots.write(plot, directory)
    text = "\n".join([said + "\n", *(plot.markdown() for plot in report.plots), report.markdown])
    page.write_text(replaced(page.read_text(encoding="utf-8"), name, text), encoding="utf-8")


def main() -> None:
    """Measure the chosen suites, by default all (a quick look leaves out LONG); write, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--rounds", type=int, default=5, help="a single round is a quick look: the newest ansible-core, no warm-up"
    )
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="numbers of servers, separated by blanks")
    parser.add_argument(
        "--python", type=Path, action="append", help="of an environment with ansible-core, oldest first"
    )
    parser.add_argument("--legacy", type=Path, help="directory with ansible_collections and clc-sdk")
    parser.add_argument("--output", type=Path, default=PAGES, help="directory of the page and the data")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(SUITES))
    given = parser.parse_args()
    if not set(given.suites) <= SUITES.keys() or given.rounds < 1:
        parser.error(f"suites are {', '.join(SUITES)}, and at least one round is needed")
    cores = [Core.of(python.absolute()) for python in given.python or [Path(sys.executable)]]
    cores = cores[-1:] if given.rounds == 1 else cores
    for name in given.suites or [name for name in SUITES if given.rounds > 1 or name not in LONG]:
        with ExitStack() as stack:
            report = SUITES[name](Bench(cores, given.rounds, given.legacy, stack, given.sizes))
        write(name, report, given.rounds, given.output)
        sys.stdout.write(f"{report.markdown}\n{report.verdicts()}")


if __name__ == "__main__":
    main()
