# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Maintenance mode of servers.

Decisions:
  - Ids must be in upper case for start and stop maintenance; setMaintenance accepts any case.
"""

from __future__ import annotations

from clc_simulator.core.entities import World
from clc_simulator.core.errors import ALREADY_IN_STATE
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server._shared import update_active
from clc_simulator.services.server.batch import Batch, run, run_same


def _batch(on: bool, upper_case: bool) -> Batch:
    def rejection(server: Server) -> str | None:
        return ALREADY_IN_STATE if server.maintenance == on else None

    return Batch(rejection, {"on": on}, upper_case)


@operation("startServersMaintenance", writes=(Server,))
def start_maintenance(request: RequestContext) -> HandlerResponse:
    """Put servers into maintenance mode; ids must be in upper case."""
    return run_same(request, request.body, _batch(on=True, upper_case=True))


@operation("stopServersMaintenance", writes=(Server,))
def stop_maintenance(request: RequestContext) -> HandlerResponse:
    """End maintenance mode of servers; ids must be in upper case."""
    return run_same(request, request.body, _batch(on=False, upper_case=True))


@operation("setServersMaintenance", writes=(Server,))
def set_maintenance(request: RequestContext) -> HandlerResponse:
    """Set maintenance mode of each server to its own value."""
    requested = {item["id"]: item["inMaintenanceMode"] in (True, "true") for item in request.body["servers"]}
    return run(request, {key: _batch(on, upper_case=False) for key, on in requested.items()})


@start_maintenance.effect
@stop_maintenance.effect
@set_maintenance.effect
def maintenance_is_set(world: World, server_id: str, on: bool, user: str) -> None:
    """Set maintenance mode of a server; its power state does not change."""
    update_active(world, server_id, user, maintenance=on)
