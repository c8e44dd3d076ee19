# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_server_fact: one server by its id, with its administrator's password if that is asked for.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..api.errors import InvalidTaskError, NoSuchResource
from ..convergence import Result
from ..kit.task import Task
from ..resources.server._shared import read_server
from .run import new_task
from .shapes import legacy_server
from .table import Table


def work(table: Table, task: Task) -> Result:
    """Read the server. Sends one request, and a second one for the credentials, which the platform records."""
    name = str(new_task(table, task).option("server_ids")).lower()
    if task.option("credentials") and not task.hidden:
        raise InvalidTaskError(
            "the result would reveal the password",
            action="read",
            target=f"the credentials of server {name}",
            help_text="Set no_log on the task, or run it as centurylink.cloud.clc_server_fact.",
        )
    server = read_server(task, name)
    if server is None:
        raise NoSuchResource(
            "it does not exist",
            action="read",
            target=f"server {name}",
            help_text="Check server_id and account_alias.",
        )
    result = legacy_server(server)
    result["details"]["memory"] = result["details"].get("memoryGB")
    if task.option("credentials"):
        response = task.client.follow(server, "credentials")
        result["credentials"] = response.body if response else None
    return {"changed": False, "server": result}
