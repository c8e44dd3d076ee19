# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Server groups: a tree of groups that contain servers, identified by data center and path.

API behavior (groups.yaml): names need not be unique, not even below one parent; no operation lists groups, so they are found by
a walk from the data center's root group; a create returns the group, an update returns 204, a delete queues one job for the
whole subtree; the root, Archive, and Templates groups cannot be deleted.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, paths, tree
from ...api.errors import InvalidOptionError, InvalidTaskError, NoSuchResource, ResourceLookupError
from ...api.responses import ApiResponse
from ...kit import compare
from ...kit.declared_resource import DeclaredResource
from ...kit.lookup import format_list, validate_id
from ...kit.naming import change_info, to_snake_case, with_keys
from ...kit.predicted import is_placeholder, reference
from ...kit.resource import Entity, Field, patch_of, plain_field
from ...kit.steps import Step
from ...kit.task import Task
from ..account import display_custom_fields, merge_custom_fields
from .groups import format_path, invalidate, label, matching, resolve, root, segments

KEYS = (
    "id",
    "name",
    "path",
    "description",
    "data_center",
    "parent_id",
    "type",
    "status",
    "servers_count",
    "custom_fields",
    "change_info",
)


def to_result(group: Entity, path: t.Sequence[str] | None, parent_id: str | None) -> dict[str, t.Any]:
    """Return a group in result format: always with all keys, without links and subgroups."""
    values = to_snake_case({key: value for key, value in group.items() if key not in ("groups", "servers", "links")})
    values["description"] = group.get("description") or ""
    values["data_center"] = group.get("locationId")
    values["path"] = None if path is None else format_path(path)
    values["parent_id"] = parent_id
    values["change_info"] = change_info(group)
    return with_keys(values, KEYS)


# Steps after which a group is in another part of the tree.
_MOVING = ("archive", "restore")


def _archive(top_group: Entity) -> list[tree.GroupNode]:
    """Return the archive group of a data center and everything below it; empty if there is no archive."""
    top = next((node for node in tree.nodes_from(top_group) if node.group.get("type") == "archive"), None)
    return list(tree.nodes_below(top)) if top else []


class ServerGroup(DeclaredResource):
    """One group: present with its description, custom fields, name, and parent; archived; or absent with everything below it.

    Where an archived group is in the tree is not documented. Design decisions: a group below the group of type archive is
    archived; present with id and parent restores it; archived by name finds it there once it is no longer at its path, and
    returns the last of several archived groups of that name, since none of them has to be changed.
    """

    title = "server group"
    result_key = "server_group"
    identity_options = ("name", "id", "parent")
    volatile = DeclaredResource.volatile | {"servers_count"}
    fields = (
        plain_field("name"),
        plain_field("description", matches=compare.string),
        plain_field("parent", "parentGroupId", matches=compare.case_insensitive),
        plain_field("custom_fields", "customFields", matches=compare.values_by_id),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.parent: tree.GroupNode | None = None
        self.path: tuple[str, ...] = ()
        self.archived = False
        self._has_looked = False

    @classmethod
    def check(cls, task: Task) -> None:
        """Raise InvalidOptionError for an invalid id, and for a name that was probably meant as a path."""
        validate_id(task)
        name, parent = task.option("name"), task.option("parent")
        if not name or "/" not in name or isinstance(parent, list):
            return
        *above, last = name.split("/")
        whole = format_path([parent, *above] if parent else above)
        raise InvalidOptionError(
            "name",
            f"'{name}' contains a slash, which separates the names of a path",
            f"Set parent to '{whole}' and name to '{last}'. If the slash is part of the name, set parent to a list of names; an "
            "empty list is the root group.",
        )

    @property
    def label(self) -> str:
        return f"{self.title} '{format_path(self.path) or self.task.option('name') or self.task.option('id')}'"

    @property
    def _existing_parent(self) -> tree.GroupNode:
        """The parent, for steps that are planned only if it exists."""
        if self.parent is None:
            raise AssertionError("a step below a group that does not exist")
        return self.parent

    # Finding

    def find(self) -> None:
        """Find the group by id, or by name below the parent; the parent is kept for the create."""
        if self.done and self.entity is not None and any(step.key.operation in _MOVING for step in self.done):
            self._find_by_id(str(self.entity["id"]))
        elif self.done and self.entity is not None and self.task.state != "absent":
            self._read_again(str(self.entity["id"]))
        elif self.task.option("id"):
            self._find_by_id(self.task.option("id"))
        else:
            self._find_by_path()

    def _drop_known_tree(self) -> None:
        """Have every look-up but the first read the tree again: after a lost response nothing counts as done, and may be."""
        if self._has_looked:
            invalidate(self.task, self.task.data_center)
        self._has_looked = True

    def _find_by_id(self, group_id: str) -> None:
        self._drop_known_tree()
        self.entity = None
        if self.done and self.task.state == "absent" and not self._is_in_tree(group_id):
            return
        try:
            node = resolve(self.task, self.task.data_center, group_id)
        except NoSuchResource:
            if self.task.state == "absent":
                return
            raise
        self._take(node.group, node.path, node.parent_id)
        if self.task.option("parent") is not None:
            self.parent = self._find_parent()

    def _is_in_tree(self, group_id: str) -> bool:
        """Return whether the data center has the group, without looking for a deleted group in other data centers."""
        return bool(matching(tree.nodes_from(root(self.task, self.task.data_center)), group_id))

    def _find_by_path(self) -> None:
        if not self.task.option("name"):
            raise InvalidTaskError(
                "name and id are missing", action="find", target=self.title, help_text="Set name or id."
            )
        self._drop_known_tree()
        self.parent = self._find_parent()
        name = self.task.option("name")
        self.path = (*(self._parent_path()), name)
        self.entity = None
        siblings = (self.parent.group.get("groups") or []) if self.parent else []
        matches = [group for group in siblings if group["name"] == name]
        if len(matches) > 1:
            raise ResourceLookupError(
                f"{len(matches)} groups have this path: {format_list(str(group['id']) for group in matches)}",
                action="find",
                target=self.label,
                help_text="Set id.",
            )
        if matches:
            self._take(matches[0], self.path, self._existing_parent.id)
        elif self.task.state == "archived":
            self._find_archived(name)
        else:
            self._check_other_case(siblings, name)

    def _find_archived(self, name: str) -> None:
        """Find the group in the archive, which it was moved to when it was archived."""
        matches = [node for node in _archive(root(self.task, self.task.data_center)) if node.group["name"] == name]
        if len(matches) > 1:
            self.task.warn(f"{len(matches)} archived groups are named '{name}': {format_list(map(label, matches))}.")
        if matches:
            last = max(matches, key=lambda node: str(change_info(node.group)["modified_date"]))
            self._take(last.group, last.path, last.parent_id)
        else:
            help_text = "Check name, parent, and data_center."
            self.task.raise_missing(
                NoSuchResource(f"{self.label} does not exist", action="archive", target=self.label, help_text=help_text)
            )
            self.entity = self.with_placeholders({"name": name, "parentGroupId": self._parent_id})

    def _check_other_case(self, siblings: t.Sequence[Entity], name: str) -> None:
        """Raise ResourceLookupError if a name below the parent differs only in case, unless this run has deleted the
        named group.
        """
        other_case = [str(group["name"]) for group in siblings if str(group["name"]).lower() == name.lower()]
        if other_case and not self.done:
            raise ResourceLookupError(
                f"its parent has a group '{other_case[0]}', which differs only in case",
                action="find",
                target=self.label,
                help_text="Use its exact name.",
            )

    def _find_parent(self) -> tree.GroupNode | None:
        """Return the parent: the root if the option is omitted, None if it is missing and may be (see `Task.related`)."""
        group_spec = self.task.option("parent")
        data_center = self.task.data_center
        if not group_spec:
            return tree.GroupNode(root(self.task, data_center), (), None)
        return self.task.resolve_related(lambda: resolve(self.task, data_center, group_spec), None, None)

    def _parent_path(self) -> tuple[str, ...]:
        if self.parent:
            return self.parent.path
        group_spec = self.task.option("parent")
        return segments(group_spec) or (str(group_spec),)

    def _read_again(self, group_id: str) -> None:
        """Read the group itself after a create or an update, since its place in the tree is known."""
        group = self._read_new(group_id) if self.has_created else None
        group = group or tree.group(self.task.client, self.task.account, group_id)
        parent_id = links.id_of(links.first_of(group, "parentGroup"))
        path = self.path
        if self.parent and self.parent.id == parent_id:
            path = (*self.parent.path, str(group["name"]))
        elif path:
            path = (*path[:-1], str(group["name"]))
        self._take(group, path, parent_id)

    def _read_new(self, group_id: str) -> Entity | None:
        """Read what this run has created below its parent, where another client may have created the same at the same time."""
        children = tree.group(self.task.client, self.task.account, self._existing_parent.id).get("groups") or []
        return self.find_created_among(group_id, children, lambda group: group["name"] == self.task.option("name"))

    def _take(self, group: Entity, path: tuple[str, ...], parent_id: str | None) -> None:
        self.entity = {**group, "parentGroupId": parent_id}
        self.path = path
        archive = _archive(root(self.task, self.task.data_center))
        self.archived = any(node.id == group["id"] for node in archive[1:])

    # Planning

    def plan(self) -> list[Step]:
        if self.task.state == "archived":
            return [] if self.archived or self.entity is None else [self._archive_step()]
        if self.task.state == "present" and self.archived:
            return [self._restore_step()]
        return super().plan()

    def desired_value(self, field: Field) -> t.Any:
        if field.option == "parent":
            return self._desired_parent_id()
        if field.option == "custom_fields":
            return merge_custom_fields(self.task, (self.entity or {}).get("customFields") or [])
        return super().desired_value(field)

    def _desired_parent_id(self) -> str | None:
        """Return the id of the parent for a create, and for an existing group if the option parent is set; otherwise None."""
        if self.entity is not None and self.task.option("parent") is None:
            return None
        return self._parent_id

    @property
    def _parent_id(self) -> str:
        return self.parent.id if self.parent else reference(self.task, "group", self.task.option("parent"))

    # Requests

    def create(self, body: Entity) -> ApiResponse:
        href = links.href_of(self._existing_parent.group, "createGroup")
        if href is None:
            raise InvalidTaskError(
                f"the service does not allow groups below {label(self._existing_parent)}",
                action="create",
                target=self.label,
                help_text="Choose another parent.",
            )
        return self.task.client.post(self.task.client.href_to_path(href), body)

    def update(self, changes: Entity) -> ApiResponse:
        return self.task.client.patch(self._self_path(), patch_of(changes))

    def remove(self) -> ApiResponse:
        return self.task.client.delete(self._self_path())

    def check_delete(self) -> None:
        methods = (links.first_of(self.existing, "self") or {}).get("verbs")
        if methods is not None and "DELETE" not in methods:
            raise InvalidTaskError(
                "the root group and the system groups cannot be deleted", action="delete", target=self.label
            )
        server_ids = [server_id for node in tree.nodes_from(self.existing) for server_id in tree.server_ids(node.group)]
        if server_ids and not self.task.option("force"):
            number = "1 server" if len(server_ids) == 1 else f"{len(server_ids)} servers"
            raise InvalidTaskError(
                f"this would delete {number} in the group and its subgroups: {format_list(server_ids)}",
                action="delete",
                target=self.label,
                help_text="Delete or move them first, or set force to true.",
            )

    def delete_target_ids(self) -> t.Sequence[str]:
        return (str(self.existing["id"]),)

    def _archive_step(self) -> Step:
        # A group that check mode assumes to exist by then has no links.
        href, group_id = links.href_of(self.existing, "archiveGroupAction"), self.existing["id"]
        if href is None and not is_placeholder(group_id):
            raise InvalidTaskError(
                "the root group and the system groups cannot be archived", action="archive", target=self.label
            )

        def predict() -> None:
            archive = next(iter(_archive(root(self.task, self.task.data_center))), None)
            self.path, self.archived = (*(archive.path if archive else ()), self.path[-1]), True
            self.existing["parentGroupId"] = archive.id if archive else None

        client = self.task.client
        return Step(
            "archive",
            self.label,
            lambda: client.post(client.href_to_path(str(href))),
            predict,
            target_ids=(str(group_id),),
        )

    def _restore_step(self) -> Step:
        if self.task.option("parent") is None:
            raise InvalidTaskError(
                "the service does not keep the parent of an archived group",
                action="restore",
                target=self.label,
                help_text="Set id, and set parent to the group to restore it to.",
            )

        def predict() -> None:
            self.path, self.archived = (*self._parent_path(), str(self.existing["name"])), False
            self.existing["parentGroupId"] = self._parent_id

        def send() -> ApiResponse:
            return self.task.client.post(
                paths.GROUP_RESTORE.below(self._self_path()), {"targetGroupId": self._existing_parent.id}
            )

        return Step("restore", self.label, send, predict, target_ids=(str(self.existing["id"]),))

    def _self_path(self) -> str:
        return self.task.client.href_to_path(str(links.href_of(self.existing, "self")))

    # Result

    def predicted(self, body: Entity) -> Entity:
        values = {
            "locationId": self.task.data_center,
            "type": "default",
            "status": "active",
            "serversCount": 0,
            "customFields": display_custom_fields(self.task, body["customFields"]) if body.get("customFields") else [],
        }
        return {**body, **values}

    def apply(self, entity: Entity, changes: Entity) -> None:
        entity.update(changes)
        if "customFields" in changes:
            entity["customFields"] = display_custom_fields(self.task, changes["customFields"])
        parent_path = self._parent_path() if "parentGroupId" in changes else self.path[:-1]
        self.path = (*parent_path, str(entity["name"]))

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return to_result(
            entity, self.path or None if is_placeholder(entity["id"]) else self.path, entity.get("parentGroupId")
        )
