# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ansible-test sanity, in a real copy, without an ignore entry.

The newest ansible-core runs every test. The others run those whose outcome depends on that ansible-core, and leave out those
that look at the text of the files alone, such as pylint and pep8: they would find the same again. Each compiles with the
Python that it is run with; together they use them all.

The test "import" is a third of all sanity tests' time, and runs on the newest ansible-core alone. What it adds to the unit
tests is the same everywhere: that files import without optional packages, print nothing, and that modules keep away from the
controller's code. That all files import with each ansible-core and its Python is what tests/unit/test_imports.py checks, and
that a module process has all files that it imports is what the integration targets with the alias smoke/process check.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from . import checks, copytree, pipseed, results
from .support import ROOT

_NOTHING_TESTED = "All targets skipped"
# A Python that only other people's targets have does not count as a gap; a program that a test needs is one.
_SKIPPED = re.compile(r"^WARNING: (?:Skipping|Required program).*$", re.MULTILINE)
_PYTHON_MISSING = re.compile(r"on Python \S+ because it could not be found|because Python \S+ (?:is|was) not")


def objection(outcome: checks.Outcome) -> str | None:
    """Return what is wrong with a run that ended well: nothing was tested, or a test was left out."""
    if _NOTHING_TESTED in outcome.output:
        return f"ansible-test found nothing to test ({_NOTHING_TESTED!r}), which does not count as passed"
    skipped = [line for line in _SKIPPED.findall(outcome.output) if not _PYTHON_MISSING.search(line)]
    return "\n".join(["ansible-test left tests out:", *skipped]) if skipped else None


def ignores() -> list[Path]:
    """Return the ignore files, of which there are to be none."""
    return sorted((ROOT / "tests" / "sanity").glob("ignore*.txt"))


# The tests whose outcome depends on the ansible-core that they run with.
_OF_CORE = ("action-plugin-docs", "ansible-doc", "compile", "ignores", "runtime-metadata", "validate-modules")
# On the newest ansible-core: the longest test, in parallel with all others, and before both the one that makes the virtual
# environment that many tests share, which two parts would make at the same time.
_FIRST, _LONGEST = "action-plugin-docs", "import"


def part(name: str, copy: Path, kept: Path, options: Sequence[str]) -> checks.Check:
    """Return one part of the sanity run, with the Python of this virtual environment."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    command = [checks.program("ansible-test"), "sanity", "--color", "no", "--junit", "--python", python, *options]
    return checks.Check(f"sanity: {name}", command, copy, judge=objection, log=kept / f"{name}.log")


def tests(copy: Path, kept: Path, every_test: bool) -> list[results.Case]:
    """Run the sanity tests: all of them in two parts side by side, or those whose outcome depends on the ansible-core."""
    if not every_test:
        return [checks.run(part("this ansible-core", copy, kept, [f"--test={name}" for name in _OF_CORE]))]
    rest = [f"--skip-test={name}" for name in (_FIRST, _LONGEST)]
    return [
        checks.run(part(_FIRST, copy, kept, [f"--test={_FIRST}"])),
        *checks.run_all(
            [part(_LONGEST, copy, kept, [f"--test={_LONGEST}"]), part("all other tests", copy, kept, rest)]
        ),
    ]


def main() -> int:
    """Run the sanity tests of the ansible-core in this virtual environment."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("suite", help="the name of the run in reports")
    parser.add_argument("--every-test", action="store_true", help="those too that do not depend on ansible-core")
    arguments = parser.parse_args()
    suite: str = arguments.suite
    pipseed.write()
    kept = results.REPORTS / suite
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    with copytree.copies(1) as (copy,):
        cases = tests(copy, kept, arguments.every_test)
        cases += [results.Case(f"ignore file {file.name}", failure="mend what it ignores") for file in ignores()]
        junit = sorted((copy / "tests" / "output" / "junit").glob("*.xml"))
        for file in junit:
            shutil.copy(file, kept)
    failed = [case for case in cases if case.failure is not None]
    counted = sum((results.count(file) for file in kept.glob("*.xml")), results.Counts())
    if not junit or (failed and not counted.failed):
        # Failures that ansible-test itself did not report as a test's, such as a broken set-up.
        results.write(f"{suite}/wrapper", failed or [results.Case("sanity", failure="ansible-test reported no test")])
    sys.stdout.write(f"{suite}: {sum((results.count(file) for file in kept.glob('*.xml')), results.Counts())}\n")
    return 1 if failed or not junit else 0


if __name__ == "__main__":
    sys.exit(main())
