# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start the simulator for a run of tests, and ask it afterwards what it saw."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import threading
import typing as t
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from . import checks

_PATIENCE = 30.0  # seconds until its line; it takes about one, and machines of CI are slow when they are cold
_LINE = "listening on "


class SimulatorFailed(Exception):
    """The simulator did not start, or did not respond."""


def command() -> str:
    """Return the path of the simulator in this virtual environment."""
    return checks.program("clc-simulator")


@contextlib.contextmanager
def serving(*options: str, log: Path) -> Iterator[str]:
    """Run a simulator on a free port of the loopback; give its address, end it at the end. Its stderr goes to log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as errors:
        line = [command(), "serve", "--port", "0", *options]
        process = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            yield _address(process, log)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(process: subprocess.Popen[str], log: Path) -> str:
    """Wait for the simulator's line and return the address in it."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        lines.put(process.stdout.readline() if process.stdout else "")

    # A thread, since a read from a pipe has no time limit of its own.
    threading.Thread(target=read, daemon=True).start()
    try:
        line = lines.get(timeout=_PATIENCE).strip()
    except queue.Empty:
        line = ""
    if not line.startswith(_LINE):
        output = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise SimulatorFailed(f"the simulator did not say that it listens, but {line!r}\n{output}")
    return line.removeprefix(_LINE)


def ask(address: str, path: str) -> t.Any:
    """GET one of the simulator's control paths and return the JSON of the response."""
    return json.loads(_control(address, "GET", path))


def forget_requests(address: str) -> None:
    """Empty the simulator's log of requests."""
    _control(address, "DELETE", "requests")


def _control(address: str, method: str, path: str) -> bytes:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=_PATIENCE)
    request = f"{method} /_simulator/{path}"
    try:
        connection.request(method, f"/_simulator/{path}")
        response = connection.getresponse()
        body = response.read()
    except OSError as error:
        raise SimulatorFailed(f"the simulator does not respond to {request}: {error}") from error
    finally:
        connection.close()
    if response.status not in (200, 204):
        raise SimulatorFailed(f"the simulator responded to {request} with {response.status}: {body[:500]!r}")
    return body


def violations(log: Sequence[dict[str, t.Any]]) -> list[str]:
    """Return a line for each request of the log that had unknown properties, or whose response broke the contract."""
    faults: list[str] = []
    for entry in log:
        request = f"{entry.get('method')} {entry.get('path')} ({entry.get('operationId')}, {entry.get('user_agent')})"
        if entry["unknown_properties"]:
            faults.append(f"{request}: unknown properties {entry['unknown_properties']}")
        if entry["contract_violation"]:
            faults.append(f"{request}: the response broke the contract: {entry['contract_violation']}")
    return faults
