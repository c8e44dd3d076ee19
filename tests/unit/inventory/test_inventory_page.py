# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The graphs in docs/inventory.md are those of their sources."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.inventories import Inventory

PAGE = (Path(__file__).parents[3] / "docs" / "inventory.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n([^`]*)```\n\n```text\n(@all:[^`]*)\n```", PAGE)


def graph(group: t.Any, depth: int = 0) -> list[str]:
    """The lines that ansible-inventory --graph prints for a group, without the group ungrouped."""
    margin = "  |" * depth
    lines = [f"{margin}--@{group.name}:" if depth else f"@{group.name}:"]
    for child in group.child_groups:
        lines += [] if child.name == "ungrouped" else graph(child, depth + 1)
    return lines + [f"{margin}  |--{host.name}" for host in group.hosts]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 8


@pytest.mark.parametrize(("source", "expected"), EXAMPLES)
def test_the_graph_of_a_source(inventory: Inventory, source: str, expected: str) -> None:
    data = inventory.read(source)
    assert "\n".join(graph(data.groups["all"])) == expected
    assert inventory.warnings == []


def test_the_warning(inventory: Inventory) -> None:
    inventory.read({"statuses": ["actve"]})
    assert f"[WARNING]: {inventory.warnings[0]}\n" in PAGE
