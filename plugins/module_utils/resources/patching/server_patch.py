# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Patching of servers: started with a package, awaited in the patch history of each server.

API behavior (patching.yaml): patching starts when the job of the package ends, and continues through reboots; the id of an
execution is only in the history, on a separate host, so new executions are identified by comparing the history before and after;
any status other than completed and failed, case-insensitive, means that patching is running; there is a package for Windows and
one for Linux, and a request is for one of them; every request patches again. The history has its names in snake case.

Not specified by the contract; design decisions: a server that is being patched is not patched again but waited for, so that a
second run continues the first; an execution that started longer than wait_timeout ago is assumed to be stuck, and the server is
patched again. If a server has several new executions, all are waited for and the newest is returned.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import datetime
import functools
import typing as t

from ...api import paths
from ...api.errors import InvalidTaskError, JobError, ResponseLost
from ...api.jobs import QueueResult, normalize_status
from ...api.pool import map_concurrently
from ...kit.lookup import format_list
from ...kit.naming import with_keys
from ...kit.recovery import wait_for_effect
from ...kit.resource import Action, Entity
from ...kit.steps import Step
from ...kit.task import Task
from ..server import server_package, server_result, server_targets

SERVICE = "patching"
_LOST_SECONDS = 60.0
_COMPLETED, _FAILED = "completed", "failed"
_WINDOWS, _LINUX = "Windows", "Linux"
# Operating system family -> package, its parameters, and prefixes of the names of supported operating systems.
_PACKAGES: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    _WINDOWS: ("b229535c-a313-4a31-baf8-6aa71ff4b9ed", {}, ("windows2012",)),
    _LINUX: (
        "c3c6642e-24e1-4c37-b56a-1cf1476ee360",
        {"patch.debug.mode": "false"},
        ("centos5", "centos6", "redhat5", "redhat6", "redhat7"),
    ),
}
_SUMMARY_KEYS = ("execution_id", "status", "start_time", "end_time")
_DETAIL_KEYS = ("duration", "begin_message", "end_message")
_PATCH_KEYS = ("start_time", "end_time", "patch_begin_message", "patch_end_message", "status")


def _path(task: Task, server_id: str, *execution_id: str) -> str:
    path = paths.PATCH if execution_id else paths.PATCHES
    return path(task.account.upper(), server_id.upper(), *execution_id)


def read_executions(task: Task, server_id: str) -> list[Entity]:
    """Return the executions on a server, oldest first; empty if the history has no such server. Sends one request."""
    executions: list[Entity] = task.read(_path(task, server_id), SERVICE) or []
    return sorted(executions, key=lambda item: (str(item.get("start_time") or ""), str(item["execution_id"])))


def _has_ended(execution: Entity) -> bool:
    return normalize_status(execution["status"]) in (_COMPLETED, _FAILED)


def _id(execution: Entity) -> str:
    return str(execution["execution_id"]).upper()


class ServerPatch(Action):
    """Patching of all servers of a task, with one request per operating system family."""

    title = "patches"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.servers: list[Entity] | None = None
        self._executions: dict[str, list[Entity]] = {}
        self._ids_before: dict[str, set[str]] = {}
        self._running: set[str] = set()

    # Reading

    def find(self) -> None:
        """Read the servers and their histories; later only the histories of servers whose patching has not ended."""
        if self.servers is None:
            self.servers = server_targets.read_targets(self.task)
            self._read(server for server in self.servers if not server.get("predicted"))
            for name, executions in self._executions.items():
                running = [item for item in executions if not _has_ended(item) and not self._is_stuck(name, item)]
                self._ids_before[name] = {_id(item) for item in executions} - {_id(item) for item in running}
                if running:
                    self._running.add(name)
        else:
            self._read(server for server in self._watched() if not self._is_complete(server))

    def _read(self, servers: t.Iterable[Entity]) -> None:
        names = [str(server_targets.id_of(server)) for server in servers]
        histories = map_concurrently(functools.partial(read_executions, self.task), names)
        self._executions.update(zip(names, histories, strict=True))

    def _is_stuck(self, name: str, execution: Entity) -> bool:
        """Return whether an execution has been running for longer than wait_timeout."""
        started = _parse_timestamp(execution.get("start_time"))
        if started is None:
            return False
        age = (datetime.datetime.now(datetime.UTC) - started).total_seconds()
        stuck = age > self.task.wait_timeout
        if stuck:
            self.task.warn(
                f"Execution {_id(execution)} on {name} has been {execution['status']} since {execution['start_time']}, "
                "longer than wait_timeout. The task does not wait for it."
            )
        return stuck

    def _new(self, name: str | None) -> list[Entity]:
        """Return the executions on a server that this task waits for, oldest first."""
        ids_before = self._ids_before.get(name or "", set())
        return [item for item in self._executions.get(name or "", []) if _id(item) not in ids_before]

    # Waiting

    def _watched(self) -> list[Entity]:
        """Return the servers that are being patched, by this task or since before it."""
        names = {*self._running, *(name for step in self.done for name in step.target_ids)}
        return [server for server in self.servers or [] if server_targets.id_of(server) in names]

    def _is_complete(self, server: Entity) -> bool:
        new = self._new(server_targets.id_of(server))
        return bool(new) and all(map(_has_ended, new))

    def is_stable(self) -> bool:
        """Return whether all patching has ended, or some has not been started yet; all of it is waited for together."""
        if self._pending_steps():
            return True
        waiting = [server for server in self._watched() if not self._is_complete(server)]
        if waiting and self.task.wait and not self.task.seconds_left:
            self._raise_timeout(waiting)
        return not waiting

    def _raise_timeout(self, waiting: list[Entity]) -> t.NoReturn:
        results = [self._to_result(server) for server in waiting]
        raise JobError(
            format_list(
                f"execution {result['execution_id']} on {result['server_id']} has the status {result['status']}"
                if result["execution_id"]
                else f"{result['server_id']} has no execution yet"
                for result in results
            ),
            action="patch",
            target=f"{server_result.label(waiting)} within wait_timeout ({self.task.wait_timeout} s)",
            help_text="Patching is still running. Run the task again to wait for its end.",
        )

    # Planning

    def plan(self) -> list[Step]:
        """Return the steps that have not been started. Raise JobError if all has ended and an execution failed."""
        steps = super().plan()
        if not steps and self.task.wait:
            self._check_no_failures()
        return steps

    def _check_no_failures(self) -> None:
        complete = [server for server in self._watched() if self._is_complete(server)]
        failed = [
            server
            for server in complete
            if any(normalize_status(item["status"]) == _FAILED for item in self._new(server["id"].lower()))
        ]
        if failed:
            raise JobError(
                format_list(
                    f"execution {self._to_result(server)['execution_id']} on {server_targets.id_of(server)} failed"
                    for server in failed
                ),
                action="patch",
                target=server_result.label(failed),
                help_text="Use server_patch_info with gather=patches to find out which patches failed.",
            )

    def _pending_steps(self) -> list[Step]:
        return [step for step in self.steps() if not self.is_done(step)]

    def steps(self) -> list[Step]:
        """Return a step per operating system family. Raise an error before the first if a server cannot be patched."""
        servers = [server for server in self.servers or [] if server_targets.id_of(server) not in self._running]
        if not self.done:
            self._check_servers(servers)
        families = {family: [server for server in servers if _family(server) == family] for family in _PACKAGES}
        return [self._step(family, members) for family, members in families.items() if members]

    @staticmethod
    def _check_servers(servers: list[Entity]) -> None:
        server_targets.require_active("patch", servers)
        server_targets.require_started("patch", servers)
        unsupported = [server for server in servers if _family(server) is None]
        if unsupported:
            raise InvalidTaskError(
                format_list(
                    f"{server_targets.id_of(server)} has the operating system {server.get('os')}"
                    for server in unsupported
                ),
                action="patch",
                target=server_result.label(unsupported),
                help_text="The service supports CentOS 5 and 6, Red Hat Enterprise Linux 5 to 7, Windows 2012, and 2012 R2.",
            )

    def _step(self, family: str, servers: list[Entity]) -> Step:
        package, parameters, _systems = _PACKAGES[family]
        return Step(
            "patch",
            server_result.label(servers),
            send=lambda: server_package.run_package(self.task, servers, package, parameters),
            phrase=f"patch {family} on",
            predict=lambda: None,
            target_ids=tuple(server_targets.id_of(server) for server in servers),
            recover=functools.partial(self._recover, servers),
        )

    def _recover(self, servers: list[Entity], lost: ResponseLost) -> QueueResult:
        """Handle a lost response: wait for a new execution; patching is never started twice."""

        def has_new_execution() -> bool | None:
            self._read(servers)
            return True if any(self._new(server_targets.id_of(server)) for server in servers) else None

        hint = "Patching may still start. Check server_patch_info before you run the task again."
        wait_for_effect(self.task, lost, has_new_execution, hint, _LOST_SECONDS)
        return QueueResult()

    # Results

    def _to_result(self, server: Entity) -> dict[str, t.Any]:
        name = server_targets.id_of(server)
        new = self._new(name)
        return to_result(name, new[-1] if new else None)

    def show(self) -> dict[str, t.Any]:
        return {"server_patches": [self._to_result(server) for server in self.servers or []]}


def _family(server: Entity) -> str | None:
    """Return the operating system family of a server; Linux for one that does not exist yet, in check mode."""
    if server.get("predicted"):
        return _LINUX
    system = str(server.get("os") or "").lower()
    return next((family for family, package in _PACKAGES.items() if system.startswith(package[2])), None)


def _parse_timestamp(value: t.Any) -> datetime.datetime | None:
    """Return a time of the history, such as 2016-04-05T04:14:10Z; None if it is empty or invalid."""
    try:
        timestamp = datetime.datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return None
    return timestamp if timestamp.tzinfo else timestamp.replace(tzinfo=datetime.UTC)


def to_result(server_id: str | None, execution: Entity | None) -> dict[str, t.Any]:
    """Return an execution in result format: its status in lower case, and null for empty or missing values."""
    values = execution or {}
    summary = {key: values.get(key) or None for key in _SUMMARY_KEYS}
    if values:
        summary["status"] = str(values["status"]).lower()
    initiations = [
        {
            "start_time": item.get("start_time") or None,
            "end_time": item.get("end_time") or None,
            "begin_message": item.get("init_begin_message"),
            # The vendor's documentation has the name with two letters swapped.
            "end_message": item.get("init_end_message") or item.get("init_end_mesasge"),
        }
        for item in values.get("init_messages") or []
    ]
    return {"server_id": server_id, **summary, "initiations": initiations if values else None}


def gather_executions(task: Task) -> list[dict[str, t.Any]]:
    """Return the executions on a server, oldest first, or a single one, with their patches if these are gathered.

    Sends one request, and another per execution for its patches. An unknown server or execution gives an empty list.
    """
    name, execution_id = str(task.option("server_id")).lower(), task.option("execution_id")
    executions = read_executions(task, name)
    matching = [item for item in executions if execution_id is None or _id(item) == str(execution_id).upper()]
    if "patches" not in (task.option("gather") or []):
        return [_with_details(name, item, {}) for item in matching]

    def read(execution: Entity) -> Entity:
        details: Entity = task.client.get(_path(task, name, _id(execution)), service=SERVICE).body
        return details

    return [
        _with_details(name, item, details)
        for item, details in zip(matching, map_concurrently(read, matching), strict=True)
    ]


def _with_details(server_id: str, execution: Entity, details: Entity) -> dict[str, t.Any]:
    # The vendor's documentation describes a number of patches instead of a list; it has no information about any of them.
    value = details.get("patches")
    patches = [_patch_to_result(patch) for patch in (value if isinstance(value, list) else [])] if details else None
    return {**to_result(server_id, execution), **with_keys(details, _DETAIL_KEYS), "patches": patches}


def _patch_to_result(patch: Entity) -> dict[str, t.Any]:
    values = {key.removeprefix("patch_"): patch.get(key) or None for key in _PATCH_KEYS}
    return {**values, "status": str(patch["status"]).lower()}
