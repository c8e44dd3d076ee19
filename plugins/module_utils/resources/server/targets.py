# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers that a task names by `server_ids` for what is done to all of them at once.

Facts (contract compute.yaml, x-clc-batch-rules): a batch takes ids in any case and answers one entry for each distinct server;
one that is not active, or is a template, cannot be queued.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api.errors import ConfigurationError
from ...kit.declaration import Entity
from ...kit.lookup import listed, refuse_unnamed
from ...kit.task import Task
from . import result as server_result
from ._shared import expect_all, read_servers


def read_named(task: Task) -> list[Entity]:
    """Return the servers of the option `server_ids`, sorted by id, each once. One request for each, through a pool.

    Those that are missing are left out where something shall be absent, and foreseen in check mode, with a warning; one that a
    prediction has no id for yet comes last. Raises NotThere, which names all that are missing, and LookupFailed for an empty id.
    """
    refuse_unnamed(task, "servers", "server_ids")
    given = task.option("server_ids")
    read = read_servers(task, given)
    if task.state == "absent":
        return [found for found in read.values() if found is not None]
    expect_all(task, read)
    known = [found or foreseen_server(name) for name, found in read.items()]
    return [*known, *(foreseen_server(None) for one in given if not one)]


def foreseen_server(name: str | None) -> Entity:
    """Return a server that is only foreseen in check mode, as far as it can be known; name is null where even that is not."""
    return {"id": name, "status": "active", "isTemplate": False, "details": {"snapshots": []}, "foreseen": True}


def id_of(one: Entity) -> str | None:
    """Return the id of a server in lower case; null for one that is only foreseen."""
    return server_result.server_id(one) if one.get("id") else None


def told(servers: t.Iterable[Entity]) -> str:
    """Return servers in words."""
    return f"server {listed(id_of(one) or 'that is yet to be made' for one in servers)}"


def refuse_inactive(action: str, servers: t.Iterable[Entity]) -> None:
    """Raise ConfigurationError where a server is not active or is a template: the service queues nothing for such."""
    inactive = [one for one in servers if one["status"] != "active" or one.get("isTemplate")]
    if not inactive:
        return
    states = (f"{id_of(one)} is {'a template' if one.get('isTemplate') else one['status']}" for one in inactive)
    raise ConfigurationError(
        listed(states),
        action=action,
        thing=told(inactive),
        remedy="It has to be an active server: wait for its build, restore it, or leave it out.",
    )


def refuse_not_started(action: str, servers: t.Iterable[Entity]) -> None:
    """Raise ConfigurationError where a server is not running; of one that is only foreseen that is not known."""
    idle = [one for one in servers if server_result.details(one).get("powerState", "started") != "started"]
    if not idle:
        return
    raise ConfigurationError(
        listed(f"{id_of(one)} is {server_result.details(one)['powerState']}" for one in idle),
        action=action,
        thing=told(idle),
        remedy="Start it, or leave it out.",
    )


def sent_ids(servers: t.Iterable[Entity]) -> list[str]:
    """Return the ids of servers as batches have them."""
    return [server_result.server_id(one).upper() for one in servers]
