# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backup: account policies and server policies."""

from __future__ import annotations

import ntpath
import posixpath
from collections.abc import Callable, Iterable
from typing import Any

from clc_simulator import queue
from clc_simulator.behaviour.backup_records import (
    ACTIVE,
    DAY,
    DELETED,
    ERROR,
    GONE,
    INACTIVE,
    PENDING_INSTALL,
    PROVISIONING,
    UNFINISHED,
    WINDOWS,
    Policy,
    ServerPolicy,
    eligible,
    invalid,
    missing,
    new_uuid,
    server_of,
    the_policy,
    the_server_policy,
)
from clc_simulator.operations import Call, Reply, operation
from clc_simulator.problems import Problem
from clc_simulator.world import World

Json = dict[str, Any]

POLICIES_A_PAGE, SERVERS_A_PAGE = 100, 1000
"""Entries of a page where limit is left out: documented for server policies, taken for account policies."""

_CRON_FIELDS = (6, 7)
_PENDING_SHARE = 0.5
"""Share of a job's time after which a new server policy waits for its agent."""


# Pages


def page(call: Call, rows: Iterable[Json], sizes: int, names: dict[str, str], ends_at_zero: bool) -> Reply:
    """Answer one page of rows in the order that the query asks for.

    sizes: entries of a page where limit is left out. names: what sortBy takes, and the member it sorts by.
    ends_at_zero: whether nextOffset is 0 on the last page; else it is the count of entries so far. Both are documented.
    """
    found, query = list(rows), call.query
    if "sortBy" in query:
        if query["sortBy"] not in names:
            raise invalid(f"sortBy: {query['sortBy']} is none of {', '.join(names)}.")
        member = names[query["sortBy"]]
        found.sort(key=lambda row: (row.get(member) is not None, row.get(member)))
    if query.get("ascendingSort") is False:
        found.reverse()
    limit, offset = query.get("limit", sizes), query.get("offset", 0)
    shown = found[offset : offset + limit]
    after = offset + len(shown)
    return Reply(
        {
            "limit": limit,
            "offset": offset,
            "nextOffset": 0 if ends_at_zero and after >= len(found) else after,
            "results": shown,
            "totalCount": len(found),
        }
    )


# Account policies


def view(row: Policy) -> Json:
    """Return an account policy as it is shown: with hours or schedule, whichever is in force."""
    return {
        "osType": row.os_type,
        "name": row.name,
        "clcAccountAlias": row.account,
        "status": row.status,
        "paths": row.paths,
        "excludedDirectoryPaths": row.excluded,
        "retentionDays": row.retention_days,
        **({"backupSchedule": row.schedule} if row.schedule else {"backupIntervalHours": row.hours}),
        "policyId": row.id,
    }


_POLICY_SORTS = {
    name: name for name in ("status", "osType", "name", "policyId", "backupIntervalHours", "retentionDays")
}


def _policies(call: Call, wanted: Callable[[Policy], bool]) -> Reply:
    status = call.query.get("withStatus")
    rows = [row for row in call.world[Policy].by("account", call.alias) if status in (None, row.status) and wanted(row)]
    return page(call, map(view, rows), POLICIES_A_PAGE, _POLICY_SORTS, ends_at_zero=False)


@operation("listBackupPolicies")
def list_policies(call: Call) -> Reply:
    """Answer a page of the account's policies."""
    return _policies(call, lambda row: True)


@operation("listBackupPoliciesForServer")
def list_for_server(call: Call) -> Reply:
    """Answer a page of the policies for the operating system of a server."""
    found = server_of(call.world, call.alias, call.path["serverId"])
    if found is None:
        raise missing("server", call.path["serverId"])
    return _policies(call, lambda row: row.os_type == found[1])


@operation("getBackupPolicy")
def get_policy(call: Call) -> Reply:
    """Answer one account policy."""
    return Reply(view(the_policy(call)))


@operation("createBackupPolicy")
def create_policy(call: Call) -> Reply:
    """Make an account policy; it is active at once."""
    row = Policy(
        id=new_uuid(), account=call.alias, os_type=call.body["osType"], status=ACTIVE, **_checked(call)
    )  # fmt: skip
    return Reply(view(call.world[Policy].add(row)))


@operation("updateBackupPolicy")
def update_policy(call: Call) -> Reply:
    """Replace an account policy. A changed interval counts from the next backup on."""
    row, body = the_policy(call), call.body
    wrong = [
        f"{member}: {body[member]} is not {held}; it may not change."
        for member, held in (("osType", row.os_type), ("retentionDays", row.retention_days), ("policyId", row.id))
        if body[member] != held
    ]
    if wrong:
        raise invalid(*wrong)
    return Reply(view(call.world[Policy].update(row, status=body["status"], **_checked(call))))


def _checked(call: Call) -> Json:
    """Return the members of a policy that a body sets. Raises Problem (400) with all that is wrong with them."""
    body = call.body
    excluded, schedule = body.get("excludedDirectoryPaths", []), body.get("backupSchedule")
    wrong = _wrong_paths(body["osType"], body["paths"]) + _wrong_paths(body["osType"], excluded)
    if not body["paths"]:
        wrong.append("paths: at least one is required.")
    if not body["name"].strip():
        wrong.append("name: it is empty.")
    wrong += [
        f"{name}: must be at least 1." for name in ("retentionDays", "backupIntervalHours") if body.get(name, 1) < 1
    ]
    if schedule and len(schedule.split()) not in _CRON_FIELDS:
        wrong.append(f"backupSchedule: {schedule} is no Quartz cron expression.")
    if not schedule and "backupIntervalHours" not in body:
        wrong.append("backupIntervalHours: it is required where there is no backupSchedule.")
    if body.get("clcAccountAlias", call.alias).upper() != call.alias:
        wrong.append(f"clcAccountAlias: {body['clcAccountAlias']} is not {call.alias}.")
    if wrong:
        raise invalid(*wrong)
    return {
        "name": body["name"],
        "paths": body["paths"],
        "excluded": excluded,
        "retention_days": body["retentionDays"],
        "hours": None if schedule else body["backupIntervalHours"],
        "schedule": schedule or None,
    }


def _wrong_paths(os_type: str, paths: list[str]) -> list[str]:
    """Return a message for each path that comes twice or lies below another."""
    library: Any = ntpath if os_type == WINDOWS else posixpath
    clean = [library.normcase(library.normpath(path)) for path in paths]
    wrong = []
    for at, one in enumerate(clean):
        for number, other in enumerate(clean):
            below = one.startswith(other.rstrip(library.sep) + library.sep) and one != other
            if below or (one == other and at > number):
                wrong.append(f"paths: {paths[at]} overlaps {paths[number]}.")
    return wrong


# Server policies


def server_view(row: ServerPolicy) -> Json:
    """Return a server policy as it is shown; moments are milliseconds."""
    return {
        "serverPolicyId": row.id,
        "accountPolicyId": row.policy,
        "serverId": row.server,
        "storageRegion": row.region,
        "clcAccountAlias": row.account,
        "status": row.status,
        "expirationDate": int(row.expires * 1000),
        "unsubscribedDate": int(row.unsubscribed * 1000),
        "storageAccountId": None,
    }


@operation("listBackupServerPolicies")
def list_server_policies(call: Call) -> Reply:
    """Answer a page of the server policies of an account policy, those that were taken away among them."""
    status = call.query.get("withStatus")
    rows = [row for row in call.world[ServerPolicy].by("policy", the_policy(call).id) if status in (None, row.status)]
    names = {name: name for name in ("status", "storageRegion", "serverId", "serverPolicyId")}
    return page(call, map(server_view, rows), SERVERS_A_PAGE, names, ends_at_zero=True)


@operation("getBackupServerPolicy")
def get_server_policy(call: Call) -> Reply:
    """Answer one server policy."""
    return Reply(server_view(the_server_policy(call)))


@operation("listBackupServerPolicyDetails")
def list_details(call: Call) -> Reply:
    """Answer all policies of a server; none for a server that nobody knows."""
    found = server_of(call.world, call.alias, call.query["serverId"])
    key = found[0] if found else call.query["serverId"].upper()
    status = call.query.get("withStatus")
    rows = [row for row in call.world[ServerPolicy].by("server", key) if row.account == call.alias]
    return Reply([_details(call.world, row) for row in rows if status in (None, row.status)])


def _details(world: World, row: ServerPolicy) -> Json:
    policy = world[Policy][row.policy]
    return {
        "accountPolicyId": policy.id,
        "osType": policy.os_type,
        "name": policy.name,
        "clcAccountAlias": row.account,
        "accountPolicyStatus": policy.status,
        "paths": policy.paths,
        "backupProvider": None,
        "retentionDays": policy.retention_days,
        **({"backupSchedule": policy.schedule} if policy.schedule else {"backupIntervalHours": policy.hours}),
        "serverPolicyId": row.id,
        "serverId": row.server,
        "storageRegion": row.region,
        "serverPolicyStatus": row.status,
        "eligibleForBackup": eligible(world, row),
    }


@operation("createBackupServerPolicy")
def create_server_policy(call: Call) -> Reply:
    """Give a policy to one server, or to many where the header Bulk-Operation says so."""
    policy = the_policy(call)
    bulk = call.headers.get("Bulk-Operation", "").lower() == "true"
    if bulk != isinstance(call.body, list):
        raise invalid("The body is an array with the header Bulk-Operation, and one object without it.")
    if bulk:
        return _bulk(call, policy)
    if call.body["clcAccountAlias"].upper() != call.alias:
        raise invalid(f"clcAccountAlias: {call.body['clcAccountAlias']} is not {call.alias}.")
    if call.body.get("accountPolicyId", policy.id) != policy.id:
        raise invalid("accountPolicyId: it is not that of the address.")
    return Reply(server_view(_give(call, policy, call.body["serverId"], call.body["storageRegion"])))


def _give(call: Call, policy: Policy, key: str, region: str) -> ServerPolicy:
    """Start a server policy. Raises Problem (400) where the server cannot have it."""
    found = server_of(call.world, call.alias, key)
    if found is None:
        raise Problem(400, {"error": f"Failed to get server information for serverId={key}"})
    server, os_type = found
    if os_type != policy.os_type:
        raise invalid(f"serverId: {key} runs {os_type}, the policy is for {policy.os_type}.")
    for other in call.world[ServerPolicy].by("server", server):
        if (other.policy, other.region) == (policy.id, region) and other.status not in GONE:
            raise invalid(f"serverId: {key} has this policy in {region} already.")
    row = ServerPolicy(new_uuid(), policy.id, call.alias, server, region, PROVISIONING)
    _install(call, row)
    return call.world[ServerPolicy].add(row)


def _install(call: Call, row: ServerPolicy) -> None:
    """Let the agent be installed; it has no job that could be read, but the faults of jobs bend it."""
    now, seconds, outcome = call.world.now, call.world.job_seconds, call.play.job
    stages = [(_PENDING_SHARE * seconds, PENDING_INSTALL)]
    if outcome != "hang":
        stages.append((seconds + call.play.job_lag_seconds, ERROR if outcome == "fail" else ACTIVE))
    for after, status in stages:
        queue.schedule(call.world, now + after, "backup.install", {"server_policy": row.id, "status": status})


@queue.effect("backup.install")
def end_install(world: World, server_policy: str, status: str) -> None:
    """Bring a server policy a step further, unless it was given up; the first backup runs once it is active."""
    row = world[ServerPolicy].get(server_policy)
    if row is None or row.status not in (PROVISIONING, PENDING_INSTALL):
        return
    world[ServerPolicy].update(row, status=status)
    if status == ACTIVE:
        queue.schedule(world, world.now, "backup.run", {"server_policy": row.id})


def _bulk(call: Call, policy: Policy) -> Reply:
    """Give a policy to each server of an array; failures are told inside of the answer."""
    entries = [_bulk_entry(call, policy, at, item) for at, item in enumerate(call.body)]
    good = sum(entry["success"] for entry in entries)
    status = "SUCCESS" if good == len(entries) else "PARTIAL" if good else "FAILED"
    if call.play.shuffle is not None:
        call.play.shuffle.shuffle(entries)
    return Reply({"status": status, "createServerPolicyResponseList": entries})


def _bulk_entry(call: Call, policy: Policy, at: int, item: Json) -> Json:
    fault = call.play.refuse
    try:
        if fault is not None and fault["server"] in (at, item["serverId"], item["serverId"].lower()):
            raise Problem(400, {"error": fault.get("message")})
        row = _give(call, policy, item["serverId"], item["storageRegion"])
    except Problem as problem:
        told = problem.body.get("validationMessages")
        empty = ServerPolicy("", "", call.alias, item["serverId"].upper(), item["storageRegion"], "")
        nothing = {"serverPolicyId": None, "accountPolicyId": None, "status": None}
        return {
            "success": False,
            "error": None if told else problem.body["error"],
            "validationMessages": " ".join(told) if told else None,
            "serverPolicy": server_view(empty) | nothing,
        }
    return {"success": True, "error": None, "validationMessages": None, "serverPolicy": server_view(row)}


@operation("patchBackupServerPolicy")
def patch_server_policy(call: Call) -> Reply:
    """Give up on a server policy that did not come up; any other is answered with 200 and left as it is, as was seen."""
    row = the_server_policy(call)
    if row.status in UNFINISHED and call.body["op"] == "replace":
        row = call.world[ServerPolicy].update(row, status=INACTIVE)
    return Reply(server_view(row))


@operation("deleteBackupServerPolicy")
def delete_server_policy(call: Call) -> Reply:
    """Take a policy from a server: inactive until its data has expired, then deleted. Once more changes nothing."""
    row = the_server_policy(call)
    if row.status not in GONE:
        expires = call.world.now + call.world[Policy][row.policy].retention_days * DAY
        call.world[ServerPolicy].update(row, status=INACTIVE, unsubscribed=call.world.now, expires=expires)
        queue.schedule(call.world, expires, "backup.expire", {"server_policy": row.id})
    return Reply()


@queue.effect("backup.expire")
def expire(world: World, server_policy: str) -> None:
    """Let the data of a server policy go."""
    row = world[ServerPolicy].get(server_policy)
    if row is not None:
        world[ServerPolicy].update(row, status=DELETED)
