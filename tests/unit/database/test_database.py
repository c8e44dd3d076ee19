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
    ALL,
    ONE,
    RDBS,
    database,
    expects_all,
    expects_one,
    notification,
    replicated,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD, Runner
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
ACCOUNT = ALL.removesuffix("/subscriptions")
LOST = requests.exceptions.ReadTimeout()


def fresh(**members: t.Any) -> Entity:
    """A database as a create or change answers it."""
    made = database(status="Configuring", **members)
    return {name: value for name, value in made.items() if name != "backups"}


# Creating


def test_a_new_one_is_waited_for(api: Scripted, run: Runner) -> None:
    expects_all(api, database(location="IL1"))
    # Older forms of the answer repeat the password.
    api.expects("POST", ALL, {**fresh(), "users": BODY["users"]}, 201, body=BODY, base=RDBS)
    expects_one(api, fresh(), database(status="ACTIVE"), database())
    outcome = run("database", NEW)
    assert outcome.changed
    assert outcome.warnings == ["A database of the same name is in IL1 too; database config-db in VA1 is another one."]
    assert outcome["database"]["backup_time"] == {"hour": 0, "minute": 0}
    assert (outcome["database"]["id"], outcome["database"]["data_center"]) == (2957, "VA1")
    assert outcome["database"]["certificate"].startswith("-----BEGIN")


def test_all_of_it_is_sent_as_documented(api: Scripted, run: Runner) -> None:
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
    answer = documented("mended/POST-api-rdbs-ctl-io-v1-accountAlias-subscriptions")
    api.expects("POST", ALL, answer, 201, body=sample, base=RDBS)
    done = {**answer, "status": "Active", "backupRetentionDays": "7", "port": "49562"}
    api.expects("GET", f"{ALL}/894", done, base=RDBS, times=2)
    outcome = run("database", options)
    assert (outcome["database"]["port"], outcome["database"]["backup_retention_days"]) == (49562, 7)


def test_a_new_one_is_predicted_with_the_same_keys(api: Scripted, run: Runner) -> None:
    expects_all(api)
    outcome = run("database", {**NEW, "instance_type": "MySQL_REPLICATION"}, check=True, diff=True)
    shown = outcome["database"]
    assert outcome.changed
    assert (shown["id"], shown["host"], shown["certificate"]) == (None, None, None)
    assert (shown["instance_type"], len(shown["servers"]), shown["memory_gb"]) == ("MySQL_REPLICATION", 2, 1)
    assert outcome["diff"]["before"] == {"database": None}
    assert "users" not in outcome.written.partition("invocation")[0]


def test_a_failed_creation_is_told(api: Scripted, run: Runner) -> None:
    expects_all(api)
    api.expects("POST", ALL, fresh(), 201, body=BODY, base=RDBS)
    expects_one(api, database(status="FAILED"), database(status="FAILED"))
    outcome = run("database", NEW)
    assert outcome.failed
    assert "config-db failed (job 2957: FAILED)" in outcome.msg
    assert outcome["database"]["status"] == "Failed"


def test_a_refused_creation_is_told_in_the_services_words(api: Scripted, run: Runner) -> None:
    expects_all(api)
    body = {"message": "The request is invalid.", "modelState": {"body.location": ["VA1 takes none."]}}
    api.expects("POST", ALL, body, 400, body=BODY, base=RDBS)
    outcome = run("database", NEW)
    assert "Cannot create database config-db in VA1: The request is invalid (location: VA1 takes none." in outcome.msg
    assert (outcome.changed, outcome["status_code"]) == (False, 400)


def test_without_waiting_the_database_stands_for_its_job(api: Scripted, run: Runner) -> None:
    expects_all(api)
    api.expects("POST", ALL, fresh(), 201, body=BODY, base=RDBS)
    expects_one(api, fresh())
    outcome = run("database", {**NEW, "wait": False})
    assert (outcome.changed, outcome["database"]["status"]) == (True, "Configuring")
    assert outcome["jobs"] == [{"id": "2957", "service": "rdbs", "path": ONE, "things": ["config-db"]}]


def test_after_a_lost_answer_the_new_one_is_adopted(api: Scripted, run: Runner) -> None:
    expects_all(api)
    api.expects("POST", ALL, raises=LOST, body=BODY, base=RDBS)
    expects_all(api)
    expects_all(api, fresh())
    expects_one(api, database(), database())
    outcome = run("database", NEW)
    assert outcome.changed
    assert any("database 2957 is taken" in one for one in outcome.warnings)


def test_after_a_lost_answer_nothing_is_sent_again(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_all(api)
    api.expects("POST", ALL, raises=LOST, body=BODY, base=RDBS)
    for _read in range(15):
        expects_all(api)
    outcome = run("database", NEW)
    assert outcome.failed
    assert "read the databases with database_info" in outcome.msg
    assert clock.passed == 60


REFUSED_NEW: list[tuple[dict[str, t.Any], str]] = [
    ({"cpu": None, "users": []}, "cpu and users are missing. It does not exist yet; specify all of them to create it."),
    ({"users": [{"name": "admin", "password": "Sh0rt-Pw"}]}, "the password of user admin is too weak"),
    ({"users": [{"name": "admin", "password": "only-lower-case"}]}, "the password of user admin is too weak"),
]


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(("options", "told"), REFUSED_NEW)
def test_what_a_new_one_lacks_is_told_before(
    api: Scripted, run: Runner, options: dict[str, t.Any], told: str, check: bool
) -> None:
    expects_all(api)
    assert told in run("database", {**NEW, **options}, check=check).msg


@pytest.mark.parametrize("time", [{"hour": 24}, {"hour": 3, "minute": 60}, {"hour": -1}])
def test_a_time_that_is_none_is_refused_before_anything_is_read(
    api: Scripted, run: Runner, time: dict[str, int]
) -> None:
    assert "is not a time of day" in run("database", {**NAMED, "backup_time": time}).msg
    assert not api.made


# Finding and comparing


def test_nothing_is_sent_for_one_that_is_as_wanted(api: Scripted, run: Runner) -> None:
    found = database(instanceType="MYSQL", location="va1", backupRetentionDays="7", backupTime="00:00", status="active")
    expects_all(api, database(id=1, status="TERMINATED"), database(id=2, location="IL1"), found)
    options = {**NEW, "instance_type": "MySQL", "data_center": "VA1", "backup_time": {"hour": 0}}
    outcome = run("database", {**options, "users": [{"name": "other", "password": "weak"}]})
    assert (outcome.changed, outcome["database"]["id"], outcome["database"]["status"]) == (False, 2957, "Active")


def test_a_replicated_one_is_known_by_its_servers(api: Scripted, run: Runner) -> None:
    expects_all(api, replicated())
    outcome = run("database", {**NAMED, "instance_type": "MySQL_REPLICATION"})
    assert (outcome.changed, outcome["database"]["instance_type"]) == (False, "MySQL_REPLICATION")


def test_one_that_is_being_changed_is_waited_for_first(api: Scripted, run: Runner) -> None:
    expects_all(api, database(status="BACKING_UP"))
    expects_one(api, database(status="Backing Up"), database())
    assert not run("database", NAMED).changed


REFUSED: list[tuple[list[Entity], dict[str, t.Any], str]] = [
    ([database(), database(id=3)], {"cpu": 2}, "2 databases in VA1 have the name 'config-db': config-db (2957), config-db"),
    ([database(externalId="Config-DB")], {}, "but Config-DB (2957). Write the name in the same case."),
    ([database()], {"instance_type": "MySQL_REPLICATION"}, "it is 'MySQL' and cannot be changed to 'MySQL_REPLICATION'"),
    ([database(size={"storage": 5})], {"storage_gb": 4}, "storage_gb is 5 and cannot shrink to 4. Give 5 or more"),
    ([database(status="Failed")], {"cpu": 2}, "database config-db is Failed. It takes this at Active only"),
    ([database(status="Configuring")], {"cpu": 2, "wait": False}, "database config-db is Configuring"),
    ([database(servers=[])], {"cpu": 2}, "the service does not show memory, storage, which has to be sent too"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "options", "told"), REFUSED)
def test_what_cannot_be_is_told_before(
    api: Scripted, run: Runner, found: list[Entity], options: dict[str, t.Any], told: str
) -> None:
    expects_all(api, *found)
    outcome = run("database", {**NAMED, **options})
    assert told in outcome.msg
    assert not outcome.changed


@pytest.mark.parametrize(
    ("options", "told"),
    [({"name": "other-db"}, "it is 'config-db' and cannot be changed"), ({"data_center": "wa1"}, "changed to 'WA1'")],
)
def test_an_id_does_not_rename(api: Scripted, run: Runner, options: dict[str, t.Any], told: str) -> None:
    expects_one(api, database())
    assert told in run("database", {"id": 2957, **options}).msg


def test_an_unknown_id_is_never_created(api: Scripted, run: Runner) -> None:
    expects_one(api, None)
    assert "nothing has the id 2957, and the service assigns it itself" in run("database", {**NEW, "id": 2957}).msg


def test_a_failed_one_is_left_with_a_warning(api: Scripted, run: Runner) -> None:
    expects_all(api, database(status="Failed"))
    outcome = run("database", {**NAMED, "cpu": 1})
    assert not outcome.changed
    assert outcome.warnings == ["database config-db in VA1 is Failed, so it cannot be used."]


# Changing

CHANGED = {
    "machineConfig": {"cpu": 2, "memory": 1, "storage": 1},
    "backupRetentionDays": 7,
    "backupTime": {"hour": 0, "minute": 0},
}


def test_what_is_not_given_is_sent_back_as_it_was(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    api.expects("PATCH", ONE, fresh(size={"cpu": 2}), body=CHANGED, base=RDBS)
    expects_one(api, fresh(size={"cpu": 2}), database(size={"cpu": 2}), database(size={"cpu": 2}))
    outcome = run("database", {**NAMED, "cpu": 2, "memory_gb": 1}, diff=True)
    assert outcome.changed
    assert (outcome["diff"]["before"]["database"]["cpu"], outcome["diff"]["after"]["database"]["cpu"]) == (1, 2)
    assert "status" not in outcome["diff"]["after"]["database"]


def test_a_change_is_predicted(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    time = {"hour": 3, "minute": 5}
    outcome = run("database", {**NAMED, "storage_gb": 9, "backup_time": time, "backup_retention_days": 8}, check=True)
    shown = outcome["database"]
    assert (shown["storage_gb"], shown["servers"][0]["storage_gb"], shown["cpu"]) == (9, 9, 1)
    assert (shown["backup_time"], shown["backup_retention_days"]) == (time, 8)


@pytest.mark.parametrize("seen", [fresh(), database(size={"cpu": 2})])
def test_after_a_lost_answer_a_change_that_shows_is_waited_for(api: Scripted, run: Runner, seen: Entity) -> None:
    expects_all(api, database())
    api.expects("PATCH", ONE, raises=LOST, body=CHANGED, base=RDBS)
    expects_one(api, database(), seen, database(size={"cpu": 2}), database(size={"cpu": 2}))
    assert run("database", {**NAMED, "cpu": 2}).changed


# Removing


@pytest.mark.parametrize("end", [None, database(status="DELETED"), database(status="Terminated")])
def test_one_is_removed_once_it_is_gone_or_says_so(api: Scripted, run: Runner, end: Entity | None) -> None:
    expects_all(api, database())
    api.expects("DELETE", ONE, NO_BODY, 204, base=RDBS)
    expects_one(api, database(status="Pending"), end, end)
    outcome = run("database", {**NAMED, "state": "absent"})
    assert (outcome.changed, outcome["database"]) == (True, None)


@pytest.mark.parametrize("gone", [[], [database(status="DELETED")]])
def test_what_is_gone_is_not_removed_again(api: Scripted, run: Runner, gone: list[Entity]) -> None:
    expects_all(api, *gone)
    assert not run("database", {**NAMED, "state": "absent"}).changed


def test_after_a_lost_answer_a_removal_under_way_is_not_sent_again(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    api.expects("DELETE", ONE, raises=LOST, base=RDBS)
    expects_one(api, database(status="Pending"), None, None)
    assert run("database", {**NAMED, "state": "absent"}).changed


def test_a_failed_one_can_be_removed(api: Scripted, run: Runner) -> None:
    expects_one(api, database(status="Failed"))
    api.expects("DELETE", ONE, NO_BODY, 204, base=RDBS)
    expects_one(api, database(status="Failed"), None, None)
    assert run("database", {"id": 2957, "state": "absent"}).changed


# Reading


def test_all_are_read_in_one_request(api: Scripted, run: Runner) -> None:
    sample = documented(
        "mended/GET-api-rdbs-ctl-io-v1-accountAlias-subscriptions-dataCenter-dataCenterId-status-status"
    )
    expects_all(api, database(id=9, externalId="z", location="va1"), *sample, database(status="Deleted"), database())
    found = run("database_info", {})["databases"]
    assert [(one["data_center"], one["name"]) for one in found] == [
        ("IL1", "config-db"),
        ("VA1", "config-db"),
        ("VA1", "z"),
    ]
    server = found[0]["servers"][0]
    assert (server["name"], server["ip_address"], server["connections"]) == ("IL1DBPDMYSQLXXXX", "10.90.85.43", 89)
    assert [found[0][key] for key in ("billing", "certificate_file", "history", "notifications")] == [None] * 4


def test_one_is_read_with_all_there_is_to_tell(api: Scripted, run: Runner) -> None:
    expects_one(api, database())
    api.expects(
        "GET",
        f"{ACCOUNT}/billing?subscriptionId=2957",
        {"monthlyEstimate": "$1,446.83"},
        base=RDBS,
    )
    api.expects("GET", f"{ONE}/certificate", "-----BEGIN\nx\n", base=RDBS, carries={"Accept": "*/*"})
    history = [{"timeStamp": 1459878501968, "message": "m", "details": None, "user": "u"}]
    api.expects("GET", f"{ACCOUNT}/history?subscriptionId=2957", history, base=RDBS)
    api.expects("GET", f"{ONE}/notifications", [notification()], base=RDBS)
    gather = ["billing", "certificate_file", "history", "notifications"]
    (found,) = run("database_info", {"database": 2957, "gather": gather})["databases"]
    assert found["billing"]["monthly_estimate"] == 1446.83
    assert found["billing"]["month_to_date"] is None
    assert found["certificate_file"] == "-----BEGIN\nx\n"
    assert found["history"] == [{"time": "2016-04-05T17:48:21Z", "message": "m", "details": None, "user": "u"}]
    assert found["notifications"][0]["database_id"] == 2957


def test_unknown_ones_are_an_empty_list(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    assert run("database_info", {"database": "Config-DB"})["databases"] == []
    expects_all(api, database())
    assert run("database_info", {"data_center": "WA1"})["databases"] == []
    expects_one(api, None)
    assert run("database_info", {"database": "2957"})["databases"] == []


# The account


def test_charges_history_and_data_centers_as_documented(api: Scripted, run: Runner) -> None:
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
    found = run("database_history_info", {})["database_history"]
    assert [one["user"] for one in found] == ["user1", "user2", "dbaas_service"]
    centers = documented("GET-api-rdbs-ctl-io-v1-datacenters")
    api.expects("GET", "/v1/datacenters", centers, base=RDBS)
    one = {"id": "VA1", "name": "VA1 - US East (Sterling)", "active": True}
    assert run("database_data_center_info", {"data_center": "va1"})["database_data_centers"] == [one]


@pytest.mark.parametrize("answer", [{"code": "PROMO_2016"}, [{"code": "PROMO_2016"}]])
def test_promotions_are_a_list_or_one(api: Scripted, run: Runner, answer: t.Any) -> None:
    api.expects("GET", f"{ACCOUNT}/promotions", answer, base=RDBS)
    assert run("database_promotion_info", {})["database_promotions"] == [{"code": "PROMO_2016", "id": None}]
