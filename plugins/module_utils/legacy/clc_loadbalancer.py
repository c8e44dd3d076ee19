# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_loadbalancer: one shared load balancer by its name, one pool of it, and nodes of that.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api.errors import ConfigurationError, NotThere
from ..convergence import Result, converge
from ..kit.steps import Step
from ..kit.task import Task
from ..resources.load_balancer.shared_load_balancer import SharedLoadBalancer, validate_pools
from .run import new_task, told_jobs
from .table import Table


class OldLoadBalancer(SharedLoadBalancer):
    """A load balancer of which some of the old states change a part alone, and never make the whole.

    part: that state, None for the whole.
    """

    def __init__(self, task: Task, part: str | None) -> None:
        super().__init__(task)
        self.part = part

    def plan(self) -> list[Step]:
        return [] if self.part and not self._has_part() else super().plan()

    def _has_part(self) -> bool:
        """Say whether there is a pool to do something with. Raises NotThere where it would have to be there.

        In check mode that is taken as made by then, by an earlier task.
        """
        port = self.task.option("pools")[0]["port"]
        pools = [] if self.entity is None else self.entity["pools"]
        if any(one["port"] == port for one in pools):
            return True
        if self.part != "nodes_present":
            return False
        found = self.told if self.entity is None else f"pool {port} of {self.told}"
        self.task.raise_missing(
            NotThere(
                f"there is no {found} in {self.task.data_center}",
                action="add nodes to",
                thing=f"pool {port} of {self.told}",
                remedy="Make it first, with state present.",
            )
        )
        self.entity = self.entity or self.predicted({"name": self.task.option("name")})
        self.entity["pools"].append({"id": None, "port": port, "nodes": []})
        return True


def work(table: Table, task: Task) -> Result:
    """Make the load balancer or its part be there or not; the result is its object, or its name where there is none."""
    part = None if task.state in ("present", "absent") else task.state
    _check(task, part)
    new = new_task(table, task, purge=False)
    validate_pools(new)
    balancer = OldLoadBalancer(new, part)
    result = converge(balancer)
    found = balancer.entity
    return {
        **told_jobs(result),
        "loadbalancer": found if found is not None and found.get("id") else task.option("name"),
    }


def _check(task: Task, part: str | None) -> None:
    """Refuse what cannot be meant, before anything is read."""
    if task.option("port") is None and (part or (task.option("nodes") and task.state == "present")):
        raise ConfigurationError(
            "port not given",
            action="use",
            thing=f"state {part}" if part else "nodes",
            remedy="Give the port of the pool.",
        )
    if part in ("nodes_present", "nodes_absent") and not task.option("nodes"):
        raise ConfigurationError("nodes not given", action="use", thing=f"state {part}", remedy="Give at least one.")
