# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Operations: what handlers receive and return, and the declarations that connect handlers to the contract.

An operation is declared in one place: the decorator has its id, the tables that it writes, and the statuses of its
job; the effects of its job follow as functions:

    @operation("archiveGroup", writes=(Group, Server))
    def archive_group(request: RequestContext) -> HandlerResponse:
        group = group_from_path(request)
        return request.start_job(group.data_center, group_id=group.id)

    @archive_group.effect
    def group_is_archived(world: World, group_id: str, user: str) -> None: ...

Status code, kind of queue, and the link to the job are not repeated, since the contract has them (x-clc-async,
x-clc-poll). `check_declarations` compares all declarations with the contract when the program starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, overload

from clc_simulator.core import jobs
from clc_simulator.core.accounts import Account, User
from clc_simulator.core.clock import Seconds, format_timestamp
from clc_simulator.core.contract import Contract, Operation, load_contract
from clc_simulator.core.entities import World
from clc_simulator.core.eras import experimental_href
from clc_simulator.core.errors import DeclarationError
from clc_simulator.core.faults import FaultEffects
from clc_simulator.core.jobs import Effect, Job, JobFault, JobOwner
from clc_simulator.core.raising import error_statuses

Json = dict[str, Any]
F = TypeVar("F", bound=Callable[..., None])

NO_CACHE = "no-cache"
PRIVATE_CACHE = "max-age=300, private"
"""Cache-Control of the few responses that are recorded with it (docs/wire-notes.md, section 1)."""


@dataclass(frozen=True)
class HandlerResponse:
    """A response. status None is the operation's success status code; body None is an empty body.

    media is the content type of a body that is a string instead of JSON, if the contract does not specify it; headers are
    sent in addition to the usual headers.
    """

    body: Any = None
    status: int | None = None
    location: str | None = None
    media: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StartedJob(HandlerResponse):
    """The response of an operation that has started its work; job is None if the contract has no job for it."""

    job: Job | None = None

    @property
    def link(self) -> Json:
        """The link to the job, for jobs of the v2 queue."""
        assert self.job is not None
        return jobs.status_link(self.job)


@dataclass
class RequestContext:
    """One request as a handler receives it: normalized, validated, and authorized."""

    world: World
    operation: Operation
    path: dict[str, str]
    """Path parameters by the contract's names, as the client wrote them."""
    query: dict[str, Any]
    body: Any
    user: User | None
    """The authenticated user; None for a login."""
    account: Account | None
    """The account of the path or of the header CLC-ALIAS, which the user may act for; None if there is neither."""
    faults: FaultEffects = field(default_factory=FaultEffects)
    """The faults that apply to this request."""
    headers: dict[str, str] = field(default_factory=dict)
    """The headers that the contract lists for the operation, by the contract's names."""

    @property
    def alias(self) -> str:
        """Alias of the account of the path, in upper case."""
        assert self.account is not None
        return self.account.id

    @property
    def user_name(self) -> str:
        """Name of the user, for changeInfo."""
        assert self.user is not None
        return self.user.id

    @property
    def now(self) -> str:
        """The current time in the format of the service."""
        return format_timestamp(self.world.now)

    @property
    def job_fault(self) -> JobFault:
        """The fault of the job that the request starts."""
        return JobFault(self.faults.job, self.faults.job_lag_seconds)

    def parameter(self, name: str) -> Any:
        """Return a query parameter, or None if it is absent or ignored because of a fault."""
        return None if name in self.faults.ignored_parameters else self.query.get(name)

    def start_job(
        self,
        data_center: str = "",
        targets: list[Json] | None = None,
        /,
        *,
        delay: Seconds = 0.0,
        properties: Json | None = None,
        **arguments: Any,
    ) -> StartedJob:
        """Start the work of the operation for the account and user of the request; return the response.

        The effects of the operation run when their share of the job's duration has passed. arguments are passed to them
        by name; with targets, the effects run once per target, with the arguments of the target in addition. data_center
        is the code of the data center whose queue has the job; the contract decides whether there is a job at all. delay
        is the time in seconds between the success of the job and its effects, unless a fault sets it. properties are
        returned with the status of some kinds of jobs.
        """
        fault = self.job_fault
        fault = JobFault(fault.outcome, fault.lag or delay)
        owner = JobOwner(data_center, self.alias, self.user_name)
        all_arguments = [{**arguments, **target} for target in targets] if targets is not None else [arguments]
        job = DECLARED[self.operation.id].start(self.world, owner, all_arguments, fault, properties)
        return StartedJob(self._job_body(job), job=job)

    def _job_body(self, job: Job | None) -> Json | None:
        """Return the response body for a started job, or None if the handler builds it."""
        if job is None or not self.operation.poll:
            return None
        if not self.operation.is_experimental_job:
            return jobs.status_link(job)
        # The alias is as the client wrote it (docs/wire-notes.md, section 2).
        uri = experimental_href(self.world, "getExperimentalOperation", self.path["accountAlias"], job.id)
        return {"operationId": job.id, "uri": uri}


Handler = Callable[[RequestContext], HandlerResponse]


@dataclass(frozen=True)
class _PlannedEffect:
    """An effect of an operation: its share of the job's duration (1.0 is the end), and whether it runs on failure."""

    effect: Effect
    share: float
    on_failure: bool

    def ends_job(self, due: Seconds, job: Job) -> bool:
        """Return whether the effect is what the job is for: it runs at its end, and can change something."""
        return (
            due <= job.started + job.seconds and self.share == 1.0 and bool(self.effect.writes) and not self.on_failure
        )


class DeclaredOperation:
    """A handler and its declaration."""

    def __init__(
        self,
        operation_id: str,
        handler: Handler,
        writes: frozenset[type],
        statuses: tuple[str, ...] | None,
        cache_control: str,
        cacheable: bool,
    ) -> None:
        self.id = operation_id
        self.handler = handler
        self.writes = writes
        self.cache_control = cache_control
        self.cacheable = cacheable
        """Whether the response depends on the request and the state only, not on the time."""
        self._statuses = statuses
        self._effects: list[_PlannedEffect] = []

    def __call__(self, request: RequestContext) -> HandlerResponse:
        return self.handler(request)

    def respond(self, request: RequestContext) -> HandlerResponse:
        """Run the handler; it may write the declared tables only."""
        visibility = request.world.visibility
        making = visibility.next_change(request.faults.partly_visible)
        with visibility.applying(making), request.world.writing(self.writes):
            return self.handler(request)

    def respond_in_part(self, request: RequestContext) -> HandlerResponse | None:
        """Respond to a read that shows changes in part, and count it; None if it shows nothing of them."""
        world = request.world
        complete = self.respond(request)
        partial_views: dict[tuple[str, str], Any] = {}
        for change in world.visibility.changes:
            entities = change.entities(world.tables)
            with world.with_views(entities):
                if self.respond(request) != complete:
                    world.visibility.count_read(change)
                    partial_views |= entities
        with world.with_views(partial_views):
            return self.respond(request) if partial_views else None

    @cached_property
    def contract(self) -> Operation:
        """The operation in the contract."""
        return load_contract().operations[self.id]

    @overload
    def effect(self, function: F) -> F: ...

    @overload
    def effect(self, *, share: float) -> Callable[[F], F]: ...

    def effect(self, function: F | None = None, *, share: float = 1.0) -> F | Callable[[F], F]:
        """Declare the decorated function as an effect, which runs after a share of the job's duration (default: all).

        It receives the world, the arguments of `start_job` that it has parameters for, and the user if it has a
        parameter user. Its name in a state file is OPERATION_ID.FUNCTION_NAME. An effect at or after the end of the job
        does not run if a fault makes the job fail or hang.
        """

        def declare(function: F) -> F:
            return self._plan(function, share, on_failure=False)

        return declare if function is None else declare(function)

    def failure(self, function: F) -> F:
        """Declare the decorated function as the effect that runs if a fault makes the job fail."""
        return self._plan(function, 1.0, on_failure=True)

    def share_effects(self, other: DeclaredOperation) -> None:
        """Use the effects of another operation, those that are declared later included."""
        self._effects = other._effects

    def _plan(self, function: F, share: float, on_failure: bool) -> F:
        effect = jobs.register(f"{self.id}.{function.__name__}", function, self.writes)
        self._effects.append(_PlannedEffect(effect, share, on_failure))
        return function

    def start(
        self,
        world: World,
        owner: JobOwner,
        targets: list[Json],
        fault: JobFault = JobFault(),  # noqa: B008 - it is immutable
        properties: Json | None = None,
    ) -> Job | None:
        """Start the work of the operation and return its job. targets are the arguments of the effects, per target.

        Handlers call `RequestContext.start_job`; this method is for work without a request. Return None if the contract
        has no job for the operation. Raise TypeError if an argument is missing, or if no effect accepts it.
        """
        job = None
        if self.contract.has_job:
            default = jobs.EXPERIMENTAL if self.contract.is_experimental_job else jobs.SHORT
            job = jobs.add_job(world, owner, self._statuses or default, fault, properties)
        for target in targets:
            self._check_arguments(target)
            for planned in self._effects:
                due = _due(world, planned, fault, job is not None)
                if due is not None:
                    ends = job if job is not None and planned.ends_job(due, job) else None
                    planned.effect.schedule(world, due, ends, **planned.effect.arguments(target, owner.user))
        return job

    def _check_arguments(self, target: Json) -> None:
        for name in target:
            if not any(planned.effect.accepts(name) for planned in self._effects):
                raise TypeError(f"no effect of {self.id} has a parameter {name}")


def _due(world: World, planned: _PlannedEffect, fault: JobFault, has_job: bool) -> Seconds | None:
    """Return when an effect is due, or None if it does not run."""
    if planned.share < 1.0:
        return world.now + planned.share * world.job_seconds
    if planned.on_failure != (fault.outcome == "fail") or fault.outcome == "hang":
        return None
    # A failure is visible when the job ends; only the effects of a success can be later than the job.
    lag = 0.0 if planned.on_failure and has_job else fault.lag
    return world.now + planned.share * world.job_seconds + lag


DECLARED: dict[str, DeclaredOperation] = {}
"""All operations that have a handler, by id. For any other operation of the contract the response is 501."""


def operation(
    operation_id: str,
    *,
    writes: tuple[type, ...] = (),
    statuses: tuple[str, ...] | None = None,
    cache_control: str = NO_CACHE,
    cacheable: bool = False,
    work_of: DeclaredOperation | None = None,
) -> Callable[[Handler], DeclaredOperation]:
    """Declare the decorated function as the handler of an operation of the contract.

    writes are the entities whose tables the handler and its effects may change; any other write raises UndeclaredWrite.
    statuses are the statuses of its job in order; the default depends on the queue in the contract. work_of is an operation whose
    effects are also those of this one, if both do the same work at different paths. The handler raises errors.ApiError for
    an error response, which undoes its changes; a response with an error status that it returns keeps them. Raise
    DeclarationError if another handler has the operation.
    """

    def register(handler: Handler) -> DeclaredOperation:
        if operation_id in DECLARED:
            modules = f"{DECLARED[operation_id].handler.__module__} and {handler.__module__}"
            raise DeclarationError(f"operation {operation_id} is declared twice: in {modules}")
        declared = DeclaredOperation(operation_id, handler, frozenset(writes), statuses, cache_control, cacheable)
        if work_of is not None:
            declared.share_effects(work_of)
        DECLARED[operation_id] = declared
        return declared

    return register


def check_declarations(contract: Contract) -> None:
    """Raise DeclarationError if a handler or an effect belongs to an operation that the contract does not have.

    Also raise it if an operation does not declare the status of an error that its handler or a stage before it can raise.
    """
    for operation_id, declared in DECLARED.items():
        if operation_id not in contract.operations:
            module = declared.handler.__module__
            raise DeclarationError(f"the contract has no operation {operation_id}, which {module} declares")
        specified = contract.operations[operation_id]
        undeclared = (error_statuses(declared.handler) | specified.stage_errors) - specified.responses.keys()
        if undeclared:
            statuses = ", ".join(str(status) for status in sorted(undeclared))
            raise DeclarationError(f"{operation_id} can respond with {statuses}, which the contract does not declare")
    for name, operation_id in jobs.effect_operations().items():
        if operation_id not in contract.operations:
            raise DeclarationError(f"the contract has no operation {operation_id}, to which the effect {name} belongs")
