# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is looked for after a lost response."""

from __future__ import annotations

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import ResponseLost
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.recovery import wait_for_effect
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock

LOST = "no response came"


def test_what_shows_late_is_found(client: Client, clock: Clock) -> None:
    reads = iter([None, None, "it"])
    task = Task(client, {}, deadline=clock.now + 3600)
    assert wait_for_effect(task, ResponseLost(LOST), lambda: next(reads), "Look.") == "it"
    assert clock.pauses == [1.0, 2.0]


@pytest.mark.parametrize(("left", "passed"), [(3600, 60), (5, 5), (0, 0)])
def test_the_lost_response_is_raised_if_its_effect_never_appears(
    client: Client, clock: Clock, left: float, passed: float
) -> None:
    task = Task(client, {}, deadline=clock.now + left)
    with pytest.raises(ResponseLost) as raised:
        wait_for_effect(task, ResponseLost(LOST), lambda: None, "Look before the next run.")
    assert str(raised.value) == "No response came. Look before the next run."
    assert clock.passed == passed
