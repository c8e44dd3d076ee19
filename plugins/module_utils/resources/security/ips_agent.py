# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The intrusion prevention (IPS) agents of servers.

API behavior (intrusion-prevention.yaml): no operation returns whether a server has the agent; installing and removing return an
empty 204, and whether this is before or after the work is not documented; removing is a DELETE with a body; installing requires
a running server. The response to a second installation or removal is not documented either.

Not specified by the contract; design decisions: a server whose notifications can be read has the agent, and one for which they
return 404 has none, since the service describes them as those of a server with the agent. `force` is for cases in which this is
wrong. After the work, the notifications are polled for a while; if they do not reflect it, the work has failed.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api.errors import JobError, NotFound, ResponseLost
from ...api.jobs import QueueResult
from ...api.pool import map_concurrently
from ...api.responses import ApiResponse
from ...kit.recovery import wait_for_effect
from ...kit.resource import Entity, Resource
from ...kit.steps import Step
from ...kit.task import Task
from ..server import server_result, server_targets
from . import _shared

# Seconds for which the notifications are polled: after the work, and after a lost response.
_WAIT_SECONDS, _LOST_SECONDS = 300.0, 60.0
# The key of a server's entity for whether it has the agent; no property of the service has this name.
_HAS_AGENT = "hasIpsAgent"


class IpsAgents(Resource):
    """The agents of the servers of a task."""

    title = "IPS agents"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.servers: list[Entity] | None = None

    @property
    def _should_exist(self) -> bool:
        return self.task.state != "absent"

    def find(self) -> None:
        """Read the servers once, and the notifications of all of them first, later only of those that were modified."""
        if self.servers is None:
            self.servers = server_targets.read_targets(self.task)
            self._read_agents([server for server in self.servers if not server.get("predicted")])
        else:
            self._read_agents(self._unconfirmed())

    def _read_agents(self, servers: t.Sequence[Entity]) -> None:
        names = [server_result.server_id(server) for server in servers]
        notifications = map_concurrently(functools.partial(_shared.read_notifications, self.task), names)
        for server, destinations in zip(servers, notifications, strict=True):
            server[_HAS_AGENT] = destinations is not None

    def _different(self) -> list[Entity]:
        return [server for server in self.servers or [] if bool(server.get(_HAS_AGENT)) != self._should_exist]

    def _unconfirmed(self) -> list[Entity]:
        """Return the servers that this run has modified, but whose notifications do not reflect it yet."""
        return [server for server in self._different() if self.is_done(self._step(server))]

    def is_stable(self) -> bool:
        """Wait until the notifications reflect the work, which may finish some time after the response."""
        if not self.task.wait or not self._unconfirmed():
            return True
        left = self.task.seconds_left
        if not self.task.poll_until(self._all_confirmed, _WAIT_SECONDS):
            raise JobError(
                f"its notifications do not reflect the change after {left - self.task.seconds_left:.0f} s, so the work has failed",
                action="install the IPS agent on" if self._should_exist else "remove the IPS agent from",
                target=server_result.label(self._unconfirmed()),
                help_text="The service does not report why. Set wait to false if the notifications are not reliable.",
            )
        return True

    def _all_confirmed(self) -> bool:
        self._read_agents(self._unconfirmed())
        return not self._unconfirmed()

    def plan(self) -> list[Step]:
        """Install or remove agents on servers that differ, or with `force` on every server, once per run."""
        selected = (self.servers or []) if self.task.option("force") else self._different()
        remaining = [server for server in selected if not self.is_done(self._step(server))]
        if self._should_exist:
            server_targets.require_active("install the IPS agent on", remaining)
            server_targets.require_started("install the IPS agent on", remaining)
        return [self._step(server) for server in remaining]

    def _step(self, server: Entity) -> Step:
        name, action = server_targets.id_of(server), "install" if self._should_exist else "remove"
        return Step(
            action,
            server_result.label([server]),
            send=functools.partial(self._install if self._should_exist else self._remove, name),
            predict=lambda: server.update({_HAS_AGENT: self._should_exist}),
            target_ids=(name,),
            phrase=f"{action} the IPS agent on",
            effect="created" if self._should_exist else "removed",
            parse=lambda response: QueueResult(),
            recover=functools.partial(self._recover, server) if self._should_exist else None,
        )

    def _install(self, name: str) -> ApiResponse:
        return self.task.client.post(_shared.AGENT_PATH, _shared.agent_body(self.task, name), service=_shared.SERVICE)

    def _remove(self, name: str) -> ApiResponse:
        """Remove an agent; 404 means that it has been removed already."""
        path = _shared.notifications_path(self.task, name)
        try:
            return self.task.client.delete(
                _shared.AGENT_PATH, json=_shared.agent_body(self.task, name), service=_shared.SERVICE, verify_path=path
            )
        except NotFound:
            return ApiResponse(204, None, _shared.SERVICE)

    def _recover(self, server: Entity, lost: ResponseLost) -> QueueResult:
        """Handle a lost response to an installation: wait for the agent; the request is never sent twice."""

        def has_agent() -> bool | None:
            self._read_agents([server])
            return True if server[_HAS_AGENT] else None

        hint = "The agent may still be installed. Check ips_notification_info before you run the task again."
        wait_for_effect(self.task, lost, has_agent, hint, _LOST_SECONDS)
        return QueueResult()

    def show(self) -> dict[str, t.Any]:
        return {
            "ips_agents": [
                {"server_id": server_targets.id_of(server), "installed": bool(server.get(_HAS_AGENT))}
                for server in self.servers or []
            ]
        }
