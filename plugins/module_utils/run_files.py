# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that processes share: private ones, locks of a run, and records of pending creates for the next run.

No name of a file reveals what it stands for.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import typing as t
from pathlib import Path

from .api.jobs import Job
from .kit.pending import PendingCreate, PendingCreates

# The service forgets the status of a job some time after its end; a record that is older says nothing.
_MAX_RECORD_AGE = 86400.0
_JOB_KEYS = ("id", "path", "service", "target_ids", "member", "self_path", "self_id", "not_found_is_success")


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


class PendingFiles(PendingCreates):
    """Records of pending creates, one file each in a directory of the user."""

    def __init__(self, directory: str) -> None:
        self._directory = Path(directory)

    @classmethod
    def at(cls, directory: str | None) -> PendingCreates:
        """Return the records in a directory; without a directory, nothing is remembered."""
        return cls(directory) if directory else PendingCreates()

    def is_empty(self) -> bool:
        try:
            return next(self._directory.iterdir(), None) is None
        except OSError:
            return True

    def save(self, key: t.Hashable, create: PendingCreate) -> bool:
        jobs = [{name: getattr(job, name) for name in _JOB_KEYS} for job in create.jobs]
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(self._file(key), json.dumps({"started": create.started, "data": create.data, "jobs": jobs}))
        except OSError:
            return False
        return True

    def load(self, key: t.Hashable) -> PendingCreate | None:
        """Return the create of a resource; None if there is none that is younger than a day."""
        try:
            record = json.loads(self._file(key).read_text(encoding="utf-8"))
            jobs = tuple(Job(**{**job, "target_ids": tuple(job["target_ids"])}) for job in record["jobs"])
            create = PendingCreate(dict(record["data"]), jobs, float(record["started"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return create if create.age < _MAX_RECORD_AGE else None

    def remove(self, key: t.Hashable) -> None:
        with contextlib.suppress(OSError):
            self._file(key).unlink(missing_ok=True)

    def _file(self, key: t.Hashable) -> Path:
        return self._directory / f"{digest(repr(key))}.json"
