# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts, groups, and variables that the inventory plugin adds."""

from __future__ import annotations

import typing as t

import pytest
from ansible.errors import AnsibleParserError
from ansible.parsing.dataloader import DataLoader
from ansible.template import is_trusted_as_template

from ansible_collections.centurylink.cloud.plugins.module_utils.kit.naming import to_snake_case
from ansible_collections.centurylink.cloud.plugins.module_utils.resources.server import result as server_result
from ansible_collections.centurylink.cloud.plugins.plugin_utils.inventory import writing
from ansible_collections.centurylink.cloud.plugins.plugin_utils.inventory.convert import FACT_KEYS, ServerConverter
from ansible_collections.centurylink.cloud.plugins.plugin_utils.inventory.snapshot import Snapshot
from ansible_collections.centurylink.cloud.tests.unit.support import made
from ansible_collections.centurylink.cloud.tests.unit.support.inventories import Inventory

CONSTRUCTED = {
    "compose": {"stage": "clc_custom_field_values.Stage | default('none')"},
    "groups": {"big": "clc_cpu > 1"},
    "keyed_groups": [{"prefix": "dc", "key": "clc_data_center"}],
    "windows_variables": {"ansible_connection": "winrm", "greeting": "{{ clc_name | lower }}"},
}


def typed(value: t.Any) -> t.Any:
    """A value with the type and the trust of each part."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return type(value), value, isinstance(value, str) and is_trusted_as_template(value)


def listing(data: t.Any) -> t.Any:
    """Everything that an inventory holds, comparable."""
    groups = {
        name: ([host.name for host in group.hosts], [child.name for child in group.child_groups], typed(group.vars))
        for name, group in data.groups.items()
    }
    return groups, {name: (typed(host.get_vars()), sorted(map(str, host.groups))) for name, host in data.hosts.items()}


@pytest.mark.parametrize(
    "options", [{}, CONSTRUCTED, {"hostvars_prefix": "", "hostnames": ["name"]}, {"layout": "legacy"}]
)
def test_assigned_facts_equal_those_set_in_the_ordinary_way(
    inventory: Inventory, monkeypatch: pytest.MonkeyPatch, options: dict[str, t.Any]
) -> None:
    assert writing.can_assign(), "this ansible-core is supported"
    assigned = listing(inventory.read(options))
    monkeypatch.setattr(writing, "can_assign", lambda: False)
    ordinary = listing(inventory.read(options))
    assert assigned == ordinary
    assert assigned[1]


def test_facts_are_not_templates_and_what_the_user_wrote_is(inventory: Inventory) -> None:
    data = inventory.read(CONSTRUCTED)
    windows = data.hosts["va1demofile01"].vars
    assert is_trusted_as_template(windows["greeting"])
    facts = [value for key, value in windows.items() if key.startswith("clc_") and isinstance(value, str)]
    assert len(facts) > 10
    assert not any(map(is_trusted_as_template, facts))


@pytest.mark.parametrize("change", ["set_variable_copies", "vars_is_gone"])
def test_the_ordinary_way_is_used_if_a_core_differs(monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    class Tagged(str):
        __slots__ = ()

    def set_variable(host: t.Any, key: str, value: t.Any) -> None:
        host.vars[key] = Tagged(value) if isinstance(value, str) else value

    if change == "set_variable_copies":
        monkeypatch.setattr(writing.Host, "set_variable", set_variable)
    else:
        monkeypatch.setattr(
            writing.Host, "vars", property(lambda _host: None, lambda _host, _value: None), raising=False
        )
    writing.can_assign.cache_clear()
    assert not writing.can_assign()
    monkeypatch.undo()
    writing.can_assign.cache_clear()
    assert writing.can_assign()


def test_a_host_of_an_earlier_source_keeps_its_variables(inventory: Inventory) -> None:
    data = inventory.read({"hostnames": ["id"]})
    data.hosts["wa1demoweb01"].vars["mine"] = 1
    plugin = inventory.plugin()
    plugin.parse(data, DataLoader(), str(inventory.source({"hostvars_prefix": "second_"})), True)
    assert data.hosts["wa1demoweb01"].vars["mine"] == 1
    assert data.hosts["wa1demoweb01"].vars["second_id"] == "wa1demoweb01"
    assert data.hosts["wa1demoweb01"].vars["clc_id"] == "wa1demoweb01"


SERVERS = [
    made.server("va1altdweb01"),
    made.building("va1altdweb02"),
    made.archived("va1altdold01"),
    made.server("va1altdweb03", details={"customFields": [{"id": "1", "name": "A", "value": 1, "displayValue": True}]}),
    made.server("va1altdweb04", details={"customFields": [{"id": "1", "name": "A", "value": 1.0, "displayValue": 1}]}),
]


def variants(server: dict[str, t.Any]) -> t.Iterator[dict[str, t.Any]]:
    """Servers that differ from a server in one property each, so that the converter might take the one for the other."""
    details = server.get("details") or {}
    for name in server:
        yield {key: value for key, value in server.items() if key != name or name in ("id", "name", "status")}
    for name in details:
        yield {**server, "details": {key: value for key, value in details.items() if key != name}}
    for name, value in {
        "powerState": "paused",
        "hostName": "",
        "cpu": 64,
        "isManagedBackup": True,
        "disks": [],
    }.items():
        yield {**server, "details": {**details, name: value}}


def test_converted_servers_equal_the_results_of_modules() -> None:
    converter = ServerConverter()
    servers = [*SERVERS, *(variant for server in SERVERS for variant in variants(server))]
    rows = [converter.row(server, "Web", "ALTD") for server in servers]
    for server, row in zip(servers, rows, strict=True):
        facts = dict(zip(FACT_KEYS, [converter.table.values[index] for index in row], strict=True))
        expected = {
            key: value for key, value in server_result.to_result(server, to_snake_case).items() if key != "display_name"
        }
        added = {key: facts.pop(key) for key in ("custom_field_values", "group_path", "account_alias")}
        assert typed(facts) == typed(expected)
        assert (added["group_path"], added["account_alias"]) == ("Web", "ALTD")


def test_values_that_python_calls_equal_stay_different() -> None:
    converter = ServerConverter()
    indexes = [converter.table.index(value) for value in (1, True, 1.0, "1", None, 0, False, "", [], {}, [1], [True])]
    assert len(set(indexes)) == len(indexes)
    assert [converter.table.index(value) for value in (1, [True])] == [indexes[0], indexes[-1]]


@pytest.mark.parametrize(
    ("hostnames", "expected"),
    [
        (["name"], ["WA1DEMOWEB01", "WA1DEMOWEB02"]),
        (
            [{"name": "id", "prefix": "a-", "suffix": ".example.com"}],
            ["a-wa1demoweb01.example.com", "a-wa1demoweb02.example.com"],
        ),
        ([{"expression": "clc_name | lower"}], ["wa1demoweb01", "wa1demoweb02"]),
        ([{"expression": "clc_missing.no"}, "name"], ["WA1DEMOWEB01", "WA1DEMOWEB02"]),
        ([{"custom_field": "Stage"}, "id"], ["Production", "wa1demoweb02"]),
        ([{"expression": "clc_data_center"}], ["wa1demoweb01", "wa1demoweb02"]),
        (["public_ip_address", "ip_address"], ["10.82.12.14", "203.0.113.10"]),
    ],
)
def test_hostnames(inventory: Inventory, hostnames: list[t.Any], expected: list[str]) -> None:
    assert inventory.hosts({"server_groups": ["Shop/Web"], "data_centers": ["WA1"], "hostnames": hostnames}) == expected


def test_hosts_of_one_name_cause_a_warning(inventory: Inventory) -> None:
    inventory.hosts({"server_groups": ["Shop/Web"], "hostnames": [{"expression": "clc_data_center"}]})
    assert "several servers would be named 'WA1'" in " ".join(inventory.warnings)


def test_an_expression_that_fails_is_an_error_if_strict(inventory: Inventory) -> None:
    for options in ({"hostnames": [{"expression": "clc_missing.no"}]}, {"filters": [{"include": "clc_missing.no"}]}):
        inventory.read(options)
        with pytest.raises(AnsibleParserError, match="clc_missing"):
            inventory.read({**options, "strict": True})


def test_duplicated_hosts(inventory: Inventory) -> None:
    options = {"names": ["wa1demoweb01"], "hostnames": ["id", "name", "public_ip_address"]}
    assert inventory.hosts(options) == ["wa1demoweb01"]
    names = ["203.0.113.10", "WA1DEMOWEB01", "wa1demoweb01"]
    assert inventory.hosts({**options, "allow_duplicated_hosts": True}) == names


def test_prefix_and_suffix_of_variables(inventory: Inventory) -> None:
    data = inventory.read({"hostvars_prefix": "my_", "hostvars_suffix": "_x", "names": ["wa1demoweb01"]})
    variables = data.hosts["wa1demoweb01"].vars
    assert variables["my_id_x"] == "wa1demoweb01"
    assert not [key for key in variables if key.startswith("clc_")]
    assert data.groups["clc_wa1"].vars["my_group_data_center_x"] == "WA1"


@pytest.mark.parametrize("layout", ["nested", "legacy"])
def test_a_group_of_all_hosts(inventory: Inventory, layout: str) -> None:
    data = inventory.read({"group": "my cloud", "layout": layout})
    assert {host.name for host in data.groups["my_cloud"].get_hosts()} == set(data.hosts)
    assert len(data.hosts) > 5


def test_groups_by_facts(inventory: Inventory) -> None:
    data = inventory.read({"group_by": ["os", "status", "power_state", "data_center", "custom_field:Stage"]})
    facts = {name: host.vars for name, host in data.hosts.items()}
    for prefix in ("os", "status", "power_state", "data_center"):
        values = {variables[f"clc_{prefix}"] for variables in facts.values()} - {None, ""}
        assert values
        for value in values:
            members = {name for name, variables in facts.items() if variables[f"clc_{prefix}"] == value}
            assert {host.name for host in data.groups[f"{prefix}_{value}"].hosts} == members
    assert "wa1demoweb01" in [host.name for host in data.groups["custom_field_Stage_Production"].hosts]
    assert not [name for name in data.groups if name.endswith("_None")]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([{"include": "clc_power_state == 'started'"}, {"exclude": True}], "started"),
        ([{"exclude": "clc_power_state != 'started'"}], "started"),
        ([{"include": True}, {"exclude": True}], "all"),
        ([{"exclude": True}, {"include": True}], "none"),
        ([{"exclude": "clc_missing.no"}], "all"),
        ([], "all"),
    ],
)
def test_filters_by_expression(inventory: Inventory, filters: list[t.Any], expected: str) -> None:
    variables = {name: host.vars for name, host in inventory.read().hosts.items()}
    started = {name for name, facts in variables.items() if facts["clc_power_state"] == "started"}
    assert 0 < len(started) < len(variables)
    assert (
        set(inventory.hosts({"filters": filters}))
        == {"started": started, "all": set(variables), "none": set()}[expected]
    )


WEB = {"names": ["*web*"]}
SHOP = {"server_groups": ["Shop"]}


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (WEB, lambda facts: "WEB" in facts["clc_name"]),
        (SHOP, lambda facts: facts["clc_group_path"].startswith("Shop/")),
        (
            {"server_groups": ["Shop/Web", ["Shop", "Data"]]},
            lambda facts: facts["clc_group_path"] in ("Shop/Web", "Shop/Data"),
        ),
        (
            {**WEB, "data_centers": "wa1"},
            lambda facts: "WEB" in facts["clc_name"] and facts["clc_data_center"] == "WA1",
        ),
        (
            {"any_of": [WEB, {"power_states": ["stopped"]}]},
            lambda facts: "WEB" in facts["clc_name"] or facts["clc_power_state"] == "stopped",
        ),
        (
            {
                "any_of": [
                    {"all_of": [SHOP, {"power_states": "Stopped"}]},
                    {"custom_fields": {"Stage": ["x", "Production"]}},
                ]
            },
            lambda facts: (
                (facts["clc_group_path"].startswith("Shop/") and facts["clc_power_state"] == "stopped")
                or facts["clc_custom_field_values"].get("Stage") == "Production"
            ),
        ),
        ({"operating_systems": ["windows*"]}, lambda facts: "windows" in facts["clc_os"].lower()),
        ({"is_template": "no", "statuses": ["active"], "names": []}, lambda facts: True),
        ({"names": "{{ pattern }}"}, lambda facts: "WEB" in facts["clc_name"]),
    ],
)
@pytest.mark.parametrize("action", ["include", "exclude"])
def test_filters_by_conditions(
    inventory: Inventory, conditions: t.Any, expected: t.Callable[[t.Any], bool], action: str
) -> None:
    inventory.extra_vars = {"pattern": "*WEB*"}
    variables = {name: host.vars for name, host in inventory.read().hosts.items()}
    selected = {name for name, facts in variables.items() if expected(facts)}
    assert selected
    if action == "include":
        assert set(inventory.hosts({"filters": [{"include": conditions}, {"exclude": True}]})) == selected
    else:
        assert set(inventory.hosts({"filters": [{"exclude": conditions}]})) == set(variables) - selected


def test_without_nulls(inventory: Inventory) -> None:
    with_nulls = inventory.read().hosts["wa1demoweb01"].vars
    without = inventory.read({"omit_null": True}).hosts["wa1demoweb01"].vars
    assert None in with_nulls.values()
    assert without == {**without, **_without_nulls(with_nulls)}
    assert None not in [value for key, value in without.items() if key.startswith("clc_")]
    nested = Snapshot(values=[None, {"a": None, "b": [{"c": None, "d": 0}, None]}]).without_nulls()
    assert nested.values == [None, {"b": [{"d": 0}]}]


def _without_nulls(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("options", "key", "values"),
    [
        ({"operating_systems": ["windows*"]}, "clc_os", {"windows2012R2DataCenter_64Bit"}),
        ({"power_states": ["stopped"]}, "clc_power_state", {"stopped"}),
        ({"data_centers": ["va1"]}, "clc_data_center", {"VA1"}),
        ({"server_groups": [["Shop", "Web"]]}, "clc_group_path", {"Shop/Web"}),
    ],
)
def test_filters_by_facts(inventory: Inventory, options: dict[str, t.Any], key: str, values: set[str]) -> None:
    found = {host.vars[key] for host in inventory.read(options).hosts.values()}
    assert found == values


@pytest.mark.parametrize("workers", [1, 16])
def test_one_worker_for_each_data_center_at_most(
    inventory: Inventory, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    from ansible_collections.centurylink.cloud.plugins.module_utils.api import tree

    bounds: list[int] = []
    ordinary = tree.map_concurrently

    def recorded(function: t.Any, items: t.Any, most: int = 0) -> t.Any:
        bounds.append(most)
        return ordinary(function, items, most)

    monkeypatch.setattr(tree, "map_concurrently", recorded)
    inventory.read({"workers": workers})
    assert bounds[0] == workers if workers == 1 else True
    assert max(bounds) <= workers
    assert inventory.requests() == ["listDataCenters", "getGroup", "getGroup", "getGroup"]
