# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_group: a server group, identified by its name and parent.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api import tree
from ..convergence import Result, converge
from ..kit.predicted import exists
from ..kit.resource import Field
from ..kit.task import Task
from ..resources.server_group import groups, server_group
from .run import job_result, new_task
from .table import Table


def visible(task: Task, data_center: str) -> list[tree.GroupNode]:
    """Return the groups that the original client listed, the root first: all except archive, templates, and their subgroups."""

    def walk(node: tree.GroupNode) -> t.Iterator[tree.GroupNode]:
        yield node
        for child in node.group.get("groups") or []:
            if child.get("type") == "default":
                yield from walk(tree.GroupNode(child, (*node.path, str(child["name"])), node.id))

    return list(walk(tree.GroupNode(groups.root(task, data_center), (), None)))


def _id_or_name(task: Task, name: str) -> str:
    """Return the id of the group with a name, or the name itself if no group or several groups have it.

    The common lookup then resolves the name: it accepts ids and paths, and rejects ambiguous names.
    """
    groups_with_name = [node for node in visible(task, task.data_center) if node.group["name"] == name]
    return groups_with_name[0].id if len(groups_with_name) == 1 else name


def _new_task(table: Table, task: Task) -> Task:
    """Return the task with the id of the parent, or of the group itself for absent without a parent."""
    new = new_task(table, task)
    parent = new.option("parent")
    if parent:
        return new_task(table, task, parent=_id_or_name(new, parent))
    if new.state != "absent":
        return new
    name = new.option("name")
    if not any(node.group["name"] == name for node in visible(new, new.data_center)):
        return new
    node = groups.resolve(new, new.data_center, _id_or_name(new, name))
    return new_task(table, task, name=None, id=node.id)


class LegacyGroup(server_group.ServerGroup):
    """A group whose description is its name if the task has none, as the original client created it."""

    def desired_value(self, field: Field) -> t.Any:
        value = super().desired_value(field)
        is_new = self.entity is None
        return self.task.option("name") if field.option == "description" and value is None and is_new else value


def work(table: Table, task: Task) -> Result:
    """Create or delete the group. The result is its entity, or its name if it does not exist."""
    group = LegacyGroup(_new_task(table, task))
    result = converge(group)
    return {**job_result(result), "group": group.entity if exists(group.entity) else task.option("name")}
