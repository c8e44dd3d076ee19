# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The exceptions of this collection.

An error has four parts: the action that failed, its target, the cause, and help for the user. The code that raises knows the
cause; its caller knows action and target, and adds them with `error_context`.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import typing as t

# Help after a write whose response was lost, or was a success with a broken body.
LOST = "The work may or may not have been done."
ACCEPTED = (
    "The service accepted the request, so the work is probably done. Read the result before you run the task again."
)


class ClcError(Exception):
    """A failure in four parts, with the service's own text kept as data.

    cause: what went wrong, a sentence without its final period.
    action, target: what was tried, and on what; `error_context` adds them if they are missing.
    help_text: what the user can do about it, one or more sentences; may be empty.
    details: facts for the module's result that JSON can hold (status code, message, model state, job ids, ...).
    """

    def __init__(
        self, cause: str, *, action: str = "", target: str = "", help_text: str = "", **details: t.Any
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.action = action
        self.target = target
        self.help_text = help_text
        self.details: dict[str, t.Any] = details

    def __str__(self) -> str:
        head = " ".join(part for part in (self.action, self.target) if part)
        message = f"Cannot {head}: {self.cause}." if head else f"{self.cause[:1].upper()}{self.cause[1:]}."
        return f"{message} {self.help_text}" if self.help_text else message


class InvalidTaskError(ClcError):
    """The task cannot be carried out: an option is missing, or the state of a resource does not allow it. Nothing was sent."""


class InvalidOptionError(InvalidTaskError):
    """The value of an option cannot be used."""

    def __init__(self, option: str, cause: str, help_text: str = "") -> None:
        super().__init__(cause, target=option, help_text=help_text)

    def __str__(self) -> str:
        message = f"Invalid value for {self.target}: {self.cause}."
        return f"{message} {self.help_text}" if self.help_text else message


class ResourceLookupError(ClcError):
    """A name, path, or id that matches no resource or more than one."""


class NoSuchResource(ResourceLookupError):
    """A name, path, or id that matches no resource (yet). requested: that value, where a task refers to a resource by it."""

    def __init__(self, cause: str, *, requested: str | None = None, **more: t.Any) -> None:
        super().__init__(cause, **more)
        self.requested = requested


class ConnectionFailed(ClcError):
    """No connection was made, so the service did not receive the request."""


class ResponseLost(ClcError):
    """The request was sent, but no complete response was received: the work may or may not have been done."""


class HttpStatusError(ClcError):
    """The response has a status code that is not a success."""

    def __init__(
        self,
        cause: str,
        *,
        status: int,
        message: str = "",
        model_state: dict[str, t.Any] | None = None,
        **details: t.Any,
    ) -> None:
        super().__init__(cause, status_code=status, message=message, model_state=model_state or {}, **details)
        self.status = status
        self.message = message
        self.model_state = model_state or {}


class BadRequest(HttpStatusError):
    """400: the query string, the body, or the state of the target is invalid."""


class Unauthorized(HttpStatusError):
    """401: the token is missing or no longer valid."""


class Forbidden(HttpStatusError):
    """403: the user's roles do not allow it."""


class NotFound(HttpStatusError):
    """404: no such resource."""


class PredictedNotFound(NotFound):
    """404 without a request: a task in check mode has predicted what the request is about, so that it does not exist yet."""


class TooManyRequests(HttpStatusError):
    """429: too many requests."""


class ServerError(HttpStatusError):
    """5xx and 408: the service failed."""


# Errors of a read that say nothing about what was to be read: a later read may succeed.
UNREADABLE = (ConnectionFailed, ResponseLost, TooManyRequests, ServerError)


class LoginError(ClcError):
    """The service rejected user name and password. Never send the same pair again: three failed logins lock the user."""


class JobError(ClcError):
    """Queued work that did not succeed: failed, missing, rejected, or not finished in time."""


def error_for(status: int) -> type[HttpStatusError]:
    """Return the exception class for an HTTP status code that is not a success."""
    if status >= 500 or status == 408:
        return ServerError
    return {400: BadRequest, 401: Unauthorized, 403: Forbidden, 404: NotFound, 429: TooManyRequests}.get(
        status, HttpStatusError
    )


@contextlib.contextmanager
def error_context(action: str, target: str = "") -> t.Iterator[None]:
    """Add action and target to a ClcError that leaves the block without an action."""
    try:
        yield
    except ClcError as error:
        if not error.action:
            error.action, error.target = action, error.target or target
        raise
