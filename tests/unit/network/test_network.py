# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules network and network_info, run against scripted HTTP."""

from __future__ import annotations

import copy
import json
import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    ALIAS,
    CENTER,
    Entity,
    documented,
    hex_id,
    recorded,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

LIST = f"/v2-experimental/networks/{ALIAS}/{CENTER}"
CLAIM = f"{LIST}/claim"
RECORDED: Entity = recorded("clc-puppet/GET-v2-experimental-networks-alias-dc-id.200")
BEGUN: Entity = recorded("clc-puppet/POST-v2-experimental-networks-alias-dc-claim.202")
OPERATION = "clc-puppet/GET-v2-experimental-operations-alias-status-statusId.200"
NEW: Entity = recorded(f"{OPERATION}.v3")
FRESH, OTHER = RECORDED["id"], hex_id(7)
SELF = f"/v2-experimental/networks/altd/va1/{FRESH}"
USED = {"address": "10.136.21.12", "claimed": True, "server": "VA1ALTDWEB01", "type": "private"}
FREE = {"address": "10.136.21.13", "claimed": False, "type": "private"}


def network(key: str = FRESH, **members: t.Any) -> Entity:
    """A network after the recorded one; description ... leaves it out, as the service does where it is cleared."""
    made: Entity = {**json.loads(json.dumps(RECORDED).replace(FRESH, key)), **members}
    return {name: value for name, value in made.items() if value is not ...}


def expects_claim(api: Scripted, *operations: Entity) -> None:
    api.expects("POST", CLAIM, BEGUN, 202, body={})
    for operation in operations or (recorded(OPERATION), recorded(f"{OPERATION}.v2"), NEW):
        api.expects("GET", BEGUN["uri"], operation)


@pytest.mark.parametrize("linked", [True, False])
def test_one_is_claimed_and_then_named(api: Scripted, run: Runner, linked: bool) -> None:
    """Told by the link of the operation, else by what was not there before. The description comes along as it was read."""
    other, also_new = network(OTHER, name="other"), [network(hex_id(8))] if linked else []
    wanted = {"name": "web"}
    api.expects("GET", LIST, [other])
    predicted = run("network", wanted, check=True)
    end = copy.deepcopy(NEW)
    if not linked:
        del end["summary"]["links"]
    api.expects("GET", LIST, [other])
    expects_claim(api, recorded(OPERATION), end)
    api.expects("GET", LIST, [other, *also_new, network()])
    body = {"name": "web", "description": RECORDED["description"]}
    api.expects("PUT", SELF, NO_BODY, 204, body=body)
    api.expects("GET", LIST, [network(name="web"), *also_new, other])
    real = run("network", wanted)
    assert (predicted.changed, real.changed) == (True, True)
    assert list(predicted["network"]) == list(real["network"])
    assert (predicted["network"]["id"], predicted["network"]["name"]) == (None, "web")
    assert real["network"] == {
        "id": FRESH,
        "name": "web",
        "description": RECORDED["description"],
        "data_center": "VA1",
        "cidr": "10.136.21.0/24",
        "gateway": "10.136.21.1",
        "netmask": "255.255.255.0",
        "type": "private",
        "vlan": 3521,
    }


def test_a_claimed_network_that_shows_late_is_not_claimed_again(api: Scripted, run: Runner, clock: Clock) -> None:
    api.expects("GET", LIST, [])
    expects_claim(api, NEW)
    api.expects("GET", LIST, [], times=3)
    api.expects("GET", LIST, [network(name="web")])
    assert run("network", {"name": "web"})["network"]["id"] == FRESH
    assert clock.passed < 30


def test_of_two_new_ones_none_is_picked(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    end = copy.deepcopy(NEW)
    del end["summary"]["links"]
    expects_claim(api, end)
    api.expects("GET", LIST, [network(), network(OTHER)], times=2)
    outcome = run("network", {"name": "web"})
    assert outcome.failed
    assert FRESH in outcome.msg
    assert OTHER in outcome.msg
    assert outcome["changed"], "a network was claimed"


def test_a_lost_claim_is_never_repeated(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    api.expects("POST", CLAIM, raises=requests.ReadTimeout(), body={})
    outcome = run("network", {"name": "web"})
    assert outcome.failed
    assert "Look with network_info whether a network came all the same" in outcome.msg
    assert "would claim another" in outcome.msg


def test_a_claim_that_failed_or_takes_too_long_says_how_to_go_on(api: Scripted, run: Runner) -> None:
    for status, told in (("failed", "failed (job"), ("running", "was not done within wait_timeout")):
        api.expects("GET", LIST, [])
        expects_claim(api, {**NEW, "status": status, "summary": {}})
        api.expects("GET", LIST, [])
        outcome = run("network", {"name": "web", "wait_timeout": 1})
        assert told in outcome.msg
        assert "Look with network_info" in outcome.msg
        assert "goes on from what is there" not in outcome.msg
        assert "run the task again later" not in outcome.msg


def test_without_waiting_nothing_is_claimed(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    outcome = run("network", {"name": "web", "wait": False})
    assert "can only be named once its claim is done" in outcome.msg
    api.expects("GET", LIST, [network(name="web", description="x")])
    api.expects("PUT", SELF, NO_BODY, 204, body={"name": "web", "description": "y"})
    api.expects("GET", LIST, [network(name="web", description="y")])
    changed = run("network", {"name": "web", "description": "y", "wait": False})
    assert (changed.changed, changed["jobs"], changed["pending"]) == (True, [], [])


def test_a_limit_is_told_in_the_words_of_the_service(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    api.expects("POST", CLAIM, {"message": "Network limit exceeded"}, 400, body={})
    outcome = run("network", {"name": "web"})
    assert outcome.msg.startswith("Cannot claim network web in VA1: Network limit exceeded")
    assert not outcome.changed


def test_a_name_that_is_refused_after_the_claim_tells_the_id(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    expects_claim(api, NEW)
    api.expects("GET", LIST, [network()])
    api.expects("PUT", SELF, {"message": "No."}, 400, body={"name": "web", "description": RECORDED["description"]})
    api.expects("GET", LIST, [network()])
    outcome = run("network", {"name": "web"})
    assert f"It was claimed as {FRESH}" in outcome.msg
    assert (outcome.changed, outcome["network"]["id"]) == (True, FRESH)


@pytest.mark.parametrize(
    ("options", "before"),
    [
        ({"name": "web"}, {"name": "web"}),
        ({"name": "web", "description": ""}, {"name": "web", "description": ...}),
        ({"id": FRESH.upper()}, {}),
        ({"id": FRESH, "name": "web", "description": "x"}, {"name": "web", "description": "x"}),
    ],
)
def test_what_is_as_wanted_is_left_alone(
    api: Scripted, run: Runner, options: dict[str, t.Any], before: dict[str, t.Any]
) -> None:
    api.expects("GET", LIST, [network(OTHER, name="other"), network(**before)])
    outcome = run("network", options)
    assert (outcome.changed, outcome["network"]["id"]) == (False, FRESH)


@pytest.mark.parametrize(
    ("options", "before", "sent"),
    [
        ({"id": FRESH, "name": "new"}, {"description": "kept"}, {"name": "new", "description": "kept"}),
        ({"id": FRESH, "name": "new"}, {"description": ...}, {"name": "new"}),
        ({"name": "web", "description": ""}, {"name": "web", "description": "x"}, {"name": "web"}),
    ],
)
def test_a_change_sends_both_members(
    api: Scripted, run: Runner, options: dict[str, t.Any], before: dict[str, t.Any], sent: dict[str, t.Any]
) -> None:
    api.expects("GET", LIST, [network(**before)])
    predicted = run("network", options, check=True, diff=True)
    api.expects("GET", LIST, [network(**before)])
    api.expects("PUT", SELF, NO_BODY, 204, body=sent)
    after = network(name=sent["name"], description=sent.get("description", ...))
    api.expects("GET", LIST, [after])
    real = run("network", options)
    assert real.changed
    assert {**predicted["network"], "description": predicted["network"]["description"] or None} == real["network"]
    assert predicted["diff"]["before"] != predicted["diff"]["after"]


def test_hrefs_of_old_recordings_are_followed(api: Scripted, run: Runner) -> None:
    old = json.loads(json.dumps(network(name="web")).replace('"/v2-', '"http://api.ctl.io/v2-'))
    api.expects("GET", LIST, [old])
    api.expects("POST", f"{SELF}/release", NO_BODY, 204, body={})
    api.expects("GET", LIST, [])
    outcome = run("network", {"name": "web", "state": "absent"})
    assert (outcome.changed, outcome["network"]) == (True, None)


@pytest.mark.parametrize("options", [{"name": "web"}, {"id": hex_id(9)}])
def test_absent_without_a_network(api: Scripted, run: Runner, options: dict[str, str]) -> None:
    api.expects("GET", LIST, [network()])
    assert not run("network", {**options, "state": "absent"}).changed


def test_beside_a_name_in_another_case_a_network_is_released(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [network(name="web"), network(OTHER, name="Web")])
    api.expects("POST", f"{SELF}/release", NO_BODY, 204, body={})
    api.expects("GET", LIST, [network(OTHER, name="Web")])
    outcome = run("network", {"name": "web", "state": "absent"})
    assert (outcome.failed, outcome.changed, outcome["network"]) == (False, True, None)


def test_an_emptied_description_is_predicted_as_it_is_shown(api: Scripted, run: Runner) -> None:
    wanted = {"name": "web", "description": ""}
    api.expects("GET", LIST, [network(name="web", description="old")])
    predicted = run("network", wanted, check=True)
    api.expects("GET", LIST, [network(name="web", description="old")])
    api.expects("PUT", SELF, NO_BODY, 204, body={"name": "web"})
    api.expects("GET", LIST, [network(name="web", description=...)])
    real = run("network", wanted)
    assert predicted["network"] == real["network"]


def test_a_network_in_use_is_not_released(api: Scripted, run: Runner) -> None:
    message = "Cannot release network with active servers"
    api.expects("GET", LIST, [network(name="web")])
    api.expects("POST", f"{SELF}/release", {"message": message}, 400, body={})
    nameless = {**USED, "address": "10.136.21.14", "server": None}
    api.expects("GET", f"{SELF}/ipAddresses?type=claimed", [USED, FREE, nameless])
    outcome = run("network", {"name": "web", "state": "absent"})
    told = f"Cannot release network web in VA1: 10.136.21.14, VA1ALTDWEB01 still have addresses in it: {message}"
    assert outcome.msg.startswith(told)
    assert outcome["message"] == message
    assert not outcome.changed


def test_in_check_mode_its_servers_are_a_warning(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [network(name="web")])
    api.expects("GET", f"{SELF}/ipAddresses?type=claimed", [USED])
    outcome = run("network", {"name": "web", "state": "absent"}, check=True)
    assert (outcome.changed, outcome["network"]) == (True, None)
    assert "VA1ALTDWEB01" in outcome.warnings[0]


@pytest.mark.parametrize("gone", [True, False])
def test_a_lost_release_is_looked_up(api: Scripted, run: Runner, gone: bool) -> None:
    api.expects("GET", LIST, [network(name="web")])
    api.expects("POST", f"{SELF}/release", raises=requests.ReadTimeout(), body={})
    api.expects("GET", LIST, [] if gone else [network(name="web")], times=2 if gone else 1)
    assert run("network", {"name": "web", "state": "absent"}).failed is not gone


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"id": "web"}, "'web' is no id"),
        ({"name": " "}, "' ' cannot be the name"),
        ({"name": FRESH}, "cannot be the name of a network"),
    ],
)
def test_options_that_cannot_be_meant(run: Runner, options: dict[str, str], told: str) -> None:
    assert told in run("network", options).msg


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"name": "WEB"}, "but web"),
        ({"name": "twin"}, "2 networks in VA1 have the name 'twin'"),
        ({"id": hex_id(9)}, f"there is no network '{hex_id(9)}' in VA1"),
    ],
)
def test_networks_that_are_never_guessed(api: Scripted, run: Runner, options: dict[str, str], told: str) -> None:
    twins = [network(hex_id(number), name="twin") for number in (1, 2)]
    api.expects("GET", LIST, [network(name="web"), *twins])
    assert told in run("network", options).msg


# network_info


def test_networks_are_listed_by_name(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [network(name="web"), network(OTHER, name="db", description=...)])
    found = run("network_info", {})["networks"]
    assert [(one["name"], one["ip_addresses"]) for one in found] == [("db", None), ("web", None)]
    assert found[0]["description"] is None


def test_addresses_of_one_by_name(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [network(name="web"), network(OTHER, name="db")])
    entries = documented(
        "GET-api-ctl-io-v2-experimental-networks-accountAlias-dataCenter-Network-ipAddresses-type-claimed-free-all"
    )
    api.expects("GET", f"{SELF}/ipAddresses?type=all", entries)
    (found,) = run("network_info", {"name": "web", "addresses": "all"})["networks"]
    assert [one["address"] for one in found["ip_addresses"]] == [one["address"] for one in entries]
    assert found["ip_addresses"][2] == {
        "address": "11.22.33.14",
        "claimed": False,
        "primary": None,
        "server": None,
        "type": "private",
    }


def test_addresses_of_one_by_id_in_one_request(api: Scripted, run: Runner) -> None:
    shown = documented(
        "GET-api-ctl-io-v2-experimental-networks-accountAlias-dataCenter-Network-ipAddresses-none-claimed-free-all"
    )
    api.expects("GET", f"{LIST}/{shown['id']}?ipAddresses=claimed", shown)
    (found,) = run("network_info", {"id": shown["id"].upper(), "addresses": "claimed"})["networks"]
    assert [one["type"] for one in found["ip_addresses"]] == ["private", "private", "publicMapped"]


def test_unknown_networks_give_an_empty_list(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"{LIST}/{FRESH}", NO_BODY, 404)
    assert run("network_info", {"id": FRESH})["networks"] == []
    assert run("network_info", {"id": "logging"})["networks"] == []
    api.expects("GET", LIST, [network()])
    assert run("network_info", {"name": "nowhere"})["networks"] == []
