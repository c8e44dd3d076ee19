# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans for load balancers, and for alert and anti-affinity policies."""

from __future__ import annotations

from ..finding import Task
from ..results import Results, Root
from ..tables import Module
from ..values import Undecided
from ._shared import (
    Knowledge,
    Out,
    Plan,
    balancer_key,
    begin_plan,
    literal_state,
    require_no_expected_error,
    results_if_present,
)


def plan_anti_affinity_policy(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_aa_policy. Raises Undecided."""
    result = begin_plan(task, module, dropped=("wait",))
    result.results = results_if_present(task, {"policy": Root("{0}.anti_affinity_policy", "anti_affinity_policy")})
    return result


def plan_alert_policy(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_alert_policy. Raises Undecided."""
    parts = [name for name in ("metric", "duration", "threshold") if name in task.options]
    absent = literal_state(task) == "absent"
    result = begin_plan(task, module, dropped=parts if absent else parts[1:])
    if parts and not absent:
        result.notes.append("all other triggers are removed; before, additional triggers of the policy were kept")
    result.results = results_if_present(task, {"policy": Root("{0}.alert_policy", "alert_policy")})
    return result


def plan_load_balancer(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_loadbalancer. Raises Undecided."""
    state = literal_state(task)
    keys = ("name", "location") if state == "port_absent" else ("name", "location", "port")
    if state not in ("present", "absent") and balancer_key(task, *keys) not in knowledge.balancers:
        raise Undecided(
            f"state {state} creates no load balancer and no pool, but shared_load_balancer does if there is none, and no task in "
            "these files creates it before"
        )
    if task.value("nodes") and task.value("port") is None and state != "absent":
        raise Undecided("port is missing, but nodes are set")
    parts = [name for name in ("port", "method", "persistence", "nodes") if name in task.options]
    first = next((name for name in parts if name == "port"), None)
    result = begin_plan(task, module, dropped=[name for name in parts if name != first])
    if first and result.lines[first]:
        result.lines[first].append(Out("purge", False))
    result.results = results_if_present(task, {"loadbalancer": Root("{0}.shared_load_balancer", "load_balancer")})
    return result


def plan_load_balancer_fact(task: Task, module: Module, knowledge: Knowledge) -> Plan:
    """Return the plan for clc_loadbalancer_fact. Raises Undecided."""
    require_no_expected_error(task, "a load balancer")
    result = begin_plan(task, module)
    result.notes.append("a load balancer that does not exist gives an empty list; before, it was an error")
    result.results = Results({"loadbalancer": Root("{0}.shared_load_balancers[0]", "load_balancer")})
    return result
