# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a fleet costs with the removed modules of community.general, and with this collection.

Each of three playbooks makes a group and servers in it, runs again with nothing to change, and removes the servers: one with
community.general.clc_*, the same with centurylink.cloud.clc_*, and one with this collection's own modules. Each has a simulator
of its own. An empty playbook is what ansible-core takes for itself.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from .report import USAGE_HEAD, Figure, Goal, Plot, Report, goals_table, table, usage_cells, usage_data
from .runner import Bench, Command, Usage

SERVERS, JOB_SECONDS, LATENCY_MS = 50, 5, 20
OLD, LEGACY, NEW = "community.general.clc_*", "centurylink.cloud.clc_*", "centurylink.cloud"
EMPTY = "empty playbook"
# The removed modules wait for one server after the other, which takes minutes; a quick look has fewer of them.
FEW_SERVERS = 5
# What creating the fleet takes beyond the empty playbook, as a ratio to the time of its jobs, which run at the same time.
SLOWEST = 1.25
HEAD = "- hosts: localhost\n  gather_facts: false\n  tasks:\n"
NEW_GROUP = "- centurylink.cloud.server_group: {name: Peers, parent: Default Group, data_center: DE1}\n"


def old_group(collection: str) -> str:
    """Return a task that creates the group with a legacy module."""
    return f"- {collection}.clc_group: {{name: Peers, parent: Default Group, location: DE1, state: present}}\n"


def old_fleet(collection: str, servers: int) -> str:
    """Return a task that creates exactly so many servers with a legacy module."""
    return f"""\
- {collection}.clc_server:
    name: peer
    group: Peers
    count_group: Peers
    location: DE1
    template: CENTOS-6-64-TEMPLATE
    cpu: 1
    memory: 1
    type: standard
    storage_type: standard
    exact_count: {servers}
"""


def new_fleet(servers: int) -> str:
    """Return a task that makes exactly so many servers."""
    return f"""\
- centurylink.cloud.server:
    name: PEER
    group: Peers
    data_center: DE1
    template: CENTOS-6-64-TEMPLATE
    cpu: 1
    memory_gb: 1
    count: {servers}
    allow_removal: true
"""


def _tasks(modules: str, servers: int) -> str:
    if modules == "centurylink.cloud":
        return NEW_GROUP + new_fleet(servers)
    collection = modules.rpartition(".")[0]
    return old_group(collection) + old_fleet(collection, servers)


def measure(bench: Bench) -> Report:
    """Measure on the newest ansible-core."""
    core = bench.cores[-1]
    commands = [_empty(bench), *(command for modules in (OLD, LEGACY, NEW) for command in _commands(bench, modules))]
    runs = bench.measure(commands).runs
    rows = [[name, *usage_cells(used)] for name, used in runs.items()]
    goals = [(f"{SERVERS} servers", _goal(runs, modules)) for modules in (LEGACY, NEW)]
    data = {
        "ansible_core": core.version,
        "playbooks": {name: usage_data(used) for name, used in runs.items()},
        "goals": [{"where": where, **goal.data()} for where, goal in goals],
    }
    text = f"{SERVERS} servers; the simulator responds after {LATENCY_MS} ms, its jobs take {JOB_SECONDS} s."
    if bench.rounds == 1:
        text += f" With {OLD} only {FEW_SERVERS} servers."
    markdown = f"{text}\n\n{table(['Playbook', *USAGE_HEAD], rows)}\n{goals_table(goals)}"
    return Report(markdown, data, goals, [_plot(runs)])


def _empty(bench: Bench) -> Command:
    arguments = [bench.cores[-1].program("ansible-playbook"), bench.file("empty.yml", f"{HEAD.rstrip()} []\n")]
    return Command(EMPTY, arguments, bench.environment())


def _commands(bench: Bench, modules: str) -> list[Command]:
    """Return the three runs of a playbook: the servers are created, unchanged, and removed."""
    options = ["--job-seconds", str(JOB_SECONDS), "--latency", str(LATENCY_MS)]
    address = bench.simulator("--seed", "small", *options)
    commands = []
    fleet = FEW_SERVERS if modules == OLD and bench.rounds == 1 else SERVERS
    for step, servers, changed in (
        ("made", fleet, ""),
        ("again", fleet, "changed=0 "),
        ("removed", 0, "changed=1 "),
    ):
        name = f"{modules}, {step}"
        tasks = textwrap.indent(_tasks(modules, servers), "    ")
        file = bench.file(f"{name.replace('*', '').replace(', ', '-')}.yml", HEAD + tasks)
        arguments = [bench.cores[-1].program("ansible-playbook"), file]
        environment = bench.environment(address, legacy=modules == OLD)
        commands.append(Command(name, arguments, environment, address, ["ok=2 ", changed]))
    return commands


def _goal(runs: Mapping[str, Sequence[Usage]], modules: str) -> Goal:
    pairs = zip(runs[f"{modules}, made"], runs[EMPTY], strict=True)
    ratio = Figure.of((made.wall_seconds - empty.wall_seconds) / JOB_SECONDS for made, empty in pairs)
    name = f"time of making them with {modules}, beyond the empty playbook, as a ratio to the time of a job"
    return Goal(name, SLOWEST, ratio)


def _plot(runs: Mapping[str, Sequence[Usage]]) -> Plot:
    series = {
        step: [Figure.of(used.wall_seconds for used in runs[f"{modules}, {step}"]) for modules in (OLD, LEGACY, NEW)]
        for step in ("made", "again", "removed")
    }
    return Plot("fleets", f"{SERVERS} servers: time of the playbooks", "s", [OLD, LEGACY, NEW], series, bars=True)
