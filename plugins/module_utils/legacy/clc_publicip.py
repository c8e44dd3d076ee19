# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_publicip: a server has a public address or has none; those that an address has are left as they are.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..convergence import Result, converge
from ..kit import problems
from ..kit.composite import CompositeResource
from ..kit.task import Task
from ..resources.server import result as server_result
from ..resources.server import targets as server_targets
from ..resources.server.public_ip import NEW, PublicIp
from .run import job_result, new_task
from .table import Table

_COMMON_OPTIONS = ("ports", "source_restrictions", "state", "wait", "wait_timeout")


class PublicIps(CompositeResource):
    """Public IP addresses of multiple servers."""

    title = "public IP addresses"
    key = "public_ips"


def public_ips(task: Task, targets: t.Sequence[tuple[str | None, str | None]]) -> PublicIps:
    """Return the addresses of a task with new options. targets: server and public IP address, None for one to create.

    As in the original modules, the service assigns a new internal IP address to each address that is created.
    """
    common = {name: task.option(name) for name in _COMMON_OPTIONS}
    tasks = [
        task.with_options(
            {**common, "server_id": server, "public_ip": address, "internal_ip": None if address else NEW}
        )
        for server, address in targets
    ]
    return PublicIps(task, [PublicIp(address_task) for address_task in tasks])


def work(table: Table, task: Task) -> Result:
    """Add a public IP address to each server without one, or remove all public IP addresses of each."""
    new = new_task(table, task)
    if new.state == "present" and not new.option("ports"):
        raise problems.missing_options("public IP addresses", ["ports"], "add", "Specify at least one port to allow.")
    servers = server_targets.read_targets(new)
    if new.state == "absent":
        existing = [
            (server_result.server_id(server), address)
            for server in servers
            for address in server_result.public_addresses(server)
        ]
        resource = public_ips(new, existing)
    else:
        without_address = [server for server in servers if not server_result.public_addresses(server)]
        server_targets.require_active("add a public IP address to", without_address)
        resource = public_ips(new, [(server_targets.id_of(server), None) for server in without_address])
    result = converge(resource)
    changed = {str(part.task.option("server_id")) for part in resource.parts if part.done}
    return {**job_result(result), "server_ids": sorted(changed)}
