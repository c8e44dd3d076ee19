# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each rule is kept by this checkout, and finds a place that breaks it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools import rules
from tools.support import ROOT

MODULE = '''\
DOCUMENTATION = r"""
module: widget
options:
  name: {type: str}
extends_documentation_fragment:
  - centurylink.cloud.connection
"""
EXAMPLES = r"""
- name: A widget
  centurylink.cloud.widget:
    name: first
    api_url: https://api.example.com
"""
'''


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout that keeps all rules."""
    for directory in (
        "plugins/modules",
        "plugins/doc_fragments",
        "plugins/module_utils/resources",
        "changelogs/fragments",
    ):
        (tmp_path / directory).mkdir(parents=True)
    for name in ("widget", "widget_info", *rules.NO_INFO):
        (tmp_path / f"plugins/modules/{name}.py").write_text(MODULE.replace("widget", name))
    shutil.copy(ROOT / "plugins/doc_fragments/connection.py", tmp_path / "plugins/doc_fragments")
    for name, other in (("widget", "widget_info"), ("widget_info", "widget")):
        path = tmp_path / f"plugins/modules/{name}.py"
        path.write_text(
            path.read_text().replace("extends_", f"seealso: [{{module: centurylink.cloud.{other}}}]\nextends_")
        )
    target = tmp_path / "tests/integration/targets/widget/tasks"
    target.mkdir(parents=True)
    tasks = "".join(f"- centurylink.cloud.{file.stem}:\n" for file in rules.modules(tmp_path))
    (target / "main.yml").write_text(tasks)
    (tmp_path / "changelogs/changelog.yaml").write_text("releases: {}\n")
    names = "".join(f"  - {file.stem} is new.\n" for file in rules.modules(tmp_path))
    (tmp_path / "changelogs/fragments/new.yml").write_text(f"minor_changes:\n{names}")
    return tmp_path


@pytest.mark.parametrize("name", rules.RULES)
def test_this_checkout_keeps_the_rule(name: str) -> None:
    assert list(rules.RULES[name](ROOT)) == []


@pytest.mark.parametrize("name", rules.RULES)
def test_a_checkout_that_keeps_a_rule_has_no_findings(checkout: Path, name: str) -> None:
    assert list(rules.RULES[name](checkout)) == []


def test_a_module_without_an_info_module(checkout: Path) -> None:
    (checkout / "plugins/modules/widget_info.py").unlink()
    (found,) = rules.info_modules(checkout)
    assert "there is no widget_info" in found


def test_a_reason_for_a_module_that_has_an_info_module(checkout: Path) -> None:
    shutil.copy(checkout / "plugins/modules/widget_info.py", checkout / "plugins/modules/api_info.py")
    (found,) = rules.info_modules(checkout)
    assert "NO_INFO has api" in found


def test_a_module_that_no_target_runs(checkout: Path) -> None:
    path = checkout / "tests/integration/targets/widget/tasks/main.yml"
    path.write_text(path.read_text().replace("centurylink.cloud.widget:", "ansible.builtin.debug:"))
    (found,) = rules.integration_targets(checkout)
    assert "no integration target runs centurylink.cloud.widget" in found


def test_a_target_with_the_name_of_a_role(checkout: Path) -> None:
    (checkout / "roles/widget").mkdir(parents=True)
    (found,) = rules.integration_targets(checkout)
    assert "the role widget would run in place of this target" in found


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("centurylink.cloud.widget:", "ansible.builtin.debug:", "EXAMPLES has no task of centurylink.cloud.widget"),
        ("name: first", "nam: first", "an example has the option nam"),
        ("name: first", 'name: "{{ other.id }}"', "an example reads other, which no earlier example registers"),
    ],
)
def test_an_example_that_is_none(checkout: Path, old: str, new: str, finding: str) -> None:
    path = checkout / "plugins/modules/widget.py"
    path.write_text(path.read_text().replace(old, new))
    (found,) = rules.examples(checkout)
    assert finding in found


@pytest.mark.parametrize(("name", "other"), [("widget", "widget_info"), ("widget_info", "widget")])
def test_a_module_that_does_not_name_its_counterpart(checkout: Path, name: str, other: str) -> None:
    path = checkout / f"plugins/modules/{name}.py"
    path.write_text(path.read_text().replace(f"centurylink.cloud.{other}}}", "centurylink.cloud.server}"))
    (found,) = rules.see_also(checkout)
    assert found == f"plugins/modules/{name}.py: seealso does not name centurylink.cloud.{other}"


def test_a_module_without_a_fragment(checkout: Path) -> None:
    path = checkout / "changelogs/fragments/new.yml"
    path.write_text(path.read_text().replace("  - widget_info is new.\n", "").replace("  - widget is new.\n", ""))
    assert len(list(rules.changelog(checkout))) == 2


@pytest.mark.parametrize("line", ["task.check_mode", "result.changed", "call(changed=True)", "call(check_mode=False)"])
@pytest.mark.parametrize("directory", ["modules", "module_utils/resources"])
def test_changed_and_check_mode_outside_of_convergence(checkout: Path, directory: str, line: str) -> None:
    (checkout / "plugins" / directory / "widget_part.py").write_text(f"import x\n{line}\n")
    found = [finding for finding in rules.convergence_only(checkout) if "widget_part.py:2" in finding]
    assert len(found) == 1
