# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which servers a task means by a base name: the fleet, as data.

Facts: a server's id is data center + account alias + base name + a number of two digits or more that nobody can predict, so
WEB101 is the 101st WEB or the first WEB1; both forms occur.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...api.errors import ConfigurationError, LookupFailed
from ...kit.declaration import Entity
from ...kit.lookup import listed
from ...kit.task import Task
from . import result as server_result

COUNTED = frozenset({"active", "underConstruction"})
_BASE_NAME = re.compile(r"[A-Za-z0-9-]*[A-Za-z-]")


@dataclass(frozen=True)
class Selector:
    """Which servers of a group are the fleet, and how its number is kept.

    base: the base name, None for any server. statuses: what counts. started_only: whether power counts too.
    newest_first: the order of removal. add: whether count says how many more, instead of how many in all.
    """

    base: str | None
    statuses: frozenset[str] = COUNTED
    started_only: bool = False
    newest_first: bool = True
    add: bool = False

    def pattern(self, prefix: str) -> re.Pattern[str]:
        """Return the form of the fleet's ids: two digits, or more without a leading zero, behind prefix and base name."""
        return re.compile(
            f"{re.escape(prefix)}{re.escape(self.base or '')}([0-9]{{2}}|[1-9][0-9]{{2,}})", re.IGNORECASE
        )

    def counts(self, server: Entity, prefix: str) -> bool:
        """Say whether a server of the group belongs to the fleet."""
        named = self.base is None or self.pattern(prefix).fullmatch(server_result.server_id(server))
        powered = not self.started_only or server_result.details(server).get("powerState") == "started"
        return bool(named) and server["status"] in self.statuses and powered

    def reads_two_ways(self, server: Entity, prefix: str) -> bool:
        """Say whether the id of a server has a number so long that it may be the end of a longer name."""
        if self.base is None or not server.get("id"):
            return False
        found = self.pattern(prefix).fullmatch(server_result.server_id(server))
        return found is not None and len(found.group(1)) > 2

    def refuse_two_ways(self, servers: list[Entity], prefix: str) -> None:
        """Raise LookupFailed where a server that is to be removed may not be one of the fleet."""
        unsure = [server_result.server_id(one) for one in servers if self.reads_two_ways(one, prefix)]
        if unsure:
            raise LookupFailed(
                f"{listed(unsure)} can be read in two ways: as '{self.base}' with a long number, or as a longer name",
                action="remove",
                thing=f"servers '{self.base}'",
                remedy="Name the servers by server_ids.",
            )


def age(server: Entity) -> tuple[str, int, str]:
    """Return what servers are sorted by, the oldest first; a predicted one is the youngest."""
    name = server_result.server_id(server) if server.get("id") else ""
    return str((server.get("changeInfo") or {}).get("createdDate") or "~"), len(name), name


def check_options(task: Task) -> None:
    """Refuse what cannot be meant, before anything is read."""
    check_base_name(task)
    count = task.option("count")
    if count is not None and count < 0:
        raise ConfigurationError(
            f"{count} is no number of servers", action="use", thing="count", remedy="Give 0 or more."
        )
    if count is not None and task.state in ("absent", "archived", "restarted"):
        raise ConfigurationError(
            f"state {task.state} is for all servers of the fleet",
            action="use",
            thing="count",
            remedy="Leave count out.",
        )


def check_base_name(task: Task) -> None:
    """Raise ConfigurationError where the option `name` is no base name of servers."""
    name = task.option("name")
    if name is not None and not _BASE_NAME.fullmatch(name):
        raise ConfigurationError(
            f"'{name}' is no base name",
            action="use",
            thing="name",
            remedy="Letters, digits and dashes, and no digit at the end: the service appends a number of its own.",
        )
