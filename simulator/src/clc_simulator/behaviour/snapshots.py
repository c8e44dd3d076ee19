# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The snapshot of one server: delete it, go back to it."""

from __future__ import annotations

from clc_simulator import estate, queue, views
from clc_simulator.behaviour.groups import disturbance
from clc_simulator.behaviour.servers import the_server
from clc_simulator.clock import stamp
from clc_simulator.estate import Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem, invalid
from clc_simulator.queue import Step
from clc_simulator.world import World

LINGERS = 1.5
"""Share of its job's time after which a deleted snapshot is gone; it stays listed after the job (wire notes)."""


def _snapshot(call: Call) -> tuple[Server, int]:
    """Return server and number of the path's snapshot. Raises Problem: 404, or 400 where the server is not active."""
    row = the_server(call)
    for snapshot in row.snapshots:
        if str(snapshot["number"]) == call.path["snapshotId"]:
            if row.status != estate.ACTIVE:
                raise invalid("", "The server must be in Active state.")
            return row, int(snapshot["number"])
    raise Problem(404, {"message": f"Snapshot {call.path['snapshotId']} does not exist."})


def _start(call: Call, effect: str, share: float) -> Reply:
    row, number = _snapshot(call)
    steps = [Step(effect, {"server": row.id, "number": number}, share)]
    job = queue.enqueue(call.world, (row.data_center, call.alias, call.by), queue.SHORT, steps, disturbance(call))
    return Reply(views.status_link(job))


@operation("deleteServerSnapshot")
def delete_snapshot(call: Call) -> Reply:
    """Queue the deletion of a snapshot."""
    return _start(call, "server.snapshot_gone", LINGERS)


@queue.effect("server.snapshot_gone")
def gone(world: World, server: str, number: int) -> None:
    """Take a snapshot off its server."""
    row = world[Server].get(server)
    if row is not None:
        left = [snapshot for snapshot in row.snapshots if snapshot["number"] != number]
        world[Server].update(row, snapshots=left)


@operation("revertServerToSnapshot")
def revert(call: Call) -> Reply:
    """Queue the return of a server to its snapshot, which is kept."""
    return _start(call, "server.revert", 1.0)


@queue.effect("server.revert")
def end_revert(world: World, server: str, number: int) -> None:
    """Note that a server went back to its snapshot: what it is made of could not change since then."""
    row = world[Server].get(server)
    if row is not None and row.status == estate.ACTIVE and number in [item["number"] for item in row.snapshots]:
        world[Server].update(row, modified=stamp(world.now))
