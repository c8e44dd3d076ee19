# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several resources of one task, driven as one: their steps go together and their jobs are waited for together.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.jobs import Job
from ..api.pool import map_concurrently
from .declaration import Resource
from .steps import Step
from .task import Task


class Several(Resource):
    """Parts that do not touch each other, each with a task of its own. The subclass gives `title` and `key`.

    key: the one key of the result, a list with the parts' results in their order.
    """

    key: t.ClassVar[str]

    def __init__(self, task: Task, parts: t.Sequence[Resource]) -> None:
        super().__init__(task)
        self.parts = list(parts)
        # A step is kept with its part, so that no other step can get its identity while this is used.
        self._owners: dict[int, tuple[Step, Resource]] = {}

    def find(self) -> None:
        self._hand_out()
        map_concurrently(lambda part: part.find(), self.parts)

    def plan(self) -> list[Step]:
        self._hand_out()
        stage = []
        for part in self.parts:
            for step in part.plan():
                self._owners[id(step)] = (step, part)
                stage.append(step)
        return stage

    def _hand_out(self) -> None:
        """Tell each part which of its steps were carried out; convergence tells only the whole."""
        for part in self.parts:
            part.done = [step for step in self.done if self._owners[id(step)][1] is part]

    def held(self) -> t.Sequence[str]:
        names: set[str] = set()
        for part in self.parts:
            held = part.held() or ()
            names.update({held} if isinstance(held, str) else held)
        return sorted(names)

    def settled(self) -> bool:
        self._hand_out()
        return all(part.settled() for part in self.parts)

    def submitted(self, jobs: t.Sequence[Job]) -> None:
        for part in self.parts:
            part.submitted(jobs)

    def show(self) -> dict[str, t.Any]:
        self._hand_out()
        return {self.key: [part.show() for part in self.parts]}
