# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups: read, create, change, delete, archive, restore, defaults."""

from __future__ import annotations

from typing import Any

from clc_simulator import building, estate, fields, queue, views
from clc_simulator.clock import stamp
from clc_simulator.estate import Group, PublicAddress, Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import invalid, refused
from clc_simulator.queue import Disturbance, Step
from clc_simulator.world import World


def disturbance(call: Call) -> Disturbance:
    """Return how the faults of a request bend the job that it starts."""
    return Disturbance(call.play.job, call.play.job_lag_seconds)


def _group(call: Call) -> Group:
    return estate.find_group(call.world, call.alias, call.path["groupId"])


def target_group(call: Call, key: str, member: str, code: str | None = None) -> Group:
    """Return a group that a request names in its body, where servers and groups may be put into it.

    code is the data center in which it must lie. Raises Problem (400) with member in modelState.
    """
    group = call.world[Group].get(key.lower())
    if group is None or group.account != call.alias:
        raise invalid(member, f"The group {key} does not exist.")
    if code is not None and group.data_center != code:
        raise invalid(member, f"The group {key} is in another data center than {code}.")
    if estate.holding_type(call.world, group) != "default":
        raise invalid(member, f"The group {key} is an archive or templates group.")
    return group


def _removable(group: Group, what: str) -> None:
    if group.parent is None or group.type != "default":
        raise refused(f"The group {group.name} is a system group and cannot be {what}.")


@operation("getGroup", timeless=True)
def get_group(call: Call) -> Reply:
    """Answer a group with the whole tree below it."""
    group = _group(call)
    view = views.group(call.world, group, detailed=call.shows("serverDetail") == "detailed")
    if call.play.shuffle is not None:
        _shuffle(call, view)
    return Reply(view)


def _shuffle(call: Call, view: dict[str, Any]) -> None:
    """Bring the arrays of a group tree into another order."""
    assert call.play.shuffle is not None
    for member in ("groups", "servers", "links"):
        call.play.shuffle.shuffle(view.get(member, []))
    for child in view["groups"]:
        _shuffle(call, child)


@operation("createGroup")
def create_group(call: Call) -> Reply:
    """Create a group below another. Names need not be unique; the data center is that of the parent."""
    body = call.body
    parent = target_group(call, body["parentGroupId"], "parentGroupId")
    assert call.account is not None
    values = fields.custom_fields(call.account, body.get("customFields", []))
    group = call.world[Group].add(
        Group(
            call.world.new_id(),
            call.alias,
            parent.data_center,
            body["name"],
            "default",
            parent.id,
            body.get("description"),
            call.now,
            call.by,
            call.now,
            call.by,
            values,
        )
    )
    view = views.group(call.world, group, detailed=False, fresh=True)
    return Reply(view, location=f"/v2/groups/{call.alias.lower()}/{group.id}")


@operation("updateGroup")
def update_group(call: Call) -> Reply:
    """Set name, description, parent or custom fields, all at once or none."""
    group = _group(call)
    wanted = fields.patch(call.body)
    changes: dict[str, Any] = {name: wanted[name] for name in ("name", "description") if name in wanted}
    if "parentGroupId" in wanted:
        changes["parent"] = _new_parent(call, group, wanted["parentGroupId"]).id
    if "customFields" in wanted:
        assert call.account is not None
        changes["custom_fields"] = fields.custom_fields(call.account, wanted["customFields"])
    call.world[Group].update(group, **changes, modified=call.now, modified_by=call.by)
    return Reply()


def _new_parent(call: Call, group: Group, key: str) -> Group:
    """Return the new parent of a group. Raises Problem (400): no other data center, no system group, no cycle."""
    if group.parent is None or group.type != "default":
        raise invalid("parentGroupId", f"The group {group.name} is a system group and cannot be moved.")
    parent = target_group(call, key, "parentGroupId", group.data_center)
    if parent.id in {below.id for below in estate.subtree(call.world, group)}:
        raise invalid("parentGroupId", "A group cannot be moved below itself.")
    return parent


def _tree(world: World, group: Group) -> tuple[list[Group], list[Server]]:
    """Return the groups of a tree and all servers in them, those that nobody sees yet too."""
    groups = list(estate.subtree(world, group))
    return groups, [server for below in groups for server in world[Server].by("group", below.id)]


@operation("deleteGroup")
def delete_group(call: Call) -> Reply:
    """Delete a group with all below it; its servers are queued for delete while the job runs."""
    group = _group(call)
    _removable(group, "deleted")
    for server in _tree(call.world, group)[1]:
        if server.status != estate.REQUESTED:
            call.world[Server].update(server, status=estate.QUEUED_FOR_DELETE)
    steps = [Step("group.delete", {"group": group.id})]
    owner = (group.data_center, call.alias, call.by)
    return Reply(views.status_link(queue.enqueue(call.world, owner, queue.DELETE_GROUP, steps, disturbance(call))))


@queue.effect("group.delete")
def end_delete(world: World, group: str) -> None:
    """Remove a group, all below it and what the servers had."""
    row = world[Group].get(group)
    if row is None:
        return
    groups, servers = _tree(world, row)
    for server in servers:
        remove_server(world, server)
    for below in groups:
        world[Group].remove(below.id)


def remove_server(world: World, server: Server) -> None:
    """Remove a server with its public addresses."""
    for address in world[PublicAddress].by("server", server.id):
        world[PublicAddress].remove(address.id)
    world[Server].remove(server.id)


@operation("archiveGroup")
def archive_group(call: Call) -> Reply:
    """Archive a group: when the job ends it lies below the Archive group, with its servers archived in it."""
    group = _group(call)
    _removable(group, "archived")
    if estate.holding_type(call.world, group) != "default":
        raise refused(f"The group {group.name} is archived already.")
    if any(server.managed_os for server in _tree(call.world, group)[1]):
        raise refused("Servers with a managed operating system cannot be archived.")
    steps = [Step("group.archive", {"group": group.id, "by": call.by})]
    owner = (group.data_center, call.alias, call.by)
    return Reply(views.status_link(queue.enqueue(call.world, owner, queue.SHORT, steps, disturbance(call))))


@queue.effect("group.archive")
def end_archive(world: World, group: str, by: str) -> None:
    """Move a group below Archive and archive the active servers of its tree."""
    row = world[Group].get(group)
    if row is None:
        return
    archive = estate.system_group(world, row.account, row.data_center, "archive")
    for server in _tree(world, row)[1]:
        if server.status == estate.ACTIVE:
            world[Server].update(
                server, status=estate.ARCHIVED, power="stopped", modified=stamp(world.now), modified_by=by
            )
    world[Group].update(row, parent=archive.id, modified=stamp(world.now), modified_by=by)


@operation("restoreGroup")
def restore_group(call: Call) -> Reply:
    """Restore an archived group below another; a group that is not archived is refused with isQueued false."""
    group = _group(call)
    target = target_group(call, call.body["targetGroupId"], "targetGroupId", group.data_center)
    if group.type != "default" or estate.holding_type(call.world, group) != "archive":
        return Reply({"isQueued": False, "errorMessage": "The group is not archived."})
    for server in _tree(call.world, group)[1]:
        if server.status == estate.ARCHIVED:
            call.world[Server].update(server, status=estate.QUEUED_FOR_RESTORE)
    steps = [Step("group.restore", {"group": group.id, "target": target.id, "by": call.by})]
    owner = (group.data_center, call.alias, call.by)
    job = queue.enqueue(call.world, owner, queue.SHORT, steps, disturbance(call))
    href = f"/v2/groups/{call.alias.lower()}/{group.id}?AccountAlias={call.alias}&identifier={group.id}"
    return Reply({"isQueued": True, "links": [{"rel": "self", "href": href}, views.status_link(job)]})


@queue.effect("group.restore")
def end_restore(world: World, group: str, target: str, by: str) -> None:
    """Move a group out of the archive and let the servers of its tree be active and started."""
    row = world[Group].get(group)
    if row is None or target not in world[Group]:
        return
    for server in _tree(world, row)[1]:
        if server.status == estate.QUEUED_FOR_RESTORE:
            world[Server].update(
                server, status=estate.ACTIVE, power="started", modified=stamp(world.now), modified_by=by
            )
    world[Group].update(row, parent=target, modified=stamp(world.now), modified_by=by)


_DEFAULTS = ("cpu", "memoryGB", "networkId", "primaryDns", "secondaryDns", "templateName")


def _defaults(call: Call, group: Group) -> dict[str, Any]:
    assert call.account is not None
    from_account = {"primaryDns": call.account.primary_dns, "secondaryDns": call.account.secondary_dns}
    view: dict[str, Any] = {}
    for name in _DEFAULTS:
        value, inherited = estate.group_default(call.world, group, name)
        if value is None and from_account.get(name):
            value, inherited = from_account[name], True
        view[name] = {"inherited": inherited} if value is None else {"value": value, "inherited": inherited}
    return view


@operation("getGroupDefaults")
def get_group_defaults(call: Call) -> Reply:
    """Answer the values that new servers take from the group."""
    return Reply(_defaults(call, _group(call)))


def _templates(call: Call, code: str) -> set[str]:
    """Return the names, in lower case, of what the account may build from: the service's templates and its own."""
    own = {row.id for row in estate.servers_of(call.world, call.alias, code) if row.is_template}
    return own | {row["name"].lower() for row in estate.find_data_center(call.world, code).templates}


@operation("setGroupDefaults")
def set_group_defaults(call: Call) -> Reply:
    """Set defaults; those that are left out keep their value."""
    group = _group(call)
    wanted = dict(call.body)
    if "networkId" in wanted:
        wanted["networkId"] = wanted["networkId"].lower()
        if wanted["networkId"] not in [row.id for row in building.usable_networks(call, group.data_center)]:
            raise invalid("networkId", f"The network {call.body['networkId']} is not valid.")
    if "templateName" in wanted and wanted["templateName"].lower() not in _templates(call, group.data_center):
        raise invalid("templateName", f"The template {wanted['templateName']} is not valid.")
    for name, top in (("cpu", 16), ("memoryGB", 128)):
        if name in wanted and not 1 <= wanted[name] <= top:
            raise invalid(name, f"{name} must be 1 to {top}.")
    group = call.world[Group].update(group, defaults=group.defaults | wanted)
    return Reply(_defaults(call, group))
