# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several requests at the same time, through one bounded pool of threads.

Private to the collection: names and shapes may change in any release. Nothing here knows Ansible.
"""

from __future__ import annotations

import contextvars
import typing as t
from concurrent.futures import ThreadPoolExecutor

Item = t.TypeVar("Item")
Returned = t.TypeVar("Returned")
WORKERS = 8


def map_concurrently(
    function: t.Callable[[Item], Returned], items: t.Iterable[Item], workers: int = WORKERS
) -> list[Returned]:
    """Return what a function returns for each item, in the order of the items; at most `workers` of them at a time.

    A single item needs no thread. If a call raises an exception, those that have not begun are canceled, those that have are
    waited for, and the exception is raised. A task that is interrupted (a timeout of ansible-core or Ctrl-C, no Exception but
    a BaseException) waits for nothing: what is in flight ends by its own socket timeout. The threads see the context variables
    of the caller, in which ansible-core collects the warnings of a task.
    """
    arguments = list(items)
    if len(arguments) < 2:
        return [function(item) for item in arguments]
    contexts = [contextvars.copy_context() for _item in arguments]
    pool = ThreadPoolExecutor(min(workers, len(arguments)))
    try:
        returned = list(pool.map(lambda context, item: context.run(function, item), contexts, arguments))
    except Exception:
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
    return returned
