# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module server, run against scripted HTTP: fleets, servers by id, power, archive and restore, what may go wrong."""

from __future__ import annotations

import datetime
import re
import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.plugins.module_utils.resources.server import result as server_result
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
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
    ROOT_PATH,
    detailed,
    expects_jobs,
    expects_tree,
)
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import ANY_BODY, NO_BODY, Scripted

WEB, DB = hex_id(0x12), hex_id(0x14)
CREATE = "/v2/servers/altd"
NEW = {"template": "DEBIAN-7-64-TEMPLATE", "cpu": 1, "memory_gb": 1}
BODY = {
    "name": "WEB",
    "groupId": WEB,
    "sourceServerId": "DEBIAN-7-64-TEMPLATE",
    "cpu": 1,
    "memoryGB": 1,
    "type": "standard",
}
FLEET = {"name": "WEB", "group": "Web"}
LOST = requests.exceptions.ReadTimeout()


def uuid(number: int) -> str:
    return hex_id(0xF0000 + number)


def name(number: int) -> str:
    return f"va1altdweb{number:02}"


def web(number: int, **members: t.Any) -> Entity:
    """A server of the fleet; those of a higher number are newer."""
    changes = {
        "createdBy": "me",
        "createdDate": f"2016-02-16T08:{number % 60:02}:00Z",
        "modifiedDate": "2016-02-16T09:00:00Z",
    }
    return server(name(number), uuid=uuid(number), **{"groupId": WEB, "changeInfo": changes, **members})


def tree_of_groups(**more: t.Any) -> Entity:
    """A root with the groups Web and Db; servers in Db by name."""
    return root(group("Web", WEB), group("Db", DB, linked=more.get("db", [])))


def members(*servers: Entity) -> Entity:
    """The group Web with its servers, as the detailed response has it."""
    return group("Web", WEB, servers=servers)


def expects_fleet(api: Scripted, *servers: Entity, **more: t.Any) -> None:
    """Expect the three reads that bring a fleet."""
    expects_tree(api, tree_of_groups(**more))
    api.expects("GET", detailed(WEB), members(*servers))


def expects_again(api: Scripted, *servers: Entity) -> None:
    """Expect the read that follows a stage of work."""
    api.expects("GET", detailed(WEB), members(*servers))


def ids(outcome: t.Any) -> list[str]:
    return [server["id"] for server in outcome["servers"]]


def touched(outcome: t.Any) -> tuple[list[str], list[str], list[str]]:
    return outcome["created_ids"], outcome["changed_ids"], outcome["removed_ids"]


# Fleets: their number


def test_ten_unchanged_servers_are_three_requests(api: Scripted, run: Runner) -> None:
    fleet = [web(number, description="shop") for number in range(1, 11)]
    expects_fleet(api, *reversed(fleet))
    options = {**FLEET, **NEW, "count": 10, "description": "shop"}
    outcome = run("server", options, diff=True)
    assert not outcome.changed
    assert ids(outcome) == [name(number) for number in range(1, 11)]
    assert touched(outcome) == ([], [], [])
    assert outcome["diff"]["before"] == outcome["diff"]["after"]
    assert len(api.made) == 3


def test_missing_servers_are_created_together(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1))
    api.expects("POST", CREATE, queued("web", "va1-2", uuid(2)), 202, body=BODY)
    with api.in_any_order():
        api.expects("POST", CREATE, queued("web", "va1-3", uuid(3)), 202, body=BODY)
        api.expects("POST", CREATE, queued("web", "va1-4", uuid(7)), 202, body=BODY)
    expects_jobs(api, "va1-2", "va1-3", "va1-4", statuses=["notStarted", "executing", "succeeded"])
    expects_again(api, web(1), web(2), web(7), building(name(3), **age(0)))
    api.expects(
        "GET", f"/v2/servers/ALTD/{uuid(3)}?uuid=True", building(name(3))
    )  # its links do not contain the uuid yet
    expects_again(api, web(1), web(2), web(7), web(3))
    outcome = run("server", {**FLEET, **NEW, "count": 4})
    assert outcome.changed
    assert ids(outcome) == [name(1), name(2), name(3), name(7)]
    assert touched(outcome) == ([name(2), name(3), name(7)], [], [])


def test_the_create_body_has_all_that_was_asked_for(api: Scripted, run: Runner) -> None:
    capabilities = recorded("clc-knife/GET-v2-datacenters-alias-dc-deploymentCapabilities.200")
    network = capabilities["deployableNetworks"][0]
    expects_fleet(api)
    api.expects("GET", "/v2/datacenters/altd/va1/deploymentCapabilities", capabilities)
    api.expects("GET", "/v2/accounts/ALTD/customFields", CUSTOM_FIELDS)
    values = [
        {"id": CUSTOM_FIELDS[1]["id"], "value": "true"},
        {"id": CUSTOM_FIELDS[2]["id"], "value": "red"},
    ]
    body = {
        **BODY,
        "description": "shop",
        "networkId": network["networkId"],
        "ipAddress": "10.0.0.7",
        "password": PASSWORD,
        "primaryDns": "10.0.0.1",
        "secondaryDns": "10.0.0.2",
        "ttl": "2030-01-01T00:00:00Z",
        "type": "hyperscale",
        "storageType": "hyperscale",
        "additionalDisks": [
            {"path": "/data", "sizeGB": 10, "type": "partitioned"},
            {"sizeGB": 20, "type": "raw"},
        ],
        "customFields": sorted(values, key=lambda field: str(field["id"])),
    }
    api.expects("POST", CREATE, queued("web", "va1-2", uuid(1)), 202, body=body)
    expects_jobs(api, "va1-2")
    made = web(1, description="shop", details={"customFields": values})
    expects_again(api, made)
    options = {
        **FLEET,
        **NEW,
        "description": "shop",
        "network": network["name"],
        "ip_address": "10.0.0.7",
        "administrator_password": PASSWORD,
        "primary_dns": "10.0.0.1",
        "secondary_dns": "10.0.0.2",
        "ttl": "2030-01-01T00:00:00Z",
        "type": "hyperscale",
        "storage_type": "hyperscale",
        "disks": [{"path": "/data", "size_gb": 10}, {"size_gb": 20, "type": "raw"}],
        "custom_fields": {"Production": True, "Color": "Red"},
    }
    assert run("server", options)["created_ids"] == [name(1)]


@pytest.mark.parametrize(("present", "created"), [(0, 1), (1, 0), (3, 0)])
def test_without_count_one_server_is_created_if_none_exists(
    api: Scripted, run: Runner, present: int, created: int
) -> None:
    fleet = [web(number) for number in range(1, present + 1)]
    expects_fleet(api, *fleet)
    if created:
        api.expects("POST", CREATE, queued("web", "va1-2", uuid(9)), 202, body=BODY)
        expects_jobs(api, "va1-2")
        expects_again(api, web(9))
    outcome = run("server", {**FLEET, **NEW})
    assert (outcome.changed, len(outcome["created_ids"])) == (bool(created), created)


def test_what_belongs_to_the_fleet(api: Scripted, run: Runner) -> None:
    """Two digits, or more without a leading zero; those of the group itself; active and under construction ones."""
    fleet = [
        web(1),
        server("VA1ALTDWEB1234"),
        server("va1altdweb012"),  # a leading zero: the base name would be WEB0, or it is none of ours
        server("va1altdweb1"),
        server("va1altdwebx01"),
        server("va1altdxweb01"),
        server("va1othrweb01"),
        server("de1altdweb01"),
        server("va1altdweb05", status="queuedForDelete"),
        archived("va1altdweb06"),
        building("va1altdweb07", status="queuedForRestore"),
    ]
    expects_fleet(api, *fleet)
    outcome = run("server", {**FLEET, "count": 2})
    assert (outcome.changed, ids(outcome)) == (False, [name(1), "va1altdweb1234"])


@pytest.mark.parametrize("missing", ["template", "cpu", "memory_gb"])
def test_required_options_of_a_new_server(api: Scripted, run: Runner, missing: str) -> None:
    expects_fleet(api)
    outcome = run("server", {**FLEET, **{key: value for key, value in NEW.items() if key != missing}})
    assert f"Cannot create servers 'WEB': {missing} is missing" in outcome.msg


def test_a_surplus_is_an_error(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(2), web(3))
    outcome = run("server", {**FLEET, **NEW, "count": 2})
    assert "Cannot scale servers 'WEB' down to 2: 3 exist and allow_removal is false" in outcome.msg
    assert "Set allow_removal" in outcome.msg


def test_a_surplus_is_deleted_newest_first_if_that_is_allowed(api: Scripted, run: Runner) -> None:
    newest = web(1, changeInfo={"createdDate": "2016-02-16T08:59:00Z"})
    expects_fleet(api, newest, web(2), web(3), web(4))
    api.expects("DELETE", f"/v2/servers/altd/{name(1)}", queued(name(1), "va1-1"), 202)
    api.expects("DELETE", f"/v2/servers/altd/{name(4)}", queued(name(4), "va1-2"), 202)
    expects_jobs(api, "va1-1", "va1-2")
    going = web(4, status="queuedForDelete")
    expects_again(api, web(2), web(3), going)
    outcome = run("server", {**FLEET, "count": 2, "allow_removal": True})
    assert outcome.changed
    assert ids(outcome) == [name(2), name(3)]
    assert touched(outcome) == ([], [], [name(1), name(4)])


def test_of_servers_created_at_the_same_time_the_highest_number_is_the_newest(api: Scripted, run: Runner) -> None:
    same = {"createdDate": "2016-02-16T08:00:00Z"}
    expects_fleet(api, web(9, changeInfo=same), web(10, changeInfo=same), web(11, changeInfo=same))
    outcome = run("server", {**FLEET, "count": 1, "allow_removal": True}, check=True)
    assert (ids(outcome), outcome["removed_ids"]) == ([name(9)], [name(10), name(11)])


def test_an_ambiguous_id_is_never_deleted(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(101))
    outcome = run("server", {**FLEET, "count": 1, "allow_removal": True})
    assert "va1altdweb101 is ambiguous" in outcome.msg
    assert (
        "Set long_numbers to true if the digits are the number, or select the servers with server_ids." in outcome.msg
    )
    assert outcome["changed"] is False


@pytest.mark.parametrize("number", [100, 200, 1000, 2000])
def test_a_number_without_another_reading_is_not_ambiguous(api: Scripted, run: Runner, number: int) -> None:
    """00 and numbers with a leading zero do not exist, so the digits cannot end a longer base name."""
    expects_fleet(api, web(1), web(number))
    outcome = run("server", {**FLEET, "count": 1, "allow_removal": True}, check=True)
    assert outcome["removed_ids"] == [name(number)]


@pytest.mark.parametrize("number", [101, 110, 199, 1001, 1100])
def test_a_number_with_another_reading_is_ambiguous(api: Scripted, run: Runner, number: int) -> None:
    expects_fleet(api, web(1), web(number))
    outcome = run("server", {**FLEET, "count": 1, "allow_removal": True}, check=True)
    assert f"{name(number)} is ambiguous" in outcome.msg


@pytest.mark.parametrize("options", [{"count": 1, "allow_removal": True}, {"state": "absent"}])
def test_long_numbers_belong_to_the_fleet_if_the_user_says_so(
    api: Scripted, run: Runner, options: dict[str, t.Any]
) -> None:
    expects_fleet(api, web(1), web(101))
    outcome = run("server", {**FLEET, **options, "long_numbers": True}, check=True)
    assert name(101) in outcome["removed_ids"]


def test_a_server_00_is_not_in_the_fleet(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(0))
    outcome = run("server", {**FLEET, "count": 1})
    assert not outcome.changed
    assert ids(outcome) == [name(1)]


def test_not_even_for_absent(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(101))
    outcome = run("server", {**FLEET, "state": "absent"})
    assert "is ambiguous" in outcome.msg


def test_servers_with_the_base_name_in_other_groups_cause_a_warning_before_a_create(api: Scripted, run: Runner) -> None:
    expects_fleet(api, db=["va1altdweb08", "va1altdweb07", "va1altddb01"])
    api.expects("POST", CREATE, queued("web", "va1-2", uuid(9)), 202, body=BODY)
    expects_jobs(api, "va1-2")
    expects_again(api, web(9))
    outcome = run("server", {**FLEET, **NEW, "count": 1})
    assert [warning for warning in outcome.warnings if "not counted" in warning] == [
        "Servers with the base name 'WEB' in other groups are not counted: va1altdweb07 in 'Db', va1altdweb08 in 'Db'."
    ]


def test_the_fleet_itself_causes_no_warning(api: Scripted, run: Runner) -> None:
    expects_tree(api, root(group("Web", WEB, linked=[name(1)]), group("Db", DB)))
    api.expects("GET", detailed(WEB), members(web(1)))
    expects_templates(api)
    outcome = run("server", {**FLEET, **NEW, "count": 2}, check=True)
    assert (outcome["created_ids"], outcome.warnings) == ([PLACEHOLDER], [])


def test_servers_in_other_groups_cause_no_warning_without_a_create(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), db=["va1altdweb07"])
    assert run("server", {**FLEET, "count": 1}).warnings == []


# Under construction


def age(seconds: float) -> dict[str, t.Any]:
    created = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=seconds)
    return {"changeInfo": {"createdDate": created.strftime("%Y-%m-%dT%H:%M:%SZ")}}


def test_servers_under_construction_count_and_are_waited_for(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_fleet(api, web(1), building(name(2), **age(100)))
    expects_again(api, web(1), building(name(2), **age(100)))
    expects_again(api, web(1), web(2))
    outcome = run("server", {**FLEET, "count": 2})
    assert (outcome.changed, [server["status"] for server in outcome["servers"]]) == (False, ["active", "active"])
    assert clock.pauses == [1.0, 1.25]


def test_a_stuck_build_counts_and_is_not_waited_for(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_fleet(api, web(1), building(name(2), **age(4000)))
    outcome = run("server", {**FLEET, "count": 2})
    assert not outcome.changed
    assert clock.pauses == []
    assert (
        len([warning for warning in outcome.warnings if name(2) in warning and "does not wait for it" in warning]) == 1
    )


def test_a_stuck_build_is_not_deleted_as_surplus(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(2), building(name(3), **age(4000)))
    outcome = run("server", {**FLEET, "count": 2, "allow_removal": True}, check=True)
    assert outcome["removed_ids"] == [name(2)]


def test_a_surplus_of_stuck_builds_is_an_error(api: Scripted, run: Runner) -> None:
    expects_fleet(api, building(name(2), **age(4000)), building(name(3), **age(4000)))
    outcome = run("server", {**FLEET, "count": 1, "allow_removal": True})
    assert "only 0 of 2 have been built and can be deleted" in outcome.msg
    assert outcome["changed"] is False


def test_an_unknown_power_state_is_not_changed(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1, details={"powerState": "hibernating"}))
    outcome = run("server", {**FLEET, "state": "started"})
    assert not outcome.changed


def test_wait_timeout_decides_whether_a_build_is_stuck(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_fleet(api, building(name(2), **age(400)))
    assert len(run("server", {**FLEET, "wait_timeout": 300}).warnings) == 1
    assert clock.pauses == []


def test_a_build_that_outlasts_the_task(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_fleet(api, building(name(2), **age(0)))
    for _number in range(7):
        expects_again(api, building(name(2), **age(0)))
    outcome = run("server", {**FLEET, "wait_timeout": 15})
    assert "not built within wait_timeout" in outcome.msg
    assert clock.passed == pytest.approx(15.0)


def test_a_new_server_may_get_its_address_a_little_later(api: Scripted, run: Runner) -> None:
    expects_fleet(api)
    api.expects("POST", CREATE, queued("web", "va1-2", uuid(1)), 202, body=BODY)
    expects_jobs(api, "va1-2")
    expects_again(api, web(1, details={"ipAddresses": []}))
    expects_again(api, web(1))
    assert run("server", {**FLEET, **NEW})["servers"][0]["ip_address"] == "10.135.43.12"


# Lost responses and failed jobs


def test_a_server_whose_create_response_was_lost_is_adopted(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_fleet(api, web(1))
    api.expects("POST", CREATE, raises=LOST, body=BODY)
    expects_again(api, web(1))
    expects_again(api, web(1), building(name(2)))
    # The queued job is unknown; only the group shows the build.
    expects_again(api, web(1), building(name(2), **age(0)))
    expects_again(api, web(1), web(2))
    outcome = run("server", {**FLEET, **NEW, "count": 2})
    assert outcome.changed
    assert outcome["created_ids"] == [name(2)]
    assert (
        len([warning for warning in outcome.warnings if f"new server {name(2)} is assumed to be its result" in warning])
        == 1
    )
    assert len(api.bodies("POST")) == 1


def test_without_a_new_member_a_lost_create_is_an_error(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_fleet(api, web(1))
    api.expects("POST", CREATE, raises=LOST, body=BODY)
    for _number in range(15):  # at once, and after pauses that grow, for a minute
        expects_again(api, web(1))
    outcome = run("server", {**FLEET, **NEW, "count": 2})
    assert outcome.failed
    assert "The server may still have been created" in outcome.msg
    assert outcome["changed"] is False
    assert clock.passed == pytest.approx(60.0)
    assert len(api.bodies("POST")) == 1


def test_a_lost_create_is_distinguished_from_the_other_creates(api: Scripted, run: Runner) -> None:
    """Three are requested and one response is lost: servers with a response of their own are not adopted."""
    expects_fleet(api)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(1)), 202, body=BODY)
    with api.in_any_order():
        api.expects("POST", CREATE, queued("web", "va1-2", uuid(2)), 202, body=BODY)
        api.expects("POST", CREATE, raises=LOST, body=BODY)
    expects_again(api, web(1))  # created by the first request
    with api.in_any_order():
        api.expects("GET", f"/v2/servers/ALTD/{uuid(2)}?uuid=True", NO_BODY, 404)
    expects_again(api, web(1), web(2))
    expects_again(api, web(1), web(2), web(3))
    expects_jobs(api, "va1-1", "va1-2")
    expects_again(api, web(1), web(2), web(3))
    outcome = run("server", {**FLEET, **NEW, "count": 3})
    assert outcome.changed
    assert outcome["created_ids"] == [name(1), name(2), name(3)]
    assert len([warning for warning in outcome.warnings if name(3) in warning]) == 1


def test_an_unresolved_server_may_belong_to_another_response(api: Scripted, run: Runner) -> None:
    """Two are requested and one response is lost: the first new server that is listed may be that of the other response."""
    expects_fleet(api)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(1)), 202, body=BODY)
    api.expects("POST", CREATE, raises=LOST, body=BODY)
    expects_again(api, building(name(1), **age(0)))
    api.expects("GET", f"/v2/servers/ALTD/{uuid(1)}?uuid=True", NO_BODY, 404)
    expects_again(api, building(name(1), **age(0)), building(name(2), **age(0)))
    api.expects("GET", f"/v2/servers/ALTD/{uuid(1)}?uuid=True", building(name(1)))
    expects_jobs(api, "va1-1")
    expects_again(api, web(1), web(2))
    outcome = run("server", {**FLEET, **NEW, "count": 2})
    assert not outcome.failed, outcome.msg
    assert outcome["created_ids"] == [name(1), name(2)]
    assert [warning for warning in outcome.warnings if "is assumed to be its result" in warning and name(2) in warning]


def test_two_lost_creates_are_two_servers(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1))
    api.expects("POST", CREATE, raises=LOST, body=BODY)
    api.expects("POST", CREATE, raises=LOST, body=BODY)
    expects_again(api, web(1), web(2))
    expects_again(api, web(1), web(2))  # the second is not the result of the first request
    expects_again(api, web(1), web(2), web(3))
    expects_again(api, web(1), web(2), web(3))
    outcome = run("server", {**FLEET, **NEW, "count": 3})
    assert (outcome.changed, outcome["created_ids"]) == (True, [name(2), name(3)])


def test_the_service_did_not_see_the_request(api: Scripted, run: Runner) -> None:
    expects_fleet(api)
    api.expects("POST", CREATE, NO_BODY, 429, body=BODY, headers={"Retry-After": "1"})
    api.expects("POST", CREATE, raises=requests.exceptions.ConnectTimeout(), body=BODY)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(1)), 202, body=BODY)
    expects_jobs(api, "va1-1")
    expects_again(api, web(1))
    assert run("server", {**FLEET, **NEW})["created_ids"] == [name(1)]


def test_a_failed_build_is_an_error(api: Scripted, run: Runner) -> None:
    expects_fleet(api)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(1)), 202, body=BODY)
    api.expects("POST", CREATE, queued("web", "va1-2", uuid(2)), 202, body=BODY)
    with api.in_any_order():
        api.expects("GET", "/v2/operations/altd/status/va1-1", {"status": "succeeded"})
        api.expects("GET", "/v2/operations/altd/status/va1-2", {"status": "failed"})
    expects_again(api, web(1))
    api.expects("GET", f"/v2/servers/ALTD/{uuid(2)}?uuid=True", NO_BODY, 404)
    outcome = run("server", {**FLEET, **NEW, "count": 2})
    assert "WEB failed (job va1-2: failed)" in outcome.msg
    assert outcome["changed"] is True
    assert outcome["created_ids"] == [name(1), None]
    assert sorted((job["id"], job["status"]) for job in outcome["jobs"]) == [
        ("va1-1", "succeeded"),
        ("va1-2", "failed"),
    ]


def test_after_a_rejected_create_no_other_is_sent(api: Scripted, run: Runner) -> None:
    expects_fleet(api)
    message = "Memory limit exceeded -> available: 2, requested: 4"
    api.expects("POST", CREATE, {"message": message}, 400, body=BODY)
    outcome = run("server", {**FLEET, **NEW, "count": 5})
    assert f"Cannot create server 'WEB' (1 of 5) in group 'Web': {message}" in outcome.msg
    assert (outcome["changed"], outcome["status_code"]) == (False, 400)


# Changes


def operations(**values: t.Any) -> list[dict[str, t.Any]]:
    return [{"op": "set", "member": key, "value": value} for key, value in values.items()]


def test_more_memory_is_asked_for_together_with_the_cores(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(2, details={"memoryMB": 4096}))
    api.expects("PATCH", f"/v2/servers/altd/{name(1)}", status_link("va1-1"), 202, body=operations(cpu=1, memory=4))
    expects_jobs(api, "va1-1")
    expects_again(api, web(1, details={"memoryMB": 4096}), web(2, details={"memoryMB": 4096}))
    outcome = run("server", {**FLEET, "memory": 4}, diff=True)
    assert outcome.changed
    assert touched(outcome) == ([], [name(1)], [])
    assert [server["memory_gb"] for server in outcome["diff"]["before"]["servers"]] == [1, 4]
    assert [server["memory_gb"] for server in outcome["diff"]["after"]["servers"]] == [4, 4]


def test_a_description_is_changed_at_once(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1))
    api.expects("PATCH", f"/v2/servers/altd/{name(1)}", NO_BODY, 204, body=operations(description=""))
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1, description=""))
    assert run("server", {"server_ids": [name(1).upper()], "description": ""})["changed_ids"] == [name(1)]


def test_custom_fields_of_each_server_are_merged_with_its_own(api: Scripted, run: Runner) -> None:
    cost, production = CUSTOM_FIELDS[0]["id"], CUSTOM_FIELDS[1]["id"]
    free = [{**field, "isRequired": False} for field in CUSTOM_FIELDS]
    own = {"customFields": [{"id": production, "value": "true"}]}
    done = {"customFields": [{"id": production, "value": "true"}, {"id": cost, "value": "7"}]}
    expects_fleet(api, web(1, details=own), web(2, details=done))
    api.expects("GET", "/v2/accounts/ALTD/customFields", free)
    desired = sorted(done["customFields"], key=lambda field: field["id"])
    api.expects("PATCH", f"/v2/servers/altd/{name(1)}", NO_BODY, 204, body=operations(customFields=desired))
    expects_again(api, web(1, details=done), web(2, details=done))
    assert run("server", {**FLEET, "custom_fields": {"Cost Center": 7}})["changed_ids"] == [name(1)]


def test_a_snapshot_blocks_more_memory(api: Scripted, run: Runner) -> None:
    snapshots = [{"name": "2015-07-08.11:49:22", "links": []}]
    expects_fleet(api, web(1, details={"snapshots": snapshots}))
    outcome = run("server", {**FLEET, "cpu": 4})
    assert "its snapshot 2015-07-08.11:49:22 blocks updates of cpu, disks, memory" in outcome.msg
    assert outcome["changed"] is False


def test_a_server_is_moved_by_its_id(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1))
    expects_tree(api, tree_of_groups())
    api.expects("PATCH", f"/v2/servers/altd/{name(1)}", NO_BODY, 204, body=operations(groupId=DB))
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1, groupId=DB))
    outcome = run("server", {"server_ids": [name(1)], "group": "Db"})
    assert (outcome.changed, outcome["servers"][0]["group_id"]) == (True, DB)


def test_servers_of_two_data_centers_cannot_move_to_one_group(api: Scripted, run: Runner) -> None:
    with api.in_any_order():
        api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1))
        api.expects("GET", "/v2/servers/ALTD/de1altdx01", server("de1altdx01", locationId="DE1"))
    outcome = run("server", {"server_ids": [name(1), "de1altdx01"], "group": "Db"})
    assert "they are in different data centers: DE1, VA1" in outcome.msg


# Removal


def test_a_fleet_is_removed(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(2), server("va1altddb01"))
    api.expects("DELETE", f"/v2/servers/altd/{name(1)}", queued(name(1), "va1-1"), 202)
    api.expects("DELETE", f"/v2/servers/altd/{name(2)}", queued(name(2), "va1-2"), 202)
    expects_jobs(api, "va1-1", "va1-2")
    expects_again(api, server("va1altddb01"))
    outcome = run("server", {**FLEET, "state": "absent"})
    assert (ids(outcome), touched(outcome)) == ([], ([], [], [name(1), name(2)]))


def test_a_delete_with_a_lost_response(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1))
    api.expects("DELETE", f"/v2/servers/altd/{name(1)}", raises=LOST)
    api.expects("GET", f"/v2/servers/altd/{name(1)}", web(1, status="queuedForDelete"))
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1, status="queuedForDelete"))
    outcome = run("server", {"server_ids": [name(1)], "state": "absent"})
    assert (outcome.changed, outcome["removed_ids"], ids(outcome)) == (True, [name(1)], [])


def test_deleted_servers_satisfy_absent(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", NO_BODY, 404)
    outcome = run("server", {"server_ids": [name(1)], "state": "absent"})
    assert (outcome.changed, ids(outcome)) == (False, [])


def _queued_now() -> Entity:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return web(1, status="queuedForDelete", changeInfo={"modifiedDate": now})


def test_servers_that_are_being_deleted_are_waited_for(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", _queued_now(), times=3)
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", NO_BODY, 404)
    outcome = run("server", {"server_ids": [name(1)], "state": "absent"})
    assert (outcome.changed, ids(outcome)) == (False, [])
    expects_fleet(api, _queued_now())
    expects_again(api)
    assert not run("server", {**FLEET, "state": "absent"}).changed
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", _queued_now())
    assert not run("server", {"server_ids": [name(1)], "state": "absent", "wait": False}).failed


def test_a_server_that_stays_queued_for_deletion_is_an_error(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", _queued_now(), times=5)
    outcome = run("server", {"server_ids": [name(1)], "state": "absent", "wait_timeout": 5})
    assert outcome.failed
    assert f"Cannot delete server {name(1)}: it is still queued for deletion after wait_timeout, 5 s." in outcome.msg
    months_ago = web(1, status="queuedForDelete", changeInfo={"modifiedDate": "2016-02-16T08:00:00Z"})
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", months_ago)
    assert name(1) in run("server", {"server_ids": [name(1)], "state": "absent"}).msg


def test_a_server_that_does_not_exist(api: Scripted, run: Runner) -> None:
    with api.in_any_order():
        api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1))
        api.expects("GET", f"/v2/servers/ALTD/{name(2)}", NO_BODY, 404)
    outcome = run("server", {"server_ids": [name(2), name(1)], "description": "x"})
    assert f"Cannot find servers: server {name(2)} does not exist" in outcome.msg


# Power


POWER: list[tuple[str, dict[str, t.Any], str, str, list[tuple[str, list[int]]]]] = [
    # state, options, power of server 1, power of server 2, operations with their servers
    ("started", {}, "started", "stopped", [("powerOn", [2])]),
    ("started", {}, "paused", "stopped", [("powerOn", [1, 2])]),
    ("started", {}, "started", "started", []),
    ("stopped", {}, "started", "stopped", [("shutDown", [1])]),
    ("stopped", {"force": True}, "paused", "started", [("powerOff", [1, 2])]),
    ("stopped", {}, "stopped", "stopped", []),
    ("paused", {}, "started", "paused", [("pause", [1])]),
    ("restarted", {}, "started", "started", [("reboot", [1, 2])]),
    ("restarted", {"force": True}, "started", "started", [("reset", [1, 2])]),
    ("present", {}, "stopped", "paused", []),
]


@pytest.mark.parametrize(("state", "options", "first", "second", "sent"), POWER)
def test_power(
    api: Scripted, run: Runner, state: str, options: dict[str, t.Any], first: str, second: str, sent: list[t.Any]
) -> None:
    power = {1: first, 2: second}

    def fleet() -> list[Entity]:
        return [web(number, details={"powerState": power[number]}) for number in (1, 2)]

    expects_fleet(api, *fleet())
    to = {"powerOn": "started", "shutDown": "stopped", "powerOff": "stopped", "pause": "paused"}
    for operation, numbers in sent:
        names = [name(number) for number in numbers]
        body = [name.upper() for name in names]  # every operation accepts upper case
        response = [queued(name, "va1-1") for name in reversed(names)]
        api.expects("POST", f"/v2/operations/ALTD/servers/{operation}", response, body=body)
        expects_jobs(api, "va1-1", statuses=["executing", "resumed", "succeeded"])
        power.update({number: to.get(operation, power[number]) for number in numbers})
        expects_again(api, *fleet())
    outcome = run("server", {**FLEET, **options, "state": state})
    assert outcome.changed is bool(sent)
    assert outcome["changed_ids"] == sorted({name(number) for _operation, numbers in sent for number in numbers})
    desired = {"started": "started", "stopped": "stopped", "paused": "paused"}.get(state)
    assert all(desired in (None, server["power_state"]) for server in outcome["servers"])


def test_a_stopped_server_is_started_before_it_is_paused(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1, details={"powerState": "stopped"}))
    for operation, power in (("powerOn", "started"), ("pause", "paused")):
        api.expects(
            "POST", f"/v2/operations/ALTD/servers/{operation}", [queued(name(1), "va1-1")], body=[name(1).upper()]
        )
        expects_jobs(api, "va1-1")
        expects_again(api, web(1, details={"powerState": power}))
    assert run("server", {**FLEET, "state": "paused"})["servers"][0]["power_state"] == "paused"


def test_restarting_starts_what_does_not_run(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(2, details={"powerState": "stopped"}))
    api.expects("POST", "/v2/operations/ALTD/servers/reboot", [queued(name(1), "va1-1")], body=[name(1).upper()])
    api.expects("POST", "/v2/operations/ALTD/servers/powerOn", [queued(name(2), "va1-2")], body=[name(2).upper()])
    expects_jobs(api, "va1-1", "va1-2")
    expects_again(api, web(1), web(2))
    assert run("server", {**FLEET, "state": "restarted"})["changed_ids"] == [name(1), name(2)]


def test_restarting_creates_nothing(api: Scripted, run: Runner) -> None:
    expects_fleet(api)
    assert not run("server", {**FLEET, **NEW, "state": "restarted"}).changed


def test_a_paused_server_cannot_shut_down(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1, details={"powerState": "paused"}))
    outcome = run("server", {**FLEET, "state": "stopped"})
    assert f"Cannot stop server {name(1)}: the system of a paused server cannot be shut down" in outcome.msg


def test_started_creates_what_is_missing_first(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1, details={"powerState": "stopped"}))
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(2)), 202, body=BODY)
    expects_jobs(api, "va1-1")
    expects_again(api, web(1, details={"powerState": "stopped"}), web(2))
    api.expects("POST", "/v2/operations/ALTD/servers/powerOn", [queued(name(1), "va1-2")], body=[name(1).upper()])
    expects_jobs(api, "va1-2")
    expects_again(api, web(1), web(2))
    outcome = run("server", {**FLEET, **NEW, "count": 2, "state": "started"})
    assert touched(outcome) == ([name(2)], [name(1)], [])


def test_a_batch_with_a_rejected_server(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(2), web(3))
    response = [
        queued(name(1), "va1-1"),
        {"server": name(2).upper(), "isQueued": False, "errorMessage": "it is not in a valid state."},
        {"server": name(3), "isQueued": False, "errorMessage": "The server already in desired state."},
    ]
    api.expects(
        "POST", "/v2/operations/ALTD/servers/shutDown", response, body=[name(number).upper() for number in (1, 2, 3)]
    )
    expects_jobs(api, "va1-1")
    off = {"powerState": "stopped"}
    expects_again(api, web(1, details=off), web(2), web(3, details=off))
    outcome = run("server", {**FLEET, "state": "stopped"})
    assert f"{name(2)} was rejected: it is not in a valid state" in outcome.msg
    assert outcome["rejections"] == [{"target": name(2), "reason": "it is not in a valid state."}]
    assert outcome["changed"] is True
    assert name(2) not in outcome["changed_ids"]


def test_a_batch_whose_servers_are_all_rejected(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1))
    response = [{"server": name(1), "isQueued": False, "errorMessage": "it is not in a valid state."}]
    api.expects("POST", "/v2/operations/ALTD/servers/shutDown", response, 400, body=[name(1).upper()])
    outcome = run("server", {**FLEET, "state": "stopped"})
    assert f"{name(1)} was rejected" in outcome.msg
    assert (outcome["changed"], outcome["done"]) == (False, [])


# Archive and restore


def test_a_fleet_is_archived(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), archived(name(2)))
    api.expects("POST", "/v2/operations/ALTD/servers/archive", [queued(name(1), "va1-1")], body=[name(1).upper()])
    expects_jobs(api, "va1-1")
    expects_again(api)
    assert run("server", {**FLEET, "state": "archived"})["changed_ids"] == [name(1)]


def test_an_archived_server_is_restored_into_a_group(api: Scripted, run: Runner) -> None:
    read = f"/v2/servers/ALTD/{name(1)}"
    api.expects("GET", read, archived(name(1)))
    expects_tree(api, tree_of_groups())
    api.expects("POST", f"/v2/servers/altd/{name(1)}/restore", status_link("va1-1"), 202, body={"targetGroupId": WEB})
    expects_jobs(api, "va1-1")
    api.expects("GET", read, building(name(1), status="queuedForRestore"))
    api.expects("GET", read, web(1))
    outcome = run("server", {"server_ids": [name(1)], "group": "Web"})
    assert (outcome.changed, outcome["servers"][0]["status"]) == (True, "active")


def test_a_restore_needs_a_group(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", archived(name(1)))
    outcome = run("server", {"server_ids": [name(1)]})
    assert "the service does not keep the group of an archived server. Set group." in outcome.msg


# Without waiting


def test_without_waiting_new_servers_are_in_the_result(api: Scripted, run: Runner) -> None:
    expects_fleet(api)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(1)), 202, body=BODY)
    api.expects("POST", CREATE, queued("web", "va1-2", uuid(2)), 202, body=BODY)
    api.expects("GET", f"/v2/servers/ALTD/{uuid(1)}?uuid=True", NO_BODY, 404)
    api.expects("GET", f"/v2/servers/ALTD/{uuid(2)}?uuid=True", building(name(2)))
    api.expects("GET", f"/v2/servers/ALTD/{uuid(1)}?uuid=True", building(name(1)))
    expects_again(api, building(name(1)), building(name(2)))
    outcome = run("server", {**FLEET, **NEW, "count": 2, "state": "started", "wait": False})
    assert outcome["created_ids"] == [name(1), name(2)]
    assert [server["status"] for server in outcome["servers"]] == ["underConstruction"] * 2
    assert [job["id"] for job in outcome["jobs"]] == ["va1-1", "va1-2"]
    assert outcome["pending"] == []


def test_without_waiting_new_servers_may_be_missing_in_the_result(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_fleet(api)
    api.expects("POST", CREATE, queued("web", "va1-1", uuid(1)), 202, body=BODY)
    api.expects("GET", f"/v2/servers/ALTD/{uuid(1)}?uuid=True", NO_BODY, 404, times=15)
    expects_again(api)
    api.expects("GET", f"/v2/servers/ALTD/{uuid(1)}?uuid=True", NO_BODY, 404)
    outcome = run("server", {**FLEET, **NEW, "count": 1, "wait": False})
    assert not outcome.failed, outcome.msg
    assert outcome["created_ids"] == [None]
    assert [job["id"] for job in outcome["jobs"]] == ["va1-1"]
    assert outcome["pending"] == []
    assert clock.passed == pytest.approx(60.0)


def test_without_waiting_a_second_run_goes_on(api: Scripted, run: Runner) -> None:
    expects_fleet(api, building(name(1), **age(10)))
    outcome = run("server", {**FLEET, **NEW, "count": 1, "wait": False})
    assert (outcome.changed, outcome["jobs"], outcome["pending"]) == (False, [], [])


# Check mode


def expects_templates(api: Scripted) -> None:
    """In check mode, the template of a new server is looked up."""
    templates = [{"name": NEW["template"]}]
    api.expects("GET", "/v2/datacenters/altd/va1/deploymentCapabilities", {"templates": templates})


def test_new_servers_are_predicted_with_the_same_keys(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1))
    expects_templates(api)
    predicted = run("server", {**FLEET, **NEW, "count": 3, "description": "test server"}, check=True, diff=True)
    assert predicted.changed
    assert ids(predicted) == [name(1), *predicted["created_ids"]]
    assert predicted["created_ids"] == [PLACEHOLDER, PLACEHOLDER]
    assert len({*predicted["created_ids"]}) == 2
    assert [server["name"] for server in predicted["servers"][1:]] == [PLACEHOLDER, PLACEHOLDER]
    real = predicted["servers"][0]
    for entity in predicted["servers"][1:]:
        assert list(entity) == list(real)
        assert list(entity["change_info"]) == list(real["change_info"])
        known = ("description", "data_center", "group_id", "status", "power_state", "cpu", "memory_gb", "type")
        assert {key: entity[key] for key in known} == {key: real[key] for key in known}
    assert [len(predicted["diff"][when]["servers"]) for when in ("before", "after")] == [1, 3]


def test_a_group_that_does_not_exist_yet(api: Scripted, run: Runner) -> None:
    expects_tree(api, root())
    expects_templates(api)
    outcome = run("server", {**FLEET, **NEW, "count": 2}, check=True)
    assert (outcome.changed, outcome["created_ids"]) == (True, [PLACEHOLDER, PLACEHOLDER])
    assert len(outcome.warnings) == 1
    assert "group 'Web' does not exist in VA1" in outcome.warnings[0]


def test_a_group_that_does_not_exist(api: Scripted, run: Runner) -> None:
    expects_tree(api, root())
    assert "group 'Web' does not exist in VA1. Create it" in run("server", {**FLEET, **NEW}).msg


@pytest.mark.parametrize(
    ("group_spec", "top", "message"),
    [
        (
            "web",
            tree_of_groups(),
            f"group 'web' does not exist in VA1, but there is Web ({WEB}). Names are case-sensitive.",
        ),
        (
            "Twin",
            root(group("Twin", WEB), group("Twin", DB)),
            f"2 groups in VA1 match 'Twin': Twin ({WEB}), Twin ({DB})",
        ),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_an_ambiguous_or_misspelled_group_is_an_error(
    api: Scripted, run: Runner, group_spec: str, top: Entity, message: str, check: bool
) -> None:
    expects_tree(api, top)
    outcome = run("server", {**NEW, "name": "WEB", "group": group_spec}, check=check)
    assert message.lower() in outcome.msg.lower()


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ({"cpu": 4}, {"cpu": 4}),
        ({"memory_gb": 8}, {"memory_gb": 8}),
        ({"description": "new"}, {"description": "new"}),
        ({"state": "stopped"}, {"power_state": "stopped"}),
        ({"state": "paused", "description": "new"}, {"power_state": "paused", "description": "new"}),
    ],
)
def test_changes_are_predicted(api: Scripted, run: Runner, options: dict[str, t.Any], keys: dict[str, t.Any]) -> None:
    expects_fleet(api, web(1))
    outcome = run("server", {**FLEET, **options}, check=True)
    assert (outcome.changed, outcome["changed_ids"]) == (True, [name(1)])
    assert {key: outcome["servers"][0][key] for key in keys} == keys


def test_a_removal_an_archive_and_a_restore_are_predicted(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1), web(2))
    outcome = run("server", {**FLEET, "state": "absent"}, check=True)
    assert (ids(outcome), outcome["removed_ids"]) == ([], [name(1), name(2)])
    expects_fleet(api, web(1))
    outcome = run("server", {**FLEET, "state": "archived"}, check=True)
    assert (ids(outcome), outcome["changed_ids"]) == ([], [name(1)])
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", archived(name(1)))
    expects_tree(api, tree_of_groups())
    outcome = run("server", {"server_ids": [name(1)], "group": "Web"}, check=True)
    assert (outcome["servers"][0]["status"], outcome["servers"][0]["group_id"]) == ("active", WEB)


def test_an_archived_server_is_predicted(api: Scripted, run: Runner) -> None:
    """As recorded: stopped and without size, in the archive group of the data center; its links no longer contain the uuid."""
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1))
    predicted = run("server", {"server_ids": [name(1)], "state": "archived"}, check=True)["servers"][0]
    entity = {key: predicted[key] for key in ("status", "power_state", "cpu", "memory_gb", "group_id", "uuid", "disks")}
    disks = server_result.to_result(web(1))["disks"]
    expected = {
        "status": "archived",
        "power_state": "stopped",
        "cpu": 0,
        "memory_gb": 0,
        "group_id": PLACEHOLDER,
        "uuid": None,
    }
    assert entity == {**expected, "disks": disks}


def test_the_size_of_a_restored_server_is_unknown_in_check_mode(api: Scripted, run: Runner) -> None:
    there = web(1, status="archived")
    there["details"].update(cpu=0, memoryMB=0, powerState="stopped")
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", there)
    expects_tree(api, tree_of_groups())
    predicted = run("server", {"server_ids": [name(1)], "group": "Web"}, check=True)["servers"][0]
    assert (predicted["cpu"], predicted["memory_gb"], predicted["power_state"]) == (None, None, None)


@pytest.mark.parametrize("there", [web(1), archived(name(1))])
def test_a_group_that_an_earlier_task_will_create(api: Scripted, run: Runner, there: Entity) -> None:
    """A move and a restore into it are predicted, as what the tasks before would make is not there in check mode."""
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", there)
    expects_tree(api, tree_of_groups())
    outcome = run("server", {"server_ids": [name(1)], "group": "Later"}, check=True)
    assert outcome.changed
    assert (outcome["changed_ids"], outcome["servers"][0]["group_id"]) == ([name(1)], PLACEHOLDER)
    assert len(outcome.warnings) == 1


def test_a_server_that_is_being_deleted_cannot_be_managed(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1, status="queuedForDelete"))
    outcome = run("server", {"server_ids": [name(1)], "cpu": 2})
    assert outcome.msg == (
        f"Cannot manage server {name(1)}: the service is deleting it. Omit it from server_ids, or set state to absent."
    )


def test_servers_to_delete_are_not_updated(api: Scripted, run: Runner) -> None:
    """Fewer and larger: the server to delete gets no update."""
    expects_fleet(api, web(1), web(2))
    api.expects("DELETE", f"/v2/servers/altd/{name(2)}", queued(name(2), "va1-1"), 202)
    api.expects("PATCH", f"/v2/servers/altd/{name(1)}", NO_BODY, 204, body=ANY_BODY)
    expects_jobs(api, "va1-1")
    expects_again(api, web(1, description="shop"))
    options = {**FLEET, "count": 1, "allow_removal": True, "description": "shop"}
    assert touched(run("server", options)) == ([], [name(1)], [name(2)])
    expects_fleet(api, web(1), web(2))
    assert touched(run("server", options, check=True)) == ([], [name(1)], [name(2)])


def test_parameters_of_packages_do_not_mask_the_result(api: Scripted, run: Runner) -> None:
    expects_fleet(api, web(1))
    packages = [{"package_id": "3f0a7c1e", "parameters": {"count": 1, "secret": PASSWORD, "kind": "standard"}}]
    outcome = run("server", {**FLEET, "administrator_password": PASSWORD, "packages": packages})
    assert (ids(outcome), outcome["servers"][0]["type"]) == ([name(1)], "standard")
    (result,) = outcome["invocation"]["module_args"]["packages"]
    assert result == {"package_id": "3f0a7c1e", "parameters": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"}


def test_a_snapshot_blocks_sizes_alone(api: Scripted, run: Runner) -> None:
    there = web(1)
    there["details"]["snapshots"] = [{"name": "2016-02-16.08:00:00", "links": []}]
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", there)
    outcome = run("server", {"server_ids": [name(1)], "cpu": 8})
    assert (
        "its snapshot 2016-02-16.08:00:00 blocks updates of cpu, disks, memory. Delete the snapshot first."
        in outcome.msg
    )
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", there)
    assert run("server", {"server_ids": [name(1)], "description": "shop"}, check=True).changed


@pytest.mark.parametrize(("stored", "changed"), [(PASSWORD, False), ("Another-Pass-1", True)])
def test_a_password_that_is_stored_already_is_not_sent(api: Scripted, run: Runner, stored: str, changed: bool) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1))
    api.expects("GET", f"/v2/servers/altd/{name(1)}/credentials", {"userName": "root", "password": stored})
    options = {"administrator_password": PASSWORD, "update_password": "always"}
    assert run("server", {"server_ids": [name(1)], **options}, check=True).changed is changed


def test_half_a_gigabyte_is_not_sent_along(api: Scripted, run: Runner) -> None:
    """CPU cores are sent together with the memory, which the service accepts in integers of GB only."""
    there = web(1)
    there["details"].update(cpu=1, memoryMB=1536)
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", there)
    api.expects(
        "PATCH",
        f"/v2/servers/altd/{name(1)}",
        status_link("va1-1"),
        202,
        body=[{"op": "set", "member": "cpu", "value": 2}],
    )
    expects_jobs(api, "va1-1")
    done = web(1)
    done["details"].update(cpu=2, memoryMB=1536)
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", done)
    (result,) = run("server", {"server_ids": [name(1)], "cpu": 2})["servers"]
    assert (result["cpu"], result["memory_gb"]) == (2, 1.5)


LATE_REFUSALS: list[tuple[dict[str, t.Any], str | None, t.Any, str]] = [
    ({"alert_policies": ["Nope"]}, "/v2/alertPolicies/ALTD", {"items": []}, "there is no alert policy 'Nope'"),
    ({"secondary_networks": [{"network": "no-net"}]}, "/v2-experimental/networks/ALTD/VA1", [], "no network 'no-net'"),
    (
        {"public_ip": {"ports": [{"protocol": "udp"}]}},
        None,
        None,
        "protocol is udp but all of the following are missing: port",
    ),
    ({"packages": [{"package_id": "p", "parameters": {"a": None}}]}, None, None, "a is not a string"),
]


@pytest.mark.parametrize(("options", "path", "response", "message"), LATE_REFUSALS)
def test_invalid_options_of_new_servers_are_rejected_before_a_create(
    api: Scripted, run: Runner, options: dict[str, t.Any], path: str | None, response: t.Any, message: str
) -> None:
    if "public_ip" not in options:  # which is refused before anything is read
        expects_fleet(api)
    if path:
        api.expects("GET", path, response)
    outcome = run("server", {**FLEET, **NEW, **options})
    assert outcome.failed
    assert message in outcome.msg
    assert api.bodies("POST") == []


def test_an_impossible_power_operation_is_rejected_before_any_change(api: Scripted, run: Runner) -> None:
    paused = web(1)
    paused["details"]["powerState"] = "paused"
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", paused)
    outcome = run("server", {"server_ids": [name(1)], "description": "shop", "state": "stopped"})
    assert "the system of a paused server cannot be shut down" in outcome.msg
    assert api.bodies("PATCH") == []


def test_someone_else_was_faster(api: Scripted, run: Runner) -> None:
    """A server that the service finds in the wanted state was not changed by this run."""
    idle = web(1)
    idle["details"]["powerState"] = "stopped"
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", idle)
    already = {"server": name(1), "isQueued": False, "errorMessage": "The server already in desired state."}
    api.expects("POST", "/v2/operations/ALTD/servers/powerOn", [already], body=[name(1).upper()])
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", web(1))
    outcome = run("server", {"server_ids": [name(1)], "state": "started"})
    assert (outcome.changed, outcome["changed_ids"]) == (False, [])


def test_a_server_that_does_not_exist_yet(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", NO_BODY, 404)
    outcome = run("server", {"server_ids": [name(1)], "state": "started"}, check=True)
    assert (outcome.changed, len(outcome.warnings)) == (False, 1)


def test_a_restore_with_a_change_of_power_is_predicted(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"/v2/servers/ALTD/{name(1)}", archived(name(1)))
    expects_tree(api, tree_of_groups())
    outcome = run("server", {"server_ids": [name(1)], "group": "Web", "state": "started", "cpu": 2}, check=True)
    assert outcome.changed
    assert outcome["servers"][0]["power_state"] == "started"


# Invalid options


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"name": "WEB1", "group": "Web"}, "'WEB1' is not a base name"),
        ({"name": "WEB_A", "group": "Web"}, "'WEB_A' is not a base name"),
        ({"name": "", "group": "Web"}, "it is empty"),
        ({"name": "WEB"}, "missing parameter(s) required by 'name': group"),
        ({}, "one of the following is required: server_ids, name"),
        ({"server_ids": ["a"], "name": "WEB", "group": "Web"}, "mutually exclusive: server_ids|name"),
        ({"server_ids": ["a"], "count": 1}, "mutually exclusive: server_ids|count"),
        ({**FLEET, "count": 1, "state": "absent"}, "state absent applies to all servers of the fleet. Omit count."),
        ({**FLEET, "count": 1, "state": "archived"}, "state archived applies to all servers of the fleet"),
        ({**FLEET, "count": -1}, "-1 is not 0 or more"),
        ({**FLEET, "state": "running"}, "value of state must be one of"),
    ],
)
def test_rejects_invalid_options_before_anything_is_read(
    api: Scripted, run: Runner, options: dict[str, t.Any], message: str
) -> None:
    outcome = run("server", options)
    assert outcome.failed
    assert message.lower() in outcome.msg.lower()
    assert api.made == []


def test_secrets_are_in_no_output(api: Scripted, run: Runner) -> None:
    """The runner looks for secrets after every test; here the service itself returns one."""
    expects_fleet(api)
    api.expects("POST", CREATE, {"message": f"The password {PASSWORD} is too weak."}, 400, body=ANY_BODY)
    outcome = run("server", {**FLEET, **NEW, "administrator_password": PASSWORD})
    assert re.search(r"The password \*+ is too weak", outcome.msg)


def test_the_root_group_may_hold_a_fleet(api: Scripted, run: Runner) -> None:
    expects_tree(api, tree_of_groups())
    api.expects("GET", detailed(ROOT_ID), root(servers=[web(1)]))
    assert ids(run("server", {"name": "WEB", "group": [], "count": 1})) == [name(1)]
    assert api.made[1][1] == ROOT_PATH


def test_a_batch_that_becomes_visible_in_parts_is_sent_once(api: Scripted, run: Runner) -> None:
    stopped = {"powerState": "stopped"}
    expects_fleet(api, web(1, details=stopped), web(2, details=stopped))
    response = [queued(name(number), "va1-1") for number in (1, 2)]
    api.expects("POST", "/v2/operations/ALTD/servers/powerOn", response, 200, body=[name(1).upper(), name(2).upper()])
    expects_jobs(api, "va1-1")
    expects_again(api, web(1), web(2, details=stopped))
    expects_again(api, web(1), web(2))
    outcome = run("server", {**FLEET, "state": "started"})
    assert touched(outcome) == ([], [name(1), name(2)], [])
