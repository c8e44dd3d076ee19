# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_firewall_policy: one firewall policy inside a data center, by its id or, without one, by what it connects.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api.errors import ConfigurationError
from ..connection import in_account
from ..convergence import Result, converge
from ..kit.task import Task
from ..resources.firewall.firewall_policy import FirewallPolicy
from .run import new_task, told_jobs
from .table import Table


def work(table: Table, task: Task) -> Result:
    """Make the policy be there or not; the result is its object and id."""
    new = new_task(table, task)
    if not new.option("id") and not (new.option("source") and new.option("destination")):
        raise ConfigurationError(
            "neither firewall_policy_id nor source and destination were given",
            action="find",
            thing="the firewall policy",
            remedy="Give the id, or the ends that the policy connects.",
        )
    if new.client.identity:
        new.client.identity = in_account(new.client.identity, task.option("source_account_alias"))
    policy = FirewallPolicy(new)
    result = converge(policy)
    own_id = (policy.entity or {}).get("id")
    return {
        **told_jobs(result),
        "firewall_policy_id": own_id or new.option("id"),
        "firewall_policy": policy.entity if own_id else None,
    }
