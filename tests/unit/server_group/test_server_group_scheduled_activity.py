# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules server_group_scheduled_activity and its _info, run against scripted HTTP."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.plugins.module_utils.kit.formats import parse_timestamp
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented, group, hex_id, root
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_tree
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

MODULE = "server_group_scheduled_activity"
WEB = hex_id(0x12)
LIST = f"/v2/groups/altd/{WEB}/scheduledActivities"
DOCUMENTED: Entity = documented("GET-api-ctl-io-v2-groups-accountAlias-groupId-ScheduledActivities")[0]
THE_ONE = {"group": "Web", "type": "shutdown", "begin_date": "2015-03-16T18:11:00Z"}
SENT = {
    "type": "shutdown",
    "beginDateUTC": "2015-03-16T18:11:00.000Z",
    "status": "on",
    "timeZoneOffset": "00:00",
    "repeat": "never",
    "expire": "never",
}


def activity(number: int, **members: t.Any) -> Entity:
    """An activity like that in the documentation."""
    return {**DOCUMENTED, "id": hex_id(number), **members}


def expects_activities(api: Scripted, *activities: Entity) -> None:
    expects_tree(api, root(group("Web", WEB)))
    api.expects("GET", LIST, list(activities))


def test_an_activity_is_created_with_the_required_properties(api: Scripted, run: Runner) -> None:
    expects_activities(api)
    predicted = run(MODULE, THE_ONE, check=True)
    expects_activities(api)
    made = activity(0x21, repeat="never", customWeeklyDays=[], timeZoneOffset="00:00:00")
    api.expects("POST", LIST, made, 201, body=SENT)
    api.expects("GET", LIST, [made])
    real = run(MODULE, THE_ONE)
    assert predicted.changed
    assert real.changed
    result = real[MODULE]
    assert list(predicted[MODULE]) == list(result)
    known = {
        key: value for key, value in predicted[MODULE].items() if value is not None and key not in ("id", "change_info")
    }
    assert predicted[MODULE]["id"] == PLACEHOLDER
    assert known == {key: result[key] for key in known}
    assert (result["id"], result["group_id"], result["group_path"]) == (made["id"], WEB, "Web")


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"begin_date": "2015-03-16T11:11:00.000-07:00", "time_zone_offset": "-07:00"},
        {"begin_date": "2015-03-16 18:11:00+00:00", "time_zone_offset": "-07:00:00"},
        {"begin_date": "2015-03-16T18:11", "custom_weekly_days": ["thu", "tue"], "repeat": "customWeekly"},
        {"status": True, "expire": "never"},
    ],
)
def test_the_same_in_another_form(api: Scripted, run: Runner, options: dict[str, t.Any]) -> None:
    expects_activities(api, activity(0x21, beginDateUTC="2015-03-16T18:11:00.123Z"))
    assert not run(MODULE, {**THE_ONE, **options}).changed


def test_an_update_omits_properties_that_no_longer_apply(api: Scripted, run: Runner) -> None:
    before = activity(0x21)
    expects_activities(api, before)
    whole = {**SENT, "beginDateUTC": before["beginDateUTC"], "timeZoneOffset": "-07:00", "repeat": "weekly"}
    api.expects("PUT", f"{LIST}/{before['id']}", NO_BODY, 204, body={**whole, "expire": "afterCount", "expireCount": 3})
    after = activity(0x21, repeat="weekly", customWeeklyDays=[], expire="afterCount", expireCount=3)
    api.expects("GET", f"{LIST}/{before['id']}", after)
    outcome = run(MODULE, {**THE_ONE, "repeat": "weekly", "expire": "afterCount", "expire_count": 3})
    assert outcome.changed
    assert (outcome[MODULE]["custom_weekly_days"], outcome[MODULE]["expire_count"]) == ([], 3)


def test_a_lost_create_is_adopted_and_not_sent_again(api: Scripted, run: Runner) -> None:
    expects_activities(api)
    api.expects("POST", LIST, raises=requests.ReadTimeout(), body=SENT)
    made = activity(0x21, repeat="never", customWeeklyDays=[], timeZoneOffset="00:00:00")
    api.expects("GET", LIST, [made])
    api.expects("GET", LIST, [made])
    outcome = run(MODULE, THE_ONE)
    assert (outcome.changed, outcome[MODULE]["id"]) == (True, made["id"])


def test_absent_deletes_all_duplicates_and_nothing_else(api: Scripted, run: Runner) -> None:
    other = activity(0x23, type="reboot")
    expects_activities(api, activity(0x21), activity(0x22), other)
    with api.in_any_order():
        api.expects("DELETE", f"{LIST}/{hex_id(0x21)}", NO_BODY, 204)
        api.expects("DELETE", f"{LIST}/{hex_id(0x22)}", NO_BODY, 204)
    api.expects("GET", LIST, [other])
    outcome = run(MODULE, {**THE_ONE, "state": "absent"})
    assert (outcome.changed, outcome[MODULE]) == (True, None)


@pytest.mark.parametrize(
    "options", [{}, {"repeat": "daily"}, {"repeat": "weekly"}, {"state": "absent", "repeat": "daily"}]
)
def test_different_activities_at_the_same_time_are_an_error(
    api: Scripted, run: Runner, options: dict[str, t.Any]
) -> None:
    """A daily and a monthly one: only the one that is as wanted is taken, and for absent not even that."""
    expects_activities(api, activity(0x21, repeat="daily"), activity(0x22, repeat="monthly"))
    outcome = run(MODULE, {**THE_ONE, **options})
    if options == {"repeat": "daily"}:
        assert (outcome.changed, outcome[MODULE]["id"]) == (False, hex_id(0x21))
    else:
        assert "2 different ones" in outcome.msg
        assert hex_id(0x21) in outcome.msg
        assert hex_id(0x22) in outcome.msg


def test_duplicates_are_not_updated(api: Scripted, run: Runner) -> None:
    expects_activities(api, activity(0x21), activity(0x22))
    outcome = run(MODULE, {**THE_ONE, "status": "off"})
    assert "2 equal activities" in outcome.msg
    assert not outcome.changed


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"begin_date": "2015-03-16"}, "'2015-03-16' is not a date and time"),
        ({"begin_date": "2015-02-30T00:00:00Z"}, "is not a date and time"),
        ({"time_zone_offset": -600}, "'-600' is not an offset from UTC"),
        (
            {"custom_weekly_days": ["sun"], "repeat": "daily"},
            "custom_weekly_days applies only if repeat is customWeekly",
        ),
        ({"expire": "afterCount"}, "expire is afterCount but expire_count is missing"),
        ({"expire": "afterDate"}, "expire is afterDate but expire_date is missing"),
        ({"expire_count": 1}, "expire_count applies only if expire is afterCount"),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_rejects_invalid_options_first(
    api: Scripted, run: Runner, options: dict[str, t.Any], message: str, check: bool
) -> None:
    if "is not a" not in message:
        expects_tree(api, root(group("Web", WEB)))
        if "begin_date" not in options:
            api.expects("GET", LIST, [])
    outcome = run(MODULE, {**THE_ONE, **options}, check=check)
    assert outcome.failed
    assert message in outcome.msg


def test_an_unknown_id(api: Scripted, run: Runner) -> None:
    for state, failed in (("present", True), ("absent", False)):
        expects_tree(api, root(group("Web", WEB)))
        api.expects("GET", f"{LIST}/{hex_id(0x77)}", NO_BODY, 404)
        outcome = run(MODULE, {"group": "Web", "id": hex_id(0x77), "state": state})
        assert (outcome.failed, outcome.changed) == (failed, False)


def test_a_group_that_does_not_exist(api: Scripted, run: Runner) -> None:
    expects_tree(api, root())
    assert not run(MODULE, {**THE_ONE, "state": "absent"}).changed
    expects_tree(api, root())
    assert "group 'Web' does not exist in VA1" in run(MODULE, THE_ONE).msg
    expects_tree(api, root())
    predicted = run(MODULE, THE_ONE, check=True)
    assert (predicted.changed, predicted[MODULE]["group_id"], len(predicted.warnings)) == (True, PLACEHOLDER, 1)
    expects_tree(api, root())
    assert run(f"{MODULE}_info", {"group": "Web"})["server_group_scheduled_activities"] == []


def test_info_of_the_documented_policy(api: Scripted, run: Runner) -> None:
    expects_activities(api, DOCUMENTED)
    result = run(f"{MODULE}_info", {"group": "Web"})["server_group_scheduled_activities"][0]
    assert (result["time_zone_offset"], result["custom_weekly_days"]) == ("-07:00", ["tue", "thu"])
    assert (result["begin_date"], result["expire_count"]) == ("2015-03-16T18:11:00Z", None)


@pytest.mark.parametrize("text", ["", "now", "2015-03-16T25:00:00Z", "2015-03-16T18:11:00Zulu", None, 7])
def test_what_is_not_a_timestamp(text: t.Any) -> None:
    assert parse_timestamp(text) is None
