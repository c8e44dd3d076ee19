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
    DATABASE_PATH,
    DATABASES_PATH,
    RDBS,
    backup,
    database,
    expects_all,
    expects_one,
    replicated,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

NAMED: dict[str, t.Any] = {"database": "config-db"}
BACKUPS = f"{DATABASE_PATH}/backups"
OLD = backup(1)
NEW = backup(3, 1459296009000, backupType="Manual")
# Older, but manual too: it must not be mistaken for a new backup.
EARLIER = backup(4, 1459296005000, backupType="Manual")
LOST = requests.exceptions.ReadTimeout()


def having(*backups: Entity, **properties: t.Any) -> Entity:
    return database(backups=list(backups), **properties)


def ago(hours: float) -> int:
    """Return the time that many hours ago, in milliseconds since 1970."""
    return int((datetime.datetime.now(datetime.UTC).timestamp() - hours * 3600) * 1000)


# Creating


def test_a_new_backup_is_identified_by_comparing_the_lists(api: Scripted, run: Runner) -> None:
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


def test_a_recent_backup_satisfies_present(api: Scripted, run: Runner) -> None:
    recent = backup(5, ago(1.9))
    expects_all(api, having(OLD, recent, backup(6, ago(1), status="FAILED"), backup(7, ago(1), status="Deleted")))
    outcome = run("database_backup", {**NAMED, "max_age_hours": 2})
    assert (outcome.changed, outcome["database_backup"]["id"]) == (False, 5)


@pytest.mark.parametrize(("hours", "age"), [(2, 2.1), (0, 0.1)])
def test_an_old_backup_does_not_satisfy_present(api: Scripted, run: Runner, hours: int, age: float) -> None:
    expects_all(api, having(backup(5, ago(age))))
    outcome = run("database_backup", {**NAMED, "max_age_hours": hours}, check=True)
    assert (outcome.changed, outcome["database_backup"]["id"]) == (True, PLACEHOLDER)


def test_a_failed_backup_is_an_error(api: Scripted, run: Runner) -> None:
    expects_all(api, having())
    api.expects("POST", BACKUPS, NO_BODY, 202, base=RDBS)
    failed = having({**NEW, "status": "FAILED"})
    expects_one(api, failed, failed, failed)
    outcome = run("database_backup", NAMED)
    assert "Cannot back up database config-db: the status of backup 3 is Failed." in outcome.msg
    assert outcome.changed


@pytest.mark.parametrize("current", [having(OLD, status="Backing Up"), having(OLD, NEW)])
def test_after_a_lost_response_no_second_backup_is_created(api: Scripted, run: Runner, current: Entity) -> None:
    expects_all(api, having(OLD))
    api.expects("POST", BACKUPS, raises=LOST, base=RDBS)
    expects_one(api, having(OLD), current, having(OLD, NEW), having(OLD, NEW))
    assert run("database_backup", NAMED)["database_backup"]["id"] == 3


def test_a_lost_response_without_an_effect_is_an_error(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_all(api, having(OLD, EARLIER))
    api.expects("POST", BACKUPS, raises=LOST, base=RDBS)
    # The last read is for the result of the failed task.
    expects_one(api, *[having(OLD, EARLIER, backup(2, 1459296008000))] * 15)
    outcome = run("database_backup", NAMED)
    assert "The backup may still have been created. Check database_backup_info" in outcome.msg
    assert not outcome.changed


def test_without_waiting_the_job_is_the_database(api: Scripted, run: Runner) -> None:
    expects_all(api, having(OLD))
    api.expects("POST", BACKUPS, NO_BODY, 202, base=RDBS)
    expects_one(api, having(OLD, status="Backing Up"))
    outcome = run("database_backup", {**NAMED, "wait": False})
    assert [job["path"] for job in outcome["jobs"]] == [DATABASE_PATH]
    assert outcome["pending"] == []


def test_a_failed_database_is_not_backed_up(api: Scripted, run: Runner) -> None:
    expects_all(api, having(status="Failed"))
    message = "Cannot back up database config-db: the status of database config-db is Failed, not Active."
    assert message in run("database_backup", NAMED).msg


# Deleting

DELETE = {**NAMED, "id": 3, "state": "absent"}


def test_a_deleted_backup_may_remain_in_the_list_for_minutes(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_all(api, having(OLD, NEW))
    api.expects("DELETE", f"{BACKUPS}/3", NO_BODY, 202, base=RDBS)
    expects_one(api, *[having(OLD, NEW)] * 40, having(OLD, {**NEW, "status": "DELETED"}))
    outcome = run("database_backup", DELETE)
    assert (outcome.changed, outcome["database_backup"]) == (True, None)
    assert clock.passed > 120


def test_a_delete_is_predicted(api: Scripted, run: Runner) -> None:
    expects_all(api, having(OLD, NEW))
    outcome = run("database_backup", DELETE, check=True)
    assert (outcome.changed, outcome["database_backup"]) == (True, None)


@pytest.mark.parametrize("databases", [[having(OLD)], [having({**NEW, "status": "Deleted"})], []])
def test_absent_accepts_a_missing_backup_or_database(api: Scripted, run: Runner, databases: list[Entity]) -> None:
    expects_all(api, *databases)
    assert not run("database_backup", DELETE).changed


def test_after_a_lost_response_to_a_delete_the_list_decides(api: Scripted, run: Runner) -> None:
    expects_all(api, having(OLD, NEW))
    api.expects("DELETE", f"{BACKUPS}/3", raises=LOST, base=RDBS)
    api.expects("GET", BACKUPS, [OLD], base=RDBS)
    expects_one(api, having(OLD), having(OLD))
    assert run("database_backup", DELETE).changed


# Restoring

RESTORE = {**NAMED, "id": 3, "state": "restored"}
OTHER = f"{DATABASES_PATH}/7"


def test_a_restore_into_the_same_database(api: Scripted, run: Runner) -> None:
    expects_all(api, having(OLD, NEW))
    api.expects(
        "POST", f"{BACKUPS}/3/operations", NO_BODY, 202, body={"type": "restore", "toSubscriptionId": 2957}, base=RDBS
    )
    expects_one(api, having(OLD, NEW, status="RESTORING"), having(OLD, NEW), having(OLD, NEW))
    outcome = run("database_backup", RESTORE)
    assert (outcome.changed, outcome["restored_to_id"], outcome["database_backup"]["id"]) == (True, 2957, 3)


def test_a_restore_into_another_database_waits_for_it(api: Scripted, run: Runner) -> None:
    other = having(id=7, externalId="other-db")
    expects_all(api, having(NEW), other)
    body = {"type": "restore", "toSubscriptionId": 7}
    api.expects("POST", f"{BACKUPS}/3/operations", NO_BODY, 202, body=body, base=RDBS)
    for status in ("Restoring", "Active"):
        api.expects("GET", OTHER, {**other, "status": status}, base=RDBS)
    expects_one(api, having(NEW))
    api.expects("GET", OTHER, other, base=RDBS)
    assert run("database_backup", {**RESTORE, "to_database": "other-db"})["restored_to_id"] == 7


INVALID: list[tuple[Entity, dict[str, t.Any], str]] = [
    (having(OLD), {}, "Cannot restore database backup: database config-db has no backup with the id 3."),
    (having({**NEW, "status": "FAILED"}), {}, "Cannot restore backup 3: its status is Failed."),
    (having(NEW, size={"storage": 9}), {"to_database": "other-db"}, "it has 1 GB of storage, but the backup requires 9 GB"),
    (having(NEW), {"to_database": "none-db"}, "there is no database 'none-db' in VA1"),
    (having(NEW, status="Unknown"), {}, "the status of database config-db is Unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "options", "message"), INVALID)
def test_an_invalid_restore_fails_before_a_request(
    api: Scripted, run: Runner, source: Entity, options: dict[str, t.Any], message: str
) -> None:
    expects_all(api, source, having(id=7, externalId="other-db"))
    outcome = run("database_backup", {**RESTORE, **options})
    assert message in outcome.msg
    assert not outcome.changed


def test_an_empty_target_does_not_overwrite_the_database_itself(api: Scripted, run: Runner) -> None:
    expects_all(api, having(OLD))
    outcome = run("database_backup", {**NAMED, "id": 1, "state": "restored", "to_database": ""})
    assert outcome.failed
    assert not outcome["changed"]


def test_a_restore_is_not_repeated_after_a_lost_response(api: Scripted, run: Runner) -> None:
    expects_all(api, having(NEW))
    body = {"type": "restore", "toSubscriptionId": 2957}
    api.expects("POST", f"{BACKUPS}/3/operations", raises=LOST, body=body, base=RDBS)
    expects_one(api, having(NEW), having(NEW, status="Restoring"), having(NEW), having(NEW))
    assert run("database_backup", RESTORE).changed


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"state": "absent"}, "State is absent but id is missing."),
        ({"state": "restored"}, "State is restored but id is missing."),
        ({"id": 3}, "Invalid value for id: the service assigns the id of a new backup."),
    ],
)
def test_the_id_must_fit_the_state(api: Scripted, run: Runner, options: dict[str, t.Any], message: str) -> None:
    assert message in run("database_backup", {**NAMED, **options}).msg
    assert not api.made


def test_a_backup_of_a_missing_database_is_predicted_in_check_mode(api: Scripted, run: Runner) -> None:
    expects_all(api)
    outcome = run("database_backup", NAMED, check=True)
    assert (outcome.changed, outcome["database_backup"]["database_id"]) == (True, PLACEHOLDER)
    assert len(outcome.warnings) == 1


def test_a_restore_of_a_missing_database_is_predicted_in_check_mode(api: Scripted, run: Runner) -> None:
    expects_all(api)
    outcome = run("database_backup", {**NAMED, "id": None, "state": "restored"}, check=True)
    assert (outcome.changed, outcome["restored_to_id"]) == (True, PLACEHOLDER)
    assert len(outcome.warnings) == 3


def test_a_name_in_another_data_center_does_not_match(api: Scripted, run: Runner) -> None:
    expects_all(api, having(location="IL1"), having(location="de1"))
    outcome = run("database_backup", NAMED)
    help_text = "A database with this name exists in DE1, IL1. Set data_center, or specify the id."
    assert f"there is no database 'config-db' in VA1. {help_text}" in outcome.msg


# Reading


def test_backups_are_read_with_the_database_or_separately(api: Scripted, run: Runner) -> None:
    sample = documented("mended/GET-api-rdbs-ctl-io-v1-accountAlias-subscriptions-subscriptionId-backups")
    api.expects("GET", BACKUPS, sample[::-1], base=RDBS)
    backups = run("database_backup_info", {"database": "2957"})["database_backups"]
    assert [(item["id"], item["database_id"]) for item in backups] == [(2656, 2957), (2674, 2957)]
    expects_all(api, database(backups=sample))
    assert run("database_backup_info", NAMED)["database_backups"] == backups
    expects_all(api, database(backups=None))
    api.expects("GET", BACKUPS, sample, base=RDBS)
    assert run("database_backup_info", NAMED)["database_backups"] == backups


def test_backups_of_a_missing_database_are_an_empty_list(api: Scripted, run: Runner) -> None:
    expects_all(api)
    assert run("database_backup_info", NAMED)["database_backups"] == []
    api.expects("GET", BACKUPS, {"message": "no"}, 404, base=RDBS)
    assert run("database_backup_info", {"database": "2957"})["database_backups"] == []


# Failing over

OPERATIONS = f"{DATABASE_PATH}/operations"


def test_a_failover_is_performed_once(api: Scripted, run: Runner) -> None:
    expects_all(api, replicated())
    api.expects("POST", OPERATIONS, NO_BODY, 202, body={"type": "failover"}, base=RDBS)
    expects_one(api, replicated(status="CONFIGURING"), replicated(), replicated())
    outcome = run("database_failover", NAMED)
    assert (outcome.changed, outcome["database"]["instance_type"]) == (True, "MySQL_REPLICATION")


@pytest.mark.parametrize(
    ("existing", "message"),
    [(database(), "it is not replicated"), (replicated(status="Failed"), "the status of database config-db is Failed")],
)
def test_an_invalid_failover_fails_before_a_request(api: Scripted, run: Runner, existing: Entity, message: str) -> None:
    expects_all(api, existing)
    outcome = run("database_failover", NAMED)
    assert message in outcome.msg
    assert not outcome.changed


def test_a_failover_is_not_repeated_after_a_lost_response(api: Scripted, run: Runner) -> None:
    expects_all(api, replicated())
    api.expects("POST", OPERATIONS, raises=LOST, body={"type": "failover"}, base=RDBS)
    expects_one(api, *[replicated()] * 15)
    outcome = run("database_failover", NAMED)
    assert "Check the database with database_info before you run the task again." in outcome.msg
