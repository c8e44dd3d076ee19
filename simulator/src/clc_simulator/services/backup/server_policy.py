# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Server policies: account policies on servers.

Decisions:
  - A server policy is PROVISIONING for half of a job's duration, then PENDING_INSTALL, then ACTIVE; job faults: `fail`
    sets ERROR, `hang` leaves the status. A second server policy of the same server, policy, and region is rejected while
    the first is in use.
  - A PATCH of an active server policy has the status 200 and changes nothing, as observed. A deleted server policy is
    INACTIVE until its retention has passed, then DELETED.
"""

from __future__ import annotations

from typing import Any

from clc_simulator.core.entities import World
from clc_simulator.core.errors import ApiError
from clc_simulator.core.jobs import later
from clc_simulator.core.operations import HandlerResponse, RequestContext, operation
from clc_simulator.services.backup._shared import (
    ACTIVE,
    DAY,
    DELETED,
    ERROR,
    INACTIVE,
    PENDING_INSTALL,
    PROVISIONING,
    REMOVED,
    UNFINISHED,
    Policy,
    ServerPolicy,
    eligible,
    new_uuid,
    page,
    policy_from_path,
    server_of,
    server_policy_from_path,
    validation_error,
)
from clc_simulator.services.backup.restore_point import backup_runs

Json = dict[str, Any]

SERVERS_A_PAGE = 1000
"""Default of limit (documented)."""
_PENDING_SHARE = 0.5
"""Share of a job's duration after which a new server policy is PENDING_INSTALL."""


def server_view(server_policy: ServerPolicy) -> Json:
    """Return a server policy as it is returned; times are milliseconds."""
    return {
        "serverPolicyId": server_policy.id,
        "accountPolicyId": server_policy.policy,
        "serverId": server_policy.server,
        "storageRegion": server_policy.region,
        "clcAccountAlias": server_policy.account,
        "status": server_policy.status,
        "expirationDate": int(server_policy.expires * 1000),
        "unsubscribedDate": int(server_policy.unsubscribed * 1000),
        "storageAccountId": None,
    }


@operation("listBackupServerPolicies")
def list_server_policies(request: RequestContext) -> HandlerResponse:
    """Return a page of the server policies of an account policy, including deleted server policies."""
    status = request.query.get("withStatus")
    server_policies = [
        server_policy
        for server_policy in request.world[ServerPolicy].find_by("policy", policy_from_path(request).id)
        if status in (None, server_policy.status)
    ]
    names = {name: name for name in ("status", "storageRegion", "serverId", "serverPolicyId")}
    return page(request, map(server_view, server_policies), SERVERS_A_PAGE, names, ends_at_zero=True)


@operation("getBackupServerPolicy")
def get_server_policy(request: RequestContext) -> HandlerResponse:
    """Return one server policy."""
    return HandlerResponse(server_view(server_policy_from_path(request)))


@operation("listBackupServerPolicyDetails")
def list_details(request: RequestContext) -> HandlerResponse:
    """Return all policies of a server; an unknown server has no policies."""
    server = server_of(request.world, request.alias, request.query["serverId"])
    key = server[0] if server else request.query["serverId"].upper()
    status = request.query.get("withStatus")
    server_policies = [
        server_policy
        for server_policy in request.world[ServerPolicy].find_by("server", key)
        if server_policy.account == request.alias
    ]
    return HandlerResponse(
        [
            _details(request.world, server_policy)
            for server_policy in server_policies
            if status in (None, server_policy.status)
        ]
    )


def _details(world: World, server_policy: ServerPolicy) -> Json:
    policy = world[Policy][server_policy.policy]
    return {
        "accountPolicyId": policy.id,
        "osType": policy.os_type,
        "name": policy.name,
        "clcAccountAlias": server_policy.account,
        "accountPolicyStatus": policy.status,
        "paths": policy.paths,
        "backupProvider": None,
        "retentionDays": policy.retention_days,
        **({"backupSchedule": policy.schedule} if policy.schedule else {"backupIntervalHours": policy.hours}),
        "serverPolicyId": server_policy.id,
        "serverId": server_policy.server,
        "storageRegion": server_policy.region,
        "serverPolicyStatus": server_policy.status,
        "eligibleForBackup": eligible(world, server_policy),
    }


@operation("createBackupServerPolicy", writes=(ServerPolicy,))
def create_server_policy(request: RequestContext) -> HandlerResponse:
    """Apply a policy to a server, or to many servers with the header Bulk-Operation."""
    policy = policy_from_path(request)
    bulk = request.headers.get("Bulk-Operation", "").lower() == "true"
    if bulk != isinstance(request.body, list):
        raise validation_error("The body must be an array with the header Bulk-Operation, and an object without it.")
    if bulk:
        return _bulk(request, policy)
    if request.body["clcAccountAlias"].upper() != request.alias:
        raise validation_error(f"clcAccountAlias: {request.body['clcAccountAlias']} is not {request.alias}.")
    if request.body.get("accountPolicyId", policy.id) != policy.id:
        raise validation_error("accountPolicyId: it differs from the id in the path.")
    return HandlerResponse(
        server_view(_apply(request, policy, request.body["serverId"], request.body["storageRegion"]))
    )


def _apply(request: RequestContext, policy: Policy, key: str, region: str) -> ServerPolicy:
    """Start a server policy. Raise ApiError (400) if the server cannot have it."""
    server_and_os = server_of(request.world, request.alias, key)
    if server_and_os is None:
        raise ApiError(400, {"error": f"Failed to get server information for serverId={key}"})
    server, os_type = server_and_os
    if os_type != policy.os_type:
        raise validation_error(f"serverId: {key} runs {os_type}, the policy is for {policy.os_type}.")
    for other in request.world[ServerPolicy].find_by("server", server):
        if (other.policy, other.region) == (policy.id, region) and other.status not in REMOVED:
            raise validation_error(f"serverId: {key} already has this policy in {region}.")
    server_policy = ServerPolicy(new_uuid(), policy.id, request.alias, server, region, PROVISIONING)
    request.start_job(server_policy_id=server_policy.id)
    return request.world[ServerPolicy].add(server_policy)


@create_server_policy.effect(share=_PENDING_SHARE)
def agent_is_missing(world: World, server_policy_id: str) -> None:
    """Set a server policy to PENDING_INSTALL."""
    _continue_installation(world, server_policy_id, PENDING_INSTALL)


@create_server_policy.effect
def agent_is_installed(world: World, server_policy_id: str) -> None:
    """Make a server policy active; its first backup runs at once."""
    if _continue_installation(world, server_policy_id, ACTIVE):
        backup_runs.schedule(world, world.now, server_policy_id=server_policy_id)


@create_server_policy.failure
def installation_failed(world: World, server_policy_id: str) -> None:
    """Set the status after a failed installation of the agent."""
    _continue_installation(world, server_policy_id, ERROR)


def _continue_installation(world: World, server_policy_id: str, status: str) -> bool:
    """Set the next status of a server policy, unless the installation was stopped. Return whether it was set."""
    server_policy = world[ServerPolicy].get(server_policy_id)
    if server_policy is None or server_policy.status not in (PROVISIONING, PENDING_INSTALL):
        return False
    world[ServerPolicy].update(server_policy, status=status)
    return True


def _bulk(request: RequestContext, policy: Policy) -> HandlerResponse:
    """Apply a policy to each server of an array; the response has an entry for each success or failure."""
    entries = [_bulk_entry(request, policy, index, item) for index, item in enumerate(request.body)]
    succeeded = sum(entry["success"] for entry in entries)
    status = "SUCCESS" if succeeded == len(entries) else "PARTIAL" if succeeded else "FAILED"
    if request.faults.shuffle is not None:
        request.faults.shuffle.shuffle(entries)
    return HandlerResponse({"status": status, "createServerPolicyResponseList": entries})


def _bulk_entry(request: RequestContext, policy: Policy, index: int, item: Json) -> Json:
    fault = request.faults.reject
    try:
        if fault is not None and fault["server"] in (index, item["serverId"], item["serverId"].lower()):
            raise ApiError(400, {"error": fault.get("message")})
        server_policy = _apply(request, policy, item["serverId"], item["storageRegion"])
    except ApiError as error:
        messages = error.body.get("validationMessages")
        empty = ServerPolicy("", "", request.alias, item["serverId"].upper(), item["storageRegion"], "")
        null_ids = {"serverPolicyId": None, "accountPolicyId": None, "status": None}
        return {
            "success": False,
            "error": None if messages else error.body["error"],
            "validationMessages": " ".join(messages) if messages else None,
            "serverPolicy": server_view(empty) | null_ids,
        }
    return {"success": True, "error": None, "validationMessages": None, "serverPolicy": server_view(server_policy)}


@operation("patchBackupServerPolicy", writes=(ServerPolicy,))
def patch_server_policy(request: RequestContext) -> HandlerResponse:
    """Stop the installation of a server policy; other server policies are not changed, as observed."""
    server_policy = server_policy_from_path(request)
    operations = request.body.get("operations", [request.body])
    if server_policy.status in UNFINISHED and any(item["op"] == "replace" for item in operations):
        server_policy = request.world[ServerPolicy].update(server_policy, status=INACTIVE)
    return HandlerResponse(server_view(server_policy))


@operation("deleteBackupServerPolicy", writes=(ServerPolicy,))
def delete_server_policy(request: RequestContext) -> HandlerResponse:
    """Delete a server policy: it is inactive until its data has expired. A second request changes nothing."""
    server_policy = server_policy_from_path(request)
    if server_policy.status not in REMOVED:
        expires = request.world.now + request.world[Policy][server_policy.policy].retention_days * DAY
        request.world[ServerPolicy].update(
            server_policy, status=INACTIVE, unsubscribed=request.world.now, expires=expires
        )
        data_expires.schedule(request.world, expires, server_policy_id=server_policy.id)
    return HandlerResponse()


@later("deleteBackupServerPolicy", writes=(ServerPolicy,))
def data_expires(world: World, server_policy_id: str) -> None:
    """Set a server policy to DELETED after its data has expired."""
    server_policy = world[ServerPolicy].get(server_policy_id)
    if server_policy is not None:
        world[ServerPolicy].update(server_policy, status=DELETED)
