# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What resource files are written with: names, rules of comparison, look-ups, fields."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.centurylink.cloud.plugins.module_utils.api.client import Client
from ansible_collections.centurylink.cloud.plugins.module_utils.api.errors import (
    InvalidTaskError,
    NoSuchResource,
    ResourceLookupError,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.api.identity import Identity
from ansible_collections.centurylink.cloud.plugins.module_utils.kit import compare, lookup, naming
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.resource import (
    Field,
    body_of,
    changes_of,
    member,
    patch_of,
)
from ansible_collections.centurylink.cloud.plugins.module_utils.kit.task import Task
from ansible_collections.centurylink.cloud.tests.unit.support.clock import Clock
from ansible_collections.centurylink.cloud.tests.unit.support.made import hex_id, recorded
from ansible_collections.centurylink.cloud.tests.unit.support.wire import Scripted

# Shape

NAMES = {
    "id": "id",
    "groupId": "group_id",
    "memoryMB": "memory_mb",
    "storageGB": "storage_gb",
    "sizeGB": "size_gb",
    "osType": "os_type",
    "isManagedOS": "is_managed_os",
    "ipAddresses": "ip_addresses",
    "secondaryIPAddresses": "secondary_ip_addresses",
    "publicIPAddress": "public_ip_address",
    "internalIPAddress": "internal_ip_address",
    "importableOSTypes": "importable_os_types",
    "importVMEnabled": "import_vm_enabled",
    "antiAffinityPolicy": "anti_affinity_policy",
    "cpuAutoscalePolicy": "cpu_autoscale_policy",
    "totalKBps": "total_kbps",
    "vpnIPs": "vpn_ips",
    "addressLine1": "address_line1",
    "already_snake": "already_snake",
}


@pytest.mark.parametrize(("name", "option"), NAMES.items())
def test_names_become_snake_case(name: str, option: str) -> None:
    assert naming.snake_case_name(name) == option


def test_names_are_converted_at_every_level_and_links_left_out() -> None:
    value = {"customFields": [{"displayValue": "a", "links": [1]}], "links": [], "details": {"memoryMB": 1}}
    assert naming.to_snake_case(value) == {"custom_fields": [{"display_value": "a"}], "details": {"memory_mb": 1}}


def test_no_two_members_of_a_recorded_server_become_one() -> None:
    server = recorded("clc-puppet/GET-v2-servers-alias-id-uuid-True.200")
    for entity in (server, server["details"]):
        assert len({naming.snake_case_name(name) for name in entity}) == len(entity)


def test_keys_that_are_data_stay() -> None:
    value = {"servers": {"VA1ALTDWebA01": {"monthToDate": 1}}, "other": {"WebA": 1}}
    found = naming.to_snake_case(value, keyed_by_data={"servers"})
    assert found == {"servers": {"VA1ALTDWebA01": {"month_to_date": 1}}, "other": {"web_a": 1}}


def test_every_key_is_there() -> None:
    assert list(naming.with_keys({"b": 1, "c": 2}, ("a", "b")).items()) == [("a", None), ("b", 1)]
    found = naming.change_info({"changeInfo": {"createdBy": "me"}})
    assert found == {"created_by": "me", "created_date": None, "modified_by": None, "modified_date": None}
    assert set(naming.change_info({}).values()) == {None}


# Comparison


SAME: list[tuple[compare.Rule, t.Any, t.Any, bool]] = [
    (compare.equal, "a", "a", True),
    (compare.equal, "a", "A", False),
    (compare.equal, [1, 2], [2, 1], False),
    (compare.equal, "a", None, False),
    (compare.string, "", None, True),
    (compare.string, "", "", True),
    (compare.string, "a", None, False),
    (compare.string, "a", "a ", False),
    (compare.case_insensitive, "ABC", "abc", True),
    (compare.case_insensitive, "abc", None, False),
    (compare.case_insensitive, "", None, True),
    (compare.number, 4, 4.0, True),
    (compare.number, "4", 4, True),
    (compare.number, 4, 5, False),
    (compare.number, 0, None, False),
    (compare.values_by_id, [{"id": "A", "value": "1"}], [{"id": "a", "value": 1, "name": "x"}], True),
    (compare.values_by_id, [{"id": "a", "value": "1"}, {"id": "b", "value": "2"}], None, False),
    (
        compare.values_by_id,
        [{"id": "a", "value": "1"}, {"id": "b", "value": "2"}],
        [{"id": "b", "value": "2"}, {"id": "a", "value": "1"}],
        True,
    ),
    (compare.values_by_id, [], None, True),
    (compare.values_by_id, [], [{"id": "a", "value": "1"}], False),
    (compare.values_by_id, [{"id": "a", "value": "1"}], [{"id": "a", "value": "2"}], False),
    (compare.network_set, ["10.0.0.1"], ["10.0.0.1/32"], True),
    (compare.network_set, ["10.0.0.0/8", "10.1.0.0/16"], ["10.1.0.0/16", "10.0.0.0/8"], True),
    (compare.network_set, [], None, True),
    (compare.network_set, [], ["10.0.0.0/8"], False),
    (compare.network_set, ["Any"], ["any"], True),
    (compare.network_set, ["10.0.0.1"], ["123.45.678.1/32"], False),
    (compare.network, "10.0.0.1", "10.0.0.1/32", True),
    (compare.network, "10.0.0.9/24", "10.0.0.0/24", True),
    (compare.network, "10.0.0.0/24", "10.0.0.0/25", False),
    (compare.network, "10.0.0.0/24", None, False),
    (compare.network, "198.51.100.4", "198.51.100.4/32", True),
    (compare.network, "198.51.100.4", "198.51.100.5", False),
    (compare.network, "198.51.100.4", None, False),
    (compare.boolean, False, None, True),
    (compare.boolean, True, "True", True),
    (compare.boolean, True, "false", False),
    (compare.boolean, True, None, False),
]


@pytest.mark.parametrize(("rule", "desired", "actual", "same"), SAME)
def test_rules_of_comparison(rule: compare.Rule, desired: t.Any, actual: t.Any, same: bool) -> None:
    assert rule(desired, actual) is same


# Look-ups

NETWORKS = [
    {"networkId": hex_id(number), "name": name}
    for number, name in ((1, "web"), (2, "db"), (3, "twin"), (4, "twin"), (0xABC, "Cache"))
]


def pick(name_or_id: str, networks: t.Sequence[dict[str, t.Any]] = NETWORKS) -> dict[str, t.Any]:
    return lookup.find_one("network", name_or_id, networks, id_property="networkId", scope="in VA1")


@pytest.mark.parametrize(
    ("name_or_id", "found"),
    [("web", 0), (hex_id(2), 1), ("Cache", 4), (hex_id(0xABC).upper(), 4), (hex_id(4), 3)],
)
def test_one_network_is_picked(name_or_id: str, found: int) -> None:
    assert pick(name_or_id) == NETWORKS[found]


@pytest.mark.parametrize(
    ("name_or_id", "messages"),
    [
        (
            "twin",
            [f"2 networks in VA1 have the name 'twin': twin ({hex_id(3)}), twin ({hex_id(4)})", "Specify the id."],
        ),
        ("WEB", [f"no network 'WEB' in VA1, but web ({hex_id(1)})", "case-sensitive"]),
        ("cache", [f"Cache ({hex_id(0xABC)})", "case-sensitive"]),
        ("mail", ["no network 'mail' in VA1", "There are: Cache, db, twin, twin, web."]),
        (hex_id(9), [f"no network '{hex_id(9)}' in VA1", "There are:"]),
        ("", ["no network '' in VA1"]),
    ],
)
def test_a_name_or_id_without_a_unique_match_is_an_error(name_or_id: str, messages: list[str]) -> None:
    with pytest.raises(ResourceLookupError) as error:
        pick(name_or_id)
    assert [part for part in messages if part not in str(error.value)] == []


def test_the_plural_of_policy_is_policies() -> None:
    twins = [{"id": "1", "name": "twin"}, {"id": "2", "name": "twin"}]
    with pytest.raises(ResourceLookupError, match="2 alert policies have the name 'twin'"):
        lookup.find_one("alert policy", "twin", twins)


def test_nothing_to_pick_from() -> None:
    with pytest.raises(ResourceLookupError, match="There are none"):
        pick("web", [])


def test_long_lists_are_cut() -> None:
    assert lookup.format_list(str(number) for number in range(20)).endswith("18, 19")
    assert lookup.format_list(str(number) for number in range(23)).endswith("18, 19 and 3 more")


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("0" * 32, True),
        ("ABCDEF" + "0" * 26, True),
        ("0d8c2c0f-3f52-4F3B-9f76-0b6c8f3f6a01", True),
        ("0d8c2c0f3f52-4f3b-9f76-0b6c8f3f6a01", False),
        ("0" * 31, False),
        ("0" * 33, False),
        ("g" * 32, False),
        (7, False),
    ],
)
def test_ids_are_32_hexadecimal_digits_with_or_without_the_dashes_of_a_uuid(value: t.Any, is_one: bool) -> None:
    assert lookup.is_id(value) is is_one


# Fields

FIELDS = (
    Field("name", create="name"),
    Field("size", create="sizeGB", update="size", getter=member("sizeGB"), matches=compare.number),
    Field("kind", create="kind", getter=member("kind")),
    Field("note", update="note", getter=member("note"), matches=compare.string, write=str.strip),
)


def wanted_of(**options: t.Any) -> t.Callable[[Field], t.Any]:
    return lambda field: None if options.get(field.option) is None else field.write(options[field.option])


def test_a_create_body_has_what_was_given() -> None:
    assert body_of(FIELDS, wanted_of(name="a", size=0, note="x")) == {"name": "a", "sizeGB": 0}


@pytest.mark.parametrize(
    ("options", "changes"),
    [
        ({}, {}),
        ({"name": "other"}, {}),  # cannot be read back, so it counts at creation only
        ({"size": 4.0, "kind": "a", "note": " "}, {}),
        ({"size": 8, "note": " x "}, {"size": 8, "note": "x"}),
    ],
)
def test_changes_are_what_differs(options: dict[str, t.Any], changes: dict[str, t.Any]) -> None:
    assert changes_of(FIELDS, {"sizeGB": 4, "kind": "a"}, wanted_of(**options)) == changes


def test_what_cannot_be_changed_is_an_error() -> None:
    with pytest.raises(InvalidTaskError, match="Cannot change kind: it is 'a' and cannot be changed to 'b'"):
        changes_of(FIELDS, {"sizeGB": 4, "kind": "a"}, wanted_of(kind="b"))


def test_changes_become_patch_operations() -> None:
    assert patch_of({"cpu": 2, "memory": 4}) == [
        {"op": "set", "member": "cpu", "value": 2},
        {"op": "set", "member": "memory", "value": 4},
    ]


# One run of one task


def test_the_data_center_is_the_option_or_the_default_of_the_user(client: Client) -> None:
    assert Task(client, {"data_center": "wa1"}).data_center == "WA1"
    assert Task(client, {}).data_center == "VA1"


def test_an_option_that_the_module_does_not_have_is_a_bug(client: Client) -> None:
    task = Task(client, {"name": "a", "size": None, "alias": "b"}, module="widget", options=frozenset({"name", "size"}))
    assert (task.option("name"), task.option("size")) == ("a", None)
    assert task.has_option("size")
    assert not task.has_option("alias")
    with pytest.raises(AssertionError, match=r"the module widget has no option nam$"):
        task.option("nam")


def test_options_that_code_has_chosen_are_all_there_are(client: Client) -> None:
    task = Task(client, {"old_name": "a"}, module="clc_widget", options=frozenset({"old_name"}))
    other = task.with_options({"name": "a"})
    assert (other.option("name"), other.option("old_name"), other.option("size")) == ("a", None, None)
    assert task.option("old_name") == "a"


def test_a_module_without_the_option_uses_the_default_data_center_of_the_user(client: Client) -> None:
    assert Task(client, {}, module="widget", options=frozenset()).data_center == "VA1"


def test_without_a_home_the_account_is_asked_once(api: Scripted, client: Client) -> None:
    client.identity = Identity(client.identity.token, "ALTD") if client.identity else None
    api.expects("GET", "/v2/accounts/ALTD", {"accountAlias": "ALTD", "primaryDataCenter": "ca1"})
    task = Task(client, {})
    assert (task.data_center, task.data_center) == ("CA1", "CA1")


def test_without_any_home_the_option_is_asked_for(api: Scripted, client: Client) -> None:
    client.identity = Identity(client.identity.token, "ALTD") if client.identity else None
    api.expects("GET", "/v2/accounts/ALTD", {"accountAlias": "ALTD"})
    with pytest.raises(InvalidTaskError, match="Specify data_center"):
        Task(client, {}).data_center.lower()


def test_nothing_is_asked_for_twice_unless_forgotten(client: Client, clock: Clock) -> None:
    task, asked = Task(client, {}), []

    def read() -> int:
        asked.append(1)
        return len(asked)

    assert [task.cached("a", read), task.cached("a", read), task.cached("b", read)] == [1, 1, 2]
    task.invalidate("a", "unknown")
    assert [task.cached("a", read), task.cached("b", read)] == [3, 2]


def test_a_missing_reference_is_a_warning_in_check_mode_only(client: Client) -> None:
    def look() -> str:
        raise NoSuchResource("there is no group 'Shop'")

    warned: list[str] = []
    task = Task(client, {}, check_mode=True, warn=warned.append)
    assert [task.resolve_reference(look, "assumed") for _again in range(2)] == ["assumed"] * 2
    assert warned == ["In check mode, an earlier task is assumed to create it: there is no group 'Shop'."]
    with pytest.raises(NoSuchResource):
        Task(client, {}).resolve_reference(look, "assumed")

    def ambiguous() -> str:
        raise ResourceLookupError("two of them")

    with pytest.raises(ResourceLookupError):
        Task(client, {}, check_mode=True).resolve_reference(ambiguous, "assumed")


def test_looking_until_something_is_there(client: Client, clock: Clock) -> None:
    found = iter([None, None, "it"])
    assert Task(client, {}).wait_for(lambda: next(found), 60.0) == "it"
    assert clock.pauses == [1.0, 2.0]
    assert Task(client, {}, deadline=clock.now + 5.0).wait_for(lambda: None, 60.0) is None
    assert clock.passed == 8.0
