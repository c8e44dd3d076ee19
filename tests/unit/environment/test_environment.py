# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module environment against the simulator: predictions, builds, deletions, and the number of requests."""

from __future__ import annotations

import json
import typing as t
from collections import Counter
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.plugins.module_utils.api import placeholders
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.environments import SHOP, Data, shop
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import Killed, SimulatedService, serving


@pytest.fixture
def service(clock: Clock, run: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> t.Iterator[SimulatedService]:
    """A simulator with an empty account. Each run knows the creates that earlier ones have started."""
    handed_over = {"can_log_in": True, "pending": str(tmp_path / "pending")}
    monkeypatch.setenv(running.HANDED_OVER, json.dumps(handed_over))
    found = SimulatedService(clock, run, seed="empty")
    with serving(found):
        yield found


def _environment(service: SimulatedService, data: Data, **settings: bool) -> Outcome:
    """Run the module, which has to succeed."""
    outcome = service.run("environment", data, **settings)
    assert not outcome.failed, outcome.msg
    return outcome


def _sums(outcome: Outcome) -> dict[str, int]:
    found: Counter[str] = Counter()
    for counts in outcome["summary"].values():
        found.update(counts)
    return dict(found)


def _numbers(service: SimulatedService) -> dict[str, int]:
    """Return how many entities there are, by table."""
    return {name: len(entities) for name, entities in service.state().items() if entities}


def _actions(outcome: Outcome) -> dict[tuple[str, str], str]:
    return {(item["kind"], item["name"]): item["action"] for item in outcome["plan"]}


def test_check_mode_predicts_what_the_run_reports(service: SimulatedService) -> None:
    predicted = _environment(service, shop(), check_mode=True)
    assert {entry.method for entry in service.log()} == {"GET"}
    built = _environment(service, shop())
    assert built.changed
    assert built["summary"] == predicted["summary"]
    assert built["plan"] == predicted["plan"]
    assert built["plan_digest"] == predicted["plan_digest"]
    assert placeholders.find(predicted["plan"]) is None  # labels are for people
    assert built["summary"].keys() == SHOP.keys() - {"data_center"}
    assert built["summary"]["servers"] == {"created": 4, "changed": 0, "unchanged": 0, "deleted": 0}
    assert _sums(built)["created"] + _sums(built)["changed"] == 29
    assert built.warnings == []


def test_second_run_reads_each_list_once(service: SimulatedService) -> None:
    _environment(service, shop())
    service.finish()
    service.log()
    again = _environment(service, shop())
    assert not again.changed
    assert again["plan"] == []
    assert _sums(again) == {"created": 0, "changed": 0, "unchanged": 29, "deleted": 0}
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
    _environment(service, data)
    log = service.log()
    assert len([entry for entry in log if entry.method == "POST"]) == 61
    assert len([entry for entry in log if entry.method == "GET"]) < 20
    _environment(service, data)
    # The data center with the link to its groups, the tree, and the policies.
    assert len(service.log()) <= 3


def test_absent_deletes_what_the_data_describes(service: SimulatedService) -> None:
    before = _numbers(service)
    built = _environment(service, shop())
    service.finish()
    predicted = _environment(service, shop(state="absent"), check_mode=True)
    gone = _environment(service, shop(state="absent"))
    assert gone["summary"] == predicted["summary"]
    assert gone["plan"] == predicted["plan"]
    assert gone["summary"]["servers"]["deleted"] == built["summary"]["servers"]["created"]
    service.finish()
    after = _numbers(service)
    left = {name: number for name, number in after.items() if number != before.get(name, 0)}
    assert not left.keys() & {"servers", "server_groups", "groups", "networks", "databases", "alert_policies"}, left
    assert not _environment(service, shop(state="absent")).changed


def test_absent_rejects_a_group_with_other_resources(service: SimulatedService) -> None:
    _environment(service, shop())
    service.run("server_group", {"name": "Foreign", "parent": "Shop", "data_center": "WA1"})
    service.log()
    rejected = service.run("environment", shop(state="absent"))
    assert rejected.failed
    assert "Shop/Foreign" in rejected.msg
    assert "Nothing was changed." in rejected.msg
    assert {entry.method for entry in service.log()} == {"GET"}


def test_fleet_grows_and_what_names_it_follows(service: SimulatedService) -> None:
    _environment(service, shop())
    service.finish()
    data = shop()
    data["servers"][0]["count"] = 4
    predicted = _environment(service, data, check_mode=True)
    grown = _environment(service, data)
    assert grown["summary"] == predicted["summary"]
    assert _actions(grown) == {
        ("servers", "WEB Shop/Web in WA1"): "changed",
        ("public_ips", "WEB Shop/Web in WA1"): "changed",
        ("firewall_policies", "WEB of Shop/Web DB of Shop/Data in WA1"): "created",
        ("shared_load_balancers", "web-front in WA1"): "changed",
        ("ips_agents", "WEB Shop/Web in WA1"): "created",
        ("ips_notifications", "WEB Shop/Web in WA1"): "changed",
    }
    assert not _environment(service, data).changed


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
    assert _environment(service, shop()).changed
    assert not _environment(service, shop()).changed


@pytest.mark.parametrize("number", [1, 5, 12, 20, 30])
def test_killed_run_is_continued(service: SimulatedService, number: int) -> None:
    service.kill_after = number
    with pytest.raises(Killed):
        service.run("environment", shop())
    service.fault()
    service.finish()
    _environment(service, shop())
    again = _environment(service, shop())
    assert not again.changed
    assert again["summary"]["servers"]["unchanged"] == 4
    assert _sums(again)["unchanged"] == 29


@pytest.mark.parametrize("operation", ["createGroup", "createServer", "createAlertPolicy", "addPublicIpAddress"])
def test_lost_response_doubles_nothing(service: SimulatedService, operation: str) -> None:
    service.fault({"operation": operation, "drop": "after", "count": 1})
    service.run("environment", shop())
    service.fault()
    service.finish()
    service.run("environment", shop())
    again = _environment(service, shop())
    assert not again.changed
    assert _sums(again)["unchanged"] == 29


def test_another_plan_is_refused(service: SimulatedService) -> None:
    predicted = _environment(service, shop(), check_mode=True)
    data = shop()
    data["servers"][0]["count"] = 2
    rejected = service.run("environment", {**data, "plan_digest": predicted["plan_digest"]})
    assert rejected.failed
    assert "has changed since" in rejected.msg
    assert {entry.method for entry in service.log()} == {"GET"}
    assert _environment(service, shop(plan_digest=predicted["plan_digest"])).changed


def test_kinds_limit_a_run(service: SimulatedService) -> None:
    limited = _environment(service, shop(kinds=["alert_policies", "webhooks"]))
    assert limited["summary"].keys() == {"alert_policies", "webhooks"}


def test_diff_has_the_items_that_change(service: SimulatedService) -> None:
    data = {"data_center": "WA1", "server_groups": [{"name": "Shop"}]}
    diff = _environment(service, data, check_mode=True, diff=True)["diff"]
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
    data, numbers = shop(), range(20)
    web = {"server": "WEB", "group": "Shop/Web"}
    data["server_groups"] += [{"name": f"Group {number}", "parent": "Shop/Web"} for number in numbers]
    data["alert_policies"] += [{**data["alert_policies"][0], "name": f"Policy {number}"} for number in numbers]
    data["anti_affinity_policies"] += [{"name": f"Apart {number}"} for number in numbers]
    data["firewall_policies"] += [
        {"source": [f"192.0.{number}.0/24"], "destination": [web], "ports": ["tcp/443"]} for number in numbers
    ]
    built = _environment(service, data)
    resources = _sums(built)["created"] + _sums(built)["changed"]
    assert resources == 109
    assert len(service.log()) <= 3 * resources
    service.finish()
    assert not _environment(service, data).changed
    assert len(service.log()) <= 23


def test_an_item_without_a_name_is_rejected_before_the_login(service: SimulatedService) -> None:
    service.log()
    outcome = service.run("environment", {"data_center": "WA1", "server_groups": [{"description": "Nothing"}]})
    assert outcome.msg == (
        "Invalid value for server_groups[0].name: it is missing. Specify name, which identifies the item."
    )
    assert not [entry for entry in service.log() if entry.method != "POST"]


def _number_of_nodes(service: SimulatedService) -> int:
    (front,) = service.run("shared_load_balancer_info", {"data_center": "WA1"})["shared_load_balancers"]
    return len(front["pools"][0]["nodes"])


def test_group_stands_for_the_servers_of_its_fleets(service: SimulatedService) -> None:
    data = shop()
    web = {"group": "Shop/Web"}
    data["shared_load_balancers"][0]["pools"][0]["nodes"] = [{**web, "port": 8443}]
    data["firewall_policies"][0]["source"] = [web]
    predicted = _environment(service, data, check_mode=True)
    built = _environment(service, {**data, "plan_digest": predicted["plan_digest"]})
    assert built["summary"] == predicted["summary"]
    assert _number_of_nodes(service) == 3
    assert not _environment(service, data).changed
    data["servers"][0]["count"] = 2
    actions = _actions(_environment(service, data))
    assert actions["shared_load_balancers", "web-front in WA1"] == "changed"
    assert actions["firewall_policies", "all servers of Shop/Web DB of Shop/Data in WA1"] == "created"
    assert _number_of_nodes(service) == 2


def test_servers_outside_the_data_are_named_by_id(service: SimulatedService) -> None:
    _environment(service, shop())
    service.finish()
    policy = {
        "source": [{"server": "WA1DEMOWEB01"}],
        "destination": [{"servers": ["WA1DEMODB01"]}],
        "ports": ["tcp/80"],
    }
    data = {"data_center": "WA1", "firewall_policies": [policy]}
    assert _actions(_environment(service, data)) == {
        ("firewall_policies", "WA1DEMOWEB01 WA1DEMODB01 in WA1"): "created"
    }
    assert not _environment(service, data).changed
    policy["source"] = [{"server": "WA1DEMONONE01"}]
    rejected = service.run("environment", data, check_mode=True)
    assert rejected.failed
    assert "source[0]: there is no server 'wa1demonone01'. Servers in WA1: wa1demodb01, wa1demoweb01" in rejected.msg
