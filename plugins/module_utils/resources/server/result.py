# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server in result format, also used by the inventory: flat, in snake_case, always with all keys.

API behavior (docs/wire-notes.md, section 3): id is in lower case, name is the same in upper case; `details` is missing while a
server is under construction and mostly while it is queued for deletion; memory is returned in MB; the id of a snapshot is the
last segment of its link; the uuid in the response to a create remains in the links of the server's scheduled activities.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links
from ...api.placeholders import described
from ...kit.lookup import format_list
from ...kit.naming import change_info, to_snake_case, with_keys
from ...kit.resource import Entity

KEYS = (
    "id",
    "name",
    "display_name",
    "description",
    "data_center",
    "group_id",
    "status",
    "power_state",
    "in_maintenance_mode",
    "cpu",
    "memory_gb",
    "storage_gb",
    "type",
    "storage_type",
    "os",
    "os_type",
    "host_name",
    "ip_address",
    "ip_addresses",
    "secondary_ip_addresses",
    "public_ip_addresses",
    "disks",
    "partitions",
    "snapshots",
    "custom_fields",
    "alert_policies",
    "anti_affinity_policy",
    "cpu_autoscale_policy",
    "processor_description",
    "storage_description",
    "is_template",
    "is_managed_os",
    "is_managed_backup",
    "uuid",
    "change_info",
)

# Properties that differ from server to server. The facts in own_facts follow from them, all other facts from the rest.
OWN_PROPERTIES = ("id", "name", "displayName", "description", "groupId", "locationId", "status", "links", "changeInfo")
OWN_DETAILS = ("hostName", "ipAddresses", "powerState", "cpu", "memoryMB", "storageGB", "inMaintenanceMode")
_OF_ARCHIVED = ("powerState", "storageGB")


def server_id(server: Entity) -> str:
    """Return the id of a server in lower case."""
    return str(server["id"]).lower()


def target_ids(server: Entity) -> tuple[str]:
    """Return the target of a step: the server's id in lower case."""
    return (server_id(server),)


def label(servers: t.Iterable[Entity]) -> str:
    """Return servers as text for messages, sorted by id."""
    ids = sorted(described(server_id(server)) for server in servers)
    return f"{'server' if len(ids) == 1 else 'servers'} {format_list(ids)}"


def details(server: Entity) -> Entity:
    """Return the details of a server; empty if it has none."""
    entity: Entity = server.get("details") or {}
    return entity


def to_listing(server: Entity) -> Entity:
    """Return a server as the listing of its group has it, which differs from the response for the server itself.

    A listing has no display name, and only two details of an archived server (docs/wire-notes.md, section 3).
    """
    entity = (
        {key: value for key, value in server.items() if key != "displayName"} if "displayName" in server else server
    )
    if server["status"] != "archived":
        return entity
    return {**entity, "details": {key: value for key, value in details(server).items() if key in _OF_ARCHIVED}}


def memory_gb(server: Entity) -> float | int | None:
    """Return the memory in GB, the unit of requests, from the MB of responses."""
    megabytes = details(server).get("memoryMB")
    return None if megabytes is None else (megabytes // 1024 if megabytes % 1024 == 0 else megabytes / 1024)


def uuid_of(server: Entity) -> str | None:
    """Return the uuid of the create request, which the links of active servers contain; None for other servers."""
    for rel in ("scheduledActivities", "upcomingScheduledActivities"):
        href = links.href_of(server, rel)
        if href:
            return href.rstrip("/").split("/")[-2].lower()
    return None


def public_addresses(server: Entity) -> list[str | None]:
    """Return the public IP addresses of a server in the service's order; null for a predicted address."""
    return [entry["public"] for entry in details(server).get("ipAddresses") or [] if "public" in entry]


def primary_address(server: Entity) -> str | None:
    """Return the first internal IP address of the primary network, or None."""
    internal = (entry.get("internal") for entry in details(server).get("ipAddresses") or [])
    return next((str(address) for address in internal if address), None)


def has_custom_field(server: Entity, name: str, value: t.Any) -> bool:
    """Return whether a custom field, by name or id, has a value, either the stored or the displayed one."""
    custom_fields = details(server).get("customFields") or []
    matches = [field for field in custom_fields if name in (field.get("name"), field.get("id"))]
    return any(str(value) in (str(field.get("value")), str(field.get("displayValue"))) for field in matches)


def to_result(server: Entity, convert: t.Callable[[Entity], Entity] = to_snake_case) -> dict[str, t.Any]:
    """Return a server in result format. convert: converts the names of properties, for callers with many servers."""
    values = convert({key: value for key, value in server.items() if key != "details"})
    values.update(convert(details(server)))
    has_details = bool(details(server))
    values.update(own_facts(server))
    values.update(
        snapshots=_snapshots(server) if has_details else None,
        anti_affinity_policy=_policy(details(server).get("antiAffinityPolicy"), ("id", "name")),
        cpu_autoscale_policy=_policy(details(server).get("cpuAutoscalePolicy"), ("id",)),
        is_template=bool(server.get("isTemplate")),
        is_managed_os=bool(server.get("isManagedOS") or details(server).get("isManagedOS")),
        is_managed_backup=bool(server.get("isManagedBackup") or details(server).get("isManagedBackup")),
    )
    return with_keys(values, KEYS)


def own_facts(server: Entity) -> dict[str, t.Any]:
    """Return the facts that follow from OWN_PROPERTIES and OWN_DETAILS, without the display name."""
    entity = details(server)
    return {
        "id": server_id(server),
        "name": str(server["name"]).upper(),
        "description": server.get("description") or "",
        "data_center": server.get("locationId"),
        "group_id": server.get("groupId"),
        "status": server.get("status"),
        "power_state": entity.get("powerState"),
        "in_maintenance_mode": entity.get("inMaintenanceMode"),
        "cpu": entity.get("cpu"),
        "memory_gb": memory_gb(server),
        "storage_gb": entity.get("storageGB"),
        "host_name": entity.get("hostName"),
        "ip_address": primary_address(server),
        "ip_addresses": to_snake_case(entity.get("ipAddresses")),
        "public_ip_addresses": public_addresses(server) if entity else None,
        "uuid": uuid_of(server),
        "change_info": change_info(server),
    }


def _policy(policy: t.Any, keys: tuple[str, ...]) -> dict[str, t.Any] | None:
    """Return the only policy of a kind; the service returns a vertical one without its name."""
    return with_keys(policy, keys) if policy else None


def _snapshots(server: Entity) -> list[dict[str, t.Any]] | None:
    snapshots = details(server).get("snapshots")
    if snapshots is None:
        return None
    return [
        {"id": links.id_of(links.first_of(snapshot, "self")), "name": snapshot.get("name")} for snapshot in snapshots
    ]
