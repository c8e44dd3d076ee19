# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Additional information about a resource, read through its links on request: the option `gather`.

API behavior (compute.yaml, groups.yaml): only active servers have links to statistics and credentials; statistics of type hourly
and realtime require the start of the window and the length of a sample as d:hh:mm:ss; reading credentials adds an entry to the
activity log and returns the password in clear text, which the action plugin keeps out of the output.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import InvalidTaskError
from ..api.pool import map_concurrently
from ..kit.naming import to_snake_case
from ..kit.resource import Entity
from ..kit.task import Task

_MINUTES_A_DAY = 24 * 60


def _no_query(task: Task) -> dict[str, str] | None:
    return None


class GatherSubset(t.NamedTuple):
    """One choice of `gather`: the relation of its link, its query parameters, and the conversion of the response for results."""

    rel: str
    query: t.Callable[[Task], dict[str, str] | None] = _no_query
    to_result: t.Callable[[t.Any], t.Any] = to_snake_case


def gather_subsets(
    task: Task, subsets: t.Mapping[str, GatherSubset], entities: t.Sequence[Entity]
) -> list[dict[str, t.Any]]:
    """Return for each entity the value of each subset: null if it was not requested or the entity has none.

    Sends one request for each entity and requested subset, through a bounded pool.
    """
    queries = {name: subsets[name].query(task) for name in task.option("gather") or []}

    def read(entity: Entity) -> dict[str, t.Any]:
        values: dict[str, t.Any] = dict.fromkeys(subsets)
        for name, query in queries.items():
            response = task.client.follow(entity, subsets[name].rel, params=query)
            values[name] = subsets[name].to_result(response.body) if response else None
        return values

    return map_concurrently(read, entities)


def statistics_query(task: Task) -> dict[str, str]:
    """Return the query for the option `statistics`; the latest statistics if it is omitted.

    Raises InvalidTaskError if the start of a window or the length of a sample is missing.
    """
    options = task.option("statistics") or {}
    kind = str(options.get("type") or "latest")
    if kind == "latest":
        return {"type": kind}
    missing = [name for name in ("start", "interval_minutes") if options.get(name) is None]
    if missing:
        raise InvalidTaskError(
            f"{' and '.join(missing)} {'are' if len(missing) > 1 else 'is'} missing",
            action="read",
            target=f"statistics of type {kind}",
            help_text="Specify the start of the window and the length of a sample.",
        )
    query = {
        "type": kind,
        "start": str(options["start"]),
        "sampleInterval": _interval(int(options["interval_minutes"])),
    }
    return {**query, "end": str(options["end"])} if options.get("end") else query


def _interval(minutes: int) -> str:
    """Return a number of minutes as d:hh:mm:ss, the only unambiguous form of the service."""
    days, remainder = divmod(minutes, _MINUTES_A_DAY)
    return f"{days}:{remainder // 60:02d}:{remainder % 60:02d}:00"
