# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an environment costs as data, and as one task for each of its items.

Two playbooks build the same, run again with nothing to change, and delete it: one with a single task of the module environment, one
with a task of its own module for each item. Each has a simulator of its own.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Any

from .fleets import HEAD
from .report import USAGE_HEAD, Figure, Goal, Report, table, usage_cells, usage_data
from .runner import Bench, Command

JOB_SECONDS, LATENCY_MS = 5, 50
GROUPS, POLICIES, FLEETS, SERVERS = 10, 10, 3, 3
Item = dict[str, Any]
# The module of each list, in the order of a build.
_MODULES = {
    "server_groups": "server_group",
    "alert_policies": "alert_policy",
    "anti_affinity_policies": "anti_affinity_policy",
    "servers": "server",
    "firewall_policies": "firewall_policy",
    "shared_load_balancers": "shared_load_balancer",
}
# Options that a module rejects if the item is deleted.
_ONLY_PRESENT = ("count",)
AS_DATA, AS_TASKS = "one task of environment", "one task per item"


def data() -> dict[str, list[Item]]:
    """Return an environment in one data center: groups, policies, and fleets whose servers are built at the same time."""
    trigger = {"metric": "disk", "duration": "00:05:00", "threshold": 80}
    server = {"template": "CENTOS-6-64-TEMPLATE", "cpu": 1, "memory_gb": 1, "administrator_password": "Pa55word!long"}
    below = [f"Group {number}" for number in range(GROUPS)]
    return {
        "server_groups": [_here(name="Shop"), *(_here(name=name, parent="Shop") for name in below)],
        "alert_policies": [
            {"name": f"Policy {number}", "recipients": ["ops@example.com"], "triggers": [trigger]}
            for number in range(POLICIES)
        ],
        "anti_affinity_policies": [_here(name=f"Apart {number}") for number in range(POLICIES)],
        "servers": [
            _here(name=f"FL{chr(65 + number)}", group=f"Shop/{below[number]}", count=SERVERS, **server)
            for number in range(FLEETS)
        ],
        "firewall_policies": [
            _here(source=[f"192.0.{number}.0/24"], destination=["198.51.100.0/24"], ports=["tcp/443"])
            for number in range(POLICIES)
        ],
        "shared_load_balancers": [
            _here(name="front", pools=[{"port": 443, "nodes": [{"ip_address": "10.80.12.4", "private_port": 8443}]}])
        ],
    }


def _here(**options: Any) -> Item:
    return {"data_center": "DE1", **options}


def _as_data(state: str) -> str:
    return _task("environment", {**data(), "state": state})


def _as_tasks(state: str) -> str:
    tasks = [_task(module, item) for module, item in _items(state)]
    return "".join(tasks if state == "present" else reversed(tasks))


def _items(state: str) -> Iterator[tuple[str, Item]]:
    for name, items in data().items():
        for item in items:
            left_out = _ONLY_PRESENT if state == "absent" else ()
            options = {option: value for option, value in item.items() if option not in left_out}
            yield _MODULES[name], {**options, "state": state}


def _task(module: str, options: Item) -> str:
    """Return a task on one line: JSON is YAML."""
    return f"- centurylink.cloud.{module}: {json.dumps(options)}\n"


def measure(bench: Bench) -> Report:
    """Measure on the newest ansible-core."""
    core = bench.cores[-1]
    commands: list[Command] = []
    for name, tasks in ((AS_DATA, _as_data), (AS_TASKS, _as_tasks)):
        options = ["--job-seconds", str(JOB_SECONDS), "--latency", str(LATENCY_MS)]
        address = bench.simulator("--seed", "small", *options)
        for step, state, expected in (
            ("built", "present", ""),
            ("again", "present", "changed=0 "),
            ("deleted", "absent", ""),
        ):
            playbook = HEAD + textwrap.indent(tasks(state), "    ")
            arguments = [core.program("ansible-playbook"), bench.file(f"{len(commands)}.yml", playbook)]
            environment = bench.environment(address)
            commands.append(Command(f"{name}, {step}", arguments, environment, address, ["failed=0 ", expected]))
    runs = bench.measure(commands).runs
    rows = [[name, *usage_cells(used)] for name, used in runs.items()]
    found = {"ansible_core": core.version, "playbooks": {name: usage_data(used) for name, used in runs.items()}}
    goals = [
        (
            core.version,
            Goal(f"seconds as data, as a ratio to those of one task per item ({step})", 1, _ratio(runs, step)),
        )
        for step in ("built", "again", "deleted")
    ]
    number = sum(len(items) for items in data().values())
    what = f"{number} items, {FLEETS * SERVERS} servers; the simulator responds after {LATENCY_MS} ms, jobs take {JOB_SECONDS} s."
    return Report(f"{what}\n\n{table(['Playbook', *USAGE_HEAD], rows)}", found, goals)


def _ratio(runs: Any, step: str) -> Figure:
    rounds = zip(runs[f"{AS_DATA}, {step}"], runs[f"{AS_TASKS}, {step}"], strict=True)
    return Figure.of(data.wall_seconds / tasks.wall_seconds for data, tasks in rounds)
