# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The folder that a module and the action plugin share."""

from __future__ import annotations

import multiprocessing
import stat
import threading
import time
import typing as t
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Identity
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import ConfigurationError
from ansible_collections.centurylink.cloud.plugins.module_utils.session import Session, digest, write_private

STALE = Identity("STALE", "ALTD", "VA1")


def test_without_a_folder_nothing_is_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    session = Session({})
    session.report("nobody hears this")
    assert (session.can_renew, session.data_center) == (False, None)
    with session.lock("nothing"):
        pass
    with pytest.raises(ConfigurationError, match="the controller gave no other"):
        session.renew(STALE)
    assert list(tmp_path.iterdir()) == []


def test_lines_of_progress_stay_lines(tmp_path: Path) -> None:
    session = Session({"channel": str(tmp_path)})
    session.report("one\ntwo")
    session.report("three")
    assert (tmp_path / "progress").read_text(encoding="utf-8") == "one two\nthree\n"


def test_a_fresh_token_is_asked_for_and_waited_for(tmp_path: Path) -> None:
    session = Session({"channel": str(tmp_path), "data_center": "VA1"})

    def controller() -> None:
        while not list(tmp_path.glob("stale-*")):
            time.sleep(0.01)
        write_private(tmp_path / f"fresh-{digest('STALE')}", "token FRESH\n")

    helper = threading.Thread(target=controller)
    helper.start()
    assert session.renew(STALE) == Identity("FRESH", "ALTD", "VA1")
    helper.join()
    # The folder may be read by others' tools: no file tells the stale token, and the fresh one is the owner's alone.
    assert all("STALE" not in path.name and "STALE" not in path.read_text() for path in tmp_path.iterdir())
    assert stat.S_IMODE((tmp_path / f"fresh-{digest('STALE')}").stat().st_mode) == 0o600


@pytest.mark.parametrize("answer", ["error no user", "token two words", "token "])
def test_an_answer_without_a_token_is_an_error(tmp_path: Path, answer: str) -> None:
    write_private(tmp_path / f"fresh-{digest('STALE')}", answer)
    with pytest.raises(ConfigurationError) as error:
        Session({"channel": str(tmp_path)}).renew(STALE)
    assert "two words" not in str(error.value)


def test_a_private_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    write_private(path, "a long text")
    write_private(path, "short")
    assert path.read_text(encoding="utf-8") == "short"
    assert [one.name for one in tmp_path.iterdir()] == ["kept"]


def test_a_digest_does_not_tell_its_secret() -> None:
    assert "secret" not in digest("secret")
    assert digest("secret") == digest("secret") != digest("Secret")
    assert len(digest("secret")) == 32


def _hold(folder: str, name: str, order: t.Any, number: int) -> None:
    with Session({"locks": folder}).lock(name):
        order.put(("in", number))
        time.sleep(0.05)
        order.put(("out", number))


def test_a_lock_is_held_by_one_task_at_a_time(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    order = context.SimpleQueue()
    tasks = [context.Process(target=_hold, args=(str(tmp_path), "server a", order, number)) for number in range(3)]
    for one in tasks:
        one.start()
    for one in tasks:
        one.join()
    seen = [order.get() for _number in range(6)]
    assert [what for what, _number in seen] == ["in", "out"] * 3
    assert [one[1] for one in seen[::2]] == [one[1] for one in seen[1::2]]


def test_two_things_are_held_at_the_same_time(tmp_path: Path) -> None:
    session = Session({"locks": str(tmp_path)})
    with session.lock("server a"), session.lock("server b"):
        assert len(list(tmp_path.iterdir())) == 2
    assert not any("server" in one.name for one in tmp_path.iterdir())
