# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_network_fact: one network, or all of a data center.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api.errors import error_context
from ..convergence import Result
from ..kit.predicted import is_placeholder
from ..kit.task import Task
from ..resources.network.network import read_all
from .networks import find_network
from .run import new_task
from .table import Table


def work(table: Table, task: Task) -> Result:
    """Read the networks. Sends one request."""
    new = new_task(table, task)
    with error_context("read", "networks"):
        if new.option("id"):
            identifier = str(new.option("id"))
            network = None if is_placeholder(identifier) else find_network(new, identifier)
            return {"changed": False, "network": network}
        return {"changed": False, "networks": read_all(new)}
