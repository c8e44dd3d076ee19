# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The plan of an environment: what each item needs, predicted by its resources from one snapshot of the account.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import hashlib
import json
import typing as t
from dataclasses import dataclass, field

from ..api import tree
from ..api.errors import ClcError, InvalidTaskError
from ..api.pool import map_concurrently
from ..convergence import Result, converging
from ..kit.lookup import format_list
from ..kit.resource import Resource
from ..resources.server_group import matching_groups, root_group
from .items import Item, Options
from .workshop import Workshop

COUNTS = ("created", "changed", "unchanged", "deleted")
Counts = dict[str, int]


@dataclass
class Outcome:
    """What the work on an item comes to, predicted or done. results: those of its resources. steps: in words."""

    item: Item
    counts: Counts = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    steps: list[str] = field(default_factory=list)
    diffs: list[Result] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)

    def add(self, resource: Resource, result: Result) -> None:
        """Add the result of one resource of the item."""
        self.resources.append(resource)
        self.steps += [step.label for step in resource.done]
        self.diffs.append(result["diff"])
        if "created_ids" in result:
            _count_servers(self.counts, result)
        else:
            self.counts[_action(resource, result)] += 1

    @property
    def action(self) -> str:
        """What is done to the item as a whole."""
        if not self.steps:
            return "unchanged"
        found = [name for name in ("created", "deleted", "changed") if self.counts[name]]
        return found[0] if len(found) == 1 and not self.counts["unchanged"] else "changed"

    def show(self) -> dict[str, t.Any]:
        """Return the item for a result."""
        return {"kind": self.item.kind.name, "name": self.item.name, "action": self.action, "steps": self.steps}


def _count_servers(counts: Counts, result: Result) -> None:
    """Count the servers of a fleet one by one."""
    created = result["created_ids"]
    changed = [server_id for server_id in result["changed_ids"] if server_id not in created]
    counts["created"] += len(created)
    counts["changed"] += len(changed)
    counts["deleted"] += len(result["removed_ids"])
    counts["unchanged"] += max(0, len(result["servers"]) - len(created) - len(changed))


def _action(resource: Resource, result: Result) -> str:
    """Return what was done to a resource, of which its steps may have created or removed a part."""
    if not resource.done:
        return "unchanged"
    key = getattr(resource, "result_key", None)
    if key:
        existed, exists = (result["diff"][side][key] is not None for side in ("before", "after"))
        return "changed" if existed and exists else "created" if exists else "deleted"
    effects = {step.effect for step in resource.done}
    if getattr(resource.task, "state", "") == "absent":
        return "deleted"
    return "created" if effects == {"created"} else "changed"


class Plan:
    """The outcomes that resources predict, each item after those that it needs. outcomes: by item."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self.outcomes: dict[Item, Outcome] = {}
        # Ids, in lower case, of what the plan deletes.
        self.removed_ids: set[str] = set()

    def add(self, items: t.Sequence[Item]) -> None:
        """Plan these items. Raises InvalidTaskError with all items that cannot be planned."""
        waiting, failures = list(items), list[str]()
        while waiting:
            ready = [item for item in waiting if not any(need in waiting for need in item.needs)]
            waiting = [item for item in waiting if item not in ready]
            if not ready:
                raise InvalidTaskError(
                    f"these refer to each other in a circle: {format_list(item.label for item in waiting)}"
                )
            planned = map_concurrently(self._planned, ready)
            for item, outcome in zip(ready, planned, strict=True):
                if isinstance(outcome, ClcError):
                    failures.append(f"{item.label}: {outcome}")
                    continue
                self._keep(item, outcome)
        if failures:
            raise InvalidTaskError(
                f"{len(failures)} of its items cannot be planned: {' '.join(failures)}".rstrip("."),
                action="plan",
                target="the environment",
                help_text="Nothing was changed.",
                failures=failures,
            )

    def _keep(self, item: Item, outcome: Outcome) -> None:
        self.outcomes[item] = outcome
        if outcome.counts["created"]:
            self._workshop.created.add(item)
        steps = [step for resource in outcome.resources for step in resource.done]
        self.removed_ids |= {target.lower() for step in steps if step.effect == "removed" for target in step.target_ids}

    def _planned(self, item: Item) -> Outcome | ClcError:
        outcome = Outcome(item)
        try:
            for options in self._workshop.expanded(item):
                resource = self._workshop.resource(item, {**options, **self._forced(item)})
                if item.kind.name == "servers":
                    self._workshop.fleets[item] = resource
                try:
                    next(converging(resource, locked=True))
                except StopIteration as stopped:
                    outcome.add(resource, stopped.value)
        except ClcError as error:
            return error
        return outcome

    def _forced(self, item: Item) -> Options:
        """Return the option `force` for a group whose servers are all deleted before it. Raises InvalidTaskError for other groups.

        They would be deleted with it without being in the plan.
        """
        if item.kind.name != "server_groups" or not item.is_absent or item.options.get("force"):
            return {}
        task = self._workshop.item_task(item, item.options)
        group_path = [*_names(item.options.get("parent")), item.options["name"]]
        found = matching_groups(tree.nodes_from(root_group(task, task.data_center)), group_path)
        nodes = [node for top in found for node in tree.nodes_below(top)]
        others = [node for node in nodes if node not in found and node.id.lower() not in self.removed_ids]
        servers = {server_id for node in nodes for server_id in tree.server_ids(node.group)} - self.removed_ids
        if others or servers:
            left = [*("/".join(node.path) for node in others), *sorted(servers)]
            raise InvalidTaskError(
                f"it contains what the data does not describe: {format_list(left)}",
                action="delete",
                target=item.label,
                help_text="Add it to the data, delete it by itself, or set force to true for the group.",
            )
        return {"force": True} if nodes else {}

    @property
    def changes(self) -> list[Item]:
        """The items that are not as desired, in the order of the data."""
        return [item for item, outcome in self.outcomes.items() if outcome.steps]

    @property
    def digest(self) -> str:
        """What two equal plans have in common, and no other plan."""
        text = json.dumps([self.outcomes[item].show() for item in self.changes], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _names(parent: t.Any) -> list[str]:
    return list(parent) if isinstance(parent, list) else [name.strip() for name in str(parent or "").split("/") if name]


def summary_of(outcomes: t.Iterable[Outcome]) -> dict[str, Counts]:
    """Return the counts by kind."""
    found: dict[str, Counts] = {}
    for outcome in outcomes:
        counts = found.setdefault(outcome.item.kind.name, dict.fromkeys(COUNTS, 0))
        for name, number in outcome.counts.items():
            counts[name] += number
    return found
