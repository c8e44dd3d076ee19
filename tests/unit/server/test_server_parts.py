# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module server, run against scripted HTTP: kinds of new servers, policies, secondary networks, public addresses."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    Entity,
    group,
    hex_id,
    queued,
    root,
    server,
    status_link,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import detailed, expects_jobs, expects_tree
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted

WEB = hex_id(0x12)
NAME, UUID = "va1altdweb01", hex_id(0xF0001)
PATH = f"/v2/servers/altd/{NAME}"
READ = f"/v2/servers/ALTD/{NAME}"
NETWORKS = "/v2-experimental/networks/ALTD/VA1"
FIRST, SECOND, THIRD = hex_id(0xB1), hex_id(0xB2), hex_id(0xB3)
FLEET = {"name": "WEB", "group": "Web"}


def network(key: str, name: str, cidr: str) -> Entity:
    """A network after the contract's listNetworks."""
    return {
        "id": key,
        "cidr": cidr,
        "description": name,
        "gateway": cidr.replace("0/24", "1"),
        "name": name,
        "netmask": "255.255.255.0",
        "type": "private",
        "vlan": 101,
        "links": [{"rel": "self", "href": f"/v2-experimental/networks/altd/VA1/{key}", "verbs": ["GET", "PUT"]}],
    }


# The primary address of the recorded server is 10.101.102.12.
LIST = [
    network(FIRST, "vlan_primary", "10.101.102.0/24"),
    network(SECOND, "vlan_second", "10.20.0.0/24"),
    network(THIRD, "vlan_third", "10.30.0.0/24"),
]


def adapter(*addresses: str, **details: t.Any) -> Entity:
    """The server with these addresses in secondary networks."""
    addressing = {
        "ipAddresses": [{"internal": "10.101.102.12"}],
        "secondaryIPAddresses": [{"internal": address} for address in addresses],
    }
    return server(NAME, uuid=UUID, details={**addressing, **details})


def job(number: str) -> Entity:
    """The response that links to an experimental job; its uri is an absolute http URL, as recorded."""
    return {"operationId": number, "uri": f"http://api.ctl.io/v2-experimental/operations/ALTD/status/{number}"}


def expects_experimental(api: Scripted, number: str) -> None:
    api.expects("GET", f"/v2-experimental/operations/ALTD/status/{number}", {"status": "running"})
    api.expects("GET", f"/v2-experimental/operations/ALTD/status/{number}", {"status": "succeeded"})


# Kinds of new servers


def creates(api: Scripted, body: Entity) -> None:
    """Expect the creation of one server of the fleet Web, and its result."""
    expects_tree(api, root(group("Web", WEB)))
    api.expects("GET", detailed(WEB), group("Web", WEB, servers=[]))
    sent = {"name": "WEB", "groupId": WEB, **body}
    api.expects("POST", "/v2/servers/altd", queued("web", "va1-1", UUID), 202, body=sent)
    expects_jobs(api, "va1-1", statuses=["executing", "succeeded"])
    made = server(NAME, uuid=UUID, groupId=WEB)
    api.expects("GET", detailed(WEB), group("Web", WEB, servers=[made]))


@pytest.mark.parametrize(
    ("options", "body"),
    [
        pytest.param(
            {"source_server": "VA1ALTDSRC01", "source_server_password": "S3cret-Source", "cpu": 1, "memory_gb": 1},
            {
                "sourceServerId": "VA1ALTDSRC01",
                "sourceServerPassword": "S3cret-Source",
                "cpu": 1,
                "memoryGB": 1,
                "type": "standard",
            },
            id="clone",
        ),
        pytest.param(
            {"type": "bareMetal", "configuration_id": "529e2592", "os_type": "centOS6_64Bit"},
            {"type": "bareMetal", "configurationId": "529e2592", "osType": "centOS6_64Bit"},
            id="bare metal",
        ),
        pytest.param(
            {
                "template": "RHEL-7-64-TEMPLATE",
                "cpu": 1,
                "memory_gb": 1,
                "managed_os": True,
                "managed_backup": False,
                "ttl": "2099-12-31T18:00:00Z",
                "packages": [{"package_id": "p1", "parameters": {"ACME.Edition": True, "n": 3}}, {"package_id": "p2"}],
                "vertical_autoscale_policy": hex_id(0xC1),
                "anti_affinity_policy": hex_id(0xC2),
            },
            {
                "sourceServerId": "RHEL-7-64-TEMPLATE",
                "cpu": 1,
                "memoryGB": 1,
                "type": "standard",
                "isManagedOS": True,
                "isManagedBackup": False,
                "ttl": "2099-12-31T18:00:00Z",
                "packages": [
                    {"packageId": "p1", "parameters": {"ACME.Edition": "true", "n": "3"}},
                    {"packageId": "p2"},
                ],
                "cpuAutoscalePolicyId": hex_id(0xC1),
                "antiAffinityPolicyId": hex_id(0xC2),
            },
            id="managed, with packages and policies",
        ),
    ],
)
def test_the_body_of_a_create_for_each_type_of_server(
    api: Scripted, run: Runner, options: Entity, body: Entity
) -> None:
    creates(api, body)
    if "vertical_autoscale_policy" in options:
        for kind in ("antiAffinityPolicy", "cpuAutoscalePolicy"):
            policy = body[f"{kind}Id"]
            api.expects("PUT", f"{PATH}/{kind}", {"id": policy, "links": []}, body={"id": policy})
        has = {"antiAffinityPolicy": {"id": hex_id(0xC2)}, "cpuAutoscalePolicy": {"id": hex_id(0xC1)}}
        group_after = group("Web", WEB, servers=[server(NAME, uuid=UUID, groupId=WEB, details=has)])
        api.expects("GET", detailed(WEB), group_after)
    outcome = run("server", {**FLEET, **options})
    assert outcome["created_ids"] == [NAME]
    assert "S3cret-Source" not in str(outcome)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"cpu": 1}, "template and memory_gb are missing"),
        ({"type": "bareMetal", "os_type": "centOS6_64Bit"}, "configuration_id is missing"),
        ({"source_server": "VA1ALTDSRC01", "cpu": 1, "memory_gb": 1}, "source_server_password is missing"),
    ],
)
def test_missing_options_of_a_type_of_server_are_an_error_before_anything_is_sent(
    api: Scripted, run: Runner, options: Entity, message: str
) -> None:
    expects_tree(api, root(group("Web", WEB)))
    api.expects("GET", detailed(WEB), group("Web", WEB, servers=[]))
    outcome = run("server", {**FLEET, **options})
    assert outcome.failed
    assert message in outcome["msg"]
    assert outcome["changed"] is False


# Secondary networks


def test_adapters_are_added_one_after_the_other(api: Scripted, run: Runner) -> None:
    desired = [{"network": "vlan_second"}, {"network": THIRD.upper(), "ip_address": "10.30.0.9"}]
    api.expects("GET", READ, adapter())
    api.expects("GET", NETWORKS, LIST)
    api.expects("POST", f"{PATH}/networks", job("a1"), 202, body={"networkId": SECOND})
    expects_experimental(api, "a1")
    api.expects("GET", READ, adapter("10.20.0.7"))
    api.expects("POST", f"{PATH}/networks", job("a2"), 202, body={"networkId": THIRD, "ipAddress": "10.30.0.9"})
    expects_experimental(api, "a2")
    api.expects("GET", READ, adapter("10.20.0.7"))  # not visible yet
    api.expects("GET", READ, adapter("10.20.0.7", "10.30.0.9"))
    outcome = run("server", {"server_ids": [NAME], "data_center": "VA1", "secondary_networks": desired})
    assert outcome.changed
    assert outcome["changed_ids"] == [NAME]
    assert [address["internal"] for address in outcome["servers"][0]["secondary_ip_addresses"]] == [
        "10.20.0.7",
        "10.30.0.9",
    ]


@pytest.mark.parametrize(
    "option",
    [
        {"network": "vlan_second"},
        {"network": SECOND, "ip_address": "10.20.0.7"},
        {"network": "vlan_primary"},
        {"network": "vlan_third", "state": "absent"},
    ],
)
def test_an_adapter_that_matches_is_not_changed(api: Scripted, run: Runner, option: Entity) -> None:
    api.expects("GET", READ, adapter("10.20.0.7"))
    api.expects("GET", NETWORKS, LIST)
    assert not run("server", {"server_ids": [NAME], "secondary_networks": [option]}).changed


def test_an_adapter_is_removed(api: Scripted, run: Runner) -> None:
    api.expects("GET", READ, adapter("10.20.0.7"))
    api.expects("GET", NETWORKS, LIST)
    api.expects("DELETE", f"{PATH}/networks/{SECOND}", job("a1"), 202)
    expects_experimental(api, "a1")
    api.expects("GET", READ, adapter())
    outcome = run("server", {"server_ids": [NAME], "secondary_networks": [{"network": SECOND, "state": "absent"}]})
    assert outcome.changed
    assert outcome["servers"][0]["secondary_ip_addresses"] == []


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"network": SECOND, "ip_address": "10.20.0.8"}, "its IP address 10.20.0.7 cannot be changed"),
        ({"network": FIRST, "state": "absent"}, "it is the primary network"),
        ({"network": "vlan_fourth"}, "there is no network 'vlan_fourth' in VA1"),
    ],
)
def test_an_invalid_adapter_is_an_error_before_anything_is_sent(
    api: Scripted, run: Runner, option: Entity, message: str
) -> None:
    api.expects("GET", READ, adapter("10.20.0.7"))
    api.expects("GET", NETWORKS, LIST)
    outcome = run("server", {"server_ids": [NAME], "secondary_networks": [option]})
    assert outcome.failed
    assert message in outcome["msg"]
    assert outcome["changed"] is False


def test_adapters_are_predicted_for_a_network_that_is_not_claimed_yet(api: Scripted, run: Runner) -> None:
    api.expects("GET", READ, adapter())
    api.expects("GET", NETWORKS, LIST)
    desired = [{"network": "vlan_second", "ip_address": "10.20.0.7"}, {"network": "yet-to-come"}]
    outcome = run("server", {"server_ids": [NAME], "secondary_networks": desired}, check=True)
    assert outcome.changed
    addresses = [address["internal"] for address in outcome["servers"][0]["secondary_ip_addresses"]]
    assert addresses == ["10.20.0.7", PLACEHOLDER]


# Policies


def policies(*alerts: str, **single: str) -> Entity:
    """The server with these policies."""
    alert_policies = [
        {
            "id": policy_id,
            "name": f"Policy {policy_id[-2:]}",
            "links": [
                {"rel": "self", "href": f"/v2/alertPolicies/altd/{policy_id}"},
                {"rel": "alertPolicyMap", "href": f"{PATH}/alertPolicies/{policy_id}", "verbs": ["DELETE"]},
            ],
        }
        for policy_id in alerts
    ]
    details = {"alertPolicies": alert_policies, **{name: {"id": policy_id} for name, policy_id in single.items()}}
    made = server(NAME, uuid=UUID)
    for kind in ("antiAffinityPolicy", "cpuAutoscalePolicy"):
        made["details"].pop(kind, None)
    made["details"].update(details)
    return made


def test_policies_are_added_and_others_are_kept(api: Scripted, run: Runner) -> None:
    first, other, third = hex_id(0xC1), hex_id(0xC2), hex_id(0xC3)
    api.expects("GET", READ, policies(first, cpuAutoscalePolicy=third))
    api.expects("PUT", f"{PATH}/antiAffinityPolicy", {"id": third, "links": []}, body={"id": third})
    with api.in_any_order():
        api.expects("PUT", f"{PATH}/cpuAutoscalePolicy", {"id": other, "links": []}, body={"id": other})
        api.expects("POST", f"{PATH}/alertPolicies", {"id": other, "links": []}, 201, body={"id": other})
    api.expects("GET", READ, policies(first, other, cpuAutoscalePolicy=other, antiAffinityPolicy=third))
    outcome = run(
        "server",
        {
            "server_ids": [NAME],
            "alert_policies": [other.upper()],
            "anti_affinity_policy": third,
            "vertical_autoscale_policy": other,
        },
    )
    assert outcome.changed
    assert [policy["id"] for policy in outcome["servers"][0]["alert_policies"]] == [first, other]


def test_policies_are_removed(api: Scripted, run: Runner) -> None:
    first, other = hex_id(0xC1), hex_id(0xC2)
    api.expects("GET", READ, policies(first, other, cpuAutoscalePolicy=first, antiAffinityPolicy=first))
    api.expects("DELETE", f"{PATH}/antiAffinityPolicy", status=204)
    with api.in_any_order():
        api.expects("DELETE", f"{PATH}/cpuAutoscalePolicy", status=204)
        api.expects("DELETE", f"{PATH}/alertPolicies/{first}", status=204)
    api.expects("GET", READ, policies(other))
    options = {
        "server_ids": [NAME],
        "alert_policies": [other],
        "alert_policies_purge": True,
        "anti_affinity_policy": "",
        "vertical_autoscale_policy": "",
    }
    assert run("server", options).changed
    api.expects("GET", READ, policies(other))
    assert not run("server", options).changed


def test_policies_that_match_are_not_changed(api: Scripted, run: Runner) -> None:
    first = hex_id(0xC1)
    api.expects("GET", READ, policies(first, cpuAutoscalePolicy=first, antiAffinityPolicy=first))
    desired = {
        "alert_policies": [first.upper(), first],
        "anti_affinity_policy": first,
        "vertical_autoscale_policy": first,
    }
    assert not run("server", {"server_ids": [NAME], **desired}).changed
    assert len(api.made) == 1


# Public addresses


def test_policies_that_do_not_exist_yet_are_predicted(api: Scripted, run: Runner) -> None:
    """Policies that an earlier task would create do not exist in check mode, and are still predicted."""
    api.expects("GET", READ, policies())
    api.expects("GET", "/v2/antiAffinityPolicies/ALTD", {"items": []})
    api.expects("GET", "/v2/alertPolicies/ALTD", {"items": []})
    options = {"alert_policies": ["Later"], "anti_affinity_policy": "Apart", "alert_policies_purge": True}
    outcome = run("server", {"server_ids": [NAME], **options}, check=True)
    (result,) = outcome["servers"]
    assert (outcome.changed, outcome["changed_ids"], len(outcome.warnings)) == (True, [NAME], 2)
    assert result["alert_policies"] == [{"id": PLACEHOLDER, "name": "Later"}]
    assert result["anti_affinity_policy"] == {"id": PLACEHOLDER, "name": None}


def test_a_policy_is_looked_up_where_the_server_is(api: Scripted, run: Runner) -> None:
    """Not in the default data center of the user: names of anti-affinity policies belong to one data center."""
    there, here = hex_id(0xC1), hex_id(0xC2)
    api.expects("GET", READ, policies())
    items = [{"id": here, "name": "Apart", "location": "WA1"}, {"id": there, "name": "Apart", "location": "VA1"}]
    api.expects("GET", "/v2/antiAffinityPolicies/ALTD", {"items": items})
    api.expects("PUT", f"{PATH}/antiAffinityPolicy", {"id": there, "links": []}, body={"id": there})
    api.expects("GET", READ, policies(antiAffinityPolicy=there))
    options = {"server_ids": [NAME], "anti_affinity_policy": "Apart", "data_center": "WA1"}
    assert run("server", options).changed


def test_a_disk_to_delete_requires_its_id(run: Runner) -> None:
    """A size would match another disk on each run."""
    outcome = run(
        "server", {"server_ids": [NAME], "allow_data_loss": True, "disks": [{"size_gb": 20, "state": "absent"}]}
    )
    assert "state is absent but all of the following are missing: id" in outcome.msg


def test_a_public_address_can_get_a_new_internal_one(api: Scripted, run: Runner) -> None:
    bare, opened = server(NAME, uuid=UUID), server(NAME, uuid=UUID)
    bare["details"]["ipAddresses"] = [{"internal": "10.101.102.12"}]
    opened["details"]["ipAddresses"] = [
        {"internal": "10.101.102.12"},
        {"public": "203.0.113.8", "internal": "10.101.102.13"},
    ]
    api.expects("GET", READ, bare)
    body = {"ports": [{"protocol": "TCP", "port": 443}]}
    api.expects("POST", f"{PATH}/publicIPAddresses", status_link("va1-5"), 202, body=body)
    expects_jobs(api, "va1-5", statuses=["succeeded"])
    api.expects("GET", READ, opened)
    desired = {"ports": [{"port": 443}], "internal_ip": "new"}
    outcome = run("server", {"server_ids": [NAME], "public_ip": desired})
    assert outcome["servers"][0]["ip_address"] == "10.101.102.12"
    assert outcome["servers"][0]["public_ip_addresses"] == ["203.0.113.8"]


def test_only_servers_without_a_public_address_get_one(api: Scripted, run: Runner) -> None:
    bare, open_ = server(NAME, uuid=UUID), server("va1altdweb02")
    bare["details"]["ipAddresses"] = [{"internal": "10.101.102.12"}]
    open_["details"]["ipAddresses"] = [{"public": "203.0.113.9", "internal": "10.101.102.13"}]
    with api.in_any_order():
        api.expects("GET", READ, bare)
        api.expects("GET", "/v2/servers/ALTD/va1altdweb02", open_)
    body = {
        "ports": [{"protocol": "TCP", "port": 443}, {"protocol": "UDP", "port": 8000, "portTo": 8010}],
        "sourceRestrictions": [{"cidr": "203.0.113.0/24"}],
        "internalIPAddress": "10.101.102.12",
    }
    api.expects("POST", f"{PATH}/publicIPAddresses", status_link("va1-5"), 202, body=body)
    expects_jobs(api, "va1-5", statuses=["succeeded"])
    opened = server(NAME, uuid=UUID)
    opened["details"]["ipAddresses"] = [{"public": "203.0.113.8", "internal": "10.101.102.12"}]
    with api.in_any_order():
        api.expects("GET", READ, opened)
        api.expects("GET", "/v2/servers/ALTD/va1altdweb02", open_)
    desired = {
        "ports": [{"port": 443}, {"protocol": "udp", "port": 8000, "port_to": 8010}],
        "source_restrictions": ["203.0.113.0/24"],
    }
    outcome = run("server", {"server_ids": [NAME, "va1altdweb02"], "public_ip": desired})
    assert outcome["changed_ids"] == [NAME]
    assert [server["public_ip_addresses"] for server in outcome["servers"]] == [["203.0.113.8"], ["203.0.113.9"]]
