# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ansible-inventory costs with the inventory plugin, fresh and from the cache, and with static files of the same hosts.

Static files have the hosts in the same groups: with all variables of the plugin, or with one variable for each host.
"""

from __future__ import annotations

import itertools
import json
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import yaml

from .report import USAGE_HEAD, Figure, Goal, Plot, Report, goals_table, ratio_of, table, usage_cells, usage_data
from .runner import Bench, Command, Usage

LATENCIES_MS = (0, 20, 100)
# Static files with all variables, and --list, take minutes and gigabytes for more servers.
LARGEST_WITH_VARIABLES = 10_000
# With fewer servers, what ansible-core takes for itself hides the differences.
SIZE_OF_GOALS = 10_000
GRAPH, LIST = "--graph", "--list"
FRESH, WARM = "plugin", "plugin, warm cache"
JSON, YAML, FULL = "static JSON, one variable", "static YAML, one variable", "static JSON, all variables"
_FILES = {FRESH: "fresh.clc.yml", WARM: "warm.clc.yml", JSON: "names.json", YAML: "names.yml", FULL: "full.json"}
SMALLEST_OF_GROWTH = 1000
_GROWING = {"CPU": "cpu_seconds", "peak memory": "peak_mib"}

Runs = Mapping[str, Sequence[Usage]]


def measure(bench: Bench) -> Report:
    """Measure on the newest ansible-core, size by size."""
    runs = {size: _measure_size(bench, size) for size in bench.sizes}
    goals = [
        (f"{size:,} servers", goal) for size in bench.sizes if size == SIZE_OF_GOALS for goal in _goals(runs[size])
    ]
    goals += [(f"{size:,} servers", goal) for size, goal in growth(runs)]
    sections = [
        f"### {size:,} servers\n\n{table(['ansible-inventory', *USAGE_HEAD], _rows(found))}"
        for size, found in runs.items()
    ]
    data = {
        "ansible_core": bench.cores[-1].version,
        "servers": {
            str(size): {name: usage_data(used) for name, used in found.items()} for size, found in runs.items()
        },
        "goals": [{"servers": where, **goal.data()} for where, goal in goals],
    }
    return Report("\n".join([*sections, further_servers(runs), goals_table(goals)]), data, goals, _plots(runs))


def _measure_size(bench: Bench, size: int) -> Runs:
    with ExitStack() as stack:
        addresses = {
            latency: bench.simulator("--seed", f"fleet:{size}", "--latency", str(latency), stack=stack)
            for latency in LATENCIES_MS
        }
        _write_sources(bench, size, addresses[0])
        for address in addresses.values():
            _output(bench, address, FRESH, GRAPH)  # the simulator renders and checks its responses once
        return bench.measure(list(_commands(bench, size, addresses))).runs


def _commands(bench: Bench, size: int, addresses: Mapping[int, str]) -> list[Command]:
    forms = [(GRAPH, name) for name in _FILES] + [(LIST, name) for name in (FRESH, WARM, FULL)]
    small = size <= LARGEST_WITH_VARIABLES
    commands = [
        _command(bench, addresses[0], form, name, size)
        for form, name in forms
        if small or (form == GRAPH and name != FULL)
    ]
    for latency, address in addresses.items():
        if latency:
            commands.append(_command(bench, address, GRAPH, FRESH, size, f", {latency} ms"))
    return commands


def _command(bench: Bench, address: str, form: str, name: str, size: int, suffix: str = "") -> Command:
    arguments = [bench.cores[-1].program("ansible-inventory"), "-i", str(bench.directory / _FILES[name]), form]
    last = f"ca1demosrv{-(-size // 15):02d}"
    return Command(f"{form}, {name}{suffix}", arguments, bench.environment(address), address, [last])


def _output(bench: Bench, address: str, name: str, form: str) -> str:
    command = _command(bench, address, form, name, 1)
    return subprocess.run(
        command.arguments, env=command.environment, stdout=subprocess.PIPE, check=True, timeout=600, text=True
    ).stdout


def _write_sources(bench: Bench, size: int, address: str) -> None:
    """Write the plugin's sources, and static files of the same hosts in the same groups; fill the cache."""
    plugin = "plugin: centurylink.cloud.clc\n"
    cache = f"cache: true\ncache_plugin: ansible.builtin.jsonfile\ncache_connection: {bench.directory}/cache-{size}\n"
    bench.file(_FILES[FRESH], plugin)
    bench.file(_FILES[WARM], plugin + cache)
    top = parse_graph(_output(bench, address, WARM, GRAPH))
    names = _with_variables(top, {})
    bench.file(_FILES[JSON], json.dumps(names))
    bench.file(_FILES[YAML], yaml.dump(names, Dumper=yaml.CSafeDumper))
    if size <= LARGEST_WITH_VARIABLES:
        variables = _plain(json.loads(_output(bench, address, FRESH, LIST))["_meta"]["hostvars"])
        bench.file(_FILES[FULL], json.dumps(_with_variables(top, variables)))


Tree = dict[str, Any]


def parse_graph(text: str) -> Tree:
    """Return the groups that ansible-inventory --graph printed: hosts are keys with the value None."""
    top: Tree = {}
    parents = [top]
    for line in text.splitlines():
        depth, name = line.count("|"), line.rpartition("--")[2].lstrip("@").rstrip(":")
        del parents[depth + 1 :]
        parents[depth][name] = {} if line.endswith(":") else None
        if line.endswith(":"):
            parents.append(parents[depth][name])
    return top


def _with_variables(groups: Tree, variables: Mapping[str, Any]) -> Tree:
    """Return groups in the form of static files; hosts without variables get one."""
    return {
        name: {
            "children": _with_variables({key: item for key, item in members.items() if item is not None}, variables),
            "hosts": {key: variables.get(key, {"clc_id": key}) for key, item in members.items() if item is None},
        }
        for name, members in groups.items()
    }


def _plain(value: Any) -> Any:
    """Return a value without the marks that ansible-inventory puts on strings that are not templates."""
    if isinstance(value, dict):
        marked = set(value) == {"__ansible_unsafe"}
        return value["__ansible_unsafe"] if marked else {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _rows(runs: Runs) -> list[list[str]]:
    return [[name, *usage_cells(used)] for name, used in runs.items()]


def _goals(runs: Runs) -> list[Goal]:
    """Return the goals of one size, for which everything was measured."""

    def goal(at_most: float, of: str, measured: str, to: str, form: str = GRAPH) -> Goal:
        ratio = ratio_of(of, runs[f"{form}, {measured}"], runs[f"{form}, {to}"])
        kind = "CPU" if of == "cpu_seconds" else "peak memory"
        return Goal(f"{kind} of `{form}`, {measured}, as a ratio to {to}", at_most, ratio)

    cpu, peak = "cpu_seconds", "peak_mib"
    goals = [
        goal(1.6, cpu, FRESH, JSON),
        goal(0.6, cpu, FRESH, YAML),
        goal(1.5, peak, FRESH, JSON),
        goal(0.8, cpu, WARM, FRESH),
        Goal("requests with a warm cache", 0, Figure.of(used.requests or 0 for used in runs[f"{GRAPH}, {WARM}"])),
    ]
    return [*goals, goal(0.15, cpu, FRESH, FULL), goal(0.35, peak, FRESH, FULL), goal(0.35, cpu, FRESH, FULL, LIST)]


def growth(runs: Mapping[int, Runs]) -> list[tuple[int, Goal]]:
    """Return goals for the largest size: what it takes as a ratio to the smallest one times as many servers as it has more."""
    sizes = [size for size in runs if size >= SMALLEST_OF_GROWTH]
    if len(sizes) < 2:
        return []
    small, large = sizes[0], sizes[-1]
    goals = []
    for name, of in _GROWING.items():
        rounds = _rounds(runs, of, small, large)
        ratio = Figure.of(b / (a * large / small) for a, b in rounds)
        goals.append((large, Goal(f"{name} as a ratio to {large // small:,} times that of {small:,}", 1, ratio)))
    return goals


def further_servers(runs: Mapping[int, Runs]) -> str:
    """Return a table of what a further server takes between two sizes, which is constant if growth is linear."""
    rows = []
    for small, large in itertools.pairwise(runs):
        cells = [
            Figure.of(scale * (b - a) / (large - small) for a, b in _rounds(runs, of, small, large)).text(1)
            for of, scale in (("cpu_seconds", 1e6), ("peak_mib", 1024))
        ]
        rows.append([f"{small:,} to {large:,}", *cells])
    head = [f"A further server, `{GRAPH}`, {FRESH}", "CPU, microseconds", "Peak memory, KiB"]
    return f"### Growth\n\n{table(head, rows)}" if rows else ""


def _rounds(runs: Mapping[int, Runs], of: str, *sizes: int) -> list[tuple[float, ...]]:
    """Return an attribute of Usage by rounds, for each size."""
    values = ([getattr(used, of) for used in runs[size][f"{GRAPH}, {FRESH}"]] for size in sizes)
    return list(zip(*values, strict=True))


def _plots(runs: Mapping[int, Runs]) -> list[Plot]:
    def plot(name: str, title: str, of: str, unit: str) -> Plot:
        series = {
            source: [
                Figure.of(getattr(used, of) for used in found[f"{GRAPH}, {source}"])
                if f"{GRAPH}, {source}" in found
                else None
                for found in runs.values()
            ]
            for source in _FILES
        }
        return Plot(name, title, unit, [f"{size:,}" for size in runs], series)

    return [
        plot("inventory-cpu", "ansible-inventory --graph: CPU time by servers", "cpu_seconds", "s"),
        plot("inventory-memory", "ansible-inventory --graph: peak memory by servers", "peak_mib", "MiB"),
    ]
