# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom fields: what a map in a playbook means, over the documented definitions."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import ResourceLookupError
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.account import custom_field
from ansible_collections.centurylink.cloud.tests.unit.support.made import CUSTOM_FIELDS, hex_id
from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted

COST, PRODUCTION, COLOR = (definition["id"] for definition in CUSTOM_FIELDS)
CURRENT = [
    {"id": COST, "name": "Cost Center", "value": "CC-1", "displayValue": "CC-1"},
    {"id": PRODUCTION, "name": "Production", "value": "true", "displayValue": "true"},
    {"id": COLOR, "name": "Color", "value": "red", "displayValue": "Red"},
]
KEPT = {COST: "CC-1", PRODUCTION: "true", COLOR: "red"}


@pytest.fixture
def definitions(api: Scripted) -> None:
    api.expects("GET", "/v2/accounts/ALTD/customFields", CUSTOM_FIELDS)


def merged(client: Client, given: t.Any, current: t.Any = None, purge: bool = False) -> dict[str, t.Any] | None:
    task = Task(client, {"custom_fields": given, "custom_fields_purge": purge})
    current = CURRENT if current is None else current
    found = custom_field.merge_values(task, current)
    assert custom_field.merge_values(task, current) == found  # and the definitions are read once
    return None if found is None else {field_value["id"]: field_value["value"] for field_value in found}


def test_without_the_option_nothing_is_merged(api: Scripted, client: Client) -> None:
    assert merged(client, None) is None


CASES: list[tuple[str, dict[str, t.Any], bool, dict[str, str]]] = [
    ("nothing named", {}, False, KEPT),
    ("by name", {"Cost Center": "CC-2"}, False, {**KEPT, COST: "CC-2"}),
    ("by id", {COST: "CC-2"}, False, {**KEPT, COST: "CC-2"}),
    ("by id in upper case", {COST.upper(): "CC-2"}, False, {**KEPT, COST: "CC-2"}),
    ("a number", {"Cost Center": 7}, False, {**KEPT, COST: "7"}),
    ("a bool", {"Production": False}, False, {**KEPT, PRODUCTION: "false"}),
    ("the word of an option", {"Color": "Blue"}, False, {**KEPT, COLOR: "blue"}),
    ("the index of an option", {"Color": "blue"}, False, {**KEPT, COLOR: "blue"}),
    ("unset", {"Cost Center": None}, False, {PRODUCTION: "true", COLOR: "red"}),
    ("an empty text is a value", {"Cost Center": ""}, False, {**KEPT, COST: ""}),
    ("purge", {"Production": True, "Color": "Red"}, True, {PRODUCTION: "true", COLOR: "red"}),
]


@pytest.mark.usefixtures("definitions")
@pytest.mark.parametrize(("what", "given", "purge", "expected"), CASES, ids=[case[0] for case in CASES])
def test_values_are_merged(client: Client, what: str, given: t.Any, purge: bool, expected: t.Any) -> None:
    assert merged(client, given, purge=purge) == expected


@pytest.mark.usefixtures("definitions")
@pytest.mark.parametrize(
    ("given", "current", "purge", "message"),
    [
        ({"Color": None}, CURRENT, False, "requires a value for Color"),
        ({"Cost Center": "x"}, [], False, "requires a value for Color, Production"),
        ({"Cost Center": "x"}, CURRENT, True, "requires a value for Color, Production"),
        ({"Color": "Green"}, CURRENT, False, "custom field 'Color' has no option 'Green'. Available: Red, Blue."),
        ({"Colour": "Red"}, CURRENT, False, "There are: Color, Cost Center, Production."),
        ({"cost center": "x"}, CURRENT, False, "Names are case-sensitive"),
        ({hex_id(1): "x"}, CURRENT, False, "there is no custom field"),
    ],
)
def test_invalid_values_are_rejected(client: Client, given: t.Any, current: t.Any, purge: bool, message: str) -> None:
    with pytest.raises(ResourceLookupError) as error:
        merged(client, given, current, purge)
    assert message.lower() in str(error.value).lower()


@pytest.mark.usefixtures("definitions")
def test_a_prediction_shows_words(client: Client) -> None:
    found = custom_field.display_values(
        Task(client, {}), [{"id": COLOR, "value": "blue"}, {"id": COST, "value": "CC-1"}]
    )
    assert found == [
        {"id": COLOR, "name": "Color", "value": "blue", "displayValue": "Blue"},
        {"id": COST, "name": "Cost Center", "value": "CC-1", "displayValue": "CC-1"},
    ]
