# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks whose names are empty, as those of a variable that nothing has set: they are refused before anything is read."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner

DATABASE = {"database": ""}
BALANCERS = ("load_balancer", "shared_load_balancer")


@pytest.mark.parametrize("state", ["present", "absent"])
@pytest.mark.parametrize(
    ("module", "options", "message"),
    [
        *((module, names, "name and id") for module in BALANCERS for names in ({"name": ""}, {"name": None})),
        ("load_balancer_pool", {"load_balancer": "", "port": 80}, "load_balancer"),
        ("load_balancer_pool", {"load_balancer": "shop", "port": None}, "port and id"),
        ("database", {"name": "", "id": None}, "name and id"),
        ("database_backup", {**DATABASE, "id": 1}, "database"),
        ("database_notification", {**DATABASE, "recipient": "a@example.com"}, "database"),
        ("database_notification", {"database": "1", "recipient": ""}, "recipient and id"),
        ("backup_policy", {"name": ""}, "name and id"),
        ("backup_server_policy", {"policy": "", "server_ids": ["a"], "storage_region": "US"}, "policy"),
        ("backup_server_policy", {"policy": "a", "server_ids": ["a", ""], "storage_region": "US"}, "server_ids"),
        ("ips_agent", {"server_ids": [""]}, "server_ids"),
        ("server", {"server_ids": ["wa1acmeweb01", ""]}, "server_ids"),
        ("server", {"name": None, "group": "Shop"}, "server_ids and name"),
        ("server", {"name": "WEB", "group": ""}, "server_ids and group"),
        ("public_ip", {"server_id": ""}, "server_id"),
        ("public_ip", {"server_id": "wa1acmeweb01", "public_ip": ""}, "public_ip"),
        ("public_ip", {"server_id": "wa1acmeweb01", "internal_ip": ""}, "internal_ip"),
        ("ips_notification", {"server_id": "", "destinations": []}, "server_id"),
    ],
)
def test_an_empty_name_is_rejected(
    run: Runner, module: str, options: dict[str, t.Any], message: str, state: str
) -> None:
    if module == "database_backup" and state == "present":
        options = {"database": ""}
    outcome = run(module, {**options, "state": state})
    assert outcome.failed
    predicate = "has an empty entry" if message == "server_ids" else "are empty" if " and " in message else "is empty"
    assert f"{message} {predicate}. Check where the value comes from" in outcome.msg


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("server_patch", {"server_ids": ["wa1acmeweb01", ""]}),
        ("database_failover", DATABASE),
        ("backup_anywhere_server", {"name": "", "os_type": "Linux", "installer_dest": "a"}),
    ],
)
def test_state_defaults_to_present(run: Runner, module: str, options: dict[str, t.Any]) -> None:
    assert "Check where the value comes from" in run(module, options).msg


@pytest.mark.parametrize("resource_id", ["web", ""])
@pytest.mark.parametrize("module", [*BALANCERS, "load_balancer_pool", "backup_policy"])
def test_an_invalid_id_is_rejected(run: Runner, module: str, resource_id: str) -> None:
    options = {"id": resource_id, "state": "absent"} | (
        {"load_balancer": "shop"} if module == "load_balancer_pool" else {}
    )
    assert run(module, options).msg.startswith(f"Invalid value for id: '{resource_id}' is not an id.")


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("load_balancer_info", {"id": ""}),
        ("shared_load_balancer_info", {"id": ""}),
        ("backup_policy_info", {"policy": ""}),
        ("backup_policy_info", {"server_id": ""}),
        ("backup_server_policy_info", {"server_id": ""}),
        ("backup_server_policy_info", {"policy": ""}),
    ],
)
def test_an_empty_name_means_none_and_not_all(run: Runner, module: str, options: dict[str, t.Any]) -> None:
    outcome = run(module, options)
    assert not outcome.failed
    assert [value for value in outcome.result.values() if isinstance(value, list)] == [[]]
