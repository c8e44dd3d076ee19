# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers that the tasks of other resources name, and their private IP addresses.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import tree
from ...api.errors import InvalidTaskError
from ...kit.predicted import has_placeholder, new_id
from ...kit.resource import Entity
from ...kit.task import Task
from ..server_group import resolve_group
from . import result as server_result
from ._shared import ADDRESS, predicted_server
from .selection import Selector

# A group as options refer to it, see kit/references.py.
_Group: t.TypeAlias = "str | t.Sequence[str]"


def fleet(task: Task, name: str | None, group: _Group, data_center: str) -> list[Entity]:
    """Return the servers of a fleet, or all of a group, sorted by id; empty if there are none. Reads the group once per task.

    name: base name of the fleet; None for all servers of the group. In check mode, the fleet of a group that an earlier task has
    predicted is one server, since their number is unknown.
    """
    node = task.resolve_reference(lambda: resolve_group(task, data_center, group), None)
    if node is None:
        return [first_of_fleet(task, name, group, data_center)] if has_placeholder(group) else []
    selector, prefix = Selector(name), f"{data_center}{task.account}".lower()
    return [server for server in _servers_of(task, node.id) if selector.counts(server, prefix)]


def _servers_of(task: Task, group_id: str) -> list[Entity]:
    def read() -> list[Entity]:
        group = tree.group(task.client, task.account, group_id, detailed=True)
        return tree.servers_in(task.client, [group])[str(group["id"])]

    return task.cached(("servers of group", group_id), read)


def first_of_fleet(task: Task, name: str | None, group: _Group, data_center: str) -> Entity:
    """Return the first server of a fleet that does not exist yet, as the task that creates the fleet predicts it."""
    text = f"{data_center}{task.account}{name or 'server'} 1"
    return predicted_server(new_id(task, text, "server", name, repr(group), 1))


def private_address(task: Task, server: Entity) -> str:
    """Return the first private IP address of a server.

    Raises InvalidTaskError if it has none, as a server that is being built; in check mode, it then has a placeholder.
    """
    address = server_result.primary_address(server)
    if address is not None:
        return address
    server_id = server_result.server_id(server)
    if task.predicting:
        return new_id(task, f"{ADDRESS} {server_id}", "server", server_id, ADDRESS)
    raise InvalidTaskError(
        f"it has no private IP address (status {server['status']})",
        action="use",
        target=f"server {server_id}",
        help_text="Wait until the server is built.",
    )
