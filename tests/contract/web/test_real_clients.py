# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests as real clients send them: empty properties, days without time, zeros, wrapped patches, compressed responses."""

from __future__ import annotations

import gzip
from typing import Any

import httpx
import orjson
import pytest

from clc_simulator.core.clock import format_timestamp
from clc_simulator.core.contract import Operation
from clc_simulator.core.errors import ApiError
from clc_simulator.core.schemas import SchemaNode
from clc_simulator.web.normalize import Normalizer
from clc_simulator.web.responses import accepts_gzip
from conftest import Process
from simclient import CONTRACT, JOB, WEB, Client, power

WEB01 = "/v2/servers/DEMO/WA1DEMOWEB01"
ADDRESSES = f"{WEB01}/publicIPAddresses"


# Zeros


@pytest.mark.parametrize("end", [0, "0", None])
def test_a_port_range_that_ends_at_0_is_a_single_port(small: Client, end: Any) -> None:
    body = {"ports": [{"protocol": "TCP", "port": 443, "portTo": end}, {"protocol": "tcp", "port": 80, "portTo": 90}]}
    assert small.put(f"{ADDRESSES}/203.0.113.10", body).status == 202
    small.finish()
    expected = [{"protocol": "TCP", "port": 443}, {"protocol": "TCP", "port": 80, "portTo": 90}]
    assert small.get(f"{ADDRESSES}/203.0.113.10").json()["ports"] == expected
    assert small.post(ADDRESSES, body).status == 202
    small.finish()
    public = [entry["public"] for entry in small.server("WA1DEMOWEB01")["details"]["ipAddresses"] if "public" in entry]
    assert small.get(f"{ADDRESSES}/{public[-1]}").json()["ports"] == expected
    assert small.post(ADDRESSES, {"ports": [{"protocol": "TCP", "port": 443, "portTo": 442}]}).status == 400


# Power


@pytest.mark.parametrize("operation", ["reboot", "reset"])
def test_a_paused_server_is_started_by_a_restart(small: Client, operation: str) -> None:
    assert small.server("DE1DEMOLAB01")["details"]["powerState"] == "paused"
    (item,) = power(small, operation, "DE1DEMOLAB01").json()
    assert item["isQueued"] is True
    small.advance(JOB)
    assert small.server("DE1DEMOLAB01")["details"]["powerState"] == "started"
    (stopped,) = power(small, operation, "WA1DEMOAPP02").json()
    assert stopped["isQueued"] is False


# Days


@pytest.mark.parametrize("path", [f"/v2/groups/DEMO/{WEB}", WEB01])
def test_statistics_of_days_without_time(composed: Client, path: str) -> None:
    day = 86400.0
    start, end = (format_timestamp(composed.simulator.world.now + days * day)[:10] for days in (-6, -2))
    query = f"{path}/statistics?type=hourly&sampleInterval=1:0:0:0&start={start}"
    stats = composed.get(f"{query}&end={end}")
    assert stats.status == 200
    assert stats.json() == composed.get(f"{query}T00:00:00Z&end={end}T00:00:00Z").json()
    first = stats.json()[0] if isinstance(stats.json(), list) else stats.json()
    assert first["stats"][0]["timestamp"] == f"{start}T00:00:00Z"
    assert len(first["stats"]) == 4
    assert composed.get(f"{query}&end={end}T").status == 400


# Empty properties


def test_destinations_of_ips_with_empty_properties(small: Client) -> None:
    assert small.post("/ips/ips/api/app", {"hostName": "WA1DEMOWEB01", "accountAlias": "DEMO"}).status == 204
    small.finish()
    path = "/ips/ips/api/notifications/DEMO/WA1DEMOWEB01"
    empty: dict[str, Any] = {"ipAddress": "", "udpPort": 0, "facility": 0}
    body = [
        {"typeCode": "EMAIL", "emailAddress": "a@example.com", "url": "", "sysLogSettings": {}},
        {"typeCode": "SLACK", "url": "https://hooks.example.com/x", "emailAddress": "", "sysLogSettings": empty},
        {
            "typeCode": "SYSLOG", "url": "", "emailAddress": "",
            "sysLogSettings": {"ipAddress": "198.51.100.20", "udpPort": "514", "facility": 16},
        },
    ]  # fmt: skip
    assert small.put(path, body).status == 204
    destinations = small.get(path).json()
    assert [item["typeCode"] for item in destinations] == ["EMAIL", "SLACK", "SYSLOG"]
    assert [item["sysLogSettings"] for item in destinations] == [
        None, None, {"ipAddress": "198.51.100.20", "udpPort": 514, "facility": 16},
    ]  # fmt: skip
    assert [item["url"] for item in destinations] == [None, "https://hooks.example.com/x", None]
    for wrong in ({}, empty, {**empty, "udpPort": 514}):
        assert small.put(path, [{"typeCode": "SYSLOG", "sysLogSettings": wrong}]).status == 400
    assert small.get(path).json() == destinations


def test_a_backup_policy_is_replaced_without_its_empty_properties(small: Client) -> None:
    policies = "/backup/clc-backup-api/api/accountPolicies"
    new = {"name": "homes", "osType": "Linux", "paths": ["/home"], "retentionDays": 7, "backupIntervalHours": 12}
    policy = small.post(policies, {**new, "excludedDirectoryPaths": ["/home/tmp"]}).json()
    body = {**new, "status": "ACTIVE", "policyId": policy["policyId"], "name": "houses"}
    del body["osType"]
    response = small.put(f"{policies}/{policy['policyId']}", body)
    assert response.status == 200, response.body
    assert response.json() == {**policy, "name": "houses", "excludedDirectoryPaths": []}


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_patch_of_a_server_policy_of_backup(composed: Client, wrapped: bool) -> None:
    policies = "/backup/clc-backup-api/api/accountPolicies"
    new = {"name": "homes", "osType": "Linux", "paths": ["/home"], "retentionDays": 7, "backupIntervalHours": 12}
    policy = composed.post(policies, new).json()["policyId"]
    added = composed.post(
        f"{policies}/{policy}/serverPolicies",
        {"clcAccountAlias": "DEMO", "serverId": "WA1DEMOWEB01", "storageRegion": "US EAST"},
    )
    path = f"{policies}/{policy}/serverPolicies/{added.json()['serverPolicyId']}"
    step = {"op": "replace", "path": "/status", "value": "INACTIVE"}
    response = composed.request("PATCH", path, {"operations": [step]} if wrapped else step)
    assert (response.status, response.json()["status"]) == (200, "INACTIVE")
    for wrong in ({"operations": []}, {"operations": [{**step, "value": "ACTIVE"}]}, {}, {"operations": step}):
        assert composed.request("PATCH", path, wrong).status == 400
    # What is wrong with a body of neither form is described without its properties.
    composed.may_be_unknown = True


def test_a_vpn_with_empty_properties(small: Client) -> None:
    body = {
        "local": {"locationAlias": "WA1", "subnets": ["10.80.12.0/24"]},
        "remote": {
            "siteName": "Site", "deviceType": "", "address": "198.51.100.4", "subnets": ["192.168.10.0/24"],
        },
        "ike": {
            "encryption": "aes256", "hashing": "sha1_256", "diffieHellmanGroup": "group5", "preSharedKey": "secret-key",
            "lifetime": "28800", "mode": "main", "deadPeerDetection": "", "natTraversal": "", "remoteIdentity": "",
        },
        "ipsec": {"encryption": "aes256", "hashing": "sha1_96", "protocol": "esp", "pfs": "group5", "lifetime": 3600},
    }  # fmt: skip
    response = small.post("/v2/siteToSiteVpn?account=DEMO", body)
    assert response.status == 201, response.body
    ike = response.json()["ike"]
    assert [ike[name] for name in ("deadPeerDetection", "natTraversal", "remoteIdentity")] == [False, False, None]
    path = f"/v2/siteToSiteVpn/{response.json()['id']}?account=DEMO"
    assert small.put(path, {"ike": {"lifetime": "", "deadPeerDetection": True, "mode": ""}}).status == 200
    small.finish()
    ike = small.get(path).json()["ike"]
    assert (ike["deadPeerDetection"], ike["lifetime"], ike["mode"]) == (True, 28800, "main")


def test_a_policy_of_a_group_without_load_balancer(composed: Client) -> None:
    """clc-python-sdk sends policyId alone."""
    policy = composed.post("/v2/horizontalAutoscalePolicies/DEMO", {"name": "Web"}).json()["id"]
    path = f"/v2/groups/DEMO/{WEB}/horizontalAutoscalePolicy"
    response = composed.put(path, {"policyId": policy})
    assert response.status == 200
    assert "loadBalancer" not in response.json()
    assert composed.get(path).json() == response.json()


def scalars(operation: Operation) -> list[tuple[str, dict[str, Any], bool]]:
    """Return the scalar properties at the first level of a body: name, schema, and whether it is required."""
    schemas = CONTRACT.schemas
    if operation.body is None:
        return []
    node = schemas.resolve(operation.body)
    found = []
    for name, part in node.node.get("properties", {}).items():
        schema = schemas.resolve(SchemaNode(part, node.file)).node
        if "type" in schema and schema["type"] not in ("object", "array"):
            found.append((name, schema, name in node.node.get("required", [])))
    return found


OPTIONAL = [
    pytest.param(operation, name, schema, id=f"{operation.id}-{name}")
    for _, operation in sorted(CONTRACT.operations.items())
    for name, schema, required in scalars(operation)
    if not required and operation.examples and isinstance(operation.examples[0], dict)
]


@pytest.mark.parametrize(("operation", "name", "schema"), OPTIONAL)
def test_an_optional_property_that_is_null_or_empty_is_absent(
    operation: Operation, name: str, schema: dict[str, Any]
) -> None:
    """The convention of the contract holds for every property, whether or not its schema repeats it."""
    without = {key: value for key, value in operation.examples[0].items() if key != name}

    def normalized(value: Any) -> Any:
        try:
            return Normalizer(CONTRACT).body(operation, orjson.dumps(value), "application/json")
        except ApiError as error:
            return error.body

    if "null" not in schema["type"]:
        assert normalized({**without, name: None}) == normalized(without)
    if schema["type"] in ("boolean", "integer", "number"):
        assert normalized({**without, name: ""}) == normalized(without)


@pytest.mark.parametrize("name", ["networkId", "cpu", "templateName", "primaryDns"])
def test_a_default_of_a_group_that_is_null_is_not_changed(small: Client, name: str) -> None:
    root = small.get("/v2/datacenters/DEMO/WA1?groupLinks=true").link("group").rsplit("/", 1)[1]
    path = f"/v2/groups/DEMO/{root}/defaults"
    network = small.get("/v2-experimental/networks/DEMO/WA1").json()[0]["id"]
    values = {"networkId": network, "cpu": 2, "templateName": "RHEL-7-64-TEMPLATE", "primaryDns": "10.0.0.1"}
    before = small.post(path, values).json()
    assert small.post(path, {name: None, "memoryGB": 4}).json()[name] == before[name]


# Clones


@pytest.mark.parametrize("source", ["WA1DEMODB01", "WA1DEMONEW01"])
def test_a_clone_with_a_path_of_its_source(small: Client, source: str) -> None:
    group = small.server("WA1DEMODB01")["groupId"]
    new = {"name": "new", "groupId": group, "sourceServerId": "RHEL-7-64-TEMPLATE", "cpu": 1, "memoryGB": 2}
    disk = {"path": "/data", "sizeGB": 4, "type": "partitioned"}
    created = small.post("/v2/servers/DEMO", {**new, "type": "standard", "additionalDisks": [disk]})
    assert created.status == 202, created.body
    small.finish()
    password = small.get(f"/v2/servers/DEMO/{source}/credentials").json()["password"]
    body = {
        **new, "name": "copy", "type": "standard", "sourceServerId": source, "sourceServerPassword": password,
        "additionalDisks": [disk],
    }  # fmt: skip
    response = small.post("/v2/servers/DEMO", body)
    assert response.status == 202, response.body
    small.finish()
    assert small.get(response.link()).json()["status"] == "succeeded"
    details = small.get(response.link("self")).json()["details"]
    before = small.server(source)["details"]["disks"]
    assert [item["sizeGB"] for item in details["disks"]] == [*[item["sizeGB"] for item in before], 4]
    assert [item["path"] for item in details["partitions"]].count("/data") == 1
    twice = small.post("/v2/servers/DEMO", {**body, "additionalDisks": [disk, disk]})
    assert list(twice.state()) == ["body.additionalDisks"]


# Numbers in responses


def test_the_threshold_of_an_alert_policy(small: Client) -> None:
    body = {
        "name": "Busy", "actions": [{"action": "email", "settings": {"recipients": ["a@example.com"]}}],
        "triggers": [{"metric": "cpu", "duration": "00:05:00", "threshold": 95}],
    }  # fmt: skip
    created = small.post("/v2/alertPolicies/DEMO", body)
    assert b'"threshold":95}' in created.body
    path = f"/v2/alertPolicies/DEMO/{created.json()['id']}"
    assert b'"threshold":95.0}' in small.get(path).body
    assert b'"threshold":95.0}' in small.put(path, body).body
    assert b'"threshold":95.0}' in small.get("/v2/alertPolicies/DEMO").body


def test_amounts_are_fractions_even_if_they_are_0(make: Any) -> None:
    empty = make("empty").login()
    assert b'"totalAmount":0.0' in empty.get("/v2/invoice/DEMO/2020/1").body
    total = empty.get("/v2/billing/DEMO/total").json()["total"]
    assert {type(amount) for amount in total.values()} == {float}


# Networks


@pytest.mark.parametrize("path", ["{id}/WA1/release", "ZZ9/{id}/release"])
def test_a_network_path_with_swapped_segments_does_not_exist(small: Client, path: str) -> None:
    network = small.get("/v2-experimental/networks/DEMO/WA1").json()[0]["id"]
    response = small.post(f"/v2-experimental/networks/DEMO/{path.format(id=network)}", {})
    assert (response.status, response.json()) == (404, {"message": "The requested resource does not exist."})
    for method, other in (("GET", f"{network}/WA1"), ("PUT", f"{network}/WA1"), ("GET", "ZZ9"), ("POST", "ZZ9/claim")):
        response = small.request(
            method, f"/v2-experimental/networks/DEMO/{other}", {"name": "x"} if method == "PUT" else None
        )
        assert (response.status, response.json()) == (404, {"message": "The requested resource does not exist."})


# The operating system of an instance


def test_the_operating_system_of_an_instance_is_handed_over(composed: Client, make: Any) -> None:
    path = "/v2/instances/i-fbs9ow/make_managed_os"
    assert "isManagedOS" not in composed.server("WA1DEMOWEB01")
    assert list(composed.post(path).state()) == ["accept_terms"]
    assert list(composed.post(f"{path}?accept_terms=false").state()) == ["accept_terms"]
    response = composed.post(f"{path}?accept_terms=true")
    assert (response.status, response.body) == (202, b"")
    assert composed.server("WA1DEMOWEB01")["isManagedOS"] is True
    assert composed.post(f"{path}?accept_terms=true").status == 202
    assert composed.post("/v2/instances/i-none00/make_managed_os?accept_terms=true").status == 404
    assert composed.post("/v2/instances/i-arch01/make_managed_os?accept_terms=true").status == 400
    composed.login("viewer", "viewer-password")
    assert composed.post(f"{path}?accept_terms=true").status == 403
    composed.login("other", "other-password")
    assert composed.post(f"{path}?accept_terms=true").status == 403


# Compression


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True), ("gzip, deflate, br", True), ("deflate, GZIP;q=0.5", True), ("*", True), ("gzip;q=1.0", True),
        ("", False), ("identity", False), ("gzip;q=0", False), ("gzip;q=0.000", False), ("*;q=0", False),
        ("gzip;q=0, *", False), ("x-gzip", False), ("br;q=1.0, gzip;q=", False),
    ],
)  # fmt: skip
def test_accepts_gzip(header: str, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted


def test_bodies_are_compressed_for_clients_that_accept_it(composed: Client) -> None:
    headers = {"accept-encoding": "gzip, deflate"}
    for path, status in ((WEB01, 200), ("/v2/nothing", 404), ("/v2/datacenters/DEMO", 200), ("/v2/groups/DEMO/x", 404)):
        plain, packed = composed.get(path), composed.request("GET", path, headers=headers)
        assert packed.status == status
        assert gzip.decompress(packed.body) == plain.body
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["vary"] == "Accept-Encoding"
        assert packed.headers["content-length"] == str(len(packed.body))
        assert packed.headers["content-type"] == plain.headers["content-type"]
        assert "content-encoding" not in plain.headers
    for method, path in (("GET", "/v2/servers/DEMO/WA1X"), ("PATCH", WEB01)):
        body = [{"op": "set", "member": "description", "value": "x"}] if method == "PATCH" else None
        response = composed.request(method, path, body, headers=headers)
        assert (response.body, "content-encoding" in response.headers) == (b"", False)


@pytest.mark.parametrize("body", ["html", "empty", "already_in_progress"])
def test_a_body_that_a_fault_replaces_is_not_compressed(composed: Client, body: str) -> None:
    composed.faults({"operation": "getServer", "body": body})
    response = composed.request("GET", WEB01, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in response.headers


def test_a_real_client_reads_compressed_responses(running: Process) -> None:
    with httpx.Client(base_url=running.url) as http:
        response = http.post("/v2/authentication/login", json={"username": "demo", "password": "demo-password"})
        assert response.headers["content-encoding"] == "gzip"
        assert response.json()["accountAlias"] == "DEMO"
