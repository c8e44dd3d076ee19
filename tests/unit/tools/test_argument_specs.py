# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Argument specs are made from documentation: what is taken over, what is refused, and how it is written."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools import argument_specs, generate
from tools.support import ROOT

SECRETS = frozenset({"password", "parameters"})


def test_all_of_an_option_is_taken_over() -> None:
    documented = {
        "sizes": {
            "description": ["Sizes."],
            "type": "list",
            "elements": "int",
            "choices": [1, 2],
            "default": [],
            "required": False,
            "aliases": ["size"],
            "version_added": "1.2.0",
        },
        "name": {"description": "Name.", "required": True},
        "force": {"description": "Whether to.", "type": "bool", "default": False},
        "users": {
            "description": "Users.",
            "type": "list",
            "elements": "dict",
            "suboptions": {"password": {"type": "str", "required": True}, "parameters": {"type": "dict"}},
        },
        "update_password": {"type": "str", "choices": ["always", "on_create"], "default": "always"},
    }
    assert argument_specs.spec_of(documented, SECRETS) == {
        "sizes": {"type": "list", "elements": "int", "choices": [1, 2], "default": [], "aliases": ["size"]},
        "name": {"type": "str", "required": True},
        "force": {"type": "bool", "default": False},
        "users": {
            "type": "list",
            "elements": "dict",
            "options": {
                "password": {"type": "str", "required": True, "no_log": True},
                "parameters": {"type": "dict", "no_log": True},
            },
        },
        "update_password": {
            "type": "str",
            "choices": ["always", "on_create"],
            "default": "always",
            "no_log": False,
        },
    }


@pytest.mark.parametrize("name", ["admin_password", "api_token", "shared_secret", "pre_shared_key"])
def test_a_secret_without_a_name_in_the_list_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        argument_specs.spec_of({"users": {"suboptions": {name: {"type": "str"}}}}, SECRETS)


def test_a_secret_that_no_module_has_is_an_error() -> None:
    docs = {"widget": {"module": "widget", "options": {"password": {"type": "str"}}}}
    with pytest.raises(ValueError, match="parameters"):
        argument_specs.files(ROOT, docs, SECRETS, "")


def test_options_of_fragments_come_first() -> None:
    doc = {"extends_documentation_fragment": ["centurylink.cloud.options.name"], "options": {"size": {}}}
    shared = {"centurylink.cloud.options.name": {"name": {"type": "str"}}}
    assert list(argument_specs.options_of(doc, shared)) == ["name", "size"]


def test_an_option_of_a_fragment_is_not_documented_again() -> None:
    doc = {"module": "w", "extends_documentation_fragment": ["centurylink.cloud.options.name"], "options": {"name": {}}}
    with pytest.raises(ValueError, match=r"twice: \['name'\]"):
        argument_specs.options_of(doc, {"centurylink.cloud.options.name": {"name": {}}})


def test_a_fragment_that_does_not_exist() -> None:
    doc = {"module": "widget", "extends_documentation_fragment": ["centurylink.cloud.options.nam"]}
    with pytest.raises(ValueError, match=r"widget: there is no fragment centurylink\.cloud\.options\.nam"):
        argument_specs.options_of(doc, {})


# `make lint` compares all generated files with ruff's own format.


def test_a_literal_takes_one_line_where_it_fits() -> None:
    longest = "x" * 90
    line = f'    "name": {{"choices": ["{longest}"]}},'
    assert len(line) == 120
    assert argument_specs.literal({"name": {"choices": [longest]}}, top=True) == f"{{\n{line}\n}}"
    assert argument_specs.literal({"name": {"choices": [f"{longest}x"]}}, top=True).splitlines() == [
        "{",
        '    "name": {',
        f'        "choices": ["{longest}x"],',
        "    },",
        "}",
    ]


@pytest.mark.parametrize("value", ["plain", 'a "quoted" word', "it's", "a \\", "", 0, 1.5, True, None, [], {}])
def test_a_literal_is_its_value(value: object) -> None:
    assert ast.literal_eval(argument_specs.literal({"default": value}, top=True)) == {"default": value}


def test_what_is_no_longer_generated_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    directory = argument_specs.directory(tmp_path)
    directory.mkdir(parents=True)
    (directory / "kept.py").touch()
    (directory / "gone.py").touch()
    assert generate.stale({directory / "kept.py"}) == [directory / "gone.py"]
