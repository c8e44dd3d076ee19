# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the simulator itself costs: its start, memory, reads, and writes, by the number of servers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tools import simulator

from .report import Figure, Goal, Plot, Report, goals_table, table
from .runner import Bench

READS, WRITES = 1000, 50
# Of a start with 100,000 servers; and of reads of a server, or of a group, in a second of the simulator's processor time.
LARGEST_START_CPU, FEWEST_READS = 3.0, 3000
_GROWTH = 1.1
START_CPU, START_WALL, MEMORY = "start, s of CPU", "start, s", "memory after the start, MiB"
READ = ("one server", "group of twenty", "group of twenty, detailed")
AFRESH = ", not cached"
CREATE, RENAME = "create a server", "rename a group"

Figures = dict[str, list[float]]


def measure(bench: Bench) -> Report:
    """Measure each size in each round. Figures of reads and writes are milliseconds of the simulator's CPU time."""
    found: dict[int, Figures] = {size: {} for size in bench.sizes}
    for number in range(1, bench.rounds + 1):
        sys.stderr.write(f"round {number} of {bench.rounds}\n")
        for size, values in found.items():
            for name, value in _measure_once(size).items():
                values.setdefault(name, []).append(value)
    figures = {size: {name: Figure.of(values) for name, values in named.items()} for size, named in found.items()}
    goals = _goals(found)
    data = {
        "servers": {
            str(size): {name: figure.data() for name, figure in named.items()} for size, named in figures.items()
        },
        "goals": [{"where": where, **goal.data()} for where, goal in goals],
    }
    rows = [[name, *(named[name].text(2) for named in figures.values())] for name in next(iter(figures.values()))]
    head = ["Reads and writes: milliseconds of CPU", *(f"{size:,} servers" for size in figures)]
    return Report(f"{table(head, rows)}\n{goals_table(goals)}", data, goals, [_plot(figures)])


def _measure_once(size: int) -> dict[str, float]:
    with _Simulator(size).running() as started:
        found = {START_CPU: started.cpu_seconds(), START_WALL: started.start_seconds, MEMORY: started.memory_mib()}
        client = _Client(started.address)
        paths = dict(zip(READ, client.paths(), strict=True))
        for name, path in paths.items():
            found[name] = started.milliseconds(lambda path=path: client.get(path), READS)  # type: ignore[misc]
        group = paths[READ[1]]
        numbers = iter(range(1_000_000))
        found[CREATE] = started.milliseconds(lambda: client.create(group), WRITES)
        found[RENAME] = started.milliseconds(lambda: client.rename(group, f"Name {next(numbers)}"), WRITES)
        # A request with a fault, here one that does nothing, never gets a cached response.
        client.send("POST", "/_simulator/faults", [{"latency_ms": 0}])
        for name, path in paths.items():
            found[name + AFRESH] = started.milliseconds(lambda path=path: client.get(path), READS // 5)  # type: ignore[misc]
        return found


class _Simulator:
    """A simulator in a process of its own, whose processor time is read from /proc. Linux only."""

    def __init__(self, size: int) -> None:
        self._arguments = [simulator.command(), "serve", "--seed", f"fleet:{size}", "--job-seconds", "0"]
        self.address, self.start_seconds = "", 0.0

    @contextmanager
    def running(self) -> Iterator[_Simulator]:
        """Start it, and end it at the end."""
        begin = time.perf_counter()
        with subprocess.Popen(self._arguments, stdout=subprocess.PIPE, text=True) as self._process:
            try:
                self.address = self._process.stdout.readline().split()[-1] if self._process.stdout else ""
                self.start_seconds = time.perf_counter() - begin
                yield self
            finally:
                self._process.terminate()

    def cpu_seconds(self) -> float:
        """Return the processor time that it has used so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mib(self) -> float:
        """Return its resident memory."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def milliseconds(self, work: Callable[[], object], times: int) -> float:
        """Return what a request takes of its processor time, after one to warm up."""
        work()
        begin = self.cpu_seconds()
        for _ in range(times):
            work()
        return 1000 * (self.cpu_seconds() - begin) / times


class _Client:
    """Sends requests over one connection."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=600)
        self._headers = {"Content-Type": "application/json"}
        login = self.send("POST", "/v2/authentication/login", {"username": "demo", "password": "demo-password"})
        self._headers["Authorization"] = f"Bearer {json.loads(login)['bearerToken']}"

    def send(self, method: str, path: str, body: Any = None) -> bytes:
        """Return the body of a response. Raises RuntimeError if its status is an error."""
        self._connection.request(method, path, None if body is None else json.dumps(body), self._headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status >= 400:
            raise RuntimeError(f"{method} {path}: {response.status} {content[:500]!r}")
        return content

    def get(self, path: str) -> bytes:
        """Return the body of a GET."""
        return self.send("GET", path)

    def paths(self) -> tuple[str, str, str]:
        """Return the paths of a server, of its group, and of the group with the details of its servers."""
        (data_center, *_others) = json.loads(self.get("/v2/datacenters/DEMO?groupLinks=true"))
        pending = [json.loads(self.get(link["href"])) for link in data_center["links"] if link["rel"] == "group"]
        while pending:
            group = pending.pop()
            servers = [link["href"] for link in group["links"] if link["rel"] == "server"]
            if servers:
                path = f"/v2/groups/DEMO/{group['id']}"
                return servers[0], path, f"{path}?serverDetail=detailed"
            pending += group["groups"]
        raise RuntimeError("the fleet has no group with servers")

    def create(self, group: str) -> bytes:
        """Create a server in a group."""
        size = {"cpu": 1, "memoryGB": 1, "type": "standard"}
        source = {"name": "BENCH", "groupId": group.rpartition("/")[2], "sourceServerId": "CENTOS-6-64-TEMPLATE"}
        return self.send("POST", "/v2/servers/DEMO", {**source, **size})

    def rename(self, group: str, name: str) -> bytes:
        """Rename a group."""
        return self.send("PATCH", group, [{"op": "set", "member": "name", "value": name}])


def _goals(found: Mapping[int, Mapping[str, Sequence[float]]]) -> list[tuple[str, Goal]]:
    sizes = list(found)
    goals = []
    for name in READ[:2]:
        figure = Figure.of(value * FEWEST_READS / 1000 for value in found[sizes[0]][name])
        goals.append((f"{sizes[0]:,} servers", Goal(f"CPU of {FEWEST_READS:,} reads of {name}, s", 1, figure)))
    if sizes[-1] >= 100_000:
        goals.append(
            (
                f"{sizes[-1]:,} servers",
                Goal("CPU of the start, s", LARGEST_START_CPU, Figure.of(found[sizes[-1]][START_CPU])),
            )
        )
    if len(sizes) > 1:
        pairs = zip(found[sizes[-1]][CREATE], found[sizes[0]][CREATE], strict=True)
        ratio = Figure.of(large / small for large, small in pairs)
        goals.append(
            (
                f"{sizes[-1]:,} servers",
                Goal(f"CPU of creating a server as a ratio to {sizes[0]:,} servers", _GROWTH, ratio),
            )
        )
    return goals


def _plot(figures: Mapping[int, Mapping[str, Figure]]) -> Plot:
    series = {name: [named[name] for named in figures.values()] for name in (START_CPU, START_WALL)}
    return Plot("simulator-start", "Start of the simulator by servers", "s", [f"{size:,}" for size in figures], series)
