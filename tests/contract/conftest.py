# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures: a simulator in this process for each test, and one real process for the session."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from simclient import COMPOSED, Client

COMMAND = str(Path(sys.executable).with_name("clc-simulator"))


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as running:
        yield running


@pytest.fixture
def make(runner: asyncio.Runner) -> Iterator[Callable[..., Client]]:
    """Create clients; after the test, check that there were no contract violations and no unknown properties."""
    clients: list[Client] = []

    def new(seed: str = "small", state: Path | None = None) -> Client:
        # A simulator has its state file alone, so this one replaces an earlier one.
        for client in clients:
            if state is not None and client.simulator.settings.state == state:
                client.simulator.close()
        clients.append(Client(runner, seed, state))
        return clients[-1]

    yield new
    for client in clients:
        client.simulator.close()
        for entry in client.log():
            assert client.may_violate or entry["contract_violation"] is None, entry
            assert client.may_be_unknown or entry["unknown_properties"] == [], entry


@pytest.fixture
def composed(make: Callable[..., Client]) -> Client:
    return make(COMPOSED).login()


@pytest.fixture
def small(make: Callable[..., Client]) -> Client:
    return make("small").login()


class Process:
    """A running `clc-simulator serve`."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [COMMAND, "serve", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.stdout: IO[str] = self.process.stdout  # type: ignore[assignment]
        self.line = self.stdout.readline()
        self.url = self.line.removeprefix("listening on ").strip()

    def end(self) -> tuple[int, str, str]:
        """Send SIGTERM; return exit code and output."""
        self.process.terminate()
        out, err = self.process.communicate(timeout=10)
        return self.process.returncode, out, err


@pytest.fixture
def start() -> Iterator[Callable[..., Process]]:
    started: list[Process] = []

    def new(*arguments: str) -> Process:
        started.append(Process(*arguments))
        return started[-1]

    yield new
    for process in started:
        if process.process.poll() is None:
            process.process.kill()
        process.process.communicate()


@pytest.fixture(scope="session")
def running() -> Iterator[Process]:
    """One process for all tests that need a socket."""
    process = Process("--seed", COMPOSED, "--job-seconds", "0.2")
    yield process
    process.end()
