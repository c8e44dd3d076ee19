# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts that are rebuilt from recorded responses: nothing that was recorded is dropped, and the state continues from it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from clc_simulator.core.contract import SERVICES
from clc_simulator.core.seeds import SeedError, recorded
from simclient import CONTRACT, JOB, PAYLOADS, Client, load, without_order

KNIFE, PUPPET = "recorded/clc-knife", "recorded/clc-puppet"
ROOT = "5ffda89a8ce6444baa8d28b9d1581e6d"
SERVER = f"{KNIFE}/GET-v2-servers-alias-server-uuid-false.200.json"
TREE = f"{KNIFE}/GET-v2-groups-alias-id-serverDetail-detailed.200.json"
CAPABILITIES = f"{KNIFE}/GET-v2-datacenters-alias-dc-deploymentCapabilities.200.json"
DATA_CENTERS: dict[str, Any] = {
    "request": "GET /v2/datacenters/ALTD",
    "body": load(f"{KNIFE}/GET-v2-datacenters-alias.200.json"),
}

Account = Callable[..., Client]


def seed(*recorded: Any, **members: Any) -> dict[str, Any]:
    return {
        "accounts": [{"alias": "ALTD", "primary_data_center": "CA1"}],
        "users": [{"name": "u", "password": "p", "account": "ALTD"}],
        "recorded": list(recorded),
        **members,
    }


@pytest.fixture
def account(make: Callable[..., Client], tmp_path: Path) -> Account:
    """Make a client of a simulator whose seed has the recorded responses."""

    def new(*recorded: Any, **members: Any) -> Client:
        path = tmp_path / "seed.json"
        path.write_bytes(orjson.dumps(seed(*recorded, **members)))
        return make(str(path)).login("u", "p")

    return new


def server(**details: Any) -> dict[str, Any]:
    body = load(SERVER)
    body["details"] |= details
    return body


def at(body: dict[str, Any]) -> dict[str, Any]:
    return {"request": f"GET /v2/servers/ALTD/{body['id']}", "body": body}


def tree(groups: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    body = load(TREE)
    if groups is not None:
        body["groups"] = groups
    return {"request": f"GET /v2/groups/ALTD/{ROOT}?serverDetail=detailed", "body": body}


def all_groups(body: dict[str, Any]) -> list[str]:
    return [body["id"], *(key for child in body["groups"] for key in all_groups(child))]


def test_a_server_gets_a_network_and_a_second_address(account: Account) -> None:
    client = account(DATA_CENTERS, at(server()))
    key = load(SERVER)["id"]
    path = f"/v2/servers/ALTD/{key}"
    response = client.post(f"{path}/publicIPAddresses", {"ports": [{"protocol": "TCP", "port": 80}]})
    client.finish()
    assert client.get(response.json()["href"]).json() == {"status": "succeeded"}
    before = load(SERVER)["details"]["ipAddresses"]
    new = [item for item in client.server(key, "ALTD")["details"]["ipAddresses"] if item not in before]
    assert len(new) == 1, new
    assert "public" in new[0]
    assert new[0]["internal"].rpartition(".")[0] == before[0]["internal"].rpartition(".")[0], "the same network"


def test_a_job_that_can_do_nothing_fails(small: Client) -> None:
    """The address is taken by another job in the meantime."""
    servers = small.control("GET", "state").json()["servers"].values()
    found = [item for item in servers if item["status"] == "active" and "public" not in item["ip_addresses"][0]]
    path, internal = f"/v2/servers/{found[0]['account']}/{found[0]['id']}", found[0]["ip_addresses"][0]["internal"]
    body = {"internalIPAddress": internal, "ports": [{"protocol": "TCP", "port": 80}]}
    jobs = [small.post(f"{path}/publicIPAddresses", body).json()["href"] for _ in range(2)]
    small.advance(JOB / 2)
    assert {small.get(job).json()["status"] for job in jobs} <= {"executing", "resumed"}
    small.finish()
    assert [small.get(job).json()["status"] for job in jobs] == ["succeeded", "failed"]


def test_a_job_of_a_deleted_server_fails(small: Client) -> None:
    path = "/v2/servers/DEMO/WA1DEMOWEB01"
    deletion = small.delete(path).json()["links"][0]["href"]
    small.simulator.world.tables["servers"].remove("wa1demoweb01")
    small.finish()
    assert small.get(deletion).json()["status"] == "failed"


def test_an_address_without_its_own_response_is_not_lost(account: Account) -> None:
    client = account(DATA_CENTERS, at(server()))
    links = [
        link["href"] for link in client.server(load(SERVER)["id"], "ALTD")["links"] if link["rel"] == "publicIPAddress"
    ]
    assert links
    for link in links:
        assert client.get(link).status == 200


def test_policies_and_secondary_addresses_survive_a_change(account: Account) -> None:
    policies = [{"id": "a" * 32, "name": "Busy", "links": []}]
    body = server(
        alertPolicies=policies,
        antiAffinityPolicy={"id": "b" * 32, "name": "Apart", "links": []},
        cpuAutoscalePolicy={"id": "c" * 32, "links": []},
        secondaryIPAddresses=[{"internal": "10.9.9.20"}],
    )
    client = account(DATA_CENTERS, at(body))
    assert client.server(body["id"], "ALTD") == body, "as it was recorded until it changes"
    client.patch(f"/v2/servers/ALTD/{body['id']}", description="changed")
    client.finish()
    details = client.server(body["id"], "ALTD")["details"]
    assert [(item["id"], item["name"]) for item in details["alertPolicies"]] == [("a" * 32, "Busy")]
    assert (details["antiAffinityPolicy"]["id"], details["cpuAutoscalePolicy"]["id"]) == ("b" * 32, "c" * 32)
    assert details["secondaryIPAddresses"] == [{"internal": "10.9.9.20"}]
    assert client.get(f"/v2/alertPolicies/ALTD/{'a' * 32}").json()["name"] == "Busy"


def test_a_server_whose_group_was_not_recorded_is_below_the_root(account: Account) -> None:
    body = server() | {"groupId": "d" * 32}
    client = account(DATA_CENTERS, tree([]), at(body))
    world = client.simulator.world
    roots = [group.id for group in world.tables["groups"] if group.data_center == "CA1" and group.parent is None]
    assert roots == [ROOT]
    found = client.get(f"/v2/groups/ALTD/{'d' * 32}?serverDetail=detailed").json()
    assert [item["id"] for item in found["servers"]] == [body["id"]]


def test_a_subtree_without_its_parents_is_below_the_root(account: Account) -> None:
    part = copy.deepcopy(load(TREE)["groups"][0])
    part["links"] = [link for link in part["links"] if link["rel"] != "parentGroup"]
    part["links"].append({"rel": "parentGroup", "href": f"/v2/groups/altd/{'e' * 32}", "id": "e" * 32})
    client = account(DATA_CENTERS, {"request": f"GET /v2/groups/ALTD/{part['id']}", "body": part})
    groups = [group for group in client.simulator.world.tables["groups"] if group.data_center == part["locationId"]]
    assert len([group for group in groups if group.parent is None]) == 1
    assert client.get(f"/v2/groups/ALTD/{'e' * 32}").json()["groups"][0]["id"] == part["id"]


def test_a_later_tree_replaces_the_earlier_one(account: Account) -> None:
    early, late = tree(), tree(load(TREE)["groups"][:1])
    client = account(DATA_CENTERS, early, late)
    view = client.get(f"/v2/groups/ALTD/{ROOT}?serverDetail=detailed").json()
    assert without_order(view) == without_order(late["body"])
    gone = set(all_groups(early["body"])) - set(all_groups(late["body"]))
    assert gone
    for key in gone:
        assert client.get(f"/v2/groups/ALTD/{key}").status == 404


def test_a_renamed_network_needs_its_own_response(account: Account) -> None:
    capabilities: dict[str, Any] = {
        "request": "GET /v2/datacenters/ALTD/CA1/deploymentCapabilities",
        "body": load(CAPABILITIES),
    }
    item = capabilities["body"]["deployableNetworks"][0]
    item["name"] = "front end"
    with pytest.raises(SeedError, match=rf"deploymentCapabilities.*front end.*networks/.*{item['networkId']}"):
        account(DATA_CENTERS, capabilities)
    network = load(f"{PUPPET}/GET-v2-experimental-networks-alias-dc-id.200.json")
    network |= {"id": item["networkId"], "name": "front end"}
    recorded = {"request": f"GET /v2-experimental/networks/ALTD/CA1/{item['networkId']}", "body": network}
    client = account(DATA_CENTERS, capabilities, recorded)
    assert client.get("/v2/datacenters/ALTD/CA1/deploymentCapabilities").json() == capabilities["body"]
    assert client.get(recorded["request"].removeprefix("GET ")).json() == network


def test_a_recorded_error_is_returned(account: Account) -> None:
    errors = [
        {"request": "GET /v2/servers/ALTD/CA1ALTDGONE01", "status": 500, "body": {"message": "An error has occurred."}},
        {"request": "GET /v2/servers/ALTD/CA1ALTDGONE02", "status": 404, "body": None},
    ]
    client = account(DATA_CENTERS, *errors)
    response = client.get("/v2/servers/ALTD/CA1ALTDGONE01")
    assert (response.status, response.json()) == (500, {"message": "An error has occurred."})
    response = client.get("/v2/servers/ALTD/ca1altdgone02")
    assert (response.status, response.body) == (404, b"")


def test_a_response_without_a_model_is_returned_as_it_is(account: Account) -> None:
    statistics = {"name": "ca1altdtest51", "stats": []}
    usage = "GET /v2/servers/ALTD/ca1altdtest51/statistics?type=latest"
    policies = {"items": [], "links": [{"rel": "self", "href": "/v2/alertPolicies/altd", "verbs": ["GET"]}]}
    client = account(
        DATA_CENTERS,
        {"request": usage, "body": statistics},
        {"request": "GET /v2/alertPolicies/ALTD", "body": policies},
    )
    assert client.get("/v2/servers/altd/CA1ALTDTEST51/statistics?Type=latest").json() == statistics
    assert client.get("/v2/alertPolicies/ALTD").json() == policies


@pytest.mark.parametrize(
    ("recorded", "words"),
    [
        (
            {"request": "GET /v2/servers/ALTD/X", "body": {"message": "An error has occurred."}},
            "GET /v2/servers/ALTD/X",
        ),
        ({"request": "GET /v2/servers/ALTD/X", "status": 418, "body": None}, "418"),
        ({"request": "GET /v2/servers/NONE/X", "status": 500, "body": {"message": "x"}}, "NONE"),
        ({"request": "GET /v2/nothing", "body": {}}, "GET /v2/nothing"),
        ({"request": "GET /v2/servers/ALTD/X", "file": "seed.json"}, "seed.json"),
        ({"request": "GET /v2/servers/ALTD/X", "file": "none.json"}, "none.json"),
        ({"directory": "nowhere"}, "nowhere"),
    ],
)
def test_errors_name_request_and_file(account: Account, recorded: Any, words: str) -> None:
    with pytest.raises(SeedError) as raised:
        account(DATA_CENTERS, recorded)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_directory_of_described_responses(
    account: Account, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = tmp_path / "recordings"
    directory.mkdir()
    for number, item in enumerate((DATA_CENTERS, tree(), at(server()))):
        (directory / f"{number}.json").write_bytes(orjson.dumps(item))
    (directory / "error.json").write_bytes(
        orjson.dumps({"request": "GET /v2/servers/ALTD/GONE", "status": 500, "body": {"message": "x"}})
    )
    (directory / "POST-v2-servers-alias.202.json").write_bytes(b"{}")
    client = account({"directory": "recordings"})
    assert client.get("/v2/servers/ALTD/gone").status == 500
    assert client.server(load(SERVER)["id"], "ALTD") == load(SERVER)
    assert "1 files (POST-v2-servers-alias.202.json)" in capsys.readouterr().err, "nothing is dropped without a message"


def test_the_clock_and_the_next_number_of_a_seed(account: Account) -> None:
    place = {"account": "ALTD", "data_center": "CA1", "networks": [], "next_server_numbers": {"WEB": 12}}
    client = account(now="2015-12-01T10:00:00Z", data_centers=["CA1"], places=[place])
    assert client.control("GET", "state").json()["networks"] == {}, "no networks, as the seed says"
    place["networks"] = [{"cidr": "10.1.1.0/24"}]
    client = account(now="2015-12-01T10:00:00Z", data_centers=["CA1"], places=[place])
    root = client.get("/v2/datacenters/ALTD/CA1?groupLinks=true").link("group").rpartition("/")[2]
    made = client.post(
        "/v2/servers/ALTD",
        {
            "name": "web",
            "groupId": root,
            "sourceServerId": "CENTOS-6-64-TEMPLATE",
            "cpu": 1,
            "memoryGB": 1,
            "type": "standard",
        },
    )
    client.finish()
    view = client.get(made.link("self")).json()
    assert (view["id"], view["changeInfo"]["createdDate"][:13]) == ("ca1altdweb12", "2015-12-01T10")


def test_numbers_continue_above_the_highest_recorded_server(account: Account) -> None:
    low, high = server(), server()
    low["id"], high["id"] = "ca1altdtest07", "ca1altdtest51"
    client = account(DATA_CENTERS, at(high), at(low))
    assert client.control("GET", "state").json()["counters"]["servers/CA1ALTDTEST"]["value"] == 51


def test_recorded_files_are_read_with_their_status(account: Account, tmp_path: Path) -> None:
    (tmp_path / "error.500.json").write_bytes(b'{"message": "An error has occurred."}')
    client = account(DATA_CENTERS, {"request": "GET /v2/servers/ALTD/X", "file": "error.500.json"})
    assert client.get("/v2/servers/ALTD/X").status == 500
    assert (PAYLOADS / SERVER).exists()


def value_of(schema: dict[str, Any]) -> str:
    """Return a value of a path parameter."""
    if schema.get("type") == "integer":
        return "1"
    return "0f8fad5b-d9cb-469f-a165-70867728950e" if schema.get("format") == "uuid" else "a" * 32


def examples() -> list[Any]:
    """Return request and example of each GET of the contract whose content the state does not have."""
    found = []
    for operation in CONTRACT.operations.values():
        spec = CONTRACT.schemas.files[operation.file]["paths"][operation.path].get("get")
        if operation.method != "GET" or spec is None or not operation.secured:
            continue
        media = spec["responses"].get(str(operation.status), {}).get("content", {}).get("application/json", {})
        known = {
            "accountAlias": "ALTD", "sourceAccountAlias": "ALTD", "dataCenter": "CA1", "year": "2016", "month": "2",
            "execution_id": "ca1-40001",
        }  # fmt: skip
        values = {
            parameter.name: known.get(parameter.name, value_of(parameter.schema.node))
            for parameter in operation.parameters.values()
            if parameter.location == "path" and "enum" not in parameter.schema.node
        }
        required = [
            parameter
            for parameter in operation.parameters.values()
            if parameter.required and parameter.location == "query"
        ]
        path = operation.path
        for name, value in values.items():
            path = path.replace(f"{{{name}}}", value)
        is_loaded = any(re.fullmatch(pattern, path) for pattern, _ in recorded._KINDS)
        if "example" in media and not required and "{" not in path and not is_loaded:
            prefix = SERVICES.get(operation.file, "")
            found.append(pytest.param(f"{prefix}{path}", media["example"], id=operation.id))
    return found


@pytest.mark.parametrize(("path", "body"), examples())
def test_every_response_of_the_contract_can_be_recorded(account: Account, path: str, body: Any) -> None:
    client = account({"request": f"GET {path}", "body": body})
    response = client.get(path)
    assert (response.status, response.json()) == (200, body)
