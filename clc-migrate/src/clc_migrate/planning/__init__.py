# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a task of a legacy module is written with the new modules: a plan, or Undecided with the reason.

The tables say what becomes of single options. Written here is what they cannot say: which tasks mean the same at all, what old
defaults have to be written out, and what the new result has. A plan never does more, to other things, than the old task; where
it cannot be known whether it would, the task is left to the module of the old name, which this collection has too.
"""

from __future__ import annotations

from collections.abc import Callable

from ..finding import Task, raise_problem
from ..tables import MODULES, Module
from ..values import Undecided
from ._shared import Knowledge, Out, Plan, learn
from .balancing import plan_alert_policy, plan_anti_affinity_policy, plan_load_balancer, plan_load_balancer_fact
from .groups import plan_group, plan_group_fact
from .networks import plan_firewall_policy, plan_network, plan_network_fact, plan_public_ip
from .servers import plan_modify_server, plan_package, plan_server, plan_server_fact, plan_snapshot

__all__ = ["Knowledge", "Out", "Plan", "learn", "plan"]

_PLANNERS: dict[str, Callable[[Task, Module, Knowledge], Plan]] = {
    "clc_aa_policy": plan_anti_affinity_policy,
    "clc_alert_policy": plan_alert_policy,
    "clc_blueprint_package": plan_package,
    "clc_firewall_policy": plan_firewall_policy,
    "clc_group": plan_group,
    "clc_group_fact": plan_group_fact,
    "clc_loadbalancer": plan_load_balancer,
    "clc_loadbalancer_fact": plan_load_balancer_fact,
    "clc_modify_server": plan_modify_server,
    "clc_network": plan_network,
    "clc_network_fact": plan_network_fact,
    "clc_publicip": plan_public_ip,
    "clc_server": plan_server,
    "clc_server_fact": plan_server_fact,
    "clc_server_snapshot": plan_snapshot,
}


def plan(task: Task, knowledge: Knowledge) -> Plan:
    """Return the plan for a task of a legacy module. Raises Undecided."""
    raise_problem(task)
    module = MODULES[str(task.old)]
    if module.removed_reason:
        raise Undecided(module.removed_reason)
    for name in task.options:
        if name not in module.options and name not in module.shared:
            raise Undecided(f"{task.old} has no option {name}")
        unsupported = module.options[name].unsupported if name in module.options else ""
        if unsupported and task.value(name) is not None:
            raise Undecided(f"{name}: {unsupported}")
    planner = _PLANNERS.get(module.name)
    if planner is None:
        raise Undecided(f"this program does not support {module.name}")
    return planner(task, module, knowledge)
