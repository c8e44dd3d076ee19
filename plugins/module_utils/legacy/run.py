# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one way in for all modules of the predecessors: their options become those of the new resources, by the tables.

Facts: how the predecessors behave was read in their released code, and in part by running it; docs/migration says what is
different here and why.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import ConfigurationError, doing
from ..convergence import Result
from ..kit.task import Task
from ..options import RENAMED
from ..running import Module
from .rules import RULES
from .table import Table

Work = t.Callable[[Table, Task], Result]


def legacy_module(table: Table, work: Work) -> Module:
    """Return the declaration of a legacy module. work: makes its result, in the old form, from the task with the old options."""

    def checked(task: Task) -> Result:
        refuse(table, task)
        with doing("run", table.name):
            return work(table, task)

    return Module(
        checked,
        table.spec,
        waits=table.waits,
        renamed=RENAMED.get(table.name),
        secret_if=[(option, True) for option in table.secret_if],
        mutually_exclusive=list(table.exclusive),
    )


def refuse(table: Table, task: Task) -> None:
    """Raise ConfigurationError for what cannot be carried out, before anything is read."""
    if table.gone:
        raise ConfigurationError(table.gone, action="run", thing=table.name, remedy=f"Use {table.new}.")
    for one in table.options:
        given = task.option(one.name)
        if one.refused and given is not None:
            raise ConfigurationError(one.refused, action="use", thing=one.name, remedy="Leave it out.")
        if one.required and not given:
            raise ConfigurationError("it is empty", action="use", thing=one.name, remedy="Give at least one.")


def new_options(table: Table, options: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return the new module's options for those of the old one. Says nothing of old options that no single new one replaces."""
    found: dict[str, t.Any] = {name: options[name] for name in ("wait", "wait_timeout") if name in options}
    for one in table.options:
        value = options.get(one.name)
        new = None if value is None or one.becomes is None else ruled(one.rule, one.name, value, options)
        if new is not None and one.becomes is not None:
            found[one.becomes] = table.states.get(new, new) if one.becomes == "state" else new
    return found


def ruled(rule: str, name: str, value: t.Any, options: t.Mapping[str, t.Any]) -> t.Any:
    """Return what a rule makes of the value of the option `name`. Raises ConfigurationError for what it cannot take."""
    try:
        return RULES[rule](value, options)
    except ValueError as error:
        raise ConfigurationError(str(error), action="use", thing=name) from error


def new_task(table: Table, task: Task, **more: t.Any) -> Task:
    """Return the task as the new module would have it. more: new options besides, or in the place of what the table says."""
    return task.with_options({**new_options(table, task.params), **more})


def told_jobs(result: Result) -> Result:
    """Return what a result says besides the resource's own keys: whether it changed, what was queued, and the difference."""
    return {key: result[key] for key in ("changed", "jobs", "pending", "diff") if key in result}


def nothing(table: Table, task: Task) -> Result:
    """Stand for the work of a module that can do none any more; its refusal comes before."""
    raise AssertionError(f"{table.name} is refused before this")
