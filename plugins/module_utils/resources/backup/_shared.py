# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the resources of the backup service share: reading pages of lists, and lookup and results of policies.

API behavior (simple-backup.yaml): the account is in a header, which the client sets; lists are paged, and nextOffset is 0 on some
last pages, so a list ends when totalCount is reached; ids are UUIDs. A server policy that was removed may still be returned as
INACTIVE or DELETED until its data expires; both count as absent.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import paths
from ...api.errors import NoSuchResource, NotFound
from ...kit import compare
from ...kit.lookup import find_one, is_id
from ...kit.naming import to_snake_case, with_keys
from ...kit.resource import Entity
from ...kit.task import Task

SERVICE = "backup"
# The documented page size of server policies, used for all lists to send few requests.
_PAGE_SIZE = 1000
TRANSITIONAL_STATUSES, ERROR = ("PROVISIONING", "PENDING_INSTALL"), "ERROR"
_REMOVED_STATUSES = ("INACTIVE", "DELETED")

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


def same_alphanumerics(desired: t.Any, actual: t.Any) -> bool:
    """Compare letters and digits, ignoring case and separators: US EAST, USEAST, us-east."""
    return _alphanumerics(desired) == _alphanumerics(actual)


def _alphanumerics(value: t.Any) -> str:
    return "".join(character for character in str(value or "").lower() if character.isalnum())


def read(task: Task, path: str, **params: str) -> t.Any:
    """Read a path of the service. Sends one request."""
    return task.client.get(path, service=SERVICE, params=params or None).body


def read_all(task: Task, path: str, **params: str) -> list[Entity]:
    """Read all pages of a list. Sends one request per page."""
    entities: list[Entity] = []
    while True:
        page = read(task, path, limit=str(_PAGE_SIZE), offset=str(len(entities)), **params)
        entities += page["results"] or []
        if not page["results"] or len(entities) >= int(page["totalCount"]):
            return entities


# Account policies


def read_policy(task: Task, policy_id: str) -> Entity | None:
    """Read an account policy by id; None if it does not exist. Sends one request."""
    try:
        policy: Entity = read(task, paths.BACKUP_POLICY(policy_id.lower()))
    except NotFound:
        return None
    return policy


def find_policy(task: Task, name_or_id: str) -> Entity:
    """Return the account policy that an id or a name identifies. Raises ResourceLookupError, and NoSuchResource if it
    does not exist.
    """
    if is_id(name_or_id):
        policy = read_policy(task, name_or_id)
        if policy is None:
            raise NoSuchResource(
                f"no backup policy has the id {name_or_id}",
                help_text="Check the id and account_alias, or specify the name.",
            )
        return policy
    return find_one("backup policy", name_or_id, read_all(task, paths.BACKUP_POLICIES()), id_property="policyId")


def policy_to_result(policy: Entity) -> dict[str, t.Any]:
    """Return an account policy in result format. The interval is null if there is a schedule, which takes precedence."""
    values = {**to_snake_case(policy), "id": policy.get("policyId"), "account_alias": policy.get("clcAccountAlias")}
    values["excluded_directory_paths"] = values.get("excluded_directory_paths") or []
    values["backup_schedule"] = values.get("backup_schedule") or None
    if values["backup_schedule"]:
        values["backup_interval_hours"] = None
    return with_keys(values, POLICY_KEYS)


def gather_policies(task: Task) -> list[dict[str, t.Any]]:
    """Return the account policies that an info task selects, sorted by name and id. An empty string selects none."""
    name_or_id, server_id, status = task.option("policy"), task.option("server_id"), task.option("status")
    if "" in (name_or_id, server_id):
        return []
    if name_or_id and is_id(name_or_id) and not server_id:
        policy = read_policy(task, name_or_id)
        policies = [] if policy is None else [policy]
    else:
        params = {"withStatus": status} if status else {}
        path = paths.BACKUP_POLICIES_OF_SERVER(to_api_id(server_id)) if server_id else paths.BACKUP_POLICIES()
        try:
            policies = read_all(task, path, **params)
        except NotFound:
            return []  # the server does not exist
    matching = [
        policy
        for policy in policies
        if _matches(name_or_id, policy["name"], policy["policyId"]) and (not status or policy["status"] == status)
    ]
    return [policy_to_result(item) for item in sorted(matching, key=lambda item: (item["name"], item["policyId"]))]


def _matches(name_or_id: str | None, name: str, policy_id: str) -> bool:
    return not name_or_id or name_or_id == name or compare.case_insensitive(name_or_id, policy_id)


# Server policies


def to_api_id(server_id: str) -> str:
    """Return a server's id for a request: in upper case, but the UUID of an external server in lower case."""
    return server_id.lower() if is_id(server_id) else server_id.upper()


def is_in_use(server_policy: Entity) -> bool:
    """Return whether a server policy is in use; one without a status, which was observed, is."""
    return server_policy.get("status") not in _REMOVED_STATUSES


def is_in_region(server_policy: Entity, region: str | None) -> bool:
    """Return whether a server policy stores its data in a region; without a region, every server policy matches."""
    return not region or same_alphanumerics(region, server_policy.get("storageRegion"))


def region_name(task: Task) -> str:
    """Return the service's name of the region that the task specifies by its name or label. Sends one request per task.

    Raises NoSuchResource for an unknown region.
    """
    name_or_label = str(task.option("storage_region"))
    regions = task.cached("regions", lambda: read(task, paths.BACKUP_REGIONS()))
    for region in regions:
        if any(same_alphanumerics(name_or_label, region.get(key)) for key in ("name", "regionLabel")):
            return str(region["name"])
    return str(find_one("storage region", name_or_label, regions, id_property="name")["name"])


def in_region(task: Task, server_policies: list[Entity]) -> list[Entity]:
    """Return the server policies in the region of an info task, all without one.

    The regions are only read if no server policy is in a region of that name. Raises NoSuchResource for an unknown region.
    """
    region = task.option("storage_region")
    matching = [item for item in server_policies if is_in_region(item, region)]
    if matching or not region:
        return matching
    name = region_name(task)
    return [item for item in server_policies if is_in_region(item, name)]


def read_details(task: Task, server_id: str) -> list[Entity]:
    """Read the server policies of a server, with the additional keys name and accountPolicyStatus. Sends one request."""
    details = read(task, paths.BACKUP_SERVER_POLICY_DETAILS(), serverId=to_api_id(server_id))
    return [
        {**item, "status": _status(item.get("serverPolicyStatus"))}
        for item in sorted(details, key=lambda item: str(item["serverPolicyId"]))
    ]


def select_server_policies(task: Task) -> list[Entity]:
    """Return the server policies that server_id, policy, and storage_region select, including removed ones."""
    name_or_id = task.option("policy")
    return [
        item
        for item in in_region(task, read_details(task, task.option("server_id")))
        if _matches(name_or_id, item["name"], item["accountPolicyId"])
    ]


def _status(value: t.Any) -> str | None:
    """Return the status of a server policy; the documentation says that it may be a list, and empty values were observed."""
    first = value[0] if isinstance(value, list) and value else value
    return str(first) if first else None


def server_policy_to_result(server_policy: Entity, policy: Entity) -> dict[str, t.Any]:
    """Return a server policy in result format; its dates are null while it is in use.

    policy: its account policy; empty if that does not exist yet.
    """
    server_id = server_policy.get("serverId")
    return {
        "id": server_policy.get("serverPolicyId"),
        "policy_id": server_policy.get("accountPolicyId"),
        "policy_name": policy.get("name"),
        "policy_status": policy.get("status"),
        "server_id": server_id.lower() if server_id else None,
        "storage_region": server_policy.get("storageRegion"),
        "status": server_policy.get("status") or None,
        "unsubscribed_date": server_policy.get("unsubscribedDate") or None,
        "expiration_date": server_policy.get("expirationDate") or None,
    }


def gather_server_policies(task: Task) -> list[dict[str, t.Any]]:
    """Return the server policies of a server or an account policy that an info task selects. An empty string selects none."""
    if not (task.option("server_id") or task.option("policy")):
        return []
    if task.option("server_id"):
        pairs = [
            (item, {"name": item["name"], "status": item.get("accountPolicyStatus")})
            for item in select_server_policies(task)
        ]
    else:
        try:
            policy = find_policy(task, task.option("policy"))
        except NoSuchResource:
            return []
        server_policies = in_region(task, _server_policies_of(task, str(policy["policyId"])))
        pairs = [(item, policy) for item in server_policies]
    statuses = task.option("status") or []
    results = [server_policy_to_result(item, policy) for item, policy in pairs]
    matching = [result for result in results if not statuses or result["status"] in statuses]
    return sorted(matching, key=lambda result: (result["server_id"], result["storage_region"], result["id"]))


def _server_policies_of(task: Task, policy_id: str) -> list[Entity]:
    """Read the server policies of an account policy, or only the one with the option `id`."""
    server_policy_id = task.option("id")
    if not server_policy_id:
        return read_all(task, paths.BACKUP_SERVER_POLICIES(policy_id))
    try:
        return [read(task, paths.BACKUP_SERVER_POLICY(policy_id, server_policy_id.lower()))]
    except NotFound:
        return []
