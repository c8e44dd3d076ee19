# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors that end a request, and the bodies that the service gives them (wire notes, section 5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

INVALID = "The request is invalid."
NO_SUCH_RESOURCE = "The requested resource does not exist."
BAD_LOGIN = "We didn't recognize the username or password you entered. Please try again."
NOT_QUEUED = "The operation cannot be queued because the server cannot be found or it is not in a valid state."
ALREADY_THERE = "The server already in desired state."
WRONG_STATE = "The server must be in Active or Archived state."


class ContractViolation(Exception):
    """The simulator is about to break the contract: a bug of its own."""


class Problem(Exception):
    """An error answer: status and body, where body None is an empty one."""

    def __init__(self, status: int, body: Any = None) -> None:
        super().__init__(f"{status}: {body}")
        self.status = status
        self.body = body


def refused(message: str) -> Problem:
    """Return a 400 with a message alone, as for limits."""
    return Problem(400, {"message": message})


def invalid(member: str, *messages: str) -> Problem:
    """Return a 400 whose modelState names a member of the body, such as groupId; "" stands for the whole."""
    return Problem(400, {"message": INVALID, "modelState": {f"body.{member}" if member else "": list(messages)}})


def unknown() -> Problem:
    """Return the 404 of a resource that is not there: without a body, as recorded for servers and data centers."""
    return Problem(404)


Shape = Callable[[Problem], Any]
_SHAPES: dict[str, Shape] = {}


def shape(file: str) -> Callable[[Shape], Shape]:
    """Register the function below to give the errors of a service, named by its file of the contract, their own shape."""

    def register(function: Shape) -> Shape:
        _SHAPES[file] = function
        return function

    return register


def shaped(file: str, problem: Problem) -> Any:
    """Return the body of a problem in the shape of the service that the contract's file describes."""
    function = _SHAPES.get(file)
    return problem.body if function is None else function(problem)
