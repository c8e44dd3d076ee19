# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults that the simulator plays on request: which requests they meet, and what is to happen to those.

A rule selects requests by operation, verb, path and number; what its members mean is in `RULE` and in the README.
"""

from __future__ import annotations

import fnmatch
import random
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs

BODIES = ("json", "html", "empty", "cut", "truncated", "already_in_progress")

_TEXTS = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
_SECONDS = {"type": "number", "minimum": 0}

RULE: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        # Which requests: all of these must hold.
        "name": {"type": "string"},
        "operation": _TEXTS,
        "verb": _TEXTS,
        "path": {"type": "string"},
        "after": {"type": "integer", "minimum": 0},
        "count": {"type": "integer", "minimum": 1},
        "probability": {"type": "number", "minimum": 0, "maximum": 1},
        "seed": {"type": "integer"},
        # What happens to them.
        "latency_ms": _SECONDS,
        "jitter_ms": _SECONDS,
        "status": {"type": "integer", "minimum": 200, "maximum": 599},
        "retry_after": {"type": "integer", "minimum": 0},
        "body": {"enum": list(BODIES)},
        "work_done": {"type": "boolean"},
        "drop": {"enum": ["before", "after"]},
        "expire_tokens": {"type": "boolean"},
        "job": {"enum": ["fail", "hang", "vanish"]},
        "job_lag_seconds": _SECONDS,
        "refuse": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "server": {"type": ["string", "integer"]},
                "message": {"type": ["string", "null"]},
            },
            "required": ["server"],
        },
        "shuffle": {"type": "boolean"},
        "ignore_parameters": {"type": "array", "items": {"type": "string"}},
    },
}
_CHECK = jsonschema_rs.Draft202012Validator(RULE)


class FaultError(Exception):
    """A fault that is not described as the README says. str() names the rule and the member."""


@dataclass
class Play:
    """All that is to happen to one request, gathered from the rules that met it."""

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
    refuse: dict[str, Any] | None = None
    shuffle: random.Random | None = None
    ignored_parameters: frozenset[str] = frozenset()

    @property
    def answers(self) -> bool:
        """Whether the answer is not the operation's own."""
        return self.status is not None or self.body is not None or self.drop is not None

    @property
    def before_work(self) -> bool:
        """Whether the request is answered, or dropped, without its work being done."""
        if self.drop is not None:
            return self.drop == "before"
        return self.status is not None and self.status >= 400 and not self.work_done


class Rule:
    """One fault, and how often it has met a request so far."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.spec = spec
        self.met = 0
        self.played = 0
        self._random = random.Random(spec.get("seed", 0))

    def plays(self, operation: str, verb: str, path: str) -> bool:
        """Say whether the rule is to be played to a request, and count it."""
        spec = self.spec
        if not _is_one_of(operation, spec.get("operation")) or not _is_one_of(verb, spec.get("verb")):
            return False
        if "path" in spec and not fnmatch.fnmatchcase(path.lower(), spec["path"].lower()):
            return False
        self.met += 1
        if self.met <= spec.get("after", 0) or self.played >= spec.get("count", self.played + 1):
            return False
        if "probability" in spec and self._random.random() >= spec["probability"]:
            return False
        self.played += 1
        return True

    def add_to(self, play: Play) -> None:
        """Let play hold what this rule does; a later rule wins over an earlier one."""
        spec = self.spec
        play.names.append(spec.get("name") or ", ".join(sorted(spec.keys() & _DOES)))
        play.latency_ms += spec.get("latency_ms", 0.0) + self._random.random() * spec.get("jitter_ms", 0.0)
        for member in ("status", "retry_after", "body", "work_done", "drop", "expire_tokens", "job", "refuse"):
            if member in spec:
                setattr(play, member, spec[member])
        play.job_lag_seconds += spec.get("job_lag_seconds", 0.0)
        if spec.get("shuffle"):
            play.shuffle = self._random
        play.ignored_parameters |= frozenset(spec.get("ignore_parameters", ()))


_SELECTS = frozenset({"name", "operation", "verb", "path", "after", "count", "probability", "seed"})
_DOES = frozenset(RULE["properties"]) - _SELECTS


class Faults:
    """The rules in force."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def add(self, specs: Any, known_operations: frozenset[str]) -> None:
        """Put rules in force behind those that are. Raises FaultError and adds none where one is wrong."""
        if not isinstance(specs, list):
            raise FaultError("faults must be an array of rules")
        for at, spec in enumerate(specs):
            for error in _CHECK.iter_errors(spec):
                where = "".join(f".{part}" for part in error.instance_path)
                raise FaultError(f"faults[{at}]{where}: {error.message}")
            unknown = [name for name in _as_list(spec.get("operation", [])) if name not in known_operations]
            if unknown:
                raise FaultError(f"faults[{at}].operation: the contract has no operation {', '.join(unknown)}")
            if not spec.keys() & _DOES:
                raise FaultError(f"faults[{at}]: nothing is to happen; name one of {', '.join(sorted(_DOES))}")
        self.rules.extend(Rule(spec) for spec in specs)

    def clear(self) -> None:
        """Lift all faults."""
        self.rules.clear()

    def play(self, operation: str, verb: str, path: str) -> Play:
        """Return what is to happen to a request of an operation."""
        play = Play()
        for rule in self.rules:
            if rule.plays(operation, verb, path):
                rule.add_to(play)
        return play

    def describe(self) -> list[dict[str, Any]]:
        """Return the rules, each with how many requests it met and in how many it was played."""
        return [{**rule.spec, "met": rule.met, "played": rule.played} for rule in self.rules]


def _is_one_of(value: str, wanted: Any) -> bool:
    return wanted is None or value.lower() in (item.lower() for item in _as_list(wanted))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
