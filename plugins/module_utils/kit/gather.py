# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be read of a thing besides itself, behind its links and only when asked for: the option `gather`.

Facts (contract compute.yaml, groups.yaml): active servers alone have the links to their figures and passwords; figures of type
hourly and realtime want the start of the window and the length of a sample, written as d:hh:mm:ss; a read of the credentials
leaves an entry in the activity log and the password in clear, which the action plugin keeps from being shown.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import ConfigurationError
from ..api.pool import map_concurrently
from ..kit.declaration import Entity
from ..kit.shape import snaked
from ..kit.task import Task

_MINUTES_A_DAY = 24 * 60


def _no_query(task: Task) -> dict[str, str] | None:
    return None


class Choice(t.NamedTuple):
    """One entry of `gather`: the relation that leads there, the query that it wants, and how its answer is shown."""

    rel: str
    query: t.Callable[[Task], dict[str, str] | None] = _no_query
    show: t.Callable[[t.Any], t.Any] = snaked


def gathered(task: Task, choices: t.Mapping[str, Choice], entities: t.Sequence[Entity]) -> list[dict[str, t.Any]]:
    """Return for each entity a value under every choice: null where it was not asked for or the entity has none.

    One request for each entity and choice that was asked for, through a bounded pool.
    """
    wanted = {name: choices[name].query(task) for name in task.option("gather") or []}

    def read(entity: Entity) -> dict[str, t.Any]:
        values: dict[str, t.Any] = dict.fromkeys(choices)
        for name, query in wanted.items():
            answer = task.client.follow(entity, choices[name].rel, params=query)
            values[name] = choices[name].show(answer.body) if answer else None
        return values

    return map_concurrently(read, entities)


def statistics_query(task: Task) -> dict[str, str]:
    """Return the query for the figures that the option `statistics` asks for; the latest ones without it.

    Raises ConfigurationError where a window lacks its start or the length of its samples.
    """
    wanted = task.option("statistics") or {}
    kind = str(wanted.get("type") or "latest")
    if kind == "latest":
        return {"type": kind}
    lacking = [name for name in ("start", "interval_minutes") if wanted.get(name) is None]
    if lacking:
        raise ConfigurationError(
            f"{' and '.join(lacking)} not given",
            action="read",
            thing=f"statistics of type {kind}",
            remedy="Give when the window starts and how long a sample is.",
        )
    query = {"type": kind, "start": str(wanted["start"]), "sampleInterval": _interval(int(wanted["interval_minutes"]))}
    return {**query, "end": str(wanted["end"])} if wanted.get("end") else query


def _interval(minutes: int) -> str:
    """Write a length of time as the service reads it without doubt: days, hours, minutes, seconds."""
    days, rest = divmod(minutes, _MINUTES_A_DAY)
    return f"{days}:{rest // 60:02d}:{rest % 60:02d}:00"
