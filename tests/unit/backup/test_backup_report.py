# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module backup_report."""

from __future__ import annotations

import hashlib
import typing as t
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.tests.unit.support.backups import (
    ANY_TYPE,
    API,
    ID,
    expects,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted

REPORT = "Server Id,Server Policy Id\r\nVA1ALTDWEB01,a\r\n"


def test_a_report_is_written_if_it_differs(api: Scripted, run: Runner, tmp_path: Path) -> None:
    options = {"dest": str(tmp_path / "a.csv"), "server_policy_status": ["ACTIVE", "ERROR"]}
    path = f"{API}/csv/summaryReport?withServerPolicyStatus=ACTIVE%2CERROR"
    expects(api, "GET", path, REPORT, carries=ANY_TYPE)
    predicted = run("backup_report", options, check=True, diff=True)
    assert not (tmp_path / "a.csv").exists()
    expects(api, "GET", path, REPORT, carries=ANY_TYPE)
    real = run("backup_report", options)
    assert (tmp_path / "a.csv").read_bytes() == REPORT.encode()
    expects(api, "GET", path, REPORT, carries=ANY_TYPE)
    again = run("backup_report", options)
    assert [outcome.changed for outcome in (predicted, real, again)] == [True, True, False]
    assert predicted["backup_report"] == real["backup_report"] == again["backup_report"]
    assert real["backup_report"] == {
        "report": "summary", "dest": options["dest"], "rows": 1, "checksum": hashlib.sha1(REPORT.encode()).hexdigest(),
    }  # fmt: skip
    assert predicted["diff"]["before"]["backup_report"]["checksum"] is None
    assert predicted["diff"]["after"]["backup_report"] == real["backup_report"]


def test_a_report_gets_the_attributes_of_the_task(api: Scripted, run: Runner, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    options = {"dest": str(target)}
    modes = []
    for attributes, check, changed in (
        ({"mode": "0640"}, True, True),
        ({"mode": "0640"}, False, True),
        ({"mode": "0640"}, False, False),
        ({}, False, False),
        ({"mode": "u=rw,g=,o="}, True, True),
        ({"mode": "u=rw,g=,o="}, False, True),
        ({"mode": "u=rw,g=,o="}, True, False),
    ):
        expects(api, "GET", f"{API}/csv/summaryReport", REPORT, carries=ANY_TYPE)
        assert run("backup_report", {**options, **attributes}, check=check).changed is changed
        modes.append(target.stat().st_mode & 0o777 if target.exists() else None)
    assert modes == [None, 0o640, 0o640, 0o640, 0o640, 0o600, 0o600]


def test_a_new_report_keeps_the_attributes_of_the_file(api: Scripted, run: Runner, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    target.chmod(0o644)
    expects(api, "GET", f"{API}/csv/summaryReport", REPORT, carries=ANY_TYPE)
    assert run("backup_report", {"dest": str(target)}).changed
    assert target.stat().st_mode & 0o777 == 0o644
    target.unlink()
    expects(api, "GET", f"{API}/csv/summaryReport", REPORT, carries=ANY_TYPE)
    assert run("backup_report", {"dest": str(target)}).changed
    assert target.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_the_request_of_each_report(api: Scripted, run: Runner, tmp_path: Path) -> None:
    options: dict[str, t.Any] = {"dest": str(tmp_path / "a.csv")}
    path = f"{API}/csv/{ID}/restorePointsReport"
    expects(api, "GET", path, REPORT, carries=ANY_TYPE)
    assert run("backup_report", {**options, "report": "restore_points", "server_policy_id": ID}).changed
    query = "inRetentionOnly=false&backupFinishedStartDate=2030-01-01&backupFinishedEndDate=2030-12-31"
    expects(api, "GET", f"{path}?{query}", REPORT, carries=ANY_TYPE)
    dates = {"start_date": "2030-01-01", "end_date": "2030-12-31", "in_retention_only": False}
    assert not run("backup_report", {**options, **dates, "report": "restore_points", "server_policy_id": ID}).changed
    expects(api, "GET", f"{API}/csv/restoreJobsReport", REPORT, carries=ANY_TYPE)
    assert not run("backup_report", {**options, "report": "restore_jobs"}).changed


@pytest.mark.parametrize("content", ["<html></html>", ""])
def test_a_response_that_is_not_a_report_does_not_replace_a_file(
    api: Scripted, run: Runner, tmp_path: Path, content: str
) -> None:
    (tmp_path / "a.csv").write_text("old")
    expects(api, "GET", f"{API}/csv/summaryReport", content, carries=ANY_TYPE)
    assert "so it is not a report" in run("backup_report", {"dest": str(tmp_path / "a.csv")}).msg
    assert (tmp_path / "a.csv").read_text() == "old"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"in_retention_only": False}, "the report summary does not support in_retention_only"),
        ({"report": "restore_jobs", "server_policy_status": []}, "does not support server_policy_status"),
        ({"report": "restore_points"}, "server_policy_id"),
        (
            {"report": "restore_points", "server_policy_id": ID, "start_date": "2030-01-01", "end_date": "2031-01-03"},
            "more than 366 days after",
        ),
    ],
)
def test_options_that_the_report_does_not_support(
    api: Scripted, run: Runner, tmp_path: Path, options: dict[str, t.Any], message: str
) -> None:
    assert message in run("backup_report", {"dest": str(tmp_path / "a.csv"), **options}).msg
