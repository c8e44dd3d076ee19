# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Server groups: read, create, update, delete, archive, and restore.

Decisions:
  - An archived group is below Archive with its servers, which are archived in place; it keeps its id. Restoring it to a
    target restores its servers, started. A group with a managed server cannot be archived.
  - A group cannot be created in or moved to Archive or Templates, below itself, or to another data center (400). System
    groups cannot be moved, archived, or deleted, but renamed.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core import inventory, jobs, models
from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.errors import bad_request, validation_error
from clc_simulator.core.hrefs import href
from clc_simulator.core.models import Group, PublicAddress, Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server import parse_custom_fields, parse_patch, remove_server, target_group
from clc_simulator.services.server_group._shared import group_from_path
from clc_simulator.services.server_group.views import group_view


def _require_removable(group: Group, action: str) -> None:
    if group.parent is None or group.type != "default":
        raise bad_request(f"The group {group.name} is a system group and cannot be {action}.")


@operation("getGroup", cacheable=True)
def get_group(request: RequestContext) -> HandlerResponse:
    """Return a group with all groups below it."""
    group = group_from_path(request)
    view = group_view(request.world, group, detailed=request.parameter("serverDetail") == "detailed")
    if request.faults.shuffle is not None:
        _shuffle(request, view)
    return HandlerResponse(view)


def _shuffle(request: RequestContext, view: dict[str, Any]) -> None:
    """Shuffle the arrays of a group tree."""
    assert request.faults.shuffle is not None
    for property_name in ("groups", "servers", "links"):
        request.faults.shuffle.shuffle(view.get(property_name, []))
    for child in view["groups"]:
        _shuffle(request, child)


@operation("createGroup", writes=(Group,))
def create_group(request: RequestContext) -> HandlerResponse:
    """Create a group below another. Names need not be unique; the data center is that of the parent."""
    body = request.body
    parent = target_group(request, body["parentGroupId"], "parentGroupId")
    assert request.account is not None
    group = request.world[Group].add(
        Group(
            custom_fields=parse_custom_fields(request.account, body.get("customFields", [])),
            id=request.world.new_id(),
            account=request.alias,
            data_center=parent.data_center,
            name=body["name"],
            type="default",
            parent=parent.id,
            description=body.get("description"),
            created=request.now,
            created_by=request.user_name,
            modified=request.now,
            modified_by=request.user_name,
        )
    )
    view = group_view(request.world, group, detailed=False, is_new=True)
    return HandlerResponse(view, location=href("getGroup", request.alias.lower(), group.id))


@operation("updateGroup", writes=(Group,))
def update_group(request: RequestContext) -> HandlerResponse:
    """Set name, description, parent, or custom fields, all at once or none."""
    group = group_from_path(request)
    requested = parse_patch(request.body)
    changes: dict[str, Any] = {name: requested[name] for name in ("name", "description") if name in requested}
    if "parentGroupId" in requested:
        changes["parent"] = _new_parent(request, group, requested["parentGroupId"]).id
    if "customFields" in requested:
        assert request.account is not None
        changes["custom_fields"] = parse_custom_fields(request.account, requested["customFields"])
    request.world[Group].update(group, **changes, modified=request.now, modified_by=request.user_name)
    return HandlerResponse()


def _new_parent(request: RequestContext, group: Group, key: str) -> Group:
    """Return the new parent of a group. Raise ApiError (400): same data center, no system group, no cycle."""
    if group.parent is None or group.type != "default":
        raise validation_error("parentGroupId", f"The group {group.name} is a system group and cannot be moved.")
    parent = target_group(request, key, "parentGroupId", group.data_center)
    if parent.id in {below.id for below in inventory.subtree(request.world, group)}:
        raise validation_error("parentGroupId", "A group cannot be moved below itself.")
    return parent


def _servers_below(world: World, group: Group) -> list[Server]:
    """Return all servers in a group's tree, including those that are not visible yet."""
    groups = list(inventory.subtree(world, group))
    return [server for below in groups for server in world[Server].find_by("group", below.id)]


@operation("deleteGroup", writes=(Group, Server, PublicAddress), statuses=jobs.DELETE_GROUP)
def delete_group(request: RequestContext) -> HandlerResponse:
    """Delete a group with all below it; its servers are queued for delete while the job runs."""
    group = group_from_path(request)
    _require_removable(group, "deleted")
    for server in _servers_below(request.world, group):
        if server.status != models.REQUESTED:
            request.world[Server].update(server, status=models.QUEUED_FOR_DELETE)
    return request.start_job(group.data_center, group_id=group.id)


@delete_group.effect
def group_is_deleted(world: World, group_id: str) -> None:
    """Remove a group, all groups below it, and their servers."""
    group = world[Group].get(group_id)
    if group is None:
        return
    groups = list(inventory.subtree(world, group))
    for server in _servers_below(world, group):
        remove_server(world, server)
    for below in groups:
        world[Group].remove(below.id)


@operation("archiveGroup", writes=(Group, Server))
def archive_group(request: RequestContext) -> HandlerResponse:
    """Archive a group: when the job ends it is below the Archive group, with its servers archived in it."""
    group = group_from_path(request)
    _require_removable(group, "archived")
    if inventory.container_type(request.world, group) != "default":
        raise bad_request(f"The group {group.name} is already archived.")
    if any(server.managed_os for server in _servers_below(request.world, group)):
        raise bad_request("Servers with a managed operating system cannot be archived.")
    return request.start_job(group.data_center, group_id=group.id)


@archive_group.effect
def group_is_archived(world: World, group_id: str, user: str) -> None:
    """Move a group below Archive and archive the active servers of its tree."""
    group = world[Group].get(group_id)
    if group is None:
        return
    archive = inventory.system_group(world, group.account, group.data_center, "archive")
    change = {"modified": format_timestamp(world.now), "modified_by": user}
    for server in _servers_below(world, group):
        if server.status == models.ACTIVE:
            world[Server].update(server, status=models.ARCHIVED, power="stopped", **change)
    world[Group].update(group, parent=archive.id, **change)


@operation("restoreGroup", writes=(Group, Server))
def restore_group(request: RequestContext) -> HandlerResponse:
    """Restore an archived group below another; the response for a group that is not archived has isQueued false."""
    group = group_from_path(request)
    target = target_group(request, request.body["targetGroupId"], "targetGroupId", group.data_center)
    if group.type != "default" or inventory.container_type(request.world, group) != "archive":
        return HandlerResponse({"isQueued": False, "errorMessage": "The group is not archived."})
    for server in _servers_below(request.world, group):
        if server.status == models.ARCHIVED:
            request.world[Server].update(server, status=models.QUEUED_FOR_RESTORE)
    started = request.start_job(group.data_center, group_id=group.id, target_id=target.id)
    query = f"?AccountAlias={request.alias}&identifier={group.id}"
    self_link = {"rel": "self", "href": href("getGroup", request.alias.lower(), group.id) + query}
    return HandlerResponse({"isQueued": True, "links": [self_link, started.link]})


@restore_group.effect
def group_is_restored(world: World, group_id: str, target_id: str, user: str) -> None:
    """Move a group out of the archive and make the servers of its tree active and started."""
    group = world[Group].get(group_id)
    if group is None or target_id not in world[Group]:
        return
    change = {"modified": format_timestamp(world.now), "modified_by": user}
    for server in _servers_below(world, group):
        if server.status == models.QUEUED_FOR_RESTORE:
            world[Server].update(server, status=models.ACTIVE, power="started", **change)
    world[Group].update(group, parent=target_id, **change)
