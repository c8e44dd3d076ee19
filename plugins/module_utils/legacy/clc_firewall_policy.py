# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_firewall_policy: a firewall policy within a data center, identified by its id or its endpoints.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api.errors import InvalidTaskError
from ..connection import in_account
from ..convergence import Result, converge
from ..kit.predicted import exists
from ..kit.task import Task
from ..resources.firewall.firewall_policy import FirewallPolicy
from .run import job_result, new_task
from .table import Table


def work(table: Table, task: Task) -> Result:
    """Create, update, or delete the policy. The result is its entity and id."""
    new = new_task(table, task)
    if not new.option("id") and not (new.option("source") and new.option("destination")):
        raise InvalidTaskError(
            "firewall_policy_id, source, and destination are missing",
            action="find",
            target="the firewall policy",
            help_text="Set firewall_policy_id, or source and destination.",
        )
    if new.client.identity:
        new.client.identity = in_account(new.client.identity, task.option("source_account_alias"))
    policy = FirewallPolicy(new)
    result = converge(policy)
    policy_id = policy.entity["id"] if policy.entity is not None and exists(policy.entity) else None
    return {
        **job_result(result),
        "firewall_policy_id": policy_id or new.option("id"),
        "firewall_policy": policy.entity if policy_id else None,
    }
