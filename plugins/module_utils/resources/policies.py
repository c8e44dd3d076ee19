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
from dataclasses import dataclass

from ..api import links
from ..api.answers import Answer
from ..api.errors import AnswerLost, NotFound, NotThere
from ..api.jobs import Queued
from ..kit.declaration import Declared, Entity, Step
from ..kit.lookup import is_id, pick, refuse_no_id, refuse_no_name
from ..kit.recovery import found_after
from ..kit.task import Task


@dataclass(frozen=True)
class Kind:
    """One kind of policies. title: what it is called in messages. collection: the segment of its path."""

    title: str
    collection: str

    @property
    def module(self) -> str:
        """Return the name of the module that manages such policies."""
        return self.title.replace(" ", "_").replace("-", "_")

    def path(self, task: Task) -> str:
        """Return the path of the account's list."""
        return f"/v2/{self.collection}/{task.account}"

    def read(self, task: Task) -> list[Entity]:
        """Read all policies of the account. One request."""
        body = task.client.get(self.path(task)).body
        found: list[Entity] = (body.get("items") if isinstance(body, dict) else body) or []
        return found

    def read_one(self, task: Task, policy_id: str) -> Entity | None:
        """Read one policy; None where there is none of that id. One request."""
        try:
            found: Entity | None = task.client.get(f"{self.path(task)}/{policy_id}").body
        except NotFound:
            return None
        return found

    def known(self, task: Task) -> list[Entity]:
        """Return all policies of the account, read once for a task however many names it looks up."""
        return task.once(("policies", self.collection), lambda: self.read(task))

    def pick(self, wanted: str, policies: t.Sequence[Entity], where: str = "") -> Entity:
        """Return the policy that an id or a name means. Raises LookupFailed and NotThere."""
        return pick(
            self.title,
            wanted,
            policies,
            id_of=lambda one: str(one["id"]),
            name_of=lambda one: str(one.get("name")),
            where=where,
        )

    def id_of(self, task: Task, wanted: str) -> str:
        """Return the id that an id, taken as it is, or a name means. Raises LookupFailed and NotThere."""
        return wanted.lower() if is_id(wanted) else str(self.pick(wanted, self.known(task))["id"])

    def meant(self, task: Task) -> list[Entity]:
        """Return the policies that an info task means by `id` or `name`, all where it gives neither."""
        policy_id, name = task.option("id"), task.option("name")
        if policy_id:
            one = self.read_one(task, policy_id) if is_id(policy_id) else None
            return [one] if one else []
        return [one for one in self.read(task) if name is None or one.get("name") == name]


def check(task: Task) -> None:
    """Refuse an id or a name that cannot be one, before anything is read."""
    refuse_no_id(task)
    refuse_no_name(task, "policy")


class Policy(Declared):
    """A policy that can be made, changed and removed."""

    kind: t.ClassVar[Kind]

    @property
    def told(self) -> str:
        return f"{self.kind.title} '{self.task.option('name') or self.task.option('id')}'"

    @property
    def where(self) -> str:
        """Where a name is looked up, for messages; nothing where that is the whole account."""
        return ""

    def held(self) -> str | None:
        # The service takes the same name twice, so of two tasks that make it the second has to find that of the first.
        return self.told

    def candidates(self) -> list[Entity]:
        """Read the policies among which a name is looked up."""
        return self.kind.read(self.task)

    def find(self) -> None:
        """Read the policy: by the id that is known, else by name. Raises NotThere for an id that nothing has."""
        given = self.task.option("id")
        known = str(self.entity["id"]) if self.entity is not None else given
        if not known:
            self.entity = self._named()
            return
        self.entity = self.kind.read_one(self.task, known)
        if self.entity is None and given and self.task.state != "absent":
            raise NotThere(
                f"there is no {self.kind.title} with the id {given}",
                remedy="Give the name alone to create one; the service chooses the id.",
            )

    def _named(self) -> Entity | None:
        try:
            return self.kind.pick(self.task.option("name"), self.candidates(), self.where)
        except NotThere:
            return None

    def own_path(self) -> str:
        """Return the path of the policy that there is."""
        href = links.href_of(self.existing, "self")
        return self.task.client.path_of(href) if href else f"{self.kind.path(self.task)}/{self.existing['id']}"

    def _creation(self) -> Step:
        step = super()._creation()
        step.recover = self._recovered
        return step

    def _recovered(self, lost: AnswerLost) -> Queued:
        """After a lost answer look for the name, which nothing had before; where it does not come, nobody knows."""
        remedy = f"It may have been made all the same: look with {self.kind.module}_info before the next run."
        self.entity = found_after(self.task, lost, self._named, remedy)
        return Queued()

    def create(self, body: Entity) -> Answer:
        return self.task.client.post(self.kind.path(self.task), body)

    def remove(self) -> Answer:
        return self.task.client.delete(self.own_path())
