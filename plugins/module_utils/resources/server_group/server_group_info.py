# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gather groups of a data center and, on request, statistics, defaults, and upcoming activities of each.

API behavior (groups.yaml): the shape of upcoming activities is not documented, so they are returned as they are.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import tree
from ...kit import gather
from ...kit.task import Task
from . import default as server_group_default
from . import groups, server_group

CHOICES = {
    "statistics": gather.GatherSubset("statistics", gather.statistics_query),
    "defaults": gather.GatherSubset("defaults", to_result=lambda body: server_group_default.values(body or {})),
    "upcoming_scheduled_activities": gather.GatherSubset("upcomingScheduledActivities"),
}


def gather_groups(task: Task) -> list[dict[str, t.Any]]:
    """Return the groups that an info task selects, parents first: by id, path, or name, otherwise all of the data center.

    `recursive` adds their subgroups. The list is empty if no group matches.
    """
    group_spec = task.option("group")
    nodes = list(tree.nodes_from(groups.root(task, task.data_center)))
    if group_spec is not None:
        nodes = groups.matching(nodes, group_spec)
    if task.option("recursive"):
        nodes = list({node.id: node for top in nodes for node in tree.nodes_below(top)}.values())
    extras = gather.gather_subsets(task, CHOICES, [node.group for node in nodes])
    return [{**_with_servers(node), **extra} for node, extra in zip(nodes, extras, strict=True)]


def _with_servers(node: tree.GroupNode) -> dict[str, t.Any]:
    result = server_group.to_result(node.group, node.path, node.parent_id)
    return {**result, "server_ids": sorted(tree.server_ids(node.group))}
