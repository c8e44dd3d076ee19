# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fixture `clc_simulator` for pytest, which finds it by the entry point of this package.

It imports no other part of the simulator before a test asks for it, so that other test runs do not become slower.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from clc_simulator.testing import RunningSimulator

_SEED, _OPTIONS = "clc_simulator_seed", "clc_simulator_options"
_MARKER = "clc_simulator"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the settings of a project."""
    parser.addini(_SEED, "seed of the fixture clc_simulator: small, empty, fleet:N, or a file", default="small")
    parser.addini(_OPTIONS, "more options of clc-simulator serve, such as --job-seconds 0", type="args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}(seed): the seed of a test's simulator; the path of a file is relative to the file of the test",
    )


@pytest.fixture
def clc_simulator(request: pytest.FixtureRequest) -> Iterator[RunningSimulator]:
    """A simulator of the CenturyLink Cloud v2 API with a fresh state, on a free port of the loopback interface."""
    from clc_simulator.testing import running

    # A server for each test: clients may keep what they know of a URL, as the collection does with interrupted creates.
    with running(*request.config.getini(_OPTIONS), seed=_seed(request)) as simulator:
        yield simulator


def _seed(request: pytest.FixtureRequest) -> str:
    """Return the seed of the closest marker, or that of the project."""
    marker = request.node.get_closest_marker(_MARKER)
    if marker is None:
        return _located(str(request.config.getini(_SEED)), request.config.rootpath)
    return _located(_seed_of(*marker.args, **marker.kwargs), request.path.parent)


def _seed_of(seed: str) -> str:
    """Return the argument of the marker; the signature rejects any other one."""
    return seed


def _located(seed: str, directory: Path) -> str:
    """Return a seed; the path of an existing file is relative to a directory."""
    path = directory / seed
    return str(path) if path.is_file() else seed


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the requests to the report of a failed test."""
    report = yield
    simulator: Any = getattr(item, "funcargs", {}).get("clc_simulator")
    if report.failed and call.when == "call" and simulator is not None:
        from clc_simulator.testing import ControlError

        try:
            report.sections.append(("Requests to clc_simulator", simulator.requests.describe()))
        except ControlError as error:
            report.sections.append(("Requests to clc_simulator", str(error)))
    return report
