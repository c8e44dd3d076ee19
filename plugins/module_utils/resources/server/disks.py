# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Disks of an existing server: match the disks of a task, and build the complete list that an update must send.

API behavior (compute.yaml; docs/wire-notes.md, section 3): an update of disks replaces the whole list, and an omitted disk is
deleted with its data; existing disks have an id, new ones have none; a disk can grow but not shrink; partitionPaths is empty in
every recorded response; the disks of the template have the first ids and cannot be deleted.

Design decision, since the service does not identify the disks of the template: the first three of a Linux server and the first
of a Windows server, as recorded, are system disks. An entry without an id never matches a system disk by its size.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api.errors import InvalidTaskError
from ...kit import problems
from ...kit.resource import Entity

# An entry of the option disks.
DiskOption = t.Mapping[str, t.Any]


def additional(disks: t.Sequence[DiskOption]) -> list[Entity]:
    """Return the disks that a new server gets in addition to its template's; entries with an id are existing disks."""
    return [_new_disk(disk) for disk in disks if disk.get("id") is None]


def merge(server: Entity, desired: t.Sequence[DiskOption], allow_data_loss: bool) -> list[Entity] | None:
    """Return the complete list of disks to send, or None if nothing differs.

    Raises InvalidTaskError for an unknown id, for a disk that would shrink, and for a deletion that is not allowed.
    """
    # A predicted disk has no id yet; its index in the list replaces it.
    disks = (server.get("details") or {}).get("disks") or []
    current = [{**disk, "id": disk["id"] or f"new:{index}"} for index, disk in enumerate(disks)]
    sizes = {str(disk["id"]): disk["sizeGB"] for disk in current}
    remaining: dict[str, Entity] = {
        str(disk["id"]): {"diskId": disk["id"], "sizeGB": disk["sizeGB"]} for disk in current
    }
    added: list[Entity] = []
    matched: set[str] = set()
    # Entries with an id first, so that no entry without one matches their disks by size.
    for disk in sorted(desired, key=lambda entry: entry.get("id") is None):
        disk_id = _match(disk, current, matched, _system_disks(server, current))
        if disk_id is not None:
            matched.add(disk_id)
            _apply_disk(server, remaining, disk_id, disk, allow_data_loss)
        else:
            added.append(_new_disk(disk))
    resized = {disk_id: disk["sizeGB"] for disk_id, disk in remaining.items()}
    return [*remaining.values(), *added] if added or resized != sizes else None


def sizes_of_additional(server: t.Mapping[str, t.Any]) -> list[int]:
    """Return the sizes, in GB, of the disks of a server in result format that its template does not have."""
    disks = server.get("disks") or []
    system = _system_disks(server, disks)
    return sorted(int(disk["size_gb"]) for disk in disks if str(disk["id"]) not in system)


def predicted(disks: t.Sequence[Entity]) -> list[Entity]:
    """Return a list that was sent as the service would return it; the id of a new disk is unknown."""
    return [{"id": disk.get("diskId"), "sizeGB": disk["sizeGB"], "partitionPaths": []} for disk in disks]


def _match(option: DiskOption, current: t.Sequence[Entity], matched: set[str], system: set[str]) -> str | None:
    """Return the id of the matching disk: by id, by path if the service returns it, otherwise the first free one of the size."""
    if option.get("id") is not None:
        return str(option["id"])
    free = [disk for disk in current if str(disk["id"]) not in matched]
    by_path = [disk for disk in free if option.get("path") and option["path"] in (disk.get("partitionPaths") or [])]
    by_size = [disk for disk in free if str(disk["id"]) not in system and disk["sizeGB"] == option.get("size_gb")]
    candidates = by_path or sorted(by_size, key=lambda disk: _sort_key(str(disk["id"])))
    return str(candidates[0]["id"]) if candidates else None


def _apply_disk(
    server: Entity, remaining: dict[str, Entity], disk_id: str, option: DiskOption, allow_data_loss: bool
) -> None:
    """Grow or delete an existing disk in the list to send."""
    label = f"disk {disk_id} of server {server['id']}"
    if disk_id not in remaining:
        if option.get("state") == "absent":
            return
        raise InvalidTaskError(
            "no disk has this id", action="update", target=label, help_text=f"Available: {', '.join(remaining)}."
        )
    if option.get("state") == "absent":
        if not allow_data_loss:
            raise InvalidTaskError(
                "its data would be lost", action="delete", target=label, help_text="Set allow_data_loss to true."
            )
        del remaining[disk_id]
        return
    size = option.get("size_gb")
    if size is not None and size < remaining[disk_id]["sizeGB"]:
        raise InvalidTaskError(
            f"it has {remaining[disk_id]['sizeGB']} GB and cannot shrink to {size} GB", action="update", target=label
        )
    if size is not None:
        remaining[disk_id]["sizeGB"] = size


def _system_disks(server: t.Mapping[str, t.Any], current: t.Sequence[Entity]) -> set[str]:
    number = 1 if str(server.get("os") or "").lower().startswith("windows") else 3
    return {str(disk["id"]) for disk in sorted(current, key=lambda disk: _sort_key(str(disk["id"])))[:number]}


def _sort_key(disk_id: str) -> tuple[int, ...]:
    """Return the numbers of an id; ids of predicted disks sort last."""
    numbers = tuple(int(number) for number in disk_id.split(":") if number.isdigit())
    return (disk_id.startswith("new"), *numbers)


def _new_disk(option: DiskOption) -> Entity:
    if option.get("size_gb") is None:
        raise problems.invalid_option(
            "disks", "size_gb of a new disk is missing", "Set size_gb, or the id of an existing disk."
        )
    kind = option.get("type") or ("partitioned" if option.get("path") else "raw")
    values = {"path": option.get("path"), "sizeGB": option["size_gb"], "type": kind}
    return {key: value for key, value in values.items() if value is not None}
