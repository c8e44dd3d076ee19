# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the kinds of policies have in common: they are read as one list or by id, and named by id or by a name found once.

Facts (contract policies.yaml): most lists are objects with `items`, that of vertical autoscale policies is a bare array; names
need not be unique, so only the id tells policies apart; an id that is not there answers 404. There is no queued work.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links, paths
from ...api.answers import Answer
from ...api.errors import NotThere
from ...kit.declaration import Entity
from ...kit.listed import Listed
from ...kit.lookup import is_id, refuse_no_id, refuse_no_name
from ...kit.task import Task


def check(task: Task) -> None:
    """Refuse an id or a name that cannot be one, before anything is read."""
    refuse_no_id(task)
    refuse_no_name(task, "policy")


class Policy(Listed):
    """A policy of the account. list_path, item_path: the paths of all of them and of a single one."""

    list_path: t.ClassVar[paths.Path]
    item_path: t.ClassVar[paths.Path]

    @property
    def told(self) -> str:
        return f"{self.title} '{self.task.option('name') or self.task.option('id')}'"

    @property
    def where(self) -> str:
        return ""

    def held(self) -> str | None:
        # The service takes the same name twice, so of two tasks that make it the second has to find that of the first.
        return self.told

    # Reading

    def read_all(self) -> list[Entity]:
        body = self.task.client.get(self.list_path(self.task.account)).body
        found: list[Entity] = (body.get("items") if isinstance(body, dict) else body) or []
        return found

    def read_by_id(self, own_id: str) -> Entity | None:
        found: Entity | None = self.task.read(self.item_path(self.task.account, own_id))
        return found

    def select(self) -> list[Entity]:
        return super().select() if self.task.option("id") else self.read_all()

    def candidates(self, policies: list[Entity]) -> list[Entity]:
        """Return those of all policies among which a name is looked up."""
        return policies

    def id_of(self, id_or_name: str) -> str:
        """Return the id that an id, taken as it is, or a name means; the list is read once for a task however many names.

        Raises LookupFailed and NotThere.
        """
        if is_id(id_or_name):
            return id_or_name.lower()
        policies = self.task.once(("policies", self.title), self.read_all)
        return str(self.pick(id_or_name, self.candidates(policies))["id"])

    def find(self) -> None:
        """Read the policy: by the id that is known, else by name. Raises NotThere for an id that nothing has."""
        given = self.task.option("id")
        known = str(self.entity["id"]) if self.entity is not None else given
        if not known:
            self.find_created()
            return
        self.entity = self.read_by_id(known)
        if self.entity is None and given and self.task.state != "absent":
            raise NotThere(
                f"there is no {self.title} with the id {given}",
                remedy="Give the name alone to create one; the service chooses the id.",
            )

    def own_path(self) -> str:
        """Return the path of the policy that there is."""
        href = links.href_of(self.existing, "self")
        return self.task.client.path_of(href) if href else self.item_path(self.task.account, self.existing["id"])

    # Doing

    @property
    def lost_create_hint(self) -> str:  # type: ignore[override]
        return f"It may have been made all the same: look with {self.result_key}_info before the next run."

    def find_created(self) -> Entity | None:
        self.entity = self.pick_any(self.task.option("name"), self.candidates(self.read_all()))
        return self.entity

    def create(self, body: Entity) -> Answer:
        return self.task.client.post(self.list_path(self.task.account), body)

    def remove(self) -> Answer:
        return self.task.client.delete(self.own_path())
