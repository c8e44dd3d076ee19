# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests of tasks that change nothing: the removed modules of community.general, and this collection for the same.

The goal is that this collection never sends more. Requests do not vary, so each playbook is run once.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from . import fleets
from .report import Figure, Goal, Report, table
from .runner import Bench, Command, run

SERVERS = 3
REMOVED, LEGACY, NEW = "community.general.clc_*", "centurylink.cloud.clc_*", "centurylink.cloud"
IDS = "[DE1DEMOPEER01, DE1DEMOPEER02]"


@dataclass(frozen=True)
class Unchanged:
    """A task of a legacy module, and the one of the new module that does the same, if the new one has a task of its own."""

    name: str
    legacy: str
    new: str = ""

    def task(self, modules: str) -> str:
        """Return the task, written with these modules."""
        return self.new if modules == NEW else self.legacy.replace("clc_", f"{modules.rpartition('.')[0]}.clc_", 1)


def _legacy(text: str) -> str:
    return text.replace("centurylink.cloud.", "", 1)


TASKS = (
    Unchanged("group", _legacy(fleets.old_group("centurylink.cloud")), fleets.NEW_GROUP),
    Unchanged(
        "group below the root",
        "- clc_group: {name: Default Group, location: DE1}\n",
        "- centurylink.cloud.server_group: {name: Default Group, data_center: DE1}\n",
    ),
    Unchanged(
        "group that does not exist",
        "- clc_group: {name: None, parent: Default Group, location: DE1, state: absent}\n",
        "- centurylink.cloud.server_group: {name: None, parent: Default Group, data_center: DE1, state: absent}\n",
    ),
    Unchanged("fleet", _legacy(fleets.old_fleet("centurylink.cloud", SERVERS)), fleets.new_fleet(SERVERS)),
    Unchanged(
        "started servers",
        f"- clc_server: {{server_ids: {IDS}, state: started}}\n",
        f"- centurylink.cloud.server: {{server_ids: {IDS}, state: started}}\n",
    ),
    Unchanged(
        "anti-affinity policy",
        "- clc_aa_policy: {name: apart, location: DE1}\n",
        "- centurylink.cloud.anti_affinity_policy: {name: apart, data_center: DE1}\n",
    ),
    Unchanged("public IP addresses", f"- clc_publicip: {{server_ids: {IDS}, ports: [80]}}\n"),
    Unchanged("snapshots", f"- clc_server_snapshot: {{server_ids: {IDS}, expiration_days: 7}}\n"),
)


def measure(bench: Bench) -> Report:
    """Count on the newest ansible-core. The task of the legacy module is run once before, so that nothing is left to change."""
    address = bench.simulator("--seed", "small", "--job-seconds", "0")
    _run(bench, "preparation", fleets.NEW_GROUP + fleets.new_fleet(SERVERS), address)
    rows, goals, data = [], [], {}
    for task in TASKS:
        _run(bench, task.name, task.task(LEGACY), address)
        counts = {
            modules: _run(bench, task.name, task.task(modules), address, modules == REMOVED, "changed=0 ")
            for modules in (REMOVED, LEGACY, *([NEW] if task.new else []))
        }
        data[task.name] = counts
        rows.append([task.name, *(str(counts.get(modules, "")) for modules in (REMOVED, LEGACY, NEW))])
        for modules in list(counts)[1:]:
            ratio = Figure.of([counts[modules] / counts[REMOVED]])
            goals.append((modules, Goal(f"requests of an unchanged task ({task.name}), as a ratio", 1, ratio)))
    return Report(table(["Unchanged task", REMOVED, LEGACY, NEW], rows), {"requests": data}, goals)


def _run(bench: Bench, name: str, tasks: str, address: str, predecessors: bool = False, *expected: str) -> int:
    """Run tasks in a playbook; return the number of requests, the login included."""
    core = bench.cores[-1]
    arguments = [
        core.program("ansible-playbook"),
        bench.file("unchanged.yml", fleets.HEAD + textwrap.indent(tasks, "    ")),
    ]
    environment = bench.environment(address, legacy=predecessors)
    return run(Command(name, arguments, environment, address, expected)).requests or 0
