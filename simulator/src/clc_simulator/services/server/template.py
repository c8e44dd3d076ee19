# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conversion of a server into a template of its account.

Decisions:
  - A converted server is stopped, is in the Templates group, and is a template of its account.
"""

from __future__ import annotations

from clc_simulator.core import inventory, models
from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.entities import World
from clc_simulator.core.errors import NOT_ACTIVE, validation_error
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.server._shared import server_from_path


@operation("convertServerToTemplate", writes=(Server,))
def convert_to_template(request: RequestContext) -> HandlerResponse:
    """Queue the conversion of a server into a template of the account."""
    server = server_from_path(request)
    if server.status != models.ACTIVE or server.is_template:
        raise validation_error("", NOT_ACTIVE)
    if request.body["password"] != server.password:
        raise validation_error("password", "The password is not that of the server.")
    return request.start_job(server.data_center, server_id=server.id, description=request.body["description"])


@convert_to_template.effect
def server_is_template(world: World, server_id: str, description: str, user: str) -> None:
    """Move a server to the templates group, and mark it as a template."""
    server = world[Server].get(server_id)
    if server is None or server.status != models.ACTIVE:
        return
    templates = inventory.system_group(world, server.account, server.data_center, "templates")
    world[Server].update(
        server, group=templates.id, is_template=True, power="stopped", description=description,
        modified=format_timestamp(world.now), modified_by=user,
    )  # fmt: skip
