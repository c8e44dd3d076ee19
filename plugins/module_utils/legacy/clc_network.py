# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_network: a network claimed, named and given back.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api.errors import ConfigurationError, NotThere
from ..convergence import Result, converge
from ..kit.task import Task
from ..resources.network.network import Network, check
from .networks import old_network
from .run import new_task, told_jobs
from .table import Table


def _meant(table: Table, task: Task) -> Task:
    """Return the task with the network's own id where the old option id names one. What is gone is left to be content with."""
    new = new_task(table, task)
    wanted = new.option("id") or (new.option("name") if new.state == "absent" else None)
    if not wanted:
        return new
    try:
        return new_task(table, task, id=str(old_network(new, wanted)["id"]))
    except NotThere:
        if new.state != "absent":
            raise
        return new_task(table, task, id=None, name=wanted)


def work(table: Table, task: Task) -> Result:
    """Hold the network under its name, or give it back; the result is its object, null where there is none."""
    if not task.option("id") and not task.option("name"):
        raise ConfigurationError(
            "neither id nor name was given", action="find", thing="the network", remedy="Give one of them."
        )
    new = _meant(table, task)
    if not new.option("id") and new.state != "absent":
        check(new)
    network = Network(new)
    result = converge(network)
    known = network.entity is not None and network.entity.get("id")
    return {**told_jobs(result), "network": network.entity if known else None}
