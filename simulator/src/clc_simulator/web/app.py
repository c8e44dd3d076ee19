# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ASGI application, and the timer of notifications.

Decisions:
  - If a webhook has a target, jobs end by the clock even without further requests."""

from __future__ import annotations

import asyncio
import sys

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from clc_simulator.core import jobs
from clc_simulator.core.errors import StateFileError
from clc_simulator.services.webhook import has_audience
from clc_simulator.web import control, stages
from clc_simulator.web.request_log import Entry
from clc_simulator.web.simulator import Simulator


def create_app(simulator: Simulator) -> ASGIApp:
    """Return the ASGI application of a simulator.

    It has no router, so that every path, with whatever characters, gets the response of the service.
    """
    return _Endpoint(simulator)


class _Endpoint:
    """Handles all requests: `control` serves control paths, `stages` all other paths."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._timer: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        if scope["path"].startswith(control.PREFIX):
            response = await control.serve(self._simulator, request)
            self._schedule_timer()
            await response(scope, receive, send)
            return
        exchange = self._exchange(scope, request, await request.body())
        try:
            await stages.handle(exchange)
        finally:
            self._schedule_timer()
        assert exchange.outgoing is not None
        await exchange.outgoing(scope, receive, send)

    def _exchange(self, scope: Scope, request: Request, body: bytes) -> stages.Exchange:
        simulator = self._simulator
        entry = Entry(
            number=simulator.request_log.next_number(),
            time=simulator.world.clock.now(),
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode("ascii", "replace"),
            user_agent=request.headers.get("user-agent", ""),
        )
        return stages.Exchange(simulator, entry, request.headers, body)

    def _schedule_timer(self) -> None:
        """Run the next effect when it is due if a webhook has a target; otherwise the next request runs it."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        world = self._simulator.world
        if world.event_queue and world.clock.rate > 0 and has_audience(world):
            seconds = (world.event_queue[0][0] - world.clock.now()) / world.clock.rate
            self._timer = asyncio.get_running_loop().call_later(max(seconds, 0.0), self._wake)

    def _wake(self) -> None:
        jobs.advance(self._simulator.world)
        try:
            self._simulator.save()
        except StateFileError as error:
            print(f"clc-simulator: {error}", file=sys.stderr, flush=True)
        self._schedule_timer()
