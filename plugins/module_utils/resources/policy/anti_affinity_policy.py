# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Anti-affinity policies: each keeps the servers that have it on different hosts of one data center.

API behavior (policies.yaml): the vendor withdrew them in January 2020, so a service may return 404 for all operations; the list
contains all data centers; location is case-insensitive and returned in upper case; only the name can be updated; a policy
links to its servers.

Not specified by the contract; design decisions: a service without the list has no policies, so that absent succeeds there, and
present fails with the service's error for the create. Whether a policy in use can be deleted is left to the service; the
message of its error lists the servers.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ...api import links, paths
from ...api.errors import BadRequest, NotFound
from ...api.responses import ApiResponse
from ...kit import compare
from ...kit.lookup import format_list
from ...kit.resource import Entity, plain_field
from ...kit.steps import Step
from ...kit.task import Task
from ..account import of_existing, require_data_center
from . import _shared


class AntiAffinityPolicy(_shared.Policy):
    """One anti-affinity policy of a data center."""

    title = "anti-affinity policy"
    result_key = "anti_affinity_policy"
    list_path, item_path = paths.ANTI_AFFINITY_POLICIES, paths.ANTI_AFFINITY_POLICY
    fields = (
        plain_field("name"),
        plain_field("data_center", "location", updatable=False, matches=compare.case_insensitive, write=str.upper),
    )

    @property
    def scope(self) -> str:
        return f"in {self.task.data_center}"

    def lock_names(self) -> str | None:
        return self.label if self.task.option("id") else f"{self.label} {self.scope}"

    def read_all(self) -> list[Entity]:
        try:
            return super().read_all()
        except NotFound:
            return []

    def is_selected(self, entity: Entity) -> bool:
        return super().is_selected(entity) and _is_in(entity, self.task.option("data_center"))

    @classmethod
    def gather(cls, task: Task) -> list[dict[str, t.Any]]:
        """Return what an info task asks for. Raises ResourceLookupError for a data center that does not exist."""
        return of_existing(task, super().gather(task))

    def candidates(self, policies: list[Entity]) -> list[Entity]:
        return [policy for policy in policies if _is_in(policy, self.task.data_center)]

    def check_references(self, step: Step) -> None:
        if step.effect == "created":
            require_data_center(self.task, self.task.data_center)

    def create(self, body: Entity) -> ApiResponse:
        return super().create({**body, "location": self.task.data_center})

    def predicted(self, body: Entity) -> Entity:
        return {**body, "location": self.task.data_center}

    def remove(self) -> ApiResponse:
        try:
            return super().remove()
        except BadRequest as error:
            server_ids = _server_ids(self.existing)
            error.help_text = f"Remove it from {format_list(server_ids)} first." if server_ids else error.help_text
            raise

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return {
            "id": entity.get("id"),
            "name": entity.get("name"),
            "data_center": str(entity["location"]).upper(),
            "server_ids": _server_ids(entity),
        }


def _is_in(entity: Entity, data_center: str | None) -> bool:
    return not data_center or compare.case_insensitive(data_center, entity.get("location"))


def _server_ids(entity: Entity) -> list[str]:
    """Return the ids of the servers that have a policy, in lower case and sorted."""
    return sorted(str(links.id_of(link)).lower() for link in links.all_of(entity, "server"))


gather_policies = AntiAffinityPolicy.gather


def id_of(task: Task, name_or_id: str, data_center: str) -> str:
    """Return the id of a policy of a data center by name or id. Sends at most one request per task, none for an id.

    Raises ResourceLookupError if a name is ambiguous, and NoSuchResource.
    """
    return AntiAffinityPolicy(replace(task, params={"data_center": data_center})).id_of(name_or_id)
