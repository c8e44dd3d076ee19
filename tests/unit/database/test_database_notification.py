# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules database_notification and database_notification_info."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.databases import (
    DATABASE_PATH,
    RDBS,
    database,
    expects_all,
    expects_one,
    notification,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

LIST = f"{DATABASE_PATH}/notifications"
RECIPIENT = "user@example.com"
BOTH = ["CPU_UTILIZATION", "STORAGE_UTILIZATION"]
NAMED: dict[str, t.Any] = {"database": "config-db", "recipient": RECIPIENT}
BODY = {"destinationType": "EMAIL", "recipient": RECIPIENT, "notificationTypes": BOTH}
SAMPLE = "api-rdbs-ctl-io-v1-accountAlias-subscriptions-subscriptionId-notifications"
LOST = requests.exceptions.ReadTimeout()


def expects_list(api: Scripted, *notifications: Entity) -> None:
    api.expects("GET", LIST, list(notifications), base=RDBS)


@pytest.mark.parametrize("body", [[notification()], notification()])
def test_the_response_to_a_create_is_an_object_or_an_array(api: Scripted, run: Runner, body: t.Any) -> None:
    expects_all(api, database())
    expects_list(api, notification(7, recipient="other@example.com"))
    api.expects("POST", LIST, body, 201, body=BODY, base=RDBS)
    expects_list(api, notification())
    outcome = run("database_notification", {**NAMED, "notification_types": BOTH})
    assert outcome.changed
    assert outcome["database_notification"] == {
        "id": 19,
        "database_id": 2957,
        "recipient": RECIPIENT,
        "notification_types": BOTH,
        "verified": False,
    }


def test_an_equal_notification_is_not_updated(api: Scripted, run: Runner) -> None:
    expects_one(api, database())
    expects_list(api, notification(notificationTypes=["storage_utilization", "CPU_UTILIZATION"]))
    options = {"database": "2957", "recipient": RECIPIENT.upper(), "notification_types": BOTH}
    assert not run("database_notification", options).changed


def test_an_update_sends_all_properties(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    expects_list(api, notification(notificationTypes=[*BOTH, "MEMORY_UTILIZATION"], verified=True))
    body = {**BODY, "recipient": "new@example.com"}
    api.expects("PUT", f"{LIST}/19", documented(f"mended/PUT-{SAMPLE}-notificationId"), body=body, base=RDBS)
    expects_list(api, notification(recipient="new@example.com"))
    outcome = run("database_notification", {"database": "config-db", "id": 19, "recipient": "new@example.com"})
    assert (outcome.changed, outcome["database_notification"]["verified"]) == (True, False)


def test_whether_a_new_recipient_is_verified_is_not_predicted(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    expects_list(api, notification(verified=True))
    options = {"database": "config-db", "id": 19, "recipient": "new@example.com"}
    result = run("database_notification", options, check=True)["database_notification"]
    assert (result["recipient"], result["verified"], result["notification_types"]) == ("new@example.com", None, BOTH)


def test_a_lost_update_is_repeated_if_the_list_does_not_have_it(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    expects_list(api, notification())
    body = {**BODY, "notificationTypes": ["CPU_UTILIZATION"]}
    api.expects("PUT", f"{LIST}/19", raises=LOST, body=body, base=RDBS)
    expects_list(api, notification())
    updated = notification(notificationTypes=["CPU_UTILIZATION"])
    api.expects("PUT", f"{LIST}/19", updated, body=body, base=RDBS)
    expects_list(api, updated)
    assert run("database_notification", {**NAMED, "notification_types": ["CPU_UTILIZATION"]}).changed


def test_after_a_lost_response_to_a_create_the_list_decides(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    expects_list(api)
    api.expects("POST", LIST, raises=LOST, body=BODY, base=RDBS)
    expects_list(api)
    expects_list(api, notification())
    expects_list(api, notification())
    assert run("database_notification", {**NAMED, "notification_types": BOTH}).changed


INVALID: list[tuple[list[Entity], dict[str, t.Any], str]] = [
    ([notification(), notification(20)], {}, "2 notifications have this recipient: 19, 20. Set id."),
    ([], {}, "notification_types is missing"),
    (
        [notification()],
        {"notification_types": []},
        "Invalid value for notification_types: the list is empty",
    ),
    ([notification()], {"id": 20}, "nothing has the id 20"),
]


@pytest.mark.parametrize(("existing", "options", "message"), INVALID)
def test_invalid_options_fail_before_an_update(
    api: Scripted, run: Runner, existing: list[Entity], options: dict[str, t.Any], message: str
) -> None:
    if "list is empty" not in message:
        expects_all(api, database())
        expects_list(api, *existing)
    outcome = run("database_notification", {**NAMED, **options})
    assert outcome.failed
    assert message in outcome.msg


def test_a_recipient_is_verified_once(api: Scripted, run: Runner) -> None:
    options = {**NAMED, "verification_token": PASSWORD}
    expects_all(api, database())
    expects_list(api, notification())
    api.expects("POST", f"{LIST}/19/operations", NO_BODY, 204, body={"type": "verify", "token": PASSWORD}, base=RDBS)
    expects_list(api, notification(verified=True))
    assert run("database_notification", options)["database_notification"]["verified"]
    expects_all(api, database())
    expects_list(api, notification(verified=True))
    assert not run("database_notification", options).changed


@pytest.mark.parametrize("lost", [True, False])
def test_a_notification_is_deleted(api: Scripted, run: Runner, lost: bool) -> None:
    other = notification(20, recipient="other@example.com")
    expects_all(api, database())
    expects_list(api, notification(), other)
    if lost:
        api.expects("DELETE", f"{LIST}/19", raises=LOST, base=RDBS)
        expects_list(api, other)
    else:
        api.expects("DELETE", f"{LIST}/19", NO_BODY, 204, base=RDBS)
    expects_list(api, other)
    outcome = run("database_notification", {**NAMED, "state": "absent"})
    assert (outcome.changed, outcome["database_notification"]) == (True, None)


def test_absent_accepts_a_missing_database(api: Scripted, run: Runner) -> None:
    expects_all(api)
    assert not run("database_notification", {**NAMED, "state": "absent"}).changed


def test_a_missing_database_is_predicted_in_check_mode(api: Scripted, run: Runner) -> None:
    expects_all(api)
    outcome = run("database_notification", {**NAMED, "notification_types": BOTH}, check=True)
    assert outcome.changed
    assert outcome["database_notification"]["database_id"] == PLACEHOLDER
    assert any("there is no database 'config-db' in VA1" in warning for warning in outcome.warnings)


def test_all_notifications_are_read(api: Scripted, run: Runner) -> None:
    expects_list(api, notification(8, recipient="z@example.com"), notification())
    notifications = run("database_notification_info", {"database": "2957"})["database_notifications"]
    assert [item["id"] for item in notifications] == [19, 8]
    expects_all(api, database())
    assert run("database_notification_info", {"database": "none"})["database_notifications"] == []
