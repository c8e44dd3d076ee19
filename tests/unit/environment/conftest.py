# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service against which the modules of environments run: a simulator whose runs know the creates of earlier ones."""

from __future__ import annotations

import importlib
import json
import typing as t
from pathlib import Path

import pytest

if t.TYPE_CHECKING:
    from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
    from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
    from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService

# The variable that says where runs keep creates that have not ended, see module_utils/running.py.
_HANDED_OVER = "CENTURYLINK_CLOUD_TASK"
_SUPPORT = "ansible_collections.centurylink.cloud.tests.unit.support.simulated"


@pytest.fixture
def _pending(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let each run know the creates that earlier ones have started."""
    monkeypatch.setenv(_HANDED_OVER, json.dumps({"can_log_in": True, "pending": str(tmp_path / "pending")}))


def _serve(clock: Clock, run: Runner, seed: str) -> t.Iterator[SimulatedService]:
    """Yield a simulator. pytest reads this file before the one at the root has made the collection importable."""
    simulated = importlib.import_module(_SUPPORT)
    found: SimulatedService = simulated.SimulatedService(clock, run, seed=seed)
    with simulated.serving(found):
        yield found


@pytest.fixture
def service(clock: Clock, run: Runner, _pending: None) -> t.Iterator[SimulatedService]:
    """A simulator with an empty account."""
    yield from _serve(clock, run, "empty")


@pytest.fixture
def small(clock: Clock, run: Runner, _pending: None) -> t.Iterator[SimulatedService]:
    """A simulator with an account that was built by hand."""
    yield from _serve(clock, run, "small")
