# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Account policies of the backup service.

Decisions:
  - Paths that overlap or are repeated are rejected, also among the excluded paths. A changed osType or retentionDays is
    rejected. If schedule and interval are sent, only the schedule is stored. Names need not be unique.
"""

from __future__ import annotations

import ntpath
import posixpath
from collections.abc import Callable
from typing import Any

from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.backup._shared import (
    ACTIVE,
    WINDOWS,
    Policy,
    missing,
    new_uuid,
    page,
    policy_from_path,
    server_of,
    validation_error,
)

Json = dict[str, Any]

POLICIES_A_PAGE = 100
"""Default of limit."""

_CRON_FIELDS = (6, 7)


def view(policy: Policy) -> Json:
    """Return an account policy as it is returned: with hours or schedule."""
    return {
        "osType": policy.os_type,
        "name": policy.name,
        "clcAccountAlias": policy.account,
        "status": policy.status,
        "paths": policy.paths,
        "excludedDirectoryPaths": policy.excluded,
        "retentionDays": policy.retention_days,
        **({"backupSchedule": policy.schedule} if policy.schedule else {"backupIntervalHours": policy.hours}),
        "policyId": policy.id,
    }


_POLICY_SORTS = {
    name: name for name in ("status", "osType", "name", "policyId", "backupIntervalHours", "retentionDays")
}


def _policies(request: RequestContext, requested: Callable[[Policy], bool]) -> HandlerResponse:
    status = request.query.get("withStatus")
    policies = [
        policy
        for policy in request.world[Policy].find_by("account", request.alias)
        if status in (None, policy.status) and requested(policy)
    ]
    return page(request, map(view, policies), POLICIES_A_PAGE, _POLICY_SORTS, ends_at_zero=False)


@operation("listBackupPolicies")
def list_policies(request: RequestContext) -> HandlerResponse:
    """Return a page of the account's policies."""
    return _policies(request, lambda policy: True)


@operation("listBackupPoliciesForServer")
def list_for_server(request: RequestContext) -> HandlerResponse:
    """Return a page of the policies for the operating system of a server."""
    server = server_of(request.world, request.alias, request.path["serverId"])
    if server is None:
        raise missing("server", request.path["serverId"])
    return _policies(request, lambda policy: policy.os_type == server[1])


@operation("getBackupPolicy")
def get_policy(request: RequestContext) -> HandlerResponse:
    """Return one account policy."""
    return HandlerResponse(view(policy_from_path(request)))


@operation("createBackupPolicy", writes=(Policy,))
def create_policy(request: RequestContext) -> HandlerResponse:
    """Create an account policy; it is active at once."""
    policy = Policy(
        id=new_uuid(), account=request.alias, os_type=request.body["osType"], status=ACTIVE, **_checked(request, request.body)
    )  # fmt: skip
    return HandlerResponse(view(request.world[Policy].add(policy)))


@operation("updateBackupPolicy", writes=(Policy,))
def update_policy(request: RequestContext) -> HandlerResponse:
    """Replace an account policy. A changed interval counts from the next backup on."""
    policy = policy_from_path(request)
    body = {"osType": policy.os_type, **request.body}
    messages = [
        f"{property_name}: {body[property_name]} is not {current}; it cannot be changed."
        for property_name, current in (
            ("osType", policy.os_type),
            ("retentionDays", policy.retention_days),
            ("policyId", policy.id),
        )
        if body[property_name] != current
    ]
    if messages:
        raise validation_error(*messages)
    return HandlerResponse(view(request.world[Policy].update(policy, status=body["status"], **_checked(request, body))))


def _checked(request: RequestContext, body: Json) -> Json:
    """Return the properties of a policy in a body. Raise ApiError (400) with messages for all that are not valid."""
    excluded, schedule = body.get("excludedDirectoryPaths", []), body.get("backupSchedule")
    messages = _path_messages(body["osType"], body["paths"]) + _path_messages(body["osType"], excluded)
    if not body["paths"]:
        messages.append("paths: at least one is required.")
    if not body["name"].strip():
        messages.append("name: it must not be empty.")
    messages += [
        f"{name}: must be at least 1." for name in ("retentionDays", "backupIntervalHours") if body.get(name, 1) < 1
    ]
    if schedule and len(schedule.split()) not in _CRON_FIELDS:
        messages.append(f"backupSchedule: {schedule} is not a Quartz cron expression.")
    if not schedule and "backupIntervalHours" not in body:
        messages.append("backupIntervalHours: required if backupSchedule is not set.")
    if body.get("clcAccountAlias", request.alias).upper() != request.alias:
        messages.append(f"clcAccountAlias: {body['clcAccountAlias']} is not {request.alias}.")
    if messages:
        raise validation_error(*messages)
    return {
        "name": body["name"],
        "paths": body["paths"],
        "excluded": excluded,
        "retention_days": body["retentionDays"],
        "hours": None if schedule else body["backupIntervalHours"],
        "schedule": schedule or None,
    }


def _path_messages(os_type: str, paths: list[str]) -> list[str]:
    """Return a message for each path that is repeated or below another path."""
    library: Any = ntpath if os_type == WINDOWS else posixpath
    normalized = [library.normcase(library.normpath(path)) for path in paths]
    messages = []
    for index, path in enumerate(normalized):
        for number, other in enumerate(normalized):
            below = path.startswith(other.rstrip(library.sep) + library.sep) and path != other
            if below or (path == other and index > number):
                messages.append(f"paths: {paths[index]} overlaps {paths[number]}.")
    return messages
