# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resolve an id, a path, or a name to a group of one data center.

API behavior (groups.yaml): no operation lists groups, so they are found by a walk from the data center's root group.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import tree
from ...api.errors import NoSuchResource, NotFound, ResourceLookupError
from ...kit.lookup import format_list, is_id
from ...kit.resource import Entity
from ...kit.task import Task
from ..account import require_data_center

# An id, a path, a name, or a path as a list of names; see kit/references.py.
GroupSpec: t.TypeAlias = "str | t.Sequence[str]"


def root(task: Task, data_center: str) -> Entity:
    """Return the root group of a data center with the plain tree below it. Sends two requests per task."""
    entity = require_data_center(task, data_center)
    root_group = task.cached(("root", data_center), lambda: tree.root_group(task.client, entity))
    if root_group is None:
        raise ResourceLookupError(
            f"account {task.account} has no groups in {data_center}", help_text="Check data_center and account_alias."
        )
    return root_group


def invalidate(task: Task, data_center: str) -> None:
    """Drop the cached tree of a data center, since the task has changed it."""
    task.invalidate(("root", data_center))


def format_path(path: t.Sequence[str]) -> str:
    """Return a path as playbooks write it; that of the root group is empty."""
    return "/".join(path)


def segments(group_spec: GroupSpec) -> tuple[str, ...] | None:
    """Return the path below the root that a value spells; None if it is an id or a name.

    A list is always a path; so is a string that contains a slash.
    """
    if not isinstance(group_spec, str):
        return tuple(group_spec)
    return tuple(name.strip() for name in group_spec.split("/")) if "/" in group_spec else None


def matching(
    nodes: t.Iterable[tree.GroupNode], group_spec: GroupSpec, ignore_case: bool = False
) -> list[tree.GroupNode]:
    """Return all groups that an id, a path, or a name identifies."""

    def normalize(name: t.Any) -> str:
        return str(name).lower() if ignore_case else str(name)

    path = segments(group_spec)
    if path is not None:
        return [node for node in nodes if list(map(normalize, node.path)) == list(map(normalize, path))]
    if is_id(group_spec):
        return [node for node in nodes if node.id.lower() == str(group_spec).lower()]
    return [node for node in nodes if normalize(node.group["name"]) == normalize(group_spec)]


def resolve(task: Task, data_center: str, group_spec: GroupSpec) -> tree.GroupNode:
    """Return the group of a data center that an id, a path from the root, or a unique name identifies.

    Raises NoSuchResource if it does not exist, and ResourceLookupError if it is ambiguous, differs in case, or is in
    another data center.
    """
    nodes = list(tree.nodes_from(root(task, data_center)))
    matches = matching(nodes, group_spec)
    if len(matches) == 1:
        return matches[0]
    path = segments(group_spec)
    name = format_path(path) if path is not None else group_spec
    if matches:
        raise ResourceLookupError(
            f"{len(matches)} groups in {data_center} match '{name}': {format_list(map(label, matches))}",
            help_text="Specify the id, or the whole path as a list.",
        )
    other_case = matching(nodes, group_spec, ignore_case=True)
    if other_case:
        raise ResourceLookupError(
            f"group '{name}' does not exist in {data_center}, but there is {format_list(map(label, other_case))}",
            help_text="Names are case-sensitive.",
        )
    if path is None and is_id(group_spec):
        _check_other_data_centers(task, data_center, str(group_spec))
    raise NoSuchResource(
        f"group '{name}' does not exist in {data_center}",
        help_text="Create it, or check data_center and account_alias.",
        requested=str(name),
    )


def _check_other_data_centers(task: Task, data_center: str, group_id: str) -> None:
    """Raise ResourceLookupError if a group with this id exists in another data center. Sends one request."""
    try:
        actual = str(tree.group(task.client, task.account, group_id).get("locationId")).upper()
    except NotFound:
        return
    if actual != data_center:
        raise ResourceLookupError(
            f"group {group_id} is in {actual}, not in {data_center}", help_text=f"Set data_center to {actual}."
        )


def label(node: tree.GroupNode) -> str:
    """Return path and id of a group as text for messages."""
    return f"{format_path(node.path) or node.group['name']} ({node.id})"
