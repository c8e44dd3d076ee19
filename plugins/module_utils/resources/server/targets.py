# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers of the option `server_ids`, for operations on all of them.

API behavior (compute.yaml, x-clc-batch-rules): ids in a batch are case-insensitive, and the response has one entry per distinct
server; a server that is not active, or is a template, cannot be queued.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api.errors import InvalidTaskError
from ...kit.lookup import format_list, require_identifier
from ...kit.resource import Entity
from ...kit.task import Task
from . import result as server_result
from ._shared import predicted_server, read_servers, require_all


def read_targets(task: Task) -> list[Entity]:
    """Return the servers of the option `server_ids`, sorted by id, each once. Sends one request per server, through a pool.

    Missing servers are omitted if the state is absent, and predicted in check mode, with a warning.
    Raises NoSuchResource with all missing servers, and ResourceLookupError for an empty id.
    """
    require_identifier(task, "servers", "server_ids")
    servers = read_servers(task, task.option("server_ids"))
    if task.state == "absent":
        return [server for server in servers.values() if server is not None]
    require_all(task, servers)
    return [server or predicted_server(server_id) for server_id, server in servers.items()]


def id_of(server: Entity) -> str:
    """Return the id of a server in lower case."""
    return server_result.server_id(server)


def require_active(action: str, servers: t.Iterable[Entity]) -> None:
    """Raise InvalidTaskError if a server is not active or is a template, since the service queues no operation for it."""
    inactive = [server for server in servers if server["status"] != "active" or server.get("isTemplate")]
    if not inactive:
        return
    raise InvalidTaskError(
        format_list(
            f"{id_of(server)} is {'a template' if server.get('isTemplate') else server['status']}"
            for server in inactive
        ),
        action=action,
        target=server_result.label(inactive),
        help_text="Servers must be active: wait for the build, restore the server, or omit it.",
    )


def require_started(action: str, servers: t.Iterable[Entity]) -> None:
    """Raise InvalidTaskError if a server is not started; the power state of a predicted server is unknown and allowed."""
    idle = [server for server in servers if server_result.details(server).get("powerState", "started") != "started"]
    if not idle:
        return
    raise InvalidTaskError(
        format_list(f"{id_of(server)} is {server_result.details(server)['powerState']}" for server in idle),
        action=action,
        target=server_result.label(idle),
        help_text="Start the server, or omit it.",
    )


def batch_ids(servers: t.Iterable[Entity]) -> list[str]:
    """Return the ids of servers in upper case, for the body of a batch."""
    return [server_result.server_id(server).upper() for server in servers]
