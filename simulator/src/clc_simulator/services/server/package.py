# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Blueprint packages on servers.

Decisions:
  - Packages only change modifiedDate.
"""

from __future__ import annotations

from clc_simulator.core.entities import World
from clc_simulator.core.errors import NOT_QUEUED
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server._shared import update_active
from clc_simulator.services.server.batch import Batch, run_same


def _rejection(server: Server) -> str | None:
    return None if server.power == "started" else NOT_QUEUED


@operation("executePackage", writes=(Server,))
def execute_package(request: RequestContext) -> HandlerResponse:
    """Run a package on started servers; only their modifiedDate changes."""
    return run_same(request, request.body["servers"], Batch(_rejection))


@execute_package.effect
def package_was_run(world: World, server_id: str, user: str) -> None:
    """Record that a package was run."""
    update_active(world, server_id, user)
