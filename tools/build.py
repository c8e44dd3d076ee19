# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the collection's archive from a real copy and let Galaxy's importer judge it."""

from __future__ import annotations

import configparser
import re
import shutil
import sys
import tarfile
from pathlib import Path

import galaxy_importer

from . import checks, copytree, results
from .checks import Check, program
from .support import ROOT

SUITE = "build"
DIST = ROOT / "build" / "dist"
_FORBIDDEN = re.compile(r"^(?:simulator|build|tests|tools|\.ci|\.nox|\.github)(?:/|$)|\.tar\.gz$|(?:^|/)__pycache__/")
_COMPLAINT = re.compile(r"^(?:WARNING|ERROR): .*$", re.MULTILINE)


def complaints(outcome: checks.Outcome) -> str | None:
    """Return what the importer warned of: it ends with 0 despite warnings, and Galaxy displays them."""
    # Its ansible-lint and ansible-test are other sessions' work, and run there as this repository sets them up.
    warnings = [line for line in _COMPLAINT.findall(outcome.output) if "ansible-test" not in line]
    return "the importer complains:\n" + "\n".join(warnings) if warnings else None


def _matches(pattern: str) -> list[str]:
    """Return the files of a pattern in their directory, as a shell would."""
    directory = Path(pattern)
    return sorted(str(file) for file in directory.parent.glob(directory.name))


def event_source_checks(copy: Path) -> list[Check]:
    """Return the importer's own commands for event sources, which it runs in its container alone."""
    settings = configparser.ConfigParser(interpolation=None)
    directory = Path(galaxy_importer.__file__).parent / "ansible_test" / "container" / "eda"
    settings.read(directory / "tox.ini", encoding="utf-8")
    found = []
    for name in ("ruff", "pylint-event-source"):
        # "- " ignores the status there. The copy has settings of ruff, which the archive has not.
        command = settings[f"testenv:{name}"]["commands"].removeprefix("- ").replace("{posargs}", str(copy)).split()
        files = [path for word in command for path in (_matches(word) if "*" in word else [word])]
        isolated = ["--isolated"] if name == "ruff" else []
        found.append(Check(f"build: importer's {name}", [program(files[0]), *files[1:], *isolated], copy))
    return found


def unwanted(archive: Path) -> list[str]:
    """Return the files of the archive that no user of the collection needs."""
    with tarfile.open(archive) as packed:
        return sorted(name for name in packed.getnames() if _FORBIDDEN.search(name))


def main() -> int:
    """Build the archive into build/dist and check it."""
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir(parents=True)
    with copytree.copies(1) as (copy,):
        build = [program("ansible-galaxy"), "collection", "build", "--output-path", str(DIST)]
        cases = [checks.run(Check("build: archive", build, copy))]
        cases += checks.run_all(event_source_checks(copy))
    for archive in DIST.glob("*.tar.gz"):
        settings = DIST / "galaxy-importer.cfg"
        settings.write_text("[galaxy-importer]\nRUN_ANSIBLE_TEST = False\n", encoding="utf-8")
        importer = [sys.executable, "-m", "galaxy_importer.main", str(archive)]
        environment = {"GALAXY_IMPORTER_CONFIG": str(settings)}
        cases.append(checks.run(Check("build: galaxy-importer", importer, DIST, environment, complaints)))
        extra = unwanted(archive)
        cases.append(results.Case("build: nothing unwanted", failure="\n".join(extra) or None))
        sys.stdout.write("".join(f"FAIL {name} is in the archive\n" for name in extra))
        sys.stdout.write(f"{archive.relative_to(ROOT)}\n")
    results.write(SUITE, cases)
    return 1 if len(cases) < 5 or any(case.failure is not None for case in cases) else 0


if __name__ == "__main__":
    sys.exit(main())
