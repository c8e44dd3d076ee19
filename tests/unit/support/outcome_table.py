# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of outcomes under faults, docs/outcomes.md: each test compares its cell with it.

The end of a run writes the table of this run to build/reports/outcomes.md. If a change of an outcome is intended, or a resource is
new, run the tests with WRITE_OUTCOMES=1, which compares nothing, and copy the table.
"""

from __future__ import annotations

import functools
import json
import os
import typing as t
from pathlib import Path

_ROOT = Path(__file__).parents[3]
REPORTS = _ROOT / "build" / "reports"
DOCUMENT = _ROOT / "docs" / "outcomes.md"
_CELLS = REPORTS / "outcomes"
_HEAD = """\
<!--
Copyright (c) 2026 centurylink.cloud contributors
GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
SPDX-License-Identifier: GPL-3.0-or-later
-->

# Outcomes under faults

What a task reports, and what the next run of the same task does, if one thing goes wrong at one of its writes. `tests/unit` runs
each of these cells with the real modules against the simulator, and fails if a cell is another one than here;
[reliability](reliability.md) explains the rules. "write 2" is the second write of a task, and so on; an empty cell means that the
fault does not depend on which write it is, and "-" that the task has no such request.

"""


def write_cell(resource: str, kind: str, fault: str, cell: str, write: int = 1) -> None:
    """Write the outcome of one resource, kind of work, and fault, and compare it with the documented one.

    write: the number of the write with the fault.
    """
    kind += f", write {write}" if write > 1 else ""
    _CELLS.mkdir(parents=True, exist_ok=True)
    facts = {"resource": resource, "kind": kind, "fault": fault, "cell": cell}
    name = "".join(letter if letter.isalnum() else "-" for letter in f"{resource}.{kind}.{fault}")
    (_CELLS / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")
    if not os.environ.get("WRITE_OUTCOMES"):
        assert documented().get((resource, kind, fault)) == cell, "docs/outcomes.md has another outcome"


@functools.cache
def documented() -> dict[tuple[str, str, str], str]:
    """Return the documented outcomes by resource, kind of work, and fault."""
    lines = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    head, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return {(row[0], row[1], fault): cell for row in rows for fault, cell in zip(head[2:], row[2:], strict=True)}


def write_table(faults: t.Sequence[str]) -> None:
    """Write the table of all cells: a row for each resource and kind of work, a column for each fault."""
    if not _CELLS.is_dir():
        return
    cells = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(_CELLS.glob("*.json"))]
    by_row: dict[tuple[str, str], dict[str, str]] = {}
    for cell in cells:
        by_row.setdefault((cell["resource"], cell["kind"]), {})[cell["fault"]] = cell["cell"]
    lines = [f"| resource | work | {' | '.join(faults)} |", "|---" * (len(faults) + 2) + "|"]
    for (resource, kind), row in sorted(by_row.items()):
        lines.append(f"| {resource} | {kind} | {' | '.join(row.get(fault, '') for fault in faults)} |")
    (REPORTS / "outcomes.md").write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
