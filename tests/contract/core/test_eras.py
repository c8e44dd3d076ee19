# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Eras: the form of all responses is that of one year, which the command line or the seed decides."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clc_simulator.core.eras import era_of
from clc_simulator.web.simulator import Settings, Simulator
from simclient import CONTRACT, Client

HOST = "http://api.ctl.io"
POLICY = {
    "destinationAccount": "DEM2", "source": ["10.80.12.0/24"], "destination": ["10.80.76.0/24"], "ports": ["any"],
}  # fmt: skip


def seed(tmp_path: Path, era: int) -> str:
    path = tmp_path / "seed.yml"
    text = f"""
era: {era}
accounts: [{{alias: DEMO}}, {{alias: DEM2, parent: DEMO}}]
users: [{{name: demo, password: demo-password, account: DEMO}}]
data_centers: [WA1, VA1]
places: [{{account: DEMO, data_center: WA1, groups: [{{name: Web, servers: [{{id: WA1DEMOWEB01}}]}}]}}]
"""
    path.write_text(text)
    return str(path)


def hrefs(value: Any) -> Iterator[str]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if key in ("href", "uri"):
            yield str(item)
        else:
            yield from hrefs(item)


def experimental(client: Client) -> list[str]:
    """Return the hrefs of one of each kind of response of /v2-experimental."""
    claim = client.post("/v2-experimental/networks/DEMO/WA1/claim", {}).json()
    client.finish()
    job = client.get(claim["uri"].removeprefix(HOST)).json()
    networks = client.get("/v2-experimental/networks/DEMO/WA1").json()
    adapter = client.post("/v2/servers/DEMO/WA1DEMOWEB01/networks", {"networkId": networks[-1]["id"]}).json()
    inside = client.post("/v2-experimental/firewallPolicies/DEMO/WA1", POLICY)
    across = client.post(
        "/v2-experimental/crossDcFirewallPolicies/DEMO/WA1",
        {
            "destinationAccountId": "DEMO", "destinationLocationId": "VA1", "destinationCidr": "10.81.12.0/24",
            "enabled": True, "sourceCidr": "10.80.12.0/24",
        },
    )  # fmt: skip
    assert (inside.status, across.status) == (201, 201), (inside.body, across.body)
    bodies = [claim, job, networks, adapter, inside.json(), across.json()]
    found = [*hrefs(bodies), inside.headers["location"]]
    assert len(found) >= 10
    return found


@pytest.mark.parametrize(("era", "host"), [(2015, HOST), (2016, "")])
def test_hrefs_of_an_era_have_one_form(make: Callable[..., Client], tmp_path: Path, era: int, host: str) -> None:
    client = make(seed(tmp_path, era)).login()
    assert [item for item in experimental(client) if not item.startswith(f"{host}/v2-experimental/")] == []
    server = client.get("/v2/servers/DEMO/WA1DEMOWEB01").json()
    assert all(item.startswith("/v2/") for item in hrefs(server)), "hrefs of /v2 are paths in both"
    assert ("displayName" in server) == (era == 2016)


def test_the_option_takes_precedence_over_the_seed_and_survives_a_reset(runner: asyncio.Runner, tmp_path: Path) -> None:
    simulator = Simulator(Settings(seed(tmp_path, 2016), era=2015), CONTRACT)
    assert era_of(simulator.world) == 2015
    simulator.reset("small")
    assert era_of(simulator.world) == 2015
    assert era_of(Simulator(Settings("small"), CONTRACT).world) == 2016


def test_the_era_is_in_the_state_file(tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    first = Simulator(Settings("small", state=state, era=2015), CONTRACT)
    assert first.store is not None
    first.store.close()
    assert era_of(Simulator(Settings("small", state=state), CONTRACT).world) == 2015
