# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every declared resource, created, changed, and deleted under one fault: nothing is lost, doubled, or reported untruthfully.

Real modules run as processes against the simulator. After the fault, the same task runs again: it must succeed, and a third run
must change nothing. What was created must exist once. The table of outcomes is written to build/reports/faults.md.
"""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils import running
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Outcome, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.outcome_table import write_cell, write_table
from ansible_collections.centurylink.cloud.tests.unit.support.simulated import Killed, SimulatedService, serving
from ansible_collections.centurylink.cloud.tests.unit.support.updates import FLEET, UPDATES, Made, Options, Update

Rules = list[dict[str, t.Any]]
# The first write of each run is the login.
FIRST_WRITE: dict[str, t.Any] = {"method": ["POST", "PUT", "PATCH", "DELETE"], "after": 1, "count": 1}
FAULTS: dict[str, Rules] = {
    "gateway's 502 after the work": [{**FIRST_WRITE, "status": 502, "work_done": True, "body": "html"}],
    "body cut off": [{**FIRST_WRITE, "body": "cut"}],
    "no response": [{**FIRST_WRITE, "drop": "after"}],
    "status unreadable": [
        {"method": "GET", "path": "*status*", "count": 8, "status": 503},
        {"method": "GET", "path": "*requests/*", "count": 8, "status": 503},
    ],
    "job fails": [{**FIRST_WRITE, "job": "fail"}],
    "killed": [],
}
KINDS = ("create", "change", "delete")
# What a message says if the work may have been done, or goes on.
MAY_EXIST = ("may ", "unknown", "continues", "waits for it", "probably", "do not return the change yet")
# What a message says if a failed job has left something that neither works nor goes away by itself.
FAILED_STATE = (
    "is Failed, not Active",
    "its creation has failed",
    "its activation failed",
    "not built within",
    "queued for deletion",
)
CASES = [*UPDATES, FLEET]
# The seed has the group that the other cases use.
NEW_GROUP = {"name": "Orders", "description": "New", "data_center": "WA1"}


class _NoScript:
    """What a runner asks of a scripted service, which is not used here."""

    def done(self) -> None:
        pass


@pytest.fixture
def service(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> t.Iterator[SimulatedService]:
    handed_over = {"can_log_in": True, "pending": str(tmp_path / "pending")}
    monkeypatch.setenv(running.HANDED_OVER, json.dumps(handed_over))
    simulated = SimulatedService(clock, Runner(t.cast(t.Any, _NoScript()), clock, capsys, monkeypatch, tmp_path))
    with serving(simulated):
        yield simulated


@pytest.fixture(autouse=True, scope="module")
def _table() -> t.Iterator[None]:
    """Write the table after the last test of this process; with two processes, the last one to end writes it whole."""
    yield
    write_table(list(FAULTS))


def _resolved(options: Options | t.Callable[[Made], Options], made: Made) -> Options:
    return options(made) if callable(options) else options


def _prepared(service: SimulatedService, case: Update, kind: str) -> Options:
    """Prepare a case, and return the options of its task."""
    made: Made = {}
    last = max(number for number, (name, _options) in enumerate(case.before) if name == case.module)
    module, create = case.before[last]
    if case.resource == "ServerGroup" and kind != "change":
        create = NEW_GROUP
    before = case.before[:last] if kind != "change" else case.before
    steps = [*before, (module, create)] if kind == "delete" else before
    for name, options in steps:
        outcome = service.run(name, _resolved(options, made))
        assert outcome.changed
        made[name] = outcome.result
    service.log()
    if kind == "create":
        return _resolved(create, made)
    if kind == "change":
        return _resolved(case.change, made)
    return _absent(module, _resolved(create, made), made)


def _absent(module: str, options: Options, made: Made) -> Options:
    """Return the options of a delete: what identifies the resource, by the options of its create."""
    if module == "site_to_site_vpn":
        return {"id": made[module][module]["id"], "state": "absent"}
    if module == "server_group_scheduled_activity":
        return {"group": "Shop", "id": made[module][module]["id"], "data_center": "WA1", "state": "absent"}
    keys = ("name", "data_center", "group", "database", "recipient", "load_balancer", "port", "server_id", "source",
            "destination", "source_cidr", "destination_cidr", "destination_data_center", "network")  # fmt: skip
    return {**{key: options[key] for key in keys if key in options}, "state": "absent"}


def _run(service: SimulatedService, module: str, options: Options, fault: str) -> Outcome | None:
    """Run a task under a fault; None if it was killed."""
    service.fault(*FAULTS[fault])
    service.kill_after_write = fault == "killed"
    try:
        return service.run(module, options)
    except Killed:
        return None
    finally:
        service.kill_after_write = False
        service.fault()


def _classified(outcome: Outcome | None, second: Outcome) -> str:
    if second.failed:
        return "error; the next run names what the failed job has left"
    done_by_rerun = second.changed
    if outcome is None:
        return "killed; the next run " + ("completes it" if done_by_rerun else "finds it done")
    if not outcome.failed:
        return "done"
    if any(words in outcome.msg for words in MAY_EXIST):
        return "error: may have been done; the next run " + ("completes it" if done_by_rerun else "finds it done")
    return "error; the next run " + ("does it" if done_by_rerun else "finds it done")


def _creates(service: SimulatedService) -> list[str]:
    return [
        f"{entry.operationId}"
        for entry in service.log()
        if entry.method == "POST" and str(entry.operationId).startswith(("create", "add", "claim"))
    ]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_outcome(service: SimulatedService, case: Update, kind: str, fault: str) -> None:
    if kind == "delete" and case.resource == "ServerGroupDefault":
        kind = "change"  # defaults exist as long as their group
    options = _prepared(service, case, kind)
    module = case.module
    first = _run(service, module, options, fault)
    created = _creates(service)
    second = service.run(module, options)
    created += _creates(service)
    write_cell(case.resource, kind, fault, _classified(first, second))
    if fault == "job fails" and second.failed:
        assert any(words in second.msg for words in FAILED_STATE), second.msg
        return
    assert not second.failed, second.msg
    third = service.run(module, options)
    assert not third.changed, "a third run changes something"
    if fault != "job fails" and case.resource != "Servers":
        assert len(created) == len(set(created)), f"created twice: {created}"
    if first is not None and first.failed and not second.changed:
        assert any(words in first.msg for words in MAY_EXIST), f"the work was done, and the message is: {first.msg}"
