# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups: the tree, its counts and links, changes and rejections, archive and restore, defaults."""

from __future__ import annotations

from typing import Any

import pytest

from simclient import JOB, ROOT, WEB, Client

Json = dict[str, Any]


def group(client: Client, key: str = ROOT, query: str = "") -> Json:
    response = client.get(f"/v2/groups/DEMO/{key}{query}")
    assert response.status == 200
    view: Json = response.json()
    return view


def child(view: Json, name: str) -> Json:
    return next(item for item in view["groups"] if item["name"] == name)


def rels(view: Json) -> list[str]:
    return [link["rel"] for link in view["links"] if link["rel"] != "server"]


def verbs(view: Json) -> list[str]:
    return next(list(link["verbs"]) for link in view["links"] if link["rel"] == "self")


def add(client: Client, name: str, parent: str = ROOT, **members: Any) -> str:
    response = client.post("/v2/groups/DEMO", {"name": name, "parentGroupId": parent, **members})
    assert response.status == 201
    return str(response.json()["id"])


def test_children_come_by_name_without_regard_to_case(composed: Client) -> None:
    names = [item["name"].lower() for item in group(composed)["groups"]]
    assert names == ["archive", "default group", "templates", "web", "web", "web"]
    assert [item["name"] for item in group(composed, WEB)["groups"]] == ["Production", "staging", "Web"]
    assert [item["name"] for item in child(group(composed, WEB), "Web")["groups"]] == ["Web"]


def test_links_of_each_kind_of_group(composed: Client) -> None:
    root = group(composed)
    ordinary = {
        "createGroup", "createServer", "self", "parentGroup", "defaults", "billing", "archiveGroupAction", "statistics",
        "upcomingScheduledActivities", "horizontalAutoscalePolicyMapping", "scheduledActivities",
    }  # fmt: skip
    assert set(rels(root)) == ordinary - {"parentGroup", "archiveGroupAction"}
    assert set(rels(child(root, "Default Group"))) == ordinary
    for name in ("Archive", "Templates"):
        assert rels(child(root, name)) == ["self", "parentGroup", "defaults", "billing"]
        assert verbs(child(root, name)) == ["GET", "PATCH"]
    assert verbs(root) == ["GET", "PATCH"]
    assert verbs(child(root, "Web")) == ["GET", "PATCH", "DELETE"]
    assert (root["type"], child(root, "Archive")["type"], child(root, "Templates")["type"]) == (
        "default",
        "archive",
        "templates",
    )


def test_counts_and_servers_of_both_forms(composed: Client) -> None:
    plain, detailed = group(composed, WEB), group(composed, WEB, "?serverDetail=detailed")
    server_ids = [link["id"] for link in plain["links"] if link["rel"] == "server"]
    assert server_ids == [f"WA1DEMOWEB{number}" for number in ("01", "02", "03", "04", "05", "06", "07", "120")]
    assert "servers" not in plain
    assert [server["name"] for server in detailed["servers"]] == server_ids
    assert not any(link["rel"] == "server" for link in detailed["links"])
    # Active ones alone: four here and one below; all states: eight and one.
    assert (plain["serversCount"], detailed["serversCount"]) == (5, 9)
    for query in ("", "?serverDetail=detailed"):
        assert child(group(composed, ROOT, query), "Archive")["serversCount"] == 0
    assert group(composed)["serversCount"] == 6
    archive = child(group(composed, ROOT, "?serverDetail=detailed"), "Archive")
    assert [server["status"] for server in archive["servers"]] == ["archived", "queuedForRestore"]
    link = next(link for link in plain["links"] if link["rel"] == "server")
    assert link == {"rel": "server", "href": "/v2/servers/demo/wa1demoweb01", "id": "WA1DEMOWEB01"}


def test_description_absent_and_empty(composed: Client) -> None:
    assert group(composed, WEB)["description"] == ""
    assert "description" not in child(group(composed, WEB), "staging")
    key = add(composed, "A")
    assert "description" not in group(composed, key)
    composed.patch(f"/v2/groups/DEMO/{key}", description="")
    assert group(composed, key)["description"] == ""


def test_same_name_twice_makes_two(composed: Client) -> None:
    assert add(composed, "Twin") != add(composed, "Twin")


def test_create_refusals(composed: Client) -> None:
    archive, templates = (child(group(composed), name)["id"] for name in ("Archive", "Templates"))
    for parent in ("f" * 32, archive, templates):
        body = {"name": "A", "parentGroupId": parent}
        assert set(composed.post("/v2/groups/DEMO", body).state()) == {"body.parentGroupId"}
    assert composed.post("/v2/groups/DEMO", {"name": "", "parentGroupId": ROOT}).status == 400
    body = {"name": "A", "parentGroupId": ROOT, "customFields": [{"id": "f" * 32, "value": "x"}]}
    assert set(composed.post("/v2/groups/DEMO", body).state()) == {"body.customFields"}


def test_update_is_all_or_nothing(composed: Client) -> None:
    key = add(composed, "Old", description="kept")
    assert composed.patch(f"/v2/groups/DEMO/{key}", name="New", parentGroupId=key).status == 400
    assert group(composed, key)["name"] == "Old"
    assert composed.patch(f"/v2/groups/DEMO/{key}", name="New", parentGroupId=WEB).status == 204
    moved = group(composed, key)
    assert (moved["name"], moved["description"]) == ("New", "kept")
    assert next(link["id"] for link in moved["links"] if link["rel"] == "parentGroup") == WEB


def test_custom_fields_are_replaced_wholly(composed: Client) -> None:
    stage, cost = "2e4f6a8c0b1d3f5e7a9c8b6d4e2f0a1c", "cdf83fd989e60f210402362d53c9efc6"
    composed.patch(f"/v2/groups/DEMO/{WEB}", customFields=[{"id": stage, "value": "1"}])
    assert group(composed, WEB)["customFields"] == [
        {"id": stage, "name": "Stage", "value": "1", "displayValue": "Production"}
    ]
    composed.patch(f"/v2/groups/DEMO/{WEB}", customFields=[])
    assert group(composed, WEB)["customFields"] == []
    for wrong in ({"id": stage, "value": "Production"}, {"id": "x", "value": "1"}):
        assert set(composed.patch(f"/v2/groups/DEMO/{WEB}", customFields=[wrong]).state()) == {"body.customFields"}
    composed.patch(f"/v2/groups/DEMO/{WEB}", customFields=[{"id": cost, "value": 7}])
    assert group(composed, WEB)["customFields"][0]["displayValue"] == "7"


def test_rejects_invalid_moves(composed: Client) -> None:
    deep = child(child(group(composed, WEB), "Web"), "Web")["id"]
    links = composed.get("/v2/datacenters/DEMO/VA1?groupLinks=true").json()["links"]
    elsewhere = next(link["id"] for link in links if link["rel"] == "group")
    for key, parent in (
        (WEB, deep),
        (WEB, WEB),
        (WEB, elsewhere),
        (ROOT, WEB),
        (child(group(composed), "Archive")["id"], WEB),
    ):
        assert set(composed.patch(f"/v2/groups/DEMO/{key}", parentGroupId=parent).state()) == {"body.parentGroupId"}


def test_delete_takes_the_tree_when_the_job_ends(composed: Client) -> None:
    response = composed.delete(f"/v2/groups/DEMO/{WEB}")
    assert response.status == 202
    assert composed.server("WA1DEMOWEB01")["status"] == "queuedForDelete"
    assert composed.server("WA1DEMODEEP01")["status"] == "queuedForDelete"
    statuses = []
    for _ in range(10):
        statuses.append(composed.get(response.link()).json()["status"])
        assert composed.get(f"/v2/groups/DEMO/{WEB}").status == 200
        composed.advance(JOB / 10)
    assert set(statuses) == {"notStarted"}
    assert composed.get(response.link()).json() == {"status": "succeeded"}
    for path in (f"groups/DEMO/{WEB}", "servers/DEMO/WA1DEMOWEB01", "servers/DEMO/WA1DEMODEEP01"):
        assert composed.get(f"/v2/{path}").status == 404
    assert "203.0.113.24" not in composed.control("GET", "state").json()["publicAddresses"]


def test_system_groups_stay(composed: Client) -> None:
    for view in (group(composed), child(group(composed), "Archive"), child(group(composed), "Templates")):
        assert composed.delete(f"/v2/groups/DEMO/{view['id']}").status == 400
        assert composed.post(f"/v2/groups/DEMO/{view['id']}/archive").status == 400
    assert composed.delete(f"/v2/groups/DEMO/{child(group(composed), 'Default Group')['id']}").status == 202


def test_archive_and_restore_of_a_group(composed: Client) -> None:
    response = composed.post(f"/v2/groups/DEMO/{WEB}/restore", {"targetGroupId": ROOT})
    assert (response.status, response.json()["isQueued"]) == (202, False)
    response = composed.post(f"/v2/groups/DEMO/{WEB}/archive")
    assert (response.status, set(response.json())) == (202, {"rel", "href", "id"})
    assert composed.server("WA1DEMOWEB01")["status"] == "active", "state changes when the job ends"
    composed.finish()
    archive = child(group(composed), "Archive")
    assert WEB in [item["id"] for item in archive["groups"]]
    server = composed.server("WA1DEMOWEB01")
    assert (server["status"], server["groupId"]) == ("archived", WEB)
    assert group(composed, WEB)["serversCount"] == 0
    archive_view = child(group(composed, ROOT, "?serverDetail=detailed"), "Archive")
    assert [item["serversCount"] for item in archive_view["groups"]] == [0], "servers below Archive never count"
    assert composed.post(f"/v2/groups/DEMO/{WEB}/archive").status == 400
    response = composed.post(f"/v2/groups/DEMO/{WEB}/restore", {"targetGroupId": ROOT})
    assert (response.status, set(response.json())) == (202, {"isQueued", "links"})
    assert composed.server("WA1DEMOWEB01")["status"] == "queuedForRestore"
    composed.finish()
    server = composed.server("WA1DEMOWEB01")
    assert (server["status"], server["details"]["cpu"], server["details"]["powerState"]) == ("active", 2, "started")
    assert group(composed, WEB)["serversCount"] > 0


def test_managed_servers_are_not_archived(composed: Client) -> None:
    managed = [
        item["id"]
        for item in group(composed)["groups"]
        if any(link.get("id") == "WA1DEMOMAN01" for link in item["links"])
    ]
    assert composed.post(f"/v2/groups/DEMO/{managed[0]}/archive").status == 400


def test_defaults_come_from_above(composed: Client) -> None:
    key = add(composed, "Below", WEB)
    path = f"/v2/groups/DEMO/{key}/defaults"
    assert composed.get(path).json()["cpu"] == {"inherited": False}
    assert composed.get(path).json()["primaryDns"] == {"value": "172.17.1.26", "inherited": True}
    response = composed.post(
        f"/v2/groups/DEMO/{WEB}/defaults", {"cpu": "2", "networkId": "6c0e5d4b3a2f41e09d8c7b6a5f4e3d2c"}
    )
    assert response.json()["cpu"] == {"value": 2, "inherited": False}
    assert composed.get(path).json()["cpu"] == {"value": 2, "inherited": True}
    composed.post(path, {"memoryGB": 4})
    assert composed.get(path).json()["memoryGB"] == {"value": 4, "inherited": False}
    assert composed.get(path).json()["cpu"] == {"value": 2, "inherited": True}
    assert composed.create_and_finish(groupId=key)["details"]["ipAddresses"][0]["internal"].startswith("10.80.44.")
    for wrong in ({"networkId": "x"}, {"templateName": "x"}, {"cpu": 17}, {"memoryGB": "129"}):
        assert list(composed.post(path, wrong).state()) == [f"body.{next(iter(wrong))}"]


def test_defaults_take_what_servers_can_be_built_with(composed: Client) -> None:
    """Networks of the account and its parent, and templates of the account, but not of a sub-account."""
    path, networks = f"/v2/groups/DEMO/{WEB}/defaults", "/v2-experimental/networks"
    own = composed.get(f"{networks}/DEMO/WA1").json()[0]["id"]
    assert composed.post(path, {"networkId": own.upper()}).json()["networkId"]["value"] == own
    composed.post(f"{networks}/DEM2/WA1/claim", {})
    composed.finish()
    foreign = composed.get(f"{networks}/DEM2/WA1").json()[-1]["id"]
    assert "body.networkId" in composed.post(path, {"networkId": foreign}).state()
    root = composed.get("/v2/datacenters/DEM2/WA1?groupLinks=true").link("group")
    for key in (own, foreign):
        assert composed.post(f"{root}/defaults", {"networkId": key}).json()["networkId"]["value"] == key
    assert "body.templateName" in composed.post(path, {"templateName": "WA1DEMOWEB03"}).state()
    body = {"description": "Golden", "visibility": "private", "password": "Ex4mple-Root-Pw"}
    composed.post("/v2/servers/DEMO/wa1demoweb03/convertToTemplate", body)
    composed.finish()
    assert composed.post(path, {"templateName": "WA1DEMOWEB03"}).status == 200


@pytest.mark.parametrize("key", ["f" * 32, "wa1-1002"])
def test_unknown_group(composed: Client, key: str) -> None:
    assert composed.get(f"/v2/groups/DEMO/{key}").status == 404


def test_data_center_totals_and_limits(composed: Client) -> None:
    totals = composed.get("/v2/datacenters/DEMO/wa1?totals=true").json()["totals"]
    assert totals["servers"] == 12
    assert totals["cpus"] > 0
    assert "totals" not in composed.get("/v2/datacenters/DEMO/wa1").json()
    limits = composed.get("/v2/datacenters/DEMO/WA1/computeLimits").json()
    assert limits["memoryGB"] == {"value": 128, "inherited": False}
    assert composed.get("/v2/datacenters/DEM2/WA1/computeLimits").json()["cpu"] == {"inherited": False}
    assert composed.get("/v2/datacenters/DEMO/WA1/networkLimits").json()["networks"]["value"] == 3


def test_bare_metal_where_it_is(composed: Client) -> None:
    assert composed.get("/v2/datacenters/DEMO/VA1/bareMetalCapabilities").json()["skus"]
    assert composed.get("/v2/datacenters/DEMO/WA1/bareMetalCapabilities").status == 404


def test_fields_account_and_imports(small: Client) -> None:
    kinds = [field["type"] for field in small.get("/v2/accounts/DEMO/customFields").json()]
    assert kinds == ["text", "option", "checkbox"]
    assert small.get("/v2/accounts/demo").json()["primaryDataCenter"] == "WA1"
    assert [item["id"] for item in small.get("/v2/vmImport/DEMO/WA1/available").json()] == ["DEMO/LEGACY-APP"]
    assert small.get("/v2/vmImport/DEMO/VA1/available").json() == []
