# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RETURN is made of tools/returns and the contract, and the rule about it finds what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import consistency, return_rules, return_values
from tools.support import ROOT

CONTRACT = """
components:
  schemas:
    Color: {type: [string, 'null'], enum: [red, blue, null]}
    Part: {type: object, properties: {sizeGB: {type: number}}}
    Widget:
      type: object
      properties:
        id: {type: string, description: Id of the widget.}
        color: {$ref: '#/components/schemas/Color'}
        isOn: {type: boolean}
        parts: {type: array, items: {$ref: '#/components/schemas/Part'}}
        tags: {type: array, items: {type: string}}
"""
RETURNS = """
shapes:
  widget:
    schema: widgets.yaml#Widget
    contains:
      id: {sample: a}
      color: {description: Its color. Null if it has none., sample: red}
      enabled: {description: Whether it is on., property: isOn, sample: true}
      parts: {description: Its parts., contains: {size_gb: {description: Size in GB., sample: 1.5}}}
      tags: {description: Its tags., sample: [x]}
      data: {description: The rest., type: dict, open: it is free, sample: {}}
  old_widget:
    schema: widgets.yaml#Widget
    like: widget
    contains: {color: {}, parts: {contains: {sizeGB: {}}}}
  large_widget: {extends: widget, contains: {parts: {contains: {weight: {description: Weight in kg., type: int, sample: 1}}}}}
modules:
  widget: {widget: {description: The widget., shape: widget}}
  widget_info: {widgets: {description: The widgets., type: list, shape: large_widget}}
  clc_widget: {widget: {description: The widget., shape: old_widget}}
"""
WAITING = "waiting: {jobs: {description: The jobs., type: list, returned: later, sample: [a]}}"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout with a contract and what modules return."""
    texts = {
        "simulator/src/clc_simulator/openapi/widgets.yaml": CONTRACT,
        "tools/returns/widget.yml": RETURNS,
        "tools/returns/shared.yml": WAITING,
        "plugins/modules/widget.py": 'RETURN = r"""\n"""\n',
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_types_and_values_come_from_the_contract(checkout: Path) -> None:
    contains = return_values.Returns(checkout).of("widget", waits=False)["widget"]["contains"]
    assert contains["id"] == {"description": "Id of the widget.", "returned": "always", "type": "str", "sample": "a"}
    assert contains["color"]["choices"] == ["red", "blue"]
    assert contains["enabled"]["type"] == "bool"
    assert (contains["tags"]["type"], contains["tags"]["elements"]) == ("list", "str")
    assert (contains["parts"]["elements"], contains["parts"]["contains"]["size_gb"]["type"]) == ("dict", "float")


def test_a_shape_has_the_keys_of_another_one_at_any_depth(checkout: Path) -> None:
    widgets = return_values.Returns(checkout).of("widget_info", waits=False)["widgets"]
    assert (widgets["returned"], widgets["type"], widgets["elements"]) == ("success", "list", "dict")
    assert widgets["contains"]["parts"]["contains"].keys() == {"size_gb", "weight"}


def test_a_shape_has_the_texts_of_another_one(checkout: Path) -> None:
    contains = return_values.Returns(checkout).of("clc_widget", waits=False)["widget"]["contains"]
    assert contains["color"]["description"] == "Its color."
    assert contains["parts"]["contains"]["sizeGB"]["description"] == "Size in GB."


def test_modules_that_wait_return_jobs(checkout: Path) -> None:
    assert list(return_values.Returns(checkout).of("widget", waits=True)) == ["widget", "jobs"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (", sample: [x]", "", "widget.widget.tags has no sample"),
        ("description: Its tags., ", "", "widget.widget.tags has no description"),
        ("property: isOn, ", "", "widget.widget.enabled has no type"),
        ("open: it is free, ", "", "widget.widget.data says neither"),
        ("Its tags., ", "Its tags., simple: true, ", "simple"),
        ("shape: widget}", "shape: gadget}", "there is no shape gadget"),
        ("yaml#Widget", "yaml#Gadget", "no schema widgets.yaml#Gadget"),
    ],
)
def test_an_incomplete_entry_is_an_error(checkout: Path, old: str, new: str, message: str) -> None:
    (checkout / "tools/returns/widget.yml").write_text(RETURNS.replace(old, new, 1))
    with pytest.raises(ValueError, match=message):
        return_values.Returns(checkout).of("widget", waits=False)


def test_a_module_of_no_family_or_of_two_is_an_error(checkout: Path) -> None:
    with pytest.raises(ValueError, match="no file of tools/returns has the module gadget"):
        return_values.Returns(checkout).of("gadget", waits=False)
    (checkout / "tools/returns/xylophone.yml").write_text("modules: {widget: {}}")
    with pytest.raises(ValueError, match="declares again"):
        return_values.Returns(checkout)


def test_a_module_without_return_is_an_error() -> None:
    assert return_values.with_returns('RETURN = r"""\nold\n"""\n', "new\n") == 'RETURN = r"""\nnew\n"""\n'
    with pytest.raises(ValueError, match="has its results between"):
        return_values.with_returns("", "new\n")


@pytest.mark.parametrize(
    ("returns", "problem"),
    [
        ("widget: {returned: always, type: str, sample: a}", "widget has no description"),
        ("widget: {description: It., returned: always, type: str}", "widget has no sample"),
        ("widget: {description: It., returned: always, type: list, sample: [a]}", "widget has no elements"),
        (
            "widget: {description: It., returned: always, type: dict, sample: {}}",
            "widget does not say what it contains",
        ),
        (
            "widget: {description: It., returned: always, type: dict, contains: {parts: {description: It., returned: always, "
            "type: list, elements: dict, sample: []}}}",
            "widget.parts does not say what it contains",
        ),
    ],
)
def test_the_rule_finds_what_is_missing(checkout: Path, returns: str, problem: str) -> None:
    (checkout / "plugins/modules/widget.py").write_text(f'RETURN = r"""\n{returns}\n"""\n')
    [found] = return_rules.documented_results(checkout)
    assert found.startswith(f"plugins/modules/widget.py: {problem}")


def test_an_open_map_needs_no_keys(checkout: Path) -> None:
    data = "data: {description: It., returned: always, type: dict, sample: {}}"
    returns = f"widget: {{description: It., returned: always, type: dict, contains: {{{data}}}}}"
    (checkout / "plugins/modules/widget.py").write_text(f'RETURN = r"""\n{returns}\n"""\n')
    assert not list(return_rules.documented_results(checkout))


def test_this_checkout_keeps_the_rule_and_lint_runs_it() -> None:
    assert not list(return_rules.documented_results(ROOT))
    assert "results" in consistency.CHECKS
