# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers that clc_server counts and makes: any of a group by state and power, lowest ids removed first.

Counted are the servers directly in count_group that are active and started, whatever their name, and, unlike before, those
under construction, so that two runs in a row do not build twice. One that is stopped or paused is not counted, as before:
playbooks rely on its being replaced; a warning tells where that happens.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t
from dataclasses import dataclass

from ..api import tree
from ..api.errors import ConfigurationError, NotThere
from ..kit.declaration import Entity
from ..kit.lookup import listed
from ..kit.steps import Step
from ..kit.task import Task
from ..resources.account import data_center
from ..resources.policy import alert_policy
from ..resources.server import fields as server_fields
from ..resources.server import policies as server_policies
from ..resources.server import public_ips as server_public_ips
from ..resources.server import result as server_result
from ..resources.server.fields import BARE_METAL
from ..resources.server.selection import Selector
from ..resources.server.server import BUILDING, Servers
from .clc_group import visible
from .networks import old_network


@dataclass(frozen=True)
class Number:
    """How many servers are wanted: `more` than there are, or within the bounds of `least` and `most`; None where there is none."""

    more: int | None = None
    least: int | None = None
    most: int | None = None


def place_of(task: Task, wanted: str) -> tree.Place | None:
    """Return the group that an id, a name or a description means, ignoring case; None where there is none.

    Direct children of the root come first, then the others depth first, and the first hit wins, as before; of further ones a
    warning tells. The root itself is never meant.
    """
    code = task.data_center
    places = visible(task, code)[1:]

    def meant(place: tree.Place) -> bool:
        names = (place.id, place.group.get("name"), place.group.get("description"))
        return wanted.lower() in [str(name or "").lower() for name in names]

    found = sorted(filter(meant, places), key=lambda place: len(place.path) > 1)
    if len(found) > 1:
        others = listed(f"'{'/'.join(place.path)}'" for place in found[1:])
        task.warn(f"'{wanted}' means '{'/'.join(found[0].path)}' here, since it comes first; it could mean {others}.")

    return found[0] if found else None


def needed(task: Task, wanted: str) -> tree.Place | None:
    """Return the group that has to be there; None where check mode takes it as made by then. Raises NotThere."""

    def look() -> tree.Place:
        found = place_of(task, wanted)
        if found is None:
            raise NotThere(
                f"there is no group '{wanted}' in {task.data_center}",
                action="find",
                thing="the group",
                remedy="Create it first, or check location and account_alias.",
            )
        return found

    return task.reference(look, None)


class OldFleet(Servers):
    """Servers of a group, made or removed until the number is right; those that exist are not changed."""

    named_by = ()  # the old modules count in a group whatever the names, and have their own words for what is missing
    selecting = Selector(None, frozenset({"active"}), started_only=True, newest_first=False)

    def __init__(self, task: Task, place: tree.Place | None, target: tree.Place | None, number: Number) -> None:
        super().__init__(task, Selector(str(task.option("name") or "")))
        self.group, self.target, self.number = place, target, number
        self.more: int | None = None
        self.doomed: frozenset[str] = frozenset()

    # What there is

    def find(self) -> None:
        super().find()
        known = [server_result.server_id(one) for one in self.members]
        self.members += [
            one
            for one in self.group_servers
            if server_result.server_id(one) in self.doomed and one["id"].lower() not in known
        ]

    def _find_group(self, data_center: str) -> tree.Place | None:
        return self.group

    def mine(self) -> list[Entity]:
        """Return the servers that this run has made, as they are now, sorted by id."""
        return [one for one in self.group_servers if server_result.server_id(one) in self.creator.ids]

    def matches_fleet(self, server_id: str) -> bool:
        """Names do not matter here, so nobody is to be warned of the same one elsewhere."""
        return False

    def settled(self) -> bool:
        """Only what this run has made is waited for."""
        if self.creator.pending_count or any(one["status"] in BUILDING for one in self.mine()):
            return False
        return self.creator.addresses_ready()

    # How many

    def plan(self) -> list[Step]:
        """Those that were there are not changed, and new ones get what they get then by `Completion`."""
        return self._scale_steps()

    def _scale_steps(self) -> list[Step]:
        """The number is looked at once a run: what is made meanwhile is counted by the steps, however it shows."""
        if self.more is None:
            self.more = self._decide()
        missing = self.more - sum(1 for step in self.done if step.effect == "created")
        if missing > 0:
            body = self.creation_body()
            return self.creator.steps(missing, body, lambda: self.members.append(self.predicted(body)))
        return [
            self._delete_step(one)
            for one in self.members
            if one.get("id") and server_result.server_id(one) in self.doomed and one["status"] == "active"
        ]

    def _decide(self) -> int:
        if self.number.more is not None:
            return self.number.more
        counted = [one for one in self.group_servers if self.selecting.counts(one, "")]
        building = [one for one in self.group_servers if one["status"] in BUILDING]
        there = len(counted) + len(building)
        if self.number.least is not None and there < self.number.least:
            self._warn_of_idle()
            return self.number.least - there
        if self.number.most is not None and there > self.number.most:
            ordered = sorted(counted, key=server_result.server_id)
            self.doomed = frozenset(server_result.server_id(one) for one in ordered[: there - self.number.most])
            own = set(map(server_result.server_id, self.members))
            self.members += [one for one in ordered if server_result.server_id(one) in self.doomed - own]
        return 0

    def _warn_of_idle(self) -> None:
        idle = [
            server_result.server_id(one)
            for one in self.group_servers
            if one["status"] == "active" and not self.selecting.counts(one, "")
        ]
        if idle:
            self.task.warn(f"Only servers that run are counted; these do not: {listed(idle)}.")

    # What is made

    def creation_body(self) -> Entity:
        """Return the body of a create, of what the task names looked up only now that something is made."""
        self._refuse_other_group()
        if not self.task.option("name"):
            raise ConfigurationError("name not given", action="create", thing="servers", remedy="Give a base name.")
        bare_metal, given = self.task.option("type") == BARE_METAL, self.task.params
        found = {
            "template": None if bare_metal or not given.get("template") else self._template(given["template"]),
            "network": None if bare_metal and not given.get("network") else self._network(given.get("network")),
            "os_type": self._system(given["os_type"]) if bare_metal and given.get("os_type") else None,
        }
        ignored = ("cpu", "memory_gb", "storage_type") if bare_metal else ("configuration_id",)
        task = self.task.with_options({**given, **found, **dict.fromkeys(ignored)})
        self._check_alert_policies()
        return server_fields.creation_body(task, self.group.id if self.group else None)

    def _check_alert_policies(self) -> None:
        """What new servers get once they are built has to be there before any is made."""
        none: list[str] = []
        for one in self.task.option("alert_policies") or []:
            self.task.reference(functools.partial(alert_policy.ids_of, self.task, [one]), none)

    def _refuse_other_group(self) -> None:
        """What is made in one group and counted in another would be made on every run."""
        if self.number.more is None and self.group and (self.target is None or self.group.id != self.target.id):
            made_in = "/".join(self.target.path) if self.target else self.task.option("group")
            raise ConfigurationError(
                f"they are counted in '{'/'.join(self.group.path)}' and made in '{made_in}'",
                action="reach",
                thing="the number of servers",
                remedy="Give the same group as group and as count_group.",
            )

    def _offered(self, kind: str) -> list[Entity]:
        """Return what the data center offers to new servers."""
        found: list[Entity] = data_center.capabilities(self.task, self.task.data_center).get(kind) or []
        return found

    def _template(self, part: str) -> str:
        """Return the template of this name, else the first whose name has this part, ignoring case."""
        names = [str(one["name"]) for one in self._offered("templates")]
        return self._first_with_part("template", part, names)

    def _system(self, part: str) -> str:
        """Return the operating system for bare metal of this name, else the first whose name has this part."""
        code = self.task.data_center
        center = tree.data_center(self.task.client, self.task.account, code)
        offered = (data_center.bare_metal(self.task, center) or {}).get("operatingSystems") or []
        return self._first_with_part("operating system for bare metal", part, [str(one["type"]) for one in offered])

    def _first_with_part(self, kind: str, part: str, names: t.Sequence[str]) -> str:
        having = [name for name in names if part.lower() in name.lower()]
        exact = [name for name in having if name.lower() == part.lower()]
        if not having:
            raise NotThere(
                f"there is no {kind} '{part}' in {self.task.data_center}",
                action="find",
                thing=f"the {kind}",
                remedy=f"There are: {listed(names) or 'none'}.",
            )
        if len(having) > 1 and not exact:
            self.task.warn(f"'{part}' means the {kind} {having[0]}, the first of: {listed(having)}.")
        return (exact or having)[0]

    def _network(self, wanted: str | None) -> str | None:
        """Return the id of the network that an id, a name or a range means; of the first deployable one where none is named."""
        if wanted and "/" in wanted:
            return str(old_network(self.task, wanted)["id"])
        if wanted:
            return data_center.network_id(self.task, self.task.data_center, wanted)
        first = next(iter(self._offered("deployableNetworks")), None)
        return str(first["networkId"]) if first else None


class Completion(Servers):
    """What new servers get once they are built, alert policies and public addresses, all at once.

    So one refusal keeps no other server from its own.
    """

    def __init__(self, task: Task, names: t.Sequence[str]) -> None:
        kept = ("alert_policies", "public_ip", "wait_timeout")
        super().__init__(task.with_options({**{name: task.option(name) for name in kept}, "server_ids": names}))

    def plan(self) -> list[Step]:
        return [step for server in self._active() for step in self._attach_steps(server)]

    def _attach_steps(self, server: Entity) -> list[Step]:
        return [*server_policies.steps(self.task, server), *server_public_ips.steps(self.task, server)]
