# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resource of docs/writing-a-resource.md works as it is printed there, and its declaration is short."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from tools import copytree
from tools.support import ROOT

GUIDE = ROOT / "docs" / "writing-a-resource.md"
DECLARATION = "plugins/module_utils/resources/widget/widget.py"
UNIT_TEST = "tests/unit/widget/test_widget.py"
LONGEST_DECLARATION = 40
_FILE = re.compile(r"<!-- file: (\S+) -->\n```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PATHS = re.compile(r"^```python\n(WIDGETS = .*?)^```$", re.DOTALL | re.MULTILINE)


def printed_files() -> dict[str, str]:
    return dict(_FILE.findall(GUIDE.read_text(encoding="utf-8")))


def code_lines(source: str) -> int:
    """Return the number of lines that are neither empty nor a comment nor part of a docstring."""
    lines = source.splitlines()
    documentation: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            documentation.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and number not in documentation
        for number, line in enumerate(lines, 1)
    )


def run(copy: Path, *arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_declaration_is_short() -> None:
    assert code_lines(printed_files()[DECLARATION]) <= LONGEST_DECLARATION


def test_lines_of_code_exclude_documentation() -> None:
    assert code_lines('"""Two\nlines."""\n\n# Why.\nA = 1\nB = (\n    2,\n)\n') == 4


def test_the_printed_resource_passes_its_unit_test(tmp_path: Path) -> None:
    copy = copytree.make(tmp_path, left_out=())
    for name, text in printed_files().items():
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    paths = _PATHS.search(GUIDE.read_text(encoding="utf-8"))
    assert paths is not None
    with (copy / "plugins/module_utils/api/paths.py").open("a", encoding="utf-8") as file:
        file.write(paths.group(1))
    run(copy, "-m", "tools.generate")
    run(copy, "-m", "tools.generate", "--check")
    run(copy, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", UNIT_TEST)
