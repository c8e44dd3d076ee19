# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_loadbalancer: a shared load balancer, identified by its name, one of its pools, and the nodes of the pool.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api.errors import NoSuchResource
from ..convergence import Result, converge
from ..kit import problems
from ..kit.predicted import exists
from ..kit.steps import Step
from ..kit.task import Task
from ..resources.load_balancer.shared_load_balancer import SharedLoadBalancer, validate_pools
from .run import job_result, new_task
from .table import Table


class LegacyLoadBalancer(SharedLoadBalancer):
    """A load balancer of which some legacy states change only a part, and never create it.

    part: that state; None for the complete load balancer.
    """

    def __init__(self, task: Task, part: str | None) -> None:
        super().__init__(task)
        self.part = part

    def plan(self) -> list[Step]:
        return [] if self.part and not self._has_part() else super().plan()

    def _has_part(self) -> bool:
        """Return whether the pool exists. Raises NoSuchResource if the state requires it.

        In check mode, an earlier task is assumed to create it.
        """
        port = self.task.option("pools")[0]["port"]
        pools = [] if self.entity is None else self.entity["pools"]
        if any(pool["port"] == port for pool in pools):
            return True
        if self.part != "nodes_present":
            return False
        missing = self.label if self.entity is None else f"pool {port} of {self.label}"
        self.task.raise_missing(
            NoSuchResource(
                f"{missing} does not exist in {self.task.data_center}",
                action="add nodes to",
                target=f"pool {port} of {self.label}",
                help_text="Create it first with state present.",
            )
        )
        self.entity = self.entity or self.predicted({"name": self.task.option("name")})
        self.entity["pools"].append({"id": None, "port": port, "nodes": []})
        return True


def work(table: Table, task: Task) -> Result:
    """Create, update, or delete the load balancer or a part. The result is its entity, or its name if it does not exist."""
    part = None if task.state in ("present", "absent") else task.state
    _validate(task, part)
    new = new_task(table, task, purge=False)
    validate_pools(new)
    balancer = LegacyLoadBalancer(new, part)
    result = converge(balancer)
    entity = balancer.entity
    return {
        **job_result(result),
        "loadbalancer": entity if exists(entity) else task.option("name"),
    }


def _validate(task: Task, part: str | None) -> None:
    """Raise InvalidTaskError if options are missing."""
    if task.option("port") is None and (part or (task.option("nodes") and task.state == "present")):
        target = f"state {part}" if part else "nodes"
        raise problems.missing_options(target, ["port"], "use", "Set port to the port of the pool.")
    if part in ("nodes_present", "nodes_absent") and not task.option("nodes"):
        raise problems.missing_options(f"state {part}", ["nodes"], "use", "Specify at least one node.")
