# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Seeds: small, empty, fleet:N and files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clc_simulator.core.seeds import SeedError
from simclient import COMPOSED, Client

Make = Callable[..., Client]
PLACE = "accounts: [{alias: DEMO}]\nplaces: [{account: DEMO, data_center: WA1, groups: "


def walk(group: dict[str, Any], depth: int = 0) -> list[tuple[int, dict[str, Any]]]:
    below = [item for child in group["groups"] for item in walk(child, depth + 1)]
    return [(depth, group), *below]


def roots(client: Client) -> list[str]:
    data_centers = client.get("/v2/datacenters/DEMO?groupLinks=true").json()
    return [link["id"] for data_center in data_centers for link in data_center["links"] if link["rel"] == "group"]


def test_small(small: Client) -> None:
    assert [data_center["id"] for data_center in small.get("/v2/datacenters/DEMO").json()] == ["de1", "va1", "wa1"]
    trees = [small.get(f"/v2/groups/DEMO/{root}?serverDetail=detailed").json() for root in roots(small)]
    groups = [item for tree in trees for item in walk(tree)]
    assert max(depth for depth, _ in groups) == 2
    assert sum(len(group["servers"]) for _, group in groups) == 12


def test_empty(make: Make) -> None:
    client = make("empty").login()
    assert len(client.get("/v2/datacenters/DEMO").json()) == 15
    for root in roots(client):
        tree = client.get(f"/v2/groups/DEMO/{root}").json()
        assert [child["name"] for child in tree["groups"]] == ["Archive", "Default Group", "Templates"]
        assert tree["serversCount"] == 0


@pytest.mark.parametrize("size", [0, 7, 1000])
def test_fleet_is_the_same_each_time(make: Make, size: int) -> None:
    states = []
    for _ in range(2):
        client = make(f"fleet:{size}").login()
        state = client.control("GET", "state").json()
        states.append({name: state[name] for name in ("servers", "groups", "networks", "dataCenters")})
    assert states[0] == states[1]
    servers = states[0]["servers"]
    assert len(servers) == size
    assert len(states[0]["dataCenters"]) == 15
    addresses = [entry["internal"] for server in servers.values() for entry in server["ip_addresses"]]
    assert len(set(addresses)) == size
    if size == 1000:
        assert len({server["data_center"] for server in servers.values()}) == 15
        counts: dict[str, int] = {}
        for server in servers.values():
            counts[server["group"]] = counts.get(server["group"], 0) + 1
        assert max(counts.values()) == 20
        assert client.get("/v2/servers/DEMO/CA1DEMOSRV01").status == 200


def test_composed_has_every_state(composed: Client) -> None:
    servers = composed.control("GET", "state").json()["servers"].values()
    assert {server["status"] for server in servers} == {
        "active", "underConstruction", "queuedForDelete", "queuedForRestore", "archived",
    }  # fmt: skip
    old, young = (composed.server(f"WA1DEMOWEB0{at}")["changeInfo"]["createdDate"] for at in (4, 5))
    assert old < young


def test_same_world_under_the_same_ids(make: Make) -> None:
    def groups() -> Any:
        return make(COMPOSED).control("GET", "state").json()["groups"]

    assert groups() == groups()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("accounts: 7", "accounts"),
        ("accounts: []\ncolour: red", "colour"),
        ("accounts: [{alias: DEMO, limits: {cpus: 1}}]", "accounts[0].limits"),
        ("users: [{name: a, password: b, account: NONE}]", "NONE"),
        ("accounts: [{alias: DEMO, parent: NONE}]", "NONE"),
        ("accounts: [{alias: DEMO}]\nplaces: [{account: DEMO, data_center: XX1}]", "XX1"),
        (PLACE + "[{name: A, servers: [{id: WA1X}]}]}]", "WA1X".lower()),
        (PLACE + "[{name: A, servers: [{name: A, template: NIX}]}]}]", "NIX"),
        (PLACE + "[{name: A, custom_fields: {Owner: me}}]}]", "Owner"),
        ("recorded: [{request: GET /v2/nothing, file: x.json}]", "/v2/nothing"),
        ("recorded: [{request: GET /v2/datacenters/A, file: missing.json}]", "missing.json"),
        ("a: [", "seed"),
    ],
)  # fmt: skip
def test_errors_of_seeds_have_the_location(make: Make, tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "seed.yml"
    path.write_text(text)
    with pytest.raises(SeedError, match=word.replace("[", r"\[").replace("]", r"\]")):
        make(str(path))


def test_numbers_go_on_above_the_highest_that_a_seed_names(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "seed.yml"
    servers = "[{id: WA1DEMOWEB05}, {id: WA1DEMOWEB02}, {name: WEB}]"
    path.write_text(f"{PLACE}[{{name: A, servers: {servers}}}]}}]")
    assert "wa1demoweb06" in make(str(path)).control("GET", "state").json()["servers"]


def test_json_seed(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "seed.json"
    path.write_text('{"accounts": [{"alias": "ABCD"}], "users": [{"name": "u", "password": "p", "account": "ABCD"}]}')
    assert make(str(path)).login("u", "p").get("/v2/accounts/ABCD").json()["accountAlias"] == "ABCD"
