# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources without a name, of which the service takes several equal ones: those count as one, and absent removes all.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import ResourceLookupError
from .declared_resource import DeclaredResource
from .lookup import format_list
from .resource import Entity
from .steps import Step
from .task import Task


class WithDuplicates(DeclaredResource):
    """A resource with its duplicates. noun: what it is called after a lost create."""

    noun: t.ClassVar[str]

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.copies: list[Entity] = []

    identity_options: t.ClassVar[
        tuple[str, ...]
    ] = ()  # duplicates are managed together, so that another create does no harm

    def twin_warning(self) -> str | None:
        if len(self.copies) < 2:
            return None
        return (
            f"Another client created the same {self.title} at the same time, so that there are several: "
            f"{format_list(str(entity['id']) for entity in self.copies)}. Tasks treat them as one."
        )

    def path_of(self, entity: Entity) -> str:
        """Return the path of an entity."""
        raise NotImplementedError

    def label_of(self, entity: Entity) -> str:
        """Return the label of an entity, with its id if there are duplicates."""
        return self.label if len(self.copies) == 1 else f"{self.label} ({entity['id']})"

    def take(self, copies: list[Entity]) -> None:
        """Keep what was found: none, or one with its duplicates."""
        self.copies, self.entity = copies, copies[0] if copies else None

    def raise_different(self, matches: t.Sequence[Entity], subject: str = "there are") -> t.NoReturn:
        """Raise the error of several matches that are not equal."""
        raise ResourceLookupError(
            f"{subject} {len(matches)} different ones: {format_list(str(entity['id']) for entity in matches)}",
            action="choose",
            target=self.label,
            help_text="Specify the id.",
        )

    def plan(self) -> list[Step]:
        return [self._delete_copy(entity) for entity in self.copies] if self.task.state == "absent" else super().plan()

    def _delete_copy(self, entity: Entity) -> Step:
        path = self.path_of(entity)
        return Step(
            "delete",
            self.label_of(entity),
            lambda: self.task.client.delete(path),
            lambda: self.take([]),
            target_ids=[str(entity["id"])],
            effect="removed",
        )

    @property
    def lost_create_hint(self) -> str:  # type: ignore[override]
        return f"It may have been created. Run the task again; it creates the {self.noun} if it is not there."
