# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults that the simulator injects: rules of conditions and effects.

A rule selects requests by operation, method, path, and number. `RULE` and the README describe its properties.
"""

from __future__ import annotations

import fnmatch
import itertools
import random
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs

from clc_simulator.core.clock import LONGEST_ADVANCE

BODIES = ("json", "html", "empty", "cut", "truncated", "already_in_progress")

_ONE_OR_MORE_STRINGS = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
_MILLISECONDS = {"type": "number", "minimum": 0, "maximum": 3_600_000}
_SECONDS = {"type": "number", "minimum": 0, "maximum": LONGEST_ADVANCE}

RULE: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        # Conditions: a request is matched if all of them hold.
        "name": {"type": "string"},
        "operation": _ONE_OR_MORE_STRINGS,
        "method": _ONE_OR_MORE_STRINGS,
        "path": {"type": "string"},
        "after": {"type": "integer", "minimum": 0},
        "count": {"type": "integer", "minimum": 1},
        "probability": {"type": "number", "minimum": 0, "maximum": 1},
        "seed": {"type": "integer"},
        # Effects on the requests to which the rule is applied.
        "latency_ms": _MILLISECONDS,
        "jitter_ms": _MILLISECONDS,
        "status": {"type": "integer", "minimum": 200, "maximum": 599},
        "retry_after": {"type": "integer", "minimum": 0},
        "body": {"enum": list(BODIES)},
        "work_done": {"type": "boolean"},
        "drop": {"enum": ["before", "after"]},
        "expire_tokens": {"type": "boolean"},
        "job": {"enum": ["fail", "hang", "vanish"]},
        "job_lag_seconds": _SECONDS,
        "reject": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "server": {"type": ["string", "integer"], "minimum": 0},
                "message": {"type": ["string", "null"]},
            },
            "required": ["server"],
        },
        "partly_visible": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "reads": {"type": "integer", "minimum": 1},
                "half": {"enum": ["first", "second"]},
            },
            "required": ["reads"],
        },
        "shuffle": {"type": "boolean"},
        "ignore_parameters": {"type": "array", "items": {"type": "string"}},
    },
}
_CHECK = jsonschema_rs.Draft202012Validator(RULE)


class FaultError(Exception):
    """A rule that is not valid. str() names the rule and the property."""


@dataclass
class FaultEffects:
    """The combined effects of all rules that apply to one request."""

    names: list[str] = field(default_factory=list)
    latency_ms: float = 0.0
    status: int | None = None
    retry_after: int | None = None
    body: str | None = None
    work_done: bool = False
    drop: str | None = None
    expire_tokens: bool = False
    job: str | None = None
    job_lag_seconds: float = 0.0
    reject: dict[str, Any] | None = None
    partly_visible: dict[str, Any] | None = None
    shuffle: random.Random | None = None
    ignored_parameters: frozenset[str] = frozenset()

    @property
    def changes_response(self) -> bool:
        """Whether the response is not the operation's own."""
        return self.status is not None or self.body is not None or self.drop is not None

    @property
    def before_work(self) -> bool:
        """Whether the response is sent, or the connection dropped, before the handler does its work."""
        if self.drop is not None:
            return self.drop == "before"
        return self.status is not None and self.status >= 400 and not self.work_done


class Rule:
    """One rule, how many requests it has matched, and to how many it was applied. number identifies it."""

    def __init__(self, number: int, spec: dict[str, Any]) -> None:
        self.number = number
        self.spec = spec
        self.matched = 0
        self.applied = 0
        self._random = random.Random(spec.get("seed", 0))

    def should_apply(self, operation: str, method: str, path: str) -> bool:
        """Return whether the rule applies to a request, and count it."""
        spec = self.spec
        if not _is_one_of(operation, spec.get("operation")) or not _is_one_of(method, spec.get("method")):
            return False
        if "path" in spec and not fnmatch.fnmatchcase(path.lower(), spec["path"].lower()):
            return False
        self.matched += 1
        if self.matched <= spec.get("after", 0) or self.applied >= spec.get("count", self.applied + 1):
            return False
        if "probability" in spec and self._random.random() >= spec["probability"]:
            return False
        self.applied += 1
        return True

    def add_to(self, effects: FaultEffects) -> None:
        """Add the effects of this rule; a later rule takes precedence over an earlier rule."""
        spec = self.spec
        effects.names.append(spec.get("name") or ", ".join(sorted(spec.keys() & _EFFECTS)))
        effects.latency_ms += spec.get("latency_ms", 0.0) + self._random.random() * spec.get("jitter_ms", 0.0)
        for name in _REPLACED:
            if name in spec:
                setattr(effects, name, spec[name])
        effects.job_lag_seconds += spec.get("job_lag_seconds", 0.0)
        if spec.get("shuffle"):
            effects.shuffle = self._random
        effects.ignored_parameters |= frozenset(spec.get("ignore_parameters", ()))


_CONDITIONS = frozenset({"name", "operation", "method", "path", "after", "count", "probability", "seed"})
_EFFECTS = frozenset(RULE["properties"]) - _CONDITIONS
_REPLACED = ("status", "retry_after", "body", "work_done", "drop", "expire_tokens", "job", "reject", "partly_visible")


class Faults:
    """The rules in force."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self._numbers = itertools.count(1)

    def add(self, specs: Any, known_operations: frozenset[str]) -> None:
        """Add rules after the existing ones. Raise FaultError, and add none, if one of them is not valid."""
        if not isinstance(specs, list):
            raise FaultError("faults must be an array of rules")
        for index, spec in enumerate(specs):
            for error in _CHECK.iter_errors(spec):
                where = "".join(f".{part}" for part in error.instance_path)
                raise FaultError(f"faults[{index}]{where}: {error.message}")
            unknown = [name for name in _as_list(spec.get("operation", [])) if name not in known_operations]
            if unknown:
                raise FaultError(f"faults[{index}].operation: the contract has no operation {', '.join(unknown)}")
            if not spec.keys() & _EFFECTS:
                raise FaultError(f"faults[{index}]: the rule has no effect; set one of {', '.join(sorted(_EFFECTS))}")
        self.rules.extend(Rule(next(self._numbers), spec) for spec in specs)

    def clear(self) -> None:
        """Remove all rules."""
        self.rules.clear()

    def remove(self, numbers: Collection[int]) -> None:
        """Remove the rules with these numbers. Raise FaultError, and remove none, if a rule does not exist."""
        missing = set(numbers) - {rule.number for rule in self.rules}
        if missing:
            raise FaultError(f"there is no rule with the id {', '.join(map(str, sorted(missing)))}")
        self.rules = [rule for rule in self.rules if rule.number not in numbers]

    def apply(self, operation: str, method: str, path: str) -> FaultEffects:
        """Return the effects on a request of an operation; the rules count the request."""
        effects = FaultEffects()
        for rule in self.rules:
            if rule.should_apply(operation, method, path):
                rule.add_to(effects)
        return effects

    def describe(self) -> list[dict[str, Any]]:
        """Return the rules, each with its id, how many requests it matched, and to how many it was applied."""
        return [
            {"id": rule.number, **rule.spec, "matched": rule.matched, "applied": rule.applied} for rule in self.rules
        ]


def _is_one_of(value: str, requested: Any) -> bool:
    return requested is None or value.lower() in (item.lower() for item in _as_list(requested))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
