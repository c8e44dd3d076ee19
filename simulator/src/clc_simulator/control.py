# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control paths below /_simulator/: log, coverage, faults, clock, reset and state. They need no token.

Requests to them are not in the log. Their bodies and answers are described in the README.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from clc_simulator import queue, seeds, store
from clc_simulator.faults import FaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    from clc_simulator.app import Simulator

PREFIX = "/_simulator"


class _Wrong(Exception):
    """The request to a control path is wrong; str() says how."""


def _requests(simulator: Simulator, request: Request, _body: Any) -> Any:
    since = request.query_params.get("since", "0")
    if not since.isdigit():
        raise _Wrong("since must be the number of a request")
    return simulator.journal.since(int(since))


def _clear_requests(simulator: Simulator, _request: Request, _body: Any) -> Any:
    simulator.journal.clear()
    return None


def _coverage(simulator: Simulator, _request: Request, _body: Any) -> Any:
    return simulator.journal.coverage(simulator.contract.operations)


def _faults(simulator: Simulator, _request: Request, _body: Any) -> Any:
    return simulator.faults.describe()


def _set_faults(simulator: Simulator, _request: Request, body: Any) -> Any:
    if isinstance(body, list):
        body = {"faults": body}
    if not isinstance(body, dict) or not body.keys() <= {"faults", "replace"} or "faults" not in body:
        raise _Wrong("the body is an array of rules, or {faults: [...], replace: true or false}")
    before = list(simulator.faults.rules)
    if body.get("replace"):
        simulator.faults.clear()
    try:
        simulator.faults.add(body["faults"], frozenset(simulator.contract.operations))
    except FaultError:
        simulator.faults.rules = before
        raise
    return simulator.faults.describe()


def _clear_faults(simulator: Simulator, _request: Request, _body: Any) -> Any:
    simulator.faults.clear()
    return None


def _clock(simulator: Simulator, _request: Request, body: Any) -> Any:
    if not isinstance(body, dict) or not body or not body.keys() <= {"advance", "rate"}:
        raise _Wrong("the body is {advance: seconds} or {rate: factor} or both")
    clock = simulator.world.clock
    for member, change in (("rate", clock.set_rate), ("advance", clock.advance)):
        if member in body:
            value = body[member]
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise _Wrong(f"{member} must be a number, 0 or more")
            change(float(value))
    queue.advance(simulator.world)
    if simulator.store is not None:
        simulator.store.save(simulator.world)
    return {"now": clock.now(), "rate": clock.rate}


def _reset(simulator: Simulator, _request: Request, body: Any) -> Any:
    body = body or {}
    if not isinstance(body, dict) or not body.keys() <= {"seed"} or not isinstance(body.get("seed", ""), str):
        raise _Wrong("the body is {} or {seed: small|empty|fleet:N|FILE}")
    simulator.reset(body.get("seed", simulator.settings.seed))
    return None


def _state(simulator: Simulator, _request: Request, _body: Any) -> Any:
    queue.advance(simulator.world)
    return store.dump(simulator.world)


_ROUTES: dict[tuple[str, str], Callable[[Simulator, Request, Any], Any]] = {
    ("GET", "requests"): _requests,
    ("DELETE", "requests"): _clear_requests,
    ("GET", "coverage"): _coverage,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _set_faults,
    ("DELETE", "faults"): _clear_faults,
    ("POST", "clock"): _clock,
    ("POST", "reset"): _reset,
    ("GET", "state"): _state,
}


async def serve(simulator: Simulator, request: Request) -> Response:
    """Answer a request to a control path: 200 with JSON or 204, 400 or 404 with a message."""
    raw = await request.body()
    name = request.scope["path"].removeprefix(PREFIX).strip("/")
    route = _ROUTES.get((request.method, name))
    if route is None:
        known = ", ".join(f"{verb} {PREFIX}/{path}" for verb, path in _ROUTES)
        return _json(404, {"message": f"The simulator has no such control path. There are {known}."})
    try:
        answer = route(simulator, request, orjson.loads(raw) if raw.strip() else None)
    except (orjson.JSONDecodeError, _Wrong, FaultError, seeds.SeedError) as error:
        return _json(400, {"message": str(error)})
    return Response(status_code=204) if answer is None else _json(200, answer)


def _json(status: int, body: Any) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")
