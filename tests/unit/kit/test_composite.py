# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several resources driven as one."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.convergence import converge
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.composite import CompositeResource
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.resource import Resource
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.steps import Step
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task


class Part(Resource):
    """Wants one step, unless it is done already."""

    title = "part"

    def __init__(self, task: Task, name: str, there: bool) -> None:
        super().__init__(task)
        self.name, self.there = name, there

    def find(self) -> None:
        pass

    def lock_names(self) -> str:
        return f"lock {self.name}"

    def plan(self) -> list[Step]:
        def predict() -> None:
            self.there = True

        return [] if self.there else [Step("make", self.name, lambda: t.cast(t.Any, None), predict, identity=self.name)]

    def show(self) -> dict[str, t.Any]:
        return {"name": self.name, "there": self.there}


class Parts(CompositeResource):
    title = "parts"
    key = "parts"


def test_each_part_learns_of_its_own_steps(client: Client) -> None:
    task = Task(client, {}, check_mode=True)
    first, second = Part(task, "a", there=False), Part(task, "b", there=True)
    result = converge(Parts(task, [first, second]))
    assert result == {
        "changed": True,
        "parts": [{"name": "a", "there": True}, {"name": "b", "there": True}],
    }
    assert [step.target for step in first.done] == ["a"]
    assert second.done == []


def test_the_locks_of_all_resources_are_acquired_in_one_order(client: Client) -> None:
    acquired = []

    @contextlib.contextmanager
    def lock(name: str) -> t.Iterator[None]:
        acquired.append(name)
        yield

    task = Task(client, {}, lock=lock)
    converge(Parts(task, [Part(task, name, there=True) for name in ("b", "a", "b")]))
    assert acquired == ["lock a", "lock b"]


def test_without_resources_nothing_changes(client: Client) -> None:
    assert converge(Parts(Task(client, {}), [])) == {"changed": False, "parts": []}
