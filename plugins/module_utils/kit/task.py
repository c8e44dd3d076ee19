# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One run of one task: its options, its client, its time, and what it has already looked up.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import time
import typing as t
from dataclasses import dataclass, field

from ..api import tree
from ..api.client import Client
from ..api.errors import ConfigurationError, NotThere
from .files import Host

T = t.TypeVar("T")
M = t.TypeVar("M")
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 5.0


@dataclass
class Task:
    """What a resource needs to know of the task that it is run for.

    params: the module's options, None where one was not given. warn, report: show a warning, a line of progress.
    deadline: moment of time.monotonic() when the time of the whole task is up. lock: holds a thing of that name for this task
    alone, among the tasks of the run. hidden: whether nobody is shown the result. host: how files are put in place.
    """

    client: Client
    params: t.Mapping[str, t.Any]
    check_mode: bool = False
    diff_mode: bool = False
    warn: t.Callable[[str], None] = lambda text: None
    report: t.Callable[[str], None] = lambda text: None
    deadline: float = field(default_factory=lambda: time.monotonic() + 3600.0)
    lock: t.Callable[[str], t.ContextManager[None]] = lambda name: contextlib.nullcontext()
    hidden: bool = False
    host: Host = field(default_factory=Host)
    _known: dict[t.Any, t.Any] = field(default_factory=dict)

    def option(self, name: str) -> t.Any:
        """Return an option; None where it was not given or this module does not have it."""
        return self.params.get(name)

    @property
    def state(self) -> str:
        """The wanted state."""
        return str(self.params.get("state") or "present")

    @property
    def wait(self) -> bool:
        """Whether to wait for queued work."""
        return self.params.get("wait") is not False

    @property
    def account(self) -> str:
        """Alias of the account whose resources are meant."""
        return self.client.account

    @property
    def data_center(self) -> str:
        """Code of the data center in upper case: the option, else the home of the login, else that of the account."""
        given = self.option("data_center")
        return str(given).upper() if given else self.once("home", self._home)

    def _home(self) -> str:
        identity = self.client.identity
        if identity and identity.data_center:
            return identity.data_center.upper()
        account = tree.account(self.client, self.account)
        if not account.get("primaryDataCenter"):
            raise ConfigurationError(
                "the login names no home data center",
                action="choose",
                thing="a data center",
                remedy="Give data_center.",
            )
        return str(account["primaryDataCenter"]).upper()

    @property
    def seconds_left(self) -> float:
        """Seconds until the time of the whole task is up; 0 where it is."""
        return max(0.0, self.deadline - time.monotonic())

    def once(self, key: t.Any, read: t.Callable[[], T]) -> T:
        """Return what was read under this key before, or read it now: no task asks for the same thing twice."""
        if key not in self._known:
            self._known[key] = read()
        found: T = self._known[key]
        return found

    def forget(self, *keys: t.Any) -> None:
        """Forget what was read under these keys, since it may have changed."""
        for key in keys:
            self._known.pop(key, None)

    def warn_once(self, text: str) -> None:
        """Show a warning, the same one only once however often the task is planned again."""
        self.once(("warned", text), lambda: self.warn(text))

    def poll(self, look: t.Callable[[], bool], seconds: float) -> bool:
        """Look until it is so, after pauses that grow, at most for that long and as the task has time; say whether it was so."""
        ends = min(time.monotonic() + seconds, self.deadline)
        pause = _FIRST_PAUSE
        while (left := ends - time.monotonic()) > 0:
            time.sleep(min(pause, left))
            if look():
                return True
            pause = min(pause * 2, _LONGEST_PAUSE)
        return False

    @property
    def runs_ahead(self) -> bool:
        """Whether this run is ahead of the tasks before it, so that what they would make or finish is not there yet.

        This is what check mode means to a resource; what is done about it otherwise is convergence's.
        """
        return self.check_mode

    def reference(self, look: t.Callable[[], T], missing: M) -> T | M:
        """Look up a thing that the task refers to. In check mode one that does not exist yet is a warning and `missing`."""
        try:
            return look()
        except NotThere as error:
            if not self.runs_ahead:
                raise
            self.warn_once(f"In check mode, taken as made by then: {error.cause}.")
            return missing

    def until(self, look: t.Callable[[], T | None], seconds: float) -> T | None:
        """Look at once, and then as `poll` does, until something is there; None where nothing came."""
        found = [look()]

        def is_there() -> bool:
            found[0] = look()
            return found[0] is not None

        if found[0] is None:
            self.poll(is_there, seconds)
        return found[0]
