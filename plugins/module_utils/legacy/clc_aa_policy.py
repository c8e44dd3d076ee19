# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_aa_policy: an anti-affinity policy, identified by its name in a data center.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..convergence import Result, converge
from ..kit.predicted import exists
from ..kit.task import Task
from ..resources.policy.anti_affinity_policy import AntiAffinityPolicy
from .run import job_result, new_task
from .table import Table


def work(table: Table, task: Task) -> Result:
    """Create or delete the policy. The result is its entity with its account and the ids of its servers."""
    # The operation has no jobs, so wait: false must not add the key jobs to the result.
    new = new_task(table, task, wait=None)
    policy = AntiAffinityPolicy(new)
    result = converge(policy)
    entity = policy.entity
    if entity is None or not exists(entity):
        return {**job_result(result), "policy": None}
    return {
        **job_result(result),
        "policy": {**entity, "alias": new.account, "servers": policy.to_result(entity)["server_ids"]},
    }
