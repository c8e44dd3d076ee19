# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_publicip: a server has a public address or has none; those that an address has are left as they are.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import ConfigurationError
from ..convergence import Result, converge
from ..kit.several import Several
from ..kit.task import Task
from ..resources.server import result as server_result
from ..resources.server import targets as server_targets
from ..resources.server.public_ip import PublicIp
from .run import new_task, told_jobs
from .table import Table

_EVERY = ("ports", "source_restrictions", "state", "wait", "wait_timeout")


class PublicIps(Several):
    """Public addresses of several servers."""

    title = "public addresses"
    key = "public_ips"


def addresses(task: Task, named: t.Sequence[tuple[str | None, str | None]]) -> PublicIps:
    """Return the addresses of a task with the new options: pairs of a server and its public address, None for one to be made."""
    every = {name: task.option(name) for name in _EVERY}
    tasks = [task.with_options({**every, "server_id": server, "public_ip": address}) for server, address in named]
    return PublicIps(task, [PublicIp(one) for one in tasks])


def work(table: Table, task: Task) -> Result:
    """Give an address to each server without one, or take all addresses from each."""
    new = new_task(table, task)
    if new.state == "present" and not new.option("ports"):
        raise ConfigurationError(
            "ports not given", action="add", thing="public addresses", remedy="Give at least one port to let in."
        )
    servers = server_targets.read_targets(new)
    if new.state == "absent":
        having = [
            (server_result.server_id(one), public) for one in servers for public in server_result.public_addresses(one)
        ]
        whole = addresses(new, having)
    else:
        lacking = [one for one in servers if not server_result.public_addresses(one)]
        server_targets.require_active("add a public IP address to", lacking)
        whole = addresses(new, [(server_targets.id_of(one), None) for one in lacking])
    result = converge(whole)
    changed = {str(part.task.option("server_id")) for part in whole.parts if part.done}
    return {**told_jobs(result), "server_ids": sorted(changed)}
