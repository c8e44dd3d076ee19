# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several resources managed by one task: their steps are sent together, and their jobs are polled together.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.jobs import Job
from ..api.pool import map_concurrently
from .resource import Resource
from .steps import Step
from .task import Task


class CompositeResource(Resource):
    """Independent resources, each with a task of its own. The subclass defines `title` and `key`.

    key: the only key of the result, a list of the resources' results in their order.
    """

    key: t.ClassVar[str]

    def __init__(self, task: Task, parts: t.Sequence[Resource]) -> None:
        super().__init__(task)
        self.parts = list(parts)
        # Steps are kept together with their part, so that no id() is reused.
        self._owners: dict[int, tuple[Step, Resource]] = {}

    def find(self) -> None:
        self._assign_completed_steps()
        map_concurrently(lambda part: part.find(), self.parts)

    def plan(self) -> list[Step]:
        self._assign_completed_steps()
        stage = []
        for part in self.parts:
            for step in part.plan():
                self._owners[id(step)] = (step, part)
                stage.append(step)
        return stage

    def _assign_completed_steps(self) -> None:
        """Set the completed steps of each part; convergence sets only those of the whole."""
        for part in self.parts:
            part.done = [step for step in self.done if self._owners[id(step)][1] is part]

    def lock_names(self) -> t.Sequence[str]:
        names: set[str] = set()
        for part in self.parts:
            names_of_part = part.lock_names() or ()
            names.update({names_of_part} if isinstance(names_of_part, str) else names_of_part)
        return sorted(names)

    def is_stable(self) -> bool:
        self._assign_completed_steps()
        return all(part.is_stable() for part in self.parts)

    def submitted(self, jobs: t.Sequence[Job]) -> None:
        for part in self.parts:
            part.submitted(jobs)

    def show(self) -> dict[str, t.Any]:
        self._assign_completed_steps()
        return {self.key: [part.show() for part in self.parts]}
