# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Limits of an account in a data center.

Decisions:
  - They are checked when a request is accepted, not in its job; an accepted request counts at once.
  - The storage of archived servers counts against the limit, their memory and CPU do not.
"""

from __future__ import annotations

from clc_simulator.core.accounts import Account
from clc_simulator.core.entities import World
from clc_simulator.core.errors import bad_request
from clc_simulator.core.models import Server

_LABELS = {"cpu": "CPU", "memoryGB": "Memory", "storageGB": "Storage"}


def used_limits(world: World, alias: str, data_center_code: str) -> dict[str, int]:
    """Return cpu, memoryGB, and storageGB of the servers of an account in a data center.

    Archived servers only use storage; templates and servers that are queued for delete use nothing.
    """
    total = world[Server].total("used", (alias, data_center_code))
    return {name: total.get(name, 0) for name in _LABELS}


def check(world: World, account: Account, data_center_code: str, **requested: int) -> None:
    """Check that additional cpu, memoryGB, or storageGB are within the limits. Amounts of 0 or less are always allowed.

    Raise ApiError (400) with the message recorded for memory: "Memory limit exceeded -> available: 2, requested: 4".
    """
    used = used_limits(world, account.id, data_center_code)
    for name, amount in requested.items():
        limit = account.limits.get(name)
        if limit is not None and amount > max(0, limit - used[name]):
            available = max(0, limit - used[name])
            raise bad_request(f"{_LABELS[name]} limit exceeded -> available: {available}, requested: {amount}")
