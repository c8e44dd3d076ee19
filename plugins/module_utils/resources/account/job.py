# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs of the queue, asked or waited for by id.

Facts: a job id is a data center's code and a number (wa1-48211) and is read at /v2/operations; that of an experimental operation
is 32 hexadecimal digits and is read at /v2-experimental/operations, which the other call does not know. A job tells its status
and nothing else.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import ConfigurationError, JobsFailed, NotFound
from ...api.jobs import Job, Waiter
from ...kit.lookup import is_id
from ...kit.task import Task


def job_of(task: Task, job_id: str) -> Job:
    """Return the job of an id: with dashes among 32 digits it is a request of LBaaS, in the task's data center.

    Raises ConfigurationError for a number, which stands for a database: to leave it out would look like its end.
    """
    if job_id.isdigit():
        raise ConfigurationError(
            "it is a number, and no job has one: the database service has no jobs",
            action="read",
            thing=f"job {job_id}",
            remedy="Read the status of the database with database_info.",
        )
    if is_id(job_id) and "-" in job_id:
        return Job(job_id, paths.LOAD_BALANCER_REQUEST(task.account, task.data_center, job_id), "lbaas")
    path = paths.EXPERIMENTAL_JOB if is_id(job_id) else paths.JOB
    return Job(job_id, path(task.account, job_id))


def found_jobs(task: Task) -> list[dict[str, t.Any]]:
    """Return {id, status} of each job that the service knows, after its end where the task waits for it.

    Raises JobsFailed where a job that was waited for did not succeed.
    """
    jobs = [job_of(task, str(one)) for one in task.option("ids")]
    known = {job.id: status for job in jobs for status in [_status(task, job)] if status is not None}
    if task.option("wait"):
        ended = Waiter(task.client, task.deadline, task.report).wait([job for job in jobs if job.id in known])
        known.update(ended.statuses)
        bad = [*ended.failed, *ended.unfinished]
        if bad:
            raise JobsFailed(
                "; ".join(f"job {job.id} is {known[job.id]}" for job in bad),
                action="wait for",
                thing="jobs",
                remedy="The service tells no reason for a failed job; read the servers that it was for.",
                jobs=[{"id": key, "status": status} for key, status in known.items()],
            )
    return [{"id": job.id, "status": known[job.id]} for job in jobs if job.id in known]


def _status(task: Task, job: Job) -> str | None:
    try:
        return str(task.client.get(job.path, service=job.service).body.get(job.member))
    except NotFound:
        return None
