# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task costs on each ansible-core: unchanged ones of this collection, `ansible.builtin.ping`, and the legacy modules."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from . import fleets
from .fleets import HEAD, NEW_GROUP
from .report import USAGE_HEAD, Figure, Goal, Report, ratio_above, ratio_of_peaks, table, usage_cells, usage_data
from .runner import Bench, Command, Core, Measured, Usage, run

FLEET = "- centurylink.cloud.server: {name: PEER, group: Peers, data_center: DE1, count: 10}\n"
INFO = "- centurylink.cloud.server_group_info: {data_center: DE1, name: Peers}\n"
EMPTY, PING, LOOP, FIFTY = "empty playbook", "20 ansible.builtin.ping", "loop of 50 server_group", "50 server_group"
# What ansible-core itself takes for an item and for a task: an action plugin of its own that does nothing but return.
NOTHING = "- ansible.builtin.set_stats: {data: {unchanged: true}}\n"
LOOP_FLOOR, FIFTY_FLOOR = "loop of 50 ansible.builtin.set_stats", "50 ansible.builtin.set_stats"
OWN = ("20 server_group", "20 server", "20 server_group_info")
SHARE, PEAK, LOOPED = 0.2, 1.2, 1 / 3


@dataclass(frozen=True)
class Playbook:
    """A playbook of tasks that change nothing."""

    name: str
    task: str
    times: int = 20
    legacy: bool = False
    loop: int = 0

    def text(self) -> str:
        """Return the playbook."""
        looped = f'  loop: "{{{{ range(0, {self.loop}) | list }}}}"\n' if self.loop else ""
        tasks = textwrap.indent((self.task + looped) * self.times, "    ")
        return HEAD + tasks if tasks else f"{HEAD.rstrip()} []\n"


PLAYBOOKS = (
    Playbook(EMPTY, "", 0),
    Playbook(OWN[0], NEW_GROUP),
    Playbook(OWN[1], FLEET),
    Playbook(OWN[2], INFO),
    Playbook(PING, "- ansible.builtin.ping:\n"),
    Playbook(LOOP, NEW_GROUP, 1, loop=50),
    Playbook(FIFTY, NEW_GROUP, 50),
    Playbook(LOOP_FLOOR, NOTHING, 1, loop=50),
    Playbook(FIFTY_FLOOR, NOTHING, 50),
    Playbook("20 community.general.clc_group", fleets.old_group("community.general"), legacy=True),
    Playbook("20 community.general.clc_server", fleets.old_fleet("community.general", 10), legacy=True),
)


def measure(bench: Bench) -> Report:
    """Measure the playbooks on every ansible-core."""
    address = bench.simulator("--seed", "small", "--job-seconds", "0")
    newest = bench.cores[-1]
    made = bench.file("made.yml", HEAD + textwrap.indent(NEW_GROUP + fleets.new_fleet(10), "    "))
    run(Command("preparation", [newest.program("ansible-playbook"), made], bench.environment(address), address))
    commands = [_command(bench, core, playbook, address) for core in bench.cores for playbook in PLAYBOOKS]
    return _report(bench.cores, bench.measure(commands))


def _command(bench: Bench, core: Core, playbook: Playbook, address: str) -> Command:
    file = bench.file(f"{playbook.name.replace(' ', '_')}.yml", playbook.text())
    arguments = [core.program("ansible-playbook"), file]
    environment = bench.environment(address, legacy=playbook.legacy)
    expected = [f"ok={playbook.times} ", "changed=0 "] if playbook.times else []
    return Command(_name(core, playbook.name), arguments, environment, address, expected, optional=playbook.legacy)


def _name(core: Core, name: str) -> str:
    return f"{core.name}: {name}"


def _goals(runs: dict[str, Sequence[Usage]]) -> list[Goal]:
    """Return the goals of one ansible-core, from the runs by name of the playbook."""
    shares = [
        Goal(f"CPU of {name} as a share of ping, both above the empty playbook", SHARE, _share(runs, name))
        for name in OWN
    ]
    peaks = [
        Goal(f"peak memory of {name} as a ratio to ping", PEAK, ratio_of_peaks(runs[name], runs[PING])) for name in OWN
    ]
    looped = ratio_above(runs[LOOP], runs[FIFTY], runs[EMPTY])
    return [
        *shares,
        *peaks,
        Goal("CPU of a loop of 50 as a ratio to 50 tasks, both above the empty playbook", LOOPED, looped),
    ]


def _share(runs: dict[str, Sequence[Usage]], name: str) -> Figure:
    return ratio_above(runs[name], runs[PING], runs[EMPTY])


def _report(cores: Sequence[Core], measured: Measured) -> Report:
    goals: dict[str, list[Goal]] = {}
    sections: list[str] = []
    data: list[dict[str, object]] = []
    for core in cores:
        runs = {playbook.name: measured.runs.get(_name(core, playbook.name), ()) for playbook in PLAYBOOKS}
        failures = {playbook.name: measured.failures.get(_name(core, playbook.name), "") for playbook in PLAYBOOKS}
        goals[core.name] = _goals(runs)
        rows = [_row(name, runs, _reason(failures[name])) for name in runs]
        title = f"### ansible-core {core.version}, Python {core.python_version}"
        sections.append(f"{title}\n\n{table(['Playbook', *USAGE_HEAD, 'Share of ping'], rows)}")
        entries = {
            name: usage_data(used) if used else {"refused": _reason(failures[name])} for name, used in runs.items()
        }
        described = {"ansible_core": core.version, "python": core.python_version}
        data.append({**described, "playbooks": entries, "goals": [goal.data() for goal in goals[core.name]]})
    sections += [_goals_section(goals), _floor_section(cores, measured)]
    return Report(
        "\n".join(sections), {"cores": data}, [(name, goal) for name, those in goals.items() for goal in those]
    )


def _row(name: str, runs: dict[str, Sequence[Usage]], reason: str) -> list[str]:
    if not runs[name]:
        return [name, f"refused: {reason}", "", "", "", ""]
    return [name, *usage_cells(runs[name]), "" if name == EMPTY else _share(runs, name).text(3)]


def _reason(failure: str) -> str:
    """Return the first line of what ansible-core said of a failure, fit for a cell of a table."""
    said = re.search(r"\[ERROR\]: (.+)|\"msg\": \"(.+?)\"", failure)
    return " ".join((said[1] or said[2]).split()).replace("|", "/") if said else failure.strip().rpartition("\n")[2]


def _floor_section(cores: Sequence[Core], measured: Measured) -> str:
    """Return the ratio of loop to tasks that an action plugin without any work has, below which no module can get."""
    floors = []
    for core in cores:
        looped, fifty, empty = (measured.runs[_name(core, name)] for name in (LOOP_FLOOR, FIFTY_FLOOR, EMPTY))
        floors.append(f"{core.name}: {ratio_above(looped, fifty, empty).text(3)}")
    return f"A loop of 50 `ansible.builtin.set_stats`, which does nothing, as a ratio to 50 tasks: {'; '.join(floors)}."


def _goals_section(goals: dict[str, list[Goal]]) -> str:
    rows = [
        [
            those[0].name,
            f"{those[0].at_most:.3g}",
            *(f"{goal.ratio.text(3)}{'' if goal.is_met else ', not met'}" for goal in those),
        ]
        for those in zip(*goals.values(), strict=True)
    ]
    return f"### Goals\n\n{table(['Goal', 'At most', *goals], rows)}"
