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
from urllib.parse import quote

from ..api.answers import Answer
from ..api.errors import AnswerLost, ConfigurationError, JobsFailed, LookupFailed, NotFound, NotThere
from ..api.jobs import Queued, folded
from ..kit import compare
from ..kit.declaration import Declared, Entity, Field, Step, changes_of
from ..kit.lookup import is_id, listed
from ..kit.task import Task
from . import data_center

ACTIVE, PENDING, ERROR = "active", "pending", "error"


def path(task: Task, family: str, policy_id: str | None = None) -> str:
    """Path of the policies of the account from the task's data center, or of one of them. family: its segment."""
    every = f"/v2-experimental/{family}/{quote(task.account, safe='')}/{quote(task.data_center, safe='')}"
    return f"{every}/{quote(policy_id, safe='')}" if policy_id else every


def read_policies(task: Task, family: str) -> list[Entity]:
    """Read the policies of an account from a data center, or the one with the task's id; none where there is none. One request."""
    own_id = task.option("id")
    if own_id is None:
        try:
            return list(task.client.get(path(task, family)).body or [])
        except NotFound:
            data_center.require(task, task.data_center)
            raise
    if not is_id(own_id):
        return []
    try:
        return [task.client.get(path(task, family, str(own_id).lower())).body]
    except NotFound:
        return []


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


class Policy(Declared):
    """One policy with its copies. The subclass adds the fields and how policies are shown.

    family: segment of the path. naming: options that say which policy is meant. choosing: those that choose among several.
    """

    family: t.ClassVar[str]
    naming: t.ClassVar[tuple[str, ...]]
    choosing: t.ClassVar[tuple[str, ...]] = ()
    volatile = Declared.volatile | {"status"}
    # What was created or changed is listed at once as far as recorded; a 404 on the way there was borne by one client.
    lag = 300.0

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.copies: list[Entity] = []

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
        policies = read_policies(self.task, self.family)
        if not policies and self.task.option("id") is not None and not self.done:
            data_center.require(self.task, self.task.data_center)
        self.copies = policies if self.task.option("id") is not None else self._alike(policies)
        self.entity = self.copies[0] if self.copies else None

    def _alike(self, policies: t.Sequence[Entity]) -> list[Entity]:
        """Return the policies that the task's ends mean: none, or one with its copies, one that works first."""
        same = [one for one in policies if self._fits(one, self.naming)]
        if self.task.state != "absent":
            same = [one for one in same if self._fits(one, self.choosing)] or same
        same.sort(key=lambda one: str(one["id"]))
        if any(not self._equal(one, same[0]) for one in same[1:]):
            raise LookupFailed(
                f"there are {len(same)} different ones: {listed(str(one['id']) for one in same)}",
                action="choose",
                thing=self.told,
                remedy="Give the id.",
            )
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
        if self.task.state == "absent":
            return [self._removal_of(one) for one in self.copies]
        if self.entity is None:
            return [self._creation()]
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

    def _creation(self) -> Step:
        if self.task.option("id"):
            raise NotThere(
                "it does not exist, and the service chooses ids itself",
                action="find",
                thing=self.told,
                remedy="Leave id out to have it created.",
            )
        step = super()._creation()
        step.recover = self._recovered
        return step

    def _recovered(self, lost: AnswerLost) -> Queued:
        """After a lost answer look for the policy; where it is not there, nobody knows whether it still comes."""
        self.find()
        if self.entity is None:
            lost.remedy = f"{lost.remedy} Run the task again; it creates the policy if it is not there.".strip()
            raise lost
        return Queued()

    def create(self, body: Entity) -> Answer:
        return self.task.client.post(path(self.task, self.family), body)

    def change(self, entity: Entity, changes: Entity) -> Answer:
        """Send the change of one policy."""
        raise NotImplementedError

    def _change_of(self, one: Entity, changes: Entity) -> Step:
        def predict() -> None:
            self.apply(one, changes)

        action = f"change {', '.join(sorted(changes))} of"
        return Step(action, self._name(one), lambda: self.change(one, changes), predict, read=lambda answer: Queued())

    def _removal_of(self, one: Entity) -> Step:
        def predict() -> None:
            self.entity, self.copies = None, []

        own_path = path(self.task, self.family, str(one["id"]))
        return Step("remove", self._name(one), lambda: self.task.client.delete(own_path), predict, effect="removed")

    def _name(self, one: Entity) -> str:
        return self.told if len(self.copies) == 1 else f"{self.told} ({one['id']})"
