# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_loadbalancer_fact: a shared load balancer, identified by its name.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api.errors import NoSuchResource, error_context
from ..convergence import Result
from ..kit.task import Task
from ..resources.load_balancer.shared_load_balancer import SharedLoadBalancer
from .run import new_task
from .table import Table


def work(table: Table, task: Task) -> Result:
    """Read the load balancer. Sends one request, since the list includes pools and nodes."""
    balancer = SharedLoadBalancer(new_task(table, task))
    with error_context("read", balancer.label):
        balancer.find()
        if balancer.entity is None:
            raise NoSuchResource(
                f"no load balancer in {balancer.task.data_center} has this name",
                help_text="Check name, location, and alias.",
            )
        return {"changed": False, "loadbalancer": balancer.entity}
