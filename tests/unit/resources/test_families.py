# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The families of the service: each has its contract in .importlinter, its services in the simulator, and its tests."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FAMILIES = {file.parent.name for file in (ROOT / "plugins/module_utils/resources").glob("*/__init__.py")}


def test_every_family_has_its_contract() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    prefix = "importlinter:contract:family-"
    protected = {
        name.removeprefix(prefix): contracts[name]["protected_modules"].rpartition(".resources.")[2]
        for name in contracts.sections()
        if name.startswith(prefix)
    }
    assert protected == {family: f"{family}.*" for family in FAMILIES}


@pytest.mark.parametrize("directory", ["simulator/src/clc_simulator/services", "tests/contract", "tests/unit"])
def test_every_family_has_the_same_name_everywhere(directory: str) -> None:
    families = {entry.name for entry in (ROOT / directory).iterdir() if any(entry.glob("*.py"))}
    assert families >= FAMILIES


def test_the_simulator_has_no_other_families() -> None:
    services = ROOT / "simulator/src/clc_simulator/services"
    assert {file.parent.name for file in services.glob("*/__init__.py")} == FAMILIES
