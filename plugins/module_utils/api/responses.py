# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Responses of the service: one type for success, and one family of errors for everything else.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import email.utils
import json
import re
import typing as t
from dataclasses import dataclass, field

from .errors import HttpStatusError, error_for

SUCCESS = frozenset({200, 201, 202, 204})
_MAX_LENGTH = 500
_FAILED = "The service itself failed. Run the task again later; if it fails again, check the values of its options."


@dataclass(frozen=True)
class ApiResponse:
    """A successful response. body: parsed JSON, None if it is empty. service: the one whose base URL its hrefs refer to."""

    status: int
    body: t.Any
    service: str = "api"
    headers: t.Mapping[str, str] = field(default_factory=dict)


class UnreadableBody(ValueError):
    """The body is not valid JSON: truncated, or not from this API."""


# What to do after a response with one of these status codes.
HELP = {
    401: "Log in again, or specify a valid token.",
    403: "Use a user whose roles allow it, and check account_alias.",
}


def parse(content: bytes) -> t.Any:
    """Parse a success body: JSON, or None for an empty one. Raises Unreadable for anything else."""
    if not content.strip():
        return None
    try:
        return json.loads(content)
    except ValueError as error:
        raise UnreadableBody(str(error)) from error


def is_queue_array(body: t.Any) -> bool:
    """Return whether a body is the array of queued operations, which the service also sends with a 400 (batch rules)."""
    return isinstance(body, list) and bool(body) and all(isinstance(item, dict) and "isQueued" in item for item in body)


def failure(status: int, content: bytes, method: str, path: str) -> HttpStatusError:
    """Return the error for a response that is not a success, with message and model state as data."""
    message, model_state = _parse_error(content)
    reason = message or {401: "the token is missing or no longer valid", 404: "it does not exist"}.get(
        status, "the service gave no reason"
    )
    invalid_properties = "; ".join(
        f"{key.removeprefix('body.') or 'request'}: {' '.join(map(str, texts)) if isinstance(texts, list) else texts}"
        for key, texts in model_state.items()
    )
    request = f"HTTP {status} to {method} {path.partition('?')[0]}"
    cause = (
        f"{reason.rstrip('.')} ({invalid_properties}; {request})"
        if invalid_properties
        else f"{reason.rstrip('.')} ({request})"
    )
    help_text = HELP.get(status, _FAILED if status >= 500 else "")
    return error_for(status)(cause, status=status, message=message, model_state=model_state, help_text=help_text)


def name_options(error: HttpStatusError, names: t.Mapping[str, str]) -> list[str]:
    """Replace the names of invalid properties in an error by those of the options that set them, and return these options.

    names: options by the names of the properties in requests, nested ones with dots; the case of these does not matter.
    """
    options, named = {name.lower(): option for name, option in names.items()}, []
    for key in error.model_state:
        name = key.removeprefix("body.")
        head = re.split(r"[.\[]", name, maxsplit=1)[0]
        whole = options.get(re.sub(r"\[\d+\]", "", name).lower())
        option = whole or (head.lower() in options and options[head.lower()] + name[len(head) :])
        if option:
            error.cause = error.cause.replace(f"{name}: ", f"{option}: ", 1)
            named.append(option)
    return named


def _parse_error(content: bytes) -> tuple[str, dict[str, t.Any]]:
    """Return message and model state of any form of error body that the service is known to send."""
    text = content.decode("utf-8", "replace").strip()
    try:
        body = json.loads(text)
    except ValueError:
        return _shorten(text), {}
    if isinstance(body, list):
        return "; ".join(_parse_error(json.dumps(item).encode())[0] for item in body), {}
    if not isinstance(body, dict):
        return ("" if body is None else str(body)), {}
    lowered = {key.lower(): value for key, value in body.items()}
    messages = [
        lowered.get("message") or lowered.get("error") or lowered.get("errormessage"),
        lowered.get("exceptionmessage"),
    ]
    messages += lowered.get("validationmessages") or []
    state = lowered.get("modelstate")
    return ": ".join(str(part) for part in messages if part), state if isinstance(state, dict) else {}


def _shorten(text: str) -> str:
    """Shorten a body that is not JSON: the title of an HTML page, or the beginning of the text."""
    if text.startswith("<"):
        title = re.search(r"<title>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        return f"the response is an HTML page{f' titled {title.group(1).strip()!r}' if title else ''}"
    return text[:_MAX_LENGTH]


def retry_after(header: str | None) -> float | None:
    """Return a Retry-After header (seconds or an HTTP date) in seconds from now; None if it is missing or invalid."""
    if not header:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        timestamp = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (timestamp - datetime.datetime.now(timestamp.tzinfo)).total_seconds())
