# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Open connections to the services: sessions of the library requests, each lent to one request at a time.

One object serves a process: a worker of ansible-core keeps it from one item of a loop to the next. Its sessions hold nothing of
the user: token, certificates, and proxies are specified for each request, and cookies are neither kept nor sent.

Private to the collection: names and shapes may change in any release. Nothing here knows Ansible.
"""

from __future__ import annotations

import contextlib
import os
import traceback
import typing as t
from collections import deque
from http.cookiejar import DefaultCookiePolicy

if t.TYPE_CHECKING:
    import requests


def import_error() -> str | None:
    """Return the traceback of importing the library requests, None if that works."""
    try:
        import requests  # noqa: F401
    except ImportError:
        return traceback.format_exc()
    return None


class Connections:
    """Sessions that are not in use. Threads may share it; requests does not promise that they may share a session."""

    def __init__(self) -> None:
        self._idle: deque[requests.Session] = deque()
        self._process = os.getpid()
        # Responses that never change, by everything that they depend on; see Client.get_constant.
        self.constants: dict[tuple[t.Any, ...], t.Any] = {}

    @contextlib.contextmanager
    def session(self) -> t.Iterator[requests.Session]:
        """Lend a session for one request. One whose request was interrupted or failed is closed instead of lent again."""
        session = self._take()
        try:
            yield session
        except BaseException:
            session.close()
            raise
        self._idle.append(session)

    def _take(self) -> requests.Session:
        # A session that was opened before a fork is also the parent's: both would write to one TLS connection.
        if self._process != os.getpid():
            self._idle, self._process = deque(), os.getpid()
        try:
            return self._idle.pop()
        except IndexError:
            return _new_session()

    def close(self) -> None:
        """Close all sessions that are not in use."""
        while self._idle:
            self._idle.pop().close()


def _new_session() -> requests.Session:
    import requests

    session = requests.Session()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session
