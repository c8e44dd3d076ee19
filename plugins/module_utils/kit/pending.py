# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creates that a run has started and not seen finished, so that the next run waits for them instead of creating another resource.

API behavior (docs/wire-notes.md, section 3; lbaas.yaml): a new resource may not be listed before its job has succeeded, no
operation lists the jobs of an account, and names need not be unique. So a run cannot find out from the service whether an earlier
one, which was killed, timed out, or did not wait, has started to create what the task asks for.

A record is made before the create is sent, and removed once reads return the resource or the create has certainly failed. It is
kept on the machine that runs the module (run_files.py), so runs on other machines do not know of it. It contains no secrets.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import time
import typing as t
from dataclasses import dataclass, field

from ..api.jobs import Job


@dataclass(frozen=True)
class PendingCreate:
    """A create that was started. started: seconds since 1970. data: what its resource needs to recognize the result."""

    data: dict[str, t.Any]
    jobs: tuple[Job, ...] = ()
    started: float = field(default_factory=time.time)

    @property
    def age(self) -> float:
        """Seconds since the create was started."""
        return max(0.0, time.time() - self.started)


class PendingCreates:
    """The creates of earlier runs, by the key of their resource. This class remembers none; see run_files.PendingFiles."""

    def is_empty(self) -> bool:
        """Return whether there is none at all."""
        return True

    def save(self, key: t.Hashable, create: PendingCreate) -> bool:
        """Remember a create. Return whether the next run will know it."""
        return False

    def load(self, key: t.Hashable) -> PendingCreate | None:
        """Return the create of a resource, None if there is none."""
        return None

    def remove(self, key: t.Hashable) -> None:
        """Forget a create that has ended."""


class CreateRecord:
    """The record of one resource's create.

    key: returns what identifies the resource for all runs. data: returns the data of a new PendingCreate.
    is_kept: whether the next run will know a create that this run has started.
    """

    def __init__(
        self, creates: PendingCreates, key: t.Callable[[], t.Hashable], data: t.Callable[[], dict[str, t.Any]]
    ) -> None:
        self._creates, self._key, self._data = creates, key, data
        self._create: PendingCreate | None = None
        self.is_kept = False

    def begin(self) -> None:
        """Record a create that is about to be sent."""
        self._save(PendingCreate(self._data()))

    def add_jobs(self, jobs: t.Sequence[Job]) -> None:
        """Record the jobs that the service has started for the create."""
        if self._create is not None and jobs:
            self._save(PendingCreate(self._data(), tuple(jobs), self._create.started))

    def _save(self, create: PendingCreate) -> None:
        self._create = create
        self.is_kept = self._creates.save(self._key(), create)

    def load(self) -> PendingCreate | None:
        """Return the create of an earlier run that has not ended, None if there is none."""
        if not self._creates.is_empty():
            self._create = self._creates.load(self._key())
        return self._create

    def remove(self) -> None:
        """Remove the record, since the create has ended."""
        if self._create is not None:
            self._creates.remove(self._key())
        self._create, self.is_kept = None, False
