# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Firewall policies whose addresses are those of servers, against the simulator."""

from __future__ import annotations

import typing as t
from collections import Counter
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService, serving
from ansible_collections.centurylink.cloud.tests.unit.support.updates import WA1

WEB: dict[str, t.Any] = {"server": "WEB", "group": "Shop/Web"}
DB: dict[str, t.Any] = {"server": "WA1DEMODB01"}
NETWORK = "10.80.76.0/24"


@pytest.fixture
def service(clock: Clock, run: Runner, tmp_path: Path) -> t.Iterator[SimulatedService]:
    found = SimulatedService(clock, run)
    with serving(found):
        yield found


def manage(service: SimulatedService, source: t.Any, destination: t.Any, **options: t.Any) -> Outcome:
    settings = {name: options.pop(name) for name in ("check_mode",) if name in options}
    given = {"source": source, "destination": destination, "ports": ["tcp/5432"], **WA1, **options}
    return service.run("firewall_policy", given, **settings)


def ends(outcome: Outcome) -> tuple[list[str], list[str]]:
    assert not outcome.failed, outcome.msg
    policy = outcome["firewall_policy"]
    return policy["source"], policy["destination"]


def test_servers_stand_with_networks(service: SimulatedService) -> None:
    created = manage(service, [WEB, NETWORK], [DB])
    assert created.changed
    assert ends(created) == (["10.82.12.13/32", "10.82.12.14/32", NETWORK], ["10.82.12.17/32"])
    reads = Counter(entry.operationId for entry in service.log() if entry.method == "GET")
    assert (reads["getDataCenter"], reads["getGroup"], reads["getServer"]) == (1, 2, 1)
    assert not manage(service, [WEB, NETWORK], [DB]).changed
    assert not manage(service, ["10.82.12.14", NETWORK, "10.82.12.13"], ["10.82.12.17"]).changed
    assert manage(service, [WEB, NETWORK], [DB], state="absent").changed
    assert not manage(service, [WEB, NETWORK], [DB], state="absent").changed


def test_results_of_other_tasks(service: SimulatedService) -> None:
    web = service.run("server_info", {"group": "Shop/Web", **WA1})["servers"]
    data = service.run("server_info", {"group": "Shop/Data", **WA1})["servers"]
    service.log()
    expected = (["10.82.12.13/32", "10.82.12.14/32"], ["10.82.12.17/32"])
    assert ends(manage(service, web, data)) == expected
    assert not [entry for entry in service.log() if entry.operationId in ("getServer", "getGroup")]
    for source in ([web], [{"servers": web}], [{"group": "Shop/Web"}], [{"servers": ["WA1DEMOWEB01", "wa1demoweb02"]}]):
        again = manage(service, source, [data])
        assert not again.changed, source


def test_addresses_of_an_id_are_replaced(service: SimulatedService) -> None:
    policy_id = manage(service, [NETWORK], [NETWORK])["firewall_policy"]["id"]
    changed = manage(service, [WEB], [NETWORK], id=policy_id)
    assert changed.changed
    assert ends(changed) == (["10.82.12.13/32", "10.82.12.14/32"], [NETWORK])


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"server": "NONE"}, "source[0]: there is no server 'none'. Servers in WA1: wa1demoapp01, "),
        ({**WEB, "server": "NONE"}, "source[0]: group 'Shop/Web' has no servers with the base name 'NONE'"),
        ({"address": NETWORK}, "Invalid value for source[0].servers[0]: {'address': '10.80.76.0/24'} is not a server"),
        ([], "Invalid value for source: the list is empty."),
        ({"servers": []}, "Invalid value for source[0].servers: the list is empty."),
        ([{"server": True}], "Invalid value for source[0][0].server: True is not a server"),
        ("web", "source[0]: 'web' is not an IPv4 address or network"),
    ],
)
def test_entry_that_cannot_be_right(service: SimulatedService, entry: t.Any, message: str) -> None:
    outcome = manage(service, [entry], [NETWORK])
    assert outcome.failed
    assert message in outcome.msg
    assert {entry.method for entry in service.log()} <= {"GET"}


def test_servers_that_do_not_exist_yet_are_predicted(service: SimulatedService) -> None:
    outcome = manage(service, [{"server": "NEW", "group": "Later"}, NETWORK], [DB], check_mode=True)
    assert outcome.changed
    assert ends(outcome) == ([PLACEHOLDER, NETWORK], ["10.82.12.17/32"])
    assert len(outcome.warnings) == 1
