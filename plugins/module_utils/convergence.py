# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bring the service to the state that a task describes: find -> compare -> plan -> apply -> wait -> result.

A resource plans one stage of steps after the other from what it has read; this engine carries a stage out, waits for all its
jobs together, waits until the resource is stable, and has the resource plan again until nothing is left to do. In check mode the
steps are predicted instead of sent, by the same loop, so that a prediction is made of the same parts as a result. Actions
(kit.resource.Action) go through the same engine; their steps are carried out once.

`changed`, `diff`, and the prediction are set here and nowhere else.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import time
import typing as t
from dataclasses import dataclass

from .api import tokens
from .api.errors import (
    UNREADABLE,
    ClcError,
    HttpStatusError,
    InvalidTaskError,
    JobError,
    NotFound,
    ResponseLost,
    error_context,
)
from .api.jobs import FIRST_DELAY, Job, QueueResult, Waiter, WaitResult, next_delay, parse_queue_response
from .api.pool import map_concurrently
from .api.responses import HELP
from .kit.failures import check_jobs, raise_failures
from .kit.lookup import require_identifier
from .kit.recovery import wait_for_effect
from .kit.resource import Action, Resource
from .kit.steps import Step

Result = dict[str, t.Any]
T = t.TypeVar("T")
_MAX_STAGES = 50
# Seconds between two tries of a read that fails.
_RETRY_SECONDS = 5.0
# How long a change is looked for whose response was lost: without any response, and after a success whose body was lost (adding
# a public address was recorded with 235 s).
_LOST_SECONDS, _ACCEPTED_SECONDS = 60.0, 300.0


@dataclass(frozen=True)
class Pause:
    """What a convergence waits for before it goes on: jobs, otherwise the next look at the service, in some seconds."""

    jobs: tuple[Job, ...] = ()
    seconds: float = 0.0


# Work that pauses, and goes on with how the jobs have ended.
Convergence = t.Generator[Pause, WaitResult, T]


def converge(resource: Resource) -> Result:
    """Bring the service to what the task wants, or predict it, and return the module's result. Raises what `converging` raises."""
    task, work = resource.task, converging(resource)
    ended = WaitResult()
    try:
        pause = next(work)
        while True:
            if pause.jobs:
                ended = Waiter(task.client, task.deadline, task.report).wait(pause.jobs)
            elif pause.seconds:
                time.sleep(min(pause.seconds, task.seconds_left))
            pause = work.send(ended)
    except StopIteration as stopped:
        result: Result = stopped.value
        return result


def converging(resource: Resource, *, locked: bool = False) -> Convergence[Result]:
    """Yield what a convergence waits for, so that many of them can wait together, and return the module's result.

    locked: whether the caller holds the locks of the resource. Any ClcError that is raised has in its details what was done
    before it: `changed`, `done`, and the resource's own keys.
    """
    task = resource.task
    before: Result = {}
    try:
        with error_context("manage", resource.title), contextlib.nullcontext() if locked else locks([resource]):
            for options in resource.identified_by:
                require_identifier(task, resource.title, *options)
            if not resource.manages_prediction:
                resource.find()
            if not task.check_mode:
                yield from _finish_interrupted_create(resource)
            if not task.check_mode and task.wait:
                yield from _wait_until_stable(resource, [])
            before = copy.deepcopy(resource.show())
            after, jobs = _predict(resource) if task.check_mode else (yield from _apply(resource))
    except ClcError as error:
        error.details.update(_partial_result(resource))
        raise
    result: Result = {"changed": bool(resource.done), **after, **jobs}
    if task.diff_mode:
        result["diff"] = {"before": _without_volatile(resource, before), "after": _without_volatile(resource, after)}
    return result


@contextlib.contextmanager
def locks(resources: t.Sequence[Resource]) -> t.Iterator[None]:
    """Hold what only one task of a run may change at a time; always in one order, so that no two tasks wait for each other."""
    by_name = {name: resource.task for resource in resources for name in lock_names(resource)}
    with contextlib.ExitStack() as stack:
        for name, task in sorted(by_name.items(), key=lambda pair: pair[0]):
            if not task.check_mode:
                stack.enter_context(task.lock(name))
        yield


def lock_names(resource: Resource) -> set[str]:
    """Return the names of the locks of a resource."""
    names = resource.lock_names() or ()
    return {names} if isinstance(names, str) else {*names}


def info_result(key: str, found: t.Sequence[t.Any]) -> Result:
    """Return the result of an info module: one key that is always a list, and never a change."""
    return {"changed": False, key: list(found)}


def _finish_interrupted_create(resource: Resource) -> Convergence[None]:
    """Wait for what an earlier run has started to create, so that this one does not create it again."""
    task, create = resource.task, resource.interrupted_create()
    if create is None:
        return
    task.report("an earlier run started to create it; waiting until it is listed")
    jobs = resource.resume(create)
    ended = yield from _wait(jobs)
    unfinished = [*ended.unfinished, *ended.unknown]
    if ended.failed:
        resource.forget_create()
        return

    def is_found() -> bool | None:
        resource.find()
        return True if resource.interrupted_create() is None else None

    seconds = resource.created_within if jobs else max(0.0, resource.created_within - create.age)
    if unfinished or not (task.wait_for(is_found, seconds) or task.seconds_left):
        cause = (
            f"job {unfinished[0].id}: {ended.statuses.get(unfinished[0].id)}" if unfinished else "it is not listed yet"
        )
        raise JobError(
            f"an earlier run started to create it, and this has not finished within wait_timeout, {task.wait_timeout} s ({cause})",
            action="manage",
            target=resource.title,
            help_text="Run the task again later; it waits for it. Increase wait_timeout to wait longer.",
        )
    resource.forget_create()


# Check mode


def _predict(resource: Resource) -> tuple[Result, Result]:
    """Predict all stages on the resource's own model."""
    if resource.manages_prediction:
        _predict_on_prediction(resource)
    else:
        _predict_stages(resource, checked=True)
    jobs: Result = {} if resource.task.wait else {"jobs": [], "pending": [step.label for step in resource.done]}
    return resource.show(), jobs


def _predict_on_prediction(resource: Resource) -> None:
    """Predict a change, or the removal, of what an earlier task has predicted, of which nothing can be read."""
    is_removal = resource.task.state == "absent"
    resource.assume()
    resource.done.append(
        Step(
            "delete" if is_removal else "update",
            f"the predicted {resource.title}",
            _send_nothing,
            lambda: None,
            identity=resource.identity,
            effect="removed" if is_removal else "changed",
        )
    )


def _send_nothing() -> t.NoReturn:
    raise AssertionError("a request for what a task in check mode has predicted")


def _predict_stages(resource: Resource, *, checked: bool = False) -> None:
    """Predict stages. checked: whether to look for reasons for which the service would reject a step, as in check mode."""
    for _stage in range(_MAX_STAGES):
        stage = resource.plan()
        if not stage:
            return
        for step in stage:
            if checked:
                _check_step(resource, step)
            step.predict()
            resource.done.append(step)
    raise JobError(f"the plan has not ended after {_MAX_STAGES} stages", action="predict", target=resource.title)


def _check_step(resource: Resource, step: Step) -> None:
    """Raise the error with which the service would reject a step: a user without permission, or an unknown reference."""
    identity = resource.task.client.identity
    if identity and tokens.may_only_read(identity.token):
        raise InvalidTaskError(
            "the roles of the user only allow reading",
            action=step.phrase,
            target=step.target,
            help_text=HELP[403],
        )
    with error_context(step.phrase, step.target):
        resource.check_references(step)


# Outside check mode


def _apply(resource: Resource) -> Convergence[tuple[Result, Result]]:
    """Carry out stage after stage until nothing is left, or, without waiting, until the first stage that was queued."""
    for _stage in range(_MAX_STAGES):
        stage = resource.plan()
        if not stage:
            _warn_of_twins(resource)
            resource.forget_create()
            return resource.show(), ({} if resource.task.wait else {"jobs": [], "pending": []})
        queued = yield from _carry_out(resource, stage)
        if queued.jobs and not resource.task.wait:
            return _show_queued(resource, stage, queued.jobs)
        ended = yield from _wait(queued.jobs)
        if not _is_done_anyway(resource, stage, ended):
            check_jobs(resource, stage, ended, queued.rejections)
        _patiently(resource, resource.find)
        yield from _wait_until_stable(resource, stage)
    raise JobError(f"the plan has not ended after {_MAX_STAGES} stages", action="change", target=resource.title)


def _is_done_anyway(resource: Resource, stage: t.Sequence[Step], ended: WaitResult) -> bool:
    """Return whether a job failed because the request of an earlier run had been accepted: the second one has nothing to do."""
    if not ended.failed or any(step.effect not in ("created", "removed") for step in stage):
        return False
    return resource.is_done_anyway()


def _wait(jobs: t.Sequence[Job]) -> Convergence[WaitResult]:
    """Wait for jobs; without any, until the others that are under way have sent what they send, so that reads show all of it."""
    ended = yield Pause(tuple(jobs))
    return ended if jobs else WaitResult()


def _show_queued(resource: Resource, stage: t.Sequence[Step], jobs: t.Sequence[Job]) -> tuple[Result, Result]:
    """Without waiting: return what reads return right after the first queued stage, its jobs, and the steps still to come."""
    resource.submitted(jobs)
    carried_out = list(resource.done)
    for step in stage:
        step.predict()
    _predict_stages(resource)
    pending = [step.label for step in resource.done[len(carried_out) :]]
    resource.done = carried_out
    resource.find()
    queued = [
        {"id": job.id, "service": job.service, "path": job.path, "targets": sorted(job.target_ids)} for job in jobs
    ]
    return resource.show(), {"jobs": queued, "pending": pending}


def _warn_of_twins(resource: Resource) -> None:
    """Warn if another client created the same at the same time: the service keeps names not unique, so neither create failed."""
    warning = resource.twin_warning() if resource.has_created else None
    if warning:
        resource.task.warn(warning)


def _carry_out(resource: Resource, stage: list[Step]) -> Convergence[QueueResult]:
    """Send the steps of a stage and record their responses.

    The first step is sent alone: if the service rejects it for a reason that holds for all, nothing else was sent. The others are
    sent together through a bounded pool. Failures among them are raised after the rest of the stage has ended. If another client
    has deleted the target of the first step meanwhile, the stage becomes empty, since the rest has to be planned again.
    """
    responses = [_send(resource, stage[0])]
    if isinstance(responses[0], ClcError) and not isinstance(responses[0], ResponseLost):
        if not _is_gone(resource, stage[0], responses[0]):
            raise responses[0]
        stage.clear()
        return QueueResult()
    responses += map_concurrently(functools.partial(_send, resource), stage[1:])
    queued, failures = QueueResult(), []
    # Lost responses last: what another step has a response for cannot be what a lost one created.
    for step, response in sorted(zip(stage, responses, strict=True), key=lambda pair: isinstance(pair[1], ClcError)):
        try:
            _record(resource, step, _parse(resource, step, response), queued)
        except ClcError as error:
            if error.details.get("accepted"):
                resource.done.append(step)  # the service accepted it, although the body of its response was lost
            failures.append((step, error))
    failures = [(step, error) for step, error in failures if not _is_gone(resource, step, error)]
    if failures:
        ended = None
        if len(stage) > 1 and queued.jobs and resource.task.wait:
            ended = yield from _wait(queued.jobs)
        raise_failures(stage, [error for _step, error in failures], queued.jobs, ended)
    return queued


def _is_gone(resource: Resource, step: Step, error: ClcError) -> bool:
    """Return whether a delete failed with 404 since another client had deleted the same after this run's reads."""
    if step.effect != "removed" or not isinstance(error, NotFound) or isinstance(resource, Action):
        return False
    try:
        resource.find()
        return not any(step.key.includes(planned.key) for planned in resource.plan())
    except ClcError:
        return False  # the user has to see why the service rejected it


def _send(resource: Resource, step: Step) -> t.Any:
    """Send a step and return the response, or the error instead of raising it."""
    try:
        return step.send()
    except ClcError as error:
        error.action, error.target = error.action or step.phrase, error.target or step.target
        if isinstance(error, HttpStatusError):
            resource.explain(error)
        return error


def _parse(resource: Resource, step: Step, response: t.Any) -> QueueResult:
    if isinstance(response, ResponseLost):
        return step.recover(response) if step.recover else _read_back(resource, step, response)
    if isinstance(response, ClcError):
        raise response
    return step.parse(response) if step.parse else parse_queue_response(resource.task.client, response, step.target_ids)


def _read_back(resource: Resource, step: Step, lost: ResponseLost) -> QueueResult:
    """After a lost response: read until the resource no longer plans the step, which then was done. Raises the error otherwise."""
    if isinstance(resource, Action):
        raise lost  # its steps are planned until this run has carried them out, so that reads decide nothing

    def is_visible() -> bool | None:
        try:
            resource.find()
            return None if any(step.key.includes(planned.key) for planned in resource.plan()) else True
        except ClcError:
            return None  # it cannot be read or planned for now, and the user has to see the lost response

    seconds = _ACCEPTED_SECONDS if lost.details.get("accepted") else _LOST_SECONDS
    wait_for_effect(resource.task, lost, is_visible, lost.help_text, seconds)
    return QueueResult()


def _record(resource: Resource, step: Step, queued: QueueResult, total: QueueResult) -> None:
    """Add what a step queued to that of its stage, and the step to what was done.

    Without targets that were rejected, or that another client has brought to the desired state meanwhile.
    """
    untouched = {rejection.target for rejection in queued.rejections} | {*queued.unchanged}
    total.jobs += queued.jobs
    total.rejections += queued.rejections
    total.unchanged += queued.unchanged
    step.target_ids = tuple(target for target in step.target_ids if target.lower() not in untouched)
    if step.target_ids or not untouched:
        resource.done.append(step)


def _wait_until_stable(resource: Resource, stage: t.Sequence[Step]) -> Convergence[None]:
    """Read until the resource is stable and reads return what the stage has done.

    A job that succeeded does not mean that reads already return the change (docs/wire-notes.md, sections 2 and 3: snapshots
    linger for minutes, a managed server is under construction for some more). Bounded by the task's time, and by the resource's
    lag for the latter. A task that does not wait does so only until reads return what is done at once, so as not to send it again.
    """
    lag_ends = time.monotonic() + resource.consistency_timeout
    delay = FIRST_DELAY
    while True:
        is_stable = _patiently(resource, resource.is_stable) or not resource.task.wait
        repeated = [step.label for step in resource.plan() if _is_of(step, stage)] if is_stable else []
        if is_stable and not repeated:
            return
        if time.monotonic() >= (min(lag_ends, resource.task.deadline) if is_stable else resource.task.deadline):
            raise _not_visible(resource, repeated)
        yield Pause(seconds=delay)
        delay = next_delay(delay)
        _patiently(resource, resource.find)


def _patiently(resource: Resource, read: t.Callable[[], T]) -> T:
    """Read after work was sent, for a minute if need be: a read that fails says nothing about the work."""
    ends = min(time.monotonic() + _LOST_SECONDS, resource.task.deadline)
    while True:
        try:
            return read()
        except UNREADABLE:
            if time.monotonic() >= ends:
                raise
            time.sleep(_RETRY_SECONDS)


def _not_visible(resource: Resource, repeated: t.Sequence[str]) -> JobError:
    """Return the error of work that the service reports as done, or accepted, but whose effect reads do not return in time."""
    cause = (
        f"reads do not return the change yet ({'; '.join(repeated)})"
        if repeated
        else "the resource was not stable within the time of the task"
    )
    return JobError(
        cause,
        action="confirm the change of",
        target=resource.title,
        help_text="Read the resource with its info module before you run the task again.",
    )


def _is_of(step: Step, stage: t.Sequence[Step]) -> bool:
    """Return whether a planned step is work of this stage that reads do not return, or not all of it, yet."""
    return any(sent.key.includes(step.key) for sent in stage)


# The result


def _partial_result(resource: Resource) -> Result:
    """Return what was done before a failure, and the current state if it can be read."""
    result: Result = {
        "changed": bool(resource.done) and not resource.task.check_mode,
        "done": [step.label for step in resource.done],
    }
    if resource.done and not resource.task.check_mode:
        try:
            resource.find()
            result.update(resource.show())
        except ClcError:
            pass  # the user has to see the failure at hand, not that the service cannot be read any more
    return result


def _without_volatile(resource: Resource, value: t.Any) -> t.Any:
    """Return a result without the keys whose values change by themselves."""
    if isinstance(value, dict):
        return {key: _without_volatile(resource, item) for key, item in value.items() if key not in resource.volatile}
    if isinstance(value, list):
        return [_without_volatile(resource, item) for item in value]
    return value
