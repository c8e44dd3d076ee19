# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module server_info, and the form of a server in results."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils import arguments
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.server import result as server_result
from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    ROOT_ID,
    archived,
    building,
    data_center,
    group,
    hex_id,
    recorded,
    root,
    server,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import (
    DATA_CENTER_PATH,
    ROOT_PATH,
    detailed,
    expects_tree,
)
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

WEB, API = hex_id(0x12), hex_id(0x13)


def servers_of(run: Runner, **options: t.Any) -> list[str]:
    outcome = run("server_info", options)
    assert not outcome.changed
    return [server["id"] for server in outcome["servers"]]


def tree_of_servers(with_servers: bool) -> t.Any:
    def some(*names: str) -> dict[str, t.Any]:
        made = [server(name) for name in names]
        return {"servers": made} if with_servers else {"linked": names}

    api_group = group("Api", API, **some("va1altdapi01"))
    return root(group("Web", WEB, api_group, **some("va1altdweb02", "va1altdweb01")), **some())


def test_all_servers_of_a_data_center_in_two_reads(api: Scripted, run: Runner) -> None:
    api.expects("GET", DATA_CENTER_PATH, data_center())
    api.expects("GET", f"{ROOT_PATH}?serverDetail=detailed", tree_of_servers(True))
    assert servers_of(run) == ["va1altdapi01", "va1altdweb01", "va1altdweb02"]


def test_all_servers_if_the_service_does_not_support_details(api: Scripted, run: Runner) -> None:
    api.expects("GET", DATA_CENTER_PATH, data_center())
    api.expects("GET", f"{ROOT_PATH}?serverDetail=detailed", tree_of_servers(False))
    with api.in_any_order():
        for name in ("va1altdweb01", "va1altdapi01"):
            api.expects("GET", f"/v2/servers/altd/{name}", server(name))
        api.expects("GET", "/v2/servers/altd/va1altdweb02", NO_BODY, 404)  # it has just gone
    assert servers_of(run) == ["va1altdapi01", "va1altdweb01"]


@pytest.mark.parametrize(("recursive", "expected"), [(False, []), (True, ["va1altdapi01"])])
def test_servers_of_a_group(api: Scripted, run: Runner, recursive: bool, expected: list[str]) -> None:
    expects_tree(api, tree_of_servers(False))
    web = next(child for child in tree_of_servers(True)["groups"] if child["name"] == "Web")
    api.expects("GET", detailed(WEB), web)
    assert servers_of(run, group="Web", recursive=recursive) == sorted([*expected, "va1altdweb01", "va1altdweb02"])


@pytest.mark.parametrize("group_spec", ["Mail", "web", hex_id(0x77)])
def test_servers_of_an_unknown_group(api: Scripted, run: Runner, group_spec: str) -> None:
    expects_tree(api, tree_of_servers(False))
    assert servers_of(run, group=group_spec) == []


def test_servers_by_id_are_case_insensitive(api: Scripted, run: Runner) -> None:
    with api.in_any_order():
        api.expects("GET", "/v2/servers/ALTD/va1altdweb01", server("va1altdweb01"))
        api.expects("GET", "/v2/servers/ALTD/va1altdgone01", NO_BODY, 404)
    assert servers_of(run, server_ids=["VA1ALTDWEB01", "va1altdGONE01", "va1altdweb01"]) == ["va1altdweb01"]


def test_an_empty_list_of_ids_selects_no_servers(api: Scripted, run: Runner) -> None:
    assert servers_of(run, server_ids=[]) == []


FLEET = [
    server("va1altdweb01"),
    server("va1altdweb02", details={"powerState": "stopped"}),
    server("va1altdweb1234"),
    server("va1altdwebx01"),
    building("va1altdweb03"),
    archived("va1altdweb04"),
]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"name": "WEB"}, ["web01", "web02", "web03", "web04", "web1234"]),
        ({"name": "web", "status": ["active"]}, ["web01", "web02", "web1234"]),
        ({"status": ["underConstruction", "archived"]}, ["web03", "web04"]),
        ({"power_state": ["stopped"]}, ["web02", "web04"]),
        ({"power_state": ["started"], "name": "WEBX"}, ["webx01"]),
        ({"name": "WE"}, []),
    ],
)
def test_servers_are_filtered(api: Scripted, run: Runner, options: dict[str, t.Any], expected: list[str]) -> None:
    top = root(servers=json.loads(json.dumps(FLEET)))
    for child in top["groups"]:
        child["servers"] = []
    api.expects("GET", DATA_CENTER_PATH, data_center())
    api.expects("GET", f"{ROOT_PATH}?serverDetail=detailed", top)
    assert servers_of(run, **options) == [f"va1altd{name}" for name in expected]


# How a server is shown


def test_the_result_of_the_recorded_server_is_flat() -> None:
    result = server_result.to_result(recorded("clc-puppet/GET-v2-servers-alias-id-uuid-True.200"))
    expected = {
        "id": "va1altdtest18",
        "name": "VA1ALTDTEST18",
        "display_name": "VA1ALTDTEST18",
        "description": "test server",
        "data_center": "VA1",
        "group_id": ROOT_ID,
        "status": "active",
        "power_state": "started",
        "in_maintenance_mode": False,
        "cpu": 1,
        "memory_gb": 1,
        "storage_gb": 19,
        "type": "standard",
        "storage_type": "premium",
        "os": "debian7_64Bit",
        "os_type": "Debian 7 64-bit",
        "host_name": "",
        "ip_address": "10.135.43.12",
        "ip_addresses": [{"internal": "10.135.43.12"}],
        "public_ip_addresses": [],
        "disks": [
            {"id": "0:0", "size_gb": 1, "partition_paths": []},
            {"id": "0:1", "size_gb": 2, "partition_paths": []},
            {"id": "0:2", "size_gb": 16, "partition_paths": []},
        ],
        "snapshots": [],
        "custom_fields": [],
        "is_template": False,
        "is_managed_os": False,
        "uuid": "66e12f478a714552a8701b956142bdc6",
        "anti_affinity_policy": None,
    }
    assert {key: result[key] for key in expected} == expected
    assert list(result) == list(server_result.KEYS)


def test_public_addresses_are_flat(api: Scripted, run: Runner) -> None:
    recorded_server = recorded("clc-knife/GET-v2-servers-alias-server-uuid-false.200")
    addresses = recorded_server["details"]["ipAddresses"]
    result = server_result.to_result(recorded_server)
    assert result["ip_address"] == addresses[0]["internal"]
    assert result["public_ip_addresses"] == [entry["public"] for entry in addresses if "public" in entry]


@pytest.mark.parametrize("made", [building("va1altdx01"), archived("va1altdx01"), server("va1altdx01")])
def test_results_have_all_keys_for_every_status(made: dict[str, t.Any]) -> None:
    result = server_result.to_result(made)
    assert list(result) == list(server_result.KEYS)
    if made["status"] == "underConstruction":
        assert (result["public_ip_addresses"], result["snapshots"], result["memory_gb"]) == (None, None, None)


def test_a_snapshot_gets_its_id_from_its_link() -> None:
    href = "/v2/servers/altd/va1altdx01/snapshots/4"
    snapshots = [{"name": "2015-07-08.11:49:22", "links": [{"rel": "self", "href": href}]}]
    result = server_result.to_result(server("va1altdx01", details={"snapshots": snapshots, "memoryMB": 1536}))
    assert result["snapshots"] == [{"id": "4", "name": "2015-07-08.11:49:22"}]
    assert result["memory_gb"] == 1.5


def test_a_map_of_secrets_is_hidden_under_each_of_its_names() -> None:
    spec = {"one": {"type": "dict", "no_log": True, "aliases": ["other"]}, "plain": {"type": "str"}}
    given = {"one": {"a": "x"}, "other": {"a": "x"}, "plain": "x"}
    secrets: set[str] = set()
    hidden = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    assert arguments.without_secret_maps(spec, given, secrets, set()) == {"one": hidden, "other": hidden, "plain": "x"}
    assert secrets == {"x"}
