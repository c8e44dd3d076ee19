# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What clients see of servers and groups: the recorded shapes, with the members and links of each state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clc_simulator import estate
from clc_simulator.accounts import Account
from clc_simulator.estate import Group, Server
from clc_simulator.queue import Job
from clc_simulator.world import World

Json = dict[str, Any]

DETAILS: list[Callable[[World, Server], Json]] = []
"""Further members of a server's details, from resources that servers are tied to: functions of world and server."""


def status_link(job: Job) -> Json:
    """Return the link to a job of the queue."""
    return {"rel": "status", "href": f"/v2/operations/{job.account.lower()}/status/{job.id}", "id": job.id}


def queued(name: str, job: Job) -> Json:
    """Return the item of a server whose work was queued."""
    return {"server": name.lower(), "isQueued": True, "links": [status_link(job)]}


def change_info(row: Server | Group) -> Json:
    """Return changeInfo, without modifiedBy where nobody has modified a server since it was built."""
    info = {"createdBy": row.created_by, "createdDate": row.created}
    if row.modified_by is not None:
        info["modifiedBy"] = row.modified_by
    return {**info, "modifiedDate": row.modified}


def custom_fields(world: World, alias: str, values: list[dict[str, str]]) -> list[Json]:
    """Return custom field values as an entity shows them; an option shows the word that stands for its value."""
    if not values:
        return []
    definitions = {item["id"]: item for item in (world[Account][alias].custom_fields)}
    shown = []
    for entry in values:
        definition = definitions.get(entry["id"], {"name": "", "options": []})
        words = {option["name"]: option["value"] for option in definition["options"]}
        value = entry["value"]
        shown.append(
            {"id": entry["id"], "name": definition["name"], "value": value, "displayValue": words.get(value, value)}
        )
    return shown


def server(world: World, row: Server, in_group: bool = False) -> Json:
    """Return a server as getServer shows it, or as a detailed group lists it (in_group)."""
    view: Json = {"id": row.id, "name": row.id.upper()}
    if row.display_name is not None and not in_group:
        view["displayName"] = row.display_name
    view |= {
        "description": row.description,
        "groupId": row.group,
        "isTemplate": row.is_template,
        "locationId": row.data_center,
        "osType": row.os_type,
        "os": row.os,
    }
    if row.managed_os:
        view["isManagedOS"] = True
    if row.managed_backup and not in_group:
        view["isManagedBackup"] = True
    view["status"] = row.status
    details = _details(world, row, in_group)
    if details is not None:
        view["details"] = details
    view |= {
        "type": row.type,
        "storageType": row.storage_type,
        "changeInfo": change_info(row),
        "links": _server_links(row),
    }
    return view


def _details(world: World, row: Server, in_group: bool) -> Json | None:
    """Return details as x-clc-server-lifecycle tells for each status, or None where there are none."""
    if row.status == estate.UNDER_CONSTRUCTION:
        return None
    if row.status == estate.QUEUED_FOR_DELETE and not row.keeps_details:
        return None
    if row.status == estate.QUEUED_FOR_RESTORE or (row.status == estate.ARCHIVED and in_group):
        return {"powerState": "stopped", "storageGB": row.storage_gb}
    bare = row.status in (estate.ARCHIVED, estate.QUEUED_FOR_DELETE)
    # Archived servers keep their storage; of those on their way out all three figures are recorded as 0.
    storage = 0 if row.status == estate.QUEUED_FOR_DELETE else row.storage_gb
    details: Json = {
        "ipAddresses": row.ip_addresses,
        "secondaryIPAddresses": [{"internal": entry["internal"]} for entry in row.secondary],
        "cpu": 0 if bare else row.cpu,
        "diskCount": len(row.disks),
        "hostName": row.host_name,
        "inMaintenanceMode": row.maintenance,
        "memoryMB": 0 if bare else row.memory_mb,
        "powerState": row.power,
        "storageGB": storage,
        "disks": [{"id": disk["id"], "sizeGB": disk["sizeGB"], "partitionPaths": []} for disk in row.disks],
        "partitions": row.partitions,
        "snapshots": [_snapshot(row, snapshot) for snapshot in row.snapshots],
        "customFields": custom_fields(world, row.account, row.custom_fields),
    }
    if row.bare_metal is not None:
        details |= row.bare_metal
    for more in DETAILS:
        details |= more(world, row)
    return details


def _snapshot(row: Server, snapshot: Json) -> Json:
    href = f"/v2/servers/{row.account.lower()}/{row.id}/snapshots/{snapshot['number']}"
    return {
        "name": snapshot["name"],
        "links": [
            {"rel": "self", "href": href},
            {"rel": "delete", "href": href},
            {"rel": "restore", "href": f"{href}/restore"},
        ],
    }


def _server_links(row: Server) -> list[Json]:
    alias = row.account.lower()
    base = f"/v2/servers/{alias}/{row.id}"
    active = row.status == estate.ACTIVE
    links: list[Json] = [
        {
            "rel": "self",
            "href": base,
            "id": row.id,
            "verbs": ["GET", "PATCH", "DELETE"] if active else ["GET", "PATCH"],
        },
        {"rel": "group", "href": f"/v2/groups/{alias}/{row.group}", "id": row.group},
        {"rel": "account", "href": f"/v2/accounts/{alias}", "id": alias},
        {"rel": "billing", "href": f"/v2/billing/{alias}/serverPricing/{row.id}"},
    ]
    if active:
        by_uuid = f"/v2/servers/{alias}/{row.uuid}"
        links += [
            {"rel": "publicIPAddresses", "href": f"{base}/publicIPAddresses", "verbs": ["POST"]},
            {"rel": "credentials", "href": f"{base}/credentials"},
            {"rel": "statistics", "href": f"{base}/statistics"},
            {"rel": "upcomingScheduledActivities", "href": f"{by_uuid}/upcomingScheduledActivities"},
            {"rel": "scheduledActivities", "href": f"{by_uuid}/scheduledActivities", "verbs": ["GET", "POST"]},
            {"rel": "capabilities", "href": f"{base}/capabilities"},
            {"rel": "alertPolicyMappings", "href": f"{base}/alertPolicies", "verbs": ["POST"]},
            {"rel": "antiAffinityPolicyMapping", "href": f"{base}/antiAffinityPolicy", "verbs": ["PUT", "DELETE"]},
            {"rel": "cpuAutoscalePolicyMapping", "href": f"{base}/cpuAutoscalePolicy", "verbs": ["PUT", "DELETE"]},
        ]
    elif row.status == estate.ARCHIVED:
        links += [{"rel": "restore", "href": f"{base}/restore"}, {"rel": "delete", "href": base}]
    if active or row.status == estate.ARCHIVED:
        links += [_public_link(base, entry["public"]) for entry in row.ip_addresses if "public" in entry]
    return links


def _public_link(base: str, address: str) -> Json:
    href = f"{base}/publicIPAddresses/{address}"
    return {"rel": "publicIPAddress", "href": href, "id": address, "verbs": ["GET", "PUT", "DELETE"]}


def group(world: World, row: Group, detailed: bool, fresh: bool = False) -> Json:
    """Return a group with all below it, as getGroup does; fresh is the answer to its creation.

    With detailed it has servers instead of links to servers, and serversCount counts them in every state.
    """
    return _group(world, row, detailed, fresh, estate.holding_type(world, row))[0]


def _group(world: World, row: Group, detailed: bool, fresh: bool, holding: str) -> tuple[Json, int]:
    """Return the view of a group and how many servers of its subtree count."""
    below = [
        _group(world, child, detailed, False, child.type if child.type != "default" else holding)
        for child in estate.children(world, row)
    ]
    held = estate.servers_in(world, row)
    count = sum(number for _, number in below)
    if holding == "default":
        count += sum(1 for item in held if detailed or item.status == estate.ACTIVE)
    view: Json = {"id": row.id, "name": row.name}
    if row.description is not None:
        view["description"] = row.description
    view |= {"locationId": row.data_center, "type": row.type, "status": row.status}
    if not fresh:
        view["serversCount"] = count
    if detailed:
        view["servers"] = [server(world, item, in_group=True) for item in held]
    view |= {
        "groups": [child for child, _ in below],
        "links": group_links(row) + ([] if detailed else [_server_link(row, item) for item in held]),
        "changeInfo": change_info(row),
        "customFields": custom_fields(world, row.account, row.custom_fields),
    }
    return view, count


def _server_link(row: Group, item: Server) -> Json:
    return {"rel": "server", "href": f"/v2/servers/{row.account.lower()}/{item.id}", "id": item.id.upper()}


def group_links(row: Group) -> list[Json]:
    """Return the links of a group but those to servers (x-clc-link-rels of groups.yaml)."""
    alias = row.account.lower()
    base = f"/v2/groups/{alias}/{row.id}"
    ordinary = row.type == "default"
    removable = ordinary and row.parent is not None
    own = {"rel": "self", "href": base, "verbs": ["GET", "PATCH", "DELETE"] if removable else ["GET", "PATCH"]}
    links: list[Json] = [*(maker_links(alias) if ordinary else []), own]
    if row.parent is not None:
        links.append({"rel": "parentGroup", "href": f"/v2/groups/{alias}/{row.parent}", "id": row.parent})
    links += [
        {"rel": "defaults", "href": f"{base}/defaults", "verbs": ["GET", "POST"]},
        {"rel": "billing", "href": f"{base}/billing"},
    ]
    if removable:
        links.append({"rel": "archiveGroupAction", "href": f"{base}/archive"})
    if ordinary:
        links += activity_links(base)
    return links


def maker_links(alias: str) -> list[Json]:
    """Return the links by which groups and servers are made."""
    return [
        {"rel": "createGroup", "href": f"/v2/groups/{alias}", "verbs": ["POST"]},
        {"rel": "createServer", "href": f"/v2/servers/{alias}", "verbs": ["POST"]},
    ]


def activity_links(base: str) -> list[Json]:
    """Return the links of a group to what goes on in it; a data center shows those of its root group."""
    autoscale = f"{base}/horizontalAutoscalePolicy"
    return [
        {"rel": "statistics", "href": f"{base}/statistics"},
        {"rel": "upcomingScheduledActivities", "href": f"{base}/upcomingScheduledActivities"},
        {"rel": "horizontalAutoscalePolicyMapping", "href": autoscale, "verbs": ["GET", "PUT", "DELETE"]},
        {"rel": "scheduledActivities", "href": f"{base}/scheduledActivities", "verbs": ["GET", "POST"]},
    ]
