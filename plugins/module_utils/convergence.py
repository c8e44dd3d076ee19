# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one way from what a task wants to what the service has: find -> compare -> plan -> apply -> wait -> result.

A resource plans one stage of steps after the other from what it has read; this engine carries a stage out, waits for all its
jobs together, lets the service come to rest, and has the resource plan again until nothing is left to do. In check mode the
steps are predicted instead of sent, by the same loop, so that a prediction is made of the same parts as a result. Actions
(kit.declaration.Action) go through the same engine; their steps are carried out once.

`changed`, `diff` and the prediction are set here and nowhere else.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import copy
import time
import typing as t

from .api.errors import ClcError, JobError, ResponseLost, error_context
from .api.jobs import Job, QueueResult, Rejection, Waiter, WaitResult, parse_queue_response
from .api.pool import map_concurrently
from .kit.lookup import require_identifier
from .kit.recovery import wait_for_effect
from .kit.resource import Action, Resource
from .kit.steps import Step

Result = dict[str, t.Any]
_MOST_STAGES = 50
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 5.0
# How long a change is looked for whose response was lost: without any response, and after a success whose body was lost (adding
# a public address was recorded with 235 s).
_LOST_SECONDS, _ACCEPTED_SECONDS = 60.0, 300.0


def converge(resource: Resource) -> Result:
    """Bring the service to what the task wants, or predict it, and return the module's result.

    Any ClcError that comes out carries in its details what was done before it: `changed`, `done` and the resource's own keys.
    """
    task = resource.task
    before: Result = {}
    try:
        with error_context("manage", resource.title), _held(resource):
            for options in resource.identified_by:
                require_identifier(task, resource.title, *options)
            resource.find()
            if not task.check_mode and task.wait:
                _settle(resource, [])
            before = copy.deepcopy(resource.show())
            after, rest = _foreseen(resource) if task.check_mode else _reached(resource)
    except ClcError as error:
        error.details.update(_partial_result(resource))
        raise
    result: Result = {"changed": bool(resource.done), **after, **rest}
    if task.diff_mode:
        result["diff"] = {"before": _lasting(resource, before), "after": _lasting(resource, after)}
    return result


@contextlib.contextmanager
def _held(resource: Resource) -> t.Iterator[None]:
    """Hold what only one task of a run may change at a time; always in one order, so that no two tasks wait for each other."""
    held = resource.lock_names() or ()
    with contextlib.ExitStack() as holding:
        for name in [] if resource.task.check_mode else sorted({held} if isinstance(held, str) else {*held}):
            holding.enter_context(resource.task.lock(name))
        yield


def info_result(key: str, found: t.Sequence[t.Any]) -> Result:
    """Return the result of an info module: one key that is always a list, and never a change."""
    return {"changed": False, key: list(found)}


# Check mode


def _foreseen(resource: Resource) -> tuple[Result, Result]:
    """Predict all stages on the resource's own model."""
    _foresee(resource)
    rest: Result = {} if resource.task.wait else {"jobs": [], "pending": [step.label for step in resource.done]}
    return resource.show(), rest


def _foresee(resource: Resource) -> None:
    for _stage in range(_MOST_STAGES):
        stage = resource.plan()
        if not stage:
            return
        for step in stage:
            step.predict()
            resource.done.append(step)
    raise JobError("the plan never came to its end", action="predict", target=resource.title)


# The real thing


def _reached(resource: Resource) -> tuple[Result, Result]:
    """Carry out stage after stage until nothing is left, or, without waiting, until the first stage that was queued."""
    for _stage in range(_MOST_STAGES):
        stage = resource.plan()
        if not stage:
            return resource.show(), ({} if resource.task.wait else {"jobs": [], "pending": []})
        queued = _carry_out(resource, stage)
        if queued.jobs and not resource.task.wait:
            return _left_to_itself(resource, stage, queued.jobs)
        ended = Waiter(resource.task.client, resource.task.deadline, resource.task.report).wait(queued.jobs)
        _check(resource, stage, ended, queued.rejections)
        resource.find()
        _settle(resource, stage)
    raise JobError("the plan never came to its end", action="change", target=resource.title)


def _left_to_itself(resource: Resource, stage: t.Sequence[Step], jobs: t.Sequence[Job]) -> tuple[Result, Result]:
    """Without waiting: return what is there right after the first queued stage, its jobs, and the steps still to come."""
    resource.submitted(jobs)
    carried_out = list(resource.done)
    for step in stage:
        step.predict()
    _foresee(resource)
    pending = [step.label for step in resource.done[len(carried_out) :]]
    resource.done = carried_out
    resource.find()
    told = [{"id": job.id, "service": job.service, "path": job.path, "targets": sorted(job.target_ids)} for job in jobs]
    return resource.show(), {"jobs": told, "pending": pending}


def _carry_out(resource: Resource, stage: t.Sequence[Step]) -> QueueResult:
    """Send the steps of a stage and take their answers in.

    The first step goes alone: where the service refuses it for a reason that holds for all, nothing else was sent. The
    others go together through a bounded pool. Failures among those are told once the rest of the stage is under way.
    """
    sent = [_send(stage[0])]
    if isinstance(sent[0], ClcError) and not isinstance(sent[0], ResponseLost):
        raise sent[0]
    sent += map_concurrently(_send, stage[1:])
    queued, failures = QueueResult(), []
    # Answers first and lost ones last: what has an answer of its own cannot be what a lost one made.
    for step, answer in sorted(zip(stage, sent, strict=True), key=lambda pair: isinstance(pair[1], ClcError)):
        try:
            _take_in(resource, step, _answered(resource, step, answer), queued)
        except ClcError as error:
            if error.details.get("accepted"):
                resource.done.append(step)  # a success was sent for it, whatever became of the body
            failures.append(error)
    if failures:
        _tell_failures(resource, stage, queued, failures)
    return queued


def _send(step: Step) -> t.Any:
    """Send a step; an Answer, or the error instead of raising it."""
    try:
        return step.send()
    except ClcError as error:
        error.action, error.target = error.action or step.phrase, error.target or step.target
        return error


def _answered(resource: Resource, step: Step, answer: t.Any) -> QueueResult:
    if isinstance(answer, ResponseLost):
        return step.recover(answer) if step.recover else _read_back(resource, step, answer)
    if isinstance(answer, ClcError):
        raise answer
    return step.parse(answer) if step.parse else parse_queue_response(resource.task.client, answer, step.target_ids)


def _read_back(resource: Resource, step: Step, lost: ResponseLost) -> QueueResult:
    """After a lost response: read until the resource no longer plans the step, which then was done. Raises the error otherwise."""
    if isinstance(resource, Action):
        raise lost  # its steps are planned until this run has carried them out, so that reads decide nothing

    def is_visible() -> bool | None:
        try:
            resource.find()
            return None if any(step.key.includes(planned.key) for planned in resource.plan()) else True
        except ClcError:
            return None  # it cannot be read or planned for now, and the lost response is what the user has to see

    seconds = _ACCEPTED_SECONDS if lost.details.get("accepted") else _LOST_SECONDS
    wait_for_effect(resource.task, lost, is_visible, lost.help_text, seconds)
    return QueueResult()


def _take_in(resource: Resource, step: Step, queued: QueueResult, into: QueueResult) -> None:
    """Add what a step queued to the stage's whole, and the step to what was done.

    That is without the things that were refused, and those that someone else has brought to the wanted state meanwhile.
    """
    untouched = {refusal.target for refusal in queued.rejections} | {*queued.unchanged}
    into.jobs += queued.jobs
    into.rejections += queued.rejections
    into.unchanged += queued.unchanged
    step.target_ids = tuple(target for target in step.target_ids if target.lower() not in untouched)
    if step.target_ids or not untouched:
        resource.done.append(step)


def _tell_failures(
    resource: Resource, stage: t.Sequence[Step], queued: QueueResult, failures: t.Sequence[ClcError]
) -> t.NoReturn:
    """After a stage of which some steps failed: let the others come to their end, then raise the first failure."""
    error = failures[0]
    if len(stage) == 1:
        raise error
    if queued.jobs and resource.task.wait:
        ended = Waiter(resource.task.client, resource.task.deadline, resource.task.report).wait(queued.jobs)
        error.details["jobs"] = _statuses(ended)
    elif queued.jobs:
        error.details["jobs"] = [
            {"id": job.id, "status": None, "targets": sorted(job.target_ids)} for job in queued.jobs
        ]
    error.details["failures"] = [str(failure) for failure in failures]
    if len(failures) > 1 or len(stage) > 1:
        error.help_text = (
            f"{error.help_text} {len(failures)} of {len(stage)} steps failed, the others were carried out.".strip()
        )
    raise error


def _check(resource: Resource, stage: t.Sequence[Step], ended: WaitResult, refusals: t.Sequence[Rejection]) -> None:
    """Raise JobError where a job of a stage did not succeed or a thing was refused; the service tells no more than that."""
    if not (ended.failed or ended.unfinished or ended.unknown or refusals):
        return
    limit = resource.task.wait_timeout
    told = [f"{_things(job)} failed (job {job.id}: {ended.statuses.get(job.id)})" for job in ended.failed]
    told += [
        f"{_things(job)} was not done within wait_timeout, {limit} s (job {job.id}: {ended.statuses.get(job.id, 'never read')})"
        for job in ended.unfinished
    ]
    told += [
        f"it is unknown whether {_things(job)} is done (job {job.id}: {ended.statuses.get(job.id)})"
        for job in ended.unknown
    ]
    told += [f"{refusal.target} was refused: {refusal.reason.rstrip('.')}" for refusal in refusals]
    remedies = ["The service tells no reason for a failed job."] if ended.failed else []
    if ended.unknown:
        remedies.append("The status of the job cannot be read; the work may be done or not.")
    if ended.unfinished:
        remedies.append("The work goes on." if resource.rerun_hint else "The work goes on; run the task again later.")
    raise JobError(
        "; ".join(told),
        action=stage[0].phrase,
        target=stage[0].target if len(stage) == 1 else f"{len(stage)} things",
        help_text=" ".join([*remedies, resource.rerun_hint or "A second run goes on from what is there."]),
        jobs=_statuses(ended),
        refused=[{"server": refusal.target, "reason": refusal.reason} for refusal in refusals],
    )


def _things(job: Job) -> str:
    return ", ".join(job.target_ids) or "the work"


def _statuses(ended: WaitResult) -> list[Result]:
    jobs = [*ended.succeeded, *ended.failed, *ended.unfinished, *ended.unknown]
    return [{"id": job.id, "status": ended.statuses.get(job.id), "targets": sorted(job.target_ids)} for job in jobs]


def _settle(resource: Resource, stage: t.Sequence[Step]) -> None:
    """Read until the service has come to rest and shows what the stage has done.

    A job that succeeded does not mean that reads already show the change (docs/wire-notes.md, sections 2 and 3: snapshots
    linger for minutes, a managed server is under construction for some more). Bounded by the task's time, and by the resource's
    lag for the latter. A task that does not wait does so only until what is done at once is shown, so as not to send it again.
    """
    lag_ends = time.monotonic() + resource.consistency_timeout
    pause = _FIRST_PAUSE
    while True:
        settled = resource.is_stable() or not resource.task.wait
        again = [step.label for step in resource.plan() if _is_of(step, stage)] if settled else []
        if settled and not again:
            return
        if time.monotonic() >= (min(lag_ends, resource.task.deadline) if settled else resource.task.deadline):
            raise JobError(
                f"the service still shows otherwise ({'; '.join(again)})"
                if again
                else "the service did not come to rest in time",
                action="see the change of",
                target=resource.title,
                help_text="Read the thing with its info module before running the task again.",
            )
        time.sleep(min(pause, max(0.0, resource.task.deadline - time.monotonic())))
        pause = min(pause * 2, _LONGEST_PAUSE)
        resource.find()


def _is_of(step: Step, stage: t.Sequence[Step]) -> bool:
    """Return whether a planned step is work of this stage that reads do not show, or not all of it, yet."""
    return any(sent.key.includes(step.key) for sent in stage)


# The result


def _partial_result(resource: Resource) -> Result:
    """What a failure tells of the work before it: read again where that is possible."""
    told: Result = {
        "changed": bool(resource.done) and not resource.task.check_mode,
        "done": [step.label for step in resource.done],
    }
    if resource.done and not resource.task.check_mode:
        try:
            resource.find()
            told.update(resource.show())
        except ClcError:
            pass  # the failure at hand is what the user has to see, not that the service cannot be read any more
    return told


def _lasting(resource: Resource, value: t.Any) -> t.Any:
    """Return a result without the members that change by themselves."""
    if isinstance(value, dict):
        return {key: _lasting(resource, item) for key, item in value.items() if key not in resource.volatile}
    if isinstance(value, list):
        return [_lasting(resource, item) for item in value]
    return value
