# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Responses as they are sent: with the headers of the service, compressed as by the service, and changed by faults.

Decisions:
  - A body is compressed if the client accepts gzip, whatever its size and status; a body that a fault cuts or replaces is not.
"""

from __future__ import annotations

import asyncio
import dataclasses
import gzip
from functools import lru_cache
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from clc_simulator.core.errors import UNAUTHORIZED
from clc_simulator.core.faults import FaultEffects
from clc_simulator.core.operations import HandlerResponse
from clc_simulator.web.request_log import Entry

TRANSPORT = "clc_simulator.transport"
"""ASGI extension under which the server puts the connection's transport, so that a fault can cut it."""

_JSON = b"application/json; charset=utf-8"
_HTML = b"text/html; charset=utf-8"
_PAGE = b"<html><head><title>%d</title></head><body><h1>The service is unavailable.</h1></body></html>"
_IN_PROGRESS = {
    "message": "An error has occurred.",
    "exceptionMessage": "Operation already in progress",
    "exceptionType": "System.InvalidOperationException",
    "stackTrace": "   at Simulated.LoadBalancer.Device.Change()",
}
"""Properties recorded for the load balancer device; type and trace are invented."""


class Raw(Response):
    """A response of bytes. If missing is not 0, Content-Length is larger by that number and the connection is closed."""

    def __init__(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]], missing: int = 0) -> None:
        self.status_code = status
        self.body = body
        self.background = None
        self._missing = missing
        self.is_complete = missing == 0
        length = [] if status == 204 else [(b"content-length", str(len(body) + missing).encode())]
        self.raw_headers = headers + length

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        await send(start)
        await send({"type": "http.response.body", "body": self.body, "more_body": bool(self._missing)})
        if self._missing:
            await hang_up(scope, receive)


class Dropped(Response):
    """No response at all: the connection is closed."""

    def __init__(self) -> None:
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await hang_up(scope, receive)


async def hang_up(scope: Scope, receive: Receive) -> None:
    """Close the connection of a request after the data was sent, and wait until it is closed.

    Raise ConnectionResetError if the server provides no transport, as in tests without a socket.
    """
    transport: asyncio.Transport | None = scope.get("extensions", {}).get(TRANSPORT)
    if transport is None:
        raise ConnectionResetError("the simulator drops this connection")
    transport.close()
    # Without this wait the server would send a 500 of its own for a request without response.
    while (await receive())["type"] != "http.disconnect":
        pass


@lru_cache(maxsize=64)
def accepts_gzip(accept_encoding: str) -> bool:
    """Return whether a header Accept-Encoding allows gzip (RFC 9110: gzip or *, unless its weight is 0)."""
    weights = {}
    for item in accept_encoding.lower().split(","):
        coding, *parameters = [part.strip() for part in item.split(";")]
        weights[coding] = next((value[2:].strip() for value in parameters if value.startswith("q=")), "1")
    return weights.get("gzip", weights.get("*", "0")).strip("0.") != ""


def compressed(response: Response) -> Response:
    """Return a response with its body compressed, as the service sent it to clients that accept gzip."""
    if not isinstance(response, Raw) or not response.is_complete or not response.body:
        return response
    headers = [header for header in response.raw_headers if header[0] != b"content-length"]
    encoding = [(b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]
    return Raw(response.status_code, gzip.compress(response.body, 1, mtime=0), headers + encoding)


def plain(response: HandlerResponse, cache_control: str) -> Response:
    """Return a response with the headers of the service (docs/wire-notes.md, section 1)."""
    return _render(response, cache_control)


def with_faults(response: HandlerResponse, faults: FaultEffects, cache_control: str, entry: Entry) -> Response:
    """Return a response changed by faults; set the status code of the log entry."""
    if faults.drop is not None:
        entry.status = None
        return Dropped()
    status = faults.status or response.status or 200
    entry.status = status
    extra = [] if faults.retry_after is None else [(b"retry-after", str(faults.retry_after).encode())]
    if faults.body is None or faults.body == "json":
        body = response.body if faults.status is None else {"message": _message(status)}
        faulty = dataclasses.replace(
            response, body=body, status=status, media=response.media if faults.status is None else None
        )
        return _render(faulty, cache_control, extra)
    if faults.body == "already_in_progress":
        return _render(HandlerResponse(_IN_PROGRESS, status if faults.status else 500), cache_control, extra)
    if faults.body == "html":
        return Raw(status, _PAGE % status, [(b"content-type", _HTML), *extra])
    if faults.body == "empty":
        return Raw(status, b"", [(b"content-type", _JSON), *extra])
    content, media = _encoded(response if response.body is not None else HandlerResponse({"message": _message(status)}))
    half = content[: max(1, len(content) // 2)]
    return Raw(
        status, half, [(b"content-type", media), *extra], len(content) - len(half) if faults.body == "truncated" else 0
    )


def _render(response: HandlerResponse, cache_control: str, extra: list[tuple[bytes, bytes]] | None = None) -> Response:
    status = response.status or 200
    headers = [(b"cache-control", cache_control.encode() if status < 400 else b"no-cache")]
    if headers[0][1] == b"no-cache":
        headers += [(b"pragma", b"no-cache"), (b"expires", b"-1")]
    if response.location is not None:
        headers.append((b"location", response.location.encode()))
    headers += [(name.lower().encode(), value.encode()) for name, value in response.headers.items()]
    headers += extra or []
    if response.body is None:
        return Raw(status, b"", headers)
    content, media = _encoded(response)
    return Raw(status, content, [*headers, (b"content-type", media)])


def _encoded(response: HandlerResponse) -> tuple[bytes, bytes]:
    """Return the body of a response as bytes, and its content type."""
    if response.media is not None:
        return str(response.body).encode(), response.media.encode()
    return orjson.dumps(response.body), _JSON


def _message(status: int) -> Any:
    messages = {
        401: UNAUTHORIZED,
        429: "Too many requests.",
        502: "Bad gateway.",
        503: "The service is unavailable.",
    }
    return messages.get(status, "An error has occurred.")
