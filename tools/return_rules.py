# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rule about RETURN, with tests that break it (tests/unit/tools/test_return_sources.py). `make lint` runs it."""

from __future__ import annotations

import typing as t
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from . import rules
from .return_values import Entries, Returns

_NEEDED = ("description", "returned", "type")
_MAPS = ("dict", "raw")


def documented_results(root: Path) -> Iterator[str]:
    """Find keys of results without description, type, or sample, and maps whose keys are neither documented nor declared open.

    A map is open where tools/returns says why, in `open`.
    """
    returns = Returns(root)
    for file in sorted((root / "plugins" / "modules").glob("[!_]*.py")):
        entries = yaml.safe_load(rules.documented(file, "RETURN")) or {}
        opened = returns.open_places(file.stem)
        yield from (f"plugins/modules/{file.name}: {problem}" for problem in _problems(entries, "", opened))


def _problems(entries: Entries, before: str, opened: t.Container[str]) -> Iterator[str]:
    for key, entry in entries.items():
        place = f"{before}{key}"
        yield from (f"{place} has no {name}" for name in _NEEDED if name not in entry)
        is_map = entry.get("type") in _MAPS or (entry.get("type") == "list" and entry.get("elements") in _MAPS)
        if entry.get("type") == "list" and "elements" not in entry:
            yield f"{place} has no elements"
        if "contains" in entry:
            yield from _problems(entry["contains"], f"{place}.", opened)
        elif is_map and place not in opened:
            yield f"{place} does not say what it contains, and tools/returns gives no reason in `open`"
        elif "sample" not in entry:
            yield f"{place} has no sample"


RULES: dict[str, Callable[[Path], Iterator[str]]] = {"results": documented_results}
