# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every option that refers to a server group: which values it takes, whatever the module. Nothing invalid is sent."""

from __future__ import annotations

import importlib
import typing as t
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.kit.references import GROUP_OPTIONS
from ansible_collections.centurylink.cloud.tests.unit.support.made import ROOT_ID, group, hex_id, root
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_tree
from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted

SPECS = "ansible_collections.centurylink.cloud.plugins.module_utils.argument_specs"
DIRECTORY = Path(__file__).parents[3] / "plugins" / "module_utils" / "argument_specs"
VALUES = {"str": "x", "int": 1, "bool": True, "dict": {}, "list": []}
# What rules require, one of several options.
MORE: dict[str, dict[str, t.Any]] = {
    "server": {"name": "web"},
    "server_group": {"name": "web"},
    "server_group_default": {"cpu": 1},
    "server_group_scheduled_activity": {"id": hex_id(0x10)},
}


def specs() -> dict[str, t.Any]:
    names = [path.stem for path in sorted(DIRECTORY.glob("*.py"))]
    return {name: importlib.import_module(f"{SPECS}.{name}").ARGUMENTS for name in names}


REFERENCES = [
    (module, option)
    for module, spec in specs().items()
    for option, entry in spec.items()
    if entry["type"] == "raw" and (module, option) != ("api", "body")
]


def task(module: str, option: str, value: t.Any) -> dict[str, t.Any]:
    """The options of a task that refers to a group, with everything else that the module requires."""
    spec = specs()[module]
    required = {
        name: entry.get("choices", [VALUES[entry["type"]]])[0]
        for name, entry in spec.items()
        if entry.get("required") and name != option
    }
    return {**required, **MORE.get(module, {}), option: value}


def test_all_options_of_any_type_are_converted() -> None:
    assert len(REFERENCES) == 12
    assert {option for _module, option in REFERENCES} == set(GROUP_OPTIONS)


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (True, "True is a boolean"),
        ({"id": hex_id(1)}, f"{{'id': '{hex_id(1)}'}} is a dictionary"),
        (["Shop", ["Web"]], "['Web'] is a list"),
        (["Shop", None], "None is null"),
    ],
)
@pytest.mark.parametrize(("module", "option"), REFERENCES)
def test_a_value_that_is_not_a_reference_is_rejected(
    run: Runner, module: str, option: str, value: t.Any, cause: str
) -> None:
    message = run(module, task(module, option, value)).msg
    assert message.startswith(
        f"Invalid value for {option}: {cause}, not a reference to a group. Specify an id, a path,"
    )
    assert (hex_id(1) in message.partition("Specify")[2]) == isinstance(value, dict)


@pytest.mark.parametrize("value", [8, ["Shop", 8]])
def test_a_number_is_a_name(api: Scripted, run: Runner, value: t.Any) -> None:
    expects_tree(api, root(group("Shop", hex_id(0x11), group("8", hex_id(0x12)))))
    assert [found["path"] for found in run("server_group_info", {"group": value})["server_groups"]] == ["Shop/8"]


def test_a_number_is_the_name_of_a_parent(api: Scripted, run: Runner) -> None:
    expects_tree(api, root(group("8", hex_id(0x12))))
    assert run("server_group", {"name": "web", "parent": 8}, check=True)["server_group"]["path"] == "8/web"


@pytest.mark.parametrize(
    ("options", "parent"),
    [
        ({}, "Store"),
        ({"parent": "Shop"}, "Shop/Store"),
        ({"id": hex_id(0x12)}, "Store"),
        ({"state": "absent"}, "Store"),
    ],
)
def test_the_error_for_a_name_with_a_slash_says_what_to_do(run: Runner, options: dict[str, t.Any], parent: str) -> None:
    message = run("server_group", {"name": "Store/New", **options}).msg
    assert message.startswith("Invalid value for name: 'Store/New' contains a slash")
    assert f"Set parent to '{parent}' and name to 'New'." in message


def test_below_a_list_a_name_is_literal(api: Scripted, run: Runner) -> None:
    new = group("Store/New", hex_id(0x12), parent=ROOT_ID)
    expects_tree(api, root())
    api.expects("POST", "/v2/groups/altd", new, 201, body={"name": "Store/New", "parentGroupId": ROOT_ID})
    api.expects("GET", f"/v2/groups/ALTD/{ROOT_ID}", {"id": ROOT_ID, "groups": [new]})
    assert run("server_group", {"name": "Store/New", "parent": []})["server_group"]["name"] == "Store/New"
