# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources of one server group: the group that a task selects, and the paths that its links lead to.

API behavior (groups.yaml, x-clc-link-rels): every group links to its defaults; scheduled activities and the horizontal
autoscale policy are linked from all groups but Archive and Templates.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, tree
from ...api.errors import InvalidTaskError
from ...api.responses import ApiResponse
from ...kit.declared_resource import DeclaredResource
from ...kit.predicted import reference
from ...kit.resource import Entity
from ...kit.task import Task
from . import groups


def group_result(node: tree.GroupNode) -> dict[str, t.Any]:
    """Return id and path of a group for the result of a resource of the group."""
    return {"group_id": node.id, "group_path": groups.format_path(node.path)}


def select_groups(task: Task) -> list[tree.GroupNode]:
    """Return all groups that the option `group` of an info task selects, parents first; empty if none matches."""
    nodes = tree.nodes_from(groups.root(task, task.data_center))
    return groups.matching(nodes, task.option("group"))


class OfGroup(DeclaredResource):
    """A resource of one server group, which the option `group` selects.

    rel: the relation that leads to it. kind: the plural of its title, for messages. order: keys of the result by which an info
    module sorts.
    """

    rel: t.ClassVar[str]
    kind: t.ClassVar[str]
    order: t.ClassVar[tuple[str, ...]] = ()

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.group: tree.GroupNode | None = None

    def find_group(self) -> tree.GroupNode | None:
        """Find the group. Sends two requests per task.

        Returns None if it is missing and may be: in check mode, with a warning, and if the state is absent.
        Raises ResourceLookupError and NoSuchResource.
        """
        self.group = self.task.resolve_related(
            lambda: groups.resolve(self.task, self.task.data_center, self.task.option("group")), None, None
        )
        return self.group

    @property
    def group_label(self) -> str:
        """The group as text for messages: its path, or what the task specifies."""
        if self.group is not None:
            return f"group '{groups.format_path(self.group.path) or self.group.group['name']}'"
        group_spec = self.task.option("group")
        return f"group '{group_spec if isinstance(group_spec, str) else groups.format_path(group_spec or [])}'"

    def path(self) -> str:
        """Return the path that the relation leads to. Raises InvalidTaskError if the group has no such link."""
        href = links.href_of(self.group.group, self.rel) if self.group else None
        if href is None:
            raise InvalidTaskError(
                f"the service does not allow {self.kind} for this group",
                action="find",
                target=f"the {self.kind} of {self.group_label}",
                help_text="Choose another group; Archive and Templates are system groups.",
            )
        return self.task.client.href_to_path(href)

    def follow(self) -> ApiResponse | None:
        """Read what the relation leads to; None if it does not exist or the group has no such link. Sends one request."""
        return self.task.client.follow(self.group.group, self.rel) if self.group else None

    def check_create(self) -> None:
        super().check_create()
        if self.group:
            self.path()  # raised before anything is sent, and in check mode too

    def group_keys(self) -> dict[str, t.Any]:
        """Return the keys of a result that identify the group."""
        data_center = {"data_center": self.task.data_center}
        if self.group is not None:
            return {**group_result(self.group), **data_center}
        group_spec = self.task.option("group")
        names = groups.segments(group_spec)
        path = None if names is None else groups.format_path(names)
        return {"group_id": reference(self.task, "group", group_spec), "group_path": path, **data_center}

    def select(self) -> list[Entity]:
        """Read the entities of the current group that an info task selects."""
        raise NotImplementedError

    @classmethod
    def gather(cls, task: Task) -> list[dict[str, t.Any]]:
        """Return the results of all groups that an info task selects; empty if there is no such group."""
        results = []
        for node in select_groups(task):
            resource = cls(task)
            resource.group = node
            results += [resource.to_result(entity) for entity in resource.select()]
        return sorted(results, key=lambda result: [str(result[key]) for key in cls.order])
