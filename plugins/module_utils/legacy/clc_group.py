# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_group: one group by its name below a parent.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api import tree
from ..convergence import Result, converge
from ..kit.task import Task
from ..resources.server_group import groups, server_group
from .run import new_task, told_jobs
from .table import Table


def visible(task: Task, data_center: str) -> list[tree.Place]:
    """Return the groups that the old client saw, the root first: not the archive, the templates, and what is below them."""

    def below(place: tree.Place) -> t.Iterator[tree.Place]:
        yield place
        for child in place.group.get("groups") or []:
            if child.get("type") == "default":
                yield from below(tree.Place(child, (*place.path, str(child["name"])), place.id))

    return list(below(tree.Place(groups.root(task, data_center), (), None)))


def _named(task: Task, name: str) -> str:
    """Return the id of the one group of that name, whatever it is made of; the name itself where there is none or are several.

    What is left as it is goes through the look-up of all modules, which takes ids and paths and refuses what is not clear.
    """
    found = [place for place in visible(task, task.data_center) if place.group["name"] == name]
    return found[0].id if len(found) == 1 else name


def _meant(table: Table, task: Task) -> Task:
    """Return the task with the parent as an id, or with the group's own id where any group of the name is meant."""
    new = new_task(table, task)
    parent = new.option("parent")
    if parent:
        return new_task(table, task, parent=_named(new, parent))
    if new.state != "absent":
        return new
    name = new.option("name")
    if not any(place.group["name"] == name for place in visible(new, new.data_center)):
        return new
    found = groups.resolve(new, new.data_center, _named(new, name))
    return new_task(table, task, name=None, id=found.id)


def work(table: Table, task: Task) -> Result:
    """Make the group be there or not; the result is its object, or its name where there is none."""
    group = server_group.ServerGroup(_meant(table, task))
    result = converge(group)
    known = group.entity is not None and group.entity.get("id")
    return {**told_jobs(result), "group": group.entity if known else task.option("name")}
