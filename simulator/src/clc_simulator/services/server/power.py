# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Power operations on servers: on, off, shut down, pause, reboot, reset.

Decisions:
  - Reboot and reset have the statuses of power on, power off those of shut down. Reset of a paused server starts it, as is
    recorded of reboot.
"""

from __future__ import annotations

from dataclasses import dataclass

from clc_simulator.core import jobs
from clc_simulator.core.entities import World
from clc_simulator.core.errors import ALREADY_IN_STATE, NOT_QUEUED
from clc_simulator.core.jobs import JobOwner
from clc_simulator.core.models import Server
from clc_simulator.core.operations import DeclaredOperation, HandlerResponse, RequestContext, operation
from clc_simulator.services.server._shared import update_active
from clc_simulator.services.server.batch import Batch, run_same


@dataclass(frozen=True)
class _Power:
    """The power states in which an operation is allowed, and the resulting state."""

    states: tuple[str, ...]
    state: str
    statuses: tuple[str, ...]
    repeatable: bool = False
    """Whether the operation is allowed in the resulting state."""

    def rejection(self, server: Server) -> str | None:
        """Return why a server cannot be queued, or None."""
        if server.power == self.state and not self.repeatable:
            return ALREADY_IN_STATE
        return None if server.power in self.states else NOT_QUEUED


_POWER = {
    "powerOnServers": _Power(("stopped", "paused"), "started", jobs.POWER_ON),
    "powerOffServers": _Power(("started", "paused"), "stopped", jobs.POWER_OFF),
    "shutDownServers": _Power(("started", "paused"), "stopped", jobs.POWER_OFF),
    "pauseServers": _Power(("started",), "paused", jobs.POWER_OFF),
    "rebootServers": _Power(("started", "paused"), "started", jobs.POWER_ON, repeatable=True),
    "resetServers": _Power(("started", "paused"), "started", jobs.POWER_ON, repeatable=True),
}


def _declare(operation_id: str, power: _Power) -> DeclaredOperation:
    @operation(operation_id, writes=(Server,), statuses=power.statuses)
    def change_power(request: RequestContext) -> HandlerResponse:
        return run_same(request, request.body, Batch(power.rejection, {"state": power.state}))

    @change_power.effect
    def power_is_changed(world: World, server_id: str, state: str, user: str) -> None:
        update_active(world, server_id, user, power=state)

    return change_power


_OPERATIONS = {operation_id: _declare(operation_id, power) for operation_id, power in _POWER.items()}


def start_power_change(world: World, operation_id: str, server: Server, user: str) -> None:
    """Start the job of a power operation for a server, without a request, if the server can be queued."""
    power = _POWER[operation_id]
    if power.rejection(server) is None:
        owner = JobOwner(server.data_center, server.account, user)
        _OPERATIONS[operation_id].start(world, owner, [{"server_id": server.id, "state": power.state}])
