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

from ...api import links, tree
from ...api.answers import Answer
from ...api.errors import ConfigurationError
from ...kit.declaration import Declared, Entity
from ...kit.task import Task
from . import groups


def shown_place(place: tree.Place | None) -> dict[str, t.Any]:
    """Return id and path of the group, as all that hangs on it is shown with; null for one that is not there yet."""
    if place is None:
        return {"group_id": None, "group_path": None}
    return {"group_id": place.id, "group_path": groups.path_told(place.path)}


def places_meant(task: Task) -> list[tree.Place]:
    """Return all groups that the option `group` of an info task means, parents first; none where there is none."""
    everything = tree.places(groups.root(task, task.data_center))
    return groups.matching(everything, task.option("group"))


class OfGroup(Declared):
    """What hangs on one server group, which the option `group` means.

    rel: the relation that leads there. kind: what is there, in the plural, for messages. order: keys of the result by which an info
    module sorts.
    """

    rel: t.ClassVar[str]
    kind: t.ClassVar[str]
    order: t.ClassVar[tuple[str, ...]] = ()

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.place: tree.Place | None = None

    def find_place(self) -> tree.Place | None:
        """Find the group. Two requests for a task.

        None if it is missing and that may be: in check mode, with a warning, and if something shall be absent anyway.
        Raises LookupFailed and NotThere.
        """
        self.place = self.task.related(
            lambda: groups.resolve(self.task, self.task.data_center, self.task.option("group")), None, None
        )
        return self.place

    @property
    def group_label(self) -> str:
        """The group in words: by its path, or as the task names it."""
        if self.place is not None:
            return f"group '{groups.path_told(self.place.path) or self.place.group['name']}'"
        wanted = self.task.option("group")
        return f"group '{wanted if isinstance(wanted, str) else groups.path_told(wanted or [])}'"

    def path(self) -> str:
        """Return where the relation leads. Raises ConfigurationError if the group has no such link."""
        href = links.href_of(self.place.group, self.rel) if self.place else None
        if href is None:
            raise ConfigurationError(
                f"the service lets this group have no {self.kind}",
                action="find",
                thing=f"the {self.kind} of {self.group_label}",
                remedy="Choose another group; Archive and Templates are the service's own.",
            )
        return self.task.client.path_of(href)

    def follow(self) -> Answer | None:
        """Read where the relation leads; None if there is nothing or the group has no such link. One request."""
        return self.task.client.follow(self.place.group, self.rel) if self.place else None

    def check_create(self) -> None:
        super().check_create()
        if self.place:
            self.path()  # raised before anything is sent, and in check mode too

    def group_keys(self) -> dict[str, t.Any]:
        """Return the keys of a result that say where it belongs."""
        return {**shown_place(self.place), "data_center": self.task.data_center}

    def select(self) -> list[Entity]:
        """Read what an info task asks for of the group at hand."""
        raise NotImplementedError

    @classmethod
    def gather(cls, task: Task) -> list[dict[str, t.Any]]:
        """Return what hangs on all groups that an info task names; an unknown group gives an empty list."""
        results = []
        for place in places_meant(task):
            resource = cls(task)
            resource.place = place
            results += [resource.to_result(entity) for entity in resource.select()]
        return sorted(results, key=lambda result: [str(result[key]) for key in cls.order])
