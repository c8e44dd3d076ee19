# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The graphs in docs/inventory.md are those of their sources."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
from ansible.errors import AnsibleParserError

from ansible_collections.centurylink.cloud.tests.unit.support.inventories import Inventory

PAGE = (Path(__file__).parents[3] / "docs" / "inventory.md").read_text(encoding="utf-8")
# A comment before an example, such as "second run"; the source; warnings; the graph.
EXAMPLE = re.compile(
    r"(?:<!-- ([^>]*) -->\n)?```yaml\n([^`]*)```\n\n```text\n((?:\[WARNING\]: [^\n]*\n)*)(@all:[^`]*)\n```"
)
EXAMPLES = EXAMPLE.findall(PAGE)
SECTIONS = dict(re.findall(r"^##+ ([^\n]*)\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE))
ROWS = re.findall(r"^\| \[([^\]]*)\]\(#([^)]*)\) \|(.*)\|$", PAGE, re.MULTILINE)
DENIED = {"operation": "getGroup", "status": 403}


def graph(group: t.Any, depth: int = 0) -> list[str]:
    """The lines that ansible-inventory --graph prints for a group, without the group ungrouped."""
    margin = "  |" * depth
    lines = [f"{margin}--@{group.name}:" if depth else f"@{group.name}:"]
    for child in group.child_groups:
        lines += [] if child.name == "ungrouped" else graph(child, depth + 1)
    return lines + [f"{margin}  |--{host.name}" for host in group.hosts]


def without_age(text: str) -> str:
    """Replace the age of a cache entry, which depends on how fast the test is."""
    return re.sub(r"\d+ seconds old", "N seconds old", text)


@pytest.mark.parametrize(("circumstances", "source", "warnings", "expected"), EXAMPLES)
def test_the_graph_of_a_source(
    inventory: Inventory, monkeypatch: pytest.MonkeyPatch, circumstances: str, source: str, warnings: str, expected: str
) -> None:
    monkeypatch.chdir(inventory.directory)
    if circumstances:
        inventory.read(source)
        inventory.service.fault(DENIED)
    data = inventory.read(source, cache=circumstances != "refresh, service refuses")
    assert "\n".join(graph(data.groups["all"])) == expected
    printed = "".join(f"[WARNING]: {warning}\n" for warning in inventory.warnings)
    assert without_age(printed) == without_age(warnings)


def test_the_error_for_an_unknown_option(inventory: Inventory) -> None:
    with pytest.raises(AnsibleParserError) as error:
        inventory.read({"data_centres": ["WA1"]})
    assert f"[ERROR]: {error.value}\n" in PAGE


def test_each_row_of_the_comparison_has_an_example() -> None:
    examples = {re.sub(r"[^a-z-]", "", title.lower().replace(" ", "-")): text for title, text in SECTIONS.items()}
    assert len(ROWS) >= 15
    assert [name for name, anchor, _cells in ROWS if not EXAMPLE.search(examples.get(anchor, ""))] == []
    assert {cells.count("|") for _name, _anchor, cells in ROWS} == {4}
