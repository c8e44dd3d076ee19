# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules database and database_info."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.databases import (
    DATABASE_PATH,
    DATABASES_PATH,
    RDBS,
    database,
    expects_all,
    expects_one,
    notification,
    replicated,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

NAMED: dict[str, t.Any] = {"name": "config-db"}
NEW: dict[str, t.Any] = {
    "name": "config-db",
    "cpu": 1,
    "memory_gb": 1,
    "storage_gb": 1,
    "backup_retention_days": 7,
    "users": [{"name": "admin", "password": PASSWORD}],
}
BODY: Entity = {
    "instanceType": "MySQL",
    "location": "VA1",
    "externalId": "config-db",
    "machineConfig": {"cpu": 1, "memory": 1, "storage": 1},
    "backupRetentionDays": 7,
    "backupTime": {"hour": 0, "minute": 0},
    "users": [{"name": "admin", "password": PASSWORD}],
}
ACCOUNT = DATABASES_PATH.removesuffix("/subscriptions")
LOST = requests.exceptions.ReadTimeout()


def fresh(**properties: t.Any) -> Entity:
    """Return a database as in the response to a create or update."""
    created = database(status="Configuring", **properties)
    return {name: value for name, value in created.items() if name != "backups"}


# Creating


def test_a_new_database_is_waited_for(api: Scripted, run: Runner) -> None:
    expects_all(api, database(location="IL1"))
    # Older responses repeat the password.
    api.expects("POST", DATABASES_PATH, {**fresh(), "users": BODY["users"]}, 201, body=BODY, base=RDBS)
    expects_one(api, fresh(), database(status="ACTIVE"), database())
    outcome = run("database", NEW)
    assert outcome.changed
    assert outcome.warnings == [
        "A database with this name also exists in IL1; database config-db in VA1 will be a separate database."
    ]
    assert outcome["database"]["backup_time"] == {"hour": 0, "minute": 0}
    assert (outcome["database"]["id"], outcome["database"]["data_center"]) == (2957, "VA1")
    assert outcome["database"]["certificate"].startswith("-----BEGIN")


def test_a_create_is_sent_as_documented(api: Scripted, run: Runner) -> None:
    sample = documented("POST-api-rdbs-ctl-io-v1-accountAlias-subscriptions.request")
    sample["users"][0]["password"] = PASSWORD
    options = {
        "external_id": "st-api-test",
        "location": "va1",
        "instance_type": "MySQL",
        "cpu": 1,
        "memory": 1,
        "storage": 1,
        "backup_retention_days": 7,
        "destinations": [{"location": "user@example.com", "notifications": ["CPU_UTILIZATION", "MEMORY_UTILIZATION"]}],
        "users": sample["users"],
        "backup_time": {"hour": 9, "minute": 15},
    }
    expects_all(api)
    created = documented("mended/POST-api-rdbs-ctl-io-v1-accountAlias-subscriptions")
    api.expects("POST", DATABASES_PATH, created, 201, body=sample, base=RDBS)
    done = {**created, "status": "Active", "backupRetentionDays": "7", "port": "49562"}
    api.expects("GET", f"{DATABASES_PATH}/894", done, base=RDBS, times=2)
    outcome = run("database", options)
    assert (outcome["database"]["port"], outcome["database"]["backup_retention_days"]) == (49562, 7)


def test_a_create_is_predicted_with_the_same_keys(api: Scripted, run: Runner) -> None:
    expects_all(api)
    data_centers = [{"dataCenter": code} for code in ("VA1", "WA1")]
    api.expects("GET", "/v1/datacenters", data_centers, base=RDBS)
    outcome = run("database", {**NEW, "instance_type": "MySQL_REPLICATION"}, check=True, diff=True)
    result = outcome["database"]
    assert outcome.changed
    assert (result["id"], result["host"], result["certificate"]) == (PLACEHOLDER, None, None)
    assert (result["instance_type"], len(result["servers"]), result["memory_gb"]) == ("MySQL_REPLICATION", 2, 1)
    assert outcome["diff"]["before"] == {"database": None}
    assert "users" not in outcome.written.partition("invocation")[0]


def test_a_failed_create_is_an_error(api: Scripted, run: Runner) -> None:
    expects_all(api)
    api.expects("POST", DATABASES_PATH, fresh(), 201, body=BODY, base=RDBS)
    expects_one(api, database(status="FAILED"), database(status="FAILED"))
    outcome = run("database", NEW)
    assert outcome.failed
    assert "config-db failed (job 2957: FAILED)" in outcome.msg
    assert outcome["database"]["status"] == "Failed"


def test_a_rejected_create_reports_the_message_of_the_service(api: Scripted, run: Runner) -> None:
    expects_all(api)
    body = {"message": "The request is invalid.", "modelState": {"body.location": ["VA1 takes none."]}}
    api.expects("POST", DATABASES_PATH, body, 400, body=BODY, base=RDBS)
    outcome = run("database", NEW)
    assert (
        "Cannot create database config-db in VA1: The request is invalid (data_center: VA1 takes none." in outcome.msg
    )
    assert (outcome.changed, outcome["status_code"]) == (False, 400)


def test_without_waiting_the_job_is_the_database(api: Scripted, run: Runner) -> None:
    expects_all(api)
    api.expects("POST", DATABASES_PATH, fresh(), 201, body=BODY, base=RDBS)
    expects_one(api, fresh())
    outcome = run("database", {**NEW, "wait": False})
    assert (outcome.changed, outcome["database"]["status"]) == (True, "Configuring")
    assert outcome["jobs"] == [{"id": "2957", "service": "rdbs", "path": DATABASE_PATH, "targets": ["config-db"]}]


def test_after_a_lost_response_the_new_database_is_adopted(api: Scripted, run: Runner) -> None:
    expects_all(api)
    api.expects("POST", DATABASES_PATH, raises=LOST, body=BODY, base=RDBS)
    expects_all(api)
    expects_all(api, fresh())
    expects_one(api, database(), database())
    outcome = run("database", NEW)
    assert outcome.changed
    assert any("Database 2957 is assumed to be its result" in warning for warning in outcome.warnings)


def test_after_a_lost_response_the_create_is_not_repeated(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_all(api)
    api.expects("POST", DATABASES_PATH, raises=LOST, body=BODY, base=RDBS)
    for _read in range(15):
        expects_all(api)
    outcome = run("database", NEW)
    assert outcome.failed
    assert "Check database_info before you run the task again." in outcome.msg
    assert clock.passed == 60


INVALID_CREATES: list[tuple[dict[str, t.Any], str]] = [
    (
        {"cpu": None, "users": None},
        "cpu and users are missing. It does not exist yet; specify all of them to create it.",
    ),
    (
        {"users": [{"name": "admin", "password": "Sh0rt-Pw"}]},
        "Invalid value for users[0].password: it is not a password of at least 9 characters",
    ),
    (
        {"users": [{"name": "admin", "password": "only-lower-case"}]},
        "Invalid value for users[0].password: it is not a password of at least 9 characters",
    ),
]


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(("options", "message"), INVALID_CREATES)
def test_options_of_a_create_are_validated(
    api: Scripted, run: Runner, options: dict[str, t.Any], message: str, check: bool
) -> None:
    if "missing" in message:
        expects_all(api)  # the others are rejected before
    assert message in run("database", {**NEW, **options}, check=check).msg


@pytest.mark.parametrize("time", [{"hour": 24}, {"hour": 3, "minute": 60}, {"hour": -1}])
def test_an_invalid_backup_time_fails_before_a_request(api: Scripted, run: Runner, time: dict[str, int]) -> None:
    assert "Invalid value for backup_time." in run("database", {**NAMED, "backup_time": time}).msg
    assert not api.made


# Finding and comparing


def test_an_equal_database_is_not_updated(api: Scripted, run: Runner) -> None:
    equal = database(instanceType="MYSQL", location="va1", backupRetentionDays="7", backupTime="00:00", status="active")
    expects_all(api, database(id=1, status="TERMINATED"), database(id=2, location="IL1"), equal)
    options = {**NEW, "instance_type": "MySQL", "data_center": "VA1", "backup_time": {"hour": 0}}
    outcome = run("database", {**options, "users": [{"name": "other", "password": "0ther-Passw0rd"}]})
    assert (outcome.changed, outcome["database"]["id"], outcome["database"]["status"]) == (False, 2957, "Active")


def test_a_replicated_database_is_recognized_by_its_servers(api: Scripted, run: Runner) -> None:
    expects_all(api, replicated())
    outcome = run("database", {**NAMED, "instance_type": "MySQL_REPLICATION"})
    assert (outcome.changed, outcome["database"]["instance_type"]) == (False, "MySQL_REPLICATION")


def test_a_busy_database_is_waited_for_first(api: Scripted, run: Runner) -> None:
    expects_all(api, database(status="BACKING_UP"))
    expects_one(api, database(status="Backing Up"), database())
    assert not run("database", NAMED).changed


INVALID: list[tuple[list[Entity], dict[str, t.Any], str]] = [
    ([database(), database(id=3)], {"cpu": 2}, "2 databases in VA1 have the name 'config-db': config-db (2957), config-db"),
    ([database(externalId="Config-DB")], {}, "but Config-DB (2957). Names are case-sensitive"),
    ([database()], {"instance_type": "MySQL_REPLICATION"}, "it is 'MySQL' and cannot be changed to 'MySQL_REPLICATION'"),
    ([database(size={"storage": 5})], {"storage_gb": 4}, "which cannot shrink to 4 GB. Set storage_gb to 5 or more"),
    ([database(status="Failed")], {"cpu": 2}, "the status of database config-db is Failed, not Active. Run the task again"),
    ([database(status="Configuring")], {"cpu": 2, "wait": False}, "the status of database config-db is Configuring"),
    ([database(servers=[])], {"cpu": 2}, "an update must contain memory, storage, which the service does not return"),
]  # fmt: skip


@pytest.mark.parametrize(("databases", "options", "message"), INVALID)
def test_options_of_an_update_are_validated(
    api: Scripted, run: Runner, databases: list[Entity], options: dict[str, t.Any], message: str
) -> None:
    expects_all(api, *databases)
    outcome = run("database", {**NAMED, **options})
    assert message in outcome.msg
    assert not outcome.changed


@pytest.mark.parametrize(
    ("options", "message"),
    [({"name": "other-db"}, "it is 'config-db' and cannot be changed"), ({"data_center": "wa1"}, "changed to 'WA1'")],
)
def test_name_and_data_center_of_an_id_cannot_be_changed(
    api: Scripted, run: Runner, options: dict[str, t.Any], message: str
) -> None:
    expects_one(api, database())
    assert message in run("database", {"id": 2957, **options}).msg


def test_no_database_is_created_for_an_unknown_id(api: Scripted, run: Runner) -> None:
    expects_one(api, None)
    assert "nothing has the id 2957, and the service assigns it itself" in run("database", {**NEW, "id": 2957}).msg


def test_an_equal_failed_database_causes_a_warning(api: Scripted, run: Runner) -> None:
    expects_all(api, database(status="Failed"))
    outcome = run("database", {**NAMED, "cpu": 1})
    assert not outcome.changed
    assert outcome.warnings == ["The status of database config-db in VA1 is Failed, so it cannot be used."]


# Updating

UPDATE_BODY = {
    "machineConfig": {"cpu": 2, "memory": 1, "storage": 1},
    "backupRetentionDays": 7,
    "backupTime": {"hour": 0, "minute": 0},
}


def test_an_update_sends_current_values_of_omitted_options(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    api.expects("PATCH", DATABASE_PATH, fresh(size={"cpu": 2}), body=UPDATE_BODY, base=RDBS)
    expects_one(api, fresh(size={"cpu": 2}), database(size={"cpu": 2}), database(size={"cpu": 2}))
    outcome = run("database", {**NAMED, "cpu": 2, "memory_gb": 1}, diff=True)
    assert outcome.changed
    assert (outcome["diff"]["before"]["database"]["cpu"], outcome["diff"]["after"]["database"]["cpu"]) == (1, 2)
    assert "status" not in outcome["diff"]["after"]["database"]


def test_an_update_is_predicted(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    time = {"hour": 3, "minute": 5}
    outcome = run("database", {**NAMED, "storage_gb": 9, "backup_time": time, "backup_retention_days": 8}, check=True)
    result = outcome["database"]
    assert (result["storage_gb"], result["servers"][0]["storage_gb"], result["cpu"]) == (9, 9, 1)
    assert (result["backup_time"], result["backup_retention_days"]) == (time, 8)


@pytest.mark.parametrize("current", [fresh(), database(size={"cpu": 2})])
def test_after_a_lost_response_an_accepted_update_is_waited_for(api: Scripted, run: Runner, current: Entity) -> None:
    expects_all(api, database())
    api.expects("PATCH", DATABASE_PATH, raises=LOST, body=UPDATE_BODY, base=RDBS)
    expects_one(api, database(), current, database(size={"cpu": 2}), database(size={"cpu": 2}))
    assert run("database", {**NAMED, "cpu": 2}).changed


# Deleting


@pytest.mark.parametrize("end", [None, database(status="DELETED"), database(status="Terminated")])
def test_a_delete_ends_when_the_database_is_missing_or_deleted(api: Scripted, run: Runner, end: Entity | None) -> None:
    expects_all(api, database())
    api.expects("DELETE", DATABASE_PATH, NO_BODY, 204, base=RDBS)
    expects_one(api, database(status="Pending"), end, end)
    outcome = run("database", {**NAMED, "state": "absent"})
    assert (outcome.changed, outcome["database"]) == (True, None)


@pytest.mark.parametrize("databases", [[], [database(status="DELETED")]])
def test_a_deleted_database_is_not_deleted_again(api: Scripted, run: Runner, databases: list[Entity]) -> None:
    expects_all(api, *databases)
    assert not run("database", {**NAMED, "state": "absent"}).changed


def test_after_a_lost_response_a_pending_delete_is_not_repeated(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    api.expects("DELETE", DATABASE_PATH, raises=LOST, base=RDBS)
    expects_one(api, database(status="Pending"), None, None)
    assert run("database", {**NAMED, "state": "absent"}).changed


def test_a_failed_database_can_be_deleted(api: Scripted, run: Runner) -> None:
    expects_one(api, database(status="Failed"))
    api.expects("DELETE", DATABASE_PATH, NO_BODY, 204, base=RDBS)
    expects_one(api, database(status="Failed"), None, None)
    assert run("database", {"id": 2957, "state": "absent"}).changed


# Reading


def test_all_databases_are_read_in_one_request(api: Scripted, run: Runner) -> None:
    sample = documented(
        "mended/GET-api-rdbs-ctl-io-v1-accountAlias-subscriptions-dataCenter-dataCenterId-status-status"
    )
    expects_all(api, database(id=9, externalId="z", location="va1"), *sample, database(status="Deleted"), database())
    databases = run("database_info", {})["databases"]
    assert [(item["data_center"], item["name"]) for item in databases] == [
        ("IL1", "config-db"),
        ("VA1", "config-db"),
        ("VA1", "z"),
    ]
    server = databases[0]["servers"][0]
    assert (server["name"], server["ip_address"], server["connections"]) == ("IL1DBPDMYSQLXXXX", "10.90.85.43", 89)
    assert [databases[0][key] for key in ("billing", "certificate_file", "history", "notifications")] == [None] * 4


def test_a_database_is_read_with_all_subsets(api: Scripted, run: Runner) -> None:
    expects_one(api, database())
    api.expects(
        "GET",
        f"{ACCOUNT}/billing?subscriptionId=2957",
        {"monthlyEstimate": "$1,446.83"},
        base=RDBS,
    )
    api.expects("GET", f"{DATABASE_PATH}/certificate", "-----BEGIN\nx\n", base=RDBS, carries={"Accept": "*/*"})
    history = [{"timeStamp": 1459878501968, "message": "m", "details": None, "user": "u"}]
    api.expects("GET", f"{ACCOUNT}/history?subscriptionId=2957", history, base=RDBS)
    api.expects("GET", f"{DATABASE_PATH}/notifications", [notification()], base=RDBS)
    gather = ["billing", "certificate_file", "history", "notifications"]
    (result,) = run("database_info", {"database": 2957, "gather": gather})["databases"]
    assert result["billing"]["monthly_estimate"] == 1446.83
    assert result["billing"]["month_to_date"] is None
    assert result["certificate_file"] == "-----BEGIN\nx\n"
    assert result["history"] == [{"time": "2016-04-05T17:48:21Z", "message": "m", "details": None, "user": "u"}]
    assert result["notifications"][0]["database_id"] == 2957


def test_unknown_databases_are_an_empty_list(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    assert run("database_info", {"database": "Config-DB"})["databases"] == []
    expects_all(api, database())
    api.expects("GET", "/v1/datacenters", [{"dataCenter": "VA1"}, {"dataCenter": "WA1"}], base=RDBS)
    assert run("database_info", {"data_center": "WA1"})["databases"] == []
    expects_one(api, None)
    assert run("database_info", {"database": "2957"})["databases"] == []


# The account


def test_billing_history_and_data_centers_as_documented(api: Scripted, run: Runner) -> None:
    billing = documented("GET-api-rdbs-ctl-io-v1-accountAlias-billing-subscriptionId-subscriptionId")
    api.expects("GET", f"{ACCOUNT}/billing", billing, base=RDBS)
    assert run("database_billing_info", {})["database_billing"] == [
        {
            "monthly_estimate": 446.83,
            "month_to_date": 85.52,
            "current_hour": 0.6,
            "product_code": None,
            "metadata": {},
        }
    ]
    history = documented("mended/GET-api-rdbs-ctl-io-v1-accountAlias-history-subscriptionId-subscriptionId")
    api.expects("GET", f"{ACCOUNT}/history", history[::-1], base=RDBS)
    entries = run("database_history_info", {})["database_history"]
    assert [entry["user"] for entry in entries] == ["user1", "user2", "dbaas_service"]
    data_centers = documented("GET-api-rdbs-ctl-io-v1-datacenters")
    api.expects("GET", "/v1/datacenters", data_centers, base=RDBS)
    expected = {"id": "VA1", "name": "VA1 - US East (Sterling)", "active": True}
    assert run("database_data_center_info", {"data_center": "va1"})["database_data_centers"] == [expected]


@pytest.mark.parametrize("body", [{"code": "PROMO_2016"}, [{"code": "PROMO_2016"}]])
def test_promotions_are_a_list_or_an_object(api: Scripted, run: Runner, body: t.Any) -> None:
    api.expects("GET", f"{ACCOUNT}/promotions", body, base=RDBS)
    assert run("database_promotion_info", {})["database_promotions"] == [{"code": "PROMO_2016", "id": None}]
