# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_blueprint_package: run a package on servers.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..convergence import Result, converge
from ..kit.task import Task
from ..resources.server.package import ServerPackage, check_parameters
from .run import job_result, new_task
from .table import Table


def work(table: Table, task: Task) -> Result:
    """Run the package on all servers with one request. The result has their ids as in the task."""
    new = new_task(table, task)
    check_parameters(new)
    result = converge(ServerPackage(new))
    return {**job_result(result), "server_ids": new.option("server_ids")}
