# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Updates of existing servers: size, description, group, custom fields, disks, and the administrator's password.

API behavior (compute.yaml, updateServer; docs/wire-notes.md, section 3): updates of cpu, memory, and disks are queued and blocked
by a snapshot, all others are done immediately; cpu without memory was rejected once; an update of the password requires the
current one.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import functools
import typing as t

from ...api.errors import InvalidTaskError
from ...kit.lookup import format_list
from ...kit.resource import Entity, changes_of, patch_of, update_phrase
from ...kit.steps import Step
from ...kit.task import Task
from ..account import display_custom_fields
from . import disks as server_disks
from . import fields as server_fields
from . import result as server_result
from ._shared import related_path

_RESIZING = frozenset({"cpu", "memory"})
_BLOCKED = _RESIZING | {"disks"}


class Changes:
    """The updates of servers that a task needs. done: returns the steps that this run has carried out so far."""

    def __init__(self, task: Task, done: t.Callable[[], t.Sequence[Step]]) -> None:
        self._task, self._done = task, done

    def step(self, server: Entity, group_id: str | None, is_new: bool) -> Step | None:
        """Return the update of one active server, or None if it needs none.

        group_id: the group to move it to; None not to move it. is_new: whether this run has created
        it, so that its disks and password were set then, and reads may return the disks only later. Raises InvalidTaskError
        for a property that cannot be updated.
        """
        desired = functools.partial(server_fields.desired_value, self._task, group_id=group_id, server=server)
        changes = changes_of(server_fields.FIELDS, server, desired)
        if not is_new:
            changes.update(self._disks(server))
            changes.update(self._password(server))
        return self._update_step(server, changes) if changes else None

    def _disks(self, server: Entity) -> Entity:
        disks = self._task.option("disks")
        if disks is None:
            return {}
        merged = server_disks.merge(server, disks, bool(self._task.option("allow_data_loss")))
        return {} if merged is None else {"disks": merged}

    def _password(self, server: Entity) -> Entity:
        password = self._task.option("administrator_password")
        if password is None or self._task.option("update_password") != "always":
            return {}
        stored = self._stored_password(server)
        return {} if stored == password else {"password": {"current": stored, "password": password}}

    def _stored_password(self, server: Entity) -> str | None:
        """Return the password that the platform has stored; reads it at most once per server and run."""
        server_id = server_result.server_id(server)
        if any("password" in step.key.properties and server_id in step.target_ids for step in self._done()):
            return str(self._task.option("administrator_password"))

        def read() -> str | None:
            response = self._task.client.follow(server, "credentials")
            return str(response.body.get("password")) if response else None

        return self._task.cached(("credentials", server_id), read)

    def _update_step(self, server: Entity, changes: Entity) -> Step:
        server_id = server_result.server_id(server)
        label = f"server {server_id}"
        _check_no_snapshot(server, changes, label)
        if _RESIZING & changes.keys():
            # The size after a predicted restore is unknown, and a fraction of a GB cannot be sent.
            size = {"cpu": server_result.details(server).get("cpu"), "memory": server_result.memory_gb(server)}
            changes = {**{key: value for key, value in size.items() if isinstance(value, int)}, **changes}

        def predict() -> None:
            for key, value in changes.items():
                self._apply(server, key, value)

        return Step(
            "update",
            label,
            send=lambda: self._task.client.patch(related_path(self._task, server), patch_of(changes)),
            predict=predict,
            target_ids=(server_id,),
            properties=changes,
            phrase=update_phrase(changes, server_fields.NAMES),
        )

    def _apply(self, server: Entity, key: str, value: t.Any) -> None:
        """Update the model of a server as the service would."""
        details = server["details"]
        if key == "memory":
            details["memoryMB"] = value * 1024
        elif key == "customFields":
            details["customFields"] = display_custom_fields(self._task, value)
        elif key == "cpu":
            details["cpu"] = value
        elif key == "disks":
            details["disks"] = server_disks.predicted(value)
            details["storageGB"] = sum(disk["sizeGB"] for disk in value)
        elif key == "groupId" or key != "password":
            server[key] = value


def _check_no_snapshot(server: Entity, changes: Entity, label: str) -> None:
    snapshots = server_result.details(server).get("snapshots") or []
    if snapshots and _BLOCKED & changes.keys():
        raise InvalidTaskError(
            f"its snapshot {snapshots[0].get('name')} blocks updates of {format_list(sorted(_BLOCKED))}",
            action="update",
            target=label,
            help_text="Delete the snapshot first.",
        )
