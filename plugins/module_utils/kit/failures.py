# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors of stages that were not carried out as a whole: failed jobs, rejected targets, and several failed steps.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import ClcError, JobError
from ..api.jobs import Job, Rejection, WaitResult
from .resource import Resource
from .steps import Step

_CONTINUE = "Run the task again to continue."
# A failed job may leave what no further run can change, such as a database with the status Failed.
_CONTINUE_OR_REPORT = "Run the task again: it continues, or reports what the failed job has left."
_NEXT_RUN_WAITS = "The next run of this task on this controller waits for it."
_NOT_REMEMBERED = "Do not run the task again before it is listed, since it could be created twice."


def check_jobs(
    resource: Resource, stage: t.Sequence[Step], ended: WaitResult, rejections: t.Sequence[Rejection]
) -> None:
    """Raise JobError if a job of a stage did not succeed or a target was rejected."""
    if not (ended.failed or ended.unfinished or ended.unknown or rejections):
        return
    limit = resource.task.wait_timeout
    causes = [f"{_targets(job)} failed (job {job.id}: {ended.statuses.get(job.id)})" for job in ended.failed]
    causes += [
        f"{_targets(job)} did not finish within wait_timeout, {limit} s "
        f"(job {job.id}: {ended.statuses.get(job.id, 'never read')})"
        for job in ended.unfinished
    ]
    causes += [
        f"it is unknown whether {_targets(job)} has finished (job {job.id}: {ended.statuses.get(job.id)})"
        for job in ended.unknown
    ]
    causes += [f"{rejection.target} was rejected: {rejection.reason.rstrip('.')}" for rejection in rejections]
    raise JobError(
        "; ".join(causes),
        action=stage[0].phrase,
        target=stage[0].target if len(stage) == 1 else f"{len(stage)} targets",
        help_text=_help_text(resource, stage, ended),
        jobs=job_statuses(ended),
        rejections=[{"target": rejection.target, "reason": rejection.reason} for rejection in rejections],
    )


def _help_text(resource: Resource, stage: t.Sequence[Step], ended: WaitResult) -> str:
    sentences = ["The service does not report why a job failed."] if ended.failed else []
    if ended.unknown:
        sentences.append("The status of the job cannot be read; the work may or may not have been done.")
    if ended.unfinished:
        sentences.append("The work continues.")
    if (ended.unfinished or ended.unknown) and resource.is_create_remembered:
        sentences.append(_NEXT_RUN_WAITS)
    elif (ended.unfinished or ended.unknown) and any(step.effect == "created" for step in stage):
        sentences.append(resource.rerun_hint or _NOT_REMEMBERED)
    else:
        sentences.append(resource.rerun_hint or (_CONTINUE_OR_REPORT if ended.failed else _CONTINUE))
    return " ".join(sentences)


def raise_failures(
    stage: t.Sequence[Step], failures: t.Sequence[ClcError], jobs: t.Sequence[Job], ended: WaitResult | None
) -> t.NoReturn:
    """Raise the first failure of a stage, with the others and what became of the jobs of its other steps.

    ended: how the jobs ended; None if the task does not wait for them.
    """
    error = failures[0]
    if len(stage) > 1:
        if ended is not None:
            error.details["jobs"] = job_statuses(ended)
        elif jobs:
            error.details["jobs"] = [_job_status(job, None) for job in jobs]
        error.details["failures"] = [str(failure) for failure in failures]
        summary = f"{len(failures)} of {len(stage)} steps failed; the others were carried out."
        error.help_text = f"{error.help_text} {summary}".strip()
    raise error


def job_statuses(ended: WaitResult) -> list[dict[str, t.Any]]:
    """Return the jobs of a result with their last statuses."""
    jobs = [*ended.succeeded, *ended.failed, *ended.unfinished, *ended.unknown]
    return [_job_status(job, ended.statuses.get(job.id)) for job in jobs]


def _job_status(job: Job, status: str | None) -> dict[str, t.Any]:
    return {"id": job.id, "status": status, "targets": sorted(job.target_ids)}


def _targets(job: Job) -> str:
    return ", ".join(job.target_ids) or "the work"
