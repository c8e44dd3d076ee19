# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Starts `clc-simulator serve` as a process of its own and returns when it accepts requests."""

from __future__ import annotations

import select
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

LISTENING = "listening on "
"""What the line on stdout of a ready server begins with; its URL follows."""
START_SECONDS = 60.0
"""How long a start may take. It takes about one second, and more on a machine that is busy or cold."""
_STOP_SECONDS = 10.0


class StartFailed(Exception):
    """The server did not start. str() is what it wrote on stderr, or that it took too long."""


@dataclass(frozen=True)
class ServerProcess:
    """A running server."""

    process: subprocess.Popen[str]
    url: str

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self.process.poll() is None

    def stop(self) -> None:
        """End the process: by SIGTERM, and by SIGKILL if that takes too long."""
        self.process.terminate()
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


def start_server(arguments: Sequence[str], *, timeout: float = START_SECONDS, detached: bool = False) -> ServerProcess:
    """Start `clc-simulator serve` with these arguments and wait until it accepts requests.

    timeout: seconds. detached: whether the server continues when the terminal or the process group of the caller ends.
    Raise StartFailed if it does not start in time.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "clc_simulator", "serve", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=detached,
        )
        assert process.stdout is not None
        line = _first_line(process.stdout, timeout)
        if line.startswith(LISTENING):
            return ServerProcess(process, line.removeprefix(LISTENING).strip())
        process.kill()
        process.wait()
        process.stdout.close()
        errors.seek(0)
        raise StartFailed(errors.read().strip() or f"the server did not start within {timeout:g} seconds")


def _first_line(stdout: IO[str], timeout: float) -> str:
    """Return the first line of a server, or an empty string if it has ended or took too long."""
    # The server writes its line at once, so that readline does not wait for the rest of it.
    readable, _, _ = select.select([stdout], [], [], timeout)
    return stdout.readline() if readable else ""
