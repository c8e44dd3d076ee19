# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The seed fleet:N: N servers over fifteen data centers in nested groups, the same for the same N."""

from __future__ import annotations

from typing import Any

from clc_simulator.core import inventory

Json = dict[str, Any]

GROUP_SIZE = 20
"""Servers directly in one group."""
_TIERS = ("Web", "App", "Data", "Batch")
_STAGES = ("Production", "Staging", "Test")
_NETWORK_SIZE = 200


def fleet(size: int) -> Json:
    """Return the seed of a fleet of a number of servers.

    All data centers have the same number of servers, or one more. The groups Production, Staging, and Test have a group
    for each tier, with twenty servers in it; further groups of tiers follow if all are full.
    """
    data_center_codes = [item["id"] for item in inventory.platform()["dataCenters"]]
    share, remainder = divmod(size, len(data_center_codes))
    places = [
        _place(data_center_code, index, share + (1 if index < remainder else 0))
        for index, data_center_code in enumerate(data_center_codes)
    ]
    accounts = [{"alias": "DEMO", "business_name": "Demo Company", "primary_data_center": "WA1"}]
    users = [{"name": "demo", "password": "demo-password", "account": "DEMO", "location": "WA1"}]
    viewer = {"name": "viewer", "password": "viewer-password", "account": "DEMO", "location": "WA1"}
    sub_account = {"alias": "DEM2", "parent": "DEMO", "business_name": "Demo Branch", "primary_data_center": "WA1"}
    return {
        "accounts": [*accounts, sub_account],
        "users": [*users, {**viewer, "roles": ["AccountViewer"]}],
        "places": places,
    }


def _place(data_center_code: str, index: int, size: int) -> Json:
    networks = [
        {"cidr": f"10.{80 + index}.{number}.0/24", "vlan": 101 + index * 100 + number}
        for number in range(1 + max(0, size - 1) // _NETWORK_SIZE)
    ]
    stages: dict[str, list[Json]] = {stage: [] for stage in _STAGES}
    for number in range(-(-size // GROUP_SIZE)):
        stage = _STAGES[number % len(_STAGES)]
        index_in_stage = number // len(_STAGES)
        tier, repetition = _TIERS[index_in_stage % len(_TIERS)], index_in_stage // len(_TIERS)
        first = number * GROUP_SIZE
        servers = [_server(data_center_code, index, first + offset) for offset in range(min(GROUP_SIZE, size - first))]
        name = tier if repetition == 0 else f"{tier} {repetition + 1}"
        stages[stage].append({"name": name, "description": f"{tier} servers of {stage}", "servers": servers})
    groups = [{"name": stage, "groups": tiers} for stage, tiers in stages.items() if tiers]
    return {"account": "DEMO", "data_center": data_center_code, "networks": networks, "groups": groups}


def _server(data_center_code: str, index: int, number: int) -> Json:
    """Return the number-th server of a data center; every seventh is stopped, every tenth runs Debian."""
    network, host = divmod(number, _NETWORK_SIZE)
    address: Json = {"internal": f"10.{80 + index}.{network}.{inventory.FIRST_HOST + host}"}
    return {
        "id": f"{data_center_code}DEMOSRV{number + 1:02d}",
        "template": "DEBIAN-7-64-TEMPLATE" if number % 10 == 0 else "CENTOS-6-64-TEMPLATE",
        "cpu": 1 + number % 4,
        "memory_gb": 2 + 2 * (number % 3),
        "power_state": "stopped" if number % 7 == 6 else "started",
        "addresses": [address],
    }
