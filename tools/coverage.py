# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which operations of the API the collection's own modules and plugins have used with success in a run of tests.

Y is every operation of the contract, except those that the contract itself advises against. X counts those that
got a 2xx response for a module or plugin of the collection, known by its User-Agent: a request that a test made by other
means proves nothing about the collection.
"""

from __future__ import annotations

import re
import typing as t
from collections.abc import Mapping

import yaml

from .support import ROOT

_CONTRACT = ROOT / "simulator" / "src" / "clc_simulator" / "openapi"
_METHODS = {"get", "put", "post", "patch", "delete", "head", "options"}
_AGENT = re.compile(r"centurylink\.cloud/\S+ \(([\w.]+)\)")
# Its instances belong to another product, on a host and with tokens of its own; the contract doubts its every detail.
_NOT_COUNTED = {"makeInstanceManagedOs"}


def operations() -> set[str]:
    """Return the operationIds that count: all but the legacy addresses of the database service and _NOT_COUNTED."""
    counted: set[str] = set()
    for file in sorted(_CONTRACT.glob("*.yaml")):
        document = yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for item in (document.get("paths") or {}).values():
            for method, operation in item.items():
                legacy = file.name == "rdbs.yaml" and method in _METHODS and "legacy" in operation.get("tags", [])
                if method in _METHODS and not legacy:
                    counted.add(operation["operationId"])
    return counted - _NOT_COUNTED


def callers() -> set[str]:
    """Return the names by which modules and plugins may sign their requests."""
    directories = ("modules", "action", "inventory", "lookup")
    return {file.stem for directory in directories for file in (ROOT / "plugins" / directory).glob("*.py")}


def covered(content: Mapping[str, t.Any]) -> set[str]:
    """Return the operationIds that a module or plugin got a 2xx for, from a response to GET /_simulator/coverage."""
    known = callers()
    used: set[str] = set()
    for operation, entry in content["covered"].items():
        signed = (_AGENT.fullmatch(agent) for agent in entry["user_agents"])
        if any(match and match[1].rpartition(".")[2] in known for match in signed):
            used.add(operation)
    return used


def report(content: Mapping[str, t.Any]) -> str:
    """Return the operations not covered, and last the line with the two numbers."""
    all_of_them = operations()
    used = covered(content) & all_of_them
    missing = sorted(all_of_them - used)
    lines = ["operations not covered:", *(f"  {name}" for name in missing)] if missing else []
    return "\n".join([*lines, f"operations covered: {len(used)} of {len(all_of_them)}"])
