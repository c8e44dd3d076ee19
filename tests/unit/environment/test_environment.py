# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module environment against the simulator: predictions, builds, deletions, and the number of requests."""

from __future__ import annotations

from collections import Counter

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api import placeholders
from ansible_collections.centurylink.cloud.plugins.module_utils.environment.arguments import item_spec
from ansible_collections.centurylink.cloud.plugins.module_utils.environment.declared import MODULES
from ansible_collections.centurylink.cloud.plugins.module_utils.environment.kinds import KINDS, Kind
from ansible_collections.centurylink.cloud.tests.unit.support.environments import (
    RESOURCES,
    SHOP,
    Data,
    actions,
    hundred,
    manage,
    shop,
    sums,
)
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import SimulatedService

# What the service keeps of what was deleted: inactive policies with their backups, deleted load balancers, a configuration of a
# webhook without targets, and records.
KEPT_BY_THE_SERVICE = {
    "backupPolicies", "backupRestorePoints", "backupServerPolicies", "databaseHistory", "loadBalancers", "tokenKeys", "webhookKeys",
    "webhooks",
}  # fmt: skip


def _numbers(service: SimulatedService) -> dict[str, int]:
    """Return how many entities there are, by table."""
    return {name: len(entities) for name, entities in service.state().items() if entities}


def test_check_mode_predicts_what_the_run_reports(service: SimulatedService) -> None:
    predicted = manage(service, shop(), check_mode=True)
    assert {entry.method for entry in service.log()} == {"GET"}
    built = manage(service, shop())
    assert built.changed
    assert built["summary"] == predicted["summary"]
    assert built["plan"] == predicted["plan"]
    assert built["plan_digest"] == predicted["plan_digest"]
    assert placeholders.find(predicted["plan"]) is None  # labels are for people
    assert built["summary"].keys() == SHOP.keys() - {"data_center"}
    assert built["summary"]["servers"] == {"created": 4, "changed": 0, "unchanged": 0, "deleted": 0}
    assert sums(built)["created"] + sums(built)["changed"] == RESOURCES
    assert built.warnings == []


def test_second_run_reads_each_list_once(service: SimulatedService) -> None:
    manage(service, shop())
    service.finish()
    service.log()
    again = manage(service, shop())
    assert not again.changed
    assert again["plan"] == []
    assert sums(again) == {"created": 0, "changed": 0, "unchanged": RESOURCES, "deleted": 0}
    log = service.log()
    assert {entry.method for entry in log} == {"GET"}
    assert max(Counter(entry.path for entry in log).values()) == 1
    trees = [entry for entry in log if entry.operationId == "getGroup"]
    assert len(trees) == 1


def test_many_of_a_kind_share_their_reads(service: SimulatedService) -> None:
    """With thirty groups and thirty policies, created at the same time, there is hardly a read for each."""
    names = [f"Group {number}" for number in range(30)]
    trigger = {"metric": "cpu", "duration": "00:05:00", "threshold": 80}
    data = {
        "data_center": "WA1",
        "server_groups": [{"name": "Top"}, *({"name": name, "parent": "Top"} for name in names)],
        "alert_policies": [{"name": name, "recipients": ["ops@example.com"], "triggers": [trigger]} for name in names],
    }
    manage(service, data)
    log = service.log()
    assert len([entry for entry in log if entry.method == "POST"]) == 61
    assert len([entry for entry in log if entry.method == "GET"]) < 20
    manage(service, data)
    # The data center with the link to its groups, the tree, and the policies.
    assert len(service.log()) <= 3


def test_absent_deletes_what_the_data_describes(service: SimulatedService) -> None:
    before = _numbers(service)
    built = manage(service, shop())
    service.finish()
    predicted = manage(service, shop(state="absent"), check_mode=True)
    gone = manage(service, shop(state="absent"))
    assert gone["summary"] == predicted["summary"]
    assert gone["plan"] == predicted["plan"]
    assert gone["summary"]["servers"]["deleted"] == built["summary"]["servers"]["created"]
    service.finish()
    after = _numbers(service)
    left = {name: number for name, number in after.items() if number != before.get(name, 0)}
    assert not left.keys() & {"servers", "server_groups", "groups", "networks", "databases", "alert_policies"}, left
    assert not manage(service, shop(state="absent")).changed


def test_absent_rejects_a_group_with_other_resources(service: SimulatedService) -> None:
    manage(service, shop())
    service.run("server_group", {"name": "Foreign", "parent": "Shop", "data_center": "WA1"})
    service.log()
    rejected = service.run("environment", shop(state="absent"))
    assert rejected.failed
    assert "Shop/Foreign" in rejected.msg
    assert "Nothing was changed." in rejected.msg
    assert {entry.method for entry in service.log()} == {"GET"}


def test_fleet_grows_and_what_names_it_follows(service: SimulatedService) -> None:
    manage(service, shop())
    service.finish()
    data = shop()
    data["servers"][0]["count"] = 4
    predicted = manage(service, data, check_mode=True)
    grown = manage(service, data)
    assert grown["summary"] == predicted["summary"]
    assert actions(grown) == {
        ("servers", "WEB Shop/Web in WA1"): "changed",
        ("public_ips", "WEB Shop/Web in WA1"): "changed",
        ("firewall_policies", "WEB of Shop/Web DB of Shop/Data in WA1"): "created",
        ("shared_load_balancers", "web-front in WA1"): "changed",
        ("ips_agents", "WEB Shop/Web in WA1"): "created",
        ("ips_notifications", "WEB Shop/Web in WA1"): "changed",
    }
    assert not manage(service, data).changed


def test_failure_stops_only_what_depends_on_it(service: SimulatedService) -> None:
    service.fault({"operation": "createServer", "status": 400, "count": 1})
    failed = service.run("environment", shop())
    assert failed.failed
    assert "Everything that does not depend on them was done." in failed.msg
    assert failed["changed"]
    assert [failure["kind"] for failure in failed["failures"]] == ["servers"]
    assert "create alert policy 'Disk above 80'" in failed["done"]
    pending = {item["kind"] for item in failed["pending"]}
    assert "databases" not in pending
    assert {"servers", "firewall_policies"} <= pending
    service.fault()
    service.finish()
    assert manage(service, shop()).changed
    assert not manage(service, shop()).changed


def test_another_plan_is_refused(service: SimulatedService) -> None:
    predicted = manage(service, shop(), check_mode=True)
    data = shop()
    data["servers"][0]["count"] = 2
    rejected = service.run("environment", {**data, "plan_digest": predicted["plan_digest"]})
    assert rejected.failed
    assert "has changed since" in rejected.msg
    assert {entry.method for entry in service.log()} == {"GET"}
    assert manage(service, shop(plan_digest=predicted["plan_digest"])).changed


def test_kinds_limit_a_run(service: SimulatedService) -> None:
    limited = manage(service, shop(kinds=["alert_policies", "webhooks"]))
    assert limited["summary"].keys() == {"alert_policies", "webhooks"}


def test_diff_has_the_items_that_change(service: SimulatedService) -> None:
    data = {"data_center": "WA1", "server_groups": [{"name": "Shop"}]}
    diff = manage(service, data, check_mode=True, diff=True)["diff"]
    assert diff["before"] == {"server group Shop in WA1": [{"server_group": None}]}
    assert diff["after"]["server group Shop in WA1"][0]["server_group"]["path"] == "Shop"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"kinds": ["server"]}, "Invalid value for kinds: there is no kind server."),
        ({"networks": [{"name": "web"}, {"name": "web"}]}, "network web in WA1 is listed twice"),
        ({"alert_policies": [{"name": "a", "triggers": []}]}, "Invalid value for triggers of alert policy a:"),
        ({"server_groups": [{"name": "A/B"}]}, "contains a slash"),
        ({"servers": [{"name": "WEB", "group": "Typo"}]}, "group 'Typo' does not exist in WA1"),
        ({"alert_policies": [{"name": "a"}]}, "recipients and triggers are missing"),
    ],
)
def test_bad_data_changes_nothing(service: SimulatedService, data: Data, message: str) -> None:
    sound = {"data_center": "WA1", "anti_affinity_policies": [{"name": "apart"}]}
    outcome = service.run("environment", {**sound, **data})
    assert outcome.failed
    assert message in outcome.msg
    assert {entry.method for entry in service.log()} <= {"GET"}


def test_a_hundred_resources_need_at_most_three_requests_each(service: SimulatedService) -> None:
    data, before = hundred(), _numbers(service)
    predicted = manage(service, data, check_mode=True)
    service.log()
    built = manage(service, data)
    assert built["summary"] == predicted["summary"]
    assert len(built["summary"]) >= 15
    resources = sums(built)["created"] + sums(built)["changed"]
    assert resources == RESOURCES + 80
    assert len(service.log()) <= 3 * resources
    service.finish()
    assert not manage(service, data).changed
    assert len(service.log()) <= 25
    manage(service, {**data, "state": "absent"})
    service.finish()
    left = {name for name, number in _numbers(service).items() if number > before.get(name, 0)}
    assert left <= KEPT_BY_THE_SERVICE, sorted(left - KEPT_BY_THE_SERVICE)


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"description": "Nothing"}, "missing required arguments: name found in server_groups"),
        (
            {"name": None},
            "Invalid value for server_groups[0].name: it is missing. Specify name, which identifies the item.",
        ),
    ],
)
def test_an_item_without_a_name_is_rejected_before_the_login(
    service: SimulatedService, item: Data, message: str
) -> None:
    service.log()
    outcome = service.run("environment", {"data_center": "WA1", "server_groups": [item]})
    assert outcome.failed
    assert outcome.msg == message
    assert not [entry for entry in service.log() if entry.method != "POST"]


def _number_of_nodes(service: SimulatedService) -> int:
    (front,) = service.run("shared_load_balancer_info", {"data_center": "WA1"})["shared_load_balancers"]
    return len(front["pools"][0]["nodes"])


def test_group_stands_for_the_servers_of_its_fleets(service: SimulatedService) -> None:
    data = shop()
    web = {"group": "Shop/Web"}
    data["shared_load_balancers"][0]["pools"][0]["nodes"] = [{**web, "port": 8443}]
    data["firewall_policies"][0]["source"] = [web]
    predicted = manage(service, data, check_mode=True)
    built = manage(service, {**data, "plan_digest": predicted["plan_digest"]})
    assert built["summary"] == predicted["summary"]
    assert _number_of_nodes(service) == 3
    assert not manage(service, data).changed
    data["servers"][0]["count"] = 2
    changed = actions(manage(service, data))
    assert changed["shared_load_balancers", "web-front in WA1"] == "changed"
    assert changed["firewall_policies", "all servers of Shop/Web DB of Shop/Data in WA1"] == "created"
    assert _number_of_nodes(service) == 2


def test_servers_outside_the_data_are_named_by_id(service: SimulatedService) -> None:
    manage(service, shop())
    service.finish()
    policy = {
        "source": [{"server": "WA1DEMOWEB01"}],
        "destination": [{"servers": ["WA1DEMODB01"]}],
        "ports": ["tcp/80"],
    }
    data = {"data_center": "WA1", "firewall_policies": [policy]}
    assert actions(manage(service, data)) == {("firewall_policies", "WA1DEMOWEB01 WA1DEMODB01 in WA1"): "created"}
    assert not manage(service, data).changed
    policy["source"] = [{"server": "WA1DEMONONE01"}]
    rejected = service.run("environment", data, check_mode=True)
    assert rejected.failed
    assert "source[0]: there is no server 'wa1demonone01'. Servers in WA1: wa1demodb01, wa1demoweb01" in rejected.msg


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_items_require_what_modules_require_without_the_options_that_items_lack(kind: Kind) -> None:
    rules = MODULES[kind.module].rules
    choices = [[name for name in group if name not in kind.left_out] for group in rules.get("required_one_of", ())]
    required = {group[0] for group in choices if len(group) == 1}
    required |= {name for key, names in rules.get("required_by", {}).items() if key in required for name in names}
    assert {*kind.required} == required
    assert all(item_spec(kind)[name]["required"] for name in kind.required)
