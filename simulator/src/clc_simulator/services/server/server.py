# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: read, create (from a template, as a clone, on bare metal), delete, and restore.

Decisions:
  - A failed or hanging creation leaves a server under construction, a failed deletion one that is queued for delete.
  - A server that is deleted while it is under construction or queued gets the response 202 with `isQueued: false`.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core import hardware, inventory, jobs, models
from clc_simulator.core.clock import Seconds, format_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.errors import NOT_QUEUED, validation_error
from clc_simulator.core.hrefs import href
from clc_simulator.core.jobs import JobOwner
from clc_simulator.core.models import Group, PublicAddress, Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server import fields, limits, provisioning, views
from clc_simulator.services.server._shared import (
    active_server_from_path,
    queued_item,
    remove_server,
    server_from_path,
    target_group,
)

Json = dict[str, Any]


@operation("getServer", cacheable=True)
def get_server(request: RequestContext) -> HandlerResponse:
    """Return a server, by id or, with uuid=true, by its uuid."""
    is_uuid = str(request.parameter("uuid")).lower() == "true"
    server = inventory.find_server(request.world, request.alias, request.path["serverId"], is_uuid)
    return HandlerResponse(views.server_view(request.world, server))


@operation("createServer", writes=(Server,))
def create_server(request: RequestContext) -> HandlerResponse:
    """Queue the creation of a server, after the request was validated."""
    body = request.body
    group = target_group(request, body["groupId"], "groupId")
    server = provisioning.plan(request, group, body)
    expires = fields.expiry(body["ttl"], request.world.now) if "ttl" in body else None
    response = start_building(request, server)
    if expires is not None:
        server_expires.schedule(request.world, expires, server_id=server.id)
    return response


def start_building(request: RequestContext, server: Server) -> HandlerResponse:
    """Start the job that builds a planned server; return the response recorded for create, clone, and import."""
    request.world[Server].add(server)
    # A managed system stays under construction for some time after the job (recorded).
    delay: Seconds = request.world.job_seconds * (jobs.DELAYED - 1) if server.managed_os else 0.0
    started = request.start_job(server.data_center, delay=delay, server_id=server.id)
    item = queued_item(request.body["name"], started.link)
    # The only link of v2 that has a query and the alias as the client wrote it (docs/wire-notes.md, section 2).
    self_href = f"{href('getServer', request.path['accountAlias'], server.uuid)}?uuid=True"
    item["links"].append({"rel": "self", "href": self_href, "id": server.uuid, "verbs": ["GET"]})
    return HandlerResponse(item)


@create_server.effect(share=jobs.EXECUTION_STARTS)
def server_appears(world: World, server_id: str) -> None:
    """Make a requested server visible."""
    server = world[Server].get(server_id)
    if server is not None and server.status == models.REQUESTED:
        now = format_timestamp(world.now)
        world[Server].update(server, status=models.UNDER_CONSTRUCTION, created=now, modified=now)


@create_server.effect
def server_is_ready(world: World, server_id: str) -> None:
    """Make a server that was under construction active and started."""
    server = world[Server].get(server_id)
    if server is not None and server.status == models.UNDER_CONSTRUCTION:
        world[Server].update(server, status=models.ACTIVE, power="started", modified=format_timestamp(world.now))


@create_server.effect(share=jobs.DELAYED)
def guest_reports_partitions(world: World, server_id: str) -> None:
    """Add the partitions that the guest reports; they are missing right after a job (recorded)."""
    server = world[Server].get(server_id)
    if server is None or server.bare_metal is not None:
        return
    system = [disk for disk in server.disks if disk["id"] in server.system_disks]
    partitions = hardware.system_partitions(server.os, system) + hardware.data_partitions(server.os, server.disks)
    world[Server].update(server, partitions=partitions, host_name=server.host_name or server.id)


@jobs.later("createServer", writes=(Server,))
def server_expires(world: World, server_id: str) -> None:
    """Start the deletion of a server whose ttl has passed."""
    server = world[Server].get(server_id)
    if server is not None and server.status != models.QUEUED_FOR_DELETE:
        start_deletion(world, server, server.created_by)


@operation("deleteServer", writes=(Server, PublicAddress))
def delete_server(request: RequestContext) -> HandlerResponse:
    """Queue the deletion of a server, unless it is under construction or queued."""
    server = server_from_path(request)
    if server.status not in (models.ACTIVE, models.ARCHIVED):
        return HandlerResponse({"server": server.id, "isQueued": False, "errorMessage": NOT_QUEUED})
    request.world[Server].update(server, status=models.QUEUED_FOR_DELETE)
    started = request.start_job(server.data_center, server_id=server.id)
    return HandlerResponse(queued_item(server.id, started.link))


def start_deletion(world: World, server: Server, user: str) -> None:
    """Start the job that deletes a server, without a request."""
    world[Server].update(server, status=models.QUEUED_FOR_DELETE)
    delete_server.start(world, JobOwner(server.data_center, server.account, user), [{"server_id": server.id}])


@delete_server.effect
def server_is_deleted(world: World, server_id: str) -> None:
    """Remove a server."""
    server = world[Server].get(server_id)
    if server is not None:
        remove_server(world, server)


@operation("restoreServer", writes=(Server,))
def restore_server(request: RequestContext) -> HandlerResponse:
    """Queue the restore of an archived server into a group of its data center."""
    server = server_from_path(request)
    target = target_group(request, request.body["targetGroupId"], "targetGroupId", server.data_center)
    if server.status != models.ARCHIVED:
        raise validation_error("", "The server must be in Archived state.")
    assert request.account is not None
    memory = server.memory_mb // 1024
    limits.check(request.world, request.account, server.data_center, cpu=server.cpu, memoryGB=memory)
    request.world[Server].update(server, status=models.QUEUED_FOR_RESTORE)
    return request.start_job(server.data_center, server_id=server.id, group_id=target.id)


@restore_server.effect
def server_is_restored(world: World, server_id: str, group_id: str, user: str) -> None:
    """Make a restored server active in its group; it is started soon after (recorded)."""
    server = world[Server].get(server_id)
    if server is not None and server.status == models.QUEUED_FOR_RESTORE and group_id in world[Group]:
        now = format_timestamp(world.now)
        world[Server].update(server, status=models.ACTIVE, group=group_id, modified=now, modified_by=user)


@restore_server.effect(share=jobs.DELAYED)
def server_starts(world: World, server_id: str) -> None:
    """Start a server that was restored."""
    server = world[Server].get(server_id)
    if server is not None and server.status == models.ACTIVE:
        world[Server].update(server, power="started")


@operation("getServerCredentials")
def get_server_credentials(request: RequestContext) -> HandlerResponse:
    """Return the administrator's name and the stored password."""
    server = active_server_from_path(request)
    name = "Administrator" if hardware.family(server.os) == "windows" else "root"
    return HandlerResponse({"userName": name, "password": server.password})


@operation("getServerCapabilities")
def get_server_capabilities(request: RequestContext) -> HandlerResponse:
    """Return what the operating system of a server supports."""
    family = hardware.family(server_from_path(request).os)
    return HandlerResponse(
        {
            "addingCpuRequiresReboot": False,
            "addingMemoryRequiresReboot": family == "windows",
            "reservedDrivePaths": inventory.platform()["reservedPaths"][family],
        }
    )
