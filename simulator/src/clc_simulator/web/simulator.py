# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulated service: the contract, the world, and the other objects that requests need."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import orjson

from clc_simulator import services
from clc_simulator.core import jobs, seeds
from clc_simulator.core.accounts import Authenticator
from clc_simulator.core.contract import Contract, load_contract
from clc_simulator.core.entities import World
from clc_simulator.core.eras import set_era
from clc_simulator.core.faults import Faults
from clc_simulator.core.operations import HandlerResponse, check_declarations
from clc_simulator.core.store import Store
from clc_simulator.services.webhook import Notifier
from clc_simulator.web import recordings
from clc_simulator.web.request_log import RequestLog

MAX_CACHED_RESPONSES = 5000
"""Number of responses in the cache."""

CacheKey = tuple[str, str, str]
"""Operation id, path, and query of a request."""


@dataclass
class Settings:
    """Settings of a simulator."""

    seed: str = "small"
    """small, empty, fleet:N, or the path of a seed file."""
    job_seconds: float = 1.0
    latency_ms: float = 0.0
    state: Path | None = None
    era: int | None = None
    """2015 or 2016; None: that of the seed or of the state file."""


class ResponseCache:
    """Cached responses, valid until the world changes."""

    def __init__(self) -> None:
        self._responses: dict[CacheKey, HandlerResponse] = {}
        self._revision: tuple[World, int] | None = None

    def get(self, world: World, key: CacheKey) -> HandlerResponse | None:
        """Return the response to a request, or None if the cache has none for the current revision of the world."""
        if self._revision != (world, world.revision) or len(self._responses) > MAX_CACHED_RESPONSES:
            self._responses.clear()
            self._revision = (world, world.revision)
        return self._responses.get(key)

    def put(self, key: CacheKey, response: HandlerResponse) -> HandlerResponse:
        """Cache a validated response and return it with its body serialized as JSON."""
        cached = HandlerResponse(orjson.Fragment(orjson.dumps(response.body)), response.status, response.location)
        self._responses[key] = cached
        return cached


class Simulator:
    """A simulated service."""

    def __init__(self, settings: Settings, contract: Contract | None = None) -> None:
        """Load the state file, or the seed if the file is new.

        Raise DeclarationError if a handler has no operation in the contract, seeds.SeedError if the seed does not exist or
        is not valid, and StateFileError if the state file is not valid.
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
            if settings.era is not None:
                set_era(self.world, settings.era)
            self.notifier.watch(self.world)
        else:
            self.reset(settings.seed)

    def reset(self, seed: str) -> None:
        """Load a seed into a new world, remove all faults, and clear the log.

        Keep the current world and raise seeds.SeedError if the seed does not exist or is not valid, or StateFileError if
        the state file cannot be written.
        """
        world = World(self.settings.job_seconds)
        recorded = seeds.load_seed(world, seed)
        if self.settings.era is not None:
            set_era(world, self.settings.era)
        recordings.keep(world, self.contract, recorded)
        if self.store is not None:
            self.store.replace(world)
        self.world = world
        self.notifier.watch(world)
        self.faults.clear()
        self.request_log.clear()

    def save(self) -> None:
        """Write all changes to the state file, if there is one. Raise StateFileError if it cannot be written."""
        if self.store is not None:
            self.store.save(self.world)

    def close(self) -> None:
        """Close the state file, if there is one."""
        if self.store is not None:
            self.store.close()
