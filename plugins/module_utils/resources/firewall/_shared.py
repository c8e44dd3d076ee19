# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What firewall policies inside a data center and between data centers have in common.

Facts (contract network.yaml): a policy is pending after its creation and after each change, until its own status says active or
error; there is no job. A create is not idempotent, and nothing stops a second policy of the same content.

Left open by the contract, and decided here. A policy has no name, so it is known by its id or by its ends. Copies that are equal
in all properties count as one: a change changes all of them, and absent removes all. Of several that differ, present takes
those with the ports that the task gives; anything else is an error that lists their ids. Whether a policy is enabled never
chooses: with one that is off taken for the wanted one, the other would go on letting traffic through. For absent the ports do
not choose either: with those gone that have them, a second run would find the rest and remove that too. A policy whose status is
error does not work, so a task that wants it present and has nothing to change fails. A pending one is removed without waiting;
one that has to be changed is waited for first.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ...api import paths
from ...api.answers import Answer
from ...api.errors import ConfigurationError, JobsFailed, NotFound
from ...api.jobs import Queued, folded
from ...kit import compare
from ...kit.declaration import Entity, Field, changes_of
from ...kit.duplicates import WithDuplicates
from ...kit.listed import Listed
from ...kit.steps import Step
from ..account import require_data_center

ACTIVE, PENDING, ERROR = "active", "pending", "error"


@dataclass(frozen=True)
class Family:
    """Where a family of policies lies. list_path, item_path: the paths of all of them from a data center and of a single one."""

    list_path: paths.Path
    item_path: paths.Path


def written_network(option: str, value: t.Any) -> str:
    """Write an address or a network in CIDR notation, as the service wants even a single address."""
    found = compare.network_of(value)
    if isinstance(found, str):
        raise ConfigurationError(
            f"'{value}' is no address and no network", action="use", thing=option, remedy="Write it as 10.0.0.0/24."
        )
    return str(found)


def code(value: t.Any) -> str | None:
    """Show an alias or a data center's code, which answers have in lower case, as the platform writes it."""
    return None if value is None else str(value).upper()


class Policy(WithDuplicates, Listed):
    """One policy with its copies. The subclass adds the fields and how policies are shown.

    family: where such policies lie. naming: options that say which policy is meant. choosing: those that choose among several.
    """

    family: t.ClassVar[Family]
    naming: t.ClassVar[tuple[str, ...]]
    choosing: t.ClassVar[tuple[str, ...]] = ()
    noun = "policy"
    order = ("id",)
    volatile = Listed.volatile | {"status"}
    # What was created or changed is listed at once as far as recorded; a 404 on the way there was borne by one client.
    lag = 300.0

    @property
    def told(self) -> str:
        own_id = self.task.option("id")
        return f"{self.title} {own_id}" if own_id else f"{self.title} {self.ends()}"

    def ends(self) -> str:
        """Tell from where to where the policy leads, in one form however the task writes it."""
        raise NotImplementedError

    def held(self) -> str | None:
        """Two tasks that find the same policy missing would both create it."""
        return f"{self.told} of {self.task.account} in {self.task.data_center}"

    # Finding

    def find(self) -> None:
        policies = self.select()
        if not policies and self.task.option("id") is not None and not self.done:
            require_data_center(self.task, self.task.data_center)
        self.take(policies if self.task.option("id") is not None else self._alike(policies))

    def read_all(self) -> list[Entity]:
        try:
            return list(
                self.task.client.get(self.family.list_path(self.task.account, self.task.data_center)).body or []
            )
        except NotFound:
            require_data_center(self.task, self.task.data_center)
            raise

    def read_by_id(self, own_id: str) -> Entity | None:
        found: Entity | None = self.task.read(self.path_of({"id": own_id.lower()}))
        return found

    def is_selected(self, entity: Entity) -> bool:
        to = code(self.task.option("destination_account"))
        return to in (None, code(entity.get("destinationAccount")))

    def _alike(self, policies: t.Sequence[Entity]) -> list[Entity]:
        """Return the policies that the task's ends mean: none, or one with its copies, one that works first."""
        same = [one for one in policies if self._fits(one, self.naming)]
        if self.task.state != "absent":
            same = [one for one in same if self._fits(one, self.choosing)] or same
        same.sort(key=lambda one: str(one["id"]))
        if any(not self._equal(one, same[0]) for one in same[1:]):
            self.raise_different(same)
        return sorted(same, key=lambda one: folded(one.get("status")) != ACTIVE)

    def _fits(self, entity: Entity, options: t.Container[str]) -> bool:
        fields = [one for one in self.fields if one.option in options and self._given(one) is not None]
        return all(one.same(self._given(one), one.read(entity)) for one in fields if one.read)

    def _equal(self, one: Entity, other: Entity) -> bool:
        return all(field.same(field.read(one), field.read(other)) for field in self.fields if field.read)

    def _given(self, one: Field) -> t.Any:
        """Return the wanted value; where only the ends say which policy is meant, it leads to the own account unless said."""
        value = super().wanted(one)
        alone = one.option == "destination_account" and self.task.option("id") is None
        return code(self.task.account) if value is None and alone else value

    def wanted(self, one: Field) -> t.Any:
        return self._given(one)

    def settled(self) -> bool:
        """Say whether no policy is pending; what shall go need not come to rest first."""
        return self.task.state == "absent" or all(folded(one.get("status")) != PENDING for one in self.copies)

    # Doing

    def plan(self) -> list[Step]:
        if self.task.state == "absent" or self.entity is None:
            return super().plan()
        changes = [(one, changes_of(self.fields, one, self.wanted)) for one in self.copies]
        steps = [self._change_of(one, members) for one, members in changes if members]
        if not steps and folded(self.entity.get("status")) == ERROR:
            self._refuse_error(self.entity)
        return steps

    def _refuse_error(self, entity: Entity) -> None:
        raise JobsFailed(
            f"the service could not set it up (policy {entity['id']}, status error)",
            action="use",
            thing=self.told,
            remedy="The service tells no reason. Check its addresses, and make it anew: state absent, then present.",
        )

    def create(self, body: Entity) -> Answer:
        return self.task.client.post(self.family.list_path(self.task.account, self.task.data_center), body)

    def path_of(self, entity: Entity) -> str:
        """Return the path of one policy."""
        return self.family.item_path(self.task.account, self.task.data_center, entity["id"])

    def change(self, entity: Entity, changes: Entity) -> Answer:
        """Send the change of one policy."""
        raise NotImplementedError

    def _change_of(self, one: Entity, changes: Entity) -> Step:
        def predict() -> None:
            self.apply(one, changes)

        return Step(
            "update",
            self.label_of(one),
            lambda: self.change(one, changes),
            predict,
            target_ids=[str(one.get("id"))],
            properties=changes,
            read=lambda answer: Queued(),
        )
