# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""After a lost response: look for the effect of the request, instead of sending it again.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import ResponseLost
from .task import Task

T = t.TypeVar("T")
# A request whose response was lost may take a while until reads return its effect.
_SECONDS = 60.0


def wait_for_effect(
    task: Task, lost: ResponseLost, look_up: t.Callable[[], T | None], help_text: str, seconds: float = _SECONDS
) -> T:
    """Poll until `look_up` returns a value, and return it. Raises the lost response after the seconds or the task's time.

    help_text: what the user can do then.
    """
    value = task.wait_for(look_up, seconds)
    if value is None:
        lost.help_text = help_text
        raise lost
    return value
