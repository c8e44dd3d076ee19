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
    DATA_CENTER,
    Entity,
    documented,
    hex_id,
    recorded,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import ANY_BODY, NO_BODY, Scripted

LIST = f"/v2-experimental/networks/{ALIAS}/{DATA_CENTER}"
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
    """Return a variant of the recorded network; description=... omits it, as the service does once it is cleared."""
    variant: Entity = {**json.loads(json.dumps(RECORDED).replace(FRESH, key)), **members}
    return {name: value for name, value in variant.items() if value is not ...}


def expects_claim(api: Scripted, *operations: Entity) -> None:
    api.expects("POST", CLAIM, BEGUN, 202, body={})
    for operation in operations or (recorded(OPERATION), recorded(f"{OPERATION}.v2"), NEW):
        api.expects("GET", BEGUN["uri"], operation)


@pytest.mark.parametrize("linked", [True, False])
def test_a_network_is_claimed_and_then_renamed(api: Scripted, run: Runner, linked: bool) -> None:
    """Identified by the operation's link, or else by comparison with the list before. The description is sent as it was read."""
    other, also_new = network(OTHER, name="other"), [network(hex_id(8))] if linked else []
    options = {"name": "web"}
    api.expects("GET", LIST, [other])
    predicted = run("network", options, check=True)
    end = copy.deepcopy(NEW)
    if not linked:
        del end["summary"]["links"]
    api.expects("GET", LIST, [other])
    expects_claim(api, recorded(OPERATION), end)
    api.expects("GET", LIST, [other, *also_new, network()])
    body = {"name": "web", "description": RECORDED["description"]}
    api.expects("PUT", SELF, NO_BODY, 204, body=body)
    api.expects("GET", LIST, [network(name="web"), *also_new, other])
    real = run("network", options)
    assert (predicted.changed, real.changed) == (True, True)
    assert list(predicted["network"]) == list(real["network"])
    assert (predicted["network"]["id"], predicted["network"]["name"]) == (PLACEHOLDER, "web")
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


def test_a_claimed_network_that_appears_late_is_not_claimed_again(api: Scripted, run: Runner, clock: Clock) -> None:
    api.expects("GET", LIST, [])
    expects_claim(api, NEW)
    api.expects("GET", LIST, [], times=3)
    api.expects("GET", LIST, [network(name="web")])
    assert run("network", {"name": "web"})["network"]["id"] == FRESH
    assert clock.passed < 30


def test_two_new_networks_are_an_error_that_names_them(api: Scripted, run: Runner) -> None:
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
    api.expects("GET", LIST, [], times=7)
    outcome = run("network", {"name": "web", "wait_timeout": 20})
    assert outcome.failed
    assert "Check with network_info whether a network was claimed." in outcome.msg
    assert "otherwise the next run claims another network." in outcome.msg


def test_after_a_lost_response_the_new_network_is_adopted(api: Scripted, run: Runner) -> None:
    there = network(hex_id(0x77), name="there")
    api.expects("GET", LIST, [there])
    api.expects("POST", CLAIM, raises=requests.ReadTimeout(), body={})
    api.expects("GET", LIST, [there])
    api.expects("GET", LIST, [there, network()], times=2)
    api.expects("PUT", SELF, NO_BODY, 204, body=ANY_BODY)
    api.expects("GET", LIST, [there, network(name="web")])
    assert run("network", {"name": "web"})["network"]["name"] == "web"


def test_a_failed_or_slow_claim_says_how_to_continue(api: Scripted, run: Runner) -> None:
    for status, message in (("failed", "failed (job"), ("running", "did not finish within wait_timeout")):
        api.expects("GET", LIST, [])
        expects_claim(api, {**NEW, "status": status, "summary": {}})
        api.expects("GET", LIST, [])
        outcome = run("network", {"name": "web", "wait_timeout": 1})
        assert message in outcome.msg
        hint = {
            "failed": "Check with network_info",
            "running": "The next run of this task on this controller waits for it.",
        }
        assert hint[status] in outcome.msg
        assert "to continue" not in outcome.msg


def test_without_wait_no_network_is_claimed(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    outcome = run("network", {"name": "web", "wait": False})
    assert "a network can be named only after its claim has finished" in outcome.msg
    api.expects("GET", LIST, [network(name="web", description="x")])
    api.expects("PUT", SELF, NO_BODY, 204, body={"name": "web", "description": "y"})
    api.expects("GET", LIST, [network(name="web", description="y")])
    changed = run("network", {"name": "web", "description": "y", "wait": False})
    assert (changed.changed, changed["jobs"], changed["pending"]) == (True, [], [])


def test_a_limit_is_reported_with_the_message_of_the_service(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    api.expects("POST", CLAIM, {"message": "Network limit exceeded"}, 400, body={})
    outcome = run("network", {"name": "web"})
    assert outcome.msg.startswith("Cannot claim network web in VA1: Network limit exceeded")
    assert not outcome.changed


def test_the_error_of_a_rejected_name_after_the_claim_contains_the_id(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    expects_claim(api, NEW)
    api.expects("GET", LIST, [network()])
    api.expects("PUT", SELF, {"message": "No."}, 400, body={"name": "web", "description": RECORDED["description"]})
    api.expects("GET", LIST, [network()])
    outcome = run("network", {"name": "web"})
    assert f"The network was claimed with the id {FRESH}: set id to it in a second run." in outcome.msg
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
def test_a_network_in_the_desired_state_is_not_changed(
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
def test_an_update_sends_both_properties(
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


def test_absolute_hrefs_are_followed(api: Scripted, run: Runner) -> None:
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


def test_a_network_is_released_next_to_a_name_that_differs_in_case(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [network(name="web"), network(OTHER, name="Web")])
    api.expects("POST", f"{SELF}/release", NO_BODY, 204, body={})
    api.expects("GET", LIST, [network(OTHER, name="Web")])
    outcome = run("network", {"name": "web", "state": "absent"})
    assert (outcome.failed, outcome.changed, outcome["network"]) == (False, True, None)


def test_a_cleared_description_is_predicted_as_it_is_returned(api: Scripted, run: Runner) -> None:
    options = {"name": "web", "description": ""}
    api.expects("GET", LIST, [network(name="web", description="old")])
    predicted = run("network", options, check=True)
    api.expects("GET", LIST, [network(name="web", description="old")])
    api.expects("PUT", SELF, NO_BODY, 204, body={"name": "web"})
    api.expects("GET", LIST, [network(name="web", description=...)])
    real = run("network", options)
    assert predicted["network"] == real["network"]


def test_a_network_in_use_is_not_released(api: Scripted, run: Runner) -> None:
    message = "Cannot release network with active servers"
    api.expects("GET", LIST, [network(name="web")])
    api.expects("POST", f"{SELF}/release", {"message": message}, 400, body={})
    without_server = {**USED, "address": "10.136.21.14", "server": None}
    api.expects("GET", f"{SELF}/ipAddresses?type=claimed", [USED, FREE, without_server])
    outcome = run("network", {"name": "web", "state": "absent"})
    users = "10.136.21.14, VA1ALTDWEB01"
    prefix = f"Cannot release network web in VA1: IP addresses in it are still used by {users}: {message}"
    assert outcome.msg.startswith(prefix)
    assert outcome["message"] == message
    assert not outcome.changed


def test_check_mode_warns_of_servers_in_a_network_to_release(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [network(name="web")])
    api.expects("GET", f"{SELF}/ipAddresses?type=claimed", [USED])
    outcome = run("network", {"name": "web", "state": "absent"}, check=True)
    assert (outcome.changed, outcome["network"]) == (True, None)
    assert "VA1ALTDWEB01" in outcome.warnings[0]


@pytest.mark.parametrize("released", [True, False])
def test_a_lost_release_is_verified(api: Scripted, run: Runner, released: bool) -> None:
    api.expects("GET", LIST, [network(name="web")])
    api.expects("POST", f"{SELF}/release", raises=requests.ReadTimeout(), body={})
    api.expects("GET", LIST, [] if released else [network(name="web")], times=2 if released else 15)
    outcome = run("network", {"name": "web", "state": "absent"})
    assert outcome.failed is not released
    assert released or "The work may or may not have been done." in outcome.msg


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"id": "web"}, "'web' is not an id"),
        ({"name": " "}, "' ' cannot be the name"),
        ({"name": FRESH}, "cannot be the name of a network"),
    ],
)
def test_invalid_options_are_rejected(run: Runner, options: dict[str, str], message: str) -> None:
    assert message in run("network", options).msg


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"name": "WEB"}, "but web"),
        ({"name": "twin"}, "2 networks in VA1 have the name 'twin'"),
        ({"id": hex_id(9)}, f"there is no network '{hex_id(9)}' in VA1"),
    ],
)
def test_a_name_or_id_without_a_unique_match_is_an_error(
    api: Scripted, run: Runner, options: dict[str, str], message: str
) -> None:
    twins = [network(hex_id(number), name="twin") for number in (1, 2)]
    api.expects("GET", LIST, [network(name="web"), *twins])
    assert message in run("network", options).msg


# network_info


def test_networks_are_sorted_by_name(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [network(name="web"), network(OTHER, name="db", description=...)])
    networks = run("network_info", {})["networks"]
    assert [(result["name"], result["ip_addresses"]) for result in networks] == [("db", None), ("web", None)]
    assert networks[0]["description"] is None


def test_ip_addresses_of_a_network_by_name(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [network(name="web"), network(OTHER, name="db")])
    entries = documented(
        "GET-api-ctl-io-v2-experimental-networks-accountAlias-dataCenter-Network-ipAddresses-type-claimed-free-all"
    )
    api.expects("GET", f"{SELF}/ipAddresses?type=all", entries)
    (result,) = run("network_info", {"name": "web", "addresses": "all"})["networks"]
    assert [address["address"] for address in result["ip_addresses"]] == [entry["address"] for entry in entries]
    assert result["ip_addresses"][2] == {
        "address": "11.22.33.14",
        "claimed": False,
        "primary": None,
        "server": None,
        "type": "private",
    }


def test_ip_addresses_of_a_network_by_id_take_one_request(api: Scripted, run: Runner) -> None:
    entity = documented(
        "GET-api-ctl-io-v2-experimental-networks-accountAlias-dataCenter-Network-ipAddresses-none-claimed-free-all"
    )
    api.expects("GET", f"{LIST}/{entity['id']}?ipAddresses=claimed", entity)
    (result,) = run("network_info", {"id": entity["id"].upper(), "addresses": "claimed"})["networks"]
    assert [address["type"] for address in result["ip_addresses"]] == ["private", "private", "publicMapped"]


def test_unknown_networks_give_an_empty_list(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"{LIST}/{FRESH}", NO_BODY, 404)
    assert run("network_info", {"id": FRESH})["networks"] == []
    assert run("network_info", {"id": "logging"})["networks"] == []
    api.expects("GET", LIST, [network()])
    assert run("network_info", {"name": "nowhere"})["networks"] == []
