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

from clc_simulator.core.clock import parse_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.eras import set_era
from clc_simulator.core.recordings import Recording
from clc_simulator.core.seeds.errors import SeedError, entry
from clc_simulator.core.seeds.fleet import fleet
from clc_simulator.core.seeds.loading import SeedLoader
from clc_simulator.core.seeds.recorded import load_recorded
from clc_simulator.core.seeds.recordings import read_recordings
from clc_simulator.core.seeds.schema import check, known_sections

__all__ = ["SeedError", "load_seed"]

_NOT_A_SEED = "it is not a JSON or YAML file with the properties of a seed"
_LARGEST = 200_000_000
"""Bytes of a seed file."""
_FLEET = re.compile(r"fleet:([0-9]{1,6})\Z")


def load_seed(world: World, seed: str) -> list[Recording]:
    """Fill an empty world: small, empty, fleet:N, or the path of a seed file (JSON or YAML).

    Return the recorded responses of the seed. Raise SeedError if the seed does not exist or is not valid.
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
        spec = _parse(_read(path, seed), seed)
    if not isinstance(spec, dict) or (spec and not any(_is_known(key) for key in spec)):
        raise SeedError(f"seed {seed}: {_NOT_A_SEED}")
    with _without_garbage_collection(), entry(f"seed {seed}"):
        return _load(world, spec, directory)


def _load(world: World, spec: Any, directory: Path) -> list[Recording]:
    check(spec)
    if "now" in spec:
        world.now = parse_timestamp(spec["now"])
        world.clock.set(world.now)
    if "era" in spec:
        set_era(world, spec["era"])
    loader = SeedLoader(world, spec)
    recorded = spec.get("recorded", [])
    recordings = read_recordings([recorded] if isinstance(recorded, dict) else recorded, directory)
    recordings = load_recorded(loader, recordings)
    loader.load()
    return recordings


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


def _is_known(key: object) -> bool:
    """Return whether a seed can have a property of that name at its first level."""
    return key in known_sections() or str(key).startswith("x-")


def _read(path: Path, seed: str) -> str:
    """Return the text of a seed file. Raise SeedError if there is no such file."""
    try:
        if path.exists() and not (path.is_file() and path.stat().st_size <= _LARGEST):
            raise SeedError(f"seed {seed}: {_NOT_A_SEED}")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SeedError(f"seed {seed}: it is not small, empty, fleet:N, or a file ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SeedError(f"seed {seed}: it is not a text file") from error
    except ValueError as error:
        # A name with a NUL byte.
        raise SeedError(f"seed {seed!a}: {_NOT_A_SEED}") from error


def _parse(content: str, seed: str) -> Any:
    """Return the values of a seed file. The error names the line without its text: the file may not be a seed."""
    try:
        # Both ways, since YAML has values that JSON does not have: dates become strings, others are errors.
        return orjson.loads(content if seed.endswith(".json") else orjson.dumps(yaml.load(content, yaml.CSafeLoader)))
    except orjson.JSONDecodeError as error:
        raise SeedError(f"seed {seed}: it is not valid JSON (line {error.lineno}, column {error.colno})") from error
    except (yaml.YAMLError, RecursionError, TypeError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise SeedError(f"seed {seed}: it is not valid YAML{where}") from error
