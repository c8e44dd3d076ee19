# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Recorded responses of the real service: identical from a world that is seeded with them, else with the same properties."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from simclient import JOB, PAYLOADS, SEEDS, WEB, Client, load, power, shape, without_order

KNIFE, PUPPET = "recorded/clc-knife", "recorded/clc-puppet"


def pairs(seed: str) -> list[Any]:
    described = yaml.safe_load((SEEDS / seed).read_text(encoding="utf-8"))
    return [
        pytest.param(seed, item["request"], item["file"], id=f"{seed}: {item['request']}")
        for item in described["recorded"]
    ]


@pytest.mark.parametrize(
    ("seed", "request_line", "file"), [*pairs("recorded-account.yml"), *pairs("recorded-servers.yml")]
)
def test_recorded_requests_return_the_recorded_responses(
    make: Callable[..., Client], seed: str, request_line: str, file: str
) -> None:
    client = make(str(SEEDS / seed)).login("user.altd", "recorded-password")
    response = client.get(request_line.removeprefix("GET "))
    recorded = without_order(load(str((SEEDS / file).resolve().relative_to(PAYLOADS))))
    if "serverDetail" not in request_line and "/v2/groups/" in request_line:
        # The recorded servers of this group are newer than the recorded tree.
        actual = drop_servers(without_order(response.json()))
        assert actual == drop_servers(recorded)
        return
    assert without_order(response.json()) == recorded


def drop_servers(group: Any) -> Any:
    group["links"] = [link for link in group["links"] if link["rel"] != "server"]
    group.pop("serversCount")
    group["groups"] = [drop_servers(child) for child in group["groups"]]
    return group


def test_data_center_without_group_links_as_recorded(make: Callable[..., Client]) -> None:
    client = make(str(SEEDS / "recorded-account.yml")).login("user.altd", "recorded-password")
    recorded = load(f"{KNIFE}/GET-v2-datacenters-alias-dc-groupLinks-false.200.json")
    for path in ("/v2/datacenters/ALTD/CA1?groupLinks=false", "/v2/datacenters/altd/ca1", "/v2/datacenters/ALTD/ca1/"):
        assert client.get(path).json() == recorded


def test_loads_a_directory_of_recorded_responses(make: Callable[..., Client], tmp_path: Path) -> None:
    seed = tmp_path / "directory.yml"
    seed.write_text(
        "accounts: [{alias: ALTD}]\nusers: [{name: u, password: p, account: ALTD}]\n"
        f"recorded: {{directory: {PAYLOADS / KNIFE}, account: ALTD, data_center: CA1}}\n"
    )
    client = make(str(seed)).login("u", "p")
    recorded = load(f"{KNIFE}/GET-v2-servers-alias-server-uuid-false.200.json")
    assert without_order(client.server("ca1altdtest51", "ALTD")) == without_order(recorded)
    opened = client.get("/v2/servers/ALTD/ca1altdtest51/publicIPAddresses/65.39.180.226")
    assert opened.json() == load(f"{KNIFE}/GET-v2-servers-alias-server-publicIPAddresses-ip.200.json")
    assert len(client.get("/v2/datacenters/ALTD").json()) == 13


def test_login_has_the_recorded_shape(composed: Client) -> None:
    response = composed.post("/v2/authentication/login", {"username": "demo", "password": "demo-password"})
    recorded = load(f"{KNIFE}/POST-v2-authentication-login.200.json")
    assert list(response.json()) == list(recorded)
    assert response.json()["roles"] == recorded["roles"]
    assert 450 <= len(response.json()["bearerToken"]) <= 650


@pytest.mark.parametrize("file", [f"{KNIFE}/POST-v2-groups-alias.201", f"{PUPPET}/POST-v2-groups-alias.201"])
def test_group_created_as_recorded(composed: Client, file: str) -> None:
    body = load(f"{file}.request.json") | {"parentGroupId": WEB}
    response = composed.post("/v2/groups/DEMO", body)
    assert response.status == 201
    assert shape(response.json()) == shape(load(f"{file}.json"))
    assert list(response.json()) == list(load(f"{file}.json"))
    assert response.headers["location"] == f"/v2/groups/demo/{response.json()['id']}"


@pytest.mark.parametrize("file", [f"{KNIFE}/POST-v2-servers-alias.202", f"{PUPPET}/POST-v2-servers-alias.202"])
def test_server_created_as_recorded(composed: Client, file: str) -> None:
    body = load(f"{file}.request.json") | {"groupId": WEB}
    if "password" in body:
        body["password"] = "Ex4mple-Root-Pw"  # the recording has it redacted
    response = composed.post("/v2/servers/DEMO/", body)
    recorded = load(f"{file}.json")
    assert response.status == 202
    assert shape(response.json()) == shape(recorded)
    assert response.json()["server"] == recorded["server"] == body["name"]
    self_link = response.link("self")
    assert self_link == f"/v2/servers/DEMO/{response.json()['links'][1]['id']}?uuid=True"


def test_new_server_read_as_recorded(composed: Client) -> None:
    """Right after its job, a Debian server looks as clc-puppet found it."""
    recorded = load(f"{PUPPET}/GET-v2-servers-alias-id-uuid-True.200.json")
    request = load(f"{PUPPET}/POST-v2-servers-alias.202.request.json")
    response = composed.post("/v2/servers/DEMO", request | {"groupId": WEB, "password": "Ex4mple-Root-Pw"})
    composed.advance(JOB)
    view = composed.get(response.link("self")).json()
    assert shape(view) == shape(recorded)
    details = recorded["details"]
    for member in (
        "disks",
        "partitions",
        "snapshots",
        "customFields",
        "cpu",
        "memoryMB",
        "storageGB",
        "powerState",
        "hostName",
    ):
        assert view["details"][member] == details[member], member
    for member in ("osType", "os", "status", "type", "storageType", "description", "isTemplate"):
        assert view[member] == recorded[member], member


@pytest.mark.parametrize("operation", ["powerOff", "reboot", "reset", "powerOn", "pause", "shutDown"])
def test_batches_as_recorded(composed: Client, operation: str) -> None:
    source = KNIFE if operation in ("powerOff", "reboot", "reset", "powerOn") else PUPPET
    server = "wa1demoweb02" if operation == "powerOn" else "wa1demoweb01"
    response = power(composed, operation, server)
    assert response.status == 200
    recorded = load(f"{source}/POST-v2-operations-alias-servers-{operation}.200.json")
    assert shape(response.json()) == shape(recorded)
    assert response.json()[0]["server"] == server


def test_deletions_as_recorded(composed: Client) -> None:
    response = composed.delete("/v2/servers/DEMO/WA1DEMOWEB01")
    assert (response.status, shape(response.json())) == (
        202,
        shape(load(f"{KNIFE}/DELETE-v2-servers-alias-server.202.json")),
    )
    response = composed.delete(f"/v2/groups/DEMO/{WEB}")
    assert (response.status, shape(response.json())) == (
        202,
        shape(load(f"{PUPPET}/DELETE-v2-groups-alias-id.202.json")),
    )


@pytest.mark.parametrize("source", [KNIFE, PUPPET])
def test_public_addresses_as_recorded(composed: Client, source: str) -> None:
    base = "/v2/servers/DEMO/WA1DEMOWEB01/publicIPAddresses"
    response = composed.post(base, load(f"{source}/POST-v2-servers-alias-server-publicIPAddresses.202.request.json"))
    recorded = load(f"{source}/POST-v2-servers-alias-server-publicIPAddresses.202.json")
    assert (response.status, shape(response.json())) == (202, shape(recorded))
    response = composed.delete(f"{base}/203.0.113.24")
    recorded = load(f"{KNIFE}/DELETE-v2-servers-alias-server-publicIPAddresses-ip.202.json")
    assert (response.status, shape(response.json())) == (202, shape(recorded))


def test_claim_of_a_network_as_recorded(composed: Client) -> None:
    response = composed.post("/v2-experimental/networks/DEMO/VA1/claim", {})
    assert (response.status, shape(response.json())) == (
        202,
        shape(load(f"{PUPPET}/POST-v2-experimental-networks-alias-dc-claim.202.json")),
    )
    for status, file in (("queued", ""), ("running", ".v2"), ("succeeded", ".v3")):
        recorded = load(f"{PUPPET}/GET-v2-experimental-operations-alias-status-statusId.200{file}.json")
        result = composed.get(response.json()["uri"]).json()
        assert (result["status"], shape(result)) == (status, shape(recorded))
        composed.advance(JOB / 2)
    network = result["summary"]["links"][0]
    view = composed.get(network["href"]).json()
    assert shape(view) == shape(load(f"{PUPPET}/GET-v2-experimental-networks-alias-dc-id.200.json"))
    assert view["description"] == view["name"] == f"vlan_{view['vlan']}_{view['cidr'].rpartition('.')[0]}"
    assert (
        composed.put(
            network["href"], load(f"{PUPPET}/PUT-v2-experimental-networks-alias-dc-id.204.request.json")
        ).status
        == 204
    )
    changed = composed.get(network["href"]).json()
    assert changed["name"] == "test"
    assert "description" not in changed
    assert composed.post(f"{network['href']}/release").status == 204
    assert composed.get(network["href"]).json() == {"message": "The requested resource does not exist."}


def test_every_recorded_status_can_be_seen(composed: Client) -> None:
    recorded = {
        load(str(path.relative_to(PAYLOADS)))["status"] for path in (PAYLOADS / PUPPET).glob("GET-v2-operations-*")
    }
    link = power(composed, "powerOn", "wa1demoweb02").json()[0]["links"][0]["href"]
    seen = set()
    for _ in range(101):
        response = composed.get(link)
        assert list(response.json()) == ["status"]
        seen.add(response.json()["status"])
        composed.advance(JOB / 100)
    assert seen == recorded
