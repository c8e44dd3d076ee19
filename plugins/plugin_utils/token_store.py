# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One login a run: the token store that all forks, the inventory plugin and the action plugin of a run share.

It is a directory in the run's own temporary directory (mode 0700, removed by ansible-core at the end of the run), a file for each
pair of address and user, keyed by a digest that takes in the password. A lock is held during a login, so that the
others wait for that login instead of trying themselves. Refusals are remembered: three wrong tries lock a user.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import typing as t
from dataclasses import asdict
from pathlib import Path

from ..module_utils.api.client import Client
from ..module_utils.api.errors import LoginError
from ..module_utils.api.identity import Identity
from ..module_utils.run_files import digest, write_private


class TokenStore:
    """The tokens and refusals of one run, in a directory below the run's temporary one."""

    def __init__(self, directory: str) -> None:
        self._directory = Path(directory) / "clc-tokens"

    def identity(self, client: Client, username: str, password: str) -> Identity:
        """Return the identity of a user, by a login at most once a run. Raises LoginError as often as it is asked."""
        key = self._key(client, username, password)
        # What is there was written as a whole, so that only those who find nothing have to wait for each other.
        known = self._remembered(key)
        if known is not None:
            return known
        with self._locked(key):
            return self._remembered(key) or self._login(key, client, username, password)

    def renewed(self, client: Client, username: str, password: str, stale: str) -> Identity:
        """Return an identity whose token is not the stale one: by one login for all that ask. stale: digest of the token."""
        key = self._key(client, username, password)
        with self._locked(key):
            known = self._remembered(key)
            if known is not None and digest(known.token) != stale:
                return known
            return self._login(key, client, username, password)

    @staticmethod
    def _key(client: Client, username: str, password: str) -> str:
        return digest("\0".join((client.endpoints.of("api"), username, password)))

    @contextlib.contextmanager
    def _locked(self, key: str) -> t.Iterator[None]:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._directory / f"{key}.lock").open("a", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _remembered(self, key: str) -> Identity | None:
        try:
            known = json.loads((self._directory / key).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        if "rejected" in known:
            raise LoginError(**known["rejected"])
        return Identity(**{**known, "roles": tuple(known["roles"])})

    def _login(self, key: str, client: Client, username: str, password: str) -> Identity:
        try:
            identity = client.login(username, password)
        except LoginError as error:
            failure = {
                "cause": error.cause,
                "action": error.action,
                "target": error.target,
                "help_text": error.help_text,
            }
            write_private(self._directory / key, json.dumps({"rejected": {**failure, **error.details}}))
            raise
        write_private(self._directory / key, json.dumps(asdict(identity)))
        return identity
