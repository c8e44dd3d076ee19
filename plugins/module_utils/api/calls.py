# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One call of a service: whether it may be sent once more, and what its response means.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .answers import SUCCESS, Answer, Unreadable, failure, is_queue_array, parse, retry_after
from .errors import AnswerLost, ClcError, NotSent, TooManyRequests

if t.TYPE_CHECKING:
    import requests


_TRIES = 5
_PATIENT_TRIES = 12  # for "Operation already in progress", which passes within seconds (docs/wire-notes.md, section 5)


@dataclass(frozen=True)
class Call:
    """One request. The parameters are those of the methods of Client; text: whether the response is text instead of JSON."""

    verb: str
    path: str
    service: str = "api"
    json: t.Any = None
    params: t.Mapping[str, str] | None = None
    probe: str | None = None
    done_when: t.Callable[[t.Any], bool] | None = None
    found: t.Callable[[], Answer | None] | None = None
    text: bool = False
    headers: t.Mapping[str, str] = field(default_factory=dict)


def is_busy(error: ClcError) -> bool:
    """Say whether the service did nothing since it is still at another change of the same thing."""
    return "already in progress" in str(error.details.get("message", "")).lower()


def may_repeat(call: Call, error: ClcError, tried: int) -> bool:
    """Say whether a call may be sent once more: never where that could do the work twice."""
    verb = call.verb
    if is_busy(error):
        return (verb in ("GET", "PUT", "DELETE") or call.found is not None) and tried < _PATIENT_TRIES
    if tried >= _TRIES or error.details.get("final"):
        return False
    if isinstance(error, (NotSent, TooManyRequests)):
        return True
    return verb == "GET" or (verb in ("PUT", "DELETE") and isinstance(error, AnswerLost))


def understood(call: Call, response: requests.Response) -> Answer:
    """Turn an HTTP answer into an Answer, or raise the error that it stands for."""
    try:
        if response.status_code in SUCCESS and call.text:
            return Answer(response.status_code, _text(response), call.service, response.headers)
        if response.status_code in SUCCESS:
            body = parse(response.content)
            if body is None and call.verb == "GET" and response.status_code != 204:
                raise Unreadable("empty")  # no read of the contract is answered so; a cut head looks like this
            return Answer(response.status_code, body, call.service, response.headers)
        if response.status_code == 400 and is_queue_array(_parsed_or_none(response.content)):
            return Answer(400, parse(response.content), call.service, response.headers)
    except Unreadable:
        raise AnswerLost(
            f"the body of the answer (HTTP {response.status_code} to {call.verb} {call.path}) is not whole JSON",
            remedy="Check that api_url leads to the API itself.",
        ) from None
    error = failure(response.status_code, response.content, call.verb, call.path)
    wait = retry_after(response.headers.get("Retry-After"))
    if wait is not None:
        error.details["retry_after"] = wait
    raise error


def _parsed_or_none(content: bytes) -> t.Any:
    try:
        return parse(content)
    except Unreadable:
        return None


def _text(response: requests.Response) -> str:
    """Return the text of an answer, UTF-8 unless it says otherwise; the library would take Latin-1 for plain text."""
    declared = "charset" in response.headers.get("Content-Type", "").lower()
    return response.content.decode((declared and response.encoding) or "utf-8", "replace")
