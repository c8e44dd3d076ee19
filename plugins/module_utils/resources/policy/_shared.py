# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Base class of policies: they are read as a list or by id, and identified by id or by a unique name.

API behavior (policies.yaml): most lists are objects with `items`, that of vertical autoscale policies is a bare array; names
need not be unique, so only the id identifies a policy; an unknown id returns 404. No operation is queued.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ...api import links
from ...api.errors import NoSuchResource
from ...kit.listed_resource import ListedResource
from ...kit.lookup import is_id
from ...kit.resource import Entity


class Policy(ListedResource):
    """A policy of the account. A subclass declares its paths."""

    def select(self) -> list[Entity]:
        return super().select() if self.task.option("id") else self.read_all()

    def id_of(self, id_or_name: str) -> str:
        """Return an id unchanged, or the id of the policy with a name. Reads the list at most once per task.

        Raises ResourceLookupError and NoSuchResource.
        """
        if is_id(id_or_name):
            return id_or_name.lower()
        policies = self.task.cached(("policies", self.title), self.read_all)
        return str(self.find_one(id_or_name, self.candidates(policies))["id"])

    def find(self) -> None:
        """Read the policy by its id if it is known, otherwise by name. Raises NoSuchResource if no policy has the id."""
        specified = self.task.option("id")
        super().find()
        if self.entity is None and specified and self.task.state != "absent":
            raise NoSuchResource(
                f"no {self.title} has the id {specified}",
                help_text="Omit id to create a policy; the service assigns the id.",
            )

    def existing_path(self) -> str:
        """Return the path of the existing policy."""
        href = links.href_of(self.existing, "self")
        return self.task.client.href_to_path(href) if href else super().existing_path()

    @property
    def lost_create_hint(self) -> str:  # type: ignore[override]
        return (
            f"The {self.title} may still have been created. Check {self.result_key}_info before you run the task again."
        )
