# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Validates a seed against schema.yml and the schemas of the registered sections, before it is loaded."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import jsonschema_rs
import yaml

from clc_simulator.core.seeds.errors import SeedError
from clc_simulator.core.seeds.sections import SECTIONS

_MAX_LENGTH = 240


def check(spec: Any) -> None:
    """Raise SeedError if a seed does not match the schema; the message has the first three errors."""
    problems = []
    for error in _validator().iter_errors(spec):
        location = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.instance_path)
        problems.append(f"{location.lstrip('.') or 'document'}: {_shortened(error.message)}")
    if problems:
        more = f" (and {len(problems) - 3} more)" if len(problems) > 3 else ""
        raise SeedError("; ".join(problems[:3]) + more)


def _shortened(message: str) -> str:
    """Return a message of the validator, which contains the whole value, with the start and the end of it."""
    half = _MAX_LENGTH // 2
    return message if len(message) <= _MAX_LENGTH else f"{message[:half]} ... {message[-half:]}"


def known_sections() -> frozenset[str]:
    """Return the names of the properties that a seed can have."""
    return frozenset(_schema()["properties"])


@cache
def _schema() -> dict[str, Any]:
    content = (resources.files(__package__) / "schema.yml").read_text(encoding="utf-8")
    schema: dict[str, Any] = yaml.load(content, Loader=yaml.CSafeLoader)
    for scope, sections in SECTIONS.items():
        schema["$defs"][scope]["properties"] |= {name: section.schema for name, section in sections.items()}
    return schema


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(_schema(), validate_formats=True)
