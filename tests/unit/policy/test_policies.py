# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of policies (alert, anti-affinity, horizontal and vertical autoscale) and what other modules look up of them."""

from __future__ import annotations

import copy
import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import NoSuchResource, ResourceLookupError
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.policy import (
    alert_policy,
    anti_affinity_policy,
    vertical_autoscale_policy,
)
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import Entity, documented, hex_id
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import expects_data_center
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

ALERT, SPREAD, WIDE = "alert_policy", "anti_affinity_policy", "horizontal_autoscale_policy"
DEEP = "vertical_autoscale_policy_info"
ALERTS, SPREADS = "/v2/alertPolicies/ALTD", "/v2/antiAffinityPolicies/ALTD"
WIDES, DEEPS = "/v2/horizontalAutoscalePolicies/ALTD", "/v2/autoscalePolicies/ALTD"
LIST_RESPONSE: Entity = documented("GET-api-ctl-io-v2-alertPolicies-accountAlias")
MEMORY: Entity = LIST_RESPONSE["items"][0]
OWN = MEMORY["links"][0]["href"]
NAME, MAIL = MEMORY["name"], "user@example.com"
TRIGGER = {"metric": "memory", "duration": "00:10:00", "threshold": 90}
DESIRED: dict[str, t.Any] = {"name": NAME, "recipients": [MAIL], "triggers": [TRIGGER]}
BODY = {
    "name": NAME,
    "actions": [{"action": "email", "settings": {"recipients": [MAIL]}}],
    "triggers": [TRIGGER],
}
EMPTY: Entity = {"items": [], "links": []}


def mails(*recipients: str) -> list[Entity]:
    return [{"action": "email", "settings": {"recipients": list(recipients)}}]


def policy(**members: t.Any) -> Entity:
    return {**copy.deepcopy(MEMORY), **members}


def spread(name: str, location: str = "VA1", number: int = 0x51, *servers: str) -> Entity:
    key = hex_id(number)
    own = {"rel": "self", "href": f"/v2/antiAffinityPolicies/altd/{key}", "verbs": ["GET", "DELETE", "PUT"]}
    linked = [
        {"rel": "server", "href": f"/v2/servers/altd/{server}", "id": server, "name": server.upper()}
        for server in servers
    ]
    return {"id": key, "name": name, "location": location, "links": [own, *linked]}


# Alert policies


def test_an_alert_policy_is_created_once(api: Scripted, run: Runner) -> None:
    api.expects("GET", ALERTS, EMPTY)
    predicted = run(ALERT, DESIRED, check=True, diff=True)
    api.expects("GET", ALERTS, EMPTY)
    api.expects("POST", ALERTS, MEMORY, 201, body=BODY)
    api.expects("GET", ALERTS, LIST_RESPONSE)
    real = run(ALERT, DESIRED, diff=True)
    assert (predicted.changed, real.changed) == (True, True)
    assert predicted[ALERT] == {**real[ALERT], "id": PLACEHOLDER}
    assert list(predicted[ALERT]) == list(real[ALERT])
    assert real[ALERT]["recipients"] == [MAIL]
    api.expects("GET", ALERTS, LIST_RESPONSE)
    assert not run(ALERT, DESIRED).changed


def test_a_lost_create_is_not_sent_again(api: Scripted, run: Runner, clock: Clock) -> None:
    """It is read until the service returns it: a second run would create another policy."""
    api.expects("GET", ALERTS, EMPTY)
    api.expects("POST", ALERTS, raises=requests.ReadTimeout(), body=BODY)
    api.expects("GET", ALERTS, EMPTY, times=15)
    outcome = run(ALERT, DESIRED)
    assert outcome.failed
    assert (
        "The alert policy may still have been created. Check alert_policy_info before you run the task again."
        in outcome.msg
    )
    assert clock.passed == pytest.approx(60.0)


def test_a_lost_create_is_adopted(api: Scripted, run: Runner) -> None:
    api.expects("GET", ALERTS, EMPTY)
    api.expects("POST", ALERTS, raises=requests.ReadTimeout(), body=BODY)
    api.expects("GET", ALERTS, EMPTY)
    api.expects("GET", ALERTS, LIST_RESPONSE, times=2)
    outcome = run(ALERT, DESIRED)
    assert outcome.changed
    assert outcome[ALERT]["id"] == MEMORY["id"]


def test_a_policy_that_reads_do_not_return_yet_is_waited_for(api: Scripted, run: Runner) -> None:
    api.expects("GET", ALERTS, EMPTY)
    api.expects("POST", ALERTS, MEMORY, 201, body=BODY)
    api.expects("GET", ALERTS, EMPTY)
    api.expects("GET", ALERTS, LIST_RESPONSE)
    assert run(ALERT, DESIRED)[ALERT]["id"] == MEMORY["id"]


@pytest.mark.parametrize(
    "options",
    [
        {"recipients": ["USER@example.com"]},
        {"alert_recipients": MAIL},
        {"triggers": [{"metric": "memory", "duration": 10, "threshold": "90.0"}]},
        {"triggers": [{"metric": "memory", "duration": "0:10:00", "threshold": 90}]},
        {},
    ],
)
def test_other_forms_of_the_same_change_nothing(api: Scripted, run: Runner, options: dict[str, t.Any]) -> None:
    api.expects("GET", ALERTS, LIST_RESPONSE)
    assert not run(ALERT, {"name": NAME, **options}).changed


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        ({"name": "Other"}, {"name": "Other"}),
        ({"recipients": []}, {"actions": mails()}),
        ({"recipients": ["b@example.com", MAIL]}, {"actions": mails("b@example.com", MAIL)}),
        (
            {"triggers": [{"metric": "cpu", "duration": 5, "threshold": 5}]},
            {"triggers": [{"metric": "cpu", "duration": "00:05:00", "threshold": 5}]},
        ),
    ],
)
def test_a_change_sends_the_whole_policy(
    api: Scripted, run: Runner, options: dict[str, t.Any], changed: dict[str, t.Any]
) -> None:
    path, options = f"{ALERTS}/{MEMORY['id']}", {"id": MEMORY["id"], **options}
    body = {**{name: MEMORY[name] for name in ("name", "actions", "triggers")}, **changed}
    after = policy(**changed)
    api.expects("GET", path, MEMORY)
    predicted = run(ALERT, options, check=True)
    api.expects("GET", path, MEMORY)
    api.expects("PUT", OWN, after, body=body)
    api.expects("GET", path, after)
    real = run(ALERT, options)
    assert real.changed
    assert predicted[ALERT] == real[ALERT]


def test_multiple_email_actions_count_as_one(api: Scripted, run: Runner) -> None:
    api.expects("GET", ALERTS, {"items": [policy(actions=mails("a@x.org") + mails("b@x.org"))]})
    outcome = run(ALERT, {"name": NAME, "recipients": ["b@x.org", "a@x.org"]})
    assert not outcome.changed
    assert outcome[ALERT]["recipients"] == ["a@x.org", "b@x.org"]


def test_an_alert_policy_is_removed(api: Scripted, run: Runner) -> None:
    options = {"name": NAME, "state": "absent"}
    api.expects("GET", ALERTS, LIST_RESPONSE)
    assert run(ALERT, options, check=True)[ALERT] is None
    api.expects("GET", ALERTS, LIST_RESPONSE)
    api.expects("DELETE", OWN, NO_BODY, 204)
    api.expects("GET", f"{ALERTS}/{MEMORY['id']}", NO_BODY, 404)
    assert run(ALERT, options).changed
    api.expects("GET", ALERTS, EMPTY)
    assert not run(ALERT, options).changed
    api.expects("GET", f"{ALERTS}/{hex_id(1)}", NO_BODY, 404)
    assert not run(ALERT, {"id": hex_id(1), "state": "absent"}).changed


@pytest.mark.parametrize("state", ["present", "absent"])
@pytest.mark.parametrize("check", [True, False])
def test_multiple_policies_with_a_name_are_an_error(api: Scripted, run: Runner, state: str, check: bool) -> None:
    twin = policy(id=hex_id(7))
    api.expects("GET", ALERTS, {"items": [MEMORY, twin]})
    outcome = run(ALERT, {"name": NAME, "state": state}, check=check)
    assert f"2 alert policies have the name '{NAME}'" in outcome.msg
    assert MEMORY["id"] in outcome.msg
    assert hex_id(7) in outcome.msg


def test_an_unknown_id_does_not_create(api: Scripted, run: Runner) -> None:
    api.expects("GET", f"{ALERTS}/{hex_id(1)}", NO_BODY, 404)
    outcome = run(ALERT, {**DESIRED, "id": hex_id(1)})
    assert f"no alert policy has the id {hex_id(1)}. Omit id to create a policy" in outcome.msg


@pytest.mark.parametrize(
    ("module", "title"),
    [(ALERT, "an alert policy"), (SPREAD, "an anti-affinity policy"), (WIDE, "a horizontal autoscale policy")],
)
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"name": hex_id(1)}, f"'{hex_id(1)}' cannot be the name of TITLE"),
        ({"name": " "}, "' ' cannot be the name of TITLE"),
        ({"id": "Web"}, "'Web' is not an id"),
    ],
)
def test_rejects_invalid_names_of_a_policy(
    api: Scripted, run: Runner, module: str, title: str, options: dict[str, t.Any], message: str
) -> None:
    """A name like an id would find the policy of that id, and then be given to it as its name."""
    assert message.replace("TITLE", title) in run(module, options).msg
    assert api.made == []


def test_an_invalid_id_gives_an_empty_list(api: Scripted, run: Runner) -> None:
    assert run(f"{ALERT}_info", {"id": "../servers/ALTD"})["alert_policies"] == []
    assert api.made == []


@pytest.mark.parametrize(
    ("triggers", "message"),
    [
        ([], "triggers: the list is empty"),
        ([{**TRIGGER, "duration": "5 min"}], "'5 min' is not a duration of 5, 10, or 15 minutes"),
        ([{**TRIGGER, "duration": "00:06:00"}], "'00:06:00' is not a duration of 5, 10, or 15 minutes"),
        ([{**TRIGGER, "threshold": 100}], "100 is not from 5 to 95 in steps of 5"),
        ([{**TRIGGER, "threshold": 82.5}], "82.5 is not from 5 to 95 in steps of 5"),
    ],
)
def test_invalid_triggers_are_rejected_before_anything_is_read(
    api: Scripted, run: Runner, triggers: list[Entity], message: str
) -> None:
    assert message in run(ALERT, {**DESIRED, "triggers": triggers}, check=True).msg


def test_required_options_of_a_new_policy(api: Scripted, run: Runner) -> None:
    api.expects("GET", ALERTS, EMPTY)
    outcome = run(ALERT, {"name": NAME})
    assert f"Cannot create alert policy '{NAME}': recipients and triggers are missing." in outcome.msg


def test_alert_policies_are_read(api: Scripted, run: Runner) -> None:
    api.expects("GET", ALERTS, LIST_RESPONSE)
    assert [policy["name"] for policy in run(f"{ALERT}_info", {})["alert_policies"]] == [NAME, "CPU Above 75%"]
    api.expects("GET", ALERTS, LIST_RESPONSE)
    (result,) = run(f"{ALERT}_info", {"name": NAME})["alert_policies"]
    assert list(result) == list(alert_policy.KEYS)
    api.expects("GET", f"{ALERTS}/{hex_id(1)}", NO_BODY, 404)
    assert run(f"{ALERT}_info", {"id": hex_id(1)})["alert_policies"] == []


# Anti-affinity policies


def test_an_anti_affinity_policy_is_created_in_its_data_center(api: Scripted, run: Runner) -> None:
    there, made = {"items": [spread("Spread", "WA1", 1)]}, spread("Spread")
    api.expects("GET", SPREADS, there)
    expects_data_center(api)
    predicted = run(SPREAD, {"name": "Spread"}, check=True)
    api.expects("GET", SPREADS, there)
    api.expects("POST", SPREADS, made, 201, body={"name": "Spread", "location": "VA1"})
    api.expects("GET", SPREADS, {"items": [*there["items"], made]})
    real = run(SPREAD, {"name": "Spread"})
    assert real.changed
    assert predicted[SPREAD] == {**real[SPREAD], "id": PLACEHOLDER}
    api.expects("GET", SPREADS, there)
    assert not run(SPREAD, {"name": "Spread", "location": "wa1"}).changed


def test_an_anti_affinity_policy_is_renamed(api: Scripted, run: Runner) -> None:
    before, after = spread("Old", "VA1", 5, "va1altdb2", "VA1ALTDB1"), spread("New", "VA1", 5, "va1altdb2", "VA1ALTDB1")
    path = f"{SPREADS}/{hex_id(5)}"
    api.expects("GET", path, before)
    api.expects("PUT", f"/v2/antiAffinityPolicies/altd/{hex_id(5)}", after, body={"name": "New"})
    api.expects("GET", path, after)
    outcome = run(SPREAD, {"id": hex_id(5), "name": "New"})
    assert outcome[SPREAD] == {
        "id": hex_id(5),
        "name": "New",
        "data_center": "VA1",
        "server_ids": ["va1altdb1", "va1altdb2"],
    }
    api.expects("GET", path, after)
    assert "it is 'VA1' and cannot be changed to 'WA1'" in run(SPREAD, {"id": hex_id(5), "data_center": "WA1"}).msg


def test_the_error_for_a_policy_in_use_lists_its_servers(api: Scripted, run: Runner) -> None:
    used = spread("Spread", "VA1", 5, "VA1ALTDDB02", "va1altddb01")
    api.expects("GET", SPREADS, {"items": [used]})
    refusal = {"message": "The policy Spread is in use."}
    api.expects("DELETE", f"/v2/antiAffinityPolicies/altd/{hex_id(5)}", refusal, 400)
    outcome = run(SPREAD, {"name": "Spread", "state": "absent"})
    assert "The policy Spread is in use" in outcome.msg
    assert outcome.msg.endswith("Remove it from va1altddb01, va1altddb02 first.")
    assert not outcome.changed


def test_a_service_without_anti_affinity_policies(api: Scripted, run: Runner) -> None:
    api.expects("GET", SPREADS, NO_BODY, 404)
    assert not run(SPREAD, {"name": "Spread", "state": "absent"}).changed
    api.expects("GET", SPREADS, NO_BODY, 404)
    assert run(f"{SPREAD}_info", {})["anti_affinity_policies"] == []
    api.expects("GET", SPREADS, NO_BODY, 404)
    api.expects("POST", SPREADS, NO_BODY, 404, body={"name": "Spread", "location": "VA1"})
    assert "Cannot create anti-affinity policy 'Spread'" in run(SPREAD, {"name": "Spread"}).msg


def test_anti_affinity_policies_of_a_data_center_are_read(api: Scripted, run: Runner) -> None:
    api.expects("GET", SPREADS, {"items": [spread("A"), spread("B", "WA1", 2)]})
    results = run(f"{SPREAD}_info", {"data_center": "wa1"})["anti_affinity_policies"]
    assert [policy["name"] for policy in results] == ["B"]


# Horizontal autoscale policies


def test_horizontal_policies_keep_omitted_properties(api: Scripted, run: Runner) -> None:
    before = {"id": hex_id(9), "name": "Web", "min": 1, "max": 4, "cool": 5}
    path = f"{WIDES}/{hex_id(9)}"
    options = {"name": "Web", "properties": {"max": 8, "cool": None}}
    api.expects("GET", WIDES, {"items": [before]})
    predicted = run(WIDE, options, check=True)
    api.expects("GET", WIDES, {"items": [before]})
    api.expects("PUT", path, {}, body={"name": "Web", "min": 1, "max": 8})
    after = {"id": hex_id(9), "name": "Web", "min": 1, "max": 8}
    api.expects("GET", path, after)
    real = run(WIDE, options)
    assert real.changed
    assert predicted[WIDE] == real[WIDE]
    assert real[WIDE]["properties"] == {"min": 1, "max": 8}
    api.expects("GET", WIDES, {"items": [after]})
    assert not run(WIDE, options).changed


def test_maps_are_changed_as_they_are_compared(api: Scripted, run: Runner) -> None:
    """Other keys of a map are not a difference, and an update keeps them."""
    before = {"id": hex_id(9), "name": "Web", "size": {"min": 1, "max": 4, "cool": 5}}
    options = {"name": "Web", "properties": {"size": {"max": 8, "cool": None}}}
    after = {"name": "Web", "size": {"min": 1, "max": 8}}
    api.expects("GET", WIDES, {"items": [before]})
    predicted = run(WIDE, options, check=True)
    api.expects("GET", WIDES, {"items": [before]})
    api.expects("PUT", f"{WIDES}/{hex_id(9)}", {}, body=after)
    api.expects("GET", f"{WIDES}/{hex_id(9)}", {**after, "id": hex_id(9)})
    real = run(WIDE, options)
    assert predicted[WIDE] == real[WIDE]
    assert real[WIDE]["properties"] == {"size": {"min": 1, "max": 8}}


def test_policies_without_a_name_in_the_list_are_read_by_id(api: Scripted, run: Runner) -> None:
    api.expects("GET", WIDES, {"items": [{"id": hex_id(9)}]})
    api.expects("GET", f"{WIDES}/{hex_id(9)}", {"id": hex_id(9), "name": "Web"})
    assert not run(WIDE, {"name": "Web"}).changed


def test_a_horizontal_policy_is_created_from_properties(api: Scripted, run: Runner) -> None:
    made = {"id": hex_id(9), "name": "Web", "max": 8}
    api.expects("GET", WIDES, EMPTY)
    api.expects("POST", WIDES, made, 201, body={"name": "Web", "max": 8})
    api.expects("GET", WIDES, {"items": [made]})
    options = {"name": "Web", "properties": {"max": 8, "never": None}}
    assert run(WIDE, options)[WIDE]["properties"] == {"max": 8}
    assert "it contains id" in run(WIDE, {"name": "Web", "properties": {"id": "x"}}).msg


# Vertical autoscale policies


def test_vertical_policies_are_a_bare_array(api: Scripted, run: Runner) -> None:
    policy = documented("mended/GET-api-ctl-io-v2-autoscalePolicies-accountAlias")
    api.expects("GET", DEEPS, [policy])
    (result,) = run(DEEP, {"name": policy["name"]})["vertical_autoscale_policies"]
    assert list(result) == list(vertical_autoscale_policy.KEYS)
    assert (result["range"], result["scale_down_window"]) == ({"min": 2, "max": 6}, {"start": "02:00", "end": "04:00"})
    api.expects("GET", DEEPS, [])
    assert run(DEEP, {"name": "Unknown"})["vertical_autoscale_policies"] == []


# What other modules look up


def test_names_of_policies_are_looked_up_with_one_request(api: Scripted, client: Client) -> None:
    task = Task(client, {"data_center": "va1"})
    assert alert_policy.ids_of(task, [hex_id(0xAB).upper()]) == [hex_id(0xAB)]
    assert anti_affinity_policy.id_of(task, hex_id(1), "VA1") == hex_id(1)
    assert vertical_autoscale_policy.id_of(task, hex_id(1)) == hex_id(1)
    api.expects("GET", ALERTS, LIST_RESPONSE)
    ids = [policy["id"] for policy in LIST_RESPONSE["items"]]
    assert alert_policy.ids_of(task, ["CPU Above 75%", NAME, hex_id(3)]) == [ids[1], ids[0], hex_id(3)]
    assert alert_policy.ids_of(task, [NAME]) == ids[:1]
    with pytest.raises(NoSuchResource, match="There is no alert policy 'Unknown'"):
        alert_policy.ids_of(task, ["Unknown"])
    api.expects("GET", SPREADS, {"items": [spread("A", "WA1", 2), spread("A"), spread("B"), spread("B")]})
    assert anti_affinity_policy.id_of(task, "A", "VA1") == hex_id(0x51)
    assert anti_affinity_policy.id_of(task, "A", "WA1") == hex_id(2)
    with pytest.raises(ResourceLookupError, match="2 anti-affinity policies in VA1 have the name 'B'"):
        anti_affinity_policy.id_of(task, "B", "VA1")
    api.expects("GET", DEEPS, [{"id": hex_id(4), "name": "Grow"}])
    assert vertical_autoscale_policy.id_of(task, "Grow") == hex_id(4)
