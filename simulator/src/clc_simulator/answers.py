# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Puts replies on the wire: the headers that the service sent, and the answers that faults make of them."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from clc_simulator.faults import Play
from clc_simulator.journal import Entry
from clc_simulator.operations import Reply

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
"""Shape recorded for the load balancer device; type and trace are made up."""


class Raw(Response):
    """An answer of given bytes. missing more bytes are announced than are sent; then the connection is closed."""

    def __init__(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]], missing: int = 0) -> None:
        self.status_code = status
        self.body = body
        self.background = None
        self._missing = missing
        length = [] if status == 204 else [(b"content-length", str(len(body) + missing).encode())]
        self.raw_headers = headers + length

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        await send(start)
        await send({"type": "http.response.body", "body": self.body, "more_body": bool(self._missing)})
        if self._missing:
            await hang_up(scope, receive)


class Dropped(Response):
    """No answer at all: the connection is closed."""

    def __init__(self) -> None:
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await hang_up(scope, receive)


async def hang_up(scope: Scope, receive: Receive) -> None:
    """Close the connection of a request, after what was sent has left, and wait until it is closed.

    Raises ConnectionResetError where the server gives no transport, as in tests without a socket.
    """
    transport: asyncio.Transport | None = scope.get("extensions", {}).get(TRANSPORT)
    if transport is None:
        raise ConnectionResetError("the simulator drops this connection")
    transport.close()
    # Without this wait the server would send a 500 of its own for a request that got no answer.
    while (await receive())["type"] != "http.disconnect":
        pass


def plain(reply: Reply, cache: str) -> Response:
    """Return a reply as the service sent it (wire notes, section 1)."""
    return _response(reply, cache)


def disturbed(reply: Reply, play: Play, cache: str, entry: Entry) -> Response:
    """Return the answer that a fault makes of a reply; entry learns the status that is sent."""
    if play.drop is not None:
        entry.status = None
        return Dropped()
    status = play.status or reply.status or 200
    entry.status = status
    extra = [] if play.retry_after is None else [(b"retry-after", str(play.retry_after).encode())]
    if play.body is None or play.body == "json":
        body = reply.body if play.status is None else {"message": _message(status)}
        plain_reply = dataclasses.replace(
            reply, body=body, status=status, media=reply.media if play.status is None else None
        )
        return _response(plain_reply, cache, extra)
    if play.body == "already_in_progress":
        return _response(Reply(_IN_PROGRESS, status if play.status else 500), cache, extra)
    if play.body == "html":
        return Raw(status, _PAGE % status, [(b"content-type", _HTML), *extra])
    if play.body == "empty":
        return Raw(status, b"", [(b"content-type", _JSON), *extra])
    whole, media = _encoded(reply if reply.body is not None else Reply({"message": _message(status)}))
    half = whole[: max(1, len(whole) // 2)]
    return Raw(
        status, half, [(b"content-type", media), *extra], len(whole) - len(half) if play.body == "truncated" else 0
    )


def _response(reply: Reply, cache: str, extra: list[tuple[bytes, bytes]] | None = None) -> Response:
    status = reply.status or 200
    headers = [(b"cache-control", cache.encode() if status < 400 else b"no-cache")]
    if headers[0][1] == b"no-cache":
        headers += [(b"pragma", b"no-cache"), (b"expires", b"-1")]
    if reply.location is not None:
        headers.append((b"location", reply.location.encode()))
    headers += [(name.lower().encode(), value.encode()) for name, value in reply.headers.items()]
    headers += extra or []
    if reply.body is None:
        return Raw(status, b"", headers)
    content, media = _encoded(reply)
    return Raw(status, content, [*headers, (b"content-type", media)])


def _encoded(reply: Reply) -> tuple[bytes, bytes]:
    """Return the body of a reply as bytes, and its content type."""
    if reply.media is not None:
        return str(reply.body).encode(), reply.media.encode()
    return orjson.dumps(reply.body), _JSON


def _message(status: int) -> Any:
    known = {
        401: "Authorization has been denied for this request.",
        429: "Too many requests.",
        502: "Bad gateway.",
        503: "The service is unavailable.",
    }
    return known.get(status, "An error has occurred.")
