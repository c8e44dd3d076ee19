# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Check mode predicts no change that the service would reject: limits, references, and permissions, against the simulator."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving

SERVER: dict[str, t.Any] = {
    "name": "LIM",
    "group": "Default Group",
    "data_center": "WA1",
    "template": "CENTOS-7-64-TEMPLATE",
    "cpu": 1,
    "memory_gb": 1,
}
DATABASE: dict[str, t.Any] = {
    "name": "lim-db",
    "data_center": "VA1",
    "instance_type": "MySQL",
    "cpu": 1,
    "memory_gb": 1,
    "storage_gb": 1,
    "backup_retention_days": 7,
    "users": [{"name": "lim", "password": "Str0ng-enough"}],
}
POLICY: dict[str, t.Any] = {
    "data_center": "WA1",
    "source": ["10.80.12.0/24"],
    "destination": ["10.80.13.0/24"],
    "ports": ["tcp/80"],
}
VPN = {
    "data_center": "XX1",
    "local": {"subnets": ["10.80.12.0/24"]},
    "remote": {"site_name": "Office", "device_type": "ASA", "address": "198.51.100.4", "subnets": ["192.168.0.0/24"]},
    "ike": {
        "encryption": "aes128", "hashing": "sha1_96", "diffie_hellman_group": "group1", "pre_shared_key": "Ex4mple-Key",
        "lifetime_seconds": 3600, "mode": "main",
    },
    "ipsec": {"encryption": "aes128", "hashing": "sha1_96", "protocol": "esp", "pfs": "disabled", "lifetime_seconds": 3600},
}  # fmt: skip
OUTSIDE = [
    ("server", {**SERVER, "cpu": 99}, "cpu"),
    ("server", {**SERVER, "cpu": 0}, "cpu"),
    ("server", {**SERVER, "memory_gb": 129}, "memory_gb"),
    ("server", {**SERVER, "name": "ABCDEFGHIJK"}, "name"),
    ("server", {**SERVER, "administrator_password": "weak"}, "administrator_password"),
    ("server", {**SERVER, "ttl": "tomorrow"}, "ttl"),
    ("server", {**SERVER, "disks": [{"size_gb": 1025}]}, "disks[0].size_gb"),
    ("public_ip", {"server_id": "wa1demoweb01", "ports": [{"port": 99999}]}, "ports[0].port"),
    ("firewall_policy", {**POLICY, "ports": ["tcp/90-80"]}, "ports[0]"),
    ("firewall_policy", {**POLICY, "source": ["198.51.100.0/33"]}, "source[0]"),
    ("backup_policy", {"name": "lim", "backup_schedule": "0 2 * * *"}, "backup_schedule"),
]


@pytest.fixture
def service(clock: Clock, run: Runner) -> t.Iterator[SimulatedService]:
    simulated = SimulatedService(clock, run)
    with serving(simulated):
        yield simulated


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(("module", "options", "name"), OUTSIDE)
def test_a_value_outside_a_limit_is_rejected_before_the_login(
    service: SimulatedService, module: str, options: dict[str, t.Any], name: str, check: bool
) -> None:
    outcome = service.run(module, {**options, "_ansible_check_mode": check})
    assert f"Invalid value for {name}: " in outcome.msg
    assert not service.simulator.request_log._entries


@pytest.mark.parametrize(
    ("module", "options", "message"),
    [
        ("server", {**SERVER, "template": "UBUNTU-99-TEMPLATE"}, "no template 'UBUNTU-99-TEMPLATE' in WA1"),
        ("firewall_policy", {**POLICY, "destination_account": "NOPE"}, "there is no account NOPE"),
        ("database", {**DATABASE, "data_center": "XX1"}, "the database service has no data center 'XX1'"),
        (
            "server_group_default",
            {"group": "Shop", "template": "UBUNTU-99-TEMPLATE", "data_center": "WA1"},
            "no template 'UBUNTU-99-TEMPLATE' in WA1",
        ),
        ("anti_affinity_policy", {"name": "lim", "data_center": "XX1"}, "no data center 'XX1'"),
        ("load_balancer", {"name": "lim", "data_center": "XX1"}, "no data center 'XX1'"),
        ("shared_load_balancer", {"name": "lim", "data_center": "XX1"}, "no data center 'XX1'"),
        ("network", {"name": "lim", "data_center": "XX1"}, "no data center 'XX1'"),
        ("site_to_site_vpn", VPN, "no data center 'XX1'"),
        (
            "server_group",
            {"name": "Lim", "data_center": "WA1", "username": "viewer"},
            "the roles of the user only allow",
        ),
        ("server", {**SERVER, "username": "viewer"}, "the roles of the user only allow reading"),
    ],
)
def test_check_mode_fails_where_the_service_would_reject(
    service: SimulatedService, module: str, options: dict[str, t.Any], message: str
) -> None:
    password = {"password": "viewer-password"} if options.get("username") == "viewer" else {}
    predicted = service.run(module, {**options, **password, "_ansible_check_mode": True})
    assert message in predicted.msg
    assert all(entry.method == "GET" for entry in service.log())
    assert service.run(module, {**options, **password}).failed
