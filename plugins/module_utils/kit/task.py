# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One run of one task: its options, its client, its time, and a cache of what it has read.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import time
import typing as t
from dataclasses import dataclass, field, replace

from ..api import paths, placeholders, tree
from ..api.client import Client
from ..api.errors import UNREADABLE, InvalidTaskError, NoSuchResource, NotFound
from .files import Host
from .pending import PendingCreates
from .references import GROUP_OPTIONS, group_reference

T = t.TypeVar("T")
M = t.TypeVar("M")
# Options whose values become segments of paths, with the names of these.
_SEGMENTS = {"data_center": "dataCenter", "server_id": "serverId", "server_ids": "serverId"}
_FIRST_DELAY, _MAX_DELAY = 1.0, 5.0


@dataclass
class Task:
    """The task that a resource is managed for.

    params: values of the options, None if omitted. module: the module's name. options: names of its options; None if code has
    chosen the options, see `with_options`. warn, report: display a warning, a line of progress. deadline: value of time.monotonic()
    at which the time of the whole task is up. lock: acquires the lock of that name, shared by the tasks of a run.
    hidden: whether the result is not displayed. host: how files are written. pending: creates that earlier runs have started.
    """

    client: Client
    params: t.Mapping[str, t.Any]
    module: str = ""
    options: frozenset[str] | None = None
    check_mode: bool = False
    diff_mode: bool = False
    warn: t.Callable[[str], None] = lambda message: None
    report: t.Callable[[str], None] = lambda message: None
    deadline: float = field(default_factory=lambda: time.monotonic() + 3600.0)
    lock: t.Callable[[str], t.ContextManager[None]] = lambda name: contextlib.nullcontext()
    hidden: bool = False
    host: Host = field(default_factory=Host)
    pending: PendingCreates = field(default_factory=PendingCreates)
    _cache: dict[t.Any, t.Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Convert references to groups. Raise InvalidTaskError for an option that cannot be what it stands for.

        Nothing has been read by then.
        """
        if not self.check_mode:
            placeholders.reject(self.params)
        groups = {name: group_reference(name, self.params[name]) for name in GROUP_OPTIONS if name in self.params}
        self.params = {**self.params, **groups}
        for option, segment in _SEGMENTS.items():
            values = self.params.get(option)
            for value in values if isinstance(values, list) else [values]:
                if value:  # an empty value identifies nothing, and is rejected if that is not allowed
                    paths.check(value, segment, option)

    def option(self, name: str) -> t.Any:
        """Return the value of an option, None if omitted. Raises AssertionError if the module has no such option."""
        if not self.has_option(name):
            raise AssertionError(f"the module {self.module} has no option {name}")
        return self.params.get(name)

    def has_option(self, name: str) -> bool:
        """Return whether the module has an option (not counting aliases), for code that several modules use."""
        return self.options is None or name in self.options

    def with_options(self, params: t.Mapping[str, t.Any]) -> Task:
        """Return this task with other options, for the resource of another module; all others are omitted."""
        return replace(self, params=params, options=None)

    @property
    def state(self) -> str:
        """The desired state."""
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
        """Alias of the account that is managed."""
        return self.client.account

    @property
    def data_center(self) -> str:
        """Code of the data center in upper case: the option, otherwise the user's default, otherwise the account's primary one."""
        code = self.option("data_center") if self.has_option("data_center") else None
        return str(code).upper() if code else self.cached("default data center", self._default_data_center)

    def _default_data_center(self) -> str:
        identity = self.client.identity
        if identity and identity.data_center:
            return identity.data_center.upper()
        account = tree.account(self.client, self.account)
        if not account.get("primaryDataCenter"):
            raise InvalidTaskError(
                "the user has no default data center",
                action="choose",
                target="a data center",
                help_text="Specify data_center.",
            )
        return str(account["primaryDataCenter"]).upper()

    @property
    def seconds_left(self) -> float:
        """Seconds until the time of the whole task is up; 0 if it is."""
        return max(0.0, self.deadline - time.monotonic())

    def cached(self, key: t.Any, read: t.Callable[[], T]) -> T:
        """Return the cached value of this key, or read it now, so that no task reads the same twice."""
        if key not in self._cache:
            self._cache[key] = read()
        value: T = self._cache[key]
        return value

    def is_cached(self, key: t.Any) -> bool:
        """Return whether there is a cached value of this key."""
        return key in self._cache

    def invalidate(self, *keys: t.Any) -> None:
        """Remove the cached values of these keys, since they may have changed."""
        for key in keys:
            self._cache.pop(key, None)

    def read(self, path: str, service: str = "api", params: t.Mapping[str, str] | None = None) -> t.Any:
        """Read a path and return its body; None if it does not exist (404). Sends one request."""
        try:
            return self.client.get(path, service=service, params=params).body
        except NotFound:
            return None

    def warn_once(self, message: str) -> None:
        """Display a warning, but the same one only once per task."""
        self.cached(("warned", message), lambda: self.warn(message))

    def poll_until(self, condition: t.Callable[[], bool], seconds: float) -> bool:
        """Poll with backoff until the condition holds or the time is up (seconds, deadline). Return whether it holds."""
        ends = min(time.monotonic() + seconds, self.deadline)
        delay = _FIRST_DELAY
        while (left := ends - time.monotonic()) > 0:
            time.sleep(min(delay, left))
            self.client.forget_reads()
            if condition():
                return True
            delay = min(delay * 2, _MAX_DELAY)
        return False

    @property
    def predicting(self) -> bool:
        """Whether this is check mode, in which resources that earlier tasks would create or change may not exist yet.

        A resource may use it to tolerate what is missing; convergence decides everything else about check mode.
        """
        return self.check_mode

    def resolve_reference(self, look_up: t.Callable[[], T], missing: M) -> T | M:
        """Look up a resource that the task refers to. In check mode, warn of one that does not exist yet, and return `missing`."""
        try:
            return look_up()
        except NoSuchResource as error:
            self.raise_missing(error)
            return missing

    def resolve_related(self, look_up: t.Callable[[], T], missing: M, absent: T | M) -> T | M:
        """Like `resolve_reference`; but with state absent, return `absent` if the resource does not exist."""
        if self.state != "absent":
            return self.resolve_reference(look_up, missing)
        try:
            return look_up()
        except NoSuchResource:
            return absent

    def raise_missing(self, error: NoSuchResource) -> None:
        """Raise the error of a resource that does not exist; in check mode only warn, since an earlier task may create it.

        There is no warning of what an earlier task has predicted.
        """
        if not self.predicting:
            raise error
        if not placeholders.find(error.cause):
            self.warn_once(f"In check mode, an earlier task is assumed to create it: {error.cause}.")

    def raise_in_use(self, error: InvalidTaskError) -> None:
        """Raise the error of a resource that cannot be deleted as long as others use it."""
        raise error

    def wait_for(self, look_up: t.Callable[[], T | None], seconds: float) -> T | None:
        """Call `look_up` now and then with backoff, like `poll_until`, until it returns a value; None if it does not.

        Service and connection may fail meanwhile.
        """
        values: list[T | None] = [None]

        def has_value() -> bool:
            with contextlib.suppress(*UNREADABLE):
                values[0] = look_up()
            return values[0] is not None

        self.client.forget_reads()
        if not has_value():
            self.poll_until(has_value, seconds)
        return values[0]
