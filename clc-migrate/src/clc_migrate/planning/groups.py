# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans for clc_group and clc_group_fact."""

from __future__ import annotations

import re
import typing as t

from .. import values
from ..finding import Task
from ..results import Results, Root
from ..tables import Module
from ..values import Undecided, is_template
from ._shared import (
    Knowledge,
    Out,
    Plan,
    begin_plan,
    literal_state,
    require_no_expected_error,
    results_if_present,
)

_VARIABLE = re.compile(r"(\w+)\.")


def plan_group(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_group. Raises Undecided."""
    parent = task.value("parent")
    # Below a parent both states mean the same group; without one the old ones did not.
    state = task.value("state") if parent else literal_state(task)
    result = begin_plan(task, module)
    if isinstance(parent, str) and "/" in parent and not is_template(parent):
        raise Undecided("the name of the parent contains a slash, so it would be a path now")
    if state == "absent" and not result.lines.get("parent"):
        _place_absent(task, result, knowledge)
    if state not in (None, "present") and not values.truth(task.value("force")):
        result.notes.append(
            "a group with servers in it or its subgroups is deleted only with force: true; before, the servers were deleted, too"
        )
    if describe_by_name(task, result):
        result.notes.append(
            "the description of an existing group is changed to its name too; before, only a new group got it"
        )
    result.results = results_if_present(
        task, {"group": Root("{0}.server_group", "group", without=frozenset({"servers"}))}
    )
    return result


def describe_by_name(task: Task, result: Plan) -> bool:
    """Add the name as description if the task has none, as the old modules sent it; return whether it was added."""
    if task.value("name") and not task.value("description") and task.value("state") != "absent":
        result.added.append(Out("description", task.value("name")))
        return True
    return False


def _place_absent(task: Task, result: Plan, knowledge: Knowledge) -> None:
    """Add the parent of a group to delete. Without it, the old module deleted any group of the name, the new one below the root."""
    name = task.value("name")
    known = [place for place in knowledge.places.get(str(name).lower(), []) if place.name == name]
    if len(known) != 1 or known[0].data_center != task.value("location"):
        raise Undecided(
            "parent is missing, so it deletes any group with the name. server_group deletes the one below parent, which "
            "defaults to the root. Set parent"
        )
    if known[0].parent is not None:
        result.lines.setdefault("name", []).append(Out("parent", known[0].parent))


def plan_group_fact(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_group_fact. Raises Undecided."""
    require_no_expected_error(task, "a group")
    result = begin_plan(task, module)
    result.notes.append("a group that does not exist gives an empty list; before, it was an error")
    data_center = _data_center_of(values.expression(task.value("group_id")) or "", knowledge)
    if data_center is not None:
        result.added.append(Out("data_center", data_center))
    result.results = Results({"group": Root("{0}.server_groups[0]", "group")})
    return result


def _data_center_of(expression: str, knowledge: Knowledge) -> t.Any:
    """Return the data center of a registered group, None if it is the login's own. Raises Undecided."""
    found = _VARIABLE.match(expression)
    data_centers = knowledge.registered.get(found[1], set()) if found else set()
    if len(data_centers) != 1 or data_centers == {"unknown"}:
        raise Undecided(
            "the new module looks for the id of a group in one data center, which is not known here. Set data_center"
        )
    data_center = next(iter(data_centers))
    return None if data_center == "None" else data_center[1:-1]
