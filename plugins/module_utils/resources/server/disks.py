# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Disks of a server that exists: which of them a task means, and the complete list that a change has to send.

Facts (contract compute.yaml; docs/wire-notes.md, section 3): a change of disks replaces the whole list, and a disk left out is
deleted with its data; existing disks go by id, new ones have none; a disk can grow and not shrink; partitionPaths is empty in every
recorded answer; the template's own disks have the first ids and cannot be removed.

Decided here, since the service does not say which disks are the template's own: the first three of a Linux server and the first
of a Windows server, as recorded, count as the system's. They are never taken for one that a task names by its size.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import typing as t

from ...api.errors import ConfigurationError
from ...kit.declaration import Entity

Wanted = t.Mapping[str, t.Any]


def additional(wanted: t.Sequence[Wanted]) -> list[Entity]:
    """Return the disks that a new server gets on top of its template's; those by id mean disks that exist."""
    return [_new(one) for one in wanted if one.get("id") is None]


def complete(server: Entity, wanted: t.Sequence[Wanted], allow_data_loss: bool) -> list[Entity] | None:
    """Return the complete list to send for the disks that a task wants, or None where nothing differs.

    Raises ConfigurationError for an unknown id, for shrinking, and for a removal that nobody allowed.
    """
    # A predicted disk has no id yet; its place in the list stands for it.
    listed = (server.get("details") or {}).get("disks") or []
    shown = [{**one, "id": one["id"] or f"new:{number}"} for number, one in enumerate(listed)]
    kept: dict[str, Entity] = {str(one["id"]): {"diskId": one["id"], "sizeGB": one["sizeGB"]} for one in shown}
    added: list[Entity] = []
    matched: set[str] = set()
    # Those by id first, so that none of them is taken for one that is named by its size.
    for one in sorted(wanted, key=lambda entry: entry.get("id") is None):
        key = _matched(one, shown, matched, _system(server, shown))
        if key is not None:
            matched.add(key)
            _settle(server, kept, key, one, allow_data_loss)
        else:
            added.append(_new(one))
    before = {str(one["id"]): one["sizeGB"] for one in shown}
    after = {key: one["sizeGB"] for key, one in kept.items()}
    return [*kept.values(), *added] if added or after != before else None


def predicted(disks: t.Sequence[Entity]) -> list[Entity]:
    """Return a list that was sent as the service would show it; the id of a new disk is not known."""
    return [{"id": one.get("diskId"), "sizeGB": one["sizeGB"], "partitionPaths": []} for one in disks]


def _matched(one: Wanted, shown: t.Sequence[Entity], matched: set[str], system: set[str]) -> str | None:
    """Return the id of the disk that is meant: by id, by path where one is shown, else the first free one of that size."""
    if one.get("id") is not None:
        return str(one["id"])
    free = [disk for disk in shown if str(disk["id"]) not in matched]
    by_path = [disk for disk in free if one.get("path") and one["path"] in (disk.get("partitionPaths") or [])]
    by_size = [disk for disk in free if str(disk["id"]) not in system and disk["sizeGB"] == one.get("size_gb")]
    found = by_path or sorted(by_size, key=lambda disk: _unit(str(disk["id"])))
    return str(found[0]["id"]) if found else None


def _settle(server: Entity, kept: dict[str, Entity], key: str, one: Wanted, allow_data_loss: bool) -> None:
    """Grow or remove one existing disk in the list to send."""
    thing = f"disk {key} of server {server['id']}"
    if key not in kept:
        if one.get("state") == "absent":
            return
        raise ConfigurationError(
            "there is none of that id", action="change", thing=thing, remedy=f"There are: {', '.join(kept)}."
        )
    if one.get("state") == "absent":
        if not allow_data_loss:
            raise ConfigurationError(
                "its data would be lost", action="remove", thing=thing, remedy="Set allow_data_loss."
            )
        del kept[key]
        return
    size = one.get("size_gb")
    if size is not None and size < kept[key]["sizeGB"]:
        raise ConfigurationError(
            f"it has {kept[key]['sizeGB']} GB, and disks cannot shrink to {size}", action="change", thing=thing
        )
    if size is not None:
        kept[key]["sizeGB"] = size


def _system(server: Entity, shown: t.Sequence[Entity]) -> set[str]:
    own = 1 if str(server.get("os") or "").lower().startswith("windows") else 3
    return {str(disk["id"]) for disk in sorted(shown, key=lambda disk: _unit(str(disk["id"])))[:own]}


def _unit(disk_id: str) -> tuple[int, ...]:
    """Sort ids by their numbers; those of predicted disks come last."""
    numbers = tuple(int(part) for part in disk_id.split(":") if part.isdigit())
    return (disk_id.startswith("new"), *numbers)


def _new(one: Wanted) -> Entity:
    if one.get("size_gb") is None:
        raise ConfigurationError(
            "a new disk has no size_gb", action="use", thing="disks", remedy="Give size_gb, or the id of a disk."
        )
    kind = one.get("type") or ("partitioned" if one.get("path") else "raw")
    values = {"path": one.get("path"), "sizeGB": one["size_gb"], "type": kind}
    return {key: value for key, value in values.items() if value is not None}
