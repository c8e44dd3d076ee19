# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every shape of asynchronous answer becomes one kind of job, and many jobs are waited for together.

The shapes (docs/wire-notes.md, section 2): an array of queued operations, one queued operation, a bare status link,
{operationId, uri}, a group restore without a server, an LBaaS request; and resources whose own status has to be read again.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import time
import typing as t
from dataclasses import dataclass, field

from . import links
from .answers import Answer
from .client import Client
from .errors import AnswerLost, ClcError, NotFound, NotSent, ServerError, TooManyRequests
from .pool import map_concurrently

# Words that end a job, in lower case without spaces, dashes and underscores: v2, v2-experimental and LBaaS together. The
# contract counts `unknown` as a failure; `resumed` is a normal value on the way (docs/wire-notes.md, section 2).
SUCCEEDED = frozenset({"succeeded", "complete", "completed", "success"})
FAILED = frozenset({"failed", "unknown", "error", "failure"})
# What a batch entry says when there was nothing to do; a success for whoever asked.
ALREADY_THERE = "already in desired state"

_FIRST_ROUND, _LONGEST_ROUND = 1.0, 5.0
# A job may be read before the service lists it, and a read may fail in passing: that many bad reads in a row are borne.
_BAD_READS = 4


@dataclass(frozen=True)
class Job:
    """Queued work: where its status is read, and the things that it works on (server ids in lower case, or names).

    self_path leads to what the job makes, where the answer told it (the by-uuid address of a new server).
    seen: called with each body in which the status was read, for jobs that tell more than that (a claimed network).
    gone_is_done: the work removes what is read at the path, so that a 404 there is its success.
    """

    id: str
    path: str
    service: str = "api"
    things: tuple[str, ...] = ()
    member: str = "status"
    self_path: str | None = None
    self_id: str | None = None
    succeeded: frozenset[str] = SUCCEEDED
    failed: frozenset[str] = FAILED
    seen: t.Callable[[t.Mapping[str, t.Any]], None] | None = None
    gone_is_done: bool = False


@dataclass(frozen=True)
class Refusal:
    """One thing that the service would not queue, and why (its words are missing at times)."""

    thing: str
    reason: str


@dataclass
class Queued:
    """What an answer started: jobs, refusals, and the things that were in the wanted state already."""

    jobs: list[Job] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    already: list[str] = field(default_factory=list)


@dataclass
class Ended:
    """How the waiting ended: the last status of each job by id, and which succeeded, failed or were still going on."""

    statuses: dict[str, str] = field(default_factory=dict)
    succeeded: list[Job] = field(default_factory=list)
    failed: list[Job] = field(default_factory=list)
    unfinished: list[Job] = field(default_factory=list)


def folded(status: t.Any) -> str:
    """Fold a status word to lower case without spaces, dashes and underscores; the services spell them in many ways."""
    return "".join(letter for letter in str(status).lower() if letter.isalnum())


def started_by(
    client: Client,
    answer: Answer,
    things: t.Sequence[str] = (),
    request_path: t.Callable[[str], str] | None = None,
) -> Queued:
    """Read any asynchronous answer.

    things: what was asked for, for shapes that do not name it. request_path: returns where an LBaaS request
    of this id is read, since such an answer does not link to itself. An empty answer (204) started nothing.
    """
    body = answer.body
    queued = Queued()
    if isinstance(body, list):
        for entry in body:
            _add_entry(client, queued, entry, answer.service, things)
        queued.jobs = _merged(queued.jobs)
    elif isinstance(body, dict) and "isQueued" in body:
        _add_entry(client, queued, body, answer.service, things)
    elif isinstance(body, dict) and folded(body.get("rel")) == "status" and body.get("href"):
        queued.jobs.append(_linked(client, body, answer.service, tuple(things)))
    elif isinstance(body, dict) and body.get("operationId") and body.get("uri"):
        path = client.path_of(str(body["uri"]), answer.service)
        queued.jobs.append(Job(str(body["operationId"]), path, answer.service, tuple(things)))
    elif isinstance(body, dict) and request_path and body.get("id"):
        made = next((links.id_of(link) for link in body.get("links") or [] if link.get("resourceId")), None)
        queued.jobs.append(
            Job(str(body["id"]), request_path(str(body["id"])), answer.service, tuple(things), self_id=made)
        )
    return queued


def _add_entry(
    client: Client, queued: Queued, entry: t.Mapping[str, t.Any], service: str, things: t.Sequence[str]
) -> None:
    """Sort one queued operation into jobs, refusals or things already there."""
    thing = str(entry.get("server") or (things[0] if things else "")).lower()
    status = links.first_of(entry, "status")
    if entry.get("isQueued") and status:
        named = tuple(things) if len(things) == 1 else (thing,)
        queued.jobs.append(_linked(client, status, service, named, links.first_of(entry, "self")))
        return
    reason = str(entry.get("errorMessage") or "the service gave no reason")
    if ALREADY_THERE in reason.lower():
        queued.already.append(thing)
    else:
        queued.refusals.append(Refusal(thing, reason))


def _linked(
    client: Client, status: links.Entity, service: str, things: tuple[str, ...], made: links.Entity | None = None
) -> Job:
    return Job(
        id=str(links.id_of(status)),
        path=client.path_of(str(status["href"]), service),
        service=service,
        things=things,
        self_path=client.path_of(str(made["href"]), service) if made and made.get("href") else None,
        self_id=links.id_of(made),
    )


def _merged(jobs: t.Iterable[Job]) -> list[Job]:
    """Make one job of the entries of a batch that share it, so that its status is read once."""
    by_path: dict[str, list[Job]] = {}
    for job in jobs:
        by_path.setdefault(job.path, []).append(job)
    return [
        Job(
            same[0].id,
            path,
            same[0].service,
            tuple(thing for job in same for thing in job.things),
            self_path=same[0].self_path,
        )
        for path, same in by_path.items()
    ]


class Waiter:
    """Waits for many jobs together: rounds of 1 s growing to 5 s, in each at most one status read per unfinished job.

    deadline: moment of time.monotonic() when waiting ends. report: called with a line when a status changes.
    """

    def __init__(self, client: Client, deadline: float, report: t.Callable[[str], None] | None = None) -> None:
        self._client, self._deadline, self._report = client, deadline, report
        self._bad_reads: dict[str, int] = {}

    def wait(self, jobs: t.Sequence[Job]) -> Ended:
        """Wait until every job ended or time is up, and tell how each ended. Raises nothing for a failed job."""
        ended = Ended()
        pending = list(jobs)
        pause = _FIRST_ROUND
        while pending and self._sleep(pause):
            statuses = map_concurrently(self._read, pending)
            for job, status in zip(list(pending), statuses, strict=True):
                if self._sorted(ended, job, status):
                    pending.remove(job)
            pause = min(pause * 2, _LONGEST_ROUND)
        ended.unfinished = pending
        return ended

    def _sleep(self, pause: float) -> bool:
        """Sleep for a round, the last one cut short by the deadline; False when no time is left."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(pause, left))
        return True

    def _read(self, job: Job) -> str | ClcError:
        """Read a job's status once, without retries: the next round asks again anyway."""
        try:
            body = self._client.get(job.path, service=job.service, repeat=False).body
        except (NotFound, ServerError, TooManyRequests, AnswerLost, NotSent) as error:
            return error
        if not isinstance(body, dict):
            return ""
        if job.seen:
            job.seen(body)
        return str(body.get(job.member, ""))

    def _sorted(self, ended: Ended, job: Job, status: str | ClcError) -> bool:
        """Note what a read showed; True when the job is over."""
        if isinstance(status, NotFound) and job.gone_is_done:
            ended.statuses[job.id] = "gone"
            ended.succeeded.append(job)
            return True
        if isinstance(status, ClcError):
            bad = self._bad_reads[job.id] = self._bad_reads.get(job.id, 0) + 1
            if bad < _BAD_READS:
                return False
            gone = isinstance(status, NotFound)
            ended.statuses[job.id] = "vanished" if gone else "unreadable"
            ended.failed.append(job)
            return True
        self._bad_reads[job.id] = 0
        if self._report and ended.statuses.get(job.id) != status:
            self._report(f"job {job.id} ({', '.join(job.things) or 'no server named'}): {status}")
        ended.statuses[job.id] = status
        word = folded(status)
        if word in job.succeeded:
            ended.succeeded.append(job)
        elif word in job.failed:
            ended.failed.append(job)
        return word in job.succeeded or word in job.failed
