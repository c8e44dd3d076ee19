# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several requests at the same time: order, context variables, and what becomes of the others if one fails."""

from __future__ import annotations

import contextvars
import threading
import time

import pytest
from ansible._internal._display_utils import DeferredWarningContext
from ansible._internal._errors._task_timeout import TaskTimeoutError
from ansible.module_utils.common.warnings import warn

from ansible_collections.centurylink.cloud.plugins.module_utils.api.pool import map_concurrently


def test_results_have_the_order_of_the_items() -> None:
    def slower_first(number: int) -> int:
        time.sleep(0.02 / (number + 1))
        return number

    assert map_concurrently(slower_first, range(8)) == list(range(8))
    assert map_concurrently(slower_first, []) == []


def test_no_more_than_the_workers_run_at_the_same_time() -> None:
    running, most, lock = [0], [0], threading.Lock()

    def work(_number: int) -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.02)
        with lock:
            running[0] -= 1

    map_concurrently(work, range(9), workers=3)
    assert most == [3]


def test_a_single_item_needs_no_thread() -> None:
    assert map_concurrently(lambda _item: threading.current_thread(), [1]) == [threading.main_thread()]


def test_threads_see_the_context_variables_of_the_caller() -> None:
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable", default="nothing")
    variable.set("of the caller")

    def work(number: int) -> str:
        seen = variable.get()
        variable.set(f"of thread {number}")
        return seen

    assert map_concurrently(work, range(20), workers=2) == ["of the caller"] * 20
    assert variable.get() == "of the caller"


def test_warnings_of_threads_are_those_of_the_task() -> None:
    with DeferredWarningContext(variables={}) as collected:
        map_concurrently(lambda number: warn(f"warning {number} of a thread"), range(3))
    messages = sorted(str(warning.event.msg) for warning in collected.get_warnings())
    assert messages == [f"warning {number} of a thread" for number in range(3)]


def test_an_exception_waits_for_what_has_begun_and_cancels_the_rest() -> None:
    begun: list[int] = []
    ended: list[int] = []
    both = threading.Barrier(2)

    def work(number: int) -> None:
        begun.append(number)
        if number < 2:
            both.wait(5)
        if number == 0:
            raise ValueError("x")
        time.sleep(0.1)
        ended.append(number)

    with pytest.raises(ValueError, match="x"):
        map_concurrently(work, range(50), workers=2)
    seen = list(begun)
    assert 1 in ended
    assert sorted(ended) == sorted(number for number in seen if number)
    assert len(seen) < 10
    time.sleep(0.15)
    assert begun == seen


@pytest.mark.parametrize("interruption", [TaskTimeoutError(1), KeyboardInterrupt()])
def test_an_interruption_waits_for_nothing(interruption: BaseException) -> None:
    """Here it comes from the first item; in a task a signal raises it in the thread that waits."""
    release = threading.Event()
    begun: list[int] = []

    def work(number: int) -> None:
        begun.append(number)
        if number == 0:
            raise interruption
        release.wait(10)

    before = time.monotonic()
    with pytest.raises(type(interruption)):
        map_concurrently(work, range(50), workers=4)
    passed = time.monotonic() - before
    release.set()
    assert passed < 5
    time.sleep(0.05)
    assert len(begun) < 10
