# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Helpers for the resources of the backup service: entities, error format, pages, and finders.

Decisions:
  - Without the header CLC-ALIAS the account is the user's account. The 400 and 404 of this service have their own
    format (`error`, `validationMessages`); 401 and 403 have the usual format.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from clc_simulator.core import errors
from clc_simulator.core.clock import Seconds
from clc_simulator.core.entities import World, entity
from clc_simulator.core.errors import ApiError
from clc_simulator.core.models import Server
from clc_simulator.core.operations import HandlerResponse, RequestContext

Json = dict[str, Any]

LINUX, WINDOWS = "Linux", "Windows"
ACTIVE, INACTIVE = "ACTIVE", "INACTIVE"
PROVISIONING, PENDING_INSTALL, ERROR, DELETED = "PROVISIONING", "PENDING_INSTALL", "ERROR", "DELETED"
UNFINISHED = (PROVISIONING, PENDING_INSTALL, ERROR)
"""States of a server policy that is not active yet."""
REMOVED = (INACTIVE, DELETED)

REGIONS: tuple[Json, ...] = (
    {"name": "APAC", "regionLabel": "APAC (Singapore)", "messages": None},
    {"name": "GERMANY", "regionLabel": "EU (Germany)", "messages": None},
    {"name": "GREAT BRITAIN", "regionLabel": "EU (Ireland)", "messages": None},
    {"name": "US EAST", "regionLabel": "US East", "messages": None},
    {"name": "US WEST", "regionLabel": "US West", "messages": None},
    {
        "name": "CANADA",
        "regionLabel": "Canada",
        "messages": ["Backups stored in this region are NOT encrypted at rest"],
    },
)
"""As documented."""

DAY: Seconds = 86400.0


@entity("backupPolicies", indexes=("account",))
@dataclass(frozen=True, slots=True)
class Policy:
    """An account policy, with either hours or schedule (Quartz cron)."""

    id: str
    account: str
    name: str
    os_type: str
    status: str
    paths: list[str]
    excluded: list[str]
    retention_days: int
    hours: int | None = None
    schedule: str | None = None


@entity("backupServerPolicies", indexes=("policy", "server"))
@dataclass(frozen=True, slots=True)
class ServerPolicy:
    """An account policy on a server. server is the id as it is returned; times are seconds since 1970, or 0 while in use."""

    id: str
    policy: str
    account: str
    server: str
    region: str
    status: str
    unsubscribed: Seconds = 0
    expires: Seconds = 0


@entity("backupRestorePoints", indexes=("server_policy",))
@dataclass(frozen=True, slots=True)
class RestorePoint:
    """One finished backup; sizes in bytes."""

    id: str
    server_policy: str
    retention_days: int
    status: str
    started: Seconds
    finished: Seconds
    files: int
    size: int
    unchanged_files: int
    unchanged_size: int

    @property
    def expires(self) -> Seconds:
        """When it can no longer be restored."""
        return self.started + self.retention_days * DAY


@entity("backupRestoreJobs", indexes=("server_policy",))
@dataclass(frozen=True, slots=True)
class RestoreJob:
    """A restore, which was run at the agent."""

    id: str
    server_policy: str
    restore_point: str
    status: str
    started: Seconds
    finished: Seconds | None
    size: int


@entity("backupAnywhereServers", indexes=("account",))
@dataclass(frozen=True, slots=True)
class AnywhereServer:
    """A server outside of CenturyLink Cloud."""

    id: str
    account: str
    name: str
    os_type: str


@entity("backupProvisionings", indexes=("server",))
@dataclass(frozen=True, slots=True)
class Provisioning:
    """A token (its id) for the installer of one server."""

    id: str
    account: str
    server: str
    issued: Seconds


@errors.error_format("simple-backup.yaml")
def format_error(error: ApiError) -> Any:
    """Return an error in the format of this service; 401 and 403 have the usual format."""
    body = error.body
    if body is None or "message" not in body or error.status not in (400, 404, 500):
        return body
    messages = [
        f"{key.removeprefix('body.')}: {message}"
        for key, property_messages in body.get("modelState", {}).items()
        for message in property_messages
    ]
    return {"error": body["message"], **({"validationMessages": messages} if messages else {})}


def validation_error(*messages: str) -> ApiError:
    """Return a 400 with messages about the request."""
    return ApiError(400, {"error": "The request is invalid.", "validationMessages": list(messages)})


def missing(kind: str, key: str) -> ApiError:
    """Return the 404 for an unknown id."""
    return ApiError(404, {"error": f"There is no {kind} {key}."})


def policy_from_path(request: RequestContext) -> Policy:
    """Return the account policy of the path. Raise ApiError (404)."""
    key = request.path["accountPolicyId"].lower()
    policy = request.world[Policy].get(key)
    if policy is None or policy.account != request.alias:
        raise missing("account policy", key)
    return policy


def server_policy_from_path(request: RequestContext) -> ServerPolicy:
    """Return the server policy of the path, below its account policy if the path has one. Raise ApiError (404)."""
    key = request.path["serverPolicyId"].lower()
    server_policy = request.world[ServerPolicy].get(key)
    if server_policy is None or server_policy.account != request.alias:
        raise missing("server policy", key)
    if "accountPolicyId" in request.path and server_policy.policy != policy_from_path(request).id:
        raise missing("server policy", key)
    return server_policy


def server_of(world: World, alias: str, key: str) -> tuple[str, str] | None:
    """Return id and OS type of a server or external server of an account, or None if it does not exist."""
    server = world[Server].get(key.lower())
    if server is not None and server.account == alias:
        return server.id.upper(), WINDOWS if "windows" in server.os_type.lower() else LINUX
    anywhere_server = world[AnywhereServer].get(key.lower())
    return (
        (anywhere_server.id, anywhere_server.os_type)
        if anywhere_server is not None and anywhere_server.account == alias
        else None
    )


def eligible(world: World, server_policy: ServerPolicy) -> bool:
    """Return whether a server policy runs backups: neither it nor its account policy is inactive."""
    return server_policy.status == ACTIVE and world[Policy][server_policy.policy].status == ACTIVE


def new_uuid() -> str:
    """Return a new id of this service."""
    return str(uuid.uuid4())


def page(
    request: RequestContext, views: Iterable[Json], page_size: int, names: dict[str, str], ends_at_zero: bool
) -> HandlerResponse:
    """Return one page of items in the order of the query.

    page_size: default of limit. names: values of sortBy and the properties that they sort by.
    ends_at_zero: whether nextOffset is 0 on the last page; else it is the count of entries so far. Both are documented.
    """
    items, query = list(views), request.query
    if "sortBy" in query:
        if query["sortBy"] not in names:
            raise validation_error(f"sortBy: {query['sortBy']} is not one of {', '.join(names)}.")
        property_name = names[query["sortBy"]]
        items.sort(key=lambda item: (item.get(property_name) is not None, item.get(property_name)))
    if query.get("ascendingSort") is False:
        items.reverse()
    limit, offset = query.get("limit", page_size), query.get("offset", 0)
    selected = items[offset : offset + limit]
    after = offset + len(selected)
    return HandlerResponse(
        {
            "limit": limit,
            "offset": offset,
            "nextOffset": 0 if ends_at_zero and after >= len(items) else after,
            "results": selected,
            "totalCount": len(items),
        }
    )
