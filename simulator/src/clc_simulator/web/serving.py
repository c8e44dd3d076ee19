# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the application under uvicorn: the line on stdout, process id, clean shutdown, and the transport for faults."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from clc_simulator.web.responses import TRANSPORT


@dataclass(frozen=True)
class Address:
    """Where to listen. Port 0 selects a free port. Certificate and key must be set together."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None


class _Protocol(HttpToolsProtocol):
    """uvicorn's protocol, which hands its transport to the application."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {TRANSPORT: self.transport}  # type: ignore[dict-item]


class _Server(uvicorn.Server):
    """uvicorn's server without its signal handling, which would end the process by the signal instead of exit code 0."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def run(application: Any, address: Address, pid_file: Path | None = None) -> None:
    """Serve until SIGTERM or SIGINT.

    pid_file: file for the process id, which exists while requests are accepted. Raise OSError if it cannot be written, or
    if the server cannot listen on the address.
    """
    listener = _listen(address)
    config = uvicorn.Config(
        application,
        http=_Protocol,
        # A request to upgrade is a request like any other.
        ws="none",
        loop="uvloop",
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        # Clients of the tests keep idle connections longer than uvicorn's default of five seconds.
        timeout_keep_alive=75,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.key,
    )
    server = _Server(config)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_serve(server, listener, address, pid_file))


async def _serve(server: _Server, listener: socket.socket, address: Address, pid_file: Path | None) -> None:
    def end() -> None:
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.005)
    with _process_id(pid_file if server.started else None):
        if server.started:
            scheme = "https" if address.certificate else "http"
            host, port = listener.getsockname()[:2]
            print(f"listening on {scheme}://{f'[{host}]' if ':' in host else host}:{port}", flush=True)
        await serving


@contextlib.contextmanager
def _process_id(path: Path | None) -> Iterator[None]:
    """Keep the process id in a file."""
    if path is None:
        yield
        return
    path.write_text(f"{os.getpid()}\n", encoding="utf-8")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _listen(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address.host, address.port))
    except OSError:
        listener.close()
        raise
    return listener
