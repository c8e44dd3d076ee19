# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What reading an account takes, compared with its floor and with the vendor's way; without Ansible's part of an inventory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from .report import USAGE_HEAD, Figure, Goal, Plot, Report, goals_table, ratio_of, table, usage_cells, usage_data
from .runner import Bench, Command, Usage, run

LATENCIES_MS = (0, 20)
LARGEST = 10_000
# The vendor's way takes a request for each server, and was written for accounts of hundreds of servers.
LARGEST_OF_VENDOR, LATENCY_OF_VENDOR_MS = 1000, 20
PLUGIN, FLOOR, VENDOR, VENDOR_KEPT = "plugin", "floor", "vendor", "vendor-kept-alive"
_TITLES = {
    PLUGIN: "plugin",
    FLOOR: "floor: the same requests, parsed",
    VENDOR: "vendor's way, new connections",
    VENDOR_KEPT: "vendor's way, kept alive",
}
_PROGRAM = str(Path(__file__).with_name("fetches.py"))

Circumstances = tuple[int, int]
Runs = Mapping[str, Sequence[Usage]]


def measure(bench: Bench) -> Report:
    """Measure on the newest ansible-core."""
    sizes = [size for size in bench.sizes if size <= LARGEST] or [LARGEST]
    found = {(size, latency): _measure(bench, size, latency) for size in sizes for latency in LATENCIES_MS}
    goals = [(_name(*where), goal) for where, runs in found.items() for goal in _goals(where[0], runs)]
    sections = [
        f"### {_name(*where)}\n\n{table(['Way', *USAGE_HEAD], [[_TITLES[way], *usage_cells(used)] for way, used in runs.items()])}"
        for where, runs in found.items()
    ]
    data = {
        "fetches": {
            _name(*where): {way: usage_data(used) for way, used in runs.items()} for where, runs in found.items()
        },
        "goals": [{"where": where, **goal.data()} for where, goal in goals],
    }
    return Report("\n".join([*sections, goals_table(goals)]), data, goals, [_plot(found)])


def _name(size: int, latency: int) -> str:
    return f"{size:,} servers, {latency} ms"


def _measure(bench: Bench, size: int, latency: int) -> Runs:
    with ExitStack() as stack:
        address = bench.simulator("--seed", f"fleet:{size}", "--latency", str(latency), stack=stack)
        ways = [PLUGIN, FLOOR]
        if size <= LARGEST_OF_VENDOR and latency == LATENCY_OF_VENDOR_MS:
            ways += [VENDOR, VENDOR_KEPT]
        commands = [_command(bench, address, way, size) for way in ways]
        for command in commands[1:]:
            run(command)  # the simulator renders and checks its responses once
        return bench.measure(commands).runs


def _command(bench: Bench, address: str, way: str, size: int) -> Command:
    environment = bench.environment(address)
    environment["PYTHONPATH"] = environment["ANSIBLE_COLLECTIONS_PATH"]
    arguments = [bench.cores[-1].program("python"), _PROGRAM, way]
    return Command(way, arguments, environment, address, [f'"servers": {size}}}'], measures_itself=True)


def _goals(size: int, runs: Runs) -> list[Goal]:
    goals = []
    if size >= 1000:
        ratio = ratio_of("wall_seconds", runs[PLUGIN], runs[FLOOR])
        goals.append(Goal("time of the plugin's fetch as a ratio to its floor", 1.3, ratio))
    for way in (VENDOR, VENDOR_KEPT):
        if way in runs and size >= 1000:
            ratio = ratio_of("wall_seconds", runs[PLUGIN], runs[way])
            goals.append(Goal(f"time of the plugin's fetch as a ratio to the {_TITLES[way]}", 1 / 20, ratio))
    return goals


def _plot(found: Mapping[Circumstances, Runs]) -> Plot:
    series = {
        title: [Figure.of(used.wall_seconds for used in runs[way]) if way in runs else None for runs in found.values()]
        for way, title in _TITLES.items()
    }
    return Plot("fetch", "Reading an account: time", "s", [_name(*where) for where in found], series, bars=True)
