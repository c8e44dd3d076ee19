# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What planners share: a plan and its lines, what is known beyond a task, and the plan that the tables alone make."""

from __future__ import annotations

import re
import typing as t
from collections.abc import Mapping
from dataclasses import dataclass, field

from .. import values
from ..finding import Task
from ..results import Results, Root
from ..tables import Module
from ..values import KEPT, Undecided, is_template

GROUP_ID = re.compile(r"(?i)[0-9a-f]{32}")
RANGE = re.compile(r"[\d.]+/\d+")


@dataclass(frozen=True)
class Out:
    """A line of the new task: an option and its value, KEPT if it stays as it is written."""

    name: str
    value: t.Any = KEPT


@dataclass
class Plan:
    """A task in its new form.

    lines: for each old option the lines that stand in its place, none if it goes. added: lines that no old option stands for.
    keywords: keywords that the task gets. notes: differences for the report.
    """

    module: str
    lines: dict[str, list[Out]] = field(default_factory=dict)
    added: list[Out] = field(default_factory=list)
    keywords: list[Out] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    results: Results = field(default_factory=Results)


@dataclass
class Place:
    """Where a group of these files is: the name of the group above, None for the root, and its data center as it is written."""

    name: str
    parent: t.Any
    data_center: t.Any


@dataclass
class Knowledge:
    """What is known beyond a task.

    templates: whole names of templates by the part of a name that stands for them, in lower case. places: groups that tasks of
    these files make, by name and by description in lower case. balancers: names, data centers and ports of load balancers that
    they make, as they are written. registered: data center, as it is written, of what tasks register. resizing: whether tasks
    change the sizes of servers.
    """

    templates: dict[str, str] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    balancers: set[tuple[str, ...]] = field(default_factory=set)
    registered: dict[str, set[str]] = field(default_factory=dict)
    resizing: bool = False


def learn(knowledge: Knowledge, tasks: t.Iterable[Task]) -> None:
    """Collect what tasks say about groups, load balancers, and data centers."""
    for task in tasks:
        knowledge.resizing |= task.old == "clc_modify_server" and bool({"cpu", "memory"} & task.options.keys())
        if task.register:
            where = repr(task.value("location")) if task.old in ("clc_group", "clc_server") else "unknown"
            knowledge.registered.setdefault(task.register, set()).add(where)
        name, state = task.value("name"), task.value("state")
        if task.old == "clc_loadbalancer" and state in (None, "present"):
            knowledge.balancers |= {
                balancer_key(task, "name", "location"),
                balancer_key(task, "name", "location", "port"),
            }
        if task.old != "clc_group" or state not in (None, "present") or not isinstance(name, str) or is_template(name):
            continue
        place = Place(name, task.value("parent") or None, task.value("location"))
        for known in {name.lower(), str(task.value("description") or name).lower()}:
            if place not in knowledge.places.setdefault(known, []):
                knowledge.places[known].append(place)


def balancer_key(task: Task, *parts: str) -> tuple[str, ...]:
    return tuple(str(task.value(part)) for part in parts)


def begin_plan(task: Task, module: Module, dropped: t.Container[str] = ()) -> Plan:
    """Return the plan that the tables alone make. dropped: options that the planner looks after itself.

    Raises Undecided if an option that no single new one replaces says something else than its default.
    """
    result = Plan(module.new)
    given = {name: option.data for name, option in task.options.items()}
    for name, value in given.items():
        if name in module.shared:
            result.lines[name] = [Out(module.shared[name])]
        elif name in dropped or value is None:
            result.lines[name] = []
        elif module.options[name].renamed_to is None:
            option = module.options[name]
            if not _is_default(value, option.default, option.type):
                raise Undecided(option.note.rstrip(".") or f"no option of {module.new} replaces {name}")
            result.lines[name] = []
        else:
            result.lines[name] = _lines(module, name, value, given)
    return result


def _is_default(value: t.Any, default: t.Any, kind: str) -> bool:
    if kind == "bool":
        return values.truth(value) is bool(default)
    return str(value).lower() == str(default).lower() or (not value and not default)


def _lines(module: Module, name: str, value: t.Any, given: Mapping[str, t.Any]) -> list[Out]:
    option = module.options[name]
    new = values.RULES[option.rule](value, name, given) if option.rule in values.RULES else None
    if option.rule not in values.RULES:
        raise Undecided(f"this program does not support {name}")
    if new is None:
        return []
    if option.renamed_to == "state" and module.states:
        new = _state(module, value)
    return [Out(str(option.renamed_to), new)]


def _state(module: Module, value: t.Any) -> t.Any:
    if is_template(value):
        raise Undecided("state is only known at run time")
    return module.states.get(value, KEPT)


def literal_state(task: Task, default: str = "present") -> str:
    """Return the state; raises Undecided if it is a template, since the states mean different tasks."""
    state = task.value("state") or default
    if is_template(state):
        raise Undecided("state is only known at run time, and each state is a different task now")
    return str(state)


def results_if_present(task: Task, roots: Mapping[str, Root]) -> Results:
    """Return the result of a task with state present; for other states the new modules return no resource."""
    return Results(roots if task.value("state") in (None, "present") else {})


def require_no_expected_error(task: Task, what: str) -> None:
    """Raise Undecided if a task counts on failing: old reading modules failed where new ones return an empty list."""
    if task.rescued or task.has("ignore_errors", "failed_when", "until"):
        raise Undecided(
            f"{what} that does not exist was an error, and is an empty list now; the tasks after it expect the error"
        )
