# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that the processes of one run share."""

from __future__ import annotations

import fcntl
import multiprocessing
import stat
import time
import typing as t
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.run_files import RunLocks, digest, write_private


def test_a_private_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    write_private(path, "a long text")
    write_private(path, "short")
    assert path.read_text(encoding="utf-8") == "short"
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_digest_does_not_reveal_its_secret() -> None:
    assert "secret" not in digest("secret")
    assert digest("secret") == digest("secret") != digest("Secret")
    assert len(digest("secret")) == 32


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_private(tmp_path / "kept", "x")
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o600


def _hold(directory: str, name: str, order: t.Any, number: int) -> None:
    with RunLocks(directory).hold(name):
        order.put(("in", number))
        time.sleep(0.05)
        order.put(("out", number))


def test_one_task_at_a_time_has_a_lock(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    order = context.SimpleQueue()
    tasks = [context.Process(target=_hold, args=(str(tmp_path), "server a", order, number)) for number in range(3)]
    for task in tasks:
        task.start()
    for task in tasks:
        task.join()
    events = [order.get() for _number in range(6)]
    assert [event for event, _number in events] == ["in", "out"] * 3
    assert [number for _event, number in events[::2]] == [number for _event, number in events[1::2]]


def _hold_until_killed(directory: str, acquired: t.Any) -> None:
    with RunLocks(directory).hold("server a"):
        acquired.set()
        time.sleep(60)


def test_a_killed_task_holds_nothing_any_more(tmp_path: Path) -> None:
    """The worker of a run that was interrupted ends without any `finally`."""
    context = multiprocessing.get_context("fork")
    acquired = context.Event()
    task = context.Process(target=_hold_until_killed, args=(str(tmp_path), acquired))
    task.start()
    assert acquired.wait(10)
    task.kill()
    task.join()
    with RunLocks(str(tmp_path)).hold("server a"), (tmp_path / digest("server a")).open() as file:
        assert _is_locked(file)  # by this process, which did not have to wait


def _is_locked(file: t.IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def test_two_tasks_have_different_locks_at_the_same_time(tmp_path: Path) -> None:
    locks = RunLocks(str(tmp_path))
    with locks.hold("server a"), locks.hold("server b"):
        assert len(list(tmp_path.iterdir())) == 2
    assert not any("server" in path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize("directory", [None, "gone"])
def test_without_a_directory_of_the_run_nothing_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directory: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    locks = RunLocks(directory)
    with locks.hold("server a"), locks.hold("server a"):
        pass
    assert list(tmp_path.iterdir()) == []
