# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Patching of servers: started by a package, awaited in the history of each server.

Facts (contract patching.yaml): the end of the package's job is the start of patching, which goes on through reboots; the id of
an execution is told nowhere but in the history, on a host of its own, so it is found by difference; anything but completed and
failed, in any case, means that it goes on; one package is for Windows and one for Linux, and a request is for one of them;
every call patches again. The history has its names in snake case.

Left open by the contract, and decided here: a server that is being patched already is not patched once more but waited for,
so that a second run goes on from the first; one whose execution began longer ago than wait_timeout is taken for stuck, and is
patched again. Where several new executions show up on a server, all are waited for and the newest is told.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import functools
import typing as t

from ...api import paths
from ...api.errors import AnswerLost, ConfigurationError, JobsFailed
from ...api.jobs import Queued, folded
from ...api.pool import map_concurrently
from ...kit.declaration import Action, Entity
from ...kit.lookup import listed
from ...kit.shape import filled
from ...kit.steps import Step
from ...kit.task import Task
from ..server import server_package, server_result, server_targets

SERVICE = "patching"
_LOST_SECONDS = 60.0
_COMPLETED, _FAILED = "completed", "failed"
_WINDOWS, _LINUX = "Windows", "Linux"
# Family of systems -> package, its parameters, and how the names of the systems begin that it knows.
_PACKAGES: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    _WINDOWS: ("b229535c-a313-4a31-baf8-6aa71ff4b9ed", {}, ("windows2012",)),
    _LINUX: (
        "c3c6642e-24e1-4c37-b56a-1cf1476ee360",
        {"patch.debug.mode": "false"},
        ("centos5", "centos6", "redhat5", "redhat6", "redhat7"),
    ),
}
_SUMMARY = ("execution_id", "status", "start_time", "end_time")
_DETAILS = ("duration", "begin_message", "end_message")
_PATCH = ("start_time", "end_time", "patch_begin_message", "patch_end_message", "status")


def _path(task: Task, server_id: str, *execution_id: str) -> str:
    path = paths.PATCH if execution_id else paths.PATCHES
    return path(task.account.upper(), server_id.upper(), *execution_id)


def read_executions(task: Task, server_id: str) -> list[Entity]:
    """Return the executions on a server, old to new; none where the history does not know the server. One request."""
    found: list[Entity] = task.read(_path(task, server_id), SERVICE) or []
    return sorted(found, key=lambda one: (str(one.get("start_time") or ""), str(one["execution_id"])))


def _ended(execution: Entity) -> bool:
    return folded(execution["status"]) in (_COMPLETED, _FAILED)


def _id(execution: Entity) -> str:
    return str(execution["execution_id"]).upper()


class ServerPatch(Action):
    """One round of patching on all servers of the task: one request for each family of systems."""

    title = "patches"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.servers: list[Entity] | None = None
        self._executions: dict[str, list[Entity]] = {}
        self._before: dict[str, set[str]] = {}
        self._running: set[str] = set()

    # Reading

    def find(self) -> None:
        """Read servers and their history, and from then on the history of those whose patching has not ended."""
        if self.servers is None:
            self.servers = server_targets.read_targets(self.task)
            self._read(one for one in self.servers if not one.get("foreseen"))
            for name, executions in self._executions.items():
                going_on = [one for one in executions if not _ended(one) and not self._is_stuck(name, one)]
                self._before[name] = {_id(one) for one in executions} - {_id(one) for one in going_on}
                if going_on:
                    self._running.add(name)
        else:
            self._read(one for one in self._watched() if not self._is_over(one))

    def _read(self, servers: t.Iterable[Entity]) -> None:
        names = [str(server_targets.id_of(one)) for one in servers]
        read = map_concurrently(functools.partial(read_executions, self.task), names)
        self._executions.update(zip(names, read, strict=True))

    def _is_stuck(self, name: str, execution: Entity) -> bool:
        """Say whether an execution has gone on for longer than anybody would wait."""
        began = _moment(execution.get("start_time"))
        if began is None:
            return False
        age = (datetime.datetime.now(datetime.UTC) - began).total_seconds()
        stuck = age > self.task.wait_timeout
        if stuck:
            self.task.warn(
                f"Execution {_id(execution)} on {name} has been {execution['status']} since {execution['start_time']}; "
                "it is not waited for."
            )
        return stuck

    def _new(self, name: str | None) -> list[Entity]:
        """The executions on a server that this task waits for, old to new."""
        known = self._before.get(name or "", set())
        return [one for one in self._executions.get(name or "", []) if _id(one) not in known]

    # Waiting

    def _watched(self) -> list[Entity]:
        """The servers that are being patched, by this task or since before it."""
        touched = {*self._running, *(name for step in self.done for name in step.target_ids)}
        return [one for one in self.servers or [] if server_targets.id_of(one) in touched]

    def _is_over(self, one: Entity) -> bool:
        new = self._new(server_targets.id_of(one))
        return bool(new) and all(map(_ended, new))

    def settled(self) -> bool:
        """What goes on already is waited for together with what this task is about to start."""
        if self._left():
            return True
        waiting = [one for one in self._watched() if not self._is_over(one)]
        if waiting and self.task.wait and not self.task.seconds_left:
            self._raise_late(waiting)
        return not waiting

    def _raise_late(self, waiting: list[Entity]) -> t.NoReturn:
        shown = [self._shown(one) for one in waiting]
        raise JobsFailed(
            listed(
                f"{one['server_id']}: {one['execution_id'] or 'no execution'} {one['status'] or 'yet'}" for one in shown
            ),
            action="patch",
            thing=f"{server_result.label(waiting)} within wait_timeout, {self.task.wait_timeout} s",
            remedy="Patching goes on; a second run waits for its end.",
        )

    # Doing

    def plan(self) -> list[Step]:
        """Start what has not been started; tell what has failed once all has ended."""
        steps = super().plan()
        over = [one for one in self._watched() if self._is_over(one)]
        failed = [
            one for one in over if any(folded(each["status"]) == _FAILED for each in self._new(one["id"].lower()))
        ]
        if failed and not steps and self.task.wait:
            ids = listed(f"{server_targets.id_of(one)} ({self._shown(one)['execution_id']})" for one in failed)
            raise JobsFailed(
                f"the service says failed of {ids}",
                action="patch",
                thing=server_result.label(failed),
                remedy="server_patch_info with gather=patches tells which patches failed.",
            )
        return steps

    def _left(self) -> list[Step]:
        return [step for step in self.steps() if not self.is_done(step)]

    def steps(self) -> list[Step]:
        """One request for each family; what cannot be patched is told before any is sent."""
        servers = [one for one in self.servers or [] if server_targets.id_of(one) not in self._running]
        if not self.done:
            self._refuse(servers)
        families = {family: [one for one in servers if _family(one) == family] for family in _PACKAGES}
        return [self._step(family, members) for family, members in families.items() if members]

    @staticmethod
    def _refuse(servers: list[Entity]) -> None:
        server_targets.require_active("patch", servers)
        server_targets.require_started("patch", servers)
        unknown = [one for one in servers if _family(one) is None]
        if unknown:
            raise ConfigurationError(
                listed(f"{server_targets.id_of(one)} has {one.get('os')}" for one in unknown),
                action="patch",
                thing=server_result.label(unknown),
                remedy="The service patches CentOS 5 and 6, Red Hat Enterprise Linux 5 to 7, Windows 2012 and 2012 R2.",
            )

    def _step(self, family: str, servers: list[Entity]) -> Step:
        package, parameters, _systems = _PACKAGES[family]
        return Step(
            "patch",
            server_result.label(servers),
            send=lambda: server_package.run_package(self.task, servers, package, parameters),
            phrase=f"patch {family} on",
            predict=lambda: None,
            target_ids=tuple(server_targets.id_of(one) or "" for one in servers),
            recover=functools.partial(self._recover, servers),
        )

    def _recover(self, servers: list[Entity], error: AnswerLost) -> Queued:
        """After a lost answer look whether an execution shows up; patching is never started twice."""

        def shown() -> bool:
            self._read(servers)
            return any(self._new(server_targets.id_of(one)) for one in servers)

        if self.task.poll(shown, _LOST_SECONDS):
            return Queued()
        error.remedy = "Patching may begin all the same: read server_patch_info before the next run."
        raise error

    # Telling

    def _shown(self, one: Entity) -> dict[str, t.Any]:
        name = server_targets.id_of(one)
        new = self._new(name)
        return shown(name, new[-1] if new else None)

    def show(self) -> dict[str, t.Any]:
        return {"server_patches": [self._shown(one) for one in self.servers or []]}


def _family(one: Entity) -> str | None:
    """Return the family that patches a server; of one that is only foreseen it is taken to be Linux, as nothing is sent."""
    if one.get("foreseen"):
        return _LINUX
    system = str(one.get("os") or "").lower()
    return next((family for family, package in _PACKAGES.items() if system.startswith(package[2])), None)


def _moment(text: t.Any) -> datetime.datetime | None:
    """Read a time of the history, such as 2016-04-05T04:14:10Z; None where it is empty or cannot be read."""
    try:
        found = datetime.datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def shown(server_id: str | None, execution: Entity | None) -> dict[str, t.Any]:
    """Return an execution as results have it: its status in lower case, and null for what is empty or not there yet."""
    found = execution or {}
    summary = {key: found.get(key) or None for key in _SUMMARY}
    if found:
        summary["status"] = str(found["status"]).lower()
    rounds = [
        {
            "start_time": one.get("start_time") or None,
            "end_time": one.get("end_time") or None,
            "begin_message": one.get("init_begin_message"),
            # The vendor's table spells it with two letters changed.
            "end_message": one.get("init_end_message") or one.get("init_end_mesasge"),
        }
        for one in found.get("init_messages") or []
    ]
    return {"server_id": server_id, **summary, "initiations": rounds if found else None}


def found_executions(task: Task) -> list[dict[str, t.Any]]:
    """Return the executions on a server, old to new, or the one that is asked for, with their patches where those are wanted.

    One request, and with gather one more for each execution. An unknown server or execution gives nothing.
    """
    name, wanted = str(task.option("server_id")).lower(), task.option("execution_id")
    executions = read_executions(task, name)
    kept = [one for one in executions if wanted is None or _id(one) == str(wanted).upper()]
    if "patches" not in (task.option("gather") or []):
        return [_detailed(name, one, {}) for one in kept]
    details = map_concurrently(lambda one: task.client.get(_path(task, name, _id(one)), service=SERVICE).body, kept)
    return [_detailed(name, one, each) for one, each in zip(kept, details, strict=True)]


def _detailed(server_id: str, execution: Entity, details: Entity) -> dict[str, t.Any]:
    # By the vendor's table this is how many there are, which tells nothing of any.
    told = details.get("patches")
    patches = [_patch(one) for one in (told if isinstance(told, list) else [])] if details else None
    return {**shown(server_id, execution), **filled(details, _DETAILS), "patches": patches}


def _patch(one: Entity) -> dict[str, t.Any]:
    values = {key.removeprefix("patch_"): one.get(key) or None for key in _PATCH}
    return {**values, "status": str(one["status"]).lower()}
