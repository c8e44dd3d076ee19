# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The CSV reports of the backup service, kept as files on the module's host.

Facts (contract simple-_shared.yaml): each report has a line of column names, of which Server Id is the first; states are joined
by commas; the days of restore points are optional and a year apart at most; what their absence means is not said, so they are
left out where they are not given.

Private to the collection: names and shapes may change in any release.
"""

from __future__ import annotations

import csv
import hashlib
import io
import typing as t

from ...api import paths
from ...api.answers import Answer
from ...api.errors import ConfigurationError, RequestFailed
from ...api.jobs import Queued
from ...kit import files
from ...kit.declaration import Resource
from ...kit.steps import Step
from ...kit.task import Task
from . import _shared
from . import data as backup_data

SUMMARY, RESTORE_POINTS, RESTORE_JOBS = "summary", "restore_points", "restore_jobs"
# Which options say something about a report; others are a mistake.
_OPTIONS = {
    SUMMARY: {"server_policy_status"},
    RESTORE_POINTS: {"server_policy_id", "in_retention_only", "start_date", "end_date"},
    RESTORE_JOBS: set(),
}
_LONGEST_DAYS = 366
_FIRST_COLUMN = "Server Id"
_NEW_MODE = 0o600


def check(task: Task) -> None:
    """Refuse options that do not go together, and a place where nothing can be written, before anything is read."""
    report = task.option("report")
    strange = sorted(
        name for names in _OPTIONS.values() for name in names - _OPTIONS[report] if task.option(name) is not None
    )
    if strange:
        raise ConfigurationError(
            f"the report {report} does not take {' and '.join(strange)}",
            action="fetch",
            thing="a backup report",
            remedy="Leave it out.",
        )
    backup_data.span_of(task, _LONGEST_DAYS)
    files.check_place(task.option("dest"))


class BackupReport(Resource):
    """One report and the file that shall hold it. The report is read once a run: it changes all the time."""

    title = "backup report"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._kept: str | None = None

    @property
    def _dest(self) -> str:
        return str(self.task.option("dest"))

    def find(self) -> None:
        self.task.once("report", self._read)
        self._kept = files.read_text(self._dest)

    def _read(self) -> str:
        report = self.task.option("report")
        path, params = self._request(report)
        text = self.task.client.text(path, service=_shared.SERVICE, params=params or None)
        if not text.lstrip('\ufeff"').startswith(_FIRST_COLUMN):
            raise RequestFailed(
                f"the answer does not begin with the column {_FIRST_COLUMN}, so it is no report",
                status=200,
                action="read",
                thing=f"the report {report}",
                remedy="Check backup_url.",
            )
        return text

    def _request(self, report: str) -> tuple[str, dict[str, str]]:
        """Return path and query of a report."""
        if report == SUMMARY:
            return paths.BACKUP_SUMMARY_REPORT(), self._summary_query()
        if report == RESTORE_POINTS:
            return paths.BACKUP_RESTORE_POINTS_REPORT(self.task.option("server_policy_id")), self._points_query()
        return paths.BACKUP_RESTORE_JOBS_REPORT(), {}

    def _summary_query(self) -> dict[str, str]:
        states = self.task.option("server_policy_status")
        return {"withServerPolicyStatus": ",".join(states)} if states else {}

    def _points_query(self) -> dict[str, str]:
        first, last = backup_data.span_of(self.task, _LONGEST_DAYS)
        kept = self.task.option("in_retention_only")
        values = {
            "inRetentionOnly": None if kept is None else str(bool(kept)).lower(),
            "backupFinishedStartDate": str(first) if first else None,
            "backupFinishedEndDate": str(last) if last else None,
        }
        return {name: value for name, value in values.items() if value is not None}

    @property
    def _text(self) -> str:
        return self.task.once("report", self._read)

    def plan(self) -> list[Step]:
        """Write the file where it holds anything else, and then give it the attributes that it lacks."""
        if self._kept != self._text:
            return [self._writing()]
        place = files.target_of(self._dest)
        step = Step(
            "set_attributes",
            self._dest,
            send=_here(lambda: self.task.host.set_attributes(place)),
            phrase="set the attributes of",
            predict=lambda: None,
            identity=self.identity,
            read=lambda answer: Queued(),
        )
        return [step] if not self.is_done(step) and self.task.host.attributes_differ(place) else []

    def _writing(self) -> Step:
        def predict() -> None:
            self._kept = self._text

        return Step(
            "write",
            f"{self.title} to {self._dest}",
            send=_here(lambda: files.write_text(self.task.host, self._dest, self._text, _NEW_MODE)),
            predict=predict,
            identity=self.identity,
            read=lambda answer: Queued(),
        )

    def show(self) -> dict[str, t.Any]:
        """What the file holds: lines below the column names, and its checksum, both null where there is no file."""
        rows, checksum = None, None
        if self._kept is not None:
            rows = max(0, sum(1 for row in csv.reader(io.StringIO(self._kept)) if row) - 1)
            checksum = hashlib.sha1(self._kept.encode(), usedforsecurity=False).hexdigest()
        told = {"report": self.task.option("report"), "dest": self._dest}
        return {"backup_report": {**told, "rows": rows, "checksum": checksum}}


def _here(work: t.Callable[[], None]) -> t.Callable[[], Answer]:
    """Return what sends a step that the module's host does and not the service."""

    def send() -> Answer:
        work()
        return Answer(204, None, _shared.SERVICE)

    return send
