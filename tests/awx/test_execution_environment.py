# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ansible-builder makes of the collection: what an image with it needs, and the context of its build."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tools import copytree

ROOT = Path(__file__).parents[2]
BUILDER = str(Path(sys.executable).parent / "ansible-builder")


@pytest.fixture(scope="module")
def collections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the collection as it is installed: without what build_ignore leaves out of the archive."""
    directory = tmp_path_factory.mktemp("collections")
    copytree.make(directory)
    return directory


def test_the_requirements_of_the_collection_are_found(collections: Path) -> None:
    ignored = yaml.safe_load((ROOT / "galaxy.yml").read_text())["build_ignore"]
    assert not {"meta", "requirements.txt", "extensions"} & set(ignored)
    output = subprocess.run(
        [BUILDER, "introspect", str(collections)], capture_output=True, text=True, check=True
    ).stdout
    found = yaml.safe_load(output.partition("---")[2])
    assert found == {"python": ["requests >= 2.32, < 3  # from collection centurylink.cloud"], "system": []}


def test_the_definition_in_the_documentation_makes_a_build_context(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "awx.md").read_text(encoding="utf-8")
    definition = re.search(r"```yaml\n(# execution-environment\.yml\n.*?)```", text, re.DOTALL)
    assert definition, "docs/awx.md has no execution-environment.yml"
    file = tmp_path / "execution-environment.yml"
    file.write_text(definition[1], encoding="utf-8")
    archive = "centurylink-cloud-0.1.0.tar.gz"
    assert archive in definition[1]
    (tmp_path / archive).write_bytes(b"")
    context = tmp_path / "context"
    command = [BUILDER, "create", "-f", str(file), "-c", str(context), "--output-filename", "Containerfile"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    made = (context / "Containerfile").read_text(encoding="utf-8")
    assert "ansible-galaxy collection install" in made
    assert "/usr/bin/python3.12" in made
    assert archive in (context / "_build" / "requirements.yml").read_text(encoding="utf-8")
    assert (context / "_build" / archive).exists()
