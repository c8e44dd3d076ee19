# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Entry point of all legacy modules: the tables convert their options to those of the new resources.

The behavior of the original modules was determined from their released code, and in part by running it. docs/migration lists
the differences and the reasons.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import copy
import re
import typing as t

from ..api.errors import InvalidOptionError, InvalidTaskError, error_context
from ..convergence import Result
from ..kit import limits, problems
from ..kit.task import Task
from ..options import RENAMED, Spec
from ..running import Module
from .rules import RULES
from .table import Table

Work = t.Callable[[Table, Task], Result]


def legacy_module(table: Table, work: Work, arguments: Spec | None = None) -> Module:
    """Return the declaration of a legacy module. work: returns its result, with the legacy keys, for a task with legacy options.

    arguments: argument spec of the module that replaces it, whose limits apply to the converted options.
    """
    found = limits.take(copy.deepcopy({name: {**entry} for name, entry in (arguments or {}).items()}))

    def check(task: Task) -> None:
        validate(table, task)
        if task.state != "absent":
            _check_limits(table, found, task)

    def run(task: Task) -> Result:
        with error_context("run", table.name):
            return work(table, task)

    return Module(
        run,
        table.spec,
        check=check,
        waits=table.waits,
        renamed=RENAMED.get(table.name),
        secret_if=[(option, True) for option in table.secret_if],
        mutually_exclusive=list(table.exclusive),
    )


def validate(table: Table, task: Task) -> None:
    """Raise InvalidTaskError for a removed module, an unsupported option, or an empty required one."""
    if table.removed_reason:
        raise InvalidTaskError(table.removed_reason, action="run", target=table.name, help_text=table.removed_help)
    for option in table.options:
        value = task.option(option.name)
        if option.unsupported and value is not None:
            raise problems.invalid_option(option.name, option.unsupported, f"Omit {option.name}.")
        if option.required and not value:
            raise problems.invalid_option(option.name, "it is empty", "Check the variable that it comes from.")


def _check_limits(table: Table, found: Spec, task: Task) -> None:
    """Raise InvalidOptionError, with the legacy name, for an option that is outside the limits of the new one."""
    try:
        limits.check(found, new_options(table, task.params), may_be_empty=True)
    except InvalidOptionError as error:
        new, *_below = names = re.split(r"[.\[]", error.target)
        legacy = [option.name for option in table.options if option.renamed_to == new]
        error.target = next((name for name in legacy if name in names), legacy[0] if legacy else error.target)
        raise


def new_options(table: Table, options: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return the options of the new module for legacy options, without those that no single new option replaces."""
    result: dict[str, t.Any] = {name: options[name] for name in ("wait", "wait_timeout") if name in options}
    for option in table.options:
        value = options.get(option.name)
        if value is None or option.renamed_to is None:
            continue
        new = apply_rule(option.rule, option.name, value, options)
        if new is not None:
            result[option.renamed_to] = table.states.get(new, new) if option.renamed_to == "state" else new
    return result


def apply_rule(rule: str, name: str, value: t.Any, options: t.Mapping[str, t.Any]) -> t.Any:
    """Return the value of the option `name`, converted by a rule. Raises InvalidTaskError for an invalid value."""
    try:
        return RULES[rule](value, options)
    except ValueError as error:
        raise problems.invalid_option(name, str(error)) from error


def new_task(table: Table, task: Task, **overrides: t.Any) -> Task:
    """Return the task with the options of the new module. overrides: additional new options, or other values for them."""
    return task.with_options({**new_options(table, task.params), **overrides})


def job_result(result: Result) -> Result:
    """Return the keys that a result has in addition to the resource: changed, jobs, pending, and diff."""
    return {key: result[key] for key in ("changed", "jobs", "pending", "diff") if key in result}


def removed_work(table: Table, task: Task) -> Result:
    """Stand in for the work of a removed module, which `validate` rejects before."""
    raise AssertionError(f"{table.name} is rejected before this")
