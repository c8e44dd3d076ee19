# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Instances of the application manager: their operating system is handed to the provider.

Decisions:
  - An instance has a server, and comes from the seed. The change is immediate, since the contract has no job for it, and
    changes nothing if the provider manages the server already.
  - What the documentation requires is checked: the terms are accepted, and the instance is done, so its server is active. The
    user must be allowed to write, and the instance must belong to the user's account or to one below it.
"""

from __future__ import annotations

from dataclasses import dataclass

from clc_simulator.core import accounts
from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import not_found
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.core.seeds.errors import SeedError
from clc_simulator.core.seeds.sections import section
from clc_simulator.services.server._shared import require_active


@entity("instances")
@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of the application manager, such as i-fbs9ow, and the id of its server."""

    id: str
    server: str


@operation("makeInstanceManagedOs", writes=(Server,))
def make_managed_os(request: RequestContext) -> HandlerResponse:
    """Hand the operating system of an instance to the provider. Raise ApiError: 404, or 400 if its server is not active."""
    instance = request.world[Instance].get(request.path["instanceId"].lower())
    server = request.world[Server].get(instance.server) if instance else None
    if server is None:
        raise not_found(f"Instance {request.path['instanceId']} does not exist.")
    assert request.user is not None
    accounts.account_for(request.world, request.user, server.account)
    require_active(server)
    if not server.managed_os:
        now = format_timestamp(request.world.now)
        request.world[Server].update(server, managed_os=True, modified=now, modified_by=request.user_name)
    return HandlerResponse()


@section("server", "instance", {"type": "string", "pattern": "^i-[0-9a-z]{6}$"})
def load_seed(world: World, owner: Server, key: str) -> None:
    """Load the instance of a server."""
    if key in world[Instance]:
        raise SeedError(f"instance {key} of {owner.id}: it already has the server {world[Instance][key].server}")
    world[Instance].add(Instance(key, owner.id))
