# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sessions run side by side, never two of one kind, and a session that fails fails the run with its last lines."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from tools import checks, results, sessions

NAMES = [
    "lint",
    "units-2.20-py3.12",
    "units-2.21-py3.13",
    "sanity-2.21",
    "integration-2.20",
    "integration-2.21",
    "gaps",
]
PATIENCE = 20.0  # seconds, after which a test fails that would else wait forever


def made(*names: str) -> list[sessions.Session]:
    return [sessions.Session(name) for name in names]


def ended(session: sessions.Session) -> results.SessionResult:
    return results.SessionResult(session.name, passed=True, seconds=0, cpu_seconds=0)


@pytest.fixture(autouse=True)
def reports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A directory of reports that is not the one of this run."""
    monkeypatch.setattr(results, "REPORTS", tmp_path)
    monkeypatch.setattr(results, "SESSIONS", tmp_path / "sessions.json")
    return tmp_path


def test_the_longest_begin_first_and_of_a_kind_the_newest() -> None:
    ordered = [session.name for session in sessions.longest_first(made(*NAMES))]
    assert ordered[:3] == ["integration-2.21", "integration-2.20", "sanity-2.21"]
    assert ordered[3:5] == ["units-2.21-py3.13", "units-2.20-py3.12"]
    assert sorted(ordered) == sorted(NAMES)


def test_each_session_runs_once() -> None:
    done = sessions.run_all(made(*NAMES), ended)
    assert sorted(result.name for result in done) == sorted(NAMES)


def test_two_sessions_run_at_the_same_time() -> None:
    both = threading.Barrier(2)

    def run(session: sessions.Session) -> results.SessionResult:
        both.wait(PATIENCE)
        return ended(session)

    assert len(sessions.run_all(made("integration-2.21", "sanity-2.21"), run)) == 2


def test_two_sessions_of_a_kind_do_not() -> None:
    waiting = sessions.Waiting(made("units-2.21", "units-2.20", "lint", "units-2.19"))
    first, other = waiting.take(), waiting.take()
    assert first is not None
    assert [session and session.name for session in (first, other)] == ["units-2.21", "lint"]
    taken: list[sessions.Session | None] = []
    thread = threading.Thread(target=lambda: taken.append(waiting.take()), daemon=True)
    thread.start()
    thread.join(0.1)
    assert taken == []
    waiting.ended(first)
    thread.join(PATIENCE)
    assert taken == made("units-2.20")


def test_an_error_of_the_runner_is_raised() -> None:
    def run(session: sessions.Session) -> results.SessionResult:
        raise OSError(session.name)

    with pytest.raises(OSError, match="lint"):
        sessions.run_all(made("lint"), run)


@pytest.fixture
def nox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, list[str]]:
    """A nox that lists an environment and two sessions of tests, and fails those whose names are in "failing"."""
    state: dict[str, list[str]] = {"failing": [], "ran": []}

    def outcome_of(check: checks.Check) -> checks.Outcome:
        state["ran"].append(check.name)
        return checks.Outcome(int(check.name in state["failing"]), f"line\nthe last of {check.name}\n", 1.0, 1.0)

    tagged = {sessions.ENVIRONMENT: made("lint-env"), sessions.TEST: made("gaps", "lint")}
    monkeypatch.setattr(sessions, "sessions_with", tagged.__getitem__)
    monkeypatch.setattr(checks, "outcome_of", outcome_of)
    results.write("counted", [results.Case("one")])
    return state


def test_a_run_that_passes(nox: dict[str, list[str]], capsys: pytest.CaptureFixture[str], reports: Path) -> None:
    (reports / "coverage.txt").write_text("operations covered: 3 of 4\n", encoding="utf-8")
    assert sessions.main() == 0
    assert nox["ran"][0] == "lint-env"
    assert sorted(nox["ran"][1:]) == ["gaps", "lint"]
    assert "line\nthe last of lint\nended lint (" in capsys.readouterr().out
    assert results.main() == 0
    assert capsys.readouterr().out.endswith("\n  operations covered: 3 of 4\n\n1 passed, 0 failed\n")


def test_a_session_that_fails_before_it_counts(nox: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    nox["failing"].append("lint")
    assert sessions.main() == 1
    assert sorted(nox["ran"]) == ["gaps", "lint", "lint-env"]
    capsys.readouterr()
    assert results.main() == 1
    summary = capsys.readouterr().out
    assert "  FAILED: lint\n    line\n    the last of lint\n" in summary
    assert "  BROKEN: lint\n" in summary
    assert summary.endswith("\n1 passed, 1 failed\n")


def test_a_failure_that_was_counted_counts_once(nox: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    nox["failing"].append("lint")
    results.write("lint", [results.Case("ruff", failure="E501")])
    assert sessions.main() == 1
    assert results.main() == 1
    summary = capsys.readouterr().out
    assert "BROKEN" not in summary
    assert summary.endswith("\n1 passed, 1 failed\n")


def test_no_tests_without_their_environments(nox: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    nox["failing"].append("lint-env")
    assert sessions.main() == 1
    assert nox["ran"] == ["lint-env"]
    assert results.main() == 1
    assert "  BROKEN: lint-env\n" in capsys.readouterr().out


def test_sessions_that_did_not_end(nox: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    assert results.main() == 1
    assert "BROKEN: no session" in capsys.readouterr().out


def test_sessions_are_kept_as_data(nox: dict[str, list[str]], reports: Path) -> None:
    sessions.main()
    kept = json.loads((reports / "sessions.json").read_text(encoding="utf-8"))
    assert {entry["name"] for entry in kept} == {"lint-env", "gaps", "lint"}
    assert (reports / "sessions" / "lint.log").read_text(encoding="utf-8") == "line\nthe last of lint\n"
