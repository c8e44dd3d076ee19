# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command: modes, exit codes, files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clc_migrate import cli

OLD = "- name: A group\n  clc_group:\n    name: Web\n"
NEW = "- name: A group\n  centurylink.cloud.server_group:\n    name: Web\n    description: Web\n"


@pytest.fixture
def role(tmp_path: Path) -> Path:
    """A role with one task file, and files that are none of ours."""
    for name, text in {
        "tasks/main.yml": OLD,
        "defaults/main.yml": "a: 1\n",
        "files/x.txt": OLD,
        ".git/x.yml": OLD,
    }.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    return tmp_path


def test_nothing_is_written_without_the_option(role: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([str(role)]) == cli.OK
    out = capsys.readouterr().out
    assert "-  clc_group:\n+  centurylink.cloud.server_group:" in out
    assert "1 rewritten, 0 prefixed, 0 left; 1 files with changes" in out
    assert (role / "tasks/main.yml").read_text() == OLD


def test_written(role: Path) -> None:
    (role / "tasks/main.yml").chmod(0o640)
    assert cli.main([str(role), "--write"]) == cli.OK
    assert (role / "tasks/main.yml").read_text() == NEW
    assert (role / "tasks/main.yml").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (role / "tasks").iterdir()] == ["main.yml"]
    assert (role / "files/x.txt").read_text() == (role / ".git/x.yml").read_text() == OLD
    assert cli.main([str(role), "--check"]) == cli.OK


def test_check(role: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([str(role), "--check"]) == cli.WOULD_CHANGE
    assert "@@" not in capsys.readouterr().out
    assert (role / "tasks/main.yml").read_text() == OLD


def test_report_as_json(role: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([str(role), "--report", "json", "--prefix-only"]) == cli.OK
    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {"rewritten": 0, "prefixed": 1, "left": 0}
    assert report["tasks"][0]["line"] == 1
    assert report["tasks"][0]["new"] == "centurylink.cloud.clc_group"


def test_templates_can_be_specified(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text(
        "- clc_server:\n    name: WEB\n    template: rhel-7\n    count_group: Default Group\n    exact_count: 1\n"
    )
    assert cli.main([str(path), "--write", "--template", "RHEL-7=RHEL-7-64-TEMPLATE"]) == cli.OK
    assert "template: RHEL-7-64-TEMPLATE\n" in path.read_text()


@pytest.mark.parametrize("text", [b"a: [\n", b"\xff\xfe"])
def test_unreadable_files_are_reported_and_the_others_are_rewritten(
    role: Path, text: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = role / "tasks" / "broken.yml"
    broken.write_bytes(text)
    assert cli.main([str(role), "--write"]) == cli.ERRORS
    assert f"cannot read {broken}" in capsys.readouterr().err
    assert (role / "tasks/main.yml").read_text() == NEW


def test_a_file_is_never_broken(
    role: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("clc_migrate.document.Document.edited", lambda self: "a: [")
    assert cli.main([str(role), "--write"]) == cli.ERRORS
    assert (role / "tasks/main.yml").read_text() == OLD
    assert "left as it is" in capsys.readouterr().err


def test_a_path_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([str(tmp_path / "none.yml")]) == cli.ERRORS
    assert "No such file" in capsys.readouterr().err


def test_vault_files_and_empty_ones_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("$ANSIBLE_VAULT;1.1;AES256\n61\n")
    (tmp_path / "b.yml").write_text("")
    assert cli.main([str(tmp_path), "--check"]) == cli.OK
