# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server as the collection's results and the inventory show it: flat, in snake_case, every key always there.

Facts (docs/wire-notes.md, section 3): id is lower case and name the same in upper case; `details` is missing while under
construction and mostly while queued for deletion; memory is shown in MB; a snapshot's id is the last segment of its link; the
uuid that a create answers stays in the links of the server's scheduled activities.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api import links
from ...kit.declaration import Entity
from ...kit.lookup import listed
from ...kit.shape import change_info, filled, snaked

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

_OF_ARCHIVED = ("powerState", "storageGB")


def server_id(server: Entity) -> str:
    """Return the id of a server in lower case."""
    return str(server["id"]).lower()


def thing_of(server: Entity) -> tuple[str]:
    """Return what a step names the server by: its id in lower case, or "" for one that was only predicted."""
    return (server_id(server) if server.get("id") else "",)


def told(servers: t.Iterable[Entity]) -> str:
    """Return servers in words, sorted."""
    return f"server {listed(sorted(thing_of(one)[0] or 'a new one' for one in servers))}"


def details(server: Entity) -> Entity:
    """Return the details of a server, empty where it has none."""
    found: Entity = server.get("details") or {}
    return found


def as_listed(server: Entity) -> Entity:
    """Return a server as the listing of its group has it, which its own answer differs from.

    A listing has no display name, and cuts the details of an archived server down to two (docs/wire-notes.md, section 3).
    """
    kept = {key: value for key, value in server.items() if key != "displayName"} if "displayName" in server else server
    if server["status"] != "archived":
        return kept
    return {**kept, "details": {key: value for key, value in details(server).items() if key in _OF_ARCHIVED}}


def memory_gb(server: Entity) -> float | int | None:
    """Return the memory in GB, the unit of requests, from the MB that answers have."""
    shown = details(server).get("memoryMB")
    return None if shown is None else (shown // 1024 if shown % 1024 == 0 else shown / 1024)


def uuid_of(server: Entity) -> str | None:
    """Return the uuid that the server was created under, where its links still tell it (active servers only)."""
    for rel in ("scheduledActivities", "upcomingScheduledActivities"):
        href = links.href_of(server, rel)
        if href:
            return href.rstrip("/").split("/")[-2].lower()
    return None


def public_addresses(server: Entity) -> list[str | None]:
    """Return the public addresses of a server in the service's order; null for one that is only predicted."""
    return [entry["public"] for entry in details(server).get("ipAddresses") or [] if "public" in entry]


def primary_address(server: Entity) -> str | None:
    """Return the first internal address of the primary network, or None."""
    internal = (entry.get("internal") for entry in details(server).get("ipAddresses") or [])
    return next((str(address) for address in internal if address), None)


def has_custom_field(server: Entity, name: str, value: t.Any) -> bool:
    """Say whether a server has a custom field value, by the field's name or id, as it is stored or shown."""
    found = [one for one in details(server).get("customFields") or [] if name in (one.get("name"), one.get("id"))]
    return any(str(value) in (str(one.get("value")), str(one.get("displayValue"))) for one in found)


def shown(server: Entity) -> dict[str, t.Any]:
    """Return a server as results have it."""
    values = snaked({key: value for key, value in server.items() if key != "details"})
    values.update(snaked(details(server)))
    known = bool(details(server))
    values.update(
        id=None if server.get("id") is None else server_id(server),
        name=None if server.get("name") is None else str(server["name"]).upper(),
        description=server.get("description") or "",
        data_center=server.get("locationId"),
        memory_gb=memory_gb(server),
        ip_address=primary_address(server),
        public_ip_addresses=public_addresses(server) if known else None,
        snapshots=_snapshots(server) if known else None,
        anti_affinity_policy=_policy(details(server).get("antiAffinityPolicy"), ("id", "name")),
        cpu_autoscale_policy=_policy(details(server).get("cpuAutoscalePolicy"), ("id",)),
        is_template=bool(server.get("isTemplate")),
        is_managed_os=bool(server.get("isManagedOS") or details(server).get("isManagedOS")),
        is_managed_backup=bool(server.get("isManagedBackup") or details(server).get("isManagedBackup")),
        uuid=uuid_of(server),
        change_info=change_info(server),
    )
    return filled(values, KEYS)


def _policy(shown: t.Any, keys: tuple[str, ...]) -> dict[str, t.Any] | None:
    """Return the one policy of a kind; a vertical one is shown without its name."""
    return filled(shown, keys) if shown else None


def _snapshots(server: Entity) -> list[dict[str, t.Any]] | None:
    found = details(server).get("snapshots")
    if found is None:
        return None
    return [{"id": links.id_of(links.first_of(one, "self")), "name": one.get("name")} for one in found]
