# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The legacy modules, run against scripted HTTP."""

from __future__ import annotations

import datetime
import typing as t
from types import SimpleNamespace

import pytest
import requests

from ansible_collections.centurylink.cloud.plugins.module_utils.legacy import rules
from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    CUSTOM_FIELDS,
    ROOT_ID,
    Entity,
    archived,
    building,
    group,
    hex_id,
    queued,
    recorded,
    root,
    server,
    status_link,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import (
    detailed,
    expects_jobs,
    expects_tree,
)
from ansible_collections.centurylink.cloud.tests.unit.support.wire import ANY_BODY, NO_BODY, TOKEN, Scripted

WEB, DB = hex_id(0x12), hex_id(0x14)
CREATE = "/v2/servers/altd"
CAPABILITIES = recorded("clc-knife/GET-v2-datacenters-alias-dc-deploymentCapabilities.200")
TEMPLATE = CAPABILITIES["templates"][0]["name"]
NETWORK = CAPABILITIES["deployableNetworks"][0]
BODY = {
    "name": "WEB",
    "description": "WEB",
    "groupId": WEB,
    "sourceServerId": TEMPLATE,
    "networkId": NETWORK["networkId"],
    "cpu": 1,
    "memoryGB": 1,
    "type": "standard",
    "storageType": "standard",
}
EXACT = {"name": "WEB", "template": TEMPLATE[:-1].lower(), "group": "web", "count_group": "WEB"}
LOST = requests.exceptions.ReadTimeout()
NO_ADDRESS = {"ipAddresses": [{"internal": "10.0.0.7"}]}


def uuid(number: int) -> str:
    return hex_id(0xF0000 + number)


def name(number: int, base: str = "web") -> str:
    return f"va1altd{base}{number:02}"


def web(number: int, base: str = "web", power: str = "started", **members: t.Any) -> Entity:
    details = {"powerState": power, **NO_ADDRESS, **members.pop("details", {})}
    return server(name(number, base), uuid=uuid(number), details=details, **{"groupId": WEB, **members})


def path(named: str) -> str:
    return f"/v2/servers/ALTD/{named}"


def expects_fleet(api: Scripted, *servers: Entity) -> None:
    expects_tree(api, root(group("Web", WEB, description="The front"), group("Db", DB)))
    api.expects("GET", detailed(WEB), group("Web", WEB, servers=servers))


def expects_again(api: Scripted, *servers: Entity) -> None:
    api.expects("GET", detailed(WEB), group("Web", WEB, servers=servers))


def expects_capabilities(api: Scripted) -> None:
    api.expects("GET", "/v2/datacenters/altd/va1/deploymentCapabilities", CAPABILITIES)


# clc_server: how many


def test_servers_of_any_name_are_counted_with_three_requests(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(2, "db"))
    outcome = run("clc_server", {**EXACT, "exact_count": "2", "password": PASSWORD})
    assert not outcome.changed
    assert outcome["servers"] == outcome["server_ids"] == outcome["partially_created_server_ids"] == []
    assert outcome["group"]["servers"] == [name(2, "db"), name(1)]
    assert len(api.made) == 3


def test_existing_servers_get_no_address_and_no_policy(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(2))
    more = {"add_public_ip": True, "public_ip_ports": [80], "alert_policy_id": hex_id(0x71)}
    assert not run("clc_server", {**EXACT, **more, "exact_count": 2}).changed


def test_missing_servers_are_created_and_others_not_changed(api: Scripted, run: Runner) -> None:
    stopped = web(5, power="stopped")
    expects_fleet(api, web(1, description="mine"), stopped)
    expects_capabilities(api)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(2)), 202, body=BODY)
    expects_jobs(api, "va1-1", statuses=["executing", "succeeded"])
    expects_again(api, web(1), building(name(2), uuid=uuid(2)), stopped)
    api.expects("GET", f"/v2/servers/ALTD/{uuid(2)}?uuid=True", building(name(2)))
    expects_again(api, web(1), web(2), stopped)
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Web", WEB, linked=[name(1), name(2), name(5)]))
    outcome = run("clc_server", {**EXACT, "exact_count": 2})
    assert outcome.changed
    assert outcome["server_ids"] == [name(2)]
    assert [server["ipaddress"] for server in outcome["servers"]] == ["10.0.0.7"]
    assert isinstance(outcome["servers"][0]["changeInfo"]["createdDate"], int)
    assert any(f"These servers are not started: {name(5)}." in warning for warning in outcome.warnings)


@pytest.mark.parametrize("description", ["", "The front"])
def test_the_description_of_the_task_is_sent_unless_it_is_empty(api: Scripted, run: Runner, description: str) -> None:
    expects_fleet(api)
    expects_capabilities(api)
    body = {**BODY, "description": description or "WEB"}
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(2)), 202, body=body)
    expects_jobs(api, "va1-1")
    expects_again(api, web(2))
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Web", WEB, linked=[name(2)]))
    outcome = run("clc_server", {**EXACT, "exact_count": 1, "description": description})
    assert outcome["server_ids"] == [name(2)]


def test_servers_under_construction_are_not_built_twice(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), building(name(2)))
    assert not run("clc_server", {**EXACT, "exact_count": 2}).changed


def test_a_new_server_that_is_stopped_is_not_created_again(api: Scripted, run: Runner) -> None:
    expects_fleet(api)
    expects_capabilities(api)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(2)), 202, body=BODY)
    expects_jobs(api, "va1-1")
    expects_again(api, web(2, power="stopped"))
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Web", WEB, linked=[name(2)]))
    assert run("clc_server", {**EXACT, "min_count": 1})["server_ids"] == [name(2)]


def test_a_lost_create_is_not_repeated(api: Scripted, run: Runner) -> None:
    expects_fleet(api)
    expects_capabilities(api)
    api.expects("POST", CREATE, raises=LOST, body=BODY)
    expects_again(api, web(2))
    expects_again(api, web(2))
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Web", WEB, linked=[name(2)]))
    outcome = run("clc_server", {**EXACT, "exact_count": 1})
    assert outcome["server_ids"] == [name(2)]
    assert len(api.bodies("POST")) == 1


def test_the_lowest_ids_are_deleted_first(api: Scripted, run: Runner) -> None:
    fleet = [web(3), web(9, "app"), web(1), web(2, power="stopped")]
    expects_fleet(api, *fleet)
    with api.in_any_order():
        for gone in (name(9, "app"), name(1)):
            api.expects("DELETE", f"/v2/servers/altd/{gone}", queued(gone, f"va1-{gone}"), 202)
    expects_jobs(api, f"va1-{name(9, 'app')}", f"va1-{name(1)}")
    expects_again(api, web(3), web(2, power="stopped"))
    api.expects("GET", f"/v2/groups/ALTD/{DB}", group("Db", DB))
    outcome = run("clc_server", {"count_group": "the front", "group": "db", "max_count": 1})
    assert outcome.changed
    assert outcome["server_ids"] == [name(9, "app"), name(1)]
    assert outcome["servers"] == []


def test_a_count_without_count_group_deletes_no_server(api: Scripted, run: Runner) -> None:
    outcome = run("clc_server", {"exact_count": 0})
    assert outcome.failed
    assert "Cannot use exact_count: count_group is missing" in outcome.msg
    assert not api.made


def test_servers_are_deleted_without_a_default_group(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1, power="stopped"))
    outcome = run("clc_server", {"exact_count": 0, "count_group": "Web"})
    assert not outcome.changed
    assert outcome["group"] is None


def test_a_predicted_deletion_returns_the_servers(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(2))
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Web", WEB, linked=[name(1), name(2)]))
    outcome = run("clc_server", {**EXACT, "exact_count": 1}, check=True)
    assert outcome.changed
    assert outcome["server_ids"] == [name(1)]
    assert {method for method, _path in api.made} == {"GET"}


def test_count_creates_servers_on_each_run(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1))
    expects_capabilities(api)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(2)), 202, body=BODY)
    api.expects("POST", CREATE, queued("web", "va1-2", uuid(3)), 202, body=BODY)
    expects_jobs(api, "va1-1", "va1-2")
    expects_again(api, web(1), web(2), web(3))
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Web", WEB))
    options = {"name": "WEB", "template": TEMPLATE, "group": WEB, "count": 2, "network_id": ""}
    assert run("clc_server", options)["server_ids"] == [name(2), name(3)]


def test_a_predicted_creation_returns_no_servers(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1))
    expects_capabilities(api)
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Web", WEB))
    options = {"name": "WEB", "template": TEMPLATE, "group": "Web", "count": 3}
    outcome = run("clc_server", options, check=True)
    assert outcome.changed
    assert outcome["server_ids"] == outcome["servers"] == []


def test_servers_of_the_name_in_other_groups_cause_no_warning(api: Scripted, run: Runner) -> None:
    """The original module never looked at other groups."""
    expects_tree(api, root(group("Web", WEB), group("Db", DB, linked=["va1altdweb07"])))
    api.expects("GET", detailed(WEB), group("Web", WEB))
    expects_capabilities(api)
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Web", WEB))
    options = {"name": "WEB", "template": TEMPLATE, "group": "Web", "count": 1}
    outcome = run("clc_server", options, check=True)
    assert outcome.changed
    assert not outcome.warnings


class Noon(datetime.datetime):
    """A time at which the clock stands still: a module that runs twice in a test sends the same time twice."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Noon:
        return cls(2026, 1, 2, 12, tzinfo=tz)


def test_the_create_contains_all_options(api: Scripted, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    still = SimpleNamespace(datetime=Noon, timedelta=datetime.timedelta, UTC=datetime.UTC)
    monkeypatch.setattr(rules, "datetime", still)
    expects_fleet(api)
    expects_capabilities(api)
    fields = [{"id": CUSTOM_FIELDS[2]["id"], "value": "red"}, {"id": CUSTOM_FIELDS[1]["id"], "value": "true"}]
    api.expects("GET", "/v2/accounts/ALTD/customFields", CUSTOM_FIELDS)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(2)), 202, body=ANY_BODY)
    options = {
        **{key: value for key, value in EXACT.items() if key != "count_group"},
        "password": PASSWORD,
        "managed_os": "yes",
        "packages": [{"packageId": "p", "parameters": {"Param": "x"}}],
        "cpu_autoscale_policy_id": hex_id(0x61),
        "anti_affinity_policy_id": hex_id(0x62).upper(),
        "additional_disks": [{"sizeGB": "10", "type": "raw"}],
        "custom_fields": fields,
        "network_id": NETWORK["name"],
        "ttl": "7200",
        "os_type": "ubuntu",
        "wait": "no",
    }
    api.expects("GET", f"/v2/servers/ALTD/{uuid(2)}?uuid=True", building(name(2)))
    expects_again(api, building(name(2), uuid=uuid(2)))
    outcome = run("clc_server", options)
    assert outcome["jobs"][0]["id"] == "va1-1"
    body = api.bodies("POST")[0]
    assert body == {
        **BODY,
        "ttl": "2026-01-02T14:00:00Z",
        "password": PASSWORD,
        "isManagedOS": True,
        "packages": [{"packageId": "p", "parameters": {"Param": "x"}}],
        "cpuAutoscalePolicyId": hex_id(0x61),
        "antiAffinityPolicyId": hex_id(0x62),
        "additionalDisks": [{"sizeGB": 10, "type": "raw"}],
        "customFields": fields,
    }


def test_a_rejected_address_does_not_affect_other_servers(api: Scripted, run: Runner) -> None:
    addressed = web(3, details={"ipAddresses": [{"internal": "10.0.0.7", "public": "203.0.113.7"}]})
    expects_fleet(api)
    expects_capabilities(api)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(2)), 202, body=BODY, times=1)
    api.expects("POST", CREATE, queued("web", "va1-2", uuid(3)), 202, body=BODY)
    expects_jobs(api, "va1-1", "va1-2")
    expects_again(api, web(2), web(3))
    with api.in_any_order():
        api.expects("GET", path(name(2)), web(2))
        api.expects("GET", path(name(3)), web(3))
    add = f"/v2/servers/altd/{name(2)}/publicIPAddresses"
    sent = {"ports": [{"protocol": "TCP", "port": 80}]}
    api.expects("POST", add, status_link("va1-3"), 202, body=sent)
    api.expects("POST", add.replace(name(2), name(3)), status_link("va1-4"), 202, body=sent)
    with api.in_any_order():
        api.expects("GET", "/v2/operations/altd/status/va1-3", {"status": "failed"})
        api.expects("GET", "/v2/operations/altd/status/va1-4", {"status": "succeeded"})
    with api.in_any_order():
        api.expects("GET", path(name(2)), web(2))
        api.expects("GET", path(name(3)), addressed)
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Web", WEB))
    options = {**EXACT, "exact_count": 2, "add_public_ip": True, "public_ip_ports": ["80"]}
    outcome = run("clc_server", options)
    assert outcome.changed
    assert outcome["server_ids"] == [name(3)]
    assert outcome["partially_created_server_ids"] == [name(2)]
    assert [server["publicip"] for server in outcome["servers"]] == [None, "203.0.113.7"]
    assert any(f"{name(2)}" in warning for warning in outcome.warnings)


def test_a_failure_after_the_creation_does_not_hide_it(api: Scripted, run: Runner) -> None:
    """The result contains the created servers even if neither they nor their group can be read."""
    expects_fleet(api)
    expects_capabilities(api)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(2)), 202, body=BODY)
    expects_jobs(api, "va1-1")
    expects_again(api, web(2))
    api.expects("GET", path(name(2)), {"message": "not now"}, 403)
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", {"message": "not now"}, 403)
    options = {**EXACT, "exact_count": 1, "add_public_ip": True, "public_ip_ports": [80]}
    outcome = run("clc_server", options)
    assert outcome.changed
    assert outcome["partially_created_server_ids"] == [server["id"] for server in outcome["servers"]] == [name(2)]
    assert outcome["group"] is None
    assert any(f"some steps are missing: unknown for {name(2)}" in warning for warning in outcome.warnings)
    assert any("the group could not be read" in warning for warning in outcome.warnings)


def test_an_ambiguous_group_name_selects_the_first_and_warns(api: Scripted, run: Runner) -> None:
    top = root(group("Db", DB, group("Web", hex_id(0x15), parent=DB)), group("Web", WEB))
    expects_tree(api, top)
    api.expects("GET", detailed(WEB), group("Web", WEB, servers=[web(1)]))
    outcome = run("clc_server", {**EXACT, "exact_count": 1})
    assert not outcome.changed
    assert any("The first one, 'Web', is used" in warning and "'Db/Web'" in warning for warning in outcome.warnings)


# clc_server: by ids


def test_states_by_ids_change_nothing_but_power(api: Scripted, run: Runner) -> None:
    with api.in_any_order():
        for number in (1, 2):
            api.expects("GET", path(name(number)), web(number))
    batch = "/v2/operations/ALTD/servers/shutDown"
    both = [name(1).upper(), name(2).upper()]
    api.expects("POST", batch, [queued(server_id, "va1-1") for server_id in both], body=both)
    expects_jobs(api, "va1-1")
    with api.in_any_order():
        for number in (1, 2):
            api.expects("GET", path(name(number)), web(number, power="stopped"))
    outcome = run("clc_server", {"server_ids": f"{name(2)}, {name(1).upper()}", "state": "stopped"})
    assert outcome["server_ids"] == [name(1), name(2)]
    assert [server["details"]["powerState"] for server in outcome["servers"]] == ["stopped", "stopped"]


def test_absent_ignores_servers_that_do_not_exist(api: Scripted, run: Runner) -> None:
    api.expects("GET", path(name(1)), NO_BODY, 404)
    outcome = run("clc_server", {"server_ids": name(1), "state": "absent"})
    assert not outcome.changed
    assert outcome["server_ids"] == []


# clc_modify_server


def test_equal_sizes_are_not_a_change(api: Scripted, run: Runner) -> None:
    api.expects("GET", path(name(1)), web(1, details={"cpu": 2, "memoryMB": 4096}))
    outcome = run("clc_modify_server", {"server_ids": name(1), "cpu": "2", "memory": "4"})
    assert not outcome.changed
    assert outcome["servers"] == []


def test_absent_rejects_sizes(api: Scripted, run: Runner) -> None:
    outcome = run("clc_modify_server", {"server_ids": name(1), "state": "absent", "cpu": 1})
    assert "Invalid value for state: cpu and memory cannot be removed" in outcome.msg
    assert not api.made


def test_absent_never_deletes_the_server(api: Scripted, run: Runner) -> None:
    api.expects("GET", path(name(1)), web(1))
    assert not run("clc_modify_server", {"server_ids": [name(1)], "state": "absent"}).changed


# clc_group


def test_a_group_with_the_name_elsewhere_is_ignored(api: Scripted, run: Runner) -> None:
    top = root(group("Db", DB, group("Web", hex_id(0x15), parent=DB)), group("Web", WEB))
    expects_tree(api, top)
    outcome = run("clc_group", {"name": "Web", "parent": "Db"})
    assert not outcome.changed
    assert outcome["group"]["id"] == hex_id(0x15)


def test_absent_without_parent_selects_any_single_group(api: Scripted, run: Runner) -> None:
    expects_tree(api, root(group("Db", DB, group("Web", WEB, parent=DB))))
    outcome = run("clc_group", {"name": "Web", "state": "absent"}, check=True)
    assert outcome.changed
    assert outcome["group"] == "Web"


def test_an_ambiguous_name_is_an_error(api: Scripted, run: Runner) -> None:
    expects_tree(api, root(group("Db", DB, group("Web", hex_id(0x15), parent=DB)), group("Web", WEB)))
    outcome = run("clc_group", {"name": "Web", "state": "absent"})
    assert outcome.failed
    assert "2 groups in VA1 match 'Web'" in outcome.msg


def test_a_predicted_group_is_its_name(api: Scripted, run: Runner) -> None:
    expects_tree(api, root())
    outcome = run("clc_group", {"name": "New"}, check=True)
    assert outcome.changed
    assert outcome["group"] == "New"


@pytest.mark.parametrize("description", [None, ""])
def test_the_description_of_a_new_group_is_its_name(api: Scripted, run: Runner, description: str | None) -> None:
    made = group("New", WEB, description="New")
    expects_tree(api, root())
    body = {"name": "New", "description": "New", "parentGroupId": ROOT_ID}
    api.expects("POST", "/v2/groups/altd", made, 201, body=body)
    api.expects("GET", f"/v2/groups/ALTD/{ROOT_ID}", {"id": ROOT_ID, "groups": [made]})
    assert run("clc_group", {"name": "New", "description": description})["group"]["description"] == "New"


@pytest.mark.parametrize("description", [None, ""])
def test_a_group_keeps_its_description(api: Scripted, run: Runner, description: str | None) -> None:
    expects_tree(api, root(group("Web", WEB, description="The front")))
    assert not run("clc_group", {"name": "Web", "description": description}).changed


def test_a_new_group_is_its_entity(api: Scripted, run: Runner) -> None:
    made = group("New", WEB)
    expects_tree(api, root())
    body = {"name": "New", "description": "d", "parentGroupId": ROOT_ID}
    api.expects("POST", "/v2/groups/altd", made, 201, body=body)
    api.expects("GET", f"/v2/groups/ALTD/{ROOT_ID}", {"id": ROOT_ID, "groups": [{**made, "description": "d"}]})
    outcome = run("clc_group", {"name": "New", "description": "d"})
    assert outcome["group"]["id"] == WEB
    assert outcome["group"]["links"]


# clc_publicip


def test_a_new_address_has_a_new_internal_address(api: Scripted, run: Runner) -> None:
    """Like the original modules, which sent no internal address; the result is found by comparison."""
    href = f"/v2/servers/altd/{name(1)}/publicIPAddresses/203.0.113.2"
    addressed = web(
        1, details={"ipAddresses": [{"internal": "10.0.0.7"}, {"internal": "10.0.0.8", "public": "203.0.113.2"}]}
    )
    addressed["links"] = [*addressed["links"], {"rel": "publicIPAddress", "href": href, "id": "203.0.113.2"}]
    api.expects("GET", path(name(1)), web(1), times=2)
    ports = [{"protocol": "TCP", "port": 80}]
    add = f"/v2/servers/altd/{name(1)}/publicIPAddresses"
    api.expects("POST", add, status_link("va1-1"), 202, body={"ports": ports})
    expects_jobs(api, "va1-1")
    api.expects("GET", path(name(1)), addressed)
    api.expects("GET", href, {"internalIPAddress": "10.0.0.8", "ports": ports})
    assert run("clc_publicip", {"server_ids": name(1), "ports": 80})["server_ids"] == [name(1)]


def test_addresses_are_added_to_servers_without_one(api: Scripted, run: Runner) -> None:
    having = web(1, details={"ipAddresses": [{"internal": "10.0.0.1", "public": "203.0.113.1"}]})
    server = {**web(2), "links": [*web(2)["links"]]}
    server["details"] = {**server["details"], "ipAddresses": [{"internal": "10.0.0.7", "public": "203.0.113.2"}]}
    href = f"/v2/servers/altd/{name(2)}/publicIPAddresses/203.0.113.2"
    server["links"].append({"rel": "publicIPAddress", "href": href, "id": "203.0.113.2"})
    with api.in_any_order():
        api.expects("GET", path(name(1)), having)
        api.expects("GET", path(name(2)), web(2))
    api.expects("GET", path(name(2)), web(2))
    ports = [{"protocol": "UDP", "port": 53}]
    sent = {"ports": ports, "sourceRestrictions": [{"cidr": "70.0.0.0/24"}]}
    api.expects("POST", f"/v2/servers/altd/{name(2)}/publicIPAddresses", status_link("va1-1"), 202, body=sent)
    expects_jobs(api, "va1-1")
    api.expects("GET", path(name(2)), server)
    api.expects("GET", href, {"internalIPAddress": "10.0.0.7", **sent})
    options = {"server_ids": [name(1), name(2)], "ports": "53", "protocol": "UDP", "source_restrictions": "70.0.0.0/24"}
    outcome = run("clc_publicip", options)
    assert outcome.changed
    assert outcome["server_ids"] == [name(2)]


def test_a_server_with_an_address_is_one_request(api: Scripted, run: Runner) -> None:
    having = web(1, details={"ipAddresses": [{"internal": "10.0.0.1", "public": "203.0.113.1"}]})
    api.expects("GET", path(name(1)), having)
    assert not run("clc_publicip", {"server_ids": name(1), "ports": [80]}).changed


def test_an_invalid_port_is_reported_with_its_option(api: Scripted, run: Runner) -> None:
    outcome = run("clc_publicip", {"server_ids": name(1), "ports": ["80", "any"]})
    assert "Invalid value for ports: 'any' is not a port number" in outcome.msg
    options = {**EXACT, "exact_count": 1, "add_public_ip": True, "public_ip_ports": [{"from": 80}]}
    assert "Invalid value for public_ip_ports: 'None' is not a port number" in run("clc_server", options).msg
    assert not api.made


def test_ports_are_required(api: Scripted, run: Runner) -> None:
    outcome = run("clc_publicip", {"server_ids": name(1)})
    assert "ports is missing" in outcome.msg
    assert not api.made


# clc_server_snapshot


def having_snapshot(number: int) -> Entity:
    href = f"/v2/servers/altd/{name(number)}/snapshots/3"
    links = [{"rel": rel, "href": href + more} for rel, more in (("self", ""), ("delete", ""), ("restore", "/restore"))]
    return web(number, details={"snapshots": [{"name": "2015", "links": links}]})


def test_restore_ignores_servers_without_snapshot(api: Scripted, run: Runner) -> None:
    for _time in range(2):
        with api.in_any_order():
            api.expects("GET", path(name(1)), having_snapshot(1))
            api.expects("GET", path(name(2)), web(2))
        if _time == 0:
            api.expects("POST", f"/v2/servers/altd/{name(1)}/snapshots/3/restore", status_link("va1-1"), 202)
            expects_jobs(api, "va1-1")
    outcome = run("clc_server_snapshot", {"server_ids": [name(1), name(2)], "state": "restore"})
    assert outcome["server_ids"] == [name(1)]
    assert any(name(2) in warning for warning in outcome.warnings)


def test_ignored_failures_are_returned(api: Scripted, run: Runner) -> None:
    with api.in_any_order():
        api.expects("GET", path(name(1)), archived(name(1)))
        api.expects("GET", path(name(2)), web(2))
    body = {"snapshotExpirationDays": 7, "serverIds": [name(2).upper()]}
    batch = "/v2/operations/ALTD/servers/createSnapshot"
    api.expects("POST", batch, [queued(name(2), "va1-1")], body=body)
    api.expects("GET", "/v2/operations/altd/status/va1-1", {"status": "failed"})
    with api.in_any_order():  # also to find out whether an earlier request has created the snapshot
        api.expects("GET", path(name(1)), archived(name(1)), times=2)
        api.expects("GET", path(name(2)), web(2), times=2)
    outcome = run("clc_server_snapshot", {"server_ids": [name(1), name(2)], "ignore_failures": True})
    assert not outcome.failed
    assert outcome["server_ids"] == []
    assert outcome["failed_server_ids"] == [name(1), name(2)]


# The others


def test_a_package_is_run_and_ids_are_returned_as_in_the_task(api: Scripted, run: Runner) -> None:
    api.expects("GET", path(name(1)), web(1))
    body = {"servers": [name(1).upper()], "package": {"packageId": "p", "parameters": {"A": "1"}}}
    api.expects("POST", "/v2/operations/ALTD/servers/executePackage", [queued(name(1), "va1-1")], body=body)
    expects_jobs(api, "va1-1")
    options = {"server_ids": name(1).upper(), "package_id": "p", "package_params": {"A": 1}}
    outcome = run("clc_blueprint_package", options)
    assert outcome.changed
    assert outcome["server_ids"] == [name(1).upper()]


def test_a_password_is_read_only_on_request(api: Scripted, run: Runner) -> None:
    api.expects("GET", path(name(1)), web(1, details={"memoryMB": 4096}))
    outcome = run("clc_server_fact", {"server_id": name(1).upper(), "credentials": "False"})
    assert "credentials" not in outcome["server"]
    assert outcome["server"]["details"]["memory"] == 4


def test_no_password_is_read_if_the_result_is_printed(api: Scripted, run: Runner) -> None:
    """A module process that no action plugin has started does not know whether its result is shown."""
    options = {"token": TOKEN, "account_alias": "ALTD", "server_id": name(1), "credentials": True}
    outcome = run.alone("clc_server_fact", options)
    assert "Set no_log on the task" in outcome.msg
    assert not api.made


def test_a_group_is_one_request(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Web", WEB, linked=[name(2), name(1)]))
    assert run("clc_group_fact", {"group_id": WEB})["group"]["servers"] == [name(1), name(2)]


@pytest.mark.parametrize("module", ["clc_meta", "clc_meta_fact"])
def test_the_metadata_service_was_removed(api: Scripted, run: Runner, module: str) -> None:
    record = dict.fromkeys(("jobId", "executionId", "referenceId", "name"), "a")
    more = {"description": "d", "data": {"a": "b"}} if module == "clc_meta" else {}
    outcome = run(module, {**record, **more})
    assert "the metadata service is not part of the API" in outcome.msg
    assert "custom fields of servers or groups" in outcome.msg
    assert not api.made


def test_the_password_of_clc_server_is_not_used_to_log_in(api: Scripted, run: Runner) -> None:
    login = recorded("clc-puppet/POST-v2-authentication-login.200")
    user = {"username": "user.altd", "v2_api_passwd": PASSWORD}
    api.expects(
        "POST", "/v2/authentication/login", login, body={"username": "user.altd", "password": PASSWORD}, token=None
    )
    expected = {"server_ids": name(1), "state": "absent", "password": "A-Servers-Own-1"}
    token = login["bearerToken"]
    api.expects("GET", path(name(1)), NO_BODY, 404, token=token)
    assert not run("clc_server", expected, connection=user).failed


# Networks and firewall policies

TIER: Entity = {"id": hex_id(0x31), "name": "tier", "description": "d", "cidr": "10.1.2.0/24"}
NETWORKS = "/v2-experimental/networks/ALTD/VA1"


@pytest.mark.parametrize("named", [TIER["id"], "tier", "10.1.2.0/24"])
def test_a_network_is_found_by_id_name_and_range(api: Scripted, run: Runner, named: str) -> None:
    api.expects("GET", NETWORKS, [TIER, {**TIER, "id": hex_id(0x32), "name": "other", "cidr": "10.1.3.0/24"}])
    assert run("clc_network_fact", {"id": named, "location": "va1"})["network"] == TIER


def test_all_networks_are_one_request(api: Scripted, run: Runner) -> None:
    api.expects("GET", NETWORKS, [TIER])
    assert run("clc_network_fact", {"location": "VA1"})["networks"] == [TIER]


def test_an_unknown_id_claims_nothing(api: Scripted, run: Runner) -> None:
    api.expects("GET", NETWORKS, [TIER])
    outcome = run("clc_network", {"id": "nope", "name": "tier", "location": "VA1"})
    assert "there is no network 'nope' in VA1" in outcome.msg


def test_without_id_and_name_nothing_is_claimed(api: Scripted, run: Runner) -> None:
    assert "id and name are missing" in run("clc_network", {"location": "VA1"}).msg
    assert not api.made


def test_releasing_a_missing_network_is_not_a_change(api: Scripted, run: Runner) -> None:
    api.expects("GET", NETWORKS, [], times=2)
    assert not run("clc_network", {"id": "tier", "location": "VA1", "state": "absent"}).changed


POLICY: Entity = {
    "id": hex_id(0x41),
    "status": "active",
    "enabled": True,
    "source": ["10.0.0.0/24"],
    "destination": ["10.0.1.0/24", "10.0.2.0/24"],
    "destinationAccount": "altd",
    "ports": ["tcp/80"],
}
ENDS = {
    "location": "VA1",
    "source": "10.0.0.0/24",
    "destination": "10.0.2.0/24,10.0.1.0/24",
    "destination_account_alias": "ALTD",
    "ports": "TCP/80",
}


def test_a_policy_is_identified_by_its_endpoints_in_the_source_account(api: Scripted, run: Runner) -> None:
    api.expects("GET", "/v2-experimental/firewallPolicies/DEM2/VA1", [POLICY])
    outcome = run("clc_firewall_policy", {**ENDS, "source_account_alias": "dem2"})
    assert not outcome.changed
    assert outcome["firewall_policy_id"] == POLICY["id"]
    assert outcome["firewall_policy"] == POLICY


def test_a_policy_without_id_and_endpoints_is_rejected(api: Scripted, run: Runner) -> None:
    outcome = run("clc_firewall_policy", {"source_account_alias": "a", "location": "VA1", "state": "absent"})
    assert "firewall_policy_id, source, and destination are missing" in outcome.msg
    assert not api.made
