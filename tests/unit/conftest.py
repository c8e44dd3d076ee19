# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures of the unit tests: a scripted service, a clock that advances without waiting, a clean environment."""

from __future__ import annotations

import importlib
import json
import os
import typing as t
from pathlib import Path

import pytest

if t.TYPE_CHECKING:
    from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
    from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
    from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
    from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService
    from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted

_COLLECTION = "ansible_collections.centurylink.cloud"
_TIMED = (
    "api.client",
    "api.jobs",
    "kit.pending",
    "kit.task",
    "resources.load_balancer._shared",
    "resources.server.creation",
    "convergence",
    "environment.scheduler",
    "running",
)


def _support(name: str) -> t.Any:
    """Import a helper. pytest reads this file before the one at the root has made the collection importable."""
    return importlib.import_module(f"{_COLLECTION}.tests.unit.support.{name}")


def _plugins(name: str) -> t.Any:
    return importlib.import_module(f"{_COLLECTION}.plugins.module_utils.{name}")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: t.Any) -> None:
    """Leave nothing of the tester's own account, proxies and netrc in reach."""
    for name in list(os.environ):
        if name.startswith("CLC_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))
    monkeypatch.setenv("ANSIBLE_HOME", str(tmp_path / "ansible-home"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of all plugins, in the place of real time."""
    found: Clock = _support("clock").Clock()
    for name in _TIMED:
        monkeypatch.setattr(_plugins(name), "time", found)
    return found


@pytest.fixture
def api(clock: Clock) -> t.Iterator[Scripted]:
    """The scripted service. The clock sets the time, so that no test waits between tries."""
    with _support("wire").scripted() as found:
        yield found


@pytest.fixture
def client() -> Client:
    """A client of the public addresses that speaks for the recorded account."""
    made: Client = _plugins("api.client").Client(_plugins("api.endpoints").Endpoints.make({}), user_agent="test")
    found = _support("made")
    made.identity = _plugins("api.client").Identity(_support("wire").TOKEN, found.ALIAS, found.DATA_CENTER)
    return made


@pytest.fixture
def run(
    api: Scripted, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Runner:
    """Runs a real module against the scripted service, as a process and in the worker of a task."""
    found: Runner = _support("modules").Runner(api, clock, capsys, monkeypatch, tmp_path)
    return found


@pytest.fixture
def new_service(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> t.Callable[[], SimulatedService]:
    """Return a function that makes a simulated service, against which modules run that log in themselves."""
    handed_over = {"can_log_in": True, "pending": str(tmp_path / "pending")}
    monkeypatch.setenv(_plugins("running").HANDED_OVER, json.dumps(handed_over))
    monkeypatch.chdir(tmp_path)  # installers and reports are written there

    def made() -> SimulatedService:
        found: SimulatedService = _support("simulated").SimulatedService(
            clock, _support("modules").Runner(None, clock, capsys, monkeypatch, tmp_path)
        )
        return found

    return made


@pytest.fixture
def undocumented_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests whose modules or responses are none that exist: results are not compared with RETURN."""
    monkeypatch.setattr(_support("returned"), "differences", lambda *arguments: [])


@pytest.fixture(autouse=True, scope="session")
def _table_of_outcomes() -> t.Iterator[None]:
    """Write the table of outcomes after the last test of this process; with two processes, the last one to end writes it whole."""
    yield
    _support("outcome_table").write_table((*_support("outcome_runs").FAULTS, _support("outcome_runs").SAME_TIME))
