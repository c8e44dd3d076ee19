# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_aa_policy: one anti-affinity policy by its name in a data center.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..convergence import Result, converge
from ..kit.task import Task
from ..resources.policy.anti_affinity_policy import AntiAffinityPolicy
from .run import new_task, told_jobs
from .table import Table


def work(table: Table, task: Task) -> Result:
    """Make the policy be there or not; the result is its object with its account and the ids of its servers."""
    # Whoever says wait: false shall not be told of jobs that there cannot be.
    new = new_task(table, task, wait=None)
    policy = AntiAffinityPolicy(new)
    result = converge(policy)
    found = policy.entity
    if found is None or not found.get("id"):
        return {**told_jobs(result), "policy": None}
    return {
        **told_jobs(result),
        "policy": {**found, "alias": new.account, "servers": policy.to_result(found)["server_ids"]},
    }
