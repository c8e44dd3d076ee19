# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be read of a server besides itself: its capabilities, its latest figures, its administrator's password.

Facts (contract compute.yaml): each is behind a link that active servers alone have; the figures of one server want
type=latest; a read of the credentials leaves an entry in the activity log and the password in clear, so it is done only when
asked for, and the action plugin keeps such a result from being shown.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from concurrent.futures import ThreadPoolExecutor

from ..kit.declaration import Entity
from ..kit.shape import snaked
from ..kit.task import Task

# Choice of `gather` -> relation that leads there, and the query that it wants.
CHOICES: dict[str, tuple[str, dict[str, str] | None]] = {
    "capabilities": ("capabilities", None),
    "statistics": ("statistics", {"type": "latest"}),
    "credentials": ("credentials", None),
}
_WORKERS = 8


def gathered(task: Task, servers: t.Sequence[Entity]) -> list[dict[str, t.Any]]:
    """Return for each server a value under every choice: null where it was not asked for or the server has none.

    One request for each server and choice that was asked for, through a bounded pool.
    """
    wanted = task.option("gather") or []

    def read(server: Entity) -> dict[str, t.Any]:
        values: dict[str, t.Any] = dict.fromkeys(CHOICES)
        for choice in wanted:
            rel, query = CHOICES[choice]
            answer = task.client.follow(server, rel, params=query)
            values[choice] = snaked(answer.body) if answer else None
        return values

    with ThreadPoolExecutor(max(1, min(_WORKERS, len(servers)))) as pool:
        return list(pool.map(read, servers))
