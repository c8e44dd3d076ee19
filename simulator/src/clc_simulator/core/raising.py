# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which error statuses a handler can respond with, read from its compiled code and from the functions that it calls.

It is a search by names, so it can find too much, but hardly too little: a function that names ApiError or HandlerResponse can
respond with every status code among its constants; what it calls is every function of the simulator that it names, and
every method of that name of a class that it names.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

_PACKAGE = __name__.partition(".")[0]
_RESPONSES = frozenset({"ApiError", "HandlerResponse"})


def error_statuses(handler: Callable[..., Any]) -> frozenset[int]:
    """Return the error statuses that a function, or a function that it calls, can raise or respond with."""
    found: set[int] = set()
    seen: set[FunctionType] = set()
    waiting = [function for function in [inspect.unwrap(handler)] if isinstance(function, FunctionType)]
    while waiting:
        function = waiting.pop()
        if function not in seen:
            seen.add(function)
            statuses, called = _own_statuses(function)
            found |= statuses
            waiting += called
    return frozenset(found)


@cache
def _own_statuses(function: FunctionType) -> tuple[frozenset[int], tuple[FunctionType, ...]]:
    """Return the statuses that the code of a function has, and the functions that it may call."""
    names: set[str] = set()
    constants: set[int] = set()
    for code in _codes(function.__code__):
        names.update(code.co_names)
        constants.update(value for value in code.co_consts if isinstance(value, int) and 400 <= value <= 599)
    values = [function.__globals__[name] for name in names if name in function.__globals__]
    values += [cell.cell_contents for cell in function.__closure__ or ()]
    called = {called for value in values for called in _functions(value, names)}
    return frozenset(constants if names & _RESPONSES else ()), tuple(called)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of a function and of the functions and comprehensions inside of it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _functions(value: Any, names: set[str]) -> Iterator[FunctionType]:
    """Yield a value if it is a function of the simulator, else its functions with one of the names."""
    if isinstance(value, FunctionType):
        if value.__module__.startswith(_PACKAGE):
            yield value
    elif isinstance(value, ModuleType | type):
        module = value.__name__ if isinstance(value, ModuleType) else value.__module__
        if module.startswith(_PACKAGE):
            for name in names & vars(value).keys():
                member = vars(value)[name]
                if isinstance(member, FunctionType):
                    yield member
