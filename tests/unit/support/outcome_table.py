# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of outcomes under faults: each test writes its cell, and the end of the run the table, build/reports/faults.md."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

REPORTS = Path(__file__).parents[3] / "build" / "reports"
_CELLS = REPORTS / "faults"


def write_cell(resource: str, kind: str, fault: str, cell: str, write: int = 1) -> None:
    """Write the outcome of one resource, kind of work, and fault. write: the number of the write with the fault."""
    kind += f", write {write}" if write > 1 else ""
    _CELLS.mkdir(parents=True, exist_ok=True)
    facts = {"resource": resource, "kind": kind, "fault": fault, "cell": cell}
    name = "".join(letter if letter.isalnum() else "-" for letter in f"{resource}.{kind}.{fault}")
    (_CELLS / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")


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
    (REPORTS / "faults.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
