# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The CSV reports of the backup service, saved to files on the module's host.

API behavior (simple-backup.yaml): each report starts with the column names, the first of which is Server Id; statuses are joined
with commas; the dates of restore points are optional and at most a year apart; the meaning of missing dates is not documented, so
they are only sent if they are specified.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import csv
import hashlib
import io
import typing as t

from ...api import paths
from ...api.errors import HttpStatusError
from ...api.jobs import QueueResult
from ...api.responses import ApiResponse
from ...kit import files, problems
from ...kit.predicted import is_placeholder
from ...kit.resource import Resource
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared, stored_data

SUMMARY, RESTORE_POINTS, RESTORE_JOBS = "summary", "restore_points", "restore_jobs"
# The options that each report supports; others are an error.
_OPTIONS = {
    SUMMARY: {"server_policy_status"},
    RESTORE_POINTS: {"server_policy_id", "in_retention_only", "start_date", "end_date"},
    RESTORE_JOBS: set(),
}
_MAX_DAYS = 366
_FIRST_COLUMN = "Server Id"
_NEW_MODE = 0o600


def validate_report(task: Task) -> None:
    """Raise InvalidTaskError for options that the report does not support, and for an unusable path."""
    report = task.option("report")
    unsupported = sorted(
        name for names in _OPTIONS.values() for name in names - _OPTIONS[report] if task.option(name) is not None
    )
    if unsupported:
        names = " and ".join(unsupported)
        raise problems.invalid_option(
            "report", f"the report {report} does not support {names}", f"Omit {names}, or use another report."
        )
    stored_data.parse_date_range(task, _MAX_DAYS)
    files.check_place(task.option("dest"))


class BackupReport(Resource):
    """A report and the file that it is saved to. The report is read once per run, since it changes continually."""

    title = "backup report"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._content: str | None = None

    @property
    def _dest(self) -> str:
        return str(self.task.option("dest"))

    @property
    def manages_prediction(self) -> bool:
        """A server policy that an earlier task has predicted has no report yet."""
        return is_placeholder(self.task.option("server_policy_id"))

    def assume(self) -> None:
        """The content of the report is unknown."""

    def find(self) -> None:
        self.task.cached("report", self._read)
        self._content = files.read_text(self._dest)

    def _read(self) -> str:
        report = self.task.option("report")
        path, params = self._request(report)
        content = self.task.client.get_text(path, service=_shared.SERVICE, params=params or None)
        if not content.lstrip('\ufeff"').startswith(_FIRST_COLUMN):
            raise HttpStatusError(
                f"the response does not start with the column {_FIRST_COLUMN}, so it is not a report",
                status=200,
                action="read",
                target=f"the report {report}",
                help_text="Check backup_url.",
            )
        return content

    def _request(self, report: str) -> tuple[str, dict[str, str]]:
        """Return the path and the query of a report."""
        if report == SUMMARY:
            return paths.BACKUP_SUMMARY_REPORT(), self._summary_query()
        if report == RESTORE_POINTS:
            return paths.BACKUP_RESTORE_POINTS_REPORT(
                self.task.option("server_policy_id")
            ), self._restore_points_query()
        return paths.BACKUP_RESTORE_JOBS_REPORT(), {}

    def _summary_query(self) -> dict[str, str]:
        statuses = self.task.option("server_policy_status")
        return {"withServerPolicyStatus": ",".join(statuses)} if statuses else {}

    def _restore_points_query(self) -> dict[str, str]:
        first, last = stored_data.parse_date_range(self.task, _MAX_DAYS)
        in_retention_only = self.task.option("in_retention_only")
        values = {
            "inRetentionOnly": None if in_retention_only is None else str(bool(in_retention_only)).lower(),
            "backupFinishedStartDate": str(first) if first else None,
            "backupFinishedEndDate": str(last) if last else None,
        }
        return {name: value for name, value in values.items() if value is not None}

    @property
    def _report(self) -> str:
        return self.task.cached("report", self._read)

    def plan(self) -> list[Step]:
        """Write the file if its content differs, then set its attributes if they differ."""
        if self._content != self._report:
            return [self._write_step()]
        target = files.target_of(self._dest)
        step = Step(
            "set_attributes",
            self._dest,
            send=_locally(lambda: self.task.host.set_attributes(target)),
            phrase="set the attributes of",
            predict=lambda: None,
            identity=self.identity,
            parse=lambda response: QueueResult(),
        )
        return [step] if not self.is_done(step) and self.task.host.attributes_differ(target) else []

    def _write_step(self) -> Step:
        def predict() -> None:
            self._content = self._report

        return Step(
            "write",
            f"{self.title} to {self._dest}",
            send=_locally(lambda: files.write_text(self.task.host, self._dest, self._report, _NEW_MODE)),
            predict=predict,
            identity=self.identity,
            parse=lambda response: QueueResult(),
        )

    def show(self) -> dict[str, t.Any]:
        """Return the number of lines after the column names and the checksum, both null if the file does not exist."""
        rows, checksum = None, None
        if self._content is not None:
            rows = max(0, sum(1 for row in csv.reader(io.StringIO(self._content)) if row) - 1)
            checksum = hashlib.sha1(self._content.encode(), usedforsecurity=False).hexdigest()
        report = {"report": self.task.option("report"), "dest": self._dest}
        return {"backup_report": {**report, "rows": rows, "checksum": checksum}}


def _locally(work: t.Callable[[], None]) -> t.Callable[[], ApiResponse]:
    """Return the send function of a step that works on the module's host, without a request."""

    def send() -> ApiResponse:
        work()
        return ApiResponse(204, None, _shared.SERVICE)

    return send
