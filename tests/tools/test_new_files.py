# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What make new writes passes lint, the tests of the simulator, and its integration target; run with the environment of lint."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools import trial
from tools.checks import program


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = trial.make_copy(tmp_path_factory.mktemp("new") / "repository")
    subprocess.run("git init -q && git add -A", shell=True, cwd=directory, check=True)
    trial.write_resources(directory)
    subprocess.run(["git", "add", "-A"], cwd=directory, check=True)
    return directory


@pytest.fixture
def url(copy: Path) -> Iterator[str]:
    command = [program("clc-simulator"), "serve", "--port", "0", "--job-seconds", "1"]
    environment = {**os.environ, "PYTHONPATH": str(copy / "simulator" / "src")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().removeprefix("listening on ").strip()
        process.terminate()


def test_lint_passes(copy: Path) -> None:
    assert " 0 failed" in trial.run(copy, "-m", "tools.lint")


def test_the_simulator_passes_its_tests(copy: Path) -> None:
    written = [f"tests/contract/{family}/test_{name}.py" for family, name, _list in trial.RESOURCES]
    trial.run(
        copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *written, "tests/contract/core/test_declarations.py"
    )


@pytest.mark.parametrize("name", [name for _family, name, _list in trial.RESOURCES])
def test_the_integration_target_passes(copy: Path, url: str, name: str) -> None:
    collections = trial.run(copy, "-m", "tools.linktree").strip()
    include = ["-m", "ansible.builtin.include_role", "-a", f"name={name}", "-e", f"clc_api_url={url}"]
    environment = {"ANSIBLE_COLLECTIONS_PATH": collections, "ANSIBLE_ROLES_PATH": "tests/integration/targets"}
    output = trial.run(copy, program("ansible"), "localhost", *include, environment=environment)
    assert "FAILED" not in output
