# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gather servers by id, of a group, or of a data center, filtered by their properties.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import tree
from ...kit import gather
from ...kit.resource import Entity
from ...kit.task import Task
from ..account import validate_custom_field_filter
from ..server_group import matching_groups, root_group
from . import result as server_result
from ._shared import read_servers
from .selection import Selector

CHOICES = {
    "capabilities": gather.GatherSubset("capabilities"),
    "statistics": gather.GatherSubset("statistics", gather.statistics_query),
    "credentials": gather.GatherSubset("credentials"),
    "upcoming_scheduled_activities": gather.GatherSubset("upcomingScheduledActivities"),
}


def gather_servers(task: Task) -> list[dict[str, t.Any]]:
    """Return the servers that an info task selects, sorted by id: by server_ids, otherwise of a group or of the data center.

    `recursive` includes subgroups. Ids and groups that do not exist are ignored. Raises ResourceLookupError for a custom field that
    the account does not have, if no server is selected.
    """
    if task.option("server_ids") is not None:
        by_id = read_servers(task, task.option("server_ids"))
        servers = [server for server in by_id.values() if server is not None]
    else:
        servers = _servers_of_groups(task)
    selected = sorted((server for server in servers if _is_selected(task, server)), key=server_result.server_id)
    if not selected:
        validate_custom_field_filter(task)
    extras = gather.gather_subsets(task, CHOICES, selected)
    return [{**server_result.to_result(server), **extra} for server, extra in zip(selected, extras, strict=True)]


def _servers_of_groups(task: Task) -> list[Entity]:
    group_spec = task.option("group")
    if group_spec is None:
        data_center = tree.data_center(task.client, task.account, task.data_center)
        root = tree.root_group(task.client, data_center, detailed=True)
        tops = [root] if root else []
    else:
        matches = matching_groups(tree.nodes_from(root_group(task, task.data_center)), group_spec)
        tops = [tree.group(task.client, task.account, node.id, True) for node in matches]
    recursive = group_spec is None or task.option("recursive")
    groups = [node.group for top in tops for node in tree.nodes_from(top) if recursive or node.group is top]
    return [server for servers in tree.servers_in(task.client, groups).values() for server in servers]


def _is_selected(task: Task, server: Entity) -> bool:
    """Return whether a server has the name, status, power state, and custom field values of the task's filters."""
    base_name, status, power = task.option("name"), task.option("status"), task.option("power_state")
    prefix = f"{server['locationId']}{task.account}".lower()
    has_name = base_name is None or Selector(base_name).pattern(prefix).fullmatch(server_result.server_id(server))
    has_status = not status or server["status"] in status
    fields = task.option("custom_fields") or {}
    has_fields = all(server_result.has_custom_field(server, name, value) for name, value in fields.items())
    has_power = not power or server_result.details(server).get("powerState") in power
    return bool(has_name) and has_status and has_power and has_fields
