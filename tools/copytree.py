# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A real copy of the collection, outside the repository, for ansible-test and for the build of the archive.

ansible-test finds "nothing to test" in a git-ignored directory and passes; ansible-galaxy packs what git ignores. A copy
of what git knows or would add, in a directory of its own, suits both.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .support import ROOT

# The simulator and clc-migrate are packages of their own, no part of the collection; ruff, mypy and tests of theirs check them.
NOT_THE_COLLECTION = (
    "simulator/",
    "clc-migrate/",
    "tests/contract/",
    "tests/events/",
    "tests/migrate/",
    "tests/awx/",
    "tests/payloads/",
    "tests/benchmarks/",
    "tests/packages/",
    "tests/user_project/",
)


def files(left_out: tuple[str, ...] = NOT_THE_COLLECTION) -> list[str]:
    """Return the paths of the collection's files: tracked ones and new ones that git does not ignore.

    left_out: beginnings of paths.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    chosen = {name for name in names if name and not name.startswith(left_out)}
    # A file that was removed but not staged is still listed.
    return sorted(name for name in chosen if (ROOT / name).is_symlink() or (ROOT / name).is_file())


def make(directory: Path, left_out: tuple[str, ...] = NOT_THE_COLLECTION) -> Path:
    """Copy the collection below directory; return the copy, .../ansible_collections/centurylink/cloud.

    left_out: beginnings of paths that are not copied; an empty tuple copies the whole repository.
    """
    copy = directory / "ansible_collections" / "centurylink" / "cloud"
    copy_to(copy, left_out)
    return copy


def copy_to(copy: Path, left_out: tuple[str, ...]) -> None:
    """Copy the collection to a directory of any name. left_out: beginnings of paths that are not copied."""
    for name in files(left_out):
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target, follow_symlinks=False)


@contextlib.contextmanager
def copies(number: int) -> Iterator[list[Path]]:
    """Make that many copies in a temporary directory; remove them at the end."""
    with tempfile.TemporaryDirectory(prefix="centurylink-cloud-", ignore_cleanup_errors=True) as directory:
        yield [make(Path(directory) / str(index)) for index in range(number)]
