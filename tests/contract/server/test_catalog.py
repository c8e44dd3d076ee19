# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Catalogs of data centers: they differ, and what a catalog does not offer is rejected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clc_simulator.core.models import Server
from simclient import Client

WORDS = {"cpuAutoscale", "hyperscale", "importVM", "managedOS", "managedBackup"}


def catalog(client: Client, code: str) -> dict[str, Any]:
    return dict(client.get(f"/v2/datacenters/DEMO/{code}/deploymentCapabilities").json())


def templates(client: Client, code: str) -> dict[str, list[str]]:
    return {item["name"]: item["capabilities"] for item in catalog(client, code)["templates"]}


def root(client: Client, code: str) -> str:
    return client.get(f"/v2/datacenters/DEMO/{code}?groupLinks=true").link("group").rpartition("/")[2]


def autoscale_policy(client: Client) -> str:
    return str(client.get("/v2/autoscalePolicies/DEMO").json()[0]["id"])


def test_catalogs_differ_by_data_center(small: Client) -> None:
    found = {code: templates(small, code) for code in ("WA1", "VA1", "DE1")}
    assert found["WA1"] != found["VA1"] != found["DE1"]
    assert {word for words in found["WA1"].values() for word in words} == WORDS
    for word in WORDS:
        offering = [name for name, words in found["WA1"].items() if word in words]
        assert 0 < len(offering) < len(found["WA1"]), f"{word}: some templates have it, some do not"


@pytest.mark.parametrize("code", ["WA1", "VA1", "DE1", "SG1"])
@pytest.mark.parametrize(
    ("word", "key", "members"),
    [
        ("hyperscale", "type", {"type": "hyperscale", "storageType": "hyperscale"}),
        ("managedOS", "isManagedOS", {"isManagedOS": True}),
        ("managedBackup", "isManagedBackup", {"isManagedOS": True, "isManagedBackup": True}),
        ("cpuAutoscale", "cpuAutoscalePolicyId", {}),
    ],
)
def test_a_server_has_what_its_template_offers(
    make: Callable[..., Client], code: str, word: str, key: str, members: dict[str, Any]
) -> None:
    client = make("empty").login()
    if word == "cpuAutoscale":
        members = {"cpuAutoscalePolicyId": autoscale_policy(client)}
    group = root(client, code)
    for name, words in templates(client, code).items():
        response = client.create(groupId=group, sourceServerId=name, **members)
        if word in words:
            assert response.status == 202, (name, response.body)
        elif word == "managedBackup" and "managedOS" not in words:
            assert list(response.state()) == ["body.isManagedOS"], name
        else:
            assert list(response.state()) == [f"body.{key}"], name


def test_a_template_of_another_data_center(make: Callable[..., Client]) -> None:
    client = make("empty").login()
    missing = templates(client, "WA1").keys() - templates(client, "DE1").keys()
    assert missing
    for name in missing:
        assert list(client.create(groupId=root(client, "DE1"), sourceServerId=name).state()) == ["body.sourceServerId"]


def test_premium_storage_where_there_is_none(make: Callable[..., Client]) -> None:
    client = make("empty").login()
    assert catalog(client, "SG1")["supportsPremiumStorage"] is False
    group = root(client, "SG1")
    assert list(client.create(groupId=group, storageType="premium").state()) == ["body.storageType"]
    assert client.create_and_finish(groupId=group)["storageType"] == "standard"


def test_shared_load_balancers_and_imports_where_there_are_none(make: Callable[..., Client]) -> None:
    client = make("empty").login()
    assert catalog(client, "NE1")["supportsSharedLoadBalancer"] is False
    body = {"name": "x", "description": "x", "status": "enabled"}
    assert client.post("/v2/sharedLoadBalancers/DEMO/NE1", body).status == 400
    assert (catalog(client, "CA3")["importVMEnabled"], catalog(client, "CA3")["importableOSTypes"]) == (False, [])
    request = {
        "name": "imp", "groupId": root(client, "CA3"), "cpu": 1, "memoryGB": 1, "password": "Ex4mple-Root-Pw",
        "ovfId": "DEMO/APP", "ovfOsType": "redHat6_64Bit", "type": "standard",
    }  # fmt: skip
    assert list(client.post("/v2/vmImport/DEMO", request).state()) == ["body.groupId"]


def test_an_autoscale_policy_needs_the_capability(make: Callable[..., Client]) -> None:
    client = make("empty").login()
    server = client.create_and_finish(groupId=root(client, "WA1"), sourceServerId="DEBIAN-7-64-TEMPLATE")["id"]
    path = f"/v2/servers/DEMO/{server}/cpuAutoscalePolicy"
    assert client.put(path, {"id": autoscale_policy(client)}).status == 400


def test_clones_and_own_templates_have_the_capabilities_of_their_system(small: Client) -> None:
    source = small.create_and_finish(groupId=root(small, "WA1"), sourceServerId="DEBIAN-7-64-TEMPLATE")["id"]
    password = small.simulator.world[Server][source].password
    clone = {"groupId": root(small, "WA1"), "sourceServerId": source, "sourceServerPassword": password}
    assert list(small.create(**clone, isManagedOS=True).state()) == ["body.isManagedOS"]
    assert list(small.create(**clone, type="hyperscale").state()) == ["body.type"]
    assert small.create(**clone).status == 202
