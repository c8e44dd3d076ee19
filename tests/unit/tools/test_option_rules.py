# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each rule about options is kept by this checkout, and finds a place that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import consistency, option_rules
from tools.support import ROOT

WIDGET = '''\
DOCUMENTATION = r"""
module: widget
options:
  size:
    description: How large it is.
    type: int
  frame:
    description: Its frame.
    type: dict
    suboptions:
      color: {description: Its color., type: str}
extends_documentation_fragment:
  - centurylink.cloud.options.name
  - centurylink.cloud.connection
"""
'''
GADGET = (
    WIDGET.replace("widget", "gadget").replace("How large it is.", "How large the gadget is.").replace("frame", "case")
)
LEGACY = 'DOCUMENTATION = "{module: clc_widget, options: {old_size: {description: It is.}}}"\n'
FRAGMENTS = '''\
class ModuleDocFragment:
    NAME = r"""
options:
  name:
    description: Its name.
    type: str
"""
'''
RESOURCE = """\
class Widget(Declared):
    fields = (Field("size", create="size"), Field("frame.color", create="color"))
    named_by = (("name",), ("name", "size"))
    assigned = None

    def plan(self):
        return [self.task.option("size"), self.task.option("wait_timeout"), self.task.has_option("frame")]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout that keeps all rules."""
    texts = {
        "plugins/modules/widget.py": WIDGET,
        "plugins/modules/gadget.py": GADGET,
        "plugins/modules/clc_widget.py": LEGACY,
        "plugins/doc_fragments/options.py": FRAGMENTS,
        "plugins/module_utils/resources/shop/widget.py": RESOURCE,
        "plugins/module_utils/legacy/clc_widget.py": 'task.option("old_size")\n',
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize("name", option_rules.RULES)
def test_this_checkout_keeps_the_rule(name: str) -> None:
    assert list(option_rules.RULES[name](ROOT)) == []


@pytest.mark.parametrize("name", option_rules.RULES)
def test_a_checkout_that_keeps_a_rule_has_no_findings(checkout: Path, name: str) -> None:
    assert list(option_rules.RULES[name](checkout)) == []


@pytest.mark.parametrize("name", option_rules.RULES)
def test_lint_runs_the_rule(name: str) -> None:
    assert name in consistency.CHECKS


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('Field("size"', 'Field("sice"', "widget.py:2: no module has the option sice"),
        ('Field("size", create', 'Field(option="sice", create', "widget.py:2: no module has the option sice"),
        ("frame.color", "frame.colour", "widget.py:2: no module has the option frame.colour"),
        ('("name", "size")', '("name", "sice")', "widget.py:3: no module has the option sice"),
        ("assigned = None", 'assigned = "sice"', "widget.py:4: no module has the option sice"),
        ('task.option("size")', 'task.option("sice")', "widget.py:7: no module has the option sice"),
        ('has_option("frame")', 'has_option("fame")', "widget.py:7: no module has the option fame"),
        ('task.option("size")', 'task.option("old_size")', "widget.py:7: no module has the option old_size"),
    ],
)
def test_an_option_that_no_module_has(checkout: Path, old: str, new: str, finding: str) -> None:
    path = checkout / "plugins/module_utils/resources/shop/widget.py"
    assert old in RESOURCE
    path.write_text(RESOURCE.replace(old, new))
    (found,) = option_rules.known_options(checkout)
    assert found.endswith(finding)


def test_an_option_that_two_modules_document_with_the_same_words(checkout: Path) -> None:
    (checkout / "plugins/modules/gadget.py").write_text(GADGET.replace("the gadget", "it"))
    (found,) = option_rules.documented_once(checkout)
    assert found == "plugins/modules/widget.py: size is documented as in gadget; make it a fragment"


def test_a_fragment_of_a_single_module(checkout: Path) -> None:
    own = "  name: {description: The name of the gadget., type: str}\n  size:"
    text = GADGET.replace("  - centurylink.cloud.options.name\n", "").replace("  size:", own)
    (checkout / "plugins/modules/gadget.py").write_text(text)
    (found,) = option_rules.documented_once(checkout)
    assert found.endswith("1 modules extend centurylink.cloud.options.name")


@pytest.mark.parametrize(
    "name", ["module_utils/resources/shop/widget.py", "module_utils/kit/x.py", "modules/widget.py"]
)
def test_an_argument_spec_in_code(checkout: Path, name: str) -> None:
    path = checkout / "plugins" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text('DISK = {"id": {"type": "str"}}\n')
    (found,) = option_rules.no_specs(checkout)
    assert found.endswith(f"{path.name}:1: an argument spec belongs into the documentation")


def test_a_secret_without_the_notes_and_the_notes_without_a_secret(checkout: Path) -> None:
    path = checkout / "plugins/modules/widget.py"
    path.write_text(WIDGET.replace("color:", "password:"))
    [finding] = option_rules.secret_notes(checkout)
    assert finding == "plugins/modules/widget.py: it has a secret; see centurylink.cloud.secrets"
    path.write_text(WIDGET.replace("cloud.connection", "cloud.secrets"))
    [finding] = option_rules.secret_notes(checkout)
    assert finding == "plugins/modules/widget.py: it has no secret; see centurylink.cloud.secrets"
