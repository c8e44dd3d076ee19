# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers in responses, with the recorded properties and links of each status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clc_simulator.core import models
from clc_simulator.core.accounts import Account
from clc_simulator.core.entities import World
from clc_simulator.core.eras import ERAS, era_of
from clc_simulator.core.hrefs import href
from clc_simulator.core.models import Group, Server

Json = dict[str, Any]

DETAILS: list[Callable[[World, Server], Json]] = []
"""Functions of other resources that add properties to the details of a server."""


def change_info(entity: Server | Group) -> Json:
    """Return changeInfo, without modifiedBy if a server was not modified since its creation."""
    info = {"createdBy": entity.created_by, "createdDate": entity.created}
    if entity.modified_by is not None:
        info["modifiedBy"] = entity.modified_by
    return {**info, "modifiedDate": entity.modified}


def custom_field_values(world: World, alias: str, values: list[dict[str, str]]) -> list[Json]:
    """Return custom field values in result format; for an option, displayValue is the label of the value."""
    if not values:
        return []
    definitions = {item["id"]: item for item in (world[Account][alias].custom_fields)}
    views = []
    for entry in values:
        definition = definitions.get(entry["id"], {"name": "", "options": []})
        labels = {option["name"]: option["value"] for option in definition["options"]}
        value = entry["value"]
        views.append(
            {"id": entry["id"], "name": definition["name"], "value": value, "displayValue": labels.get(value, value)}
        )
    return views


def server_view(world: World, server: Server, in_group: bool = False) -> Json:
    """Return a server as getServer returns it, or as in a detailed group (in_group)."""
    view: Json = {"id": server.id, "name": server.id.upper()}
    if server.display_name is not None and not in_group and era_of(world) > min(ERAS):
        view["displayName"] = server.display_name
    view |= {
        "description": server.description,
        "groupId": server.group,
        "isTemplate": server.is_template,
        "locationId": server.data_center,
        "osType": server.os_type,
        "os": server.os,
    }
    if server.managed_os:
        view["isManagedOS"] = True
    if server.managed_backup and not in_group:
        view["isManagedBackup"] = True
    view["status"] = server.status
    details = _details(world, server, in_group)
    if details is not None:
        view["details"] = details
    view |= {
        "type": server.type,
        "storageType": server.storage_type,
        "changeInfo": change_info(server),
        "links": _server_links(server),
    }
    return view


def _details(world: World, server: Server, in_group: bool) -> Json | None:
    """Return details as x-clc-server-lifecycle says for each status, or None if there are none."""
    if server.status == models.UNDER_CONSTRUCTION:
        return None
    if server.status == models.QUEUED_FOR_DELETE and not server.keeps_details:
        return None
    if server.status == models.QUEUED_FOR_RESTORE or (server.status == models.ARCHIVED and in_group):
        return {"powerState": "stopped", "storageGB": server.storage_gb}
    hides_size = server.status in (models.ARCHIVED, models.QUEUED_FOR_DELETE)
    # Archived servers keep their storage; for servers that are queued for delete all sizes are recorded as 0.
    storage = 0 if server.status == models.QUEUED_FOR_DELETE else server.storage_gb
    details: Json = {
        "ipAddresses": server.ip_addresses,
        "secondaryIPAddresses": [{"internal": entry["internal"]} for entry in server.secondary],
        "cpu": 0 if hides_size else server.cpu,
        "diskCount": len(server.disks),
        "hostName": server.host_name,
        "inMaintenanceMode": server.maintenance,
        "memoryMB": 0 if hides_size else server.memory_mb,
        "powerState": server.power,
        "storageGB": storage,
        "disks": [{"id": disk["id"], "sizeGB": disk["sizeGB"], "partitionPaths": []} for disk in server.disks],
        "partitions": server.partitions,
        "snapshots": [_snapshot(server, snapshot) for snapshot in server.snapshots],
        "customFields": custom_field_values(world, server.account, server.custom_fields),
    }
    if server.bare_metal is not None:
        details |= server.bare_metal
    for details_of in DETAILS:
        details |= details_of(world, server)
    return details


def _snapshot(server: Server, snapshot: Json) -> Json:
    path = (server.account.lower(), server.id, str(snapshot["number"]))
    delete = href("deleteServerSnapshot", *path)
    return {
        "name": snapshot["name"],
        "links": [
            {"rel": "self", "href": delete},
            {"rel": "delete", "href": delete},
            {"rel": "restore", "href": href("revertServerToSnapshot", *path)},
        ],
    }


def _server_links(server: Server) -> list[Json]:
    alias = server.account.lower()
    path = (alias, server.id)
    self_href = href("getServer", *path)
    active = server.status == models.ACTIVE
    methods = ["GET", "PATCH", "DELETE"] if active else ["GET", "PATCH"]
    links: list[Json] = [
        {"rel": "self", "href": self_href, "id": server.id, "verbs": methods},
        {"rel": "group", "href": href("getGroup", alias, server.group), "id": server.group},
        {"rel": "account", "href": href("getAccount", alias), "id": alias},
        {"rel": "billing", "href": href("getServerPricing", *path)},
    ]
    if active:
        links += _active_links(server, path)
    elif server.status == models.ARCHIVED:
        links += [{"rel": "restore", "href": href("restoreServer", *path)}, {"rel": "delete", "href": self_href}]
    if active or server.status == models.ARCHIVED:
        links += [_public_link(path, entry["public"]) for entry in server.ip_addresses if "public" in entry]
    return links


def _active_links(server: Server, path: tuple[str, str]) -> list[Json]:
    # Servers have scheduled activities by links alone: the contract has no operation for them.
    by_uuid = href("getServer", path[0], server.uuid)
    alerts, autoscale = href("addServerAlertPolicy", *path), href("setServerCpuAutoscalePolicy", *path)
    return [
        {"rel": "publicIPAddresses", "href": href("addPublicIpAddress", *path), "verbs": ["POST"]},
        {"rel": "credentials", "href": href("getServerCredentials", *path)},
        {"rel": "statistics", "href": href("getServerStatistics", *path)},
        {"rel": "upcomingScheduledActivities", "href": f"{by_uuid}/upcomingScheduledActivities"},
        {"rel": "scheduledActivities", "href": f"{by_uuid}/scheduledActivities", "verbs": ["GET", "POST"]},
        {"rel": "capabilities", "href": href("getServerCapabilities", *path)},
        {"rel": "alertPolicyMappings", "href": alerts, "verbs": ["POST"]},
        {
            "rel": "antiAffinityPolicyMapping",
            "href": href("setServerAntiAffinityPolicy", *path),
            "verbs": ["PUT", "DELETE"],
        },
        {"rel": "cpuAutoscalePolicyMapping", "href": autoscale, "verbs": ["PUT", "DELETE"]},
    ]


def _public_link(path: tuple[str, str], address: str) -> Json:
    own = href("getPublicIpAddress", *path, address)
    return {"rel": "publicIPAddress", "href": own, "id": address, "verbs": ["GET", "PUT", "DELETE"]}
