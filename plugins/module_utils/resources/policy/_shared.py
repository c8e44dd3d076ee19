# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the kinds of policies have in common: they are read as one list or by id, and named by id or by a name found once.

Facts (contract policies.yaml): most lists are objects with `items`, that of vertical autoscale policies is a bare array; names
need not be unique, so only the id tells policies apart; an id that is not there answers 404. There is no queued work.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ...api import links
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
    """A policy of the account. A subclass declares its paths."""

    def select(self) -> list[Entity]:
        return super().select() if self.task.option("id") else self.read_all()

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
        super().find()
        if self.entity is None and given and self.task.state != "absent":
            raise NotThere(
                f"there is no {self.title} with the id {given}",
                remedy="Give the name alone to create one; the service chooses the id.",
            )

    def own_path(self) -> str:
        """Return the path of the policy that there is."""
        href = links.href_of(self.existing, "self")
        return self.task.client.path_of(href) if href else super().own_path()

    @property
    def lost_create_hint(self) -> str:  # type: ignore[override]
        return f"It may have been made all the same: look with {self.result_key}_info before the next run."
