# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The backup service: policies, server policies, restore points, external servers, reports."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from simclient import JOB, Client, Response

API = "/backup/clc-backup-api/api"
POLICIES = f"{API}/accountPolicies"
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
WEB01, WEB02, FILE = "WA1DEMOWEB01", "WA1DEMOWEB02", "VA1DEMOFILE01"
LINUX: dict[str, Any] = {
    "osType": "Linux", "name": "home", "paths": ["/home", "/etc"], "retentionDays": 14, "backupIntervalHours": 12,
}  # fmt: skip
DAY = 86400


def policy(client: Client, **members: Any) -> dict[str, Any]:
    response = client.post(POLICIES, {**LINUX, **members})
    assert response.status == 201, response.body
    created: dict[str, Any] = response.json()
    return created


def servers_of(created: dict[str, Any]) -> str:
    return f"{POLICIES}/{created['policyId']}/serverPolicies"


def apply(client: Client, created: dict[str, Any], server: str = WEB01, region: str = "US EAST") -> Response:
    return client.post(servers_of(created), {"clcAccountAlias": "DEMO", "serverId": server, "storageRegion": region})


def apply_and_return_path(client: Client, created: dict[str, Any], server: str = WEB01) -> str:
    """Apply the policy to a server, wait until it is active, and return the path of the server policy."""
    response = apply(client, created, server)
    assert response.status == 201, response.body
    client.finish()
    return f"{servers_of(created)}/{response.json()['serverPolicyId']}"


def bulk(client: Client, created: dict[str, Any], *servers: str) -> Any:
    body = [{"serverId": server, "storageRegion": "US WEST"} for server in servers]
    response = client.request("POST", servers_of(created), body, headers={"bulk-operation": "true"})
    assert response.status == 201, response.body
    return response.json()


def refusal(response: Response) -> str:
    """Return all messages of a 400 of this service."""
    assert response.status == 400, (response.status, response.body)
    body = response.json()
    assert set(body) <= {"error", "validationMessages"}
    return " ".join([body["error"], *body.get("validationMessages", [])])


# Account policies


def test_a_policy_is_made_read_and_replaced(small: Client) -> None:
    created = policy(small, clcAccountAlias="demo")
    assert created == {
        **LINUX, "clcAccountAlias": "DEMO", "status": "ACTIVE", "excludedDirectoryPaths": [], "policyId": created["policyId"],
    }  # fmt: skip
    path = f"{POLICIES}/{created['policyId']}"
    assert small.get(path).json() == created
    changed = {
        **created,
        "name": "other",
        "paths": ["/srv"],
        "excludedDirectoryPaths": ["/srv/tmp"],
        "status": "INACTIVE",
    }
    assert small.put(path, changed).json() == changed
    assert small.get(path).json() == changed


def test_the_schedule_wins_and_an_interval_alone_brings_it_back(small: Client) -> None:
    created = policy(small, backupSchedule="0 0 3 ? * SUN *")
    assert "backupIntervalHours" not in created
    assert created["backupSchedule"] == "0 0 3 ? * SUN *"
    path = f"{POLICIES}/{created['policyId']}"
    del created["backupSchedule"]
    back = small.put(path, {**created, "backupIntervalHours": 6}).json()
    assert (back["backupIntervalHours"], "backupSchedule" in back) == (6, False)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"paths": ["/", "/boot"]}, "/boot overlaps /."),
        ({"paths": ["/home", "/home/"]}, "/home/ overlaps /home."),
        ({"paths": []}, "at least one"),
        ({"osType": "Windows", "paths": ["D:\\Data", "d:\\data\\x"]}, "overlaps"),
        ({"excludedDirectoryPaths": ["/a", "/a"]}, "overlaps"),
        ({"name": " "}, "name"),
        ({"retentionDays": 0}, "retentionDays"),
        ({"backupSchedule": "daily"}, "not a Quartz cron"),
        ({"clcAccountAlias": "DEM2"}, "DEM2"),
        ({"osType": "Solaris"}, "osType"),
        ({"backupIntervalHours": None}, "invalid"),
        ({"backupIntervalHours": None, "backupSchedule": ""}, "backupIntervalHours"),
    ],
)
def test_rejects_invalid_policies(small: Client, members: dict[str, Any], message: str) -> None:
    assert message in refusal(small.post(POLICIES, {**LINUX, **members}))
    assert small.get(POLICIES).json()["totalCount"] == 0


def test_siblings_with_one_beginning_do_not_overlap(small: Client) -> None:
    policy(small, paths=["/home", "/home2"])


@pytest.mark.parametrize(("member", "value"), [("osType", "Windows"), ("retentionDays", 15), ("policyId", UNKNOWN_ID)])
def test_what_may_not_change(small: Client, member: str, value: Any) -> None:
    created = policy(small)
    assert member in refusal(small.put(f"{POLICIES}/{created['policyId']}", {**created, member: value}))


def test_pages(small: Client) -> None:
    for name in ("c", "a", "b"):
        policy(small, name=name)
    first = small.get(f"{POLICIES}?limit=2&sortBy=name&ascendingSort=false").json()
    assert ([item["name"] for item in first["results"]], first["nextOffset"], first["totalCount"]) == (["c", "b"], 2, 3)
    last = small.get(f"{POLICIES}?limit=2&offset=2&sortBy=name").json()
    assert ([item["name"] for item in last["results"]], last["nextOffset"], last["offset"]) == (["c"], 3, 2)
    assert "sortBy" in refusal(small.get(f"{POLICIES}?sortBy=age"))


def test_policies_by_status_and_for_a_server(small: Client) -> None:
    linux, windows = policy(small), policy(small, osType="Windows", paths=["D:\\data"])
    small.put(f"{POLICIES}/{linux['policyId']}", {**linux, "status": "INACTIVE"})
    assert [item["policyId"] for item in small.get(f"{POLICIES}?withStatus=ACTIVE").json()["results"]] == [
        windows["policyId"]
    ]
    assert [item["osType"] for item in small.get(f"{POLICIES}/servers/{FILE}").json()["results"]] == ["Windows"]
    assert [item["osType"] for item in small.get(f"{POLICIES}/servers/{WEB01}").json()["results"]] == ["Linux"]
    assert small.get(f"{POLICIES}/servers/{WEB01}?withStatus=ACTIVE").json()["results"] == []
    assert small.get(f"{POLICIES}/servers/NONE").json() == {"error": "There is no server NONE."}


def test_unknown_ids(small: Client) -> None:
    created = policy(small)
    for path in (
        f"{POLICIES}/{UNKNOWN_ID}",
        f"{POLICIES}/{UNKNOWN_ID}/serverPolicies",
        f"{servers_of(created)}/{UNKNOWN_ID}",
    ):
        response = small.get(path)
        assert (response.status, list(response.json())) == (404, ["error"])
    refusal(small.get(f"{POLICIES}/no-uuid"))


def test_the_header_names_the_account(small: Client) -> None:
    created = policy(small)
    below = small.request("GET", POLICIES, headers={"clc-alias": "dem2"}).json()
    assert below["totalCount"] == 0
    headers = {"clc-alias": "DEM2"}
    assert small.request("GET", f"{POLICIES}/{created['policyId']}", headers=headers).status == 404
    other = small.request("POST", POLICIES, LINUX, headers=headers).json()
    assert other["clcAccountAlias"] == "DEM2"
    assert small.request("GET", POLICIES, headers={"clc-alias": "NONE"}).json() == {
        "error": "Account NONE does not exist."
    }


def test_forbidden_requests(make: Callable[..., Client]) -> None:
    client = make("small")
    assert client.get(POLICIES).status == 401
    assert client.login("viewer", "viewer-password").get(POLICIES).status == 200
    assert list(client.post(POLICIES, LINUX).json()) == ["message"]


# Server policies


def test_a_server_policy_becomes_active(small: Client) -> None:
    created = policy(small)
    response = apply(small, created, WEB01.lower())
    result = response.json()
    assert (response.status, result["status"], result["serverId"]) == (201, "PROVISIONING", WEB01)
    path = f"{servers_of(created)}/{result['serverPolicyId']}"
    small.advance(JOB / 2)
    assert small.get(path).json()["status"] == "PENDING_INSTALL"
    small.advance(JOB / 2)
    assert small.get(path).json() == {**result, "status": "ACTIVE"}
    page = small.get(servers_of(created)).json()
    assert (page["limit"], page["nextOffset"], page["totalCount"]) == (1000, 0, 1)
    details = small.get(f"{API}/serverPolicyDetails?serverId={WEB01.lower()}").json()
    assert (details[0]["serverPolicyStatus"], details[0]["eligibleForBackup"]) == ("ACTIVE", True)
    assert "excludedDirectoryPaths" not in details[0]
    assert small.get(f"{API}/serverPolicyDetails?serverId=NONE").json() == []
    assert "serverId" in refusal(small.get(f"{API}/serverPolicyDetails"))


@pytest.mark.parametrize(("job", "status"), [("fail", "ERROR"), ("hang", "PENDING_INSTALL")])
def test_a_patch_stops_the_installation_of_a_server_policy(small: Client, job: str, status: str) -> None:
    small.faults({"operation": "createBackupServerPolicy", "job": job})
    created = policy(small)
    path = apply_and_return_path(small, created)
    assert small.get(path).json()["status"] == status
    gone = {"op": "replace", "path": "/status", "value": "INACTIVE"}
    assert small.request("PATCH", path, gone).json()["status"] == "INACTIVE"
    assert small.get(path).json()["status"] == "INACTIVE"
    assert small.get(f"{API}/csv/summaryReport").status == 200


def test_a_patch_of_an_active_policy_is_a_200_and_changes_nothing(small: Client) -> None:
    small.may_be_unknown = True
    path = apply_and_return_path(small, policy(small))
    response = small.request("PATCH", path, {"op": "replace", "path": "/status", "value": "INACTIVE"})
    assert (response.status, response.json()["status"]) == (200, "ACTIVE")
    refusal(small.request("PATCH", path, [{"op": "replace", "path": "/status", "value": "INACTIVE"}]))


def test_a_deleted_server_policy_expires_later(small: Client) -> None:
    created = policy(small, retentionDays=3)
    path = apply_and_return_path(small, created)
    assert [small.delete(path).status for _time in (1, 2)] == [204, 204]
    result = small.get(path).json()
    assert result["status"] == "INACTIVE"
    assert result["expirationDate"] - result["unsubscribedDate"] == 3 * DAY * 1000
    assert apply(small, created).status == 201
    small.advance(4 * DAY)
    assert small.get(path).json()["status"] == "DELETED"
    assert small.delete(f"{servers_of(created)}/{UNKNOWN_ID}").status == 404


def test_rejects_invalid_server_policies(small: Client) -> None:
    created = policy(small)
    assert "Failed to get server information for serverId=NONE" in refusal(apply(small, created, "NONE"))
    assert "runs Windows" in refusal(apply(small, created, FILE))
    refusal(apply(small, created, region="USEAST"))
    apply_and_return_path(small, created)
    assert "already" in refusal(apply(small, created))
    assert apply(small, created, region="CANADA").status == 201
    body = {"clcAccountAlias": "DEM2", "serverId": WEB02, "storageRegion": "US EAST"}
    assert "DEM2" in refusal(small.post(servers_of(created), body))
    assert "Bulk-Operation" in refusal(small.post(servers_of(created), [{"serverId": WEB02, "storageRegion": "APAC"}]))


def test_bulk_reports_the_result_of_each_server(small: Client) -> None:
    created = policy(small)
    body = bulk(small, created, WEB01, FILE, "NONE")
    first, second, third = body["createServerPolicyResponseList"]
    assert (body["status"], first["success"], first["serverPolicy"]["status"]) == ("PARTIAL", True, "PROVISIONING")
    assert (second["success"], second["error"]) == (False, None)
    assert "runs Windows" in second["validationMessages"]
    assert third["error"] == "Failed to get server information for serverId=NONE"
    assert (third["serverPolicy"]["serverPolicyId"], third["serverPolicy"]["status"]) == (None, None)
    assert bulk(small, created, WEB01)["status"] == "FAILED"
    assert bulk(small, created, WEB02)["status"] == "SUCCESS"
    small.faults({"operation": "createBackupServerPolicy", "reject": {"server": 0, "message": "no"}})
    assert bulk(small, created, "WA1DEMOAPP01")["createServerPolicyResponseList"][0]["error"] == "no"


# Restore points


def test_backups_run_by_the_clock_while_both_policies_are_active(small: Client) -> None:
    created = policy(small, retentionDays=3)
    path = apply_and_return_path(small, created)
    days = span(small, 0, 30)
    assert small.get(f"{path}/restorePointDetails?{days}").json()["totalCount"] == 1
    small.advance(12 * 3600)
    found = small.get(f"{path}/restorePointDetails?{days}&sortBy=backupFinishedDate&ascendingSort=false").json()
    assert (found["totalCount"], found["limit"]) == (2, 100)
    newest, first = found["results"]
    assert newest["unchangedBytesInStorage"] == first["bytesTransferredToStorage"]
    assert newest["restorePointId"].startswith(newest["policyId"])
    small.put(f"{POLICIES}/{created['policyId']}", {**created, "status": "INACTIVE"})
    small.advance(24 * 3600)
    assert small.get(f"{path}/restorePointDetails?{days}").json()["totalCount"] == 2
    small.advance(4 * DAY)
    days = span(small, -20, 1)
    assert small.get(f"{path}/restorePointDetails?{days}&inRetentionOnly=true").json()["totalCount"] == 0
    assert small.get(f"{path}/restorePointDetails?{days}&inRetentionOnly=false").json()["totalCount"] == 2


def span(client: Client, first: int, last: int) -> str:
    """Return the query for days from now."""
    now = datetime.fromtimestamp(client.simulator.world.clock.now(), UTC)
    begin, end = (f"{now + timedelta(days=days):%Y-%m-%d}" for days in (first, last))
    return f"backupFinishedStartDate={begin}&backupFinishedEndDate={end}"


def test_dates_are_required_and_a_hundred_days_at_most_apart(small: Client) -> None:
    path = apply_and_return_path(small, policy(small))
    assert "backupFinishedEndDate" in refusal(
        small.get(f"{path}/restorePointDetails?backupFinishedStartDate=2026-01-01")
    )
    refusal(small.get(f"{path}/restorePointDetails?backupFinishedStartDate=yesterday&backupFinishedEndDate=today"))
    assert "100 days" in refusal(small.get(f"{path}/restorePointDetails?{span(small, 0, 101)}"))
    assert "within" in refusal(small.get(f"{path}/restorePointDetails?{span(small, 2, 1)}"))
    assert small.get(f"{path}/restorePointDetails?{span(small, 0, 100)}").status == 200


def test_stored_data_are_strings(small: Client) -> None:
    path = apply_and_return_path(small, policy(small))
    day = span(small, 0, 0)[-10:]
    stored = small.get(f"{path}/storedData?searchDate={day}").json()
    assert int(stored["bytesStored"]) > 0
    assert isinstance(stored["gigabytesStored"], str)
    assert small.get(f"{path}/storedData?searchDate=2020-01-01").json()["bytesStored"] == "0"
    assert "searchDate" in refusal(small.get(f"{path}/storedData"))


# Catalogue and servers from anywhere


def test_lists_of_the_catalog(small: Client) -> None:
    regions = {region["name"]: region["messages"] for region in small.get(f"{API}/regions").json()}
    assert len(regions) == 6
    assert regions["US EAST"] is None
    assert "NOT encrypted" in regions["CANADA"][0]
    assert small.get(f"{API}/osTypes").json() == ["Linux", "Windows"]
    assert small.get(f"{API}/datacenters").json()[1] == "VA1 - US East (Sterling)"
    found = small.get(f"{API}/datacenters/VA1 - US East (Sterling)/servers").json()
    assert found == ["va1demofile01", "va1demoweb01", "va1demoweb02"]
    assert small.get(f"{API}/datacenters/VA1/servers").status == 404


def test_an_external_server_is_registered_and_backed_up(small: Client) -> None:
    token = small.post(f"{API}/provisioning", {"serverId": "office-nas", "osType": "Linux"}).json()
    assert token["provisioningToken"].startswith("PROVISION")
    assert token["redeemedTimestamp"] is None
    (server,) = small.get(f"{API}/datacenters/anywhereServers").json()
    assert (server["serverAlias"], server["osType"], server["accountAlias"]) == ("office-nas", "Linux", "DEMO")
    script = small.post(f"{API}/createInstallerScript", {"provisioningToken": token["provisioningToken"]})
    assert script.headers["content-type"] == "text/plain;charset=UTF-8"
    assert script.headers["x-filename"] == "sbs-linux-install-DEMO-office-nas.sh"
    assert script.body.startswith(b"#!/bin/sh")
    assert token["provisioningToken"].encode() in script.body
    apply_and_return_path(small, policy(small), server["id"])
    assert f"office-nas:{server['id']}" in small.get(f"{API}/csv/summaryReport").body.decode()


def test_a_name_twice_is_one_server_with_two_tokens(small: Client) -> None:
    body = {"serverId": "office-nas", "osType": "Windows"}
    tokens = {small.post(f"{API}/provisioning", body).json()["provisioningToken"] for _time in (1, 2)}
    assert (len(tokens), len(small.get(f"{API}/datacenters/anywhereServers").json())) == (2, 1)
    assert "registered with Windows" in refusal(small.post(f"{API}/provisioning", {**body, "osType": "Linux"}))
    refusal(small.post(f"{API}/createInstallerScript", {"provisioningToken": "PROVISION-none"}))
    assert "empty" in refusal(small.post(f"{API}/provisioning", {**body, "serverId": ""}))


# Reports


def rows(response: Response) -> list[dict[str, str]]:
    assert response.status == 200, response.body
    assert response.headers["content-type"] == "text/plain"
    assert response.headers["content-disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(response.body.decode())))


def test_the_summary_has_a_line_for_each_server_policy(small: Client) -> None:
    created = policy(small, name="a, b")
    apply_and_return_path(small, created)
    apply(small, created, WEB02)
    first, second = rows(small.get(f"{API}/csv/summaryReport"))
    assert (first["Account Policy Name"], first["Latest Backup Status"]) == ("a, b", "SUCCESS")
    assert len(first["Latest Backup Start Time"]) == len("20180625 15:02:05")
    assert (second["Server Policy Status"], second["Latest Backup Status"]) == ("PROVISIONING", "")
    found = rows(small.get(f"{API}/csv/summaryReport?withServerPolicyStatus=active,ERROR"))
    assert [row["Server Id"] for row in found] == [WEB01]
    refusal(small.get(f"{API}/csv/summaryReport?withServerPolicyStatus=BUSY"))


def test_the_report_of_restore_points(small: Client) -> None:
    path = apply_and_return_path(small, policy(small))
    report = f"{API}/csv/{path.rpartition('/')[2]}/restorePointsReport"
    small.advance(12 * 3600)
    assert len(rows(small.get(report))) == 2
    assert len(rows(small.get(f"{report}?{span(small, 5, 6)}"))) == 0
    assert len(rows(small.get(f"{report}?inRetentionOnly=true"))) == 2
    refusal(small.get(f"{report}?{span(small, 0, 400)}"))
    assert small.get(f"{API}/csv/{UNKNOWN_ID}/restorePointsReport").status == 404


def test_faults_of_text(small: Client) -> None:
    policy(small)
    small.faults({"operation": "getBackupSummaryReport", "body": "cut"})
    cut = small.get(f"{API}/csv/summaryReport")
    assert cut.headers["content-type"] == "text/plain"
    assert b"Server Id" in cut.body
    small.faults({"operation": "getBackupSummaryReport", "status": 503})
    assert small.get(f"{API}/csv/summaryReport").json() == {"message": "The service is unavailable."}


SEED = """
accounts:
  - alias: DEMO
    backup:
      anywhere_servers: [{id: 0f7c6d0e-5a1c-4a40-8f6b-2d9f3b8a6e04, name: office-nas, os_type: Linux}]
      policies:
        - name: linux-home
          os_type: Linux
          paths: [/home]
          retention_days: 14
          backup_schedule: 0 0 3 ? * SUN *
          servers:
            - server: 0f7c6d0e-5a1c-4a40-8f6b-2d9f3b8a6e04
              region: CANADA
              restore_points:
                - {finished: '2026-03-05T02:30:41Z', status: PARTIAL_SUCCESS, restored: SUCCESS}
                - {finished: '2026-03-06T02:30:41Z', restored: IN_PROGRESS}
users: [{name: demo, password: demo-password, account: DEMO}]
"""


def test_loads_all_backup_entities_of_a_seed(make: Callable[..., Client], tmp_path: Path) -> None:
    path = tmp_path / "seed.yml"
    path.write_text(SEED)
    client = make(str(path)).login()
    (result,) = client.get(POLICIES).json()["results"]
    assert result["backupSchedule"] == "0 0 3 ? * SUN *"
    done, running = rows(client.get(f"{API}/csv/restoreJobsReport"))
    assert (done["Restore Status"], done["Restore Finished Time"]) == ("SUCCESS", "2026-03-05T02:31:41.000Z")
    assert (running["Restore Status"], running["Restore Finished Time"]) == ("IN_PROGRESS", "")
    (summary,) = rows(client.get(f"{API}/csv/summaryReport"))
    assert summary["Server Id"] == "office-nas:0f7c6d0e-5a1c-4a40-8f6b-2d9f3b8a6e04"


def test_state_survives(make: Callable[..., Client], tmp_path: Path) -> None:
    before = make("small", tmp_path / "state").login()
    path = apply_and_return_path(before, policy(before))
    assert make("small", tmp_path / "state").login().get(path).json()["status"] == "ACTIVE"
