# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service answered, as one type for success and one family of errors for everything else.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import email.utils
import json
import re
import typing as t
from dataclasses import dataclass, field

from .errors import RequestFailed, error_for

SUCCESS = frozenset({200, 201, 202, 204})
_LONGEST_TEXT = 500


@dataclass(frozen=True)
class Answer:
    """A success. body is parsed JSON, or None where there was none; service tells which base its hrefs belong to."""

    status: int
    body: t.Any
    service: str = "api"
    headers: t.Mapping[str, str] = field(default_factory=dict)


class Unreadable(ValueError):
    """The body claims to be JSON and is not: cut off on its way, or not the API at all."""


def parse(content: bytes) -> t.Any:
    """Parse a success body: JSON, or None for an empty one. Raises Unreadable for anything else."""
    if not content.strip():
        return None
    try:
        return json.loads(content)
    except ValueError as error:
        raise Unreadable(str(error)) from error


def is_queue_array(body: t.Any) -> bool:
    """Say whether a body is the array of queued operations, which the service sends even with a 400 (batch rules)."""
    return isinstance(body, list) and bool(body) and all(isinstance(item, dict) and "isQueued" in item for item in body)


def failure(status: int, content: bytes, verb: str, path: str) -> RequestFailed:
    """Make the error for an answer that is not a success, with message and model state kept as data."""
    message, model_state = _explained(content)
    said = message or {401: "the token is missing or no longer valid", 404: "it does not exist"}.get(
        status, "the service gave no reason"
    )
    faults = "; ".join(
        f"{key.removeprefix('body.') or 'request'}: {' '.join(map(str, texts)) if isinstance(texts, list) else texts}"
        for key, texts in model_state.items()
    )
    where = f"HTTP {status} to {verb} {path.partition('?')[0]}"
    cause = f"{said.rstrip('.')} ({faults}; {where})" if faults else f"{said.rstrip('.')} ({where})"
    remedies = {
        401: "Log in again, or give a token that is still valid.",
        403: "Use a user whose roles allow it, and check account_alias.",
    }
    return error_for(status)(
        cause, status=status, message=message, model_state=model_state, remedy=remedies.get(status, "")
    )


def _explained(content: bytes) -> tuple[str, dict[str, t.Any]]:
    """Take message and model state out of any error body that the service is known to send."""
    text = content.decode("utf-8", "replace").strip()
    try:
        body = json.loads(text)
    except ValueError:
        return _plain(text), {}
    if isinstance(body, list):
        return "; ".join(_explained(json.dumps(item).encode())[0] for item in body), {}
    if not isinstance(body, dict):
        return ("" if body is None else str(body)), {}
    folded = {key.lower(): value for key, value in body.items()}
    said = [folded.get("message") or folded.get("error") or folded.get("errormessage"), folded.get("exceptionmessage")]
    said += folded.get("validationmessages") or []
    state = folded.get("modelstate")
    return ": ".join(str(part) for part in said if part), state if isinstance(state, dict) else {}


def _plain(text: str) -> str:
    """Shorten a body that is not JSON: the title of an HTML page, or the first words."""
    if text.startswith("<"):
        title = re.search(r"<title>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        return f"an HTML page came back{f' titled {title.group(1).strip()!r}' if title else ''}"
    return text[:_LONGEST_TEXT]


def retry_after(header: str | None) -> float | None:
    """Read a Retry-After header, seconds or an HTTP date, as seconds from now; None where it is missing or unreadable."""
    if not header:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.datetime.now(moment.tzinfo)).total_seconds())
