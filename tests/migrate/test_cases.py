# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole files before and after, with the report: cases/NAME/{before,after}.yml and report.txt.

After an intended change, `CLC_MIGRATE_WRITE=1 pytest tests/migrate/test_cases.py` writes them anew; read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clc_migrate import cli

CASES = Path(__file__).parent / "cases"
OPTIONS = {"prefix_only": ["--prefix-only"]}


def migrated(directory: Path, text: str, options: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Return a text rewritten, and the report."""
    path = directory / "site.yml"
    path.write_bytes(text.encode())
    assert cli.main([str(path), "--write", *options]) == cli.OK
    report = capsys.readouterr().out.replace(str(path), "site.yml")
    return path.read_bytes().decode(), report


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_case(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directory = CASES / case
    before = (directory / "before.yml").read_bytes().decode()
    after, report = migrated(tmp_path, before, OPTIONS.get(case, []), capsys)
    if os.environ.get("CLC_MIGRATE_WRITE"):
        (directory / "after.yml").write_bytes(after.encode())
        (directory / "report.txt").write_text(report, encoding="utf-8")
    assert after == (directory / "after.yml").read_bytes().decode()
    assert report == (directory / "report.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_what_was_rewritten_stays(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    after = (CASES / case / "after.yml").read_bytes().decode()
    assert migrated(tmp_path, after, OPTIONS.get(case, []), capsys)[0] == after


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_line_ends_stay(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (CASES / case / "before.yml").read_text(encoding="utf-8").replace("\n", "\r\n")
    after = (CASES / case / "after.yml").read_text(encoding="utf-8").replace("\n", "\r\n")
    assert migrated(tmp_path, before, OPTIONS.get(case, []), capsys)[0] == after
