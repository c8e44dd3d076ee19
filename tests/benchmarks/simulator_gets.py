# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures how many GETs a second the simulator serves on one core, compared with its framework and constant bodies.

Usage: python tests/benchmarks/simulator_gets.py [--seconds S] [--servers N]

Starts `clc-simulator serve --seed fleet:N`, asks over eight kept-alive connections for one server, for a group of
twenty with links and for the same group in detail, and then asks the same framework, server and settings for constant
bodies of these sizes. The simulator keeps the checked responses of these reads until something changes; the column "made
afresh" shows it without that, each response rendered and checked again.

Server and load run in processes of their own, each on a core of its own where there are two. The load generator counts
bytes of responses whose length it knows, so that it is not what is measured. Two figures are given for each: responses in
a second of the clock, which a busy machine makes lower, and responses in a second of the server's processor time.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import IO, Any, NamedTuple, cast
from urllib.parse import urlsplit

import httpx
import uvloop

CONNECTIONS = 8
WARM_UP = 200
GOAL = 3000


class Load(asyncio.Protocol):
    """One connection that sends the same request again and again, one at a time."""

    def __init__(self, request: bytes, length: int, until: float, done: asyncio.Future[int]) -> None:
        self._request, self._length, self._until, self._done = request, length, until, done
        self._missing = length
        self._count = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports have the methods of asyncio.Transport without being one.
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if self._missing == self._length and not data.startswith(b"HTTP/1.1 200"):
            self._done.set_exception(RuntimeError(f"response {data[:80]!r}"))
            self._transport.close()
            return
        self._missing -= len(data)
        if self._missing == 0:
            self._count += 1
            self._missing = self._length
            if time.perf_counter() < self._until:
                self._transport.write(self._request)
                return
            self._done.set_result(self._count)
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(exc or RuntimeError("the connection was closed"))


async def whole_length(host: str, port: int, request: bytes) -> int:
    """Return the length of a response with its head."""
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
    length = int(fields[b"content-length"])
    await reader.readexactly(length)
    writer.close()
    return len(head) + length


class Rates(NamedTuple):
    """Responses in a second of the clock and of processor time, and the length of one, head included, in bytes."""

    clock: float
    processor: float
    length: int

    def __str__(self) -> str:
        return f"{self.clock:>9.0f}{self.processor:>9.0f}"


def processor_seconds(process: subprocess.Popen[str]) -> float:
    """Return what a process has used so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(process: subprocess.Popen[str], url: str, token: str, seconds: float) -> Rates:
    """Ask for one thing for some seconds."""
    parts = urlsplit(url)
    host, port = str(parts.hostname), int(parts.port or 80)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    request = f"GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    length = await whole_length(host, port, request)
    for _ in range(WARM_UP // 20):
        await whole_length(host, port, request)
    loop = asyncio.get_running_loop()
    start, used = time.perf_counter(), processor_seconds(process)
    futures: list[asyncio.Future[int]] = [loop.create_future() for _ in range(CONNECTIONS)]
    for future in futures:
        await loop.create_connection(partial(Load, request, length, start + seconds, future), host, port)
    counts = await asyncio.wait_for(asyncio.gather(*futures), seconds + 30)
    clock, processor = time.perf_counter() - start, processor_seconds(process) - used
    return Rates(sum(counts) / clock, sum(counts) / processor, length)


def serve_constant(sizes: list[int]) -> None:
    """Serve bodies of given sizes at /0, /1, ... with the simulator's framework and settings."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from clc_simulator.web.serving import Address, run

    bodies = {f"/{at}": b"x" * size for at, size in enumerate(sizes)}

    async def respond(request: Request) -> Response:
        return Response(bodies[request.scope["path"]], media_type="application/json")

    run(Starlette(routes=[Route("/{path:path}", respond)]), Address("127.0.0.1", 0))


def start(arguments: list[str], core: int) -> tuple[subprocess.Popen[str], str]:
    """Start a server on a core; return the process and its address."""
    pinned = [] if os.cpu_count() == 1 else ["taskset", "-c", str(core)]
    process = subprocess.Popen([*pinned, *arguments], stdout=subprocess.PIPE, text=True)
    output: IO[str] = process.stdout  # type: ignore[assignment]
    return process, output.readline().split()[-1]


def group_of_twenty(client: httpx.Client) -> dict[str, Any]:
    """Return a group with twenty servers directly in it."""
    data_centers = client.get("/v2/datacenters/DEMO?groupLinks=true").json()
    root = next(link["id"] for link in data_centers[0]["links"] if link["rel"] == "group")
    waiting = [client.get(f"/v2/groups/DEMO/{root}").json()]
    while waiting:
        group: dict[str, Any] = waiting.pop()
        if sum(link["rel"] == "server" for link in group["links"]) == 20:
            return group
        waiting.extend(group["groups"])
    raise SystemExit("the fleet has no group of twenty")


def targets(base: str) -> tuple[str, dict[str, str]]:
    """Return a token and what to ask for, by name."""
    with httpx.Client(base_url=base) as client:
        login = {"username": "demo", "password": "demo-password"}
        token = str(client.post("/v2/authentication/login", json=login).json()["bearerToken"])
        client.headers["Authorization"] = f"Bearer {token}"
        group = group_of_twenty(client)
        server = next(link["href"] for link in group["links"] if link["rel"] == "server")
        href = f"{base}/v2/groups/demo/{group['id']}"
        return token, {
            "one server": base + server,
            "group of twenty": href,
            "group of twenty, detailed": f"{href}?serverDetail=detailed",
        }


def main() -> int:
    """Measure and print; return 1 where a server or a plain group stays below the goal."""
    parser = argparse.ArgumentParser(description="GETs a second of the simulator")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long to ask for each thing")
    parser.add_argument("--servers", type=int, default=1000, help="servers of the fleet")
    parser.add_argument("--constant", type=int, nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.constant:
        serve_constant(options.constant)
        return 0
    os.sched_setaffinity(0, {(os.cpu_count() or 1) - 1})
    command = str(Path(sys.executable).with_name("clc-simulator"))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        process, base = start([command, "serve", "--seed", f"fleet:{options.servers}"], 0)
        try:
            token, asked = targets(base)
            simulated = [runner.run(measure(process, url, token, options.seconds)) for url in asked.values()]
            # A request with a fault, here one that does nothing, never gets a cached response.
            httpx.post(f"{base}/_simulator/faults", json=[{"latency_ms": 0}])
            afresh = [runner.run(measure(process, url, token, options.seconds)) for url in asked.values()]
        finally:
            process.terminate()
            process.wait()
        sizes = [str(rates.length) for rates in simulated]
        process, base = start([sys.executable, __file__, "--constant", *sizes], 0)
        try:
            constant = [
                runner.run(measure(process, f"{base}/{at}", token, options.seconds)) for at in range(len(asked))
            ]
        finally:
            process.terminate()
            process.wait()
    print(f"{'':28}{'bytes':>8}{'simulator':>18}{'made afresh':>18}{'constant':>18}")
    print(f"{'':36}" + f"{'clock':>9}{'CPU':>9}" * 3)
    for name, rates, slow, plain in zip(asked, simulated, afresh, constant, strict=True):
        print(f"{name:28}{rates.length:>8}{rates}{slow}{plain}")
    return 0 if all(rates.processor >= GOAL for rates in simulated[:2]) else 1


if __name__ == "__main__":
    sys.exit(main())
