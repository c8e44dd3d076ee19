# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""After a lost answer: look for what the request may have done, instead of sending it again.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import AnswerLost
from .task import Task

T = t.TypeVar("T")
# The service may work for a while on what it has taken without an answer before it shows anything.
_SECONDS = 60.0


def found_after(
    task: Task, lost: AnswerLost, look: t.Callable[[], T | None], remedy: str, seconds: float = _SECONDS
) -> T:
    """Look until something is found, for that many seconds at most and within the task's time; then raise the lost answer.

    remedy: what the reader is told to do where nothing is found.
    """
    found = task.until(look, seconds)
    if found is None:
        lost.remedy = remedy
        raise lost
    return found
