# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PATCH of servers, snapshots, secondary networks, public addresses."""

from __future__ import annotations

from typing import Any

import pytest

from simclient import JOB, ROOT, WEB, Client

WEB01 = "/v2/servers/DEMO/WA1DEMOWEB01"
SECOND = "6c0e5d4b3a2f41e09d8c7b6a5f4e3d2c"


def disks(client: Client, key: str = "WA1DEMOWEB01") -> list[dict[str, Any]]:
    return [{"diskId": disk["id"], "sizeGB": disk["sizeGB"]} for disk in client.server(key)["details"]["disks"]]


def test_immediate_changes_are_a_204(composed: Client) -> None:
    stage = "2e4f6a8c0b1d3f5e7a9c8b6d4e2f0a1c"
    response = composed.patch(WEB01, description="New", groupId=ROOT, customFields=[{"id": stage, "value": 0}])
    assert (response.status, response.body) == (204, b"")
    view = composed.server("WA1DEMOWEB01")
    assert (view["description"], view["groupId"]) == ("New", ROOT)
    assert view["details"]["customFields"] == [
        {"id": stage, "name": "Stage", "value": "0", "displayValue": "Development"}
    ]


def test_queued_properties_change_when_the_job_ends(composed: Client) -> None:
    response = composed.patch(WEB01, cpu=4, memory="8", description="Bigger")
    assert (response.status, set(response.json())) == (202, {"rel", "href", "id"})
    view = composed.server("WA1DEMOWEB01")
    assert (view["description"], view["details"]["cpu"], view["details"]["memoryMB"]) == ("Bigger", 2, 4096)
    composed.advance(JOB - 1)
    assert composed.server("WA1DEMOWEB01")["details"]["cpu"] == 2
    composed.advance(1)
    details = composed.server("WA1DEMOWEB01")["details"]
    assert (details["cpu"], details["memoryMB"]) == (4, 8192)


def test_accepts_cpu_without_memory(composed: Client) -> None:
    assert composed.patch(WEB01, cpu=1).status == 202


def test_validates_the_request_before_any_change(composed: Client) -> None:
    assert composed.patch(WEB01, description="Half", disks=[]).status == 400
    assert composed.server("WA1DEMOWEB01")["description"] == ""


def test_disks_are_replaced_completely(composed: Client) -> None:
    kept = [disk for disk in disks(composed) if disk["diskId"] not in ("0:5", "0:8")]
    kept[3]["sizeGB"] = "30"
    added = [{"sizeGB": 3, "type": "raw"}, {"sizeGB": 4, "type": "partitioned", "path": "/logs"}]
    assert composed.patch(WEB01, disks=[*kept, *added]).status == 202
    assert len(composed.server("WA1DEMOWEB01")["details"]["disks"]) == 8
    composed.finish()
    details = composed.server("WA1DEMOWEB01")["details"]
    assert [(disk["id"], disk["sizeGB"]) for disk in details["disks"]] == [
        ("0:0", 1), ("0:1", 2), ("0:2", 14), ("0:3", 30), ("0:4", 5), ("0:6", 5), ("0:9", 3), ("0:10", 4),
    ]  # fmt: skip
    assert "/logs" in [part["path"] for part in details["partitions"]]
    assert details["storageGB"] == sum(disk["sizeGB"] for disk in details["disks"])


def test_disks_as_the_java_client_sends_them(composed: Client) -> None:
    same = [{**disk, "path": None, "type": "partitioned"} for disk in disks(composed)]
    assert composed.patch(WEB01, disks=same).status == 204


def test_disks_that_change_nothing_are_a_204(composed: Client) -> None:
    assert composed.patch(WEB01, disks=disks(composed)).status == 204
    assert composed.patch(WEB01, disks=[*disks(composed), {"diskId": "0:33", "sizeGB": 5}]).status == 204


PATHS = {"path": ["/etc"], "twice": ["/logs", "/logs"]}


@pytest.mark.parametrize("wrong", ["shrink", "system", "path", "twice"])
def test_rejects_invalid_disks(composed: Client, wrong: str) -> None:
    requested = disks(composed)
    if wrong == "shrink":
        requested[3]["sizeGB"] = 19
    elif wrong == "system":
        del requested[1]
    else:
        requested += [{"sizeGB": 1, "type": "partitioned", "path": path} for path in PATHS[wrong]]
    assert list(composed.patch(WEB01, disks=requested).state()) == ["body.disks"]


def test_a_snapshot_blocks_sizes(composed: Client) -> None:
    path = "/v2/servers/DEMO/WA1DEMOWEB120"
    for members in ({"cpu": 2}, {"memory": 4}, {"disks": disks(composed, "WA1DEMOWEB120")}):
        assert composed.patch(path, **members).status == 400
    assert composed.patch(path, description="x").status == 204


def test_password(composed: Client) -> None:
    assert list(composed.patch(WEB01, password={"current": "no", "password": "N3w-Example-Pw"}).state()) == [
        "body.password"
    ]
    assert list(composed.patch(WEB01, password={"current": "Ex4mple-Root-Pw", "password": "x"}).state()) == [
        "body.password"
    ]
    assert composed.patch(WEB01, password={"current": "Ex4mple-Root-Pw", "password": "N3w-Example-Pw"}).status == 202
    assert composed.get(f"{WEB01}/credentials").json()["password"] == "Ex4mple-Root-Pw"
    composed.finish()
    assert composed.get(f"{WEB01}/credentials").json()["password"] == "N3w-Example-Pw"


@pytest.mark.parametrize("key", ["WA1DEMOWEB04", "WA1DEMOWEB06", "WA1DEMOOLD02"])
def test_wrong_state_has_the_message_of_the_service(composed: Client, key: str) -> None:
    response = composed.patch(f"/v2/servers/DEMO/{key}", description="x")
    assert response.state() == {"": ["The server must be in Active or Archived state."]}


def test_archived_servers_accept_description_and_custom_fields_only(composed: Client) -> None:
    path = "/v2/servers/DEMO/WA1DEMOOLD01"
    assert composed.patch(path, description="x").status == 204
    assert composed.patch(path, cpu=2).status == 400
    assert composed.patch(path, groupId=WEB).status == 400


def test_moves_stay_in_the_data_center(composed: Client) -> None:
    links = composed.get("/v2/datacenters/DEMO/VA1?groupLinks=true").json()["links"]
    elsewhere = next(link["id"] for link in links if link["rel"] == "group")
    assert list(composed.patch(WEB01, groupId=elsewhere).state()) == ["body.groupId"]


def test_snapshot_is_created_and_deleted(composed: Client) -> None:
    def snapshots() -> list[dict[str, Any]]:
        taken: list[dict[str, Any]] = composed.server("WA1DEMOWEB01")["details"]["snapshots"]
        return taken

    def take() -> Any:
        return composed.post(
            "/v2/operations/DEMO/servers/createSnapshot", {"snapshotExpirationDays": "7", "serverIds": ["WA1DEMOWEB01"]}
        )

    assert take().status == 200
    assert snapshots() == []
    composed.finish()
    (snapshot,) = snapshots()
    assert [link["rel"] for link in snapshot["links"]] == ["self", "delete", "restore"]
    assert snapshot["links"][0]["href"] == "/v2/servers/demo/wa1demoweb01/snapshots/1"
    assert len(snapshot["name"]) == len("2015-07-08.11:49:22")
    assert take().json()[0]["isQueued"] is False, "one at a time"
    assert composed.get(f"{WEB01}/snapshots/1").status == 405
    response = composed.post(f"{WEB01}/snapshots/1/restore", {})
    assert (response.status, set(response.json())) == (200, {"rel", "href", "id"})
    composed.finish()
    assert len(snapshots()) == 1, "it is kept"
    response = composed.delete(f"{WEB01}/snapshots/1")
    assert response.status == 200
    composed.advance(JOB)
    assert composed.get(response.link()).json()["status"] == "succeeded"
    assert snapshots() == [], "six of six recordings have it gone right after the success"
    assert composed.delete(f"{WEB01}/snapshots/1").status == 404
    take()
    composed.finish()
    assert snapshots()[0]["links"][0]["href"].endswith("/2"), "numbers count up"
    composed.advance(8 * 86400)
    assert snapshots() == [], "it expires"


def test_a_deleted_snapshot_is_late_with_a_fault(composed: Client) -> None:
    composed.post(
        "/v2/operations/DEMO/servers/createSnapshot", {"snapshotExpirationDays": 7, "serverIds": ["WA1DEMOWEB01"]}
    )
    composed.finish()
    composed.faults({"operation": "deleteServerSnapshot", "job_lag_seconds": 30})
    response = composed.delete(f"{WEB01}/snapshots/1")
    composed.advance(JOB + 29)
    assert composed.get(response.link()).json()["status"] == "succeeded"
    assert len(composed.server("WA1DEMOWEB01")["details"]["snapshots"]) == 1
    composed.advance(1)
    assert composed.server("WA1DEMOWEB01")["details"]["snapshots"] == []


def test_reverting_to_a_snapshot_updates_the_server_when_the_job_ends(composed: Client) -> None:
    before = composed.server("WA1DEMOWEB120")
    composed.post("/v2/servers/DEMO/WA1DEMOWEB120/snapshots/1/restore")
    composed.advance(JOB - 1)
    assert composed.server("WA1DEMOWEB120") == before
    composed.advance(1)
    after = composed.server("WA1DEMOWEB120")
    assert after["changeInfo"]["modifiedDate"] > before["changeInfo"]["modifiedDate"]
    assert after["details"] == before["details"]


def test_secondary_network(composed: Client) -> None:
    path = "/v2/servers/DEMO/WA1DEMOWEB02/networks"
    response = composed.post(path, {"networkId": SECOND, "ipAddress": ""})
    job = response.json()
    assert (response.status, set(job)) == (202, {"operationId", "uri"})
    assert job["uri"] == f"/v2-experimental/operations/DEMO/status/{job['operationId']}"
    statuses = []
    for _ in range(11):
        statuses.append(composed.get(job["uri"]).json()["status"])
        assert list(composed.get(job["uri"]).json()) == ["status"]
        composed.advance(JOB / 10)
    assert list(dict.fromkeys(statuses)) == ["queued", "running", "succeeded"]
    assert composed.get(f"/v2/operations/DEMO/status/{job['operationId']}").status == 404, "each queue knows its own"
    assert composed.server("WA1DEMOWEB02")["details"]["secondaryIPAddresses"] == [{"internal": "10.80.44.13"}]
    again = composed.post(path, {"networkId": SECOND})
    assert "already has an adapter" in again.state()["body.networkId"][0]
    primary = "5d1f0c2b7a3e4c6d8e9fa0b1c2d3e4f5"
    assert composed.delete(f"{path}/{primary}").status == 400
    assert composed.post(path, {"networkId": "f" * 32}).status == 400
    assert composed.delete(f"{path}/{SECOND}").status == 202
    composed.finish()
    assert composed.server("WA1DEMOWEB02")["details"]["secondaryIPAddresses"] == []
    assert composed.delete(f"{path}/{SECOND}").status == 400


def test_a_server_has_four_adapters_at_most(small: Client) -> None:
    networks, path = "/v2-experimental/networks/DEMO/WA1", "/v2/servers/DEMO/WA1DEMOJUMP01/networks"
    for _ in range(4):
        assert small.post(f"{networks}/claim", {}).status == 202
        small.finish()
    claimed = [network["id"] for network in small.get(networks).json()][1:]
    for network in claimed[:3]:
        assert small.post(path, {"networkId": network}).status == 202
        small.finish()
    assert "at most 4" in small.post(path, {"networkId": claimed[3]}).state()["body.networkId"][0]


def test_networks(composed: Client) -> None:
    base = "/v2-experimental/networks/DEMO/WA1"
    first, second = composed.get(base).json()
    assert (first["gateway"], first["netmask"], second["id"]) == ("10.80.12.1", "255.255.255.0", SECOND)
    claimed_addresses = composed.get(f"{base}/{SECOND}?ipAddresses=claimed").json()["ipAddresses"]
    assert claimed_addresses == [
        {"address": "10.80.44.12", "claimed": True, "primary": False, "server": "WA1DEMOWEB01", "type": "private"}
    ]
    assert composed.get(f"{base}/{SECOND}/ipAddresses").json() == claimed_addresses
    free = composed.get(f"{base}/{SECOND}/ipAddresses?type=free").json()
    assert len(free) + 1 == len(composed.get(f"{base}/{SECOND}/ipAddresses?type=all").json()) == 243
    public = composed.get(f"{base}/{first['id']}/ipAddresses").json()
    assert {item["address"] for item in public if item["type"] == "publicMapped"} == {"203.0.113.24", "203.0.113.9"}
    response = composed.post(f"{base}/{SECOND}/release")
    assert (response.status, response.json()) == (400, {"message": "Cannot release network with active servers"})
    assert composed.get(f"/v2-experimental/networks/DEM2/WA1/{SECOND}").status == 404
    assert composed.post(f"{base}/claim").status == 202
    composed.finish()
    assert composed.post(f"{base}/claim").status == 400, "three are the limit"


def test_public_address_with_a_new_private_one(composed: Client) -> None:
    path = "/v2/servers/DEMO/WA1DEMOWEB03/publicIPAddresses"
    before = composed.server("WA1DEMOWEB03")["details"]["ipAddresses"]
    response = composed.post(
        path, {"ports": [{"protocol": "tcp", "port": 80, "portTo": 81}, {"protocol": "icmp", "port": 0}]}
    )
    statuses = []
    for _ in range(101):
        statuses.append(composed.get(response.link()).json()["status"])
        composed.advance(JOB / 100)
    changes = [status for at, status in enumerate(statuses) if at == 0 or status != statuses[at - 1]]
    assert changes == ["notStarted", *["executing", "resumed"] * 3, "succeeded"]
    after = composed.server("WA1DEMOWEB03")["details"]["ipAddresses"]
    assert after[:-1] == before
    public, internal = after[-1]["public"], after[-1]["internal"]
    result = composed.get(f"{path}/{public}").json()
    assert result == {
        "internalIPAddress": internal,
        "ports": [{"protocol": "TCP", "port": 80, "portTo": 81}, {"protocol": "ICMP", "port": 0}],
        "sourceRestrictions": [],
    }
    assert composed.delete(f"{path}/{public}").status == 202
    composed.finish()
    assert composed.server("WA1DEMOWEB03")["details"]["ipAddresses"] == [*before, {"internal": internal}]
    assert composed.get(f"{path}/{public}").status == 404
    assert composed.delete(f"{path}/{public}").status == 404


def test_public_address_for_a_given_private_one(composed: Client) -> None:
    path = f"{WEB01}/publicIPAddresses"
    first, mapped = composed.server("WA1DEMOWEB01")["details"]["ipAddresses"]
    ports = [{"protocol": "TCP", "port": 22}]
    for wrong in (mapped["internal"], "10.9.9.9"):
        assert list(composed.post(path, {"internalIPAddress": wrong, "ports": ports}).state()) == [
            "body.internalIPAddress"
        ]
    assert composed.post(path, {"internalIPAddress": first["internal"], "ports": ports}).status == 202
    composed.finish()
    addresses = composed.server("WA1DEMOWEB01")["details"]["ipAddresses"]
    assert len(addresses) == 2
    assert addresses[0]["internal"] == first["internal"]
    assert "public" in addresses[0]


def test_a_private_address_is_mapped_once_by_simultaneous_requests(composed: Client) -> None:
    path = f"{WEB01}/publicIPAddresses"
    first = composed.server("WA1DEMOWEB01")["details"]["ipAddresses"][0]
    body = {"internalIPAddress": first["internal"], "ports": [{"protocol": "TCP", "port": 22}]}
    assert [composed.post(path, body).status for _ in range(2)] == [202, 202]
    composed.finish()
    view = composed.server("WA1DEMOWEB01")
    result = [entry["public"] for entry in view["details"]["ipAddresses"] if "public" in entry]
    assert len(result) == 2
    claimed_addresses = composed.get("/_simulator/state").json()["publicAddresses"]
    assert sorted(key for key, address in claimed_addresses.items() if address["server"] == view["id"]) == sorted(
        result
    )


def test_public_address_is_replaced_completely(composed: Client) -> None:
    path = f"{WEB01}/publicIPAddresses/203.0.113.24"
    assert composed.get(path).json()["sourceRestrictions"] == [{"cidr": "198.51.100.0/24"}]
    assert composed.put(path, {"ports": [{"protocol": "UDP", "port": 53}]}).status == 202
    composed.finish()
    result = composed.get(path).json()
    assert (result["ports"], result["sourceRestrictions"]) == ([{"protocol": "UDP", "port": 53}], [])
    assert list(composed.put(path, {"ports": [{"protocol": "TCP", "port": 9, "portTo": 8}]}).state()) == ["body.ports"]
    body = {"ports": [{"protocol": "TCP", "port": 9}], "sourceRestrictions": [{"cidr": "anywhere"}]}
    assert list(composed.put(path, body).state()) == ["body.sourceRestrictions"]
    assert composed.put("/v2/servers/DEMO/WA1DEMOWEB01/publicIPAddresses/203.0.113.25", body).status == 404
