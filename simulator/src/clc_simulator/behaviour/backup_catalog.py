# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backup: regions, data centers, operating systems, and servers from anywhere with their installer."""

from __future__ import annotations

from typing import Any

from clc_simulator import estate
from clc_simulator.behaviour.backup_records import (
    LINUX,
    REGIONS,
    WINDOWS,
    AnywhereServer,
    Provisioning,
    invalid,
    missing,
    new_uuid,
)
from clc_simulator.estate import DataCenter, Server
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem

_SCRIPT = {
    LINUX: "#!/bin/sh\n# Installs the backup agent of {name}.\nSBS_TOKEN='{token}'\necho \"$SBS_TOKEN\" > /dev/null\n",
    WINDOWS: "# Installs the backup agent of {name}.\r\n$SbsToken = '{token}'\r\n",
}
_ENDINGS = {LINUX: "sh", WINDOWS: "ps1"}


@operation("listBackupRegions")
def list_regions(call: Call) -> Reply:
    """Answer the storage regions."""
    return Reply(list(REGIONS))


@operation("listBackupOsTypes")
def list_os_types(call: Call) -> Reply:
    """Answer the operating systems."""
    return Reply([LINUX, WINDOWS])


@operation("listBackupDatacenters")
def list_data_centers(call: Call) -> Reply:
    """Answer the full names of the data centers."""
    return Reply(sorted(center.name for center in call.world[DataCenter]))


@operation("listBackupDatacenterServers")
def list_servers(call: Call) -> Reply:
    """Answer the names of the account's servers in a data center, in lower case as was seen."""
    name = call.path["datacenter"]
    center = next((one for one in call.world[DataCenter] if one.name == name), None)
    if center is None:
        raise missing("data center", name)
    rows = call.world[Server].by("data_center", center.id)
    return Reply(sorted(row.id for row in rows if row.account == call.alias and row.status == estate.ACTIVE))


# Servers from anywhere


@operation("listBackupAnywhereServers")
def list_anywhere(call: Call) -> Reply:
    """Answer the registered servers outside of CenturyLink Cloud."""
    return Reply(
        [
            {"id": row.id, "accountAlias": row.account, "osType": row.os_type, "serverAlias": row.name}
            for row in call.world[AnywhereServer].by("account", call.alias)
        ]
    )


@operation("registerBackupAnywhereServer")
def register(call: Call) -> Reply:
    """Register a server and answer a token; a name that is registered gets another token for the same server."""
    name, os_type = call.body["serverId"], call.body["osType"]
    if not name.strip():
        raise invalid("serverId: it is empty.")
    known = [row for row in call.world[AnywhereServer].by("account", call.alias) if row.name == name]
    if known and known[0].os_type != os_type:
        raise invalid(f"osType: {name} is registered with {known[0].os_type}.")
    row = known[0] if known else call.world[AnywhereServer].add(AnywhereServer(new_uuid(), call.alias, name, os_type))
    token = call.world[Provisioning].add(Provisioning(f"PROVISION{new_uuid()}", call.alias, row.id, call.world.now))
    return Reply(_view(row, token))


def _view(row: AnywhereServer, token: Provisioning) -> dict[str, Any]:
    return {
        "provisioningToken": token.id,
        "clcAccountAlias": row.account,
        "osType": row.os_type,
        "issuedTimestamp": int(token.issued * 1000),
        "redeemedTimestamp": None,
        "revokedTimestamp": None,
    }


@operation("createBackupInstallerScript")
def create_script(call: Call) -> Reply:
    """Answer the script of a token as text. No agent ever runs here, so a token stays good."""
    token = call.world[Provisioning].get(call.body["provisioningToken"])
    if token is None or token.account != call.alias:
        raise Problem(400, {"error": "The provisioning token is not valid."})
    row = call.world[AnywhereServer][token.server]
    name = f"sbs-{row.os_type.lower()}-install-{row.account}-{row.name}.{_ENDINGS[row.os_type]}"
    text = _SCRIPT[row.os_type].format(name=row.name, token=token.id)
    return Reply(text, media="text/plain;charset=UTF-8", headers={"x-filename": name})
