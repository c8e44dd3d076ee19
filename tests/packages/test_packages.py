# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Python packages: their metadata, their content, and the simulator in an environment that has nothing else."""

from __future__ import annotations

import email
import os
import re
import signal
import sys
import tarfile
import zipfile
from email.message import Message
from pathlib import Path

import pytest
import yaml

from conftest import run
from tools.packages import PACKAGES
from tools.support import ROOT, pythons

NAMES = ("clc_migrate", "clc_simulator")
VERSION = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"]


def wheel(dist: Path, name: str) -> Path:
    return dist / f"{name}-{VERSION}-py3-none-any.whl"


def metadata(file: Path) -> Message:
    with zipfile.ZipFile(file) as content:
        (name,) = (name for name in content.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(content.read(name))


def test_a_wheel_and_a_source_distribution_of_each(dist: Path) -> None:
    expected = {f"{name}-{VERSION}{suffix}" for name in NAMES for suffix in ("-py3-none-any.whl", ".tar.gz")}
    assert {file.name for file in dist.iterdir()} == expected


@pytest.mark.parametrize("name", NAMES)
def test_metadata(dist: Path, name: str) -> None:
    found = metadata(wheel(dist, name))
    assert (found["Name"], found["Version"]) == (name.replace("_", "-"), VERSION)
    assert found["License-Expression"] == "GPL-3.0-or-later"
    assert found.get_all("License-File") == ["LICENSE"]
    assert found["Description-Content-Type"] == "text/markdown"
    assert str(found.get_payload()).lstrip().startswith(f"# {found['Name']}")
    assert found["Summary"]
    assert found["Author"] == "centurylink.cloud contributors"
    classifiers = found.get_all("Classifier") or []
    assert {f"Programming Language :: Python :: {python}" for python in pythons()} <= set(classifiers)
    assert "Typing :: Typed" in classifiers
    assert found["Requires-Python"] == f">={pythons()[0]}"


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("clc_migrate", "[console_scripts]\nclc-migrate = clc_migrate.cli:main"),
        (
            "clc_simulator",
            "[console_scripts]\nclc-simulator = clc_simulator.cli:main\n\n"
            "[pytest11]\nclc_simulator = clc_simulator.pytest_plugin",
        ),
    ],
)
def test_entry_points(dist: Path, name: str, entries: str) -> None:
    with zipfile.ZipFile(wheel(dist, name)) as content:
        assert content.read(f"{name}-{VERSION}.dist-info/entry_points.txt").decode().strip() == entries


def test_pytest_is_optional(dist: Path) -> None:
    required = metadata(wheel(dist, "clc_simulator")).get_all("Requires-Dist") or []
    assert [line for line in required if "pytest" in line] == ["pytest>=8; extra == 'pytest'"]


@pytest.mark.parametrize(("name", "directory"), list(zip(NAMES, sorted(PACKAGES), strict=True)))
def test_all_files_are_in_the_wheel_and_in_the_source_distribution(dist: Path, name: str, directory: str) -> None:
    source = ROOT / directory / "src"
    files = {str(file.relative_to(source)) for file in source.rglob("*") if file.is_file()}
    files = {file for file in files if "__pycache__" not in file}
    with zipfile.ZipFile(wheel(dist, name)) as content:
        assert {entry for entry in content.namelist() if ".dist-info/" not in entry} == files
    with tarfile.open(dist / f"{name}-{VERSION}.tar.gz") as packed:
        top = f"{name}-{VERSION}/"
        entries = {entry.removeprefix(top) for entry in packed.getnames()}
    assert {f"src/{file}" for file in files} <= entries
    assert {"LICENSE", "README.md", "pyproject.toml", "PKG-INFO"} <= entries
    assert not [entry for entry in entries if "__pycache__" in entry or entry.startswith("tests")]


@pytest.mark.parametrize("directory", PACKAGES)
def test_the_license_is_that_of_the_repository(directory: str) -> None:
    assert (ROOT / directory / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_wheels_run_in_an_empty_environment(dist: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", environment, cwd=tmp_path)
    programs = environment / "bin"
    wheels = [wheel(dist, name) for name in NAMES]
    run(programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wheels, cwd=tmp_path)
    isolated = {"PYTHONPATH": ""}
    for command in ("clc-simulator", "clc-migrate"):
        assert run(programs / command, "--version", cwd=tmp_path, environment=isolated) == f"{command} {VERSION}\n"
    installed = run(programs / "python", "-m", "pip", "list", "--disable-pip-version-check", cwd=tmp_path)
    assert "pytest" not in installed
    pid_file = tmp_path / "simulator.pid"
    line = run(
        programs / "clc-simulator", "serve", "--background", "--pid-file", pid_file, cwd=tmp_path, environment=isolated
    )
    try:
        url = re.fullmatch(r"listening on (http://127\.0\.0\.1:\d+)\n", line)
        assert url is not None
        ready = run(programs / "clc-simulator", "wait", url[1], cwd=tmp_path, environment=isolated)
        assert ready == f"clc-simulator {VERSION} responds at {url[1]}\n"
    finally:
        os.kill(int(pid_file.read_text()), signal.SIGTERM)
