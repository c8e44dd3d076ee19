# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Account policies of the backup service: what to back up, how often, and how long it is kept.

API behavior (simple-backup.yaml): an update sends the whole policy, in which osType and retentionDays cannot change; a schedule
takes precedence over an interval, so an interval is sent back alone; names need not be unique; a policy cannot be deleted, and
an INACTIVE policy stops the backups of all its servers.

Not specified by the contract; design decisions: absent is INACTIVE, and is an error while the policy is applied to servers.
present is ACTIVE unless the option status is INACTIVE, so an inactive policy is activated again. If the response to a create was
lost, the list is read, and a policy with that name is assumed to be the result.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import ntpath
import posixpath
import re
import typing as t

from ...api import paths
from ...api.errors import InvalidTaskError, NoSuchResource
from ...api.responses import ApiResponse
from ...kit import compare, problems
from ...kit.declared_resource import DeclaredResource
from ...kit.lookup import format_list
from ...kit.resource import Entity, Field, member, plain_field
from ...kit.steps import Step
from . import _shared

_ACTIVE, _INACTIVE = "ACTIVE", "INACTIVE"
_PROPERTIES = ("name", "osType", "status", "paths", "retentionDays", "policyId", "clcAccountAlias")
_HOURS, _SCHEDULE, _EXCLUDED = "backupIntervalHours", "backupSchedule", "excludedDirectoryPaths"
_TIMING = {_HOURS, _SCHEDULE}


def same_cron(desired: t.Any, actual: t.Any) -> bool:
    """Compare Quartz cron expressions, ignoring case and white space; a year of * equals a missing year."""
    return _cron_fields(desired) == _cron_fields(actual)


def _cron_fields(expression: t.Any) -> list[str]:
    fields = str(expression or "").upper().split()
    return fields[:-1] if len(fields) == 7 and fields[-1] == "*" else fields


def same_paths(desired: t.Any, actual: t.Any) -> bool:
    """Compare directories in any order, ignoring separators at the end; Windows paths are case-insensitive."""
    return _normalized_paths(desired) == _normalized_paths(actual)


def _normalized_paths(paths: t.Any) -> set[str]:
    return {_normalized_path(str(path)) for path in paths or []}


def _normalized_path(path: str) -> str:
    if re.match(r"[A-Za-z]:|\\\\", path):
        return ntpath.normcase(ntpath.normpath(path))
    return posixpath.normpath(re.sub(r"^/+", "/", path))


def _hours(entity: Entity) -> t.Any:
    """Return the interval, unless a schedule takes precedence."""
    return None if entity.get(_SCHEDULE) else entity.get(_HOURS)


class BackupPolicy(DeclaredResource):
    """An account policy, identified by its name or its id."""

    title = "backup policy"
    id_property = "policyId"
    result_key = "backup_policy"
    created_within = 0.0
    identified_by = (("name", "id"),)
    fields = (
        plain_field("name", required=True),
        plain_field("os_type", "osType", updatable=False, matches=compare.case_insensitive, required=True),
        plain_field("paths", matches=same_paths, required=True),
        Field(
            "excluded_directory_paths",
            create=_EXCLUDED,
            update=_EXCLUDED,
            getter=member(_EXCLUDED),
            matches=same_paths,
        ),
        plain_field("retention_days", "retentionDays", updatable=False, matches=compare.number, required=True),
        Field("backup_interval_hours", create=_HOURS, update=_HOURS, getter=_hours, matches=compare.number),
        Field("backup_schedule", create=_SCHEDULE, update=_SCHEDULE, getter=member(_SCHEDULE), matches=same_cron),
        Field("status", update="status", getter=member("status")),
    )

    assigned_properties = ("policyId",)

    @property
    def label(self) -> str:
        return f"{self.title} {self.task.option('name') or self.task.option('id')}"

    def lock_names(self) -> str | None:
        """Lock the name: two tasks that find the same policy missing would both create it."""
        return f"backup policy of {self.task.account} {self.task.option('name') or self.task.option('id')}"

    def find(self) -> None:
        policy_id = (self.entity or {}).get("policyId") or self.task.option("id")
        if policy_id and self.has_created:
            policies = _shared.read_all(self.task, paths.BACKUP_POLICIES())
            self.entity = self.find_created_among(
                policy_id, policies, lambda policy: policy["name"] == self.task.option("name")
            )
            return
        if policy_id:
            self.entity = _shared.read_policy(self.task, str(policy_id))
            return
        try:
            self.entity = _shared.find_policy(self.task, self.task.option("name"))
        except NoSuchResource:
            self.entity = None

    def plan(self) -> list[Step]:
        if self.task.state == "absent":
            return [self._deactivate_step()] if self.entity and self.entity["status"] != _INACTIVE else []
        try:
            return super().plan()
        except InvalidTaskError as error:
            if self.entity is not None:
                error.help_text = (
                    "The service does not support it. Create a policy with another name, or omit the option."
                )
            raise

    # Creating

    def check_create(self) -> None:
        super().check_create()
        if not self.task.option("backup_interval_hours") and not self.task.option("backup_schedule"):
            raise problems.missing_options(self.label, ["backup_interval_hours or backup_schedule"])

    def create(self, body: Entity) -> ApiResponse:
        policy = {**body, "clcAccountAlias": self.task.account.upper()}
        return self.task.client.post(paths.BACKUP_POLICIES(), policy, service=_shared.SERVICE)

    def predicted(self, body: Entity) -> Entity:
        return {"status": _ACTIVE, **body, "clcAccountAlias": self.task.account.upper()}

    # Updating

    def update(self, changes: Entity) -> ApiResponse:
        """Send the whole policy, with either interval or schedule."""
        current = {name: self.existing.get(name) for name in _PROPERTIES}
        current[_EXCLUDED] = self.existing.get(_EXCLUDED) or []
        timing = {} if _TIMING & changes.keys() else _timing(self.existing)
        path = paths.BACKUP_POLICY(self.existing["policyId"])
        return self.task.client.put(path, {**current, **timing, **changes}, service=_shared.SERVICE)

    def apply(self, entity: Entity, changes: Entity) -> None:
        if _TIMING & changes.keys():
            for name in _TIMING:
                entity.pop(name, None)
        entity.update(changes)

    # Deactivating

    def _deactivate_step(self) -> Step:
        self._check_unused()
        return Step(
            "deactivate",
            self.label,
            send=lambda: self.update({"status": _INACTIVE}),
            predict=lambda: self.existing.update(status=_INACTIVE),
            identity=self.identity,
            effect="removed",
        )

    def _check_unused(self) -> None:
        path = paths.BACKUP_SERVER_POLICIES(str(self.existing["policyId"]))
        server_policies = self.task.cached(("server_policies", path), lambda: _shared.read_all(self.task, path))
        server_ids = sorted({str(item["serverId"]).lower() for item in server_policies if _shared.is_in_use(item)})
        if server_ids:
            self.task.raise_in_use(
                InvalidTaskError(
                    f"it is still applied to servers: {format_list(server_ids)}",
                    action="deactivate",
                    target=self.label,
                    help_text="Remove it from them with backup_server_policy first, "
                    "or set status to INACTIVE to pause the backups.",
                )
            )

    def to_result(self, entity: Entity) -> dict[str, t.Any]:
        return _shared.policy_to_result(entity)


def _timing(entity: Entity) -> Entity:
    """Return the schedule, or the interval if there is none."""
    return {_SCHEDULE: entity[_SCHEDULE]} if entity.get(_SCHEDULE) else {_HOURS: entity.get(_HOURS)}
