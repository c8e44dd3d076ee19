# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Returns recorded responses of the real service, as `core.recordings` says."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

import orjson

from clc_simulator.core.accounts import Account, User
from clc_simulator.core.contract import ALIAS_PARAMETERS, Contract
from clc_simulator.core.entities import World
from clc_simulator.core.errors import ApiError
from clc_simulator.core.operations import DECLARED, DeclaredOperation, HandlerResponse, RequestContext
from clc_simulator.core.recordings import RecordedResponse, Recording
from clc_simulator.core.seeds.errors import SeedError, entry
from clc_simulator.web.normalize import Normalizer


def keep(world: World, contract: Contract, recordings: list[Recording]) -> None:
    """Store the recorded responses of a seed. Raise SeedError if a request is not valid, or has an unknown account."""
    for recording in recordings:
        with entry(recording.location):
            request = _request(world, contract, recording)
            declared = DECLARED[request.operation.id]
            model = _digest(_outcome(declared, request)) if recording.is_loaded else None
            response = RecordedResponse(_key(request), recording.status, recording.body, model)
            world[RecordedResponse].add(response)


def respond(declared: DeclaredOperation, request: RequestContext) -> HandlerResponse:
    """Return the recorded response to a request if the seed has one that still holds, else that of its handler.

    Raise ApiError as the handler does.
    """
    recorded = world[RecordedResponse].get(_key(request)) if len((world := request.world)[RecordedResponse]) else None
    if recorded is None:
        return declared.respond(request)
    response = HandlerResponse(recorded.body, recorded.status)
    if recorded.model is None:
        return response
    try:
        made = declared.respond(request)
    except ApiError as error:
        if _digest(HandlerResponse(error.body, error.status)) == recorded.model:
            return response
        raise
    return dataclasses.replace(response, headers=made.headers) if _digest(made) == recorded.model else made


def _request(world: World, contract: Contract, recording: Recording) -> RequestContext:
    """Return the request of a recording, by a user who may do everything."""
    match = contract.match("GET", recording.path)
    assert match is not None
    assert match.operation is not None
    normalizer = Normalizer(contract)
    alias = next((match.path[name] for name in ALIAS_PARAMETERS if name in match.path), None)
    account = world[Account].get(alias.upper()) if alias is not None else None
    if alias is not None and account is None:
        raise SeedError(f"account {alias} is not in the seed")
    path = normalizer.path(match.operation, match.path)
    query = normalizer.query(match.operation, recording.query)
    user = User("recorded", "", alias or "", "", [])
    return RequestContext(world, match.operation, path, query, None, user, account)


def _outcome(declared: DeclaredOperation, request: RequestContext) -> HandlerResponse:
    try:
        return declared.respond(request)
    except ApiError as error:
        return HandlerResponse(error.body, error.status)


def _key(request: RequestContext) -> str:
    path = "/".join(value.lower() for value in request.path.values())
    query = "&".join(sorted(f"{name}={value}" for name, value in request.query.items()))
    return f"{request.operation.id} {path}?{query.lower()}"


def _digest(response: HandlerResponse) -> str:
    content: Any = [response.status, response.body]
    return hashlib.sha256(orjson.dumps(content)).hexdigest()
