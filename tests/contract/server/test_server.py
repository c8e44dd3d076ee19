# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers: states and their properties, creation and naming, deletion, archive and restore, templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clc_simulator.core import hardware
from clc_simulator.core.clock import format_timestamp
from simclient import JOB, ROOT, WEB, Client, power

ACTIVE_LINKS = [
    "self", "group", "account", "billing", "publicIPAddresses", "credentials", "statistics",
    "upcomingScheduledActivities", "scheduledActivities", "capabilities", "alertPolicyMappings",
    "antiAffinityPolicyMapping", "cpuAutoscalePolicyMapping",
]  # fmt: skip
FEW_LINKS = ["self", "group", "account", "billing"]


def rels(view: dict[str, Any]) -> list[str]:
    return [link["rel"] for link in view["links"]]


def item_in_group(client: Client, key: str, group: str = WEB) -> dict[str, Any]:
    servers = client.get(f"/v2/groups/DEMO/{group}?serverDetail=detailed").json()["servers"]
    return next(server for server in servers if server["id"] == key)


def test_each_status_has_the_recorded_properties(composed: Client) -> None:
    view = composed.server("WA1DEMOWEB01")
    assert rels(view) == [*ACTIVE_LINKS, "publicIPAddress"]
    assert view["links"][0]["verbs"] == ["GET", "PATCH", "DELETE"]
    assert view["details"]["secondaryIPAddresses"] == [{"internal": "10.80.44.12"}]
    assert view["details"]["storageGB"] == 17 + 40
    assert view["details"]["diskCount"] == len(view["details"]["disks"]) == 8
    for key in ("WA1DEMOWEB04", "WA1DEMOWEB06"):
        view = composed.server(key)
        assert "details" not in view
        assert (rels(view), view["links"][0]["verbs"]) == (FEW_LINKS, ["GET", "PATCH"])
    view = composed.server("WA1DEMOWEB07")
    assert [view["details"][member] for member in ("cpu", "memoryMB", "storageGB")] == [0, 0, 0]
    assert rels(view) == FEW_LINKS
    view = composed.server("WA1DEMOOLD02")
    assert set(view["details"]) == {"powerState", "storageGB"}
    assert rels(view) == FEW_LINKS


def test_archived_in_full_and_in_a_listing(composed: Client) -> None:
    view = composed.server("WA1DEMOOLD01")
    assert [view["details"][member] for member in ("cpu", "memoryMB", "storageGB", "powerState")] == [
        0,
        0,
        17,
        "stopped",
    ]
    assert view["details"]["ipAddresses"][0]["public"] == "203.0.113.9"
    assert rels(view) == [*FEW_LINKS, "restore", "delete", "publicIPAddress"]
    short = item_in_group(composed, "wa1demoold01", view["groupId"])
    assert short["details"] == {"powerState": "stopped", "storageGB": 17}


def test_active_without_address(composed: Client) -> None:
    assert composed.server("WA1DEMOWEB02")["details"]["ipAddresses"] == []


def test_disk_ids_skip_seven(composed: Client) -> None:
    ids = [disk["id"] for disk in composed.server("WA1DEMOWEB01")["details"]["disks"]]
    assert ids == ["0:0", "0:1", "0:2", "0:3", "0:4", "0:5", "0:6", "0:8"]


def test_a_new_server_from_request_to_active(composed: Client) -> None:
    response = composed.create()
    read = response.link("self")
    seen = []
    for _ in range(13):
        view = composed.get(read)
        seen.append(
            (composed.get(response.link()).json()["status"], view.status, view.json()["status"] if view.body else None)
        )
        composed.advance(JOB / 10)
    assert seen[0] == ("notStarted", 404, None)
    assert set(seen[1:10]) == {("executing", 200, "underConstruction")}
    assert set(seen[10:]) == {("succeeded", 200, "active")}


def test_addresses_and_partitions_of_a_new_server(composed: Client) -> None:
    response = composed.create(
        additionalDisks=[{"path": "/data", "sizeGB": 20, "type": "partitioned"}, {"sizeGB": 5, "type": "raw"}]
    )
    composed.advance(JOB)
    view = composed.get(response.link("self")).json()
    assert view["details"]["partitions"] == [], "the guest reports later"
    assert view["details"]["ipAddresses"] == [{"internal": "10.80.12.22"}]
    assert view["changeInfo"].keys() == {"createdBy", "createdDate", "modifiedDate"}
    composed.advance(JOB)
    details = composed.get(response.link("self")).json()["details"]
    assert [part["path"] for part in details["partitions"]] == ["(swap)", "/", "/boot", "/data"]
    assert [disk["sizeGB"] for disk in details["disks"]] == [1, 2, 14, 20, 5]
    assert details["hostName"] == "wa1demonew01"


def test_numbers_of_names_increase_and_are_never_reused(composed: Client) -> None:
    assert composed.create_and_finish()["name"] == "WA1DEMONEW01"
    assert composed.create_and_finish()["name"] == "WA1DEMONEW02"
    composed.delete("/v2/servers/DEMO/WA1DEMONEW02")
    composed.finish()
    assert composed.create_and_finish(name="NEW")["id"] == "wa1demonew03"
    assert composed.create_and_finish(name="web")["name"] == "WA1DEMOWEB121", "above the highest existing number"
    links = composed.get("/v2/datacenters/DEMO/VA1?groupLinks=true").json()["links"]
    elsewhere = next(link["id"] for link in links if link["rel"] == "group")
    assert composed.create_and_finish(groupId=elsewhere)["name"] == "VA1DEMONEW01"


def test_two_requests_at_once_get_two_names_and_addresses(composed: Client) -> None:
    links = [composed.create().link("self") for _ in range(3)]
    composed.finish()
    views = [composed.get(link).json() for link in links]
    assert [view["id"] for view in views] == ["wa1demonew01", "wa1demonew02", "wa1demonew03"]
    assert len({view["details"]["ipAddresses"][0]["internal"] for view in views}) == 3


@pytest.mark.parametrize(
    ("members", "key"),
    [
        ({"name": "longname"}, "body.name"),
        ({"groupId": "f" * 32}, "body.groupId"),
        ({"sourceServerId": "NIX-TEMPLATE"}, "body.sourceServerId"),
        ({"networkId": "f" * 32}, "body.networkId"),
        ({"ipAddress": "10.80.12.40"}, "body.ipAddress"),
        ({"networkId": "5d1f0c2b7a3e4c6d8e9fa0b1c2d3e4f5", "ipAddress": "10.80.44.40"}, "body.ipAddress"),
        ({"networkId": "5d1f0c2b7a3e4c6d8e9fa0b1c2d3e4f5", "ipAddress": "10.80.12.12"}, "body.ipAddress"),
        ({"password": "short"}, "body.password"),
        ({"password": "alllowercase"}, "body.password"),
        ({"password": "Quote'd-Pw-1"}, "body.password"),
        ({"customFields": [{"id": "x", "value": "y"}]}, "body.customFields"),
        ({"additionalDisks": [{"path": "/usr", "sizeGB": 1, "type": "partitioned"}]}, "body.additionalDisks"),
        ({"isManagedOS": True}, "body.isManagedOS"),
        ({"storageType": "hyperscale"}, "body.storageType"),
        ({"type": "hyperscale", "storageType": "premium"}, "body.storageType"),
        ({"type": "bareMetal", "configurationId": "x", "osType": "y"}, "body.type"),
        ({"sourceServerId": "WA1DEMODEEP01"}, "body.sourceServerPassword"),
        ({"sourceServerId": "WA1DEMOWEB02", "sourceServerPassword": "Ex4mple-Root-Pw"}, "body.sourceServerId"),
    ],
)  # fmt: skip
def test_rejects_invalid_references(composed: Client, members: dict[str, Any], key: str) -> None:
    assert list(composed.create(**members).state()) == [key]
    assert composed.control("GET", "state").json()["jobs"] == {}


def test_memory_limit_has_the_recorded_message(composed: Client) -> None:
    state = composed.get("/v2/datacenters/DEMO/WA1?totals=true").json()["totals"]
    free = 128 - state["memoryGB"]
    response = composed.create(memoryGB=free + 1)
    assert (response.status, response.json()) == (
        400,
        {"message": f"Memory limit exceeded -> available: {free}, requested: {free + 1}"},
    )
    assert composed.create(memoryGB=free).status == 202
    assert composed.create(memoryGB=1).json() == {"message": "Memory limit exceeded -> available: 0, requested: 1"}


def test_required_custom_field(composed: Client, tmp_path: Path, make: Any) -> None:
    seed = tmp_path / "seed.yml"
    seed.write_text(
        "accounts:\n- alias: DEMO\n  custom_fields:\n"
        "  - {id: cdf83fd989e60f210402362d53c9efc6, name: Owner, type: text, required: true}\n"
        "users: [{name: demo, password: demo-password, account: DEMO}]\ndata_centers: [WA1]\n"
        f"places: [{{account: DEMO, data_center: WA1, groups: [{{name: Web, id: {WEB}}}]}}]\n"
    )
    client = make(str(seed)).login()
    assert list(client.create().state()) == ["body.customFields"]
    assert client.create(customFields=[{"id": "cdf83fd989e60f210402362d53c9efc6", "value": "me"}]).status == 202


def test_clone_has_the_disks_and_password_of_its_source(composed: Client) -> None:
    response = composed.create(sourceServerId="wa1demoweb01", sourceServerPassword="nope")
    assert list(response.state()) == ["body.sourceServerId"], "several adapters cannot be cloned"
    source = composed.create_and_finish(
        name="src", additionalDisks=[{"sizeGB": 7, "type": "raw"}], password="S0urce-Password"
    )["id"]
    assert list(composed.create(sourceServerId=source, sourceServerPassword="nope").state()) == [
        "body.sourceServerPassword"
    ]
    view = composed.create_and_finish(
        sourceServerId=source.upper(),
        sourceServerPassword="S0urce-Password",
        additionalDisks=[{"sizeGB": 9, "type": "raw"}],
    )
    assert [disk["sizeGB"] for disk in view["details"]["disks"]] == [1, 2, 14, 7, 9]
    assert composed.get(f"/v2/servers/DEMO/{view['id']}/credentials").json() == {
        "userName": "root",
        "password": "S0urce-Password",
    }


def test_bare_metal(composed: Client) -> None:
    links = composed.get("/v2/datacenters/DEMO/VA1?groupLinks=true").json()["links"]
    root = next(link["id"] for link in links if link["rel"] == "group")
    sku = composed.get("/v2/datacenters/DEMO/VA1/bareMetalCapabilities").json()["skus"][0]
    response = composed.create(
        groupId=root,
        type="bareMetal",
        configurationId=sku["id"],
        osType="ubuntu14_64Bit",
        sourceServerId=...,
        cpu=...,
        memoryGB=...,
    )
    composed.finish()
    view = composed.get(response.link("self")).json()
    assert view["type"] == "bareMetal"
    assert view["details"]["cpu"] == 4
    assert {"processorDescription", "storageDescription"} <= view["details"].keys()


def test_managed_server_is_late(composed: Client) -> None:
    response = composed.create(sourceServerId="RHEL-7-64-TEMPLATE", isManagedOS=True)
    composed.advance(JOB)
    view = composed.get(response.link("self")).json()
    assert (composed.get(response.link()).json()["status"], view["status"]) == ("succeeded", "underConstruction")
    assert view["isManagedOS"] is True
    composed.advance(JOB)
    assert composed.get(response.link("self")).json()["status"] == "active"


def test_managed_backup_shows_on_the_server_and_not_in_its_group(composed: Client) -> None:
    view = composed.create_and_finish(sourceServerId="RHEL-7-64-TEMPLATE", isManagedOS=True, isManagedBackup=True)
    assert composed.server(view["id"])["isManagedBackup"] is True
    group = composed.get(f"/v2/groups/DEMO/{view['groupId']}?serverDetail=detailed").json()
    item_in_group = next(server for server in group["servers"] if server["id"] == view["id"])
    assert item_in_group["isManagedOS"] is True
    assert "isManagedBackup" not in item_in_group


def test_time_to_live(composed: Client) -> None:
    now = composed.simulator.world.clock.now()
    assert list(composed.create(ttl=format_timestamp(now + 3600)).state()) == ["body.ttl"]
    view = composed.create_and_finish(ttl=format_timestamp(now + 7200))
    composed.advance(7200 - 2 * JOB - 5)
    assert composed.server(view["id"])["status"] == "active"
    composed.advance(10)
    assert composed.server(view["id"])["status"] == "queuedForDelete"
    composed.advance(JOB)
    assert composed.get(f"/v2/servers/DEMO/{view['id']}").status == 404


def test_delete(composed: Client) -> None:
    response = composed.delete("/v2/servers/DEMO/wa1demoweb01")
    assert (response.status, response.json()["server"]) == (202, "wa1demoweb01")
    view = composed.server("WA1DEMOWEB01")
    assert (view["status"], "details" in view) == ("queuedForDelete", False)
    again = composed.delete("/v2/servers/DEMO/wa1demoweb01")
    assert (again.status, again.json()["isQueued"]) == (202, False)
    composed.advance(JOB)
    gone = composed.get("/v2/servers/DEMO/WA1DEMOWEB01")
    assert (gone.status, gone.body) == (404, b"")
    assert composed.delete("/v2/servers/DEMO/WA1DEMOWEB01").status == 404
    assert composed.delete("/v2/servers/DEMO/WA1DEMOWEB04").json()["isQueued"] is False, "under construction"
    assert composed.delete("/v2/servers/DEMO/WA1DEMOOLD01").json()["isQueued"] is True, "archived"


def test_archive_and_restore(composed: Client) -> None:
    response = power(composed, "archive", "WA1DEMOWEB01")
    assert composed.server("WA1DEMOWEB01")["status"] == "active"
    composed.finish()
    view = composed.server("WA1DEMOWEB01")
    archive = composed.get(f"/v2/groups/DEMO/{view['groupId']}").json()
    assert (view["status"], archive["type"], response.status) == ("archived", "archive", 200)
    path = "/v2/servers/DEMO/WA1DEMOWEB01/restore"
    assert list(composed.post(path, {"targetGroupId": archive["id"]}).state()) == ["body.targetGroupId"]
    response = composed.post(path, {"targetGroupId": WEB})
    view = composed.server("WA1DEMOWEB01")
    assert (response.status, view["status"], view["groupId"]) == (202, "queuedForRestore", archive["id"])
    composed.advance(JOB)
    view = composed.server("WA1DEMOWEB01")
    assert (view["status"], view["groupId"], view["details"]["cpu"]) == ("active", WEB, 2)
    assert view["details"]["powerState"] == "stopped", "it starts soon after the job"
    composed.advance(JOB)
    assert composed.server("WA1DEMOWEB01")["details"]["powerState"] == "started"
    assert list(composed.post(path, {"targetGroupId": WEB}).state()) == [""]


def test_template_out_of_a_server(composed: Client) -> None:
    path = "/v2/servers/DEMO/WA1DEMOWEB03/convertToTemplate"
    body = {"description": "Hardened", "visibility": "private", "password": "wrong"}
    assert list(composed.post(path, body).state()) == ["body.password"]
    assert composed.post(path, body | {"password": "Ex4mple-Root-Pw"}).status == 202
    composed.finish()
    view = composed.server("WA1DEMOWEB03")
    assert (view["isTemplate"], view["description"]) == (True, "Hardened")
    assert composed.get(f"/v2/groups/DEMO/{view['groupId']}").json()["type"] == "templates"
    templates = composed.get("/v2/datacenters/DEMO/WA1/deploymentCapabilities").json()["templates"]
    assert templates[-1]["name"] == "WA1DEMOWEB03"
    assert composed.create_and_finish(sourceServerId="WA1DEMOWEB03")["osType"] == view["osType"]
    assert power(composed, "powerOn", "WA1DEMOWEB03").status == 400, "a template cannot be started"


def test_import(small: Client) -> None:
    links = small.get("/v2/datacenters/DEMO/WA1?groupLinks=true").json()["links"]
    body = {
        "name": "imp", "groupId": next(link["id"] for link in links if link["rel"] == "group"), "cpu": 2, "memoryGB": 4,
        "password": "Ex4mple-Root-Pw", "ovfId": "DEMO/LEGACY-APP", "ovfOsType": "redHat6_64Bit", "type": "standard",
    }  # fmt: skip
    for member in ("ovfId", "ovfOsType"):
        assert list(small.post("/v2/vmImport/DEMO", body | {member: "x"}).state()) == [f"body.{member}"]
    response = small.post("/v2/vmImport/DEMO", body)
    small.finish()
    view = small.get(response.link("self")).json()
    assert (view["id"], view["status"], view["os"], view["details"]["storageGB"]) == (
        "wa1demoimp01",
        "active",
        "redHat6_64Bit",
        16,
    )


def test_credentials_and_capabilities(composed: Client) -> None:
    assert composed.get("/v2/servers/DEMO/WA1DEMOWEB01/credentials").json()["userName"] == "root"
    assert list(composed.get("/v2/servers/DEMO/WA1DEMOOLD01/credentials").state()) == [""]
    assert "boot" in composed.get("/v2/servers/DEMO/WA1DEMOWEB01/capabilities").json()["reservedDrivePaths"]


def test_seeded_root_is_where_the_group_link_points(composed: Client) -> None:
    links = composed.get("/v2/datacenters/DEMO/WA1?groupLinks=true").json()["links"]
    assert next(link for link in links if link["rel"] == "group") == {
        "rel": "group", "href": f"/v2/groups/demo/{ROOT}", "id": ROOT, "name": "WA1 Hardware",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["d", "D:", "D:\\"])
def test_a_drive_is_reported_by_its_letter_however_it_was_asked_for(path: str) -> None:
    made = hardware.data_partitions("windows2012R2DataCenter_64Bit", [{"id": "0:1", "sizeGB": 10, "path": path}])
    assert [part["path"] for part in made] == ["D:\\"]
