# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors that end a request, the bodies that the service gives them (docs/wire-notes.md, section 5), and the simulator's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

INVALID = "The request is invalid."
NO_SUCH_RESOURCE = "The requested resource does not exist."
BAD_LOGIN = "We didn't recognize the username or password you entered. Please try again."
NOT_QUEUED = "The operation cannot be queued because the server cannot be found or it is not in a valid state."
ALREADY_THERE = "The server already in desired state."
NOT_ACTIVE = "The server must be in Active state."
WRONG_STATE = "The server must be in Active or Archived state."


class DeclarationError(Exception):
    """The simulator declares something that cannot be: the program must not start. str() names it and its module."""


class StateFileError(Exception):
    """The file is not a state file of this simulator. str() says what is wrong and what to do."""


class ContractViolation(Exception):
    """The simulator is about to violate the contract: a bug of its own."""


class UndeclaredWrite(Exception):
    """A handler or an effect writes a table that its declaration does not name: a bug of the simulator."""


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
    """Return a 400 whose modelState names a property of the body, such as groupId; "" stands for the whole body."""
    key = f"body.{property_name}" if property_name else ""
    return ApiError(400, {"message": INVALID, "modelState": {key: list(messages)}})


def not_found(message: str | None = None) -> ApiError:
    """Return a 404, without a body if there is no message, as recorded for servers and data centers."""
    return ApiError(404, None if message is None else {"message": message})


Shape = Callable[[ApiError], Any]
_SHAPES: dict[str, Shape] = {}


def shape(file: str) -> Callable[[Shape], Shape]:
    """Register the function below: it gives the errors of a service, named by its file of the contract, their shape."""

    def register(function: Shape) -> Shape:
        _SHAPES[file] = function
        return function

    return register


def shaped(file: str, error: ApiError) -> Any:
    """Return the body of an error in the shape of the service that the contract's file describes."""
    function = _SHAPES.get(file)
    return error.body if function is None else function(error)
