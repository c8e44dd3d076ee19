# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module `environment_info`: which part of the account it reads, and its result.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ..api.errors import InvalidOptionError, error_context
from ..api.reads import ReadCache
from ..convergence import Result
from ..kit.lookup import format_list
from ..kit.references import group_reference
from ..kit.task import Task
from .export import Export, belongs_to_groups, within_groups
from .items import Item, chosen_kinds
from .kinds import KINDS
from .survey import Survey, data_centers, groups_named


def run(task: Task) -> Result:
    """Return what an account has, or what is below some groups, as data for the module `environment`."""
    kinds = chosen_kinds(task.option("kinds"))
    with error_context("read", "the environment"):
        task.client.reads = ReadCache()
        survey = _survey(task)
        export = Export(survey)
        if survey.select is not None and task.option("kinds") is None:
            kinds = {kind.name for kind in KINDS if belongs_to_groups(kind)}
        found = {kind.name: export.items(kind) for kind in KINDS if kind.name in kinds}
        if survey.select is not None:
            kept = within_groups([item for items in found.values() for item in items], survey)
            found = {name: [item for item in items if item in kept] for name, items in found.items()}
    return {
        "changed": False,
        "environment": {name: [item.options for item in items] for name, items in found.items() if items},
        "omitted": _of_items(export.omitted, found),
    }


def _of_items(omitted: t.Sequence[dict[str, t.Any]], found: t.Mapping[str, t.Sequence[Item]]) -> list[dict[str, t.Any]]:
    """Return what was omitted, without options of items that are not exported."""
    names = {(name, item.name) for name, items in found.items() for item in items}
    return [entry for entry in omitted if not entry["options"] or (entry["kind"], entry["name"]) in names]


def _survey(task: Task) -> Survey:
    """Return a survey of the data centers and groups of the task. Raises InvalidOptionError for a group that does not exist."""
    codes = [str(code).upper() for code in task.option("data_centers") or []] or data_centers(task)
    specs = task.option("groups")
    if specs is None:
        return Survey(task, codes)
    references = [group_reference("groups", spec) for spec in specs]
    selected: dict[str, set[str]] = {code: set() for code in codes}
    for reference in references:
        for code in codes:
            selected[code].update(groups_named(task, code, reference))
        if not any(groups_named(task, code, reference) for code in codes):
            raise InvalidOptionError(
                "groups",
                f"group '{reference}' does not exist in {format_list(codes)}",
                "Check groups and data_centers.",
            )
    # Without kinds, nothing is read that does not belong to groups.
    read = codes if task.option("kinds") else [code for code in codes if selected[code]]
    return Survey(task, read, selected.__getitem__)
