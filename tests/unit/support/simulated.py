# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator in this process, below `requests`, on the clock of a test: real modules run against it without waiting."""

from __future__ import annotations

import contextlib
import re
import threading
import time
import typing as t
from urllib.parse import unquote, urlsplit

import requests
import responses
from requests.structures import CaseInsensitiveDict

from clc_simulator.core import jobs
from clc_simulator.core.contract import load_contract
from clc_simulator.web import stages
from clc_simulator.web.request_log import Entry
from clc_simulator.web.simulator import Settings, Simulator

from .clock import Clock
from .modules import Outcome, Runner

URL = "http://127.0.0.1:1"
CONNECTION = {
    "api_url": URL,
    "username": "demo",
    "password": "demo-password",
    **{f"{name}_url": f"{URL}/{name}" for name in ("lbaas", "rdbs", "backup", "ips", "patching")},
}
# A noon that is soon: a seed starts at the present time, and until then its databases make a backup every night.
_DAY = 86_400.0
_BEGIN = (time.time() // _DAY + 1.5) * _DAY
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Killed(BaseException):
    """The module process is killed: nothing catches this."""


class SimulatedService:
    """A simulator whose time is that of a test's clock. runner: runs the modules.

    kill_after: number of the write after which the module is killed, before it receives the response; 0 to let it live.
    unreadable_seconds: how long all reads get a 503 after the next write.
    before_write: what happens, once, between the reads of a task and its first write.
    """

    def __init__(self, clock: Clock, runner: Runner, seed: str = "small", job_seconds: float = 1.0) -> None:
        self.simulator = Simulator(Settings(seed, job_seconds=job_seconds), load_contract())
        # A time at which nothing happens by itself, the same for each simulator.
        self.simulator.world.clock.set_rate(0)
        self.simulator.world.clock.advance(_BEGIN - self.simulator.world.clock.now())
        self._clock, self._runner, self._advanced_to = clock, runner, clock.now
        self._lock = threading.Lock()
        self.kill_after = 0
        self.unreadable_seconds = 0.0
        self._readable_at = 0.0
        self.before_write: t.Callable[[], object] | None = None

    def run(self, module: str, options: t.Mapping[str, t.Any], **settings: bool) -> Outcome:
        """Run a module as a process. settings: check_mode, diff."""
        return self._runner.alone(module, {**CONNECTION, **options}, **settings)

    def fault(self, *rules: dict[str, t.Any]) -> None:
        """Have these faults, and no others; without rules, nothing is wrong any more."""
        self.kill_after, self.unreadable_seconds, self._readable_at = 0, 0.0, 0.0
        self.simulator.faults.clear()
        self.simulator.world.visibility.clear()
        self.simulator.faults.add(list(rules), frozenset(self.simulator.contract.operations))

    def finish(self, seconds: float = 600.0) -> None:
        """Let the time pass in which queued work and its late effects end."""
        self._clock.sleep(seconds)
        self._advance()

    def _advance(self) -> None:
        self.simulator.world.clock.advance(max(0.0, self._clock.now - self._advanced_to))
        self._advanced_to = self._clock.now
        jobs.advance(self.simulator.world)

    def state(self) -> dict[str, dict[str, t.Any]]:
        """Return what the service has, by table and id, without jobs, tokens, and what else no client sees."""
        tables = self.simulator.world.tables
        return {name: {entity.id: entity for entity in table} for name, table in tables.items() if not table.internal}

    def log(self) -> list[Entry]:
        """Return the requests since the last call, oldest first, without logins."""
        log = self.simulator.request_log
        entries = [entry for entry in log._entries if entry.operationId != "login"]
        log.clear()
        return entries

    def respond(self, request: requests.PreparedRequest) -> tuple[int, dict[str, str], bytes]:
        """Respond to a request as the simulator does."""
        if self.before_write and request.method != "GET" and "authentication/login" not in str(request.url):
            first, self.before_write = self.before_write, None
            first()
        with self._lock:
            self._advance()
            exchange = self._exchange(request)
            for arrival in stages.ARRIVAL:
                assert arrival(exchange) is None, "nothing waits here"
            stages.work(exchange)
            for departure in stages.DEPARTURE:
                departure(exchange)
        assert exchange.entry.contract_violation is None, exchange.entry
        assert exchange.outgoing is not None
        if exchange.entry.method != "GET" and exchange.entry.operationId != "login":
            self._after_write()
        if exchange.entry.status is None:
            raise requests.exceptions.ReadTimeout
        if self._clock.now < self._readable_at and exchange.entry.method == "GET":
            exchange.entry.faults.append("unreadable")
            return 503, {}, b""
        return exchange.outgoing.status_code, dict(exchange.outgoing.headers), bytes(exchange.outgoing.body)

    def _after_write(self) -> None:
        if self.unreadable_seconds:
            self._readable_at = self._clock.now + self.unreadable_seconds
            self.unreadable_seconds = 0.0
        if self.kill_after:
            self.kill_after -= 1
            if not self.kill_after:
                raise Killed

    def _exchange(self, request: requests.PreparedRequest) -> stages.Exchange:
        url = urlsplit(str(request.url))
        log = self.simulator.request_log
        at, method = self.simulator.world.clock.now(), str(request.method)
        entry = Entry(log.next_number(), at, method, unquote(url.path), url.query, str(request.headers["User-Agent"]))
        body = request.body or b""
        headers = CaseInsensitiveDict({name: str(value) for name, value in request.headers.items()})
        return stages.Exchange(self.simulator, entry, headers, body.encode() if isinstance(body, str) else bytes(body))


@contextlib.contextmanager
def serving(service: SimulatedService) -> t.Iterator[None]:
    """Let a simulated service respond to all requests within the block."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for method in _METHODS:
            mock.add_callback(method, re.compile(".*"), service.respond, content_type=None)
        yield
