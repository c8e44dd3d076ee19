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
from dataclasses import dataclass, field, replace

from ..api import paths, tree
from ..api.client import Client
from ..api.errors import ConfigurationError, NotFound, NotThere
from .files import Host

T = t.TypeVar("T")
M = t.TypeVar("M")
# Options whose values become segments of paths, with the names of these.
_SEGMENTS = {"data_center": "dataCenter", "server_id": "serverId", "server_ids": "serverId"}
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 5.0


@dataclass
class Task:
    """What a resource needs to know of the task that it is run for.

    params: the options, None where one was not given. module: the module's name. options: the names of its options; None if code
    has chosen the options, see `with_options`. warn, report: show a warning, a line of progress.
    deadline: moment of time.monotonic() when the time of the whole task is up. lock: holds a thing of that name for this task
    alone, among the tasks of the run. hidden: whether nobody is shown the result. host: how files are put in place.
    """

    client: Client
    params: t.Mapping[str, t.Any]
    module: str = ""
    options: frozenset[str] | None = None
    check_mode: bool = False
    diff_mode: bool = False
    warn: t.Callable[[str], None] = lambda text: None
    report: t.Callable[[str], None] = lambda text: None
    deadline: float = field(default_factory=lambda: time.monotonic() + 3600.0)
    lock: t.Callable[[str], t.ContextManager[None]] = lambda name: contextlib.nullcontext()
    hidden: bool = False
    host: Host = field(default_factory=Host)
    _known: dict[t.Any, t.Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise ConfigurationError if an option cannot be what it stands for, before anything is read."""
        for option, segment in _SEGMENTS.items():
            values = self.params.get(option)
            for value in values if isinstance(values, list) else [values]:
                if value:  # what is empty means that nothing is named, and is rejected where that cannot be
                    paths.check(value, segment, option)

    def option(self, name: str) -> t.Any:
        """Return an option, None where it was not given. Raises AssertionError for one that the module does not have."""
        if not self.has_option(name):
            raise AssertionError(f"the module {self.module} has no option {name}")
        return self.params.get(name)

    def has_option(self, name: str) -> bool:
        """Return whether the module has an option, for code that several modules use; its aliases do not count."""
        return self.options is None or name in self.options

    def with_options(self, params: t.Mapping[str, t.Any]) -> Task:
        """Return this task with other options, as code wants them of another module's resource; any other is not given."""
        return replace(self, params=params, options=None)

    @property
    def state(self) -> str:
        """The wanted state."""
        return str(self.params.get("state") or "present")

    @property
    def wait(self) -> bool:
        """Whether to wait for queued work."""
        return self.params.get("wait") is not False

    @property
    def wait_timeout(self) -> int:
        """Seconds that the whole task may take."""
        return int(self.params.get("wait_timeout") or 3600)

    @property
    def account(self) -> str:
        """Alias of the account whose resources are meant."""
        return self.client.account

    @property
    def data_center(self) -> str:
        """Code of the data center in upper case: the option, else the home of the login, else that of the account."""
        given = self.option("data_center") if self.has_option("data_center") else None
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

    def read(self, path: str, service: str = "api", params: t.Mapping[str, str] | None = None) -> t.Any:
        """Read a path and return its body; None if there is nothing (404). One request."""
        try:
            return self.client.get(path, service=service, params=params).body
        except NotFound:
            return None

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
            self.raise_missing(error)
            return missing

    def related(self, look: t.Callable[[], T], missing: M, gone: T | M) -> T | M:
        """As `reference`, but if something shall be absent, what it belongs to may be missing too: then return `gone`."""
        if self.state != "absent":
            return self.reference(look, missing)
        try:
            return look()
        except NotThere:
            return gone

    def raise_missing(self, error: NotThere) -> None:
        """Raise the error of something that does not exist; in check mode, if a task before may create it, warn of it."""
        if not self.runs_ahead:
            raise error
        self.warn_once(f"In check mode, taken as made by then: {error.cause}.")

    def until(self, look: t.Callable[[], T | None], seconds: float) -> T | None:
        """Look at once, and then as `poll` does, until something is there; None where nothing came."""
        found = [look()]

        def is_there() -> bool:
            found[0] = look()
            return found[0] is not None

        if found[0] is None:
            self.poll(is_there, seconds)
        return found[0]
