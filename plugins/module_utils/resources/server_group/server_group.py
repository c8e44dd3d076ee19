# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Server groups: folders of servers, identified by data center and path.

Facts (contract groups.yaml): names need not be unique, not even below one parent; there is no call that lists groups, so they
are found by a walk from the data center's root group; a create answers the group, a change answers 204, a delete queues one
job for the whole subtree; the root, Archive and Templates groups cannot be deleted.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, paths, tree
from ...api.answers import Answer
from ...api.errors import ConfigurationError, LookupFailed, NotThere
from ...kit import compare
from ...kit.declaration import Declared, Entity, Field, Later, known, member, patch_of
from ...kit.lookup import listed
from ...kit.shape import change_info, filled, snaked
from ...kit.steps import Step
from ...kit.task import Task
from ..account import displayed_custom_fields, merged_custom_fields
from .groups import forget, matching, path_told, place_told, resolve, root, segments

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


def shown(group: Entity, path: t.Sequence[str] | None, parent_id: str | None) -> dict[str, t.Any]:
    """Return a group as the collection's results have it: every key always there, without links and subgroups."""
    plain = {key: value for key, value in group.items() if key not in ("groups", "servers", "links")}
    values = snaked(plain)
    values["description"] = group.get("description") or ""
    values["data_center"] = group.get("locationId")
    values["path"] = None if path is None else path_told(path)
    values["parent_id"] = parent_id
    values["change_info"] = change_info(group)
    return filled(values, KEYS)


# Steps after which a group lies somewhere else.
_MOVING = ("archive", "restore")


def _archive(top_group: Entity) -> list[tree.Place]:
    """Return the place of a data center's archive and of everything below it."""
    top = next((place for place in tree.places(top_group) if place.group.get("type") == "archive"), None)
    return list(tree.places_below(top)) if top else []


class ServerGroup(Declared):
    """One group: present with its description, custom fields, name and place, archived, or absent with all below it.

    Where an archived group lies is not documented. Decided here: one below the group of type archive is archived; present with
    id and parent restores it; archived by name finds it there once it is no longer at its path, and of several archived under
    one name shows the last, since nothing is to be done with any of them.
    """

    title = "server group"
    result_key = "server_group"
    volatile = Declared.volatile | {"servers_count"}
    fields = (
        Field("name", create="name", update="name", read=member("name")),
        Field("description", create="description", update="description", read=member("description"), same=compare.text),
        Field(
            "parent",
            create="parentGroupId",
            update="parentGroupId",
            read=member("parentGroupId"),
            same=compare.caseless,
        ),
        Field(
            "custom_fields",
            create="customFields",
            update="customFields",
            read=member("customFields"),
            same=compare.values_by_id,
        ),
    )

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.parent: tree.Place | None = None
        self.path: tuple[str, ...] = ()
        self.archived = False

    @property
    def told(self) -> str:
        return f"{self.title} '{path_told(self.path) or self.task.option('name') or self.task.option('id')}'"

    @property
    def _above(self) -> tree.Place:
        """The parent, for steps that are planned only where there is one."""
        if self.parent is None:
            raise AssertionError("a step below a group that does not exist")
        return self.parent

    # Finding

    def find(self) -> None:
        """By id, or by name below the parent; the parent's own entry in the tree is kept for the create."""
        if self.done and self.entity is not None and any(step.key.verb in _MOVING for step in self.done):
            self._find_by_id(str(self.entity["id"]))
        elif self.done and self.entity is not None and self.task.state != "absent":
            self._read_again(str(self.entity["id"]))
        elif self.task.option("id"):
            self._find_by_id(self.task.option("id"))
        else:
            self._find_by_path()

    def _find_by_id(self, group_id: str) -> None:
        forget(self.task, self.task.data_center) if self.done else None
        self.entity = None
        if self.done and self.task.state == "absent" and not self._is_in_tree(group_id):
            return
        try:
            place = resolve(self.task, self.task.data_center, group_id)
        except NotThere:
            if self.task.state == "absent":
                return
            raise
        self._take(place.group, place.path, place.parent_id)
        if self.task.option("parent") is not None:
            self.parent = self._parent()

    def _is_in_tree(self, group_id: str) -> bool:
        """Say whether the data center has the group, without asking where else one that was removed could be."""
        return bool(matching(tree.places(root(self.task, self.task.data_center)), group_id))

    def _find_by_path(self) -> None:
        if not self.task.option("name"):
            raise ConfigurationError(
                "neither name nor id was given", action="find", thing=self.title, remedy="Give one of them."
            )
        forget(self.task, self.task.data_center) if self.done else None
        self.parent = self._parent()
        name = self.task.option("name")
        self.path = (*(self._parent_path()), name)
        self.entity = None
        below = (self.parent.group.get("groups") or []) if self.parent else []
        same = [group for group in below if group["name"] == name]
        if len(same) > 1:
            raise LookupFailed(
                f"{len(same)} groups have this path: {listed(str(group['id']) for group in same)}",
                action="find",
                thing=self.told,
                remedy="Give the id.",
            )
        if same:
            self._take(same[0], self.path, self._above.id)
        elif self.task.state == "archived":
            self._find_archived(name)
        else:
            self._refuse_other_case(below, name)

    def _find_archived(self, name: str) -> None:
        """Take the group of that name that lies in the archive, since it left its path when it was archived."""
        found = [place for place in _archive(root(self.task, self.task.data_center)) if place.group["name"] == name]
        if len(found) > 1:
            self.task.warn(f"{len(found)} groups of that name are archived: {listed(map(place_told, found))}.")
        if found:
            last = max(found, key=lambda place: str(change_info(place.group)["modified_date"]))
            self._take(last.group, last.path, last.parent_id)
        else:
            remedy = "Check name, parent and data_center."
            self.task.raise_missing(
                NotThere(f"there is no {self.told}", action="archive", thing=self.told, remedy=remedy)
            )
            self.entity = self.predicted({"name": name, "parentGroupId": self._parent_id})

    def _refuse_other_case(self, below: t.Sequence[Entity], name: str) -> None:
        near = [str(group["name"]) for group in below if str(group["name"]).lower() == name.lower()]
        if near and not self.done:  # once the named one is removed, the other is none of this task's business
            raise LookupFailed(
                f"there is a group '{near[0]}' in its place",
                action="find",
                thing=self.told,
                remedy="Write the name in the same case.",
            )

    def _parent(self) -> tree.Place | None:
        """Return the parent's place; the root where none was given, None where it is missing and that may be."""
        wanted = self.task.option("parent")
        data_center = self.task.data_center
        if not wanted:
            return tree.Place(root(self.task, data_center), (), None)
        return self.task.related(lambda: resolve(self.task, data_center, wanted), None, None)

    def _parent_path(self) -> tuple[str, ...]:
        if self.parent:
            return self.parent.path
        wanted = self.task.option("parent")
        return segments(wanted) or (str(wanted),)

    def _read_again(self, group_id: str) -> None:
        """After a create or a change read the group itself; its place is known by then."""
        group = tree.group(self.task.client, self.task.account, group_id)
        parent_id = links.id_of(links.first_of(group, "parentGroup"))
        path = self.path
        if self.parent and self.parent.id == parent_id:
            path = (*self.parent.path, str(group["name"]))
        elif path:
            path = (*path[:-1], str(group["name"]))
        self._take(group, path, parent_id)

    def _take(self, group: Entity, path: tuple[str, ...], parent_id: str | None) -> None:
        self.entity = {**group, "parentGroupId": parent_id}
        self.path = path
        archive = _archive(root(self.task, self.task.data_center))
        self.archived = any(place.id == group["id"] for place in archive[1:])

    # Wanting

    def plan(self) -> list[Step]:
        if self.task.state == "archived":
            return [] if self.archived or self.entity is None else [self._archiving()]
        if self.task.state == "present" and self.archived:
            return [self._restoring()]
        return super().plan()

    def wanted(self, one: Field) -> t.Any:
        if one.option == "parent":
            return self._wanted_parent()
        if one.option == "custom_fields":
            return merged_custom_fields(self.task, (self.entity or {}).get("customFields") or [])
        return super().wanted(one)

    def _wanted_parent(self) -> str | Later | None:
        """The parent's id: always for a create; for a group found by id where the task names a parent."""
        if self.entity is not None and self.task.option("parent") is None:
            return None
        return self._parent_id

    @property
    def _parent_id(self) -> str | Later:
        return self.parent.id if self.parent else Later.TO_COME

    # Doing

    def create(self, body: Entity) -> Answer:
        href = links.href_of(self._above.group, "createGroup")
        if href is None:
            raise ConfigurationError(
                f"the service lets nobody create groups below {place_told(self._above)}",
                action="create",
                thing=self.told,
                remedy="Choose another parent.",
            )
        return self.task.client.post(self.task.client.path_of(href), body)

    def update(self, changes: Entity) -> Answer:
        return self.task.client.patch(self._self_path(), patch_of(changes))

    def remove(self) -> Answer:
        return self.task.client.delete(self._self_path())

    def check_delete(self) -> None:
        methods = (links.first_of(self.existing, "self") or {}).get("verbs")
        if methods is not None and "DELETE" not in methods:
            raise ConfigurationError(
                "the service lets nobody delete the root group and its system groups", action="remove", thing=self.told
            )
        servers = [name for place in tree.places(self.existing) for name in tree.server_ids(place.group)]
        if servers and not self.task.option("force"):
            raise ConfigurationError(
                f"{len(servers)} servers in and below it would go with it: {listed(servers)}",
                action="remove",
                thing=self.told,
                remedy="Remove or move them first, or set force.",
            )

    def delete_target_ids(self) -> t.Sequence[str]:
        return (str(self.existing["id"]),)

    def _archiving(self) -> Step:
        # One that check mode takes as made by then has no links yet.
        href, own_id = links.href_of(self.existing, "archiveGroupAction"), self.existing.get("id")
        if href is None and own_id:
            raise ConfigurationError(
                "the service lets nobody archive the root group and its system groups",
                action="archive",
                thing=self.told,
            )

        def predict() -> None:
            archive = next(iter(_archive(root(self.task, self.task.data_center))), None)
            self.path, self.archived = (*(archive.path if archive else ()), self.path[-1]), True
            self.existing["parentGroupId"] = archive.id if archive else None

        client = self.task.client
        return Step(
            "archive",
            self.told,
            lambda: client.post(client.path_of(str(href))),
            predict,
            target_ids=(str(own_id or ""),),
        )

    def _restoring(self) -> Step:
        if self.task.option("parent") is None:
            raise ConfigurationError(
                "it is archived, and the service has forgotten its place",
                action="restore",
                thing=self.told,
                remedy="Give the id and the parent that it shall be below.",
            )

        def predict() -> None:
            self.path, self.archived = (*self._parent_path(), str(self.existing["name"])), False
            self.existing["parentGroupId"] = self._parent_id

        def send() -> Answer:
            return self.task.client.post(
                paths.GROUP_RESTORE.below(self._self_path()), {"targetGroupId": self._above.id}
            )

        return Step("restore", self.told, send, predict, target_ids=(str(self.existing["id"]),))

    def _self_path(self) -> str:
        return self.task.client.path_of(str(links.href_of(self.existing, "self")))

    # Telling

    def predicted(self, body: Entity) -> Entity:
        values = {
            "locationId": self.task.data_center,
            "type": "default",
            "status": "active",
            "serversCount": 0,
            "customFields": displayed_custom_fields(self.task, body["customFields"])
            if body.get("customFields")
            else [],
        }
        return {**body, **values}

    def apply(self, entity: Entity, changes: Entity) -> None:
        entity.update(changes)
        if "customFields" in changes:
            entity["customFields"] = displayed_custom_fields(self.task, changes["customFields"])
        parent_path = self._parent_path() if "parentGroupId" in changes else self.path[:-1]
        self.path = (*parent_path, str(entity["name"]))

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return shown(entity, self.path, known(entity.get("parentGroupId")))
