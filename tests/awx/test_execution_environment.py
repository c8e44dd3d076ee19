# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ansible-builder makes of the collection: what an image with the collection needs."""

from __future__ import annotations

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
