# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Archiving servers."""

from __future__ import annotations

from clc_simulator.core import inventory, models
from clc_simulator.core.entities import World
from clc_simulator.core.errors import NOT_QUEUED
from clc_simulator.core.jobs import JobOwner
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server._shared import update_active
from clc_simulator.services.server.batch import Batch, run_same


def _rejection(server: Server) -> str | None:
    return NOT_QUEUED if server.managed_os else None


@operation("archiveServers", writes=(Server,))
def archive_servers(request: RequestContext) -> HandlerResponse:
    """Archive servers; servers with a managed operating system are rejected."""
    return run_same(request, request.body, Batch(_rejection))


def start_archiving(world: World, server: Server, user: str) -> None:
    """Start the job that archives a server, without a request, if it can be archived."""
    if _rejection(server) is None:
        owner = JobOwner(server.data_center, server.account, user)
        archive_servers.start(world, owner, [{"server_id": server.id}])


@archive_servers.effect
def server_is_archived(world: World, server_id: str, user: str) -> None:
    """Move a server to the Archive group; it keeps addresses, disks, and snapshots."""
    server = world[Server].get(server_id)
    if server is not None:
        group = inventory.system_group(world, server.account, server.data_center, "archive")
        update_active(world, server_id, user, status=models.ARCHIVED, group=group.id, power="stopped")
