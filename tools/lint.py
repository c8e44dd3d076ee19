# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every check that runs no code of the collection. The output of those that fail is printed; the others take a line each."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from . import checks, consistency, linktree, results
from .checks import Check, program
from .support import ROOT

SUITE = "lint"


def mypy(name: str, *what: str) -> Check:
    """Return a check of types."""
    return Check(f"mypy: {name}", [program("mypy"), "--no-error-summary", "--cache-dir", f"build/mypy/{name}", *what])


def python() -> Iterator[Check]:
    """Check Python: rules, format, types."""
    yield Check("ruff: rules", [program("ruff"), "check", "--quiet", "--output-format", "concise", "."])
    yield Check("ruff: format", [program("ruff"), "format", "--check", "--output-format", "concise", "."])
    # Apart from each other: they share no code, and each has a cache of its own to run side by side.
    yield mypy("plugins", "-p", "ansible_collections.centurylink.cloud.plugins")
    yield mypy("extensions", "extensions/eda/plugins/event_source/webhook.py")
    yield mypy("migrate", "-p", "clc_migrate")
    yield mypy(
        "tools", "-p", "tools", "-p", "legacy.tools", "-p", "tests.benchmarks", "-m", "noxfile", "-m", "conftest"
    )
    if (ROOT / "simulator" / "src").is_dir():
        yield mypy("simulator", "-p", "clc_simulator")


def imports() -> Iterator[Check]:
    """Check which part of the plugins and of the simulator imports which other one."""
    path = {"PYTHONPATH": str(linktree.collections_path())}
    command = [program("lint-imports"), "--no-cache"]
    yield Check("import-linter: plugins", command, environment=path)
    yield Check("import-linter: simulator", [*command, "--config", "simulator/.importlinter"])


def content() -> Iterator[Check]:
    """Check YAML, playbooks and roles, changelog, documentation, licences."""
    path = {"ANSIBLE_COLLECTIONS_PATH": str(linktree.collections_path())}
    yield Check("yamllint", [program("yamllint"), "--strict", "."])
    lintable = [
        directory for directory in ("playbooks", "roles", "extensions") if any((ROOT / directory).rglob("*.yml"))
    ]
    if lintable:
        command = [program("ansible-lint"), "-q", "--nocolor", *lintable]
        yield Check("ansible-lint: production", command, environment=path)
    else:
        sys.stdout.write("skip ansible-lint: there are neither playbooks nor roles yet\n")
    yield Check("antsibull-changelog", [program("antsibull-changelog"), "lint"], environment=path)
    docs = ["lint-collection-docs", "--plugin-docs", "--skip-rstcheck", "--validate-collection-refs=self", "."]
    yield Check("antsibull-docs", [program("antsibull-docs"), *docs], environment=path)
    yield Check("reuse: licences", [program("reuse"), "lint", "--lines"])


def house() -> Iterator[Check]:
    """Check what this repository says of itself in several places."""
    for name in consistency.CHECKS:
        yield Check(f"house: {name}", [sys.executable, "-m", "tools.consistency", name])
    yield Check("house: words", [sys.executable, "-m", "tools.words"])
    if (ROOT / "tools" / "generate.py").exists():
        path = {"ANSIBLE_COLLECTIONS_PATH": str(linktree.collections_path())}
        yield Check("house: generated files", [sys.executable, "-m", "tools.generate", "--check"], environment=path)
        yield Check("house: the legacy modules' specs", [sys.executable, "-m", "legacy.tools.specs"])


def main() -> int:
    """Run all checks, two or more at a time."""
    linktree.collections_path()
    # The longest first: the others pass them by.
    longest = ("ansible-lint", "antsibull-docs", "mypy")
    chosen = sorted([*python(), *imports(), *content(), *house()], key=lambda check: not check.name.startswith(longest))
    cases = checks.run_all(chosen)
    results.write(SUITE, cases)
    failed = [case.name for case in cases if case.failure is not None]
    sys.stdout.write(f"lint: {len(cases) - len(failed)} passed, {len(failed)} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
