# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module `environment`: validate, take one snapshot, plan, and carry out what the plan says.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import contextlib
import typing as t
from collections import deque

from ..api.errors import ClcError, InvalidOptionError, InvalidTaskError, JobError, NoSuchResource, error_context
from ..api.reads import ReadCache
from ..convergence import Result, lock_names
from ..kit.lookup import format_list
from ..kit.resource import Resource
from ..kit.task import Task
from .declared import MODULES
from .items import Item, chosen_kinds, items_of
from .kinds import BY_NAME
from .leftovers import Leftovers, purged_kinds
from .planning import Outcome, Plan, summary_of
from .scheduler import Scheduler
from .workshop import Workshop, without_servers


class Environment:
    """One run on the items of a task."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self._messages: deque[tuple[t.Callable[[str], None], str]] = deque()
        self.undeclared: list[dict[str, str]] = []
        kinds = chosen_kinds(task.option("kinds") or None)
        self.items = items_of(task.params, kinds, lambda: task.data_center, task.state)
        self.purged = purged_kinds(task) & kinds
        # Without purge, what has been read anyway is reported.
        self.looked_for = self.purged | {name for name in kinds & _REPORTED if task.option(name) is not None}

    def validate(self) -> None:
        """Raise InvalidOptionError for items whose options cannot be right, before anything is read."""
        workshop = self._workshop(is_planning=True)
        for item in self.items:
            try:
                MODULES[item.kind.module].check_options(workshop.item_task(item, without_servers(item)))
            except InvalidOptionError as error:
                raise InvalidOptionError(f"{error.target} of {item.label}", error.cause, error.help_text) from None

    def _workshop(self, *, is_planning: bool) -> Workshop:
        # Nothing is reported or warned of twice: a plan that is carried out leaves that to the work itself.
        is_heard = self.task.check_mode or not is_planning
        return Workshop(
            self.task,
            is_planning,
            warn=lambda message: self._messages.append((self.task.warn, message)) if is_heard else None,
            report=lambda line: self._messages.append((self.task.report, line)),
        )

    def _flush(self) -> None:
        """Say what threads have had to say, in the thread of the task."""
        while self._messages:
            say, message = self._messages.popleft()
            say(message)

    def run(self) -> Result:
        """Return the result of the module. Raises ClcError."""
        self.validate()
        self.task.client.reads = ReadCache()
        if not self.task.check_mode:
            self._wait_for_builds()
        workshop = self._workshop(is_planning=True)
        plan = Plan(workshop)
        plan.add(self.items)
        self._add_deletions(plan, workshop)
        self._flush()
        self._check_digest(plan)
        if self.task.check_mode or not plan.changes:
            return self._result(plan, list(plan.outcomes.values()))
        return self._carry_out(plan, workshop)

    def _wait_for_builds(self) -> None:
        """Wait for servers that an earlier run has left under construction.

        What depends on them cannot be planned, and they cannot be deleted.
        Raises JobError if they are not built within the time of the task.
        """
        workshop, building = self._workshop(is_planning=True), list[Resource]()
        for item in self.items:
            # A fleet whose group does not exist yet has no servers.
            with contextlib.suppress(NoSuchResource):
                fleets = workshop.resources(item) if item.kind.name == "servers" else []
                for fleet in fleets:
                    fleet.find()
                    building += [] if fleet.is_stable() else [fleet]

        def are_built() -> bool:
            for fleet in building:
                fleet.find()
            return all(fleet.is_stable() for fleet in building)

        if building:
            self.task.report("waiting for servers that an earlier run has left under construction")
            self.task.poll_until(are_built, self.task.seconds_left)
            are_built()
            self.task.client.forget_reads()

    def _add_deletions(self, plan: Plan, workshop: Workshop) -> None:
        """Plan to delete what the data does not declare, if purge names its kind, and keep the rest for the result."""
        if self.task.state == "absent" or not self.looked_for:
            return
        declared = self.items
        if self.task.option("kinds"):
            declared = items_of(self.task.params, BY_NAME, lambda: self.task.data_center, self.task.state)
        leftovers = Leftovers(plan, workshop, declared, self.looked_for)
        plan.add(leftovers.deletions(self.purged))
        self.undeclared = leftovers.entries_of(self.looked_for - self.purged)
        if self.undeclared:
            names = format_list(f"{BY_NAME[entry['kind']].title} {entry['name']}" for entry in self.undeclared)
            kinds = format_list(sorted({entry["kind"] for entry in self.undeclared}))
            self.task.warn(
                f"The data does not declare {names}. Add them to the data, or delete them with purge for {kinds}."
            )

    def _check_digest(self, plan: Plan) -> None:
        expected = self.task.option("plan_digest")
        if expected and expected != plan.digest:
            raise InvalidTaskError(
                f"the plan has the digest {plan.digest}, not {expected}: the account or the data has changed since",
                action="carry out",
                target="the plan of the environment",
                help_text="Plan again, and look at the new plan. Nothing was changed.",
                plan=[plan.outcomes[item].show() for item in plan.changes],
            )

    def _carry_out(self, plan: Plan, planned: Workshop) -> Result:
        workshop = self._workshop(is_planning=False)
        workshop.fleets.update((item, fleet) for item, fleet in planned.fleets.items() if not plan.outcomes[item].steps)

        def forget() -> None:
            self.task.client.forget_reads()
            workshop.cache.clear()

        scheduler = Scheduler(self.task, workshop.resources, forget, self._flush)
        with self._locks(plan):
            scheduler.run(plan.changes)
        done = dict(plan.outcomes)
        for item in plan.changes:
            done[item] = Outcome(item)
            for work in scheduler.works.get(item, []):
                if work.result is not None:
                    done[item].add(work.resource, work.result)
        if scheduler.failed:
            raise self._failure(plan, scheduler, done)
        return self._result(plan, list(done.values()))

    @contextlib.contextmanager
    def _locks(self, plan: Plan) -> t.Iterator[None]:
        """Hold all locks of the run in one order: with a part of them, it could wait for a task that waits for this one."""
        names = {name for outcome in plan.outcomes.values() for each in outcome.resources for name in lock_names(each)}
        with contextlib.ExitStack() as stack:
            for name in sorted(names):
                stack.enter_context(self.task.lock(name))
            yield

    def _failure(self, plan: Plan, scheduler: Scheduler, done: t.Mapping[Item, Outcome]) -> ClcError:
        """Return the error of a run of which a part has failed: what was done, and what is left for the next run."""
        errors = [(item, work.error) for item, works in scheduler.works.items() for work in works if work.error]
        begun = {item for item, _error in errors}
        errors += [(item, error) for item, error in scheduler.failed.items() if item not in begun]
        steps = [step.label for works in scheduler.works.values() for work in works for step in work.resource.done]
        left = [*dict.fromkeys(item for item, _error in errors), *scheduler.skipped]
        return JobError(
            f"{len(errors)} of its parts failed: {' '.join(f'{item.label}: {error}' for item, error in errors)}".rstrip(
                "."
            ),
            action="build" if self.task.state != "absent" else "delete",
            target="the environment",
            help_text="Everything that does not depend on them was done. Run the task again to continue.",
            changed=bool(steps),
            done=steps,
            pending=[plan.outcomes[item].show() for item in left],
            failures=[{"kind": item.kind.name, "name": item.name, "msg": str(error)} for item, error in errors],
            summary=summary_of(done.values()),
        )

    def _result(self, plan: Plan, outcomes: t.Sequence[Outcome]) -> Result:
        result: Result = {
            "changed": bool(plan.changes),
            "summary": summary_of(outcomes),
            "plan": [plan.outcomes[item].show() for item in plan.changes],
            "plan_digest": plan.digest,
            "undeclared": self.undeclared,
        }
        if self.task.diff_mode:
            changed = [outcome for outcome in outcomes if outcome.steps]
            result["diff"] = {
                side: {each.item.label: [d[side] for d in each.diffs] for each in changed} for side in _SIDES
            }
        return result


_SIDES = ("before", "after")
# Kinds of which a plan has read all that the data could declare.
_REPORTED = {
    "server_groups",
    "servers",
    "firewall_policies",
    "shared_load_balancers",
    "load_balancers",
    "load_balancer_pools",
}


def run(task: Task) -> Result:
    """Bring the account to what the lists of a task describe, or predict it."""
    with error_context("manage", "the environment"):
        return Environment(task).run()
