# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Common code of firewall policies within a data center and between data centers.

API behavior (network.yaml): after its creation and each update, a policy is pending until its own status is active or error;
there is no job. Creation is not idempotent, and the service accepts a second policy with the same content.

Not specified by the contract; design decisions: A policy has no name, so its id or its endpoints identify it. Duplicates that
are equal in all properties count as one policy: an update changes all of them, and absent deletes all. If policies differ,
present selects those with the ports of the task; otherwise an error lists their ids. The property enabled never selects: if a
disabled policy were selected, another would continue to allow traffic. With absent, ports do not select either: after the
policies with these ports were deleted, a second run would find the others and delete them too. A policy with status error does
not work, so a task with state present that has nothing to update fails. A pending policy is deleted without waiting, but an
update waits until it is stable.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ...api import paths
from ...api.errors import JobError, NotFound
from ...api.jobs import QueueResult, normalize_status
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.duplicates import WithDuplicates
from ...kit.listed_resource import ListedResource
from ...kit.predicted import has_placeholder
from ...kit.resource import Entity, Field, changes_of, update_phrase
from ...kit.steps import Step
from ...kit.task import Task
from ..account import require_data_center

ACTIVE, PENDING, ERROR = "active", "pending", "error"


@dataclass(frozen=True)
class Family:
    """Paths of a family of policies. list_path: all policies from a data center. item_path: a single policy."""

    list_path: paths.Path
    item_path: paths.Path


def to_cidr(option: str, value: t.Any) -> str:
    """Return an IP address or network in CIDR notation, which the service requires even for a single address.

    A placeholder stays as it is.
    """
    network = compare.network_of(value)
    if has_placeholder(value):
        return str(value)
    if isinstance(network, str):
        raise problems.invalid_option(
            option, f"'{value}' is not an IP address or a network", "Use CIDR notation, such as 10.0.0.0/24."
        )
    return str(network)


def upper_code(value: t.Any) -> str | None:
    """Return an account alias or data center code, which responses have in lower case, in upper case."""
    return None if value is None else str(value).upper()


def require_account(alias: str, task: Task) -> None:
    """Raise InvalidOptionError for the alias of a destination that no account has. Sends one request, none for the task's own."""
    if alias.upper() != task.account.upper() and task.read(paths.ACCOUNT(alias)) is None:
        raise problems.invalid_option(
            "destination_account",
            f"there is no account {alias.upper()}",
            f"Specify the alias of an account that the user can access, such as {task.account}.",
        )


class Policy(WithDuplicates, ListedResource):
    """A policy with its duplicates. The subclass adds the fields and the result.

    family: their paths. identity_options: options that identify a policy. narrowed_by: options that select among several.
    """

    def check_references(self, step: Step) -> None:
        alias = self.task.option("destination_account") if step.effect == "created" else None
        if alias:
            require_account(str(alias), self.task)

    family: t.ClassVar[Family]
    identity_options: t.ClassVar[tuple[str, ...]]
    narrowed_by: t.ClassVar[tuple[str, ...]] = ()
    noun = "policy"
    order = ("id",)
    volatile = ListedResource.volatile | {"status"}
    # In recordings, a new or updated policy is listed at once, but one client tolerates a 404 until then.
    consistency_timeout = 300.0

    @property
    def label(self) -> str:
        policy_id = self.task.option("id")
        return f"{self.title} {policy_id}" if policy_id else f"{self.title} {self.endpoints()}"

    def endpoints(self) -> str:
        """Return source and destination of the policy as text, independent of the notation in the task."""
        raise NotImplementedError

    def lock_names(self) -> str | None:
        """Without a lock, two tasks could both find the policy missing and create it."""
        return f"{self.label} of {self.task.account} in {self.task.data_center}"

    # Finding

    def find(self) -> None:
        policies = self.select()
        if not policies and self.task.option("id") is not None and not self.done:
            require_data_center(self.task, self.task.data_center)
        self.take(policies if self.task.option("id") is not None else self._matching(policies))

    def read_all(self) -> list[Entity]:
        try:
            return list(
                self.task.client.get(self.family.list_path(self.task.account, self.task.data_center)).body or []
            )
        except NotFound:
            require_data_center(self.task, self.task.data_center)
            raise

    def read_by_id(self, resource_id: str) -> Entity | None:
        policy: Entity | None = self.task.read(self.path_of({"id": resource_id.lower()}))
        return policy

    def is_selected(self, entity: Entity) -> bool:
        account = upper_code(self.task.option("destination_account"))
        return account in (None, upper_code(entity.get("destinationAccount")))

    def _matching(self, policies: t.Sequence[Entity]) -> list[Entity]:
        """Return the policies with the endpoints of the task: none, or one with its duplicates, active ones first."""
        matching = [policy for policy in policies if self._matches(policy, self.identity_options)]
        if self.task.state != "absent":
            matching = [policy for policy in matching if self._matches(policy, self.narrowed_by)] or matching
        matching.sort(key=lambda policy: str(policy["id"]))
        if any(not self._are_equal(policy, matching[0]) for policy in matching[1:]):
            self.raise_different(matching)
        return sorted(matching, key=lambda policy: normalize_status(policy.get("status")) != ACTIVE)

    def _matches(self, entity: Entity, options: t.Container[str]) -> bool:
        fields = [field for field in self.fields if field.option in options and self.desired_value(field) is not None]
        return all(field.matches(self.desired_value(field), field.getter(entity)) for field in fields if field.getter)

    def _are_equal(self, first: Entity, second: Entity) -> bool:
        return all(field.matches(field.getter(first), field.getter(second)) for field in self.fields if field.getter)

    def desired_value(self, field: Field) -> t.Any:
        """Return the desired value. Without an id, the destination account defaults to the account of the task."""
        value = super().desired_value(field)
        has_default = field.option == "destination_account" and self.task.option("id") is None
        return upper_code(self.task.account) if value is None and has_default else value

    def is_stable(self) -> bool:
        """Return whether no policy is pending; a deletion does not wait for that."""
        return self.task.state == "absent" or all(
            normalize_status(policy.get("status")) != PENDING for policy in self.copies
        )

    # Steps

    def plan(self) -> list[Step]:
        if self.task.state == "absent" or self.entity is None:
            return super().plan()
        changes = [(policy, changes_of(self.fields, policy, self.desired_value)) for policy in self.copies]
        steps = [self._update_copy(policy, properties) for policy, properties in changes if properties]
        if not steps and normalize_status(self.entity.get("status")) == ERROR:
            self._raise_failed(self.entity)
        return steps

    def _raise_failed(self, entity: Entity) -> t.NoReturn:
        raise JobError(
            f"its activation failed (policy {entity['id']}, status error), and the service does not report why",
            action="activate",
            target=self.label,
            help_text="Check its addresses, then delete and recreate it.",
        )

    def create(self, body: Entity) -> ApiResponse:
        return self.task.client.post(self.family.list_path(self.task.account, self.task.data_center), body)

    def path_of(self, entity: Entity) -> str:
        """Return the path of a policy."""
        return self.family.item_path(self.task.account, self.task.data_center, entity["id"])

    def send_update(self, entity: Entity, changes: Entity) -> ApiResponse:
        """Send the update of a policy."""
        raise NotImplementedError

    def _update_copy(self, policy: Entity, changes: Entity) -> Step:
        def predict() -> None:
            self.apply(policy, changes)

        return Step(
            "update",
            self.label_of(policy),
            lambda: self.send_update(policy, changes),
            predict,
            target_ids=[str(policy.get("id"))],
            properties=changes,
            phrase=update_phrase(changes, self.option_names()),
            parse=lambda response: QueueResult(),
        )
