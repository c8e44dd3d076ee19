# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run all of nox's sessions that have a tag, two at a time, and note how each ended; `make test` calls this.

nox runs sessions one after another, and then processors idle while integration targets wait for jobs. Two sessions of one
kind (such as integration-2.20 and integration-2.21) never run at the same time: one that waits is to have one that computes
with it, and those of ansible-test's sanity share virtual environments below ~/.ansible/test.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from . import checks, results
from .support import ROOT

# Tags in noxfile.py. Environments first: two sessions that need the same one would make it at the same time.
ENVIRONMENT, TEST = "environment", "test"
# Each session uses all processors by itself.
_AT_ONCE = 2
# The kinds in the order in which to begin them: those that wait before those that compute, which can use all that is left of the
# processors at the end.
_ORDER = ("integration", "sanity", "migrate", "events", "awx", "units", "simulator", "lint")


@dataclass(frozen=True)
class Session:
    """A session as nox lists it."""

    name: str

    @property
    def kind(self) -> str:
        """What sessions that differ only in the ansible-core have in common."""
        return self.name.partition("-")[0]


def longest_first(sessions: Sequence[Session]) -> list[Session]:
    """Return the sessions in the order in which to begin them; of a kind, nox lists the newest ansible-core last."""
    ranks = {kind: rank for rank, kind in enumerate(_ORDER)}
    newest_first = list(reversed(sessions))
    return sorted(newest_first, key=lambda session: ranks.get(session.kind, len(ranks)))


class Waiting:
    """The sessions that have not begun, and the kinds of those that run."""

    def __init__(self, sessions: Sequence[Session]) -> None:
        self._sessions = list(sessions)
        self._running: set[str] = set()
        self._changed = threading.Condition()

    def take(self) -> Session | None:
        """Return the next session of a kind that does not run, as soon as there is one; None if none is left."""
        with self._changed:
            while self._sessions:
                for session in self._sessions:
                    if session.kind not in self._running:
                        self._sessions.remove(session)
                        self._running.add(session.kind)
                        return session
                self._changed.wait()
            return None

    def ended(self, session: Session) -> None:
        """Let sessions of that kind begin."""
        with self._changed:
            self._running.remove(session.kind)
            self._changed.notify_all()


def run_all(
    sessions: Sequence[Session], run: Callable[[Session], results.SessionResult]
) -> list[results.SessionResult]:
    """Run sessions, two at a time; return how they ended, in the order in which they did."""
    waiting = Waiting(sessions)
    ended: list[results.SessionResult] = []

    def work() -> None:
        while (session := waiting.take()) is not None:
            try:
                ended.append(run(session))
            finally:
                waiting.ended(session)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for worker in [pool.submit(work) for _number in range(_AT_ONCE)]:
            worker.result()
    return ended


def run_nox(session: Session) -> results.SessionResult:
    """Run a session; print its output at its end, in one piece, and keep it in reports."""
    sys.stdout.write(f"begin {session.name}\n")
    sys.stdout.flush()
    command = [checks.program("nox"), "--session", session.name]
    outcome = checks.outcome_of(checks.Check(session.name, command))
    log = results.log_of(session.name)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(outcome.output, encoding="utf-8")
    state = "ended" if outcome.status == 0 else "FAILED"
    spent = f"{outcome.seconds:.0f} s, CPU {outcome.cpu_seconds:.0f} s"
    sys.stdout.write(f"\n{outcome.output.strip()}\n{state} {session.name} ({spent})\n\n")
    sys.stdout.flush()
    return results.SessionResult(
        session.name, outcome.status == 0, round(outcome.seconds, 1), round(outcome.cpu_seconds, 1)
    )


def sessions_with(tag: str) -> list[Session]:
    """Return the sessions of noxfile.py that have a tag."""
    command = [checks.program("nox"), "--list", "--json"]
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [Session(entry["session"]) for entry in json.loads(found) if tag in entry["tags"]]


def main() -> int:
    """Make the environments, run the tests in them, write build/reports/sessions.json; fail if a session fails."""
    ended = run_all(sessions_with(ENVIRONMENT), run_nox)
    if all(session.passed for session in ended):
        ended += run_all(longest_first(sessions_with(TEST)), run_nox)
    results.SESSIONS.parent.mkdir(parents=True, exist_ok=True)
    results.SESSIONS.write_text(json.dumps([asdict(session) for session in ended], indent=2), encoding="utf-8")
    return 0 if all(session.passed for session in ended) else 1


if __name__ == "__main__":
    sys.exit(main())
