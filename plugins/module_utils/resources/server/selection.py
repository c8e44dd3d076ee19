# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Select the servers of a fleet by base name.

API behavior: a server's id is data center + account alias + base name + an unpredictable number of two or more digits, so WEB101
is number 101 of WEB or number 01 of WEB1; both forms occur. 00 is not a number, so WEB100 is number 100 of WEB.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...api.errors import ResourceLookupError
from ...kit import problems
from ...kit.lookup import format_list
from ...kit.resource import Entity
from ...kit.task import Task
from . import result as server_result

COUNTED = frozenset({"active", "underConstruction"})
# Two digits except 00, or more without a leading zero.
_NUMBER = "(?:0[1-9]|[1-9][0-9]+)"


@dataclass(frozen=True)
class Selector:
    """Which servers of a group are the fleet, and how it is scaled.

    base_name: the base name, None for any server. statuses: the statuses that count. started_only: whether only started servers
    count. newest_first: the order of deletion. add: whether count is the number of servers to add, not the total.
    """

    base_name: str | None
    statuses: frozenset[str] = COUNTED
    started_only: bool = False
    newest_first: bool = True
    add: bool = False

    def pattern(self, prefix: str) -> re.Pattern[str]:
        """Return the pattern of the fleet's ids: prefix, base name, and a number, its first group."""
        return re.compile(f"{re.escape(prefix)}{re.escape(self.base_name or '')}({_NUMBER})", re.IGNORECASE)

    def counts(self, server: Entity, prefix: str) -> bool:
        """Return whether a server of the group belongs to the fleet."""
        matches = self.base_name is None or self.pattern(prefix).fullmatch(server_result.server_id(server))
        has_power = not self.started_only or server_result.details(server).get("powerState") == "started"
        return bool(matches) and server["status"] in self.statuses and has_power

    def is_ambiguous(self, server: Entity, prefix: str) -> bool:
        """Return whether the first digits in the id of a server may be the end of a longer base name."""
        if self.base_name is None or not server.get("id"):
            return False
        match = self.pattern(prefix).fullmatch(server_result.server_id(server))
        return match is not None and re.fullmatch(f"[0-9]+{_NUMBER}", match.group(1)) is not None

    def check_not_ambiguous(self, servers: list[Entity], prefix: str) -> None:
        """Raise ResourceLookupError if a server to delete may belong to a fleet whose base name ends in a digit."""
        ambiguous = [server_result.server_id(server) for server in servers if self.is_ambiguous(server, prefix)]
        if ambiguous:
            single = len(ambiguous) == 1
            raise ResourceLookupError(
                f"{format_list(ambiguous)} {'is' if single else 'are'} ambiguous: the digits are the number of a server "
                f"'{self.base_name}', or its first digits are part of a longer base name",
                action="delete",
                target=f"servers '{self.base_name}'",
                help_text="Set long_numbers to true if the digits are the number, or select the servers with server_ids.",
            )


def age(server: Entity) -> tuple[str, int, str]:
    """Return the key that sorts servers from the oldest to the newest; predicted servers are the newest."""
    server_id = server_result.server_id(server) if server.get("id") else ""
    return str((server.get("changeInfo") or {}).get("createdDate") or "~"), len(server_id), server_id


def check_options(task: Task) -> None:
    """Validate the options before anything is read. Raises InvalidTaskError."""
    count = task.option("count")
    if count is not None and task.state in ("absent", "archived", "restarted"):
        raise problems.invalid_option("count", f"state {task.state} applies to all servers of the fleet", "Omit count.")
