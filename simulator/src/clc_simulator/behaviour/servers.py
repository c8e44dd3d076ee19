# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: read, create (from a template, as a clone, on bare metal), import, delete."""

from __future__ import annotations

from typing import Any

from clc_simulator import building, estate, fields, limits, queue, views
from clc_simulator.behaviour.groups import disturbance, remove_server, target_group
from clc_simulator.clock import stamp
from clc_simulator.estate import Group, Import, Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import NOT_QUEUED, invalid
from clc_simulator.queue import Disturbance, Step
from clc_simulator.world import World

Json = dict[str, Any]


def the_server(call: Call) -> Server:
    """Return the server of the path. Raises Problem (404)."""
    return estate.find_server(call.world, call.alias, call.path["serverId"])


@operation("getServer", timeless=True)
def get_server(call: Call) -> Reply:
    """Answer a server, by id or, with uuid=true, by its uuid."""
    is_uuid = str(call.shows("uuid")).lower() == "true"
    row = estate.find_server(call.world, call.alias, call.path["serverId"], is_uuid)
    return Reply(views.server(call.world, row))


@operation("createServer")
def create_server(call: Call) -> Reply:
    """Queue the building of a server. Everything is checked before; what is wrong answers 400."""
    body = call.body
    group = target_group(call, body["groupId"], "groupId")
    server = building.plan(call, group, body)
    life = fields.lifetime(body["ttl"], call.world.now) if "ttl" in body else None
    return _build(call, server, life)


@operation("importServer")
def import_server(call: Call) -> Reply:
    """Queue the making of a server from an uploaded OVF."""
    body = call.body
    group = target_group(call, body["groupId"], "groupId")
    center = estate.find_data_center(call.world, group.data_center)
    found = call.world[Import].get(f"{center.id}:{body['ovfId']}")
    if found is None or found.account != call.alias:
        raise invalid("ovfId", f"The OVF {body['ovfId']} does not exist in {center.id}.")
    kinds = {item["type"].lower(): item for item in center.importable}
    kind = kinds.get(body["ovfOsType"].lower())
    if kind is None:
        raise invalid("ovfOsType", f"The operating system {body['ovfOsType']} cannot be imported.")
    return _build(call, building.plan_import(call, group, body, found, kind), None)


def _build(call: Call, server: Server, life: float | None) -> Reply:
    """Start the job that builds a planned server and answer as recorded for create, clone and import."""
    world, key = call.world, server.id
    world[Server].add(server)
    bent = disturbance(call)
    if server.managed_os and bent.lag == 0.0:
        # A managed system stays under construction for some time after the job (recorded).
        bent = Disturbance(bent.outcome, world.job_seconds * (queue.LATER - 1))
    steps = [
        Step("server.begin", {"server": key}, queue.BEGIN),
        Step("server.ready", {"server": key}),
        Step("server.report", {"server": key}, queue.LATER),
    ]
    job = queue.enqueue(world, (server.data_center, call.alias, call.by), queue.SHORT, steps, bent)
    if life is not None:
        queue.schedule(world, life, "server.expire", {"server": key})
    answer = views.queued(call.body["name"], job)
    # The one link of v2 that repeats the alias as typed and has a query (wire notes, section 2).
    typed = call.path["accountAlias"]
    href = f"/v2/servers/{typed}/{server.uuid}?uuid=True"
    answer["links"].append({"rel": "self", "href": href, "id": server.uuid, "verbs": ["GET"]})
    return Reply(answer)


@queue.effect("server.begin")
def begin(world: World, server: str) -> None:
    """Let a requested server show up in its group."""
    row = world[Server].get(server)
    if row is not None and row.status == estate.REQUESTED:
        world[Server].update(row, status=estate.UNDER_CONSTRUCTION, created=stamp(world.now), modified=stamp(world.now))


@queue.effect("server.ready")
def ready(world: World, server: str) -> None:
    """Let a server that was being built be active and started."""
    row = world[Server].get(server)
    if row is not None and row.status == estate.UNDER_CONSTRUCTION:
        world[Server].update(row, status=estate.ACTIVE, power="started", modified=stamp(world.now))


@queue.effect("server.report")
def report(world: World, server: str) -> None:
    """Let the guest report its partitions; they are not there right after a job (recorded)."""
    row = world[Server].get(server)
    if row is None or row.bare_metal is not None:
        return
    system = [disk for disk in row.disks if disk["id"] in row.system_disks]
    shown = estate.system_partitions(row.os, system) + estate.data_partitions(row.os, row.disks)
    world[Server].update(row, partitions=shown, host_name=row.host_name or row.id)


@queue.effect("server.expire")
def expire(world: World, server: str) -> None:
    """Begin to delete a server whose time to live has run out."""
    row = world[Server].get(server)
    if row is not None and row.status != estate.QUEUED_FOR_DELETE:
        start_delete(world, row, row.created_by, Disturbance())


@operation("deleteServer")
def delete_server(call: Call) -> Reply:
    """Queue the deletion of a server; one under construction or on its way out is refused."""
    row = the_server(call)
    if row.status not in (estate.ACTIVE, estate.ARCHIVED):
        return Reply({"server": row.id, "isQueued": False, "errorMessage": NOT_QUEUED})
    return Reply(views.queued(row.id, start_delete(call.world, row, call.by, disturbance(call))))


def start_delete(world: World, row: Server, by: str, bent: Disturbance) -> queue.Job:
    """Start the job that deletes a server."""
    world[Server].update(row, status=estate.QUEUED_FOR_DELETE)
    steps = [Step("server.delete", {"server": row.id})]
    return queue.enqueue(world, (row.data_center, row.account, by), queue.SHORT, steps, bent)


@queue.effect("server.delete")
def end_delete(world: World, server: str) -> None:
    """Remove a server."""
    row = world[Server].get(server)
    if row is not None:
        remove_server(world, row)


@operation("restoreServer")
def restore_server(call: Call) -> Reply:
    """Queue the return of an archived server into a group of its data center."""
    row = the_server(call)
    target = target_group(call, call.body["targetGroupId"], "targetGroupId", row.data_center)
    if row.status != estate.ARCHIVED:
        raise invalid("", "The server must be in Archived state.")
    assert call.account is not None
    limits.check(call.world, call.account, row.data_center, cpu=row.cpu, memoryGB=row.memory_mb // 1024)
    call.world[Server].update(row, status=estate.QUEUED_FOR_RESTORE)
    steps = [
        Step("server.restore", {"server": row.id, "group": target.id, "by": call.by}),
        Step("server.power_up", {"server": row.id}, queue.LATER),
    ]
    job = queue.enqueue(call.world, (row.data_center, call.alias, call.by), queue.SHORT, steps, disturbance(call))
    return Reply(views.status_link(job))


@queue.effect("server.restore")
def end_restore(world: World, server: str, group: str, by: str) -> None:
    """Let a restored server be active in its group; it is started soon after (recorded)."""
    row = world[Server].get(server)
    if row is not None and row.status == estate.QUEUED_FOR_RESTORE and group in world[Group]:
        world[Server].update(row, status=estate.ACTIVE, group=group, modified=stamp(world.now), modified_by=by)


@queue.effect("server.power_up")
def power_up(world: World, server: str) -> None:
    """Start a server that was restored."""
    row = world[Server].get(server)
    if row is not None and row.status == estate.ACTIVE:
        world[Server].update(row, power="started")


@operation("convertServerToTemplate")
def convert_to_template(call: Call) -> Reply:
    """Queue the turning of a server into a template of the account."""
    row = the_server(call)
    if row.status != estate.ACTIVE or row.is_template:
        raise invalid("", "The server must be in Active state.")
    if call.body["password"] != row.password:
        raise invalid("password", "The password is not that of the server.")
    arguments = {"server": row.id, "description": call.body["description"], "by": call.by}
    owner = (row.data_center, call.alias, call.by)
    job = queue.enqueue(call.world, owner, queue.SHORT, [Step("server.to_template", arguments)], disturbance(call))
    return Reply(views.status_link(job))


@queue.effect("server.to_template")
def end_convert(world: World, server: str, description: str, by: str) -> None:
    """Move a server to the templates group, where it is a template."""
    row = world[Server].get(server)
    if row is None or row.status != estate.ACTIVE:
        return
    templates = estate.system_group(world, row.account, row.data_center, "templates")
    world[Server].update(
        row, group=templates.id, is_template=True, power="stopped", description=description,
        modified=stamp(world.now), modified_by=by,
    )  # fmt: skip


@operation("getServerCredentials")
def get_server_credentials(call: Call) -> Reply:
    """Answer the administrator's name and the stored password."""
    row = the_server(call)
    if row.status != estate.ACTIVE:
        raise invalid("", "The server must be in Active state.")
    name = "Administrator" if estate.family(row.os) == "windows" else "root"
    return Reply({"userName": name, "password": row.password})


@operation("getServerCapabilities")
def get_server_capabilities(call: Call) -> Reply:
    """Answer what the operating system of a server supports."""
    row = the_server(call)
    family = estate.family(row.os)
    return Reply(
        {
            "addingCpuRequiresReboot": False,
            "addingMemoryRequiresReboot": family == "windows",
            "reservedDrivePaths": estate.platform()["reservedPaths"][family],
        }
    )
