# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ties behaviour to the contract: the registry of handlers, what a handler is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from clc_simulator.accounts import Account, User
from clc_simulator.clock import stamp
from clc_simulator.contract import Operation
from clc_simulator.faults import Play
from clc_simulator.world import World

NO_CACHE = "no-cache"
PRIVATE_CACHE = "max-age=300, private"
"""Cache-Control of the few answers that are recorded with it (wire notes, section 1)."""


@dataclass
class Call:
    """One request as a handler sees it: normalised, checked, allowed."""

    world: World
    operation: Operation
    path: dict[str, str]
    """Path parameters by the contract's names, as typed."""
    query: dict[str, Any]
    body: Any
    user: User | None
    """Who asks; None for login alone."""
    account: Account | None
    """The account of the path or of the header CLC-ALIAS, which the user may act for; None where there is neither."""
    play: Play = field(default_factory=Play)
    """The faults that this request is to meet."""
    headers: dict[str, str] = field(default_factory=dict)
    """The headers that the contract names for the operation, by its names, as sent."""

    @property
    def alias(self) -> str:
        """Alias of the account of the path, in upper case."""
        assert self.account is not None
        return self.account.id

    @property
    def by(self) -> str:
        """Name of the user, for changeInfo."""
        assert self.user is not None
        return self.user.id

    @property
    def now(self) -> str:
        """The present moment as the service writes it."""
        return stamp(self.world.now)

    def shows(self, parameter: str) -> Any:
        """Return a query parameter, or None where it is absent or a fault makes the endpoint ignore it."""
        return None if parameter in self.play.ignored_parameters else self.query.get(parameter)


@dataclass(frozen=True)
class Reply:
    """An answer. status None is the status of the operation's success; body None is an empty body.

    media is the content type of a body that is text and no JSON, where the contract does not tell it; headers are sent besides
    the usual ones.
    """

    body: Any = None
    status: int | None = None
    location: str | None = None
    media: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Reply]


@dataclass(frozen=True)
class Behaviour:
    """A handler and how its answer is sent."""

    handler: Handler
    cache: str
    timeless: bool
    """Whether the answer to a request is the same as long as nothing changes, whatever the time."""


BEHAVIOURS: dict[str, Behaviour] = {}
"""All behaviour there is, by operationId. An operation that is not here answers 501."""


def operation(operation_id: str, cache: str = NO_CACHE, timeless: bool = False) -> Callable[[Handler], Handler]:
    """Register the function below as the behaviour of an operation of the contract.

    It raises problems.Problem for an error answer. What it changed before that stays, so it checks first and changes
    last.
    """

    def register(handler: Handler) -> Handler:
        BEHAVIOURS[operation_id] = Behaviour(handler, cache, timeless)
        return handler

    return register
