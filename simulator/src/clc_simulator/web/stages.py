# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of a request, as one list of stages.

ARRIVAL finds out what is asked for and which faults apply; a latency is waited for here. WORK does it and ends with the
saved state; nothing is awaited in it, so that requests do not mix. DEPARTURE makes the bytes that are sent.

Each stage is a function of an `Exchange` and leaves in it what the next ones need. WORK ends early, and goes on with the
saving, as soon as a stage has set the response or has raised an ApiError, a ContractViolation, or anything else.

Decisions:
  - 401 comes before everything else, then 501, then 404 or 403 for the account, then 403 for a user who may only read,
    then 400.
"""

from __future__ import annotations

import asyncio
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from starlette.responses import Response

from clc_simulator.core import accounts, jobs
from clc_simulator.core.contract import Match, Operation
from clc_simulator.core.errors import NO_SUCH_RESOURCE, ApiError, ContractViolation, format_error, not_found
from clc_simulator.core.faults import FaultEffects
from clc_simulator.core.operations import DECLARED, NO_CACHE, DeclaredOperation, HandlerResponse, RequestContext
from clc_simulator.web import responses
from clc_simulator.web.normalize import Normalizer, select_operation
from clc_simulator.web.request_log import Entry
from clc_simulator.web.simulator import Simulator

_ALIAS_PARAMETERS = ("accountAlias", "sourceAccountAlias")
_ALIAS_HEADER = "CLC-ALIAS"
"""Names the account if no path does (backup service); without it the account is the user's own."""


_NO_FAULTS = FaultEffects()


@dataclass(slots=True)
class Exchange:
    """One request and its response, on their way through the stages."""

    simulator: Simulator
    entry: Entry
    """What the log shows of the request."""
    headers: Mapping[str, str]
    """The headers of the request, by names in lower case."""
    body: bytes
    started: float = field(default_factory=time.perf_counter)
    match: Match | None = None
    operation: Operation | None = None
    """The operation of the contract that is asked for; None if the path or the method is unknown."""
    faults: FaultEffects = field(default_factory=lambda: _NO_FAULTS)
    request: RequestContext = field(init=False)
    """The request as its handler sees it, from `require_operation` on."""
    declared: DeclaredOperation | None = None
    normalizer: Normalizer | None = None
    unchecked: HandlerResponse | None = None
    """What the handler returned."""
    response: HandlerResponse | None = None
    """What the work has led to; its status is set."""
    outgoing: Response | None = None
    """What is sent."""


# Arrival


def match_operation(exchange: Exchange) -> None:
    """Find the operation of the path and the method; of several that share them, the body decides."""
    simulator, entry = exchange.simulator, exchange.entry
    match = simulator.contract.match(entry.method, entry.path)
    if match and match.operation and match.operation.overloads:
        media = exchange.headers.get("content-type", "")
        match = Match(select_operation(simulator.contract, match.operation, exchange.body, media), match.path)
    exchange.match, exchange.operation = match, match.operation if match else None
    entry.operationId = exchange.operation.id if exchange.operation else None


def select_faults(exchange: Exchange) -> None:
    """Find the faults that apply to the request; each of them counts it."""
    entry = exchange.entry
    exchange.faults = exchange.simulator.faults.apply(entry.operationId or "", entry.method, entry.path)
    entry.faults = exchange.faults.names


def delay(exchange: Exchange) -> Awaitable[None] | None:
    """Return a wait for the latency of the simulator and of faults, in milliseconds, or None if there is none."""
    latency = exchange.simulator.settings.latency_ms + exchange.faults.latency_ms
    return asyncio.sleep(latency / 1000) if latency else None


# Work


def advance_clock(exchange: Exchange) -> None:
    """Bring the world to the present: jobs end, and what is due happens."""
    jobs.advance(exchange.simulator.world)


def apply_faults_before_work(exchange: Exchange) -> None:
    """Invalidate all tokens if a fault says so; respond now if a fault keeps the work from being done."""
    if exchange.faults.expire_tokens:
        accounts.revoke_all(exchange.simulator.world)
    if exchange.faults.before_work:
        exchange.response = HandlerResponse(status=exchange.faults.status)


def require_operation(exchange: Exchange) -> None:
    """Begin the context of the handler. Raises ApiError: 404 for an unknown path, 405 for an unknown method."""
    if exchange.match is None:
        raise not_found(NO_SUCH_RESOURCE)
    operation = exchange.operation
    if operation is None:
        method = exchange.entry.method
        raise ApiError(405, {"message": f"The requested resource does not support http method '{method}'."})
    exchange.request = RequestContext(exchange.simulator.world, operation, {}, {}, None, None, None, exchange.faults)


def authenticate(exchange: Exchange) -> None:
    """Find the user of the token. Raises ApiError (401) if the operation needs a token and there is no valid one."""
    request = exchange.request
    if request.operation.secured:
        request.user = exchange.simulator.authenticator.user(request.world, exchange.headers.get("authorization"))


def find_handler(exchange: Exchange) -> None:
    """Find the declared operation. Raises ApiError (501) if the simulator has no handler for it."""
    operation_id = exchange.request.operation.id
    exchange.declared = DECLARED.get(operation_id)
    if exchange.declared is None:
        raise ApiError(501, {"message": f"Operation {operation_id} is not implemented by the simulator."})


def read_path(exchange: Exchange) -> None:
    """Check the path parameters, and select the headers that the operation knows. Raises ApiError (400)."""
    assert exchange.match is not None
    request = exchange.request
    normalizer = Normalizer(exchange.simulator.contract)
    exchange.normalizer, exchange.entry.unknown_properties = normalizer, normalizer.unknown_properties
    request.path = normalizer.path(request.operation, exchange.match.path)
    known = [parameter.name for parameter in request.operation.parameters.values() if parameter.location == "header"]
    request.headers = {name: exchange.headers[name] for name in known if name in exchange.headers}


def find_account(exchange: Exchange) -> None:
    """Find the account of the path or of the header CLC-ALIAS.

    Raises ApiError: 404 if it does not exist, 403 if the user may not act for it.
    """
    assert exchange.match is not None
    request, path = exchange.request, exchange.match.path
    if request.user is None:
        return
    alias = next((path[name] for name in _ALIAS_PARAMETERS if name in path), None)
    if alias is None and ("header", _ALIAS_HEADER.lower()) in request.operation.parameters:
        alias = request.headers.get(_ALIAS_HEADER) or request.user.account
    if alias is not None:
        request.account = accounts.account_for(request.world, request.user, alias)


def check_role(exchange: Exchange) -> None:
    """Raise ApiError (403) if the request writes and its user may only read."""
    request = exchange.request
    if request.user is not None and request.operation.method != "GET" and not request.user.may_write:
        raise ApiError(403, {"message": f"User {request.user.id} may only read."})


def read_query_and_body(exchange: Exchange) -> None:
    """Normalize query and body and check them against the contract. Raises ApiError (400) with modelState."""
    assert exchange.normalizer is not None
    request, normalizer = exchange.request, exchange.normalizer
    request.query = normalizer.query(request.operation, exchange.entry.query)
    request.body = normalizer.body(request.operation, exchange.body, exchange.headers.get("content-type", ""))


def recall_response(exchange: Exchange) -> None:
    """Respond from the cache if the operation is cacheable, no fault applies, and nothing has changed since."""
    if _is_cacheable(exchange):
        exchange.response = exchange.simulator.cache.get(exchange.request.world, _cache_key(exchange))


def run_handler(exchange: Exchange) -> None:
    """Let the handler do its work. Raises ApiError as the handler does."""
    assert exchange.declared is not None
    exchange.unchecked = exchange.declared.respond(exchange.request)


def check_response(exchange: Exchange) -> None:
    """Respond with what the handler returned, its status set.

    Raises ContractViolation if the contract does not allow that response.
    """
    operation, unchecked = exchange.request.operation, exchange.unchecked
    assert unchecked is not None
    status = unchecked.status or operation.status
    operation.check_response(status, unchecked.body, unchecked.body is not None)
    media = unchecked.media or operation.text_media.get(status)
    exchange.response = HandlerResponse(unchecked.body, status, unchecked.location, media, unchecked.headers)
    if status < 400 and _is_cacheable(exchange):
        exchange.response = exchange.simulator.cache.put(_cache_key(exchange), exchange.response)


def save_state(exchange: Exchange) -> None:
    """Write what changed into the state file, if there is one; this is done whatever the response is."""
    exchange.simulator.save()


def _is_cacheable(exchange: Exchange) -> bool:
    return exchange.declared is not None and exchange.declared.cacheable and not exchange.entry.faults


def _cache_key(exchange: Exchange) -> tuple[str, str, str]:
    return (exchange.request.operation.id, exchange.entry.path, exchange.entry.query)


# Departure


def render_response(exchange: Exchange) -> None:
    """Make what is sent: the response with the headers of the service, or what the faults make of it."""
    assert exchange.response is not None
    exchange.entry.status = exchange.response.status
    operation = exchange.operation
    declared = DECLARED.get(operation.id) if operation else None
    cache_control = declared.cache_control if declared else NO_CACHE
    if exchange.faults.changes_response:
        exchange.outgoing = responses.with_faults(exchange.response, exchange.faults, cache_control, exchange.entry)
    else:
        exchange.outgoing = responses.plain(exchange.response, cache_control)


def log_request(exchange: Exchange) -> None:
    """Add the request to the log, with the milliseconds that it took."""
    exchange.entry.duration_ms = round((time.perf_counter() - exchange.started) * 1000, 3)
    exchange.simulator.request_log.add(exchange.entry)


# The list


Stage = Callable[[Exchange], None]

ARRIVAL: tuple[Callable[[Exchange], Awaitable[None] | None], ...] = (match_operation, select_faults, delay)
"""What may be awaited is here."""
WORK: tuple[Stage, ...] = (
    advance_clock,
    apply_faults_before_work,
    require_operation,
    authenticate,
    find_handler,
    read_path,
    find_account,
    check_role,
    read_query_and_body,
    recall_response,
    run_handler,
    check_response,
)
"""Done in one step, which ends with `save_state`."""
DEPARTURE: tuple[Stage, ...] = (render_response, log_request)

STAGES = (*ARRIVAL, *WORK, save_state, *DEPARTURE)
"""The life of a request."""


async def handle(exchange: Exchange) -> None:
    """Take a request through its life; `exchange.outgoing` is then what is to be sent."""
    for arrival in ARRIVAL:
        waiting = arrival(exchange)
        if waiting is not None:
            await waiting
    work(exchange)
    for departure in DEPARTURE:
        departure(exchange)


def work(exchange: Exchange) -> None:
    """Do the work of a request. From its first stage to the saved state nothing is awaited."""
    try:
        try:
            for stage in WORK:
                stage(exchange)
                if exchange.response is not None:
                    break
        except ApiError as error:
            _respond_with_error(exchange, error)
    except ContractViolation as violation:
        _respond_with_bug(exchange, str(violation))
    except Exception as error:
        traceback.print_exc()
        _respond_with_bug(exchange, f"{exchange.entry.operationId}: {type(error).__name__}: {error}")
    save_state(exchange)


def _respond_with_error(exchange: Exchange, error: ApiError) -> None:
    """Respond with an error in the shape of its service; only what no operation declares is sent unchecked."""
    operation = exchange.operation
    body = error.body if operation is None else format_error(operation.file, error)
    if operation is None or error.status == 501:
        exchange.response = HandlerResponse(body, error.status)
    else:
        exchange.unchecked = HandlerResponse(body, error.status)
        check_response(exchange)


def _respond_with_bug(exchange: Exchange, description: str) -> None:
    """Respond loudly to a bug of the simulator, and report it in the log and on stderr."""
    exchange.entry.contract_violation = description
    print(f"clc-simulator: contract violation: {description}", file=sys.stderr, flush=True)
    message = f"The simulator violated the contract. This is a bug in the simulator. {description}"
    exchange.response = HandlerResponse({"message": message}, 500)
