# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Expectations that many tests of modules share."""

from __future__ import annotations

import typing as t

from .made import ALIAS, DATA_CENTER, ROOT_ID, Entity, data_center
from .wire import Scripted

DATA_CENTER_PATH = f"/v2/datacenters/{ALIAS}/{DATA_CENTER}?groupLinks=true"
ROOT_PATH = f"/v2/groups/altd/{ROOT_ID}"


def expects_tree(api: Scripted, top: Entity) -> None:
    """Expect the two reads that bring a data center's tree of groups."""
    api.expects("GET", DATA_CENTER_PATH, data_center())
    api.expects("GET", ROOT_PATH, top)


def expects_data_center(api: Scripted, code: str = DATA_CENTER) -> None:
    """Expect the read that shows whether a data center exists."""
    api.expects("GET", f"/v2/datacenters/{ALIAS}/{code}?groupLinks=true", data_center(code))


def detailed(group_id: str) -> str:
    """Path of a group with its servers."""
    return f"/v2/groups/{ALIAS}/{group_id}?serverDetail=detailed"


def expects_jobs(api: Scripted, *jobs: str, statuses: t.Sequence[str] = ("succeeded",)) -> None:
    """Expect rounds of status reads; each job shows the same statuses."""
    for status in statuses:
        with api.in_any_order():
            for job in jobs:
                api.expects("GET", f"/v2/operations/altd/status/{job}", {"status": status})
