# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Disks and partitions of servers, as templates have them and as the guest reports them."""

from __future__ import annotations

from typing import Any


def next_disk_id(disks: list[dict[str, Any]]) -> str:
    """Return the id of an additional disk: one above the highest, but not 0:7, which is the controller (recorded)."""
    unit = max((int(disk["id"].split(":")[1]) for disk in disks), default=-1) + 1
    return f"0:{unit + 1 if unit == 7 else unit}"


def family(os: str) -> str:
    """Return linux or windows for a short name of an operating system such as centOS6_64Bit."""
    return "windows" if os.lower().startswith("windows") else "linux"


def template_disks(os: str, storage_gb: int) -> list[dict[str, Any]]:
    """Return the disks of a template: recorded for CentOS (1, 2, 14 GB) and Debian (1, 2, 16)."""
    if family(os) == "windows":
        return [{"id": "0:0", "sizeGB": max(storage_gb, 1)}]
    last = 16 if os.lower().startswith("debian") else 14
    return [{"id": f"0:{unit}", "sizeGB": size} for unit, size in enumerate((1, 2, last))]


def system_partitions(os: str, disks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the partitions that the guest reports of the disks of its template, in the recorded proportions."""
    if family(os) == "windows":
        return [{"sizeGB": round(disks[0]["sizeGB"] - 0.346, 3), "path": "C:\\"}]
    root = disks[min(2, len(disks) - 1)]["sizeGB"]
    root_size = {14: 13.655, 16: 15.748}.get(root, round(root * 0.9775, 3))
    return [{"sizeGB": 0.0, "path": "(swap)"}, {"sizeGB": root_size, "path": "/"}, {"sizeGB": 0.482, "path": "/boot"}]


def data_partitions(os: str, disks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the partitions that the guest reports of partitioned disks that were added."""
    partitions: list[dict[str, Any]] = []
    for disk in disks:
        path = disk.get("path")
        if path:
            name = path if path.startswith("/") else f"/{path}"
            letter = path.rstrip(":\\").upper()
            partition_path = f"{letter}:\\" if family(os) == "windows" else name
            # If two disks have one path, as after a clone, the guest mounts the first one.
            if partition_path not in [partition["path"] for partition in partitions]:
                partitions.append({"sizeGB": round(disk["sizeGB"] * 0.978, 3), "path": partition_path})
    return partitions
