# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules backup_policy and backup_policy_info."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.backups import (
    FIRST,
    FIRST_PAGE,
    ID,
    LINUX,
    NAME,
    POLICIES_PATH,
    POLICY_PATH,
    SAMPLES,
    SERVER_POLICIES_PATH,
    SERVER_POLICY,
    WINDOWS,
    expects,
    expects_policies,
    page,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

CREATED_POLICY: Entity = documented(f"GET-{SAMPLES}-accountPolicies-accountPolicyId")
OPTIONS: dict[str, t.Any] = {
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
CREATED: Entity = {**CREATED_POLICY, **BODY, "policyId": CREATED_POLICY["policyId"]}


def test_a_create_is_predicted_with_the_same_keys(api: Scripted, run: Runner) -> None:
    expects_policies(api)
    predicted = run("backup_policy", OPTIONS, check=True, diff=True)
    expects_policies(api)
    expects(api, "POST", POLICIES_PATH, CREATED, 201, body=BODY)
    expects_policies(api, CREATED)
    real = run("backup_policy", OPTIONS)
    assert (predicted.changed, real.changed) == (True, True)
    assert {**predicted["backup_policy"], "id": CREATED["policyId"]} == real["backup_policy"]
    assert predicted["diff"]["before"] == {"backup_policy": None}
    assert real["backup_policy"]["backup_interval_hours"] is None


def test_a_create_is_not_repeated_after_a_lost_response(api: Scripted, run: Runner) -> None:
    expects_policies(api)
    expects(api, "POST", POLICIES_PATH, raises=requests.ReadTimeout(), body=BODY)
    expects_policies(api, CREATED)
    expects_policies(api, CREATED)
    assert run("backup_policy", OPTIONS).changed
    expects_policies(api)
    expects(api, "POST", POLICIES_PATH, raises=requests.ReadTimeout(), body=BODY)
    expects_policies(api)
    outcome = run("backup_policy", OPTIONS)
    assert (outcome.failed, outcome.changed) == (True, False)


@pytest.mark.parametrize(
    "options",
    [
        {"paths": ["/root/"], "backup_interval_hours": 24, "retention_days": 15, "os_type": "Linux"},
        {"excluded_directory_paths": []},
        {},
    ],
)
def test_an_equal_policy_is_not_updated(api: Scripted, run: Runner, options: dict[str, t.Any]) -> None:
    expects_policies(api)
    assert not run("backup_policy", {"name": NAME, **options}).changed


@pytest.mark.parametrize(
    ("options", "changes", "omitted"),
    [
        ({"paths": ["/home"]}, {"paths": ["/home"]}, None),
        ({"backup_schedule": "0 0 3 * * ?"}, {"backupSchedule": "0 0 3 * * ?"}, "backupIntervalHours"),
        ({"backup_interval_hours": 6}, {"backupIntervalHours": 6}, None),
        ({"status": "INACTIVE"}, {"status": "INACTIVE"}, None),
    ],
)
def test_an_update_sends_the_whole_policy(
    api: Scripted, run: Runner, options: dict[str, t.Any], changes: Entity, omitted: str | None
) -> None:
    body = {name: value for name, value in {**LINUX, **changes}.items() if name != omitted}
    expects_policies(api)
    predicted = run("backup_policy", {"name": NAME, **options}, check=True)
    expects_policies(api)
    expects(api, "PUT", POLICY_PATH, body, body=body)
    expects(api, "GET", POLICY_PATH, body)
    real = run("backup_policy", {"name": NAME, **options})
    assert predicted["backup_policy"] == real["backup_policy"]


def test_an_interval_replaces_a_schedule(api: Scripted, run: Runner) -> None:
    both = {**CREATED_POLICY, "backupIntervalHours": 12}
    body = {name: value for name, value in both.items() if name != "backupSchedule"}
    path = f"{POLICIES_PATH}/{CREATED_POLICY['policyId']}"
    expects(api, "GET", path, both)
    expects(api, "PUT", path, body, body=body)
    expects(api, "GET", path, body)
    assert run("backup_policy", {"id": CREATED_POLICY["policyId"].upper(), "backup_interval_hours": 12}).changed


def test_a_list_is_read_until_the_total_count_is_reached(api: Scripted, run: Runner) -> None:
    expects(api, "GET", f"{POLICIES_PATH}?{FIRST_PAGE}", {**page(LINUX), "totalCount": 2})
    expects(api, "GET", f"{POLICIES_PATH}?limit=1000&offset=1", {**page(WINDOWS), "totalCount": 2})
    policies = run("backup_policy_info", {})["backup_policies"]
    assert [policy["id"] for policy in policies] == [ID, WINDOWS["policyId"]]


def test_an_ambiguous_name_is_an_error(api: Scripted, run: Runner) -> None:
    expects_policies(api, LINUX, {**WINDOWS, "name": NAME})
    outcome = run("backup_policy", {"name": NAME, "state": "absent"})
    assert outcome.failed
    assert ID in outcome.msg
    assert WINDOWS["policyId"] in outcome.msg


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"retention_days": 16}, "it is 15 and cannot be changed to 16. The service does not support it"),
        ({"os_type": "Windows"}, "cannot be changed to 'Windows'"),
        ({"name": NAME.lower()}, "Names are case-sensitive"),
        ({"name": "new", "os_type": "Linux", "paths": ["/a"]}, "retention_days is missing"),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_invalid_options_fail_before_an_update(
    api: Scripted, run: Runner, options: dict[str, t.Any], message: str, check: bool
) -> None:
    expects_policies(api)
    outcome = run("backup_policy", {"name": NAME, **options}, check=check)
    assert message in outcome.msg


def test_an_unknown_id(api: Scripted, run: Runner) -> None:
    expects(api, "GET", POLICY_PATH, {"error": "none"}, 404)
    assert f"nothing has the id {ID}" in run("backup_policy", {"id": ID}).msg
    expects(api, "GET", POLICY_PATH, {"error": "none"}, 404)
    assert not run("backup_policy", {"id": ID, "state": "absent"}).changed
    expects(api, "GET", POLICY_PATH, {"error": "none"}, 404)
    assert run("backup_policy_info", {"policy": ID})["backup_policies"] == []


def test_absent_deactivates_an_unused_policy(api: Scripted, run: Runner) -> None:
    removed = {**SERVER_POLICY, "status": "INACTIVE"}
    body = {**LINUX, "status": "INACTIVE"}
    expects_policies(api)
    expects(api, "GET", f"{SERVER_POLICIES_PATH}?{FIRST_PAGE}", page(removed))
    expects(api, "PUT", POLICY_PATH, body, body=body)
    expects(api, "GET", POLICY_PATH, body)
    outcome = run("backup_policy", {"name": NAME, "state": "absent"})
    assert (outcome.changed, outcome["backup_policy"]["status"]) == (True, "INACTIVE")
    expects_policies(api, body)
    assert not run("backup_policy", {"name": NAME, "state": "absent"}).changed
    expects_policies(api)
    expects(api, "GET", f"{SERVER_POLICIES_PATH}?{FIRST_PAGE}", page(SERVER_POLICY, removed))
    failed = run("backup_policy", {"name": NAME, "state": "absent"}, check=True)
    assert "it is still applied to servers: il1baapdemo101" in failed.msg


@pytest.mark.parametrize("name", ["retention_days", "backup_interval_hours"])
def test_numbers_below_one_fail_before_a_request(api: Scripted, run: Runner, name: str) -> None:
    assert f"Invalid value for {name}: 0 is not 1 or more." in run("backup_policy", {"name": NAME, name: 0}).msg


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (
            {"excludedDirectoryPaths": ["/home/tmp"], "backupSchedule": "0 0 3 ? * SUN", "backupIntervalHours": 12},
            (["/home/tmp"], "0 0 3 ? * SUN", None),
        ),
        ({"excludedDirectoryPaths": None, "backupSchedule": "", "backupIntervalHours": 12}, ([], None, 12)),
    ],
)
def test_a_result_has_either_schedule_or_interval(
    api: Scripted, run: Runner, properties: Entity, expected: t.Any
) -> None:
    expects_policies(api, {**LINUX, **properties})
    (result,) = run("backup_policy_info", {})["backup_policies"]
    values = (result["excluded_directory_paths"], result["backup_schedule"], result["backup_interval_hours"])
    assert values == expected


@pytest.mark.parametrize("exists", [True, False])
def test_a_policy_is_read_by_its_id(api: Scripted, run: Runner, exists: bool) -> None:
    response = (LINUX, 200) if exists else (NO_BODY, 404)
    expects(api, "GET", POLICY_PATH, *response)
    if exists:
        expects(api, "GET", f"{SERVER_POLICIES_PATH}?{FIRST_PAGE}", page())
    outcome = run("backup_server_policy_info", {"policy": ID.upper()})
    assert outcome["backup_server_policies"] == []


def test_policies_that_can_be_applied_to_a_server(api: Scripted, run: Runner) -> None:
    path = f"{POLICIES_PATH}/servers/{FIRST.upper()}"
    expects(api, "GET", f"{path}?{FIRST_PAGE}&withStatus=ACTIVE", page(LINUX))
    policies = run("backup_policy_info", {"server_id": FIRST, "status": "ACTIVE"})["backup_policies"]
    assert [policy["id"] for policy in policies] == [ID]
    expects(api, "GET", f"{path}?{FIRST_PAGE}", {"error": "none"}, 404)
    assert run("backup_policy_info", {"server_id": FIRST})["backup_policies"] == []
    expects(api, "GET", f"{path}?{FIRST_PAGE}", page(LINUX, {**LINUX, "policyId": WINDOWS["policyId"]}))
    policies = run("backup_policy_info", {"server_id": FIRST, "policy": ID.upper()})["backup_policies"]
    assert [policy["id"] for policy in policies] == [ID]
