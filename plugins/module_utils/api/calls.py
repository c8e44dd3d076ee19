# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One request to a service: whether it may be retried, and how its response is parsed.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .errors import ACCEPTED, LOST, ClcError, ConnectionFailed, ResponseLost, ServerError, TooManyRequests
from .responses import SUCCESS, ApiResponse, UnreadableBody, failure, is_queue_array, parse, retry_after

if t.TYPE_CHECKING:
    import requests


_MAX_ATTEMPTS = 5
# A gateway sends these when it has lost the service behind it, which may still have done the work.
_GATEWAY = frozenset({502, 503, 504})
# For "Operation already in progress", which passes within seconds (docs/wire-notes.md, section 5).
_MAX_ATTEMPTS_WHILE_BUSY = 12


@dataclass(frozen=True)
class Call:
    """One request. The parameters are those of the methods of Client; as_text: whether the response is text instead of JSON.

    login: whether it is the login, the only POST that creates nothing and is retried like a GET.
    """

    method: str
    path: str
    service: str = "api"
    json: t.Any = None
    params: t.Mapping[str, str] | None = None
    verify_path: str | None = None
    is_deleted: t.Callable[[t.Any], bool] | None = None
    find_created: t.Callable[[], ApiResponse | None] | None = None
    as_text: bool = False
    headers: t.Mapping[str, str] = field(default_factory=dict)
    login: bool = False

    @property
    def writes(self) -> bool:
        """Whether the request may change something."""
        return self.method != "GET" and not self.login


def is_busy(error: ClcError) -> bool:
    """Return whether the service did nothing because another change of the same resource is in progress."""
    return "already in progress" in str(error.details.get("message", "")).lower()


def is_retryable(call: Call, error: ClcError, attempts: int) -> bool:
    """Return whether a request may be sent again: never if that could do the work twice."""
    method = call.method
    if is_busy(error):
        return (
            method in ("GET", "PUT", "DELETE") or call.find_created is not None
        ) and attempts < _MAX_ATTEMPTS_WHILE_BUSY
    if attempts >= _MAX_ATTEMPTS or error.details.get("final"):
        return False
    if isinstance(error, (ConnectionFailed, TooManyRequests)):
        return True
    return not call.writes or (method in ("PUT", "DELETE") and isinstance(error, ResponseLost))


def parse_response(call: Call, response: requests.Response) -> ApiResponse:
    """Return the response as an ApiResponse, or raise the error for its status code."""
    try:
        if response.status_code in SUCCESS and call.as_text:
            return ApiResponse(response.status_code, _text(response), call.service, response.headers)
        if response.status_code in SUCCESS:
            body = parse(response.content)
            if body is None and call.method == "GET" and response.status_code != 204:
                # No GET of the contract has an empty response; a truncated one looks like this.
                raise UnreadableBody("empty")
            return ApiResponse(response.status_code, body, call.service, response.headers)
        if response.status_code == 400 and is_queue_array(_parse_or_none(response.content)):
            return ApiResponse(400, parse(response.content), call.service, response.headers)
    except UnreadableBody:
        broken = ResponseLost(
            f"the body of the response (HTTP {response.status_code} to {call.method} {call.path}) is not valid JSON",
            help_text=ACCEPTED if call.writes else "Check that api_url leads to the API itself.",
        )
        if call.writes:
            broken.details["accepted"] = True
        raise broken from None
    error: ClcError = failure(response.status_code, response.content, call.method, call.path)
    if call.writes and isinstance(error, ServerError) and not is_busy(error):
        error = _lost_behind_gateway(error, response) or error
    wait = retry_after(response.headers.get("Retry-After"))
    if wait is not None:
        error.details["retry_after"] = wait
    raise error


def _lost_behind_gateway(error: ServerError, response: requests.Response) -> ResponseLost | None:
    """Return the error of a write whose response a gateway has replaced by its own; None if the service itself responded."""
    if error.status not in _GATEWAY and not (error.status >= 500 and response.content.lstrip().startswith(b"<")):
        return None
    return ResponseLost(error.cause, help_text=LOST, status_code=error.status, message=error.message)


def _parse_or_none(content: bytes) -> t.Any:
    try:
        return parse(content)
    except UnreadableBody:
        return None


def _text(response: requests.Response) -> str:
    """Return the body as a string: UTF-8 unless a charset is declared. The HTTP library would assume Latin-1 for plain text."""
    declared = "charset" in response.headers.get("Content-Type", "").lower()
    return response.content.decode((declared and response.encoding) or "utf-8", "replace")
