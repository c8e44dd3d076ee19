# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module server_snapshot."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    Entity,
    archived,
    building,
    queued,
    server,
    status_link,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_jobs
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

BATCH = "/v2/operations/ALTD/servers/createSnapshot"
FIRST, SECOND = "va1altdweb01", "va1altdweb02"
BOTH: dict[str, t.Any] = {"server_ids": [SECOND.upper(), FIRST]}


def path(name: str) -> str:
    return f"/v2/servers/ALTD/{name}"


def snapshot_path(name: str, number: int) -> str:
    return f"/v2/servers/altd/{name}/snapshots/{number}"


def having(name: str, *numbers: int, **members: t.Any) -> Entity:
    """A server with snapshots of these numbers."""
    snapshots = []
    for number in numbers:
        href = snapshot_path(name, number)
        rels = {"self": href, "delete": href, "restore": f"{href}/restore"}
        links = [{"rel": rel, "href": address} for rel, address in rels.items()]
        snapshots.append({"name": f"2015-07-08.11:49:{number:02}", "links": links})
    return server(name, details={"snapshots": snapshots, **members.pop("details", {})}, **members)


def expects_servers(api: Scripted, *entities: tuple[str, Entity | None]) -> None:
    with api.in_any_order():
        for name, entity in entities:
            if entity is None:
                api.expects("GET", path(name), NO_BODY, 404)
            else:
                api.expects("GET", path(name), entity)


def snapshot_result(name: str, number: int) -> Entity:
    return {"server_id": name, "id": str(number), "name": f"2015-07-08.11:49:{number:02}"}


def test_missing_snapshots_are_created_in_one_request(api: Scripted, run: Runner) -> None:
    expects_servers(api, (FIRST, having(FIRST)), (SECOND, having(SECOND)))
    body = {"snapshotExpirationDays": 7, "serverIds": [FIRST.upper(), SECOND.upper()]}
    api.expects("POST", BATCH, [queued(SECOND, "va1-1"), queued(FIRST, "va1-1")], body=body)
    expects_jobs(api, "va1-1", statuses=["notStarted", "succeeded"])
    expects_servers(api, (FIRST, having(FIRST, 3)), (SECOND, having(SECOND, 1)))
    outcome = run("server_snapshot", BOTH)
    assert outcome.changed
    assert outcome["server_snapshots"] == [snapshot_result(FIRST, 3), snapshot_result(SECOND, 1)]


def test_a_server_with_a_snapshot_keeps_it(api: Scripted, run: Runner) -> None:
    expects_servers(api, (FIRST, having(FIRST, 3)), (SECOND, having(SECOND)))
    body = {"snapshotExpirationDays": 2, "serverIds": [SECOND.upper()]}
    api.expects("POST", BATCH, [queued(SECOND, "va1-1")], body=body)
    expects_jobs(api, "va1-1")
    expects_servers(api, (FIRST, having(FIRST, 3)), (SECOND, having(SECOND, 1)))
    assert run("server_snapshot", {**BOTH, "expiration_days": 2}).changed


def test_no_snapshot_is_created_twice(api: Scripted, run: Runner) -> None:
    expects_servers(api, (FIRST, having(FIRST, 3)), (SECOND, having(SECOND, 1)))
    assert not run("server_snapshot", {**BOTH, "expiration_days": 10}).changed


def test_a_snapshot_that_appears_late_is_not_created_again(api: Scripted, run: Runner) -> None:
    expects_servers(api, (FIRST, having(FIRST)), (SECOND, having(SECOND)))
    body = {"snapshotExpirationDays": 7, "serverIds": [FIRST.upper(), SECOND.upper()]}
    api.expects("POST", BATCH, [queued(FIRST, "va1-1"), queued(SECOND, "va1-1")], body=body)
    expects_jobs(api, "va1-1")
    expects_servers(api, (FIRST, having(FIRST, 1)), (SECOND, having(SECOND)))
    expects_servers(api, (FIRST, having(FIRST, 1)), (SECOND, having(SECOND, 1)))
    assert len(run("server_snapshot", BOTH)["server_snapshots"]) == 2


def test_one_of_two_servers_is_rejected(api: Scripted, run: Runner) -> None:
    expects_servers(api, (FIRST, having(FIRST)), (SECOND, having(SECOND)))
    body = {"snapshotExpirationDays": 7, "serverIds": [FIRST.upper(), SECOND.upper()]}
    refusal = {"server": SECOND, "isQueued": False, "errorMessage": "It is not in a valid state."}
    api.expects("POST", BATCH, [refusal, queued(FIRST, "va1-1")], body=body)
    expects_jobs(api, "va1-1")
    expects_servers(api, (FIRST, having(FIRST, 1)), (SECOND, having(SECOND)))
    outcome = run("server_snapshot", BOTH)
    assert outcome.failed
    assert f"{SECOND} was rejected: It is not in a valid state" in outcome.msg
    assert outcome.changed
    assert outcome["server_snapshots"] == [snapshot_result(FIRST, 1)]


def test_a_task_waits_until_reads_no_longer_return_a_deleted_snapshot(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_servers(api, (FIRST, having(FIRST, 3)))
    api.expects("DELETE", snapshot_path(FIRST, 3), status_link("va1-1"))
    expects_jobs(api, "va1-1")
    for _read in range(40):
        expects_servers(api, (FIRST, having(FIRST, 3)))
    expects_servers(api, (FIRST, having(FIRST)))
    outcome = run("server_snapshot", {"server_ids": [FIRST], "state": "absent"})
    assert outcome.changed
    assert outcome["server_snapshots"] == []
    assert clock.passed > 120


def test_absent_needs_neither_snapshot_nor_server(api: Scripted, run: Runner) -> None:
    expects_servers(api, (FIRST, having(FIRST)), (SECOND, None))
    outcome = run("server_snapshot", {**BOTH, "state": "absent"})
    assert (outcome.changed, outcome["server_snapshots"]) == (False, [])


def test_after_a_lost_response_to_a_delete_the_server_is_read(api: Scripted, run: Runner) -> None:
    expects_servers(api, (FIRST, having(FIRST, 3)))
    api.expects("DELETE", snapshot_path(FIRST, 3), raises=requests.exceptions.ReadTimeout())
    api.expects("GET", f"/v2/servers/altd/{FIRST}", having(FIRST))
    expects_servers(api, (FIRST, having(FIRST)))
    assert run("server_snapshot", {"server_ids": [FIRST], "state": "absent"}).changed


@pytest.mark.parametrize("kept", [(3,), ()])
def test_a_server_is_reverted_once_per_run(api: Scripted, run: Runner, kept: tuple[int, ...]) -> None:
    """Whether the service keeps the snapshot or not: the vendor's pages say both."""
    expects_servers(api, (FIRST, having(FIRST, 3)))
    api.expects("POST", f"{snapshot_path(FIRST, 3)}/restore", status_link("va1-1"))
    expects_jobs(api, "va1-1")
    expects_servers(api, (FIRST, having(FIRST, *kept)))
    outcome = run("server_snapshot", {"server_ids": [FIRST.upper()], "state": "reverted"})
    assert outcome.changed
    assert outcome["server_snapshots"] == [snapshot_result(FIRST, number) for number in kept]


REJECTED: list[tuple[Entity | None, dict[str, t.Any], str]] = [
    (having(SECOND), {"state": "reverted"}, f"server {SECOND} has no snapshot"),
    (having(SECOND, 1, 2), {"state": "reverted"}, f"more than one snapshot exists ({SECOND}: 1, 2)"),
    (None, {"state": "reverted"}, f"server {SECOND} does not exist"),
    (None, {}, f"server {SECOND} does not exist"),
    (building(SECOND), {}, f"{SECOND} is underConstruction"),
    (archived(SECOND), {}, f"{SECOND} is archived"),
    (having(SECOND, isTemplate=True), {}, f"{SECOND} is a template"),
    (
        having(SECOND, details={"storageGB": 1025}),
        {},
        "servers with more than 1024 GB of storage cannot have a snapshot",
    ),
    (having(SECOND, 1, status="archived"), {"state": "absent"}, f"{SECOND} is archived"),
]


@pytest.mark.parametrize(("entity", "options", "message"), REJECTED)
def test_an_unsuitable_server_is_an_error_before_any_change(
    api: Scripted, run: Runner, entity: Entity | None, options: dict[str, t.Any], message: str
) -> None:
    with_or_without = having(FIRST, 3) if options else having(FIRST)
    expects_servers(api, (FIRST, with_or_without), (SECOND, entity))
    outcome = run("server_snapshot", {**BOTH, **options})
    assert outcome.failed
    assert message in outcome.msg
    assert not outcome.changed


@pytest.mark.parametrize("days", [0, 11])
def test_days_out_of_range_are_rejected_before_anything_is_read(api: Scripted, run: Runner, days: int) -> None:
    outcome = run("server_snapshot", {**BOTH, "expiration_days": days})
    assert f"Invalid value for expiration_days: {days} is not from 1 to 10" in outcome.msg
    assert not api.made


@pytest.mark.parametrize("state", ["present", "reverted"])
def test_a_server_that_does_not_exist_yet_is_predicted(api: Scripted, run: Runner, state: str) -> None:
    expects_servers(api, (FIRST, having(FIRST)), (SECOND, None))
    outcome = run("server_snapshot", {**BOTH, "state": state}, check=True)
    assert outcome.changed
    unknown = {"id": PLACEHOLDER, "name": PLACEHOLDER}
    assert outcome["server_snapshots"] == [{"server_id": FIRST, **unknown}, {"server_id": SECOND, **unknown}]
    assert any(f"server {SECOND} does not exist" in warning for warning in outcome.warnings)


def test_a_deletion_is_predicted(api: Scripted, run: Runner) -> None:
    expects_servers(api, (FIRST, having(FIRST, 3)))
    outcome = run("server_snapshot", {"server_ids": [FIRST], "state": "absent"}, check=True, diff=True)
    assert (outcome.changed, outcome["server_snapshots"]) == (True, [])
    assert outcome["diff"]["before"] == {"server_snapshots": [snapshot_result(FIRST, 3)]}


def test_without_waiting_the_job_is_returned(api: Scripted, run: Runner) -> None:
    expects_servers(api, (FIRST, having(FIRST)))
    body = {"snapshotExpirationDays": 7, "serverIds": [FIRST.upper()]}
    api.expects("POST", BATCH, [queued(FIRST, "va1-1")], body=body)
    expects_servers(api, (FIRST, having(FIRST)))
    outcome = run("server_snapshot", {"server_ids": [FIRST], "wait": False})
    assert outcome.changed
    assert [(job["id"], job["targets"]) for job in outcome["jobs"]] == [("va1-1", [FIRST])]
    assert outcome["pending"] == []


def test_a_server_whose_id_is_not_known_yet_is_predicted(api: Scripted, run: Runner) -> None:
    expects_servers(api, (FIRST, having(FIRST, 3)))
    predicted = "va1altdweb-1-0a1b2c.predicted.invalid"
    outcome = run("server_snapshot", {"server_ids": [predicted, FIRST]}, check=True)
    unknown = {"server_id": predicted, "id": PLACEHOLDER, "name": PLACEHOLDER}
    assert outcome["server_snapshots"] == [unknown, snapshot_result(FIRST, 3)]
