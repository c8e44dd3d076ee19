# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_network: a network claimed, named and given back.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api.errors import InvalidTaskError, NoSuchResource
from ..convergence import Result, converge
from ..kit.predicted import exists, is_placeholder
from ..kit.task import Task
from ..resources.network.network import Network, check
from .networks import find_network
from .run import job_result, new_task
from .table import Table


def _new_task(table: Table, task: Task) -> Task:
    """Return the task with the id of the network. A network that does not exist satisfies state absent."""
    new = new_task(table, task)
    identifier = new.option("id") or (new.option("name") if new.state == "absent" else None)
    if not identifier or is_placeholder(identifier):
        return new
    try:
        return new_task(table, task, id=str(find_network(new, identifier)["id"]))
    except NoSuchResource:
        if new.state != "absent":
            raise
        return new_task(table, task, id=None, name=identifier)


def work(table: Table, task: Task) -> Result:
    """Claim, update, or release the network. The result is its entity, or null if it does not exist."""
    if not task.option("id") and not task.option("name"):
        raise InvalidTaskError(
            "id and name are missing", action="find", target="the network", help_text="Set one of them."
        )
    new = _new_task(table, task)
    if not new.option("id") and new.state != "absent":
        check(new)
    network = Network(new)
    result = converge(network)
    return {**job_result(result), "network": network.entity if exists(network.entity) else None}
