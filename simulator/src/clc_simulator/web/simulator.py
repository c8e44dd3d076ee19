# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulated service: the contract, the world, and what requests need beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import orjson

from clc_simulator import services
from clc_simulator.core import jobs, seeds
from clc_simulator.core.accounts import Authenticator
from clc_simulator.core.contract import Contract, load_contract
from clc_simulator.core.entities import World
from clc_simulator.core.faults import Faults
from clc_simulator.core.operations import HandlerResponse, check_declarations
from clc_simulator.core.store import Store
from clc_simulator.services.webhook import Notifier
from clc_simulator.web.request_log import RequestLog

MAX_CACHED_RESPONSES = 5000
"""Responses that are kept until something changes."""

CacheKey = tuple[str, str, str]
"""Operation id, path, and query of a request."""


@dataclass
class Settings:
    """How to start a simulator."""

    seed: str = "small"
    """small, empty, fleet:N, or the path of a seed file."""
    job_seconds: float = 1.0
    latency_ms: float = 0.0
    state: Path | None = None


class ResponseCache:
    """Responses that stay the same until the world changes; each is created and checked once for a revision of it."""

    def __init__(self) -> None:
        self._responses: dict[CacheKey, HandlerResponse] = {}
        self._revision: tuple[World, int] | None = None

    def get(self, world: World, key: CacheKey) -> HandlerResponse | None:
        """Return the response to a request, or None if it is not known for the present world."""
        if self._revision != (world, world.revision) or len(self._responses) > MAX_CACHED_RESPONSES:
            self._responses.clear()
            self._revision = (world, world.revision)
        return self._responses.get(key)

    def put(self, key: CacheKey, response: HandlerResponse) -> HandlerResponse:
        """Keep a checked response and return it in the form in which it is kept, its body already JSON."""
        cached = HandlerResponse(orjson.Fragment(orjson.dumps(response.body)), response.status, response.location)
        self._responses[key] = cached
        return cached


class Simulator:
    """A simulated service that requests can be sent to."""

    def __init__(self, settings: Settings, contract: Contract | None = None) -> None:
        """Start it.

        Raises DeclarationError if a handler belongs to no operation of the contract, seeds.SeedError if there is no such
        seed, and StateFileError if the state file is not one of this simulator.
        """
        services.load()
        self.settings = settings
        self.contract = contract or load_contract()
        check_declarations(self.contract)
        self.faults = Faults()
        self.request_log = RequestLog()
        self.authenticator = Authenticator()
        self.notifier = Notifier(self.contract)
        self.cache = ResponseCache()
        self.store = Store(settings.state) if settings.state else None
        self.world = World(settings.job_seconds)
        if self.store is not None and self.store.load(self.world):
            jobs.resume(self.world)
            self.notifier.watch(self.world)
        else:
            self.reset(settings.seed)

    def reset(self, seed: str) -> None:
        """Start over with the world of a seed, without faults and with an empty log.

        Raises seeds.SeedError, and keeps the present world, if there is no such seed.
        """
        world = World(self.settings.job_seconds)
        seeds.load_seed(world, seed)
        self.world = world
        self.notifier.watch(world)
        self.faults.clear()
        self.request_log.clear()
        if self.store is not None:
            self.store.clear()
            self.store.save(world)

    def save(self) -> None:
        """Write what changed into the state file, if there is one."""
        if self.store is not None:
            self.store.save(self.world)
