# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the data does not declare: reported without purge, deleted with it, within the groups of the data and nowhere else."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.environments import Data, actions, manage, shop
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService

_WEB = {"server": "WEB", "group": "Shop/Web"}
_SERVER = {"template": "CENTOS-6-64-TEMPLATE", "cpu": 1, "memory_gb": 1, "administrator_password": "Pa55word!long"}
_POLICY = {"destination": ["198.51.100.0/24"], "ports": ["tcp/443"]}


def _smaller(**changes: t.Any) -> Data:
    """Return the data of the shop with two web servers instead of three."""
    data = shop(**changes)
    data["servers"][0]["count"] = 2
    return data


def _undeclared(outcome: t.Any) -> set[str]:
    return {entry["kind"] for entry in outcome["undeclared"]}


def _firewall(service: SimulatedService) -> list[list[str]]:
    """Return the sources of all firewall policies within data centers."""
    return sorted(list(policy.source) for policy in service.state()["firewallPolicies"].values())


def test_a_smaller_fleet_leaves_a_policy_behind_without_purge(service: SimulatedService) -> None:
    manage(service, shop())
    service.finish()
    (before,) = _firewall(service)
    smaller = manage(service, _smaller())
    assert {action for action in actions(smaller).values() if action == "deleted"} == set()
    assert [entry["kind"] for entry in smaller["undeclared"]] == ["firewall_policies"]
    assert all(address in smaller["undeclared"][0]["name"] for address in before)
    assert "delete them with purge for firewall_policies" in smaller.warnings[0]
    assert len(_firewall(service)) == 2
    # The next run purges what this one has left, although the third server is gone.
    service.finish()
    purged = manage(service, _smaller(purge=["firewall_policies"]))
    assert set(actions(purged).values()) == {"deleted"}
    assert len(_firewall(service)) == 1


def test_a_smaller_fleet_with_purge(service: SimulatedService) -> None:
    manage(service, shop())
    service.finish()
    others = {
        "data_center": "WA1",
        "firewall_policies": [{"source": ["10.99.1.0/24"], **_POLICY}],
        "shared_load_balancers": [
            {"name": "other", "pools": [{"port": 80, "nodes": [{"ip_address": "10.99.1.4", "private_port": 80}]}]}
        ],
    }
    manage(service, others)
    before = service.state()
    data = _smaller(purge=["firewall_policies", "shared_load_balancers", "servers", "server_groups"])
    predicted = manage(service, data, check_mode=True, diff=True)
    purged = manage(service, data)
    assert purged["plan"] == predicted["plan"]
    assert purged["undeclared"] == []
    deleted = {name for name, action in actions(purged).items() if action == "deleted"}
    assert {kind for kind, _name in deleted} == {"firewall_policies"}
    assert any("firewall policy" in label for label in predicted["diff"]["before"])
    service.finish()
    after = service.state()
    (gone,) = [server.id for server in before["servers"].values() if server.id not in after["servers"]]
    addresses = {policy.id: [*policy.source] for policy in after["firewallPolicies"].values()}
    assert len(addresses) == 2
    assert ["10.99.1.0/24"] in addresses.values()
    assert gone not in str(after["firewallPolicies"])
    nodes = {pool["port"]: pool["nodes"] for pool in _pools(service)}
    assert len(nodes[443]) == 2
    assert len(nodes[80]) == 1
    assert not manage(service, data).changed


def _pools(service: SimulatedService) -> list[t.Any]:
    found = service.run("shared_load_balancer_info", {"data_center": "WA1"})
    return [pool for balancer in found["shared_load_balancers"] for pool in balancer["pools"]]


def _with_leftovers(service: SimulatedService) -> None:
    """Build the shop, and by hand what its data does not declare, within its groups and elsewhere."""
    manage(service, shop())
    more: Data = {
        "data_center": "WA1",
        "server_groups": [
            {"name": "Old", "parent": "Shop"},
            {"name": "Older", "parent": "Shop/Old"},
            {"name": "Others"},
        ],
        "servers": [
            {"name": "OLD", "group": "Shop/Old/Older", "count": 2, **_SERVER},
            {"name": "OTHER", "group": "Others", "count": 1, **_SERVER},
        ],
        "public_ips": [
            {"server": "OLD", "group": "Shop/Old/Older", "ports": [{"port": 22}]},
            {"server": "OTHER", "group": "Others", "ports": [{"port": 22}]},
        ],
        "firewall_policies": [
            {"source": [{"server": "OLD", "group": "Shop/Old/Older"}], **_POLICY},
            {"source": [{"server": "OTHER", "group": "Others"}], **_POLICY},
            {"source": [_WEB, {"server": "OTHER", "group": "Others"}], **_POLICY},
        ],
        "shared_load_balancers": [
            {"name": "old", "pools": [{"port": 80, "nodes": [{**_WEB, "private_port": 80}]}]},
            {"name": "empty"},
        ],
        "load_balancer_pools": [
            {"load_balancer": "shop", "data_center": "VA1", "port": 80, "load_balancing_mode": "tcp", "nodes": []}
        ],
        "server_group_scheduled_activities": [
            {"group": "Shop/Web", "type": "reboot", "begin_date": "2040-05-17T20:00:00Z"},
            {"group": "Others", "type": "reboot", "begin_date": "2040-05-17T20:00:00Z"},
        ],
    }
    manage(service, more)
    service.finish()


_LEFT = {
    ("server_groups", "Shop/Old in WA1"),
    ("server_groups", "Shop/Old/Older in WA1"),
    ("servers", "wa1demoold01 in WA1"),
    ("servers", "wa1demoold02 in WA1"),
    ("shared_load_balancers", "old in WA1"),
    ("load_balancer_pools", "shop 80 in VA1"),
}


def _without_policies(found: t.Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return names without those of firewall policies, which have addresses that the service assigns."""
    return {(kind, name) for kind, name in found if kind != "firewall_policies"}


def test_leftovers_are_reported(service: SimulatedService) -> None:
    _with_leftovers(service)
    same = manage(service, shop())
    assert same["plan"] == []
    found = [(entry["kind"], entry["name"]) for entry in same["undeclared"]]
    assert _without_policies(found) == _LEFT
    assert len(found) == len(_LEFT) + 1


def test_purge_deletes_what_is_within_the_groups_of_the_data(service: SimulatedService) -> None:
    _with_leftovers(service)
    purge = ["server_group_scheduled_activities", "public_ips", "firewall_policies", *{kind for kind, _name in _LEFT}]
    before = service.state()
    purged = manage(service, shop(purge=purge))
    found = actions(purged)
    assert set(found.values()) == {"deleted"}
    activity = ("server_group_scheduled_activities", "Shop/Web reboot 2040-05-17T20:00:00Z in WA1")
    assert _without_policies(found) == {*_LEFT, activity}
    assert purged["summary"]["servers"]["deleted"] == 2
    service.finish()
    after = service.state()
    gone = {name: len(before[name]) - len(after[name]) for name in before if len(before[name]) > len(after[name])}
    names = ("servers", "groups", "firewallPolicies", "sharedLoadBalancers", "scheduledActivities")
    assert {name: gone.get(name) for name in names} == {
        "servers": 2,
        "groups": 2,
        "firewallPolicies": 1,
        "sharedLoadBalancers": 1,
        "scheduledActivities": 1,
    }
    assert not manage(service, shop(purge=purge)).changed


def test_every_kind_that_belongs_to_servers_and_groups(service: SimulatedService) -> None:
    """What the servers have is no longer declared; the servers stay."""
    manage(service, shop())
    service.finish()
    kinds = (
        "public_ips",
        "firewall_policies",
        "shared_load_balancers",
        "load_balancer_pools",
        "backup_server_policies",
        "server_group_scheduled_activities",
        "ips_agents",
        "ips_notifications",
    )
    data = shop(purge=[*kinds], **{kind: [] for kind in kinds})
    purged = manage(service, data)
    assert {kind for kind, _name in actions(purged)} == set(kinds)
    assert set(actions(purged).values()) == {"deleted"}
    assert purged["summary"]["public_ips"]["deleted"] == 3
    assert purged["summary"]["servers"]["unchanged"] == 4
    service.finish()
    assert not manage(service, data).changed


def test_a_group_that_is_only_referred_to_is_not_purged(small: SimulatedService) -> None:
    data = {
        "data_center": "WA1",
        "servers": [{"name": "DB", "group": "Shop/Data", "count": 1}],
        "purge": ["servers", "firewall_policies", "server_groups"],
        "firewall_policies": [],
        "server_groups": [],
    }
    same = manage(small, data)
    assert same["plan"] == []
    assert same["undeclared"] == []
    # With the group, only what is in it.
    data["server_groups"] = [{"name": "Data", "parent": "Shop"}]
    data["servers"] = []
    assert actions(manage(small, data, check_mode=True)) == {("servers", "wa1demodb01 in WA1"): "deleted"}


def test_a_group_with_servers_is_only_purged_with_them(service: SimulatedService) -> None:
    _with_leftovers(service)
    rejected = service.run("environment", shop(purge=["server_groups"]))
    assert rejected.failed
    assert "wa1demoold01" in rejected.msg
    assert "Nothing was changed." in rejected.msg


def test_nothing_is_purged_after_a_failure(service: SimulatedService) -> None:
    _with_leftovers(service)
    service.fault({"operation": "createAlertPolicy", "status": 400, "count": 1})
    data = shop(purge=["servers"])
    data["alert_policies"] += [{**data["alert_policies"][0], "name": "New"}]
    failed = service.run("environment", data)
    assert failed.failed
    assert [item["kind"] for item in failed["pending"]] == ["alert_policies", "servers", "servers"]
    assert "delete server wa1demoold01" not in failed["done"]
    service.finish()
    service.fault()
    assert manage(service, data)["summary"]["servers"]["deleted"] == 2


def test_kinds_limit_what_is_purged(service: SimulatedService) -> None:
    _with_leftovers(service)
    data = shop(purge=["firewall_policies", "servers"], kinds=["firewall_policies"])
    assert {kind for kind, _name in actions(manage(service, data))} == {"firewall_policies"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"purge": ["alert_policies"], "alert_policies": []}, "nothing says which alert_policies belong to the data"),
        ({"purge": ["servers"]}, "Invalid value for purge: the data has no list servers."),
        ({"purge": ["servers"], "servers": [], "state": "absent"}, "state absent deletes what the data declares"),
        ({"purge": ["server"]}, "Invalid value for purge: there is no kind server."),
    ],
)
def test_invalid_purges_are_rejected(service: SimulatedService, data: Data, message: str) -> None:
    outcome = service.run("environment", data)
    assert outcome.failed
    assert message in outcome.msg
