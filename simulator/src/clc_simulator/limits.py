# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Limits of an account in a data center; they are checked when something is asked for, not in its job."""

from __future__ import annotations

from clc_simulator import estate
from clc_simulator.accounts import Account
from clc_simulator.problems import refused
from clc_simulator.world import World

_WORDS = {"cpu": "CPU", "memoryGB": "Memory", "storageGB": "Storage"}


def used(world: World, alias: str, code: str) -> dict[str, int]:
    """Return cpu, memoryGB and storageGB that the servers of an account take in a data center.

    Archived servers take storage alone; templates and servers on their way out take nothing.
    """
    total = {"cpu": 0, "memoryGB": 0, "storageGB": 0}
    for row in estate.servers_of(world, alias, code):
        if row.is_template or row.status == estate.QUEUED_FOR_DELETE:
            continue
        total["storageGB"] += row.storage_gb
        if row.status != estate.ARCHIVED:
            total["cpu"] += row.cpu
            total["memoryGB"] += row.memory_mb // 1024
    return total


def check(world: World, account: Account, code: str, **wanted: int) -> None:
    """Check that an account may take more: cpu, memoryGB or storageGB. A wish of 0 or less always passes.

    Raises Problem (400) in the words recorded for memory: "Memory limit exceeded -> available: 2, requested: 4".
    """
    taken = used(world, account.id, code)
    for name, amount in wanted.items():
        limit = account.limits.get(name)
        if limit is not None and amount > max(0, limit - taken[name]):
            available = max(0, limit - taken[name])
            raise refused(f"{_WORDS[name]} limit exceeded -> available: {available}, requested: {amount}")
