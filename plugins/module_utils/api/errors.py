# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every failure that this collection can meet, as one family of exceptions.

An error is told in four parts: the action that failed, the thing that it was meant for, the cause, and the remedy.
Whoever raises knows the cause; whoever called knows action and thing and adds them with `doing`.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import typing as t


class ClcError(Exception):
    """A failure in four parts, with the service's own words kept as data.

    cause: what went wrong, a sentence without a full stop at its end.
    action, thing: what was tried, on what; filled in by `doing` where the raiser does not know them.
    remedy: what the reader can do about it, one or more full sentences; may be empty.
    details: JSON-able facts for the module's result (status code, message, model state, job ids and so on).
    """

    def __init__(self, cause: str, *, action: str = "", thing: str = "", remedy: str = "", **details: t.Any) -> None:
        super().__init__(cause)
        self.cause = cause
        self.action = action
        self.thing = thing
        self.remedy = remedy
        self.details: dict[str, t.Any] = details

    def __str__(self) -> str:
        head = " ".join(part for part in (self.action, self.thing) if part)
        told = f"Cannot {head}: {self.cause}." if head else f"{self.cause[:1].upper()}{self.cause[1:]}."
        return f"{told} {self.remedy}" if self.remedy else told


class ConfigurationError(ClcError):
    """An option or a combination of options that cannot work; nothing was sent."""


class LookupFailed(ClcError):
    """A name, path or id that stands for nothing, or for more than one thing."""


class NotThere(LookupFailed):
    """A name, path or id that stands for nothing (yet)."""


class NotSent(ClcError):
    """No connection came about, so the service never saw the request."""


class AnswerLost(ClcError):
    """The request was sent and no whole answer came back: the work may be done or not."""


class RequestFailed(ClcError):
    """The service answered, and the answer was not a success."""

    def __init__(
        self, cause: str, *, status: int, message: str = "", model_state: dict[str, t.Any] | None = None, **rest: t.Any
    ) -> None:
        super().__init__(cause, status_code=status, message=message, model_state=model_state or {}, **rest)
        self.status = status
        self.message = message
        self.model_state = model_state or {}


class BadRequest(RequestFailed):
    """400: something is wrong with the query string, the body, or the state of the thing."""


class Unauthorized(RequestFailed):
    """401: no token, or one that is no longer valid."""


class Forbidden(RequestFailed):
    """403: the roles of the user do not allow it."""


class NotFound(RequestFailed):
    """404: no such resource."""


class TooManyRequests(RequestFailed):
    """429: the service asks for patience."""


class ServerError(RequestFailed):
    """5xx and 408: the service failed through no fault of the caller."""


class LoginRefused(ClcError):
    """The service did not accept user name and password. Never try the same pair again: three wrong tries lock the user."""


class JobsFailed(ClcError):
    """Queued work that did not succeed: failed, vanished, refused, or not finished in time."""


def error_for(status: int) -> type[RequestFailed]:
    """Return the exception class for an HTTP status code that is not a success."""
    if status >= 500 or status == 408:
        return ServerError
    return {400: BadRequest, 401: Unauthorized, 403: Forbidden, 404: NotFound, 429: TooManyRequests}.get(
        status, RequestFailed
    )


@contextlib.contextmanager
def doing(action: str, thing: str = "") -> t.Iterator[None]:
    """Name the action and the thing in every ClcError that comes out of the block and has none yet."""
    try:
        yield
    except ClcError as error:
        if not error.action:
            error.action, error.thing = action, error.thing or thing
        raise
