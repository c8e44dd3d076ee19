# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of supported ansible-cores and Pythons, read from pyproject.toml, and what follows from it."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Supported:
    """One ansible-core ("2.19") and the Pythons that it is tested with, preferred first."""

    core: str
    pythons: tuple[str, ...]


@dataclass(frozen=True)
class Environment:
    """One pair of ansible-core and Python that tests run on."""

    core: str
    python: str

    @property
    def name(self) -> str:
        """How sessions and reports call it."""
        return f"{self.core}-py{self.python}"


def load(path: str) -> Any:
    """Load a file of the collection that imports nothing of it and nothing of Ansible, by its path in the repository."""
    spec = importlib.util.spec_from_file_location(f"clc_{Path(path).stem}", ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def supported() -> list[Supported]:
    """Return the table, oldest core first."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rows = document["tool"]["centurylink-cloud"]["supported"]
    table = [Supported(row["core"], tuple(row["pythons"])) for row in rows]
    return sorted(table, key=lambda row: _numbers(row.core))


def pythons() -> list[str]:
    """Return every Python of the table, oldest first."""
    return sorted({python for row in supported() for python in row.pythons}, key=_numbers)


def environments(present: Collection[str]) -> list[Environment]:
    """Return every pair of the table whose Python is present, oldest core first."""
    return [Environment(row.core, python) for row in supported() for python in row.pythons if python in present]


def one_for_each_core(present: Collection[str]) -> list[Environment]:
    """Return for each core the pair with the first of its Pythons that is present, oldest core first."""
    first: dict[str, Environment] = {}
    for environment in environments(present):
        first.setdefault(environment.core, environment)
    return list(first.values())


def not_tested(present: Collection[str]) -> list[str]:
    """Return a sentence for each core that this machine cannot test, and each Python that nothing is tested on."""
    used = {environment.python for environment in one_for_each_core(present)}
    not_here = [
        f"ansible-core {row.core}: needs Python {' or '.join(sorted(row.pythons, key=_numbers))}, which is not here"
        for row in supported()
        if not {*row.pythons} & {*present}
    ]
    return [
        *not_here,
        *(f"Python {python}: no ansible-core is tested on it here" for python in pythons() if python not in used),
    ]


def statement() -> str:
    """Return the sentence that README.md must hold."""
    rows = [f"{row.core} (Python {row.pythons[0]})" for row in supported()]
    return f"Tested with ansible-core {', '.join(rows[:-1])} and {rows[-1]}."


def requires_ansible() -> str:
    """Return what meta/runtime.yml must say."""
    return f">={supported()[0].core}.0"


def _numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers, for sorting: 2.9 comes before 2.19."""
    return tuple(int(part) for part in version.split("."))


if __name__ == "__main__":
    sys.stdout.write(f"{statement()}\n")
