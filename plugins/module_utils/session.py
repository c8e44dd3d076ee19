# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module's end of what it shares with the action plugin while it runs: a folder that both can see.

The module appends lines of progress to the file `progress`, and asks for a fresh token by the file `stale-<digest>`, which
holds the digest of the token that was answered 401; the action plugin answers with a file `fresh-<digest>`. Files need no
address of limited length and keep the rights of their folder (0700, removed at the end of the task). The folder is there only
where module and controller are one machine; without it a module goes on silently and cannot renew a token.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import time
import typing as t
from dataclasses import replace
from pathlib import Path

from .api.client import Identity, checked_token
from .api.errors import ConfigurationError

PROGRESS, STALE, FRESH = "progress", "stale-", "fresh-"
_RENEW_SECONDS = 90.0


def digest(secret: str) -> str:
    """Return a name for a secret that does not tell it."""
    return hashlib.sha256(secret.encode()).hexdigest()[:32]


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, at once and as a whole."""
    new = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)


class Session:
    """What the action plugin handed over beside the options: the home data center, the folder that both share, and the run's
    folder of locks.
    """

    def __init__(self, handed_over: t.Mapping[str, t.Any]) -> None:
        self.data_center: str | None = handed_over.get("data_center")
        channel = handed_over.get("channel")
        self._folder: Path | None = Path(channel) if channel else None
        locks = handed_over.get("locks")
        self._locks: Path | None = Path(locks) if locks else None

    @property
    def can_renew(self) -> bool:
        """Whether there is somebody to ask for a fresh token."""
        return self._folder is not None and os.access(self._folder, os.W_OK)

    def report(self, line: str) -> None:
        """Show a line of progress, where somebody is there to see it."""
        if self._folder is not None and self.can_renew:
            with (self._folder / PROGRESS).open("a", encoding="utf-8") as progress:
                progress.write(line.replace("\n", " ") + "\n")

    @contextlib.contextmanager
    def lock(self, name: str) -> t.Iterator[None]:
        """Hold a thing for this task alone among the tasks of the run; without the controller's folder nothing is held."""
        if self._locks is None or not os.access(self._locks, os.W_OK):
            yield
            return
        with (self._locks / digest(name)).open("a", encoding="utf-8") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def renew(self, stale: Identity) -> Identity:
        """Ask the controller to replace a stale token; it logs in once for all forks. Returns the fresh identity."""
        folder, name = self._folder or Path(), digest(stale.token)
        answer = folder / (FRESH + name)
        ends = time.monotonic() + _RENEW_SECONDS
        if self.can_renew:
            (folder / (STALE + name)).touch()
        while time.monotonic() < ends and self.can_renew:
            if answer.exists():
                kind, _space, value = answer.read_text(encoding="utf-8").partition(" ")
                if kind == "token":
                    return replace(stale, token=checked_token(value))
                raise ConfigurationError(value, action="renew", thing="the token")
            time.sleep(0.1)
        raise ConfigurationError("it ran out and the controller gave no other", action="renew", thing="the token")
