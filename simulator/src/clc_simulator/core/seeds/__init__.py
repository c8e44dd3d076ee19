# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Seeds: initial states of a simulator."""

from __future__ import annotations

import contextlib
import gc
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import orjson
import yaml

from clc_simulator.core.entities import World
from clc_simulator.core.seeds.directory import requests_in
from clc_simulator.core.seeds.errors import SeedError
from clc_simulator.core.seeds.fleet import fleet
from clc_simulator.core.seeds.loading import SeedLoader
from clc_simulator.core.seeds.recorded import load_recorded
from clc_simulator.core.seeds.schema import check

__all__ = ["SeedError", "load_seed"]

_FLEET = re.compile(r"fleet:([0-9]{1,6})\Z")


def load_seed(world: World, seed: str) -> None:
    """Fill an empty world: small, empty, fleet:N, or the path of a seed file (JSON or YAML).

    Raise SeedError if the seed does not exist or is not valid.
    """
    directory = Path.cwd()
    fleet_size = _FLEET.match(seed)
    if fleet_size:
        spec = fleet(int(fleet_size[1]))
    elif seed in ("small", "empty"):
        spec = _parse((resources.files(__package__) / f"{seed}.yml").read_text(encoding="utf-8"), seed)
    elif seed.startswith("fleet:"):
        raise SeedError(f"seed {seed}: N in fleet:N must be a number of servers, at most 999999")
    else:
        path = Path(seed)
        directory = path.parent
        try:
            spec = _parse(path.read_text(encoding="utf-8"), seed)
        except OSError as error:
            raise SeedError(f"seed {seed}: it is not small, empty, fleet:N, or a file ({error.strerror})") from error
    with _without_garbage_collection():
        _load(world, spec, seed, directory)


def _load(world: World, spec: Any, seed: str, directory: Path) -> None:
    check(spec, seed)
    loader = SeedLoader(world, spec)
    recorded = spec.get("recorded", [])
    if isinstance(recorded, dict):
        recorded = requests_in(directory / recorded["directory"], recorded["account"], recorded["data_center"])
    load_recorded(loader, recorded, directory)
    loader.load()


@contextlib.contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Pause the collector of reference cycles, which takes a third of the time of a large seed, and never search it.

    The objects of the previous seed, which is now unused, are searched again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    gc.unfreeze()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def _parse(content: str, seed: str) -> Any:
    try:
        return orjson.loads(content) if seed.endswith(".json") else yaml.load(content, Loader=yaml.CSafeLoader)
    except (orjson.JSONDecodeError, yaml.YAMLError) as error:
        raise SeedError(f"seed {seed}: {error}") from error
