# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read or wait for jobs of the queue by id.

API behavior: a job id is the code of a data center and a number (wa1-48211) and is read at /v2/operations; that of an
experimental operation has 32 hexadecimal digits and is read at /v2-experimental/operations only. A job has a status and
no other information.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import InvalidTaskError, JobError, NotFound
from ...api.jobs import Job, Waiter
from ...kit.lookup import is_id
from ...kit.task import Task


def job_of(task: Task, job_id: str) -> Job:
    """Return the job with an id; an id of 32 digits with dashes is that of an LBaaS request in the task's data center.

    Raises InvalidTaskError for a number, which identifies a database: to ignore it would look like a finished job.
    """
    if job_id.isdigit():
        raise InvalidTaskError(
            "a number identifies a database, and the database service has no jobs",
            action="read",
            target=f"job {job_id}",
            help_text="Read the status of the database with database_info.",
        )
    if is_id(job_id) and "-" in job_id:
        return Job(job_id, paths.LOAD_BALANCER_REQUEST(task.account, task.data_center, job_id), "lbaas")
    path = paths.EXPERIMENTAL_JOB if is_id(job_id) else paths.JOB
    return Job(job_id, path(task.account, job_id))


def gather_jobs(task: Task) -> list[dict[str, t.Any]]:
    """Return {id, status} of each existing job; if the task waits, after the jobs have finished.

    Raises JobError if a job that was waited for did not succeed.
    """
    jobs = [job_of(task, str(job_id)) for job_id in task.option("ids")]
    statuses = {job.id: status for job in jobs for status in [_status(task, job)] if status is not None}
    if task.option("wait"):
        ended = Waiter(task.client, task.deadline, task.report).wait([job for job in jobs if job.id in statuses])
        statuses.update(ended.statuses)
        unsuccessful = [*ended.failed, *ended.unfinished, *ended.unknown]
        if unsuccessful:
            raise JobError(
                "; ".join(f"job {job.id} has the status {statuses[job.id]}" for job in unsuccessful),
                action="wait for",
                target="jobs",
                help_text="The service does not report why a job failed. Check the servers of the job.",
                jobs=[{"id": job_id, "status": status} for job_id, status in statuses.items()],
            )
    return [{"id": job.id, "status": statuses[job.id]} for job in jobs if job.id in statuses]


def _status(task: Task, job: Job) -> str | None:
    try:
        return str(task.client.get(job.path, service=job.service).body.get(job.member))
    except NotFound:
        return None
