# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules backup_server_policy and backup_server_policy_info."""

from __future__ import annotations

import copy
import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.backups import (
    API,
    DETAILS,
    FIRST,
    FIRST_PAGE,
    ID,
    NAME,
    REGIONS,
    SAMPLES,
    SECOND,
    SERVER_POLICIES_PATH,
    expects,
    expects_policies,
    page,
    server_policy,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented, server
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

BULK: Entity = documented(f"POST-{SAMPLES}-accountPolicies-accountPolicyId-serverPolicies")


def path_of(entity: Entity) -> str:
    return f"{SERVER_POLICIES_PATH}/{entity['serverPolicyId']}"


def expects_server_policies(api: Scripted, *entities: Entity) -> None:
    expects(api, "GET", f"{SERVER_POLICIES_PATH}?{FIRST_PAGE}", page(*entities))


def expects_find(api: Scripted, *entities: Entity) -> None:
    expects_policies(api)
    expects_server_policies(api, *entities)


def expects_servers(api: Scripted, *names: str) -> None:
    with api.in_any_order():
        for name in names:
            api.expects("GET", f"/v2/servers/ALTD/{name}", server(name, osType="CentOS 6", os="centOS6_64Bit"))


OPTIONS: dict[str, t.Any] = {"policy": NAME, "server_ids": [SECOND.upper(), FIRST], "storage_region": "us-east"}
ENTRIES = [{"serverId": name.upper(), "storageRegion": "US EAST"} for name in (FIRST, SECOND)]
BULK_HEADER = {"Bulk-Operation": "true"}


def bulk_response(*errors: tuple[str, str | None]) -> Entity:
    """Return the documented response to a bulk request, with these servers and their errors."""
    failed, created = BULK["createServerPolicyResponseList"]
    entries = []
    for name, error in errors:
        entry = copy.deepcopy(failed if error else created)
        entry["error"] = error
        entry["serverPolicy"]["serverId"] = name.upper()
        entries.append(entry)
    return {"status": "PARTIAL", "createServerPolicyResponseList": entries}


def test_a_policy_is_applied_to_all_servers_in_one_request(api: Scripted, run: Runner) -> None:
    expects_find(api)
    expects_servers(api, FIRST, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    predicted = run("backup_server_policy", OPTIONS, check=True)
    expects_find(api)
    expects_servers(api, FIRST, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    expects(
        api,
        "POST",
        SERVER_POLICIES_PATH,
        bulk_response((FIRST, None), (SECOND, None)),
        201,
        body=ENTRIES,
        carries=BULK_HEADER,
    )
    expects_server_policies(api, server_policy(FIRST, "PROVISIONING"))
    expects_server_policies(api, server_policy(FIRST, "PENDING_INSTALL"), server_policy(SECOND, "PROVISIONING"))
    expects_server_policies(api, server_policy(FIRST), server_policy(SECOND))
    real = run("backup_server_policy", OPTIONS)
    assert (predicted.changed, real.changed) == (True, True)
    results = [{**result, "id": PLACEHOLDER} for result in real["backup_server_policies"]]
    assert predicted["backup_server_policies"] == results
    assert [result["server_id"] for result in results] == [FIRST, SECOND]


def test_an_applied_policy_is_not_applied_again(api: Scripted, run: Runner) -> None:
    expects_find(
        api,
        server_policy(SECOND),
        server_policy(FIRST),
        server_policy("va1altdweb09"),
        server_policy(FIRST, region="CANADA"),
    )
    outcome = run("backup_server_policy", OPTIONS)
    assert not outcome.changed
    assert len(outcome["backup_server_policies"]) == 2


@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_region_is_identified_by_its_label(api: Scripted, run: Runner, state: str) -> None:
    existing = server_policy(FIRST, region="GREAT BRITAIN")
    expects_find(api, existing, server_policy(FIRST, region="CANADA", serverPolicyId=ID))
    expects(api, "GET", f"{API}/regions", REGIONS)
    if state == "absent":
        expects(api, "DELETE", path_of(existing), NO_BODY, 204)
        expects_server_policies(api)
    options = {"policy": NAME, "server_ids": [FIRST], "storage_region": "EU (Ireland)", "state": state}
    assert run("backup_server_policy", options).changed is (state == "absent")


def test_a_policy_is_applied_to_one_server_without_the_bulk_header(api: Scripted, run: Runner) -> None:
    removed = server_policy(SECOND, "INACTIVE", unsubscribedDate=1520244900000)
    expects_find(api, server_policy(FIRST), removed)
    expects_servers(api, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    expects(
        api,
        "POST",
        SERVER_POLICIES_PATH,
        server_policy(SECOND, "PROVISIONING"),
        201,
        body={**ENTRIES[1], "clcAccountAlias": "ALTD"},
    )
    expects_server_policies(api, server_policy(FIRST), removed, server_policy(SECOND, "PROVISIONING"))
    outcome = run("backup_server_policy", {**OPTIONS, "wait": False})
    assert (outcome.changed, outcome["jobs"], outcome["pending"]) == (True, [], [])
    assert [result["status"] for result in outcome["backup_server_policies"]] == ["ACTIVE", "PROVISIONING"]


def test_a_failure_in_a_bulk_response_is_an_error(api: Scripted, run: Runner) -> None:
    expects_find(api)
    expects_servers(api, FIRST, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    expects(
        api,
        "POST",
        SERVER_POLICIES_PATH,
        bulk_response((FIRST, None), (SECOND, "no agent")),
        201,
        body=ENTRIES,
        carries=BULK_HEADER,
    )
    expects_server_policies(api, server_policy(FIRST))
    outcome = run("backup_server_policy", OPTIONS)
    assert (outcome.failed, outcome.changed) == (True, True)
    assert f"{SECOND} was rejected: no agent" in outcome.msg


def test_if_all_servers_fail_nothing_has_changed(api: Scripted, run: Runner) -> None:
    body = bulk_response((FIRST, "x"), (SECOND, "x"))
    body["createServerPolicyResponseList"][0].update(error=None, validationMessages=["it is", "full"])
    expects_find(api)
    expects_servers(api, FIRST, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    expects(api, "POST", SERVER_POLICIES_PATH, body, 201, body=ENTRIES, carries=BULK_HEADER)
    outcome = run("backup_server_policy", OPTIONS)
    assert (outcome.failed, outcome.changed) == (True, False)
    assert f"{FIRST} was rejected: it is full" in outcome.msg


def test_the_list_is_read_after_a_lost_response(api: Scripted, run: Runner) -> None:
    expects_find(api)
    expects_servers(api, FIRST, SECOND)
    expects(api, "GET", f"{API}/regions", REGIONS)
    expects(api, "POST", SERVER_POLICIES_PATH, raises=requests.ReadTimeout(), body=ENTRIES, carries=BULK_HEADER)
    expects_server_policies(api, server_policy(FIRST), server_policy(SECOND))
    expects_server_policies(api, server_policy(FIRST), server_policy(SECOND))
    assert run("backup_server_policy", OPTIONS).changed


def test_a_failed_server_policy_is_an_error(api: Scripted, run: Runner) -> None:
    expects_find(api, server_policy(FIRST, "ERROR"), server_policy(SECOND))
    outcome = run("backup_server_policy", OPTIONS)
    assert (outcome.failed, outcome.changed) == (True, False)
    assert "state=absent" in outcome.msg
    assert FIRST in outcome.msg


def test_a_policy_is_removed_from_a_server(api: Scripted, run: Runner) -> None:
    existing = [server_policy(FIRST), server_policy(FIRST, region="CANADA", serverPolicyId=ID)]
    expects_find(api, *existing, server_policy(SECOND))
    with api.in_any_order():
        for entity in existing:
            expects(api, "DELETE", path_of(entity), NO_BODY, 204)
    expects_server_policies(api, {**existing[0], "status": "INACTIVE"}, server_policy(SECOND))
    outcome = run("backup_server_policy", {"policy": NAME, "server_ids": [FIRST], "state": "absent"})
    assert (outcome.changed, outcome["backup_server_policies"]) == (True, [])


def test_after_a_lost_response_to_a_delete_inactive_is_deleted(api: Scripted, run: Runner) -> None:
    existing = server_policy(FIRST)
    expects_find(api, existing)
    expects(api, "DELETE", path_of(existing), raises=requests.ReadTimeout())
    expects(api, "GET", path_of(existing), {**existing, "status": "INACTIVE"})
    expects_server_policies(api, {**existing, "status": "DELETED"})
    assert run("backup_server_policy", {**OPTIONS, "server_ids": [FIRST], "state": "absent"}).changed


def test_a_server_policy_that_never_became_active_is_canceled_then_deleted(api: Scripted, run: Runner) -> None:
    existing = server_policy(FIRST, "PENDING_INSTALL")
    patch = documented(f"PATCH-{SAMPLES}-accountPolicies-accountPolicyId-serverPolicies-serverPolicyId.request")
    expects_find(api, existing)
    expects(api, "PATCH", path_of(existing), existing, body=patch)
    expects_server_policies(api, existing)
    expects(api, "DELETE", path_of(existing), NO_BODY, 204)
    expects_server_policies(api)
    assert run("backup_server_policy", {**OPTIONS, "server_ids": [FIRST], "state": "absent"}).changed


def test_absent_accepts_a_missing_policy(api: Scripted, run: Runner) -> None:
    expects_policies(api)
    outcome = run("backup_server_policy", {**OPTIONS, "policy": "none", "state": "absent"})
    assert (outcome.changed, outcome["backup_server_policies"]) == (False, [])


def test_a_missing_policy_or_server_is_a_warning_in_check_mode(api: Scripted, run: Runner) -> None:
    expects_policies(api)
    api.expects("GET", f"/v2/servers/ALTD/{FIRST}", NO_BODY, 404)
    expects(api, "GET", f"{API}/regions", REGIONS)
    options = {**OPTIONS, "policy": "none", "server_ids": [FIRST]}
    outcome = run("backup_server_policy", options, check=True)
    assert len(outcome.warnings) == 2
    assert [(result["server_id"], result["id"]) for result in outcome["backup_server_policies"]] == [
        (FIRST, PLACEHOLDER)
    ]
    expects_policies(api)
    assert "there is no backup policy 'none'" in run("backup_server_policy", options).msg


def test_servers_with_another_operating_system_fail_before_a_request(api: Scripted, run: Runner) -> None:
    external = {
        "id": "026b28ae-9b1f-4a3b-a3ab-89da0ebb68af",
        "osType": "Windows",
        "serverAlias": "a",
        "accountAlias": "ALTD",
    }
    expects_find(api)
    expects(api, "GET", f"{API}/datacenters/anywhereServers", [external])
    expects_servers(api, FIRST)
    outcome = run("backup_server_policy", {**OPTIONS, "server_ids": [FIRST, external["id"].upper()]})
    assert f"the policy is for Linux, but {external['id']} runs Windows" in outcome.msg


@pytest.mark.parametrize(("status", "expected"), [("ACTIVE", "ACTIVE"), (["ERROR"], "ERROR"), ("", None), ([], None)])
def test_server_policies_of_a_server_in_all_forms_of_their_status(
    api: Scripted, run: Runner, status: t.Any, expected: t.Any
) -> None:
    path = f"{API}/serverPolicyDetails?serverId={FIRST.upper()}"
    expects(api, "GET", path, [{**DETAILS, "serverPolicyStatus": status}])
    (result,) = run("backup_server_policy_info", {"server_id": FIRST})["backup_server_policies"]
    assert (result["status"], result["policy_status"], result["expiration_date"]) == (expected, "ACTIVE", None)


def test_server_policies_of_a_policy(api: Scripted, run: Runner) -> None:
    removed = server_policy(SECOND, "INACTIVE", unsubscribedDate=5, expirationDate=6)
    expects_find(api, removed, server_policy(FIRST))
    results = run("backup_server_policy_info", {"policy": NAME})["backup_server_policies"]
    assert [(result["server_id"], result["expiration_date"]) for result in results] == [(FIRST, None), (SECOND, 6)]
    expects_find(api, removed, server_policy(FIRST))
    options = {"policy": NAME, "status": ["INACTIVE"], "storage_region": "USEAST"}
    assert len(run("backup_server_policy_info", options)["backup_server_policies"]) == 1
    expects_policies(api)
    expects(api, "GET", path_of(removed), removed)
    options = {"policy": NAME, "id": removed["serverPolicyId"].upper()}
    assert len(run("backup_server_policy_info", options)["backup_server_policies"]) == 1
    expects_policies(api)
    expects(api, "GET", path_of(removed), {"error": "none"}, 404)
    assert run("backup_server_policy_info", options)["backup_server_policies"] == []
