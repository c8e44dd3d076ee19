# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The project of docs/simulator/testing.md, made from the guide alone: its CI recipe in an empty environment, and molecule."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from conftest import program, run
from tools import linktree, simulator_docs
from tools.support import ROOT

PROJECT = ROOT / "tests" / "user_project"
GUIDE = ROOT / "docs" / "simulator" / "testing.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project with the files that the guide prints, and no others."""
    directory = tmp_path / "project"
    directory.mkdir()
    pattern = r"^`([\w./-]+)`[^\n]*:\n\n```\w*\n(.*?)^```$"
    for name, content in re.findall(pattern, GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(content, encoding="utf-8")
    return directory


def recipe_of_gitlab(project: Path) -> tuple[dict[str, str], list[str]]:
    job = yaml.safe_load((project / ".gitlab-ci.yml").read_text(encoding="utf-8"))["playbooks"]
    return job["variables"], job["script"]


def recipe_of_github(project: Path) -> tuple[dict[str, str], list[str]]:
    job = yaml.safe_load((project / ".github/workflows/test.yml").read_text(encoding="utf-8"))["jobs"]["playbooks"]
    return job["env"], [step["run"] for step in job["steps"] if "run" in step]


def test_the_guide_prints_the_whole_project(project: Path) -> None:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "."]
    files = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split()
    printed = simulator_docs.printed_files(GUIDE.read_text(encoding="utf-8"))
    assert sorted(printed) == sorted(files)
    for name in printed:
        assert (project / name).read_text(encoding="utf-8") == (PROJECT / name).read_text(encoding="utf-8")


def test_both_recipes_run_the_same_commands(project: Path) -> None:
    assert recipe_of_github(project) == recipe_of_gitlab(project)


def test_the_recipe_passes_in_an_empty_environment(project: Path, dist: Path, archive: Path, tmp_path: Path) -> None:
    vendor = project / "vendor"
    vendor.mkdir()
    for file in (archive, *dist.glob("clc_simulator-*.whl")):
        shutil.copy(file, vendor)
    run(sys.executable, "-m", "venv", tmp_path / "environment", cwd=tmp_path)
    variables, commands = recipe_of_gitlab(project)
    environment = {
        **variables,
        "ANSIBLE_HOME": str(tmp_path / "ansible"),
        "PATH": os.pathsep.join([str(tmp_path / "environment" / "bin"), os.environ["PATH"]]),
        "PYTEST_ADDOPTS": f"--junitxml={tmp_path / 'report.xml'}",
    }
    for command in commands:
        run("/bin/sh", "-c", command, cwd=project, environment=environment)
    suite = ElementTree.parse(tmp_path / "report.xml").getroot().find("testsuite")
    assert suite is not None
    assert int(suite.attrib["tests"]) == (project / "tests/test_web.py").read_text(encoding="utf-8").count("def test_")
    assert suite.attrib["skipped"] == "0"


def test_the_scenario_of_molecule_passes(project: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "ANSIBLE_COLLECTIONS_PATH": str(linktree.collections_path()),
        "ANSIBLE_HOME": str(tmp_path / "ansible"),
        "PATH": os.pathsep.join([str(program("molecule").parent), os.environ["PATH"]]),
        "SIMULATOR_PORT": str(port),
        "NO_COLOR": "1",
    }
    output = run(program("molecule"), "test", cwd=project, environment=environment)
    assert "All assertions passed" in output
    with socket.socket() as client, pytest.raises(ConnectionRefusedError):
        client.connect(("127.0.0.1", port))
