# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The agent of intrusion prevention (IPS) on servers.

Facts (contract intrusion-prevention.yaml): no call tells whether a server has the agent; installing and removing answer an empty
204, and whether that comes before the work or after it is not documented; removing is a DELETE with a body; installing needs a
running server. What a second installation or removal answers is not documented either.

Left open by the contract, and decided here: a server whose notifications can be read has the agent, and one for which they
answer 404 has none, since the service describes them as those of a server that has it. `force` is there for whom this fails.
After the work the notifications are looked at for a while; where they go on to tell otherwise, that is a warning and no error.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api.answers import Answer
from ...api.errors import AnswerLost, NotFound
from ...api.jobs import Queued
from ...api.pool import map_concurrently
from ...kit.declaration import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task
from ..server import server_result, server_targets
from . import _shared

# How long the notifications are looked at: after the work, and after an answer that was lost.
_SHOWS_SECONDS, _LOST_SECONDS = 300.0, 60.0
# Where a server's entity keeps whether it has the agent; no member of the service is named so.
_HAS = "hasIpsAgent"


class IpsAgents(Resource):
    """The agents of the servers of one task."""

    title = "IPS agents"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.servers: list[Entity] | None = None

    @property
    def _wanted(self) -> bool:
        return self.task.state != "absent"

    def find(self) -> None:
        """Read the servers once, and the notifications of each: at first of all, then of those that work was done on."""
        if self.servers is None:
            self.servers = server_targets.read_targets(self.task)
            self._probe([one for one in self.servers if not one.get("foreseen")])
        else:
            self._probe(self._open())

    def _probe(self, servers: t.Sequence[Entity]) -> None:
        names = [server_result.server_id(one) for one in servers]
        read = map_concurrently(functools.partial(_shared.read_notifications, self.task), names)
        for one, found in zip(servers, read, strict=True):
            one[_HAS] = found is not None

    def _differing(self) -> list[Entity]:
        return [one for one in self.servers or [] if bool(one.get(_HAS)) != self._wanted]

    def _open(self) -> list[Entity]:
        """The servers that this run has worked on and that do not show it yet."""
        return [one for one in self._differing() if self.is_done(self._step(one))]

    def settled(self) -> bool:
        """The agent comes and goes some time after the answer."""
        if self.task.wait and self._open() and not self.task.poll(self._all_shown, _SHOWS_SECONDS):
            self.task.warn(
                f"The notifications of {server_result.label(self._open())} still tell otherwise after "
                f"{_SHOWS_SECONDS:.0f} s. No other call tells whether the agent is there."
            )
        return True

    def _all_shown(self) -> bool:
        self._probe(self._open())
        return not self._open()

    def plan(self) -> list[Step]:
        """Install or remove what is not as wanted, or with `force` on every server, each once a run."""
        meant = (self.servers or []) if self.task.option("force") else self._differing()
        left = [one for one in meant if not self.is_done(self._step(one))]
        if self._wanted:
            server_targets.require_active("install the IPS agent on", left)
            server_targets.require_started("install the IPS agent on", left)
        return [self._step(one) for one in left]

    def _step(self, one: Entity) -> Step:
        name, verb = server_targets.id_of(one) or "", "install" if self._wanted else "remove"
        return Step(
            verb,
            server_result.label([one]),
            send=functools.partial(self._install if self._wanted else self._remove, name),
            predict=lambda: one.update({_HAS: self._wanted}),
            target_ids=(name,),
            phrase=f"{verb} the IPS agent on",
            effect="created" if self._wanted else "removed",
            read=lambda answer: Queued(),
            recover=functools.partial(self._recover, one) if self._wanted else None,
        )

    def _install(self, name: str) -> Answer:
        return self.task.client.post(_shared.AGENT_PATH, _shared.host(self.task, name), service=_shared.SERVICE)

    def _remove(self, name: str) -> Answer:
        """Remove an agent; one that the service does not find is gone."""
        probe = _shared.notifications_path(self.task, name)
        try:
            return self.task.client.delete(
                _shared.AGENT_PATH, json=_shared.host(self.task, name), service=_shared.SERVICE, probe=probe
            )
        except NotFound:
            return Answer(204, None, _shared.SERVICE)

    def _recover(self, one: Entity, error: AnswerLost) -> Queued:
        """After a lost answer to an installation look whether the agent shows up; it is never sent twice."""

        def shown() -> bool:
            self._probe([one])
            return bool(one[_HAS])

        if self.task.poll(shown, _LOST_SECONDS):
            return Queued()
        error.remedy = "The installation may go on: read the server with ips_notification_info before the next run."
        raise error

    def show(self) -> dict[str, t.Any]:
        return {
            "ips_agents": [
                {"server_id": server_targets.id_of(one), "installed": bool(one.get(_HAS))} for one in self.servers or []
            ]
        }
