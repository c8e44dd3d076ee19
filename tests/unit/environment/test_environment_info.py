# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module environment_info against the simulator: what it returns is what was declared, and changes nothing."""

from __future__ import annotations

import typing as t
from collections import Counter

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.environment.arguments import item_spec
from ansible_collections.centurylink.cloud.plugins.module_utils.environment.kinds import BY_NAME, KINDS, MANNERS
from ansible_collections.centurylink.cloud.tests.unit.support.environments import (
    Data,
    actions,
    hundred,
    manage,
    shop,
    sums,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome
from ansible_collections.centurylink.cloud.tests.unit.support.returned import documented
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService

_ITEMS = tuple(kind.name for kind in KINDS)
# Options that Export makes of something else than a value of a result.
_MADE = {
    "server_groups": {"parent"},
    "server_group_defaults": {"group"},
    "servers": {"group", "count", "disks", "network", "secondary_networks"},
    "load_balancer_pools": {"load_balancer"},
    "server_group_scheduled_activities": {"group"},
}


def _export(service: SimulatedService, **options: t.Any) -> Outcome:
    """Run the module, which has to succeed."""
    outcome = service.run("environment_info", options)
    assert not outcome.failed, outcome.msg
    return outcome


def _omitted(outcome: Outcome) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for entry in outcome["omitted"]:
        found.setdefault((entry["kind"], entry["name"]), set()).update(entry["options"])
    return found


def _is_part(declared: t.Any, exported: t.Any, left_out: t.Collection[str]) -> bool:
    """Return whether an export says all that was declared but for the options that are left out."""
    if isinstance(declared, dict):
        said = {name: value for name, value in declared.items() if name not in left_out}
        return all(name in exported and _is_part(value, exported[name], left_out) for name, value in said.items())
    if isinstance(declared, list):
        return len(declared) == len(exported) and all(
            any(_is_part(item, other, left_out) for other in exported) for item in declared
        )
    return bool(declared == exported)


def _differences(declared: Data, exported: Data, existed: Data) -> list[t.Any]:
    """Return the declared items that an export does not have, and those that it has beyond them and what existed before."""
    found = []
    for kind in _ITEMS:
        unreadable = {place.rpartition(".")[2] for place in BY_NAME[kind].reading.unreadable}
        added = [item for item in exported.get(kind, []) if item not in existed.get(kind, [])]
        for item in declared.get(kind, []):
            same = [other for other in added if _is_part(item, other, unreadable | (MANNERS - {"state"}))]
            found += [] if same else [(kind, item)]
            added = [other for other in added if other not in same]
        found += [(kind, item) for item in added]
    return found


@pytest.mark.parametrize("data", [shop(), hundred()], ids=["one of each kind", "a hundred"])
def test_export_is_what_was_declared(service: SimulatedService, data: Data) -> None:
    before = _export(service)["environment"]
    manage(service, data)
    service.finish()
    exported = _export(service)
    assert exported["environment"].keys() == set(_ITEMS)
    assert _differences(data, exported["environment"], before) == []
    service.finish()
    again = manage(service, exported["environment"])
    assert again["plan"] == []
    assert sums(again)["unchanged"] > 31


def test_a_rebuilt_environment_exports_the_same(service: SimulatedService) -> None:
    """Without the account's own groups and networks: with what cannot be read added, it builds what it was read from."""
    options = {"groups": ["Shop"], "kinds": [name for name in _ITEMS if name != "networks"]}
    data = shop(networks=[])
    del data["servers"][1]["network"]
    manage(service, data)
    service.finish()
    first = _export(service, **options)["environment"]
    manage(service, {**data, "state": "absent"})
    service.finish()
    for item in first["servers"]:
        item.update(template="CENTOS-6-64-TEMPLATE", administrator_password="Pa55word!long")
    first["databases"][0]["users"] = [{"name": "shop", "password": "Pa55word!db"}]
    first["site_to_site_vpns"][0]["ike"]["pre_shared_key"] = "k3y-of-office"
    manage(service, first)
    service.finish()
    second = _export(service, **options)["environment"]
    assert _differences(first, second, {}) == []
    assert _differences(second, first, {}) == []


def test_each_list_is_read_once(service: SimulatedService) -> None:
    manage(service, shop())
    service.finish()
    service.log()
    _export(service, data_centers=["WA1", "VA1"])
    log = service.log()
    assert {entry.method for entry in log} == {"GET"}
    assert max(Counter(entry.path for entry in log).values()) == 1
    assert len([entry for entry in log if entry.operationId == "getGroup"]) == 2


def test_what_cannot_be_read_is_omitted(service: SimulatedService) -> None:
    manage(service, shop())
    exported = _export(service)
    omitted = _omitted(exported)
    assert {"template", "administrator_password"} <= omitted["servers", "WEB Shop/Web in WA1"]
    assert "disks.path" in omitted["servers", "DB Shop/Data in WA1"]
    assert "disks.path" not in omitted["servers", "WEB Shop/Web in WA1"]
    assert omitted["databases", "shop-db in VA1"] == {"users", "destinations"}
    assert omitted["site_to_site_vpns", "198.51.100.4 in WA1"] == {"ike.pre_shared_key"}
    assert "pre_shared_key" not in exported["environment"]["site_to_site_vpns"][0]["ike"]


def test_groups_select_what_belongs_to_them(service: SimulatedService) -> None:
    manage(service, shop())
    service.finish()
    others = {
        "data_center": "WA1",
        "server_groups": [{"name": "Other"}],
        "firewall_policies": [{"source": ["192.0.2.0/24"], "destination": ["192.0.3.0/24"], "ports": ["any"]}],
        "alert_policies": [{**shop()["alert_policies"][0], "name": "Other"}],
    }
    manage(service, others)
    exported = _export(service, groups=["Shop/Web"], data_centers=["wa1"])["environment"]
    assert exported.keys() == {
        "server_groups",
        "server_group_defaults",
        "networks",
        "alert_policies",
        "anti_affinity_policies",
        "servers",
        "public_ips",
        "firewall_policies",
        "shared_load_balancers",
        "ips_agents",
        "ips_notifications",
    }
    assert [item["name"] for item in exported["server_groups"]] == ["Web"]
    assert [item["name"] for item in exported["alert_policies"]] == ["Disk above 80"]
    # The other side of the policy is not in the group.
    (policy,) = exported["firewall_policies"]
    assert policy["source"] == [{"server": "WEB", "group": "Shop/Web"}]
    assert all(isinstance(address, str) for address in policy["destination"])
    assert manage(service, exported)["plan"] == []
    named = _export(service, groups=["Shop/Web"], kinds=["databases", "servers"])["environment"]
    assert named.keys() == {"servers", "databases"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"groups": ["Typo"]}, "group 'Typo' does not exist in"),
        ({"kinds": ["server"]}, "Invalid value for kinds: there is no kind server."),
        ({"data_centers": ["XX1"]}, "account DEMO has no data center 'XX1'"),
    ],
)
def test_invalid_options_are_rejected(service: SimulatedService, options: Data, message: str) -> None:
    outcome = service.run("environment_info", options)
    assert outcome.failed
    assert message in outcome.msg


def test_an_account_built_by_hand_is_adopted_changed_and_removed(small: SimulatedService) -> None:
    exported = _export(small)
    data = exported["environment"]
    assert {item["name"]: item["count"] for item in data["servers"] if item["data_center"] == "WA1"} == {
        "APP": 2,
        "DB": 1,
        "JUMP": 1,
        "WEB": 2,
    }
    adopted = manage(small, data)
    assert adopted["plan"] == []
    # What the servers of a fleet do not have in common is not in the data, and is reported.
    omitted = _omitted(exported)
    assert "state" in omitted["servers", "APP Shop/App in WA1"]
    assert "maintenance" in omitted["servers", "WEB Shop/Web in VA1"]
    assert omitted["public_ips", "WEB Shop/Web in WA1"] == set()

    part = _export(small, groups=["Shop"], data_centers=["WA1"])["environment"]
    for group in part["server_groups"]:
        group["description"] = "Managed as data"
    changed = manage(small, part)
    assert {action for (kind, _name), action in actions(changed).items()} == {"changed"}
    assert changed["summary"]["server_groups"]["changed"] == 4
    assert manage(small, part)["plan"] == []

    before = small.state()["servers"]
    removed = manage(small, {name: items for name, items in part.items() if name != "networks"} | {"state": "absent"})
    small.finish()
    gone = before.keys() - small.state()["servers"].keys()
    assert removed["summary"]["servers"]["deleted"] == 5
    assert len(gone) == 5
    assert manage(small, {**part, "state": "absent", "kinds": ["server_groups", "servers"]})["plan"] == []


def test_ambiguous_names(service: SimulatedService) -> None:
    """A name with a slash, a name that two groups have, and two policies of one name."""
    groups = {
        "data_center": "WA1",
        "server_groups": [
            {"name": "A/B", "parent": []},
            {"name": "Twice"},
            {"name": "Twice", "parent": ["A/B"]},
            {"name": "Below", "parent": ["Twice"]},
        ],
    }
    manage(service, groups)
    policy = {**shop()["alert_policies"][0], "name": "Same"}
    manage(service, {"alert_policies": [policy]})
    second = service.run("alert_policy", {**policy, "name": "Other"})
    service.run("alert_policy", {**policy, "id": second["alert_policy"]["id"]})
    exported = _export(service, data_centers=["WA1"])
    parents = {item["name"]: item.get("parent") for item in exported["environment"]["server_groups"]}
    assert parents["Below"] == ["Twice"]
    assert "alert_policies" not in exported["environment"]
    assert ("alert_policies", "Same") in _omitted(exported)
    assert manage(service, exported["environment"])["plan"] == []


@pytest.mark.parametrize("name", _ITEMS)
def test_every_option_is_read_or_declared_unreadable(name: str) -> None:
    """A new option of a module is in an export, or kinds.py says why it is not."""
    kind = BY_NAME[name]
    reading = kind.reading
    results = next(iter(documented(kind.info_module).values()))["contains"]
    options = item_spec(kind).keys() - {"server", "data_center"}
    options -= {"group"} if kind.servers else set()
    read = {option for option in options if reading.renamed.get(option, option) in results}
    said = read | MANNERS | _MADE.get(name, set()) | {*reading.ignored, *reading.unreadable}
    assert options - said == set()
    assert not read & {*reading.unreadable}
