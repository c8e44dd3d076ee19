# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The error of seeds, and the location that it has."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from clc_simulator.core.errors import ApiError, ContractViolation

MAX_LENGTH = 1000
UNEXPECTED = (
    ApiError, ArithmeticError, AttributeError, ContractViolation, LookupError, OSError, RecursionError, StopIteration, TypeError,
    ValueError,
)  # fmt: skip
"""What loading an entry raises if the schemas allow a value that cannot be loaded."""


class SeedError(Exception):
    """A seed does not exist or is not valid. str() is one line: the seed, the location in it, and the cause."""

    def __init__(self, message: str) -> None:
        line = " ".join(message.split())
        super().__init__(line if len(line) <= MAX_LENGTH else f"{line[:MAX_LENGTH]}...")


def located(location: str, error: Exception) -> SeedError:
    """Return the error of an entry, with its location."""
    if isinstance(error, SeedError):
        return SeedError(f"{location}: {error}")
    return SeedError(f"{location} cannot be loaded ({type(error).__name__}: {error})")


@contextlib.contextmanager
def entry(location: str) -> Iterator[None]:
    """Raise every error of the context as a SeedError that has the location of the entry."""
    try:
        yield
    except (SeedError, *UNEXPECTED) as error:
        raise located(location, error) from error
