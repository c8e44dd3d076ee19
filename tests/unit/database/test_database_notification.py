# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules database_notification and database_notification_info."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.databases import (
    ONE,
    RDBS,
    database,
    expects_all,
    expects_one,
    notification,
)
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented
from ansible_collections.centurylink.cloud.tests.unit.support.modules import PASSWORD, Runner
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

LIST = f"{ONE}/notifications"
WHOM = "user@example.com"
BOTH = ["CPU_UTILIZATION", "STORAGE_UTILIZATION"]
NAMED: dict[str, t.Any] = {"database": "config-db", "recipient": WHOM}
BODY = {"destinationType": "EMAIL", "recipient": WHOM, "notificationTypes": BOTH}
SAMPLE = "api-rdbs-ctl-io-v1-accountAlias-subscriptions-subscriptionId-notifications"
LOST = requests.exceptions.ReadTimeout()


def expects_list(api: Scripted, *found: Entity) -> None:
    api.expects("GET", LIST, list(found), base=RDBS)


@pytest.mark.parametrize("answer", [[notification()], notification()])
def test_a_new_one_is_answered_as_object_or_array(api: Scripted, run: Runner, answer: t.Any) -> None:
    expects_all(api, database())
    expects_list(api, notification(7, recipient="other@example.com"))
    api.expects("POST", LIST, answer, 201, body=BODY, base=RDBS)
    expects_list(api, notification())
    outcome = run("database_notification", {**NAMED, "notification_types": BOTH})
    assert outcome.changed
    assert outcome["database_notification"] == {
        "id": 19,
        "database_id": 2957,
        "recipient": WHOM,
        "notification_types": BOTH,
        "verified": False,
    }


def test_the_same_in_another_form_is_left(api: Scripted, run: Runner) -> None:
    expects_one(api, database())
    expects_list(api, notification(notificationTypes=["storage_utilization", "CPU_UTILIZATION"]))
    options = {"database": "2957", "recipient": WHOM.upper(), "notification_types": BOTH}
    assert not run("database_notification", options).changed


def test_a_change_sends_the_whole(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    expects_list(api, notification(notificationTypes=[*BOTH, "MEMORY_UTILIZATION"], verified=True))
    body = {**BODY, "recipient": "new@example.com"}
    api.expects("PUT", f"{LIST}/19", documented(f"mended/PUT-{SAMPLE}-notificationId"), body=body, base=RDBS)
    expects_list(api, notification(recipient="new@example.com"))
    outcome = run("database_notification", {"database": "config-db", "id": 19, "recipient": "new@example.com"})
    assert (outcome.changed, outcome["database_notification"]["verified"]) == (True, False)


def test_the_other_recipient_is_foreseen_without_its_confirmation(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    expects_list(api, notification(verified=True))
    options = {"database": "config-db", "id": 19, "recipient": "new@example.com"}
    shown = run("database_notification", options, check=True)["database_notification"]
    assert (shown["recipient"], shown["verified"], shown["notification_types"]) == ("new@example.com", None, BOTH)


def test_after_a_lost_change_the_list_is_read_and_the_change_sent_again(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    expects_list(api, notification())
    body = {**BODY, "notificationTypes": ["CPU_UTILIZATION"]}
    api.expects("PUT", f"{LIST}/19", raises=LOST, body=body, base=RDBS)
    expects_list(api, notification())
    changed = notification(notificationTypes=["CPU_UTILIZATION"])
    api.expects("PUT", f"{LIST}/19", changed, body=body, base=RDBS)
    expects_list(api, changed)
    assert run("database_notification", {**NAMED, "notification_types": ["CPU_UTILIZATION"]}).changed


def test_after_a_lost_creation_the_list_tells(api: Scripted, run: Runner) -> None:
    expects_all(api, database())
    expects_list(api)
    api.expects("POST", LIST, raises=LOST, body=BODY, base=RDBS)
    expects_list(api)
    expects_list(api, notification())
    expects_list(api, notification())
    assert run("database_notification", {**NAMED, "notification_types": BOTH}).changed


REFUSED: list[tuple[list[Entity], dict[str, t.Any], str]] = [
    ([notification(), notification(20)], {}, "there are 2 of this recipient: 19, 20. Give the id."),
    ([], {}, "notification_types is missing"),
    ([notification()], {"notification_types": []}, "notification_types is empty, and the service wants one at least"),
    ([notification()], {"id": 20}, "nothing has the id 20"),
]


@pytest.mark.parametrize(("found", "options", "told"), REFUSED)
def test_what_cannot_be_is_told_before(
    api: Scripted, run: Runner, found: list[Entity], options: dict[str, t.Any], told: str
) -> None:
    expects_all(api, database())
    expects_list(api, *found)
    outcome = run("database_notification", {**NAMED, **options})
    assert told in outcome.msg
    assert not outcome.changed


def test_a_recipient_is_confirmed_once(api: Scripted, run: Runner) -> None:
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
def test_one_is_removed(api: Scripted, run: Runner, lost: bool) -> None:
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


def test_absent_needs_no_database(api: Scripted, run: Runner) -> None:
    expects_all(api)
    assert not run("database_notification", {**NAMED, "state": "absent"}).changed


def test_a_database_that_is_yet_to_be_made_is_foreseen(api: Scripted, run: Runner) -> None:
    expects_all(api)
    outcome = run("database_notification", {**NAMED, "notification_types": BOTH}, check=True)
    assert outcome.changed
    assert outcome["database_notification"]["database_id"] is None
    assert any("there is no database 'config-db' in VA1" in one for one in outcome.warnings)


def test_all_are_read(api: Scripted, run: Runner) -> None:
    expects_list(api, notification(8, recipient="z@example.com"), notification())
    found = run("database_notification_info", {"database": "2957"})["database_notifications"]
    assert [one["id"] for one in found] == [19, 8]
    expects_all(api, database())
    assert run("database_notification_info", {"database": "none"})["database_notifications"] == []
