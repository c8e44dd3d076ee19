# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cyclic garbage collector, suspended while many objects without cycles are created: it would search all of them repeatedly.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import gc
import typing as t


@contextlib.contextmanager
def suspended_collector(suspend: bool = True) -> t.Iterator[None]:
    """Suspend the collector within the block if it is enabled and `suspend` is true. Templates have cycles."""
    enabled = suspend and gc.isenabled()
    if enabled:
        gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
