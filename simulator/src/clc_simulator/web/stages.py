# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The stages of a request, in order.

ARRIVAL finds the operation and the faults that apply, and waits for the latency. WORK runs the operation and saves the
state; nothing is awaited in it, so that requests are not interleaved. All changes of a request are one transaction.
DEPARTURE builds the response that is sent.

Each stage is a function of an `Exchange` and stores its results there. As soon as a stage has set the response or has
raised an exception, the other stages of WORK are skipped except for `save_state`.

Decisions:
  - Order of error responses: 401, 501, 404 or 403 for the account, 403 for a user who may only read, 400.
  - An unknown path is 404, an unknown method 405.
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
from clc_simulator.core.contract import ALIAS_HEADER, ALIAS_PARAMETERS, Match, Operation
from clc_simulator.core.errors import (
    NO_SUCH_RESOURCE,
    ApiError,
    ContractViolation,
    StateFileError,
    format_error,
    not_found,
)
from clc_simulator.core.faults import FaultEffects
from clc_simulator.core.operations import DECLARED, NO_CACHE, DeclaredOperation, HandlerResponse, RequestContext
from clc_simulator.web import recordings, responses
from clc_simulator.web.normalize import Normalizer, select_operation
from clc_simulator.web.request_log import Entry
from clc_simulator.web.simulator import Simulator

_NO_FAULTS = FaultEffects()


@dataclass(slots=True)
class Exchange:
    """One request and its response."""

    simulator: Simulator
    entry: Entry
    """The log entry of the request."""
    headers: Mapping[str, str]
    """The headers of the request, by names in lower case."""
    body: bytes
    started: float = field(default_factory=time.perf_counter)
    match: Match | None = None
    operation: Operation | None = None
    """The operation of the contract; None if the path or the method is unknown."""
    faults: FaultEffects = field(default_factory=lambda: _NO_FAULTS)
    request: RequestContext = field(init=False)
    """The request for the handler; set by `require_operation`."""
    declared: DeclaredOperation | None = None
    normalizer: Normalizer | None = None
    handler_response: HandlerResponse | None = None
    """The response of the handler, before validation."""
    response: HandlerResponse | None = None
    """The validated response, with its status."""
    outgoing: Response | None = None
    """The response to send."""


# Arrival


def match_operation(exchange: Exchange) -> None:
    """Find the operation of the path and the method; the body decides if operations share them."""
    simulator, entry = exchange.simulator, exchange.entry
    match = simulator.contract.match(entry.method, entry.path)
    if match and match.operation and match.operation.overloads:
        media = exchange.headers.get("content-type", "")
        match = Match(select_operation(simulator.contract, match.operation, exchange.body, media), match.path)
    exchange.match, exchange.operation = match, match.operation if match else None
    entry.operationId = exchange.operation.id if exchange.operation else None


def select_faults(exchange: Exchange) -> None:
    """Find the faults that apply to the request; their rules count it."""
    entry = exchange.entry
    exchange.faults = exchange.simulator.faults.apply(entry.operationId or "", entry.method, entry.path)
    entry.faults = exchange.faults.names


def delay(exchange: Exchange) -> Awaitable[None] | None:
    """Return an awaitable for the latency of the simulator and of faults, or None if there is no latency."""
    latency = exchange.simulator.settings.latency_ms + exchange.faults.latency_ms
    return asyncio.sleep(latency / 1000) if latency else None


# Work


def advance_clock(exchange: Exchange) -> None:
    """Run all effects that are due."""
    jobs.advance(exchange.simulator.world)


def apply_faults_before_work(exchange: Exchange) -> None:
    """Apply faults that invalidate tokens or that respond before the work."""
    if exchange.faults.expire_tokens:
        accounts.revoke_all(exchange.simulator.world)
    if exchange.faults.before_work:
        exchange.response = HandlerResponse(status=exchange.faults.status)


def require_operation(exchange: Exchange) -> None:
    """Create the request for the handler. Raise ApiError: 404 for an unknown path, 405 for an unknown method."""
    if exchange.match is None:
        raise not_found(NO_SUCH_RESOURCE)
    operation = exchange.operation
    if operation is None:
        method = exchange.entry.method
        raise ApiError(405, {"message": f"The requested resource does not support http method '{method}'."})
    exchange.request = RequestContext(exchange.simulator.world, operation, {}, {}, None, None, None, exchange.faults)


def authenticate(exchange: Exchange) -> None:
    """Find the user of the token. Raise ApiError (401) if the operation needs a token and there is no valid one."""
    request = exchange.request
    if request.operation.secured:
        request.user = exchange.simulator.authenticator.user(request.world, exchange.headers.get("authorization"))


def find_handler(exchange: Exchange) -> None:
    """Find the declared operation. Raise ApiError (501) if the simulator has no handler for it."""
    operation_id = exchange.request.operation.id
    exchange.declared = DECLARED.get(operation_id)
    if exchange.declared is None:
        raise ApiError(501, {"message": f"Operation {operation_id} is not implemented by the simulator."})


def read_path(exchange: Exchange) -> None:
    """Check the path parameters, and select the headers that the operation knows. Raise ApiError (400)."""
    assert exchange.match is not None
    request = exchange.request
    normalizer = Normalizer(exchange.simulator.contract)
    exchange.normalizer, exchange.entry.unknown_properties = normalizer, normalizer.unknown_properties
    request.path = normalizer.path(request.operation, exchange.match.path)
    names = [parameter.name for parameter in request.operation.parameters.values() if parameter.location == "header"]
    request.headers = {name: exchange.headers[name] for name in names if name in exchange.headers}


def find_account(exchange: Exchange) -> None:
    """Find the account of the path or of the header CLC-ALIAS.

    Raise ApiError: 404 if it does not exist, 403 if the user may not act for it.
    """
    assert exchange.match is not None
    request, path = exchange.request, exchange.match.path
    if request.user is None:
        return
    alias = next((path[name] for name in ALIAS_PARAMETERS if name in path), None)
    if alias is None and ("header", ALIAS_HEADER.lower()) in request.operation.parameters:
        alias = request.headers.get(ALIAS_HEADER) or request.user.account
    if alias is not None:
        request.account = accounts.account_for(request.world, request.user, alias)


def check_role(exchange: Exchange) -> None:
    """Raise ApiError (403) if the request writes and its user may only read."""
    request = exchange.request
    if request.user is not None and request.operation.method != "GET" and not request.user.may_write:
        raise ApiError(403, {"message": f"User {request.user.id} may only read."})


def read_query_and_body(exchange: Exchange) -> None:
    """Normalize query and body and check them against the contract. Raise ApiError (400) with modelState."""
    assert exchange.normalizer is not None
    request, normalizer = exchange.request, exchange.normalizer
    request.query = normalizer.query(request.operation, exchange.entry.query)
    request.body = normalizer.body(request.operation, exchange.body, exchange.headers.get("content-type", ""))


def recall_response(exchange: Exchange) -> None:
    """Respond from the cache if the operation is cacheable, no fault applies, and nothing has changed."""
    if _is_cacheable(exchange):
        exchange.response = exchange.simulator.cache.get(exchange.request.world, _cache_key(exchange))


def run_handler(exchange: Exchange) -> None:
    """Let the handler do its work. Raise ApiError as the handler does."""
    assert exchange.declared is not None
    request = exchange.request
    if request.operation.method == "GET" and request.world.visibility:
        exchange.handler_response = exchange.declared.respond_in_part(request)
    if exchange.handler_response is not None:
        exchange.entry.faults.append("partly_visible")
    else:
        exchange.handler_response = recordings.respond(exchange.declared, request)


def check_response(exchange: Exchange) -> None:
    """Set the status of the handler's response and validate it.

    Raise ContractViolation if the contract does not allow the response.
    """
    operation, handler_response = exchange.request.operation, exchange.handler_response
    assert handler_response is not None
    status = handler_response.status or operation.status
    operation.check_response(status, handler_response.body, handler_response.body is not None)
    media = handler_response.media or operation.text_media.get(status)
    exchange.response = HandlerResponse(
        handler_response.body, status, handler_response.location, media, handler_response.headers
    )
    if status < 400 and _is_cacheable(exchange):
        exchange.response = exchange.simulator.cache.put(_cache_key(exchange), exchange.response)


def save_state(exchange: Exchange) -> None:
    """Write all changes to the state file, if there is one; this stage is never skipped."""
    exchange.simulator.save()


def _is_cacheable(exchange: Exchange) -> bool:
    declared, partly_visible = exchange.declared, exchange.simulator.world.visibility
    return declared is not None and declared.cacheable and not exchange.entry.faults and not partly_visible


def _cache_key(exchange: Exchange) -> tuple[str, str, str]:
    return (exchange.request.operation.id, exchange.entry.path, exchange.entry.query)


# Departure


def render_response(exchange: Exchange) -> None:
    """Build the response to send, with the headers of the service or changed by faults."""
    assert exchange.response is not None
    exchange.entry.status = exchange.response.status
    operation = exchange.operation
    declared = DECLARED.get(operation.id) if operation else None
    cache_control = declared.cache_control if declared else NO_CACHE
    if exchange.faults.changes_response:
        exchange.outgoing = responses.with_faults(exchange.response, exchange.faults, cache_control, exchange.entry)
    else:
        exchange.outgoing = responses.plain(exchange.response, cache_control)
    if exchange.faults.body is None and responses.accepts_gzip(exchange.headers.get("accept-encoding", "")):
        exchange.outgoing = responses.compressed(exchange.outgoing)


def log_request(exchange: Exchange) -> None:
    """Add the request to the log, with its duration."""
    exchange.entry.duration_ms = round((time.perf_counter() - exchange.started) * 1000, 3)
    exchange.simulator.request_log.add(exchange.entry)


# The list


Stage = Callable[[Exchange], None]

ARRIVAL: tuple[Callable[[Exchange], Awaitable[None] | None], ...] = (match_operation, select_faults, delay)
"""Stages that may return an awaitable."""
PREPARATION: tuple[Stage, ...] = (advance_clock, apply_faults_before_work)
"""Stages whose changes are kept even if the request fails."""
TRANSACTION: tuple[Stage, ...] = (
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
"""Stages that change either everything or nothing: if one of them or `save_state` raises, their changes are undone."""
WORK = (*PREPARATION, *TRANSACTION)
"""Stages that run without interruption; `save_state` follows them."""
DEPARTURE: tuple[Stage, ...] = (render_response, log_request)

STAGES = (*ARRIVAL, *WORK, save_state, *DEPARTURE)
"""All stages, in order."""


async def handle(exchange: Exchange) -> None:
    """Run all stages; `exchange.outgoing` is then the response to send."""
    for arrival in ARRIVAL:
        waiting = arrival(exchange)
        if waiting is not None:
            await waiting
    work(exchange)
    for departure in DEPARTURE:
        departure(exchange)


def work(exchange: Exchange) -> None:
    """Run the stages of WORK and save the state, without awaiting anything."""
    try:
        try:
            _run(exchange, PREPARATION)
            with exchange.simulator.world.transaction():
                _run(exchange, TRANSACTION)
                save_state(exchange)
        except ApiError as error:
            _respond_with_error(exchange, error)
    except StateFileError as error:
        _respond_with_failure(exchange, str(error))
    except ContractViolation as violation:
        _respond_with_bug(exchange, str(violation))
    except Exception as error:
        traceback.print_exc()
        _respond_with_bug(exchange, f"{exchange.entry.operationId}: {type(error).__name__}: {error}")
    _save_preparation(exchange)


def _save_preparation(exchange: Exchange) -> None:
    """Save the effects that were due before a request that failed; otherwise they are saved already."""
    try:
        save_state(exchange)
    except StateFileError as error:
        _respond_with_failure(exchange, str(error))


def _run(exchange: Exchange, stages: tuple[Stage, ...]) -> None:
    """Run stages until one of them has set a response; none of them if there is one already."""
    for stage in stages:
        if exchange.response is not None:
            return
        stage(exchange)


def _respond_with_error(exchange: Exchange, error: ApiError) -> None:
    """Respond with an error in the format of its service; it is validated if the contract has the operation."""
    operation = exchange.operation
    body = error.body if operation is None else format_error(operation.file, error)
    if operation is None or error.status == 501:
        exchange.response = HandlerResponse(body, error.status)
    else:
        # The contract decides whether an error has a body: a missing server is an empty 404, and so is its account.
        if error.status in operation.responses and operation.responses[error.status] is None:
            body = None
        exchange.handler_response = HandlerResponse(body, error.status)
        check_response(exchange)


def _respond_with_failure(exchange: Exchange, description: str) -> None:
    """Respond with 500 if the state file cannot be written, and report it on stderr."""
    print(f"clc-simulator: {description}", file=sys.stderr, flush=True)
    exchange.response = HandlerResponse({"message": description}, 500)


def _respond_with_bug(exchange: Exchange, description: str) -> None:
    """Respond with 500 to a bug in the simulator, and report it in the log and on stderr."""
    exchange.entry.contract_violation = description
    print(f"clc-simulator: contract violation: {description}", file=sys.stderr, flush=True)
    message = f"The simulator violated the contract. This is a bug in the simulator. {description}"
    exchange.response = HandlerResponse({"message": message}, 500)
