# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module server_info reads: servers by id, of a group or of a data center, by what they are like.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import tree
from ...kit import gather
from ...kit.declaration import Entity
from ...kit.task import Task
from ..server_group import matching_groups, root_group
from . import result as server_result
from ._shared import read_servers
from .selection import Selector

CHOICES = {
    "capabilities": gather.Choice("capabilities"),
    "statistics": gather.Choice("statistics", gather.statistics_query),
    "credentials": gather.Choice("credentials"),
    "upcoming_scheduled_activities": gather.Choice("upcomingScheduledActivities"),
}


def found_servers(task: Task) -> list[dict[str, t.Any]]:
    """Return the servers that an info task asks for, sorted by id: by server_ids, else of a group or of the data center.

    `recursive` takes in the groups below. An id or group that does not exist gives nothing.
    """
    if task.option("server_ids") is not None:
        servers = [one for one in read_servers(task, task.option("server_ids")).values() if one is not None]
    else:
        servers = _servers_of_groups(task)
    kept = sorted((one for one in servers if _passes(task, one)), key=server_result.server_id)
    extras = gather.gathered(task, CHOICES, kept)
    return [{**server_result.shown(one), **extra} for one, extra in zip(kept, extras, strict=True)]


def _servers_of_groups(task: Task) -> list[Entity]:
    wanted = task.option("group")
    if wanted is None:
        center = tree.data_center(task.client, task.account, task.data_center)
        top = tree.root_of(task.client, center, detailed=True)
        tops = [top] if top else []
    else:
        everything = list(tree.places(root_group(task, task.data_center)))
        tops = [tree.group(task.client, task.account, one.id, True) for one in matching_groups(everything, wanted)]
    deep = wanted is None or task.option("recursive")
    groups = [place.group for top in tops for place in tree.places(top) if deep or place.group is top]
    return [one for servers in tree.servers_in(task.client, groups).values() for one in servers]


def _passes(task: Task, server: Entity) -> bool:
    """Say whether a server has the name, status, power state and custom field values that the task asks for."""
    base, status, power = task.option("name"), task.option("status"), task.option("power_state")
    prefix = f"{server['locationId']}{task.account}".lower()
    named = base is None or Selector(base).pattern(prefix).fullmatch(server_result.server_id(server))
    right_status = not status or server["status"] in status
    fields = task.option("custom_fields") or {}
    right_fields = all(server_result.has_custom_field(server, name, value) for name, value in fields.items())
    right_power = not power or server_result.details(server).get("powerState") in power
    return bool(named) and right_status and right_power and right_fields
