# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which disks a task means, and the whole list that a change sends."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import InvalidTaskError
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.server import disks as server_disks

Entity = dict[str, t.Any]


def server(*disks: tuple[str | None, int], os: str = "centOS6_64Bit") -> Entity:
    current = [{"id": key, "sizeGB": size, "partitionPaths": []} for key, size in disks]
    return {"id": "va1altdweb01", "os": os, "details": {"disks": current}}


def sent(*disks: tuple[str | None, int]) -> list[Entity]:
    return [{"diskId": key, "sizeGB": size} for key, size in disks]


SYSTEM = (("0:0", 1), ("0:1", 2), ("0:2", 14))
TEN, RAW = {"sizeGB": 10, "path": "/data", "type": "partitioned"}, {"sizeGB": 5, "type": "raw"}


@pytest.mark.parametrize(
    ("what", "current", "desired", "complete"),
    [
        ("the disk of that size is there", (*SYSTEM, ("0:3", 10)), [{"path": "/data", "size_gb": 10}], None),
        ("it is not", SYSTEM, [{"path": "/data", "size_gb": 10}], [*sent(*SYSTEM), TEN]),
        (
            "the system's own is never taken for it",
            SYSTEM,
            [{"size_gb": 14}],
            [*sent(*SYSTEM), {"sizeGB": 14, "type": "raw"}],
        ),
        (
            "two of a size are two",
            (*SYSTEM, ("0:3", 5)),
            [{"size_gb": 5}, {"size_gb": 5}],
            [*sent(*SYSTEM, ("0:3", 5)), RAW],
        ),
        ("both are there", (*SYSTEM, ("0:3", 5), ("0:8", 5)), [{"size_gb": 5}, {"size_gb": 5}], None),
        ("by id it grows", (*SYSTEM, ("0:3", 5)), [{"id": "0:3", "size_gb": 9}], sent(*SYSTEM, ("0:3", 9))),
        ("by id it is as wanted", (*SYSTEM, ("0:3", 5)), [{"id": "0:3", "size_gb": 5}], None),
        ("the system's own grows by id", SYSTEM, [{"id": "0:2", "size_gb": 20}], sent(*SYSTEM[:2], ("0:2", 20))),
        ("others are sent back", (*SYSTEM, ("0:5", 7)), [{"size_gb": 5}], [*sent(*SYSTEM, ("0:5", 7)), RAW]),
        (
            "what is named by its id is not taken for another of its size",
            (*SYSTEM, ("0:3", 5)),
            [{"size_gb": 5}, {"id": "0:3", "size_gb": 9}],
            [*sent(*SYSTEM, ("0:3", 9)), RAW],
        ),
        ("what is removal stays removal", SYSTEM, [{"id": "0:9", "state": "absent"}], None),
        ("a predicted disk is found again", (*SYSTEM, (None, 5)), [{"size_gb": 5}], None),
    ],
)
def test_the_whole_list(what: str, current: t.Any, desired: list[Entity], complete: list[Entity] | None) -> None:
    assert server_disks.merge(server(*current), desired, allow_data_loss=False) == complete


def test_a_windows_server_has_one_system_disk() -> None:
    windows = server(("0:0", 60), ("0:1", 60), os="windows2012R2DataCenter_64Bit")
    assert server_disks.merge(windows, [{"size_gb": 60}], allow_data_loss=False) is None


def test_a_disk_is_deleted_only_if_that_is_allowed() -> None:
    entity = server(*SYSTEM, ("0:3", 5), ("0:4", 6))
    removal = [{"id": "0:3", "state": "absent"}]
    assert server_disks.merge(entity, removal, allow_data_loss=True) == sent(*SYSTEM, ("0:4", 6))
    with pytest.raises(
        InvalidTaskError, match=r"disk 0:3 of server va1altdweb01: its data would be lost.*allow_data_loss"
    ):
        server_disks.merge(entity, removal, allow_data_loss=False)


@pytest.mark.parametrize(
    ("desired", "message"),
    [
        ({"id": "0:2", "size_gb": 10}, "it has 14 GB and cannot shrink to 10 GB"),
        ({"id": "0:9", "size_gb": 10}, r"no disk has this id\. Available: 0:0, 0:1, 0:2\."),
        ({"path": "/data"}, "size_gb of a new disk is missing"),
    ],
)
def test_rejects_invalid_disks(desired: Entity, message: str) -> None:
    with pytest.raises(InvalidTaskError, match=message):
        server_disks.merge(server(*SYSTEM), [desired], allow_data_loss=True)


def test_a_new_server_gets_the_disks_without_id() -> None:
    desired = [
        {"id": "0:3", "size_gb": 5},
        {"path": "/data", "size_gb": 10},
        {"size_gb": 5},
    ]
    assert server_disks.additional(desired) == [TEN, RAW]
