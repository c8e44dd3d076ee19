# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers outside of CenturyLink Cloud: their registration, and the script that installs the agent.

Decisions:
  - Registering a name again returns another token for the same server.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core.errors import ApiError
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.backup._shared import (
    LINUX,
    WINDOWS,
    AnywhereServer,
    Provisioning,
    new_uuid,
    validation_error,
)

_SCRIPT = {
    LINUX: "#!/bin/sh\n# Installs the backup agent of {name}.\nSBS_TOKEN='{token}'\necho \"$SBS_TOKEN\" > /dev/null\n",
    WINDOWS: "# Installs the backup agent of {name}.\r\n$SbsToken = '{token}'\r\n",
}
_ENDINGS = {LINUX: "sh", WINDOWS: "ps1"}


@operation("listBackupAnywhereServers")
def list_anywhere(request: RequestContext) -> HandlerResponse:
    """Return the registered servers outside of CenturyLink Cloud."""
    return HandlerResponse(
        [
            {
                "id": anywhere_server.id,
                "accountAlias": anywhere_server.account,
                "osType": anywhere_server.os_type,
                "serverAlias": anywhere_server.name,
            }
            for anywhere_server in request.world[AnywhereServer].find_by("account", request.alias)
        ]
    )


@operation("registerBackupAnywhereServer", writes=(AnywhereServer, Provisioning))
def register(request: RequestContext) -> HandlerResponse:
    """Register a server and return a token; a name that is registered gets another token for the same server."""
    name, os_type = request.body["serverId"], request.body["osType"]
    if not name.strip():
        raise validation_error("serverId: it is empty.")
    registered = [
        anywhere_server
        for anywhere_server in request.world[AnywhereServer].find_by("account", request.alias)
        if anywhere_server.name == name
    ]
    if registered and registered[0].os_type != os_type:
        raise validation_error(f"osType: {name} is registered with {registered[0].os_type}.")
    anywhere_server = (
        registered[0]
        if registered
        else request.world[AnywhereServer].add(AnywhereServer(new_uuid(), request.alias, name, os_type))
    )
    token = request.world[Provisioning].add(
        Provisioning(f"PROVISION{new_uuid()}", request.alias, anywhere_server.id, request.world.now)
    )
    return HandlerResponse(_view(anywhere_server, token))


def _view(anywhere_server: AnywhereServer, token: Provisioning) -> dict[str, Any]:
    return {
        "provisioningToken": token.id,
        "clcAccountAlias": anywhere_server.account,
        "osType": anywhere_server.os_type,
        "issuedTimestamp": int(token.issued * 1000),
        "redeemedTimestamp": None,
        "revokedTimestamp": None,
    }


@operation("createBackupInstallerScript")
def create_script(request: RequestContext) -> HandlerResponse:
    """Return the script of a token as text. No agent ever runs here, so a token stays good."""
    token = request.world[Provisioning].get(request.body["provisioningToken"])
    if token is None or token.account != request.alias:
        raise ApiError(400, {"error": "The provisioning token is not valid."})
    anywhere_server = request.world[AnywhereServer][token.server]
    os_type = anywhere_server.os_type
    name = f"sbs-{os_type.lower()}-install-{anywhere_server.account}-{anywhere_server.name}.{_ENDINGS[os_type]}"
    text = _SCRIPT[os_type].format(name=anywhere_server.name, token=token.id)
    return HandlerResponse(text, media="text/plain;charset=UTF-8", headers={"x-filename": name})
