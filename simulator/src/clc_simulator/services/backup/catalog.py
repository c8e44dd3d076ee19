# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Regions, operating systems, data centers, and servers of the backup service."""

from __future__ import annotations

from clc_simulator.core import models
from clc_simulator.core.models import DataCenter, Server
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.backup._shared import (
    LINUX,
    REGIONS,
    WINDOWS,
    missing,
)


@operation("listBackupRegions")
def list_regions(request: RequestContext) -> HandlerResponse:
    """Return the storage regions."""
    return HandlerResponse(list(REGIONS))


@operation("listBackupOsTypes")
def list_os_types(request: RequestContext) -> HandlerResponse:
    """Return the operating systems."""
    return HandlerResponse([LINUX, WINDOWS])


@operation("listBackupDatacenters")
def list_data_centers(request: RequestContext) -> HandlerResponse:
    """Return the full names of the data centers."""
    return HandlerResponse(sorted(data_center.name for data_center in request.world[DataCenter]))


@operation("listBackupDatacenterServers")
def list_servers(request: RequestContext) -> HandlerResponse:
    """Return the names of the account's servers in a data center, in lower case as observed."""
    name = request.path["datacenter"]
    data_center = next((candidate for candidate in request.world[DataCenter] if candidate.name == name), None)
    if data_center is None:
        raise missing("data center", name)
    servers = request.world[Server].find_by("data_center", data_center.id)
    return HandlerResponse(
        sorted(server.id for server in servers if server.account == request.alias and server.status == models.ACTIVE)
    )
