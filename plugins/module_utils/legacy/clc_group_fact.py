# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_group_fact: a server group, identified by its id, with the ids of its servers.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api import tree
from ..api.errors import error_context
from ..convergence import Result
from ..kit.task import Task
from .run import new_task
from .shapes import legacy_group
from .table import Table


def work(table: Table, task: Task) -> Result:
    """Read the group. Sends one request."""
    group_id = str(new_task(table, task).option("group"))
    with error_context("read", f"group {group_id}"):
        return {"changed": False, "group": legacy_group(tree.group(task.client, task.account, group_id))}
