# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that the processes of one run share: private ones, and locks. No name of a file reveals what it stands for.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import typing as t
from pathlib import Path


def digest(secret: str) -> str:
    """Return a name for a string that does not reveal it: 32 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()[:32]


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, at once and as a whole."""
    new = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)


class RunLocks:
    """Locks that the tasks of one run hold against each other, in a directory of the run.

    The kernel frees a lock with its process, so that a killed task does not block others: the file stays, the lock does not.
    directory: None if this process shares none with the others of the run; then nothing is locked.
    """

    def __init__(self, directory: str | None) -> None:
        self._directory = Path(directory) if directory else None

    @contextlib.contextmanager
    def hold(self, name: str) -> t.Iterator[None]:
        """Hold the lock of that name for the block; wait for another task of the run that holds it."""
        if self._directory is None or not os.access(self._directory, os.W_OK):
            yield
            return
        with (self._directory / digest(name)).open("a", encoding="utf-8") as lock_file:
            fcntl.flock(lock_file, fcntl.LOCK_EX)
            yield
