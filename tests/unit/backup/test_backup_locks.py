# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Locks of the resources of the backup service."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.resource import Resource
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.backup.anywhere_server import (
    BackupAnywhereServer,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.backup.policy import BackupPolicy
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.backup.server_policy import (
    BackupServerPolicies,
)


@pytest.mark.parametrize(
    ("make", "options"),
    [
        (BackupPolicy, {"name": "a"}),
        (BackupServerPolicies, {"policy": "a", "server_ids": ["B", "a"]}),
        (BackupAnywhereServer, {"name": "a"}),
    ],
)
def test_equal_tasks_have_the_same_lock(
    client: Client, make: t.Callable[[Task], Resource], options: dict[str, t.Any]
) -> None:
    lock_name = make(Task(client, options)).lock_names()
    assert lock_name
    assert make(Task(client, {**options, "server_ids": ["a", "b"]})).lock_names() == lock_name
    assert make(Task(client, {**options, "name": "b", "server_ids": ["a"]})).lock_names() != lock_name
