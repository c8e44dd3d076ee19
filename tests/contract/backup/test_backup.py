# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The backup service: policies, server policies, restore points, servers from anywhere, reports."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from simclient import JOB, Answer, Client

API = "/backup/clc-backup-api/api"
POLICIES = f"{API}/accountPolicies"
NOBODY = "00000000-0000-4000-8000-000000000000"
WEB01, WEB02, FILE = "WA1DEMOWEB01", "WA1DEMOWEB02", "VA1DEMOFILE01"
LINUX: dict[str, Any] = {
    "osType": "Linux", "name": "home", "paths": ["/home", "/etc"], "retentionDays": 14, "backupIntervalHours": 12,
}  # fmt: skip
DAY = 86400


def policy(client: Client, **members: Any) -> dict[str, Any]:
    answer = client.post(POLICIES, {**LINUX, **members})
    assert answer.status == 201, answer.body
    made: dict[str, Any] = answer.json()
    return made


def servers_of(made: dict[str, Any]) -> str:
    return f"{POLICIES}/{made['policyId']}/serverPolicies"


def give(client: Client, made: dict[str, Any], server: str = WEB01, region: str = "US EAST") -> Answer:
    return client.post(servers_of(made), {"clcAccountAlias": "DEMO", "serverId": server, "storageRegion": region})


def given(client: Client, made: dict[str, Any], server: str = WEB01) -> str:
    """Give a server the policy, let it come up, and return the path of the server policy."""
    answer = give(client, made, server)
    assert answer.status == 201, answer.body
    client.finish()
    return f"{servers_of(made)}/{answer.json()['serverPolicyId']}"


def bulk(client: Client, made: dict[str, Any], *servers: str) -> Any:
    body = [{"serverId": server, "storageRegion": "US WEST"} for server in servers]
    answer = client.request("POST", servers_of(made), body, headers={"bulk-operation": "true"})
    assert answer.status == 201, answer.body
    return answer.json()


def refusal(answer: Answer) -> str:
    """Return all that a 400 of this service says."""
    assert answer.status == 400, (answer.status, answer.body)
    body = answer.json()
    assert set(body) <= {"error", "validationMessages"}
    return " ".join([body["error"], *body.get("validationMessages", [])])


# Account policies


def test_a_policy_is_made_read_and_replaced(small: Client) -> None:
    made = policy(small, clcAccountAlias="demo")
    assert made == {
        **LINUX, "clcAccountAlias": "DEMO", "status": "ACTIVE", "excludedDirectoryPaths": [], "policyId": made["policyId"],
    }  # fmt: skip
    path = f"{POLICIES}/{made['policyId']}"
    assert small.get(path).json() == made
    changed = {**made, "name": "other", "paths": ["/srv"], "excludedDirectoryPaths": ["/srv/tmp"], "status": "INACTIVE"}
    assert small.put(path, changed).json() == changed
    assert small.get(path).json() == changed


def test_the_schedule_wins_and_an_interval_alone_brings_it_back(small: Client) -> None:
    made = policy(small, backupSchedule="0 0 3 ? * SUN *")
    assert "backupIntervalHours" not in made
    assert made["backupSchedule"] == "0 0 3 ? * SUN *"
    path = f"{POLICIES}/{made['policyId']}"
    del made["backupSchedule"]
    back = small.put(path, {**made, "backupIntervalHours": 6}).json()
    assert (back["backupIntervalHours"], "backupSchedule" in back) == (6, False)


@pytest.mark.parametrize(
    ("members", "told"),
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
def test_policies_that_are_refused(small: Client, members: dict[str, Any], told: str) -> None:
    assert told in refusal(small.post(POLICIES, {**LINUX, **members}))
    assert small.get(POLICIES).json()["totalCount"] == 0


def test_siblings_with_one_beginning_do_not_overlap(small: Client) -> None:
    policy(small, paths=["/home", "/home2"])


@pytest.mark.parametrize(("member", "value"), [("osType", "Windows"), ("retentionDays", 15), ("policyId", NOBODY)])
def test_what_may_not_change(small: Client, member: str, value: Any) -> None:
    made = policy(small)
    assert member in refusal(small.put(f"{POLICIES}/{made['policyId']}", {**made, member: value}))


def test_pages(small: Client) -> None:
    for name in ("c", "a", "b"):
        policy(small, name=name)
    first = small.get(f"{POLICIES}?limit=2&sortBy=name&ascendingSort=false").json()
    assert ([one["name"] for one in first["results"]], first["nextOffset"], first["totalCount"]) == (["c", "b"], 2, 3)
    last = small.get(f"{POLICIES}?limit=2&offset=2&sortBy=name").json()
    assert ([one["name"] for one in last["results"]], last["nextOffset"], last["offset"]) == (["c"], 3, 2)
    assert "sortBy" in refusal(small.get(f"{POLICIES}?sortBy=age"))


def test_policies_by_status_and_for_a_server(small: Client) -> None:
    linux, windows = policy(small), policy(small, osType="Windows", paths=["D:\\data"])
    small.put(f"{POLICIES}/{linux['policyId']}", {**linux, "status": "INACTIVE"})
    assert [one["policyId"] for one in small.get(f"{POLICIES}?withStatus=ACTIVE").json()["results"]] == [
        windows["policyId"]
    ]
    assert [one["osType"] for one in small.get(f"{POLICIES}/servers/{FILE}").json()["results"]] == ["Windows"]
    assert [one["osType"] for one in small.get(f"{POLICIES}/servers/{WEB01}").json()["results"]] == ["Linux"]
    assert small.get(f"{POLICIES}/servers/{WEB01}?withStatus=ACTIVE").json()["results"] == []
    assert small.get(f"{POLICIES}/servers/NONE").json() == {"error": "There is no server NONE."}


def test_ids_that_stand_for_nothing(small: Client) -> None:
    made = policy(small)
    for path in (f"{POLICIES}/{NOBODY}", f"{POLICIES}/{NOBODY}/serverPolicies", f"{servers_of(made)}/{NOBODY}"):
        answer = small.get(path)
        assert (answer.status, list(answer.json())) == (404, ["error"])
    refusal(small.get(f"{POLICIES}/no-uuid"))


def test_the_header_names_the_account(small: Client) -> None:
    made = policy(small)
    below = small.request("GET", POLICIES, headers={"clc-alias": "dem2"}).json()
    assert below["totalCount"] == 0
    headers = {"clc-alias": "DEM2"}
    assert small.request("GET", f"{POLICIES}/{made['policyId']}", headers=headers).status == 404
    other = small.request("POST", POLICIES, LINUX, headers=headers).json()
    assert other["clcAccountAlias"] == "DEM2"
    assert small.request("GET", POLICIES, headers={"clc-alias": "NONE"}).json() == {
        "error": "Account NONE does not exist."
    }


def test_who_may_not(make: Callable[..., Client]) -> None:
    client = make("small")
    assert client.get(POLICIES).status == 401
    assert client.login("viewer", "viewer-password").get(POLICIES).status == 200
    assert list(client.post(POLICIES, LINUX).json()) == ["message"]


# Server policies


def test_a_server_policy_comes_up(small: Client) -> None:
    made = policy(small)
    answer = give(small, made, WEB01.lower())
    shown = answer.json()
    assert (answer.status, shown["status"], shown["serverId"]) == (201, "PROVISIONING", WEB01)
    path = f"{servers_of(made)}/{shown['serverPolicyId']}"
    small.advance(JOB / 2)
    assert small.get(path).json()["status"] == "PENDING_INSTALL"
    small.advance(JOB / 2)
    assert small.get(path).json() == {**shown, "status": "ACTIVE"}
    page = small.get(servers_of(made)).json()
    assert (page["limit"], page["nextOffset"], page["totalCount"]) == (1000, 0, 1)
    details = small.get(f"{API}/serverPolicyDetails?serverId={WEB01.lower()}").json()
    assert (details[0]["serverPolicyStatus"], details[0]["eligibleForBackup"]) == ("ACTIVE", True)
    assert "excludedDirectoryPaths" not in details[0]
    assert small.get(f"{API}/serverPolicyDetails?serverId=NONE").json() == []
    assert "serverId" in refusal(small.get(f"{API}/serverPolicyDetails"))


@pytest.mark.parametrize(("job", "status"), [("fail", "ERROR"), ("hang", "PENDING_INSTALL")])
def test_a_server_policy_that_does_not_come_up_is_given_up_by_patch(small: Client, job: str, status: str) -> None:
    small.faults({"operation": "createBackupServerPolicy", "job": job})
    made = policy(small)
    path = given(small, made)
    assert small.get(path).json()["status"] == status
    gone = {"op": "replace", "path": "/status", "value": "INACTIVE"}
    assert small.request("PATCH", path, gone).json()["status"] == "INACTIVE"
    assert small.get(path).json()["status"] == "INACTIVE"
    assert small.get(f"{API}/csv/summaryReport").status == 200


def test_a_patch_of_an_active_one_answers_200_and_changes_nothing(small: Client) -> None:
    small.may_be_unknown = True
    path = given(small, policy(small))
    answer = small.request("PATCH", path, {"op": "replace", "path": "/status", "value": "INACTIVE"})
    assert (answer.status, answer.json()["status"]) == (200, "ACTIVE")
    refusal(small.request("PATCH", path, [{"op": "replace", "path": "/status", "value": "INACTIVE"}]))


def test_a_server_policy_is_taken_away_and_its_data_goes_later(small: Client) -> None:
    made = policy(small, retentionDays=3)
    path = given(small, made)
    assert [small.delete(path).status for _time in (1, 2)] == [204, 204]
    shown = small.get(path).json()
    assert shown["status"] == "INACTIVE"
    assert shown["expirationDate"] - shown["unsubscribedDate"] == 3 * DAY * 1000
    assert give(small, made).status == 201
    small.advance(4 * DAY)
    assert small.get(path).json()["status"] == "DELETED"
    assert small.delete(f"{servers_of(made)}/{NOBODY}").status == 404


def test_server_policies_that_are_refused(small: Client) -> None:
    made = policy(small)
    assert "Failed to get server information for serverId=NONE" in refusal(give(small, made, "NONE"))
    assert "runs Windows" in refusal(give(small, made, FILE))
    refusal(give(small, made, region="USEAST"))
    given(small, made)
    assert "already" in refusal(give(small, made))
    assert give(small, made, region="CANADA").status == 201
    one = {"clcAccountAlias": "DEM2", "serverId": WEB02, "storageRegion": "US EAST"}
    assert "DEM2" in refusal(small.post(servers_of(made), one))
    assert "Bulk-Operation" in refusal(small.post(servers_of(made), [{"serverId": WEB02, "storageRegion": "APAC"}]))


def test_bulk_tells_what_became_of_each(small: Client) -> None:
    made = policy(small)
    body = bulk(small, made, WEB01, FILE, "NONE")
    first, second, third = body["createServerPolicyResponseList"]
    assert (body["status"], first["success"], first["serverPolicy"]["status"]) == ("PARTIAL", True, "PROVISIONING")
    assert (second["success"], second["error"]) == (False, None)
    assert "runs Windows" in second["validationMessages"]
    assert third["error"] == "Failed to get server information for serverId=NONE"
    assert (third["serverPolicy"]["serverPolicyId"], third["serverPolicy"]["status"]) == (None, None)
    assert bulk(small, made, WEB01)["status"] == "FAILED"
    assert bulk(small, made, WEB02)["status"] == "SUCCESS"
    small.faults({"operation": "createBackupServerPolicy", "reject": {"server": 0, "message": "no"}})
    assert bulk(small, made, "WA1DEMOAPP01")["createServerPolicyResponseList"][0]["error"] == "no"


# Restore points


def test_backups_run_by_the_clock_while_both_policies_are_active(small: Client) -> None:
    made = policy(small, retentionDays=3)
    path = given(small, made)
    days = span(small, 0, 30)
    assert small.get(f"{path}/restorePointDetails?{days}").json()["totalCount"] == 1
    small.advance(12 * 3600)
    found = small.get(f"{path}/restorePointDetails?{days}&sortBy=backupFinishedDate&ascendingSort=false").json()
    assert (found["totalCount"], found["limit"]) == (2, 100)
    newest, first = found["results"]
    assert newest["unchangedBytesInStorage"] == first["bytesTransferredToStorage"]
    assert newest["restorePointId"].startswith(newest["policyId"])
    small.put(f"{POLICIES}/{made['policyId']}", {**made, "status": "INACTIVE"})
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
    path = given(small, policy(small))
    assert "backupFinishedEndDate" in refusal(
        small.get(f"{path}/restorePointDetails?backupFinishedStartDate=2026-01-01")
    )
    refusal(small.get(f"{path}/restorePointDetails?backupFinishedStartDate=yesterday&backupFinishedEndDate=today"))
    assert "100 days" in refusal(small.get(f"{path}/restorePointDetails?{span(small, 0, 101)}"))
    assert "within" in refusal(small.get(f"{path}/restorePointDetails?{span(small, 2, 1)}"))
    assert small.get(f"{path}/restorePointDetails?{span(small, 0, 100)}").status == 200


def test_stored_data_are_texts(small: Client) -> None:
    path = given(small, policy(small))
    day = span(small, 0, 0)[-10:]
    stored = small.get(f"{path}/storedData?searchDate={day}").json()
    assert int(stored["bytesStored"]) > 0
    assert isinstance(stored["gigabytesStored"], str)
    assert small.get(f"{path}/storedData?searchDate=2020-01-01").json()["bytesStored"] == "0"
    assert "searchDate" in refusal(small.get(f"{path}/storedData"))


# Catalogue and servers from anywhere


def test_what_there_is_to_choose_from(small: Client) -> None:
    regions = {region["name"]: region["messages"] for region in small.get(f"{API}/regions").json()}
    assert len(regions) == 6
    assert regions["US EAST"] is None
    assert "NOT encrypted" in regions["CANADA"][0]
    assert small.get(f"{API}/osTypes").json() == ["Linux", "Windows"]
    assert small.get(f"{API}/datacenters").json()[1] == "VA1 - US East (Sterling)"
    found = small.get(f"{API}/datacenters/VA1 - US East (Sterling)/servers").json()
    assert found == ["va1demofile01", "va1demoweb01", "va1demoweb02"]
    assert small.get(f"{API}/datacenters/VA1/servers").status == 404


def test_a_server_from_anywhere_is_registered_and_backed_up(small: Client) -> None:
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
    given(small, policy(small), server["id"])
    assert f"office-nas:{server['id']}" in small.get(f"{API}/csv/summaryReport").body.decode()


def test_a_name_twice_is_one_server_with_two_tokens(small: Client) -> None:
    body = {"serverId": "office-nas", "osType": "Windows"}
    tokens = {small.post(f"{API}/provisioning", body).json()["provisioningToken"] for _time in (1, 2)}
    assert (len(tokens), len(small.get(f"{API}/datacenters/anywhereServers").json())) == (2, 1)
    assert "registered with Windows" in refusal(small.post(f"{API}/provisioning", {**body, "osType": "Linux"}))
    refusal(small.post(f"{API}/createInstallerScript", {"provisioningToken": "PROVISION-none"}))
    assert "empty" in refusal(small.post(f"{API}/provisioning", {**body, "serverId": ""}))


# Reports


def rows(answer: Answer) -> list[dict[str, str]]:
    assert answer.status == 200, answer.body
    assert answer.headers["content-type"] == "text/plain"
    assert answer.headers["content-disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(answer.body.decode())))


def test_the_summary_has_a_line_for_each_server_policy(small: Client) -> None:
    made = policy(small, name="a, b")
    given(small, made)
    give(small, made, WEB02)
    first, second = rows(small.get(f"{API}/csv/summaryReport"))
    assert (first["Account Policy Name"], first["Latest Backup Status"]) == ("a, b", "SUCCESS")
    assert len(first["Latest Backup Start Time"]) == len("20180625 15:02:05")
    assert (second["Server Policy Status"], second["Latest Backup Status"]) == ("PROVISIONING", "")
    found = rows(small.get(f"{API}/csv/summaryReport?withServerPolicyStatus=active,ERROR"))
    assert [row["Server Id"] for row in found] == [WEB01]
    refusal(small.get(f"{API}/csv/summaryReport?withServerPolicyStatus=BUSY"))


def test_the_report_of_restore_points(small: Client) -> None:
    path = given(small, policy(small))
    report = f"{API}/csv/{path.rpartition('/')[2]}/restorePointsReport"
    small.advance(12 * 3600)
    assert len(rows(small.get(report))) == 2
    assert len(rows(small.get(f"{report}?{span(small, 5, 6)}"))) == 0
    assert len(rows(small.get(f"{report}?inRetentionOnly=true"))) == 2
    refusal(small.get(f"{report}?{span(small, 0, 400)}"))
    assert small.get(f"{API}/csv/{NOBODY}/restorePointsReport").status == 404


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


def test_a_seed_can_hold_all_of_it(make: Callable[..., Client], tmp_path: Path) -> None:
    path = tmp_path / "seed.yml"
    path.write_text(SEED)
    client = make(str(path)).login()
    (shown,) = client.get(POLICIES).json()["results"]
    assert shown["backupSchedule"] == "0 0 3 ? * SUN *"
    done, running = rows(client.get(f"{API}/csv/restoreJobsReport"))
    assert (done["Restore Status"], done["Restore Finished Time"]) == ("SUCCESS", "2026-03-05T02:31:41.000Z")
    assert (running["Restore Status"], running["Restore Finished Time"]) == ("IN_PROGRESS", "")
    (summary,) = rows(client.get(f"{API}/csv/summaryReport"))
    assert summary["Server Id"] == "office-nas:0f7c6d0e-5a1c-4a40-8f6b-2d9f3b8a6e04"


def test_state_survives(make: Callable[..., Client], tmp_path: Path) -> None:
    before = make("small", tmp_path / "state").login()
    path = given(before, policy(before))
    assert make("small", tmp_path / "state").login().get(path).json()["status"] == "ACTIVE"
