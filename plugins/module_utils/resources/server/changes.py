# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Changes of servers that exist: size, description, group, custom fields, disks and the administrator's password.

Facts (contract compute.yaml, updateServer; docs/wire-notes.md, section 3): cpu, memory and disks go through the queue and are
blocked by a snapshot, the rest is done at once; cpu without memory was refused once; a change of the password wants the present
one.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api.errors import ConfigurationError
from ...kit.declaration import Entity, changes_of, patch_of
from ...kit.lookup import listed
from ...kit.steps import Step
from ...kit.task import Task
from ..account import displayed_custom_fields
from . import disks as server_disks
from . import fields as server_fields
from . import result as server_result
from ._shared import path_to

_RESIZING = frozenset({"cpu", "memory"})
_BLOCKED = _RESIZING | {"disks"}


class Changes:
    """What a task changes of servers. done: the steps of this run so far, filled in by convergence."""

    def __init__(self, task: Task, done: t.Callable[[], t.Sequence[Step]]) -> None:
        self._task, self._done = task, done

    def step(self, server: Entity, group_id: str | None, fresh: bool) -> Step | None:
        """Return the change of one active server, or None where it is as wanted.

        group_id: the group to move it to; "" for one that is yet to be made, None where it stays. fresh: this run has created
        it, so that it has its disks and password from there, and may show the disks only later. Raises ConfigurationError for
        what cannot be changed.
        """
        wanted = functools.partial(server_fields.wanted, self._task, group_id=group_id, server=server)
        changes = changes_of(server_fields.FIELDS, server, wanted)
        if not fresh:
            changes.update(self._disks(server))
            changes.update(self._password(server))
        return self._change(server, changes) if changes else None

    def _disks(self, server: Entity) -> Entity:
        disks = self._task.option("disks")
        if disks is None:
            return {}
        complete = server_disks.complete(server, disks, bool(self._task.option("allow_data_loss")))
        return {} if complete is None else {"disks": complete}

    def _password(self, server: Entity) -> Entity:
        password = self._task.option("administrator_password")
        if password is None or self._task.option("update_password") != "always":
            return {}
        stored = self._stored_password(server)
        return {} if stored == password else {"password": {"current": stored, "password": password}}

    def _stored_password(self, server: Entity) -> str | None:
        """Read the password that the platform has stored, at most once a server and run, unless this run changed it."""
        name = server_result.server_id(server)
        if any("password" in step.key.properties and name in step.target_ids for step in self._done()):
            return str(self._task.option("administrator_password"))

        def read() -> str | None:
            answer = self._task.client.follow(server, "credentials")
            return str(answer.body.get("password")) if answer else None

        return self._task.once(("credentials", name), read)

    def _change(self, server: Entity, changes: Entity) -> Step:
        name = server_result.server_id(server)
        told = f"server {name}"
        _refuse_snapshot(server, changes, told)
        if _RESIZING & changes.keys():
            # What a predicted restore will have is not known, and a fraction of a GB cannot be sent.
            size = {"cpu": server_result.details(server).get("cpu"), "memory": server_result.memory_gb(server)}
            changes = {**{key: value for key, value in size.items() if isinstance(value, int)}, **changes}

        def predict() -> None:
            for key, value in changes.items():
                self._apply(server, key, value)

        return Step(
            "update",
            told,
            send=lambda: self._task.client.patch(path_to(self._task, server), patch_of(changes)),
            predict=predict,
            target_ids=(name,),
            properties=changes,
        )

    def _apply(self, server: Entity, key: str, value: t.Any) -> None:
        """Change the model of a server as the service would."""
        shown = server["details"]
        if key == "memory":
            shown["memoryMB"] = value * 1024
        elif key == "customFields":
            shown["customFields"] = displayed_custom_fields(self._task, value)
        elif key == "cpu":
            shown["cpu"] = value
        elif key == "disks":
            shown["disks"] = server_disks.predicted(value)
            shown["storageGB"] = sum(one["sizeGB"] for one in value)
        elif key == "groupId":
            server[key] = value or None
        elif key != "password":  # which is shown nowhere
            server[key] = value


def _refuse_snapshot(server: Entity, changes: Entity, told: str) -> None:
    snapshots = server_result.details(server).get("snapshots") or []
    if snapshots and _BLOCKED & changes.keys():
        raise ConfigurationError(
            f"its snapshot {snapshots[0].get('name')} blocks changes of {listed(sorted(_BLOCKED))}",
            action="change",
            thing=told,
            remedy="Delete the snapshot first.",
        )
