# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options with choices, of all modules: their values are case-insensitive, and the error for others lists the choices."""

from __future__ import annotations

import importlib
import typing as t
from pathlib import Path

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.centurylink.cloud.plugins.module_utils.arguments import prepared
from ansible_collections.centurylink.cloud.tests.unit.support.modules import MODULES, Runner

DIRECTORY = Path(__file__).parents[3] / "plugins" / "modules"
Spec = dict[str, dict[str, t.Any]]


def spec_of(module: str) -> Spec:
    spec: Spec = importlib.import_module(f"{MODULES}.{module}").MODULE.argument_spec
    return spec


def with_choices(spec: Spec, *path: str) -> t.Iterator[tuple[tuple[str, ...], dict[str, t.Any]]]:
    """Yield the path of each option with choices that are strings, at any level, and its entry."""
    for name, entry in spec.items():
        if any(isinstance(choice, str) for choice in entry.get("choices") or []):
            yield (*path, name), entry
        yield from with_choices(entry.get("options") or {}, *path, name)


OPTIONS = [
    pytest.param(module, path, entry, id=f"{module}-{'.'.join(path)}")
    for module in sorted(file.stem for file in DIRECTORY.glob("*.py"))
    for path, entry in with_choices(spec_of(module))
]


def nested(spec: Spec, path: tuple[str, ...], value: t.Any) -> dict[str, t.Any]:
    """Return arguments in which the option of that path has a value."""
    entry = spec[path[0]]
    inner = nested(entry["options"], path[1:], value) if path[1:] else value
    return {path[0]: [inner] if path[1:] and entry["type"] == "list" else inner}


@pytest.mark.parametrize(("module", "path", "entry"), OPTIONS)
def test_the_case_of_a_choice_does_not_matter(module: str, path: tuple[str, ...], entry: dict[str, t.Any]) -> None:
    spec, choices = spec_of(module), entry["choices"]
    lower_case = {choice.lower() for choice in choices}
    assert len(lower_case) == len(choices), "choices that differ in case only"
    for choice in choices:
        for written in (choice.upper(), choice.lower(), choice.title()):
            value, exact = ([written], [choice]) if entry["type"] == "list" else (written, choice)
            assert prepared(spec, nested(spec, path, value)) == nested(spec, path, exact)


def test_only_one_spelling_is_validated() -> None:
    spec: Spec = {
        "status": {
            "type": "list",
            "elements": "str",
            "choices": ["active", "queuedForDelete"],
            "aliases": ["statuses"],
        },
        "count": {"type": "int", "choices": [1, 2]},
        "ports": {"type": "list", "elements": "dict", "options": {"protocol": {"type": "str", "choices": ["tcp"]}}},
    }
    arguments = {
        "statuses": "Active, queuedfordelete",
        "count": 1,
        "ports": [{"protocol": "TCP"}, "port=1"],
        "x": "TCP",
    }
    assert prepared(spec, arguments) == {
        "statuses": "active,queuedForDelete",
        "count": 1,
        "ports": [{"protocol": "tcp"}, "port=1"],
        "x": "TCP",
    }
    unknown = prepared(spec, {"status": ["actve"]})
    messages = ArgumentSpecValidator(spec).validate(unknown).error_messages
    assert messages == ["value of status must be one or more of: active, queuedForDelete. Got no match for: actve"]


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("server_info", {"status": ["actve"]}),
        ("server_info", {"power_state": ["on"]}),
        ("backup_policy_info", {"status": "enabled"}),
        ("webhook_info", {"events": ["Server.Gone"]}),
    ],
)
def test_an_info_module_rejects_an_unknown_value_and_lists_the_known_ones(
    run: Runner, module: str, options: dict[str, t.Any]
) -> None:
    (option,) = options
    message = run(module, options).msg
    assert message.startswith(f"value of {option} must be one")
    assert all(choice in message for choice in spec_of(module)[option]["choices"])
