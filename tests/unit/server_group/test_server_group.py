# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules server_group and server_group_info, run against scripted HTTP."""

from __future__ import annotations

import copy
import typing as t

import pytest
import requests

from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import (
    CUSTOM_FIELDS,
    ROOT_ID,
    Entity,
    group,
    hex_id,
    recorded,
    root,
    server,
    status_link,
)
from ansible_collections.centurylink.cloud.tests.unit.support.modules import Runner
from ansible_collections.centurylink.cloud.tests.unit.support.paths import DATA_CENTER_PATH, expects_jobs, expects_tree
from ansible_collections.centurylink.cloud.tests.unit.support.placeholders import PLACEHOLDER
from ansible_collections.centurylink.cloud.tests.unit.support.wire import NO_BODY, Scripted

SHOP, WEB, API, OTHER = hex_id(0x11), hex_id(0x12), hex_id(0x13), hex_id(0x14)
CREATE, FIELDS = "/v2/groups/altd", "/v2/accounts/ALTD/customFields"
COST = CUSTOM_FIELDS[0]["id"]
FREE_FIELDS = [{**field, "isRequired": False} for field in CUSTOM_FIELDS]


def shop(**web: t.Any) -> Entity:
    """A tree: Shop with Web with Api, and Other with a Web of its own."""
    api = group("Api", API, linked=["va1altdapi01"])
    first = group("Web", WEB, api, linked=["va1altdweb02", "va1altdweb01"], **web)
    return root(group("Shop", SHOP, first), group("Other", OTHER, group("Web", hex_id(0x15))))


def web_group(**members: t.Any) -> Entity:
    """The group Web as the response for the group itself has it."""
    result: Entity = next(child for child in shop(**members)["groups"] if child["name"] == "Shop")["groups"][0]
    return result


def path(group_id: str) -> str:
    return f"/v2/groups/altd/{group_id}"


# Create


def expects_children(api: Scripted, parent_id: str, *children: Entity) -> None:
    """A new group is read with its siblings, one of which another client may have created at the same time."""
    api.expects("GET", f"/v2/groups/ALTD/{parent_id}", {"id": parent_id, "groups": list(children)})


def test_a_group_is_created_below_the_root_as_recorded(api: Scripted, run: Runner) -> None:
    request = recorded("clc-puppet/POST-v2-groups-alias.201.request")
    made = recorded("clc-puppet/POST-v2-groups-alias.201")
    assert request["parentGroupId"] == ROOT_ID
    expects_tree(api, root())
    api.expects("POST", CREATE, made, 201, body=request)
    expects_children(api, ROOT_ID, {**made, "serversCount": 0})
    outcome = run("server_group", {"name": "test", "description": "test group"}, diff=True)
    assert outcome.changed
    result = outcome["server_group"]
    assert result == {
        "id": made["id"],
        "name": "test",
        "path": "test",
        "description": "test group",
        "data_center": "VA1",
        "parent_id": ROOT_ID,
        "type": "default",
        "status": "active",
        "servers_count": 0,
        "custom_fields": [],
        "change_info": {
            "created_by": "user.altd",
            "created_date": "2016-02-12T11:42:09Z",
            "modified_by": "user.altd",
            "modified_date": "2016-02-12T11:42:09Z",
        },
    }
    assert outcome["diff"]["before"] == {"server_group": None}
    lasting = {key: value for key, value in result.items() if key not in ("change_info", "servers_count")}
    assert outcome["diff"]["after"] == {"server_group": lasting}


@pytest.mark.parametrize("parent", ["Shop/Web", ["Shop", "Web"], WEB, WEB.upper()])
def test_a_group_is_created_below_a_parent(api: Scripted, run: Runner, parent: t.Any) -> None:
    new = group("Cache", hex_id(0x99), parent=WEB)
    expects_tree(api, shop())
    api.expects("POST", CREATE, new, 201, body={"name": "Cache", "parentGroupId": WEB})
    expects_children(api, WEB, new)
    outcome = run("server_group", {"name": "Cache", "parent": parent})
    assert (outcome["server_group"]["path"], outcome["server_group"]["parent_id"]) == ("Shop/Web/Cache", WEB)


def test_a_group_that_another_client_created_at_the_same_time_is_a_warning(api: Scripted, run: Runner) -> None:
    new, twin = group("Cache", hex_id(0x99)), group("Cache", hex_id(0x98))
    expects_tree(api, root())
    api.expects("POST", CREATE, new, 201, body={"name": "Cache", "parentGroupId": ROOT_ID})
    expects_children(api, ROOT_ID, group("Other", hex_id(0x97)), twin, new)
    outcome = run("server_group", {"name": "Cache"})
    assert outcome["server_group"]["id"] == new["id"]
    assert outcome.warnings == [
        f"Another client created a server group with the same name at the same time: {twin['id']}. "
        f"This task manages {new['id']}. Delete one of them; a task that looks it up fails until then."
    ]


def test_a_unique_name_identifies_a_parent(api: Scripted, run: Runner) -> None:
    new = group("Cache", hex_id(0x99), parent=API)
    expects_tree(api, shop())
    api.expects("POST", CREATE, new, 201, body={"name": "Cache", "parentGroupId": API})
    expects_children(api, API, new)
    assert run("server_group", {"name": "Cache", "parent": "Api"})["server_group"]["path"] == "Shop/Web/Api/Cache"


def test_a_group_with_custom_fields(api: Scripted, run: Runner) -> None:
    values = [{"id": COST, "name": "Cost Center", "value": "CC-1", "displayValue": "CC-1"}]
    new = group("Cache", hex_id(0x99), customFields=values)
    expects_tree(api, root())
    api.expects("GET", FIELDS, FREE_FIELDS)
    desired = [{"id": COST, "value": "CC-1"}]
    api.expects("POST", CREATE, new, 201, body={"name": "Cache", "parentGroupId": ROOT_ID, "customFields": desired})
    expects_children(api, ROOT_ID, new)
    outcome = run("server_group", {"name": "Cache", "custom_fields": {"Cost Center": "CC-1"}})
    assert outcome["server_group"]["custom_fields"] == [
        {"id": COST, "name": "Cost Center", "value": "CC-1", "display_value": "CC-1"}
    ]


def test_a_group_whose_response_was_lost_is_adopted(api: Scripted, run: Runner) -> None:
    new = group("Cache", hex_id(0x99))
    expects_tree(api, root())
    body = {"name": "Cache", "parentGroupId": ROOT_ID}
    api.expects("POST", CREATE, raises=requests.exceptions.ReadTimeout(), body=body)
    api.expects("GET", f"/v2/groups/altd/{ROOT_ID}", root())
    api.expects("GET", f"/v2/groups/altd/{ROOT_ID}", root(new))
    expects_children(api, ROOT_ID, new)
    outcome = run("server_group", {"name": "Cache"})
    assert (outcome.changed, outcome["server_group"]["id"]) == (True, new["id"])


def test_a_create_with_a_lost_response_is_not_sent_again(api: Scripted, run: Runner, clock: Clock) -> None:
    expects_tree(api, root())
    body = {"name": "Cache", "parentGroupId": ROOT_ID}
    api.expects("POST", CREATE, raises=requests.exceptions.ReadTimeout(), body=body)
    api.expects("GET", f"/v2/groups/altd/{ROOT_ID}", root(), times=15)
    outcome = run("server_group", {"name": "Cache"})
    assert outcome.failed
    assert outcome.msg.startswith("Cannot create server group 'Cache': no response from")
    assert "It may have been created" in outcome.msg
    assert outcome["changed"] is False
    assert 60 <= clock.passed <= 65


def test_a_parent_that_does_not_allow_groups(api: Scripted, run: Runner) -> None:
    expects_tree(api, root())
    outcome = run("server_group", {"name": "X", "parent": hex_id(0xA1)})
    assert "the service does not allow groups below Archive" in outcome.msg


# Twice


@pytest.mark.parametrize(
    "options",
    [
        {"name": "Web", "parent": "Shop"},
        {"name": "Web", "parent": ["Shop"], "description": ""},
        {"id": WEB},
        {"id": WEB.upper(), "name": "Web"},
        {"id": WEB, "parent": SHOP.upper()},
    ],
)
def test_nothing_changes_the_second_time(api: Scripted, run: Runner, options: dict[str, t.Any]) -> None:
    expects_tree(api, shop())
    outcome = run("server_group", options)
    assert not outcome.changed
    assert (outcome["server_group"]["id"], outcome["server_group"]["path"]) == (WEB, "Shop/Web")


def test_a_description_that_was_never_set_is_an_empty_one(api: Scripted, run: Runner) -> None:
    top = shop()
    del top["groups"][2]["description"]
    assert top["groups"][2]["name"] == "Shop"
    expects_tree(api, top)
    outcome = run("server_group", {"name": "Shop", "description": ""})
    assert not outcome.changed
    assert outcome["server_group"]["description"] == ""


def test_custom_fields_twice(api: Scripted, run: Runner) -> None:
    values = [{"id": COST, "name": "Cost Center", "value": "7", "displayValue": "7"}]
    expects_tree(api, shop(customFields=values))
    api.expects("GET", FIELDS, FREE_FIELDS)
    assert not run("server_group", {"name": "Web", "parent": "Shop", "custom_fields": {"Cost Center": 7}}).changed


# Change


def test_a_description_is_changed(api: Scripted, run: Runner) -> None:
    expects_tree(api, shop())
    desired = [{"op": "set", "member": "description", "value": "new"}]
    api.expects("PATCH", path(WEB), NO_BODY, 204, body=desired)
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", web_group(description="new"))
    outcome = run("server_group", {"name": "Web", "parent": "Shop", "description": "new"}, diff=True)
    assert outcome.changed
    assert outcome["diff"]["before"]["server_group"]["description"] == ""
    assert outcome["diff"]["after"]["server_group"]["description"] == "new"


def test_custom_fields_are_merged(api: Scripted, run: Runner) -> None:
    values = [{"id": COST, "value": "CC-1"}, {"id": CUSTOM_FIELDS[1]["id"], "value": "true"}]
    expects_tree(api, shop(customFields=values))
    api.expects("GET", FIELDS, FREE_FIELDS)
    desired = sorted([{"id": COST, "value": "CC-2"}, values[1]], key=lambda field: str(field["id"]))
    change = [{"op": "set", "member": "customFields", "value": desired}]
    api.expects("PATCH", path(WEB), NO_BODY, 204, body=change)
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", web_group(customFields=desired))
    assert run("server_group", {"name": "Web", "parent": "Shop", "custom_fields": {COST: "CC-2"}}).changed


def test_a_group_is_renamed_and_moved_by_its_id(api: Scripted, run: Runner) -> None:
    expects_tree(api, shop())
    change = [
        {"op": "set", "member": "name", "value": "Tier"},
        {"op": "set", "member": "parentGroupId", "value": OTHER},
    ]
    api.expects("PATCH", path(WEB), NO_BODY, 204, body=change)
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Tier", WEB, parent=OTHER))
    outcome = run("server_group", {"id": WEB, "name": "Tier", "parent": "Other"})
    assert (outcome.changed, outcome["server_group"]["path"]) == (True, "Other/Tier")


def test_a_group_is_moved_to_the_root(api: Scripted, run: Runner) -> None:
    expects_tree(api, shop())
    change = [{"op": "set", "member": "parentGroupId", "value": ROOT_ID}]
    api.expects("PATCH", path(WEB), NO_BODY, 204, body=change)
    api.expects("GET", f"/v2/groups/ALTD/{WEB}", group("Web", WEB))
    outcome = run("server_group", {"id": WEB, "parent": []})
    assert (outcome["server_group"]["path"], outcome["server_group"]["parent_id"]) == ("Web", ROOT_ID)


def test_a_rejected_update_returns_data(api: Scripted, run: Runner) -> None:
    expects_tree(api, shop())
    body = {"message": "The request is invalid.", "modelState": {"body.description": ["is too long"]}}
    api.expects("PATCH", path(WEB), body, 400, body=[{"op": "set", "member": "description", "value": "new"}])
    outcome = run("server_group", {"id": WEB, "description": "new"})
    assert "Cannot change description of server group 'Shop/Web': The request is invalid" in outcome.msg
    assert (outcome["status_code"], outcome["model_state"]) == (400, {"body.description": ["is too long"]})
    assert outcome["message"] == "The request is invalid."


# Absent


def test_an_empty_group_is_removed(api: Scripted, run: Runner) -> None:
    expects_tree(api, root(group("Shop", SHOP)))
    api.expects("DELETE", path(SHOP), status_link("va1-1"), 202)
    expects_jobs(api, "va1-1", statuses=["notStarted", "succeeded"])
    expects_tree_again = root()
    api.expects("GET", f"/v2/groups/altd/{ROOT_ID}", expects_tree_again)
    outcome = run("server_group", {"name": "Shop", "state": "absent"})
    assert (outcome.changed, outcome["server_group"]) == (True, None)


@pytest.mark.parametrize("servers_of", ["links", "details"])
def test_servers_in_subgroups_are_not_deleted_without_force(api: Scripted, run: Runner, servers_of: str) -> None:
    top = (
        shop()
        if servers_of == "links"
        else root(group("Shop", SHOP, group("Web", WEB, servers=[server("va1altdweb01")])))
    )
    expects_tree(api, top)
    outcome = run("server_group", {"name": "Shop", "state": "absent"})
    assert "in the group and its subgroups" in outcome.msg
    assert "va1altdweb01" in outcome.msg
    assert "set force" in outcome.msg


def test_servers_in_subgroups_are_deleted_with_force(api: Scripted, run: Runner) -> None:
    expects_tree(api, shop())
    api.expects("DELETE", path(SHOP), status_link("va1-1"), 202)
    expects_jobs(api, "va1-1")
    api.expects("GET", f"/v2/groups/altd/{ROOT_ID}", root())
    assert run("server_group", {"id": SHOP, "state": "absent", "force": True}).changed


def test_a_system_group_cannot_be_removed(api: Scripted, run: Runner) -> None:
    expects_tree(api, root())
    outcome = run("server_group", {"name": "Archive", "state": "absent"})
    assert "the root group and the system groups cannot be deleted" in outcome.msg


@pytest.mark.parametrize(
    "options",
    [{"name": "Mail"}, {"name": "Mail", "parent": "Nowhere/At all"}, {"id": hex_id(0x77)}, {"name": "web"}],
)
def test_absent_succeeds_if_nothing_exists(api: Scripted, run: Runner, options: dict[str, t.Any]) -> None:
    """The parent defaults to the root group, so Web below Shop does not match."""
    expects_tree(api, shop())
    if "id" in options:
        api.expects("GET", f"/v2/groups/ALTD/{options['id']}", NO_BODY, 404)
    outcome = run("server_group", {**options, "state": "absent"})
    assert (outcome.changed, outcome["server_group"]) == (False, None)


def test_a_name_in_another_case_does_not_count_as_deleted(api: Scripted, run: Runner) -> None:
    expects_tree(api, shop())
    outcome = run("server_group", {"name": "shop", "state": "absent"})
    assert outcome.failed
    assert "its parent has a group 'Shop'" in outcome.msg


def test_a_group_can_be_deleted_although_a_name_differs_in_case(api: Scripted, run: Runner) -> None:
    twins = [group("web", WEB), group("Web", OTHER)]
    expects_tree(api, root(*copy.deepcopy(twins)))
    api.expects("DELETE", path(WEB), status_link("va1-1"), 202)
    expects_jobs(api, "va1-1")
    api.expects("GET", f"/v2/groups/altd/{ROOT_ID}", root(twins[1]))
    outcome = run("server_group", {"name": "web", "state": "absent"})
    assert (outcome.failed, outcome.changed, outcome["server_group"]) == (False, True, None)


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("server_group", {"id": OTHER, "state": "absent"}),
        ("server_group", {"id": OTHER, "description": "x"}),
        (
            "server_group_scheduled_activity",
            {"group": OTHER, "type": "reboot", "begin_date": "2030-05-19T02:00:00Z", "state": "absent"},
        ),
    ],
)
def test_an_id_in_another_data_center_does_not_count_as_deleted(
    api: Scripted, run: Runner, module: str, options: dict[str, t.Any]
) -> None:
    expects_tree(api, root())
    api.expects("GET", f"/v2/groups/ALTD/{OTHER}", {**group("Shop", OTHER), "locationId": "WA1"})
    outcome = run(module, options)
    assert outcome.failed
    assert f"group {OTHER} is in WA1, not in VA1. Set data_center to WA1." in outcome.msg


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("server_group", {}),
        ("firewall_policy", {}),
        ("cross_data_center_firewall_policy", {}),
        ("site_to_site_vpn", {}),
        ("server_group_scheduled_activity", {"group": "Shop"}),
    ],
)
def test_an_invalid_id_does_not_count_as_deleted(run: Runner, module: str, options: dict[str, str]) -> None:
    outcome = run(module, {**options, "id": "Shop", "state": "absent"})
    assert outcome.failed
    assert "'Shop' is not an id" in outcome.msg


def test_archiving_a_group_that_does_not_exist_yet_is_predicted(api: Scripted, run: Runner) -> None:
    expects_tree(api, root())
    outcome = run("server_group", {"name": "Web", "state": "archived"}, check=True, diff=True)
    result = outcome["server_group"]
    assert (outcome.changed, result["id"], result["path"], result["parent_id"]) == (
        True,
        PLACEHOLDER,
        "Archive/Web",
        hex_id(0xA1),
    )
    assert "an earlier task is assumed to create it" in outcome.warnings[0]


def test_a_delete_with_a_lost_response_succeeds_if_the_group_is_deleted(api: Scripted, run: Runner) -> None:
    expects_tree(api, root(group("Shop", SHOP)))
    api.expects("DELETE", path(SHOP), raises=requests.exceptions.ReadTimeout())
    api.expects("GET", path(SHOP), NO_BODY, 404)
    api.expects("GET", f"/v2/groups/altd/{ROOT_ID}", root())
    assert run("server_group", {"name": "Shop", "state": "absent"}).changed


# Names


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"name": "X", "parent": "Web"}, f"2 groups in VA1 match 'Web': Other/Web ({hex_id(0x15)}), Shop/Web ({WEB})"),
        (
            {"name": "X", "parent": "shop"},
            f"group 'shop' does not exist in VA1, but there is Shop ({SHOP}). Names are case-sensitive.",
        ),
        ({"name": "X", "parent": "shop/web"}, f"group 'shop/web' does not exist in VA1, but there is Shop/Web ({WEB})"),
        ({"name": "shop"}, "Cannot find server group 'shop': its parent has a group 'Shop'"),
        (
            {"name": "X", "parent": "Mail"},
            "group 'Mail' does not exist in VA1. Create it, or check data_center and account_alias.",
        ),
        ({"id": hex_id(0x77)}, f"group '{hex_id(0x77)}' does not exist in VA1"),
    ],
)
def test_an_ambiguous_or_misspelled_name_is_an_error(
    api: Scripted, run: Runner, options: dict[str, t.Any], message: str
) -> None:
    expects_tree(api, shop())
    if "id" in options:
        api.expects("GET", f"/v2/groups/ALTD/{options['id']}", NO_BODY, 404)
    outcome = run("server_group", options)
    assert outcome.failed
    assert message.lower() in outcome.msg.lower()


def test_siblings_with_the_same_name_are_distinguished_by_id(api: Scripted, run: Runner) -> None:
    twins = [group("Twin", hex_id(0x51)), group("Twin", hex_id(0x52))]
    for options, message in (
        ({"name": "Twin"}, "2 groups have this path"),
        ({"name": "X", "parent": ["Twin"]}, "2 groups in VA1 match 'Twin'"),
    ):
        expects_tree(api, root(*copy.deepcopy(twins)))
        outcome = run("server_group", options)
        assert message in outcome.msg
        assert hex_id(0x51) in outcome.msg
        assert hex_id(0x52) in outcome.msg


def test_a_name_with_a_slash_is_specified_as_a_list(api: Scripted, run: Runner) -> None:
    expects_tree(api, root(group("A/B", SHOP, group("C", WEB))))
    outcome = run("server_group", {"name": "C", "parent": ["A/B"]})
    assert (outcome.changed, outcome["server_group"]["id"]) == (False, WEB)


def test_an_unknown_data_center(api: Scripted, run: Runner) -> None:
    api.expects("GET", "/v2/datacenters/ALTD/XX1?groupLinks=true", NO_BODY, 404)
    api.expects("GET", "/v2/datacenters/ALTD?groupLinks=true", [{"id": "va1"}, {"id": "ca1"}])
    outcome = run("server_group", {"name": "X", "location": "xx1"})
    assert "account ALTD has no data center 'XX1'. Available data centers: CA1, VA1." in outcome.msg


def test_neither_name_nor_id(run: Runner) -> None:
    assert "one of the following is required: name, id" in run("server_group", {}).msg


# Check mode


def test_a_create_is_predicted_with_the_same_keys(api: Scripted, run: Runner) -> None:
    made = recorded("clc-puppet/POST-v2-groups-alias.201")
    options = {"name": "test", "description": "test group"}
    expects_tree(api, root())
    predicted = run("server_group", options, check=True)
    expects_tree(api, root())
    api.expects("POST", CREATE, made, 201, body=recorded("clc-puppet/POST-v2-groups-alias.201.request"))
    expects_children(api, ROOT_ID, {**made, "serversCount": 0})
    real = run("server_group", options)
    assert predicted.changed
    assert list(predicted["server_group"]) == list(real["server_group"])
    assert list(predicted["server_group"]["change_info"]) == list(real["server_group"]["change_info"])
    unknown = ("id", "change_info")
    for key, value in real["server_group"].items():
        assert key in unknown or predicted["server_group"][key] == value, key
    assert predicted["server_group"]["id"] == PLACEHOLDER


def test_below_a_parent_that_does_not_exist_yet(api: Scripted, run: Runner) -> None:
    expects_tree(api, root())
    outcome = run("server_group", {"name": "Web", "parent": "Shop"}, check=True)
    assert outcome.changed
    assert outcome["server_group"]["path"] == "Shop/Web"
    assert outcome["server_group"]["parent_id"] == PLACEHOLDER
    assert len(outcome.warnings) == 1
    assert (
        "In check mode, an earlier task is assumed to create it: group 'Shop' does not exist in VA1"
        in outcome.warnings[0]
    )


def test_a_move_below_a_parent_that_does_not_exist_yet_is_predicted(api: Scripted, run: Runner) -> None:
    expects_tree(api, shop())
    outcome = run("server_group", {"id": WEB, "parent": "New/Place"}, check=True)
    result = outcome["server_group"]
    assert (outcome.changed, result["path"], result["parent_id"]) == (True, "New/Place/Web", PLACEHOLDER)
    assert len(outcome.warnings) == 1


def _archived(*groups: Entity) -> Entity:
    """A tree whose Archive holds these groups."""
    tree = root()
    archive = next(child for child in tree["groups"] if child["type"] == "archive")
    archive["groups"] = list(groups)
    return tree


def test_a_restore_below_a_parent_that_does_not_exist_yet_is_predicted(api: Scripted, run: Runner) -> None:
    expects_tree(api, _archived(group("Web", WEB)))
    outcome = run("server_group", {"id": WEB, "parent": "New"}, check=True)
    result = outcome["server_group"]
    assert (outcome.changed, result["path"], result["parent_id"]) == (True, "New/Web", PLACEHOLDER)


def test_multiple_archived_groups_with_a_name_are_not_changed(api: Scripted, run: Runner) -> None:
    dates = [(WEB, "2016-02-12T11:42:09Z"), (API, "2016-03-01T00:00:00Z"), (OTHER, "2016-01-01T00:00:00Z")]
    entries = [{**group("Web", key), "changeInfo": {"modifiedDate": date}} for key, date in dates]
    expects_tree(api, _archived(*entries))
    outcome = run("server_group", {"name": "Web", "state": "archived"})
    assert (outcome.changed, outcome["server_group"]["id"]) == (False, API)
    assert "3 archived groups are named 'Web'" in outcome.warnings[0]


def test_a_rename_and_a_removal_are_predicted(api: Scripted, run: Runner) -> None:
    expects_tree(api, shop())
    renamed = run("server_group", {"id": WEB, "name": "Tier", "parent": "Other"}, check=True, diff=True)
    assert (renamed.changed, renamed["server_group"]["path"]) == (True, "Other/Tier")
    assert renamed["diff"]["before"]["server_group"]["path"] == "Shop/Web"
    expects_tree(api, shop())
    removed = run("server_group", {"id": WEB, "state": "absent", "force": True}, check=True)
    assert (removed.changed, removed["server_group"]) == (True, None)


# Info


def info(run: Runner, **options: t.Any) -> list[tuple[str, list[str]]]:
    outcome = run("server_group_info", options)
    assert not outcome.changed
    return [(group["path"], group["server_ids"]) for group in outcome["server_groups"]]


WEB_RESULT = ("Shop/Web", ["va1altdweb01", "va1altdweb02"])
API_RESULT = ("Shop/Web/Api", ["va1altdapi01"])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"group": "Shop/Web"}, [WEB_RESULT]),
        ({"name": ["Shop", "Web"], "recursive": True}, [WEB_RESULT, API_RESULT]),
        ({"group": WEB}, [WEB_RESULT]),
        ({"group": "Web"}, [("Other/Web", []), WEB_RESULT]),
        ({"group": "Shop", "recursive": True}, [("Shop", []), WEB_RESULT, API_RESULT]),
        ({"group": "web"}, []),
        ({"group": "Mail"}, []),
        ({"group": hex_id(0x77), "recursive": True}, []),
    ],
)
def test_groups_are_found(api: Scripted, run: Runner, options: dict[str, t.Any], expected: list[t.Any]) -> None:
    expects_tree(api, shop())
    assert info(run, **options) == expected


def test_all_groups_parents_first(api: Scripted, run: Runner) -> None:
    expects_tree(api, shop())
    result = [group[0] for group in info(run)]
    assert result == ["", "Archive", "Other", "Other/Web", "Shop", "Shop/Web", "Shop/Web/Api", "Templates"]


def test_all_groups_of_the_recorded_tree(api: Scripted, run: Runner) -> None:
    api.expects(
        "GET",
        "/v2/datacenters/ALTD/CA1?groupLinks=true",
        recorded("clc-knife/GET-v2-datacenters-alias-dc-groupLinks-true.200"),
    )
    api.expects(
        "GET", "/v2/groups/altd/5ffda89a8ce6444baa8d28b9d1581e6d", recorded("clc-knife/GET-v2-groups-alias-id.200.v2")
    )
    outcome = run("server_group_info", {"data_center": "ca1"})
    keys = [list(group) for group in outcome["server_groups"]]
    assert all(key == keys[0] for key in keys)
    assert [group["path"] for group in outcome["server_groups"]][-2:] == ["test_ca1/kiddo", "test_ca1/kiddo/Kiddo 2"]


def test_a_group_may_hold_the_same_group_once_only(api: Scripted, run: Runner) -> None:
    """With `recursive`, a group that is found by its name and below another one that is found is not told twice."""
    expects_tree(api, root(group("Web", SHOP, group("Web", WEB, parent=SHOP))))
    assert [group[0] for group in info(run, group="Web", recursive=True)] == ["Web", "Web/Web"]


def test_info_of_an_account_without_groups_there(api: Scripted, run: Runner) -> None:
    bare = recorded("clc-knife/GET-v2-datacenters-alias-dc-groupLinks-false.200")
    api.expects("GET", DATA_CENTER_PATH, bare)
    outcome = run("server_group_info", {})
    assert "account ALTD has no groups in VA1" in outcome.msg
