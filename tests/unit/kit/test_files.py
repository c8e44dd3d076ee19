# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files on the module's host."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import InvalidTaskError
from ansible_collections.centurylink.cloud.plugins.module_utils.kit import files


def test_a_file_is_put_in_one_step_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    assert files.read_text(str(target)) is None
    files.write_text(files.Host(), str(target), "a\r\nü\n", 0o600)
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == ("a\r\nü\n".encode(), 0o600)
    assert files.read_text(str(target)) == "a\r\nü\n"
    target.chmod(0o644)
    files.write_text(files.Host(), str(target), "b", 0o600)
    assert target.stat().st_mode & 0o777 == 0o644
    files.write_text(files.Host(), str(target), "c", 0o700, keeps_attributes=False)
    assert target.stat().st_mode & 0o777 == 0o700
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]


def test_a_link_goes_on_leading_to_the_file(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    files.write_text(files.Host(), str(link), "a", 0o600)
    assert (link.is_symlink(), (tmp_path / "real").read_text()) == (True, "a")


def test_places_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(InvalidTaskError, match="it is a directory"):
        files.check_place(str(tmp_path))
    with pytest.raises(InvalidTaskError, match="the directory"):
        files.check_place(str(tmp_path / "none" / "a"))
    with pytest.raises(InvalidTaskError, match="Cannot write"):
        files.write_text(files.Host(), str(tmp_path / "none" / "a"), "a", 0o600)
    with pytest.raises(InvalidTaskError, match="Cannot read"):
        files.read_text(str(tmp_path))
    files.check_place(str(tmp_path / "a"))
