# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules backup_restore_point_info and backup_stored_data_info."""

from __future__ import annotations

from ansible_collections.centurylink.cloud.tests.unit.support.backups import (
    API,
    DETAILS,
    FIRST,
    FIRST_PAGE,
    ID,
    NAME,
    SAMPLES,
    SERVER_POLICIES_PATH,
    expects,
    page,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted

STORED: Entity = documented(
    f"mended/GET-{SAMPLES}-accountPolicies-accountPolicyId-serverPolicies-serverPolicyId-storedData"
)


def test_a_long_range_is_split_and_an_unfinished_backup_has_no_end(api: Scripted, run: Runner) -> None:
    path = f"{SERVER_POLICIES_PATH}/{DETAILS['serverPolicyId']}/restorePointDetails?{FIRST_PAGE}"
    point = {
        "restorePointId": "a", "policyId": DETAILS["serverPolicyId"], "retentionDays": 14,
        "restorePointCreationStatus": "SUCCESS", "backupStartedDate": "2030-05-01T00:00:00.000Z",
        "backupFinishedDate": "1970-01-01T00:00:00.000Z", "retentionExpiredDate": "2030-05-15T00:00:00.000Z",
    }  # fmt: skip
    other = {**DETAILS, "storageRegion": "CANADA", "serverPolicyId": ID}
    expects(api, "GET", f"{API}/serverPolicyDetails?serverId={FIRST.upper()}", [DETAILS, other])
    for first, last, points in (("2030-01-01", "2030-04-10", []), ("2030-04-11", "2030-05-01", [point])):
        query = f"&backupFinishedStartDate={first}&backupFinishedEndDate={last}&inRetentionOnly=true"
        expects(api, "GET", f"{path}{query}", page(*points))
    options = {"server_id": FIRST, "policy": NAME, "storage_region": "US EAST", "in_retention_only": True}
    outcome = run("backup_restore_point_info", {**options, "start_date": "2030-01-01", "end_date": "2030-05-01"})
    (result,) = outcome["backup_restore_points"]
    assert (result["id"], result["status"], result["backup_finished_date"]) == ("a", "SUCCESS", None)
    assert result["number_of_protected_files"] is None
    assert result["server_policy_id"] == DETAILS["serverPolicyId"]


def test_amounts_of_stored_data_are_numbers(api: Scripted, run: Runner) -> None:
    expects(api, "GET", f"{API}/serverPolicyDetails?serverId={FIRST.upper()}", [DETAILS])
    expects(api, "GET", f"{SERVER_POLICIES_PATH}/{DETAILS['serverPolicyId']}/storedData?searchDate=2030-03-31", STORED)
    (result,) = run("backup_stored_data_info", {"server_id": FIRST, "policy": ID, "date": "2030-03-31"})[
        "backup_stored_data"
    ]
    assert (result["gigabytes_stored"], result["bytes_stored"]) == (0.541, 581560320)


def test_invalid_dates_fail_before_a_request(api: Scripted, run: Runner) -> None:
    options = {"server_id": FIRST, "start_date": "2030-02-01", "end_date": "2030-01-01"}
    assert "2030-01-01 is before 2030-02-01" in run("backup_restore_point_info", options).msg
    assert (
        "Invalid value for date: '31.1.' is not a date"
        in run("backup_stored_data_info", {"server_id": FIRST, "date": "31.1."}).msg
    )
