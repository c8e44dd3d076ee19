# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ASGI application: one route, and the way of a request through it.

A request is matched with the contract, let through the gate, normalised, checked, handed to its behaviour and its
answer checked again. What it changed is in the state file before the answer leaves.
"""

from __future__ import annotations

import asyncio
import dataclasses
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from clc_simulator import accounts, answers, behaviour, control, notifications, queue, seeds
from clc_simulator.contract import Contract, Match, Operation
from clc_simulator.faults import Faults, Play
from clc_simulator.journal import Entry, Journal
from clc_simulator.normalize import Normalizer, meant
from clc_simulator.operations import BEHAVIOURS, NO_CACHE, Behaviour, Call, Reply
from clc_simulator.problems import NO_SUCH_RESOURCE, ContractViolation, Problem, shaped
from clc_simulator.store import Store
from clc_simulator.world import World

MOST_REMEMBERED = 5000
"""Answers that are kept until something changes."""
_ALIAS_PARAMETERS = ("accountAlias", "sourceAccountAlias")
_ALIAS_HEADER = "CLC-ALIAS"
"""Names the account where no path does (backup service); without it the user's own is meant."""


@dataclass
class Settings:
    """How to start a simulator."""

    seed: str = "small"
    """small, empty, fleet:N or the path of a seed file."""
    job_seconds: float = 1.0
    latency_ms: float = 0.0
    state: Path | None = None


class Simulator:
    """One simulated service: contract, world, faults, log, and the ASGI application over them."""

    def __init__(self, settings: Settings, contract: Contract | None = None) -> None:
        """Start one. contract saves reading it again where several are made in a process; it is never changed."""
        behaviour.load()
        self.settings = settings
        self.contract = contract or Contract()
        self.faults = Faults()
        self.journal = Journal()
        self.gate = accounts.Gate()
        self.notifier = notifications.Notifier(self.contract)
        self._alarm: asyncio.TimerHandle | None = None
        self._answers: dict[tuple[str, str, str], Reply] = {}
        self._remembered_at: tuple[World, int] | None = None
        self.store = Store(settings.state) if settings.state else None
        self.world = World(settings.job_seconds)
        if self.store is not None and self.store.load(self.world):
            queue.resume(self.world)
            self.notifier.watch(self.world)
        else:
            self.reset(settings.seed)
        self.asgi = Starlette(routes=[Route("/{path:path}", self)])

    def reset(self, seed: str) -> None:
        """Start over with the world of a seed, without faults and with an empty log.

        Raises seeds.SeedError, and keeps the present world, where there is no such seed.
        """
        world = World(self.settings.job_seconds)
        seeds.plant(world, seed)
        self.world = world
        self.notifier.watch(world)
        self.faults.clear()
        self.journal.clear()
        if self.store is not None:
            self.store.clear()
            self.store.save(world)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; starlette's route calls this for every path and verb."""
        request = Request(scope, receive, send)
        path: str = scope["path"]
        if path.startswith(control.PREFIX):
            response = await control.serve(self, request)
            self._set_alarm()
            await response(scope, receive, send)
            return
        started = time.perf_counter()
        entry = Entry(
            number=self.journal.number(),
            at=self.world.clock.now(),
            verb=scope["method"],
            path=path,
            query=scope["query_string"].decode("ascii", "replace"),
            user_agent=request.headers.get("user-agent", ""),
        )
        try:
            response = await self._answer(request, entry)
        finally:
            entry.ms = round((time.perf_counter() - started) * 1000, 3)
            self.journal.add(entry)
            self._set_alarm()
        await response(scope, receive, send)

    def _set_alarm(self) -> None:
        """See to it that what is due next happens in time while somebody wants to be told; else requests are in time."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        clock = self.world.clock
        if self.world.agenda and clock.rate > 0 and notifications.anybody_listens(self.world):
            seconds = (self.world.agenda[0][0] - clock.now()) / clock.rate
            self._alarm = asyncio.get_running_loop().call_later(max(seconds, 0.0), self._wake)

    def _wake(self) -> None:
        queue.advance(self.world)
        if self.store is not None:
            self.store.save(self.world)
        self._set_alarm()

    async def _answer(self, request: Request, entry: Entry) -> Response:
        body = await request.body()
        match = self.contract.match(entry.verb, entry.path)
        operation = match.operation if match else None
        if match and operation and operation.narrower:
            operation = meant(self.contract, operation, body, request.headers.get("content-type", ""))
            match = Match(operation, match.path)
        entry.operationId = operation.id if operation else None
        play = self.faults.play(entry.operationId or "", entry.verb, entry.path)
        entry.fault = play.names
        latency = self.settings.latency_ms + play.latency_ms
        if latency:
            await asyncio.sleep(latency / 1000)
        cache = BEHAVIOURS[operation.id].cache if operation and operation.id in BEHAVIOURS else NO_CACHE
        # From here to the saved state nothing waits, so that requests do not mix.
        try:
            reply = self._reply(match, play, request, body, entry)
        except Exception as error:
            traceback.print_exc()
            reply = _bug(entry, f"{entry.operationId}: {type(error).__name__}: {error}")
        if self.store is not None:
            self.store.save(self.world)
        entry.status = reply.status
        if play.answers:
            return answers.disturbed(reply, play, cache, entry)
        return answers.plain(reply, cache)

    def _reply(self, match: Match | None, play: Play, request: Request, body: bytes, entry: Entry) -> Reply:
        """Bring the world to the present and do a request's work, unless a fault keeps it from being done."""
        queue.advance(self.world)
        if play.expire_tokens:
            accounts.revoke_all(self.world)
        if play.before_work:
            return Reply(status=play.status)
        operation = match.operation if match else None
        call = Call(self.world, operation, {}, {}, None, None, None, play) if operation else None
        return self._work(match, call, request, body, entry)

    def _work(self, match: Match | None, call: Call | None, request: Request, body: bytes, entry: Entry) -> Reply:
        """Return the reply to a request, errors included; its status is set."""
        try:
            if match is None:
                raise Problem(404, {"message": NO_SUCH_RESOURCE})
            if call is None:
                raise Problem(405, {"message": f"The requested resource does not support http method '{entry.verb}'."})
            found = self._prepare(call, match, request, body, entry)
            if found.timeless and not entry.fault:
                return self._remembered(found, call, entry)
            return _checked(call, found.handler(call))
        except Problem as problem:
            return self._refusal(call, problem, entry)
        except ContractViolation as violation:
            return _bug(entry, str(violation))

    def _refusal(self, call: Call | None, problem: Problem, entry: Entry) -> Reply:
        """Return the reply to a request that was refused; only what no operation declares goes out unchecked."""
        body = shaped(call.operation.file, problem) if call is not None else problem.body
        reply = Reply(body, problem.status)
        if call is None or problem.status == 501:
            return reply
        try:
            return _checked(call, reply)
        except ContractViolation as violation:
            return _bug(entry, str(violation))

    def _remembered(self, found: Behaviour, call: Call, entry: Entry) -> Reply:
        """Return the reply to a request that reads what changes alone change; it is made and checked once a change."""
        if self._remembered_at != (self.world, self.world.revision) or len(self._answers) > MOST_REMEMBERED:
            self._answers.clear()
            self._remembered_at = (self.world, self.world.revision)
        key = (call.operation.id, entry.path, entry.query)
        known = self._answers.get(key)
        if known is None:
            reply = _checked(call, found.handler(call))
            known = Reply(orjson.Fragment(orjson.dumps(reply.body)), reply.status, reply.location)
            self._answers[key] = known
        return known

    def _prepare(self, call: Call, match: Match, request: Request, body: bytes, entry: Entry) -> Behaviour:
        """Fill call with who asks for what. Raises Problem where that is not allowed, not known or not right."""
        operation = call.operation
        headers = request.headers
        if operation.secured:
            call.user = self.gate.user(self.world, headers.get("authorization"))
        behaviour_found = BEHAVIOURS.get(operation.id)
        if behaviour_found is None:
            raise Problem(501, {"message": f"The simulator has no behaviour for operation {operation.id} yet."})
        normalizer = Normalizer(self.contract)
        entry.unknown = normalizer.unknown
        call.path = normalizer.path(operation, match.path)
        call.headers = _declared_headers(operation, headers)
        alias = next((match.path[name] for name in _ALIAS_PARAMETERS if name in match.path), None)
        if alias is None and call.user is not None and ("header", _ALIAS_HEADER.lower()) in operation.parameters:
            alias = call.headers.get(_ALIAS_HEADER) or call.user.account
        if call.user is not None and alias is not None:
            call.account = accounts.account_for(self.world, call.user, alias)
        if call.user is not None and operation.verb != "GET" and not call.user.may_write:
            raise Problem(403, {"message": f"User {call.user.id} may only read."})
        call.query = normalizer.query(operation, entry.query)
        call.body = normalizer.body(operation, body, headers.get("content-type", ""))
        return behaviour_found


def _declared_headers(operation: Operation, sent: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a request that its operation knows, under the contract's names."""
    known = [parameter.name for parameter in operation.parameters.values() if parameter.place == "header"]
    return {name: sent[name] for name in known if name in sent}


def _checked(call: Call, reply: Reply) -> Reply:
    """Return a reply with its status. Raises ContractViolation where the operation may not answer so."""
    status = reply.status or call.operation.status
    call.operation.check_answer(status, reply.body, reply.body is not None)
    return dataclasses.replace(reply, status=status, media=reply.media or call.operation.texts.get(status))


def _bug(entry: Entry, text: str) -> Reply:
    """Return the loud answer to a bug of the simulator, and note it in the log and on stderr."""
    entry.contract_violation = text
    print(f"clc-simulator: contract violation: {text}", file=sys.stderr, flush=True)
    return Reply({"message": f"The simulator broke the contract, which is a bug of it. {text}"}, 500)
