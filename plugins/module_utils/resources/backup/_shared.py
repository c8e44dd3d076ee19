# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules of the backup service share: its paths, its pages, and how policies and server policies are found.

Facts (contract simple-backup.yaml): the account is in a header, which the client sets; lists are paged, and nextOffset is 0 on
some last pages, so a list ends where totalCount is reached; ids are uuids. A server policy that was taken away may still be
shown as INACTIVE or DELETED until its data expires, so both count as not there.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import NotFound, NotThere
from ...kit import compare
from ...kit.declaration import Entity
from ...kit.lookup import is_id, pick
from ...kit.shape import filled, snaked
from ...kit.task import Task

SERVICE = "backup"
# Documented as the page of server policies; asked for everywhere, so that few requests do.
_PAGE = 1000
# States on the way, and the one of failure.
COMING, ERROR = ("PROVISIONING", "PENDING_INSTALL"), "ERROR"
_GONE = ("INACTIVE", "DELETED")

POLICY_KEYS = (
    "id",
    "name",
    "os_type",
    "status",
    "paths",
    "excluded_directory_paths",
    "retention_days",
    "backup_interval_hours",
    "backup_schedule",
    "account_alias",
)


def same_words(wanted: t.Any, shown: t.Any) -> bool:
    """The same letters and digits, whatever their case and what stands between them: US EAST, USEAST, us-east."""
    return _letters(wanted) == _letters(shown)


def _letters(text: t.Any) -> str:
    return "".join(letter for letter in str(text or "").lower() if letter.isalnum())


def read(task: Task, path: str, **params: str) -> t.Any:
    """Read a path of the service."""
    return task.client.get(path, service=SERVICE, params=params or None).body


def read_all(task: Task, path: str, **params: str) -> list[Entity]:
    """Read all pages of a list."""
    found: list[Entity] = []
    while True:
        page = read(task, path, limit=str(_PAGE), offset=str(len(found)), **params)
        found += page["results"] or []
        if not page["results"] or len(found) >= int(page["totalCount"]):
            return found


# Account policies


def policy_by_id(task: Task, policy_id: str) -> Entity | None:
    """Read an account policy; None where there is none."""
    try:
        found: Entity = read(task, paths.BACKUP_POLICY(policy_id.lower()))
    except NotFound:
        return None
    return found


def policy_of(task: Task, wanted: str) -> Entity:
    """Return the account policy that an id or a name means. Raises LookupFailed, and NotThere where there is none."""
    if is_id(wanted):
        found = policy_by_id(task, wanted)
        if found is None:
            raise NotThere(
                f"there is no backup policy with the id {wanted}",
                remedy="Check the id and account_alias, or give the name.",
            )
        return found
    return pick("backup policy", wanted, read_all(task, paths.BACKUP_POLICIES()), id_member="policyId")


def shown_policy(entity: Entity) -> dict[str, t.Any]:
    """Return an account policy as results have it. The interval is null where a schedule is in force, which wins."""
    values = {**snaked(entity), "id": entity.get("policyId"), "account_alias": entity.get("clcAccountAlias")}
    values["excluded_directory_paths"] = values.get("excluded_directory_paths") or []
    values["backup_schedule"] = values.get("backup_schedule") or None
    if values["backup_schedule"]:
        values["backup_interval_hours"] = None
    return filled(values, POLICY_KEYS)


def found_policies(task: Task) -> list[dict[str, t.Any]]:
    """Return the account policies that an info task asks for, sorted by name and id. An empty text names none."""
    wanted, server, status = task.option("policy"), task.option("server_id"), task.option("status")
    if "" in (wanted, server):
        return []
    if wanted and is_id(wanted) and not server:
        found = [one for one in [policy_by_id(task, wanted)] if one is not None]
    else:
        params = {"withStatus": status} if status else {}
        path = paths.BACKUP_POLICIES_OF_SERVER(sent_id(server)) if server else paths.BACKUP_POLICIES()
        try:
            found = read_all(task, path, **params)
        except NotFound:
            return []  # no such server
    kept = [one for one in found if not wanted or wanted == one["name"] or compare.caseless(wanted, one["policyId"])]
    kept = [one for one in kept if not status or one["status"] == status]
    return [shown_policy(one) for one in sorted(kept, key=lambda one: (one["name"], one["policyId"]))]


# Server policies


def sent_id(server_id: str) -> str:
    """Return a server's id as requests have it: in upper case, or that of a server from anywhere as it is."""
    return server_id.lower() if is_id(server_id) else server_id.upper()


def is_there(entity: Entity) -> bool:
    """Say whether a server policy is in use; one without a state (seen at times) is."""
    return entity.get("status") not in _GONE


def in_region(entity: Entity, region: str | None) -> bool:
    """Say whether a server policy stores its data in a region; any is right where none is named."""
    return not region or same_words(region, entity.get("storageRegion"))


def details_of(task: Task, server_id: str) -> list[Entity]:
    """Read what a server has, in the form of server policies with the members name and accountPolicyStatus. One request."""
    found = read(task, paths.BACKUP_SERVER_POLICY_DETAILS(), serverId=sent_id(server_id))
    return [
        {**one, "status": _state(one.get("serverPolicyStatus"))}
        for one in sorted(found, key=lambda one: str(one["serverPolicyId"]))
    ]


def meant(task: Task) -> list[Entity]:
    """Return the server policies of `server_id` that the options policy and storage_region leave, gone ones too."""
    wanted = task.option("policy")
    return [
        one
        for one in details_of(task, task.option("server_id"))
        if in_region(one, task.option("storage_region"))
        and (not wanted or wanted == one["name"] or compare.caseless(wanted, one["accountPolicyId"]))
    ]


def _state(value: t.Any) -> str | None:
    """Return the state of a server policy; a table of the vendor makes it a list, and it was seen empty."""
    first = value[0] if isinstance(value, list) and value else value
    return str(first) if first else None


def shown_server_policy(entity: Entity, policy: Entity) -> dict[str, t.Any]:
    """Return a server policy as results have it; its moments are null while it is in use.

    policy: its account policy; empty where that is only foreseen.
    """
    server_id = entity.get("serverId")
    return {
        "id": entity.get("serverPolicyId"),
        "policy_id": entity.get("accountPolicyId"),
        "policy_name": policy.get("name"),
        "policy_status": policy.get("status"),
        "server_id": server_id.lower() if server_id else None,
        "storage_region": entity.get("storageRegion"),
        "status": entity.get("status") or None,
        "unsubscribed_date": entity.get("unsubscribedDate") or None,
        "expiration_date": entity.get("expirationDate") or None,
    }


def found_server_policies(task: Task) -> list[dict[str, t.Any]]:
    """Return the server policies that an info task asks for: those of a server, of an account policy, or one of these.

    An empty text names none of them.
    """
    if not (task.option("server_id") or task.option("policy")):
        return []
    if task.option("server_id"):
        found = [(one, {"name": one["name"], "status": one.get("accountPolicyStatus")}) for one in meant(task)]
    else:
        try:
            policy = policy_of(task, task.option("policy"))
        except NotThere:
            return []
        below = _below(task, str(policy["policyId"]))
        found = [(one, policy) for one in below if in_region(one, task.option("storage_region"))]
    statuses = task.option("status") or []
    kept = [shown_server_policy(one, policy) for one, policy in found]
    kept = [one for one in kept if not statuses or one["status"] in statuses]
    return sorted(kept, key=lambda one: (one["server_id"], one["storage_region"], one["id"]))


def _below(task: Task, policy_id: str) -> list[Entity]:
    """Read the server policies of an account policy, or the one of the option `id`."""
    wanted = task.option("id")
    if not wanted:
        return read_all(task, paths.BACKUP_SERVER_POLICIES(policy_id))
    try:
        return [read(task, paths.BACKUP_SERVER_POLICY(policy_id, wanted.lower()))]
    except NotFound:
        return []
