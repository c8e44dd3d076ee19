# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the application under uvicorn: the line on stdout, a clean shutdown, and access to the transport for faults."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Generator
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


def run(application: Any, address: Address) -> None:
    """Serve until SIGTERM or SIGINT. Raise OSError if it cannot listen on the address."""
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
        runner.run(_serve(server, listener, address))


async def _serve(server: _Server, listener: socket.socket, address: Address) -> None:
    def end() -> None:
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.005)
    if server.started:
        scheme = "https" if address.certificate else "http"
        host, port = listener.getsockname()[:2]
        print(f"listening on {scheme}://{f'[{host}]' if ':' in host else host}:{port}", flush=True)
    await serving


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
