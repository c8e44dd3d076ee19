# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a fleet costs with the removed modules of community.general, and with this collection.

Each of three playbooks makes a group and servers in it, runs again with nothing to change, and removes the servers: one with
community.general.clc_*, the same with centurylink.cloud.clc_*, and one with this collection's own modules. Each has a simulator
of its own.
"""

from __future__ import annotations

import textwrap

from .report import USAGE_HEAD, Report, table, usage_cells, usage_data
from .runner import Bench, Command

SERVERS, JOB_SECONDS, LATENCY_MS = 10, 2, 50
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
    commands: list[Command] = []
    for modules in ("community.general.clc_*", "centurylink.cloud.clc_*", "centurylink.cloud"):
        options = ["--job-seconds", str(JOB_SECONDS), "--latency", str(LATENCY_MS)]
        address = bench.simulator("--seed", "small", *options)
        for step, servers, changed in (
            ("made", SERVERS, ""),
            ("again", SERVERS, "changed=0 "),
            ("removed", 0, "changed=1 "),
        ):
            name = f"{modules}, {step}"
            tasks = textwrap.indent(_tasks(modules, servers), "    ")
            arguments = [core.program("ansible-playbook"), bench.file(f"{len(commands)}.yml", HEAD + tasks)]
            environment = bench.environment(address, legacy=modules.startswith("community"))
            commands.append(Command(name, arguments, environment, address, ["ok=2 ", changed]))
    runs = bench.measure(commands).runs
    rows = [[name, *usage_cells(used)] for name, used in runs.items()]
    found = {"ansible_core": core.version, "playbooks": {name: usage_data(used) for name, used in runs.items()}}
    what = f"{SERVERS} servers; the simulator responds after {LATENCY_MS} ms, its jobs take {JOB_SECONDS} s."
    return Report(f"{what}\n\n{table(['Playbook', *USAGE_HEAD], rows)}", found)
