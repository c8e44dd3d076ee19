# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs: parse every form of asynchronous response, and wait for many jobs together.

The forms (docs/wire-notes.md, section 2): an array of queued operations, one queued operation, a status link alone,
{operationId, uri}, a group restore without a server, an LBaaS request; and resources with a status of their own.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import time
import typing as t
from dataclasses import dataclass, field

from . import links
from .client import Client
from .errors import UNREADABLE, ClcError, NotFound
from .pool import map_concurrently
from .responses import ApiResponse

# Words that end a job, in lower case without spaces, dashes and underscores: v2, v2-experimental and LBaaS together. The
# contract counts `unknown` as a failure; `resumed` is a normal value on the way (docs/wire-notes.md, section 2).
SUCCEEDED = frozenset({"succeeded", "complete", "completed", "success"})
FAILED = frozenset({"failed", "unknown", "error", "failure"})
# The message of a batch entry if there was nothing to do, which is a success.
IN_DESIRED_STATE = "already in desired state"

FIRST_DELAY, _MAX_DELAY, _GROWTH = 1.0, 5.0, 1.25
# With so many jobs, the first one is also read between rounds, since jobs that began together mostly end together: after a 25th of
# the time waited so far, at least after these seconds. One request instead of one for each job.
_MANY, _PROBE_DELAY, _PROBE_SHARE = 25, 0.25, 0.04
# A job may be read before the service lists it, so that reads may not find it at first.
_MAX_NOT_FOUND = 4


@dataclass(frozen=True)
class Job:
    """Queued work. path: where its status is read. target_ids: what it works on (server ids in lower case, or names).

    self_path: path of the resource that the job creates, if the response has it (the by-uuid path of a new server).
    on_status_read: called with each body that contains the status, for jobs with further data (a claimed network).
    not_found_is_success: the job deletes the resource at the path, so that a 404 there means success.
    """

    id: str
    path: str
    service: str = "api"
    target_ids: tuple[str, ...] = ()
    member: str = "status"
    self_path: str | None = None
    self_id: str | None = None
    succeeded: frozenset[str] = SUCCEEDED
    failed: frozenset[str] = FAILED
    on_status_read: t.Callable[[t.Mapping[str, t.Any]], None] | None = None
    not_found_is_success: bool = False


@dataclass(frozen=True)
class Rejection:
    """A target that the service did not queue, and its reason, which may be missing."""

    target: str
    reason: str


@dataclass
class QueueResult:
    """What a response queued: jobs, rejected targets, and the ids of targets that were in the desired state already."""

    jobs: list[Job] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@dataclass
class WaitResult:
    """The last status of each job by id, and which jobs succeeded, failed, or did not finish in time.

    unknown: jobs whose last status could not be read, so that it is unknown how they ended.
    """

    statuses: dict[str, str] = field(default_factory=dict)
    succeeded: list[Job] = field(default_factory=list)
    failed: list[Job] = field(default_factory=list)
    unfinished: list[Job] = field(default_factory=list)
    unknown: list[Job] = field(default_factory=list)


def normalize_status(status: t.Any) -> str:
    """Return a status in lower case without spaces, dashes, and underscores; the services spell it in many ways."""
    return "".join(letter for letter in str(status).lower() if letter.isalnum())


def parse_queue_response(
    client: Client,
    response: ApiResponse,
    target_ids: t.Sequence[str] = (),
    request_path: t.Callable[[str], str] | None = None,
) -> QueueResult:
    """Parse any asynchronous response.

    target_ids: the targets of the request, for forms that do not contain them. request_path: returns the path of an LBaaS
    request with an id, since such a response has no link to itself. An empty response (204) queued nothing.
    """
    body = response.body
    queued = QueueResult()
    if isinstance(body, list):
        for entry in body:
            _add_entry(client, queued, entry, response.service, target_ids)
        queued.jobs = _merged(queued.jobs)
    elif isinstance(body, dict) and "isQueued" in body:
        _add_entry(client, queued, body, response.service, target_ids)
    elif isinstance(body, dict) and normalize_status(body.get("rel")) == "status" and body.get("href"):
        queued.jobs.append(_linked(client, body, response.service, tuple(target_ids)))
    elif isinstance(body, dict) and body.get("operationId") and body.get("uri"):
        path = client.href_to_path(str(body["uri"]), response.service)
        queued.jobs.append(Job(str(body["operationId"]), path, response.service, tuple(target_ids)))
    elif isinstance(body, dict) and request_path and body.get("id"):
        created_id = next((links.id_of(link) for link in body.get("links") or [] if link.get("resourceId")), None)
        queued.jobs.append(
            Job(str(body["id"]), request_path(str(body["id"])), response.service, tuple(target_ids), self_id=created_id)
        )
    return queued


def _add_entry(
    client: Client, queued: QueueResult, entry: t.Mapping[str, t.Any], service: str, target_ids: t.Sequence[str]
) -> None:
    """Add one queued operation to the jobs, the rejections, or the unchanged targets."""
    target = str(entry.get("server") or (target_ids[0] if target_ids else "")).lower()
    status = links.first_of(entry, "status")
    if entry.get("isQueued") and status:
        job_targets = tuple(target_ids) if len(target_ids) == 1 else (target,)
        queued.jobs.append(_linked(client, status, service, job_targets, links.first_of(entry, "self")))
        return
    reason = str(entry.get("errorMessage") or "the service gave no reason")
    if IN_DESIRED_STATE in reason.lower():
        queued.unchanged.append(target)
    else:
        queued.rejections.append(Rejection(target, reason))


def _linked(
    client: Client, status: links.Entity, service: str, target_ids: tuple[str, ...], created: links.Entity | None = None
) -> Job:
    return Job(
        id=str(links.id_of(status)),
        path=client.href_to_path(str(status["href"]), service),
        service=service,
        target_ids=target_ids,
        self_path=client.href_to_path(str(created["href"]), service) if created and created.get("href") else None,
        self_id=links.id_of(created),
    )


def _merged(jobs: t.Iterable[Job]) -> list[Job]:
    """Merge the entries of a batch that share a job, so that its status is read once."""
    by_path: dict[str, list[Job]] = {}
    for job in jobs:
        by_path.setdefault(job.path, []).append(job)
    return [
        Job(
            entries[0].id,
            path,
            entries[0].service,
            tuple(target for job in entries for target in job.target_ids),
            self_path=entries[0].self_path,
        )
        for path, entries in by_path.items()
    ]


def next_delay(delay: float) -> float:
    """Return the seconds before the next round, after one that began in `delay` seconds: a quarter more, up to 5 s."""
    return min(delay * _GROWTH, _MAX_DELAY)


class Waiter:
    """Wait for many jobs together, in rounds that grow by a quarter from 1 s to 5 s, each with at most one status request per job.

    With 25 jobs or more, a round begins early if the first of them has ended.
    deadline: value of time.monotonic() at which waiting ends. report: called with a line when a status changes.
    """

    def __init__(self, client: Client, deadline: float, report: t.Callable[[str], None] | None = None) -> None:
        self._client, self._deadline, self._report = client, deadline, report
        self._missing: dict[str, int] = {}
        self._unreadable: set[str] = set()
        self._not_before: dict[str, float] = {}

    def wait(self, jobs: t.Sequence[Job]) -> WaitResult:
        """Wait until all jobs have ended or the time is up. A failed job raises nothing."""
        result = WaitResult()
        pending = list(jobs)
        delay, begin = FIRST_DELAY, time.monotonic()
        while pending and self._pause(delay, begin, pending, result):
            self.poll([(pending, result)])
            delay = next_delay(delay)
        self.give_up(pending, result)
        return result

    def _pause(self, delay: float, begin: float, pending: list[Job], result: WaitResult) -> bool:
        """Pause until the next round, or until the first of many jobs has ended. Return False if no time is left.

        begin: when waiting began.
        """
        if len(pending) < _MANY:
            return self._sleep(delay)
        end = min(time.monotonic() + delay, self._deadline)
        while True:
            left = end - time.monotonic()
            pause = max(_PROBE_DELAY, _PROBE_SHARE * (time.monotonic() - begin))
            if pause >= left:
                return self._sleep(max(left, 0.0))
            if not self._sleep(pause):
                return False
            if self._first_has_ended(pending, result):
                return True

    def _first_has_ended(self, pending: list[Job], result: WaitResult) -> bool:
        """Read the status of the first job, which is removed if it has ended. Sends one request."""
        first = pending[:1]
        self.poll([(first, result)])
        if not first:
            del pending[0]
        return not first

    def poll(self, waits: t.Sequence[tuple[list[Job], WaitResult]]) -> None:
        """Read once the statuses of the jobs of several waits, together. Each wait has its pending jobs, of which those that have
        ended are removed, and its result.
        """
        now = time.monotonic()
        due = [(job, *wait) for wait in waits for job in wait[0] if self._not_before.get(job.id, 0.0) <= now]
        statuses = map_concurrently(self._read, [job for job, _pending, _result in due])
        for (job, pending, result), status in zip(due, statuses, strict=True):
            if self._record(result, job, status):
                pending.remove(job)

    def give_up(self, pending: t.Sequence[Job], result: WaitResult) -> None:
        """Record jobs that are not waited for any longer."""
        for job in pending:
            if job.id in self._unreadable:
                result.statuses[job.id] = "unknown"
                result.unknown.append(job)
            else:
                result.unfinished.append(job)

    def _sleep(self, delay: float) -> bool:
        """Sleep until the next round or the deadline. Return False if no time is left."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(delay, left))
        return True

    def _read(self, job: Job) -> str | ClcError:
        """Read the status of a job, without retries since the next round reads it again."""
        try:
            body = self._client.get(job.path, service=job.service, repeat=False).body
        except (NotFound, *UNREADABLE) as error:
            return error
        if not isinstance(body, dict):
            return ""
        if job.on_status_read:
            job.on_status_read(body)
        return str(body.get(job.member, ""))

    def _record(self, result: WaitResult, job: Job, status: str | ClcError) -> bool:
        """Record the status of a job. Return whether the job has ended."""
        if isinstance(status, NotFound) and job.not_found_is_success:
            result.statuses[job.id] = "gone"
            result.succeeded.append(job)
            return True
        if isinstance(status, ClcError):
            return self._record_unreadable(result, job, status)
        self._missing.pop(job.id, None)
        self._unreadable.discard(job.id)
        if self._report and result.statuses.get(job.id) != status:
            self._report(f"job {job.id} ({', '.join(job.target_ids) or 'no target'}): {status}")
        result.statuses[job.id] = status
        normalized = normalize_status(status)
        if normalized in job.succeeded:
            result.succeeded.append(job)
        elif normalized in job.failed:
            result.failed.append(job)
        return normalized in job.succeeded or normalized in job.failed

    def _record_unreadable(self, result: WaitResult, job: Job, error: ClcError) -> bool:
        """Record a status that cannot be read, which does not mean failure. Return whether the service has no such job."""
        if isinstance(error, NotFound):
            self._missing[job.id] = self._missing.get(job.id, 0) + 1
            if self._missing[job.id] < _MAX_NOT_FOUND:
                return False
            result.statuses[job.id] = "vanished"
            result.unknown.append(job)
            return True
        self._missing.pop(job.id, None)
        self._unreadable.add(job.id)
        self._not_before[job.id] = time.monotonic() + float(error.details.get("retry_after") or 0.0)
        return False
