# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run that timed out, was killed, or did not wait while it created something: the next run creates nothing a second time.

Real modules run as processes against the simulator, over every resource that is created by a declaration.
"""

from __future__ import annotations

import importlib
import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import Killed, SimulatedService, serving
from ansible_collections.centurylink.cloud.tests.unit.support.updates import UPDATES, Made, Options, Update

JOB_SECONDS = 6.0
SPECS = "ansible_collections.centurylink.cloud.plugins.modules"
WAITING = [
    update for update in UPDATES if "wait" in importlib.import_module(f"{SPECS}.{update.module}").MODULE.argument_spec
]


@pytest.fixture
def pending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of the user for creates that have not ended."""
    directory = tmp_path / "pending"
    monkeypatch.setenv(running.HANDED_OVER, json.dumps({"can_log_in": True, "pending": str(directory)}))
    return directory


@pytest.fixture
def service(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pending: Path
) -> t.Iterator[SimulatedService]:
    runner = Runner(None, clock, capsys, monkeypatch, tmp_path)
    simulated = SimulatedService(clock, runner, job_seconds=JOB_SECONDS)
    with serving(simulated):
        yield simulated


def _prepare(service: SimulatedService, update: Update) -> tuple[str, Options]:
    """Run what a resource needs, and return the module and the options that create it."""
    made: Made = {}
    *before, (module, options) = update.before
    for name, needed in before:
        outcome = service.run(name, needed(made) if callable(needed) else needed)
        assert outcome.changed
        made[name] = outcome.result
    service.log()
    return module, options(made) if callable(options) else options


def _creates(service: SimulatedService) -> list[str]:
    """Return the operations that created something since the last call."""
    operations = [str(entry.operationId) for entry in service.log() if entry.method == "POST"]
    return [name for name in operations if name.startswith(("create", "add", "claim"))]


def _check_created_once(
    service: SimulatedService, pending: Path, module: str, options: Options, first: list[str]
) -> None:
    second = service.run(module, options)
    assert not second.failed, second.msg
    created = [*first, *_creates(service)]
    assert len(created) == len(set(created)), created
    assert not service.run(module, options).changed
    assert not list(pending.glob("*")), "the record of a create that has ended stays"


@pytest.mark.parametrize("update", WAITING, ids=str)
def test_after_a_timeout(service: SimulatedService, pending: Path, update: Update) -> None:
    module, options = _prepare(service, update)
    first = service.run(module, {**options, "wait_timeout": 2})
    if first.failed and first.msg.startswith(("Cannot create", "Cannot claim")):
        assert "The next run of this task on this controller waits for it." in first.msg, first.msg
    _check_created_once(service, pending, module, options, _creates(service))


@pytest.mark.parametrize("update", UPDATES, ids=str)
def test_after_a_kill_between_the_create_and_its_response(
    service: SimulatedService, pending: Path, update: Update
) -> None:
    module, options = _prepare(service, update)
    service.kill_after = 1
    with pytest.raises(Killed):
        service.run(module, options)
    _check_created_once(service, pending, module, options, _creates(service))


@pytest.mark.parametrize("update", [update for update in WAITING if update.module != "network"], ids=str)
def test_after_a_run_that_did_not_wait(service: SimulatedService, pending: Path, update: Update) -> None:
    module, options = _prepare(service, update)
    assert service.run(module, {**options, "wait": False}).changed
    _check_created_once(service, pending, module, options, _creates(service))
