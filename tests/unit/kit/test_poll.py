# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looking again and again until something is so."""

from __future__ import annotations

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock


@pytest.mark.parametrize(("sees", "pauses"), [(1, [1.0]), (4, [1.0, 2.0, 4.0, 5.0])])
def test_it_ends_when_it_is_so(client: Client, clock: Clock, sees: int, pauses: list[float]) -> None:
    looks: list[int] = []

    def look() -> bool:
        looks.append(1)
        return len(looks) == sees

    assert Task(client, {}).poll_until(look, 60.0)
    assert clock.pauses == pauses


@pytest.mark.parametrize(
    ("seconds", "deadline", "passed"), [(10.0, 9999.0, 10.0), (60.0, 1008.0, 8.0), (0.0, 9999.0, 0.0)]
)
def test_it_ends_with_its_time_or_that_of_the_task(
    client: Client, clock: Clock, seconds: float, deadline: float, passed: float
) -> None:
    assert not Task(client, {}, deadline=deadline).poll_until(lambda: False, seconds)
    assert clock.passed == passed
