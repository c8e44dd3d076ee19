# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules login, data_center_info and server_info, and what every module does before its own work."""

from __future__ import annotations

import json
import sys
import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.server import result as server_result
from ansible_collections.centurylink.cloud.plugins.plugin_utils import in_worker
from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    LOGIN,
    ROOT_ID,
    archived,
    building,
    center,
    documented,
    group,
    hex_id,
    recorded,
    root,
    server,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import BESIDE, HANDED_OVER, PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import (
    CENTER_PATH,
    ROOT_PATH,
    detailed,
    expects_tree,
)
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, TOKEN, Scripted

LIST = "/v2/datacenters/ALTD?groupLinks=true"
LOGIN_PATH = "/v2/authentication/login"
USER = {"username": "user.altd", "password": PASSWORD}
WEB, API = hex_id(0x12), hex_id(0x13)


def expects_login(api: Scripted, token: str = TOKEN) -> None:
    api.expects("POST", LOGIN_PATH, {**LOGIN, "bearerToken": token}, token=None, body=USER)


# login


def test_login_tells_who_speaks(api: Scripted, run: Runner) -> None:
    expects_login(api)
    outcome = run("login", {}, connection=USER)
    assert {key: outcome[key] for key in ("changed", "account_alias", "data_center")} == {
        "changed": False,
        "account_alias": "ALTD",
        "data_center": "VA1",
    }
    assert "token" not in outcome.result  # that is for the action plugin to add, past the masks


def test_login_in_another_account(api: Scripted, run: Runner) -> None:
    expects_login(api)
    assert run("login", {"alias": "dem2"}, connection=USER)["account_alias"] == "DEM2"


def test_a_refused_login(api: Scripted, run: Runner) -> None:
    message = "We didn't recognize the username or password you entered. Please try again."
    api.expects("POST", LOGIN_PATH, {"message": message}, 400, token=None, body=USER)
    outcome = run("login", {}, connection=USER)
    assert outcome.msg.startswith(f"Cannot log in as 'user.altd': {message}")
    assert outcome["status_code"] == 400


def test_the_environment_gives_what_the_task_does_not(
    api: Scripted, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLC_V2_API_URL", "https://clc.example/v2")
    monkeypatch.setenv("CLC_V2_API_USERNAME", USER["username"])
    monkeypatch.setenv("CLC_V2_API_PASSWD", PASSWORD)
    api.expects("POST", LOGIN_PATH, LOGIN, token=None, body=USER, base="https://clc.example")
    assert run("login", {}, connection={})["account_alias"] == "ALTD"


# Before the work of any module


@pytest.mark.parametrize(
    ("connection", "told"),
    [
        ({}, "neither a token nor a user was given"),
        ({"username": "user.altd"}, "neither a token nor a user was given"),
        ({"token": TOKEN}, "Cannot use the token: it does not tell which account is meant. Give account_alias"),
        (
            {"token": f"Bearer {TOKEN}", "account_alias": "ALTD"},
            "Cannot use the token: it is empty or holds white space",
        ),
        (
            {"token": f"{TOKEN}\n{TOKEN}", "account_alias": "ALTD"},
            "Cannot use the token: it is empty or holds white space",
        ),
        ({"token": "  ", "account_alias": "ALTD"}, "Cannot use the token: it is empty or holds white space"),
        ({**USER, "api_url": "http://api.ctl.io"}, "http is allowed to loopback addresses only"),
        ({**USER, "rdbs_url": "ftp://x"}, "Cannot use the address rdbs_url"),
    ],
)
def test_what_cannot_work_is_refused_before_any_request(
    run: Runner, api: Scripted, connection: dict[str, t.Any], told: str
) -> None:
    outcome = run("login", {}, connection=connection)
    assert outcome.failed
    assert told.lower() in outcome.msg.lower()
    assert api.made == []


@pytest.mark.parametrize("token", [f"{TOKEN}\n", f" {TOKEN} "])
def test_white_space_around_a_token_is_borne(api: Scripted, run: Runner, token: str) -> None:
    api.expects("GET", LIST, [])
    assert run("data_center_info", {}, connection={"token": token, "account_alias": "altd"})["data_centers"] == []


def test_a_token_wins_over_a_user(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    run("data_center_info", {}, connection={**USER, "token": TOKEN, "account_alias": "ALTD"})


def test_a_module_with_a_user_logs_in_again_by_itself(api: Scripted, run: Runner) -> None:
    expects_login(api, "STALE")
    api.expects("GET", LIST, NO_BODY, 401, token="STALE")
    expects_login(api)
    api.expects("GET", LIST, [center()])
    assert len(run("data_center_info", {}, connection=USER)["data_centers"]) == 1


def test_a_module_with_a_token_alone_cannot(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, {"message": "Unauthorized"}, 401)
    outcome = run("data_center_info", {})
    assert outcome["status_code"] == 401
    assert "give a token that is still valid" in outcome.msg


def test_a_module_process_does_not_log_in_for_a_token_that_is_nobodys(
    api: Scripted, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user of the machine's own environment may be another than the owner of the token that was handed over."""
    monkeypatch.setenv("CLC_V2_API_USERNAME", "somebody.else")
    monkeypatch.setenv("CLC_V2_API_PASSWD", "Another-Password")
    monkeypatch.setenv(running.HANDED_OVER, json.dumps(BESIDE))
    api.expects("GET", LIST, NO_BODY, 401)
    assert run.alone("data_center_info", HANDED_OVER)["status_code"] == 401


def test_a_module_process_logs_in_for_the_user_that_was_handed_over(
    api: Scripted, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(running.HANDED_OVER, json.dumps({**BESIDE, "can_log_in": True}))
    api.expects("GET", LIST, NO_BODY, 401, token="STALE")
    expects_login(api)
    api.expects("GET", LIST, [center()])
    handed_over = {**USER, "token": "STALE", "account_alias": "ALTD"}
    assert len(run.alone("data_center_info", handed_over)["data_centers"]) == 1


@pytest.mark.parametrize("no_log", [False, True])
def test_progress_is_displayed_from_the_worker(
    api: Scripted, run: Runner, monkeypatch: pytest.MonkeyPatch, no_log: bool
) -> None:
    displayed: list[str] = []
    monkeypatch.setattr(in_worker.display, "v", lambda line, host=None: displayed.append(line))
    expects_tree(api, root(group("Shop", WEB)))
    api.expects(
        "DELETE",
        f"/v2/groups/altd/{WEB}",
        {"rel": "status", "href": "/v2/operations/altd/status/va1-1", "id": "va1-1"},
        202,
    )
    for status in ("notStarted", "executing", "executing", "succeeded"):
        api.expects("GET", "/v2/operations/altd/status/va1-1", {"status": status})
    api.expects("GET", ROOT_PATH, root())
    assert run("server_group", {"name": "Shop", "state": "absent"}, no_log=no_log).changed
    statuses = () if no_log else ("notStarted", "executing", "succeeded")
    assert displayed == [f"centurylink.cloud.server_group: job va1-1 ({WEB}): {status}" for status in statuses]


@pytest.mark.parametrize("seconds", [0, -1])
def test_no_time_at_all_is_refused_before_anything_is_read(run: Runner, seconds: int) -> None:
    outcome = run("server_group", {"name": "Shop", "wait_timeout": seconds})
    told = f"Cannot use wait_timeout: {seconds} seconds leave no time for the work. Give more, or wait: false."
    assert (outcome.failed, outcome.msg) == (True, told)


def test_without_requests_the_user_is_told(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "requests", None)
    outcome = run.alone("data_center_info", HANDED_OVER)
    assert "Failed to import the required Python library (requests)" in outcome.msg
    assert sys.executable in outcome.msg


def test_an_option_that_every_module_has_cannot_be_taken_twice() -> None:
    with pytest.raises(AssertionError, match="password"):
        running.InfoModule("x", lambda task: [], {"password": {"type": "str"}})


# data_center_info


def test_data_centers_are_listed(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, recorded("clc-knife/GET-v2-datacenters-alias.200"))
    found = run("data_center_info", {})["data_centers"]
    assert [one["id"] for one in found] == sorted(one["id"] for one in found)
    assert len(found) == len(recorded("clc-knife/GET-v2-datacenters-alias.200"))
    assert found[0] == {
        "id": "CA1",
        "name": "CA1 - Canada (Vancouver)",
        "root_group_id": None,  # recorded without groupLinks
        "root_group_name": None,
        "deployment_capabilities": None,
        "bare_metal_capabilities": None,
        "compute_limits": None,
        "network_limits": None,
    }


@pytest.mark.parametrize(("wanted", "found"), [("ca1", ["CA1"]), ("CA1", ["CA1"]), ("xx1", []), (None, ["CA1", "VA1"])])
def test_a_data_center_is_found_by_its_code(api: Scripted, run: Runner, wanted: str | None, found: list[str]) -> None:
    api.expects("GET", LIST, [center("VA1"), center("CA1")])
    options = {"location": wanted} if wanted else {}
    shown = run("data_center_info", options)["data_centers"]
    assert [one["id"] for one in shown] == found
    assert all(one["root_group_id"] == ROOT_ID and one["root_group_name"].endswith("Hardware") for one in shown)


def test_what_a_data_center_has_besides(api: Scripted, run: Runner) -> None:
    capabilities = recorded("clc-knife/GET-v2-datacenters-alias-dc-deploymentCapabilities.200")
    api.expects("GET", LIST, [center("CA1")])
    base = "/v2/datacenters/altd/ca1"
    api.expects("GET", f"{base}/deploymentCapabilities", capabilities)
    api.expects("GET", f"{base}/computeLimits", {"cpu": {"value": 100, "inherited": False}})
    api.expects("GET", f"{base}/networkLimits", {"networks": {"value": 10, "inherited": True}})
    api.expects("GET", f"{base}/bareMetalCapabilities", NO_BODY, 404)
    gather = ["bare_metal_capabilities", "network_limits", "compute_limits", "deployment_capabilities"]
    found = run("data_center_info", {"data_center": "ca1", "gather": gather})["data_centers"][0]
    templates = found["deployment_capabilities"]["templates"]
    assert [one["name"] for one in templates] == [one["name"] for one in capabilities["templates"]]
    assert "storage_size_gb" in templates[0]
    assert found["compute_limits"] == {"cpu": {"value": 100, "inherited": False}}
    assert found["network_limits"] == {"networks": {"value": 10, "inherited": True}}
    assert found["bare_metal_capabilities"] is None


def test_bare_metal_capabilities(api: Scripted, run: Runner) -> None:
    body = documented("GET-api-ctl-io-v2-datacenters-accountAlias-dataCenter-bareMetalCapabilities")
    api.expects("GET", LIST, [center("CA1")])
    api.expects("GET", "/v2/datacenters/altd/ca1/bareMetalCapabilities", body)
    found = run("data_center_info", {"gather": ["bare_metal_capabilities"]})["data_centers"][0]
    assert [one["id"] for one in found["bare_metal_capabilities"]["skus"]] == [one["id"] for one in body["skus"]]


# server_info


def servers_of(run: Runner, **options: t.Any) -> list[str]:
    outcome = run("server_info", options)
    assert not outcome.changed
    return [one["id"] for one in outcome["servers"]]


def tree_of_servers(with_servers: bool) -> t.Any:
    def some(*names: str) -> dict[str, t.Any]:
        made = [server(name) for name in names]
        return {"servers": made} if with_servers else {"linked": names}

    api_group = group("Api", API, **some("va1altdapi01"))
    return root(group("Web", WEB, api_group, **some("va1altdweb02", "va1altdweb01")), **some())


def test_all_servers_of_a_data_center_in_two_reads(api: Scripted, run: Runner) -> None:
    api.expects("GET", CENTER_PATH, center())
    api.expects("GET", f"{ROOT_PATH}?serverDetail=detailed", tree_of_servers(True))
    assert servers_of(run) == ["va1altdapi01", "va1altdweb01", "va1altdweb02"]


def test_all_servers_where_the_service_does_not_know_details(api: Scripted, run: Runner) -> None:
    api.expects("GET", CENTER_PATH, center())
    api.expects("GET", f"{ROOT_PATH}?serverDetail=detailed", tree_of_servers(False))
    with api.in_any_order():
        for name in ("va1altdweb01", "va1altdapi01"):
            api.expects("GET", f"/v2/servers/altd/{name}", server(name))
        api.expects("GET", "/v2/servers/altd/va1altdweb02", NO_BODY, 404)  # it has just gone
    assert servers_of(run) == ["va1altdapi01", "va1altdweb01"]


@pytest.mark.parametrize(("recursive", "found"), [(False, []), (True, ["va1altdapi01"])])
def test_servers_of_a_group(api: Scripted, run: Runner, recursive: bool, found: list[str]) -> None:
    expects_tree(api, tree_of_servers(False))
    web = next(one for one in tree_of_servers(True)["groups"] if one["name"] == "Web")
    api.expects("GET", detailed(WEB), web)
    assert servers_of(run, group="Web", recursive=recursive) == sorted([*found, "va1altdweb01", "va1altdweb02"])


@pytest.mark.parametrize("wanted", ["Mail", "web", hex_id(0x77)])
def test_servers_of_an_unknown_group(api: Scripted, run: Runner, wanted: str) -> None:
    expects_tree(api, tree_of_servers(False))
    assert servers_of(run, group=wanted) == []


def test_servers_by_id_in_any_case(api: Scripted, run: Runner) -> None:
    with api.in_any_order():
        api.expects("GET", "/v2/servers/ALTD/va1altdweb01", server("va1altdweb01"))
        api.expects("GET", "/v2/servers/ALTD/va1altdgone01", NO_BODY, 404)
    assert servers_of(run, server_ids=["VA1ALTDWEB01", "va1altdGONE01", "va1altdweb01"]) == ["va1altdweb01"]


def test_no_ids_are_no_servers(api: Scripted, run: Runner) -> None:
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
    ("options", "found"),
    [
        ({"name": "WEB"}, ["web01", "web02", "web03", "web04", "web1234"]),
        ({"name": "web", "status": ["active"]}, ["web01", "web02", "web1234"]),
        ({"status": ["underConstruction", "archived"]}, ["web03", "web04"]),
        ({"power_state": ["stopped"]}, ["web02", "web04"]),
        ({"power_state": ["started"], "name": "WEBX"}, ["webx01"]),
        ({"name": "WE"}, []),
    ],
)
def test_servers_are_filtered(api: Scripted, run: Runner, options: dict[str, t.Any], found: list[str]) -> None:
    top = root(servers=json.loads(json.dumps(FLEET)))
    for one in top["groups"]:
        one["servers"] = []
    api.expects("GET", CENTER_PATH, center())
    api.expects("GET", f"{ROOT_PATH}?serverDetail=detailed", top)
    assert servers_of(run, **options) == [f"va1altd{one}" for one in found]


# How a server is shown


def test_the_recorded_server_is_shown_flat() -> None:
    shown = server_result.shown(recorded("clc-puppet/GET-v2-servers-alias-id-uuid-True.200"))
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
    assert {key: shown[key] for key in expected} == expected
    assert list(shown) == list(server_result.KEYS)


def test_public_addresses_are_flat(api: Scripted, run: Runner) -> None:
    one = recorded("clc-knife/GET-v2-servers-alias-server-uuid-false.200")
    addresses = one["details"]["ipAddresses"]
    shown = server_result.shown(one)
    assert shown["ip_address"] == addresses[0]["internal"]
    assert shown["public_ip_addresses"] == [entry["public"] for entry in addresses if "public" in entry]


@pytest.mark.parametrize("made", [building("va1altdx01"), archived("va1altdx01"), server("va1altdx01")])
def test_every_key_is_there_whatever_the_status(made: dict[str, t.Any]) -> None:
    shown = server_result.shown(made)
    assert list(shown) == list(server_result.KEYS)
    if made["status"] == "underConstruction":
        assert (shown["public_ip_addresses"], shown["snapshots"], shown["memory_gb"]) == (None, None, None)


def test_a_snapshot_gets_its_id_from_its_link() -> None:
    href = "/v2/servers/altd/va1altdx01/snapshots/4"
    snapshots = [{"name": "2015-07-08.11:49:22", "links": [{"rel": "self", "href": href}]}]
    shown = server_result.shown(server("va1altdx01", details={"snapshots": snapshots, "memoryMB": 1536}))
    assert shown["snapshots"] == [{"id": "4", "name": "2015-07-08.11:49:22"}]
    assert shown["memory_gb"] == 1.5


def test_a_map_of_secrets_is_hidden_under_each_of_its_names() -> None:
    spec = {"one": {"type": "dict", "no_log": True, "aliases": ["other"]}, "plain": {"type": "str"}}
    given = {"one": {"a": "x"}, "other": {"a": "x"}, "plain": "x"}
    secrets: set[str] = set()
    hidden = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    assert running._without_maps(spec, given, secrets, set()) == {"one": hidden, "other": hidden, "plain": "x"}
    assert secrets == {"x"}
