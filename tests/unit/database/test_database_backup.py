# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules database_backup, database_backup_info and database_failover."""

from __future__ import annotations

import datetime
import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.databases import (
    ALL,
    ONE,
    RDBS,
    backup,
    database,
    expects_all,
    expects_one,
    replicated,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

NAMED: dict[str, t.Any] = {"database": "config-db"}
BACKUPS = f"{ONE}/backups"
OLD = backup(1)
NEW = backup(3, 1459296009000, backupType="Manual")
# Of before as well, and by hand: it must never be taken for a new one.
EARLIER = backup(4, 1459296005000, backupType="Manual")
LOST = requests.exceptions.ReadTimeout()


def having(*backups: Entity, **members: t.Any) -> Entity:
    return database(backups=list(backups), **members)


def ago(hours: float) -> int:
    """A moment that many hours ago, in milliseconds."""
    return int((datetime.datetime.now(datetime.UTC).timestamp() - hours * 3600) * 1000)


# Taking


def test_a_backup_is_told_by_comparing_the_lists(api: Scripted, run: Runner) -> None:
    expects_all(api, having(OLD, EARLIER))
    api.expects("POST", BACKUPS, NO_BODY, 202, base=RDBS)
    automatic = backup(2, 1459296008000)
    expects_one(api, having(OLD, EARLIER, status="BACKING_UP"), having(OLD, EARLIER, automatic))
    expects_one(api, having(OLD, EARLIER, automatic))
    expects_one(api, having(OLD, EARLIER, NEW, automatic))
    outcome = run("database_backup", NAMED)
    assert outcome.changed
    assert outcome["restored_to_id"] is None
    assert outcome["database_backup"] == {
        "id": 3,
        "database_id": 2957,
        "file_name": "IL1DBPDMYSQLXXXX-2016-03-30_00-00-02.tar.gz",
        "backup_time": "2016-03-30T00:00:09Z",
        "backup_type": "Manual",
        "status": "Success",
        "size_bytes": 2841295,
    }


def test_one_that_is_young_enough_will_do(api: Scripted, run: Runner) -> None:
    young = backup(5, ago(1.9))
    expects_all(api, having(OLD, young, backup(6, ago(1), status="FAILED"), backup(7, ago(1), status="Deleted")))
    outcome = run("database_backup", {**NAMED, "max_age_hours": 2})
    assert (outcome.changed, outcome["database_backup"]["id"]) == (False, 5)


@pytest.mark.parametrize(("hours", "age"), [(2, 2.1), (0, 0.1)])
def test_one_that_is_too_old_will_not(api: Scripted, run: Runner, hours: int, age: float) -> None:
    expects_all(api, having(backup(5, ago(age))))
    outcome = run("database_backup", {**NAMED, "max_age_hours": hours}, check=True)
    assert (outcome.changed, outcome["database_backup"]["id"]) == (True, None)


def test_a_failed_backup_is_told(api: Scripted, run: Runner) -> None:
    expects_all(api, having())
    api.expects("POST", BACKUPS, NO_BODY, 202, base=RDBS)
    failed = having({**NEW, "status": "FAILED"})
    expects_one(api, failed, failed, failed)
    outcome = run("database_backup", NAMED)
    assert "Cannot back up database config-db: backup 3 is Failed." in outcome.msg
    assert outcome.changed


@pytest.mark.parametrize("seen", [having(OLD, status="Backing Up"), having(OLD, NEW)])
def test_after_a_lost_answer_nothing_is_taken_twice(api: Scripted, run: Runner, seen: Entity) -> None:
    expects_all(api, having(OLD))
    api.expects("POST", BACKUPS, raises=LOST, base=RDBS)
    expects_one(api, having(OLD), seen, having(OLD, NEW), having(OLD, NEW))
    assert run("database_backup", NAMED)["database_backup"]["id"] == 3


def test_after_a_lost_answer_that_shows_nowhere(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_all(api, having(OLD, EARLIER))
    api.expects("POST", BACKUPS, raises=LOST, base=RDBS)
    # The last read is for what the failure tells.
    expects_one(api, *[having(OLD, EARLIER, backup(2, 1459296008000))] * 15)
    outcome = run("database_backup", NAMED)
    assert "It may have been taken" in outcome.msg
    assert not outcome.changed


def test_without_waiting_the_database_stands_for_the_job(api: Scripted, run: Runner) -> None:
    expects_all(api, having(OLD))
    api.expects("POST", BACKUPS, NO_BODY, 202, base=RDBS)
    expects_one(api, having(OLD, status="Backing Up"))
    outcome = run("database_backup", {**NAMED, "wait": False})
    assert [one["path"] for one in outcome["jobs"]] == [ONE]
    assert outcome["pending"] == []


def test_one_that_has_failed_is_not_backed_up(api: Scripted, run: Runner) -> None:
    expects_all(api, having(status="Failed"))
    assert "Cannot back up database config-db: database config-db is Failed." in run("database_backup", NAMED).msg


# Deleting

DELETE = {**NAMED, "id": 3, "state": "absent"}


def test_a_deleted_backup_may_be_listed_for_minutes(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_all(api, having(OLD, NEW))
    api.expects("DELETE", f"{BACKUPS}/3", NO_BODY, 202, base=RDBS)
    expects_one(api, *[having(OLD, NEW)] * 40, having(OLD, {**NEW, "status": "DELETED"}))
    outcome = run("database_backup", DELETE)
    assert (outcome.changed, outcome["database_backup"]) == (True, None)
    assert clock.passed > 120


def test_a_deletion_is_predicted(api: Scripted, run: Runner) -> None:
    expects_all(api, having(OLD, NEW))
    outcome = run("database_backup", DELETE, check=True)
    assert (outcome.changed, outcome["database_backup"]) == (True, None)


@pytest.mark.parametrize("found", [[having(OLD)], [having({**NEW, "status": "Deleted"})], []])
def test_absent_needs_neither_backup_nor_database(api: Scripted, run: Runner, found: list[Entity]) -> None:
    expects_all(api, *found)
    assert not run("database_backup", DELETE).changed


def test_after_a_lost_answer_to_a_deletion_the_list_tells(api: Scripted, run: Runner) -> None:
    expects_all(api, having(OLD, NEW))
    api.expects("DELETE", f"{BACKUPS}/3", raises=LOST, base=RDBS)
    api.expects("GET", BACKUPS, [OLD], base=RDBS)
    expects_one(api, having(OLD), having(OLD))
    assert run("database_backup", DELETE).changed


# Restoring

RESTORE = {**NAMED, "id": 3, "state": "restored"}
OTHER = f"{ALL}/7"


def test_a_restore_into_its_own_database(api: Scripted, run: Runner) -> None:
    expects_all(api, having(OLD, NEW))
    api.expects(
        "POST", f"{BACKUPS}/3/operations", NO_BODY, 202, body={"type": "restore", "toSubscriptionId": 2957}, base=RDBS
    )
    expects_one(api, having(OLD, NEW, status="RESTORING"), having(OLD, NEW), having(OLD, NEW))
    outcome = run("database_backup", RESTORE)
    assert (outcome.changed, outcome["restored_to_id"], outcome["database_backup"]["id"]) == (True, 2957, 3)


def test_a_restore_into_another_one_waits_for_that(api: Scripted, run: Runner) -> None:
    other = having(id=7, externalId="other-db")
    expects_all(api, having(NEW), other)
    body = {"type": "restore", "toSubscriptionId": 7}
    api.expects("POST", f"{BACKUPS}/3/operations", NO_BODY, 202, body=body, base=RDBS)
    for status in ("Restoring", "Active"):
        api.expects("GET", OTHER, {**other, "status": status}, base=RDBS)
    expects_one(api, having(NEW))
    api.expects("GET", OTHER, other, base=RDBS)
    assert run("database_backup", {**RESTORE, "to_database": "other-db"})["restored_to_id"] == 7


REFUSED: list[tuple[Entity, dict[str, t.Any], str]] = [
    (having(OLD), {}, "Cannot restore database backup: database config-db has no backup 3."),
    (having({**NEW, "status": "FAILED"}), {}, "Cannot restore backup 3: its status is Failed."),
    (having(NEW, size={"storage": 9}), {"to_database": "other-db"}, "it has 1 GB of storage, and the backup is of 9 GB"),
    (having(NEW), {"to_database": "none-db"}, "there is no database 'none-db' in VA1"),
    (having(NEW, status="Unknown"), {}, "database config-db is Unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "options", "told"), REFUSED)
def test_what_cannot_be_restored_is_told_before(
    api: Scripted, run: Runner, found: Entity, options: dict[str, t.Any], told: str
) -> None:
    expects_all(api, found, having(id=7, externalId="other-db"))
    outcome = run("database_backup", {**RESTORE, **options})
    assert told in outcome.msg
    assert not outcome.changed


def test_an_empty_target_does_not_overwrite_the_database_itself(api: Scripted, run: Runner) -> None:
    expects_all(api, having(OLD))
    outcome = run("database_backup", {**NAMED, "id": 1, "state": "restored", "to_database": ""})
    assert outcome.failed
    assert not outcome["changed"]


def test_a_restore_whose_answer_is_lost_is_not_sent_again(api: Scripted, run: Runner) -> None:
    expects_all(api, having(NEW))
    body = {"type": "restore", "toSubscriptionId": 2957}
    api.expects("POST", f"{BACKUPS}/3/operations", raises=LOST, body=body, base=RDBS)
    expects_one(api, having(NEW), having(NEW, status="Restoring"), having(NEW), having(NEW))
    assert run("database_backup", RESTORE).changed


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"state": "absent"}, "Cannot use state absent: id not given."),
        ({"state": "restored"}, "Cannot use state restored: id not given."),
        ({"id": 3}, "Cannot use id: the service chooses the id of a new backup."),
    ],
)
def test_ids_that_are_missing_or_too_much(api: Scripted, run: Runner, options: dict[str, t.Any], told: str) -> None:
    assert told in run("database_backup", {**NAMED, **options}).msg
    assert not api.made


def test_what_is_yet_to_be_made_is_foreseen(api: Scripted, run: Runner) -> None:
    expects_all(api)
    outcome = run("database_backup", {**NAMED, "id": None, "state": "restored"}, check=True)
    assert (outcome.changed, outcome["restored_to_id"]) == (True, None)
    assert len(outcome.warnings) == 3


def test_a_name_in_another_data_center_is_not_taken(api: Scripted, run: Runner) -> None:
    expects_all(api, having(location="IL1"), having(location="de1"))
    outcome = run("database_backup", NAMED)
    assert "no database 'config-db' in VA1. There is one in DE1, IL1: give data_center, or its id." in outcome.msg


# Reading


def test_backups_come_with_the_database_or_on_their_own(api: Scripted, run: Runner) -> None:
    sample = documented("mended/GET-api-rdbs-ctl-io-v1-accountAlias-subscriptions-subscriptionId-backups")
    api.expects("GET", BACKUPS, sample[::-1], base=RDBS)
    found = run("database_backup_info", {"database": "2957"})["database_backups"]
    assert [(one["id"], one["database_id"]) for one in found] == [(2656, 2957), (2674, 2957)]
    expects_all(api, database(backups=sample))
    assert run("database_backup_info", NAMED)["database_backups"] == found
    expects_all(api, database(backups=None))
    api.expects("GET", BACKUPS, sample, base=RDBS)
    assert run("database_backup_info", NAMED)["database_backups"] == found


def test_backups_of_what_is_not_there(api: Scripted, run: Runner) -> None:
    expects_all(api)
    assert run("database_backup_info", NAMED)["database_backups"] == []
    api.expects("GET", BACKUPS, {"message": "no"}, 404, base=RDBS)
    assert run("database_backup_info", {"database": "2957"})["database_backups"] == []


# Failing over

OPERATIONS = f"{ONE}/operations"


def test_a_failover_is_done_once_a_run(api: Scripted, run: Runner) -> None:
    expects_all(api, replicated())
    api.expects("POST", OPERATIONS, NO_BODY, 202, body={"type": "failover"}, base=RDBS)
    expects_one(api, replicated(status="CONFIGURING"), replicated(), replicated())
    outcome = run("database_failover", NAMED)
    assert (outcome.changed, outcome["database"]["instance_type"]) == (True, "MySQL_REPLICATION")


@pytest.mark.parametrize(
    ("found", "told"),
    [(database(), "it is not replicated"), (replicated(status="Failed"), "database config-db is Failed")],
)
def test_a_failover_that_cannot_be(api: Scripted, run: Runner, found: Entity, told: str) -> None:
    expects_all(api, found)
    outcome = run("database_failover", NAMED)
    assert told in outcome.msg
    assert not outcome.changed


def test_a_failover_whose_answer_is_lost_is_not_sent_again(api: Scripted, run: Runner) -> None:
    expects_all(api, replicated())
    api.expects("POST", OPERATIONS, raises=LOST, body={"type": "failover"}, base=RDBS)
    expects_one(api, *[replicated()] * 15)
    outcome = run("database_failover", NAMED)
    assert "read the database and its history" in outcome.msg
