# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Site-to-site VPNs: responses, delayed changes, and rejected requests."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clc_simulator.core.seeds import SeedError
from simclient import JOB, Client, load, shape

VPNS = "/v2/siteToSiteVpn"
DEMO = f"{VPNS}?account=demo"
KEY = "not-a-real-key-1"
REQUESTED: dict[str, Any] = {
    "local": {"locationAlias": "wa1", "subnets": ["10.80.12.0/24"]},
    "remote": {
        "siteName": "Head office", "deviceType": "SRX", "address": "198.51.100.4", "subnets": ["192.168.10.0/24"],
    },
    "ike": {
        "encryption": "AES256", "hashing": "sha1_256", "diffieHellmanGroup": "group5", "preSharedKey": KEY,
        "lifetime": "28800", "mode": "main", "deadPeerDetection": True, "remoteIdentity": None,
    },
    "ipsec": {
        "encryption": "aes256", "hashing": "sha1_96", "protocol": "esp", "pfs": "group5", "lifetime": 3600,
    },
}  # fmt: skip


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the requested VPN with another value of a property."""
    body = copy.deepcopy(REQUESTED)
    part, _, name = path.partition(".")
    body[part][name] = value
    return body


def documented(name: str) -> Any:
    return load(f"documented/{name}-account-accountId.json")


def create_vpn(client: Client, body: Any = REQUESTED, account: str = "DEMO") -> str:
    response = client.post(f"{VPNS}?account={account}", body)
    assert response.status == 201, response.body
    return f"{VPNS}/{response.json()['id']}?account={account}"


def test_a_vpn_is_created_at_once(small: Client) -> None:
    response = small.post(DEMO, REQUESTED)
    assert response.status == 201
    assert response.json()["pendingTaskId"] == ""
    assert shape(response.json()) == shape(documented("POST-api-ctl-io-v2-siteToSiteVpn"))
    (vpn,) = small.get(DEMO).json()
    assert vpn["ike"] == {
        "encryption": "aes256", "hashing": "sha1_256", "diffieHellmanGroup": "group5", "lifetime": 28800,
        "mode": "main", "deadPeerDetection": True, "natTraversal": False, "remoteIdentity": None,
    }  # fmt: skip
    assert (vpn["local"]["locationAlias"], vpn["id"]) == ("WA1", response.json()["id"])
    assert vpn["id"] == vpn["id"].upper()
    assert vpn["links"] == [{"rel": "self", "href": f"{VPNS}/{vpn['id']}?account=DEMO"}]


def test_responses_have_the_documented_properties_and_never_the_key(small: Client) -> None:
    path = create_vpn(small)
    assert shape(small.get(path).json()) == shape(documented("GET-api-ctl-io-v2-siteToSiteVpn-vpnId"))
    assert shape(small.get(DEMO).json()) == shape(documented("GET-api-ctl-io-v2-siteToSiteVpn"))
    assert KEY.encode() not in small.get(path).body + small.get(DEMO).body


def test_equal_vpns_are_allowed(small: Client) -> None:
    assert create_vpn(small) != create_vpn(small)
    assert len(small.get(DEMO).json()) == 2


def test_an_update_is_merged_and_visible_after_its_job(small: Client) -> None:
    path = create_vpn(small)
    change = {"remote": {"subnets": ["192.168.10.0/24", "172.16.0.0/16"]}, "ike": {"diffieHelmanGroup": "group2"}}
    response = small.put(path, change)
    assert response.status == 200
    assert shape(response.json()) == shape(
        load("documented/mended/PUT-api-ctl-io-v2-siteToSiteVpn-vpnId-account-accountId.json")
    )
    assert response.json()["pendingTaskId"].isdigit()
    assert response.json()["ike"]["diffieHelmanGroup"] == "group2"
    small.advance(JOB - 1)
    assert small.get(path).json()["remote"]["subnets"] == ["192.168.10.0/24"]
    small.advance(1)
    view = small.get(path).json()
    assert view["remote"] == {**REQUESTED["remote"], "subnets": ["192.168.10.0/24", "172.16.0.0/16"]}
    assert (view["ike"]["diffieHellmanGroup"], view["ike"]["encryption"]) == ("group2", "aes256")
    assert view["local"]["subnets"] == ["10.80.12.0/24"]


def test_the_key_alone_can_be_changed(small: Client) -> None:
    path = create_vpn(small)
    assert small.put(path, {"ike": {"preSharedKey": "another"}}).json()["ike"]["preSharedKey"] == "another"
    small.finish()
    assert [row["key"] for row in small.control("GET", "state").json()["siteToSiteVpns"].values()] == ["another"]


def test_nat_traversal_goes_with_an_identity(small: Client) -> None:
    path = create_vpn(small)
    assert "body.ike.remoteIdentity" in small.put(path, {"ike": {"natTraversal": True}}).state()
    assert small.put(path, {"ike": {"natTraversal": True, "remoteIdentity": "192.168.0.1"}}).status == 200
    small.finish()
    assert small.get(path).json()["ike"]["remoteIdentity"] == "192.168.0.1"
    assert small.put(path, {"ike": {"natTraversal": False}}).status == 200
    small.finish()
    assert small.get(path).json()["ike"]["remoteIdentity"] is None


def test_an_update_that_is_no_longer_valid_is_skipped(small: Client) -> None:
    path = create_vpn(small)
    small.put(path, {"ike": {"natTraversal": True, "remoteIdentity": "192.168.0.1"}})
    small.finish()
    assert small.put(path, {"ike": {"natTraversal": False}}).status == 200
    assert small.put(path, {"ike": {"remoteIdentity": "192.168.0.2"}}).status == 200
    small.finish()
    response = small.get(path)
    assert (response.status, response.json()["ike"]["remoteIdentity"]) == (200, None)


def test_a_vpn_is_deleted_when_its_job_has_ended(small: Client) -> None:
    path = create_vpn(small)
    response = small.delete(path)
    assert (response.status, response.json().isdigit()) == (202, True)
    assert type(response.json()) is type(documented("DELETE-api-ctl-io-v2-siteToSiteVpn-vpnId"))
    assert small.get(path).status == 200
    small.advance(JOB)
    assert (small.get(path).status, small.get(DEMO).json()) == (404, [])
    assert small.delete(path).status == small.put(path, {}).status == 404


def test_the_task_is_in_neither_queue(small: Client) -> None:
    task = small.delete(create_vpn(small)).json()
    for path in (f"/v2/operations/DEMO/status/wa1-{task}", f"/v2-experimental/operations/DEMO/status/{task}"):
        assert small.get(path).status == 404


def test_a_failed_deletion_leaves_it(small: Client) -> None:
    path = create_vpn(small)
    small.faults({"operation": "deleteSiteToSiteVpn", "job": "fail"})
    assert small.delete(path).status == 202
    small.finish()
    assert small.get(path).status == 200


INVALID: list[tuple[str, Any, str]] = [
    ("local.locationAlias", "XX9", "body.local.locationAlias"),
    ("local.subnets", [], "body.local.subnets"),
    ("local.subnets", ["10.80.12.0"], "body.local.subnets"),
    ("local.subnets", ["10.80.12.5/24"], "body.local.subnets"),
    ("remote.subnets", ["8.8.8.0/24"], "body.remote.subnets"),
    ("remote.subnets", ["192.168.10.0/33"], "body.remote.subnets"),
    ("remote.address", "198.51.100.4/32", "body.remote.address"),
    ("ike.lifetime", 60, "body.ike.lifetime"),
    ("ike.encryption", "des", "body.ike.encryption"),
    ("ike.natTraversal", True, "body.ike.remoteIdentity"),
    ("ike.remoteIdentity", "192.168.0.1", "body.ike.remoteIdentity"),
    ("ipsec.protocol", "gre", "body.ipsec.protocol"),
]


@pytest.mark.parametrize(("path", "value", "key"), INVALID)
def test_rejected_requests_change_nothing(small: Client, path: str, value: Any, key: str) -> None:
    assert list(small.post(DEMO, changed(path, value)).state()) == [key]
    assert small.get(DEMO).json() == []


def test_all_of_the_table_is_required(small: Client) -> None:
    body = copy.deepcopy(REQUESTED)
    del body["ike"]["remoteIdentity"], body["ipsec"]["pfs"]
    assert set(small.post(DEMO, body).state()) == {"body.ike.remoteIdentity", "body.ipsec.pfs"}


def test_a_data_center_without_servers_is_refused(make: Callable[..., Client]) -> None:
    response = make("empty").login().post(DEMO, REQUESTED)
    assert (response.status, response.json()["message"]) == (
        400,
        "A VPN requires a network and a server of account DEMO in WA1.",
    )


def test_permissions(small: Client) -> None:
    path = create_vpn(small)
    assert small.get(VPNS).state().keys() == {"account"}
    assert small.get(f"{VPNS}?account=NONE").status == 404
    assert small.get(path.replace("DEMO", "DEM2")).status == 404
    small.login("viewer", "viewer-password")
    assert small.get(path).status == 200
    assert [small.post(DEMO, REQUESTED).status, small.put(path, {}).status, small.delete(path).status] == [403] * 3


def test_details_of_a_sub_account_are_read_under_the_login_alone(small: Client) -> None:
    path = create_vpn(small, account="DEM2")
    assert small.get(path).status == 404
    assert small.get(path.replace("DEM2", "DEMO")).json()["accountAlias"] == "DEM2"
    assert [vpn["accountAlias"] for vpn in small.get(f"{VPNS}?account=DEM2").json()] == ["DEM2"]
    assert small.get(DEMO).json() == []
    assert small.put(path, {}).status == 200
    assert small.put(path.replace("DEM2", "DEMO"), {}).status == 404


def seeded(tmp_path: Path, **members: Any) -> str:
    vpn = {
        "site_name": "Branch", "address": "198.51.100.9", "subnets": ["10.1.0.0/16"],
        "local_subnets": ["10.80.12.0/24"], **members,
    }  # fmt: skip
    place = {"account": "DEMO", "data_center": "WA1", "site_to_site_vpns": [vpn]}
    seed = {
        "accounts": [{"alias": "DEMO"}], "users": [{"name": "demo", "password": "demo-password", "account": "DEMO"}],
        "data_centers": ["WA1"], "places": [place],
    }  # fmt: skip
    path = tmp_path / "seed.json"
    path.write_text(json.dumps(seed), encoding="utf-8")
    return str(path)


def test_loads_vpns_of_a_seed(make: Callable[..., Client], tmp_path: Path) -> None:
    key = "4fa8d6c83271ca53f9aba815d7f4a0dd"
    view = make(seeded(tmp_path, id=key)).login().get(f"{VPNS}/{key}?account=DEMO").json()
    assert (view["id"], view["remote"]["siteName"], view["ipsec"]["protocol"]) == (key.upper(), "Branch", "esp")


def test_a_seed_with_a_wrong_vpn_is_refused(make: Callable[..., Client], tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"8\.8\.8\.0/24 is not a private network"):
        make(seeded(tmp_path, subnets=["8.8.8.0/24"]))
