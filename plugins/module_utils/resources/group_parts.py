# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What hangs on one server group: the group that a task means, and the paths that lead from it.

Facts (contract groups.yaml, x-clc-link-rels): every group links to its defaults; scheduled activities and the horizontal
autoscale policy are linked from all groups but Archive and Templates.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api import links, tree
from ..api.errors import ConfigurationError, NotThere
from ..kit.task import Task
from . import server_group


def place_of(task: Task) -> tree.Place | None:
    """Return the group that the option `group` means. Two requests for a task.

    None where it is missing and that may be: in check mode, with a warning, and where something shall be absent anyway.
    Raises LookupFailed and NotThere.
    """

    def look() -> tree.Place:
        return server_group.resolve(task, task.data_center, task.option("group"))

    if task.state == "absent":
        try:
            return look()
        except NotThere:
            return None
    return task.reference(look, None)


def group_told(task: Task, place: tree.Place | None) -> str:
    """Return the group in words: by its path, or as the task names it."""
    if place is not None:
        return f"group '{server_group.path_told(place.path) or place.group['name']}'"
    wanted = task.option("group")
    return f"group '{wanted if isinstance(wanted, str) else server_group.path_told(wanted or [])}'"


def has(place: tree.Place, rel: str) -> bool:
    """Say whether the service lets a group have what this relation leads to."""
    return links.href_of(place.group, rel) is not None


def path_to(task: Task, place: tree.Place | None, rel: str, kind: str) -> str:
    """Return the path that a relation of the group leads to. Raises ConfigurationError where the group has no such link.

    kind: what is there, in the plural, for the message.
    """
    href = links.href_of(place.group, rel) if place else None
    if href is None:
        raise ConfigurationError(
            f"the service lets this group have no {kind}",
            action="find",
            thing=f"the {kind} of {group_told(task, place)}",
            remedy="Choose another group; Archive and Templates are the service's own.",
        )
    return task.client.path_of(href)


def shown_place(place: tree.Place | None) -> dict[str, t.Any]:
    """Return id and path of the group, as all that hangs on it is shown with; null for one that is not there yet."""
    if place is None:
        return {"group_id": None, "group_path": None}
    return {"group_id": place.id, "group_path": server_group.path_told(place.path)}


def places_meant(task: Task) -> list[tree.Place]:
    """Return all groups that the option `group` of an info task means, parents first; none where there is none."""
    everything = tree.places(server_group.root(task, task.data_center))
    return server_group.matching(everything, task.option("group"))
