# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of the backup service, against scripted HTTP and documented answers."""

from __future__ import annotations

import copy
import hashlib
import typing as t
from pathlib import Path

import pytest
import requests

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.declaration import Resource
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.backup.anywhere_server import (
    BackupAnywhereServer,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.backup.policy import BackupPolicy
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.backup.server_policy import (
    BackupServerPolicies,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented, server
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import BACKUP, NO_BODY, Scripted

API = "/clc-backup-api/api"
POLICIES = f"{API}/accountPolicies"
ALL = "limit=1000&offset=0"
NAMED = "api-backup-ctl-io-clc-backup-api-api"
LISTED: Entity = documented(f"GET-{NAMED}-accountPolicies")
SHOWN: Entity = documented(f"GET-{NAMED}-accountPolicies-accountPolicyId")
BULK: Entity = documented(f"POST-{NAMED}-accountPolicies-accountPolicyId-serverPolicies")
REGIONS: list[Entity] = documented(f"GET-{NAMED}-regions")
SERVER_POLICY: Entity = documented(f"mended/GET-{NAMED}-accountPolicies-accountPolicyId-serverPolicies-serverPolicyId")
STORED: Entity = documented(
    f"mended/GET-{NAMED}-accountPolicies-accountPolicyId-serverPolicies-serverPolicyId-storedData"
)
LINUX, WINDOWS = LISTED["results"]
NAME, ID = LINUX["name"], LINUX["policyId"]
ONE = f"{POLICIES}/{ID}"
BELOW = f"{ONE}/serverPolicies"
FIRST, SECOND = "va1altdweb01", "va1altdweb02"
TEXT = {"Accept": "*/*"}


def page(*rows: Entity) -> Entity:
    return {"limit": 1000, "offset": 0, "nextOffset": 0, "results": list(rows), "totalCount": len(rows)}


def expects(api: Scripted, verb: str, path: str, *rest: t.Any, **more: t.Any) -> None:
    api.expects(verb, path, *rest, base=BACKUP, **more)


def expects_policies(api: Scripted, *rows: Entity) -> None:
    expects(api, "GET", f"{POLICIES}?{ALL}", page(*(rows or (LINUX, WINDOWS))))


# What tasks of a run do one after the other


@pytest.mark.parametrize(
    ("make", "options"),
    [
        (BackupPolicy, {"name": "a"}),
        (BackupServerPolicies, {"policy": "a", "server_ids": ["B", "a"]}),
        (BackupAnywhereServer, {"name": "a"}),
    ],
)
def test_equal_tasks_of_a_run_do_not_make_a_thing_twice(
    client: Client, make: t.Callable[[Task], Resource], options: dict[str, t.Any]
) -> None:
    held = make(Task(client, options)).held()
    assert held
    assert make(Task(client, {**options, "server_ids": ["a", "b"]})).held() == held
    assert make(Task(client, {**options, "name": "b", "server_ids": ["a"]})).held() != held


# Account policies

WANTED: dict[str, t.Any] = {
    "name": "new",
    "os_type": "Linux",
    "paths": ["/var"],
    "excluded_directory_paths": [],
    "retention_days": 5,
    "backup_schedule": "0 0 12 ? * SUN *",
}
BODY = {
    "name": "new",
    "osType": "Linux",
    "paths": ["/var"],
    "excludedDirectoryPaths": [],
    "retentionDays": 5,
    "backupSchedule": "0 0 12 ? * SUN *",
    "clcAccountAlias": "ALTD",
}
MADE: Entity = {**SHOWN, **BODY, "policyId": SHOWN["policyId"]}


def test_a_policy_is_made_once_and_predicted_with_the_same_keys(api: Scripted, run: Runner) -> None:
    expects_policies(api)
    predicted = run("backup_policy", WANTED, check=True, diff=True)
    expects_policies(api)
    expects(api, "POST", POLICIES, MADE, 201, body=BODY)
    expects(api, "GET", f"{POLICIES}/{MADE['policyId']}", MADE)
    real = run("backup_policy", WANTED)
    assert (predicted.changed, real.changed) == (True, True)
    assert {**predicted["backup_policy"], "id": MADE["policyId"]} == real["backup_policy"]
    assert predicted["diff"]["before"] == {"backup_policy": None}
    assert real["backup_policy"]["backup_interval_hours"] is None


def test_a_lost_creation_is_looked_for_and_never_repeated(api: Scripted, run: Runner) -> None:
    expects_policies(api)
    expects(api, "POST", POLICIES, raises=requests.ReadTimeout(), body=BODY)
    expects_policies(api, MADE)
    expects(api, "GET", f"{POLICIES}/{MADE['policyId']}", MADE)
    assert run("backup_policy", WANTED).changed
    expects_policies(api)
    expects(api, "POST", POLICIES, raises=requests.ReadTimeout(), body=BODY)
    expects_policies(api)
    outcome = run("backup_policy", WANTED)
    assert (outcome.failed, outcome.changed) == (True, False)


@pytest.mark.parametrize(
    "options",
    [
        {"paths": ["/root/"], "backup_interval_hours": 24, "retention_days": 15, "os_type": "Linux"},
        {"excluded_directory_paths": []},
        {},
    ],
)
def test_equal_in_any_form_is_one_request(api: Scripted, run: Runner, options: dict[str, t.Any]) -> None:
    expects_policies(api)
    assert not run("backup_policy", {"name": NAME, **options}).changed


@pytest.mark.parametrize(
    ("options", "changes", "dropped"),
    [
        ({"paths": ["/home"]}, {"paths": ["/home"]}, None),
        ({"backup_schedule": "0 0 3 * * ?"}, {"backupSchedule": "0 0 3 * * ?"}, "backupIntervalHours"),
        ({"backup_interval_hours": 6}, {"backupIntervalHours": 6}, None),
        ({"status": "INACTIVE"}, {"status": "INACTIVE"}, None),
    ],
)
def test_a_change_sends_all_of_it(
    api: Scripted, run: Runner, options: dict[str, t.Any], changes: Entity, dropped: str | None
) -> None:
    body = {name: value for name, value in {**LINUX, **changes}.items() if name != dropped}
    expects_policies(api)
    predicted = run("backup_policy", {"name": NAME, **options}, check=True)
    expects_policies(api)
    expects(api, "PUT", ONE, body, body=body)
    expects(api, "GET", ONE, body)
    real = run("backup_policy", {"name": NAME, **options})
    assert predicted["backup_policy"] == real["backup_policy"]


def test_an_interval_replaces_a_schedule_that_was_shown_with_it(api: Scripted, run: Runner) -> None:
    both = {**SHOWN, "backupIntervalHours": 12}
    body = {name: value for name, value in both.items() if name != "backupSchedule"}
    path = f"{POLICIES}/{SHOWN['policyId']}"
    expects(api, "GET", path, both)
    expects(api, "PUT", path, body, body=body)
    expects(api, "GET", path, body)
    assert run("backup_policy", {"id": SHOWN["policyId"].upper(), "backup_interval_hours": 12}).changed


def test_a_long_list_is_read_to_its_count_whatever_next_offset_says(api: Scripted, run: Runner) -> None:
    expects(api, "GET", f"{POLICIES}?{ALL}", {**page(LINUX), "totalCount": 2})
    expects(api, "GET", f"{POLICIES}?limit=1000&offset=1", {**page(WINDOWS), "totalCount": 2})
    found = run("backup_policy_info", {})["backup_policies"]
    assert [one["id"] for one in found] == [ID, WINDOWS["policyId"]]


def test_a_name_that_several_have_is_an_error(api: Scripted, run: Runner) -> None:
    expects_policies(api, LINUX, {**WINDOWS, "name": NAME})
    outcome = run("backup_policy", {"name": NAME, "state": "absent"})
    assert outcome.failed
    assert ID in outcome.msg
    assert WINDOWS["policyId"] in outcome.msg


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"retention_days": 16}, "it is 15 and cannot be changed to 16. The service never changes it"),
        ({"os_type": "Windows"}, "cannot be changed to 'Windows'"),
        ({"name": NAME.lower()}, "Write the name in the same case"),
        ({"name": "new", "os_type": "Linux", "paths": ["/a"]}, "retention_days is missing"),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_what_cannot_be_is_told_before_anything_is_sent(
    api: Scripted, run: Runner, options: dict[str, t.Any], told: str, check: bool
) -> None:
    expects_policies(api)
    outcome = run("backup_policy", {"name": NAME, **options}, check=check)
    assert told in outcome.msg


def test_an_id_that_stands_for_nothing(api: Scripted, run: Runner) -> None:
    expects(api, "GET", ONE, {"error": "none"}, 404)
    assert f"nothing has the id {ID}" in run("backup_policy", {"id": ID}).msg
    expects(api, "GET", ONE, {"error": "none"}, 404)
    assert not run("backup_policy", {"id": ID, "state": "absent"}).changed
    expects(api, "GET", ONE, {"error": "none"}, 404)
    assert run("backup_policy_info", {"policy": ID})["backup_policies"] == []


def test_absent_is_inactive_and_on_no_server(api: Scripted, run: Runner) -> None:
    gone = {**SERVER_POLICY, "status": "INACTIVE"}
    body = {**LINUX, "status": "INACTIVE"}
    expects_policies(api)
    expects(api, "GET", f"{BELOW}?{ALL}", page(gone))
    expects(api, "PUT", ONE, body, body=body)
    expects(api, "GET", ONE, body)
    outcome = run("backup_policy", {"name": NAME, "state": "absent"})
    assert (outcome.changed, outcome["backup_policy"]["status"]) == (True, "INACTIVE")
    expects_policies(api, body)
    assert not run("backup_policy", {"name": NAME, "state": "absent"}).changed
    expects_policies(api)
    expects(api, "GET", f"{BELOW}?{ALL}", page(SERVER_POLICY, gone))
    refused = run("backup_policy", {"name": NAME, "state": "absent"}, check=True)
    assert "servers still have it: il1baapdemo101" in refused.msg


@pytest.mark.parametrize("name", ["retention_days", "backup_interval_hours"])
def test_numbers_below_one_are_refused_at_once(api: Scripted, run: Runner, name: str) -> None:
    assert f"Cannot use {name}: 0 is less than 1" in run("backup_policy", {"name": NAME, name: 0}).msg


@pytest.mark.parametrize(
    ("members", "shown"),
    [
        (
            {"excludedDirectoryPaths": ["/home/tmp"], "backupSchedule": "0 0 3 ? * SUN", "backupIntervalHours": 12},
            (["/home/tmp"], "0 0 3 ? * SUN", None),
        ),
        ({"excludedDirectoryPaths": None, "backupSchedule": "", "backupIntervalHours": 12}, ([], None, 12)),
    ],
)
def test_a_policy_shows_what_is_in_force(api: Scripted, run: Runner, members: Entity, shown: t.Any) -> None:
    expects_policies(api, {**LINUX, **members})
    (found,) = run("backup_policy_info", {})["backup_policies"]
    assert (found["excluded_directory_paths"], found["backup_schedule"], found["backup_interval_hours"]) == shown


@pytest.mark.parametrize("there", [True, False])
def test_a_policy_by_its_id_is_read_alone(api: Scripted, run: Runner, there: bool) -> None:
    answer = (LINUX, 200) if there else (NO_BODY, 404)
    expects(api, "GET", ONE, *answer)
    if there:
        expects(api, "GET", f"{BELOW}?{ALL}", page())
    outcome = run("backup_server_policy_info", {"policy": ID.upper()})
    assert outcome["backup_server_policies"] == []


def test_policies_for_a_server(api: Scripted, run: Runner) -> None:
    path = f"{POLICIES}/servers/{FIRST.upper()}"
    expects(api, "GET", f"{path}?{ALL}&withStatus=ACTIVE", page(LINUX))
    found = run("backup_policy_info", {"server_id": FIRST, "status": "ACTIVE"})["backup_policies"]
    assert [one["id"] for one in found] == [ID]
    expects(api, "GET", f"{path}?{ALL}", {"error": "none"}, 404)
    assert run("backup_policy_info", {"server_id": FIRST})["backup_policies"] == []
    expects(api, "GET", f"{path}?{ALL}", page(LINUX, {**LINUX, "policyId": WINDOWS["policyId"]}))
    found = run("backup_policy_info", {"server_id": FIRST, "policy": ID.upper()})["backup_policies"]
    assert [one["id"] for one in found] == [ID]


# Server policies


def given(name: str, status: str = "ACTIVE", region: str = "US EAST", **members: t.Any) -> Entity:
    number = f"ce0eefe2-25b8-4320-ba68-0000000000{name[-2:]}"
    made = {"serverId": name.upper(), "status": status, "storageRegion": region, "clcAccountAlias": "ALTD"}
    return {**SERVER_POLICY, "serverPolicyId": number, "accountPolicyId": ID, **made, **members}


def one_path(row: Entity) -> str:
    return f"{BELOW}/{row['serverPolicyId']}"


def expects_rows(api: Scripted, *rows: Entity) -> None:
    expects(api, "GET", f"{BELOW}?{ALL}", page(*rows))


def expects_start(api: Scripted, *rows: Entity) -> None:
    expects_policies(api)
    expects_rows(api, *rows)


def expects_servers(api: Scripted, *names: str) -> None:
    with api.in_any_order():
        for name in names:
            api.expects("GET", f"/v2/servers/ALTD/{name}", server(name, osType="CentOS 6", os="centOS6_64Bit"))


BOTH: dict[str, t.Any] = {"policy": NAME, "server_ids": [SECOND.upper(), FIRST], "storage_region": "us-east"}
ENTRIES = [{"serverId": name.upper(), "storageRegion": "US EAST"} for name in (FIRST, SECOND)]
MANY = {"Bulk-Operation": "true"}


def answered(*entries: tuple[str, str | None]) -> Entity:
    """A bulk answer after the documented one: names with the reason of their refusal."""
    failed, good = BULK["createServerPolicyResponseList"]
    made = []
    for name, reason in entries:
        entry = copy.deepcopy(failed if reason else good)
        entry["error"] = reason
        entry["serverPolicy"]["serverId"] = name.upper()
        made.append(entry)
    return {"status": "PARTIAL", "createServerPolicyResponseList": made}


def test_many_are_given_a_policy_in_one_request_and_awaited_with_one_read_a_round(api: Scripted, run: Runner) -> None:
    expects_start(api)
    expects_servers(api, FIRST, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    predicted = run("backup_server_policy", BOTH, check=True)
    expects_start(api)
    expects_servers(api, FIRST, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    expects(api, "POST", BELOW, answered((FIRST, None), (SECOND, None)), 201, body=ENTRIES, carries=MANY)
    expects_rows(api, given(FIRST, "PROVISIONING"))
    expects_rows(api, given(FIRST, "PENDING_INSTALL"), given(SECOND, "PROVISIONING"))
    expects_rows(api, given(FIRST), given(SECOND))
    real = run("backup_server_policy", BOTH)
    assert (predicted.changed, real.changed) == (True, True)
    shown = [{**one, "id": None} for one in real["backup_server_policies"]]
    assert predicted["backup_server_policies"] == shown
    assert [one["server_id"] for one in shown] == [FIRST, SECOND]


def test_given_already_is_two_reads(api: Scripted, run: Runner) -> None:
    expects_start(api, given(SECOND), given(FIRST), given("va1altdweb09"), given(FIRST, region="CANADA"))
    outcome = run("backup_server_policy", BOTH)
    assert not outcome.changed
    assert len(outcome["backup_server_policies"]) == 2


@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_region_by_its_label_is_the_same_region(api: Scripted, run: Runner, state: str) -> None:
    row = given(FIRST, region="GREAT BRITAIN")
    expects_start(api, row, given(FIRST, region="CANADA", serverPolicyId=ID))
    expects(api, "GET", f"{API}/regions", REGIONS)
    if state == "absent":
        expects(api, "DELETE", one_path(row), NO_BODY, 204)
        expects_rows(api)
    options = {"policy": NAME, "server_ids": [FIRST], "storage_region": "EU (Ireland)", "state": state}
    assert run("backup_server_policy", options).changed is (state == "absent")


def test_one_is_given_without_bulk_and_what_was_taken_away_does_not_count(api: Scripted, run: Runner) -> None:
    gone = given(SECOND, "INACTIVE", unsubscribedDate=1520244900000)
    expects_start(api, given(FIRST), gone)
    expects_servers(api, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    expects(api, "POST", BELOW, given(SECOND, "PROVISIONING"), 201, body={**ENTRIES[1], "clcAccountAlias": "ALTD"})
    expects_rows(api, given(FIRST), gone, given(SECOND, "PROVISIONING"))
    outcome = run("backup_server_policy", {**BOTH, "wait": False})
    assert (outcome.changed, outcome["jobs"], outcome["pending"]) == (True, [], [])
    assert [one["status"] for one in outcome["backup_server_policies"]] == ["ACTIVE", "PROVISIONING"]


def test_a_refusal_inside_of_a_bulk_answer_is_told(api: Scripted, run: Runner) -> None:
    expects_start(api)
    expects_servers(api, FIRST, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    expects(api, "POST", BELOW, answered((FIRST, None), (SECOND, "no agent")), 201, body=ENTRIES, carries=MANY)
    expects_rows(api, given(FIRST))
    outcome = run("backup_server_policy", BOTH)
    assert (outcome.failed, outcome.changed) == (True, True)
    assert f"{SECOND} was refused: no agent" in outcome.msg


def test_where_all_are_refused_nothing_has_changed(api: Scripted, run: Runner) -> None:
    body = answered((FIRST, "x"), (SECOND, "x"))
    body["createServerPolicyResponseList"][0].update(error=None, validationMessages=["it is", "full"])
    expects_start(api)
    expects_servers(api, FIRST, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    expects(api, "POST", BELOW, body, 201, body=ENTRIES, carries=MANY)
    outcome = run("backup_server_policy", BOTH)
    assert (outcome.failed, outcome.changed) == (True, False)
    assert f"{FIRST} was refused: it is full" in outcome.msg


def test_a_lost_answer_is_looked_for(api: Scripted, run: Runner) -> None:
    expects_start(api)
    expects_servers(api, FIRST, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    expects(api, "POST", BELOW, raises=requests.ReadTimeout(), body=ENTRIES, carries=MANY)
    expects_rows(api, given(FIRST), given(SECOND))
    expects_rows(api, given(FIRST), given(SECOND))
    assert run("backup_server_policy", BOTH).changed


def test_one_that_failed_is_told_and_not_touched(api: Scripted, run: Runner) -> None:
    expects_start(api, given(FIRST, "ERROR"), given(SECOND))
    outcome = run("backup_server_policy", BOTH)
    assert (outcome.failed, outcome.changed) == (True, False)
    assert "state=absent" in outcome.msg
    assert FIRST in outcome.msg


def test_taking_away(api: Scripted, run: Runner) -> None:
    rows = [given(FIRST), given(FIRST, region="CANADA", serverPolicyId=ID)]
    expects_start(api, *rows, given(SECOND))
    with api.in_any_order():
        for row in rows:
            expects(api, "DELETE", one_path(row), NO_BODY, 204)
    expects_rows(api, {**rows[0], "status": "INACTIVE"}, given(SECOND))
    outcome = run("backup_server_policy", {"policy": NAME, "server_ids": [FIRST], "state": "absent"})
    assert (outcome.changed, outcome["backup_server_policies"]) == (True, [])


def test_after_a_lost_delete_one_that_is_inactive_is_gone(api: Scripted, run: Runner) -> None:
    row = given(FIRST)
    expects_start(api, row)
    expects(api, "DELETE", one_path(row), raises=requests.ReadTimeout())
    expects(api, "GET", one_path(row), {**row, "status": "INACTIVE"})
    expects_rows(api, {**row, "status": "DELETED"})
    assert run("backup_server_policy", {**BOTH, "server_ids": [FIRST], "state": "absent"}).changed


def test_one_that_did_not_come_up_is_given_up_and_deleted_where_that_has_no_effect(api: Scripted, run: Runner) -> None:
    row = given(FIRST, "PENDING_INSTALL")
    patch = documented(f"PATCH-{NAMED}-accountPolicies-accountPolicyId-serverPolicies-serverPolicyId.request")
    expects_start(api, row)
    expects(api, "PATCH", one_path(row), row, body=patch)
    expects_rows(api, row)
    expects(api, "DELETE", one_path(row), NO_BODY, 204)
    expects_rows(api)
    assert run("backup_server_policy", {**BOTH, "server_ids": [FIRST], "state": "absent"}).changed


def test_absent_of_a_policy_that_is_not_there(api: Scripted, run: Runner) -> None:
    expects_policies(api)
    outcome = run("backup_server_policy", {**BOTH, "policy": "none", "state": "absent"})
    assert (outcome.changed, outcome["backup_server_policies"]) == (False, [])


def test_what_is_not_there_yet_is_a_warning_in_check_mode(api: Scripted, run: Runner) -> None:
    expects_policies(api)
    api.expects("GET", f"/v2/servers/ALTD/{FIRST}", NO_BODY, 404)
    expects(api, "GET", f"{API}/regions", REGIONS)
    options = {**BOTH, "policy": "none", "server_ids": [FIRST, None]}
    outcome = run("backup_server_policy", options, check=True)
    assert len(outcome.warnings) == 2
    assert [one["server_id"] for one in outcome["backup_server_policies"]] == [None, FIRST]
    expects_policies(api)
    named = {**options, "server_ids": [FIRST]}
    assert "there is no backup policy 'none'" in run("backup_server_policy", named).msg


def test_servers_of_another_system_are_refused_before_anything_is_sent(api: Scripted, run: Runner) -> None:
    away = {
        "id": "026b28ae-9b1f-4a3b-a3ab-89da0ebb68af",
        "osType": "Windows",
        "serverAlias": "a",
        "accountAlias": "ALTD",
    }
    expects_start(api)
    expects(api, "GET", f"{API}/datacenters/anywhereServers", [away])
    expects_servers(api, FIRST)
    outcome = run("backup_server_policy", {**BOTH, "server_ids": [FIRST, away["id"].upper()]})
    assert f"the policy is for Linux, but {away['id']} runs Windows" in outcome.msg


DETAILS: Entity = {
    **{name: LINUX[name] for name in ("osType", "name", "clcAccountAlias", "paths", "retentionDays")},
    "accountPolicyId": ID,
    "accountPolicyStatus": "ACTIVE",
    "serverPolicyId": given(FIRST)["serverPolicyId"],
    "serverId": FIRST.upper(),
    "storageRegion": "US EAST",
    "serverPolicyStatus": "ACTIVE",
    "eligibleForBackup": True,
}


@pytest.mark.parametrize(("status", "shown"), [("ACTIVE", "ACTIVE"), (["ERROR"], "ERROR"), ("", None), ([], None)])
def test_what_a_server_has_in_every_form_of_its_state(api: Scripted, run: Runner, status: t.Any, shown: t.Any) -> None:
    path = f"{API}/serverPolicyDetails?serverId={FIRST.upper()}"
    expects(api, "GET", path, [{**DETAILS, "serverPolicyStatus": status}])
    (found,) = run("backup_server_policy_info", {"server_id": FIRST})["backup_server_policies"]
    assert (found["status"], found["policy_status"], found["expiration_date"]) == (shown, "ACTIVE", None)


def test_what_a_policy_is_on(api: Scripted, run: Runner) -> None:
    gone = given(SECOND, "INACTIVE", unsubscribedDate=5, expirationDate=6)
    expects_start(api, gone, given(FIRST))
    found = run("backup_server_policy_info", {"policy": NAME})["backup_server_policies"]
    assert [(one["server_id"], one["expiration_date"]) for one in found] == [(FIRST, None), (SECOND, 6)]
    expects_start(api, gone, given(FIRST))
    options = {"policy": NAME, "status": ["INACTIVE"], "storage_region": "USEAST"}
    assert len(run("backup_server_policy_info", options)["backup_server_policies"]) == 1
    expects_policies(api)
    expects(api, "GET", one_path(gone), gone)
    options = {"policy": NAME, "id": gone["serverPolicyId"].upper()}
    assert len(run("backup_server_policy_info", options)["backup_server_policies"]) == 1
    expects_policies(api)
    expects(api, "GET", one_path(gone), {"error": "none"}, 404)
    assert run("backup_server_policy_info", options)["backup_server_policies"] == []


# What was stored


def test_a_long_span_is_read_in_parts_and_an_unfinished_backup_has_no_end(api: Scripted, run: Runner) -> None:
    path = f"{BELOW}/{DETAILS['serverPolicyId']}/restorePointDetails?{ALL}"
    point = {
        "restorePointId": "a", "policyId": DETAILS["serverPolicyId"], "retentionDays": 14,
        "restorePointCreationStatus": "SUCCESS", "backupStartedDate": "2030-05-01T00:00:00.000Z",
        "backupFinishedDate": "1970-01-01T00:00:00.000Z", "retentionExpiredDate": "2030-05-15T00:00:00.000Z",
    }  # fmt: skip
    other = {**DETAILS, "storageRegion": "CANADA", "serverPolicyId": ID}
    expects(api, "GET", f"{API}/serverPolicyDetails?serverId={FIRST.upper()}", [DETAILS, other])
    for first, last, rows in (("2030-01-01", "2030-04-10", []), ("2030-04-11", "2030-05-01", [point])):
        query = f"&backupFinishedStartDate={first}&backupFinishedEndDate={last}&inRetentionOnly=true"
        expects(api, "GET", f"{path}{query}", page(*rows))
    options = {"server_id": FIRST, "policy": NAME, "storage_region": "US EAST", "in_retention_only": True}
    outcome = run("backup_restore_point_info", {**options, "start_date": "2030-01-01", "end_date": "2030-05-01"})
    (found,) = outcome["backup_restore_points"]
    assert (found["id"], found["status"], found["backup_finished_date"]) == ("a", "SUCCESS", None)
    assert found["number_of_protected_files"] is None
    assert found["server_policy_id"] == DETAILS["serverPolicyId"]


def test_amounts_are_numbers(api: Scripted, run: Runner) -> None:
    expects(api, "GET", f"{API}/serverPolicyDetails?serverId={FIRST.upper()}", [DETAILS])
    expects(api, "GET", f"{BELOW}/{DETAILS['serverPolicyId']}/storedData?searchDate=2030-03-31", STORED)
    (found,) = run("backup_stored_data_info", {"server_id": FIRST, "policy": ID, "date": "2030-03-31"})[
        "backup_stored_data"
    ]
    assert (found["gigabytes_stored"], found["bytes_stored"]) == (0.541, 581560320)


def test_days_are_checked_before_anything_is_read(api: Scripted, run: Runner) -> None:
    options = {"server_id": FIRST, "start_date": "2030-02-01", "end_date": "2030-01-01"}
    assert "2030-01-01 is before 2030-02-01" in run("backup_restore_point_info", options).msg
    assert "'31.1.' is no day" in run("backup_stored_data_info", {"server_id": FIRST, "date": "31.1."}).msg


# Catalogue


def test_what_there_is_to_choose_from(api: Scripted, run: Runner) -> None:
    expects(api, "GET", f"{API}/regions", REGIONS)
    found = run("backup_region_info", {})["backup_regions"]
    assert found[0] == {"name": "APAC", "label": "APAC (Singapore)", "messages": []}
    expects(api, "GET", f"{API}/osTypes", documented(f"mended/GET-{NAMED}-osTypes"))
    assert run("backup_os_type_info", {})["backup_os_types"] == ["Linux", "Windows"]
    expects(api, "GET", f"{API}/datacenters", documented(f"mended/GET-{NAMED}-datacenters"))
    servers = documented(f"mended/GET-{NAMED}-datacenters-datacenter-servers")
    expects(api, "GET", f"{API}/datacenters/VA1%20-%20US%20East%20%28Sterling%29/servers", servers)
    (center,) = run("backup_data_center_info", {"data_center": "va1", "gather": ["servers"]})["backup_data_centers"]
    assert center["servers"] == ["va1baapxample01", "va1baapxample02", "va1baapxample03"]
    expects(api, "GET", f"{API}/datacenters", documented(f"mended/GET-{NAMED}-datacenters"))
    assert len(run("backup_data_center_info", {})["backup_data_centers"]) == 12


# Servers from anywhere

AWAY: Entity = {
    "id": "026b28ae-9b1f-4a3b-a3ab-89da0ebb68af", "accountAlias": "ALTD", "osType": "Linux", "serverAlias": "My-AWS-Server-1",
}  # fmt: skip
BARE: list[Entity] = documented(f"mended/GET-{NAMED}-datacenters-anywhereServers")  # an entry with an id alone
REGISTER: Entity = documented(f"POST-{NAMED}-provisioning.request")
PROVISIONED: Entity = documented(f"POST-{NAMED}-provisioning")
SCRIPT: Entity = documented(f"POST-{NAMED}-createInstallerScript.request")
AWAY_PATH = f"{API}/datacenters/anywhereServers"


def anywhere(tmp_path: Path, **more: t.Any) -> dict[str, t.Any]:
    return {"name": AWAY["serverAlias"], "os_type": "Linux", "installer_dest": str(tmp_path / "install.sh"), **more}


def expects_registration(api: Scripted, before: t.Sequence[Entity]) -> None:
    expects(api, "GET", AWAY_PATH, before)
    expects(api, "POST", f"{API}/provisioning", PROVISIONED, body=REGISTER)
    expects(api, "GET", AWAY_PATH, [AWAY])
    expects(api, "POST", f"{API}/createInstallerScript", "#!/bin/sh\n", body=SCRIPT, carries=TEXT)
    expects(api, "GET", AWAY_PATH, [AWAY])


def test_a_server_is_registered_and_its_token_never_shown(api: Scripted, run: Runner, tmp_path: Path) -> None:
    expects(api, "GET", AWAY_PATH, BARE)
    predicted = run("backup_anywhere_server", anywhere(tmp_path), check=True)
    assert not (tmp_path / "install.sh").exists()
    expects_registration(api, BARE)
    real = run("backup_anywhere_server", anywhere(tmp_path), diff=True)
    assert PROVISIONED["provisioningToken"] not in real.written
    assert {**predicted["backup_anywhere_server"], "id": AWAY["id"]} == real["backup_anywhere_server"]
    assert (tmp_path / "install.sh").read_text() == "#!/bin/sh\n"
    assert (tmp_path / "install.sh").stat().st_mode & 0o777 == 0o700
    expects(api, "GET", AWAY_PATH, [AWAY])
    assert not run("backup_anywhere_server", anywhere(tmp_path)).changed


def test_another_token_replaces_the_installer(api: Scripted, run: Runner, tmp_path: Path) -> None:
    (tmp_path / "install.sh").write_text("old")
    expects_registration(api, [AWAY])
    assert run("backup_anywhere_server", anywhere(tmp_path, update_secret="always")).changed
    assert (tmp_path / "install.sh").read_text() == "#!/bin/sh\n"
    assert (tmp_path / "install.sh").stat().st_mode & 0o777 == 0o700


def test_a_place_that_cannot_be_written_is_told_before_the_registration(
    api: Scripted, run: Runner, tmp_path: Path
) -> None:
    expects(api, "GET", AWAY_PATH, [])
    options = anywhere(tmp_path, installer_dest=str(tmp_path / "none" / "x"))
    assert "there is no folder" in run("backup_anywhere_server", options).msg


def test_a_script_that_fails_says_that_the_server_is_registered(api: Scripted, run: Runner, tmp_path: Path) -> None:
    expects(api, "GET", AWAY_PATH, [])
    expects(api, "POST", f"{API}/provisioning", PROVISIONED, body=REGISTER)
    expects(api, "GET", AWAY_PATH, [AWAY])
    expects(api, "POST", f"{API}/createInstallerScript", {"error": "no"}, 400, body=SCRIPT, carries=TEXT)
    expects(api, "GET", AWAY_PATH, [AWAY])
    outcome = run("backup_anywhere_server", anywhere(tmp_path))
    assert (outcome.failed, outcome.changed) == (True, True)
    assert "update_secret=always" in outcome.msg
    assert PROVISIONED["provisioningToken"] not in outcome.written


def test_another_system_or_case_is_an_error(api: Scripted, run: Runner, tmp_path: Path) -> None:
    expects(api, "GET", AWAY_PATH, [AWAY])
    assert (
        "registered with Linux, not Windows" in run("backup_anywhere_server", anywhere(tmp_path, os_type="Windows")).msg
    )
    expects(api, "GET", AWAY_PATH, [AWAY])
    assert "same case" in run("backup_anywhere_server", anywhere(tmp_path, name="my-aws-server-1")).msg
    expects(api, "GET", AWAY_PATH, [*BARE, AWAY])
    found = run("backup_anywhere_server_info", {})["backup_anywhere_servers"]
    assert [one["name"] for one in found] == [None, AWAY["serverAlias"]]


# Reports

REPORT = "Server Id,Server Policy Id\r\nVA1ALTDWEB01,a\r\n"


def test_a_report_is_written_once_and_read_once_a_run(api: Scripted, run: Runner, tmp_path: Path) -> None:
    options = {"dest": str(tmp_path / "a.csv"), "server_policy_status": ["ACTIVE", "ERROR"]}
    path = f"{API}/csv/summaryReport?withServerPolicyStatus=ACTIVE%2CERROR"
    expects(api, "GET", path, REPORT, carries=TEXT)
    predicted = run("backup_report", options, check=True, diff=True)
    assert not (tmp_path / "a.csv").exists()
    expects(api, "GET", path, REPORT, carries=TEXT)
    real = run("backup_report", options)
    assert (tmp_path / "a.csv").read_bytes() == REPORT.encode()
    expects(api, "GET", path, REPORT, carries=TEXT)
    again = run("backup_report", options)
    assert [one.changed for one in (predicted, real, again)] == [True, True, False]
    assert predicted["backup_report"] == real["backup_report"] == again["backup_report"]
    assert real["backup_report"] == {
        "report": "summary", "dest": options["dest"], "rows": 1, "checksum": hashlib.sha1(REPORT.encode()).hexdigest(),
    }  # fmt: skip
    assert predicted["diff"]["before"]["backup_report"]["checksum"] is None
    assert predicted["diff"]["after"]["backup_report"] == real["backup_report"]


def test_a_report_has_the_attributes_that_are_asked_for(api: Scripted, run: Runner, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    options = {"dest": str(target)}
    modes = []
    for more, check, changed in (
        ({"mode": "0640"}, True, True),
        ({"mode": "0640"}, False, True),
        ({"mode": "0640"}, False, False),
        ({}, False, False),
        ({"mode": "u=rw,g=,o="}, True, True),
        ({"mode": "u=rw,g=,o="}, False, True),
        ({"mode": "u=rw,g=,o="}, True, False),
    ):
        expects(api, "GET", f"{API}/csv/summaryReport", REPORT, carries=TEXT)
        assert run("backup_report", {**options, **more}, check=check).changed is changed
        modes.append(target.stat().st_mode & 0o777 if target.exists() else None)
    assert modes == [None, 0o640, 0o640, 0o640, 0o640, 0o600, 0o600]


def test_another_report_keeps_the_attributes_of_the_file(api: Scripted, run: Runner, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    target.chmod(0o644)
    expects(api, "GET", f"{API}/csv/summaryReport", REPORT, carries=TEXT)
    assert run("backup_report", {"dest": str(target)}).changed
    assert target.stat().st_mode & 0o777 == 0o644
    target.unlink()
    expects(api, "GET", f"{API}/csv/summaryReport", REPORT, carries=TEXT)
    assert run("backup_report", {"dest": str(target)}).changed
    assert target.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_what_each_report_asks_for(api: Scripted, run: Runner, tmp_path: Path) -> None:
    options: dict[str, t.Any] = {"dest": str(tmp_path / "a.csv")}
    path = f"{API}/csv/{ID}/restorePointsReport"
    expects(api, "GET", path, REPORT, carries=TEXT)
    assert run("backup_report", {**options, "report": "restore_points", "server_policy_id": ID}).changed
    query = "inRetentionOnly=false&backupFinishedStartDate=2030-01-01&backupFinishedEndDate=2030-12-31"
    expects(api, "GET", f"{path}?{query}", REPORT, carries=TEXT)
    span = {"start_date": "2030-01-01", "end_date": "2030-12-31", "in_retention_only": False}
    assert not run("backup_report", {**options, **span, "report": "restore_points", "server_policy_id": ID}).changed
    expects(api, "GET", f"{API}/csv/restoreJobsReport", REPORT, carries=TEXT)
    assert not run("backup_report", {**options, "report": "restore_jobs"}).changed


@pytest.mark.parametrize("text", ["<html></html>", ""])
def test_what_is_no_report_never_replaces_a_file(api: Scripted, run: Runner, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text("old")
    expects(api, "GET", f"{API}/csv/summaryReport", text, carries=TEXT)
    assert "so it is no report" in run("backup_report", {"dest": str(tmp_path / "a.csv")}).msg
    assert (tmp_path / "a.csv").read_text() == "old"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"in_retention_only": False}, "the report summary does not take in_retention_only"),
        ({"report": "restore_jobs", "server_policy_status": []}, "does not take server_policy_status"),
        ({"report": "restore_points"}, "server_policy_id"),
        (
            {"report": "restore_points", "server_policy_id": ID, "start_date": "2030-01-01", "end_date": "2031-01-03"},
            "more than 366 days after",
        ),
    ],
)
def test_options_that_do_not_go_together(
    api: Scripted, run: Runner, tmp_path: Path, options: dict[str, t.Any], told: str
) -> None:
    assert told in run("backup_report", {"dest": str(tmp_path / "a.csv"), **options}).msg
