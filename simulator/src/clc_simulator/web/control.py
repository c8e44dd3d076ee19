# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control paths below /_simulator/: version, contract, log, coverage, faults, clock, reset and state. They need no token.

Requests to them are not logged. The README describes their bodies and responses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from clc_simulator import __version__
from clc_simulator.core import jobs, seeds, store
from clc_simulator.core.accounts import Account
from clc_simulator.core.errors import StateFileError
from clc_simulator.core.faults import FaultError
from clc_simulator.services.webhook import EVENTS, public_key
from clc_simulator.web import openapi

if TYPE_CHECKING:
    from collections.abc import Callable

    from clc_simulator.web.simulator import Simulator

PREFIX = "/_simulator"
MAX_BODY = 1_000_000
"""Bytes that the body of a request can have."""
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)


class _BadRequest(Exception):
    """The request to a control path is not valid; str() has the cause."""


def _version(_simulator: Simulator, _request: Request, _body: Any) -> Any:
    return {"version": __version__}


def _since(request: Request) -> int:
    since = request.query_params.get("since", "0")
    if not _NUMBER.fullmatch(since):
        raise _BadRequest("since must be the number of a request or of a notification")
    return int(since)


def _requests(simulator: Simulator, request: Request, _body: Any) -> Any:
    return simulator.request_log.since(_since(request))


def _clear_requests(simulator: Simulator, _request: Request, _body: Any) -> Any:
    simulator.request_log.clear()
    return None


def _coverage(simulator: Simulator, _request: Request, _body: Any) -> Any:
    return simulator.request_log.coverage(simulator.contract.operations)


def _faults(simulator: Simulator, _request: Request, _body: Any) -> Any:
    return simulator.faults.describe()


def _set_faults(simulator: Simulator, _request: Request, body: Any) -> Any:
    if isinstance(body, list):
        body = {"faults": body}
    if not isinstance(body, dict) or not body.keys() <= {"faults", "replace"} or "faults" not in body:
        raise _BadRequest("the body must be an array of rules, or {faults: [...], replace: true or false}")
    before = list(simulator.faults.rules)
    if body.get("replace"):
        simulator.faults.clear()
    try:
        simulator.faults.add(body["faults"], frozenset(simulator.contract.operations))
    except FaultError:
        simulator.faults.rules = before
        raise
    return simulator.faults.describe()


def _clear_faults(simulator: Simulator, request: Request, _body: Any) -> Any:
    numbers = request.query_params.getlist("id")
    if not all(_NUMBER.fullmatch(number) for number in numbers):
        raise _BadRequest("id must be the id of a rule")
    if numbers:
        simulator.faults.remove({int(number) for number in numbers})
    else:
        simulator.faults.clear()
    simulator.world.visibility.clear()
    return None


def _clock(simulator: Simulator, _request: Request, body: Any) -> Any:
    if not isinstance(body, dict) or not body or not body.keys() <= {"advance", "rate"}:
        raise _BadRequest("the body must have advance (seconds), rate (factor), or both")
    clock = simulator.world.clock
    for key, value in body.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _BadRequest(f"{key} must be a number")
    before = clock.save()
    try:
        if "rate" in body:
            clock.set_rate(float(body["rate"]))
        if "advance" in body:
            clock.advance(float(body["advance"]))
    except ValueError as error:
        clock.restore(before)
        raise _BadRequest(str(error)) from error
    jobs.advance(simulator.world)
    simulator.save()
    return {"now": clock.now(), "rate": clock.rate}


def _reset(simulator: Simulator, _request: Request, body: Any) -> Any:
    body = body or {}
    if not isinstance(body, dict) or not body.keys() <= {"seed"} or not isinstance(body.get("seed", ""), str):
        raise _BadRequest("the body must be {} or {seed: small|empty|fleet:N|FILE}")
    simulator.reset(body.get("seed", simulator.settings.seed))
    return None


def _state(simulator: Simulator, _request: Request, _body: Any) -> Any:
    jobs.advance(simulator.world)
    return store.dump(simulator.world)


def _notifications(simulator: Simulator, request: Request, _body: Any) -> Any:
    return simulator.notifier.log(_since(request))


def _raise_event(simulator: Simulator, _request: Request, body: Any) -> Any:
    """Send the notifications of an event that the simulator cannot cause by itself."""
    if not isinstance(body, dict) or not {"event", "account"} <= body.keys() <= {"event", "account", "body"}:
        raise _BadRequest("the body must have event and account, and may have body")
    event, alias = body["event"], str(body["account"]).upper()
    if event not in EVENTS:
        raise _BadRequest(f"event must be one of {', '.join(EVENTS)}")
    if alias not in simulator.world[Account]:
        raise _BadRequest(f"account {alias} does not exist")
    notification = simulator.contract.notification(event)
    message = body.get("body", _of_account(notification.example, alias))
    errors = notification.check.errors(message)
    if errors:
        raise _BadRequest(f"body is not a valid message for {event}: {errors[0].message}")
    jobs.advance(simulator.world)
    return simulator.notifier.notify(simulator.world, event, alias, message)


def _of_account(example: Any, alias: str) -> Any:
    """Return an example of the contract, which is about the account ACME, as one of another account."""
    text = orjson.dumps(example).decode()
    return orjson.loads(text.replace("ACME", alias).replace('"acme"', f'"{alias.lower()}"'))


def _notification_key(simulator: Simulator, _request: Request, _body: Any) -> Any:
    result = {"publicKey": public_key(simulator.world)}
    simulator.save()
    return result


_ROUTES: dict[tuple[str, str], Callable[[Simulator, Request, Any], Any]] = {
    ("GET", "version"): _version,
    ("GET", "openapi"): openapi.index,
    ("GET", "requests"): _requests,
    ("DELETE", "requests"): _clear_requests,
    ("GET", "coverage"): _coverage,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _set_faults,
    ("DELETE", "faults"): _clear_faults,
    ("POST", "clock"): _clock,
    ("POST", "reset"): _reset,
    ("GET", "state"): _state,
    ("GET", "notifications"): _notifications,
    ("POST", "notifications"): _raise_event,
    ("GET", "notifications/key"): _notification_key,
}


async def serve(simulator: Simulator, request: Request) -> Response:
    """Serve a request to a control path: 200 with JSON, 204, or 400 or 404 with a message."""
    raw = await _body(request)
    name = request.scope["path"].removeprefix(PREFIX).strip("/")
    route = _ROUTES.get((request.method, name)) or openapi.route(simulator.contract, request.method, name)
    if route is None:
        existing = ", ".join(f"{method} {PREFIX}/{path}" for method, path in _ROUTES)
        return _json(404, {"message": f"The control path does not exist. Control paths: {existing}."})
    try:
        result = route(simulator, request, _parse(raw))
    except (_BadRequest, FaultError, seeds.SeedError) as error:
        return _json(400, {"message": str(error)})
    except StateFileError as error:
        return _json(500, {"message": str(error)})
    return Response(status_code=204) if result is None else _json(200, result)


async def _body(request: Request) -> bytes | None:
    """Return the body of a request, or None if it is larger than MAX_BODY; the rest of it is read and dropped."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size <= MAX_BODY:
            parts.append(part)
    return b"".join(parts) if size <= MAX_BODY else None


def _parse(raw: bytes | None) -> Any:
    """Return the JSON values of a body; None if it is empty."""
    if raw is None:
        raise _BadRequest(f"the body must have at most {MAX_BODY} bytes")
    try:
        return orjson.loads(raw) if raw.strip() else None
    except orjson.JSONDecodeError as error:
        raise _BadRequest(f"the body is not valid JSON: {error}") from error


def _json(status: int, body: Any) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")
