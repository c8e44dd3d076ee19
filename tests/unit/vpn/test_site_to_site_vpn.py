# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later


"""The modules site_to_site_vpn and site_to_site_vpn_info."""

from __future__ import annotations

import copy
import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_data_center
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

LIST = "/v2/siteToSiteVpn?account=ALTD"
ID = "4FA8D6C83271CA53F9ABA815D7F4A0DD"
OWN = f"/v2/siteToSiteVpn/{ID}?account=ALTD"
BY_ID = OWN
DOCUMENTED: Entity = documented("GET-api-ctl-io-v2-siteToSiteVpn-vpnId-account-accountId")
IKE: Entity = {
    "encryption": "aes128",
    "hashing": "sha1_96",
    "diffie_hellman_group": "group2",
    "pre_shared_key": PASSWORD,
    "lifetime_seconds": 28800,
    "mode": "main",
}
OPTIONS: Entity = {
    "data_center": "wa1",
    "local": {"subnets": ["10.10.10.0/24"]},
    "remote": {
        "site_name": "Montreal Office",
        "device_type": "Cisco ASA5520 v8.3",
        "address": "1.2.3.4",
        "subnets": ["10.1.1.0/24"],
    },
    "ike": IKE,
    "ipsec": {
        "encryption": "aes128",
        "hashing": "sha1_96",
        "protocol": "esp",
        "pfs": "group2",
        "lifetime_seconds": 3600,
    },
}
NAMED: Entity = {"data_center": "WA1", "remote": {"address": "1.2.3.4"}}


def vpn(**sections: Entity) -> Entity:
    """Return the documented VPN in the recorded account, with other values in its sections."""
    made = copy.deepcopy(DOCUMENTED)
    made.update(accountAlias="ALTD", links=[{"rel": "self", "href": OWN}])
    for name, values in sections.items():
        made[name] = {**made[name], **values}
    return made


def other(address: str = "1.2.3.4", **local: t.Any) -> Entity:
    """Return another VPN."""
    made = vpn(remote={"address": address}, local=local)
    return {**made, "id": "0" * 32}


def named(**sections: t.Any) -> Entity:
    """Return options that identify the VPN by its address, with other options."""
    made = copy.deepcopy(NAMED)
    for name, values in sections.items():
        made[name] = {**made.get(name, {}), **values} if isinstance(values, dict) else values
    return made


def sent(body: Entity) -> Entity:
    """Return the documented create request as it should be sent."""
    request = documented("POST-api-ctl-io-v2-siteToSiteVpn-account-accountId.request")
    request["remote"].update(siteName="Montreal Office", deviceType="Cisco ASA5520 v8.3")
    ike = request["ike"]
    ike["diffieHellmanGroup"] = ike.pop("diffieHelmanGroup")
    ike["preSharedKey"] = PASSWORD
    del ike["deadPeerDetection"], ike["natTraversal"]
    for name, values in body.items():
        request[name].update(values)
    return t.cast(Entity, request)


RESPONSE: Entity = documented("POST-api-ctl-io-v2-siteToSiteVpn-account-accountId")
RESPONSE["ike"]["preSharedKey"] = PASSWORD


def test_a_vpn_is_created_and_its_key_is_not_returned(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [other("1.2.3.5"), other(locationAlias="VA1")])
    api.expects("POST", LIST, RESPONSE, 201, body=sent({}))
    api.expects("GET", LIST, [vpn()])
    outcome = run("site_to_site_vpn", OPTIONS, diff=True)
    assert outcome.changed
    assert outcome["site_to_site_vpn"] == {
        "id": ID,
        "account_alias": "ALTD",
        "data_center": "WA1",
        "local": {
            "address": "4.3.2.1",
            "location_description": "WA1 - US West (Seattle)",
            "subnets": ["10.10.10.0/24"],
        },
        "remote": OPTIONS["remote"],
        "ike": {
            **{name: value for name, value in IKE.items() if name != "pre_shared_key"},
            "dead_peer_detection": False,
            "nat_traversal": False,
            "remote_identity": None,
        },
        "ipsec": OPTIONS["ipsec"],
        "change_info": {
            "created_by": "user.altd",
            "created_date": "2016-06-14T16:22:51Z",
            "modified_by": "user.altd",
            "modified_date": "2016-06-14T17:53:12Z",
        },
    }


def test_a_create_is_predicted_with_the_same_keys(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [])
    expects_data_center(api, "WA1")
    predicted = run("site_to_site_vpn", OPTIONS, check=True)["site_to_site_vpn"]
    api.expects("GET", LIST, [vpn()])
    actual = run("site_to_site_vpn", OPTIONS)["site_to_site_vpn"]
    for part, values in actual.items():
        assert not isinstance(values, dict) or set(values) == set(predicted[part])
    unknown = {"id": PLACEHOLDER, "change_info": dict.fromkeys(actual["change_info"])}
    local = {"address": None, "location_description": None, "subnets": ["10.10.10.0/24"]}
    assert predicted == {**actual, **unknown, "local": local}


SAME: list[Entity] = [
    OPTIONS,
    NAMED,
    named(local={"subnets": ["10.10.10.7/24"]}),
    named(ike={"pre_shared_key": "another", "remote_identity": ""}),
    named(ike={"dead_peer_detection": False, "nat_traversal": False}, update_secret="always"),
    {"id": ID.lower(), "data_center": "wa1"},
]


@pytest.mark.usefixtures("undocumented_results")
@pytest.mark.parametrize("options", SAME)
def test_a_second_run_changes_nothing(api: Scripted, run: Runner, options: Entity) -> None:
    entity = vpn(ike={"lifetime": "28800", "diffieHellmanGroup": "GROUP2"}, remote={"address": "1.2.3.4/32"})
    api.expects("GET", *((BY_ID.replace(ID, ID.lower()), entity) if "id" in options else (LIST, [entity])))
    assert not run("site_to_site_vpn", options).changed


def test_subnets_are_compared_in_any_order(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [vpn(remote={"subnets": ["10.1.1.0/24", "10.2.0.0/16"]})])
    assert not run("site_to_site_vpn", named(remote={"subnets": ["10.2.9.9/16", "10.1.1.0/24"]})).changed


def test_only_differences_are_sent_and_waited_for(api: Scripted, run: Runner, clock: Clock) -> None:
    subnets = ["10.1.1.0/24", "10.2.0.0/16"]
    api.expects("GET", LIST, [vpn()])
    response = documented("mended/PUT-api-ctl-io-v2-siteToSiteVpn-vpnId-account-accountId")
    body = {"remote": {"subnets": subnets}, "ike": {"lifetime": 3600}}
    api.expects("PUT", OWN, response, body=body)
    half = vpn(remote={"subnets": subnets})
    api.expects("GET", LIST, [vpn()], times=2)
    api.expects("GET", LIST, [half])
    api.expects("GET", LIST, [vpn(remote={"subnets": subnets}, ike={"lifetime": 3600})])
    outcome = run("site_to_site_vpn", named(remote={"subnets": subnets}, ike={"lifetime_seconds": 3600}))
    assert outcome.changed
    assert outcome["site_to_site_vpn"]["remote"]["subnets"] == subnets
    assert clock.pauses == [1.0, 1.25, 1.5625]


def test_an_update_that_is_never_returned_times_out(api: Scripted, run: Runner, clock: Clock) -> None:
    api.expects("GET", LIST, [vpn()])
    api.expects("PUT", OWN, vpn(), body={"ipsec": {"pfs": "disabled"}})
    api.expects("GET", LIST, [vpn()], times=5)  # the last one for the result of the failure
    outcome = run("site_to_site_vpn", named(ipsec={"pfs": "disabled"}, wait_timeout=3))
    assert outcome.failed
    assert "reads do not return the change yet" in outcome.msg
    assert outcome["changed"] is True
    assert clock.passed == pytest.approx(3.0)


def test_without_wait_an_update_is_sent_once(api: Scripted, run: Runner, clock: Clock) -> None:
    api.expects("GET", LIST, [vpn()])
    api.expects("PUT", OWN, vpn(), body={"ipsec": {"pfs": "disabled"}})
    api.expects("GET", LIST, [vpn()])
    outcome = run("site_to_site_vpn", named(ipsec={"pfs": "disabled"}, wait=False))
    assert (outcome.changed, outcome["jobs"], outcome["pending"], clock.pauses) == (True, [], [], [])


def test_an_empty_key_is_rejected(api: Scripted, run: Runner) -> None:
    outcome = run("site_to_site_vpn", named(ike={"pre_shared_key": ""}, update_secret="always"))
    assert "Invalid value for ike.pre_shared_key: it is empty" in outcome.msg
    assert api.made == []


@pytest.mark.parametrize("check", [True, False])
def test_a_key_is_set_on_every_run_with_update_secret_always(api: Scripted, run: Runner, check: bool) -> None:
    api.expects("GET", LIST, [vpn()])
    if not check:
        api.expects("PUT", OWN, vpn(), body={"ike": {"preSharedKey": PASSWORD}})
        api.expects("GET", LIST, [vpn()])
    options = named(ike={"pre_shared_key": PASSWORD}, update_secret="always")
    assert run("site_to_site_vpn", options, check=check, diff=True).changed


def test_an_identity_is_set_and_removed_with_nat_traversal(api: Scripted, run: Runner) -> None:
    behind = {"natTraversal": True, "remoteIdentity": "10.1.1.1"}
    api.expects("GET", LIST, [vpn()])
    api.expects("PUT", OWN, vpn(), body={"ike": behind})
    api.expects("GET", LIST, [vpn(ike=behind)])
    on = named(ike={"nat_traversal": True, "remote_identity": "10.1.1.1"})
    assert run("site_to_site_vpn", on)["site_to_site_vpn"]["ike"]["remote_identity"] == "10.1.1.1"
    api.expects("GET", LIST, [vpn(ike=behind)])
    api.expects("PUT", OWN, vpn(), body={"ike": {"natTraversal": False, "remoteIdentity": None}})
    api.expects("GET", LIST, [vpn()])
    assert run("site_to_site_vpn", named(ike={"nat_traversal": False})).changed


def test_an_address_is_updated_by_id(api: Scripted, run: Runner) -> None:
    api.expects("GET", BY_ID, vpn())
    api.expects("PUT", OWN, vpn(), body={"remote": {"address": "1.2.3.9"}})
    api.expects("GET", BY_ID, vpn(remote={"address": "1.2.3.9"}))
    outcome = run("site_to_site_vpn", {"id": ID, "remote": {"address": "1.2.3.9"}})
    assert outcome["site_to_site_vpn"]["remote"]["address"] == "1.2.3.9"


def test_a_deletion_waits_until_lists_do_not_contain_the_vpn(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [vpn()])
    api.expects("DELETE", OWN, documented("DELETE-api-ctl-io-v2-siteToSiteVpn-vpnId-account-accountId"), 202)
    api.expects("GET", LIST, [vpn()])
    api.expects("GET", LIST, [])
    outcome = run("site_to_site_vpn", {**NAMED, "state": "absent"})
    assert (outcome.changed, outcome["site_to_site_vpn"]) == (True, None)


def test_the_list_decides_whether_an_id_exists(api: Scripted, run: Runner) -> None:
    api.expects("GET", BY_ID, NO_BODY, 404)
    api.expects("GET", LIST, [vpn()])
    api.expects("DELETE", OWN, "54851", 202)
    api.expects("GET", BY_ID, NO_BODY, 404)
    api.expects("GET", LIST, [])
    assert run("site_to_site_vpn", {"id": ID, "state": "absent"}).changed


def test_a_missing_vpn_is_not_deleted(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [other("1.2.3.5")])
    assert not run("site_to_site_vpn", {**NAMED, "state": "absent"}).changed


def test_a_lost_create_is_not_repeated(api: Scripted, run: Runner) -> None:
    lost = requests.exceptions.ReadTimeout()
    api.expects("GET", LIST, [])
    api.expects("POST", LIST, raises=lost, body=sent({}))
    api.expects("GET", LIST, [vpn()], times=2)
    assert run("site_to_site_vpn", OPTIONS)["site_to_site_vpn"]["id"] == ID
    api.expects("GET", LIST, [])
    api.expects("POST", LIST, raises=lost, body=sent({}))
    api.expects("GET", LIST, [])
    outcome = run("site_to_site_vpn", OPTIONS)
    assert "The VPN may still have been created" in outcome.msg


def test_a_lost_deletion_is_verified_in_the_list(api: Scripted, run: Runner) -> None:
    api.expects("GET", LIST, [vpn()])
    api.expects("DELETE", OWN, raises=requests.exceptions.ReadTimeout())
    api.expects("GET", LIST, [vpn()])
    api.expects("DELETE", OWN, "54851", 202)
    api.expects("GET", LIST, [])
    assert run("site_to_site_vpn", {**NAMED, "state": "absent"}).changed


def without(section: str, name: str) -> Entity:
    made = copy.deepcopy(OPTIONS)
    del made[section][name]
    return made


def replaced(section: str, **values: t.Any) -> Entity:
    return {**OPTIONS, section: {**OPTIONS[section], **values}}


FAILURES: list[tuple[list[Entity], Entity, str]] = [
    (
        [vpn(), other()],
        NAMED,
        f"2 VPNs match: {ID} (Montreal Office), {'0' * 32} (Montreal Office). Set id to one of them.",
    ),
    ([], NAMED, "local.subnets, remote.site_name, remote.device_type, remote.subnets, ike.encryption"),
    ([], without("ike", "pre_shared_key"), "ike.pre_shared_key is missing"),
    ([], replaced("remote", subnets=["10.1.1.0"]), "'10.1.1.0' is not an IPv4 network in CIDR notation"),
    ([], replaced("local", subnets=[]), "the list is empty"),
    ([vpn()], named(local={"subnets": ["10.1.1.0/24", "x/24"]}), "'x/24' is not an IPv4 network"),
    ([], replaced("ike", nat_traversal=True), "nat_traversal is true but remote_identity is missing"),
    ([vpn()], named(ike={"remote_identity": "10.0.0.1"}), "remote_identity is set but nat_traversal is false"),
    (
        [vpn(ike={"natTraversal": True, "remoteIdentity": "10.1.1.1"})],
        named(ike={"nat_traversal": False, "remote_identity": "10.0.0.1"}),
        "remote_identity is set but nat_traversal is false",
    ),
    ([vpn()], named(ike={"remote_identity": "me"}), "'me' is not an IPv4 address"),
]


@pytest.mark.parametrize(("vpns", "options", "message"), FAILURES)
@pytest.mark.parametrize("check", [True, False])
def test_invalid_options_are_rejected(
    api: Scripted, run: Runner, vpns: list[Entity], options: Entity, message: str, check: bool
) -> None:
    if not any(text in message for text in ("IPv4 network in CIDR", "list is empty", "IPv4 network")):
        api.expects("GET", LIST, vpns)  # these are rejected before
    outcome = run("site_to_site_vpn", options, check=check)
    assert outcome.failed
    assert message in outcome.msg


def test_a_vpn_must_be_identified(api: Scripted, run: Runner) -> None:
    assert "id and remote.address are missing" in run("site_to_site_vpn", {"data_center": "WA1"}).msg
    assert "is not an IPv4 address" in run("site_to_site_vpn", {**NAMED, "remote": {"address": "1.2.3.4/32"}}).msg
    assert api.made == []


def test_an_unknown_id_is_an_error(api: Scripted, run: Runner) -> None:
    api.expects("GET", BY_ID, NO_BODY, 404)
    api.expects("GET", LIST, [other()])
    assert "nothing has the id" in run("site_to_site_vpn", {"id": ID}).msg
    api.expects("GET", BY_ID, NO_BODY, 404)
    api.expects("GET", LIST, [other()])
    assert not run("site_to_site_vpn", {"id": ID, "state": "absent"}).changed
    api.expects("GET", BY_ID, {**vpn(), "accountAlias": "SUB1"})
    assert "nothing has the id" in run("site_to_site_vpn", {"id": ID}).msg
    api.expects("GET", BY_ID, vpn())
    assert "cannot be changed to 'VA1'" in run("site_to_site_vpn", {"id": ID, "data_center": "VA1"}).msg


def test_a_rejection_is_reported_with_its_message(api: Scripted, run: Runner) -> None:
    state = {"body.remote.subnets": ["10.1.1.0/24 is taken."]}
    api.expects("GET", LIST, [])
    api.expects("POST", LIST, {"message": "The request is invalid.", "modelState": state}, 400, body=sent({}))
    outcome = run("site_to_site_vpn", OPTIONS)
    assert outcome["model_state"] == state
    assert outcome["changed"] is False
    assert outcome.msg.startswith("Cannot create site-to-site VPN from WA1 to 1.2.3.4: ")


READ: list[tuple[Entity, list[str]]] = [
    ({}, [ID, "0" * 32]),
    ({"data_center": "wa1"}, [ID]),
]


@pytest.mark.parametrize(("options", "ids"), READ)
def test_vpns_are_returned(api: Scripted, run: Runner, options: Entity, ids: list[str]) -> None:
    api.expects("GET", LIST, [vpn(), other(locationAlias="VA1")])
    assert [vpn["id"] for vpn in run("site_to_site_vpn_info", options)["site_to_site_vpns"]] == ids


def test_a_vpn_is_returned_by_id(api: Scripted, run: Runner) -> None:
    api.expects("GET", BY_ID, vpn())
    assert [vpn["id"] for vpn in run("site_to_site_vpn_info", {"id": ID})["site_to_site_vpns"]] == [ID]
    api.expects("GET", BY_ID, NO_BODY, 404)
    api.expects("GET", LIST, [])
    assert run("site_to_site_vpn_info", {"id": ID})["site_to_site_vpns"] == []
