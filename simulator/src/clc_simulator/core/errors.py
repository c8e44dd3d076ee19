# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Error responses with the bodies of the service (docs/wire-notes.md, section 5), and errors of the simulator itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

INVALID = "The request is invalid."
NO_SUCH_RESOURCE = "The requested resource does not exist."
BAD_LOGIN = "We didn't recognize the username or password you entered. Please try again."
UNAUTHORIZED = "Authorization has been denied for this request."
NOT_QUEUED = "The operation cannot be queued because the server cannot be found or it is not in a valid state."
ALREADY_IN_STATE = "The server already in desired state."
NOT_ACTIVE = "The server must be in Active state."
WRONG_STATE = "The server must be in Active or Archived state."


class DeclarationError(Exception):
    """A declaration of the simulator is not valid, so the program must not start. str() names it and its module."""


class StateFileError(Exception):
    """The file is not a state file of this simulator. str() has the cause and what to do."""


class ContractViolation(Exception):
    """The simulator is about to violate the contract: a bug in the simulator."""


class UndeclaredWrite(Exception):
    """A handler or an effect writes a table that its declaration does not list: a bug in the simulator."""


class EffectError(Exception):
    """An effect of a job raises an error response: a bug in the simulator."""


class ApiError(Exception):
    """An error response: status code and body; a body of None is an empty one."""

    def __init__(self, status: int, body: Any = None) -> None:
        super().__init__(f"{status}: {body}")
        self.status = status
        self.body = body


def bad_request(message: str) -> ApiError:
    """Return a 400 with only a message, as for limits."""
    return ApiError(400, {"message": message})


def validation_error(property_name: str, *messages: str) -> ApiError:
    """Return a 400 whose modelState has a property of the body, such as groupId; "" is the whole body."""
    key = f"body.{property_name}" if property_name else ""
    return ApiError(400, {"message": INVALID, "modelState": {key: list(messages)}})


def not_found(message: str | None = None) -> ApiError:
    """Return a 404; without a message it has no body, as recorded for servers and data centers."""
    return ApiError(404, None if message is None else {"message": message})


ErrorFormatter = Callable[[ApiError], Any]
_FORMATTERS: dict[str, ErrorFormatter] = {}


def error_format(file: str) -> Callable[[ErrorFormatter], ErrorFormatter]:
    """Register the decorated function to format the error bodies of a service, identified by its file of the contract."""

    def register(function: ErrorFormatter) -> ErrorFormatter:
        _FORMATTERS[file] = function
        return function

    return register


def format_error(file: str, error: ApiError) -> Any:
    """Return the body of an error in the format of the service of a contract file."""
    function = _FORMATTERS.get(file)
    return error.body if function is None else function(error)
