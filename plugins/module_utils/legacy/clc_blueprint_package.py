# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""clc_blueprint_package: one run of a package on servers.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

from ..convergence import Result, converge
from ..kit.task import Task
from ..resources.server.package import ServerPackage, check_parameters
from .run import new_task, told_jobs
from .table import Table


def work(table: Table, task: Task) -> Result:
    """Run the package on all servers in one request; the result has their ids as they were given."""
    new = new_task(table, task)
    check_parameters(new)
    result = converge(ServerPackage(new))
    return {**told_jobs(result), "server_ids": new.option("server_ids")}
