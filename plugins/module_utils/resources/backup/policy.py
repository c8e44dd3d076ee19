# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Account policies of the backup service: what to back up, how often, and how long it is kept.

Facts (contract simple-_shared.yaml): a change sends the whole policy, in which osType and retentionDays may not differ; of
interval and schedule the schedule wins, so an interval goes back alone; names may repeat; nothing deletes a policy, and an
INACTIVE one stops the backups of all its servers.

Left open by the contract, and decided here: absent is INACTIVE, since that is how a policy is retired, and is refused while
servers still have the policy. present is ACTIVE unless status says otherwise, so that what was retired backs up again. After a
lost answer to a creation the list is read, and a policy of that name is taken for the one that was asked for.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ntpath
import posixpath
import re
import typing as t

from ...api import paths
from ...api.answers import Answer
from ...api.errors import ConfigurationError, NotThere
from ...kit import compare, problems
from ...kit.declaration import Declared, Entity, Field, member
from ...kit.lookup import listed, refuse_no_id
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared

_ACTIVE, _INACTIVE = "ACTIVE", "INACTIVE"
_WHOLE = ("name", "osType", "status", "paths", "retentionDays", "policyId", "clcAccountAlias")
_HOURS, _SCHEDULE, _EXCLUDED = "backupIntervalHours", "backupSchedule", "excludedDirectoryPaths"
_TIMES = {_HOURS, _SCHEDULE}


def same_cron(wanted: t.Any, shown: t.Any) -> bool:
    """The same Quartz cron expression, whatever its case and spaces, and with a year of * the same as none."""
    return _cron(wanted) == _cron(shown)


def _cron(text: t.Any) -> list[str]:
    parts = str(text or "").upper().split()
    return parts[:-1] if len(parts) == 7 and parts[-1] == "*" else parts


def same_paths(wanted: t.Any, shown: t.Any) -> bool:
    """The same folders, whatever their order and the separators at their ends; those of Windows without regard to case."""
    return _paths(wanted) == _paths(shown)


def _paths(paths: t.Any) -> set[str]:
    return {_path(str(one)) for one in paths or []}


def _path(path: str) -> str:
    if re.match(r"[A-Za-z]:|\\\\", path):
        return ntpath.normcase(ntpath.normpath(path))
    return posixpath.normpath(re.sub(r"^/+", "/", path))


def _hours(entity: Entity) -> t.Any:
    """The interval where it is in force."""
    return None if entity.get(_SCHEDULE) else entity.get(_HOURS)


class BackupPolicy(Declared):
    """One account policy, by its name or its id."""

    title = "backup policy"
    result_key = "backup_policy"
    created_within = 0.0
    named_by = (("name", "id"),)
    fields = (
        Field("name", create="name", update="name", read=member("name"), required=True),
        Field("os_type", create="osType", read=member("osType"), same=compare.caseless, required=True),
        Field("paths", create="paths", update="paths", read=member("paths"), same=same_paths, required=True),
        Field(
            "excluded_directory_paths",
            create=_EXCLUDED,
            update=_EXCLUDED,
            read=member(_EXCLUDED),
            same=same_paths,
        ),
        Field(
            "retention_days",
            create="retentionDays",
            read=member("retentionDays"),
            same=compare.number,
            required=True,
        ),
        Field("backup_interval_hours", create=_HOURS, update=_HOURS, read=_hours, same=compare.number),
        Field("backup_schedule", create=_SCHEDULE, update=_SCHEDULE, read=member(_SCHEDULE), same=same_cron),
        Field("status", update="status", read=member("status")),
    )

    @property
    def told(self) -> str:
        return f"{self.title} {self.task.option('name') or self.task.option('id')}"

    def held(self) -> str | None:
        """Names may repeat, so two tasks that find the same policy missing would both make it."""
        return f"backup policy of {self.task.account} {self.task.option('name') or self.task.option('id')}"

    def find(self) -> None:
        known = (self.entity or {}).get("policyId") or self.task.option("id")
        if known:
            self.entity = _shared.policy_by_id(self.task, str(known))
            return
        if not self.task.option("name"):
            return  # a prediction of something that has no id yet
        try:
            self.entity = _shared.policy_of(self.task, self.task.option("name"))
        except NotThere:
            self.entity = None

    def plan(self) -> list[Step]:
        if self.task.state == "absent":
            return [self._retirement()] if self.entity and self.entity["status"] != _INACTIVE else []
        try:
            return super().plan()
        except ConfigurationError as error:
            if self.entity is not None:
                error.remedy = "The service never changes it: make a policy of another name, or leave the option out."
            raise

    # Making

    def check_create(self) -> None:
        super().check_create()
        if not self.task.option("backup_interval_hours") and not self.task.option("backup_schedule"):
            raise problems.missing_options(self.told, ["backup_interval_hours or backup_schedule"])

    def create(self, body: Entity) -> Answer:
        whole = {**body, "clcAccountAlias": self.task.account.upper()}
        return self.task.client.post(paths.BACKUP_POLICIES(), whole, service=_shared.SERVICE)

    def predicted(self, body: Entity) -> Entity:
        return {**body, "status": _ACTIVE, "clcAccountAlias": self.task.account.upper()}

    # Changing

    def update(self, changes: Entity) -> Answer:
        """The whole policy, with interval or schedule alone, so that the one that is meant is in force."""
        whole = {name: self.existing.get(name) for name in _WHOLE} | {_EXCLUDED: self.existing.get(_EXCLUDED) or []}
        kept = {} if _TIMES & changes.keys() else _timing(self.existing)
        path = paths.BACKUP_POLICY(self.existing["policyId"])
        return self.task.client.put(path, {**whole, **kept, **changes}, service=_shared.SERVICE)

    def apply(self, entity: Entity, changes: Entity) -> None:
        if _TIMES & changes.keys():
            for name in _TIMES:
                entity.pop(name, None)
        entity.update(changes)

    # Retiring

    def _retirement(self) -> Step:
        self._refuse_used()
        return Step(
            "retire",
            self.told,
            send=lambda: self.update({"status": _INACTIVE}),
            predict=lambda: self.existing.update(status=_INACTIVE),
            identity=self.identity,
            effect="removed",
        )

    def _refuse_used(self) -> None:
        policy_id = str(self.existing["policyId"])
        rows = self.task.once("used", lambda: _shared.read_all(self.task, paths.BACKUP_SERVER_POLICIES(policy_id)))
        servers = sorted({str(row["serverId"]).lower() for row in rows if _shared.is_there(row)})
        if servers:
            raise ConfigurationError(
                f"servers still have it: {listed(servers)}",
                action="retire",
                thing=self.told,
                remedy="Take it from them with backup_server_policy first, or give status=INACTIVE to pause it.",
            )

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return _shared.shown_policy(entity)


def _timing(entity: Entity) -> Entity:
    """Return interval or schedule, whichever is in force."""
    return {_SCHEDULE: entity[_SCHEDULE]} if entity.get(_SCHEDULE) else {_HOURS: entity.get(_HOURS)}


def check_policy(task: Task) -> None:
    """Refuse what no policy can have, before anything is read."""
    refuse_no_id(task)
    for name in ("retention_days", "backup_interval_hours"):
        if task.option(name) is not None and task.option(name) < 1:
            raise ConfigurationError(
                f"{task.option(name)} is less than 1", action="use", thing=name, remedy="Give 1 or more."
            )
