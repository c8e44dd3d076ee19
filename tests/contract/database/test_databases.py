# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The relational database service: subscriptions, backups, notifications, and reports of an account."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from clc_simulator.core.operations import DECLARED
from simclient import CONTRACT, JOB, Client, Response, load, shape

BASE = "/rdbs/v1/DEMO/subscriptions"
DAY = 86400.0
SMALL: dict[str, Any] = {
    "instanceType": "MySQL",
    "location": "VA1",
    "externalId": "test-db",
    "machineConfig": {"cpu": 1, "memory": 2, "storage": 10},
    "backupRetentionDays": 7,
    "destinations": [
        {
            "destinationType": "EMAIL",
            "location": "dba@example.com",
            "notifications": ["CPU_UTILIZATION", "MEMORY_UTILIZATION"],
        }
    ],
    "users": [{"name": "admin", "password": "Ex4mple-Pw"}],
    "backupTime": {"hour": 9, "minute": 15},
}
POLICY = {name: SMALL[name] for name in ("machineConfig", "backupRetentionDays", "backupTime")}


def create(client: Client, **members: Any) -> Response:
    return client.post(BASE, {**SMALL, **members})


@pytest.fixture
def database(small: Client) -> dict[str, Any]:
    """A database that can be used."""
    response = create(small)
    assert response.status == 201, response.body
    small.finish()
    view: dict[str, Any] = small.get(f"{BASE}/{response.json()['id']}").json()
    assert view["status"] == "Active"
    return view


def path(view: dict[str, Any], *more: Any) -> str:
    return "/".join(map(str, [BASE, view["id"], *more]))


def documented(name: str) -> Any:
    return load(f"documented/mended/{name}-api-rdbs-ctl-io-v1-accountAlias-subscriptions.json")


def test_a_new_database_is_configuring_before_it_is_active(small: Client) -> None:
    response = create(small)
    body = response.json()
    assert (response.status, body["status"], "backups" in body) == (201, "Configuring", False)
    assert shape(body) == shape(documented("POST"))
    assert (body["backupTime"], body["backupRetentionDays"]) == ("9:15", 7), "no leading zeros, and a number"
    assert body["servers"][0]["location"] == "va1"
    small.advance(JOB - 1)
    assert small.get(path(body)).json()["status"] == "Configuring"
    small.advance(1)
    after = small.get(path(body)).json()
    assert (after["status"], after["backups"]) == ("Active", [])
    assert small.get(BASE).json()[-1] == after


def test_replication_is_seen_by_the_number_of_servers_alone(small: Client) -> None:
    body = create(small, instanceType="mysql_replication").json()
    assert (body["instanceType"], len(body["servers"])) == ("MySQL", 2)


def test_case_of_the_data_center_is_kept(small: Client) -> None:
    body = create(small, location="va1").json()
    assert body["location"] == "va1"
    assert body["host"] == "test-db.va1.rdbs.ctl.io"
    assert len(small.get(f"{BASE}?dataCenter=VA1").json()) == 2
    assert small.get(f"{BASE}?dataCenter=WA1").json() == []


INVALID: list[tuple[dict[str, Any], str]] = [
    ({"location": "XX9"}, "body.location"),
    ({"externalId": "shop-DB"}, "body.externalId"),
    ({"externalId": "a.b"}, "body.externalId"),
    ({"users": []}, "body.users"),
    ({"users": [{"name": "a", "password": "Sh0rt-Pw"}]}, "body.users[0].password"),
    ({"users": [{"name": "a", "password": "onlytwo11kinds"}]}, "body.users[0].password"),
    ({"backupRetentionDays": 36}, "body.backupRetentionDays"),
    ({"machineConfig": {"cpu": 0, "memory": 1, "storage": 1}}, "body.machineConfig.cpu"),
    ({"backupTime": {"hour": 24, "minute": 0}}, "body.backupTime.hour"),
    ({"backupTime": None}, "body.backupTime"),
    ({"instanceType": "Oracle"}, "body.instanceType"),
    ({"destinations": [{"destinationType": "EMAIL", "location": "x", "notifications": []}]},
     "body.destinations[0].location"),
]  # fmt: skip


@pytest.mark.parametrize(("members", "member"), INVALID)
def test_rejects_invalid_creations(small: Client, members: dict[str, Any], member: str) -> None:
    before = small.get(BASE).json()
    assert list(create(small, **members).state()) == [member]
    assert small.get(BASE).json() == before


def test_a_closed_data_center_accepts_no_databases(make: Callable[..., Client]) -> None:
    client = make("empty").login()
    data_centers = {data_center["dataCenter"]: data_center for data_center in client.get("/rdbs/v1/datacenters").json()}
    assert (data_centers["VA1"]["active"], data_centers["UC1"]["active"]) == (True, False)
    assert shape(list(data_centers.values())) == shape(load("documented/GET-api-rdbs-ctl-io-v1-datacenters.json"))
    assert list(create(client, location="UC1").state()) == ["body.location"]


def test_a_change_is_visible_at_once_and_finishes_later(small: Client, database: dict[str, Any]) -> None:
    requested = {"machineConfig": {"cpu": "2", "memory": 4, "storage": 20}, "backupRetentionDays": 8}
    response = small.request("PATCH", path(database), {**requested, "backupTime": {"hour": 0, "minute": 0}})
    assert response.status == 200
    body = response.json()
    assert (body["status"], body["servers"][0]["cpu"], body["backupTime"]) == ("Configuring", 2, "0:0")
    assert "backups" not in body
    assert small.request("PATCH", path(database), POLICY).status == 400, "one at a time"
    small.finish()
    assert small.get(path(database)).json()["status"] == "Active"


def test_a_change_needs_all_three_and_never_shrinks(small: Client, database: dict[str, Any]) -> None:
    for name in POLICY:
        rest = {key: value for key, value in POLICY.items() if key != name}
        assert list(small.request("PATCH", path(database), rest).state()) == [f"body.{name}"]
    less = {**POLICY, "machineConfig": {"cpu": 1, "memory": 1, "storage": 9}}
    assert list(small.request("PATCH", path(database), less).state()) == ["body.machineConfig.storage"]
    assert small.get(path(database)).json() == database


def test_a_deleted_database_is_pending_then_deleted_then_missing(small: Client, database: dict[str, Any]) -> None:
    response = small.delete(path(database))
    assert (response.status, response.body) == (204, b"")
    assert small.get(path(database)).json()["status"] == "Pending"
    assert small.delete(path(database)).status == 400
    small.advance(JOB)
    assert [item["id"] for item in small.get(f"{BASE}?status=deleted").json()] == [database["id"]]
    assert create(small).status == 201, "its name is free"
    small.advance(JOB)
    assert small.get(path(database)).status == 404
    assert small.get(path(database, "backups")).status == 404


def test_failed_work(small: Client, database: dict[str, Any]) -> None:
    small.faults({"operation": "updateRdbsSubscription", "job": "fail"})
    small.request("PATCH", path(database), {**POLICY, "backupRetentionDays": 30})
    small.finish()
    view = small.get(path(database)).json()
    assert (view["status"], view["backupRetentionDays"]) == ("Failed", 7)
    assert small.post(path(database, "backups")).status == 400
    assert small.delete(path(database)).status == 204, "it can still be deleted"


def test_hanging_work(small: Client) -> None:
    small.faults({"operation": "createRdbsSubscription", "job": "hang"})
    body = create(small).json()
    small.advance(50 * JOB)
    assert small.get(path(body)).json()["status"] == "Configuring"


def test_a_failover_swaps_the_servers(small: Client) -> None:
    shop = small.get(BASE).json()[0]
    response = small.post(path(shop, "operations"), {"type": "failover"})
    assert (response.status, response.body) == (202, b"")
    assert small.get(path(shop)).json()["status"] == "Configuring"
    small.finish()
    after = small.get(path(shop)).json()
    assert after["servers"] == shop["servers"][::-1]
    newest = small.get("/rdbs/v1/DEMO/history").json()[0]
    assert (newest["message"], newest["user"]) == ("shop-db: failed over (manual).", "demo")


def test_a_failover_needs_a_replica(small: Client, database: dict[str, Any]) -> None:
    assert "not replicated" in small.post(path(database, "operations"), {"type": "failover"}).json()["message"]
    assert small.post(path(database, "operations"), {"type": "reboot"}).status == 400


def test_the_certificate_is_a_file(small: Client, database: dict[str, Any]) -> None:
    response = small.get(path(database, "certificate"))
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == 'attachment; filename="test-db.pem"'
    assert response.body.decode() == database["certificate"]
    missing = small.get(f"{BASE}/1/certificate")
    assert (missing.status, missing.headers["content-type"]) == (404, "application/json; charset=utf-8")


def test_creates_a_backup(small: Client, database: dict[str, Any]) -> None:
    response = small.post(path(database, "backups"))
    assert (response.status, response.body) == (202, b"")
    assert small.get(path(database)).json()["status"] == "Backing Up"
    assert small.post(path(database, "backups")).status == 400, "one at a time"
    assert small.get(path(database, "backups")).json() == []
    small.finish()
    view = small.get(path(database)).json()
    (backup,) = small.get(path(database, "backups")).json()
    assert view["backups"] == [backup]
    assert (view["status"], backup["backupType"], backup["status"]) == ("Active", "Manual", "SUCCESS")
    name = "documented/mended/GET-api-rdbs-ctl-io-v1-accountAlias-subscriptions-subscriptionId-backups.json"
    assert shape([backup]) == shape(load(name))


def test_a_backup_is_deleted_later(small: Client, database: dict[str, Any]) -> None:
    small.post(path(database, "backups"))
    small.finish()
    (backup,) = small.get(path(database, "backups")).json()
    assert small.delete(path(database, "backups", backup["id"])).status == 202
    assert small.get(path(database, "backups")).json() == [backup]
    small.advance(JOB)
    assert [backup["status"] for backup in small.get(path(database, "backups")).json()] == ["DELETED"]
    assert small.delete(path(database, "backups", backup["id"])).status == 404
    small.advance(JOB)
    assert small.get(path(database, "backups")).json() == []


def test_a_failed_backup_leaves_the_database_usable(small: Client, database: dict[str, Any]) -> None:
    small.faults({"operation": "createRdbsBackup", "job": "fail"})
    small.post(path(database, "backups"))
    small.finish()
    view = small.get(path(database)).json()
    assert (view["status"], view["backups"][0]["status"]) == ("Active", "FAILED")
    restore = {"type": "restore", "toSubscriptionId": database["id"]}
    response = small.post(path(database, "backups", view["backups"][0]["id"], "operations"), restore)
    assert "cannot be restored" in response.json()["message"]


def test_backups_by_the_clock(small: Client, database: dict[str, Any]) -> None:
    small.advance(DAY)
    (first,) = small.get(path(database, "backups")).json()
    assert first["backupType"] == "Automated"
    assert first["backupTime"] % 86400_000 == (9 * 60 + 15) * 60_000
    small.advance(12 * DAY)
    kept = small.get(path(database, "backups")).json()
    assert first not in kept
    assert len(kept) in (7, 8), "a week is kept"


def test_a_changed_time_of_backups_counts_alone(small: Client, database: dict[str, Any]) -> None:
    small.request("PATCH", path(database), {**POLICY, "backupTime": {"hour": 21, "minute": 5}})
    small.finish()
    small.advance(2 * DAY)
    times = {backup["backupTime"] % 86400_000 for backup in small.get(path(database, "backups")).json()}
    assert times == {(21 * 60 + 5) * 60_000}


def test_a_restore_into_another_one(small: Client, database: dict[str, Any]) -> None:
    small.post(path(database, "backups"))
    small.finish()
    (backup,) = small.get(path(database, "backups")).json()
    operations = path(database, "backups", backup["id"], "operations")
    other = create(small, externalId="other-db").json()
    body = {"type": "restore", "toSubscriptionId": other["id"]}
    assert small.post(operations, body).status == 400, "it is not there yet"
    small.finish()
    response = small.post(operations, {"type": "restore", "toSubscriptionId": str(other["id"])})
    assert (response.status, response.body) == (202, b"")
    assert small.get(path(other)).json()["status"] == "Restoring"
    assert small.get(path(database)).json()["status"] == "Active"
    small.finish()
    assert small.get(path(other)).json()["status"] == "Active"
    newest = small.get(f"/rdbs/v1/DEMO/history?subscriptionId={other['id']}").json()[0]
    assert newest["message"] == f"other-db: restored from backup {backup['id']}."


def test_rejects_invalid_restores(small: Client) -> None:
    shop = small.get(BASE).json()[0]
    operations = path(shop, "backups", shop["backups"][0]["id"], "operations")
    lesser = create(small).json()
    small.finish()
    for key in (lesser["id"], 1):
        response = small.post(operations, {"type": "restore", "toSubscriptionId": key})
        assert list(response.state()) == ["body.toSubscriptionId"]
    assert small.post(path(lesser, "backups", shop["backups"][0]["id"], "operations"),
                      {"type": "restore", "toSubscriptionId": lesser["id"]}).status == 404  # fmt: skip


WHOM = {"destinationType": "EMAIL", "recipient": "ops@example.com", "notificationTypes": ["STORAGE_UTILIZATION"]}


def test_notifications_from_adding_to_removing(small: Client, database: dict[str, Any]) -> None:
    base = path(database, "notifications")
    (given,) = small.get(base).json()
    assert (given["recipient"], given["notificationTypes"]) == ("dba@example.com", ["CPU_UTILIZATION"])
    response = small.post(base, WHOM)
    added = response.json()
    assert (response.status, added["verified"]) == (201, False)
    stored = small.control("GET", "state").json()["databaseNotifications"]
    verify = f"{base}/{added['id']}/operations"
    assert list(small.post(verify, {"type": "verify", "token": "wrong"}).state()) == ["body.token"]
    response = small.post(verify, {"type": "verify", "token": stored[str(added["id"])]["token"]})
    assert (response.status, response.body) == (204, b"")
    assert small.get(base).json() == [given, {**added, "verified": True}]
    both = [*WHOM["notificationTypes"], "CPU_UTILIZATION"]
    changed = small.put(f"{base}/{added['id']}", {**WHOM, "notificationTypes": both}).json()
    assert (changed["notificationTypes"], changed["verified"]) == (both, True)
    assert small.put(f"{base}/{added['id']}", {**WHOM, "recipient": "new@example.com"}).json()["verified"] is False
    assert (small.delete(f"{base}/{added['id']}").status, small.get(base).json()) == (204, [given])
    assert small.delete(f"{base}/{added['id']}").status == 404


def test_rejects_invalid_notifications(small: Client, database: dict[str, Any]) -> None:
    base = path(database, "notifications")
    assert list(small.post(base, {**WHOM, "recipient": "invalid"}).state()) == ["body.recipient"]
    assert list(small.post(base, {**WHOM, "notificationTypes": []}).state()) == ["body.notificationTypes"]
    assert list(small.post(base, {"destinationType": "EMAIL"}).state()) == [
        "body.recipient",
        "body.notificationTypes",
    ]
    shop = small.get(BASE).json()[0]
    foreign = small.get(path(shop, "notifications")).json()[0]
    assert small.put(f"{base}/{foreign['id']}", WHOM).status == 404


def test_reports(small: Client, database: dict[str, Any]) -> None:
    whole, single = (
        small.get(f"/rdbs/v1/DEMO/billing{query}").json() for query in ("", f"?subscriptionId={database['id']}")
    )
    name = "documented/GET-api-rdbs-ctl-io-v1-accountAlias-billing-subscriptionId-subscriptionId.json"
    assert shape(whole) == shape(single) == shape(load(name))
    assert float(whole["monthlyEstimate"].strip("$")) > float(single["monthlyEstimate"].strip("$")) > 0
    assert small.get("/rdbs/v1/DEMO/billing?subscriptionId=1").status == 404
    assert small.get("/rdbs/v1/DEMO/promotions").json() == [{"code": "SPRING_2026"}]
    history = small.get("/rdbs/v1/DEMO/history").json()
    assert [entry["message"] for entry in history] == ["test-db: created.", "shop-db: created."]
    assert history[0]["details"] == "1 CPU, 2GB RAM, 10GB storage"
    assert small.get(f"/rdbs/v1/DEMO/history?subscriptionId={database['id']}").json() == history[:1]


def test_permissions(small: Client, database: dict[str, Any]) -> None:
    assert small.get(f"/rdbs/v1/DEM2/subscriptions/{database['id']}").status == 404
    assert small.get("/rdbs/v1/DEM2/subscriptions").json() == []
    small.login("viewer", "viewer-password")
    assert small.get(path(database)).status == 200
    assert small.delete(path(database)).status == 403


def test_loads_databases_of_a_seed(make: Callable[..., Client], tmp_path: Path) -> None:
    database = {
        "name": "old-db", "data_center": "WA1", "status": "Terminated", "storage_gb": 5, "backup_time": "9:05",
        "created": "2026-01-05T00:00:00Z", "backups": [{"taken": "2026-01-06T09:05:00Z", "type": "Manual"}],
        "notifications": [{"recipient": "a@example.com", "types": ["CPU_UTILIZATION"], "verified": True}],
    }  # fmt: skip
    seed = {
        "accounts": [{"alias": "DEMO", "databases": [database], "database_promotions": ["A", "B"]}],
        "users": [{"name": "demo", "password": "demo-password", "account": "DEMO"}],
        "data_centers": ["WA1"],
    }
    file = tmp_path / "seed.yml"
    file.write_text(yaml.safe_dump(seed), encoding="utf-8")
    client = make(str(file)).login()
    (found,) = client.get(BASE).json()
    assert (found["status"], found["backupTime"], found["servers"][0]["storage"]) == ("Terminated", "9:5", 5)
    assert found["backups"][0]["backupTime"] == 1767690300000
    assert client.get(path(found, "notifications")).json()[0]["verified"] is True
    assert len(client.get("/rdbs/v1/DEMO/promotions").json()) == 2


OLD = "/rdbs/DEMO/subscription"
OLD_SMALL = {name: value for name, value in SMALL.items() if name not in ("location", "backupTime", "destinations")}


def test_every_operation_of_the_database_contract_has_a_handler() -> None:
    operations = {name for name, item in CONTRACT.operations.items() if item.file == "rdbs.yaml"}
    assert operations - DECLARED.keys() == set()


def test_the_life_of_a_subscription_at_the_older_paths(small: Client) -> None:
    """The requests of clc-go-cli: location and backup time omitted, notification types as objects."""
    destinations = [
        {
            "destinationType": "SMS",
            "location": "+1 206 555 0100",
            "notifications": [{"notificationType": "MEMORY_UTILIZATION"}],
        }
    ]
    response = small.post(OLD, {**OLD_SMALL, "destinations": destinations})
    created = response.json()
    assert (response.status, created["location"], created["status"]) == (200, "VA1", "Configuring")
    small.finish()
    subscriptions = small.get(f"{OLD}/list?status=ACTIVE&dataCenter=VA1").json()
    assert created["id"] in [item["id"] for item in subscriptions]
    assert small.get(f"{OLD}/{created['id']}").json() == small.get(path(created)).json()
    old = small.get(f"{OLD}/{created['id']}/notification").json()
    assert [(item["destinationType"], item["location"]) for item in old] == [("SMS", "+1 206 555 0100")]
    assert small.get(path(created, "notifications")).json() == [], "the versioned paths know email only"

    assert small.request("PATCH", f"{OLD}/{created['id']}", {"backupRetentionDays": 9}).status == 200
    small.finish()
    changed = small.get(path(created)).json()
    assert (changed["backupRetentionDays"], changed["backupTime"], changed["status"]) == (9, "2:30", "Active")
    assert changed["servers"][0]["storage"] == 10, "what is omitted does not change"
    assert small.get(f"{OLD}/{created['id']}/certificate").body.startswith(b"-----BEGIN CERTIFICATE-----")
    assert small.delete(f"{OLD}/{created['id']}").status == 200
    small.finish()
    assert small.get(f"{OLD}/{created['id']}").status == 404
    assert small.get("/rdbs/DEMO/customer/history").json()[0]["message"] == "test-db: deleted."


def test_failed_work_at_the_older_paths(small: Client, database: dict[str, Any]) -> None:
    small.faults({"operation": "deleteLegacyRdbsSubscription", "job": "fail"})
    assert small.delete(f"{OLD}/{database['id']}").status == 200
    small.finish()
    assert small.get(path(database)).json()["status"] == "Failed"


def test_backups_and_failover_at_the_older_paths(small: Client) -> None:
    replicated = create(small, instanceType="MySQL_REPLICATION").json()
    small.finish()
    assert small.put(f"{OLD}/{replicated['id']}/failover", None).status == 200
    small.finish()
    servers = small.get(path(replicated)).json()["servers"]
    assert servers == replicated["servers"][::-1]
    assert small.post(path(replicated, "backups")).status == 202
    small.finish()
    [backup] = small.get(f"{OLD}/{replicated['id']}/backup").json()
    assert sorted(backup) == ["backupTime", "fileName", "id", "size", "status"]
    assert small.delete(f"{OLD}/{replicated['id']}/backup/{backup['id']}").status == 200
    small.finish()
    assert small.get(f"{OLD}/{replicated['id']}/backup").json() == []


def test_destinations_at_the_older_paths(small: Client, database: dict[str, Any]) -> None:
    at = f"{OLD}/{database['id']}/notification"
    body = {
        "destinationType": "EMAIL",
        "location": "x@example.com",
        "notifications": [{"notificationType": "CPU_UTILIZATION"}],
    }
    new = small.post(at, body).json()
    assert new["notifications"] == [{"id": 1, "notificationType": "CPU_UTILIZATION"}]
    token = small.control("GET", "state").json()["databaseNotifications"][str(new["id"])]["token"]
    assert small.post(f"{at}/{new['id']}/verify/wrong").status == 400
    assert small.post(f"{at}/{new['id']}/verify/{token}").json()["verified"] is True
    moved = small.put(f"{at}/{new['id']}", {**body, "location": "y@example.com"}).json()
    assert (moved["location"], moved["verified"]) == ("y@example.com", False)
    assert small.put(f"{at}/{new['id']}", {**body, "location": "nowhere"}).status == 400
    assert small.delete(f"{at}/{new['id']}").status == 200
    assert new["id"] not in [item["id"] for item in small.get(at).json()]


def test_reports_at_the_older_paths(make: Callable[..., Client], tmp_path: Path) -> None:
    seed = {
        "accounts": [{"alias": "DEMO", "database_promotions": ["SPRING", "AUTUMN"]}],
        "users": [{"name": "demo", "password": "demo-password", "account": "DEMO"}],
    }
    (tmp_path / "seed.yml").write_text(yaml.safe_dump(seed))
    client = make(str(tmp_path / "seed.yml")).login()
    assert client.get("/rdbs/datacenter/list").json() == client.get("/rdbs/v1/datacenters").json()
    promotions = client.get("/rdbs/DEMO/customer/promotion").json()
    assert promotions == [{"id": 1, "code": "SPRING"}, {"id": 2, "code": "AUTUMN"}]
