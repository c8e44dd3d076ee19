# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which group an id, a path, or a name means, within one data center.

Fact (contract groups.yaml): no call lists groups, so they are found by a walk from the data center's root group.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import tree
from ...api.errors import LookupFailed, NotFound, NotThere
from ...kit.declaration import Entity
from ...kit.lookup import is_id, listed
from ...kit.task import Task
from ..account import require_data_center

Wanted: t.TypeAlias = "str | t.Sequence[str]"


def root(task: Task, data_center: str) -> Entity:
    """Return the root group of a data center with the plain tree below it. Two requests for a task."""
    center = require_data_center(task, data_center)
    found = task.once(("root", data_center), lambda: tree.root_of(task.client, center))
    if found is None:
        raise LookupFailed(
            f"account {task.account} has no groups in {data_center}", remedy="Check data_center and account_alias."
        )
    return found


def forget(task: Task, data_center: str) -> None:
    """Forget the tree of a data center, since the task has changed it."""
    task.forget(("root", data_center))


def path_told(path: t.Sequence[str]) -> str:
    """Return a path as it is written in playbooks; the root group's is empty."""
    return "/".join(path)


def segments(wanted: Wanted) -> tuple[str, ...] | None:
    """Return the path from below the root that a value spells, or None where it is an id or a name.

    A list is always a path; a text with a slash is one too.
    """
    if not isinstance(wanted, str):
        return tuple(str(part) for part in wanted)
    return tuple(part.strip() for part in wanted.split("/")) if "/" in wanted else None


def matching(everything: t.Iterable[tree.Place], wanted: Wanted, fold: bool = False) -> list[tree.Place]:
    """Return the groups that an id, a path or a name means, all of them; fold: without regard to case."""

    def folded(text: t.Any) -> str:
        return str(text).lower() if fold else str(text)

    path = segments(wanted)
    if path is not None:
        return [place for place in everything if list(map(folded, place.path)) == list(map(folded, path))]
    if is_id(wanted):
        return [place for place in everything if place.id.lower() == str(wanted).lower()]
    return [place for place in everything if folded(place.group["name"]) == folded(wanted)]


def resolve(task: Task, data_center: str, wanted: Wanted) -> tree.Place:
    """Return the group that an id, a path from the root or a name found once means, within one data center."""
    everything = list(tree.places(root(task, data_center)))
    found = matching(everything, wanted)
    if len(found) == 1:
        return found[0]
    path = segments(wanted)
    told = path_told(path) if path is not None else wanted
    same = matching(everything, wanted, fold=True)
    if found:
        raise LookupFailed(
            f"'{told}' means {len(found)} groups in {data_center}: {listed(map(place_told, found))}",
            remedy="Give the id, or the whole path as a list.",
        )
    if same:
        raise LookupFailed(
            f"there is no group '{told}' in {data_center}, but {listed(map(place_told, same))}",
            remedy="Write the name in the same case.",
        )
    if path is None and is_id(wanted):
        _refuse_elsewhere(task, data_center, str(wanted))
    raise NotThere(
        f"there is no group '{told}' in {data_center}", remedy="Create it, or check data_center and account_alias."
    )


def _refuse_elsewhere(task: Task, data_center: str, group_id: str) -> None:
    """Raise LookupFailed where a group of this id lies in another data center: it is there, but not looked for. One request."""
    try:
        where = str(tree.group(task.client, task.account, group_id).get("locationId")).upper()
    except NotFound:
        return
    if where != data_center:
        raise LookupFailed(
            f"the group {group_id} is in {where}, not in {data_center}", remedy=f"Give {where} as data_center."
        )


def place_told(place: tree.Place) -> str:
    """Return a group in words: path and id."""
    return f"{path_told(place.path) or place.group['name']} ({place.id})"
