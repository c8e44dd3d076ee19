# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command: version, a server in the background, and the wait until a server responds."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import clc_simulator
from clc_simulator import cli
from clc_simulator.testing import process
from clc_simulator.testing.control import Control, ControlError, NotReady
from conftest import COMMAND, Process


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )


def has_ended(pid: int) -> bool:
    """Wait for the end of a process that is not a child of this one."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], 10)[0])
    finally:
        os.close(descriptor)


@contextmanager
def other_service(status: int, body: bytes) -> Iterator[str]:
    """Run an HTTP server that is not a simulator."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_version() -> None:
    done = command("--version")
    assert (done.returncode, done.stdout) == (0, f"clc-simulator {clc_simulator.__version__}\n")


def test_background_returns_when_the_server_accepts_requests(tmp_path: Path) -> None:
    pid_file = tmp_path / "simulator.pid"
    done = command("serve", "--background", "--seed", "empty", "--pid-file", str(pid_file))
    pid = int(pid_file.read_text())
    try:
        assert (done.returncode, done.stderr) == (0, "")
        url = done.stdout.removeprefix("listening on ").strip()
        ready = command("wait", CLC_V2_API_URL=f"{url}/v2")
        assert (ready.returncode, ready.stderr) == (0, "")
        assert ready.stdout == f"clc-simulator {clc_simulator.__version__} responds at {url}\n"
    finally:
        os.kill(pid, signal.SIGTERM)
    assert has_ended(pid)
    assert not pid_file.exists()
    assert command("wait", url, "--timeout", "0").returncode == 1


def test_background_reports_why_the_server_cannot_start(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port, pid_file = str(taken.getsockname()[1]), tmp_path / "simulator.pid"
        done = command("serve", "--background", "--port", port, "--pid-file", str(pid_file))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("clc-simulator: ")
    assert "Address already in use" in done.stderr
    assert not pid_file.exists()


def test_the_file_of_the_process_id_is_kept_if_another_server_cannot_start(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    pid_file = tmp_path / "simulator.pid"
    first = start("--seed", "empty", "--pid-file", str(pid_file))
    assert pid_file.read_text() == f"{first.process.pid}\n"
    second = command("serve", "--seed", "empty", "--port", first.url.rpartition(":")[2], "--pid-file", str(pid_file))
    assert second.returncode == 1
    assert pid_file.read_text() == f"{first.process.pid}\n"
    first.end()
    assert not pid_file.exists()


def test_a_file_of_the_process_id_that_cannot_be_written(tmp_path: Path) -> None:
    done = command("serve", "--seed", "empty", "--pid-file", str(tmp_path / "missing" / "simulator.pid"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("clc-simulator: ")
    assert "simulator.pid" in done.stderr


def test_start_gives_up_after_its_time() -> None:
    with pytest.raises(process.StartFailed, match="did not start within 0 seconds"):
        process.start_server(["--seed", "empty"], timeout=0)


def test_wait_gives_up_after_its_time(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert cli.main(["wait", url, "--timeout", "0.2"]) == 1
    message = capsys.readouterr().err
    assert message.startswith(f"clc-simulator: No simulator responded at {url} within 0.2 seconds.")
    assert "refused" in message


def test_wait_finishes_when_the_server_starts_later(start: Callable[..., Process]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    waiting = subprocess.Popen(
        [COMMAND, "wait", f"http://127.0.0.1:{port}", "--timeout", "60"], stdout=subprocess.PIPE, text=True
    )
    start("--seed", "empty", "--port", str(port))
    out, _ = waiting.communicate(timeout=60)
    assert waiting.returncode == 0
    assert "responds at" in out


@pytest.mark.parametrize(
    ("status", "body", "cause"),
    [(404, b"no", "status 404"), (200, b"[]", "not one of a simulator"), (200, b"<html>", "not one of a simulator")],
)
def test_wait_does_not_accept_another_service(status: int, body: bytes, cause: str) -> None:
    with other_service(status, body) as url, pytest.raises(NotReady, match=cause):
        Control(url).wait_until_ready(0)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "http://", "http:///v2"])
def test_wait_rejects_what_is_not_a_url(capsys: pytest.CaptureFixture[str], url: str) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["wait", url])
    assert end.value.code == 2
    assert "is not an http or https address" in capsys.readouterr().err


def test_wait_needs_a_url(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLC_V2_API_URL", raising=False)
    with pytest.raises(SystemExit) as end:
        cli.main(["wait"])
    assert end.value.code == 2
    assert "CLC_V2_API_URL" in capsys.readouterr().err


def test_control_errors_have_the_message_of_the_simulator(running: Process) -> None:
    with pytest.raises(ControlError, match=r"POST .*/_simulator/clock: status 400: .*advance must be"):
        Control(running.url).send("POST", "clock", {"advance": -1})


def test_module_has_the_command_too() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clc_simulator", "--version"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout.startswith("clc-simulator ")
